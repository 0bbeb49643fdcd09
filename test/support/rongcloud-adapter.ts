import { systemClock } from '../../src/clock.ts';
import type { Adapter, Operations } from '../../src/domain/operations.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { AppError, type Outcome } from '../../src/errors.ts';
import { Client } from '../../src/net/client.ts';
import { emulator as emulatedVendor } from '../../src/vendors/rongcloud/emulator/index.ts';
import { rongcloud } from '../../src/vendors/rongcloud/index.ts';
import { credentials } from './rongcloud.ts';

/** An adapter that talks to the vendor's emulator over sockets; alice is the app's system user. */
export interface AdapterBench {
  readonly emulator: Emulator;
  readonly adapter: Adapter;
  /** An operation of the adapter; throws for one that it lacks. */
  run<K extends keyof Operations>(name: K): Operations[K];
  /** How often endpoints were called since the last reset, by the ids after the vendor's name. */
  calls(): Record<string, number>;
  /** How many items the calls of an endpoint took. */
  batches(endpoint: string): Record<number, number>;
  stop(): Promise<void>;
}

/** The vendor's limits are raised, as they are tested elsewhere and cost time. */
const limits = rongcloud.limits.map((bucket) => ({ ...bucket, windows: [{ count: 10_000, seconds: 1 }] }));

export async function startAdapter(choices: Readonly<Record<string, string>> = {}): Promise<AdapterBench> {
  const apps = [{ name: 'main', credentials, switches: ['hosted', 'cn-list'] }];
  const emulator = await startEmulator(emulatedVendor, { apps, demo: true, limits: false });
  const config = rongcloud.config.parse({ ...credentials, region: 'cn', systemUser: 'alice', ...choices });
  const context = { config, clock: systemClock, baseUrls: [emulator.url] };
  const client = new Client({
    app: 'main',
    vendor: 'RONGCLOUD',
    clock: systemClock,
    limits,
    makeWire: (call) => rongcloud.makeWire({ ...context, call }),
  });
  const adapter = rongcloud.makeAdapter({ ...context, call: client.call });
  const short = (id: string) => id.replace('rongcloud.', '');
  return {
    emulator,
    adapter,
    run(name) {
      const operation = adapter.operations[name];
      if (!operation) throw new Error(`no ${name}`);
      return operation;
    },
    calls: () => Object.fromEntries([...emulator.stats].map(([id, { calls }]) => [short(id), calls])),
    batches: (endpoint) => emulator.stats.get(`rongcloud.${endpoint}`)?.batches ?? {},
    async stop() {
      await client.close();
      await emulator.stop();
    },
  };
}

/** `ok` or the code of each outcome. */
export const codesOf = (outcomes: readonly Outcome<unknown>[]) =>
  outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code));

/** An error's code where a read gave one. */
export const valueOrCode = (value: unknown) => (value instanceof AppError ? value.code : value);

/** The code and argument a call is refused with. */
export async function refusalOf(action: () => unknown): Promise<{ code?: string; input?: string | undefined }> {
  try {
    await action();
    return {};
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, input: error.details.input };
    throw error;
  }
}
