import type { AppError } from '../errors.ts';
import { type Charge, type Priority, priorities, type RequestOptions } from '../request-options.ts';
import { Turns } from './turns.ts';

/** A key that waits to be read. */
export interface KeyEntry<K, V> {
  readonly key: K;
  readonly identity: string;
  priority: Priority;
  viewer: string;
  deadline: number;
  /** How many still want it; none takes it out of the line. */
  wanted: number;
  /** Everybody who asked for it. */
  readonly askers: Set<string>;
  readonly traces: Set<NonNullable<RequestOptions['trace']>>;
  readonly settle: (value: V | AppError) => void;
}

/** Keys of one kind that can share a call, in line for the next one. */
export class KeyLine<K, V> {
  readonly queue = new Turns<KeyEntry<K, V>>();
  /** What a call with so many keys would draw, by the number of keys. */
  readonly plans = new Map<number, readonly Charge[]>();
  isScheduled = false;
  /** No key in line has an earlier deadline, and none a later one. */
  earliest = Number.POSITIVE_INFINITY;
  latest = Number.NEGATIVE_INFINITY;
  /** When the timer runs by which late keys are refused. */
  timerAt = Number.POSITIVE_INFINITY;
  cancelTimer: (() => void) | undefined;

  /** How many of the keys in line each viewer asked for. */
  readonly askers = new Map<string, number>();

  add(entry: KeyEntry<K, V>): void {
    this.queue.add(entry);
    for (const viewer of entry.askers) this.#count(viewer, 1);
    this.note(entry);
  }

  /** Another viewer asks for a key that is in line. */
  join(entry: KeyEntry<K, V>, viewer: string): void {
    if (entry.askers.has(viewer)) return;
    entry.askers.add(viewer);
    if (this.queue.has(entry)) this.#count(viewer, 1);
  }

  /** Somebody else wants a key that waits already: it goes by the more urgent of the two, and waits for the more patient. */
  hurry(entry: KeyEntry<K, V>, { priority = 'interactive', viewer = '', deadline }: RequestOptions): void {
    entry.deadline = Math.max(entry.deadline, deadline ?? entry.deadline);
    this.note(entry);
    if (priorities.indexOf(priority) >= priorities.indexOf(entry.priority) || !this.remove(entry)) return;
    entry.priority = priority;
    entry.viewer = viewer;
    this.add(entry);
  }

  /** Whether it was in line. */
  remove(entry: KeyEntry<K, V>): boolean {
    if (!this.queue.remove(entry)) return false;
    this.#left(entry);
    return true;
  }

  /** The next keys; see `Turns.take`. */
  take(count: number, now: number, order?: Parameters<typeof this.queue.take>[2]): ReturnType<typeof this.queue.take> {
    const { taken, late } = this.queue.take(count, (entry) => entry.deadline < now, order);
    for (const entry of [...taken, ...late]) this.#left(entry);
    return { taken, late };
  }

  /** A key's deadline is new. */
  note({ deadline }: KeyEntry<K, V>): void {
    this.earliest = Math.min(this.earliest, deadline);
    this.latest = Math.max(this.latest, deadline);
  }

  /** Takes out the keys whose deadline is over. */
  takeLate(now: number): KeyEntry<K, V>[] {
    const late = [...this.queue].filter(({ deadline }) => deadline < now);
    for (const entry of late) this.remove(entry);
    this.earliest = Number.POSITIVE_INFINITY;
    this.latest = Number.NEGATIVE_INFINITY;
    for (const entry of this.queue) this.note(entry);
    return late;
  }

  stopTimer(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.timerAt = Number.POSITIVE_INFINITY;
  }

  /** What the next call draws, with as many keys as wait and at most `max`. */
  charges(max: number): readonly Charge[] {
    const count = Math.min(max, this.queue.size);
    const exact = this.plans.get(count);
    if (exact) return exact;
    // What that many would draw is being asked; what fewer draw is good until then.
    const fewer = [...this.plans.keys()].filter((each) => each < count);
    return this.plans.get(fewer.length > 0 ? Math.max(...fewer) : Math.min(...this.plans.keys())) ?? [];
  }

  /** How many keys a call with these charges may carry: the most whose plan draws just that. */
  fitting(charges: readonly Charge[]): number {
    const counts = [...this.plans].filter(([, plan]) => isSame(plan, charges)).map(([count]) => count);
    return Math.max(1, ...counts);
  }

  #left(entry: KeyEntry<K, V>): void {
    for (const viewer of entry.askers) this.#count(viewer, -1);
  }

  #count(viewer: string, by: number): void {
    const count = (this.askers.get(viewer) ?? 0) + by;
    if (count > 0) this.askers.set(viewer, count);
    else this.askers.delete(viewer);
  }
}

export const isSame = (one: readonly Charge[], other: readonly Charge[]) =>
  one.length === other.length &&
  one.every((charge, index) => {
    const twin = other[index];
    return (
      twin !== undefined && charge.bucket === twin.bucket && charge.scope === twin.scope && charge.cost === twin.cost
    );
  });

/** What part of a call is for each viewer. */
export function partsOf(entries: readonly { readonly askers: ReadonlySet<string> }[]): Map<string, number> {
  const parts = new Map<string, number>();
  for (const { askers } of entries)
    for (const viewer of askers) parts.set(viewer, (parts.get(viewer) ?? 0) + 1 / entries.length / askers.size);
  return parts;
}
