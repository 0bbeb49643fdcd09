import type { Window } from './bucket.ts';
import { type Claim, type Fit, type LimitOptions, type Parts, type Take, WindowUse } from './window-use.ts';

const leastScale = 0.1;
const narrowing = 0.7;
const recovery = 0.1;
const firstPauseMs = 500;
const longestPauseMs = 2_000;
/** A vendor that says a call may be made again in an hour is believed for a minute, or for the bucket's longest window. */
const leastLongestWaitMs = 60_000;
/** The weight of the newest call in the average of how long calls are under way. */
const newest = 0.1;
const firstGuessMs = 100;

/**
 * The takes of one bucket. The vendor counts a call at a moment we cannot see, at its own window phase; all we know for certain is
 * that the moment lies between the grant and the answer. So a take is held until a window's length after the answer, and while there
 * is no answer, without end: then no window of the vendor's holds more than its count, however slow or uneven the link, this process
 * or the vendor is (`docs/limits.md` has the proof and its conditions). After refusals of the vendor the windows are narrower for a while.
 */
export class Takes {
  readonly #windows: readonly WindowUse[];
  readonly #longestMs: number;
  readonly #shortestMs: number;
  /** Those whose call is under way, with whom they were taken for. */
  readonly #open = new Map<Take, string>();
  #underWayMs = firstGuessMs;
  #blockedUntil = 0;
  #scale = 1;
  #scaledAt = 0;
  #pauseMs = 0;
  refusals = 0;

  constructor(windows: readonly Window[], options: LimitOptions) {
    this.#windows = windows.map((window) => new WindowUse(window, options));
    this.#longestMs = Math.max(...windows.map((window) => window.seconds * 1000));
    this.#shortestMs = Math.min(...windows.map((window) => window.seconds * 1000));
  }

  /** The earliest moment at which a claim fits: `now` when it does already; infinity when it never can. An estimate while calls are under way. */
  fit(claim: Claim, now: number): Fit {
    const scale = this.scale(now);
    const [oldest] = this.#open.keys();
    const openUntil = Math.max(now, (oldest?.at ?? now) + this.#underWayMs);
    const isBlocked = this.#blockedUntil > now;
    let at = Math.max(now, this.#blockedUntil);
    let isOwnShare = !isBlocked;
    for (const window of this.#windows) {
      const fit = window.fit(claim, now, scale, openUntil);
      at = Math.max(at, fit.at);
      if (fit.at > now && !fit.isOwnShare) isOwnShare = false;
    }
    return { at, isOwnShare: isOwnShare && at > now };
  }

  /** Takes what a claim asks for; the caller has seen that it fits. */
  add({ cost, viewer }: Claim, now: number): void {
    const take: Take = { at: now, cost, parts: new Map([[viewer, 1]]), countedBy: undefined };
    this.#open.set(take, viewer);
    for (const window of this.#windows) window.add(take);
  }

  /** The call of a take is over: the vendor has counted it by `countedBy`, if at all. */
  settle(cost: number, at: number, viewer: string, countedBy: number): void {
    const take = this.#find(cost, at, viewer);
    if (!take) return;
    const over = Object.assign(take, { countedBy: Math.max(at, countedBy) });
    this.#open.delete(take);
    this.#underWayMs += newest * (over.countedBy - at - this.#underWayMs);
    for (const window of this.#windows) window.settle(over);
  }

  /** Tells whom a take is for, beside the one it was taken for. */
  assign(cost: number, at: number, viewer: string, parts: Parts): void {
    const take = this.#find(cost, at, viewer);
    if (!take) return;
    for (const window of this.#windows) window.assign(take, parts);
    take.parts = parts;
  }

  /** Gives back what was taken and not used. */
  remove(cost: number, at: number, viewer: string): void {
    const take = this.#find(cost, at, viewer);
    if (!take) return;
    this.#open.delete(take);
    for (const window of this.#windows) window.remove(take);
  }

  /**
   * After a refusal of the vendor: nothing for `retryAfterMs`, and at least for a pause that doubles with each refusal in a row; then
   * narrower windows that widen step by step, one step for each shortest window without a refusal.
   */
  penalize(now: number, retryAfterMs: number | undefined): void {
    this.refusals += 1;
    this.#scale = Math.max(leastScale, this.scale(now) * narrowing);
    this.#scaledAt = now;
    // Refusals of calls that were under way together count as one.
    if (now >= this.#blockedUntil) this.#pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, this.#pauseMs * 2));
    const waitMs = Math.min(Math.max(retryAfterMs ?? 0, this.#pauseMs), Math.max(leastLongestWaitMs, this.#longestMs));
    this.#blockedUntil = Math.max(this.#blockedUntil, now + waitMs);
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

  /** Units held of each window, in their order. */
  used(now: number): number[] {
    return this.#windows.map((window) => window.used(now));
  }

  /** Whether nothing is remembered that could matter again. */
  isIdle(now: number): boolean {
    return this.used(now).every((units) => units === 0) && this.#blockedUntil <= now && this.scale(now) === 1;
  }

  #find(cost: number, at: number, viewer: string): Take | undefined {
    for (const [take, taker] of this.#open) if (take.at === at && take.cost === cost && taker === viewer) return take;
    return undefined;
  }
}
