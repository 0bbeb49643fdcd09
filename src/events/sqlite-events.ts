import type { DatabaseSync } from 'node:sqlite';
import { deserialize } from 'node:v8';
import type { Clock } from '../clock.ts';
import type { DraftEvent } from '../domain/event.ts';
import { fingerprint, tagOf } from './fingerprint.ts';
import { type RawCallback, type Retention, type Seal, SealError, type StoredEvent } from './log.ts';
import { isOverdue, isPast, type Kept } from './retention.ts';
import { identityOf, openLogFile, statementsOf } from './sqlite-file.ts';
import { SqliteKeys } from './sqlite-keys.ts';

/** What the file has of an app; `oldest` is the offset of the first event kept, one after the top when there is none. */
export interface AppState {
  readonly id: number;
  readonly top: number;
  readonly oldest: number;
  readonly bytes: number;
}

/** An append as it is written. */
export interface Appending {
  readonly app: string;
  readonly drafts: readonly { readonly draft: DraftEvent; readonly body: Uint8Array }[];
  readonly raw: string | null;
  readonly seal: Seal | undefined;
}

export interface SqliteEventsOptions {
  readonly clock: Clock;
  readonly file: string;
  readonly retention: Retention;
  readonly maxKeys: number;
  readonly maxFileBytes: number | undefined;
}

/** A page of a read is no longer than this, nor heavier: reading is done on the loop. */
const maxPage = 500;
const maxPageBytes = 1024 * 1024;
/** Offsets of one app: its id stands above them, and both fit in a number. */
const offsets = 2 ** 40;

const nothing: AppState = { id: 0, top: 0, oldest: 1, bytes: 0 };

/** The events and keys in the file of a log. What is done in a transaction is written then, but not on the disk yet. */
export class SqliteEvents {
  readonly epoch: string;
  readonly #clock: Clock;
  readonly #retention: Retention;
  readonly #file: string;
  readonly #identity: string | undefined;
  readonly #database: DatabaseSync;
  readonly #keys: SqliteKeys;
  readonly #statements: ReturnType<typeof statementsOf>;
  #apps = new Map<string, AppState>();

  /** Throws a `LogFileError` when the file cannot be used. */
  constructor({ clock, file, retention, maxKeys, maxFileBytes }: SqliteEventsOptions) {
    this.#clock = clock;
    this.#file = file;
    this.#retention = retention;
    this.#database = openLogFile(file, clock.now(), maxFileBytes);
    this.#identity = identityOf(file);
    this.#keys = new SqliteKeys(this.#database, clock, maxKeys);
    this.#statements = statementsOf(this.#database);
    this.epoch = String(this.#database.prepare('SELECT epoch FROM life').get()?.['epoch']);
    for (const row of this.#database.prepare('SELECT name, id, top, oldest, bytes FROM apps').all()) {
      const { name, ...state } = row as unknown as AppState & { readonly name: string };
      this.#apps.set(name, state);
    }
  }

  get apps(): ReadonlyMap<string, AppState> {
    return this.#apps;
  }

  stateOf(app: string): AppState {
    return this.#apps.get(app) ?? nothing;
  }

  /** The tag of what came with a signature; 0 when it did not come. */
  tagOfSeal(app: string, signature: string): number {
    return this.#keys.get(fingerprint(app, signature, true));
  }

  /** Does it in a transaction. When it throws, or the disk does, everything is as it was before. */
  transact<T>(task: () => T): T {
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
      this.#keys.commit();
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#apps = before;
      this.#keys.rollback();
      throw error;
    }
  }

  /** The events that are new; nothing is written for those that are not, nor where the seal is broken. */
  insert({ app, drafts, raw, seal }: Appending): readonly StoredEvent[] | SealError {
    if (seal) {
      const tag = tagOf(seal.content);
      const known = this.tagOfSeal(app, seal.signature);
      if (known !== 0) return known === tag ? [] : new SealError();
      this.#keys.add(fingerprint(app, seal.signature, true), tag);
    }
    const fresh = drafts.filter(({ draft }) => {
      const key = fingerprint(app, draft.dedupeKey);
      if (this.#keys.get(key) !== 0) return false;
      this.#keys.add(key, 1);
      return true;
    });
    if (fresh.length === 0) return [];
    const state = this.#apps.get(app) ?? { ...nothing, id: this.#apps.size + 1 };
    const receivedAt = this.#clock.now();
    let bytes = 0;
    const events = fresh.map(({ draft, body }, index): StoredEvent => {
      const offset = state.top + 1 + index;
      const rawHere = index === 0 ? raw : null;
      const size = body.byteLength + (rawHere?.length ?? 0);
      const rawAt = raw ? state.top + 1 : null;
      this.#statements.insert.run(state.id * offsets + offset, receivedAt, size, rawAt, body, rawHere);
      bytes += size;
      return { app, epoch: this.epoch, offset, receivedAt, draft };
    });
    this.#apps.set(app, { ...state, top: state.top + events.length, bytes: state.bytes + bytes });
    return events;
  }

  /** Lets the oldest events go that are past their retention, or up to an offset, but only so many. */
  letGo(app: string, most: number, upTo = 0): void {
    const state = this.#apps.get(app);
    if (!state) return;
    const { id, top } = state;
    let { oldest, bytes } = state;
    const rows = this.#statements.sizes.iterate(id * offsets + oldest, id * offsets + top, most);
    for (const row of rows) {
      const kept = { events: top - oldest + 1, bytes, oldestAt: Number(row['received_at']) };
      if (oldest > upTo && !isPast(this.#retention, kept, this.#clock.now())) break;
      oldest += 1;
      bytes -= Number(row['bytes']);
    }
    if (oldest === state.oldest) return;
    this.#statements.letGo.run(id * offsets + state.oldest, id * offsets + oldest - 1);
    this.#apps.set(app, { ...state, oldest, bytes });
  }

  /** Whether an app has so much that it is time to let go. */
  isOverdue(app: string): boolean {
    const { id, top, oldest, bytes } = this.stateOf(app);
    const at = top < oldest ? undefined : this.#statements.receivedAt.get(id * offsets + oldest)?.['received_at'];
    const kept: Kept = { events: top - oldest + 1, bytes, oldestAt: Number(at ?? Number.POSITIVE_INFINITY) };
    return isOverdue(this.#retention, kept, this.#clock.now());
  }

  /** The events at these offsets, or the first of them. */
  page(app: string, from: number, to: number, limit: number): readonly StoredEvent[] {
    const { id } = this.stateOf(app);
    const events: StoredEvent[] = [];
    let bytes = 0;
    const rows = this.#statements.page.iterate(id * offsets + from, id * offsets + to, Math.min(limit, maxPage));
    for (const { place, received_at, body } of rows as Iterable<Record<string, unknown>>) {
      if (!(body instanceof Uint8Array)) break;
      const draft = deserialize(body) as DraftEvent;
      const offset = Number(place) % offsets;
      events.push({ app, epoch: this.epoch, offset, receivedAt: Number(received_at), draft });
      bytes += body.byteLength;
      if (bytes > maxPageBytes) break;
    }
    return events;
  }

  /** What the vendor sent for an event that is there. */
  rawOf(app: string, offset: number): RawCallback | null {
    const { id } = this.stateOf(app);
    const rawAt = this.#statements.rawAt.get(id * offsets + offset)?.['raw_at'];
    if (typeof rawAt !== 'number') return null;
    const raw = this.#statements.raw.get(id * offsets + rawAt)?.['raw'];
    return typeof raw === 'string' ? (JSON.parse(raw) as RawCallback) : null;
  }

  close(): void {
    this.#database.close();
  }
}
