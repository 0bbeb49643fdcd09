const kept = 200;
const enough = 20;
const leastMs = 3;
const mostMs = 10_000;
/** For timers and clocks, which are right to a millisecond or so. */
const marginMs = 3;
/** A shorter round trip than the shortest of n is off by more than 7 spreads / n once in a thousand (e^-7). */
const doubt = 7;

/**
 * Learns from round trips how much later than others a call can have reached the vendor: at most by how much its own round trip
 * was longer than the shortest there can be. That is reckoned from the last 200, lower than the shortest of them by what so few
 * may have missed. Time that the vendor spends after counting is taken for lateness too, which errs on the safe side.
 */
export class JitterMeter {
  readonly #durations: number[] = [];
  readonly #firstGuessMs: number;
  #shortestMs = 0;
  #middleMs = 0;

  /** `firstGuessMs` is what to reckon with until enough was seen. */
  constructor(firstGuessMs: number) {
    this.#firstGuessMs = firstGuessMs;
  }

  record(durationMs: number): void {
    this.#durations.push(durationMs);
    if (this.#durations.length > kept) this.#durations.shift();
    const sorted = [...this.#durations].sort((a, b) => a - b);
    const count = sorted.length;
    const shortest = sorted[0] ?? 0;
    const spread = (sorted[Math.floor(count * 0.98)] ?? shortest) - shortest;
    this.#shortestMs = count < enough ? 0 : Math.max(0, shortest - (doubt * spread) / count);
    this.#middleMs = sorted[Math.floor(count / 2)] ?? 0;
  }

  /** How late a call that took so long can have been, in milliseconds. */
  lateness(durationMs: number): number {
    return Math.min(mostMs, Math.max(leastMs, durationMs - this.#shortestMs + marginMs));
  }

  /** What to reckon with for a call that is not answered yet: as late as most of the last 200 have been. */
  get expectedMs(): number {
    return this.#durations.length < enough ? this.#firstGuessMs : this.lateness(this.#middleMs);
  }
}
