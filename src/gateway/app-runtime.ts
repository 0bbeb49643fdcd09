import type { Batch } from '../domain/batch.ts';
import type { AppView, BatchName } from '../domain/context.ts';
import type { Adapter } from '../domain/operations.ts';
import { Batcher } from './batcher.ts';

/** What the composition root knows of one configured app. */
export interface AppSource {
  readonly name: string;
  readonly vendor: AppView['vendor'];
  readonly region: string | null;
  readonly adapter: Adapter;
  readonly health: AppView['health'];
  readonly rateLimits: AppView['rateLimits'];
}

/** One app for the life of the process: what all requests share. */
export class AppRuntime {
  readonly source: AppSource;
  readonly #batchers = new Map<BatchName, Batcher<unknown, unknown>>();

  constructor(source: AppSource) {
    this.source = source;
  }

  /** The operation's batch, or undefined where the adapter has none. Keys and values are what `Operations` says of the name. */
  batchOf(operation: BatchName): Batch<unknown, unknown> | undefined {
    // The map from names to types is `Operations`; a batch is only ever used with the keys of its own name.
    return this.source.adapter.operations[operation] as Batch<unknown, unknown> | undefined;
  }

  batcherOf(operation: BatchName, batch: Batch<unknown, unknown>): Batcher<unknown, unknown> {
    const found = this.#batchers.get(operation);
    if (found) return found;
    const made = new Batcher(batch);
    this.#batchers.set(operation, made);
    return made;
  }
}
