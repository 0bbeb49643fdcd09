import { type Priority, priorities } from '../request-options.ts';

/** Something that waits, and for whom. */
export interface Turn {
  readonly priority: Priority;
  readonly viewer: string;
}

interface Queue<T> {
  /** How much the viewer has had, against the others of its priority. */
  share: number;
  readonly waiting: Set<T>;
}

/** Things that wait, by priority; inside a priority viewers take turns, each one's own things in the order they came. */
export class Turns<T extends Turn> {
  readonly #levels = new Map<Priority, Map<string, Queue<T>>>(priorities.map((priority) => [priority, new Map()]));
  size = 0;

  add(item: T): void {
    const level = this.#level(item.priority);
    // A viewer who comes new begins where the one stands who had least: it neither owes nor is owed.
    const queue = level.get(item.viewer) ?? { share: leastShare(level), waiting: new Set() };
    queue.waiting.add(item);
    level.set(item.viewer, queue);
    this.size += 1;
  }

  /** Whether it was there. */
  remove(item: T): boolean {
    const level = this.#level(item.priority);
    const queue = level.get(item.viewer);
    if (!queue?.waiting.delete(item)) return false;
    this.size -= 1;
    if (queue.waiting.size === 0) level.delete(item.viewer);
    return true;
  }

  /** The next ones, at most `count`, the most urgent first. Those that are late are taken out on the way, and cost nobody a turn. */
  take(count: number, isLate: (item: T) => boolean = () => false): { readonly taken: T[]; readonly late: T[] } {
    const taken: T[] = [];
    const late: T[] = [];
    for (const priority of priorities) {
      const level = this.#level(priority);
      while (taken.length < count && level.size > 0) {
        const queue = leastServed(level);
        const [item] = queue.waiting;
        if (item === undefined) break;
        const list = isLate(item) ? late : taken;
        if (list === taken) queue.share += 1;
        this.remove(item);
        list.push(item);
      }
    }
    return { taken, late };
  }

  /** Those that would be taken next, left where they are. */
  peek(count: number): T[] {
    const seen: T[] = [];
    for (const item of this) {
      if (seen.length >= count) break;
      seen.push(item);
    }
    return seen;
  }

  /** How many are taken before something of this priority and viewer that comes now, at the most. */
  ahead({ priority, viewer }: Turn): number {
    let count = 0;
    for (const each of priorities) {
      const level = this.#level(each);
      const total = [...level.values()].reduce((sum, queue) => sum + queue.waiting.size, 0);
      if (each !== priority) {
        count += total;
        continue;
      }
      const own = level.get(viewer)?.waiting.size ?? 0;
      return count + Math.min(total, (own + 1) * level.size);
    }
    return count;
  }

  *[Symbol.iterator](): Generator<T> {
    for (const priority of priorities) for (const queue of this.#level(priority).values()) yield* queue.waiting;
  }

  #level(priority: Priority): Map<string, Queue<T>> {
    return this.#levels.get(priority) ?? new Map();
  }
}

function leastShare<T>(level: ReadonlyMap<string, Queue<T>>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const queue of level.values()) least = Math.min(least, queue.share);
  return Number.isFinite(least) ? least : 0;
}

function leastServed<T>(level: ReadonlyMap<string, Queue<T>>): Queue<T> {
  let best: Queue<T> | undefined;
  for (const queue of level.values()) if (!best || queue.share < best.share) best = queue;
  return best ?? { share: 0, waiting: new Set() };
}
