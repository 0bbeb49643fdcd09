import { describe, expect, test } from 'vitest';
import {
  decodeId,
  eventId,
  idOf,
  memberKeyOf,
  messageKeyOf,
  type NodeType,
  nodeOf,
  placeOfEvent,
  spaceOf,
} from '../../src/domain/id.ts';
import type { AnyNode } from '../../src/domain/node.ts';
import { unsignedOf } from '../../src/domain/stream.ts';

const app = 'zim-eu';

/** A node of each type, with what names it only, and its id. */
const nodes: readonly (readonly [id: string, node: AnyNode])[] = [
  ['App:zim-eu', { __typename: 'App', app }],
  ['User:zim-eu:alice', { __typename: 'User', app, userId: 'alice' }],
  ['Group:zim-eu:team', { __typename: 'Group', app, groupId: 'team' }],
  ['Chatroom:zim-eu:lobby', { __typename: 'Chatroom', app, chatroomId: 'lobby' }],
  ['Thread:zim-eu:t1', { __typename: 'Thread', app, threadId: 't1' }],
  ['Community:zim-eu:city', { __typename: 'Community', app, communityId: 'city' }],
  ['Call:zim-eu:c1', { __typename: 'Call', app, callId: 'c1' }],
  ['Bot:zim-eu:%40RBT%23b', { __typename: 'Bot', app, botId: '@RBT#b' }],
  ['Broadcast:zim-eu:b1', { __typename: 'Broadcast', app, broadcastId: 'b1' }],
  ['Job:zim-eu:j1', { __typename: 'Job', app, jobId: 'j1' }],
  ['File:zim-eu:f1', { __typename: 'File', app, file: { fileId: 'f1' } } as AnyNode],
  [
    'Conversation:zim-eu:alice:group:team',
    { __typename: 'Conversation', app, ownerId: 'alice', peer: { kind: 'group', id: 'team' } },
  ],
  ['Blocklist:zim-eu:chatroom:lobby', { __typename: 'Blocklist', app, owner: { kind: 'chatroom', id: 'lobby' } }],
  ['Friend:zim-eu:alice:bob', { __typename: 'Friend', app, ownerId: 'alice', friend: { userId: 'bob' } } as AnyNode],
];

describe('the id of a node', () => {
  test.each(nodes)('%s names it, and nothing else', (id, node) => {
    expect(idOf(node)).toBe(id);
    expect(nodeOf(decodeId(id))).toEqual(node);
  });

  test('of a member has its space and its user', () => {
    for (const [kind, space] of [
      ['group', { __typename: 'Group', app, groupId: 's1' }],
      ['chatroom', { __typename: 'Chatroom', app, chatroomId: 's1' }],
    ] as const) {
      const id = idOf({ __typename: 'Member', app, space: { kind, id: 's1' }, member: { userId: 'bob' } } as AnyNode);
      expect(id).toBe(`Member:zim-eu:${kind}:s1:bob`);
      expect(memberKeyOf(decodeId(id))).toEqual({ space, userId: 'bob' });
      expect(nodeOf(decodeId(id))).toBeUndefined();
    }
  });

  test('of a message has its receiver, its sender and its key', () => {
    for (const kind of ['direct', 'group', 'chatroom'] as const) {
      const message = { to: { kind, id: 'to' }, senderId: 'bob', key: '7' };
      const id = idOf({ __typename: 'Message', app, message } as unknown as AnyNode);
      expect(id).toBe(`Message:zim-eu:${kind}:to:bob:7`);
      expect(messageKeyOf(decodeId(id))).toEqual(message);
      expect(nodeOf(decodeId(id))).toBeUndefined();
    }
  });

  test('has every character but those of words escaped', () => {
    const userId = "a:b/c%d!e'f(g)h*i~j.k-l_ö😀";
    const id = idOf({ __typename: 'User', app, userId });
    expect(id).toBe('User:zim-eu:a%3Ab%2Fc%25d%21e%27f%28g%29h%2Ai~j.k-l_%C3%B6%F0%9F%98%80');
    expect(decodeId(id).key).toEqual([userId]);
    expect(idOf({ __typename: 'User', app, userId: 'half \ud83d' })).toBe('User:zim-eu:half%20%EF%BF%BD');
  });

  test('of a space is that of a group or of a chatroom', () => {
    expect(spaceOf(decodeId('Group:zim-eu:team'))).toEqual({ __typename: 'Group', app, groupId: 'team' });
    expect(spaceOf(decodeId('Chatroom:zim-eu:lobby'))).toEqual({ __typename: 'Chatroom', app, chatroomId: 'lobby' });
  });
});

describe('what is no id', () => {
  test.each([
    '',
    'App',
    'App:',
    'App:zim-eu:more',
    'User:zim-eu',
    'User:zim-eu:',
    'User::alice',
    'User:zim-eu:a:b',
    'Nothing:zim-eu:a',
    'user:zim-eu:a',
    'User:zim-eu:%',
    'User:zim-eu:%ED%A0%BD',
    'Message:zim-eu:direct:bob:alice',
    `User:zim-eu:${'x'.repeat(1013)}`,
    'toString:zim-eu:a',
  ])('%s is refused, with the argument that it came in', (id) => {
    expect(() => decodeId(id, undefined, 'input.userId')).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', details: { input: 'input.userId' } }),
    );
  });

  test('is longer than 1024 characters', () => {
    expect(decodeId(`User:zim-eu:${'x'.repeat(1012)}`).key[0]).toHaveLength(1012);
  });

  test('is of a type that is not wanted', () => {
    const wanted: NodeType[] = ['Group', 'Chatroom'];
    expect(decodeId('Chatroom:zim-eu:a', wanted)).toEqual({ type: 'Chatroom', app, key: ['a'] });
    expect(() => decodeId('User:zim-eu:a', wanted)).toThrow(
      'id must be an id of the type Group or Chatroom, as this API gave it.',
    );
  });

  test.each([
    ['Message:zim-eu:user:bob:alice:7', messageKeyOf],
    ['Member:zim-eu:direct:bob:alice', memberKeyOf],
    ['Conversation:zim-eu:alice:user:bob', nodeOf],
    ['Blocklist:zim-eu:direct:bob', nodeOf],
  ] as const)('is of another kind within: %s', (id, read) => {
    expect(() => read(decodeId(id), 'input.x')).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', details: { input: 'input.x' } }),
    );
  });
});

describe('the id of an event', () => {
  test('has its place in the log, also where no signature proves it', () => {
    for (const stream of [app, unsignedOf(app)]) {
      const place = { app, stream, epoch: 'e1', offset: 12 };
      expect(placeOfEvent(eventId(place))).toEqual(place);
    }
    expect(eventId({ app, stream: app, epoch: 'e1', offset: 12 })).toBe('Event:zim-eu:e1-12');
    expect(eventId({ app, stream: unsignedOf(app), epoch: 'e1', offset: 12 })).toBe('Event:zim-eu:u-e1-12');
  });

  test.each([
    'Event:zim-eu:e1',
    'Event:zim-eu:e1-',
    'Event:zim-eu:-1',
    'Event::e1-1',
    'Event:zim-eu:e1-1234567890123456',
    'x',
  ])('%s is none', (id) => {
    expect(() => placeOfEvent(id, 'eventId')).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', details: { input: 'eventId' } }),
    );
  });
});
