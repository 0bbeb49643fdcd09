import DataLoader from 'dataloader';
import type { BatchName, KeyOf, ValueOf } from '../domain/context.ts';
import { AppError } from '../errors.ts';
import type { AppRuntime } from './app-runtime.ts';
import { identityOf } from './batcher.ts';
import { placed } from './placed.ts';
import type { Quiet } from './quiet.ts';

/** One request's loaders of one app: each key is asked once, and waits with the others of the whole query. */
export class Loaders {
  readonly #runtime: AppRuntime;
  readonly #quiet: Quiet;
  readonly #loaders = new Map<BatchName, DataLoader<unknown, unknown, string>>();

  constructor(runtime: AppRuntime, quiet: Quiet) {
    this.#runtime = runtime;
    this.#quiet = quiet;
  }

  has(operation: BatchName): boolean {
    return this.#runtime.batchOf(operation) !== undefined;
  }

  /** Forgets what was read: something has changed. */
  clear(): void {
    for (const loader of this.#loaders.values()) loader.clearAll();
  }

  /** Throws `NOT_SUPPORTED` where the adapter has no such read, else what the read failed with. */
  load<K extends BatchName>(operation: K, key: KeyOf<K>): Promise<ValueOf<K>> {
    const loader = this.#loaderOf(operation);
    if (!loader) return Promise.reject(notSupported(this.#runtime, operation));
    // `Operations` ties the name to its key and value; the loader itself is kept without them.
    return loader.load(key) as Promise<ValueOf<K>>;
  }

  #loaderOf(operation: BatchName): DataLoader<unknown, unknown, string> | undefined {
    const known = this.#loaders.get(operation);
    if (known) return known;
    const batch = this.#runtime.batchOf(operation);
    if (!batch) return undefined;
    const batcher = this.#runtime.batcherOf(operation, batch);
    const loader = new DataLoader<unknown, unknown, string>(
      (keys) => {
        const answers = keys.map(async (key) => this.#placed(await batcher.load(key), operation));
        return this.#quiet.during(Promise.all(answers));
      },
      {
        cacheKeyFn: (key) => identityOf(batch, key),
        name: operation,
        // A read of one key at a time gains nothing by waiting.
        ...(batch.max > 1 ? { batchScheduleFn: (task: () => void) => this.#quiet.whenQuiet(task) } : {}),
      },
    );
    this.#loaders.set(operation, loader);
    return loader;
  }

  /** A failure of one key tells whose it is as that of a whole call does. */
  #placed(value: unknown, operation: BatchName): unknown {
    const { name, vendor } = this.#runtime.source;
    return value instanceof AppError ? placed(value, { app: name, vendor, operation }) : value;
  }
}

export function notSupported({ source }: AppRuntime, operation: string, input?: string): AppError {
  const what = input === undefined ? operation : `${operation} with ${input}`;
  return new AppError('NOT_SUPPORTED', `${source.name}'s vendor, ${source.vendor}, does not offer ${what}.`, {
    app: source.name,
    vendor: source.vendor,
    operation,
    input,
  });
}
