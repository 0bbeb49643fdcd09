import type { Clock } from '../clock.ts';
import { AppError, toAppError } from '../errors.ts';
import { type Charge, type Granted, Planned, type RequestOptions, type VendorCall } from '../request-options.ts';
import { isSame, type KeyEntry, KeyLine, partsOf } from './key-line.ts';
import type { Scheduler } from './scheduler.ts';

/** A read of single keys that a vendor answers for many at once; see `Batch` of the domain. */
export interface BulkRead<K, V> {
  readonly max: number;
  readonly group?: (key: K) => string;
  readonly identity?: (key: K) => string;
  readonly load: (keys: readonly K[], options?: RequestOptions) => Promise<readonly (V | AppError)[]>;
}

/** A key that waits or is being read. */
interface UnderWay<K, V> {
  readonly entry: KeyEntry<K, V>;
  readonly line: KeyLine<K, V>;
  readonly answer: Promise<V | AppError>;
}

const maxEntries = 50_000;
const defaultPatienceMs = 10_000;
/** How late after its deadline a key that waits is refused, at the most. */
const lateCheckMs = 100;
const longestTimerMs = 2 ** 31 - 1;

/**
 * Merges the keys of one bulk read across requests while they wait for the rate limit: equal keys are asked once, and one vendor
 * call takes as many as its batch size allows at the moment it may leave. Which endpoint that is can depend on their number: a
 * lone key may take a single call, more of them a bulk one with limits of its own. Without load a key leaves at the end of its
 * own turn of the loop.
 */
export class Merger<K, V> {
  readonly #read: BulkRead<K, V>;
  readonly #scheduler: Scheduler;
  readonly #clock: Clock;
  readonly #underWay = new Map<string, UnderWay<K, V>>();
  readonly #lines = new Map<string, KeyLine<K, V>>();
  #size = 0;

  constructor(read: BulkRead<K, V>, scheduler: Scheduler, clock: Clock) {
    this.#read = read;
    this.#scheduler = scheduler;
    this.#clock = clock;
  }

  /** The value or the failure of one key. Rejects only with the signal's reason. */
  load(key: K, options: RequestOptions = {}): Promise<V | AppError> {
    const identity = identityOf(this.#read, key);
    const known = this.#underWay.get(identity);
    if (known) {
      if (options.trace) known.entry.traces.add(options.trace);
      known.entry.wanted += 1;
      known.line.join(known.entry, options.viewer ?? '');
      known.line.hurry(known.entry, options);
      return this.#withAbort(known.entry, known.answer, options.signal);
    }
    const group = this.#read.group?.(key) ?? '';
    const line = this.#lines.get(group) ?? new KeyLine<K, V>();
    const { promise, resolve } = Promise.withResolvers<V | AppError>();
    const entry: KeyEntry<K, V> = {
      key,
      identity,
      priority: options.priority ?? 'interactive',
      viewer: options.viewer ?? '',
      deadline: options.deadline ?? this.#clock.ticks() + defaultPatienceMs,
      wanted: 1,
      askers: new Set([options.viewer ?? '']),
      traces: new Set(options.trace ? [options.trace] : []),
      settle: resolve,
    };
    const late = this.#tooLate(line, entry);
    if (late) return Promise.resolve(late);
    this.#lines.set(group, line);
    this.#underWay.set(identity, { entry, line, answer: promise });
    const isNewViewer = !line.askers.has(entry.viewer);
    line.add(entry);
    this.#size += 1;
    this.#watch(line);
    if (line.isScheduled) void this.#replan(line, isNewViewer);
    else this.#schedule(group, line);
    return this.#withAbort(entry, promise, options.signal);
  }

  /** What a read of these keys would call, and what that draws; undefined where nothing would be called. */
  async plan(keys: readonly K[]): Promise<Planned | undefined> {
    try {
      await this.#read.load(keys, { isPlan: true });
    } catch (error) {
      if (error instanceof Planned) return error;
      // What is wrong with the keys is told by the real read.
    }
    return undefined;
  }

  /**
   * Refuses a newcomer at once when those before it fill every call that could leave in time. Viewers take turns, so that before it
   * are, of each other viewer, no more keys than it has waiting itself: the greedy do not fill the line for the modest.
   */
  #tooLate(line: KeyLine<K, V>, entry: Pick<KeyEntry<K, V>, 'priority' | 'viewer' | 'deadline'>): AppError | undefined {
    if (this.#size >= maxEntries) {
      return new AppError('RATE_LIMITED', 'Too many reads wait for the vendor.', { retryAfterMs: 1_000 });
    }
    const charges = [...line.plans.values()].at(-1) ?? [];
    const waitMs = Math.floor(line.queue.ahead(entry) / this.#read.max) * this.#scheduler.callMs(charges);
    if (waitMs === 0 || this.#clock.ticks() + waitMs <= entry.deadline) return undefined;
    const bucket = charges[0]?.bucket;
    return new AppError('RATE_LIMITED', `The vendor's rate limit "${bucket}" is spent.`, {
      bucket,
      retryAfterMs: Math.ceil(waitMs),
    });
  }

  #withAbort(entry: KeyEntry<K, V>, answer: Promise<V | AppError>, signal?: AbortSignal): Promise<V | AppError> {
    if (!signal) return answer;
    return new Promise((resolve, reject) => {
      const leave = () => {
        entry.wanted -= 1;
        if (entry.wanted === 0) this.#remove(entry);
        reject(signal.reason);
      };
      if (signal.aborted) return leave();
      signal.addEventListener('abort', leave, { once: true });
      void answer.then((value) => {
        signal.removeEventListener('abort', leave);
        resolve(value);
      });
    });
  }

  /** Takes an entry out of its line, if it still waits there. */
  #remove(entry: KeyEntry<K, V>): void {
    if (!this.#underWay.get(entry.identity)?.line.remove(entry)) return;
    this.#size -= 1;
    this.#underWay.delete(entry.identity);
  }

  #schedule(group: string, line: KeyLine<K, V>): void {
    if (line.isScheduled) return;
    line.isScheduled = true;
    setImmediate(() => void this.#enter(group, line));
  }

  /** Puts a line's next call in line at the scheduler. */
  async #enter(group: string, line: KeyLine<K, V>): Promise<void> {
    const [first] = line.queue;
    if (!first) {
      this.#end(group, line);
      return;
    }
    await this.#planFor(line);
    this.#scheduler.enter({
      priority: first.priority,
      viewer: first.viewer,
      since: this.#clock.ticks(),
      // Keys that run out of time meanwhile are refused one by one.
      get deadline() {
        return line.latest;
      },
      charges: () => line.charges(this.#read.max),
      viewers: () => line.queue.viewers(),
      askers: () => line.askers.keys(),
      grant: (charges, at, viewer, overShare) => void this.#leave(group, line, { charges, at, viewer }, overShare),
      refuse: (error) => this.#refuse(group, line, toAppError(error)),
    });
  }

  /**
   * More keys have come to a line that waits: another endpoint, with other limits, may take them now, or a viewer whose share is not
   * spent yet.
   */
  async #replan(line: KeyLine<K, V>, isNewViewer: boolean): Promise<void> {
    if (line.plans.size === 0) return;
    const isPlanned = line.plans.has(Math.min(this.#read.max, line.queue.size));
    if (!isPlanned) await this.#planFor(line);
    if (!isPlanned || isNewViewer) this.#scheduler.lookAgain();
  }

  /** Learns what a call with the present number of keys would draw. */
  async #planFor(line: KeyLine<K, V>): Promise<void> {
    const keys = line.queue.peek(this.#read.max).map((entry) => entry.key);
    if (keys.length === 0 || line.plans.has(keys.length)) return;
    const planned = await this.plan(keys);
    line.plans.set(keys.length, planned?.charges ?? []);
  }

  async #leave(group: string, line: KeyLine<K, V>, granted: Granted, overShare: ReadonlySet<string>): Promise<void> {
    const taken = this.#pick(line, line.fitting(granted.charges), { first: granted.viewer, last: overShare });
    // What is left waits for the next call at once, so that no slot goes by unused.
    if (line.queue.size > 0) void this.#enter(group, line);
    else this.#end(group, line);
    if (taken.length === 0) return this.#scheduler.giveBack(granted);
    await this.#scheduler.assign(granted, partsOf(taken));
    let isUsed = false;
    const permit = {
      granted,
      use: (charges: readonly Charge[]) => {
        if (isUsed || !isSame(charges, granted.charges)) return false;
        isUsed = true;
        return true;
      },
    };
    try {
      const traces = new Set(taken.flatMap((entry) => [...entry.traces]));
      const values = await this.#read.load(
        taken.map((entry) => entry.key),
        {
          permit,
          priority: taken[0]?.priority,
          viewer: taken[0]?.viewer,
          deadline: Math.max(...taken.map((entry) => entry.deadline)),
          ...(traces.size > 0 && { trace: (call) => tellAll(traces, call) }),
        },
      );
      for (const [index, entry] of taken.entries()) {
        const value = index < values.length ? (values[index] as V | AppError) : new AppError('VENDOR_BAD_RESPONSE');
        this.#settle(entry, value);
      }
    } catch (error) {
      const failure = toAppError(error);
      for (const entry of taken) this.#settle(entry, failure);
    } finally {
      if (!isUsed) await this.#scheduler.giveBack(granted);
    }
  }

  /** The next keys, one of the viewer who is charged first; keys whose time is over are refused on the way. */
  #pick(line: KeyLine<K, V>, count: number, order: Parameters<typeof line.take>[2]): KeyEntry<K, V>[] {
    const now = this.#clock.ticks();
    const { taken, late } = line.take(count, now, order);
    this.#size -= taken.length + late.length;
    this.#refuseLate(late);
    return taken;
  }

  /** Looks after the keys of a line whose deadline comes while they wait. */
  #watch(line: KeyLine<K, V>): void {
    if (line.queue.size === 0 || line.timerAt <= line.earliest + lateCheckMs) return;
    line.stopTimer();
    line.timerAt = line.earliest + lateCheckMs;
    const delayMs = line.timerAt - Math.min(this.#clock.ticks(), line.earliest);
    line.cancelTimer = this.#clock.schedule(Math.min(delayMs, longestTimerMs), () => {
      line.stopTimer();
      const late = line.takeLate(this.#clock.ticks());
      this.#size -= late.length;
      this.#refuseLate(late);
      this.#watch(line);
    });
  }

  #refuseLate(late: readonly KeyEntry<K, V>[]): void {
    if (late.length === 0) return;
    // One for all: to make an error for each costs more than all else that is done for them.
    const error = new AppError('RATE_LIMITED', undefined, { retryAfterMs: 1_000 });
    for (const entry of late) this.#settle(entry, error);
  }

  /** Nothing of a line waits any more. */
  #end(group: string, line: KeyLine<K, V>): void {
    line.isScheduled = false;
    line.stopTimer();
    this.#lines.delete(group);
  }

  #refuse(group: string, line: KeyLine<K, V>, error: AppError): void {
    const entries = line.take(line.queue.size, Number.NEGATIVE_INFINITY).taken;
    this.#size -= entries.length;
    this.#end(group, line);
    for (const entry of entries) this.#settle(entry, error);
  }

  #settle(entry: KeyEntry<K, V>, value: V | AppError): void {
    this.#underWay.delete(entry.identity);
    entry.settle(value);
  }
}

/** Each of those who share a call hears of it, and of how many they are. */
function tellAll(traces: ReadonlySet<NonNullable<RequestOptions['trace']>>, call: VendorCall): void {
  for (const trace of traces) trace({ ...call, sharedBy: traces.size });
}

function identityOf<K, V>(read: BulkRead<K, V>, key: K): string {
  return read.identity ? read.identity(key) : typeof key === 'string' ? key : JSON.stringify(key);
}
