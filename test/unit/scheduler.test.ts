import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bucket } from '../../src/limits/bucket.ts';
import { MemoryStore } from '../../src/limits/memory-store.ts';
import { Scheduler } from '../../src/limits/scheduler.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { bucket, busiest, charge, setUpScheduler } from '../support/limits.ts';

const setUp = (...buckets: Bucket[]) => setUpScheduler(buckets);

describe('order', () => {
  test('people go before upkeep, and upkeep before mass work', async () => {
    const { clock, call, names } = setUp(bucket('a', { count: 1, seconds: 1 }));
    await call('first', [charge('a')]);
    const rest = [
      call('bulk', [charge('a')], { priority: 'bulk' }),
      call('background', [charge('a')], { priority: 'background' }),
      call('interactive', [charge('a')]),
    ];
    await clock.advance(4000);
    await Promise.all(rest);
    expect(names()).toEqual(['first', 'interactive', 'background', 'bulk']);
  });

  test('mass work goes before people who come ten seconds later, so that it never starves', async () => {
    const { clock, call, done } = setUp(bucket('a', { count: 1, seconds: 1 }));
    await call('first', [charge('a')]);
    void call('bulk', [charge('a')], { priority: 'bulk' });
    for (let second = 0; second < 30; second += 1) {
      void call(`person ${second}`, [charge('a')]);
      void call(`other ${second}`, [charge('a')]);
      await clock.advance(1000);
    }
    const before = done
      .slice(
        0,
        done.findIndex(({ name }) => name === 'bulk'),
      )
      .map(({ name }) => Number(name.split(' ')[1] ?? 0));
    expect(before.length).toBeGreaterThan(5);
    expect(Math.max(...before)).toBeLessThanOrEqual(11);
  });

  test('a viewer who asks for one waits behind one call of each other viewer, not behind their hundreds', async () => {
    const { clock, call, names } = setUp(bucket('a', { count: 1, seconds: 1 }));
    await call('first', [charge('a')]);
    for (let index = 0; index < 200; index += 1)
      void call('greedy', [charge('a')], { viewer: 'greedy', deadline: clock.ticks() + 1e9 });
    void call('modest', [charge('a')], { viewer: 'modest' });
    await clock.advance(4000);
    expect(names().slice(0, 4)).toContain('modest');
  });

  test('equal viewers get equal shares', async () => {
    const { clock, call, names } = setUp(bucket('a', { count: 4, seconds: 1 }));
    for (const viewer of ['a', 'b', 'c', 'd'])
      for (let index = 0; index < 50; index += 1)
        void call(viewer, [charge('a')], { viewer, deadline: clock.ticks() + 1e9 });
    await clock.advance(20_000);
    const shares = ['a', 'b', 'c', 'd'].map((viewer) => names().filter((name) => name === viewer).length);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  });

  test('a call that lacks one bucket does not hold up those who only need the other', async () => {
    const { clock, call, done } = setUp(
      bucket('all', { count: 10, seconds: 1 }),
      bucket('group', { count: 1, seconds: 1 }),
    );
    await call('group', [charge('all'), charge('group')]);
    const calls = [
      call('group', [charge('all'), charge('group')]),
      ...Array.from({ length: 9 }, () => call('plain', [charge('all')])),
    ];
    await clock.advance(100);
    expect(done.filter(({ name }) => name === 'plain')).toHaveLength(9);
    await clock.advance(2000);
    await Promise.all(calls);
  });

  test('a call of two buckets is not starved by those who need one of them', async () => {
    const { clock, call, done } = setUp(bucket('a', { count: 1, seconds: 1 }), bucket('b', { count: 1, seconds: 1 }));
    const forever = { deadline: clock.ticks() + 1e9 };
    const start = clock.now();
    // One comes for each bucket every second, half a second apart: the two are never free at the same moment by themselves.
    for (let second = 0; second < 20; second += 1) {
      void call('only a', [charge('a')], forever);
      await clock.advance(500);
      void call('only b', [charge('b')], forever);
      if (second === 2) void call('both', [charge('a'), charge('b')], forever);
      await clock.advance(500);
    }
    const both = done.find(({ name }) => name === 'both');
    expect((both?.at ?? Number.POSITIVE_INFINITY) - start).toBeLessThan(8_000);
    expect(done.filter(({ name }) => name === 'only a').length).toBeGreaterThanOrEqual(17);
  });

  test('a call that waits long for a small bucket keeps of a wide one no more than it needs, and only shortly before', async () => {
    const { clock, call, done } = setUp(
      bucket('all', { count: 10, seconds: 1 }),
      bucket('group', { count: 1, seconds: 60 }),
    );
    const forever = { deadline: clock.ticks() + 1e9 };
    await call('group', [charge('all'), charge('group')]);
    void call('next of the group', [charge('all'), charge('group')], forever);
    for (let index = 0; index < 1_000; index += 1) void call('plain', [charge('all')], forever);
    await clock.advance(59_000);
    // 10 a second, a window being held for 6 ms longer than its length.
    expect(done.filter(({ name }) => name === 'plain').length).toBeGreaterThan(580);
    await clock.advance(2_000);
    expect(done.map(({ name }) => name)).toContain('next of the group');
  });
});

describe('refusals', () => {
  test('a call that cannot be had in time is refused at once, with the bucket and when it could', async () => {
    const { clock, call } = setUp(bucket('a', { count: 1, seconds: 60 }));
    await call('first', [charge('a')]);
    await clock.advance(10);
    await expect(call('late', [charge('a')], { deadline: clock.ticks() + 1000 })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { bucket: 'a', retryAfterMs: expect.closeTo(60_000, -2) },
    });
  });

  test('those who wait ahead count', async () => {
    const { clock, call } = setUp(bucket('a', { count: 1, seconds: 1 }));
    await call('first', [charge('a')]);
    for (let index = 0; index < 10; index += 1) void call('ahead', [charge('a')]);
    await clock.advance(1);
    await expect(call('late', [charge('a')], { deadline: clock.ticks() + 5000 })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
  });

  test('an aborted call gives its place to the next', async () => {
    const { clock, call, names } = setUp(bucket('a', { count: 1, seconds: 1 }));
    await call('first', [charge('a')]);
    const abort = new AbortController();
    const gone = call('gone', [charge('a')], { signal: abort.signal });
    const next = call('next', [charge('a')]);
    abort.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    await clock.advance(1100);
    await next;
    expect(names()).toEqual(['first', 'next']);
  });

  test('a call that was aborted before it came takes nothing', async () => {
    const { clock, call, scheduler } = setUp(bucket('a', { count: 1, seconds: 3600 }));
    await expect(call('gone', [charge('a')], { signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left');
    await clock.advance(0);
    expect((await scheduler.usage())[0]?.used).toEqual([0]);
  });

  test('a call that is aborted while its units are taken gives them back', async () => {
    const { clock, call, scheduler } = setUp(bucket('a', { count: 1, seconds: 3600 }));
    const abort = new AbortController();
    const gone = call('gone', [charge('a')], { signal: abort.signal });
    abort.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    await clock.advance(0);
    expect((await scheduler.usage())[0]?.used).toEqual([0]);
    await call('next', [charge('a')]);
  });

  test('everybody who waits is refused at its own deadline once the vendor holds the bucket back, wherever in line', async () => {
    const { clock, call, scheduler, names } = setUp(bucket('a', { count: 1, seconds: 1 }));
    await call('first', [charge('a')]);
    await clock.advance(10);
    const start = clock.now();
    const refusedAt: Record<string, number> = {};
    for (const [name, patienceMs] of [
      ['patient', 50_000],
      ['hasty', 5_000],
      ['hastier', 4_000],
    ] as const) {
      call(name, [charge('a')], { deadline: clock.ticks() + patienceMs }).catch(() => {
        refusedAt[name] = clock.now() - start;
      });
    }
    await clock.advance(0);
    await scheduler.penalize([charge('a')], 60_000);
    await clock.advance(59_000);
    expect(names()).toEqual(['first']);
    expect(refusedAt).toEqual({ patient: 50_000, hasty: 5_000, hastier: 4_000 });
    // Nobody waits any more, so nothing is looked after any more.
    expect(clock.waiting).toBeLessThanOrEqual(1);
  });

  test('a call that costs more than a window holds is refused for ever', async () => {
    const { call } = setUp(bucket('a', { count: 5, seconds: 1 }));
    await expect(call('huge', [charge('a', 6)])).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfterMs: undefined },
    });
  });
});

describe('the machine’s clock', () => {
  test.each([3_600_000, -3_600_000])('set by %d ms, it neither frees nor blocks anything', async (stepMs) => {
    const { clock, call, done } = setUp(bucket('a', { count: 1, seconds: 1 }));
    await call('first', [charge('a')]);
    await clock.advance(100);
    clock.step(stepMs);
    void call('second', [charge('a')]);
    await clock.advance(850);
    expect(done).toHaveLength(1);
    await clock.advance(200);
    expect(done).toHaveLength(2);
  });
});

describe('properties', () => {
  const arrival = fc.record({
    afterMs: fc.integer({ min: 0, max: 300 }),
    cost: fc.integer({ min: 1, max: 3 }),
    pair: fc.boolean(),
    /** How late the call reaches the vendor, and how long the answer takes from there. */
    lateMs: fc.integer({ min: 0, max: 400 }),
    backMs: fc.integer({ min: 0, max: 50 }),
  });

  test('no window of the vendor’s counter holds more than its count, at any phase and for any link; nothing waits for ever', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arrival, { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 3, max: 7 }),
        async (arrivals, count) => {
          const buckets = [
            bucket('a', { count, seconds: 1 }, { count: count * 3, seconds: 5 }),
            bucket('b', { count: 3, seconds: 2 }),
          ];
          const clock = new FakeClock();
          const scheduler = new Scheduler(buckets, new MemoryStore(buckets, clock), clock);
          const seen: Record<string, { at: number; cost: number }[]> = { a: [], b: [] };
          let answered = 0;
          for (const { afterMs, cost, pair, lateMs, backMs } of arrivals) {
            await clock.advance(afterMs);
            const charges = pair ? [charge('a', cost), charge('b', cost)] : [charge('a', cost)];
            void scheduler.acquire(charges, { deadline: Number.MAX_SAFE_INTEGER }).then((grant) => {
              for (const each of charges) seen[each.bucket]?.push({ at: clock.now() + lateMs, cost: each.cost });
              clock.schedule(lateMs + backMs, () => {
                answered += 1;
                void scheduler.settle(grant, clock.now());
              });
            });
          }
          await clock.advance(arrivals.length * 15_000);
          expect(answered).toBe(arrivals.length);
          expect(busiest(seen['a'] ?? [], 1000)).toBeLessThanOrEqual(count);
          expect(busiest(seen['a'] ?? [], 5000)).toBeLessThanOrEqual(count * 3);
          expect(busiest(seen['b'] ?? [], 2000)).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 30 },
    );
  }, 30_000);
});
