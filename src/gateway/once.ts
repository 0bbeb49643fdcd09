import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';

interface Entry {
  readonly fingerprint: string;
  readonly answer: Promise<unknown>;
}

const dayMs = 24 * 60 * 60 * 1000;
const maxEntries = 100_000;

/** Runs a change at most once for each key of the client's in 24 hours, in this process. */
export class Once {
  readonly #entries: LRUCache<string, Entry>;

  constructor(clock: Clock) {
    this.#entries = new LRUCache({ max: maxEntries, ttl: dayMs, perf: { now: () => clock.now() } });
  }

  /**
   * Gives the first answer again for the same key of the same `scope`. A run that fails before anything can have happened is
   * forgotten, so that the client's retry is a real one; one whose outcome is unknown is kept.
   * Throws `BAD_USER_INPUT` when the key is malformed or was used for another input.
   */
  run<T>(scope: string, key: string | null | undefined, input: unknown, task: () => Promise<T>): Promise<T> {
    if (key === null || key === undefined) return task();
    const path = 'input.idempotencyKey';
    if (key.length < 1 || key.length > 64)
      throw new AppError('BAD_USER_INPUT', `${path} must have 1 to 64 characters.`, { input: path });
    const name = `${scope} ${key}`;
    const fingerprint = createHash('sha256').update(JSON.stringify(input)).digest('base64');
    const known = this.#entries.get(name);
    if (known) {
      if (known.fingerprint !== fingerprint)
        throw new AppError('BAD_USER_INPUT', `${path} was used for another input.`, { input: path });
      return known.answer as Promise<T>;
    }
    const answer = task();
    this.#entries.set(name, { fingerprint, answer });
    answer.catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'OUTCOME_UNKNOWN')) this.#entries.delete(name);
    });
    return answer;
  }
}
