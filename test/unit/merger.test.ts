import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { Bucket } from '../../src/limits/bucket.ts';
import { MemoryStore } from '../../src/limits/memory-store.ts';
import { type BulkRead, Merger } from '../../src/limits/merger.ts';
import { Scheduler } from '../../src/limits/scheduler.ts';
import { type Charge, Planned, type RequestOptions } from '../../src/request-options.ts';
import { FakeClock } from '../support/fake-clock.ts';

const bucket = (id: string, count: number, seconds = 1, unit = 'calls'): Bucket => ({
  id,
  unit,
  scope: 'app',
  windows: [{ count, seconds }],
  source: 'test',
});

interface Made {
  readonly keys: readonly string[];
  readonly endpoint: string;
  readonly at: number;
}

interface Vendor {
  readonly max: number;
  /** Which endpoint takes so many keys, and what it draws. */
  readonly endpoint?: (keys: readonly string[]) => { name: string; charges: Charge[] };
  readonly group?: (key: string) => string;
  readonly answer?: (key: string) => string | AppError;
  readonly failure?: (keys: readonly string[]) => AppError | undefined;
}

function setUp(buckets: readonly Bucket[], vendor: Vendor) {
  const clock = new FakeClock();
  const scheduler = new Scheduler(buckets, new MemoryStore(buckets, clock), clock);
  const made: Made[] = [];
  const endpointOf = vendor.endpoint ?? (() => ({ name: 'bulk', charges: [{ bucket: 'a', scope: '', cost: 1 }] }));
  /** What the client does with an adapter's one call. */
  const load = async (keys: readonly string[], options: RequestOptions = {}) => {
    const { name, charges } = endpointOf(keys);
    if (options.isPlan) throw new Planned(name, keys.length, charges);
    const granted = options.permit?.use(charges)
      ? options.permit.granted
      : await scheduler.acquire(charges, { deadline: clock.ticks() + 60_000 });
    made.push({ keys, endpoint: name, at: clock.now() });
    await scheduler.settle(granted, clock.ticks() + 1);
    options.trace?.({
      app: 'app',
      endpoint: name,
      items: keys.length,
      attempts: 1,
      waitMs: 0,
      durationMs: 1,
      outcome: 'ok',
      sharedBy: 1,
    });
    const failure = vendor.failure?.(keys);
    if (failure) throw failure;
    return keys.map((key) => vendor.answer?.(key) ?? key.toUpperCase());
  };
  const read: BulkRead<string, string> = { max: vendor.max, load, ...(vendor.group && { group: vendor.group }) };
  return { clock, made, scheduler, merger: new Merger(read, scheduler, clock) };
}

const names = (count: number, prefix = 'k') => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('merging', () => {
  test('keys of one turn leave in one call, without delay', async () => {
    const { clock, merger, made } = setUp([bucket('a', 10)], { max: 100 });
    const start = clock.now();
    expect(await Promise.all(['x', 'y'].map((key) => merger.load(key)))).toEqual(['X', 'Y']);
    expect(made).toEqual([{ keys: ['x', 'y'], endpoint: 'bulk', at: start }]);
  });

  test('equal keys are asked once, across those who ask', async () => {
    const { merger, made } = setUp([bucket('a', 10)], { max: 100 });
    const [one, other] = await Promise.all([merger.load('x'), merger.load('x')]);
    expect([one, other, made.length]).toEqual(['X', 'X', 1]);
  });

  test('keys that come while the limit is spent leave together, as many as the batch size allows', async () => {
    const { clock, merger, made } = setUp([bucket('a', 1)], { max: 50 });
    await merger.load('first');
    const waiting: Promise<unknown>[] = [];
    for (const key of names(120)) {
      waiting.push(merger.load(key));
      await clock.advance(2);
    }
    await clock.advance(3000);
    await Promise.all(waiting);
    expect(made.map(({ keys }) => keys.length)).toEqual([1, 50, 50, 20]);
  });

  test('a lone key takes the single call, and is promoted to the bulk one when another joins it', async () => {
    const { clock, merger, made } = setUp([bucket('single', 1), bucket('bulk', 1)], {
      max: 10,
      endpoint: (keys) => {
        const name = keys.length === 1 ? 'single' : 'bulk';
        return { name, charges: [{ bucket: name, scope: '', cost: 1 }] };
      },
    });
    await merger.load('a');
    const waiting = [merger.load('b')];
    await clock.advance(100);
    waiting.push(merger.load('c'));
    await clock.advance(1500);
    await Promise.all(waiting);
    expect(made.map(({ endpoint, keys }) => [endpoint, keys])).toEqual([
      ['single', ['a']],
      ['bulk', ['b', 'c']],
    ]);
  });

  test('a limit that counts items is charged for each', async () => {
    const { clock, merger, made } = setUp([bucket('ids', 10, 1, 'users')], {
      max: 10,
      endpoint: (keys) => ({ name: 'check', charges: [{ bucket: 'ids', scope: '', cost: keys.length }] }),
    });
    const waiting = names(25).map((key) => merger.load(key));
    await clock.advance(5000);
    await Promise.all(waiting);
    for (const { at } of made) {
      const inWindow = made
        .filter((each) => each.at >= at && each.at < at + 1000)
        .reduce((sum, each) => sum + each.keys.length, 0);
      expect(inWindow).toBeLessThanOrEqual(10);
    }
    expect(made.flatMap(({ keys }) => keys)).toHaveLength(25);
  });

  test('keys share a call only inside their group', async () => {
    const { merger, made } = setUp([bucket('a', 10)], { max: 10, group: (key) => key.slice(0, 1) });
    await Promise.all(['x1', 'y1', 'x2'].map((key) => merger.load(key)));
    expect(made.map(({ keys }) => keys)).toEqual([['x1', 'x2'], ['y1']]);
  });
});

describe('failures', () => {
  test('one failed key fails alone; a failed call fails only its keys', async () => {
    const refused = new AppError('VENDOR_UNAVAILABLE');
    const { merger } = setUp([bucket('a', 10)], {
      max: 2,
      answer: (key) => (key === 'b' ? new AppError('NOT_FOUND') : key),
      failure: (keys) => (keys.includes('c') ? refused : undefined),
    });
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((key) => merger.load(key)));
    expect([a, (b as AppError).code, c]).toEqual(['a', 'NOT_FOUND', refused]);
  });

  test('an aborted key leaves the line, and the others take its place', async () => {
    const { clock, merger, made } = setUp([bucket('a', 1)], { max: 2 });
    await merger.load('first');
    const abort = new AbortController();
    const gone = merger.load('gone', { signal: abort.signal });
    const rest = [merger.load('x'), merger.load('y')];
    abort.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    await clock.advance(1100);
    await Promise.all(rest);
    expect(made[1]?.keys).toEqual(['x', 'y']);
  });

  test('a key that one of two has given up is still read for the other', async () => {
    const { clock, merger } = setUp([bucket('a', 1)], { max: 2 });
    await merger.load('first');
    const abort = new AbortController();
    const gone = merger.load('x', { signal: abort.signal });
    const stays = merger.load('x');
    abort.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    await clock.advance(1100);
    expect(await stays).toBe('X');
  });

  test('a key that cannot be had in time is refused at once, with when it could', async () => {
    const { clock, merger } = setUp([bucket('a', 1)], { max: 10 });
    await merger.load('first');
    const waiting = names(100).map((key) => merger.load(key, { deadline: clock.ticks() + 60_000 }));
    await clock.advance(1);
    expect(await merger.load('late', { deadline: clock.ticks() + 5000 })).toMatchObject({
      code: 'RATE_LIMITED',
      details: { bucket: 'a', retryAfterMs: 10_000 },
    });
    await clock.advance(15_000);
    await Promise.all(waiting);
  });

  test('a key that cannot be had in time is told the first limit of those that its call draws on', async () => {
    const charges = ['a', 'b'].map((each) => ({ bucket: each, scope: '', cost: 1 }));
    const endpoint = () => ({ name: 'bulk', charges });
    const { clock, merger } = setUp([bucket('a', 1), bucket('b', 1)], { max: 10, endpoint });
    await merger.load('first');
    const waiting = names(100).map((key) => merger.load(key, { deadline: clock.ticks() + 60_000 }));
    await clock.advance(1);
    expect(await merger.load('late', { deadline: clock.ticks() + 5000 })).toMatchObject({ details: { bucket: 'a' } });
    await clock.advance(15_000);
    await Promise.all(waiting);
  });
});

describe('what is not used', () => {
  test('a permit that the read has no use for is given back', async () => {
    const clock = new FakeClock();
    const buckets = [bucket('a', 1, 3600)];
    const scheduler = new Scheduler(buckets, new MemoryStore(buckets, clock), clock);
    const load = async (keys: readonly string[], options: RequestOptions = {}) => {
      if (options.isPlan) throw new Planned('bulk', keys.length, [{ bucket: 'a', scope: '', cost: 1 }]);
      // What it was planned to call is known by now.
      return keys;
    };
    const merger = new Merger({ max: 10, load }, scheduler, clock);
    expect(await merger.load('x')).toBe('x');
    await clock.advance(0);
    expect((await scheduler.usage())[0]?.used).toEqual([0]);
  });

  test('a call whose keys have all left is not made, and its units are given back', async () => {
    const { clock, merger, made, scheduler } = setUp([bucket('a', 1)], { max: 10 });
    await merger.load('first');
    const abort = new AbortController();
    const gone = merger.load('gone', { signal: abort.signal });
    await clock.advance(10);
    abort.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    await clock.advance(1_100);
    expect(made).toHaveLength(1);
    expect((await scheduler.usage())[0]).toMatchObject({ used: [0], waiting: 0 });
  });

  test('a key whose time is over is refused and not read, though its line goes on', async () => {
    const { clock, merger, made } = setUp([bucket('a', 1)], { max: 10 });
    await merger.load('first');
    // The two wait together; only one of them still wants an answer when the next call leaves.
    const patient = merger.load('patient', { deadline: clock.ticks() + 5_000 });
    const late = merger.load('late', { deadline: clock.ticks() + 950 });
    await clock.advance(1_100);
    expect(await patient).toBe('PATIENT');
    expect(await late).toMatchObject({ code: 'RATE_LIMITED' });
    expect(made.map(({ keys }) => keys)).toEqual([['first'], ['patient']]);
  });

  test('each key is refused within a tenth of a second of its own deadline while the vendor holds the bucket back', async () => {
    const { clock, merger, made, scheduler } = setUp([bucket('a', 1)], { max: 10 });
    await merger.load('first');
    const start = clock.now();
    const refusedAt: Record<string, number> = {};
    const waiting = [
      ['patient', 20_000],
      ['hasty', 3_000],
    ] as const;
    for (const [key, patienceMs] of waiting)
      void merger.load(key, { deadline: clock.ticks() + patienceMs }).then((value) => {
        if (value instanceof AppError) refusedAt[key] = clock.now() - start;
      });
    await clock.advance(10);
    await scheduler.penalize([{ bucket: 'a', scope: '', cost: 1 }], 60_000);
    // It joins them later, and is more patient than they are.
    void merger.load('newcomer', { deadline: clock.ticks() + 65_000 });
    await clock.advance(59_000);
    expect(refusedAt['hasty']).toBeGreaterThan(3_000);
    expect(refusedAt['hasty']).toBeLessThanOrEqual(3_101);
    expect(refusedAt['patient']).toBeGreaterThan(20_000);
    expect(refusedAt['patient']).toBeLessThanOrEqual(20_101);
    await clock.advance(3_000);
    expect(made.at(-1)?.keys).toEqual(['newcomer']);
  });
});

describe('fairness', () => {
  test('one viewer with thousands does not starve another with one', async () => {
    const { clock, merger, made } = setUp([bucket('a', 1)], { max: 10 });
    await merger.load('first');
    const greedy = names(500, 'g').map((key) => merger.load(key, { viewer: 'greedy', deadline: clock.ticks() + 1e9 }));
    const modest = merger.load('modest', { viewer: 'modest', deadline: clock.ticks() + 1e9 });
    await clock.advance(1100);
    expect(made[1]?.keys).toContain('modest');
    await clock.advance(60_000);
    await Promise.all([...greedy, modest]);
  });

  test('a viewer who reads little is answered at once while another has spent its share of a long window', async () => {
    const { clock, merger, made } = setUp([bucket('a', 10, 60)], { max: 10 });
    await merger.load('first', { viewer: 'modest' });
    const greedy = names(500, 'g').map((key) => merger.load(key, { viewer: 'greedy', deadline: clock.ticks() + 1e9 }));
    await clock.advance(100);
    // Half of the ten calls a minute.
    expect(made.filter(({ keys }) => keys[0]?.startsWith('g'))).toHaveLength(5);
    const answer = merger.load('m', { viewer: 'modest', deadline: clock.ticks() + 1_000 });
    await clock.advance(10);
    expect(await answer).toBe('M');
    // The call was made for it, and others rode along.
    expect(made.at(-1)?.keys[0]).toBe('m');
    expect(made.at(-1)?.keys).toHaveLength(10);
    await clock.advance(3_600_000);
    await Promise.all(greedy);
  });

  test('a person goes before the mass work of others, though its viewer holds its share, in a call that is made for them', async () => {
    const { clock, merger, made } = setUp([bucket('a', 10, 60)], { max: 10 });
    await merger.load('first', { viewer: 'modest' });
    const all = names(60, 'g').map((key) =>
      merger.load(key, { viewer: 'greedy', priority: 'bulk', deadline: clock.ticks() + 1e9 }),
    );
    await clock.advance(100);
    const before = made.length;
    all.push(merger.load('person', { viewer: 'greedy', deadline: clock.ticks() + 1e9 }));
    all.push(
      ...names(30, 'm').map((key) =>
        merger.load(key, { viewer: 'modest', priority: 'bulk', deadline: clock.ticks() + 1e9 }),
      ),
    );
    await clock.advance(10);
    const call = made[before]?.keys ?? [];
    expect(call[0]).toBe('m0');
    expect(call).toContain('person');
    expect(call.filter((key) => key.startsWith('m'))).toHaveLength(9);
    await clock.advance(3_600_000);
    await Promise.all(all);
  });

  test('each viewer is charged for its part of a call that several share', async () => {
    const { clock, merger, made } = setUp([bucket('a', 4, 60)], { max: 10 });
    await merger.load('first', { viewer: 'absent' });
    const keys = (viewer: string) =>
      names(15, viewer).map((key) => merger.load(key, { viewer, deadline: clock.ticks() + 1e9 }));
    const all = [...keys('a'), ...keys('b')];
    await clock.advance(100);
    // Of the two calls that were made for both each has had one.
    const shared = made.slice(1, 3).flatMap((call) => call.keys);
    expect(shared.filter((key) => key.startsWith('a'))).toHaveLength(10);
    expect(shared.filter((key) => key.startsWith('b'))).toHaveLength(10);
    await clock.advance(3_600_000);
    await Promise.all(all);
  });

  test('urgent keys go before mass work in the same call', async () => {
    const { clock, merger, made } = setUp([bucket('a', 1)], { max: 3 });
    await merger.load('first');
    const all = names(9, 'bulk').map((key) => merger.load(key, { priority: 'bulk' }));
    all.push(merger.load('person', { priority: 'interactive' }));
    await clock.advance(1100);
    expect(made[1]?.keys).toContain('person');
    await clock.advance(10_000);
    await Promise.all(all);
  });
});

test('mass work that waits for a key lends its place to a person who wants it too', async () => {
  const { clock, merger, made } = setUp([bucket('a', 1)], { max: 3 });
  await merger.load('first');
  const all = names(9, 'bulk').map((key) => merger.load(key, { priority: 'bulk' }));
  all.push(merger.load('bulk8', { priority: 'interactive', viewer: 'person' }));
  await clock.advance(1100);
  expect(made[1]?.keys[0]).toBe('bulk8');
  await clock.advance(10_000);
  await Promise.all(all);
});

test('everybody who shares a call is told of it, and of how many shared it', async () => {
  const { merger } = setUp([bucket('a', 10)], { max: 10 });
  const told: { items: number; sharedBy: number }[] = [];
  await Promise.all([
    merger.load('x', { trace: (call) => told.push(call) }),
    merger.load('y', { trace: (call) => told.push(call) }),
  ]);
  expect(told).toMatchObject([
    { items: 2, sharedBy: 2 },
    { items: 2, sharedBy: 2 },
  ]);
});

test('a plan says what a read would call, and sends nothing', async () => {
  const { merger, made } = setUp([bucket('a', 10)], { max: 10 });
  expect(await merger.plan(['x', 'y'])).toMatchObject({ endpoint: 'bulk', items: 2, charges: [{ bucket: 'a' }] });
  expect(made).toEqual([]);
});
