import type { Clock } from './clock.ts';

interface Kept {
  readonly at: number;
  /** Those that were kept back since. */
  held: number;
}

/**
 * Lets one of each kind through every `everyMs`, the first at once, so that what callers or vendors repeat does not fill the log. Kinds
 * must be few and of this server's own making: each is remembered for good.
 */
export class Throttle {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #kinds = new Map<string, Kept>();

  constructor(clock: Clock, everyMs: number) {
    this.#clock = clock;
    this.#everyMs = everyMs;
  }

  /** How many came since the last one that was let through, this one included; 0 when this one is kept back. */
  admit(kind: string): number {
    const now = this.#clock.ticks();
    const known = this.#kinds.get(kind);
    if (known && now - known.at < this.#everyMs) {
      known.held += 1;
      return 0;
    }
    this.#kinds.set(kind, { at: now, held: 0 });
    return 1 + (known?.held ?? 0);
  }
}
