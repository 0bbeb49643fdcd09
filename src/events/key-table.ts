import type { Fingerprint } from './fingerprint.ts';

const fields = 3;

/**
 * Fingerprints with a number above 0 each. A hash table in one array, since there are millions of them: 12 bytes each, and a third
 * as much that is free. That two keys have the same 64 bits is less likely than that the disk errs.
 */
export class KeyTable {
  #slots = new Uint32Array(1024 * fields);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of a key; 0 for one that is not there. */
  get(key: Fingerprint): number {
    return this.#slots[this.#slotOf(key) + 2] ?? 0;
  }

  set(key: Fingerprint, value: number): void {
    if ((this.#size + 1) * fields * 4 > this.#slots.length * 3) this.#grow();
    const slot = this.#slotOf(key);
    if (this.#slots[slot + 2] === 0) this.#size += 1;
    this.#slots[slot] = key.high;
    this.#slots[slot + 1] = key.low;
    this.#slots[slot + 2] = value;
  }

  /** Where the key is, or would be: the length is a power of two slots. */
  #slotOf({ high, low }: Fingerprint): number {
    const slots = this.#slots;
    const mask = slots.length / fields - 1;
    for (let index = low & mask; ; index = (index + 1) & mask) {
      const slot = index * fields;
      if (slots[slot + 2] === 0 || (slots[slot] === high && slots[slot + 1] === low)) return slot;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let slot = 0; slot < old.length; slot += fields) {
      const value = old[slot + 2] ?? 0;
      if (value === 0) continue;
      const at = this.#slotOf({ high: old[slot] ?? 0, low: old[slot + 1] ?? 0 });
      this.#slots.set(old.subarray(slot, slot + fields), at);
    }
  }
}
