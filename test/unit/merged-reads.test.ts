import { expect, test } from 'vitest';
import { MemoryStore } from '../../src/limits/memory-store.ts';
import { Merger } from '../../src/limits/merger.ts';
import { Scheduler } from '../../src/limits/scheduler.ts';
import { type Charge, Planned, type RequestOptions } from '../../src/request-options.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { bucket as bucketOf } from '../support/limits.ts';

const bucket = (id: string, count: number, seconds = 1) => bucketOf(id, { count, seconds });

test('a permit is used by a call that draws just what was granted, of every bucket', async () => {
  for (const [cost, isUsed] of [
    [1, true],
    [2, false],
  ] as const) {
    const clock = new FakeClock();
    const buckets = [bucket('a', 5, 3600), bucket('b', 5, 3600)];
    const scheduler = new Scheduler(buckets, new MemoryStore(buckets, clock), clock);
    const charges = (ofB: number): Charge[] => [
      { bucket: 'a', scope: '', cost: 1 },
      { bucket: 'b', scope: '', cost: ofB },
    ];
    const uses: (boolean | undefined)[] = [];
    const load = async (keys: readonly string[], options: RequestOptions = {}) => {
      if (options.isPlan) throw new Planned('bulk', keys.length, charges(1));
      uses.push(options.permit?.use(charges(cost)), options.permit?.use(charges(cost)));
      return keys;
    };
    const merger = new Merger({ max: 10, load }, scheduler, clock);
    expect(await merger.load('x')).toBe('x');
    await clock.advance(0);
    expect(uses).toEqual([isUsed, false]);
    expect((await scheduler.usage()).map(({ used }) => used)).toEqual(isUsed ? [[1], [1]] : [[0], [0]]);
  }
});

test('a read that answers fewer keys than it was asked for fails those that it left out', async () => {
  const clock = new FakeClock();
  const buckets = [bucket('a', 10)];
  const scheduler = new Scheduler(buckets, new MemoryStore(buckets, clock), clock);
  const merger = new Merger({ max: 10, load: async (keys: readonly string[]) => keys.slice(0, 1) }, scheduler, clock);
  const [first, second] = await Promise.all(['x', 'y'].map((key) => merger.load(key)));
  expect([first, second]).toEqual(['x', expect.objectContaining({ code: 'VENDOR_BAD_RESPONSE' })]);
});

test('a read is told the priority and the viewer of its first key, and the latest deadline of its keys', async () => {
  const clock = new FakeClock();
  const buckets = [bucket('a', 10)];
  const scheduler = new Scheduler(buckets, new MemoryStore(buckets, clock), clock);
  const seen: Partial<RequestOptions>[] = [];
  const load = async (keys: readonly string[], { isPlan, priority, viewer, deadline }: RequestOptions = {}) => {
    if (isPlan) throw new Planned('bulk', keys.length, [{ bucket: 'a', scope: '', cost: 1 }]);
    seen.push({ priority, viewer, deadline });
    return keys;
  };
  const merger = new Merger({ max: 10, load }, scheduler, clock);
  const start = clock.ticks();
  await Promise.all([
    merger.load('x', { viewer: 'one', deadline: start + 1_000 }),
    merger.load('y', { viewer: 'two', deadline: start + 3_000 }),
    merger.load('z', { viewer: 'three', deadline: start + 2_000, priority: 'bulk' }),
  ]);
  expect(seen).toEqual([{ priority: 'interactive', viewer: 'one', deadline: start + 3_000 }]);
});
