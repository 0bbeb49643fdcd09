import { describe, expect, test } from 'vitest';
import { defaultBounds } from '../../src/bounds.ts';
import { AppError, failed } from '../../src/errors.ts';
import { Once } from '../../src/gateway/once.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { heapUse } from '../support/heap.ts';

const dayMs = 24 * 3600 * 1000;
const bounds = { ...defaultBounds, idempotencyBytesPerViewer: 20_000, idempotencyBytes: 100_000 };

/** A change that counts how often it ran, and gives the count. */
function counter(isKept?: () => boolean) {
  let runs = 0;
  const run = async () => {
    runs += 1;
    return { runs };
  };
  return { input: 'the same', run, ...(isKept && { isKept }) };
}

describe('the answer to an idempotency key', () => {
  test('is given again for 24 hours, and not longer', async () => {
    const clock = new FakeClock();
    const once = new Once(clock, bounds);
    const change = counter();
    expect(await once.run('alice', 'send', 'k', change)).toEqual({ runs: 1 });
    await clock.advance(dayMs - 1);
    expect(await once.run('alice', 'send', 'k', change)).toEqual({ runs: 1 });
    await clock.advance(1);
    expect(await once.run('alice', 'send', 'k', change)).toEqual({ runs: 2 });
  });

  test('outlives a machine clock that jumps eight days ahead for a minute', async () => {
    const clock = new FakeClock();
    const once = new Once(clock, bounds);
    const change = counter();
    await once.run('alice', 'send', 'k', change);
    clock.step(8 * dayMs);
    expect(await once.run('alice', 'send', 'k', change)).toEqual({ runs: 1 });
  });

  test('keeps dates and failures as callers see them, without stacks and causes', async () => {
    const once = new Once(new FakeClock(), bounds);
    const cause = new Error('socket hang up');
    const error = new AppError('OUTCOME_UNKNOWN', 'No answer.', { app: 'zim-eu', vendorRequestId: '7', cause });
    const run = async () => [failed(error), { ok: true, value: { key: 'k', sentAt: new Date(5), sequence: null } }];
    await once.run('alice', 'send', 'k', { input: 1, run });
    const again = await once.run('alice', 'send', 'k', { input: 1, run: () => Promise.reject(new Error('ran twice')) });
    expect(again).toEqual([
      failed(new AppError('OUTCOME_UNKNOWN', 'No answer.', { app: 'zim-eu', vendorRequestId: '7' })),
      { ok: true, value: { key: 'k', sentAt: new Date(5), sequence: null } },
    ]);
    expect(again[0]).toMatchObject({
      error: { code: 'OUTCOME_UNKNOWN', details: { app: 'zim-eu', vendorRequestId: '7' } },
    });
    expect(again[0]).not.toHaveProperty('error.cause');
  });

  test('is thrown again where the outcome of the whole change is unknown', async () => {
    const once = new Once(new FakeClock(), bounds);
    const run = () => Promise.reject(new AppError('OUTCOME_UNKNOWN', 'No answer.'));
    await expect(once.run('alice', 'send', 'k', { input: 1, run })).rejects.toThrow('No answer.');
    await expect(once.run('alice', 'send', 'k', counter())).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(once.run('alice', 'send', 'k', { ...counter(), input: 1 })).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      message: 'No answer.',
    });
  });

  test('is not kept when nobody was reached, so that the key stays free', async () => {
    const once = new Once(new FakeClock(), bounds);
    const change = counter(() => false);
    await once.run('alice', 'send', 'k', change);
    expect(once.bytes).toBe(0);
    expect(await once.run('alice', 'send', 'k', change)).toEqual({ runs: 2 });
    const run = () => Promise.reject(new AppError('VENDOR_UNAVAILABLE'));
    await expect(once.run('alice', 'send', 'l', { input: 1, run })).rejects.toThrow();
    expect(once.bytes).toBe(0);
  });

  test('is of one viewer and one kind of change', async () => {
    const once = new Once(new FakeClock(), bounds);
    const change = counter();
    await once.run('alice', 'send', 'k', change);
    expect(await once.run('bob', 'send', 'k', change)).toEqual({ runs: 2 });
    expect(await once.run('alice', 'broadcast', 'k', change)).toEqual({ runs: 3 });
    expect(await once.run('alice send', '', 'k', change)).toEqual({ runs: 4 });
  });
});

describe('what is kept for idempotency keys', () => {
  const keep = (once: Once, viewer: string, key: string) =>
    once.run(viewer, 'send', key, { input: key, run: async () => 'x'.repeat(1000) });
  const isKept = async (once: Once, viewer: string, key: string) => {
    let hasRun = false;
    await once.run(viewer, 'send', key, {
      input: key,
      run: async () => {
        hasRun = true;
        return '';
      },
      isKept: () => false,
    });
    return !hasRun;
  };

  test("is bounded in bytes for each viewer: its own oldest answers go, nobody else's", async () => {
    const once = new Once(new FakeClock(), bounds);
    await keep(once, 'bob', 'mine');
    for (let index = 0; index < 100; index += 1) await keep(once, 'alice', `k${index}`);
    expect(once.bytes).toBeLessThanOrEqual(20_000 + 2_000);
    expect(await isKept(once, 'alice', 'k99')).toBe(true);
    expect(await isKept(once, 'alice', 'k0')).toBe(false);
    expect(await isKept(once, 'bob', 'mine')).toBe(true);
  });

  test('is bounded in bytes for all: those who have much lose their oldest answers, those who have little keep theirs', async () => {
    const once = new Once(new FakeClock(), bounds);
    await keep(once, 'bob', 'mine');
    for (let viewer = 0; viewer < 20; viewer += 1)
      for (let index = 0; index < 20; index += 1) await keep(once, `mallory ${viewer}`, `k${index}`);
    expect(once.bytes).toBeLessThanOrEqual(100_000);
    expect(once.bytes).toBeGreaterThan(90_000);
    expect(await isKept(once, 'bob', 'mine')).toBe(true);
  });

  test('does not hold an answer that is larger than all that a viewer may have', async () => {
    const once = new Once(new FakeClock(), bounds);
    await once.run('alice', 'send', 'k', { input: 1, run: async () => 'x'.repeat(30_000) });
    expect(once.bytes).toBe(0);
  });

  test.each(['idempotency keys', 'short answers of idempotency keys'])(
    'takes no more of the heap than is counted: %s',
    { timeout: 60_000 },
    async (name) => {
      const { counted, grown } = await heapUse(name);
      expect(counted).toBeGreaterThan(7 * 1024 * 1024);
      expect(counted).toBeLessThanOrEqual(8 * 1024 * 1024);
      expect(grown).toBeLessThan(1.15 * counted);
    },
  );
});

describe('changes with an idempotency key that are under way', () => {
  const few = { ...bounds, idempotencyRunsPerViewer: 2, idempotencyRuns: 3 };

  test('are bounded for each viewer and in total, and free again when they are done', async () => {
    const once = new Once(new FakeClock(), few);
    const { promise, resolve } = Promise.withResolvers<string>();
    const start = (viewer: string, key: string) => once.run(viewer, 'send', key, { input: 1, run: () => promise });
    const running = [start('alice', 'a'), start('alice', 'b'), start('bob', 'a')];
    await expect(start('alice', 'c')).rejects.toMatchObject({
      code: 'TOO_MANY_OPERATIONS',
      details: { retryAfterMs: 1000 },
    });
    await expect(start('carol', 'a')).rejects.toMatchObject({ code: 'TOO_MANY_OPERATIONS' });
    // Another caller of a key that runs waits with the first one.
    const joined = start('alice', 'a');
    resolve('done');
    expect(await Promise.all([...running, joined])).toEqual(['done', 'done', 'done', 'done']);
    expect(await start('alice', 'c')).toBe('done');
    expect(await start('carol', 'a')).toBe('done');
  });
});
