import { dataOf } from '../../net/data-text.ts';

/** Undoes percent-encoding. A plus is a space: an encoder that leaves pluses alone writes them as `%2B`. Throws `URIError`. */
export const percentDecoded = (text: string): string => decodeURIComponent(text.replaceAll('+', '%20'));

/** Reads a JSON object that may be percent-encoded, as the vendor writes the bodies of media; empty when it is none. */
export function objectOfText(body: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(body)) return body;
  if (typeof body !== 'string') return {};
  const plain = dataOf(body);
  if (isRecord(plain)) return plain;
  try {
    const decoded = dataOf(percentDecoded(body));
    return isRecord(decoded) ? decoded : {};
  } catch {
    // A stray percent sign: neither form.
    return {};
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
