import type { Fingerprint } from './fingerprint.ts';
import { KeyTable } from './key-table.ts';
import { keyLifeMs } from './retention.ts';

/**
 * Keys, remembered in two generations: when one is full or old, the one before it is forgotten. So each is known for `keyLifeMs`
 * at the least, or until `max` others came, and there are never more than twice as many.
 */
export class Keys {
  readonly #max: number;
  #fresh = new KeyTable();
  #old = new KeyTable();

  constructor(max: number) {
    this.#max = max;
  }

  /** The number of a key; 0 for one that is not known. */
  get(key: Fingerprint): number {
    return this.#fresh.get(key) || this.#old.get(key);
  }

  set(key: Fingerprint, value: number): void {
    this.#fresh.set(key, value);
  }

  /** Whether the older generation has had its time, when the other began so long ago. */
  isTimeToTurn(ageMs: number): boolean {
    return this.#fresh.size >= this.#max || (ageMs >= keyLifeMs && this.#fresh.size > 0);
  }

  turn(): void {
    this.#old = this.#fresh;
    this.#fresh = new KeyTable();
  }
}
