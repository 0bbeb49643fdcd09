import { LRUCache } from 'lru-cache';

const maxBuckets = 1_000;
const maxViewers = 256;

/** Remembers when viewers last used the buckets of an app or waited for them: the last 256 viewers of the last 1,000 buckets. */
export class Activity {
  readonly #viewers = new LRUCache<string, LRUCache<string, number>>({ max: maxBuckets });

  note(key: string, viewer: string, at: number): void {
    const viewers = this.#viewers.get(key) ?? new LRUCache<string, number>({ max: maxViewers });
    this.#viewers.set(key, viewers.set(viewer, at));
  }

  /** When the last viewer was active of those who are in neither set; -Infinity when none is remembered. */
  lastBeside(key: string, some: ReadonlySet<string>, others: ReadonlySet<string>): number {
    // The newest come first.
    for (const [viewer, at] of this.#viewers.peek(key)?.entries() ?? [])
      if (!some.has(viewer) && !others.has(viewer)) return at;
    return Number.NEGATIVE_INFINITY;
  }
}
