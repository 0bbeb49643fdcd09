import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import type { Job } from '../../src/domain/job.ts';
import { MemoryJobStore } from '../../src/jobs/memory-store.ts';
import { SqliteJobStore } from '../../src/jobs/sqlite-store.ts';
import { type JobStore, maxFinishedJobs } from '../../src/jobs/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let serial = 0;
const open: JobStore[] = [];
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});
const nextFile = () => {
  serial += 1;
  return join(folder, `${serial}.sqlite`);
};

const job = (id: string, more: Partial<Job> = {}): Job => ({
  id,
  app: 'app',
  kind: 'USER_REGISTRATION',
  status: 'WAITING',
  createdAt: new Date(1_000),
  startedAt: null,
  finishedAt: null,
  total: 5,
  succeeded: 0,
  failed: 0,
  pauseCause: null,
  ...more,
});
const origin = { owner: 'olga', key: null, fingerprint: 'f' };
/** Not in the order of their places, as a job may want. */
const items = [4, 3, 2, 1, 0].map((index) => ({
  index,
  target: `t${index}`,
  input: { sentAt: new Date(index), userId: `u${index}` },
}));
const error = { code: 'CONFLICT', message: 'there', vendorCode: '7' } as const;
const indexesOf = (taken: readonly { readonly index: number }[]) => taken.map(({ index }) => index);

describe.each([
  ['memory', () => new MemoryJobStore()],
  ['sqlite', () => new SqliteJobStore(nextFile())],
])('%s', (_, make) => {
  const start = () => {
    const store = make();
    open.push(store);
    return store;
  };

  test('items come in the order they are to be done, each once, with what they were given', () => {
    const store = start();
    store.create(job('a'), origin, items);
    expect(store.take('a', 2)).toEqual(items.slice(0, 2));
    expect(indexesOf(store.take('a', 2))).toEqual([2, 1]);
    expect(indexesOf(store.inFlight('a'))).toEqual([4, 3, 2, 1]);
    expect(indexesOf(store.take('a', 9))).toEqual([0]);
    expect(store.take('a', 9)).toEqual([]);
  });

  test('what became of items counts, and failures are read by their place', () => {
    const store = start();
    store.create(job('a'), origin, items);
    store.take('a', 5);
    const moved = store.settle(job('a'), [
      { index: 4, error },
      { index: 3, error: null },
      { index: 0, error },
    ]);
    expect(moved).toEqual(job('a', { succeeded: 1, failed: 2 }));
    expect(store.job('app', 'a')).toEqual(moved);
    expect(indexesOf(store.inFlight('a'))).toEqual([2, 1]);
    const failure = (index: number) => ({ index, target: `t${index}`, error });
    expect(store.failures('a', -1, 10)).toEqual([failure(0), failure(4)]);
    expect(store.failures('a', 0, 10)).toEqual([failure(4)]);
    expect(store.failures('a', -1, 1)).toEqual([failure(0)]);
  });

  test('items that are released come again, before those behind them', () => {
    const store = start();
    store.create(job('a'), origin, items);
    store.take('a', 2);
    store.settle(job('a'), [{ index: 4, error: null }]);
    store.release(job('a'));
    expect(store.inFlight('a')).toEqual([]);
    expect(indexesOf(store.take('a', 9))).toEqual([3, 2, 1, 0]);
  });

  test('a job that is over loses what was not begun; what is in flight can still be settled', () => {
    const store = start();
    store.create(job('a'), origin, items);
    store.take('a', 2);
    const canceled = job('a', { status: 'CANCELED', finishedAt: new Date(9) });
    store.update(canceled);
    expect(store.take('a', 9)).toEqual([]);
    expect(store.unsettled()).toEqual([canceled]);
    expect(store.settle(canceled, [{ index: 4, error }])).toEqual({ ...canceled, failed: 1 });
    store.release(canceled);
    expect(store.inFlight('a')).toEqual([]);
    expect(store.unsettled()).toEqual([]);
    expect(store.failures('a', -1, 9)).toHaveLength(1);
  });

  test('the cause of a pause is kept with the status, and the counts are those of what was settled', () => {
    const store = start();
    store.create(job('a'), origin, items);
    store.take('a', 1);
    store.settle(job('a'), [{ index: 4, error: null }]);
    const paused = job('a', { status: 'PAUSED', pauseCause: error });
    store.update(paused);
    expect(store.job('app', 'a')).toEqual({ ...paused, succeeded: 1 });
    store.update(job('a', { status: 'CANCELING' }));
    expect(store.job('app', 'a')).toEqual(job('a', { status: 'CANCELING', succeeded: 1 }));
    expect(store.unsettled().map(({ id }) => id)).toEqual(['a']);
    expect(indexesOf(store.take('a', 1))).toEqual([3]);
  });

  test('jobs are listed by app, the newest first, page by page', () => {
    const store = start();
    for (const id of ['a', 'b', 'c']) store.create(job(id), origin, items);
    store.create(job('d', { app: 'other' }), origin, items);
    expect(store.jobs('app', undefined, 2).map(({ id }) => id)).toEqual(['c', 'b']);
    expect(store.jobs('app', 'b', 2).map(({ id }) => id)).toEqual(['a']);
    expect(store.job('other', 'a')).toBeUndefined();
    expect(store.unsettled().map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a key finds the newest job of its owner and app that is young enough', () => {
    const store = start();
    const keyed = { ...origin, key: 'k' };
    store.create(job('a'), { ...keyed, fingerprint: 'old' }, items);
    store.create(job('b', { createdAt: new Date(5_000) }), keyed, items);
    expect(store.byKey('app', 'olga', 'k', new Date(0))).toEqual({
      job: job('b', { createdAt: new Date(5_000) }),
      fingerprint: 'f',
    });
    expect(store.byKey('app', 'olga', 'k', new Date(5_001))).toBeUndefined();
    expect(store.byKey('app', 'oleg', 'k', new Date(0))).toBeUndefined();
    expect(store.byKey('other', 'olga', 'k', new Date(0))).toBeUndefined();
  });

  test('the oldest jobs that are over are forgotten, those that are not never', () => {
    const store = start();
    store.create(job('000'), origin, items);
    for (let index = 1; index <= maxFinishedJobs + 2; index += 1) {
      const id = `1${String(index).padStart(5, '0')}`;
      store.create(job(id), origin, []);
      store.update(job(id, { status: 'FINISHED' }));
    }
    store.create(job('2'), origin, items);
    expect(store.job('app', '000')).toBeDefined();
    expect(store.job('app', '100001')).toBeUndefined();
    expect(store.jobs('app', undefined, 2_000)).toHaveLength(maxFinishedJobs + 2);
  });
});

describe('sqlite', () => {
  test('what a process left in flight is there for the next one', () => {
    const file = nextFile();
    const first = new SqliteJobStore(file);
    first.create(job('a'), origin, items);
    first.take('a', 3);
    first.settle(job('a'), [{ index: 4, error }]);
    first.close();
    const second = new SqliteJobStore(file);
    open.push(second);
    expect(second.unsettled()).toEqual([job('a', { failed: 1 })]);
    expect(second.inFlight('a')).toEqual(items.slice(1, 3));
    expect(second.failures('a', -1, 9)).toEqual([{ index: 4, target: 't4', error }]);
  });

  test('the file is for one process at a time', () => {
    const file = nextFile();
    const first = new SqliteJobStore(file);
    open.push(first);
    expect(() => new SqliteJobStore(file)).toThrow(/another process uses it/);
  });

  test('a file of the version before is taken over', () => {
    const file = nextFile();
    const first = new SqliteJobStore(file);
    first.create(job('a'), origin, items);
    first.close();
    const old = new DatabaseSync(file);
    old.exec('ALTER TABLE jobs DROP COLUMN pause_cause; PRAGMA user_version = 1;');
    old.close();
    const second = new SqliteJobStore(file);
    open.push(second);
    expect(second.job('app', 'a')).toEqual(job('a'));
    second.create(job('b', { pauseCause: error }), origin, items);
    expect(second.job('app', 'b')?.pauseCause).toEqual(error);
  });

  test('a change that fails leaves nothing of itself', () => {
    const store = new SqliteJobStore(nextFile());
    open.push(store);
    store.create(job('a'), origin, items);
    expect(() => store.create(job('a'), origin, items)).toThrow();
    expect(() => store.settle(job('b'), [])).toThrow();
    expect(indexesOf(store.take('a', 9))).toHaveLength(5);
  });
});

describe('memory', () => {
  test('forgets the failures of the oldest finished job where those of all are too many, and no job', () => {
    const store = new MemoryJobStore();
    const fail = (id: string) => {
      const made = job(id);
      store.create(
        made,
        origin,
        Array.from({ length: 60_000 }, (_, index) => ({ index, target: 't', input: null })),
      );
      for (let taken = store.take(id, 1000); taken.length > 0; taken = store.take(id, 1000))
        store.settle(
          made,
          taken.map(({ index }) => ({ index, error })),
        );
      store.update({ ...made, status: 'FINISHED' });
    };
    fail('a');
    fail('b');
    store.create(job('c'), origin, items);
    expect(store.jobs('app', undefined, 10).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(store.failures('a', -1, 10)).toEqual([]);
    expect(store.failures('b', -1, 100_000)).toHaveLength(60_000);
  });
});
