import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { serialize } from 'node:v8';
import { LRUCache } from 'lru-cache';
import type { Position } from '../events/log.ts';
import { statementsOf } from '../sqlite.ts';
import { type HistoryRef, type StoreBounds, timeOf } from './store.ts';
import type { WaitingEntry, WaitingMessage, WaitingTally } from './waiting-writes.ts';

/** A history is cut back when it is so much longer than it may be. */
const leastCut = 50;
const maxCounted = 20_000;

/** Writes what waits, inside a transaction of the caller's. */
export class ConversationWriter {
  readonly #sql: (text: string) => StatementSync;
  readonly #bounds: StoreBounds;
  readonly #putsSinceCut = new LRUCache<string, number>({ max: maxCounted });

  constructor(database: DatabaseSync, bounds: StoreBounds) {
    this.#sql = statementsOf(database);
    this.#bounds = bounds;
  }

  putMessages(waiting: Iterable<WaitingMessage>, now: number): void {
    const insert = this.#sql(
      `INSERT INTO messages (app, conversation, key, sender, sent_at, put_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (app, conversation, key, sender) DO UPDATE SET sent_at = excluded.sent_at, put_at = excluded.put_at, body = excluded.body`,
    );
    for (const { ref, message } of waiting) {
      const { app, conversation } = ref;
      insert.run(app, conversation, message.key, message.senderId, timeOf(message), now, serialize(message));
      this.#cut(ref);
    }
  }

  /** Keeps a history at its length, not at every message. */
  #cut({ app, conversation }: HistoryRef): void {
    const name = `${app} ${conversation}`;
    const every = Math.max(leastCut, this.#bounds.maxKeptEach / 100);
    const puts = (this.#putsSinceCut.get(name) ?? 0) + 1;
    this.#putsSinceCut.set(name, puts % every);
    if (puts < every) return;
    this.#sql(
      `DELETE FROM messages WHERE rowid IN
        (SELECT rowid FROM messages WHERE app = ? AND conversation = ? ORDER BY sent_at DESC, rowid DESC LIMIT -1 OFFSET ?)`,
    ).run(app, conversation, this.#bounds.maxKeptEach);
  }

  putEntries(waiting: Iterable<WaitingEntry>, now: number): void {
    const insert = this.#sql(
      `INSERT OR REPLACE INTO entries (app, owner, kind, peer, listed_at, read_at, pinned, put_at, read_count, hidden_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const remove = this.#sql('DELETE FROM entries WHERE app = ? AND owner = ? AND kind = ? AND peer = ?');
    for (const { app, ownerId, peer, entry } of waiting) {
      if (!entry) remove.run(app, ownerId, peer.kind, peer.id);
      else {
        const { listedAt, readAt, isPinned, readCount = null, hiddenAt = null } = entry;
        const pinned = isPinned === null ? null : Number(isPinned);
        const times = [listedAt?.getTime() ?? null, readAt?.getTime() ?? null] as const;
        insert.run(app, ownerId, peer.kind, peer.id, ...times, pinned, now, readCount, hiddenAt);
      }
    }
  }

  putTallies(waiting: Iterable<WaitingTally>, now: number): void {
    const insert = this.#sql(
      `INSERT OR REPLACE INTO tallies (app, conversation, since, latest_at, kept, counted, is_over, put_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const { ref, tally } of waiting) {
      const { since, latestAt, kept, counted, isOver } = tally;
      const times = [since?.getTime() ?? null, latestAt?.getTime() ?? null] as const;
      insert.run(ref.app, ref.conversation, ...times, kept, counted, Number(isOver), now);
    }
  }

  putApplied(waiting: ReadonlyMap<string, Position>): void {
    for (const [app, { epoch, offset }] of waiting)
      this.#sql('INSERT OR REPLACE INTO applied VALUES (?, ?, ?)').run(app, epoch, offset);
  }
}
