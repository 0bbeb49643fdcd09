import { serialize } from 'node:v8';
import type { Clock } from '../clock.ts';
import type { DraftEvent } from '../domain/event.ts';
import type { LiveFile } from '../live-file.ts';
import { DiskSync } from './disk-sync.ts';
import { tagOf } from './fingerprint.ts';
import { Listeners } from './listeners.ts';
import {
  type AppRetention,
  type Arrival,
  type EventLog,
  type LogSlice,
  type Position,
  type RawCallback,
  type Seal,
  SealError,
  type StoredEvent,
} from './log.ts';
import type { Query } from './query.ts';
import { defaultRetention, stride, sweepRegularly } from './retention.ts';
import { type Appending, SqliteEvents } from './sqlite-events.ts';
import type { Span } from './term-block.ts';

export interface SqliteLogOptions extends Partial<AppRetention> {
  readonly clock: Clock;
  /** Made when it is not there. */
  readonly file: string;
  /** Keys of events remembered for all apps, and as many again, for dropping repeats; of unsigned ones a tenth. */
  readonly maxKeys?: number;
  /** The file grows no more than this: appends are refused then. */
  readonly maxFileBytes?: number;
  /** Waits for the disk; replaced by tests of disks that fail. */
  readonly makeSync?: (file: string) => DiskSync;
  /** Hears of a listener that threw. */
  readonly onFailure?: (error: unknown) => void;
}

interface Pending extends Appending {
  readonly resolve: (events: readonly StoredEvent[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Appends that wait for the disk at the most; more are refused, and the vendor sends them again. */
const maxPending = 10_000;
const maxPendingBytes = 64 * 1024 * 1024;
/** A transaction waits for no more than so many, nor for more turns of the loop. */
const enough = 256;
const maxTurns = 16;
/** Time between looks whether a disk that refused takes something again, in milliseconds. */
const probeEveryMs = 1_000;

/**
 * An `EventLog` in one file, for one process. What an append resolved for is on the disk: a crash loses nothing of it. What comes
 * while the disk is busy shares the next transaction, and is told of only when the disk has it. A file that was lost is another epoch.
 */
export class SqliteLog implements EventLog {
  readonly #clock: Clock;
  readonly #events: SqliteEvents;
  readonly #sync: DiskSync;
  readonly #listeners: Listeners;
  readonly #stopSweeping: () => void;
  /** The offsets up to which everything is on the disk: what is not is not there for anybody. */
  readonly #tops = new Map<string, number>();
  #pending: Pending[] = [];
  #pendingBytes = 0;
  #isFlushDue = false;
  #isClosed = false;
  #isWritable = true;
  #cancelProbe = () => {};
  #onSettled: (() => void)[] = [];
  /** Tells those whose appends are written, and wait for the disk. */
  #settle: ((error: unknown) => void) | undefined;

  /** Throws a `FileError` when the file cannot be used. */
  constructor(options: SqliteLogOptions) {
    const { clock, file, maxKeys = 3_000_000, maxFileBytes, onFailure = () => {}, makeSync, ...rest } = options;
    const retention = { ...defaultRetention, ...rest };
    this.#clock = clock;
    this.#events = new SqliteEvents({ clock, file, retention, maxKeys, maxFileBytes });
    this.#listeners = new Listeners(onFailure);
    this.#sync = makeSync?.(`${file}-wal`) ?? new DiskSync(`${file}-wal`);
    this.#noteTops();
    this.#stopSweeping = sweepRegularly(clock, retention, () => this.#sweep());
  }

  get isWritable(): boolean {
    return this.#isWritable;
  }

  append(stream: string, drafts: readonly DraftEvent[], { raw, seal }: Arrival = {}): Promise<readonly StoredEvent[]> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw new Error('the event log is closed');
      if (this.#pending.length >= maxPending || this.#pendingBytes >= maxPendingBytes)
        throw new Error('too many events wait for the disk');
      const bodies = drafts.map((draft) => ({ draft, body: serialize(draft) }));
      const rawText = raw && drafts.length > 0 ? JSON.stringify(raw) : null;
      const bytes = bodies.reduce((sum, { body }) => sum + body.byteLength, rawText?.length ?? 0);
      this.#pendingBytes += bytes;
      this.#pending.push({ stream, drafts: bodies, raw: rawText, seal, resolve, reject });
      this.#flushSoon();
    });
  }

  async check(stream: string, { signature, content }: Seal): Promise<void> {
    const known = this.#events.tagOfSeal(stream, signature);
    if (known !== 0 && known !== tagOf(content)) throw new SealError();
  }

  async read(stream: string, after: Position, limit: number, query?: Query): Promise<LogSlice> {
    const { oldest } = this.#events.stateOf(stream);
    const { epoch, offset: top } = this.top(stream);
    const isOther = after.epoch !== epoch || after.offset > top;
    const isGone = after.offset + 1 < oldest;
    const from = isOther || isGone ? oldest : after.offset + 1;
    const { events, end } = this.#look(stream, { from, to: top, isBack: false }, limit, query);
    return {
      events,
      gap: isOther ? 'LOG_LOST' : isGone ? 'EXPIRED' : null,
      from: { epoch, offset: from - 1 },
      upTo: { epoch, offset: end },
      hasMore: end < top,
    };
  }

  async readBack(stream: string, place: Position, limit: number, query?: Query): Promise<LogSlice> {
    const { oldest } = this.#events.stateOf(stream);
    const { epoch, offset: top } = this.top(stream);
    const isOther = place.epoch !== epoch;
    const from = Math.min(place.offset, top);
    const { events, end } =
      isOther || from < oldest
        ? { events: [], end: oldest }
        : this.#look(stream, { from, to: oldest, isBack: true }, limit, query);
    return {
      events,
      gap: isOther ? 'LOG_LOST' : null,
      from: { epoch, offset: from },
      upTo: { epoch, offset: end - 1 },
      hasMore: end > oldest,
    };
  }

  placeBefore(stream: string, moment: number): Position {
    const { epoch, offset: top } = this.top(stream);
    return { epoch, offset: this.#events.lastBefore(stream, top, moment) };
  }

  #look(stream: string, span: Span, limit: number, query: Query | undefined) {
    return query ? this.#events.find(stream, span, limit, query) : this.#events.page(stream, span, limit);
  }

  async raw(stream: string, { epoch, offset }: Position): Promise<RawCallback | null> {
    const top = this.top(stream);
    const isThere = epoch === top.epoch && offset <= top.offset && offset >= this.#events.stateOf(stream).oldest;
    return isThere ? this.#events.rawOf(stream, offset) : null;
  }

  adopt(stream: string, place: Position): Position {
    const { epoch, offset } = this.top(stream);
    return place.epoch === this.#events.previousEpoch && place.offset <= offset ? { ...place, epoch } : place;
  }

  /** For copying it while it is in use. */
  get liveFile(): LiveFile {
    return this.#events.liveFile(() => this.#settled());
  }

  top(stream: string): Position {
    return { epoch: this.#events.epoch, offset: this.#tops.get(stream) ?? 0 };
  }

  async trim(stream: string, upTo?: Position): Promise<void> {
    const end = upTo?.epoch === this.#events.epoch ? upTo.offset : 0;
    for (;;) {
      const { oldest } = this.#events.stateOf(stream);
      this.#events.transact(() => this.#events.letGo(stream, stride, end));
      if (this.#events.stateOf(stream).oldest === oldest) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  onAppend(stream: string, listener: (events: readonly StoredEvent[]) => void): () => void {
    return this.#listeners.add(stream, listener);
  }

  /** Writes what waits, and closes the file. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopSweeping();
    this.#cancelProbe();
    for (;;) {
      try {
        this.#sync.runNow();
        this.#settle?.(null);
      } catch (error) {
        this.#settle?.(error);
      }
      if (this.#pending.length === 0) break;
      this.#write();
    }
    this.#sync.close();
    this.#events.close();
  }

  /** Flushes when a turn of the loop brings nothing more, so that a transaction is shared by as many as come at once. */
  #flushSoon(): void {
    if (this.#isFlushDue || this.#settle) return;
    this.#isFlushDue = true;
    let turns = 0;
    let before = 0;
    const wait = () => {
      turns += 1;
      const count = this.#pending.length;
      if (count > before && count < enough && turns < maxTurns) {
        before = count;
        setImmediate(wait);
        return;
      }
      this.#isFlushDue = false;
      if (!this.#settle && count > 0) this.#flush();
    };
    setImmediate(wait);
  }

  #flush(): void {
    if (!this.#write()) return;
    this.#sync.run((error) => {
      this.#settle?.(error);
      if (this.#pending.length > 0) this.#flushSoon();
    });
  }

  /** Fulfilled when no append waits for the disk: in the turn of the loop in which the last ones were told. */
  #settled(): Promise<void> {
    if (!this.#settle) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onSettled.push(resolve);
    });
  }

  /** One transaction for all that waits: all of it is written, or none, and then everybody is told so. Whether it was written. */
  #write(): boolean {
    const pending = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    let results: readonly (readonly StoredEvent[] | SealError)[];
    try {
      if (this.#sync.failure !== undefined) throw this.#sync.failure;
      results = this.#events.transact(() => {
        const appended = pending.map((each) => this.#events.insert(each));
        for (const stream of new Set(pending.map((each) => each.stream)))
          if (this.#events.isOverdue(stream)) this.#events.letGo(stream, stride + pending.length);
        return appended;
      });
    } catch (error) {
      this.#noteOutcome(error);
      for (const { reject } of pending) reject(error);
      return false;
    }
    this.#settle = (error) => {
      this.#settle = undefined;
      this.#tell(pending, results, error);
      for (const resolve of this.#onSettled.splice(0)) resolve();
    };
    return true;
  }

  #tell(pending: readonly Pending[], results: readonly (readonly StoredEvent[] | SealError)[], error: unknown): void {
    this.#noteOutcome(error);
    if (!error) this.#noteTops();
    for (const [index, { stream, resolve, reject }] of pending.entries()) {
      const result = error || results[index];
      if (!Array.isArray(result)) {
        reject(result);
        continue;
      }
      resolve(result);
      this.#listeners.tell(stream, result);
    }
  }

  /** Takes note of what became of a write; after a failure it is tried now and then whether the disk takes something again. */
  #noteOutcome(error: unknown): void {
    this.#isWritable = !error;
    this.#cancelProbe();
    if (!error || this.#isClosed) return;
    this.#cancelProbe = this.#clock.schedule(probeEveryMs, () => {
      try {
        if (this.#sync.failure !== undefined) throw this.#sync.failure;
        this.#events.probe();
        this.#noteOutcome(null);
      } catch (failure) {
        this.#noteOutcome(failure);
      }
    });
  }

  #noteTops(): void {
    for (const [stream, { top }] of this.#events.streams) this.#tops.set(stream, top);
  }

  /** Whether there is more to let go, or to give back. */
  #sweep(): boolean {
    try {
      const gone = this.#events.transact(() =>
        [...this.#events.streams.keys()].map((stream) => this.#events.letGo(stream, stride)),
      );
      const hasFree = this.#events.giveBack();
      return hasFree || gone.includes(stride);
    } catch {
      // The disk does not take it now; the next append tells, and the next sweep tries again.
      return false;
    }
  }
}
