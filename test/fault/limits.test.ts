import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Batch } from '../../src/domain/batch.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { AppError } from '../../src/errors.ts';
import { Merger } from '../../src/limits/merger.ts';
import { Client } from '../../src/net/client.ts';
import { vendors } from '../../src/vendors/index.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** ZIM's online status (20 calls a second, 100 users each) through the scheduler, against the strict emulator. */
async function setUp() {
  const vendor = vendors.find(({ slug }) => slug === 'zim');
  if (!vendor) throw new Error('no vendor');
  const credentials = Object.fromEntries(
    Object.entries(vendor.demo.config).map(([name, value]) => [name, String(value)]),
  );
  const emulator: Emulator = await startEmulator(await vendor.loadEmulator(), {
    apps: [{ name: 'main', credentials }],
    demo: true,
  });
  const config = vendor.config.parse(vendor.demo.config);
  const context = { config, clock: systemClock, baseUrls: [emulator.url] };
  const client = new Client({
    app: 'main',
    vendor: vendor.name,
    clock: systemClock,
    limits: vendor.limits,
    makeWire: (call) => vendor.makeWire({ ...context, call }),
  });
  const read = vendor.makeAdapter({ ...context, call: client.call }).operations['User.presence'] as Batch<
    unknown,
    unknown
  >;
  const merger = new Merger(read, client.scheduler, systemClock);
  closing.push(
    () => emulator.stop(),
    () => client.close(),
  );
  let asked = 0;
  /** Users that the vendor does not know cost it what others do, and are each a key of their own. */
  const ask = (count: number, patienceMs = 30_000) =>
    Array.from({ length: count }, () => {
      asked += 1;
      return merger.load(
        { userId: `ghost${asked}`, isDetailed: false },
        { deadline: systemClock.ticks() + patienceMs },
      );
    });
  const count = () => emulator.stats.get('zim.user.onlineState.query') ?? { calls: 0, overLimit: 0 };
  return { emulator, ask, count };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const lost = (values: readonly unknown[]) =>
  values.filter((value) => value instanceof AppError && value.code !== 'NOT_FOUND');

describe('the scheduler', () => {
  test('a vendor that answers over-limit to everything for ten seconds sees no storm, and all keys are answered within five seconds after', async () => {
    const { emulator, ask, count } = await setUp();
    emulator.setFaults([{ kind: 'overLimit' }]);
    const waiting = ask(500);
    await sleep(10_000);
    const during = count().calls;
    emulator.setFaults([]);
    const since = performance.now();
    const values = await Promise.all(waiting);
    expect(lost(values)).toEqual([]);
    expect(performance.now() - since).toBeLessThan(5_000);
    // Unhindered it would have been 200.
    expect(during).toBeLessThan(40);
  }, 25_000);

  test('refusals out of the blue are waited out, and lose nothing', async () => {
    const { emulator, ask, count } = await setUp();
    emulator.setFaults([{ kind: 'overLimit', rate: 0.3, times: 6 }]);
    expect(lost(await Promise.all(ask(2_000)))).toEqual([]);
    expect(count().overLimit).toBe(0);
  }, 25_000);

  test('a slow and uneven link causes no refusal while the limit is saturated', async () => {
    const { emulator, ask, count } = await setUp();
    emulator.setFaults([{ latencyMs: 20, jitterMs: 150 }]);
    const waiting: Promise<unknown>[] = [];
    for (let round = 0; round < 40; round += 1) {
      waiting.push(...ask(120));
      await sleep(100);
    }
    expect(lost(await Promise.all(waiting))).toEqual([]);
    expect(count().overLimit).toBe(0);
    expect(count().calls).toBeGreaterThan(40);
  }, 25_000);
});
