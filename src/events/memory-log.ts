import { randomUUID } from 'node:crypto';
import { serialize } from 'node:v8';
import type { Clock } from '../clock.ts';
import type { DraftEvent } from '../domain/event.ts';
import { appOf, isUnsigned } from '../domain/stream.ts';
import { LaggingTime } from '../lagging-time.ts';
import { fingerprint, tagOf } from './fingerprint.ts';
import { Additions, Keys } from './keys.ts';
import { Listeners } from './listeners.ts';
import {
  type AppRetention,
  type Arrival,
  type EventLog,
  type LogSlice,
  lastBefore,
  type Position,
  type RawCallback,
  type Retention,
  type Seal,
  SealError,
  type StoredEvent,
} from './log.ts';
import { isNews } from './news.ts';
import type { Query } from './query.ts';
import {
  defaultRetention,
  isOverdue,
  isPast,
  type Kept,
  retentionOf,
  stride,
  sweepRegularly,
  unsignedKeyShare,
} from './retention.ts';
import { candidates, type Span } from './term-block.ts';
import { TermIndex } from './term-index.ts';

export interface MemoryLogOptions extends Partial<AppRetention> {
  readonly clock: Clock;
  /** Keys of events remembered for each stream, and as many again, for dropping repeats; of unsigned ones a tenth. */
  readonly maxKeys?: number;
  /** Hears of a listener that threw. */
  readonly onFailure?: (error: unknown) => void;
}

interface Entry {
  readonly event: StoredEvent;
  readonly raw: RawCallback | null;
  readonly bytes: number;
}

interface StreamLog {
  readonly retention: Retention;
  readonly entries: Entry[];
  readonly terms: TermIndex;
  readonly keys: Keys;
  keysTurnedAt: number;
  top: number;
  bytes: number;
}

/** An `EventLog` for the life of one process. */
export class MemoryLog implements EventLog {
  readonly isWritable = true;
  readonly #epoch = randomUUID().slice(0, 8);
  readonly #clock: Clock;
  readonly #time: LaggingTime;
  readonly #retention: AppRetention;
  readonly #maxKeys: number;
  readonly #listeners: Listeners;
  readonly #streams = new Map<string, StreamLog>();
  #stopSweeping: (() => void) | undefined;

  constructor({ clock, maxKeys = 500_000, onFailure = () => {}, ...retention }: MemoryLogOptions) {
    this.#clock = clock;
    this.#time = new LaggingTime(clock);
    this.#retention = { ...defaultRetention, ...retention };
    this.#maxKeys = maxKeys;
    this.#listeners = new Listeners(onFailure);
  }

  async append(
    stream: string,
    drafts: readonly DraftEvent[],
    { raw, seal }: Arrival = {},
  ): Promise<readonly StoredEvent[]> {
    const log = this.#log(stream);
    const sealKey = seal && fingerprint(stream, seal.signature, true);
    const sealed = sealKey ? log.keys.get(sealKey) : 0;
    if (seal && sealed !== 0) {
      if (sealed === tagOf(seal.content)) return [];
      throw new SealError();
    }
    // Whatever can fail comes before the first change.
    const numbers = new Additions(log.keys);
    const entries = this.#entriesOf(stream, log, numbers, drafts, raw ?? null);
    if (seal && sealKey) log.keys.set(sealKey, tagOf(seal.content));
    numbers.commit();
    for (const entry of entries) {
      log.entries.push(entry);
      log.terms.add(entry.event.draft, entry.event.offset);
      log.bytes += entry.bytes;
    }
    if (log.keys.isTimeToTurn(this.#clock.ticks() - log.keysTurnedAt)) {
      log.keys.turn();
      log.keysTurnedAt = this.#clock.ticks();
    }
    log.top += entries.length;
    if (isOverdue(log.retention, keptOf(log), this.#time.now())) this.#trim(log, stride + entries.length);
    this.#stopSweeping ??= sweepRegularly(this.#clock, this.#retention, () =>
      [...this.#streams.values()].map((each) => this.#trim(each, stride)).includes(stride),
    );
    const events = entries.map(({ event }) => event);
    this.#listeners.tell(stream, events);
    return events;
  }

  async check(stream: string, { signature, content }: Seal): Promise<void> {
    const known = this.#log(stream).keys.get(fingerprint(stream, signature, true));
    if (known !== 0 && known !== tagOf(content)) throw new SealError();
  }

  async read(stream: string, after: Position, limit: number, query?: Query): Promise<LogSlice> {
    const log = this.#log(stream);
    const oldest = log.top - log.entries.length + 1;
    const isOther = after.epoch !== this.#epoch || after.offset > log.top;
    const isGone = after.offset + 1 < oldest;
    const from = isOther || isGone ? oldest : after.offset + 1;
    const { events, end } = this.#look(log, { from, to: log.top, isBack: false }, limit, query);
    return {
      events,
      gap: isOther ? 'LOG_LOST' : isGone ? 'EXPIRED' : null,
      from: { epoch: this.#epoch, offset: from - 1 },
      upTo: { epoch: this.#epoch, offset: end },
      hasMore: end < log.top,
    };
  }

  async readBack(stream: string, { epoch, offset }: Position, limit: number, query?: Query): Promise<LogSlice> {
    const log = this.#log(stream);
    const oldest = log.top - log.entries.length + 1;
    const isOther = epoch !== this.#epoch;
    const from = Math.min(offset, log.top);
    const { events, end } =
      isOther || from < oldest
        ? { events: [], end: oldest }
        : this.#look(log, { from, to: oldest, isBack: true }, limit, query);
    return {
      events,
      gap: isOther ? 'LOG_LOST' : null,
      from: { epoch: this.#epoch, offset: from },
      upTo: { epoch: this.#epoch, offset: end - 1 },
      hasMore: end > oldest,
    };
  }

  placeBefore(stream: string, moment: number): Position {
    const { top, entries } = this.#log(stream);
    const oldest = top - entries.length + 1;
    const receivedAt = (offset: number) => entries[offset - oldest]?.event.receivedAt ?? Number.POSITIVE_INFINITY;
    return { epoch: this.#epoch, offset: lastBefore({ oldest, top }, receivedAt, moment) };
  }

  async raw(stream: string, { epoch, offset }: Position): Promise<RawCallback | null> {
    const log = this.#log(stream);
    return (epoch === this.#epoch && log.entries[offset - 1 - log.top + log.entries.length]?.raw) || null;
  }

  adopt(_stream: string, place: Position): Position {
    return place;
  }

  top(stream: string): Position {
    return { epoch: this.#epoch, offset: this.#log(stream).top };
  }

  async trim(stream: string, upTo?: Position): Promise<void> {
    const log = this.#log(stream);
    if (upTo?.epoch === this.#epoch) this.#drop(log, upTo.offset - (log.top - log.entries.length));
    this.#trim(log, Number.POSITIVE_INFINITY);
  }

  onAppend(stream: string, listener: (events: readonly StoredEvent[]) => void): () => void {
    return this.#listeners.add(stream, listener);
  }

  close(): void {
    this.#stopSweeping?.();
  }

  #entriesOf(
    stream: string,
    log: StreamLog,
    numbers: Additions,
    drafts: readonly DraftEvent[],
    raw: RawCallback | null,
  ): readonly Entry[] {
    const receivedAt = this.#clock.now();
    const fresh = drafts.filter((draft) => isNews(numbers, stream, draft));
    return fresh.map((draft, index) => ({
      event: { app: appOf(stream), stream, epoch: this.#epoch, offset: log.top + index + 1, receivedAt, draft },
      raw,
      bytes: serialize(draft).byteLength + (index === 0 && raw ? serialize(raw).byteLength : 0),
    }));
  }

  /** The events of a span, those that meet a query where there is one, and the offset up to which was looked. */
  #look(
    log: StreamLog,
    span: Span,
    limit: number,
    query: Query | undefined,
  ): { readonly events: readonly StoredEvent[]; readonly end: number } {
    const events: StoredEvent[] = [];
    let end = span.isBack ? span.from + 1 : span.from - 1;
    for (const stretch of candidates(query, span, (block) => log.terms.at(block))) {
      for (const offset of stretch.offsets) {
        const event = log.entries[offset - 1 - log.top + log.entries.length]?.event;
        if (event && (query?.passes(event.draft) ?? true)) events.push(event);
        if (events.length >= limit) return { events, end: offset };
      }
      end = stretch.end;
    }
    return { events, end };
  }

  /** Gives how many it let go. */
  #trim(log: StreamLog, most: number): number {
    const now = this.#time.now();
    let kept = keptOf(log);
    let count = 0;
    while (count < most && isPast(log.retention, kept, now)) {
      count += 1;
      kept = {
        events: kept.events - 1,
        bytes: kept.bytes - (log.entries[count - 1]?.bytes ?? 0),
        oldestAt: log.entries[count]?.event.receivedAt ?? Number.POSITIVE_INFINITY,
      };
    }
    this.#drop(log, count);
    return count;
  }

  #drop(log: StreamLog, count: number): void {
    for (const { bytes } of log.entries.splice(0, Math.max(0, count))) log.bytes -= bytes;
    log.terms.forget(log.top - log.entries.length + 1);
  }

  #log(stream: string): StreamLog {
    const found = this.#streams.get(stream);
    if (found) return found;
    const keysTurnedAt = this.#clock.ticks();
    const log: StreamLog = {
      retention: retentionOf(this.#retention, stream),
      entries: [],
      terms: new TermIndex(),
      keys: new Keys(this.#maxKeys * (isUnsigned(stream) ? unsignedKeyShare : 1)),
      keysTurnedAt,
      top: 0,
      bytes: 0,
    };
    this.#streams.set(stream, log);
    return log;
  }
}

const keptOf = ({ entries, bytes }: StreamLog): Kept => ({
  events: entries.length,
  bytes,
  oldestAt: entries[0]?.event.receivedAt ?? Number.POSITIVE_INFINITY,
});
