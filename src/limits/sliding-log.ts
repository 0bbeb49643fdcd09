import type { Window } from './bucket.ts';

interface Entry {
  readonly at: number;
  readonly cost: number;
}

/**
 * The takes of one bucket. The vendor's counter begins its windows at a moment we do not know and sees our calls with a
 * jitter we do not control, so an entry counts for the window's length plus a guard: then no window of the vendor's, at
 * any phase, holds more than its count as long as the jitter stays below the guard (`../shared/design/reliability.md`, 1.3).
 */
export class SlidingLog {
  readonly #windows: readonly Window[];
  readonly #guardMs: number;
  readonly #longestMs: number;
  #entries: Entry[] = [];
  #blockedUntil = 0;

  constructor(windows: readonly Window[], guardMs: number) {
    this.#windows = windows;
    this.#guardMs = guardMs;
    this.#longestMs = Math.max(...windows.map((window) => window.seconds * 1000)) + guardMs;
  }

  /** The earliest moment at which `cost` units fit: `now` when they do already; infinity when they never can. */
  freeAt(cost: number, now: number): number {
    this.#prune(now);
    return this.#windows.reduce(
      (latest, window) => Math.max(latest, this.#freeInWindow(window, cost, now)),
      Math.max(now, this.#blockedUntil),
    );
  }

  /** Takes `cost` units at `now`. The caller has asked `freeAt` before. */
  take(cost: number, now: number): void {
    this.#entries.push({ at: now, cost });
  }

  /** Gives nothing out before `until`, after a refusal of the vendor. */
  block(until: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, until);
  }

  used(window: Window, now: number): number {
    const start = now - window.seconds * 1000 - this.#guardMs;
    return this.#entries.reduce((sum, entry) => (entry.at > start ? sum + entry.cost : sum), 0);
  }

  /** Whether nothing is remembered that could matter again, so that the log can be dropped. */
  isIdle(now: number): boolean {
    this.#prune(now);
    return this.#entries.length === 0 && this.#blockedUntil <= now;
  }

  #freeInWindow(window: Window, cost: number, now: number): number {
    if (cost > window.count) return Number.POSITIVE_INFINITY;
    const lengthMs = window.seconds * 1000 + this.#guardMs;
    let excess = this.used(window, now) + cost - window.count;
    if (excess <= 0) return now;
    for (const entry of this.#entries) {
      if (entry.at <= now - lengthMs) continue;
      excess -= entry.cost;
      if (excess <= 0) return entry.at + lengthMs;
    }
    return now + lengthMs;
  }

  #prune(now: number): void {
    const start = now - this.#longestMs;
    const kept = this.#entries.findIndex((entry) => entry.at > start);
    this.#entries = kept === -1 ? [] : kept === 0 ? this.#entries : this.#entries.slice(kept);
  }
}
