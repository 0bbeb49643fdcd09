const kept = 200;
const enough = 20;
const leastMs = 3;
const mostMs = 10_000;
/** For timers and clocks, which are right to a millisecond or so. */
const marginMs = 3;

/**
 * Learns from round trips how much later than others a call can have reached the vendor: at most by how much its own round trip
 * was longer than the shortest of the last 200. Time that the vendor spends after counting is taken for lateness too, which
 * errs on the safe side.
 */
export class JitterMeter {
  readonly #durations: number[] = [];
  readonly #firstGuessMs: number;

  /** `firstGuessMs` holds until enough was seen. */
  constructor(firstGuessMs: number) {
    this.#firstGuessMs = firstGuessMs;
  }

  record(durationMs: number): void {
    this.#durations.push(durationMs);
    if (this.#durations.length > kept) this.#durations.shift();
  }

  /** How late a call that took so long can have been, in milliseconds. */
  lateness(durationMs: number): number {
    const lateMs = durationMs - Math.min(...this.#durations, durationMs) + marginMs;
    // The shortest of a few may be far from the shortest there is.
    return clamp(this.#durations.length < enough ? Math.max(lateMs, this.#firstGuessMs) : lateMs);
  }

  /** What to reckon with for a call that is not answered yet: as late as most of the last 200 have been. */
  get expectedMs(): number {
    if (this.#durations.length < enough) return this.#firstGuessMs;
    const sorted = [...this.#durations].sort((a, b) => a - b);
    return this.lateness(sorted[Math.floor(sorted.length / 2)] ?? 0);
  }
}

const clamp = (ms: number) => Math.min(mostMs, Math.max(leastMs, ms));
