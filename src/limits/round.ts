import type { Activity } from './activity.ts';
import type { Charge } from './bucket.ts';
import type { Lane, Ranked, Waiter } from './lane.ts';
import { type Grant, keyOf, type LimitStore, type Taker } from './store.ts';
import type { Held } from './window-use.ts';

/** Who is next, and in which lane. */
export interface Place extends Ranked {
  readonly name: string;
  readonly lane: Lane;
}

/** What came of asking for a waiter's charges. */
interface Tried {
  readonly grant: Grant;
  /** Whom they were asked for. */
  readonly viewer: string;
  /** Those of its viewers who hold their share already. */
  readonly overShare: ReadonlySet<string>;
}

/** A call that waits longer than this for one of its buckets has the units that it needs of the others kept for it. */
const insistAfterMs = 2_000;

/**
 * One pass over the lanes, those with the most urgent head first, until every lane is empty or lacks something. First come those who
 * are within their share beside everybody who was active lately. Then what is left is shared by those who wait, but for what is kept
 * for those who do not wait now.
 */
export class Round {
  readonly #lanes: ReadonlyMap<string, Lane>;
  readonly #store: LimitStore;
  readonly #activity: Activity;
  /** The buckets that have too little for whoever was next. */
  readonly #lacking = new Set<string>();
  readonly #done = new Set<Lane>();
  /** The viewers of each lane who hold their share. */
  readonly #skipped = new Map<Lane, Set<string>>();
  readonly #held = new Map<string, Held>();
  readonly #waiting = new Map<string, ReadonlySet<string>>();
  #isFirstStage = true;
  /** When to look again. */
  wakeAt = Number.POSITIVE_INFINITY;

  constructor(lanes: ReadonlyMap<string, Lane>, store: LimitStore, activity: Activity) {
    this.#lanes = lanes;
    this.#store = store;
    this.#activity = activity;
  }

  next(): Place | undefined {
    const place = this.#nextOfStage();
    if (place || !this.#isFirstStage || this.#skipped.size === 0) return place;
    this.#isFirstStage = false;
    this.#skipped.clear();
    return this.#nextOfStage();
  }

  /** Asks for a waiter's charges; undefined where somebody before it lacks one of their buckets. */
  async take({ lane, waiter }: Place, charges: readonly Charge[]): Promise<Tried | undefined> {
    if (charges.some((charge) => this.#lacking.has(keyOf(charge)))) {
      this.#done.add(lane);
      return undefined;
    }
    const tried = await this.#askFor(waiter, charges, 'take');
    if (!tried.grant.isGranted) this.#note(lane, waiter, charges, tried.grant);
    return tried;
  }

  /** What would come of asking for a newcomer's charges. */
  async look(waiter: Waiter, charges: readonly Charge[]): Promise<Grant> {
    this.#isFirstStage = false;
    return (await this.#askFor(waiter, charges, 'look')).grant;
  }

  #nextOfStage(): Place | undefined {
    let best: Place | undefined;
    for (const [name, lane] of this.#lanes) {
      const head = this.#done.has(lane) ? undefined : lane.head(this.#skipped.get(lane) ?? nobody);
      if (head && (!best || head.rank < best.rank)) best = { ...head, name, lane };
    }
    return best;
  }

  /** Asks for the first of the waiter's viewers whose share it is in. */
  async #askFor(waiter: Waiter, charges: readonly Charge[], how: 'take' | 'look'): Promise<Tried> {
    const overShare = new Set<string>();
    let soonest: { readonly grant: Grant; readonly retryAt: number; readonly viewer: string } | undefined;
    const viewers = [...viewersOf(waiter)];
    for (const viewer of viewers) {
      const grant = await this.#store[how](charges, this.#taker(viewer, 1 / viewers.length));
      if (grant.isGranted || grant.lacking.length > 0) return { grant, viewer, overShare };
      overShare.add(viewer);
      if (!soonest || grant.retryAt < soonest.retryAt) soonest = { grant, retryAt: grant.retryAt, viewer };
    }
    if (soonest) return { ...soonest, overShare };
    // A line whose keys have all left asks for its last call in nobody's name; what it gets is given back.
    return { grant: await this.#store[how](charges, this.#taker('', 1)), viewer: '', overShare };
  }

  #note(
    lane: Lane,
    waiter: Waiter,
    charges: readonly Charge[],
    grant: Extract<Grant, { readonly isGranted: false }>,
  ): void {
    this.wakeAt = Math.min(this.wakeAt, grant.retryAt);
    if (grant.lacking.length === 0) {
      // Only its viewers' share is spent: others may have what is left.
      this.#skipped.set(lane, (this.#skipped.get(lane) ?? new Set()).add(waiter.viewer));
      return;
    }
    this.#done.add(lane);
    for (const key of grant.lacking) this.#lacking.add(key);
    if (this.#store.now() - waiter.since <= insistAfterMs) return;
    // One call at a time has a bucket kept for it.
    for (const charge of charges) {
      const key = keyOf(charge);
      if (!this.#held.has(key)) this.#held.set(key, { units: charge.cost, from: grant.retryAt });
    }
  }

  #taker(viewer: string, part: number): Taker {
    return {
      viewer,
      part,
      held: (charge) => this.#held.get(keyOf(charge)),
      othersAt: (charge, except) => {
        const key = keyOf(charge);
        const beside = this.#isFirstStage ? new Set([viewer]) : this.#waitingFor(key);
        return this.#activity.lastBeside(key, beside, except);
      },
    };
  }

  /** The viewers who wait for a bucket. */
  #waitingFor(key: string): ReadonlySet<string> {
    const known = this.#waiting.get(key);
    if (known) return known;
    const waiting = new Set<string>();
    for (const [name, lane] of this.#lanes)
      if (name.split('|').includes(key)) for (const viewer of lane.viewers()) waiting.add(viewer);
    this.#waiting.set(key, waiting);
    return waiting;
  }
}

const nobody: ReadonlySet<string> = new Set();

/** In whose name a waiter can go. */
const viewersOf = (waiter: Waiter): Iterable<string> => waiter.viewers?.() ?? [waiter.viewer];

/** Who wanted what it is for. */
export const askersOf = (waiter: Waiter): Iterable<string> => waiter.askers?.() ?? viewersOf(waiter);
