import { AppError, type ErrorCode } from '../errors.ts';

interface KeptError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: AppError['details'];
}

interface Kept {
  /** Each failure once, however many items came to it. */
  readonly errors: readonly KeptError[];
  readonly answer: unknown;
}

/**
 * Text of an answer that holds nothing but what a caller sees of it: failures as code, message and details, without their stack
 * and cause. Dates and failures may be anywhere in it; everything else must be plain.
 */
export function writeAnswer(answer: unknown): string {
  const errors = new Map<string, number>();
  const plain = (value: unknown): unknown => {
    if (value instanceof AppError) {
      const text = JSON.stringify(keptError(value));
      const index = errors.get(text) ?? errors.size;
      errors.set(text, index);
      return { $error: index };
    }
    if (value instanceof Date) return { $date: value.getTime() };
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  };
  const body = JSON.stringify(plain(answer));
  return `{"errors":[${[...errors.keys()].join(',')}],"answer":${body}}`;
}

const keptError = ({ code, message, details }: AppError): KeptError => ({ code, message, details });

/** What `writeAnswer` wrote. */
export function readAnswer<T>(text: string): T {
  const { errors, answer }: Kept = JSON.parse(text);
  const failures = errors.map(({ code, message, details }) => new AppError(code, message, details));
  const whole = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(whole);
    if ('$error' in value) return failures[Number(value.$error)];
    if ('$date' in value) return new Date(Number(value.$date));
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, whole(each)]));
  };
  // The text is of an answer of this very kind: keys are of one kind of send each.
  return whole(answer) as T;
}

/** What text takes in memory: one byte for each character while all are of Latin-1, else two. */
export function textBytes(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of one-byte characters
  return /[^\u0000-\u00ff]/.test(text) ? 2 * text.length : text.length;
}
