import { AppError, type ErrorCode } from '../errors.ts';

/**
 * Why a callback is not taken, and what the vendor is answered: a wrong path and a wrong source address alike, so that the answer does
 * not tell which names exist. The same list stands in `enum CallbackRefusal` of the schema.
 */
export const callbackRefusals = {
  UNKNOWN_PATH: { code: 'NOT_FOUND', status: 404, says: 'not found' },
  SOURCE_ADDRESS: { code: 'NOT_FOUND', status: 404, says: 'not found' },
  SIGNATURE: { code: 'UNAUTHENTICATED', status: 401, says: 'the signature is not good' },
  TIME: { code: 'UNAUTHENTICATED', status: 401, says: 'the signature is not good' },
  REUSED_SIGNATURE: { code: 'UNAUTHENTICATED', status: 401, says: 'the signature is not good' },
  MALFORMED: { code: 'BAD_USER_INPUT', status: 400, says: 'the body cannot be read' },
  TOO_LARGE: { code: 'BAD_USER_INPUT', status: 413, says: 'the body is too large' },
  OVERLOADED: { code: 'TOO_MANY_OPERATIONS', status: 503, says: 'not taken: send it again' },
  TOO_MANY_UNSIGNED: { code: 'TOO_MANY_OPERATIONS', status: 429, says: 'too many: send it again later' },
  LOG_UNAVAILABLE: { code: 'VENDOR_UNAVAILABLE', status: 503, says: 'not taken: send it again' },
  SERVER_FAULT: { code: 'INTERNAL_SERVER_ERROR', status: 500, says: 'not taken: send it again' },
} as const satisfies Record<string, { readonly code: ErrorCode; readonly status: number; readonly says: string }>;

export type CallbackRefusal = keyof typeof callbackRefusals;

/** A callback that is not taken. Its message is for the operator; the vendor is answered what the table says. */
export class RefusedCallback extends AppError {
  readonly reason: CallbackRefusal;

  constructor(reason: CallbackRefusal, message: string, cause?: unknown) {
    super(callbackRefusals[reason].code, message, { cause });
    this.reason = reason;
  }
}

/** Throws `TIME` unless a callback's time is at most `maxAgeMs` behind `now` and five minutes ahead of it. All in milliseconds. */
export function checkCallbackTime(sentAt: number, now: number, maxAgeMs: number = maxSkewMs): void {
  const aheadMs = sentAt - now;
  if (aheadMs <= maxSkewMs && -aheadMs <= maxAgeMs) return;
  const [side, allowedMs] = aheadMs > 0 ? (['ahead of', maxSkewMs] as const) : (['behind', maxAgeMs] as const);
  const [off, allowed] = [Math.abs(aheadMs) / 1000, allowedMs / 1000].map((seconds) => Math.round(seconds));
  throw new RefusedCallback(
    'TIME',
    `The callback's time is ${off} s ${side} this server's clock, more than the ${allowed} s allowed: check the clock of this machine.`,
  );
}

/** How far a vendor's clock and ours may be apart. */
const maxSkewMs = 300_000;
