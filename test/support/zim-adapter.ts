import { type Clock, systemClock } from '../../src/clock.ts';
import type { Operations } from '../../src/domain/operations.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { AppError, type Outcome } from '../../src/errors.ts';
import { Client } from '../../src/net/client.ts';
import { emulator as emulatedVendor } from '../../src/vendors/zim/emulator/index.ts';
import { zim } from '../../src/vendors/zim/index.ts';
import { zimCredentials } from './zim.ts';

/** An adapter that talks to the vendor's emulator over sockets; alice is the app's system user unless told otherwise. */
export interface AdapterBench {
  readonly emulator: Emulator;
  /** An operation of the adapter; throws for one that it lacks. */
  run<K extends keyof Operations>(name: K): Operations[K];
  /** How often endpoints were called since the last reset. */
  calls(): Record<string, number>;
  stop(): Promise<void>;
}

/** The vendor's limits are raised, as they are tested elsewhere and cost time. */
const limits = zim.limits.map((bucket) => ({ ...bucket, windows: [{ count: 10_000, seconds: 1 }] }));

export async function startAdapter(systemUser = 'alice', clock: Clock = systemClock): Promise<AdapterBench> {
  const apps = [{ name: 'main', credentials: zimCredentials }];
  const emulator = await startEmulator(emulatedVendor, { apps, demo: true, limits: false });
  const config = zim.config.parse({ ...zimCredentials, systemUser });
  const context = { config, clock: systemClock, baseUrls: [emulator.url] };
  const client = new Client({
    app: 'main',
    vendor: 'ZIM',
    clock: systemClock,
    limits,
    makeWire: (call) => zim.makeWire({ ...context, call }),
  });
  const { operations } = zim.makeAdapter({ ...context, clock, call: client.call });
  return {
    emulator,
    run(name) {
      const operation = operations[name];
      if (!operation) throw new Error(`no ${name}`);
      return operation;
    },
    calls: () => Object.fromEntries([...emulator.stats].map(([id, { calls }]) => [id, calls])),
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
