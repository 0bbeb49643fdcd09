import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../src/limits/memory-store.ts';
import { Scheduler } from '../../src/limits/scheduler.ts';
import type { LimitOptions } from '../../src/limits/window-use.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { bucket, busiest, charge } from '../support/limits.ts';

/** How long a call is on its way to the vendor's counter, and back from there. */
interface Trip {
  readonly outMs: number;
  readonly backMs: number;
}

/** Saturates 20 calls a second for some seconds over a link that is as `tripAt` says; gives when the vendor counted each call. */
async function saturate(
  seconds: number,
  tripAt: (ms: number) => Trip,
  options: Partial<LimitOptions> = {},
  stallAt: (ms: number) => number = () => 0,
) {
  const clock = new FakeClock();
  const buckets = [bucket('a', { count: 20, seconds: 1 })];
  const scheduler = new Scheduler(buckets, new MemoryStore(buckets, clock, options), clock);
  const start = clock.now();
  const seen: { at: number; cost: number }[] = [];
  let isOver = false;
  const next = () => {
    void scheduler.acquire([charge('a')], { deadline: Number.MAX_SAFE_INTEGER }).then((grant) => {
      if (isOver) return;
      next();
      const { outMs, backMs } = tripAt(clock.now() - start);
      seen.push({ at: clock.now() + outMs, cost: 1 });
      // What comes while the event loop stands still is read when it goes on.
      const answeredAt = clock.now() + outMs + backMs;
      const readAt = answeredAt + stallAt(answeredAt - start);
      clock.schedule(readAt - clock.now(), () => void scheduler.settle(grant, clock.ticks()));
    });
  };
  for (let index = 0; index < 25; index += 1) next();
  await clock.advance(seconds * 1000);
  isOver = true;
  return { seen, used: seen.length / (20 * seconds) };
}

describe('the vendor refuses nothing', () => {
  test('when the first fast call follows on a time in which every call was slow', async () => {
    const slowFor = 30_000;
    const { seen } = await saturate(60, (ms) => (ms < slowFor ? { outMs: 200, backMs: 0 } : { outMs: 0, backMs: 10 }));
    expect(busiest(seen, 1000)).toBe(20);
  });

  test('when the link steps from 20 to 200 ms and back, and up to nine tenths of the limit are used', async () => {
    const { seen, used } = await saturate(60, (ms) => ({ outMs: ms > 20_000 && ms < 40_000 ? 200 : 20, backMs: 0 }));
    expect(busiest(seen, 1000)).toBe(20);
    expect(used).toBeGreaterThan(0.9);
  });

  test('when the event loop stalls, and more than nine tenths of the limit are used', async () => {
    const { seen, used } = await saturate(
      60,
      (ms) => ({ outMs: ms % 30, backMs: 1 }),
      {},
      (ms) => (ms % 3000 < 300 ? 300 - (ms % 3000) : 0),
    );
    expect(busiest(seen, 1000)).toBe(20);
    expect(used).toBeGreaterThan(0.9);
  });

  test('whatever every single call meets', async () => {
    const trip = fc.record({ outMs: fc.integer({ min: 0, max: 600 }), backMs: fc.integer({ min: 0, max: 600 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(trip, { minLength: 1, maxLength: 40 }), async (trips) => {
        let count = 0;
        const { seen } = await saturate(5, () => {
          count += 1;
          return trips[count % trips.length] ?? { outMs: 0, backMs: 0 };
        });
        expect(busiest(seen, 1000)).toBeLessThanOrEqual(20);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe('the limit is used', () => {
  test('but for the round trip of each call and a margin of two milliseconds', async () => {
    const { used } = await saturate(60, () => ({ outMs: 5, backMs: 5 }));
    expect(used).toBeGreaterThan(1000 / (1000 + 10 + 3));
  });

  test('as on a short link, where the operator knows that no call can be answered sooner', async () => {
    const far = await saturate(60, () => ({ outMs: 100, backMs: 100 }));
    const known = await saturate(60, () => ({ outMs: 100, backMs: 100 }), { leastRoundTripMs: 190 });
    expect(far.used).toBeLessThan(0.87);
    expect(known.used).toBeGreaterThan(0.98);
    expect(busiest(known.seen, 1000)).toBe(20);
  });
});
