import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Granted, Priority } from '../request-options.ts';
import { Activity } from './activity.ts';
import type { Bucket, Charge } from './bucket.ts';
import { Lane, type Waiter } from './lane.ts';
import { askersOf, type Place, Round } from './round.ts';
import { type BucketState, type Grant, keyOf, type LimitStore } from './store.ts';
import type { Parts } from './window-use.ts';

export interface AcquireOptions {
  readonly signal?: AbortSignal | undefined;
  /** The moment after which the call is of no use any more, in the clock's ticks. */
  readonly deadline: number;
  readonly priority?: Priority | undefined;
  readonly viewer?: string | undefined;
}

/** A bucket as an operator sees it. */
export interface BucketUsage extends BucketState {
  readonly bucket: Bucket;
  readonly waiting: number;
  /** When a call that comes now could go, in milliseconds from now. */
  readonly estimatedWaitMs: number;
}

const maxWaiting = 20_000;

/**
 * Grants calls of one app under all its limits: no limit is passed, and none is left unused while a call waits that fits. All
 * buckets of a call are taken at one moment or none is. People go before upkeep, upkeep before mass work; inside a priority viewers
 * take turns; no priority is passed by for more than ten seconds. No viewer takes all of a bucket that others have used lately. A call
 * that cannot be had before its deadline is refused at once.
 */
export class Scheduler {
  readonly #buckets: ReadonlyMap<string, Bucket>;
  readonly #store: LimitStore;
  readonly #clock: Clock;
  readonly #lanes = new Map<string, Lane>();
  readonly #activity = new Activity();
  #waiting = 0;
  #isPumping = false;
  #mustPump = false;
  /** No deadline of those who wait is earlier. */
  #nextDeadline = Number.POSITIVE_INFINITY;
  #wake: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(buckets: readonly Bucket[], store: LimitStore, clock: Clock) {
    this.#buckets = new Map(buckets.map((bucket) => [bucket.id, bucket]));
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Resolves once all charges were taken. Refuses at once with `RATE_LIMITED` (bucket, `retryAfterMs`) when that cannot be
   * before the deadline or too many wait already; rejects with the signal's reason when it is aborted, taking nothing.
   */
  acquire(charges: readonly Charge[], options: AcquireOptions): Promise<Granted> {
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const leave = () => waiter.leave(signal?.reason);
      const waiter = this.enter({
        priority: options.priority ?? 'interactive',
        viewer: options.viewer ?? '',
        since: this.#clock.ticks(),
        deadline: options.deadline,
        charges: () => charges,
        grant: (taken, at, viewer) => {
          signal?.removeEventListener('abort', leave);
          resolve({ charges: taken, at, viewer });
        },
        refuse: (error) => {
          signal?.removeEventListener('abort', leave);
          reject(error);
        },
      });
      signal?.addEventListener('abort', leave, { once: true });
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
    this.#nextDeadline = Math.min(this.#nextDeadline, waiter.deadline);
    this.#note(waiter, waiter.charges());
    void this.#pump({ name, lane, waiter });
    return {
      leave: (reason) => {
        if (!this.#take(name, lane, waiter, 0)) return;
        waiter.refuse(reason);
        void this.#pump();
      },
    };
  }

  /** Tells whom the call of a grant is for, where it is for several. */
  async assign({ charges, at, viewer }: Granted, parts: Parts): Promise<void> {
    await this.#store.assign(charges, at, viewer, parts);
  }

  /** The call of a grant is over: the vendor counted it by `countedBy`, if at all. */
  async settle({ charges, at, viewer }: Granted, countedBy: number): Promise<void> {
    await this.#store.settle(charges, at, viewer, countedBy);
    await this.#pump();
  }

  /** The call of a grant was not made. */
  async giveBack({ charges, at, viewer }: Granted): Promise<void> {
    await this.#store.giveBack(charges, at, viewer);
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

  /** How long charges would wait if they were asked for now by a viewer who has used nothing, in milliseconds. */
  async expectedWaitMs(charges: readonly Charge[]): Promise<number> {
    const grant = await this.#store.look(charges, {
      viewer: '',
      part: 1,
      othersAt: () => Number.NEGATIVE_INFINITY,
      held: () => undefined,
    });
    const lane = this.#lanes.get(laneName(charges));
    return Math.max(0, retryAtOf(grant) - this.#store.now()) + (lane?.size ?? 0) * this.callMs(charges);
  }

  /** Serves whoever can be served, once at a time. `arrival` is refused at once when its deadline cannot be met. */
  async #pump(arrival?: Omit<Place, 'rank'>): Promise<void> {
    if (this.#isPumping) {
      this.#mustPump = true;
    } else {
      this.#isPumping = true;
      try {
        do {
          this.#mustPump = false;
          await this.#round();
        } while (this.#mustPump);
      } finally {
        this.#isPumping = false;
      }
    }
    if (arrival) await this.#judge(arrival);
  }

  async #round(): Promise<void> {
    this.#refuseLate();
    const round = new Round(this.#lanes, this.#store, this.#activity);
    for (let place = round.next(); place; place = round.next()) {
      const { name, lane, waiter } = place;
      const charges = waiter.charges();
      const tried = await round.take(place, charges);
      if (!tried?.grant.isGranted) continue;
      const { grant, viewer, overShare } = tried;
      this.#note(waiter, charges);
      // It may have left meanwhile: then nobody uses what was taken.
      if (this.#take(name, lane, waiter, costOf(charges))) waiter.grant(charges, grant.at, viewer, overShare);
      else await this.#store.giveBack(charges, grant.at, viewer);
    }
    if (this.#waiting > 0) this.#wakeAt(Math.min(round.wakeAt, this.#nextDeadline));
  }

  /** Notes that those for whom a waiter is have used its buckets, or wanted to. */
  #note(waiter: Waiter, charges: readonly Charge[]): void {
    const now = this.#store.now();
    for (const viewer of askersOf(waiter))
      for (const charge of charges) this.#activity.note(keyOf(charge), viewer, now);
  }

  /** Refuses everybody whose deadline has come, wherever in line. */
  #refuseLate(): void {
    const now = this.#store.now();
    if (now < this.#nextDeadline) return;
    this.#nextDeadline = Number.POSITIVE_INFINITY;
    for (const [name, lane] of [...this.#lanes]) {
      for (const waiter of [...lane]) {
        if (now < waiter.deadline) {
          this.#nextDeadline = Math.min(this.#nextDeadline, waiter.deadline);
          continue;
        }
        this.#take(name, lane, waiter, 0);
        const bucket = waiter.charges()[0]?.bucket ?? '';
        waiter.refuse(rateLimited(bucket, slowestMs(this.#buckets.get(bucket))));
      }
    }
  }

  /** Takes a waiter out of its lane. Gives whether it was there. */
  #take(name: string, lane: Lane, waiter: Waiter, cost: number): boolean {
    if (!lane.remove(waiter, cost)) return false;
    this.#waiting -= 1;
    if (lane.size === 0) this.#lanes.delete(name);
    return true;
  }

  /** Refuses a newcomer that still waits and cannot be served in time. */
  async #judge({ name, lane, waiter }: Omit<Place, 'rank'>): Promise<void> {
    if (!lane.has(waiter)) return;
    const charges = waiter.charges();
    const grant = await new Round(this.#lanes, this.#store, this.#activity).look(waiter, charges);
    if (grant.isGranted || !lane.has(waiter)) return;
    const at = grant.retryAt + lane.ahead(waiter) * this.callMs(charges);
    if (at <= waiter.deadline || !this.#take(name, lane, waiter, 0)) return;
    waiter.refuse(rateLimited(grant.bucket, at - this.#store.now()));
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

const laneName = (charges: readonly Charge[]) => charges.map(keyOf).sort().join('|');

const costOf = (charges: readonly Charge[]) => Math.max(1, ...charges.map((charge) => charge.cost));

const retryAtOf = (grant: Grant) => (grant.isGranted ? grant.at : grant.retryAt);

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
