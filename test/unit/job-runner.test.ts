import { afterEach, expect, test, vi } from 'vitest';
import { isOver, type Job, type JobFailure } from '../../src/domain/job.ts';
import type { ImportedMessage } from '../../src/domain/message.ts';
import type { Adapter, Operations } from '../../src/domain/operations.ts';
import type { NewUser } from '../../src/domain/user.ts';
import { AppError, type ErrorCode, failed, type Outcome, succeeded } from '../../src/errors.ts';
import { MemoryJobStore } from '../../src/jobs/memory-store.ts';
import { jobProgress } from '../../src/jobs/progress.ts';
import { JobRunner } from '../../src/jobs/runner.ts';
import type { RequestOptions } from '../../src/request-options.ts';
import { FakeClock } from '../support/fake-clock.ts';

type Register = (users: readonly NewUser[], options?: RequestOptions) => Promise<readonly Outcome[]>;

let bench: ReturnType<typeof makeBench>;
afterEach(() => bench.runner.stop());

function makeBench(operations: Partial<Operations>, store = new MemoryJobStore()) {
  const clock = new FakeClock();
  const adapter: Adapter = { operations, inputs: {} };
  const onFailure = vi.fn();
  const runner = new JobRunner({ store, clock, adapterOf: (app) => (app === 'gone' ? undefined : adapter), onFailure });
  return { runner, store, clock, onFailure };
}

const users = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ target: `u${index}`, input: { userId: `u${index}` } }));
const registration = (count: number, more: object = {}) =>
  bench.runner.start({ app: 'app', kind: 'USER_REGISTRATION', items: users(count), owner: 'olga', ...more });
const message = (index: number, from = 'carol'): ImportedMessage => ({
  senderId: from,
  to: { kind: 'direct', id: 'erin' },
  content: { kind: 'TEXT', text: `${index}`, isBarrage: false },
  sentAt: new Date(index),
});
const importing = (messages: readonly ImportedMessage[]) =>
  bench.runner.start({
    app: 'app',
    kind: 'MESSAGE_IMPORT',
    items: messages.map((input, index) => ({ target: String(index), input })),
    owner: 'olga',
  });
const now = (job: Job): Job => bench.store.job(job.app, job.id) ?? job;
const over = (job: Job) => vi.waitFor(() => expect(isOver(now(job))).toBe(true));
const failures = (job: Job): readonly JobFailure[] => bench.store.failures(job.id, -1, 1000);
const allGood: Register = async (given) => given.map(() => succeeded(undefined));

test('a job’s calls go at the lowest priority, in its own name, so that no other waits for all of it', async () => {
  const seen: RequestOptions[] = [];
  bench = makeBench({
    'Mutation.registerUsers': async (given, options = {}) => {
      seen.push(options);
      return allGood(given);
    },
  });
  const job = registration(250);
  expect(job.status).toBe('WAITING');
  await over(job);
  expect(seen).toHaveLength(3);
  for (const { priority, viewer } of seen)
    expect({ priority, viewer }).toEqual({ priority: 'bulk', viewer: `job ${job.id}` });
});

test('jobs of an app are done one after the other, those of two apps side by side', async () => {
  const running = new Set<string>();
  const most: number[] = [];
  const doors = new Map<string, () => void>();
  bench = makeBench({
    'Mutation.registerUsers': async (given, options) => {
      const name = options?.viewer ?? '';
      running.add(name);
      most.push(running.size);
      await new Promise<void>((resolve) => doors.set(name, resolve));
      running.delete(name);
      return allGood(given);
    },
  });
  const [one, two, other] = [registration(1), registration(1), registration(1, { app: 'other' })];
  await vi.waitFor(() => expect(doors.size).toBe(2));
  expect([now(one).status, now(two).status, now(other).status]).toEqual(['RUNNING', 'WAITING', 'RUNNING']);
  doors.get(`job ${one.id}`)?.();
  await vi.waitFor(() => expect(doors.has(`job ${two.id}`)).toBe(true));
  for (const open of doors.values()) open();
  await Promise.all([one, two, other].map(over));
  expect(Math.max(...most)).toBe(2);
});

test('items that could not be sent are tried again after pauses that grow, and reported when nothing helps', async () => {
  const tries: number[] = [];
  bench = makeBench({
    'Mutation.registerUsers': async (given) => {
      tries.push(given.length);
      return given.map(({ userId }) =>
        userId === 'u1' ? failed(new AppError('VENDOR_UNAVAILABLE')) : succeeded(undefined),
      );
    },
  });
  const job = registration(3);
  for (const [pause, count] of [
    [1000, 2],
    [2000, 3],
    [4000, 4],
    [8000, 5],
    [16_000, 6],
  ] as const) {
    await vi.waitFor(() => expect(tries).toHaveLength(count - 1));
    await new Promise((resolve) => setImmediate(resolve));
    await bench.clock.advance(pause - 1);
    expect(tries).toHaveLength(count - 1);
    await bench.clock.advance(1);
    await vi.waitFor(() => expect(tries).toHaveLength(count));
  }
  await over(job);
  expect(tries).toEqual([3, 1, 1, 1, 1, 1]);
  expect(now(job)).toMatchObject({ status: 'FINISHED', succeeded: 2, failed: 1 });
  expect(failures(job)).toMatchObject([{ index: 1, target: 'u1', error: { code: 'VENDOR_UNAVAILABLE' } }]);
});

test('what the vendor refused is not tried again, nor an import whose fate is not known', async () => {
  const imports = vi.fn(async (given: readonly ImportedMessage[]) =>
    given.map(() => failed(new AppError('OUTCOME_UNKNOWN'))),
  );
  const register = vi.fn<Register>(async (given) => given.map(() => failed(new AppError('CONFLICT'))));
  bench = makeBench({ 'Mutation.importMessages': imports, 'Mutation.registerUsers': register });
  for (const job of [importing([message(1)]), registration(1)]) {
    await over(job);
    expect(now(job)).toMatchObject({ succeeded: 0, failed: 1 });
  }
  expect([imports.mock.calls.length, register.mock.calls.length]).toEqual([1, 1]);
});

test('messages of a conversation go in the order they were sent; one conversation’s trouble is not another’s', async () => {
  const seen: string[][] = [];
  bench = makeBench({
    'Mutation.importMessages': async (given) => {
      seen.push(given.map(({ senderId, sentAt }) => `${senderId} ${sentAt.getTime()}`));
      if (given[0]?.senderId === 'mallory') throw new AppError('VENDOR_MISCONFIGURED');
      return given.map(({ senderId }) => succeeded({ key: '1', vendorId: null, sequence: 1, senderId, sentAt: null }));
    },
  });
  const job = importing([message(3), message(9, 'mallory'), message(1), message(2, 'dave'), message(2)]);
  await over(job);
  const from = (sender: string) => seen.flat().filter((each) => each.startsWith(sender));
  expect(from('carol')).toEqual(['carol 1', 'carol 2', 'carol 3']);
  expect([from('dave'), from('mallory')]).toEqual([['dave 2'], ['mallory 9']]);
  expect(failures(job)).toMatchObject([{ index: 1, error: { code: 'VENDOR_MISCONFIGURED' } }]);
});

test('what was in flight when the process ended is done again where that does no harm, else reported', async () => {
  const store = new MemoryJobStore();
  const never = () => new Promise<never>(() => {});
  const ended = makeBench({ 'Mutation.registerUsers': never, 'Mutation.importMessages': never }, store);
  bench = ended;
  const first = registration(3);
  await vi.waitFor(() => expect(store.inFlight(first.id)).toHaveLength(3));
  const second = ended.runner.start({
    app: 'other',
    kind: 'MESSAGE_IMPORT',
    items: Array.from({ length: 25 }, (_, index) => ({ target: String(index), input: message(index) })),
    owner: 'olga',
  });
  await vi.waitFor(() => expect(store.inFlight(second.id)).toHaveLength(20));

  const registered: string[] = [];
  const imported: number[] = [];
  bench = makeBench(
    {
      'Mutation.registerUsers': async (given) => {
        registered.push(...given.map(({ userId }) => userId));
        return allGood(given);
      },
      'Mutation.importMessages': async (given) => {
        imported.push(...given.map(({ sentAt }) => sentAt.getTime()));
        return given.map(({ senderId }) =>
          succeeded({ key: '1', vendorId: null, sequence: 1, senderId, sentAt: null }),
        );
      },
    },
    store,
  );
  bench.runner.resume();
  await Promise.all([first, second].map(over));
  expect(registered).toEqual(['u0', 'u1', 'u2']);
  expect(imported).toEqual([20, 21, 22, 23, 24]);
  expect(now(second)).toMatchObject({ status: 'FINISHED', succeeded: 5, failed: 20 });
  expect(new Set(failures(second).map(({ error }) => error.code))).toEqual(new Set(['OUTCOME_UNKNOWN']));
});

test('a canceled job ends its pause, and leaves undone what was not sent', async () => {
  const register = vi.fn<Register>(async (given) => given.map(() => failed(new AppError('RATE_LIMITED'))));
  bench = makeBench({ 'Mutation.registerUsers': register });
  const job = registration(150);
  await vi.waitFor(() => expect(register).toHaveBeenCalledTimes(1));
  await new Promise((resolve) => setImmediate(resolve));
  expect(bench.runner.cancel(now(job)).status).toBe('CANCELED');
  await vi.waitFor(() => expect(bench.store.unsettled()).toEqual([]));
  expect(now(job)).toMatchObject({ status: 'CANCELED', succeeded: 0, failed: 0 });
  expect(bench.runner.cancel(now(job))).toEqual(now(job));
});

test('a job that is canceled while it waits is never begun', async () => {
  const register = vi.fn<Register>(allGood);
  bench = makeBench({ 'Mutation.registerUsers': register });
  const [first, second] = [registration(1), registration(1)];
  bench.runner.cancel(second);
  await over(first);
  await bench.runner.stop();
  expect(register).toHaveBeenCalledTimes(1);
  expect(now(second)).toMatchObject({ status: 'CANCELED', startedAt: null });
});

test('stopping waits for what is under way, and leaves the rest for the next start', async () => {
  let answer: () => void = () => {};
  const register = vi.fn<Register>(async (given) => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return allGood(given);
  });
  bench = makeBench({ 'Mutation.registerUsers': register });
  const job = registration(250);
  await vi.waitFor(() => expect(register).toHaveBeenCalledTimes(1));
  const stopping = bench.runner.stop();
  answer();
  await stopping;
  expect(now(job)).toMatchObject({ status: 'RUNNING', succeeded: 100 });
  expect(bench.store.inFlight(job.id)).toEqual([]);
});

test('calls that do not end are cut, and what they were about stays in flight', async () => {
  bench = makeBench({
    'Mutation.registerUsers': (_, options) =>
      new Promise((__, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason))),
  });
  const job = registration(5);
  await vi.waitFor(() => expect(bench.store.inFlight(job.id)).toHaveLength(5));
  const stopping = bench.runner.stop();
  await bench.clock.advance(5_000);
  await stopping;
  expect(bench.store.inFlight(job.id)).toHaveLength(5);
  expect(now(job)).toMatchObject({ status: 'RUNNING', succeeded: 0, failed: 0 });
  expect(bench.onFailure).not.toHaveBeenCalled();
});

test('twenty jobs of an app may wait, a twenty-first is refused', async () => {
  bench = makeBench({ 'Mutation.registerUsers': () => new Promise(() => {}) });
  for (let index = 0; index < 20; index += 1) registration(1);
  expect(() => registration(1)).toThrow(/At most 20/);
  expect(registration(1, { app: 'other' }).status).toBe('WAITING');
  // Nothing of it ends by itself.
  const stopping = bench.runner.stop();
  await bench.clock.advance(5_000);
  bench = makeBench({});
  void stopping;
});

test('a key gives the same job for 24 hours', async () => {
  bench = makeBench({ 'Mutation.registerUsers': allGood });
  const first = registration(1, { idempotencyKey: 'k' });
  await over(first);
  await bench.clock.advance(24 * 3600 * 1000);
  expect(registration(1, { idempotencyKey: 'k' }).id).toBe(first.id);
  expect(() => registration(2, { idempotencyKey: 'k' })).toThrow(/used for another input/);
  await bench.clock.advance(1);
  expect(registration(2, { idempotencyKey: 'k' }).id).not.toBe(first.id);
});

test('a job of an app that is configured no more fails item by item', async () => {
  bench = makeBench({ 'Mutation.registerUsers': allGood });
  const job = registration(2, { app: 'gone' });
  await over(job);
  expect(failures(job)).toMatchObject([{ error: { code: 'NOT_FOUND' } }, { error: { code: 'NOT_FOUND' } }]);
});

test('a fault of this server ends the try, is told, and holds up no other job', async () => {
  bench = makeBench({ 'Mutation.registerUsers': allGood });
  const settle = vi.spyOn(bench.store, 'settle').mockImplementationOnce(() => {
    throw new Error('disk full');
  });
  const [first, second] = [registration(1), registration(1)];
  await over(second);
  expect(bench.onFailure).toHaveBeenCalledTimes(1);
  expect(now(first).status).toBe('RUNNING');
  settle.mockRestore();
});

test('progress tells the state at once, then the latest, and ends when the job is over', async () => {
  bench = makeBench({ 'Mutation.registerUsers': allGood });
  const job = registration(250);
  const stream = jobProgress(bench.runner, job);
  expect((await stream.next()).value).toEqual(job);
  await over(job);
  // A reader that was away hears of the last state only.
  expect((await stream.next()).value).toMatchObject({ status: 'FINISHED', succeeded: 250 });
  expect(await stream.next()).toEqual({ value: undefined, done: true });
  const late = jobProgress(bench.runner, now(job));
  expect((await late.next()).value).toMatchObject({ status: 'FINISHED' });
  expect((await late.next()).done).toBe(true);
});

test('a progress that its reader leaves ends while it waits', async () => {
  bench = makeBench({ 'Mutation.registerUsers': () => new Promise(() => {}) });
  const stream = jobProgress(bench.runner, registration(1));
  await stream.next();
  await stream.next();
  const waiting = stream.next();
  await stream.return?.();
  expect((await waiting).done).toBe(true);
  void bench.runner.stop();
  await bench.clock.advance(5_000);
  bench = makeBench({});
});

type Verify = Operations['Mutation.verifyApp'];
const verified: Awaited<ReturnType<Verify>> = { isAccepted: true, expiresAt: null };
const imported = (given: readonly ImportedMessage[]) =>
  given.map(({ senderId }) => succeeded({ key: '1', vendorId: null, sequence: 1, senderId, sentAt: null }));

/** A vendor whose trouble can be ended. */
function troubled(code: ErrorCode, verify: Verify) {
  const sent: string[] = [];
  const vendor = { isWell: false, sent };
  const operations: Partial<Operations> = {
    'Mutation.registerUsers': async (given) => {
      sent.push(...given.map(({ userId }) => userId));
      if (!vendor.isWell) throw new AppError(code);
      return given.map(() => succeeded(undefined));
    },
    'Mutation.importMessages': async (given) => {
      sent.push(...given.map(({ sentAt }) => String(sentAt.getTime())));
      return vendor.isWell ? imported(given) : given.map(() => failed(new AppError(code)));
    },
    'Mutation.verifyApp': async (...args) => (vendor.isWell ? verified : verify(...args)),
  };
  return { vendor, operations };
}

test.each([
  ['is out of reach', 'VENDOR_UNAVAILABLE', () => Promise.reject(new AppError('VENDOR_UNAVAILABLE'))],
  ['refuses the credentials', 'VENDOR_MISCONFIGURED', async () => ({ isAccepted: false, expiresAt: null })],
] as const)(
  'a job is paused with the cause while the vendor %s, burns nothing however long that lasts, and goes on by itself',
  async (_, code, verify) => {
    const { vendor, operations } = troubled(code, verify);
    bench = makeBench(operations);
    const job = registration(250);
    await vi.waitFor(() => expect(now(job).status).toBe('PAUSED'));
    expect(now(job).pauseCause).toMatchObject({ code });
    await bench.clock.advance(3_600_000);
    expect(now(job)).toMatchObject({ status: 'PAUSED', succeeded: 0, failed: 0 });
    expect(vendor.sent.length, 'nothing more is tried with what shall be done').toBe(100);
    vendor.isWell = true;
    await bench.clock.advance(60_000);
    await over(job);
    expect(now(job)).toMatchObject({ status: 'FINISHED', succeeded: 250, failed: 0, pauseCause: null });
  },
);

test('after an outage one item is tried first', async () => {
  const sizes: number[] = [];
  let isWell = false;
  bench = makeBench({
    'Mutation.registerUsers': async (given) => {
      sizes.push(given.length);
      return given.map(() => (isWell ? succeeded(undefined) : failed(new AppError('VENDOR_UNAVAILABLE'))));
    },
    'Mutation.verifyApp': async () => {
      if (!isWell) throw new AppError('VENDOR_UNAVAILABLE');
      return verified;
    },
  });
  const job = registration(120);
  await vi.waitFor(() => expect(now(job).status).toBe('PAUSED'));
  isWell = true;
  await bench.clock.advance(1_000);
  await over(job);
  expect(sizes).toEqual([100, 1, 100, 19]);
});

test('an import of one conversation loses one message to an outage whose fate is not known', async () => {
  const { vendor, operations } = troubled('OUTCOME_UNKNOWN', () => Promise.reject(new AppError('VENDOR_UNAVAILABLE')));
  bench = makeBench(operations);
  const job = importing(Array.from({ length: 50 }, (_, index) => message(index)));
  await vi.waitFor(() => expect(now(job).status).toBe('PAUSED'));
  await bench.clock.advance(600_000);
  vendor.isWell = true;
  await bench.clock.advance(60_000);
  await over(job);
  expect(now(job)).toMatchObject({ succeeded: 49, failed: 1 });
  expect(vendor.sent).toEqual(Array.from({ length: 50 }, (_, index) => String(index)));
});

test('where only the calls of a job fail, it is paused too, and tries one item after each pause', async () => {
  const { vendor, operations } = troubled('OUTCOME_UNKNOWN', async () => verified);
  bench = makeBench(operations);
  const job = importing(Array.from({ length: 40 }, (_, index) => message(index)));
  await vi.waitFor(() => expect(now(job)).toMatchObject({ status: 'PAUSED', failed: 1 }));
  for (const pause of [1_000, 2_000, 4_000]) await bench.clock.advance(pause);
  await vi.waitFor(() => expect(now(job)).toMatchObject({ status: 'PAUSED', failed: 4 }));
  vendor.isWell = true;
  await bench.clock.advance(8_000);
  await over(job);
  expect(now(job)).toMatchObject({ succeeded: 36, failed: 4 });
});

test('a job beyond a rate limit gives no item up', async () => {
  const { vendor, operations } = troubled('RATE_LIMITED', async () => verified);
  bench = makeBench(operations);
  const job = registration(30);
  await vi.waitFor(() => expect(now(job)).toMatchObject({ status: 'PAUSED', pauseCause: { code: 'RATE_LIMITED' } }));
  await bench.clock.advance(7_200_000);
  expect(now(job)).toMatchObject({ status: 'PAUSED', failed: 0 });
  vendor.isWell = true;
  await bench.clock.advance(60_000);
  await over(job);
  expect(now(job)).toMatchObject({ succeeded: 30, failed: 0 });
});

test('a canceled job is CANCELING until what is under way is settled, and the last value of its stream is final', async () => {
  let answer: () => void = () => {};
  bench = makeBench({
    'Mutation.registerUsers': async (given) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return given.map(() => succeeded(undefined));
    },
  });
  const job = registration(250);
  const stream = jobProgress(bench.runner, job);
  await vi.waitFor(() => expect(bench.store.inFlight(job.id)).toHaveLength(100));
  // What a request knows of the job is old by now.
  expect(bench.runner.cancel(job)).toMatchObject({ status: 'CANCELING', finishedAt: null });
  expect(bench.runner.cancel(job)).toMatchObject({ status: 'CANCELING' });
  expect(bench.store.unsettled()).toHaveLength(1);
  answer();
  await over(job);
  const values: Job[] = [];
  for await (const value of stream) values.push(value);
  expect(values.at(-1)).toEqual(now(job));
  expect(now(job)).toMatchObject({ status: 'CANCELED', succeeded: 100, failed: 0, finishedAt: expect.any(Date) });
  expect(bench.store.unsettled()).toEqual([]);
});

test('a job that was CANCELING when the process ended is over at the next start, with what was under way reported', async () => {
  const store = new MemoryJobStore();
  bench = makeBench({ 'Mutation.registerUsers': () => new Promise(() => {}) }, store);
  const job = registration(120);
  await vi.waitFor(() => expect(store.inFlight(job.id)).toHaveLength(100));
  bench.runner.cancel(job);
  const register = vi.fn<Register>(allGood);
  bench = makeBench({ 'Mutation.registerUsers': register }, store);
  bench.runner.resume();
  expect(now(job)).toMatchObject({ status: 'CANCELED', succeeded: 0, failed: 100 });
  expect(new Set(failures(job).map(({ error }) => error.code))).toEqual(new Set(['OUTCOME_UNKNOWN']));
  expect(register).not.toHaveBeenCalled();
});

test('a job that was paused when the process ended goes on with one item', async () => {
  const store = new MemoryJobStore();
  const { operations } = troubled('VENDOR_UNAVAILABLE', () => Promise.reject(new AppError('VENDOR_UNAVAILABLE')));
  bench = makeBench(operations, store);
  const job = registration(120);
  await vi.waitFor(() => expect(now(job).status).toBe('PAUSED'));
  await bench.runner.stop();
  expect(now(job)).toMatchObject({ status: 'PAUSED', pauseCause: { code: 'VENDOR_UNAVAILABLE' } });
  const sizes: number[] = [];
  bench = makeBench(
    {
      'Mutation.registerUsers': async (given) => {
        sizes.push(given.length);
        return allGood(given);
      },
    },
    store,
  );
  bench.runner.resume();
  await over(job);
  expect(sizes).toEqual([1, 100, 19]);
  expect(now(job)).toMatchObject({ status: 'FINISHED', succeeded: 120, pauseCause: null });
});
