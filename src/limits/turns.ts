import { type Priority, priorities } from '../request-options.ts';
import { FairQueue } from './fair-queue.ts';

/** Something that waits, and for whom. */
export interface Turn {
  readonly priority: Priority;
  readonly viewer: string;
}

/** Things that wait, by priority; inside a priority viewers take turns, each one's own things in the order they came. */
export class Turns<T extends Turn> {
  readonly #levels = priorities.map((priority) => ({ priority, queue: new FairQueue<T>() }));
  size = 0;

  has(item: T): boolean {
    return this.#queueOf(item)?.has(item) ?? false;
  }

  add(item: T): void {
    this.#queueOf(item)?.add(item);
    this.size += 1;
  }

  /** Whether it was there. */
  remove(item: T, cost = 0): boolean {
    const wasThere = this.#queueOf(item)?.remove(item, cost) ?? false;
    if (wasThere) this.size -= 1;
    return wasThere;
  }

  /**
   * The next ones, at most `count`: one of the viewer in `first`, then the most urgent first, at equal priority those of the viewers in
   * `last` after all others. Those that are late are taken out on the way, and cost nobody a turn.
   */
  take(
    count: number,
    isLate: (item: T) => boolean = () => false,
    { first, last = nobody }: { readonly first?: string; readonly last?: ReadonlySet<string> } = {},
  ): { readonly taken: T[]; readonly late: T[] } {
    const taken: T[] = [];
    const late: T[] = [];
    const takeFrom = (next: () => T | undefined, most: number) => {
      for (let item = next(); item && taken.length < most; item = next()) {
        const isOver = isLate(item);
        this.remove(item, isOver ? 0 : 1);
        (isOver ? late : taken).push(item);
      }
    };
    if (first !== undefined)
      for (const { queue } of this.#levels) takeFrom(() => queue.headOf(first), Math.min(1, count));
    for (const { queue } of this.#levels)
      for (const skipped of last.size > 0 ? [last, nobody] : [nobody]) takeFrom(() => queue.head(skipped), count);
    return { taken, late };
  }

  /** For whom something waits, the most urgent first. */
  *viewers(): Generator<string> {
    const seen = new Set<string>();
    for (const { queue } of this.#levels)
      for (const viewer of queue.names()) {
        if (!seen.has(viewer)) yield viewer;
        seen.add(viewer);
      }
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
    for (const level of this.#levels) {
      if (level.priority === priority)
        return count + Math.min(level.queue.size, (level.queue.countOf(viewer) + 1) * level.queue.viewers);
      count += level.queue.size;
    }
    return count;
  }

  *[Symbol.iterator](): Generator<T> {
    for (const { queue } of this.#levels) yield* queue;
  }

  #queueOf({ priority }: Turn): FairQueue<T> | undefined {
    return this.#levels.find((level) => level.priority === priority)?.queue;
  }
}

const nobody: ReadonlySet<string> = new Set();
