import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Bucket, Charge } from './bucket.ts';
import { SlidingLog } from './sliding-log.ts';

export interface AcquireOptions {
  readonly signal?: AbortSignal | undefined;
  /** The moment after which the call is of no use any more, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** A bucket as an operator sees it. */
export interface BucketUsage {
  readonly bucket: Bucket;
  readonly used: readonly number[];
  readonly waiting: number;
}

interface Waiter {
  readonly charges: readonly Charge[];
  readonly deadline: number;
  readonly grant: () => void;
  readonly refuse: (error: unknown) => void;
}

const maxWaiting = 10_000;
const maxScopes = 10_000;

/**
 * Keeps every limit of one app exactly, in this process. All buckets of a call are taken at one moment or none is; calls
 * wait in the order they came, and none overtakes another on a bucket both need.
 */
export class Limiter {
  readonly #buckets: ReadonlyMap<string, Bucket>;
  readonly #logs = new Map<string, SlidingLog>();
  readonly #clock: Clock;
  readonly #guardMs: number;
  #waiting: Waiter[] = [];
  #wake: { readonly at: number; readonly cancel: () => void } | undefined;

  /** `guardMs` is the jitter allowed for between us and the vendor's counter. */
  constructor(buckets: readonly Bucket[], clock: Clock, guardMs = 30) {
    this.#buckets = new Map(buckets.map((bucket) => [bucket.id, bucket]));
    this.#clock = clock;
    this.#guardMs = guardMs;
  }

  /**
   * Resolves once all charges were taken. Refuses at once with `RATE_LIMITED` (bucket, `retryAfterMs`) when that cannot be
   * before the deadline or too many wait already; rejects with the signal's reason when it is aborted, taking nothing.
   */
  acquire(charges: readonly Charge[], options: AcquireOptions): Promise<void> {
    if (options.signal?.aborted) return Promise.reject(options.signal.reason);
    const now = this.#clock.now();
    const blocked = new Set(this.#waiting.flatMap((waiter) => waiter.charges.map(keyOf)));
    if (!charges.some((charge) => blocked.has(keyOf(charge))) && this.#tryTake(charges, now) === undefined)
      return Promise.resolve();
    const expected = this.#expectedAt(charges, now);
    if (expected.at > options.deadline || this.#waiting.length >= maxWaiting) {
      return Promise.reject(rateLimited(expected.bucket, expected.at - now));
    }
    return new Promise<void>((resolve, reject) => {
      const waiter: Waiter = { charges, deadline: options.deadline, grant: resolve, refuse: reject };
      this.#waiting.push(waiter);
      options.signal?.addEventListener('abort', () => this.#withdraw(waiter, options.signal?.reason), { once: true });
      this.#wakeAt(expected.next, now);
    });
  }

  /** After the vendor refused a call for its rate: nothing is drawn from these buckets for `pauseMs`. */
  penalize(charges: readonly Charge[], pauseMs: number): void {
    for (const charge of charges) this.#log(charge).block(this.#clock.now() + pauseMs);
  }

  /** The app-wide buckets and what is used of each window now. */
  usage(): BucketUsage[] {
    const now = this.#clock.now();
    return [...this.#buckets.values()].map((bucket) => {
      const log = this.#logs.get(keyOf({ bucket: bucket.id, scope: '', cost: 1 }));
      const waiting = this.#waiting.filter((waiter) =>
        waiter.charges.some((charge) => charge.bucket === bucket.id),
      ).length;
      return { bucket, used: bucket.windows.map((window) => log?.used(window, now) ?? 0), waiting };
    });
  }

  /** Takes all charges and gives undefined, or takes nothing and gives the moment to try again. */
  #tryTake(charges: readonly Charge[], now: number): number | undefined {
    const freeAt = Math.max(now, ...charges.map((charge) => this.#log(charge).freeAt(charge.cost, now)));
    if (freeAt > now) return freeAt;
    for (const charge of charges) this.#log(charge).take(charge.cost, now);
    return undefined;
  }

  /** When the charges would be granted behind all that wait: next = when to look again, at = an estimate of the grant. */
  #expectedAt(charges: readonly Charge[], now: number): { next: number; at: number; bucket: string } {
    let found = { next: now, at: now, bucket: charges[0]?.bucket ?? '' };
    for (const charge of charges) {
      const key = keyOf(charge);
      const ahead = this.#waiting.reduce(
        (sum, waiter) =>
          sum + waiter.charges.reduce((cost, each) => (keyOf(each) === key ? cost + each.cost : cost), 0),
        0,
      );
      const next = this.#log(charge).freeAt(charge.cost, now);
      const slowest = Math.max(
        ...(this.#buckets.get(charge.bucket)?.windows ?? []).map((window) => (window.seconds * 1000) / window.count),
      );
      const at = next + ahead * slowest;
      if (at > found.at) found = { next: Math.max(found.next, next), at, bucket: charge.bucket };
    }
    return found;
  }

  #withdraw(waiter: Waiter, reason: unknown): void {
    const index = this.#waiting.indexOf(waiter);
    if (index === -1) return;
    this.#waiting.splice(index, 1);
    waiter.refuse(reason);
    // Its place may have been all that kept a later one waiting.
    this.#serve();
  }

  #wakeAt(moment: number, now: number): void {
    if (this.#wake && this.#wake.at <= moment) return;
    this.#wake?.cancel();
    this.#wake = {
      at: moment,
      cancel: this.#clock.schedule(Math.max(1, Math.ceil(moment - now)), () => this.#serve()),
    };
  }

  #serve(): void {
    this.#wake?.cancel();
    this.#wake = undefined;
    const now = this.#clock.now();
    const blocked = new Set<string>();
    const left: Waiter[] = [];
    let wake = Number.POSITIVE_INFINITY;
    for (const waiter of this.#waiting) {
      const keys = waiter.charges.map(keyOf);
      const retryAt = keys.some((key) => blocked.has(key))
        ? Number.POSITIVE_INFINITY
        : this.#tryTake(waiter.charges, now);
      if (retryAt === undefined) waiter.grant();
      else if (now >= waiter.deadline) waiter.refuse(rateLimited(waiter.charges[0]?.bucket ?? '', 1000));
      else {
        for (const key of keys) blocked.add(key);
        wake = Math.min(wake, retryAt, waiter.deadline);
        left.push(waiter);
      }
    }
    this.#waiting = left;
    if (left.length > 0) this.#wakeAt(wake, now);
  }

  #log(charge: Charge): SlidingLog {
    const key = keyOf(charge);
    const found = this.#logs.get(key);
    if (found) return found;
    const bucket = this.#buckets.get(charge.bucket);
    if (!bucket) throw new Error(`no such bucket: ${charge.bucket}`);
    if (this.#logs.size >= maxScopes) this.#dropIdle();
    const log = new SlidingLog(bucket.windows, this.#guardMs);
    this.#logs.set(key, log);
    return log;
  }

  #dropIdle(): void {
    const now = this.#clock.now();
    for (const [key, log] of this.#logs) if (log.isIdle(now)) this.#logs.delete(key);
  }
}

const keyOf = (charge: Charge) => `${charge.bucket} ${charge.scope}`;

function rateLimited(bucket: string, retryAfterMs: number): AppError {
  const finite = Number.isFinite(retryAfterMs) ? Math.max(1, Math.ceil(retryAfterMs)) : undefined;
  return new AppError('RATE_LIMITED', `The vendor's rate limit "${bucket}" is spent.`, {
    bucket,
    retryAfterMs: finite,
  });
}
