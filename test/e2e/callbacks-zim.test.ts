// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators' file; it is no function, so nothing awaits it
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { type Followed, follow } from '../support/live-events.ts';
import { settled } from '../support/messages.ts';
import { callbackUrl, post, signers } from '../support/signed-callbacks.ts';

const { callbacks } = readCatalogue(new URL('../../src/vendors/zim/catalogue.json', import.meta.url));

const app = 'zim-asks';
let gateway: TestGateway;
let emulator: Emulator;
let operator: string;
let stream: Followed;

const events = /* GraphQL */ `
  subscription ($filter: EventFilter, $after: String) {
    events(filter: $filter, after: $after) { ...Event }
  }
`;
const viewerEvents = /* GraphQL */ `
  subscription ($filter: EventFilter, $after: String) {
    viewerEvents(filter: $filter, after: $after) { ...Event }
  }
`;
const fields = /* GraphQL */ `
  fragment Event on Event {
    __typename
    ... on PresenceChangedEvent { user { id } isOnline presenceCause: cause platform sessionId }
    ... on SpaceEvent { space { id } spaceActor: actor { id } }
    ... on SpaceCreatedEvent { owner { id } first: members { id } }
    ... on SpaceDeletedEvent { last: members { id } }
    ... on MembersJoinedEvent { users { id } joinCause: cause memberCount }
    ... on MembersLeftEvent { users { id } leaveCause: cause memberCount }
    ... on CallEvent { call { id } }
    ... on CallStartedEvent { invitees { id } callData: data }
    ... on CallExtendedEvent { actor { id } invitees { id } }
    ... on CallAcceptedEvent { user { id } callData: data }
    ... on CallRejectedEvent { user { id } callData: data }
    ... on CallCanceledEvent { invitees { id } reason }
    ... on CallTimedOutEvent { users { id } }
    ... on MessageEvent { message { ...Said } }
    ... on MessageSentEvent { source }
    ... on MessageSendFailedEvent { failure: reason }
    ... on BotMessageReceivedEvent { bot { id } data }
    ... on MessageDecidedEvent { decision rule isLate }
    ... on UnknownEvent { name }
  }
  fragment Said on Message {
    id
    sender { id }
    to { ... on User { id } ... on Group { id } ... on Chatroom { id } }
    content { ... on TextContent { text } }
  }
`;

beforeAll(async () => {
  gateway = await startGateway({
    retell: false,
    limits: false,
    apps: [variant('zim', app, {}, ['before-send'])],
    decisions: {
      rules: [
        { name: 'words', keywords: ['casino'], then: 'REPLACE' },
        { name: 'rude', keywords: ['fool'], then: 'REFUSE', reason: 'be kind' },
        { name: 'spam', keywords: ['buy now'], then: 'DROP' },
      ],
    },
  });
  const found = gateway.emulators.get('zim');
  if (!found) throw new Error('no emulator');
  emulator = found;
  operator = await gateway.operator();
  stream = await follow(gateway, [app], operator, events + fields);
}, 30_000);
afterAll(async () => {
  await stream.close();
  await gateway.stop();
});

const user = (id: string) => ({ id: `User:${app}:${id}` });
const team = { space: { id: `Group:${app}:team` } };
const lobby = { space: { id: `Chatroom:${app}:lobby` } };
const call = (id: string) => ({ call: { id: `Call:${app}:${id}` } });
const hello = (to: string, text: string) => ({
  message: { sender: user('alice'), to: { id: to }, content: { text } },
});

type Expected = Readonly<Record<string, unknown>> & { readonly __typename: string };
type Row = readonly [id: string, fields: Readonly<Record<string, unknown>>, expected: Expected];

/** Each callback of the catalogue that tells something, as the emulator makes it, and what a subscriber gets. */
const rows: readonly Row[] = [
  [
    'zim.callback.user.action',
    { session_id: '9301' },
    {
      __typename: 'PresenceChangedEvent',
      user: user('alice'),
      isOnline: true,
      presenceCause: 'LOGIN',
      platform: 'WEB',
      sessionId: '9301',
    },
  ],
  [
    'zim.callback.user.action',
    { session_id: '9301', action: 1, os: 'IOS_PHONE ' },
    { __typename: 'PresenceChangedEvent', isOnline: false, presenceCause: 'LOGOUT', platform: 'IOS_PHONE' },
  ],
  [
    'zim.callback.room.created',
    {},
    { __typename: 'SpaceCreatedEvent', ...lobby, spaceActor: user('alice'), owner: null, first: [] },
  ],
  [
    'zim.callback.room.entered',
    { operator_account: 'carol' },
    {
      __typename: 'MembersJoinedEvent',
      ...lobby,
      spaceActor: user('carol'),
      users: [user('carol')],
      joinCause: 'JOINED',
      memberCount: null,
    },
  ],
  [
    'zim.callback.room.left',
    { exit_type: 'Kickout', operator_account: 'alice' },
    {
      __typename: 'MembersLeftEvent',
      ...lobby,
      spaceActor: user('alice'),
      users: [user('bob')],
      leaveCause: 'REMOVED',
    },
  ],
  [
    'zim.callback.room.destroyed',
    {},
    { __typename: 'SpaceDeletedEvent', ...lobby, spaceActor: user('alice'), last: [user('bob')] },
  ],
  [
    'zim.callback.group.created',
    {},
    {
      __typename: 'SpaceCreatedEvent',
      ...team,
      spaceActor: user('alice'),
      owner: user('alice'),
      first: [user('alice'), user('bob')],
    },
  ],
  [
    'zim.callback.group.joined',
    {},
    {
      __typename: 'MembersJoinedEvent',
      ...team,
      spaceActor: user('alice'),
      users: [user('carol')],
      joinCause: 'ADDED',
    },
  ],
  [
    'zim.callback.group.left',
    { exit_type: 'Quit' },
    { __typename: 'MembersLeftEvent', ...team, spaceActor: user('carol'), users: [user('carol')], leaveCause: 'LEFT' },
  ],
  [
    'zim.callback.group.destroyed',
    {},
    { __typename: 'SpaceDeletedEvent', ...team, spaceActor: user('alice'), last: [user('alice'), user('bob')] },
  ],
  [
    'zim.callback.call.created',
    { call_id: '1', payload: 'video' },
    { __typename: 'CallStartedEvent', ...call('1'), invitees: [user('bob')], callData: 'video' },
  ],
  [
    'zim.callback.call.invitedDuring',
    { call_id: '1' },
    { __typename: 'CallExtendedEvent', ...call('1'), actor: user('bob'), invitees: [user('carol')] },
  ],
  [
    'zim.callback.call.accepted',
    { call_id: '1', extend_data: 'coming' },
    { __typename: 'CallAcceptedEvent', ...call('1'), user: user('bob'), callData: 'coming' },
  ],
  [
    'zim.callback.call.rejected',
    { call_id: '1', user_id: 'carol' },
    { __typename: 'CallRejectedEvent', ...call('1'), user: user('carol'), callData: null },
  ],
  [
    'zim.callback.call.canceled',
    { call_id: '2', reason: 'timeout_cancel' },
    { __typename: 'CallCanceledEvent', ...call('2'), invitees: [user('bob')], reason: 'timeout_cancel' },
  ],
  [
    'zim.callback.call.timedOut',
    { call_id: '3' },
    { __typename: 'CallTimedOutEvent', ...call('3'), users: [user('bob')] },
  ],
  [
    'zim.callback.message.sent',
    {},
    { __typename: 'MessageSentEvent', ...hello(`Group:${app}:team`, 'hi all'), source: 'CLIENT' },
  ],
  [
    'zim.callback.message.sent',
    { conv_type: 0, conv_id: 'bob', msg_body: 'no', send_result: 660500005 },
    { __typename: 'MessageSendFailedEvent', ...hello(`User:${app}:bob`, 'no'), failure: '660500005' },
  ],
  [
    'zim.callback.bot.message',
    {},
    {
      __typename: 'BotMessageReceivedEvent',
      bot: { id: `User:${app}:%40RBT%23helper` },
      data: null,
      message: { sender: user('alice'), content: { text: 'hello bot' } },
    },
  ],
  ['zim.callback.user.action', { event: 'brand_new' }, { __typename: 'UnknownEvent', name: 'brand_new' }],
];

describe('what the vendor tells is had by a subscriber in the words of the schema', () => {
  test.each(rows)('%s %j', async (id, given, expected) => {
    emulator.fire(id, given);
    expect(await stream.until(() => true)).toMatchObject(expected);
  });

  test('every callback of the catalogue that tells something is among them', () => {
    const told = new Set(rows.map(([id]) => id));
    expect(callbacks.filter(({ id, kind }) => kind === 'event' && !told.has(id))).toEqual([]);
  });

  test('and is told once, however often the vendor says it', async () => {
    const again = [
      ['zim.callback.call.created', { call_id: '70' }],
      ['zim.callback.message.sent', { msg_id: '880000000000000070', msg_seq: 70, msg_time: 1_700_000_000_070 }],
    ] as const;
    for (const [id, given] of again) {
      const before = stream.seen.length;
      for (let times = 0; times < 3; times += 1) {
        emulator.fire(id, given);
        await settled(gateway);
      }
      emulator.fire('zim.callback.user.action', { event: `after ${id}` });
      await stream.until(({ name }) => name === `after ${id}`);
      expect(stream.seen.length - before).toBe(2);
    }
  });
});

describe('what the vendor asks is answered, told to operators, and done by the vendor', () => {
  const say = async (text: string) => {
    const settlement = await emulator.send({
      from: 'bob',
      to: { kind: 'group', id: 'team' },
      content: { kind: 'TEXT', text },
    });
    const decided = await stream.until(({ __typename }) => __typename === 'MessageDecidedEvent');
    return { settlement, decided };
  };
  const told = (text: string) =>
    stream.until(({ __typename, message }) => __typename !== 'MessageDecidedEvent' && message?.content?.text === text);

  test('DELIVER', async () => {
    const { settlement, decided } = await say('good morning');
    expect(settlement.outcome).toBe('delivered');
    expect(decided).toMatchObject({
      decision: 'DELIVER',
      rule: null,
      isLate: false,
      message: { sender: user('bob'), to: { id: `Group:${app}:team` }, content: { text: 'good morning' } },
    });
    expect(await told('good morning')).toMatchObject({ __typename: 'MessageSentEvent', source: 'CLIENT' });
  });

  test('REPLACE: the others see the words starred out', async () => {
    const { settlement, decided } = await say('to the casino');
    expect(settlement).toMatchObject({ outcome: 'delivered', content: { body: { Message: 'to the ******' } } });
    expect(decided).toMatchObject({ decision: 'REPLACE', rule: 'words' });
    expect(await told('to the ******')).toMatchObject({ __typename: 'MessageSentEvent' });
  });

  test("REFUSE: the sender's client is told why", async () => {
    const { settlement, decided } = await say('you fool');
    expect(settlement).toEqual({ outcome: 'refused', code: '111101', reason: 'be kind' });
    expect(decided).toMatchObject({ decision: 'REFUSE', rule: 'rude' });
    expect(await told('you fool')).toMatchObject({ __typename: 'MessageSendFailedEvent', failure: '660500010' });
  });

  test('asked again in the same words it answers the same, and tells it once', async () => {
    const example = JSON.parse(callbacks.find(({ kind }) => kind === 'decision')?.example ?? '');
    const { nonce: _, signature: __, timestamp: ___, ...asked } = { ...example, msg_body: 'you fool', request_id: '1' };
    const question = signers.zim(asked, { nonce: '4711' });
    for (let times = 0; times < 2; times += 1) {
      const reply = await post(callbackUrl(gateway, 'zim', app), question);
      expect([reply.status, await reply.json()]).toEqual([200, { result: 3, reason: 'be kind' }]);
    }
    const before = stream.seen.length;
    emulator.fire('zim.callback.user.action', { event: 'after the question' });
    await stream.until(({ name }) => name === 'after the question');
    expect(stream.seen.slice(before).map(({ __typename }) => __typename)).toEqual([
      'MessageDecidedEvent',
      'UnknownEvent',
    ]);
  });

  test('DROP: the sender believes that it was sent', async () => {
    const { settlement, decided } = await say('buy now');
    expect(settlement).toEqual({ outcome: 'dropped' });
    expect(decided).toMatchObject({ decision: 'DROP', rule: 'spam' });
    expect(await told('buy now')).toMatchObject({ __typename: 'MessageSendFailedEvent', failure: '660500009' });
  });
});

describe('a viewer hears of what concerns it, and a stranger does not', () => {
  const tokenOf = (subject: string) => gateway.token({ subject, accounts: { [app]: subject } });

  /** What two viewers hear of some callbacks, up to one that both hear of. */
  const heardBy = async (viewers: readonly string[], fire: () => Promise<void> | void) => {
    const streams = await Promise.all(
      viewers.map(async (viewer) => follow(gateway, [app], await tokenOf(viewer), viewerEvents + fields)),
    );
    await fire();
    await settled(gateway);
    const mark = `mark ${Math.random()}`;
    for (const viewer of viewers)
      emulator.fire('zim.callback.message.sent', {
        conv_type: 0,
        from_user_id: viewer,
        conv_id: 'user60',
        msg_body: mark,
      });
    return Promise.all(
      streams.map(async (each) => {
        await each.until(({ message }) => message?.content?.text === mark);
        const typenames = each.seen.slice(0, -1).map(({ __typename }) => __typename);
        await each.close();
        return typenames;
      }),
    );
  };

  test('a call: its caller, those called, and nobody else', async () => {
    const call_id = '500';
    const [alice, bob, erin] = await heardBy(['user21', 'user22', 'user23'], async () => {
      emulator.fire('zim.callback.call.created', { call_id, caller: 'user21', user_ids: ['user22', 'user24'] });
      await settled(gateway);
      emulator.fire('zim.callback.call.rejected', { call_id, user_id: 'user24' });
      await settled(gateway);
      emulator.fire('zim.callback.call.accepted', { call_id, user_id: 'user22' });
    });
    expect(alice).toEqual(['CallStartedEvent', 'CallRejectedEvent', 'CallAcceptedEvent']);
    expect(bob).toEqual(['CallStartedEvent', 'CallRejectedEvent', 'CallAcceptedEvent']);
    expect(erin).toEqual([]);
  });

  test('a message to a user: both, and nobody else; that it failed, its sender alone', async () => {
    const direct = { conv_type: 0, from_user_id: 'user31', conv_id: 'user32' };
    const heard = await heardBy(['user31', 'user32', 'user33'], async () => {
      emulator.fire('zim.callback.message.sent', direct);
      await settled(gateway);
      emulator.fire('zim.callback.message.sent', { ...direct, send_result: 660800045 });
    });
    expect(heard).toEqual([['MessageSentEvent', 'MessageSendFailedEvent'], ['MessageSentEvent'], []]);
  });

  test('a group: its members and who was added', async () => {
    const heard = await heardBy(['user1', 'user41', 'user42'], () =>
      emulator.fire('zim.callback.group.joined', { group_id: 'runners', new_user_ids: ['user41'] }),
    );
    expect(heard).toEqual([['MembersJoinedEvent'], ['MembersJoinedEvent'], []]);
  });

  test('what a bot is told of, and what the vendor was answered, no viewer hears', async () => {
    const heard = await heardBy(['user51'], async () => {
      emulator.fire('zim.callback.bot.message', { from_user_id: 'user51' });
      await emulator.send({
        from: 'user51',
        to: { kind: 'direct', id: 'user52' },
        content: { kind: 'TEXT', text: 'buy now' },
      });
    });
    expect(heard).toEqual([['MessageSendFailedEvent']]);
  });
});
