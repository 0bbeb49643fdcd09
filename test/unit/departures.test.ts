import { describe, expect, test } from 'vitest';
import type { EventWanted } from '../../src/domain/context.ts';
import type { DraftEvent, EventPayload } from '../../src/domain/event.ts';
import { subjectsOf } from '../../src/domain/subject.ts';
import type { Feed } from '../../src/events/feed.ts';
import { EventHub } from '../../src/events/hub.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { FakeClock } from '../support/fake-clock.ts';

const group = { kind: 'group', id: 'g' } as const;
const member = (userId: string): EventWanted => ({
  apps: ['a'],
  subjects: new Map([['a', ['to:group:g']]]),
  membership: { app: 'a', space: group, userId },
});
const viewer = (userId: string, ...groups: readonly string[]): EventWanted => ({
  apps: ['a'],
  subjects: new Map([['a', [`to:user:${userId}` as const, ...groups.map((id) => `to:group:${id}` as const)]]]),
  follow: new Map([['a', userId]]),
});

/** A hub over a log, and what happens in its one app. */
function start() {
  const log = new MemoryLog({ clock: new FakeClock() });
  const hub = new EventHub(log, () => 0);
  let keys = 0;
  const append = async (payload: EventPayload, subjects = subjectsOf(payload)) => {
    keys += 1;
    const draft: DraftEvent = { dedupeKey: `${keys}`, occurredAt: new Date(0), subjects, payload };
    await log.append('a', [draft]);
  };
  return {
    log,
    hub,
    say: (name: string) => append({ type: 'UNKNOWN', callback: name }, ['to:group:g']),
    sayTo: (userId: string, name: string) => append({ type: 'UNKNOWN', callback: name }, [`to:user:${userId}`]),
    join: (...userIds: readonly string[]) =>
      append({ type: 'MEMBERS_JOINED', space: group, actorId: null, userIds, cause: 'JOINED', memberCount: null }),
    leave: (...userIds: readonly string[]) =>
      append({ type: 'MEMBERS_LEFT', space: group, actorId: null, userIds, cause: 'REMOVED', memberCount: null }),
    depart: (...userIds: readonly string[]) => hub.departures.note({ app: 'a', space: group, userIds }),
  };
}

/** The names of what a feed gives now, with the code of the error that ends it. */
async function given(feed: Feed): Promise<readonly string[]> {
  const names: string[] = [];
  for (;;) {
    const item = await feed.poll().catch((error: { code: string }) => error);
    if (item === null) return names;
    if ('code' in item) return [...names, item.code];
    const { payload } = item.node;
    names.push(payload.type === 'UNKNOWN' ? payload.callback : payload.type);
  }
}

describe('a removal of several users that an event tells', () => {
  test.each(['x', 'y', 'z'])('ends the stream that %s has as a member, right after the event', async (userId) => {
    const { hub, say, leave } = start();
    const feed = hub.open(member(userId), null, 'x');
    await say('before');
    await leave('x', 'y', 'z');
    await say('after');
    expect(await given(feed)).toEqual(['before', 'MEMBERS_LEFT', 'FORBIDDEN']);
  });

  test.each(['x', 'y', 'z'])('takes the group out of what %s is followed into', async (userId) => {
    const { hub, say, leave } = start();
    const feed = hub.open(viewer(userId, 'g'), null, 'x');
    const channel = hub.channel(viewer(userId, 'g'));
    const heard: (string | undefined)[] = [];
    channel.listen(({ node }) => heard.push(node?.payload.type));
    await leave('x', 'y', 'z');
    await say('after');
    expect(await given(feed)).toEqual(['MEMBERS_LEFT']);
    expect(heard).toEqual(['MEMBERS_LEFT']);
  });
});

describe('a departure that nothing in the log tells', () => {
  test.each(['x', 'y'])(
    'ends what %s has as a member, after what was there before it and was not read yet',
    async (userId) => {
      const { hub, say, depart } = start();
      const feed = hub.open(member(userId), null, 'x');
      const other = hub.open(member('z'), null, 'x');
      await say('before');
      depart('x', 'y');
      await say('after');
      expect(await given(feed)).toEqual(['before', 'FORBIDDEN']);
      expect(await given(other)).toEqual(['before', 'after']);
    },
  );

  test('wakes a stream that waits', async () => {
    const { hub, depart } = start();
    const feed = hub.open(member('x'), null, 'x');
    const next = feed.next().catch((error: { code: string }) => error.code);
    await Promise.resolve();
    depart('x');
    expect(await next).toBe('FORBIDDEN');
  });

  test('ends a stream that began while it was asked whether its viewer is a member', async () => {
    const { hub, say, depart } = start();
    const seen = hub.departures.sequence;
    depart('x');
    const [late, asked] = [hub.open(member('x'), null, 'x', seen), hub.open(member('x'), null, 'x')];
    await say('after');
    expect(await given(late)).toEqual(['FORBIDDEN']);
    // Asked after the departure: it has come back since.
    expect(await given(asked)).toEqual(['after']);
  });

  test('is not undone by a joining before it that is read after it', async () => {
    const { hub, say, sayTo, join, depart } = start();
    const before = hub.open(viewer('x'), null, 'x').cursor;
    const behind = hub.open(viewer('x'), null, 'x');
    await join('x');
    await say('while x is here');
    depart('x');
    await say('behind the back of x');
    await sayTo('x', 'hello');
    const all = ['MEMBERS_JOINED', 'while x is here', 'hello'];
    expect(await given(behind)).toEqual(all);
    expect(await given(hub.open(viewer('x'), before, 'x'))).toEqual(all);
    await join('x');
    await say('again');
    expect(await given(behind)).toEqual(['MEMBERS_JOINED', 'again']);
  });

  test('of everybody, since the space is gone, ends what all have of it', async () => {
    const { hub, say } = start();
    const [feed, followed] = [hub.open(member('x'), null, 'x'), hub.open(viewer('y', 'g'), null, 'x')];
    hub.departures.note({ app: 'a', space: group, userIds: null });
    await say('after');
    expect(await given(feed)).toEqual(['FORBIDDEN']);
    expect(await given(followed)).toEqual([]);
  });

  test.each([
    ['another app', { app: 'b', space: group, userIds: ['x'] }],
    ['another group', { app: 'a', space: { kind: 'group', id: 'h' }, userIds: ['x'] }],
    ['a chatroom of the same id', { app: 'a', space: { kind: 'chatroom', id: 'g' }, userIds: ['x'] }],
    ['another user', { app: 'a', space: group, userIds: ['y'] }],
  ] as const)('of %s ends nothing', async (_, departure) => {
    const { hub, say } = start();
    const [feed, followed] = [hub.open(member('x'), null, 'x'), hub.open(viewer('x', 'g'), null, 'x')];
    hub.departures.note(departure);
    await say('after');
    expect(await given(feed)).toEqual(['after']);
    expect(await given(followed)).toEqual(['after']);
  });

  test('keeps no more than 1,000 for each app, and a reader that is further behind has to begin anew', async () => {
    const { hub, say, depart } = start();
    const feed = hub.open(viewer('x'), null, 'x');
    await say('before');
    for (let index = 0; index <= 1000; index += 1) depart('x');
    expect(hub.departures.of('a')).toHaveLength(1000);
    expect(await given(feed)).toEqual(['FORBIDDEN']);
  });
});
