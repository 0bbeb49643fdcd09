import { type CircuitBreakerPolicy, CircuitState, circuitBreaker, handleWhen, SamplingBreaker } from 'cockatiel';
import { type Clock, sleep } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Bucket, Charge } from '../limits/bucket.ts';
import { MemoryStore } from '../limits/memory-store.ts';
import { type Granted, Scheduler } from '../limits/scheduler.ts';
import { Planned, type RequestOptions, type VendorCall } from '../request-options.ts';
import { encodeRequest, type PlainRequest } from './encode.ts';
import type { Endpoint } from './endpoint.ts';
import { type Health, HealthMeter, isWell } from './health.ts';
import { Pool } from './pool.ts';
import { NoAnswer, send } from './send.ts';
import type { Answer, Call, Wire } from './wire.ts';

interface Run {
  attempts: number;
  waitMs: number;
}

export interface ClientOptions {
  readonly app: string;
  /** The vendor as the schema names it. */
  readonly vendor: string;
  readonly clock: Clock;
  readonly limits: readonly Bucket[];
  /** The jitter allowed for between us and the vendor's counters, in milliseconds. */
  readonly guardMs?: number;
  /** How long a call may take in all, waits and retries included, when its caller says nothing. */
  readonly deadlineMs?: number;
  /** How long one attempt may take. */
  readonly attemptMs?: number;
  /** Called with every call as it ended, and with what it failed with. */
  readonly report?: (call: VendorCall, error?: AppError) => void;
  /** For the pauses between attempts. */
  readonly random?: () => number;
  makeWire(call: Call): Wire;
}

const maxAttempts = 3;
const firstPauseMs = 100;

/**
 * Calls one app's vendor: takes the rate limits, signs, sends, opens the envelope, and tries again where that is safe.
 * A call that is not idempotent is sent again only when it provably never left, or the vendor says it was not carried out.
 */
export class Client {
  readonly scheduler: Scheduler;
  readonly #options: ClientOptions;
  readonly #wire: Wire;
  readonly #pool: Pool;
  readonly #breakers: readonly { readonly host: string; readonly breaker: CircuitBreakerPolicy }[];
  readonly #health: HealthMeter;
  readonly #random: () => number;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.scheduler = new Scheduler(
      options.limits,
      new MemoryStore(options.limits, options.clock),
      options.clock,
      options.guardMs,
    );
    this.#wire = options.makeWire(this.call);
    this.#pool = new Pool({
      clock: options.clock,
      connections: 64,
      maxAgeMs: 50_000,
      maxResponseBytes: 4 * 1024 * 1024,
    });
    this.#breakers = this.#wire.hosts.map((host) => ({ host, breaker: makeBreaker() }));
    this.#health = new HealthMeter(options.clock, () =>
      this.#breakers.every(({ breaker }) => breaker.state === CircuitState.Open),
    );
  }

  /**
   * Calls an endpoint and gives its checked reply.
   * Throws `AppError` only: `BAD_USER_INPUT` before anything is sent, `RATE_LIMITED` when the limit cannot be had before the
   * deadline, `VENDOR_UNAVAILABLE` when nothing was changed, `OUTCOME_UNKNOWN` when a change may have happened,
   * `VENDOR_BAD_RESPONSE`, or what the vendor's own code means. Rejects with the signal's reason when aborted.
   */
  readonly call: Call = async <P, R>(endpoint: Endpoint<P, R>, params: P, options: RequestOptions = {}): Promise<R> => {
    const { app, vendor, clock } = this.#options;
    const startedAt = clock.ticks();
    const run: Run = { attempts: 0, waitMs: 0 };
    const tell = (outcome: string, error?: AppError) => {
      const items = itemsOf(endpoint, params);
      const call: VendorCall = {
        app,
        endpoint: endpoint.id,
        items,
        attempts: run.attempts,
        waitMs: Math.round(run.waitMs),
        durationMs: Math.round(clock.ticks() - startedAt),
        outcome,
        sharedBy: 1,
      };
      this.#options.report?.(call, error);
      options.trace?.(call);
    };
    try {
      const reply = await this.#attempt(endpoint, params, run, options);
      tell('ok');
      return reply;
    } catch (error) {
      if (error instanceof Planned) throw error;
      if (!(error instanceof AppError)) {
        tell('ABORTED');
        throw error;
      }
      tell(error.code, error);
      throw error.with({ app, vendor, operation: endpoint.id });
    }
  };

  health(): Health {
    return this.#health.read();
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #attempt<P, R>(endpoint: Endpoint<P, R>, params: P, run: Run, options: RequestOptions): Promise<R> {
    const { clock } = this.#options;
    const deadline = options.deadline ?? clock.ticks() + (this.#options.deadlineMs ?? 10_000);
    const plain = encodeRequest(endpoint, params, this.#wire.lists);
    const charges = chargesOf(endpoint, params);
    if (options.isPlan) throw new Planned(endpoint.id, itemsOf(endpoint, params), charges);
    let hasRenewed = false;
    let failures = 0;
    let refusal: AppError | undefined;
    for (;;) {
      const granted = await this.#acquire(charges, deadline, run, options).catch((error: unknown) => {
        throw error instanceof AppError && refusal ? error.with(refusal.details) : error;
      });
      let error: AppError;
      const startedAt = clock.ticks();
      try {
        const answer = await this.#settled(
          granted,
          this.#send(endpoint, plain, failures + 1, deadline, options.signal),
        );
        if (!hasRenewed && endpoint.auth === 'app' && this.#wire.isSessionRefused?.(answer)) {
          hasRenewed = true;
          this.#wire.dropSession?.();
          continue;
        }
        const reply = this.#open(answer, endpoint);
        this.#health.record(true, clock.ticks() - startedAt);
        return reply;
      } catch (thrown) {
        error = await this.#judge(thrown, endpoint, charges);
        this.#health.record(isWell(error), clock.ticks() - startedAt);
      }
      // A call that the vendor refused for its rate was not made: it waits for its turn again, as long as its deadline allows.
      if (isOverLimit(error)) {
        refusal = error;
        continue;
      }
      failures += 1;
      const pauseMs = this.#pauseBefore(error, endpoint, failures);
      if (pauseMs === undefined || clock.ticks() + pauseMs >= deadline) throw error;
      await sleep(clock, pauseMs, options.signal);
    }
  }

  /** Tells the limits when a call has got its answer, or will get none. */
  async #settled<T>(granted: Granted, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } finally {
      await this.scheduler.settle(granted, this.#options.clock.ticks() - granted.at);
    }
  }

  /** Uses the permit that a merged call came with, or waits for the limits. */
  async #acquire(charges: readonly Charge[], deadline: number, run: Run, options: RequestOptions): Promise<Granted> {
    const { clock } = this.#options;
    const isFirst = run.attempts === 0;
    run.attempts += 1;
    if (isFirst && options.permit?.use(charges)) return options.permit.granted;
    const since = clock.ticks();
    const { signal, priority, viewer } = options;
    const granted = await this.scheduler.acquire(charges, { signal, deadline, priority, viewer });
    run.waitMs += clock.ticks() - since;
    return granted;
  }

  /** Sends to a host whose breaker lets calls through: the primary first, another one for another try. */
  async #send<P, R>(
    endpoint: Endpoint<P, R>,
    plain: PlainRequest,
    attempt: number,
    deadline: number,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const { clock } = this.#options;
    const request = endpoint.auth === 'app' ? await this.#wire.authorize(plain, endpoint as Endpoint) : plain;
    const timeoutMs = Math.min(deadline - clock.ticks(), this.#options.attemptMs ?? 5_000);
    if (endpoint.host && !this.#wire.isStandIn)
      return send(endpoint.host, request, this.#pool.dispatcher(), timeoutMs, signal);
    const closed = this.#breakers.filter(({ breaker }) => breaker.state !== CircuitState.Open);
    const ready = closed[(attempt - 1) % Math.max(1, closed.length)] ?? this.#breakers[0];
    if (!ready) throw new AppError('VENDOR_MISCONFIGURED', 'The app has no host.');
    try {
      return await ready.breaker.execute(async () => {
        const reply = await send(ready.host, request, this.#pool.dispatcher(), timeoutMs, signal);
        if (reply.status >= 500) throw new ServerFault(reply);
        return reply;
      });
    } catch (error) {
      if (error instanceof ServerFault) return error.answer;
      throw error;
    }
  }

  #open<P, R>(answer: Answer, endpoint: Endpoint<P, R>): R {
    const payload = this.#wire.open(answer, endpoint as Endpoint);
    const parsed = endpoint.reply.safeParse(payload);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new AppError(
      'VENDOR_BAD_RESPONSE',
      `The vendor's answer has no good ${issue?.path.join('.') || 'body'}: ${issue?.message}`,
      {
        vendorStatus: answer.status,
        cause: parsed.error,
      },
    );
  }

  /** What a failure means for this endpoint: a change that may have happened is never called a failure. */
  async #judge<P, R>(thrown: unknown, endpoint: Endpoint<P, R>, charges: readonly Charge[]): Promise<AppError> {
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
    if (isOverLimit(thrown)) await this.scheduler.penalize(charges, thrown.details.retryAfterMs);
    const mayHaveHappened = thrown.code === 'VENDOR_BAD_RESPONSE' || thrown.code === 'VENDOR_UNAVAILABLE';
    if (!endpoint.readOnly && mayHaveHappened)
      return new AppError('OUTCOME_UNKNOWN', undefined, { ...thrown.details, cause: thrown });
    return thrown;
  }

  /** How long to wait before another try; undefined when there shall be none. */
  #pauseBefore<P, R>(error: AppError, endpoint: Endpoint<P, R>, failures: number): number | undefined {
    if (failures >= maxAttempts) return undefined;
    const neverLeft = error.cause instanceof NoAnswer && !error.cause.wasSent;
    const isPassing =
      error.code === 'VENDOR_UNAVAILABLE' || error.code === 'OUTCOME_UNKNOWN' || error.code === 'VENDOR_BAD_RESPONSE';
    if (!isPassing || error.details.retryAfterMs !== undefined) return undefined;
    if (!endpoint.idempotent && !neverLeft) return undefined;
    return firstPauseMs * 2 ** (failures - 1) * (0.5 + this.#random());
  }
}

const breakerPauseMs = 5_000;

/** Opens when half of at least 10 calls in 10 s failed; lets one probe through after 5 s. */
function makeBreaker(): CircuitBreakerPolicy {
  return circuitBreaker(
    handleWhen((error) => error instanceof NoAnswer || error instanceof ServerFault),
    {
      halfOpenAfter: breakerPauseMs,
      breaker: new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 1 }),
    },
  );
}

/** An answer of status 5xx on its way through the breaker, which counts thrown things only. */
class ServerFault extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`status ${answer.status}`);
    this.answer = answer;
  }
}

/** The vendor's own over-limit answer, as against our limits' refusal. */
const isOverLimit = (error: AppError) => error.code === 'RATE_LIMITED' && error.details.vendorCode !== undefined;

/** A parameter by name; entries name the parameters that count or tell buckets apart. */
const paramOf = (params: unknown, name: string): unknown => (params as Record<string, unknown>)[name];

function itemsOf<P, R>(endpoint: Endpoint<P, R>, params: P): number {
  const value = endpoint.batch ? paramOf(params, endpoint.batch.param) : undefined;
  return Array.isArray(value) ? value.length : 1;
}

function chargesOf<P, R>(endpoint: Endpoint<P, R>, params: P): Charge[] {
  return endpoint.limits.map(({ bucket, cost, by }) => {
    const counted = cost === undefined ? undefined : paramOf(params, cost);
    const size = Array.isArray(counted)
      ? counted.length
      : typeof counted === 'object' && counted !== null
        ? Object.keys(counted).length
        : 1;
    return { bucket, scope: by === undefined ? '' : String(paramOf(params, by) ?? ''), cost: Math.max(1, size) };
  });
}
