import type { Clock } from '../clock.ts';

export interface OwnerStoreOptions {
  readonly clock: Clock;
  /** How long a value is kept, in milliseconds. */
  readonly ttlMs: number;
  readonly bytesPerOwner: number;
  readonly bytes: number;
}

interface Owner {
  readonly name: string;
  /** The keys of what it has, the oldest first. */
  readonly keys: Set<string>;
  bytes: number;
}

interface Entry<V> {
  readonly value: V;
  readonly bytes: number;
  readonly until: number;
  readonly owner: Owner;
}

/** What an entry takes besides its value: in two maps, with a key of up to 64 characters and an owner of its own. As measured by the test. */
const entryBytes = 600;

/**
 * Values of many owners, bounded in bytes for each owner and in total. At an owner's bound its own oldest values go; at the
 * total, the oldest of an owner that has about the most, so that nobody can push out what others keep. Keys are of all owners.
 */
export class OwnerStore<V> {
  readonly #options: OwnerStoreOptions;
  /** The oldest first, which is the order in which they expire too. */
  readonly #entries = new Map<string, Entry<V>>();
  readonly #owners = new Map<string, Owner>();
  /** Owners by the power of two that their bytes reach: finds one of the largest without looking at all. */
  readonly #classes = new Map<number, Set<Owner>>();
  #bytes = 0;

  constructor(options: OwnerStoreOptions) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.until > this.#options.clock.ticks()) return entry.value;
    this.delete(key);
    return undefined;
  }

  /** `valueBytes` are those of the value. What is larger than the owner's bound is not kept. */
  set(ownerName: string, key: string, value: V, valueBytes: number): void {
    const { clock, ttlMs, bytesPerOwner } = this.#options;
    this.delete(key);
    const bytes = valueBytes + entryBytes;
    if (bytes > Math.min(bytesPerOwner, this.#options.bytes)) return;
    const owner = this.#owners.get(ownerName) ?? { name: ownerName, keys: new Set<string>(), bytes: 0 };
    this.#owners.set(ownerName, owner);
    const entry = { value, bytes, until: clock.ticks() + ttlMs, owner };
    this.#entries.set(key, entry);
    owner.keys.add(key);
    this.#resize(owner, bytes);
    this.#dropExpired();
    while (owner.bytes > bytesPerOwner) this.#dropOldest(owner);
    while (this.#bytes > this.#options.bytes) this.#dropOldest(this.#largest() ?? owner);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    const { owner } = entry;
    this.#entries.delete(key);
    owner.keys.delete(key);
    this.#resize(owner, -entry.bytes);
    if (owner.keys.size === 0) this.#owners.delete(owner.name);
  }

  #dropExpired(): void {
    const now = this.#options.clock.ticks();
    for (const [key, { until }] of this.#entries) {
      if (until > now) return;
      this.delete(key);
    }
  }

  #dropOldest(owner: Owner): void {
    for (const key of owner.keys) {
      this.delete(key);
      return;
    }
  }

  #largest(): Owner | undefined {
    const highest = Math.max(...this.#classes.keys());
    return this.#classes.get(highest)?.values().next().value;
  }

  #resize(owner: Owner, by: number): void {
    const before = classOf(owner.bytes);
    owner.bytes += by;
    this.#bytes += by;
    const after = classOf(owner.bytes);
    if (before === after) return;
    const left = this.#classes.get(before);
    left?.delete(owner);
    if (left?.size === 0) this.#classes.delete(before);
    if (owner.bytes === 0) return;
    const joined = this.#classes.get(after) ?? new Set<Owner>();
    joined.add(owner);
    this.#classes.set(after, joined);
  }
}

const classOf = (bytes: number) => Math.ceil(Math.log2(bytes + 1));
