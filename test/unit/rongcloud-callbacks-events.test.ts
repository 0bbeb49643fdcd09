import { describe, expect, test } from 'vitest';
import type { EventPayload } from '../../src/domain/event.ts';
import {
  at,
  documented,
  entryOf,
  group,
  isForm,
  itemOf,
  joined,
  named,
  read,
  readItem,
  readJson,
  room,
  signedAt,
} from '../support/rongcloud-callbacks.ts';

/** What each example of the catalogue says, in the domain's words, with its key and time; messages have tests of their own. */
const told: Readonly<Record<string, readonly [EventPayload, string | RegExp, Date?]>> = {
  'user.onlineStatus': [
    { type: 'PRESENCE_CHANGED', userId: 'u1', isOnline: true, cause: 'LOGIN', platform: 'iOS', sessionId: 's1' },
    'user.onlineStatus:["u1","s1","0",1700000000000]',
  ],
  'user.deactivation': [
    {
      type: 'ACCOUNT_OPERATION_FINISHED',
      userId: 'u1',
      operationId: 'OP-1',
      isDeletion: true,
      ok: true,
      vendorCode: null,
    },
    'user.deactivation:["OP-1","u1"]',
  ],
  'chatroom.status': [
    { ...joined, space: room, actorId: 'u1', userIds: ['u1'], cause: 'JOINED' },
    'chatroom.status:["r1",1,1700000000000,["u1"]]',
  ],
  'chatroom.kv': [
    {
      type: 'SPACE_ATTRIBUTES_CHANGED',
      space: room,
      actorId: 'u1',
      set: [{ key: 'k', value: 'v' }],
      deleted: [],
      isCleared: false,
    },
    'chatroom.kv:["r1","k",7]',
  ],
  'moderation.hostedInfo': [
    {
      type: 'PROFILE_MODERATED',
      subject: { kind: 'user', id: 'u1' },
      actorId: 'u1',
      decision: 'REFUSE',
      fields: ['name'],
    },
    /^moderation\.hostedInfo:\[3,1700000000000,null,null,"/,
  ],
  'group.profile': [
    { type: 'SPACE_UPDATED', space: group, actorId: 'u1', fields: null },
    'group.profile:["g1",1700000000000]',
  ],
  'group.operation': [
    { ...joined, space: group, actorId: 'u1', userIds: ['u2'], cause: 'ADDED' },
    'group.operation:["g1",2,1700000000000,["u2"]]',
  ],
  'user.profile': [{ type: 'USER_UPDATED', userId: 'u1' }, 'user.profile:["u1",1700000000000]'],
  'friend.operation': [
    { type: 'FRIEND_ADDED', userId: 'u1', friendId: 'u2' },
    'friend.operation:["u1","u2",1,1700000000000]',
  ],
};

/** Those whose tests stand elsewhere: messages, and what says nothing in its example. */
const elsewhere = [
  'message.sync',
  'message.operation',
  'webhook.message.send',
  'webhook.user.connectionStatus',
  'moderation.audit',
  'bot.message',
];

describe("an example of the catalogue is read as what it says, under the catalogue's key", () => {
  test.each(Object.entries(told))('%s', (name, [payload, dedupeKey, occurredAt = at]) => {
    expect(read(entryOf(name).example, isForm(name) ? 'application/x-www-form-urlencoded' : undefined)).toEqual({
      id: named(name),
      events: [
        { payload, occurredAt, dedupeKey: dedupeKey instanceof RegExp ? expect.stringMatching(dedupeKey) : dedupeKey },
      ],
    });
  });

  test('there is one for every callback that tells something', () => {
    const events = documented.filter(({ kind }) => kind === 'event').map(({ id }) => id);
    expect([...Object.keys(told), ...elsewhere].map(named).sort()).toEqual(events.sort());
  });
});

describe.each(Object.keys(told))('%s', (name) => {
  test('is the same when it comes again, with fields that nobody knows, and bare or in a list', () => {
    const item = itemOf(name);
    const [first] = readItem(name, {}).events;
    const { dedupeKey: _, ...same } = first ?? {};
    expect(readItem(name, { brand_new: '1' }).events).toMatchObject([same]);
    if (!isForm(name)) {
      expect(readJson(item).events).toEqual([first]);
      expect(readJson([item]).events).toEqual([first]);
    }
  });

  test('with one field missing or of another type is read with less, or kept as UNKNOWN; never refused', () => {
    for (const field of Object.keys(itemOf(name)))
      for (const value of [undefined, null, {}, true, 'nonsense', -1, []]) {
        if (isForm(name) && typeof value !== 'string') continue;
        const [event, ...others] = readItem(name, { [field]: value }).events;
        expect(others).toEqual([]);
        expect([told[name]?.[0].type, 'UNKNOWN']).toContain(event?.payload.type);
        expect(event?.occurredAt.getTime()).not.toBeNaN();
      }
  });
});

describe('several things told at once are an event each', () => {
  test.each(['user.onlineStatus', 'chatroom.status', 'chatroom.kv', 'group.profile', 'group.operation'])(
    '%s, of which one that is not understood keeps none of the others back',
    (name) => {
      const item = itemOf(name);
      const names = Object.keys(item);
      const odd = { ...Object.fromEntries(names.map((each) => [each, {}])), time: 1_700_000_000_005 };
      const { id, events } = readJson([item, odd, { ...item, time: 1_700_000_000_001, version: 8 }]);
      expect(id).toBe(named(name));
      const type = told[name]?.[0].type;
      expect(events.map(({ payload }) => payload.type)).toEqual([type, 'UNKNOWN', type]);
      expect(events[1]).toMatchObject({
        occurredAt: new Date(1_700_000_000_005),
        payload: { callback: named(name) },
      });
      expect(new Set(events.map(({ dedupeKey }) => dedupeKey)).size).toBe(3);
    },
  );

  test('profiles of groups may be wrapped', () => {
    const item = itemOf('group.profile');
    expect(readJson({ profiles: [item, { ...item, groupId: 'g2' }] })).toMatchObject({
      id: named('group.profile'),
      events: [{ payload: { space: { id: 'g1' } } }, { payload: { space: { id: 'g2' } } }],
    });
  });
});
test('one without a name keeps its type, or is unknown, and is told apart by its body', () => {
  expect(readJson({ type: 'user:new_thing', id: 'e9' })).toMatchObject({
    id: null,
    events: [{ payload: { callback: 'user:new_thing' }, occurredAt: new Date(signedAt) }],
  });
  const [one, other] = [readJson({ a: 1 }), readJson({ a: 2 })];
  expect(one).toMatchObject({ id: null, events: [{ payload: { type: 'UNKNOWN', callback: 'unknown' } }] });
  expect(one.events[0]?.dedupeKey).not.toBe(other.events[0]?.dedupeKey);
});

test.each([
  '[]',
  '[7]',
  '{"__proto__":{"x":1},"constructor":{}}',
  '{"eventType":1,"conversationInfo":7}',
  '{"type":"message:send","data":[]}',
  '{"profiles":[]}',
])('odd JSON %s is unknown', (body) => {
  expect(read(body).events).toMatchObject([{ payload: { type: 'UNKNOWN' } }]);
});
