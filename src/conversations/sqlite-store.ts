import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';
import type { Clock } from '../clock.ts';
import type { ConversationSettings } from '../domain/conversation.ts';
import type { Message, Receiver } from '../domain/message.ts';
import type { Position } from '../events/log.ts';
import {
  type ConversationStore,
  defaultBounds,
  type Entry,
  type HistoryRef,
  type StoreBounds,
  timeOf,
} from './store.ts';

export interface SqliteConversationStoreOptions {
  readonly clock: Clock;
  /** Made when it is not there. */
  readonly file: string;
  readonly bounds?: StoreBounds;
  /** Messages and entries that nothing happened to for so long are forgotten. */
  readonly keepMs: number;
}

/** Writes that share a transaction: what a crash may lose is made again from the log. */
const flushAfterMs = 200;
const sweepEveryMs = 10 * 60_000;
const version = 2;

type Row = Readonly<Record<string, unknown>>;

/** A `ConversationStore` in one file, for one process. */
export class SqliteConversationStore implements ConversationStore {
  readonly bounds: StoreBounds;
  readonly #options: SqliteConversationStoreOptions;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #cancelFlush: () => void = () => {};
  #cancelSweep: () => void = () => {};
  #isWriting = false;

  /** Throws when the file cannot be opened. One of another version is begun anew, from the log. */
  constructor(options: SqliteConversationStoreOptions) {
    this.bounds = options.bounds ?? defaultBounds;
    this.#options = options;
    this.#database = new DatabaseSync(options.file);
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;');
    const found = Number(this.#database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (found !== version) this.#database.exec(`${dropped} ${schema} PRAGMA user_version = ${version};`);
    this.#scheduleSweep();
  }

  history({ app, conversation }: HistoryRef): readonly Message[] {
    const rows = this.#sql(
      'SELECT body FROM messages WHERE app = ? AND conversation = ? ORDER BY sent_at DESC, rowid DESC LIMIT ?',
    ).all(app, conversation, this.bounds.maxMessagesEach);
    return rows.map(messageOf).reverse();
  }

  message({ app, conversation }: HistoryRef, key: string, senderId?: string): Message | undefined {
    const row =
      senderId === undefined
        ? this.#sql('SELECT body FROM messages WHERE app = ? AND conversation = ? AND key = ? LIMIT 1').get(
            app,
            conversation,
            key,
          )
        : this.#sql('SELECT body FROM messages WHERE app = ? AND conversation = ? AND key = ? AND sender = ?').get(
            app,
            conversation,
            key,
            senderId,
          );
    return row && messageOf(row);
  }

  putMessage({ app, conversation }: HistoryRef, message: Message): void {
    this.#begin();
    this.#sql(
      `INSERT INTO messages (app, conversation, key, sender, sent_at, put_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (app, conversation, key, sender) DO UPDATE SET sent_at = excluded.sent_at, put_at = excluded.put_at, body = excluded.body`,
    ).run(app, conversation, message.key, message.senderId, timeOf(message), this.#now(), serialize(message));
  }

  entry(app: string, ownerId: string, peer: Receiver): Entry | undefined {
    const row = this.#sql('SELECT * FROM entries WHERE app = ? AND owner = ? AND kind = ? AND peer = ?').get(
      app,
      ownerId,
      peer.kind,
      peer.id,
    );
    return row && entryOf(row);
  }

  entries(app: string, ownerId: string): readonly Entry[] {
    return this.#sql('SELECT * FROM entries WHERE app = ? AND owner = ? ORDER BY put_at LIMIT ?')
      .all(app, ownerId, this.bounds.maxEntriesEach)
      .map(entryOf);
  }

  putEntry(app: string, ownerId: string, { peer, listedAt, readAt, isPinned }: Entry): void {
    this.#begin();
    const isNew = this.entry(app, ownerId, peer) === undefined;
    this.#sql(
      `INSERT INTO entries (app, owner, kind, peer, listed_at, read_at, pinned, put_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (app, owner, kind, peer) DO UPDATE SET
         listed_at = excluded.listed_at, read_at = excluded.read_at, pinned = excluded.pinned, put_at = excluded.put_at`,
    ).run(
      app,
      ownerId,
      peer.kind,
      peer.id,
      listedAt?.getTime() ?? null,
      readAt?.getTime() ?? null,
      isPinned === null ? null : Number(isPinned),
      this.#now(),
    );
    if (isNew)
      this.#sql(
        `DELETE FROM entries WHERE rowid IN
          (SELECT rowid FROM entries WHERE app = ? AND owner = ? ORDER BY put_at DESC, rowid DESC LIMIT -1 OFFSET ?)`,
      ).run(app, ownerId, this.bounds.maxEntriesEach);
  }

  removeEntry(app: string, ownerId: string, peer: Receiver): void {
    this.#begin();
    this.#sql('DELETE FROM entries WHERE app = ? AND owner = ? AND kind = ? AND peer = ?').run(
      app,
      ownerId,
      peer.kind,
      peer.id,
    );
  }

  settings(app: string, ownerId: string, peer: Receiver): ConversationSettings | undefined {
    const row = this.#sql('SELECT body FROM settings WHERE app = ? AND owner = ? AND kind = ? AND peer = ?').get(
      app,
      ownerId,
      peer.kind,
      peer.id,
    );
    return row && (deserialize(row['body'] as Uint8Array) as ConversationSettings);
  }

  putSettings(app: string, ownerId: string, { kind, id }: Receiver, settings: ConversationSettings): void {
    this.#begin();
    this.#sql('INSERT OR REPLACE INTO settings (app, owner, kind, peer, body) VALUES (?, ?, ?, ?, ?)').run(
      app,
      ownerId,
      kind,
      id,
      serialize(settings),
    );
  }

  isSeeded(app: string, ownerId: string): boolean {
    return this.#sql('SELECT 1 FROM seeded WHERE app = ? AND owner = ?').get(app, ownerId) !== undefined;
  }

  markSeeded(app: string, ownerId: string): void {
    this.#begin();
    this.#sql('INSERT OR REPLACE INTO seeded VALUES (?, ?, ?)').run(app, ownerId, this.#now());
  }

  applied(app: string): Position | undefined {
    const row = this.#sql('SELECT epoch, offset FROM applied WHERE app = ?').get(app);
    return row && { epoch: String(row['epoch']), offset: Number(row['offset']) };
  }

  setApplied(app: string, { epoch, offset }: Position): void {
    this.#begin();
    this.#sql('INSERT OR REPLACE INTO applied VALUES (?, ?, ?)').run(app, epoch, offset);
  }

  close(): void {
    this.#cancelSweep();
    this.#flush();
    this.#database.close();
  }

  /** Forgets what is too old, and the histories and owners beyond the bounds, those least written to first. */
  sweep(): void {
    this.#begin();
    const { bounds } = this;
    const before = this.#now() - this.#options.keepMs;
    for (const table of ['messages', 'entries', 'seeded'])
      this.#sql(`DELETE FROM ${table} WHERE put_at < ?`).run(before);
    this.#sql(
      `DELETE FROM messages WHERE rowid IN (SELECT rowid FROM
        (SELECT rowid, row_number() OVER (PARTITION BY app, conversation ORDER BY sent_at DESC, rowid DESC) AS place FROM messages)
        WHERE place > ?)`,
    ).run(bounds.maxMessagesEach);
    this.#sql(
      `DELETE FROM messages WHERE (app, conversation) IN
        (SELECT app, conversation FROM messages GROUP BY app, conversation ORDER BY max(put_at) DESC LIMIT -1 OFFSET ?)`,
    ).run(bounds.maxHistories);
    this.#sql(
      `DELETE FROM entries WHERE (app, owner) IN
        (SELECT app, owner FROM entries GROUP BY app, owner ORDER BY max(put_at) DESC LIMIT -1 OFFSET ?)`,
    ).run(bounds.maxOwners);
    this.#sql(
      'DELETE FROM settings WHERE rowid IN (SELECT rowid FROM settings ORDER BY rowid DESC LIMIT -1 OFFSET ?)',
    ).run(bounds.maxOwners);
    this.#flush();
  }

  #scheduleSweep(): void {
    this.#cancelSweep = this.#options.clock.schedule(sweepEveryMs, () => {
      this.sweep();
      this.#scheduleSweep();
    });
  }

  #begin(): void {
    if (this.#isWriting) return;
    this.#database.exec('BEGIN');
    this.#isWriting = true;
    this.#cancelFlush = this.#options.clock.schedule(flushAfterMs, () => this.#flush());
  }

  #flush(): void {
    this.#cancelFlush();
    if (!this.#isWriting) return;
    this.#isWriting = false;
    this.#database.exec('COMMIT');
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #sql(text: string): StatementSync {
    const known = this.#statements.get(text) ?? this.#database.prepare(text);
    this.#statements.set(text, known);
    return known;
  }
}

const messageOf = (row: Row): Message => deserialize(row['body'] as Uint8Array) as Message;

const dateOf = (value: unknown): Date | null => (typeof value === 'number' ? new Date(value) : null);

const entryOf = (row: Row): Entry => ({
  peer: { kind: row['kind'] as Receiver['kind'], id: String(row['peer']) },
  listedAt: dateOf(row['listed_at']),
  readAt: dateOf(row['read_at']),
  isPinned: row['pinned'] === null ? null : row['pinned'] === 1,
});

const dropped = ['messages', 'entries', 'settings', 'seeded', 'applied']
  .map((table) => `DROP TABLE IF EXISTS ${table};`)
  .join(' ');

const schema = `
CREATE TABLE IF NOT EXISTS messages (app TEXT, conversation TEXT, key TEXT, sender TEXT, sent_at INTEGER NOT NULL, put_at INTEGER NOT NULL,
  body BLOB NOT NULL, UNIQUE (app, conversation, key, sender));
CREATE INDEX IF NOT EXISTS messages_by_time ON messages (app, conversation, sent_at);
CREATE TABLE IF NOT EXISTS entries (app TEXT, owner TEXT, kind TEXT, peer TEXT, listed_at INTEGER, read_at INTEGER, pinned INTEGER,
  put_at INTEGER NOT NULL, UNIQUE (app, owner, kind, peer));
CREATE TABLE IF NOT EXISTS settings (app TEXT, owner TEXT, kind TEXT, peer TEXT, body BLOB NOT NULL, UNIQUE (app, owner, kind, peer));
CREATE TABLE IF NOT EXISTS seeded (app TEXT, owner TEXT, put_at INTEGER NOT NULL, PRIMARY KEY (app, owner)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS applied (app TEXT PRIMARY KEY, epoch TEXT NOT NULL, offset INTEGER NOT NULL) WITHOUT ROWID;
`;
