import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/domain/message.ts';
import type { Call } from '../../src/net/wire.ts';
import { rongcloud } from '../../src/vendors/rongcloud/index.ts';
import { FakeClock } from '../support/fake-clock.ts';

const end = 1_700_000_000_000;
const config = rongcloud.config.parse({ appKey: 'k', appSecret: 's', region: 'cn' });

interface Window {
  readonly startTime: number;
  readonly endTime: number;
  readonly pageSize: number;
}

/** A vendor that has these messages, and gives those of a window from one end of it. */
function vendorWith(times: readonly number[], order: 'oldest first' | 'latest first') {
  const stored = times
    .toSorted((one, other) => one - other)
    .map((msgTime, index) => ({
      msgTime,
      messageUID: `m${index}`,
      fromUserId: 'bob',
      objectName: 'RC:TxtMsg',
      content: '{}',
    }));
  const counts = { calls: 0 };
  const answer = ({ startTime, endTime, pageSize }: Window) => {
    counts.calls += 1;
    const found = stored.filter(({ msgTime }) => msgTime >= startTime && msgTime <= endTime);
    return { data: (order === 'oldest first' ? found : found.toReversed()).slice(0, pageSize) };
  };
  const call: Call = async (endpoint, params) => endpoint.reply.parse(answer(params as Window));
  return { counts, call, ids: stored.map(({ messageUID }) => messageUID).toReversed() };
}

async function readAll(call: Call, limit: number): Promise<Message[]> {
  const { operations } = rongcloud.makeAdapter({ config, call, clock: new FakeClock(end) });
  const found: Message[] = [];
  let position: string | undefined;
  for (let pages = 0; pages < 5000; pages += 1) {
    const page = await operations['Conversation.messages']?.(
      { ownerId: 'alice', peer: { kind: 'direct', id: 'bob' } },
      { limit, position },
    );
    found.push(...(page?.items ?? []));
    position = page?.next;
    if (position === undefined) return found;
  }
  throw new Error('the history has no end');
}

/** The same numbers in every run. */
function numbers(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const day = 86_400_000;
const shapes: readonly [string, readonly number[]][] = [
  ['nothing', []],
  ['99 messages', Array.from({ length: 99 }, (_, index) => end - index * 1000)],
  ['100 messages', Array.from({ length: 100 }, (_, index) => end - index * 1000)],
  ['an even year', Array.from({ length: 1000 }, (_, index) => end - index * 0.365 * day)],
  ['a burst a year ago', Array.from({ length: 450 }, (_, index) => end - 365 * day - index)],
  [
    'bursts with long pauses',
    Array.from({ length: 600 }, (_, index) => end - Math.floor(index / 150) * 30 * day - (index % 150)),
  ],
  ['many in one millisecond', Array.from({ length: 400 }, (_, index) => end - Math.floor(index / 40) * 5)],
];

describe.each(['oldest first', 'latest first'] as const)('a history of a vendor that gives the %s', (order) => {
  test.each(shapes)('of %s is read once, the latest first', async (_, times) => {
    for (const limit of [1, 20, 50, 100]) {
      const { call, ids } = vendorWith(times.map(Math.round), order);
      const found = await readAll(call, limit);
      expect(found.map(({ key }) => key).toSorted()).toEqual(ids.toSorted());
      const sent = found.map(({ sentAt }) => sentAt?.getTime() ?? 0);
      expect(sent).toEqual(sent.toSorted((one, other) => other - one));
    }
  });

  test('of any shape is read once, the latest first', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const next = numbers(seed);
      const times = Array.from({ length: Math.floor(next() * 500) }, () =>
        Math.round(end - day * next() ** (1 + 9 * next())),
      );
      const { call, ids } = vendorWith(times, order);
      const found = await readAll(call, 1 + Math.floor(next() * 100));
      expect(found.map(({ key }) => key).toSorted()).toEqual(ids.toSorted());
    }
  });
});

test('a page costs one call below 100 messages, and about two beyond', async () => {
  const few = vendorWith(shapes[1]?.[1] ?? [], 'oldest first');
  await readAll(few.call, 20);
  expect(few.counts.calls).toBe(5);
  const year = vendorWith((shapes[3]?.[1] ?? []).map(Math.round), 'oldest first');
  await readAll(year.call, 20);
  expect(year.counts.calls).toBeLessThan(130);
});
