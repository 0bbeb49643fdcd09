import { systemClock } from '../../src/clock.ts';
import type { Adapter, Operations } from '../../src/domain/operations.ts';
import type { Lister } from '../../src/domain/page.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { AppError, type Outcome } from '../../src/errors.ts';
import { Client } from '../../src/net/client.ts';
import { type Config, configSchema } from '../../src/vendors/easemob/app-config.ts';
import { easemob } from '../../src/vendors/easemob/index.ts';
import { easemobCredentials } from './easemob.ts';

/** Ids of the demo's cast. */
export const team = '2784001';
export const lobby = '9100001';

/** The vendor's adapter for an app at an emulator with the demo's cast, over real sockets. */
export interface EasemobAdapterBench {
  readonly emulator: Emulator;
  /** Every vendor call made, by its id without the vendor; token calls are left out. */
  readonly calls: string[];
  /** The adapter, of an app configured otherwise where options are given. */
  adapter(options?: Partial<Config>): Adapter;
  /** An operation that the adapter must have. */
  operation<K extends keyof Operations>(name: K, options?: Partial<Config>): Operations[K];
  stop(): Promise<void>;
}

interface BenchOptions {
  readonly callbackUrl?: string;
}

export async function easemobAdapterBench({ callbackUrl }: BenchOptions = {}): Promise<EasemobAdapterBench> {
  const apps = [{ name: 'em', credentials: easemobCredentials, callbackUrl: callbackUrl ?? null }];
  const emulator = await startEmulator(await easemob.loadEmulator(), { apps, demo: true, limits: false });
  const clients: Client[] = [];
  const calls: string[] = [];
  const adapter = (options: Partial<Config> = {}) => {
    const config = configSchema.parse({ ...easemobCredentials, ...options });
    const context = { config, baseUrls: [emulator.url], clock: systemClock };
    const client = new Client({
      app: 'em',
      vendor: 'EASEMOB',
      clock: systemClock,
      limits: easemob.limits,
      report: ({ endpoint }) => endpoint === 'easemob.token.app' || calls.push(endpoint.slice('easemob.'.length)),
      makeWire: (call) => easemob.makeWire({ ...context, call }),
    });
    clients.push(client);
    return easemob.makeAdapter({ ...context, call: client.call });
  };
  return {
    emulator,
    calls,
    adapter,
    operation: (name, options) => {
      const found = adapter(options).operations[name];
      if (found === undefined) throw new Error(`no ${name}`);
      return found;
    },
    stop: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await emulator.stop();
    },
  };
}

/** `ok` or the failure's code, for each item. */
export const fates = (outcomes: readonly Outcome<unknown>[]): string[] =>
  outcomes.map((each) => (each.ok ? 'ok' : each.error.code));

/** The code of a value that is an `AppError`. */
export const codeOf = (value: unknown): string => (value instanceof AppError ? value.code : 'no error');

/** Reads a list to its end by pages of `limit`. */
export async function readAll<K, T>(lister: Lister<K, T>, key: K, limit: number): Promise<T[]> {
  const items: T[] = [];
  let position: string | undefined;
  do {
    const page = await lister(key, { limit, position });
    items.push(...page.items);
    position = page.next;
  } while (position !== undefined);
  return items;
}
