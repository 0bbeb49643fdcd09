import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { statementsOf, together } from '../sqlite.ts';
import type { StoreBounds } from './store.ts';

/** Rows let go at once, so that nobody waits long for a sweep. */
const sweepRows = 10_000;
/** Counting a large table takes time: what is too much of it is counted at every so many sweeps. */
const countEvery = 30;
/** Messages and entries that there may be for each history and owner, on the whole. */
const averageLength = 50;

/** How rows of a table are named, and which go first. */
const tables = {
  messages: { key: 'rowid', order: 'put_at' },
  entries: { key: 'rowid', order: 'put_at' },
  tallies: { key: 'rowid', order: 'put_at' },
  seeded: { key: 'app, owner', order: 'put_at' },
  // Nothing tells when they were used: they go by the order in which they came.
  settings: { key: 'rowid', order: null },
  audiences: { key: 'rowid', order: null },
} as const;

type Table = keyof typeof tables;

/** Lets go what a store of conversations keeps too long, or too much of: a little at a time. */
export class ConversationSweeper {
  readonly #database: DatabaseSync;
  readonly #sql: (text: string) => StatementSync;
  readonly #most: Readonly<Record<Table, number>>;
  readonly #excess = new Map<Table, number>();
  #sweeps = 0;

  constructor(
    database: DatabaseSync,
    { maxHistories, maxMessagesEach, maxOwners, maxEntriesEach, maxAudiences }: StoreBounds,
  ) {
    this.#database = database;
    this.#sql = statementsOf(database);
    this.#most = {
      messages: maxHistories * Math.min(maxMessagesEach, averageLength),
      entries: maxOwners * Math.min(maxEntriesEach, averageLength),
      tallies: maxHistories,
      seeded: maxOwners,
      settings: maxOwners,
      audiences: maxAudiences,
    };
  }

  /**
   * Forgets what was last written before `before`, and what is beyond the bounds; gives how many rows. Throws when the disk takes
   * nothing; then all stays.
   */
  sweep(before: number): number {
    if (this.#sweeps % countEvery === 0) this.#count();
    this.#sweeps += 1;
    return together(this.#database, () =>
      (Object.keys(tables) as Table[]).reduce((rows, table) => rows + this.#sweepTable(table, before), 0),
    );
  }

  #sweepTable(table: Table, before: number): number {
    const { key, order } = tables[table];
    const excess = this.#excess.get(table) ?? 0;
    const rows = `(${key}) IN (SELECT ${key} FROM ${table}`;
    let gone = 0;
    if (excess > 0) {
      const sql = `DELETE FROM ${table} WHERE ${rows} ORDER BY ${order ?? 'rowid'} LIMIT ?)`;
      gone += Number(this.#sql(sql).run(Math.min(sweepRows, excess)).changes);
      this.#excess.set(table, Math.max(0, excess - sweepRows));
    }
    if (order) {
      const sql = `DELETE FROM ${table} WHERE ${rows} WHERE ${order} < ? LIMIT ?)`;
      gone += Number(this.#sql(sql).run(before, sweepRows).changes);
    }
    return gone;
  }

  #count(): void {
    for (const table of Object.keys(tables) as Table[]) {
      const rows = Number(this.#sql(`SELECT count(*) AS rows FROM ${table}`).get()?.['rows']);
      this.#excess.set(table, Math.max(0, rows - this.#most[table]));
    }
  }
}
