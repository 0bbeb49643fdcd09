import type { Params } from '../../../emulator/wire.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a JSON object; none of anything else. The one place where unknown JSON is narrowed to an object. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? (value as Fields) : {};
}

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text parameter; empty when it is absent or no text. */
export function textOf(params: Params, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}

/** The texts of a list parameter, numbers written out; nothing else counts. */
export function textsOf(params: Params, name: string): string[] {
  const value = params[name];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) =>
    typeof item === 'string' ? [item] : typeof item === 'number' ? [String(item)] : [],
  );
}

/** User ids are case-insensitive and stored in lower case (easemob.yaml, encoding). */
export function userIdOf(text: string): string {
  return text.toLowerCase();
}

/** User ids of a list parameter, each once. */
export function userIdsOf(params: Params, name: string): string[] {
  return unique(textsOf(params, name).map(userIdOf));
}

/** User ids of a path segment that joins them with commas, each once. */
export function userIdsInPath(text: string): string[] {
  return unique(text.split(',').filter(Boolean).map(userIdOf));
}

export function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** A whole number of a query, which the harness has converted; the fallback for anything else. */
export function numberOf(params: Params, name: string, fallback: number): number {
  const value = params[name];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : fallback;
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** Characters as people count them, not UTF-16 units. */
export function charLength(text: string): number {
  return [...text].length;
}
