interface Queue<T> {
  /** How much the viewer has had, against the others; the one with the least goes first. */
  share: number;
  readonly waiting: Set<T>;
}

/** Things that wait, viewers in turns; each one's own things in the order they came. */
export class FairQueue<T extends { readonly viewer: string }> {
  readonly #queues = new Map<string, Queue<T>>();
  size = 0;

  /** How many viewers wait. */
  get viewers(): number {
    return this.#queues.size;
  }

  /** How many things of a viewer wait. */
  countOf(viewer: string): number {
    return this.#queues.get(viewer)?.waiting.size ?? 0;
  }

  has(item: T): boolean {
    return this.#queues.get(item.viewer)?.waiting.has(item) ?? false;
  }

  add(item: T): void {
    const queue = this.#queues.get(item.viewer) ?? { share: this.#leastShare(), waiting: new Set() };
    queue.waiting.add(item);
    this.#queues.set(item.viewer, queue);
    this.size += 1;
  }

  /** Takes a thing out; `cost` is what its viewer got by it. Gives whether it was there. */
  remove(item: T, cost: number): boolean {
    const queue = this.#queues.get(item.viewer);
    if (!queue?.waiting.delete(item)) return false;
    queue.share += cost;
    this.size -= 1;
    if (queue.waiting.size === 0) this.#queues.delete(item.viewer);
    return true;
  }

  /** The first thing of the viewer who has had least, those to skip left out. */
  head(skipped: ReadonlySet<string> = nobody): T | undefined {
    let best: Queue<T> | undefined;
    for (const [viewer, queue] of this.#queues)
      if ((!best || queue.share < best.share) && !skipped.has(viewer)) best = queue;
    return best && firstOf(best.waiting);
  }

  /** The first thing of a viewer. */
  headOf(viewer: string): T | undefined {
    const queue = this.#queues.get(viewer);
    return queue && firstOf(queue.waiting);
  }

  /** The first thing of each viewer. */
  *heads(): Generator<T> {
    for (const { waiting } of this.#queues.values()) {
      const first = firstOf(waiting);
      if (first !== undefined) yield first;
    }
  }

  /** The viewers that wait, in the order in which they came. */
  names(): Iterable<string> {
    return this.#queues.keys();
  }

  *[Symbol.iterator](): Generator<T> {
    for (const { waiting } of this.#queues.values()) yield* waiting;
  }

  /** A viewer who comes new begins where the one stands who had least: it neither owes nor is owed. */
  #leastShare(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const { share } of this.#queues.values()) least = Math.min(least, share);
    return Number.isFinite(least) ? least : 0;
  }
}

const nobody: ReadonlySet<string> = new Set();

const firstOf = <T>(waiting: ReadonlySet<T>): T | undefined => waiting.values().next().value;
