import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { type FileKind, openFile, type Pragma } from '../sqlite-file.ts';
import { signedKeys, unsignedKeys } from './sqlite-keys.ts';

/** Marks the files of this kind: `sbEv`. */
const applicationId = 0x73_62_45_76;
/** Of the tables below. A file of an earlier one is brought up to it, one of a later one is not read. */
const version = 2;

const kind: FileKind = {
  what: 'the event log',
  remedy: 'move it away to begin with an empty one, or restore a backup',
  // Offsets are counted in memory, so a second writer must not be.
  isExclusive: true,
};

/**
 * Opens the file of an event log, for this process alone, and makes it where there is none. Throws a `FileError` for a file that
 * is damaged, of another kind or a later version, in use, or cannot be written.
 */
export function openLogFile(file: string, now: number, maxFileBytes?: number): DatabaseSync {
  return openFile(file, kind, (database, pragma, refuse) => {
    const isNew = pragma('schema_version') === 0;
    const found = Number(pragma('user_version'));
    if (!isNew && (pragma('application_id') !== applicationId || found < 1 || found > version))
      refuse('it is of another kind, or of a later version');
    // The log itself waits for the disk, beside the loop: see `DiskSync`. Only checkpoints do so here.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;');
    database.exec('PRAGMA journal_size_limit = 16777216');
    if (maxFileBytes !== undefined)
      database.exec(`PRAGMA max_page_count = ${Math.floor(maxFileBytes / Number(pragma('page_size')))}`);
    makeShrinkable(database, pragma);
    if (isNew || found < version) migrate(database, isNew ? 0 : found, now);
  });
}

/** How SQLite says that a file can be shrunk piece by piece. */
const incremental = 2;

/** A file of an earlier version is written anew for it, once; where the disk has no room for that, the next start tries again. */
function makeShrinkable(database: DatabaseSync, pragma: Pragma): void {
  if (pragma('auto_vacuum') === incremental) return;
  try {
    database.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM');
  } catch {
    // It can be used as it is.
  }
}

/** Pages given back at once, 256 KiB: each takes a tenth of a millisecond, since others are moved for it. */
const pagesAtOnce = 64;
/** Free pages that stay for what comes next: a tenth of the file, and at the least so many. */
const leastSpare = 256;

/** Gives some of the pages back to the disk that nothing is in; whether there are more of them. */
export function giveBack(database: DatabaseSync): boolean {
  const read = (name: string) => Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
  const spare = Math.max(leastSpare, Math.floor(read('page_count') / 10));
  const count = Math.min(read('freelist_count') - spare, pagesAtOnce);
  if (count <= 0) return false;
  database.exec(`PRAGMA incremental_vacuum(${count})`);
  return count === pagesAtOnce;
}

function migrate(database: DatabaseSync, found: number, now: number): void {
  database.exec('BEGIN IMMEDIATE');
  for (const step of migrations.slice(found)) database.exec(step);
  const begin = database.prepare('INSERT OR IGNORE INTO life (id, epoch, fresh, turned_at) VALUES (?, ?, 0, ?)');
  begin.run(signedKeys.life, newEpoch(), now);
  begin.run(unsignedKeys.life, '', now);
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}; COMMIT`);
}

/** Names a life of a log. */
export const newEpoch = (): string => randomUUID().slice(0, 8);

const between = 'WHERE place BETWEEN ? AND ?';

/** What an event log asks its file again and again. */
export const statementTexts = {
  insert: 'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)',
  saveApp: 'INSERT OR REPLACE INTO apps VALUES (?, ?, ?, ?, ?)',
  page: `SELECT place, received_at, body FROM events ${between} ORDER BY place LIMIT ?`,
  pageBack: `SELECT place, received_at, body FROM events ${between} ORDER BY place DESC LIMIT ?`,
  at: 'SELECT place, received_at, body FROM events WHERE place = ?',
  sizes: `SELECT received_at, bytes FROM events ${between} ORDER BY place LIMIT ?`,
  receivedAt: 'SELECT received_at FROM events WHERE place = ?',
  rawAt: 'SELECT raw_at FROM events WHERE place = ?',
  raw: 'SELECT raw FROM events WHERE place = ?',
  letGo: `DELETE FROM events ${between}`,
  fill: 'INSERT INTO probe (filler) VALUES (zeroblob(?))',
  empty: 'DELETE FROM probe',
} as const;

/** Tells one file from another that has its name. */
export function identityOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.dev}:${stat.ino}`;
}

/**
 * What makes a file of each version from one of the version before; the first from nothing.
 *
 * 1: `life` has one row: the epoch, and which of the two generations of keys is the fresh one, and since when. `place` is the
 * app's id and the offset in one number, so that an app's events lie together in their order. `raw` is what the vendor sent, at
 * the first event of a callback; `raw_at` of every event is the offset of that one.
 *
 * 2: `blocks` is the index of events by their subjects and types, one row for a block, at the place of its last event: see `TermBlock`.
 * What nobody signed has keys of its own, and a second row of `life` for them. A row of `apps` is a stream: see `streamsOf`. `probe` is
 * empty but while it is tried whether the disk takes anything. A copy has an empty epoch, and the one it was copied from in `previous`.
 */
const migrations = [
  `CREATE TABLE life (id INTEGER PRIMARY KEY, epoch TEXT NOT NULL, fresh INTEGER NOT NULL, turned_at INTEGER NOT NULL);
  CREATE TABLE apps (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, top INTEGER NOT NULL, oldest INTEGER NOT NULL, bytes INTEGER NOT NULL);
  CREATE TABLE events (place INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, bytes INTEGER NOT NULL, raw_at INTEGER, body BLOB NOT NULL, raw TEXT);
  CREATE TABLE keys_0 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);
  CREATE TABLE keys_1 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);`,
  `CREATE TABLE blocks (place INTEGER PRIMARY KEY, terms BLOB NOT NULL);
  CREATE TABLE unsigned_keys_0 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);
  CREATE TABLE unsigned_keys_1 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);
  CREATE TABLE probe (filler BLOB NOT NULL);
  ALTER TABLE life ADD COLUMN previous TEXT;`,
] as const;
