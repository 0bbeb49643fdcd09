import type { Priority } from '../request-options.ts';
import type { Charge } from './bucket.ts';

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
const levels: readonly Priority[] = ['interactive', 'background', 'bulk'];

interface Queue {
  /** How much this viewer has had, against the others; the one with the least goes first. */
  share: number;
  readonly waiters: Waiter[];
}

/** Those who wait for the same buckets: by priority, and inside a priority in turns between viewers. */
export class Lane {
  readonly #levels = levels.map(() => new Map<string, Queue>());
  size = 0;

  add(waiter: Waiter): void {
    const level = this.#level(waiter.priority);
    const queue = level.get(waiter.viewer) ?? { share: leastShare(level), waiters: [] };
    queue.waiters.push(waiter);
    level.set(waiter.viewer, queue);
    this.size += 1;
  }

  /** Who is next; undefined when nobody waits. */
  head(): Waiter | undefined {
    let best: { readonly rank: number; readonly waiter: Waiter } | undefined;
    this.#levels.forEach((level, index) => {
      const waiter = fairest(level);
      if (!waiter) return;
      const oldest = oldestOf(level);
      // The level's turn comes by its oldest, the place in the level by fairness.
      const rank = oldest + index * agingMs;
      if (!best || rank < best.rank) best = { rank, waiter };
    });
    return best?.waiter;
  }

  /** Takes a waiter out; `cost` is what it got, for the fairness between viewers. */
  remove(waiter: Waiter, cost: number): boolean {
    const level = this.#level(waiter.priority);
    const queue = level.get(waiter.viewer);
    const index = queue?.waiters.indexOf(waiter) ?? -1;
    if (!queue || index === -1) return false;
    queue.waiters.splice(index, 1);
    queue.share += cost;
    this.size -= 1;
    if (queue.waiters.length === 0) level.delete(waiter.viewer);
    return true;
  }

  /** Everybody who waits, in no order. */
  all(): Waiter[] {
    return this.#levels.flatMap((level) => [...level.values()].flatMap((queue) => queue.waiters));
  }

  #level(priority: Priority): Map<string, Queue> {
    return this.#levels[levels.indexOf(priority)] ?? new Map();
  }
}

/** A viewer who comes new begins where the one who had least stands: it neither owes nor is owed. */
function leastShare(level: ReadonlyMap<string, Queue>): number {
  return level.size === 0 ? 0 : Math.min(...[...level.values()].map((queue) => queue.share));
}

function fairest(level: ReadonlyMap<string, Queue>): Waiter | undefined {
  let best: Queue | undefined;
  for (const queue of level.values()) if (!best || queue.share < best.share) best = queue;
  return best?.waiters[0];
}

function oldestOf(level: ReadonlyMap<string, Queue>): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (const { waiters } of level.values()) oldest = Math.min(oldest, waiters[0]?.since ?? oldest);
  return oldest;
}
