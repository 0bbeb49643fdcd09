import { randomUUID } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';
import type { Clock } from '../clock.ts';
import type { DraftEvent } from '../domain/event.ts';
import type { EventLog, LogSlice, Position, StoredEvent } from './log.ts';

export interface SqliteLogOptions {
  readonly clock: Clock;
  /** Made when it is not there. `:memory:` for none. */
  readonly file: string;
  /** Events kept for each app, and up to a tenth more; the oldest go first. */
  readonly maxEvents?: number;
  /** Keys of events remembered for each app, for dropping repeats. */
  readonly maxKeys?: number;
}

interface Pending {
  readonly app: string;
  readonly drafts: readonly DraftEvent[];
  readonly resolve: (events: readonly StoredEvent[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Row {
  readonly offset: number;
  readonly received_at: number;
  readonly body: Uint8Array;
}

/** Appends that wait for the disk at the most; more are refused, and the vendor sends them again. */
const maxPending = 10_000;

/**
 * An `EventLog` in one file, for one process. What an append resolved for is on the disk: a crash loses nothing of it. Appends of one
 * turn of the loop share a transaction, since the disk's own write is what takes time.
 */
export class SqliteLog implements EventLog {
  readonly #options: Required<SqliteLogOptions>;
  readonly #database: DatabaseSync;
  readonly #epoch: string;
  readonly #tops = new Map<string, number>();
  readonly #listeners = new Map<string, Set<(events: readonly StoredEvent[]) => void>>();
  readonly #statements: Readonly<Record<'insert' | 'addKey' | 'read' | 'oldest' | 'trim' | 'trimKeys', StatementSync>>;
  #pending: Pending[] = [];

  /** Throws when the file cannot be opened or is no log. */
  constructor(options: SqliteLogOptions) {
    this.#options = { maxEvents: 100_000, maxKeys: 500_000, ...options };
    this.#database = new DatabaseSync(options.file);
    this.#database.exec(schema);
    this.#database.prepare("INSERT OR IGNORE INTO meta VALUES ('epoch', ?)").run(randomUUID().slice(0, 8));
    this.#epoch = String(this.#database.prepare("SELECT value FROM meta WHERE name = 'epoch'").get()?.['value']);
    for (const row of this.#database.prepare('SELECT app, top FROM tops').all())
      this.#tops.set(String(row['app']), Number(row['top']));
    this.#statements = {
      insert: this.#database.prepare('INSERT INTO events (app, offset, received_at, body) VALUES (?, ?, ?, ?)'),
      addKey: this.#database.prepare('INSERT OR IGNORE INTO keys (app, key, offset) VALUES (?, ?, ?)'),
      read: this.#database.prepare(
        'SELECT offset, received_at, body FROM events WHERE app = ? AND offset > ? ORDER BY offset LIMIT ?',
      ),
      oldest: this.#database.prepare('SELECT min(offset) AS offset FROM events WHERE app = ?'),
      trim: this.#database.prepare('DELETE FROM events WHERE app = ? AND offset <= ?'),
      trimKeys: this.#database.prepare('DELETE FROM keys WHERE app = ? AND offset <= ?'),
    };
  }

  append(app: string, drafts: readonly DraftEvent[]): Promise<readonly StoredEvent[]> {
    if (this.#pending.length >= maxPending) return Promise.reject(new Error('too many events wait for the disk'));
    return new Promise((resolve, reject) => {
      this.#pending.push({ app, drafts, resolve, reject });
      if (this.#pending.length === 1) setImmediate(() => this.#flush());
    });
  }

  async read(app: string, after: Position, limit: number): Promise<LogSlice> {
    const from = (offset: number) =>
      (this.#statements.read.all(app, offset, limit) as unknown as Row[]).map((row) => this.#event(app, row));
    const { offset: top } = this.top(app);
    if (after.epoch !== this.#epoch || after.offset > top) return { events: from(0), gap: 'LOG_LOST' };
    const oldest = Number(this.#statements.oldest.get(app)?.['offset'] ?? top + 1);
    if (after.offset + 1 < oldest) return { events: from(0), gap: 'EXPIRED' };
    return { events: from(after.offset), gap: null };
  }

  top(app: string): Position {
    return { epoch: this.#epoch, offset: this.#tops.get(app) ?? 0 };
  }

  onAppend(app: string, listener: (events: readonly StoredEvent[]) => void): () => void {
    const listeners = this.#listeners.get(app) ?? new Set();
    this.#listeners.set(app, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Writes what waits, and closes the file. */
  close(): void {
    this.#flush();
    this.#database.close();
  }

  /** One transaction for all that waits: all of it is on the disk, or none, and then everybody is told so. */
  #flush(): void {
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length === 0) return;
    const before = new Map(this.#tops);
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const stored = pending.map(({ app, drafts }) => drafts.flatMap((draft) => this.#insert(app, draft)));
      for (const app of new Set(pending.map((each) => each.app))) this.#keep(app);
      this.#database.exec('COMMIT');
      pending.forEach(({ app, resolve }, index) => {
        const events = stored[index] ?? [];
        resolve(events);
        if (events.length > 0) for (const listener of this.#listeners.get(app) ?? []) listener(events);
      });
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#tops.clear();
      for (const [app, top] of before) this.#tops.set(app, top);
      for (const { reject } of pending) reject(error);
    }
  }

  /** The event, or nothing when its key is known. */
  #insert(app: string, draft: DraftEvent): StoredEvent[] {
    const offset = (this.#tops.get(app) ?? 0) + 1;
    if (this.#statements.addKey.run(app, draft.dedupeKey, offset).changes === 0) return [];
    const receivedAt = this.#options.clock.now();
    this.#statements.insert.run(app, offset, receivedAt, serialize(draft));
    this.#tops.set(app, offset);
    return [{ app, epoch: this.#epoch, offset, receivedAt, draft }];
  }

  /** Notes the newest place, and trims in strides. */
  #keep(app: string): void {
    const { maxEvents, maxKeys } = this.#options;
    const top = this.#tops.get(app) ?? 0;
    this.#database
      .prepare('INSERT INTO tops VALUES (?, ?) ON CONFLICT (app) DO UPDATE SET top = excluded.top')
      .run(app, top);
    const oldest = Number(this.#statements.oldest.get(app)?.['offset'] ?? top);
    if (top - oldest < maxEvents * 1.1) return;
    this.#statements.trim.run(app, top - maxEvents);
    this.#statements.trimKeys.run(app, top - maxKeys);
  }

  #event(app: string, { offset, received_at, body }: Row): StoredEvent {
    return { app, epoch: this.#epoch, offset, receivedAt: received_at, draft: deserialize(body) as DraftEvent };
  }
}

const schema = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tops (app TEXT PRIMARY KEY, top INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS events (app TEXT, offset INTEGER, received_at INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (app, offset)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS keys (app TEXT, key TEXT, offset INTEGER NOT NULL, PRIMARY KEY (app, key)) WITHOUT ROWID;
`;
