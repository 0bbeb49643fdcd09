import { describe, expect, test } from 'vitest';
import type { EventWanted } from '../../src/domain/context.ts';
import type { EventPayload } from '../../src/domain/event.ts';
import { type Subject, subjectsOf } from '../../src/domain/subject.ts';
import { EventHub, type LiveItem } from '../../src/events/hub.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { FakeClock } from '../support/fake-clock.ts';

function setUp() {
  const log = new MemoryLog({ clock: new FakeClock() });
  const hub = new EventHub(log, () => 0);
  let keys = 0;
  const append = (app: string, payload: EventPayload, subjects: readonly Subject[] = subjectsOf(payload)) => {
    keys += 1;
    return log.append(app, [{ dedupeKey: `${keys}`, occurredAt: new Date(0), subjects, payload }]);
  };
  return { log, hub, append };
}
const told = (name: string): EventPayload => ({ type: 'UNKNOWN', callback: name });
const names = (items: readonly LiveItem[]) =>
  items.flatMap(({ node }) =>
    node ? [node.payload.type === 'UNKNOWN' ? node.payload.callback : node.payload.type] : [],
  );
const ofGroup = (group: string): EventWanted => ({ apps: ['a'], subjects: new Map([['a', [`to:group:${group}`]]]) });
const members = (type: 'MEMBERS_JOINED' | 'MEMBERS_LEFT', group: string, ...userIds: string[]): EventPayload =>
  ({
    type,
    space: { kind: 'group', id: group },
    actorId: null,
    userIds,
    cause: type === 'MEMBERS_LEFT' ? 'LEFT' : 'JOINED',
    memberCount: null,
  }) as EventPayload;

describe('a hub', () => {
  test('gives each channel what it wants, in order, with one node for all that listen', async () => {
    const { hub, append } = setUp();
    const [one, same, other]: LiveItem[][] = [[], [], []];
    hub.channel(ofGroup('g')).listen((item) => one?.push(item));
    hub.channel(ofGroup('g')).listen((item) => same?.push(item));
    hub.channel(ofGroup('h')).listen((item) => other?.push(item));
    await append('a', told('1'), ['to:group:g']);
    await append('a', told('2'), ['to:group:h']);
    await append('a', told('3'), ['to:group:g', 'to:group:h']);
    await append('b', told('4'), ['to:group:g']);
    expect([one, same, other].map((items) => names(items ?? []))).toEqual([
      ['1', '3'],
      ['1', '3'],
      ['2', '3'],
    ]);
    expect(one?.[0]?.node).toBe(same?.[0]?.node);
  });

  test('takes filters for the same whatever order their parts are in', () => {
    const { hub } = setUp();
    const wanted = (apps: string[], types: never[], subjects: Subject[]): EventWanted => ({
      apps,
      types,
      subjects: new Map(apps.map((app) => [app, subjects])),
    });
    const one = hub.channel(wanted(['a', 'b'], ['GAP', 'UNKNOWN'] as never[], ['user:x', 'user:y']));
    const other = hub.channel(wanted(['b', 'a'], ['UNKNOWN', 'GAP'] as never[], ['user:y', 'user:x']));
    expect(one.key).toBe(other.key);
    expect(hub.channel(ofGroup('g')).key).not.toBe(hub.channel({ ...ofGroup('g'), follow: new Map() }).key);
  });

  test('tells cursors from which a feed goes on, over several apps', async () => {
    const { hub, append } = setUp();
    const items: LiveItem[] = [];
    hub.channel({ apps: ['a', 'b'] }).listen((item) => items.push(item));
    for (const [app, name] of [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
      ['b', '4'],
    ] as const)
      await append(app, told(name));
    for (const [index, { cursor }] of items.entries()) {
      const feed = hub.open({ apps: ['a', 'b'] }, cursor, 'reader');
      const rest: unknown[] = [];
      for (let item = await feed.poll(); item; item = await feed.poll()) rest.push(item.node.id);
      expect(rest.sort()).toEqual(
        items
          .slice(index + 1)
          .map(({ node }) => node?.id)
          .sort(),
      );
      expect(feed.isAtEnd).toBe(true);
    }
  });

  test('forgets what nobody listens to', async () => {
    const { hub, append } = setUp();
    const items: LiveItem[] = [];
    const stops = ['g', 'h', 'g'].map((group) => hub.channel(ofGroup(group)).listen((item) => items.push(item)));
    expect(hub.channelCount).toBe(2);
    for (const stop of stops) stop();
    await append('a', told('1'), ['to:group:g']);
    expect(items).toEqual([]);
    expect(hub.channelCount).toBe(0);
  });

  test('follows a viewer into groups and out of them', async () => {
    const { hub, append } = setUp();
    const items: LiveItem[] = [];
    const wanted: EventWanted = {
      apps: ['a'],
      subjects: new Map([['a', ['to:user:alice', 'to:group:old']]]),
      follow: new Map([['a', 'alice']]),
    };
    hub.channel(wanted).listen((item) => items.push(item));
    const say = (name: string, group: string) => append('a', told(name), [`to:group:${group}`]);
    await say('not yet', 'new');
    await append('a', members('MEMBERS_JOINED', 'new', 'alice', 'bob'));
    await say('in new', 'new');
    await append('a', members('MEMBERS_LEFT', 'old', 'bob'));
    await say('still in old', 'old');
    await append('a', members('MEMBERS_LEFT', 'old', 'alice'));
    await say('not any more', 'old');
    await append('a', { type: 'SPACE_DELETED', space: { kind: 'group', id: 'new' }, actorId: null, memberIds: null });
    await say('nor here', 'new');
    expect(names(items)).toEqual([
      'MEMBERS_JOINED',
      'in new',
      'MEMBERS_LEFT',
      'still in old',
      'MEMBERS_LEFT',
      'SPACE_DELETED',
    ]);
    const feed = hub.open(wanted, (items[0] as LiveItem).cursor, 'reader');
    expect(feed.wanted.subjects?.get('a')).toEqual(['to:user:alice', 'to:group:old']);
  });
});

describe('a feed', () => {
  test('follows its viewer as the live end does', async () => {
    const { hub, append } = setUp();
    const start = hub.open({ apps: ['a'] }, null, 'reader').cursor;
    await append('a', told('before'), ['to:group:new']);
    await append('a', members('MEMBERS_JOINED', 'new', 'alice'));
    await append('a', told('within'), ['to:group:new']);
    await append('a', members('MEMBERS_LEFT', 'new', 'alice'));
    await append('a', told('after'), ['to:group:new']);
    const feed = hub.open(
      { apps: ['a'], subjects: new Map([['a', ['to:user:alice']]]), follow: new Map([['a', 'alice']]) },
      start,
      'reader',
    );
    const types: unknown[] = [];
    for (let item = await feed.poll(); item; item = await feed.poll())
      types.push(item.node.payload.type === 'UNKNOWN' ? item.node.payload.callback : item.node.payload.type);
    expect(types).toEqual(['MEMBERS_JOINED', 'within', 'MEMBERS_LEFT']);
  });

  test('that rests on a membership ends with FORBIDDEN after the event that ends it', async () => {
    const { hub, append } = setUp();
    const feed = hub.open(
      { ...ofGroup('g'), membership: { app: 'a', space: { kind: 'group', id: 'g' }, userId: 'alice' } },
      null,
      'reader',
    );
    await append('a', told('1'), ['to:group:g']);
    await append('a', members('MEMBERS_LEFT', 'g', 'alice'));
    await append('a', told('2'), ['to:group:g']);
    expect((await feed.next()).value?.payload).toEqual(told('1'));
    expect((await feed.next()).value?.payload.type).toBe('MEMBERS_LEFT');
    await expect(feed.next()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await feed.next()).done).toBe(true);
  });
});
