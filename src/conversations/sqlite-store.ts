import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { ConversationSettings } from '../domain/conversation.ts';
import type { Message, MessageAudience, Receiver } from '../domain/message.ts';
import type { Position } from '../events/log.ts';
import { memoryBytes } from '../json-bytes.ts';
import { LaggingTime } from '../lagging-time.ts';
import { LiveFile } from '../live-file.ts';
import { dateOf, type Row, statementsOf, together } from '../sqlite.ts';
import { type FileKind, openFile } from '../sqlite-file.ts';
import { ConversationSweeper } from './sqlite-sweeper.ts';
import { added, tables } from './sqlite-tables.ts';
import { ConversationWriter, type WaitingEntry, type WaitingMessage } from './sqlite-writer.ts';
import { type ConversationStore, defaultBounds, type Entry, type HistoryRef, type StoreBounds } from './store.ts';

export interface SqliteConversationStoreOptions {
  readonly clock: Clock;
  /** Made when it is not there. */
  readonly file: string;
  readonly bounds?: StoreBounds;
  /** Messages and entries that nothing happened to for so long are forgotten. */
  readonly keepMs: number;
}

/** Writes wait so long to share a transaction: what a crash loses of them is made again from the log. */
const flushAfterMs = 200;
const retryAfterMs = 5_000;
/** Writes that wait at the most: beyond, they go at once. */
const maxWaiting = 5_000;
/** Beyond so many that the disk does not take, the oldest are let go: the next start makes them from the log. */
const maxStuck = 50_000;
const maxCached = 20_000;
/** Memory of the messages that are cached. */
const maxCachedBytes = 16 * 1024 * 1024;
/** Memory of the writes that wait: beyond, they go at once. */
const maxWaitingBytes = 8 * 1024 * 1024;
/** The same of those that the disk does not take: beyond, they are let go. */
const maxStuckBytes = 32 * 1024 * 1024;
const sweepEveryMs = 10_000;
const version = 3;
const kind: FileKind = {
  what: 'the file of conversations',
  remedy: 'restore a backup, or move it away: it is made anew from the event log, without what users set and read',
  isExclusive: false,
};

/**
 * A `ConversationStore` in one file, for one process. Writes are kept in memory and written together; of one conversation only the
 * last state is. Reads by key see them there, reads of lists have them written first.
 */
export class SqliteConversationStore implements ConversationStore {
  readonly bounds: StoreBounds;
  readonly #options: SqliteConversationStoreOptions;
  readonly #time: LaggingTime;
  readonly #database: DatabaseSync;
  readonly #sweeper: ConversationSweeper;
  readonly #writer: ConversationWriter;
  readonly #sql: (text: string) => StatementSync;
  readonly #messages = new LRUCache<string, { readonly message: Message | undefined }>({
    max: maxCached,
    maxSize: maxCachedBytes,
    sizeCalculation: ({ message }) => memoryBytes(message),
  });
  readonly #entries = new LRUCache<string, { readonly entry: Entry | undefined }>({ max: maxCached });
  readonly #applied = new Map<string, Position | undefined>();
  readonly #waitingMessages = new Map<string, WaitingMessage>();
  readonly #waitingEntries = new Map<string, WaitingEntry>();
  readonly #waitingApplied = new Map<string, Position>();
  /** What the messages that wait take in memory. */
  #waitingBytes = 0;
  #hasLost = false;
  #cancelFlush: (() => void) | null = null;
  #cancelSweep: () => void = () => {};

  /** Throws a `FileError` when the file cannot be used. One of another version is begun anew, from the log. */
  constructor(options: SqliteConversationStoreOptions) {
    this.bounds = options.bounds ?? defaultBounds;
    this.#options = options;
    this.#database = openFile(options.file, kind, (database, pragma) => {
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;');
      if (pragma('user_version') !== version) database.exec(`${tables} PRAGMA user_version = ${version};`);
      database.exec(added);
    });
    this.#sql = statementsOf(this.#database);
    const oldest = this.#sql('SELECT min(put_at) AS at FROM messages').get()?.['at'];
    this.#time = new LaggingTime(options.clock, oldest === null ? undefined : Number(oldest) + options.keepMs);
    this.#writer = new ConversationWriter(this.#database, this.bounds);
    this.#sweeper = new ConversationSweeper(this.#database, this.bounds);
    this.#scheduleSweep();
  }

  history({ app, conversation }: HistoryRef): readonly Message[] {
    this.#flush();
    const rows = this.#sql(
      'SELECT body FROM messages WHERE app = ? AND conversation = ? ORDER BY sent_at DESC, rowid DESC LIMIT ?',
    ).all(app, conversation, this.bounds.maxMessagesEach);
    return rows.map(messageOf).reverse();
  }

  message(ref: HistoryRef, key: string, senderId?: string): Message | undefined {
    const { app, conversation } = ref;
    if (senderId === undefined) {
      this.#flush();
      const row = this.#sql('SELECT body FROM messages WHERE app = ? AND conversation = ? AND key = ? LIMIT 1');
      const found = row.get(app, conversation, key);
      return found && messageOf(found);
    }
    const name = messageName(ref, key, senderId);
    const known = this.#waitingMessages.get(name) ?? this.#messages.get(name);
    if (known) return known.message;
    const row = this.#sql(
      'SELECT body FROM messages WHERE app = ? AND conversation = ? AND key = ? AND sender = ?',
    ).get(app, conversation, key, senderId);
    const message = row && messageOf(row);
    this.#messages.set(name, { message });
    return message;
  }

  putMessage(ref: HistoryRef, message: Message): void {
    const name = messageName(ref, message.key, message.senderId);
    this.#messages.set(name, { message });
    this.#waitingMessages.set(name, { ref, message });
    this.#waitingBytes += memoryBytes(message);
    this.#writeSoon();
  }

  audience({ app, conversation }: HistoryRef, key: string): MessageAudience | undefined {
    const row = this.#sql('SELECT body FROM audiences WHERE app = ? AND conversation = ? AND key = ?').get(
      app,
      conversation,
      key,
    );
    return row && (deserialize(row['body'] as Uint8Array) as MessageAudience);
  }

  /** Written at once: what was sent from here no vendor may tell again. */
  putAudience({ app, conversation }: HistoryRef, key: string, audience: MessageAudience): void {
    this.#sql('INSERT OR REPLACE INTO audiences (app, conversation, key, body) VALUES (?, ?, ?, ?)').run(
      app,
      conversation,
      key,
      serialize(audience),
    );
  }

  entry(app: string, ownerId: string, peer: Receiver): Entry | undefined {
    const name = entryName(app, ownerId, peer);
    const known = this.#waitingEntries.get(name) ?? this.#entries.get(name);
    if (known) return known.entry;
    const row = this.#sql('SELECT * FROM entries WHERE app = ? AND owner = ? AND kind = ? AND peer = ?').get(
      app,
      ownerId,
      peer.kind,
      peer.id,
    );
    const entry = row && entryOf(row);
    this.#entries.set(name, { entry });
    return entry;
  }

  entries(app: string, ownerId: string): readonly Entry[] {
    this.#flush();
    return this.#sql('SELECT * FROM entries WHERE app = ? AND owner = ? ORDER BY put_at DESC, rowid DESC LIMIT ?')
      .all(app, ownerId, this.bounds.maxEntriesEach)
      .map(entryOf)
      .reverse();
  }

  putEntry(app: string, ownerId: string, entry: Entry): void {
    this.#changeEntry({ app, ownerId, peer: entry.peer, entry });
  }

  removeEntry(app: string, ownerId: string, peer: Receiver): void {
    this.#changeEntry({ app, ownerId, peer, entry: undefined });
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

  /** Written at once: no event tells it, so that it could not be made again. */
  putSettings(app: string, ownerId: string, { kind, id }: Receiver, settings: ConversationSettings): void {
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
    this.#sql('INSERT OR REPLACE INTO seeded VALUES (?, ?, ?)').run(app, ownerId, this.#now());
  }

  applied(app: string): Position | undefined {
    if (this.#applied.has(app)) return this.#applied.get(app);
    const row = this.#sql('SELECT epoch, offset FROM applied WHERE app = ?').get(app);
    const position = row && { epoch: String(row['epoch']), offset: Number(row['offset']) };
    this.#applied.set(app, position);
    return position;
  }

  setApplied(app: string, position: Position): void {
    this.#applied.set(app, position);
    this.#waitingApplied.set(app, position);
    this.#writeSoon();
  }

  close(): void {
    this.#cancelSweep();
    this.#flush();
    this.#cancelFlush?.();
    this.#database.close();
  }

  /** For copying it while it is in use. */
  get liveFile(): LiveFile {
    return new LiveFile(this.#options.file, this.#database, { flush: () => this.#flush() });
  }

  /** Forgets some of what is too old, and of what is beyond the bounds, that which was written to least lately. */
  sweep(): void {
    this.#flush();
    if (this.#sweeper.sweep(this.#time.now() - this.#options.keepMs) === 0) return;
    this.#messages.clear();
    this.#entries.clear();
  }

  #changeEntry(change: WaitingEntry): void {
    const name = entryName(change.app, change.ownerId, change.peer);
    this.#entries.set(name, { entry: change.entry });
    // Put last, so that what is written last is the newest.
    this.#waitingEntries.delete(name);
    this.#waitingEntries.set(name, change);
    this.#writeSoon();
  }

  #scheduleSweep(): void {
    this.#cancelSweep = this.#options.clock.schedule(sweepEveryMs, () => {
      try {
        this.sweep();
      } catch {
        // A disk that takes nothing: the next sweep may succeed.
      }
      this.#scheduleSweep();
    });
  }

  get #waiting(): number {
    return this.#waitingMessages.size + this.#waitingEntries.size;
  }

  #writeSoon(): void {
    const isFull = this.#waiting >= maxWaiting || this.#waitingBytes >= maxWaitingBytes;
    if (isFull && this.#cancelFlush) this.#flush();
    this.#cancelFlush ??= this.#options.clock.schedule(flushAfterMs, () => this.#flush());
  }

  /** Writes what waits. When the disk does not take it, it waits on, and is still seen by reads of keys. */
  #flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
    if (this.#waiting === 0 && this.#waitingApplied.size === 0) return;
    try {
      const now = this.#now();
      together(this.#database, () => {
        this.#writer.putMessages(this.#waitingMessages.values(), now);
        this.#writer.putEntries(this.#waitingEntries.values(), now);
        if (!this.#hasLost) this.#writer.putApplied(this.#waitingApplied);
      });
    } catch {
      this.#letGo();
      this.#cancelFlush = this.#options.clock.schedule(retryAfterMs, () => this.#flush());
      return;
    }
    this.#waitingMessages.clear();
    this.#waitingEntries.clear();
    this.#waitingApplied.clear();
    this.#waitingBytes = 0;
  }

  /** What is let go here must be made from the log again, so that the place in it stays where it is until the next start. */
  #letGo(): void {
    if (this.#waiting < maxStuck && this.#waitingBytes < maxStuckBytes) return;
    this.#hasLost = true;
    this.#waitingBytes = 0;
    this.#waitingMessages.clear();
    this.#waitingEntries.clear();
    this.#messages.clear();
    this.#entries.clear();
  }

  #now(): number {
    return this.#options.clock.now();
  }
}

const messageName = ({ app, conversation }: HistoryRef, key: string, senderId: string) =>
  JSON.stringify([app, conversation, key, senderId]);

const entryName = (app: string, ownerId: string, { kind, id }: Receiver) => JSON.stringify([app, ownerId, kind, id]);

const messageOf = (row: Row): Message => deserialize(row['body'] as Uint8Array) as Message;

const entryOf = (row: Row): Entry => ({
  peer: { kind: row['kind'] as Receiver['kind'], id: String(row['peer']) },
  listedAt: dateOf(row['listed_at']),
  readAt: dateOf(row['read_at']),
  isPinned: row['pinned'] === null ? null : row['pinned'] === 1,
});
