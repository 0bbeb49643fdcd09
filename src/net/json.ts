const longDigits = /\d{16,}/;
const surrogateEscape = /\\u[dD][89a-fA-F]/;

/** An escape of a JSON text: a pair of surrogates, a surrogate that stands alone, or any other. */
const escapes = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|.)/gs;

/**
 * Parses JSON so that nothing in it is lost or makes trouble later. Integers beyond 2^53 that are written in digits come
 * out as decimal text, since a double would round them (vendors' message ids have 18 to 20 digits). Half of a surrogate
 * pair comes out as U+FFFD, in keys too: strict readers refuse a whole document that has one. Everything else is as
 * `JSON.parse` has it. Throws `SyntaxError`.
 */
export function parseJson(text: string): unknown {
  const whole = wholeCharacters(text);
  return longDigits.test(whole) ? JSON.parse(whole, exactInteger) : JSON.parse(whole);
}

/** A JSON text whose escapes name whole characters only: U+FFFD stands for half of a surrogate pair. */
export const wholeCharacters = (text: string): string =>
  surrogateEscape.test(text)
    ? text.replace(escapes, (written: string, half: string | undefined) => (half === undefined ? written : '\\ufffd'))
    : text;

/**
 * A reviver for `JSON.parse` that gives integers beyond 2^53 as the decimal text they were written as.
 * TypeScript's library does not know the third argument of a reviver yet (ES2025 JSON.parse source text access).
 */
export function exactInteger(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const written = context?.source;
  return written !== undefined && /^-?\d+$/.test(written) ? written : value;
}

const rawJSON = (JSON as typeof JSON & { rawJSON(text: string): unknown }).rawJSON;

/** A decimal text to be written by `JSON.stringify` as a bare integer of any length. Throws on anything but digits. */
export function bareInteger(digits: string): unknown {
  if (!/^-?\d{1,20}$/.test(digits)) throw new TypeError(`not a whole number: ${digits.slice(0, 32)}`);
  return rawJSON(digits);
}
