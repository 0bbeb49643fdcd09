import { AppError } from '../errors.ts';
import { parseJson } from './json.ts';

/**
 * Data of the app's own, written where a vendor keeps one text: a text as it is, anything else as JSON. Vendors' clients
 * see the same text.
 */
export const dataText = (data: unknown): string => (typeof data === 'string' ? data : JSON.stringify(data ?? null));

/**
 * Reads what `dataText` or anybody else wrote: JSON objects and lists are parsed, any other text stays the text that it is,
 * whatever it looks like (`1.10`, `true`, a phone number). Null for an empty text. What is no text is given as it is.
 */
export function dataOf(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  if (value === '') return null;
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    return parseJson(value);
  } catch {
    // Not JSON, so it is a text.
    return value;
  }
}

/** Writes an app's metadata as text. Throws `NOT_SUPPORTED` for a number or boolean alone, which would be read as a text. */
export function metadataText(metadata: unknown, input = 'input.metadata'): string {
  if (typeof metadata !== 'number' && typeof metadata !== 'boolean') return dataText(metadata);
  throw new AppError('NOT_SUPPORTED', "The vendor's metadata is a text: give a text, an object or a list.", { input });
}

/** The type and data of custom content in one object: for types and values that the vendor has no other place for. */
export interface TypedData {
  readonly type: string;
  readonly data: unknown;
}

/** The two parts of what was written as `TypedData`; undefined for any other value. */
export function typedData(value: unknown): TypedData | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, data = null, ...others }: { type?: unknown; data?: unknown } = value;
  return typeof type === 'string' && Object.keys(others).length === 0 ? { type, data } : undefined;
}

/**
 * Whether custom data comes back the same from its plain text: lists, objects that do not look like `TypedData` of such a
 * type, and texts that look like neither.
 */
export function isPlainData(data: unknown, isType: (type: string) => boolean): data is object | string {
  if (typeof data === 'string') return data !== '' && dataOf(data) === data;
  const typed = typedData(data);
  return typeof data === 'object' && data !== null && !(typed && isType(typed.type));
}
