import type { Batch } from '../domain/batch.ts';
import type { AppView, BatchName } from '../domain/context.ts';
import type { Adapter } from '../domain/operations.ts';
import type { Charge, Planned, RequestOptions } from '../request-options.ts';
import { type Capability, capabilitiesOf } from './capabilities.ts';

/** What the composition root knows of one configured app. */
export interface AppSource {
  readonly name: string;
  readonly vendor: AppView['vendor'];
  readonly ignoresCase: boolean;
  readonly region: string | null;
  readonly adapter: Adapter;
  readonly health: AppView['health'];
  readonly rateLimits: AppView['rateLimits'];
  /** Makes the one reader of a bulk read that merges the keys of all requests. */
  readonly merge: (batch: Batch<unknown, unknown>) => KeyReader;
  /** How long a call with these charges would wait now, in milliseconds. */
  readonly expectedWaitMs: (charges: readonly Charge[]) => Promise<number>;
}

/** Reads single keys; those that wait together share vendor calls, whoever asks for them. */
export interface KeyReader {
  /** The value or the failure of a key. Rejects only with the signal's reason. */
  load(key: unknown, options: RequestOptions): Promise<unknown>;
  /** What a read of these keys would call; undefined for nothing. */
  plan(keys: readonly unknown[]): Promise<Planned | undefined>;
}

/** One app for the life of the process: what all requests share. */
export class AppRuntime {
  readonly source: AppSource;
  /** Everything the app can answer, by coordinate: an adapter does not change. */
  readonly capabilities: ReadonlyMap<string, Capability>;
  readonly #readers = new Map<Batch<unknown, unknown>, KeyReader>();

  constructor(source: AppSource) {
    this.source = source;
    this.capabilities = capabilitiesOf(source.adapter);
  }

  /** The operation's batch, or undefined where the adapter has none. Keys and values are what `Operations` says of the name. */
  batchOf(operation: BatchName): Batch<unknown, unknown> | undefined {
    // The map from names to types is `Operations`; a batch is only ever used with the keys of its own name.
    return this.source.adapter.operations[operation] as Batch<unknown, unknown> | undefined;
  }

  /** One for each batch: operations that an adapter answers by the same one share its calls. */
  readerOf(batch: Batch<unknown, unknown>): KeyReader {
    const found = this.#readers.get(batch);
    if (found) return found;
    const made = this.source.merge(batch);
    this.#readers.set(batch, made);
    return made;
  }
}
