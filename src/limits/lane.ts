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
  grant(charges: readonly Charge[], at: number): void;
  refuse(error: unknown): void;
}

/** A call goes as if it had come so much later for each priority below the first: people pass mass work by, but not for ever. */
const agingMs = 5_000;

/** Those who wait for the same buckets: by priority, and inside a priority in turns between viewers. */
export class Lane {
  readonly #levels = priorities.map((priority) => ({ priority, queue: new FairQueue<Waiter>() }));
  size = 0;

  add(waiter: Waiter): void {
    this.#queueOf(waiter)?.add(waiter);
    this.size += 1;
  }

  /** Who is next; undefined when nobody waits. */
  head(): Waiter | undefined {
    let best: { readonly rank: number; readonly waiter: Waiter } | undefined;
    for (const [index, { queue }] of this.#levels.entries()) {
      const waiter = queue.head();
      if (!waiter) continue;
      // The level's turn comes by its oldest, the place in the level by fairness.
      const rank = oldestOf(queue) + index * agingMs;
      if (!best || rank < best.rank) best = { rank, waiter };
    }
    return best?.waiter;
  }

  /** Takes a waiter out; `cost` is what it got, for the fairness between viewers. */
  remove(waiter: Waiter, cost: number): boolean {
    const wasThere = this.#queueOf(waiter)?.remove(waiter, cost) ?? false;
    if (wasThere) this.size -= 1;
    return wasThere;
  }

  /** Everybody who waits, in no order. */
  all(): Waiter[] {
    return this.#levels.flatMap(({ queue }) => [...queue]);
  }

  #queueOf({ priority }: Waiter): FairQueue<Waiter> | undefined {
    return this.#levels.find((level) => level.priority === priority)?.queue;
  }
}

function oldestOf(queue: FairQueue<Waiter>): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (const { since } of queue.heads()) oldest = Math.min(oldest, since);
  return oldest;
}
