/** When another try makes sense: never, after waiting, or after something was changed first. */
export type Retry = 'never' | 'backoff' | 'after-fix';

/**
 * The one table of failures: what each code means over HTTP and to whoever may try again.
 * The same list stands in `enum ErrorCode` of the schema and in the README.
 */
export const errorTable = {
  BAD_REQUEST: { http: 400, retry: 'after-fix', message: 'The request is not valid.' },
  BAD_USER_INPUT: { http: 400, retry: 'after-fix', message: 'An argument is malformed or out of bounds.' },
  BAD_CURSOR: { http: 400, retry: 'after-fix', message: 'The cursor is malformed, or belongs to another list.' },
  UNAUTHENTICATED: { http: 401, retry: 'after-fix', message: 'The token is missing, expired or not trusted.' },
  UNAVAILABLE: { http: 503, retry: 'backoff', message: 'The token cannot be checked now.' },
  FORBIDDEN: { http: 403, retry: 'after-fix', message: 'Not allowed, or not to be known.' },
  NOT_FOUND: { http: 404, retry: 'after-fix', message: 'There is no such thing.' },
  CONFLICT: { http: 409, retry: 'after-fix', message: 'It exists already, or its state does not allow the change.' },
  NOT_SUPPORTED: { http: 501, retry: 'never', message: "The app's vendor has no such operation." },
  RATE_LIMITED: { http: 429, retry: 'backoff', message: "The vendor's rate limit is spent." },
  TOO_MANY_OPERATIONS: { http: 429, retry: 'backoff', message: 'Too many operations at once.' },
  ANSWER_TOO_LARGE: { http: 400, retry: 'after-fix', message: 'The answer would be too large. Ask for less at once.' },
  LIMIT_REACHED: { http: 409, retry: 'after-fix', message: 'A ceiling of the vendor or of the plan is reached.' },
  CONTENT_REFUSED: { http: 422, retry: 'after-fix', message: 'Moderation or a policy refused the content.' },
  VENDOR_REJECTED: { http: 502, retry: 'after-fix', message: 'The vendor said no.' },
  VENDOR_MISCONFIGURED: { http: 502, retry: 'after-fix', message: 'The vendor refused the app itself.' },
  VENDOR_UNAVAILABLE: { http: 503, retry: 'backoff', message: 'The vendor could not be reached. Nothing was changed.' },
  VENDOR_BAD_RESPONSE: {
    http: 502,
    retry: 'backoff',
    message: 'The vendor gave an answer that could not be understood.',
  },
  OUTCOME_UNKNOWN: { http: 504, retry: 'after-fix', message: 'The change may have happened. Read before you retry.' },
  INTERNAL_SERVER_ERROR: { http: 500, retry: 'backoff', message: 'A fault of this server.' },
} as const satisfies Record<string, { http: number; retry: Retry; message: string }>;

export type ErrorCode = keyof typeof errorTable;

/** What rides along with a failure. Everything but `cause` may be shown to the caller. */
export interface ErrorDetails {
  /** The app's name. */
  readonly app?: string | undefined;
  /** The vendor as the schema names it. */
  readonly vendor?: string | undefined;
  /** The endpoint id of the catalogue, or the schema coordinate. */
  readonly operation?: string | undefined;
  /** The vendor's own code, as text. */
  readonly vendorCode?: string | undefined;
  /** The HTTP status of the vendor's answer. */
  readonly vendorStatus?: number | undefined;
  /** The vendor's id of the request. */
  readonly vendorRequestId?: string | undefined;
  /** When another try could succeed, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The path of the argument, such as `input.users[3].name`. */
  readonly input?: string | undefined;
  /** The rate limit that was spent, as the catalogue names it. */
  readonly bucket?: string | undefined;
  /** What led to it; for the log only. */
  readonly cause?: unknown;
}

/** The one error class. Anything else that is thrown is a fault of this server and is masked at the edge. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: Omit<ErrorDetails, 'cause'>;

  constructor(code: ErrorCode, message: string = errorTable[code].message, { cause, ...details }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  get retry(): Retry {
    return errorTable[this.code].retry;
  }

  /** The same failure with more known about it; what was known already stays. */
  with(details: ErrorDetails): AppError {
    return new AppError(this.code, this.message, { ...details, ...this.details, cause: this.cause ?? details.cause });
  }
}

const unknownOutcomes: ReadonlySet<ErrorCode> = new Set([
  'OUTCOME_UNKNOWN',
  'VENDOR_BAD_RESPONSE',
  'INTERNAL_SERVER_ERROR',
]);

/** Whether a change that failed so may have happened all the same. */
export const mayHaveHappened = ({ code }: AppError): boolean => unknownOutcomes.has(code);

/** Makes any thrown value an `AppError`; what is not one already is a fault of this server. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError('INTERNAL_SERVER_ERROR', undefined, { cause: thrown });
}

/** What one item of an operation over many came to. */
export type Outcome<T = void> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppError };

export const succeeded = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failed = (error: AppError): Outcome<never> => ({ ok: false, error });
