import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/domain/batch.ts';
import { AppError } from '../../src/errors.ts';
import { Batcher } from '../../src/gateway/batcher.ts';

function setUp(max: number, options: Partial<Batch<string, string>> = {}) {
  const calls: (readonly string[])[] = [];
  const batch: Batch<string, string> = {
    max,
    load: async (keys) => {
      calls.push(keys);
      await new Promise((resolve) => setImmediate(resolve));
      return keys.map((key) => key.toUpperCase());
    },
    ...options,
  };
  return { calls, batcher: new Batcher(batch) };
}

describe('the batcher', () => {
  test('sends keys of one turn in as few calls as the batch size allows', async () => {
    const { calls, batcher } = setUp(3);
    const values = await Promise.all(['a', 'b', 'c', 'd'].map((key) => batcher.load(key)));
    expect(values).toEqual(['A', 'B', 'C', 'D']);
    expect(calls).toEqual([['a', 'b', 'c'], ['d']]);
  });

  test('asks equal keys once, also across those who ask', async () => {
    const { calls, batcher } = setUp(10);
    const first = batcher.load('a');
    const second = batcher.load('a');
    expect(await Promise.all([first, second, batcher.load('b')])).toEqual(['A', 'A', 'B']);
    expect(calls).toEqual([['a', 'b']]);
  });

  test('puts keys together only when they share a group', async () => {
    const { calls, batcher } = setUp(10, { group: (key) => key.slice(0, 1) });
    await Promise.all(['x1', 'y1', 'x2'].map((key) => batcher.load(key)));
    expect(calls).toEqual([['x1', 'x2'], ['y1']]);
  });

  test('lets keys that come while calls are under way wait together', async () => {
    const { calls, batcher } = setUp(1);
    await Promise.all(Array.from({ length: 20 }, (_, index) => batcher.load(`k${index}`)));
    expect(calls).toHaveLength(20);
    const bulk = setUp(100, { group: (key) => key.slice(0, 2) });
    const firsts = Array.from({ length: 8 }, (_, index) => bulk.batcher.load(`g${index}`));
    await new Promise((resolve) => setImmediate(resolve));
    const later = Array.from({ length: 5 }, (_, index) => bulk.batcher.load(`zz${index}`));
    await Promise.all([...firsts, ...later]);
    expect(bulk.calls.at(-1)).toEqual(['zz0', 'zz1', 'zz2', 'zz3', 'zz4']);
  });

  test('fails one key alone when its answer is an error, and only its own keys when a call fails', async () => {
    const failing = new AppError('VENDOR_UNAVAILABLE');
    const { batcher } = setUp(2, {
      load: async (keys) => {
        if (keys.includes('c')) throw failing;
        return keys.map((key) => (key === 'b' ? new AppError('NOT_FOUND') : key));
      },
    });
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((key) => batcher.load(key)));
    expect(a).toBe('a');
    expect(b).toMatchObject({ code: 'NOT_FOUND' });
    expect(c).toBe(failing);
  });

  test('says so when an answer has fewer values than keys', async () => {
    const { batcher } = setUp(2, { load: async () => ['only'] });
    const [, second] = await Promise.all([batcher.load('a'), batcher.load('b')]);
    expect(second).toMatchObject({ code: 'VENDOR_BAD_RESPONSE' });
  });
});
