import type { Clock } from '../clock.ts';
import { AppError, toAppError } from '../errors.ts';
import {
  type Charge,
  Planned,
  type Priority,
  priorities,
  type RequestOptions,
  type VendorCall,
} from '../request-options.ts';
import type { Granted, Scheduler } from './scheduler.ts';
import { Turns } from './turns.ts';

/** A read of single keys that a vendor answers for many at once; see `Batch` of the domain. */
export interface BulkRead<K, V> {
  readonly max: number;
  readonly group?: (key: K) => string;
  readonly identity?: (key: K) => string;
  readonly load: (keys: readonly K[], options?: RequestOptions) => Promise<readonly (V | AppError)[]>;
}

interface Entry<K, V> {
  readonly key: K;
  readonly identity: string;
  priority: Priority;
  viewer: string;
  deadline: number;
  /** How many still want it; none takes it out of the line. */
  wanted: number;
  readonly traces: Set<NonNullable<RequestOptions['trace']>>;
  readonly settle: (value: V | AppError) => void;
}

/** A key that waits or is being read. */
interface UnderWay<K, V> {
  readonly entry: Entry<K, V>;
  readonly line: Line<K, V>;
  readonly answer: Promise<V | AppError>;
}

/** What keys of one kind wait in together: one line for each group of keys that can share a call. */
interface Line<K, V> {
  readonly queue: Turns<Entry<K, V>>;
  /** What a call with so many keys would draw, by the number of keys. */
  readonly plans: Map<number, readonly Charge[]>;
  isScheduled: boolean;
}

const maxEntries = 50_000;
const defaultPatienceMs = 10_000;

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
  readonly #lines = new Map<string, Line<K, V>>();
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
      hurry(known, options);
      return this.#withAbort(known.entry, known.answer, options.signal);
    }
    const group = this.#read.group?.(key) ?? '';
    const line: Line<K, V> = this.#lines.get(group) ?? { queue: new Turns(), plans: new Map(), isScheduled: false };
    const { promise, resolve } = Promise.withResolvers<V | AppError>();
    const entry: Entry<K, V> = {
      key,
      identity,
      priority: options.priority ?? 'interactive',
      viewer: options.viewer ?? '',
      deadline: options.deadline ?? this.#clock.ticks() + defaultPatienceMs,
      wanted: 1,
      traces: new Set(options.trace ? [options.trace] : []),
      settle: resolve,
    };
    const late = this.#tooLate(line, entry);
    if (late) return Promise.resolve(late);
    this.#lines.set(group, line);
    this.#underWay.set(identity, { entry, line, answer: promise });
    line.queue.add(entry);
    this.#size += 1;
    if (line.isScheduled) void this.#replan(line);
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
  #tooLate(line: Line<K, V>, entry: Pick<Entry<K, V>, 'priority' | 'viewer' | 'deadline'>): AppError | undefined {
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

  #withAbort(entry: Entry<K, V>, answer: Promise<V | AppError>, signal?: AbortSignal): Promise<V | AppError> {
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
  #remove(entry: Entry<K, V>): void {
    if (!this.#underWay.get(entry.identity)?.line.queue.remove(entry)) return;
    this.#size -= 1;
    this.#underWay.delete(entry.identity);
  }

  #schedule(group: string, line: Line<K, V>): void {
    if (line.isScheduled) return;
    line.isScheduled = true;
    setImmediate(() => void this.#enter(group, line));
  }

  /** Puts a line's next call in line at the scheduler. */
  async #enter(group: string, line: Line<K, V>): Promise<void> {
    const [first] = line.queue;
    if (!first) {
      line.isScheduled = false;
      this.#lines.delete(group);
      return;
    }
    await this.#planFor(line);
    this.#scheduler.enter({
      priority: first.priority,
      viewer: first.viewer,
      since: this.#clock.ticks(),
      // Keys that run out of time meanwhile are refused one by one when the call leaves.
      deadline: latestOf(line.queue, first.deadline),
      charges: () => this.#chargesOf(line),
      grant: (charges, at) => void this.#leave(group, line, { charges, at }),
      refuse: (error) => this.#refuse(group, line, toAppError(error)),
    });
  }

  /** More keys have come to a line that waits: another endpoint, with other limits, may take them now. */
  async #replan(line: Line<K, V>): Promise<void> {
    const count = Math.min(this.#read.max, line.queue.size);
    if (line.plans.size === 0 || line.plans.has(count)) return;
    await this.#planFor(line);
    this.#scheduler.lookAgain();
  }

  /** Learns what a call with the present number of keys would draw. */
  async #planFor(line: Line<K, V>): Promise<void> {
    const keys = line.queue.peek(this.#read.max).map((entry) => entry.key);
    if (keys.length === 0 || line.plans.has(keys.length)) return;
    const planned = await this.plan(keys);
    line.plans.set(keys.length, planned?.charges ?? []);
  }

  #chargesOf(line: Line<K, V>): readonly Charge[] {
    const count = Math.min(this.#read.max, line.queue.size);
    const exact = line.plans.get(count);
    if (exact) return exact;
    // What that many would draw is being asked; what fewer draw is good until then.
    const fewer = [...line.plans.keys()].filter((each) => each < count);
    return line.plans.get(fewer.length > 0 ? Math.max(...fewer) : Math.min(...line.plans.keys())) ?? [];
  }

  async #leave(group: string, line: Line<K, V>, granted: Granted): Promise<void> {
    const taken = this.#pick(line, this.#fitting(line, granted.charges));
    // What is left waits for the next call at once, so that no slot goes by unused.
    if (line.queue.size > 0) void this.#enter(group, line);
    else {
      line.isScheduled = false;
      this.#lines.delete(group);
    }
    if (taken.length === 0) return this.#scheduler.giveBack(granted);
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

  /** How many keys a call with these charges may carry: the most whose plan draws just that. */
  #fitting(line: Line<K, V>, charges: readonly Charge[]): number {
    const counts = [...line.plans].filter(([, plan]) => isSame(plan, charges)).map(([count]) => count);
    return Math.max(1, ...counts);
  }

  /** The next keys, viewers in turns; those whose time is over are refused on the way. */
  #pick(line: Line<K, V>, count: number): Entry<K, V>[] {
    const now = this.#clock.ticks();
    const { taken, late } = line.queue.take(count, (entry) => entry.deadline < now);
    this.#size -= taken.length + late.length;
    for (const entry of late) this.#settle(entry, new AppError('RATE_LIMITED', undefined, { retryAfterMs: 1_000 }));
    return taken;
  }

  #refuse(group: string, line: Line<K, V>, error: AppError): void {
    const entries = line.queue.take(line.queue.size).taken;
    this.#size -= entries.length;
    line.isScheduled = false;
    this.#lines.delete(group);
    for (const entry of entries) this.#settle(entry, error);
  }

  #settle(entry: Entry<K, V>, value: V | AppError): void {
    this.#underWay.delete(entry.identity);
    entry.settle(value);
  }
}

/** Somebody else wants a key that waits already: it goes by the more urgent of the two, and waits for the more patient. */
function hurry<K, V>(
  { entry, line }: UnderWay<K, V>,
  { priority = 'interactive', viewer = '', deadline }: RequestOptions,
): void {
  entry.deadline = Math.max(entry.deadline, deadline ?? entry.deadline);
  if (priorities.indexOf(priority) >= priorities.indexOf(entry.priority) || !line.queue.remove(entry)) return;
  entry.priority = priority;
  entry.viewer = viewer;
  line.queue.add(entry);
}

/** Each of those who share a call hears of it, and of how many they are. */
function tellAll(traces: ReadonlySet<NonNullable<RequestOptions['trace']>>, call: VendorCall): void {
  for (const trace of traces) trace({ ...call, sharedBy: traces.size });
}

function latestOf(entries: Iterable<{ readonly deadline: number }>, first: number): number {
  let latest = first;
  for (const { deadline } of entries) latest = Math.max(latest, deadline);
  return latest;
}

const isSame = (one: readonly Charge[], other: readonly Charge[]) =>
  one.length === other.length &&
  one.every((charge, index) => {
    const twin = other[index];
    return (
      twin !== undefined && charge.bucket === twin.bucket && charge.scope === twin.scope && charge.cost === twin.cost
    );
  });

function identityOf<K, V>(read: BulkRead<K, V>, key: K): string {
  return read.identity ? read.identity(key) : typeof key === 'string' ? key : JSON.stringify(key);
}
