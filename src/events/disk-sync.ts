import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

/**
 * Has what was written to a file reach the disk without holding up the loop. One sync at a time: what is written meanwhile waits for
 * the next. After one that failed nothing is sure any more, not even a later one, so that every further one fails too.
 */
export class DiskSync {
  readonly #fd: number;
  #failure: unknown;
  #isRunning = false;
  #isClosed = false;

  /** The file must be there, and stay the same one. */
  constructor(file: string) {
    this.#fd = openSync(file, 'r+');
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Why nothing that is written can be relied on any more; undefined as long as it can. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Calls `done` with the failure, or null once all that was written before the call is on the disk. Not while one is running. */
  run(done: (error: unknown) => void): void {
    if (this.#failure !== undefined) {
      done(this.#failure);
      return;
    }
    this.#isRunning = true;
    fdatasync(this.#fd, (error) => {
      this.#isRunning = false;
      if (this.#isClosed) closeSync(this.#fd);
      if (error) this.#failure = error;
      done(error);
    });
  }

  /** Ends it, once one that runs is done. */
  close(): void {
    this.#isClosed = true;
    if (!this.#isRunning) closeSync(this.#fd);
  }

  /** The same while the process waits. Throws when it fails. */
  runNow(): void {
    if (this.#failure !== undefined) throw this.#failure;
    fdatasyncSync(this.#fd);
  }
}
