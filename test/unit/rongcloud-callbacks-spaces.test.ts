import { describe, expect, test } from 'vitest';
import type { EventPayload } from '../../src/domain/event.ts';
import {
  type Fields,
  group,
  itemOf,
  joined,
  keyOf,
  named,
  parsed,
  payloadOf,
  readJson,
  room,
} from '../support/rongcloud-callbacks.ts';

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
    [
      { eventType: 8, optUserId: ['u1', 'u3'] },
      { type: 'SPACE_OWNER_CHANGED', ...by, actorId: null, oldOwnerId: null, newOwnerId: 'u2' },
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
