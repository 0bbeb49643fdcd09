import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Why a file cannot be used, in words for an operator. */
export class FileError extends Error {
  constructor(what: string, file: string, reason: string, cause?: unknown) {
    super(`${what} ${file} cannot be used: ${reason}`, { cause });
    this.name = 'FileError';
  }
}

/** What a file is, and what an operator can do when it is damaged. */
export interface FileKind {
  /** Such as `the event log`. */
  readonly what: string;
  readonly remedy: string;
  /** Whether no other process may use it meanwhile. */
  readonly isExclusive: boolean;
}

/** Reads a pragma's value. */
export type Pragma = (name: string) => unknown;

/**
 * Opens a file of SQLite, and makes it where there is none; nobody but the owner of this process may read it. Throws a `FileError` for
 * one that is damaged, of another kind, in use, or cannot be written, and for what `setUp` throws; the file is closed then.
 */
export function openFile(
  file: string,
  { what, remedy, isExclusive }: FileKind,
  setUp: (database: DatabaseSync, pragma: Pragma, refuse: (reason: string) => never) => void,
): DatabaseSync {
  let database: DatabaseSync | undefined;
  const refuse = (reason: string, cause?: unknown): never => {
    throw new FileError(what, file, reason, cause);
  };
  try {
    keepPrivate(file);
    database = new DatabaseSync(file);
    const pragma: Pragma = (name) => Object.values(database?.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    // Held until the process ends, however it ends.
    if (isExclusive) database.exec('PRAGMA locking_mode = EXCLUSIVE');
    // Before anything is written.
    const health = pragma('quick_check(1)');
    if (health !== 'ok') refuse(`it is damaged (${health}): ${remedy}`);
    setUp(database, pragma, refuse);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof FileError) throw error;
    return refuse(reasonOf(error, remedy), error);
  }
}

const ownerOnly = 0o600;

/** SQLite gives the files beside it the same mode when it makes them. */
function keepPrivate(file: string): void {
  // Never one that is there: a process that closes a file loses every lock that it has on it.
  if (!existsSync(file)) closeSync(openSync(file, 'ax', ownerOnly));
  for (const each of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    try {
      if (existsSync(each)) chmodSync(each, ownerOnly);
    } catch {
      // A file system without modes, or a file of another owner: whoever mounted it decides who reads it.
    }
  }
}

function reasonOf(error: unknown, remedy: string): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/locked|busy/.test(message)) return 'another process uses it';
  if (/not a database|malformed|corrupt/.test(message))
    return `it is damaged, or of another kind (${message}): ${remedy}`;
  return message;
}
