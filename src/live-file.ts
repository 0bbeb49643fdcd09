import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Pages of the write-ahead log after which SQLite writes them into the file: its own default. */
const checkpointPages = 1000;

/** How a file is used. */
interface LiveUse {
  /** Fulfilled when everything written is also told. */
  readonly ready?: () => Promise<void>;
  /** Writes what waits to be written. */
  readonly flush?: () => void;
}

/**
 * A file of SQLite that this process has open, for copying it while it is in use. The file itself changes only when pages of its
 * write-ahead log are written into it. While that is put off, a copy of the file and of the log up to a length is the file as it was when
 * the log had that length.
 */
export class LiveFile {
  readonly file: string;
  readonly #database: DatabaseSync;
  readonly #use: LiveUse;

  constructor(file: string, database: DatabaseSync, use: LiveUse = {}) {
    this.file = file;
    this.#database = database;
    this.#use = use;
  }

  /** Fulfilled at a moment when nothing is half done: what comes right after, in the same turn of the loop, sees the file so. */
  async ready(): Promise<void> {
    await this.#use.ready?.();
  }

  /** Puts off changes of the file itself; gives what ends that. Throws when the file cannot be held. */
  hold(): () => void {
    const outcome = this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    if (outcome?.['busy'] !== 0) throw new Error(`${this.file} is busy`);
    this.#database.exec('PRAGMA wal_autocheckpoint = 0');
    return () => {
      if (this.#database.isOpen) this.#database.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`);
    };
  }

  /** Writes what waits, and gives the length of the write-ahead log. */
  settledLength(): number {
    this.#use.flush?.();
    return statSync(`${this.file}-wal`).size;
  }
}
