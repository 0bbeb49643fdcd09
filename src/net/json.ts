const longDigits = /\d{16,}/;

/**
 * Parses JSON so that integers beyond 2^53 survive: they come out as decimal text, since a double would round them
 * (vendors' message ids have 18 to 20 digits). Everything else is as `JSON.parse` has it. Throws `SyntaxError`.
 */
export function parseJson(text: string): unknown {
  if (!longDigits.test(text)) return JSON.parse(text);
  // TypeScript's library does not know the third argument of a reviver yet (ES2025 JSON.parse source text access).
  const reviver = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? (context?.source ?? value)
      : value;
  return JSON.parse(text, reviver);
}

const rawJSON = (JSON as typeof JSON & { rawJSON(text: string): unknown }).rawJSON;

/** A decimal text to be written by `JSON.stringify` as a bare integer of any length. Throws on anything but digits. */
export function bareInteger(digits: string): unknown {
  if (!/^-?\d{1,20}$/.test(digits)) throw new TypeError(`not a whole number: ${digits.slice(0, 32)}`);
  return rawJSON(digits);
}
