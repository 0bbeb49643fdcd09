import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { happen } from '../support/answers.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { type Followed, follow } from '../support/live-events.ts';
import { chatApps, messageFields, recallMessages, sendMessage, settled, textTo } from '../support/messages.ts';
import { callbackUrl, post, signers, strangeCallback } from '../support/signed-callbacks.ts';

/** RongCloud without the service for recalls: a recall is routed as a message. */
const rcRouted = variant('rongcloud', 'rc-routed', { appKey: 'rc-routed-key' }, [
  'hosted',
  'sync-server',
  'recall-as-message',
]);

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, apps: [...demoApps, rcRouted] });
  alice = await gateway.token();
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const events = /* GraphQL */ `
  subscription ($filter: EventFilter, $after: String) {
    events(filter: $filter, after: $after) {
      __typename
      id
      cursor
      type
      occurredAt
      receivedAt
      app { id }
      ... on MessageEvent { message { ...Message } }
      ... on MessageSentEvent { source }
      ... on MessageSendFailedEvent { reason }
      ... on MessageEditedEvent { actor { id } editCount }
      ... on MessageRecalledEvent { actor { id } isByAdmin isWithoutTrace note }
      ... on UnknownEvent { name }
    }
  }
  ${messageFields}
`;

const eventsOf = (app: string, filter: object = {}): Promise<Followed> =>
  follow(gateway, [app], operator, events, { filter: { appIds: [`App:${app}`], ...filter } });
const stateOf = (slug: string, app: string) =>
  gateway.emulators.get(slug)?.apps.find((each) => each.name === app)?.state;
const say = (slug: string, app: string, from: string, to: { kind: string; id: string }, text: string) =>
  happen(gateway, slug, { type: 'message', app, from, to, content: { kind: 'TEXT', text } });

describe.each(chatApps)('$slug', ({ app, slug, team, lobby }) => {
  test.each([
    ['direct', 'bob', `User:${app}:bob`],
    ['group', team, `Group:${app}:${team}`],
    ['chatroom', lobby, `Chatroom:${app}:${lobby}`],
  ])('MESSAGE_SENT tells a %s message of a client and of this server', async (kind, key, to) => {
    const stream = await eventsOf(app, { types: ['MESSAGE_SENT'] });
    await say(slug, app, 'alice', { kind, id: key }, `client, ${kind}`);
    const told = await stream.until((each) => each.message?.content?.text === `client, ${kind}`);
    expect(told).toMatchObject({
      __typename: 'MessageSentEvent',
      type: 'MESSAGE_SENT',
      app: { id: `App:${app}` },
      source: slug === 'easemob' ? 'UNKNOWN' : 'CLIENT',
      message: { kind: 'TEXT', sender: { id: `User:${app}:alice` }, to: { id: to }, recalledAt: null, editedAt: null },
    });
    expect(Date.parse(told.receivedAt)).toBeGreaterThanOrEqual(Date.parse(told.occurredAt) - 1000);
    const { data } = await sendMessage(gateway, alice, textTo(to, `server, ${kind}`));
    const own = await stream.until((each) => each.message?.content?.text === `server, ${kind}`);
    expect(own.source).toBe('SERVER');
    // ZIM answers a send to a chatroom without the message's number.
    const hasNumber = slug !== 'zim' || kind !== 'chatroom';
    if (hasNumber) expect(own.message.id).toBe(data.sendMessage.message.id);
    await stream.close();
  });

  test('a send to several users is an event for each', async () => {
    const stream = await eventsOf(app, { types: ['MESSAGE_SENT'] });
    const to = ['bob', 'carol', 'dave'].map((each) => `User:${app}:${each}`);
    await sendMessage(gateway, alice, textTo(to, 'to three'));
    const received = new Set<string>();
    while (received.size < 3) {
      const { message } = await stream.until((each) => each.message?.content?.text === 'to three');
      received.add(message.to.id);
    }
    expect([...received].sort()).toEqual(to);
    await stream.close();
  });

  test('MESSAGE_RECALLED tells what was recalled, by its id', async () => {
    const stream = await eventsOf(app, { types: ['MESSAGE_RECALLED', 'MESSAGE_SENT'] });
    for (const [kind, to] of [
      ['direct', `User:${app}:bob`],
      ['group', `Group:${app}:${team}`],
    ]) {
      const { data } = await sendMessage(gateway, alice, textTo(to ?? '', `slip, ${kind}`));
      const { id } = data.sendMessage.message;
      await settled(gateway);
      await recallMessages(gateway, alice, { messageIds: [id], note: 'sorry' });
      await settled(gateway);
      if (slug === 'zim') continue;
      const told = await stream.until((each) => each.type === 'MESSAGE_RECALLED' && each.message.id === id);
      expect(told).toMatchObject({
        __typename: 'MessageRecalledEvent',
        message: { kind: 'RECALLED', content: { __typename: 'RecalledContent' }, sender: { id: `User:${app}:alice` } },
        ...(slug === 'rongcloud' && { isByAdmin: false, isWithoutTrace: false, note: 'sorry' }),
      });
      expect(told.message.recalledAt).toBeTruthy();
    }
    // ZIM tells of no recall; the conversation shows it none the less.
    if (slug === 'zim') expect(stream.seen.filter((each) => each.type === 'MESSAGE_RECALLED')).toEqual([]);
    await stream.close();
  });

  test('MESSAGE_EDITED tells the new content of a message under its id', async () => {
    const stream = await eventsOf(app, { types: ['MESSAGE_EDITED', 'MESSAGE_SENT'] });
    const { data } = await sendMessage(gateway, alice, textTo(`User:${app}:bob`, 'befor'));
    const { id, vendorId } = data.sendMessage.message;
    await settled(gateway);
    const state = stateOf(slug, app);
    const message = state?.messages.get(vendorId);
    if (!state || !message) throw new Error('the emulator has no such message');
    const body = { zim: { Message: 'before' }, easemob: { msg: 'before' }, rongcloud: '{"content":"before"}' }[slug];
    state.edit(message, body, 'alice');
    await settled(gateway);
    // RongCloud has no callback for edits.
    if (slug !== 'rongcloud') {
      const told = await stream.until((each) => each.type === 'MESSAGE_EDITED');
      expect(told).toMatchObject({ __typename: 'MessageEditedEvent', message: { id, content: { text: 'before' } } });
      expect(told.message.editedAt).toBeTruthy();
      if (slug === 'easemob') expect(told).toMatchObject({ actor: { id: `User:${app}:alice` }, editCount: 1 });
      const query = 'query ($id: ID!) { message(id: $id) { editedAt content { ... on TextContent { text } } } }';
      const { data: read } = await gateway.query(alice, query, { id });
      expect(read.message.content.text).toBe('before');
      expect(read.message.editedAt).toBeTruthy();
    }
    await stream.close();
  });

  test('UNKNOWN tells of a callback that nobody knows, by its name and of its app', async () => {
    const stream = await eventsOf(app, { types: ['UNKNOWN'] });
    const reply = await post(callbackUrl(gateway, slug, app), signers[slug](strangeCallback[slug]()));
    expect(reply.status).toBe(200);
    const told = await stream.until((each) => each.__typename === 'UnknownEvent');
    expect(told).toMatchObject({ type: 'UNKNOWN', app: { id: `App:${app}` }, name: expect.stringMatching(/./) });
    await stream.close();
  });
});

test('MESSAGE_SEND_FAILED tells of a message that ZIM refused, and why', async () => {
  const stream = await eventsOf('zim-eu', { types: ['MESSAGE_SEND_FAILED'] });
  await say('zim', 'zim-eu', 'frank', { kind: 'direct', id: 'alice' }, 'let me in');
  const told = await stream.until((each) => each.__typename === 'MessageSendFailedEvent');
  expect(told).toMatchObject({
    type: 'MESSAGE_SEND_FAILED',
    reason: '660800045',
    message: {
      sentAt: null,
      sender: { id: 'User:zim-eu:frank' },
      to: { id: 'User:zim-eu:alice' },
      content: { text: 'let me in' },
    },
  });
  await stream.close();
});

test('MESSAGE_SEND_FAILED tells of those receivers of a send that got nothing', async () => {
  const stream = await eventsOf('zim-eu', { types: ['MESSAGE_SEND_FAILED'] });
  const input = { ...textTo(['User:zim-eu:alice', 'User:zim-eu:bob'], 'from frank'), senderId: 'User:zim-eu:frank' };
  const { data } = await sendMessage(gateway, operator, input);
  expect(data.sendMessage.results).toMatchObject([{ ok: false }, { ok: true }]);
  const told = await stream.until((each) => each.message?.content?.text === 'from frank');
  expect(told.message.to.id).toBe('User:zim-eu:alice');
  await stream.close();
});

test("RongCloud's recall that is routed as a message is a recall all the same", async () => {
  const stream = await eventsOf('rc-routed');
  const { data } = await sendMessage(gateway, alice, textTo('User:rc-routed:bob', 'slip'));
  const { id } = data.sendMessage.message;
  await settled(gateway);
  await recallMessages(gateway, alice, { messageIds: [id] });
  const told = await stream.until((each) => each.type === 'MESSAGE_RECALLED');
  expect(told.message).toMatchObject({ id, kind: 'RECALLED' });
  await stream.close();
});

test('a message that a moderator recalls keeps the id and the sender that it had', async () => {
  const bob = await gateway.token({ subject: 'bob', accounts: { 'em-1': 'bob', 'rc-cn': 'bob' } });
  for (const [app, to] of [
    ['em-1', 'Group:em-1:2784001'],
    ['rc-cn', 'Group:rc-cn:team'],
  ] as const) {
    const stream = await eventsOf(app, { types: ['MESSAGE_RECALLED'] });
    const { data } = await sendMessage(gateway, bob, textTo(to, 'against the rules'));
    const { id } = data.sendMessage.message;
    await settled(gateway);
    await recallMessages(gateway, operator, { messageIds: [id], actorId: `User:${app}:alice` });
    const told = await stream.until((each) => each.message?.id === id);
    expect(told.message.sender).toEqual({ id: `User:${app}:bob` });
    await stream.close();
  }
});

test('a chatroom message that is recalled at Easemob is told of the chatroom', async () => {
  const stream = await eventsOf('em-1', { spaceIds: ['Chatroom:em-1:9100001'] });
  const { data } = await sendMessage(gateway, alice, textTo('Chatroom:em-1:9100001', 'slip'));
  await settled(gateway);
  await recallMessages(gateway, alice, { messageIds: [data.sendMessage.message.id] });
  const told = await stream.until((each) => each.type === 'MESSAGE_RECALLED');
  expect(told.message).toMatchObject({ id: data.sendMessage.message.id, to: { id: 'Chatroom:em-1:9100001' } });
  await stream.close();
});
