import DataLoader from 'dataloader';
import type { Batch } from '../domain/batch.ts';
import type { BatchName, KeyOf, ValueOf } from '../domain/context.ts';
import { AppError } from '../errors.ts';
import { Planned, type RequestOptions } from '../request-options.ts';
import type { AppRuntime } from './app-runtime.ts';
import type { Explanation } from './explanation.ts';
import { placed } from './placed.ts';
import type { Quiet } from './quiet.ts';

/** One request's loaders of one app: each key is asked once, and waits with the others of the whole query. */
export class Loaders {
  readonly #runtime: AppRuntime;
  readonly #quiet: Quiet;
  readonly #options: RequestOptions;
  readonly #explanation: Explanation;
  readonly #loaders = new Map<BatchName, DataLoader<unknown, unknown, string>>();

  constructor(runtime: AppRuntime, quiet: Quiet, options: RequestOptions, explanation: Explanation) {
    this.#runtime = runtime;
    this.#quiet = quiet;
    this.#options = options;
    this.#explanation = explanation;
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
    const reader = this.#runtime.readerOf(batch);
    const loader = new DataLoader<unknown, unknown, string>(
      async (keys) => {
        if (this.#options.isPlan) return this.#plan(await reader.plan(keys.slice(0, batch.max)), keys.length);
        const answers = keys.map(async (key) => this.#placed(await reader.load(key, this.#options), operation));
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

  /** Notes what a read would call, and fails every key with it. */
  async #plan(planned: Planned | undefined, count: number): Promise<Error[]> {
    if (planned) await this.#explanation.plan(this.#runtime, planned);
    return Array.from({ length: count }, () => planned ?? new Planned('', 0, []));
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

function identityOf(batch: Batch<unknown, unknown>, key: unknown): string {
  return batch.identity ? batch.identity(key) : typeof key === 'string' ? key : JSON.stringify(key);
}
