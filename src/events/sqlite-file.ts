import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Marks the files of this kind: `sbEv`. */
const applicationId = 0x73_62_45_76;
/** Of the tables below: a file with another is not read. */
const version = 1;

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
    const isOurs = pragma('application_id') === applicationId && pragma('user_version') === version;
    if (!isOurs && pragma('schema_version') !== 0) throw new LogFileError(file, 'it is of another kind or version');
    // The log itself waits for the disk, beside the loop: see `DiskSync`. Only checkpoints do so here.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;');
    database.exec('PRAGMA journal_size_limit = 16777216');
    if (maxFileBytes !== undefined)
      database.exec(`PRAGMA max_page_count = ${Math.floor(maxFileBytes / Number(pragma('page_size')))}`);
    if (!isOurs) {
      database.exec(`BEGIN IMMEDIATE; ${schema}`);
      database.prepare('INSERT INTO life VALUES (1, ?, 0, ?)').run(randomUUID().slice(0, 8), now);
      database.exec('COMMIT');
    }
    const found = pragma('quick_check(1)');
    if (found !== 'ok')
      throw new LogFileError(file, `it is damaged (${found}): move it away to begin with an empty one`);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof LogFileError) throw error;
    throw new LogFileError(file, reasonOf(error), error);
  }
}

/** What an event log asks its file again and again. */
export function statementsOf(database: DatabaseSync): Readonly<Record<StatementName, StatementSync>> {
  const between = 'WHERE place BETWEEN ? AND ?';
  return {
    insert: database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)'),
    saveApp: database.prepare('INSERT OR REPLACE INTO apps VALUES (?, ?, ?, ?, ?)'),
    page: database.prepare(`SELECT place, received_at, body FROM events ${between} ORDER BY place LIMIT ?`),
    sizes: database.prepare(`SELECT received_at, bytes FROM events ${between} ORDER BY place LIMIT ?`),
    receivedAt: database.prepare('SELECT received_at FROM events WHERE place = ?'),
    rawAt: database.prepare('SELECT raw_at FROM events WHERE place = ?'),
    raw: database.prepare('SELECT raw FROM events WHERE place = ?'),
    letGo: database.prepare(`DELETE FROM events ${between}`),
  };
}

type StatementName = 'insert' | 'saveApp' | 'page' | 'sizes' | 'receivedAt' | 'rawAt' | 'raw' | 'letGo';

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
 * `life` has one row: the epoch, and which of the two generations of keys is the fresh one, and since when. `place` is the
 * app's id and the offset in one number, so that an app's events lie together in their order. `raw` is what the vendor sent, at
 * the first event of a callback; `raw_at` of every event is the offset of that one.
 */
const schema = `
CREATE TABLE life (id INTEGER PRIMARY KEY, epoch TEXT NOT NULL, fresh INTEGER NOT NULL, turned_at INTEGER NOT NULL);
CREATE TABLE apps (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, top INTEGER NOT NULL, oldest INTEGER NOT NULL, bytes INTEGER NOT NULL);
CREATE TABLE events (place INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, bytes INTEGER NOT NULL, raw_at INTEGER, body BLOB NOT NULL, raw TEXT);
CREATE TABLE keys_0 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE keys_1 (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${version};
`;
