import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Priority } from '../request-options.ts';
import type { Bucket, Charge } from './bucket.ts';
import { JitterMeter } from './jitter.ts';
import { Lane, type Waiter } from './lane.ts';
import { type BucketState, keyOf, type LimitStore } from './store.ts';

export interface AcquireOptions {
  readonly signal?: AbortSignal | undefined;
  /** The moment after which the call is of no use any more, in the clock's ticks. */
  readonly deadline: number;
  readonly priority?: Priority | undefined;
  readonly viewer?: string | undefined;
}

/** What a call was granted; it must be settled once the call is over, or given back. */
export interface Granted {
  readonly charges: readonly Charge[];
  readonly at: number;
}

/** A bucket as an operator sees it. */
export interface BucketUsage extends BucketState {
  readonly bucket: Bucket;
  readonly waiting: number;
  /** When a call that comes now could go, in milliseconds from now. */
  readonly estimatedWaitMs: number;
}

const maxWaiting = 20_000;
/** A call that waits longer than this for one of its buckets has the others kept free for it too. */
const insistAfterMs = 2_000;

/**
 * Grants calls of one app under all its limits: no limit is passed, and none is left unused while a call waits that fits. All
 * buckets of a call are taken at one moment or none is. People go before upkeep, upkeep before mass work; inside a priority viewers
 * take turns; no priority is passed by for more than ten seconds. A call that cannot be had before its deadline is refused at once.
 */
export class Scheduler {
  readonly jitter: JitterMeter;
  readonly #buckets: ReadonlyMap<string, Bucket>;
  readonly #store: LimitStore;
  readonly #clock: Clock;
  readonly #lanes = new Map<string, Lane>();
  #waiting = 0;
  #isPumping = false;
  #mustPump = false;
  #wake: { readonly at: number; readonly cancel: () => void } | undefined;

  /** `guardMs` is the jitter reckoned with until the link has shown its own. */
  constructor(buckets: readonly Bucket[], store: LimitStore, clock: Clock, guardMs = 30) {
    this.#buckets = new Map(buckets.map((bucket) => [bucket.id, bucket]));
    this.#store = store;
    this.#clock = clock;
    this.jitter = new JitterMeter(guardMs);
  }

  /**
   * Resolves once all charges were taken. Refuses at once with `RATE_LIMITED` (bucket, `retryAfterMs`) when that cannot be
   * before the deadline or too many wait already; rejects with the signal's reason when it is aborted, taking nothing.
   */
  acquire(charges: readonly Charge[], options: AcquireOptions): Promise<Granted> {
    return new Promise((resolve, reject) => {
      const waiter = this.enter({
        priority: options.priority ?? 'interactive',
        viewer: options.viewer ?? '',
        since: this.#clock.ticks(),
        deadline: options.deadline,
        charges: () => charges,
        grant: (taken, at) => resolve({ charges: taken, at }),
        refuse: reject,
      });
      options.signal?.addEventListener('abort', () => waiter.leave(options.signal?.reason), { once: true });
      if (options.signal?.aborted) waiter.leave(options.signal.reason);
    });
  }

  /** Puts a waiter in line. `leave` takes it out again, and `refuse` is called with the reason. */
  enter(waiter: Waiter): { leave(reason: unknown): void } {
    if (this.#waiting >= maxWaiting) {
      waiter.refuse(rateLimited(waiter.charges()[0]?.bucket ?? '', 1_000));
      return { leave() {} };
    }
    const name = laneName(waiter.charges());
    const lane = this.#lanes.get(name) ?? new Lane();
    this.#lanes.set(name, lane);
    lane.add(waiter);
    this.#waiting += 1;
    void this.#pump(waiter);
    return {
      leave: (reason) => {
        if (!lane.remove(waiter, 0)) return;
        this.#left(name, lane);
        waiter.refuse(reason);
        void this.#pump();
      },
    };
  }

  /** The call of a grant is over; `durationMs` from its sending to its answer. */
  async settle({ charges, at }: Granted, durationMs: number): Promise<void> {
    this.jitter.record(durationMs);
    await this.#store.settle(charges, at, this.jitter.lateness(durationMs));
    await this.#pump();
  }

  /** The call of a grant was not made. */
  async giveBack({ charges, at }: Granted): Promise<void> {
    await this.#store.giveBack(charges, at);
    await this.#pump();
  }

  /** The vendor refused a call for its rate. */
  async penalize(charges: readonly Charge[], retryAfterMs: number | undefined): Promise<void> {
    await this.#store.penalize(charges, retryAfterMs);
  }

  /** Every bucket, as it stands for the whole app. */
  async usage(): Promise<BucketUsage[]> {
    const waiting = new Map<string, number>();
    for (const [name, lane] of this.#lanes) {
      for (const key of name.split('|')) {
        const [bucket = ''] = key.split(' ');
        waiting.set(bucket, (waiting.get(bucket) ?? 0) + lane.size);
      }
    }
    return Promise.all(
      [...this.#buckets.values()].map(async (bucket) => {
        const state = await this.#store.state(bucket, '');
        const ahead = waiting.get(bucket.id) ?? 0;
        return { ...state, bucket, waiting: ahead, estimatedWaitMs: Math.ceil(ahead * slowestMs(bucket)) };
      }),
    );
  }

  /** A waiter's charges have changed: it may fit now. */
  lookAgain(): void {
    void this.#pump();
  }

  /** How long one call with these charges keeps the slowest of its buckets busy, in milliseconds. */
  callMs(charges: readonly Charge[]): number {
    return Math.max(0, ...charges.map((charge) => slowestMs(this.#buckets.get(charge.bucket)) * charge.cost));
  }

  /** How long charges would wait if they were asked for now, in milliseconds. */
  async expectedWaitMs(charges: readonly Charge[]): Promise<number> {
    const grant = await this.#store.take(charges, this.jitter.expectedMs);
    const now = this.#store.now();
    if (grant.isGranted) {
      await this.#store.giveBack(charges, grant.at);
      return this.#aheadMs(charges);
    }
    return Math.max(0, grant.retryAt - now) + this.#aheadMs(charges);
  }

  /** Serves whoever can be served, once at a time. `arrival` is refused at once when its deadline cannot be met. */
  async #pump(arrival?: Waiter): Promise<void> {
    if (this.#isPumping) {
      this.#mustPump = true;
      if (arrival) await this.#judge(arrival);
      return;
    }
    this.#isPumping = true;
    try {
      do {
        this.#mustPump = false;
        await this.#round();
      } while (this.#mustPump);
    } finally {
      this.#isPumping = false;
    }
    if (arrival) await this.#judge(arrival);
  }

  /** One pass over the lanes, those with the most urgent head first, until every lane is empty or lacks something. */
  async #round(): Promise<void> {
    const lacking = new Set<string>();
    const done = new Set<Lane>();
    let wake = Number.POSITIVE_INFINITY;
    for (;;) {
      const now = this.#store.now();
      const next = this.#next(done);
      if (!next) break;
      const { name, lane, waiter } = next;
      if (now >= waiter.deadline) {
        this.#take(name, lane, waiter, 0);
        waiter.refuse(
          rateLimited(
            waiter.charges()[0]?.bucket ?? '',
            slowestMs(this.#buckets.get(waiter.charges()[0]?.bucket ?? '')),
          ),
        );
        continue;
      }
      const charges = waiter.charges();
      if (charges.some((charge) => lacking.has(keyOf(charge)))) {
        done.add(lane);
        continue;
      }
      const grant = await this.#store.take(charges, this.jitter.expectedMs);
      if (grant.isGranted) {
        if (this.#take(name, lane, waiter, costOf(charges))) waiter.grant(charges, grant.at);
        else await this.#store.giveBack(charges, grant.at);
        continue;
      }
      done.add(lane);
      const isInsisting = now - waiter.since > insistAfterMs;
      for (const key of isInsisting ? charges.map(keyOf) : grant.lacking) lacking.add(key);
      wake = Math.min(wake, grant.retryAt, ...lane.all().map((each) => each.deadline));
    }
    if (this.#waiting > 0) this.#wakeAt(wake);
  }

  #next(done: ReadonlySet<Lane>): { name: string; lane: Lane; waiter: Waiter } | undefined {
    let best: { name: string; lane: Lane; waiter: Waiter } | undefined;
    for (const [name, lane] of this.#lanes) {
      const waiter = done.has(lane) ? undefined : lane.head();
      if (waiter && (!best || isBefore(waiter, best.waiter))) best = { name, lane, waiter };
    }
    return best;
  }

  #take(name: string, lane: Lane, waiter: Waiter, cost: number): boolean {
    const wasThere = lane.remove(waiter, cost);
    if (wasThere) this.#left(name, lane);
    return wasThere;
  }

  #left(name: string, lane: Lane): void {
    this.#waiting -= 1;
    if (lane.size === 0) this.#lanes.delete(name);
  }

  /** Refuses a newcomer that still waits and cannot be served in time. */
  async #judge(waiter: Waiter): Promise<void> {
    const charges = waiter.charges();
    const name = laneName(charges);
    const lane = this.#lanes.get(name);
    if (!lane?.all().includes(waiter)) return;
    const grant = await this.#store.take(charges, this.jitter.expectedMs);
    if (grant.isGranted) {
      await this.#store.giveBack(charges, grant.at);
      return;
    }
    const now = this.#store.now();
    const at = grant.retryAt + this.#aheadMs(charges, waiter);
    if (at <= waiter.deadline || !this.#take(name, lane, waiter, 0)) return;
    waiter.refuse(rateLimited(grant.bucket, at - now));
  }

  /** How long those who go before would keep the slowest of these buckets busy. */
  #aheadMs(charges: readonly Charge[], waiter?: Waiter): number {
    const lane = this.#lanes.get(laneName(charges));
    if (!lane) return 0;
    const ahead = lane.all().filter((each) => each !== waiter && (!waiter || isBefore(each, waiter))).length;
    return ahead * this.callMs(charges);
  }

  #wakeAt(moment: number): void {
    if (this.#wake && this.#wake.at <= moment) return;
    this.#wake?.cancel();
    const delayMs = Math.max(1, Math.ceil(moment - this.#store.now()));
    const cancel = this.#clock.schedule(Math.min(delayMs, 2 ** 31 - 1), () => {
      this.#wake = undefined;
      void this.#pump();
    });
    this.#wake = { at: moment, cancel };
  }
}

const order: Record<Priority, number> = { interactive: 0, background: 1, bulk: 2 };

const isBefore = (one: Waiter, other: Waiter) =>
  order[one.priority] !== order[other.priority] ? order[one.priority] < order[other.priority] : one.since < other.since;

const laneName = (charges: readonly Charge[]) => charges.map(keyOf).sort().join('|');

const costOf = (charges: readonly Charge[]) => Math.max(1, ...charges.map((charge) => charge.cost));

/** How long one unit keeps the slowest window of a bucket busy. */
function slowestMs(bucket: Bucket | undefined): number {
  return Math.max(0, ...(bucket?.windows ?? []).map((window) => (window.seconds * 1000) / window.count));
}

function rateLimited(bucket: string, retryAfterMs: number): AppError {
  const finite = Number.isFinite(retryAfterMs) ? Math.max(1, Math.ceil(retryAfterMs)) : undefined;
  return new AppError('RATE_LIMITED', `The vendor's rate limit "${bucket}" is spent.`, {
    bucket,
    retryAfterMs: finite,
  });
}
