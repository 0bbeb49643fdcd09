import { type Priority, priorities } from '../request-options.ts';
import type { Charge } from './bucket.ts';
import { FairQueue } from './fair-queue.ts';

/** A call, or keys of a bulk call, that waits for its charges. */
export interface Waiter {
  readonly priority: Priority;
  readonly viewer: string;
  readonly since: number;
  readonly deadline: number;
  /** What it draws now; bulk calls grow while they wait. */
  charges(): readonly Charge[];
  /** For whom it is, where it is for several: one of them is charged with it. */
  viewers?(): Iterable<string>;
  /** Everybody who asked for a part of it, those included who asked for what another had asked for. */
  askers?(): Iterable<string>;
  /** `viewer` is whom it was charged to; those in `overShare` hold their share of a bucket already. */
  grant(charges: readonly Charge[], at: number, viewer: string, overShare: ReadonlySet<string>): void;
  refuse(error: unknown): void;
}

/** A waiter and its turn: the lowest rank goes first. */
export interface Ranked {
  readonly rank: number;
  readonly waiter: Waiter;
}

/** A call goes as if it had come so much later for each priority below the first: people pass mass work by, but not for ever. */
const agingMs = 5_000;

/** Those who wait for the same buckets: by priority, and inside a priority in turns between viewers. */
export class Lane {
  readonly #levels = priorities.map((priority) => ({ priority, queue: new FairQueue<Waiter>() }));
  size = 0;

  has(waiter: Waiter): boolean {
    return this.#queueOf(waiter)?.has(waiter) ?? false;
  }

  add(waiter: Waiter): void {
    this.#queueOf(waiter)?.add(waiter);
    this.size += 1;
  }

  /** Who is next, those of the viewers to skip left out; undefined when nobody waits. */
  head(skipped: ReadonlySet<string>): Ranked | undefined {
    let best: Ranked | undefined;
    for (const [index, { queue }] of this.#levels.entries()) {
      const waiter = queue.head(skipped);
      if (!waiter) continue;
      // The level's turn comes by its oldest, the place in the level by fairness.
      const rank = oldestOf(queue, skipped) + index * agingMs;
      if (!best || rank < best.rank) best = { rank, waiter };
    }
    return best;
  }

  /** Takes a waiter out; `cost` is what it got, for the fairness between viewers. */
  remove(waiter: Waiter, cost: number): boolean {
    const wasThere = this.#queueOf(waiter)?.remove(waiter, cost) ?? false;
    if (wasThere) this.size -= 1;
    return wasThere;
  }

  /** How many go before one that waits, at the most: all that are more urgent, and of each other viewer as many as it has itself. */
  ahead({ priority, viewer }: { readonly priority: Priority; readonly viewer: string }): number {
    let count = 0;
    for (const level of this.#levels) {
      const { queue } = level;
      if (level.priority === priority) {
        const own = queue.countOf(viewer);
        return count + Math.max(0, Math.min(queue.size, own * queue.viewers) - 1);
      }
      count += queue.size;
    }
    return count;
  }

  /** Everybody who waits, in no order. */
  *[Symbol.iterator](): Generator<Waiter> {
    for (const { queue } of this.#levels) yield* queue;
  }

  /** The viewers for whom something waits; one may be named twice. */
  *viewers(): Generator<string> {
    for (const { queue } of this.#levels)
      for (const waiter of queue.heads()) {
        if (waiter.askers) yield* waiter.askers();
        else yield waiter.viewer;
      }
  }

  #queueOf({ priority }: Waiter): FairQueue<Waiter> | undefined {
    return this.#levels.find((level) => level.priority === priority)?.queue;
  }
}

function oldestOf(queue: FairQueue<Waiter>, skipped: ReadonlySet<string>): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (const { since, viewer } of queue.heads()) if (!skipped.has(viewer)) oldest = Math.min(oldest, since);
  return oldest;
}
