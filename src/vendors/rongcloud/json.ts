import { parseJson } from '../../net/json.ts';

/** A JSON object of unknown shape. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** JSON text parsed; undefined for text that is none. */
export function tryJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    // The vendor passes texts of clients on as they are: what is no JSON is data all the same.
    return undefined;
  }
}

/** The one place where something unknown becomes an object; an empty one stands for anything else. */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** An object that may come as JSON text; an empty one for anything else. */
export const objectOf = (value: unknown): JsonObject => asObject(typeof value === 'string' ? tryJson(value) : value);

/** A text that is not empty; null for anything else. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A number, also one that comes as text; null for anything else. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
