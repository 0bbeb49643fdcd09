import { afterEach, describe, expect, test } from 'vitest';
import type { Batch } from '../../src/domain/batch.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { AppError } from '../../src/errors.ts';
import { Merger } from '../../src/limits/merger.ts';
import { Client } from '../../src/net/client.ts';
import { vendors } from '../../src/vendors/index.ts';
import { FakeClock } from '../support/fake-clock.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/**
 * ZIM's online status (20 calls a second, 100 users each) through the scheduler, against the strict emulator, over real sockets. Both
 * have the same clock, which goes on only when nothing is under way that needs no time.
 */
async function setUp() {
  const vendor = vendors.find(({ slug }) => slug === 'zim');
  if (!vendor) throw new Error('no vendor');
  const clock = new FakeClock();
  const credentials = Object.fromEntries(
    Object.entries(vendor.demo.config).map(([name, value]) => [name, String(value)]),
  );
  const emulator: Emulator = await startEmulator(await vendor.loadEmulator(), {
    apps: [{ name: 'main', credentials }],
    demo: true,
    clock,
  });
  const config = vendor.config.parse(vendor.demo.config);
  const context = { config, clock, baseUrls: [emulator.url] };
  let begun = 0;
  let ended = 0;
  const client = new Client({
    app: 'main',
    vendor: vendor.name,
    clock,
    limits: vendor.limits,
    reportAttempt: () => {
      ended += 1;
    },
    makeWire: (call) => {
      const wire = vendor.makeWire({ ...context, call });
      return {
        ...wire,
        authorize: (request, endpoint) => {
          begun += 1;
          return wire.authorize(request, endpoint);
        },
      };
    },
  });
  const read = vendor.makeAdapter({ ...context, call: client.call }).operations['User.presence'] as Batch<
    unknown,
    unknown
  >;
  const merger = new Merger(read, client.scheduler, clock);
  closing.push(
    () => emulator.stop(),
    () => client.close(),
  );
  let asked = 0;
  /** Users that the vendor does not know cost it what others do, and are each a key of their own. */
  const ask = (count: number, patienceMs = 30_000) =>
    Array.from({ length: count }, () => {
      asked += 1;
      return merger.load({ userId: `ghost${asked}`, isDetailed: false }, { deadline: clock.ticks() + patienceMs });
    });
  const count = () => emulator.stats.get('zim.user.onlineState.query') ?? { calls: 0, overLimit: 0 };
  /** Lets time pass in steps; calls that wait for no clock come to their end in between, in so many turns of the loop. */
  const pass = async (ms: number, mostTurns = 10_000, stepMs = 10) => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await clock.advance(stepMs);
      const waiting = clock.waiting;
      for (let turn = 0; turn < mostTurns && begun > ended && clock.waiting === waiting; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { clock, emulator, ask, count, pass };
}

const lost = (values: readonly unknown[]) =>
  values.filter((value) => value instanceof AppError && value.code !== 'NOT_FOUND');

describe('the scheduler', () => {
  test('a vendor that answers over-limit to everything for ten seconds sees no storm, and all keys are answered within five seconds after', async () => {
    const { emulator, ask, count, pass } = await setUp();
    emulator.setFaults([{ kind: 'overLimit' }]);
    const waiting = Promise.all(ask(500));
    await pass(10_000);
    const during = count().calls;
    emulator.setFaults([]);
    let values: unknown[] | undefined;
    void waiting.then((all) => {
      values = all;
    });
    await pass(5_000);
    expect(values).toHaveLength(500);
    expect(lost(values ?? [])).toEqual([]);
    // Unhindered it would have been 200.
    expect(during).toBeLessThan(40);
  }, 60_000);

  test('refusals out of the blue are waited out, and lose nothing', async () => {
    const { emulator, ask, count, pass } = await setUp();
    emulator.setFaults([{ kind: 'overLimit', rate: 0.3, times: 6 }]);
    const waiting = Promise.all(ask(2_000));
    await pass(25_000);
    expect(lost(await waiting)).toEqual([]);
    expect(count().overLimit).toBe(0);
  }, 60_000);

  test('a slow and uneven link causes no refusal while the limit is saturated', async () => {
    const { emulator, ask, count, pass } = await setUp();
    emulator.setFaults([{ latencyMs: 20, jitterMs: 150 }]);
    const waiting: Promise<unknown>[] = [];
    for (let round = 0; round < 40; round += 1) {
      waiting.push(...ask(120));
      // Calls wait for the link's delay, which is of the clock.
      await pass(100, 50);
    }
    await pass(5_000, 50);
    expect(lost(await Promise.all(waiting))).toEqual([]);
    expect(count().overLimit).toBe(0);
    expect(count().calls).toBeGreaterThan(40);
  }, 60_000);
});
