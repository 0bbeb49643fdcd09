import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { toldEvents } from '../support/event-fields.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { type Followed, follow } from '../support/live-events.ts';
import { sendMessage, settled, textTo } from '../support/messages.ts';

const { callbacks } = readCatalogue(new URL('../../src/vendors/rongcloud/catalogue.json', import.meta.url));

const app = 'rc-cn';
let gateway: TestGateway;
let emulator: Emulator;
let stream: Followed;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, apps: [variant('rongcloud', app)] });
  const found = gateway.emulators.get('rongcloud');
  if (!found) throw new Error('no emulator');
  emulator = found;
  stream = await follow(gateway, [app], await gateway.operator(), toldEvents);
}, 30_000);
afterAll(async () => {
  await stream.close();
  await gateway.stop();
});

const user = (id: string) => ({ id: `User:${app}:${id}` });
const [alice, bob] = [user('alice'), user('bob')];
const team = { space: { id: `Group:${app}:team` } };
const lobby = { space: { id: `Chatroom:${app}:lobby` } };
const messageOf = (key: string) => `Message:${app}:${key}`;

type Expected = Readonly<Record<string, unknown>> & { readonly __typename: string };
type Row = readonly [name: string, fields: Readonly<Record<string, unknown>>, expected: Expected];

const property = { __typename: 'SpaceAttributesChangedEvent', ...lobby, by: alice, deleted: [], set: [] };
const profile = { __typename: 'ProfileModeratedEvent', writer: alice };
const webhookData = { 'data.0.userid': 'alice', 'data.0.status': '0', 'data.0.sessionId': 's' };

/** Each callback of the catalogue that tells something, as the emulator makes it, and what a subscriber gets. */
const rows: readonly Row[] = [
  [
    'message.sync',
    {},
    {
      __typename: 'MessageSentEvent',
      source: 'CLIENT',
      message: { sender: alice, to: team.space, content: { text: 'hi' } },
    },
  ],
  [
    'message.sync',
    { channelType: 'TEMPGROUP', toUserId: 'lobby', source: 'Server' },
    { __typename: 'MessageSentEvent', source: 'SERVER', message: { to: lobby.space } },
  ],
  [
    'message.sync',
    { channelType: 'ULTRAGROUP' },
    { __typename: 'UnknownEvent', name: 'rongcloud.callback.message.sync' },
  ],
  [
    'webhook.message.send',
    {},
    { __typename: 'MessageSentEvent', source: 'CLIENT', message: { sender: alice, to: team.space } },
  ],
  [
    'message.operation',
    { 'recallMsgInfo.extra': 'rude' },
    {
      __typename: 'MessageRecalledEvent',
      recaller: alice,
      isByAdmin: true,
      isWithoutTrace: false,
      note: 'rude',
      message: { to: team.space },
    },
  ],
  [
    'message.operation',
    { eventType: 2, recallMsgInfo: undefined, deleteMsgInfo: { deleteType: 2, msgTimestamp: 1_700_000_000_000 } },
    {
      __typename: 'MessagesDeletedEvent',
      user: alice,
      with: team.space,
      messages: [],
      before: '2023-11-14T22:13:20.000Z',
    },
  ],
  [
    'user.onlineStatus',
    { sessionId: 's1' },
    {
      __typename: 'PresenceChangedEvent',
      user: alice,
      isOnline: true,
      presenceCause: 'LOGIN',
      platform: 'iOS',
      sessionId: 's1',
    },
  ],
  [
    'user.onlineStatus',
    { status: '2', userid: 'bob' },
    { __typename: 'PresenceChangedEvent', user: bob, isOnline: false, presenceCause: 'LOGOUT' },
  ],
  [
    'webhook.user.connectionStatus',
    webhookData,
    { __typename: 'PresenceChangedEvent', user: alice, isOnline: true, presenceCause: 'LOGIN', platform: null },
  ],
  [
    'user.deactivation',
    { operateId: 'OP-77', code: '7' },
    {
      __typename: 'AccountOperationFinishedEvent',
      user: alice,
      operationId: 'OP-77',
      isDeletion: true,
      ok: false,
      vendorCode: '7',
    },
  ],
  ['user.profile', {}, { __typename: 'UserUpdatedEvent', user: alice }],
  ['friend.operation', {}, { __typename: 'FriendAddedEvent', user: alice, friend: bob }],
  ['friend.operation', { eventType: 2 }, { __typename: 'UnknownEvent', name: 'rongcloud.callback.friend.operation' }],
  [
    'chatroom.status',
    { type: 0, userIds: [] },
    { __typename: 'SpaceCreatedEvent', ...lobby, by: null, owner: null, first: [] },
  ],
  [
    'chatroom.status',
    {},
    { __typename: 'MembersJoinedEvent', ...lobby, by: alice, users: [alice], joinCause: 'JOINED' },
  ],
  [
    'chatroom.status',
    { type: 2, status: 1 },
    { __typename: 'MembersLeftEvent', ...lobby, by: null, users: [alice], leaveCause: 'OFFLINE' },
  ],
  ['chatroom.status', { type: 3, status: 3 }, { __typename: 'SpaceDeletedEvent', ...lobby, by: null, last: null }],
  ['chatroom.kv', {}, { ...property, set: [{ key: 'k', value: 'v' }], isCleared: false }],
  ['chatroom.kv', { optType: 2 }, { ...property, deleted: ['k'], isCleared: false }],
  ['chatroom.kv', { optType: 3, key: undefined, value: undefined }, { ...property, isCleared: true }],
  [
    'moderation.audit',
    { 'content.message': '{"content":"casino"}' },
    {
      __typename: 'MessageModeratedEvent',
      contentDecision: 'REFUSE',
      labels: [],
      matchedKeywords: [],
      provider: 'p',
      message: { sender: alice, to: bob, content: { text: 'casino' } },
    },
  ],
  ['moderation.hostedInfo', {}, { ...profile, subject: alice, contentDecision: 'REFUSE', moderated: ['name'] }],
  [
    'moderation.hostedInfo',
    { eventType: 1, result: true, targetGroupId: 'team' },
    { ...profile, subject: team.space, contentDecision: 'PASS' },
  ],
  ['group.profile', {}, { __typename: 'SpaceUpdatedEvent', ...team, by: alice, fields: null }],
  [
    'group.operation',
    { eventType: 1, userIds: ['alice', 'bob'] },
    { __typename: 'SpaceCreatedEvent', ...team, by: alice, owner: null, first: [alice, bob] },
  ],
  [
    'group.operation',
    {},
    {
      __typename: 'MembersJoinedEvent',
      ...team,
      by: alice,
      users: [bob],
      joinCause: 'ADDED',
      memberCount: null,
    },
  ],
  [
    'group.operation',
    { eventType: 3 },
    { __typename: 'MembersLeftEvent', ...team, by: alice, users: [bob], leaveCause: 'REMOVED' },
  ],
  [
    'group.operation',
    { eventType: 4, optUserId: 'bob' },
    { __typename: 'MembersLeftEvent', ...team, by: bob, users: [bob], leaveCause: 'LEFT', memberCount: null },
  ],
  [
    'group.operation',
    { eventType: 6 },
    { __typename: 'MemberRolesChangedEvent', ...team, users: [bob], role: 'ADMIN' },
  ],
  [
    'group.operation',
    { eventType: 7 },
    { __typename: 'MemberRolesChangedEvent', ...team, users: [bob], role: 'MEMBER' },
  ],
  [
    'group.operation',
    { eventType: 8 },
    { __typename: 'SpaceOwnerChangedEvent', ...team, oldOwner: null, newOwner: bob },
  ],
  ['group.operation', { eventType: 5, userIds: [] }, { __typename: 'SpaceDeletedEvent', ...team, last: null }],
  [
    'bot.message',
    { 'data.fromUserId': 'alice', 'data.messageUID': 'BOT-1' },
    {
      __typename: 'BotMessageReceivedEvent',
      bot: user('b1'),
      data: { fromUserId: 'alice', messageUID: 'BOT-1' },
      message: { sender: alice, to: user('b1') },
    },
  ],
];

const fire = (name: string, given: Readonly<Record<string, unknown>> = {}) =>
  emulator.fire(`rongcloud.callback.${name}`, given, app);

describe('what the vendor tells is had by a subscriber in the words of the schema', () => {
  test.each(rows)('%s %j', async (name, given, expected) => {
    fire(name, given);
    expect(await stream.until(() => true)).toMatchObject(expected);
  });

  test('every callback of the catalogue that tells something is among them', () => {
    const told = new Set(rows.map(([name]) => `rongcloud.callback.${name}`));
    expect(callbacks.filter(({ id, kind }) => kind === 'event' && !told.has(id))).toEqual([]);
  });

  test('several things told in one callback are an event each, in their order', async () => {
    fire('user.onlineStatus', { '1.userid': 'bob', '1.status': '1', '2.userid': 'carol', '2.status': '9' });
    const seen = [await stream.until(() => true), await stream.until(() => true), await stream.until(() => true)];
    expect(seen).toMatchObject([
      { user: alice, isOnline: true },
      { user: bob, isOnline: false },
      { __typename: 'UnknownEvent', name: 'rongcloud.callback.user.onlineStatus' },
    ]);
  });

  test('and is told once, however often the vendor says it, and by whichever of two callbacks', async () => {
    const twice = [
      ['message.sync', { msgUID: 'TWICE-1' }],
      ['webhook.message.send', { 'data.0.messageId': 'TWICE-1' }],
      ['message.operation', { 'originalMsgInfo.messageId': 'TWICE-1' }],
      ['message.sync', { objectName: 'RC:RcCmd', content: '{"messageUId":"TWICE-1"}', msgUID: 'TWICE-2' }],
      ['user.deactivation', { operateId: 'TWICE-1' }],
    ] as const;
    const before = stream.seen.length;
    for (const [name, given] of twice)
      for (let times = 0; times < 2; times += 1) {
        fire(name, given);
        await settled(gateway);
      }
    fire('friend.operation', { eventType: 99 });
    await stream.until(({ __typename }) => __typename === 'UnknownEvent');
    expect(stream.seen.slice(before).map(({ __typename }) => __typename)).toEqual([
      'MessageSentEvent',
      'MessageRecalledEvent',
      'AccountOperationFinishedEvent',
      'UnknownEvent',
    ]);
  });

  test('what names a message has the id under which it was sent', async () => {
    const sender = await gateway.token({ accounts: { [app]: 'alice' } });
    const { data } = await sendMessage(gateway, sender, textTo(`User:${app}:bob`, 'remember me'));
    const { id, vendorId } = data.sendMessage.message;
    const sent = await stream.until(({ __typename }) => __typename === 'MessageSentEvent');
    expect(sent.message.id).toBe(id);
    expect(id.startsWith(messageOf(''))).toBe(true);
    fire('moderation.audit', { msgUID: vendorId });
    expect((await stream.until(() => true)).message).toMatchObject({ id, content: { text: 'remember me' } });
    fire('message.operation', {
      eventType: 2,
      fromUserId: 'bob',
      conversationInfo: { conversationType: 1, targetId: 'alice' },
      'originalMsgInfo.messageId': vendorId,
      deleteMsgInfo: { deleteType: 1 },
    });
    expect(await stream.until(() => true)).toMatchObject({
      __typename: 'MessagesDeletedEvent',
      user: bob,
      with: alice,
      messages: [{ id }],
      before: null,
    });
  });
});
