import type { DatabaseSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';
import type { Clock } from '../clock.ts';
import type { DraftEvent } from '../domain/event.ts';
import { fingerprint } from './fingerprint.ts';
import { Listeners } from './listeners.ts';
import {
  type Arrival,
  type EventLog,
  type LogSlice,
  type Position,
  type RawCallback,
  type Retention,
  type Seal,
  SealError,
  type StoredEvent,
} from './log.ts';
import { defaultRetention, isOverdue, isPast, type Kept, sweepRegularly } from './retention.ts';
import { identityOf, openLogFile, statementsOf } from './sqlite-file.ts';
import { SqliteKeys } from './sqlite-keys.ts';

export interface SqliteLogOptions extends Partial<Retention> {
  readonly clock: Clock;
  /** Made when it is not there. */
  readonly file: string;
  /** Keys of events remembered for all apps, and as many again, for dropping repeats. */
  readonly maxKeys?: number;
  /** The file grows no more than this: appends are refused then. */
  readonly maxFileBytes?: number;
  /** Hears of a listener that threw. */
  readonly onFailure?: (error: unknown) => void;
}

interface Pending {
  readonly app: string;
  readonly drafts: readonly { readonly draft: DraftEvent; readonly body: Uint8Array }[];
  readonly raw: Uint8Array | null;
  readonly seal: Seal | undefined;
  readonly resolve: (events: readonly StoredEvent[]) => void;
  readonly reject: (error: unknown) => void;
}

/** What the file has of an app; `oldest` is the offset of the first event kept, one after the top when there is none. */
interface AppState {
  readonly id: number;
  readonly top: number;
  readonly oldest: number;
  readonly bytes: number;
}

/** Appends that wait for the disk at the most; more are refused, and the vendor sends them again. */
const maxPending = 10_000;
const maxPendingBytes = 64 * 1024 * 1024;
/** A page of a read is no longer than this, nor heavier: reading is done on the loop. */
const maxPage = 500;
const maxPageBytes = 1024 * 1024;
/** Events let go in one transaction, besides as many as it brings. */
const stride = 1000;
/** Offsets of one app: its id stands above them, and both fit in a number. */
const offsets = 2 ** 40;

/**
 * An `EventLog` in one file, for one process. What an append resolved for is on the disk: a crash loses nothing of it. Appends of one
 * turn of the loop share a transaction, since the disk's own write is what takes time. A file that was lost is another epoch.
 */
export class SqliteLog implements EventLog {
  readonly #clock: Clock;
  readonly #retention: Retention;
  readonly #file: string;
  readonly #identity: string | undefined;
  readonly #database: DatabaseSync;
  readonly #keys: SqliteKeys;
  readonly #epoch: string;
  readonly #listeners: Listeners;
  readonly #statements: ReturnType<typeof statementsOf>;
  readonly #stopSweeping: () => void;
  #apps = new Map<string, AppState>();
  #pending: Pending[] = [];
  #pendingBytes = 0;

  /** Throws a `LogFileError` when the file cannot be used. */
  constructor({ clock, file, maxKeys = 10_000_000, maxFileBytes, onFailure = () => {}, ...rest }: SqliteLogOptions) {
    this.#clock = clock;
    this.#file = file;
    this.#retention = { ...defaultRetention, ...rest };
    this.#listeners = new Listeners(onFailure);
    this.#database = openLogFile(file, maxFileBytes);
    this.#identity = identityOf(file);
    this.#keys = new SqliteKeys(this.#database, clock, maxKeys);
    this.#statements = statementsOf(this.#database);
    this.#epoch = String(this.#database.prepare('SELECT epoch FROM life').get()?.['epoch']);
    for (const row of this.#database.prepare('SELECT name, id, top, oldest, bytes FROM apps').all()) {
      const { name, ...state } = row as unknown as AppState & { readonly name: string };
      this.#apps.set(name, state);
    }
    this.#stopSweeping = sweepRegularly(clock, this.#retention, () => this.#sweep());
  }

  append(app: string, drafts: readonly DraftEvent[], { raw, seal }: Arrival = {}): Promise<readonly StoredEvent[]> {
    return new Promise((resolve, reject) => {
      if (this.#pending.length >= maxPending || this.#pendingBytes >= maxPendingBytes)
        throw new Error('too many events wait for the disk');
      const bodies = drafts.map((draft) => ({ draft, body: serialize(draft) }));
      const rawBody = raw && drafts.length > 0 ? serialize(raw) : null;
      const bytes = bodies.reduce((sum, { body }) => sum + body.byteLength, rawBody?.byteLength ?? 0);
      this.#pendingBytes += bytes;
      this.#pending.push({ app, drafts: bodies, raw: rawBody, seal, resolve, reject });
      if (this.#pending.length === 1) setImmediate(() => this.#flush());
    });
  }

  async check(app: string, { signature, content }: Seal): Promise<void> {
    const known = this.#keys.contentOf(fingerprint('seal', app, signature));
    if (known !== null && known !== content) throw new SealError();
  }

  async read(app: string, after: Position, limit: number): Promise<LogSlice> {
    const { top, oldest } = this.#apps.get(app) ?? nothing;
    const isOther = after.epoch !== this.#epoch || after.offset > top;
    const isGone = after.offset + 1 < oldest;
    const events = this.#page(app, isOther || isGone ? oldest : after.offset + 1, limit);
    const last = events.at(-1)?.offset ?? top;
    return { events, gap: isOther ? 'LOG_LOST' : isGone ? 'EXPIRED' : null, hasMore: last < top };
  }

  async raw(app: string, { epoch, offset }: Position): Promise<RawCallback | null> {
    const state = this.#apps.get(app);
    if (!state || epoch !== this.#epoch || offset < state.oldest || offset > state.top) return null;
    const rawAt = this.#statements.rawAt.get(state.id * offsets + offset)?.['raw_at'];
    if (typeof rawAt !== 'number') return null;
    const raw = this.#statements.raw.get(state.id * offsets + rawAt)?.['raw'];
    return raw instanceof Uint8Array ? (deserialize(raw) as RawCallback) : null;
  }

  top(app: string): Position {
    return { epoch: this.#epoch, offset: this.#apps.get(app)?.top ?? 0 };
  }

  async trim(app: string, upTo?: Position): Promise<void> {
    const end = upTo?.epoch === this.#epoch ? upTo.offset : 0;
    for (;;) {
      const before = this.#apps.get(app)?.oldest;
      this.#transact(() => this.#letGo(app, stride, (kept, oldest) => oldest <= end || this.#isPast(kept)));
      if (this.#apps.get(app)?.oldest === before) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  onAppend(app: string, listener: (events: readonly StoredEvent[]) => void): () => void {
    return this.#listeners.add(app, listener);
  }

  /** Writes what waits, and closes the file. */
  close(): void {
    this.#stopSweeping();
    this.#flush();
    this.#database.close();
  }

  /** One transaction for all that waits: all of it is on the disk, or none, and then everybody is told so. */
  #flush(): void {
    const pending = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    if (pending.length === 0) return;
    let results: readonly (readonly StoredEvent[] | SealError)[];
    try {
      results = this.#transact(() => {
        const appended = pending.map((each) => this.#insert(each));
        for (const app of new Set(pending.map((each) => each.app)))
          if (this.#isOverdue(app)) this.#letGo(app, stride + pending.length, (kept) => this.#isPast(kept));
        return appended;
      });
    } catch (error) {
      for (const { reject } of pending) reject(error);
      return;
    }
    for (const [index, { app, resolve, reject }] of pending.entries()) {
      const result = results[index] ?? [];
      if (result instanceof SealError) {
        reject(result);
        continue;
      }
      resolve(result);
      this.#listeners.tell(app, result);
    }
  }

  /** Does it in a transaction. When it throws, or the disk does, everything is as it was before. */
  #transact<T>(task: () => T): T {
    const before = new Map(this.#apps);
    try {
      if (identityOf(this.#file) !== this.#identity) throw new Error('the file of the event log was taken away');
      this.#database.exec('BEGIN IMMEDIATE');
      const result = task();
      for (const [name, state] of this.#apps) {
        const { id, top, oldest, bytes } = state;
        if (before.get(name) !== state) this.#statements.saveApp.run(id, name, top, oldest, bytes);
      }
      this.#keys.save();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#apps = before;
      this.#keys.reload();
      throw error;
    }
  }

  /** The events that are new; nothing is written for those that are not, nor where the seal is broken. */
  #insert({ app, drafts, raw, seal }: Pending): readonly StoredEvent[] | SealError {
    const sealKey = seal && fingerprint('seal', app, seal.signature);
    if (seal && sealKey && !this.#keys.add(sealKey, seal.content))
      return this.#keys.contentOf(sealKey) === seal.content ? [] : new SealError();
    const fresh = drafts.filter(({ draft }) => this.#keys.add(fingerprint('event', app, draft.dedupeKey)));
    if (fresh.length === 0) return [];
    const state = this.#apps.get(app) ?? { ...nothing, id: this.#apps.size + 1 };
    const receivedAt = this.#clock.now();
    let bytes = 0;
    const events = fresh.map(({ draft, body }, index): StoredEvent => {
      const offset = state.top + 1 + index;
      const rawHere = index === 0 ? raw : null;
      const size = body.byteLength + (rawHere?.byteLength ?? 0);
      const rawAt = raw ? state.top + 1 : null;
      this.#statements.insert.run(state.id * offsets + offset, receivedAt, size, rawAt, body, rawHere);
      bytes += size;
      return { app, epoch: this.#epoch, offset, receivedAt, draft };
    });
    this.#apps.set(app, { ...state, top: state.top + events.length, bytes: state.bytes + bytes });
    return events;
  }

  /** Lets the oldest events go, as long as they must, but only so many. */
  #letGo(app: string, most: number, mustGo: (kept: Kept, oldest: number) => boolean): void {
    const state = this.#apps.get(app);
    if (!state) return;
    const { id, top } = state;
    let { oldest, bytes } = state;
    const rows = this.#statements.sizes.iterate(id * offsets + oldest, id * offsets + top, most);
    for (const row of rows) {
      const kept = { events: top - oldest + 1, bytes, oldestAt: Number(row['received_at']) };
      if (!mustGo(kept, oldest)) break;
      oldest += 1;
      bytes -= Number(row['bytes']);
    }
    if (oldest === state.oldest) return;
    this.#statements.letGo.run(id * offsets + state.oldest, id * offsets + oldest - 1);
    this.#apps.set(app, { ...state, oldest, bytes });
  }

  #isOverdue(app: string): boolean {
    const { id, top, oldest, bytes } = this.#apps.get(app) ?? nothing;
    const at = top < oldest ? undefined : this.#statements.receivedAt.get(id * offsets + oldest)?.['received_at'];
    const kept = { events: top - oldest + 1, bytes, oldestAt: Number(at ?? Number.POSITIVE_INFINITY) };
    return isOverdue(this.#retention, kept, this.#clock.now());
  }

  #isPast(kept: Kept): boolean {
    return isPast(this.#retention, kept, this.#clock.now());
  }

  #sweep(): void {
    try {
      this.#transact(() => {
        for (const app of this.#apps.keys()) this.#letGo(app, stride, (kept) => this.#isPast(kept));
      });
    } catch {
      // The disk does not take it now; the next append tells, and the next sweep tries again.
    }
  }

  #page(app: string, from: number, limit: number): readonly StoredEvent[] {
    const { id, top } = this.#apps.get(app) ?? nothing;
    const events: StoredEvent[] = [];
    let bytes = 0;
    const rows = this.#statements.page.iterate(id * offsets + from, id * offsets + top, Math.min(limit, maxPage));
    for (const { place, received_at, body } of rows as Iterable<Record<string, unknown>>) {
      if (!(body instanceof Uint8Array)) break;
      const draft = deserialize(body) as DraftEvent;
      const offset = Number(place) % offsets;
      events.push({ app, epoch: this.#epoch, offset, receivedAt: Number(received_at), draft });
      bytes += body.byteLength;
      if (bytes > maxPageBytes) break;
    }
    return events;
  }
}

const nothing: AppState = { id: 0, top: 0, oldest: 1, bytes: 0 };
