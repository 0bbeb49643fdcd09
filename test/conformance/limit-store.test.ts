import { describe, expect, test } from 'vitest';
import type { Bucket } from '../../src/limits/bucket.ts';
import { MemoryStore } from '../../src/limits/memory-store.ts';
import type { LimitStore, Taker } from '../../src/limits/store.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** Every implementation of `LimitStore`; a store that several processes share has to pass the same. */
const implementations: Record<string, (buckets: readonly Bucket[], clock: FakeClock) => LimitStore> = {
  memory: (buckets, clock) => new MemoryStore(buckets, clock),
};

const bucket = (id: string, ...windows: Bucket['windows']): Bucket => ({
  id,
  unit: 'calls',
  scope: 'app',
  windows,
  source: 'test',
});
const charge = (id: string, cost = 1, scope = '') => ({ bucket: id, scope, cost });
/** How long calls are under way, when a test says nothing. */
const tookMs = 10;
/** What a window of so many seconds is held for longer than its length: a rounded millisecond, and a clock that runs slower by 0.02 %. */
const marginMs = (seconds: number) => 1 + seconds * 0.2;
const alone = (viewer = ''): Taker => ({
  viewer,
  part: 1,
  othersAt: () => Number.NEGATIVE_INFINITY,
  held: () => undefined,
});

describe.each(Object.entries(implementations))('%s', (_, make) => {
  const setUp = (...buckets: Bucket[]) => {
    const clock = new FakeClock();
    const store = make(buckets, clock);
    /** Takes, and settles it as a call that was answered some time later. */
    const call = async (charges: ReturnType<typeof charge>[], afterMs = tookMs, taker = alone()) => {
      const grant = await store.take(charges, taker);
      if (grant.isGranted) await store.settle(charges, grant.at, taker.viewer, grant.at + afterMs);
      return grant;
    };
    return { clock, store, call };
  };

  test('grants up to the count, then says when the next is free', async () => {
    const { clock, call } = setUp(bucket('a', { count: 2, seconds: 1 }));
    const start = clock.now();
    expect((await call([charge('a')])).isGranted).toBe(true);
    expect((await call([charge('a')])).isGranted).toBe(true);
    expect(await call([charge('a')])).toEqual({
      isGranted: false,
      lacking: ['a '],
      bucket: 'a',
      retryAt: start + tookMs + 1000 + marginMs(1),
    });
    await clock.advance(tookMs + 1000 + marginMs(1));
    expect((await call([charge('a')])).isGranted).toBe(true);
  });

  test('frees a take a window after its own answer, and no sooner', async () => {
    const { clock, call } = setUp(bucket('a', { count: 1, seconds: 1 }));
    await call([charge('a')], 2);
    await clock.advance(1002);
    expect((await call([charge('a')])).isGranted).toBe(false);
    await clock.advance(1.5);
    expect((await call([charge('a')])).isGranted).toBe(true);
  });

  test('keeps an entry whose call is still under way, however long', async () => {
    const { clock, store, call } = setUp(bucket('a', { count: 1, seconds: 1 }));
    const grant = await store.take([charge('a')], alone());
    await clock.advance(3000);
    expect((await call([charge('a')])).isGranted).toBe(false);
    if (!grant.isGranted) throw new Error('not granted');
    await store.settle([charge('a')], grant.at, '', clock.now());
    await clock.advance(1000);
    expect((await call([charge('a')])).isGranted).toBe(false);
    await clock.advance(2);
    expect((await call([charge('a')])).isGranted).toBe(true);
  });

  test('takes all buckets or none', async () => {
    const { store, call } = setUp(bucket('wide', { count: 5, seconds: 1 }), bucket('narrow', { count: 1, seconds: 1 }));
    await call([charge('wide'), charge('narrow')]);
    expect(await call([charge('wide'), charge('narrow')])).toMatchObject({
      isGranted: false,
      lacking: ['narrow '],
      bucket: 'narrow',
    });
    expect((await store.state(bucket('wide', { count: 5, seconds: 1 }), '')).used).toEqual([1]);
  });

  test('holds several windows at once', async () => {
    const { clock, call } = setUp(bucket('push', { count: 2, seconds: 3600 }, { count: 3, seconds: 86_400 }));
    const start = clock.now();
    await call([charge('push')]);
    await call([charge('push')]);
    expect(await call([charge('push')])).toMatchObject({ retryAt: start + tookMs + 3_600_000 + marginMs(3600) });
    await clock.advance(tookMs + 3_600_000 + marginMs(3600));
    await call([charge('push')]);
    expect(await call([charge('push')])).toMatchObject({ retryAt: start + tookMs + 86_400_000 + marginMs(86_400) });
  });

  test('frees a calendar day at its own midnight, not a day after the call', async () => {
    const offset = 480;
    const { clock, call } = setUp(bucket('day', { count: 1, seconds: 86_400, dayOffsetMinutes: offset }));
    const grant = await call([charge('day')]);
    const refused = await call([charge('day')]);
    if (!grant.isGranted || refused.isGranted) throw new Error('granted twice a day');
    const local = new Date(refused.retryAt + offset * 60_000);
    // The vendor's midnight may come five seconds after ours.
    expect(local.toISOString()).toMatch(/T00:00:05\.000Z$/);
    expect(refused.retryAt - clock.now()).toBeLessThanOrEqual(86_400_000 + 5_000);
    await clock.advance(refused.retryAt - clock.now());
    expect((await call([charge('day')])).isGranted).toBe(true);
  });

  test('counts by cost, and never grants what a window can never hold', async () => {
    const { call } = setUp(bucket('a', { count: 5, seconds: 1 }));
    expect((await call([charge('a', 4)])).isGranted).toBe(true);
    expect((await call([charge('a', 2)])).isGranted).toBe(false);
    expect((await call([charge('a', 1)])).isGranted).toBe(true);
    expect(await call([charge('a', 6)])).toMatchObject({ isGranted: false, retryAt: Number.POSITIVE_INFINITY });
  });

  test('keeps scopes apart', async () => {
    const { call } = setUp(bucket('room', { count: 1, seconds: 1 }));
    expect((await call([charge('room', 1, 'r1')])).isGranted).toBe(true);
    expect((await call([charge('room', 1, 'r2')])).isGranted).toBe(true);
    expect((await call([charge('room', 1, 'r1')])).isGranted).toBe(false);
  });

  test('frees what is given back', async () => {
    const { store, call } = setUp(bucket('a', { count: 1, seconds: 60 }));
    const grant = await store.take([charge('a')], alone());
    if (!grant.isGranted) throw new Error('not granted');
    await store.giveBack([charge('a')], grant.at, '');
    expect((await call([charge('a')])).isGranted).toBe(true);
  });

  test('narrows after a refusal, honours its Retry-After, and widens step by step', async () => {
    const { clock, store, call } = setUp(bucket('a', { count: 10, seconds: 1 }));
    const a = bucket('a', { count: 10, seconds: 1 });
    await store.penalize([charge('a')], 3000);
    expect(await call([charge('a')])).toMatchObject({ isGranted: false, retryAt: clock.now() + 3000 });
    expect((await store.state(a, '')).scale).toBeCloseTo(0.7);
    expect((await store.state(a, '')).refusals).toBe(1);
    await clock.advance(3000);
    expect((await call([charge('a')])).isGranted).toBe(true);
    expect((await store.state(a, '')).scale).toBe(1);
  });
});
