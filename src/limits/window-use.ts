import type { Window } from './bucket.ts';

/** Viewers, and what part of a call is for each. */
export type Parts = ReadonlyMap<string, number>;

/** Units that one call took from a bucket. */
export interface Take {
  /** When it was granted, which is the earliest moment at which the vendor can have counted it. */
  readonly at: number;
  readonly cost: number;
  /** Whom it is for: the part of each viewer, all together 1. */
  parts: Parts;
  /** The latest moment at which the vendor can have counted it; unknown while its call is under way. */
  countedBy: number | undefined;
}

/** Units that somebody needs from a moment on. */
export interface Held {
  readonly units: number;
  readonly from: number;
}

/** What is asked for. */
export interface Claim {
  readonly cost: number;
  readonly viewer: string;
  /** The part of it that is about for this viewer, 0-1. */
  readonly part: number;
  /** What must be left for a call that waits longer. */
  readonly held: Held | undefined;
  /** When a viewer was last active for whom the bucket is kept and who is not among `except`; -Infinity when none was. */
  othersAt(except: ReadonlySet<string>): number;
}

/** What holds for every bucket of an app. */
export interface LimitOptions {
  /**
   * The part that one viewer may hold of what the others leave of a window, 0-1, while others have used the bucket lately; its fair
   * part of the whole it may always hold. With 1/2, those who take all they can leave as much as each of them has to one who comes later.
   */
  readonly viewerShare: number;
  /**
   * Milliseconds; no call to the vendor can ever be answered sooner. 0 holds for every link. More lets takes be free so much
   * earlier, and is safe as far as it is true.
   */
  readonly leastRoundTripMs: number;
}

export const defaultLimitOptions: LimitOptions = { viewerShare: 0.5, leastRoundTripMs: 0 };

/** When a claim fits, and whether only the viewer's own share stands in its way now. */
export interface Fit {
  readonly at: number;
  readonly isOwnShare: boolean;
}

/** Vendors count in whole milliseconds, and may count a window's last one to both sides. */
const roundingMs = 1;
/** How much slower than ours the vendor's clock may run: 200 parts in a million. */
const clockDrift = 0.0002;
/** By how much the vendor's midnight may come before or after ours. */
const midnightSlackMs = 5_000;
/** Another viewer has used a window lately when it did so within ten lengths of it, or a length and nine minutes, if that is less. */
const latelyMs = ({ seconds }: Window) => Math.min(10 * seconds, seconds + 540) * 1000;

/**
 * The units held in one window of a bucket. A take is held from the moment of its grant until a window's length after the latest
 * moment at which the vendor can have counted it.
 */
export class WindowUse {
  readonly #window: Window;
  readonly #options: LimitOptions;
  /** Takes whose call is over, by `countedBy`; those before `#start` are free again. */
  #over: (Take & { countedBy: number })[] = [];
  #start = 0;
  #sum = 0;
  readonly #byViewer = new Map<string, number>();
  /** The names of `#byViewer`, as a set. */
  readonly #holders = new Set<string>();

  constructor(window: Window, options: LimitOptions) {
    this.#window = window;
    this.#options = options;
  }

  used(now: number): number {
    this.#expire(now);
    return this.#sum;
  }

  add(take: Take): void {
    this.#count(take, take.cost);
  }

  /** The call of a take is over; `countedBy` is known. */
  settle(take: Take & { countedBy: number }): void {
    let index = this.#over.length;
    while (index > this.#start && (this.#over[index - 1]?.countedBy ?? 0) > take.countedBy) index -= 1;
    this.#over.splice(index, 0, take);
  }

  /** Tells whom a take is for, once that is known better. */
  assign(take: Take, parts: Parts): void {
    this.#count(take, -take.cost);
    this.#count({ ...take, parts }, take.cost);
  }

  /** Frees a take whose call is not over and was not made. */
  remove(take: Take): void {
    this.#count(take, -take.cost);
  }

  /** When a claim fits, with `scale` of the window in use. `openUntil` is when calls under way are expected to be over. */
  fit({ cost, viewer, part, held, othersAt }: Claim, now: number, scale: number, openUntil: number): Fit {
    this.#expire(now);
    if (cost > this.#window.count) return { at: Number.POSITIVE_INFINITY, isOwnShare: false };
    // A narrowed window still lets one call through, whatever it costs.
    const count = Math.max(cost, Math.floor(this.#window.count * scale));
    const shareEndsAt = othersAt(nobody) + latelyMs(this.#window);
    const isShared = shareEndsAt > now && this.#options.viewerShare < 1;
    const partOf = isShared
      ? this.#partOf(viewer, count, othersAt(this.#holders) + latelyMs(this.#window) > now)
      : null;
    let sum = this.#sum;
    let own = this.#byViewer.get(viewer) ?? 0;
    // What is taken now is free again by the time when they are needed, if that is further off than the window is long.
    const kept = held && held.from - now < this.#window.seconds * 1000 ? held.units : 0;
    const isFree = () => sum + cost <= count - kept;
    const isWithinShare = () => own <= nothing || partOf === null || own + cost * part <= partOf(sum - own);
    const isOwnShare = !isWithinShare();
    if (!isOwnShare && isFree()) return { at: now, isOwnShare: false };
    const latest = isOwnShare ? shareEndsAt : Number.POSITIVE_INFINITY;
    for (let index = this.#start; index < this.#over.length; index += 1) {
      const take = this.#over[index];
      if (!take) break;
      sum -= take.cost;
      own -= take.cost * (take.parts.get(viewer) ?? 0);
      if (isFree() && isWithinShare()) return { at: Math.min(latest, this.#freeAt(take.countedBy)), isOwnShare };
    }
    return { at: Math.min(latest, this.#freeAt(openUntil)), isOwnShare };
  }

  /** What a viewer may hold of `count` units, by how many the others hold; `isOther` tells that there are others who hold none. */
  #partOf(viewer: string, count: number, isOther: boolean): (others: number) => number {
    const { viewerShare } = this.#options;
    const viewers = this.#holders.size + (this.#holders.has(viewer) ? 0 : 1) + (isOther ? 1 : 0);
    // A share below 1/2 makes everybody's part smaller alike.
    const fair = (count * Math.min(1, 2 * viewerShare)) / viewers;
    return (others) => Math.max(fair, viewerShare * (count - others));
  }

  /** The moment from which what was counted by another moment cannot count beside a call that leaves then. */
  #freeAt(countedBy: number): number {
    const lengthMs = this.#window.seconds * 1000;
    const { dayOffsetMinutes } = this.#window;
    if (dayOffsetMinutes === undefined)
      return countedBy - this.#options.leastRoundTripMs + lengthMs * (1 + clockDrift) + roundingMs;
    // A calendar day's count begins anew at midnight.
    const offsetMs = dayOffsetMinutes * 60_000;
    const day = Math.floor((countedBy + midnightSlackMs + offsetMs) / lengthMs);
    return (day + 1) * lengthMs - offsetMs + midnightSlackMs;
  }

  #expire(now: number): void {
    for (let take = this.#over[this.#start]; take && this.#freeAt(take.countedBy) <= now; ) {
      this.#count(take, -take.cost);
      this.#start += 1;
      take = this.#over[this.#start];
    }
    if (this.#start < 64 || this.#start * 2 < this.#over.length) return;
    this.#over = this.#over.slice(this.#start);
    this.#start = 0;
  }

  #count({ parts }: Take, units: number): void {
    this.#sum += units;
    for (const [viewer, part] of parts) {
      const own = (this.#byViewer.get(viewer) ?? 0) + units * part;
      // Parts are fractions, which do not always add up to nothing.
      if (own > nothing) {
        this.#byViewer.set(viewer, own);
        this.#holders.add(viewer);
      } else {
        this.#byViewer.delete(viewer);
        this.#holders.delete(viewer);
      }
    }
  }
}

const nothing = 1e-6;
const nobody: ReadonlySet<string> = new Set();
