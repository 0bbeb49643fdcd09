import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { OnceRun } from '../domain/context.ts';
import { AppError, mayHaveHappened } from '../errors.ts';
import { readAnswer, textBytes, writeAnswer } from './kept-answer.ts';
import { OwnerStore } from './owner-store.ts';

/** How much may be kept for the keys of clients. */
export interface OnceBounds {
  /** Of the answers that are kept for one viewer. */
  readonly idempotencyBytesPerViewer: number;
  /** Of the answers that are kept for all viewers. */
  readonly idempotencyBytes: number;
  /** Changes with a key of one viewer that run at once. */
  readonly idempotencyRunsPerViewer: number;
  /** Changes with a key of all viewers that run at once. */
  readonly idempotencyRuns: number;
}

interface Running {
  readonly fingerprint: string;
  readonly answer: Promise<unknown>;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Runs a change at most once for each key of a viewer's in 24 hours, in this process, as long as the bounds allow: beyond a
 * viewer's bytes its own oldest answers are forgotten, beyond those of all the oldest of a viewer that has about the most.
 */
export class Once {
  readonly #bounds: OnceBounds;
  readonly #kept: OwnerStore<string>;
  readonly #running = new Map<string, Running>();
  readonly #runsOf = new Map<string, number>();

  constructor(clock: Clock, bounds: OnceBounds) {
    this.#bounds = bounds;
    this.#kept = new OwnerStore({
      clock,
      ttlMs: dayMs,
      bytesPerOwner: bounds.idempotencyBytesPerViewer,
      bytes: bounds.idempotencyBytes,
    });
  }

  /** What is kept, in bytes. */
  get bytes(): number {
    return this.#kept.bytes;
  }

  /**
   * Gives the first answer again for the same key of the same viewer and `scope`. A run that fails before anything can have
   * happened, and an answer that `isKept` denies, are forgotten, so that the client's retry is a real one; a run whose outcome is
   * unknown is kept. Throws `BAD_USER_INPUT` when the key is malformed or was used for another input, and `TOO_MANY_OPERATIONS`
   * when too many changes with a key run.
   */
  async run<T>(viewer: string, scope: string, key: string | null | undefined, options: OnceRun<T>): Promise<T> {
    const { input, run } = options;
    if (key === null || key === undefined) return run();
    const path = 'input.idempotencyKey';
    if (key.length < 1 || key.length > 64)
      throw new AppError('BAD_USER_INPUT', `${path} must have 1 to 64 characters.`, { input: path });
    const name = digest([viewer, scope, key]);
    const fingerprint = digest(input);
    const running = this.#running.get(name);
    const kept = running ? undefined : this.#kept.get(name);
    const known = running?.fingerprint ?? kept?.slice(0, fingerprint.length);
    if (known !== undefined && known !== fingerprint)
      throw new AppError('BAD_USER_INPUT', `${path} was used for another input.`, { input: path });
    // It is the answer to the same input of the same scope.
    if (running) return running.answer as Promise<T>;
    if (kept !== undefined) return given(readAnswer<T | AppError>(kept.slice(fingerprint.length)));
    return this.#start(viewer, name, fingerprint, options);
  }

  #start<T>(viewer: string, name: string, fingerprint: string, { run, isKept }: OnceRun<T>): Promise<T> {
    const runs = this.#runsOf.get(viewer) ?? 0;
    if (runs >= this.#bounds.idempotencyRunsPerViewer || this.#running.size >= this.#bounds.idempotencyRuns)
      throw new AppError('TOO_MANY_OPERATIONS', 'Too many changes with an idempotencyKey are under way.', {
        retryAfterMs: 1000,
      });
    this.#runsOf.set(viewer, runs + 1);
    const answer = run()
      .then(
        (value) => {
          if (isKept?.(value) !== false) this.#keep(viewer, name, fingerprint, value);
          return value;
        },
        (error: unknown) => {
          if (error instanceof AppError && mayHaveHappened(error)) this.#keep(viewer, name, fingerprint, error);
          throw error;
        },
      )
      .finally(() => this.#end(viewer, name));
    this.#running.set(name, { fingerprint, answer });
    return answer;
  }

  #keep(viewer: string, name: string, fingerprint: string, answer: unknown): void {
    const text = fingerprint + writeAnswer(answer);
    this.#kept.set(viewer, name, text, textBytes(text));
  }

  #end(viewer: string, name: string): void {
    this.#running.delete(name);
    const left = (this.#runsOf.get(viewer) ?? 1) - 1;
    if (left === 0) this.#runsOf.delete(viewer);
    else this.#runsOf.set(viewer, left);
  }
}

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64');

function given<T>(answer: T | AppError): T {
  if (answer instanceof AppError) throw answer;
  return answer;
}
