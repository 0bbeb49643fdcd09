import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bucket } from '../../src/limits/bucket.ts';
import { Limiter } from '../../src/limits/limiter.ts';
import { FakeClock } from '../support/fake-clock.ts';

const guardMs = 30;
const bucket = (id: string, ...windows: Bucket['windows']): Bucket => ({ id, unit: 'calls', scope: 'app', windows });
const call = (id: string, cost = 1, scope = '') => ({ bucket: id, scope, cost });

function setUp(...buckets: Bucket[]) {
  const clock = new FakeClock();
  const limiter = new Limiter(buckets, clock, guardMs);
  const granted: number[] = [];
  const acquire = (charges: ReturnType<typeof call>[], waitMs = 60_000) => {
    const done = limiter.acquire(charges, { deadline: clock.now() + waitMs }).then(() => {
      granted.push(clock.now());
    });
    done.catch(() => {});
    return done;
  };
  return { clock, limiter, granted, acquire };
}

/** The most units that any window of the length holds, at any phase. */
function busiest(taken: readonly { at: number; cost: number }[], lengthMs: number): number {
  return Math.max(
    0,
    ...taken.map(({ at }) =>
      taken.reduce((sum, each) => (each.at >= at && each.at < at + lengthMs ? sum + each.cost : sum), 0),
    ),
  );
}

describe('the limiter', () => {
  test('lets calls through at once while the bucket has room', async () => {
    const { acquire, granted, clock } = setUp(bucket('a', { count: 3, seconds: 1 }));
    await Promise.all([acquire([call('a')]), acquire([call('a')]), acquire([call('a')])]);
    expect(granted).toEqual([clock.now(), clock.now(), clock.now()]);
  });

  test('holds the next call until a window and the guard have passed', async () => {
    const { acquire, granted, clock } = setUp(bucket('a', { count: 1, seconds: 1 }));
    const start = clock.now();
    await acquire([call('a')]);
    const second = acquire([call('a')]);
    await clock.advance(1029);
    expect(granted).toHaveLength(1);
    await clock.advance(1);
    await second;
    expect(granted[1]).toBe(start + 1030);
  });

  test('takes all buckets of a call or none', async () => {
    const { acquire, limiter, clock } = setUp(
      bucket('wide', { count: 10, seconds: 1 }),
      bucket('narrow', { count: 1, seconds: 1 }),
    );
    await acquire([call('wide'), call('narrow')]);
    const waiting = acquire([call('wide', 5), call('narrow')]);
    expect(limiter.usage().map(({ used }) => used)).toEqual([[1], [1]]);
    await clock.advance(2000);
    await waiting;
  });

  test('holds two windows at once: 2 an hour and 3 a day', async () => {
    const { acquire, granted, clock } = setUp(
      bucket('push', { count: 2, seconds: 3600 }, { count: 3, seconds: 86_400 }),
    );
    const start = clock.now();
    const calls = Array.from({ length: 4 }, () => acquire([call('push')], 10 * 86_400_000));
    await clock.advance(2 * 86_400_000);
    await Promise.all(calls);
    expect(granted.map((at) => at - start)).toEqual([0, 0, 3_600_030, 86_400_030]);
  });

  test('keeps the buckets of different scopes apart', async () => {
    const { acquire, granted } = setUp(bucket('room', { count: 1, seconds: 1 }));
    await Promise.all([acquire([call('room', 1, 'r1')]), acquire([call('room', 1, 'r2')])]);
    expect(granted).toHaveLength(2);
  });

  test('refuses at once a call that cannot be served before its deadline, and says when it could', async () => {
    const { acquire } = setUp(bucket('a', { count: 1, seconds: 60 }));
    await acquire([call('a')]);
    await expect(acquire([call('a')], 1000)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { bucket: 'a', retryAfterMs: 60_030 },
    });
  });

  test('never grants a call that costs more than a window holds', async () => {
    const { acquire } = setUp(bucket('a', { count: 5, seconds: 1 }));
    await expect(acquire([call('a', 6)])).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfterMs: undefined },
    });
  });

  test('gives the place of an aborted call to the next', async () => {
    const { clock, limiter, granted, acquire } = setUp(bucket('a', { count: 1, seconds: 1 }));
    await acquire([call('a')]);
    const abort = new AbortController();
    const gone = limiter.acquire([call('a')], { deadline: clock.now() + 60_000, signal: abort.signal });
    const next = acquire([call('a')]);
    abort.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    await clock.advance(1030);
    await next;
    expect(granted).toHaveLength(2);
  });

  test("gives nothing out for a while after the vendor's own refusal", async () => {
    const { acquire, limiter, granted, clock } = setUp(bucket('a', { count: 10, seconds: 1 }));
    limiter.penalize([call('a')], 500);
    const first = acquire([call('a')]);
    await clock.advance(499);
    expect(granted).toHaveLength(0);
    await clock.advance(1);
    await first;
  });

  test('no window, at any phase and with any jitter below the guard, holds more than its count', async () => {
    const arrivals = fc.array(
      fc.record({
        afterMs: fc.integer({ min: 0, max: 400 }),
        cost: fc.integer({ min: 1, max: 3 }),
        jitterMs: fc.integer({ min: 0, max: guardMs - 1 }),
      }),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 3, max: 8 }), async (calls, count) => {
        const { clock, limiter } = setUp(bucket('a', { count, seconds: 1 }, { count: count * 3, seconds: 5 }));
        const taken: { at: number; cost: number }[] = [];
        const waiting: Promise<void>[] = [];
        for (const { afterMs, cost, jitterMs } of calls) {
          await clock.advance(afterMs);
          const done = limiter.acquire([call('a', cost)], { deadline: Number.MAX_SAFE_INTEGER }).then(() => {
            // What the vendor sees is later than what we took, by the link's jitter.
            taken.push({ at: clock.now() + jitterMs, cost });
          });
          waiting.push(done);
        }
        await clock.advance(calls.length * 10_000);
        await Promise.all(waiting);
        expect(busiest(taken, 1000)).toBeLessThanOrEqual(count);
        expect(busiest(taken, 5000)).toBeLessThanOrEqual(count * 3);
      }),
      { numRuns: 25 },
    );
  }, 15_000);
});
