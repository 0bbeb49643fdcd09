import { parseJson } from '../../net/json.ts';

/** Writes any JSON value where the vendor has one text: texts as they are, anything else as JSON. */
export function textOfJson(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
}

/** Reads what `textOfJson` or anybody else wrote: JSON where it is some, else the text; null for nothing. */
export function jsonOfText(text: string | null | undefined): unknown {
  if (!text) return null;
  try {
    return parseJson(text);
  } catch {
    // Not JSON, so it is a text.
    return text;
  }
}

/** Reads a JSON object that may be percent-encoded, as the vendor writes the bodies of media; empty when it is none. */
export function objectOfText(body: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(body)) return body;
  if (typeof body !== 'string') return {};
  const plain = jsonOfText(body);
  if (isRecord(plain)) return plain;
  try {
    const decoded = jsonOfText(decodeURIComponent(body));
    return isRecord(decoded) ? decoded : {};
  } catch {
    // A stray percent sign: neither form.
    return {};
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
