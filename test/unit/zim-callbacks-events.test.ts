import { describe, expect, test } from 'vitest';
import type { EventPayload } from '../../src/domain/event.ts';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { configSchema } from '../../src/vendors/zim/app-config.ts';
import { callbacks as table } from '../../src/vendors/zim/callbacks/read.ts';
import { callbacks } from '../../src/vendors/zim/callbacks.ts';

const { callbacks: documented } = readCatalogue(new URL('../../src/vendors/zim/catalogue.json', import.meta.url));
const config = configSchema.parse({ appId: 1001, serverSecret: 's'.repeat(32), callbackSecret: 'c' });

type Fields = Record<string, unknown>;
const exampleOf = (id: string): Fields => JSON.parse(documented.find((each) => each.id === id)?.example ?? '');
const requestOf = (body: string) => ({ method: 'POST', query: new URLSearchParams(), headers: {}, body });
const read = (fields: Fields) => callbacks.read(requestOf(JSON.stringify(fields)), config);
/** As a form has them: every value text, lists as JSON. */
const readForm = (fields: Fields) => {
  const texts = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  return callbacks.read(requestOf(new URLSearchParams(texts).toString()), config);
};

const at = new Date(1_700_000_000_000);
const team = { kind: 'group', id: 'g-100' } as const;
const lobby = { kind: 'chatroom', id: 'r-7' } as const;
const call = { callId: '77001', callerId: null };

/** What each example of the catalogue says, in the domain's words, with its key; messages have tests of their own. */
const told: Readonly<Record<string, readonly [EventPayload, string, Date?]>> = {
  'zim.callback.user.action': [
    {
      type: 'PRESENCE_CHANGED',
      userId: 'alice',
      isOnline: true,
      cause: 'LOGIN',
      platform: 'WEB',
      sessionId: '930000000000000001',
    },
    'user_action:alice:930000000000000001:0:1700000000::',
  ],
  'zim.callback.room.created': [
    { type: 'SPACE_CREATED', space: lobby, actorId: 'alice', ownerId: null, memberIds: [] },
    'room_create:r-7:1700000000',
  ],
  'zim.callback.room.entered': [
    { type: 'MEMBERS_JOINED', space: lobby, actorId: 'bob', userIds: ['bob'], cause: 'JOINED', memberCount: null },
    'room_enter:r-7:bob:1700000000',
  ],
  'zim.callback.room.left': [
    { type: 'MEMBERS_LEFT', space: lobby, actorId: 'bob', userIds: ['bob'], cause: 'LEFT', memberCount: null },
    'room_exit:r-7:["bob"]:1700000000',
  ],
  'zim.callback.room.destroyed': [
    { type: 'SPACE_DELETED', space: lobby, actorId: 'alice', memberIds: ['bob'] },
    'room_destroy:r-7:1700000000',
  ],
  'zim.callback.group.created': [
    { type: 'SPACE_CREATED', space: team, actorId: 'alice', ownerId: 'alice', memberIds: ['alice', 'bob'] },
    'group_create:g-100:1700000000',
  ],
  'zim.callback.group.joined': [
    { type: 'MEMBERS_JOINED', space: team, actorId: 'alice', userIds: ['carol'], cause: 'ADDED', memberCount: null },
    'group_join:g-100:["carol"]:1700000000',
  ],
  'zim.callback.group.left': [
    { type: 'MEMBERS_LEFT', space: team, actorId: 'alice', userIds: ['carol'], cause: 'REMOVED', memberCount: null },
    'group_exit:g-100:["carol"]:1700000000',
  ],
  'zim.callback.group.destroyed': [
    { type: 'SPACE_DELETED', space: team, actorId: 'alice', memberIds: ['alice', 'bob'] },
    'group_destroy:g-100',
  ],
  'zim.callback.call.created': [
    {
      type: 'CALL_STARTED',
      callId: '77001',
      callerId: 'alice',
      inviteeIds: ['bob'],
      data: null,
      createdAt: at,
      expiresAt: new Date(1_700_000_090_000),
    },
    'call_create:77001:call_create',
  ],
  'zim.callback.call.canceled': [
    { type: 'CALL_CANCELED', ...call, inviteeIds: ['bob'], reason: 'caller_cancel' },
    'call_cancel:77001:["bob"]:call_cancel',
  ],
  'zim.callback.call.accepted': [
    { type: 'CALL_ACCEPTED', ...call, userId: 'bob', data: null },
    'call_accept:77001:bob:call_accept',
  ],
  'zim.callback.call.rejected': [
    { type: 'CALL_REJECTED', ...call, userId: 'bob', data: null },
    'call_reject:77001:bob:call_reject',
  ],
  'zim.callback.call.timedOut': [
    { type: 'CALL_TIMED_OUT', ...call, userIds: ['bob'] },
    'call_timeout:77001:["bob"]:call_timeout',
  ],
  'zim.callback.call.invitedDuring': [
    { type: 'CALL_EXTENDED', ...call, actorId: 'bob', inviteeIds: ['carol'] },
    'call_invite:77001:bob:1700000000123',
    new Date(1_700_000_000_123),
  ],
};

test('the table of callbacks is that of the catalogue', () => {
  const facts = documented.map(({ id, event, dedupeKey }) => [event, id, dedupeKey]);
  expect(Object.entries(table).map(([event, { id, dedupe }]) => [event, id, dedupe])).toEqual(facts);
});

describe("an example of the catalogue is read as what it says, under the catalogue's key", () => {
  test.each(Object.entries(told))('%s', (id, [payload, dedupeKey, occurredAt = at]) => {
    const expected = { id, events: [{ payload, dedupeKey, occurredAt }] };
    expect(read(exampleOf(id))).toEqual(expected);
    expect(readForm(exampleOf(id))).toEqual(expected);
  });

  test('there is one for every callback that tells something', () => {
    const messages = ['zim.callback.message.sent', 'zim.callback.bot.message'];
    const events = documented.filter(({ kind }) => kind === 'event').map(({ id }) => id);
    expect([...Object.keys(told), ...messages].sort()).toEqual(events.sort());
  });
});

describe.each(Object.keys(told))('%s', (id) => {
  const example = exampleOf(id);
  const { appid: _, event, nonce: __, signature: ___, timestamp: ____, ...fields } = example;

  test('is the same signed anew, and with fields that nobody knows', () => {
    const repeat = { ...example, nonce: '7', signature: '0'.repeat(40), brand_new: { x: 1 } };
    expect(read(repeat)).toEqual(read(example));
  });

  test('with one field missing or of another type is read with less, or kept as UNKNOWN; never refused', () => {
    for (const name of Object.keys(fields))
      for (const value of [undefined, null, {}, true, 'nonsense', -1, []]) {
        const [first, ...others] = read({ ...example, [name]: value }).events;
        expect(others).toEqual([]);
        expect([{ type: 'UNKNOWN', callback: event }, { type: told[id]?.[0].type }]).toContainEqual(
          first?.payload.type === 'UNKNOWN' ? first.payload : { type: first?.payload.type },
        );
        expect(first?.occurredAt.getTime()).not.toBeNaN();
      }
  });
});

const payloadOf = (id: string, fields: Fields) => read({ ...exampleOf(id), ...fields }).events[0]?.payload;

describe('a login callback', () => {
  test.each([
    [{ action: 0, relogin: '1', os: 'IOS_PHONE ' }, { isOnline: true, cause: 'RECONNECT', platform: 'IOS_PHONE' }, at],
    [{ action: 1, logout_time: 1_700_000_005, os: '' }, { isOnline: false, cause: 'LOGOUT', platform: null }, 5],
    [{ action: 2, offline_time: 1_700_000_009 }, { isOnline: false, cause: 'DISCONNECT', platform: 'WEB' }, 9],
  ])('%j', (fields, expected, seconds) => {
    const [event] = read({ ...exampleOf('zim.callback.user.action'), ...fields }).events;
    expect(event?.payload).toMatchObject({ type: 'PRESENCE_CHANGED', ...expected });
    expect(event?.occurredAt).toEqual(typeof seconds === 'number' ? new Date(at.getTime() + seconds * 1000) : seconds);
  });

  test('of an action that nobody knows is kept', () => {
    expect(payloadOf('zim.callback.user.action', { action: 3 })).toEqual({ type: 'UNKNOWN', callback: 'user_action' });
  });
});

describe('who did it', () => {
  test.each([
    ['zim.callback.group.joined', { join_type: 'Apply', new_user_ids: ['dave'] }, 'dave', 'JOINED'],
    ['zim.callback.group.joined', { join_type: 'Apply', new_user_ids: ['dave', 'erin'] }, null, 'JOINED'],
    ['zim.callback.group.left', { exit_type: 'Quit', operator_account: 'nonsense' }, 'carol', 'LEFT'],
    ['zim.callback.room.left', { exit_type: 'Kickout', operator_account: 'alice' }, 'alice', 'REMOVED'],
    ['zim.callback.room.left', { exit_type: 'Kickout', operator_account: '' }, null, 'REMOVED'],
  ])('%s with %j is %s', (id, fields, actorId, cause) => {
    expect(payloadOf(id, fields)).toMatchObject({ actorId, cause });
  });

  test.each([
    ['zim.callback.group.joined', { join_type: 'Summoned' }],
    ['zim.callback.group.left', { exit_type: 'quit' }],
    ['zim.callback.group.left', { exit_user_ids: [] }],
  ])('%s with %j is not guessed', (id, fields) => {
    expect(payloadOf(id, fields)?.type).toBe('UNKNOWN');
  });

  test('the English sample of a join, which has another event, is one', () => {
    expect(payloadOf('zim.callback.group.joined', { event: 'Apply_join_group' })).toMatchObject({
      type: 'MEMBERS_JOINED',
    });
  });
});

describe('a message to a bot', () => {
  const example = exampleOf('zim.callback.bot.message');

  test('is told with the bot that it is for, in the words of the message itself', () => {
    const { id, events } = read(example);
    const [sent] = read({ ...example, event: 'send_msg' }).events;
    expect(id).toBe('zim.callback.bot.message');
    expect(events).toMatchObject([
      {
        dedupeKey: 'bot_msg:880000000000000031:31:1700000000123',
        occurredAt: new Date(1_700_000_000_123),
        payload: {
          type: 'BOT_MESSAGE_RECEIVED',
          botId: '@RBT#helper',
          data: null,
          message: {
            to: { kind: 'direct', id: '@RBT#helper' },
            senderId: 'alice',
            key: '31',
            content: { text: 'hello bot' },
          },
        },
      },
    ]);
    expect(sent?.payload).toMatchObject({
      type: 'MESSAGE_SENT',
      message: { key: '31', vendorId: '880000000000000031' },
    });
  });

  test('of a server that went to others, too, is told of the bots alone', () => {
    const user_list = [
      { UserId: '@RBT#helper', MsgId: '1', MsgSeq: 4 },
      { UserId: 'bob', MsgId: '2', MsgSeq: 5 },
      { UserId: '@RBT#clerk', MsgId: '3', MsgSeq: 6 },
    ];
    const { events } = read({ ...example, conv_id: '', msg_id: '', msg_seq: '', user_list });
    expect(events).toMatchObject([
      { payload: { botId: '@RBT#helper', message: { key: '4' } } },
      { payload: { botId: '@RBT#clerk', message: { key: '6' } } },
    ]);
  });

  test('that the bot did not get is the one failure that send_msg tells', () => {
    const refused = { ...example, send_result: 660500010 };
    expect(read(refused).events).toMatchObject([{ payload: { type: 'MESSAGE_SEND_FAILED', reason: '660500010' } }]);
    expect(read(refused).events[0]?.dedupeKey).toBe(read({ ...refused, event: 'send_msg' }).events[0]?.dedupeKey);
  });

  test('that names no bot is kept', () => {
    expect(payloadOf('zim.callback.bot.message', { conv_id: 'bob' })).toEqual({ type: 'UNKNOWN', callback: 'bot_msg' });
  });
});

test('a message of a conversation of a kind that nobody knows is kept', () => {
  for (const conv_type of [3, undefined, 'x'])
    expect(payloadOf('zim.callback.message.sent', { conv_type })).toEqual({ type: 'UNKNOWN', callback: 'send_msg' });
});
