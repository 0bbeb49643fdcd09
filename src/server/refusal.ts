import { AppError, type ErrorCode } from '../errors.ts';

/** A refusal by the shell itself, whose HTTP status is more exact than its code's. */
export class Refusal extends AppError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(codeOf(status), message);
    this.status = status;
    this.headers = headers;
  }
}

function codeOf(status: number): ErrorCode {
  if (status === 404) return 'NOT_FOUND';
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 403) return 'FORBIDDEN';
  if (status === 429 || status === 503) return 'TOO_MANY_OPERATIONS';
  return status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST';
}

/** The value of a `Retry-After` header: whole seconds. */
export const retryAfterSeconds = (ms: number): string => String(Math.ceil(ms / 1000));

const frameworkMessages: Readonly<Record<number, string>> = {
  413: 'The body is too large.',
  415: 'This Content-Type is not taken here.',
};

/** A refusal of the shell's or of Fastify's, the latter in our own words; null for anything else. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return null;
  if (error.statusCode < 400 || error.statusCode >= 500) return null;
  return new Refusal(error.statusCode, frameworkMessages[error.statusCode] ?? 'The request is malformed.');
}
