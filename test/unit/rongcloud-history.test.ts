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

/** When messages were recalled, and by whom if not by their sender, by their number from the oldest. */
type Recalls = ReadonlyMap<number, { readonly at: number; readonly by?: string }>;

/** A vendor that has these messages and recalls, and gives those of a window from one end of it. */
function vendorWith(times: readonly number[], order: 'oldest first' | 'latest first', recalls: Recalls = new Map()) {
  const messages = times
    .toSorted((one, other) => one - other)
    .map((msgTime, index) => ({
      msgTime,
      messageUID: `m${index}`,
      fromUserId: 'bob',
      objectName: 'RC:TxtMsg',
      content: '{"content":"a slip"}',
    }));
  const commands = [...recalls].map(([index, { at, by = 'bob' }]) => ({
    msgTime: at,
    messageUID: `c${index}`,
    fromUserId: by,
    objectName: 'RC:RcCmd',
    content: JSON.stringify({ messageUId: `m${index}`, conversationType: 1, isAdmin: 0, isDelete: 0 }),
  }));
  const stored = [...messages, ...commands].toSorted((one, other) => one.msgTime - other.msgTime);
  const counts = { calls: 0 };
  const answer = ({ startTime, endTime, pageSize }: Window) => {
    counts.calls += 1;
    const found = stored.filter(({ msgTime }) => msgTime >= startTime && msgTime <= endTime);
    return { data: (order === 'oldest first' ? found : found.toReversed()).slice(0, pageSize) };
  };
  const call: Call = async (endpoint, params) => endpoint.reply.parse(answer(params as Window));
  return { counts, call, ids: messages.map(({ messageUID }) => messageUID).toReversed() };
}

async function readAll(call: Call, limit: number, span: { until?: Date } = {}): Promise<Message[]> {
  const { operations } = rongcloud.makeAdapter({ config, call, clock: new FakeClock(end) });
  const found: Message[] = [];
  let position: string | undefined;
  for (let pages = 0; pages < 5000; pages += 1) {
    const page = await operations['Conversation.messages']?.(
      { ownerId: 'alice', peer: { kind: 'direct', id: 'bob' }, ...span },
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

describe('a message that was recalled', () => {
  const second = 1000;
  const times = Array.from({ length: 300 }, (_, index) => end - (300 - index) * second);
  const recalls: Recalls = new Map(
    [3, 50, 51, 120, 222, 297].map((each) => [each, { at: end - (300 - each) * second + 1500 }]),
  );
  const recalledOf = (found: readonly Message[]) =>
    found.filter(({ recalledAt }) => recalledAt).map(({ key, content }) => [key, content?.kind]);

  test.each([1, 2, 20, 100])(
    'is in its own place as recalled, and the recall is not shown, with pages of %i',
    async (limit) => {
      const { call, ids } = vendorWith(times, 'oldest first', recalls);
      const found = await readAll(call, limit);
      expect(found.map(({ key }) => key)).toEqual(ids);
      expect(recalledOf(found)).toEqual([297, 222, 120, 51, 50, 3].map((each) => [`m${each}`, 'RECALLED']));
    },
  );

  test('is shown as recalled also where the list ends before the recall', async () => {
    const { call, ids } = vendorWith(times, 'oldest first', recalls);
    const found = await readAll(call, 20, { until: new Date((times[120] ?? 0) + 1) });
    expect(found.map(({ key }) => key)).toEqual(ids.slice(-121));
    expect(recalledOf(found)).toEqual([120, 51, 50, 3].map((each) => [`m${each}`, 'RECALLED']));
  });

  test('is not recalled by a command of somebody else', async () => {
    const { call } = vendorWith(times, 'oldest first', new Map([[299, { at: end, by: 'mallory' }]]));
    expect(recalledOf(await readAll(call, 20))).toEqual([]);
  });
});
