import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { signedKeys, unsignedKeys } from './sqlite-keys.ts';

/** Marks the files of this kind: `sbEv`. */
const applicationId = 0x73_62_45_76;
/** Of the tables below. A file of an earlier one is brought up to it, one of a later one is not read. */
const version = 2;

/** Why the file of an event log cannot be used, in words for an operator. */
export class LogFileError extends Error {
  constructor(file: string, reason: string, cause?: unknown) {
    super(`the event log ${file} cannot be used: ${reason}`, { cause });
    this.name = 'LogFileError';
  }
}

/**
 * Opens the file of an event log, for this process alone, and makes it where there is none. Throws a `LogFileError` for a file that
 * is damaged, of another kind or version, in use, or cannot be written.
 */
export function openLogFile(file: string, now: number, maxFileBytes?: number): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    const pragma = (name: string) => Object.values(database?.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    // Held until the process ends, however it ends: offsets are counted in memory, so a second writer must not be.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    const isNew = pragma('schema_version') === 0;
    const found = Number(pragma('user_version'));
    if (!isNew && (pragma('application_id') !== applicationId || found < 1 || found > version))
      throw new LogFileError(file, 'it is of another kind, or of a later version');
    // The log itself waits for the disk, beside the loop: see `DiskSync`. Only checkpoints do so here.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;');
    database.exec('PRAGMA journal_size_limit = 16777216');
    if (maxFileBytes !== undefined)
      database.exec(`PRAGMA max_page_count = ${Math.floor(maxFileBytes / Number(pragma('page_size')))}`);
    const health = pragma('quick_check(1)');
    if (health !== 'ok')
      throw new LogFileError(file, `it is damaged (${health}): move it away to begin with an empty one`);
    if (isNew || found < version) {
      database.exec('BEGIN IMMEDIATE');
      for (const step of migrations.slice(isNew ? 0 : found)) database.exec(step);
      const begin = database.prepare('INSERT OR IGNORE INTO life VALUES (?, ?, 0, ?)');
      begin.run(signedKeys.life, randomUUID().slice(0, 8), now);
      begin.run(unsignedKeys.life, '', now);
      database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}; COMMIT`);
    }
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof LogFileError) throw error;
    throw new LogFileError(file, reasonOf(error), error);
  }
}

const between = 'WHERE place BETWEEN ? AND ?';

/** What an event log asks its file again and again. */
export const statementTexts = {
  insert: 'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)',
  saveApp: 'INSERT OR REPLACE INTO apps VALUES (?, ?, ?, ?, ?)',
  page: `SELECT place, received_at, body FROM events ${between} ORDER BY place LIMIT ?`,
  at: 'SELECT place, received_at, body FROM events WHERE place = ?',
  sizes: `SELECT received_at, bytes FROM events ${between} ORDER BY place LIMIT ?`,
  receivedAt: 'SELECT received_at FROM events WHERE place = ?',
  rawAt: 'SELECT raw_at FROM events WHERE place = ?',
  raw: 'SELECT raw FROM events WHERE place = ?',
  letGo: `DELETE FROM events ${between}`,
} as const;

/** Tells one file from another that has its name. */
export function identityOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.dev}:${stat.ino}`;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/locked|busy/.test(message)) return 'another process uses it';
  if (/not a database|malformed|corrupt/.test(message))
    return `it is damaged, or no event log (${message}): move it away to begin with an empty one`;
  return message;
}

/**
 * What makes a file of each version from one of the version before; the first from nothing.
 *
 * 1: `life` has one row: the epoch, and which of the two generations of keys is the fresh one, and since when. `place` is the
 * app's id and the offset in one number, so that an app's events lie together in their order. `raw` is what the vendor sent, at
 * the first event of a callback; `raw_at` of every event is the offset of that one.
 *
 * 2: `blocks` is the index of events by their subjects and types, one row for a block, at the place of its last event: see `TermBlock`.
 * What nobody signed has keys of its own, and a second row of `life` for them. A row of `apps` is a stream: see `streamsOf`.
 */
const migrations = [
  `CREATE TABLE life (id INTEGER PRIMARY KEY, epoch TEXT NOT NULL, fresh INTEGER NOT NULL, turned_at INTEGER NOT NULL);
  CREATE TABLE apps (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, top INTEGER NOT NULL, oldest INTEGER NOT NULL, bytes INTEGER NOT NULL);
  CREATE TABLE events (place INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, bytes INTEGER NOT NULL, raw_at INTEGER, body BLOB NOT NULL, raw TEXT);
  CREATE TABLE keys_0 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);
  CREATE TABLE keys_1 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);`,
  `CREATE TABLE blocks (place INTEGER PRIMARY KEY, terms BLOB NOT NULL);
  CREATE TABLE unsigned_keys_0 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);
  CREATE TABLE unsigned_keys_1 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);`,
] as const;
