/** How many bytes a value takes in JSON, as UTF-8; about as many for numbers. */
export function jsonBytes(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return isPlain(value) ? value.length + 2 : Buffer.byteLength(JSON.stringify(value));
    case 'object':
      return ofObject(value);
    default:
      return String(value).length;
  }
}

function ofObject(value: object | null): number {
  if (value === null) return 4;
  if (value instanceof Date) return 26;
  if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + jsonBytes(item) + 1, 2);
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

/** Whether each character of a text is one byte of JSON. */
const isPlain = (text: string) => /^[ !#-[\]-~]*$/.test(text);

/** What plain data takes in memory, about: an object for itself, and twice its JSON. */
export const memoryBytes = (value: unknown): number => 400 + 2 * jsonBytes(value ?? null);
