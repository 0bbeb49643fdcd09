import type { Clock } from './clock.ts';

/** Seconds by which it may go on in a second. */
const fastest = 24;

/**
 * The time by which what is kept is too old: never ahead of the machine's clock, and after a jump of the clock behind it, until it has
 * caught up little by little. So a clock that is days ahead for a minute makes nothing older by more than 24 minutes, and what is due
 * after days without the process goes within hours, not at once.
 */
export class LaggingTime {
  readonly #clock: Clock;
  #at: number;
  #ticks: number;

  /** Begins at `since`, in milliseconds since the epoch, or with the clock where that is earlier. */
  constructor(clock: Clock, since: number = Number.POSITIVE_INFINITY) {
    this.#clock = clock;
    this.#at = Math.min(clock.now(), since);
    this.#ticks = clock.ticks();
  }

  /** In milliseconds since the epoch. */
  now(): number {
    const ticks = this.#clock.ticks();
    const elapsed = Math.max(0, ticks - this.#ticks);
    this.#ticks = ticks;
    this.#at = Math.min(this.#clock.now(), this.#at + elapsed * fastest);
    return this.#at;
  }
}
