import type { Window } from './bucket.ts';

interface Entry {
  readonly at: number;
  readonly cost: number;
  /** How much later than the fastest call it may have reached the vendor; while it is open, what is to be expected. */
  guardMs: number;
  /** Whether its call is still under way, and may reach the vendor at any moment. */
  isOpen: boolean;
}

const leastScale = 0.1;
const narrowing = 0.7;
const recovery = 0.1;
const firstPauseMs = 500;
const longestPauseMs = 2_000;
/** No guard is longer; see `JitterMeter`. */
const longestGuardMs = 15_000;
/** How soon to look again at a call that is under way for longer than a window; its answer is told besides. */
const lookAgainMs = 25;

/**
 * The takes of one bucket, as a log. The vendor's counter begins its windows at a moment we do not know and sees our calls with
 * a jitter we do not control, so an entry counts for the window's length plus a guard: then no window of the vendor's, at any
 * phase, holds more than its count as long as each call's jitter stays below its guard (`../shared/design/reliability.md`, 1.3). The
 * guard is known once the call was answered: it was late by no more than its own round trip was longer than the shortest. Until
 * then the entry counts without end. After refusals of the vendor the windows are narrower for a while.
 */
export class Takes {
  readonly #windows: readonly Window[];
  readonly #longestMs: number;
  readonly #shortestMs: number;
  #entries: Entry[] = [];
  #blockedUntil = 0;
  #scale = 1;
  #scaledAt = 0;
  #pauseMs = 0;
  refusals = 0;

  constructor(windows: readonly Window[]) {
    this.#windows = windows;
    this.#longestMs = Math.max(...windows.map((window) => window.seconds * 1000));
    this.#shortestMs = Math.min(...windows.map((window) => window.seconds * 1000));
  }

  /** The earliest moment at which `cost` units fit: `now` when they do already; infinity when they never can. */
  freeAt(cost: number, now: number): number {
    this.#prune(now);
    return this.#windows.reduce(
      (latest, window) => Math.max(latest, this.#freeInWindow(window, cost, now)),
      Math.max(now, this.#blockedUntil),
    );
  }

  /** Takes `cost` units at `now`; the caller has seen that they fit. */
  add(cost: number, now: number, guardMs: number): void {
    this.#entries.push({ at: now, cost, guardMs, isOpen: true });
  }

  /** The call of a take has been answered: it reached the vendor at most `guardMs` later than the fastest would have. */
  settle(cost: number, at: number, guardMs: number): void {
    const entry = this.#entries.find((each) => each.isOpen && each.at === at && each.cost === cost);
    if (!entry) return;
    entry.guardMs = guardMs;
    entry.isOpen = false;
  }

  /** Gives back what was taken and not used. */
  remove(cost: number, at: number): void {
    const index = this.#entries.findIndex((entry) => entry.isOpen && entry.at === at && entry.cost === cost);
    if (index !== -1) this.#entries.splice(index, 1);
  }

  /**
   * After a refusal of the vendor: nothing for `retryAfterMs`, or for a pause that doubles with each refusal in a row, and
   * narrower windows that widen step by step, one step for each shortest window without a refusal.
   */
  penalize(now: number, retryAfterMs: number | undefined): void {
    this.refusals += 1;
    this.#scale = Math.max(leastScale, this.scale(now) * narrowing);
    this.#scaledAt = now;
    // Refusals of calls that were under way together count as one.
    if (now >= this.#blockedUntil) this.#pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, this.#pauseMs * 2));
    this.#blockedUntil = Math.max(this.#blockedUntil, now + (retryAfterMs ?? this.#pauseMs));
  }

  /** The share of the windows that is used now: 1 unless the vendor refused lately. */
  scale(now: number): number {
    if (this.#scale === 1) return 1;
    const steps = Math.floor((now - this.#scaledAt) / Math.max(1000, Math.min(this.#shortestMs, 10_000)));
    const scale = Math.min(1, this.#scale + steps * recovery);
    if (scale === 1) {
      this.#scale = 1;
      this.#pauseMs = 0;
    }
    return scale;
  }

  used(window: Window, now: number): number {
    return this.#entries.reduce((sum, entry) => (freeOf(entry, window, now) > now ? sum + entry.cost : sum), 0);
  }

  /** Whether nothing is remembered that could matter again. */
  isIdle(now: number): boolean {
    this.#prune(now);
    return this.#entries.length === 0 && this.#blockedUntil <= now && this.scale(now) === 1;
  }

  #freeInWindow(window: Window, cost: number, now: number): number {
    if (cost > window.count) return Number.POSITIVE_INFINITY;
    // A narrowed window still lets one call through, whatever it costs.
    const count = Math.max(cost, Math.floor(window.count * this.scale(now)));
    let excess = this.used(window, now) + cost - count;
    if (excess <= 0) return now;
    const held = this.#entries
      .map((entry) => ({ cost: entry.cost, free: freeOf(entry, window, now) }))
      .filter(({ free }) => free > now);
    held.sort((a, b) => a.free - b.free);
    for (const entry of held) {
      excess -= entry.cost;
      if (excess <= 0) return entry.free;
    }
    return held.at(-1)?.free ?? now;
  }

  #prune(now: number): void {
    const start = now - this.#longestMs - longestGuardMs;
    const kept = this.#entries.findIndex((entry) => entry.isOpen || entry.at > start);
    if (kept !== 0) this.#entries = kept === -1 ? [] : this.#entries.slice(kept);
  }
}

/** The moment from which an entry cannot count in any window of the vendor's any more. */
function freeOf(entry: Entry, window: Window, now: number): number {
  const free = closesAt(entry, window);
  return entry.isOpen && free <= now ? now + lookAgainMs : free;
}

function closesAt(entry: Entry, window: Window): number {
  const latest = entry.at + entry.guardMs;
  if (window.dayOffsetMinutes === undefined) return latest + window.seconds * 1000;
  // A calendar day's count begins anew at midnight; the next call may be early by as much as this one may be late.
  const offsetMs = window.dayOffsetMinutes * 60_000;
  const lengthMs = window.seconds * 1000;
  return (Math.floor((latest + offsetMs) / lengthMs) + 1) * lengthMs - offsetMs + entry.guardMs;
}
