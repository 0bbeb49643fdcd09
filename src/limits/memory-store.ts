import type { Clock } from '../clock.ts';
import type { Bucket, Charge } from './bucket.ts';
import { type BucketState, type Grant, keyOf, type LimitStore } from './store.ts';
import { Takes } from './takes.ts';

const maxLogs = 10_000;

/** A `LimitStore` for one process. */
export class MemoryStore implements LimitStore {
  readonly #buckets: ReadonlyMap<string, Bucket>;
  readonly #clock: Clock;
  readonly #logs = new Map<string, Takes>();

  constructor(buckets: readonly Bucket[], clock: Clock) {
    this.#buckets = new Map(buckets.map((bucket) => [bucket.id, bucket]));
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.ticks();
  }

  take(charges: readonly Charge[], guardMs: number): Grant {
    const now = this.now();
    const waits = charges.map((charge) => ({ charge, freeAt: this.#log(charge).freeAt(charge.cost, now) }));
    const latest = waits.reduce((late, each) => (each.freeAt > late.freeAt ? each : late), {
      charge: charges[0],
      freeAt: now,
    });
    if (latest.freeAt > now) {
      const lacking = waits.filter(({ freeAt }) => freeAt > now).map(({ charge }) => keyOf(charge));
      return { isGranted: false, lacking, bucket: latest.charge?.bucket ?? '', retryAt: latest.freeAt };
    }
    for (const charge of charges) this.#log(charge).add(charge.cost, now, guardMs);
    return { isGranted: true, at: now };
  }

  settle(charges: readonly Charge[], at: number, guardMs: number): void {
    for (const charge of charges) this.#log(charge).settle(charge.cost, at, guardMs);
  }

  giveBack(charges: readonly Charge[], at: number): void {
    for (const charge of charges) this.#log(charge).remove(charge.cost, at);
  }

  penalize(charges: readonly Charge[], retryAfterMs: number | undefined): void {
    for (const charge of charges) this.#log(charge).penalize(this.now(), retryAfterMs);
  }

  state(bucket: Bucket, scope: string): BucketState {
    const log = this.#logs.get(keyOf({ bucket: bucket.id, scope }));
    const now = this.now();
    return {
      used: bucket.windows.map((window) => log?.used(window, now) ?? 0),
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
    const log = new Takes(bucket.windows);
    this.#logs.set(key, log);
    return log;
  }

  #dropIdle(): void {
    const now = this.now();
    for (const [key, log] of this.#logs) if (log.isIdle(now)) this.#logs.delete(key);
  }
}
