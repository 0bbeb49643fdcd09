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

/** Keys that are not remembered before `commit`. */
export class Additions {
  readonly #keys: Keys;
  readonly #added = new Map<string, { readonly key: Fingerprint; readonly value: number }>();

  constructor(keys: Keys) {
    this.#keys = keys;
  }

  /** The number of a key, also of one that was only just added; 0 for one that is not known. */
  get(key: Fingerprint): number {
    return (this.#added.size > 0 && this.#added.get(nameOf(key))?.value) || this.#keys.get(key);
  }

  set(key: Fingerprint, value: number): void {
    this.#added.set(nameOf(key), { key, value });
  }

  get all(): readonly { readonly key: Fingerprint; readonly value: number }[] {
    return [...this.#added.values()];
  }

  commit(): void {
    for (const { key, value } of this.#added.values()) this.#keys.set(key, value);
    this.#added.clear();
  }

  rollback(): void {
    this.#added.clear();
  }
}

const nameOf = ({ high, low }: Fingerprint): string => `${high}-${low}`;
