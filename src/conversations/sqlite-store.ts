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
import { statementsOf, together } from '../sqlite.ts';
import { type FileKind, openFile } from '../sqlite-file.ts';
import { isBefore, type MessagePlace, placeOf } from './place.ts';
import { entryName, entryOf, historyName, messageName, messageOf, tallyOf } from './sqlite-rows.ts';
import { ConversationSweeper } from './sqlite-sweeper.ts';
import { added, upgradeFrom, version } from './sqlite-tables.ts';
import { ConversationWriter } from './sqlite-writer.ts';
import {
  type ConversationStore,
  defaultBounds,
  type Entry,
  emptyTally,
  type HistoryRef,
  type StoreBounds,
  type Tally,
} from './store.ts';
import { type WaitingEntry, WaitingWrites } from './waiting-writes.ts';

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
  readonly #tallies = new LRUCache<string, Tally>({ max: maxCached });
  readonly #waiting = new WaitingWrites();
  #hasLost = false;
  #cancelFlush: (() => void) | null = null;
  #cancelSweep: () => void = () => {};

  /** Throws a `FileError` when the file cannot be used. One of a version that is not known is begun anew, from the log. */
  constructor(options: SqliteConversationStoreOptions) {
    this.bounds = options.bounds ?? defaultBounds;
    this.#options = options;
    this.#database = openFile(options.file, kind, (database, pragma) => {
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;');
      const found = pragma('user_version');
      if (found !== version) database.exec(upgradeFrom(found));
      database.exec(added);
    });
    this.#sql = statementsOf(this.#database);
    const oldest = this.#sql('SELECT min(put_at) AS at FROM messages').get()?.['at'];
    this.#time = new LaggingTime(options.clock, oldest === null ? undefined : Number(oldest) + options.keepMs);
    this.#writer = new ConversationWriter(this.#database, this.bounds);
    this.#sweeper = new ConversationSweeper(this.#database, this.bounds);
    this.#scheduleSweep();
  }

  history({ app, conversation }: HistoryRef, after = Number.MIN_SAFE_INTEGER): readonly Message[] {
    this.#flush();
    const rows = this.#sql(
      `SELECT body FROM messages WHERE app = ? AND conversation = ? AND sent_at > ?
       ORDER BY sent_at DESC, rowid DESC LIMIT ?`,
    ).all(app, conversation, after, this.bounds.maxMessagesEach);
    return rows.map(messageOf).reverse();
  }

  page({ app, conversation }: HistoryRef, before: MessagePlace | undefined, limit: number): readonly Message[] {
    this.#flush();
    const { at, key } = before ?? { at: Number.MAX_SAFE_INTEGER, key: '' };
    // Those of one moment are looked through here: they are few.
    const rows = this.#sql(
      'SELECT body FROM messages WHERE app = ? AND conversation = ? AND sent_at <= ? ORDER BY sent_at DESC, length(key) DESC, key DESC',
    ).iterate(app, conversation, at);
    const page: Message[] = [];
    for (const row of rows) {
      const message = messageOf(row);
      if (isBefore(placeOf(message), { at, key })) page.push(message);
      if (page.length >= limit) break;
    }
    return page;
  }

  oldest({ app, conversation }: HistoryRef): Message | undefined {
    this.#flush();
    const sql = 'SELECT body FROM messages WHERE app = ? AND conversation = ? ORDER BY sent_at LIMIT 1';
    const row = this.#sql(sql).get(app, conversation);
    return row && messageOf(row);
  }

  newest({ app, conversation }: HistoryRef, fits: (message: Message) => boolean): Message | undefined {
    this.#flush();
    const rows = this.#sql(
      'SELECT body FROM messages WHERE app = ? AND conversation = ? ORDER BY sent_at DESC, rowid DESC LIMIT ?',
    ).iterate(app, conversation, this.bounds.maxMessagesEach);
    for (const row of rows) {
      const message = messageOf(row);
      if (fits(message)) return message;
    }
    return undefined;
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
    const known = this.#waiting.messages.get(name) ?? this.#messages.get(name);
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
    this.#waiting.putMessage(name, { ref, message });
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

  tally(ref: HistoryRef): Tally {
    const name = historyName(ref);
    const known = this.#waiting.tallies.get(name)?.tally ?? this.#tallies.get(name);
    if (known) return known;
    const row = this.#sql('SELECT * FROM tallies WHERE app = ? AND conversation = ?').get(ref.app, ref.conversation);
    const tally = row ? tallyOf(row) : emptyTally;
    this.#tallies.set(name, tally);
    return tally;
  }

  putTally(ref: HistoryRef, tally: Tally): void {
    const name = historyName(ref);
    this.#tallies.set(name, tally);
    this.#waiting.tallies.set(name, { ref, tally });
    this.#writeSoon();
  }

  entry(app: string, ownerId: string, peer: Receiver): Entry | undefined {
    const name = entryName(app, ownerId, peer);
    const known = this.#waiting.entries.get(name) ?? this.#entries.get(name);
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
    this.#waiting.applied.set(app, position);
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
    this.#forgetCached();
  }

  #forgetCached(): void {
    this.#messages.clear();
    this.#entries.clear();
    this.#tallies.clear();
  }

  #changeEntry(change: WaitingEntry): void {
    const name = entryName(change.app, change.ownerId, change.peer);
    this.#entries.set(name, { entry: change.entry });
    this.#waiting.putEntry(name, change);
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

  #writeSoon(): void {
    const isFull = this.#waiting.size >= maxWaiting || this.#waiting.bytes >= maxWaitingBytes;
    if (isFull && this.#cancelFlush) this.#flush();
    this.#cancelFlush ??= this.#options.clock.schedule(flushAfterMs, () => this.#flush());
  }

  /** Writes what waits. When the disk does not take it, it waits on, and is still seen by reads of keys. */
  #flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
    if (this.#waiting.isEmpty) return;
    try {
      const now = this.#now();
      together(this.#database, () => {
        this.#writer.putMessages(this.#waiting.messages.values(), now);
        this.#writer.putEntries(this.#waiting.entries.values(), now);
        this.#writer.putTallies(this.#waiting.tallies.values(), now);
        if (!this.#hasLost) this.#writer.putApplied(this.#waiting.applied);
      });
    } catch {
      this.#letGo();
      this.#cancelFlush = this.#options.clock.schedule(retryAfterMs, () => this.#flush());
      return;
    }
    this.#waiting.clear();
  }

  /** What is let go here must be made from the log again, so that the place in it stays where it is until the next start. */
  #letGo(): void {
    if (this.#waiting.size < maxStuck && this.#waiting.bytes < maxStuckBytes) return;
    this.#hasLost = true;
    this.#waiting.drop();
    this.#forgetCached();
  }

  #now(): number {
    return this.#options.clock.now();
  }
}
