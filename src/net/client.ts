import { type CircuitBreakerPolicy, CircuitState } from 'cockatiel';
import { type Clock, sleep } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Bucket, Charge } from '../limits/bucket.ts';
import { MemoryStore } from '../limits/memory-store.ts';
import { Scheduler } from '../limits/scheduler.ts';
import type { LimitOptions } from '../limits/window-use.ts';
import { type Granted, Planned, type RequestOptions, type VendorAttempt, type VendorCall } from '../request-options.ts';
import { chargesOf, itemsOf } from './charges.ts';
import { encodeRequest, type PlainRequest } from './encode.ts';
import type { Endpoint } from './endpoint.ts';
import { isOverLimit, judge, makeBreaker, ServerFault } from './failure.ts';
import { type Health, HealthMeter, isWell } from './health.ts';
import { Pool } from './pool.ts';
import { retryAfterMs } from './retry-after.ts';
import { NoAnswer, Progress, send } from './send.ts';
import type { Answer, Call, Wire } from './wire.ts';

/** One attempt of a call. */
interface Trial {
  readonly attempt: number;
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Whether a refused session may be replaced by a new one. */
  readonly mayRenew: boolean;
}

type TrialOutcome<R> = { readonly reply: R } | { readonly error: AppError } | { readonly isRenewed: true };

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
  readonly limitOptions?: Partial<LimitOptions> | undefined;
  /** How long a call may take in all, waits and retries included, when its caller says nothing. */
  readonly deadlineMs?: number;
  /** How long one attempt may take. */
  readonly attemptMs?: number;
  /** Called with every call as it ended, and with what it failed with. */
  readonly report?: (call: VendorCall, error?: AppError) => void;
  /** Called with every request that was tried. */
  readonly reportAttempt?: (attempt: VendorAttempt) => void;
  /** For the pauses between attempts. */
  readonly random?: () => number;
  makeWire(call: Call): Wire;
}

const maxAttempts = 3;
const firstPauseMs = 100;
/** A request that was given up is taken to have reached the vendor so much later at the most. */
const strayMs = 2_000;

/** Whether a failure is the caller's own end of the call, for whatever reason: it says nothing about the vendor. */
const isAbort = (error: AppError, signal: AbortSignal | undefined) =>
  signal?.aborted === true && (error === signal.reason || error.cause === signal.reason);

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
      new MemoryStore(options.limits, options.clock, options.limitOptions),
      options.clock,
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
      const isFailure = error instanceof AppError && !isAbort(error, options.signal);
      tell(isFailure ? error.code : 'ABORTED', isFailure ? error : undefined);
      if (!(error instanceof AppError)) throw error;
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
      run.attempts += 1;
      const trial = { attempt: failures + 1, deadline, signal: options.signal, mayRenew: !hasRenewed };
      const outcome = await this.#try(endpoint, plain, granted, trial);
      if ('reply' in outcome) return outcome.reply;
      if ('isRenewed' in outcome) {
        hasRenewed = true;
        continue;
      }
      const { error } = outcome;
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

  /** Makes one attempt, and tells the limits and whoever counts attempts how it went. Throws only what is not the vendor's doing. */
  async #try<P, R>(
    endpoint: Endpoint<P, R>,
    plain: PlainRequest,
    granted: Granted,
    trial: Trial,
  ): Promise<TrialOutcome<R>> {
    const { app, clock } = this.#options;
    const progress = new Progress(clock);
    const startedAt = clock.ticks();
    let told: string = 'ABORTED';
    try {
      const answer = await this.#send(endpoint, plain, trial, progress);
      if (trial.mayRenew && endpoint.auth === 'app' && this.#wire.isSessionRefused?.(answer)) {
        told = 'VENDOR_MISCONFIGURED';
        this.#wire.dropSession?.();
        return { isRenewed: true };
      }
      const reply = this.#open(answer, endpoint);
      told = 'ok';
      this.#health.record(true, clock.ticks() - startedAt);
      return { reply };
    } catch (thrown) {
      const error = judge(thrown, endpoint);
      if (!isAbort(error, trial.signal)) {
        told = error.code;
        this.#health.record(isWell(error), clock.ticks() - startedAt);
      }
      // Before those who wait go on.
      if (isOverLimit(error)) await this.#penalize(granted.charges, error);
      return { error };
    } finally {
      if (progress.isTried) this.#options.reportAttempt?.({ app, endpoint: endpoint.id, outcome: told });
      if (!progress.wasSent) await this.scheduler.giveBack(granted);
      else await this.scheduler.settle(granted, progress.answeredAt ?? clock.ticks() + strayMs);
    }
  }

  /** Where the vendor's code names a bucket, that one alone is held back. */
  #penalize(charges: readonly Charge[], { details }: AppError): Promise<void> {
    const named = charges.filter(({ bucket }) =>
      this.#options.limits.some(({ id, overLimit }) => id === bucket && overLimit === details.vendorCode),
    );
    return this.scheduler.penalize(named.length > 0 ? named : charges, details.retryAfterMs);
  }

  /** Uses the permit that a merged call came with, or waits for the limits. */
  async #acquire(charges: readonly Charge[], deadline: number, run: Run, options: RequestOptions): Promise<Granted> {
    const { clock } = this.#options;
    if (run.attempts === 0 && options.permit?.use(charges)) return options.permit.granted;
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
    { attempt, deadline, signal }: Trial,
    progress: Progress,
  ): Promise<Answer> {
    const { clock } = this.#options;
    const request = endpoint.auth === 'app' ? await this.#wire.authorize(plain, endpoint as Endpoint) : plain;
    const timeoutMs = Math.min(deadline - clock.ticks(), this.#options.attemptMs ?? 5_000);
    const sendTo = (host: string) => {
      progress.isTried = true;
      return send(host, request, this.#pool.dispatcher(), timeoutMs, signal, progress);
    };
    if (endpoint.host && !this.#wire.isStandIn) return sendTo(endpoint.host);
    const closed = this.#breakers.filter(({ breaker }) => breaker.state !== CircuitState.Open);
    const ready = closed[(attempt - 1) % Math.max(1, closed.length)] ?? this.#breakers[0];
    if (!ready) throw new AppError('VENDOR_MISCONFIGURED', 'The app has no host.');
    try {
      return await ready.breaker.execute(async () => {
        const reply = await sendTo(ready.host);
        if (reply.status >= 500) throw new ServerFault(reply);
        return reply;
      });
    } catch (error) {
      if (error instanceof ServerFault) return error.answer;
      throw error;
    }
  }

  #open<P, R>(answer: Answer, endpoint: Endpoint<P, R>): R {
    let payload: unknown;
    try {
      payload = this.#wire.open(answer, endpoint as Endpoint);
    } catch (error) {
      throw error instanceof AppError
        ? error.with({ retryAfterMs: retryAfterMs(answer, this.#options.clock.now()) })
        : error;
    }
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

  /** How long to wait before another try; undefined when there shall be none. */
  #pauseBefore<P, R>(error: AppError, endpoint: Endpoint<P, R>, failures: number): number | undefined {
    if (failures >= maxAttempts) return undefined;
    const neverLeft = error.cause instanceof NoAnswer && !error.cause.wasSent;
    const isPassing =
      error.code === 'VENDOR_UNAVAILABLE' || error.code === 'OUTCOME_UNKNOWN' || error.code === 'VENDOR_BAD_RESPONSE';
    const { retryAfterMs: askedMs, vendorStatus } = error.details;
    // An open breaker is not waited for; what the vendor itself asks for is.
    if (!isPassing || (askedMs !== undefined && vendorStatus === undefined)) return undefined;
    if (!endpoint.idempotent && !neverLeft) return undefined;
    return Math.max(askedMs ?? 0, firstPauseMs * 2 ** (failures - 1) * (0.5 + this.#random()));
  }
}
