import type { ExecutionResult } from 'graphql';
import { AppError } from '../errors.ts';

/** Why an operation is aborted that nobody waits for. Nobody sees it, and it is no fault of this server. */
export function callerIsGone(): AppError {
  return new AppError('VENDOR_UNAVAILABLE', 'The caller did not wait for the answer.');
}

/**
 * Lets a consumer stop a stream of results at once, even while the next one is awaited: the signal is aborted first, so
 * that whatever is waiting may end, and nothing is waited for. `onEnd` is called once, whatever the end.
 */
export class OperationStream implements AsyncGenerator<ExecutionResult, void, void> {
  readonly #results: AsyncGenerator<ExecutionResult, void, void>;
  readonly #abort: AbortController;
  readonly #onEnd: () => void;
  #hasEnded = false;
  #wake: (() => void) | null = null;

  constructor(results: AsyncGenerator<ExecutionResult, void, void>, abort: AbortController, onEnd: () => void) {
    this.#results = results;
    this.#abort = abort;
    this.#onEnd = onEnd;
  }

  /** One at a time, as `for await` does it. */
  next(): Promise<IteratorResult<ExecutionResult, void>> {
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
    const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<ExecutionResult, void>>();
    this.#wake = () => resolve({ done: true, value: undefined });
    this.#results.next().then(
      (result) => {
        resolve(result);
        if (result.done) this.#end();
      },
      (error: unknown) => {
        reject(error);
        this.#end();
      },
    );
    return promise;
  }

  return(): Promise<IteratorResult<ExecutionResult, void>> {
    this.#abort.abort(callerIsGone());
    this.#end();
    this.#results.return().catch(() => {
      // Nobody is left to be told; the results have logged their own faults.
    });
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<ExecutionResult, void>> {
    return this.return().then(() => Promise.reject(error));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#wake?.();
    this.#onEnd();
  }
}
