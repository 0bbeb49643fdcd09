import { describe, expect, test } from 'vitest';
import type { EventPayload } from '../../src/domain/event.ts';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { rongcloud } from '../../src/vendors/rongcloud/index.ts';

const { callbacks: documented } = readCatalogue(new URL('../../src/vendors/rongcloud/catalogue.json', import.meta.url));
const config = rongcloud.config.parse({ appKey: 'key', appSecret: 's', region: 'cn' });
const signedAt = 1_700_000_009_000;

type Fields = Record<string, unknown>;
const named = (name: string) => `rongcloud.callback.${name}`;
const entryOf = (name: string) => {
  const found = documented.find(({ id }) => id === named(name));
  if (!found) throw new Error(`no callback ${name}`);
  return found;
};
const isForm = (name: string) => entryOf(name).encoding === 'form';
const read = (body: string, contentType = 'application/json') => {
  const query = new URLSearchParams({ nonce: 'n', timestamp: String(signedAt), signature: 'x' });
  return rongcloud.callbacks.read({ method: 'POST', query, headers: { 'content-type': contentType }, body }, config);
};
const readJson = (body: unknown) => read(JSON.stringify(body));
const readForm = (fields: Fields) =>
  read(new URLSearchParams(fields as Record<string, string>).toString(), 'application/x-www-form-urlencoded');

/** The catalogue's example as it is read, and its one item with other fields put in. */
const parsed = (name: string): unknown => {
  const { example } = entryOf(name);
  return isForm(name) ? Object.fromEntries(new URLSearchParams(example)) : JSON.parse(example);
};
const itemOf = (name: string): Fields => [parsed(name)].flat()[0] as Fields;
const readItem = (name: string, fields: Fields) => {
  const item = { ...itemOf(name), ...fields };
  if (isForm(name)) return readForm(item);
  return readJson(Array.isArray(parsed(name)) ? [item] : item);
};
const payloadOf = (name: string, fields: Fields) => readItem(name, fields).events[0]?.payload;
const keyOf = (name: string, fields: Fields) => readItem(name, fields).events[0]?.dedupeKey;

const at = new Date(1_700_000_000_000);
const room = { kind: 'chatroom', id: 'r1' } as const;
const group = { kind: 'group', id: 'g1' } as const;
const joined = { type: 'MEMBERS_JOINED', memberCount: null } as const;

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

describe('an online status', () => {
  test.each([
    [{ status: '1' }, { isOnline: false, cause: 'DISCONNECT' }],
    [
      { status: '2', os: 'Android' },
      { isOnline: false, cause: 'LOGOUT', platform: 'Android' },
    ],
    [
      { status: 0, os: '', sessionId: 7 },
      { isOnline: true, platform: null, sessionId: '7' },
    ],
  ])('%j', (fields, expected) => {
    expect(payloadOf('user.onlineStatus', fields)).toMatchObject({ type: 'PRESENCE_CHANGED', ...expected });
  });

  test('that nobody knows is kept', () => {
    expect(payloadOf('user.onlineStatus', { status: '3' })?.type).toBe('UNKNOWN');
  });

  test('of deployments without sessions is told apart by all that it says', () => {
    const bare = { sessionId: undefined };
    expect(keyOf('user.onlineStatus', bare)).toBe(keyOf('user.onlineStatus', bare));
    expect(keyOf('user.onlineStatus', bare)).not.toBe(keyOf('user.onlineStatus', { ...bare, clientIp: '1.1.1.1:1' }));
  });

  test('of the unified webhook is told by its fields, and kept where it has others', () => {
    const [item] = [itemOf('user.onlineStatus')];
    const { id, events } = readJson({
      type: 'user:connection_status',
      id: 'e3',
      time: 1,
      data: [item, { user: 'u2' }],
    });
    expect(id).toBe(named('webhook.user.connectionStatus'));
    expect(events).toMatchObject([
      { dedupeKey: 'webhook.user.connectionStatus:["e3",0]', payload: { type: 'PRESENCE_CHANGED', userId: 'u1' } },
      { dedupeKey: 'webhook.user.connectionStatus:["e3",1]', payload: { type: 'UNKNOWN', callback: id } },
    ]);
    const example = readJson(parsed('webhook.user.connectionStatus'));
    expect(example).toMatchObject({ id, events: [{ payload: { type: 'UNKNOWN', callback: id } }] });
  });
});

describe('an operation on an account', () => {
  test.each([
    [{ type: '1' }, { isDeletion: false, ok: true, vendorCode: null }],
    [{ code: '21' }, { isDeletion: true, ok: false, vendorCode: '21' }],
  ])('%j', (fields, expected) => {
    expect(payloadOf('user.deactivation', fields)).toMatchObject(expected);
  });
});

describe('a chatroom', () => {
  const by = { space: room, actorId: null };
  test.each<[Fields, EventPayload]>([
    [
      { type: 0, userIds: [] },
      { type: 'SPACE_CREATED', ...by, ownerId: null, memberIds: [] },
    ],
    [
      { type: 3, status: 3, userIds: [] },
      { type: 'SPACE_DELETED', ...by, memberIds: null },
    ],
    [{ userIds: ['u1', 'u2'] }, { ...joined, ...by, userIds: ['u1', 'u2'], cause: 'JOINED' }],
    [
      { type: 2 },
      { type: 'MEMBERS_LEFT', space: room, actorId: 'u1', userIds: ['u1'], cause: 'LEFT', memberCount: null },
    ],
    [
      { type: 2, status: 1 },
      { type: 'MEMBERS_LEFT', ...by, userIds: ['u1'], cause: 'OFFLINE', memberCount: null },
    ],
    [
      { type: 2, status: 2 },
      { type: 'MEMBERS_LEFT', ...by, userIds: ['u1'], cause: 'BLOCKED', memberCount: null },
    ],
    [
      { type: 2, status: 3 },
      { type: 'MEMBERS_LEFT', ...by, userIds: ['u1'], cause: 'SPACE_DELETED', memberCount: null },
    ],
  ])('%j', (fields, expected) => {
    expect(payloadOf('chatroom.status', fields)).toEqual(expected);
  });

  test.each([{ type: 4 }, { type: 2, status: 9 }, { type: 1, userIds: [] }, { type: 1, userIds: [{}] }])(
    '%j is not guessed',
    (fields) => {
      expect(payloadOf('chatroom.status', fields)?.type).toBe('UNKNOWN');
    },
  );
});

describe('a property of a chatroom', () => {
  const change = { type: 'SPACE_ATTRIBUTES_CHANGED', space: room, set: [], deleted: [], isCleared: false } as const;
  test.each<[Fields, EventPayload]>([
    [{ value: '' }, { ...change, actorId: 'u1', set: [{ key: 'k', value: '' }] }],
    [
      { optType: 2, userId: '' },
      { ...change, actorId: null, deleted: ['k'] },
    ],
    [
      { optType: 3, key: undefined, value: undefined },
      { ...change, actorId: 'u1', isCleared: true },
    ],
  ])('%j', (fields, expected) => {
    expect(payloadOf('chatroom.kv', fields)).toEqual(expected);
  });

  test.each([{ optType: 4 }, { optType: 1, value: undefined }, { optType: 2, key: '' }])(
    '%j is not guessed',
    (fields) => {
      expect(payloadOf('chatroom.kv', fields)?.type).toBe('UNKNOWN');
    },
  );

  test('is told by its version, and without one by all that it says', () => {
    expect(keyOf('chatroom.kv', { version: 8 })).not.toBe(keyOf('chatroom.kv', {}));
    const bare = { version: undefined };
    expect(keyOf('chatroom.kv', { ...bare, timestamp: 1 })).not.toBe(keyOf('chatroom.kv', bare));
  });
});

describe('a hosted group', () => {
  const by = { space: group, actorId: 'u1' };
  test.each<[Fields, EventPayload]>([
    [
      { eventType: 1, userIds: ['u1', 'u2'] },
      { type: 'SPACE_CREATED', ...by, ownerId: null, memberIds: ['u1', 'u2'] },
    ],
    [{ userIds: ['u1'] }, { ...joined, ...by, userIds: ['u1'], cause: 'JOINED' }],
    [{ optUserId: '' }, { ...joined, space: group, actorId: null, userIds: ['u2'], cause: 'ADDED' }],
    [{ eventType: 3 }, { type: 'MEMBERS_LEFT', ...by, userIds: ['u2'], cause: 'REMOVED', memberCount: null }],
    [
      { eventType: 4, userIds: ['u1'] },
      { type: 'MEMBERS_LEFT', ...by, userIds: ['u1'], cause: 'LEFT', memberCount: null },
    ],
    [
      { eventType: 5, userIds: [] },
      { type: 'SPACE_DELETED', ...by, memberIds: null },
    ],
    [
      { eventType: 5, userIds: ['u2'] },
      { type: 'SPACE_DELETED', ...by, memberIds: ['u2'] },
    ],
    [{ eventType: 6 }, { type: 'MEMBER_ROLES_CHANGED', ...by, userIds: ['u2'], role: 'ADMIN' }],
    [{ eventType: 7 }, { type: 'MEMBER_ROLES_CHANGED', ...by, userIds: ['u2'], role: 'MEMBER' }],
    [{ eventType: 8 }, { type: 'SPACE_OWNER_CHANGED', ...by, oldOwnerId: null, newOwnerId: 'u2' }],
    [
      { eventType: 8, optUserId: ['u1'] },
      { type: 'SPACE_OWNER_CHANGED', ...by, oldOwnerId: null, newOwnerId: 'u2' },
    ],
  ])('%j', (fields, expected) => {
    expect(payloadOf('group.operation', fields)).toEqual(expected);
  });

  test.each([{ eventType: 9 }, { eventType: 2, userIds: [] }, { eventType: 8, userIds: ['u1', 'u2'] }])(
    '%j is not guessed',
    (fields) => {
      expect(payloadOf('group.operation', fields)?.type).toBe('UNKNOWN');
    },
  );

  test('of which two things happen in one millisecond has two events', () => {
    const { events } = readJson([itemOf('group.operation'), { ...itemOf('group.operation'), userIds: ['u3'] }]);
    expect(new Set(events.map(({ dedupeKey }) => dedupeKey)).size).toBe(2);
  });
});

describe('moderation of what users and groups show', () => {
  test.each([
    [
      { eventType: 1, result: true, targetGroupId: 'g1' },
      { subject: { kind: 'group', id: 'g1' }, decision: 'PASS' },
    ],
    [{ eventType: 2, targetGroupId: 'g1', targetUserId: 'u2' }, { subject: { kind: 'user', id: 'u2' } }],
    [
      { eventType: 4, targetUserId: 'u2' },
      { subject: { kind: 'user', id: 'u2' }, actorId: 'u1' },
    ],
    [{ contents: [{ key: 'a' }, 7, { key: 'b' }] }, { subject: { kind: 'user', id: 'u1' }, fields: ['a', 'b'] }],
  ])('%j', (fields, expected) => {
    expect(payloadOf('moderation.hostedInfo', fields)).toMatchObject({ type: 'PROFILE_MODERATED', ...expected });
  });

  test.each([{ eventType: 1 }, { eventType: 2 }, { eventType: 5 }, { result: 'yes' }, { optUserId: null }])(
    '%j is not guessed',
    (fields) => {
      expect(payloadOf('moderation.hostedInfo', fields)?.type).toBe('UNKNOWN');
    },
  );

  test('of two users in one millisecond is two events', () => {
    expect(keyOf('moderation.hostedInfo', { optUserId: 'u2' })).not.toBe(keyOf('moderation.hostedInfo', {}));
  });
});

describe('a friendship', () => {
  test('begins by types 1 and 5; what the others say is not known', () => {
    expect(payloadOf('friend.operation', { eventType: 5 })).toEqual(payloadOf('friend.operation', {}));
    for (const eventType of [0, 2, 3, 4, 6]) expect(payloadOf('friend.operation', { eventType })?.type).toBe('UNKNOWN');
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
