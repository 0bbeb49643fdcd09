import { type CircuitBreakerPolicy, circuitBreaker, handleWhen, SamplingBreaker } from 'cockatiel';
import { AppError } from '../errors.ts';
import type { Endpoint } from './endpoint.ts';
import { NoAnswer } from './send.ts';
import type { Answer } from './wire.ts';

const breakerPauseMs = 5_000;

/** What a failure means for an endpoint: a change that may have happened is never called a failure. Throws what is no failure of the vendor. */
export function judge<P, R>(thrown: unknown, endpoint: Endpoint<P, R>): AppError {
  if (thrown instanceof NoAnswer) {
    const isUnknown = thrown.wasSent && !endpoint.readOnly;
    return new AppError(isUnknown ? 'OUTCOME_UNKNOWN' : 'VENDOR_UNAVAILABLE', undefined, { cause: thrown });
  }
  if (!(thrown instanceof AppError)) {
    if ((thrown as { isBrokenCircuitError?: boolean })?.isBrokenCircuitError) {
      return new AppError('VENDOR_UNAVAILABLE', undefined, { retryAfterMs: breakerPauseMs, cause: thrown });
    }
    throw thrown;
  }
  const mayHaveHappened = thrown.code === 'VENDOR_BAD_RESPONSE' || thrown.code === 'VENDOR_UNAVAILABLE';
  if (!endpoint.readOnly && mayHaveHappened)
    return new AppError('OUTCOME_UNKNOWN', undefined, { ...thrown.details, cause: thrown });
  return thrown;
}

/** Opens when half of at least 10 calls in 10 s failed; lets one probe through after 5 s. */
export function makeBreaker(): CircuitBreakerPolicy {
  return circuitBreaker(
    handleWhen((error) => error instanceof NoAnswer || error instanceof ServerFault),
    {
      halfOpenAfter: breakerPauseMs,
      breaker: new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 1 }),
    },
  );
}

/** An answer of status 5xx on its way through the breaker, which counts thrown things only. */
export class ServerFault extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`status ${answer.status}`);
    this.answer = answer;
  }
}

/** The vendor's own over-limit answer, as against our limits' refusal. */
export const isOverLimit = (error: AppError) => error.code === 'RATE_LIMITED' && error.details.vendorCode !== undefined;
