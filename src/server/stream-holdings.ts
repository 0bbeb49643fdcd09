import type { DocumentNode } from 'graphql';
import type { Prepared } from './documents.ts';
import type { OperationMemory, RunningBytes } from './running-bytes.ts';

/** What an open stream takes besides its variables and its document. */
const streamBytes = 1024;

interface Shared {
  readonly holding: OperationMemory;
  streams: number;
}

/** Counts what open streams hold. A document is counted once, for the caller that opened the first of its streams, until the last ends. */
export class StreamHoldings {
  readonly #running: RunningBytes;
  readonly #documents = new Map<DocumentNode, Shared>();

  constructor(running: RunningBytes) {
    this.#running = running;
  }

  /** Gives the function that ends the count, to be called once. Throws `TOO_MANY_OPERATIONS` when too much is held. */
  open(caller: string, { document, bytes }: Prepared, variableBytes: number): () => void {
    const own = this.#running.open(caller, streamBytes + variableBytes);
    let shared: Shared;
    try {
      shared = this.#documents.get(document) ?? { holding: this.#running.open(caller, bytes), streams: 0 };
    } catch (error) {
      own.release();
      throw error;
    }
    shared.streams += 1;
    this.#documents.set(document, shared);
    return () => {
      own.release();
      shared.streams -= 1;
      if (shared.streams > 0) return;
      shared.holding.release();
      this.#documents.delete(document);
    };
  }
}
