import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { deserialize } from 'node:v8';
import type { Clock } from '../clock.ts';
import type { DraftEvent } from '../domain/event.ts';
import { appOf, isUnsigned } from '../domain/stream.ts';
import { LaggingTime } from '../lagging-time.ts';
import { LiveFile } from '../live-file.ts';
import { type Row, statementsOf } from '../sqlite.ts';
import { fingerprint, tagOf } from './fingerprint.ts';
import { type AppRetention, lastBefore, type RawCallback, type Seal, SealError, type StoredEvent } from './log.ts';
import { isNews } from './news.ts';
import type { Query } from './query.ts';
import { isOverdue, isPast, type Kept, retentionOf, unsignedKeyShare } from './retention.ts';
import { giveBack, identityOf, newEpoch, openLogFile, statementTexts as texts } from './sqlite-file.ts';
import { SqliteKeys, signedKeys, unsignedKeys } from './sqlite-keys.ts';
import { SqliteTerms } from './sqlite-terms.ts';
import { blockSize, candidates, type Span } from './term-block.ts';

/** What the file has of a stream; `oldest` is the offset of the first event kept, one after the top when there is none. */
export interface StreamState {
  readonly id: number;
  readonly top: number;
  readonly oldest: number;
  readonly bytes: number;
}

/** An append as it is written. */
export interface Appending {
  readonly stream: string;
  readonly drafts: readonly { readonly draft: DraftEvent; readonly body: Uint8Array }[];
  readonly raw: string | null;
  readonly seal: Seal | undefined;
}

export interface SqliteEventsOptions {
  readonly clock: Clock;
  readonly file: string;
  readonly retention: AppRetention;
  readonly maxKeys: number;
  readonly maxFileBytes: number | undefined;
}

/** A page of a read is no longer than this, nor heavier, and no more events are looked at for one: reading is done on the loop. */
const maxPage = 500;
const maxPageBytes = 1024 * 1024;
/** As much as a callback may bring by itself, or so. */
const probeBytes = 64 * 1024;
/** Offsets of one stream: its id stands above them, and both fit in a number. */
const offsets = 2 ** 40;

/** Events that were read, and the offset up to which there is nothing else. */
interface Page {
  readonly events: readonly StoredEvent[];
  readonly end: number;
}

const sizeOf = ({ body }: Row): number => (body instanceof Uint8Array ? body.byteLength : 0);

const nothing: StreamState = { id: 0, top: 0, oldest: 1, bytes: 0 };

/** The events and keys in the file of a log. What is done in a transaction is written then, but not on the disk yet. */
export class SqliteEvents {
  readonly epoch: string;
  /** The life that the file was copied from; null for one that is no copy. */
  readonly previousEpoch: string | null;
  readonly #clock: Clock;
  readonly #time: LaggingTime;
  readonly #retention: AppRetention;
  readonly #file: string;
  readonly #identity: string | undefined;
  readonly #database: DatabaseSync;
  readonly #signedKeys: SqliteKeys;
  readonly #unsignedKeys: SqliteKeys;
  readonly #sql: (text: string) => StatementSync;
  readonly #terms: SqliteTerms;
  #streams = new Map<string, StreamState>();

  /** Throws a `FileError` when the file cannot be used. */
  constructor({ clock, file, retention, maxKeys, maxFileBytes }: SqliteEventsOptions) {
    this.#clock = clock;
    this.#file = file;
    this.#retention = retention;
    this.#database = openLogFile(file, clock.now(), maxFileBytes);
    this.#identity = identityOf(file);
    this.#sql = statementsOf(this.#database);
    this.#terms = new SqliteTerms(this.#database);
    const { epoch, previous } = this.#begin();
    this.epoch = epoch;
    this.previousEpoch = previous;
    for (const row of this.#database.prepare('SELECT name, id, top, oldest, bytes FROM apps').all()) {
      const { name, ...state } = row as unknown as StreamState & { readonly name: string };
      this.#streams.set(name, state);
    }
    this.#time = new LaggingTime(clock, this.#oldestAt() + retention.maxAgeMs);
    this.#signedKeys = new SqliteKeys(this.#database, this.#time, maxKeys, signedKeys);
    this.#unsignedKeys = new SqliteKeys(this.#database, this.#time, maxKeys * unsignedKeyShare, unsignedKeys);
  }

  /** The life of the file. A copy that was not opened before begins one of its own. */
  #begin(): { readonly epoch: string; readonly previous: string | null } {
    const { epoch, previous } = this.#database.prepare('SELECT epoch, previous FROM life WHERE id = 1').get() ?? {};
    const before = typeof previous === 'string' ? previous : null;
    if (epoch !== '') return { epoch: String(epoch), previous: before };
    const fresh = newEpoch();
    this.#database.prepare('UPDATE life SET epoch = ? WHERE id = 1').run(fresh);
    return { epoch: fresh, previous: before };
  }

  /** When the oldest event was received; infinity when there is none. */
  #oldestAt(): number {
    const moments = [...this.#streams.values()].map(
      ({ id, oldest }) => this.#sql(texts.receivedAt).get(id * offsets + oldest)?.['received_at'],
    );
    return Math.min(...moments.map((moment) => Number(moment ?? Number.POSITIVE_INFINITY)));
  }

  get streams(): ReadonlyMap<string, StreamState> {
    return this.#streams;
  }

  stateOf(stream: string): StreamState {
    return this.#streams.get(stream) ?? nothing;
  }

  #keysOf(stream: string): SqliteKeys {
    return isUnsigned(stream) ? this.#unsignedKeys : this.#signedKeys;
  }

  get #allKeys(): readonly SqliteKeys[] {
    return [this.#signedKeys, this.#unsignedKeys];
  }

  /** The tag of what came with a signature; 0 when it did not come. */
  tagOfSeal(stream: string, signature: string): number {
    return this.#keysOf(stream).get(fingerprint(stream, signature, true));
  }

  /** Does it in a transaction. When it throws, or the disk does, everything is as it was before. */
  transact<T>(task: () => T): T {
    const before = new Map(this.#streams);
    try {
      if (identityOf(this.#file) !== this.#identity) throw new Error('the file of the event log was taken away');
      this.#database.exec('BEGIN IMMEDIATE');
      const result = task();
      for (const [name, state] of this.#streams) {
        const { id, top, oldest, bytes } = state;
        if (before.get(name) !== state) this.#sql(texts.saveApp).run(id, name, top, oldest, bytes);
      }
      for (const keys of this.#allKeys) keys.save();
      this.#database.exec('COMMIT');
      for (const keys of this.#allKeys) keys.commit();
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#streams = before;
      for (const keys of this.#allKeys) keys.rollback();
      this.#terms.rollback();
      throw error;
    }
  }

  /** The events that are new; nothing is written for those that are not, nor where the seal is broken. */
  insert({ stream, drafts, raw, seal }: Appending): readonly StoredEvent[] | SealError {
    const keys = this.#keysOf(stream);
    if (seal) {
      const tag = tagOf(seal.content);
      const known = this.tagOfSeal(stream, seal.signature);
      if (known !== 0) return known === tag ? [] : new SealError();
      keys.set(fingerprint(stream, seal.signature, true), tag);
    }
    const fresh = drafts.filter(({ draft }) => isNews(keys, stream, draft));
    if (fresh.length === 0) return [];
    const state = this.#streams.get(stream) ?? { ...nothing, id: this.#streams.size + 1 };
    const receivedAt = this.#clock.now();
    const rows = this.#rowsOf(state.id);
    let bytes = 0;
    const events = fresh.map(({ draft, body }, index): StoredEvent => {
      const offset = state.top + 1 + index;
      const rawHere = index === 0 ? raw : null;
      const size = body.byteLength + (rawHere?.length ?? 0);
      const rawAt = raw ? state.top + 1 : null;
      this.#sql(texts.insert).run(state.id * offsets + offset, receivedAt, size, rawAt, body, rawHere);
      this.#terms.add(rows, draft, offset);
      bytes += size;
      return { app: appOf(stream), stream, epoch: this.epoch, offset, receivedAt, draft };
    });
    this.#streams.set(stream, { ...state, top: state.top + events.length, bytes: state.bytes + bytes });
    return events;
  }

  /** Lets the oldest events go that are past their retention, or up to an offset, but only so many; gives how many. */
  letGo(stream: string, most: number, upTo = 0): number {
    const state = this.#streams.get(stream);
    if (!state) return 0;
    const { id, top } = state;
    let { oldest, bytes } = state;
    const retention = retentionOf(this.#retention, stream);
    const now = this.#time.now();
    const rows = this.#sql(texts.sizes).iterate(id * offsets + oldest, id * offsets + top, most);
    for (const row of rows) {
      const kept = { events: top - oldest + 1, bytes, oldestAt: Number(row['received_at']) };
      if (oldest > upTo && !isPast(retention, kept, now)) break;
      oldest += 1;
      bytes -= Number(row['bytes']);
    }
    if (oldest === state.oldest) return 0;
    this.#sql(texts.letGo).run(id * offsets + state.oldest, id * offsets + oldest - 1);
    this.#terms.forget(this.#rowsOf(id), oldest);
    this.#streams.set(stream, { ...state, oldest, bytes });
    return oldest - state.oldest;
  }

  /** Gives some of the space back to the disk that nothing is in; whether there is more of it. */
  giveBack(): boolean {
    return giveBack(this.#database);
  }

  /** The offset of the last event up to `top` that was received before a moment; one before the oldest where none was. */
  lastBefore(stream: string, top: number, moment: number): number {
    const { id, oldest } = this.stateOf(stream);
    const receivedAt = (offset: number) =>
      Number(this.#sql(texts.receivedAt).get(id * offsets + offset)?.['received_at'] ?? Number.POSITIVE_INFINITY);
    return lastBefore({ oldest, top }, receivedAt, moment);
  }

  /** Whether a stream has so much that it is time to let go. */
  isOverdue(stream: string): boolean {
    const { id, top, oldest, bytes } = this.stateOf(stream);
    const at = top < oldest ? undefined : this.#sql(texts.receivedAt).get(id * offsets + oldest)?.['received_at'];
    const kept: Kept = { events: top - oldest + 1, bytes, oldestAt: Number(at ?? Number.POSITIVE_INFINITY) };
    return isOverdue(retentionOf(this.#retention, stream), kept, this.#time.now());
  }

  /** The events of a span, or the first of them, and the offset up to which was read. */
  page(stream: string, { from, to, isBack }: Span, limit: number): Page {
    const base = this.stateOf(stream).id * offsets;
    const [low, high] = isBack ? [to, from] : [from, to];
    const events: StoredEvent[] = [];
    let bytes = 0;
    const sql = this.#sql(isBack ? texts.pageBack : texts.page);
    const rows = sql.iterate(base + low, base + high, Math.min(limit, maxPage));
    for (const row of rows) {
      const event = this.#eventOf(stream, row);
      if (!event) break;
      events.push(event);
      bytes += sizeOf(row);
      if (bytes > maxPageBytes) break;
    }
    return { events, end: events.at(-1)?.offset ?? to };
  }

  /** As `page`, of the events that meet a query. */
  find(stream: string, span: Span, limit: number, query: Query): Page {
    const { id, top } = this.stateOf(stream);
    const rows = this.#rowsOf(id);
    const events: StoredEvent[] = [];
    let end = span.to;
    let bytes = 0;
    let count = 0;
    for (const stretch of candidates(query, span, (block) => this.#terms.at(rows, block, top))) {
      for (const offset of stretch.offsets) {
        const row = this.#sql(texts.at).get(id * offsets + offset);
        const event = row && this.#eventOf(stream, row);
        if (event && query.passes(event.draft)) events.push(event);
        count += 1;
        bytes += row ? sizeOf(row) : 0;
        if (events.length >= limit || count >= maxPage || bytes > maxPageBytes) return { events, end: offset };
      }
      end = stretch.end;
    }
    return { events, end };
  }

  #eventOf(stream: string, { place, received_at, body }: Row): StoredEvent | undefined {
    if (!(body instanceof Uint8Array)) return undefined;
    const draft = deserialize(body) as DraftEvent;
    const offset = Number(place) % offsets;
    return { app: appOf(stream), stream, epoch: this.epoch, offset, receivedAt: Number(received_at), draft };
  }

  #rowsOf(id: number) {
    const base = id * offsets;
    const page = this.#sql(texts.page);
    return {
      base,
      *drafts(from: number, to: number): Generator<readonly [number, DraftEvent]> {
        for (const { place, body } of page.all(base + from, base + to, blockSize))
          if (body instanceof Uint8Array) yield [Number(place) % offsets, deserialize(body) as DraftEvent];
      },
    };
  }

  /** What the vendor sent for an event that is there. */
  rawOf(stream: string, offset: number): RawCallback | null {
    const { id } = this.stateOf(stream);
    const rawAt = this.#sql(texts.rawAt).get(id * offsets + offset)?.['raw_at'];
    if (typeof rawAt !== 'number') return null;
    const raw = this.#sql(texts.raw).get(id * offsets + rawAt)?.['raw'];
    return typeof raw === 'string' ? (JSON.parse(raw) as RawCallback) : null;
  }

  /** For copying the file while it is in use. `ready` is fulfilled when everything written is acknowledged. */
  liveFile(ready: () => Promise<void>): LiveFile {
    return new LiveFile(this.#file, this.#database, { ready });
  }

  /** Writes something, and takes it away again. Throws when the disk takes nothing. */
  probe(): void {
    this.transact(() => this.#sql(texts.fill).run(probeBytes));
    this.transact(() => this.#sql(texts.empty).run());
  }

  close(): void {
    this.#database.close();
  }
}
