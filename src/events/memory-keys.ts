import type { Clock } from '../clock.ts';
import { keyLifeMs } from './retention.ts';

/**
 * Texts with a value each, remembered in two generations: when one is full or old, the one before it is forgotten. So each is
 * known for `keyLifeMs` at the least, or until twice `max` others came, and there are never more than that.
 */
export class MemoryKeys {
  readonly #clock: Clock;
  readonly #max: number;
  #fresh = new Map<string, string>();
  #old = new Map<string, string>();
  #turnedAt: number;

  constructor(clock: Clock, max: number) {
    this.#clock = clock;
    this.#max = max;
    this.#turnedAt = clock.ticks();
  }

  get(key: string): string | undefined {
    return this.#fresh.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: string): void {
    const now = this.#clock.ticks();
    if (this.#fresh.size >= this.#max || now - this.#turnedAt >= keyLifeMs) {
      this.#old = this.#fresh;
      this.#fresh = new Map();
      this.#turnedAt = now;
    }
    this.#fresh.set(key, value);
  }
}
