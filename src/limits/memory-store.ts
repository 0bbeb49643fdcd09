import type { Clock } from '../clock.ts';
import type { Bucket, Charge } from './bucket.ts';
import { type BucketState, type Grant, keyOf, type LimitStore, type Taker } from './store.ts';
import { Takes } from './takes.ts';
import { defaultLimitOptions, type LimitOptions, type Parts } from './window-use.ts';

const maxLogs = 10_000;

/** A `LimitStore` for one process. */
export class MemoryStore implements LimitStore {
  readonly #buckets: ReadonlyMap<string, Bucket>;
  readonly #clock: Clock;
  readonly #options: LimitOptions;
  readonly #logs = new Map<string, Takes>();

  constructor(buckets: readonly Bucket[], clock: Clock, options: Partial<LimitOptions> = {}) {
    this.#buckets = new Map(buckets.map((bucket) => [bucket.id, bucket]));
    this.#clock = clock;
    this.#options = { ...defaultLimitOptions, ...options };
  }

  now(): number {
    return this.#clock.ticks();
  }

  take(charges: readonly Charge[], taker: Taker): Grant {
    const grant = this.look(charges, taker);
    if (!grant.isGranted) return grant;
    for (const charge of charges) this.#log(charge).add(claimOf(charge, taker), grant.at);
    return grant;
  }

  look(charges: readonly Charge[], taker: Taker): Grant {
    const now = this.now();
    const lacking: string[] = [];
    let bucket = '';
    let retryAt = now;
    for (const charge of charges) {
      const { at, isOwnShare } = this.#log(charge).fit(claimOf(charge, taker), now);
      if (at > now && !isOwnShare) lacking.push(keyOf(charge));
      if (at <= retryAt) continue;
      retryAt = at;
      bucket = charge.bucket;
    }
    return retryAt > now ? { isGranted: false, lacking, bucket, retryAt } : { isGranted: true, at: now };
  }

  assign(charges: readonly Charge[], at: number, viewer: string, parts: Parts): void {
    for (const charge of charges) this.#log(charge).assign(charge.cost, at, viewer, parts);
  }

  settle(charges: readonly Charge[], at: number, viewer: string, countedBy: number): void {
    for (const charge of charges) this.#log(charge).settle(charge.cost, at, viewer, countedBy);
  }

  giveBack(charges: readonly Charge[], at: number, viewer: string): void {
    for (const charge of charges) this.#log(charge).remove(charge.cost, at, viewer);
  }

  penalize(charges: readonly Charge[], retryAfterMs: number | undefined): void {
    for (const charge of charges) this.#log(charge).penalize(this.now(), retryAfterMs);
  }

  state(bucket: Bucket, scope: string): BucketState {
    const log = this.#logs.get(keyOf({ bucket: bucket.id, scope }));
    const now = this.now();
    return {
      used: log?.used(now) ?? bucket.windows.map(() => 0),
      scale: log?.scale(now) ?? 1,
      refusals: log?.refusals ?? 0,
    };
  }

  #log(charge: Charge): Takes {
    const key = keyOf(charge);
    const found = this.#logs.get(key);
    if (found) return found;
    const bucket = this.#buckets.get(charge.bucket);
    if (!bucket) throw new Error(`no such bucket: ${charge.bucket}`);
    if (this.#logs.size >= maxLogs) this.#dropIdle();
    const log = new Takes(bucket.windows, this.#options);
    this.#logs.set(key, log);
    return log;
  }

  #dropIdle(): void {
    const now = this.now();
    for (const [key, log] of this.#logs) if (log.isIdle(now)) this.#logs.delete(key);
  }
}

const claimOf = (charge: Charge, taker: Taker) => ({
  cost: charge.cost,
  viewer: taker.viewer,
  part: taker.part,
  held: taker.held(charge),
  othersAt: (except: ReadonlySet<string>) =>
    taker.viewer === '' ? Number.NEGATIVE_INFINITY : taker.othersAt(charge, except),
});
