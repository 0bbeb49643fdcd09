import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { happen } from '../support/answers.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { follow } from '../support/live-events.ts';
import {
  callsOf,
  chatApps,
  history,
  messageFields,
  recallMessages,
  sendMessage,
  settled,
  textTo,
} from '../support/messages.ts';
import { requestsOf } from '../support/sent-requests.ts';

/** An app of the plan that keeps room messages, without which none can be recalled. */
const zimRooms = variant('zim', 'zim-rooms', { appId: '1002' }, ['stored-room-messages']);

let gateway: TestGateway;
let alice: string;
let bob: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, apps: [...demoApps, zimRooms] });
  alice = await gateway.token();
  const accounts = Object.fromEntries([...demoApps, zimRooms].map(({ name }) => [name, 'bob']));
  bob = await gateway.token({ subject: 'bob', accounts });
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  gateway.calls.length = 0;
});
afterAll(() => gateway.stop());

const messageQuery = /* GraphQL */ `
  query ($id: ID!) { message(id: $id) { ...Message raw } }
  ${messageFields}
`;
const read = (token: string | null, id: string) => gateway.query(token, messageQuery, { id });
const asked = /* GraphQL */ `query ($id: ID!) { message(id: $id) { ...Message } } ${messageFields}`;
const find = (token: string, id: string) => gateway.query(token, asked, { id });

async function sent(token: string, to: string, text: string): Promise<string> {
  const { data, errors } = await sendMessage(gateway, token, textTo(to, text));
  expect(errors).toBeUndefined();
  await settled(gateway);
  return data.sendMessage.message.id;
}

/** What a vendor is told when alice takes back what bob wrote: RongCloud that it is not bob, but not who. */
const inOwnName: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  rongcloud: { fromUserId: 'bob', isAdmin: '1' },
  easemob: { from: '"alice"' },
};

describe.each(chatApps)('$slug', ({ app, slug, team }) => {
  const places = { direct: `User:${app}:bob`, group: `Group:${app}:${team}` };

  test.each(Object.entries(places))(
    'a %s message is found by its id, by those in the conversation only',
    async (_, to) => {
      const id = await sent(alice, to, 'find me');
      for (const token of [alice, bob, operator]) {
        const { data, errors } = await find(token, id);
        expect(errors).toBeUndefined();
        expect(data.message).toMatchObject({
          id,
          content: { text: 'find me' },
          sender: { id: `User:${app}:alice` },
          to: { id: to },
        });
      }
      const frank = await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
      const { requestId: _1, ...refusal } = (await find(frank, id)).errors?.[0]?.extensions ?? {};
      const { requestId: _2, ...absent } = (await find(frank, `${id}9`)).errors?.[0]?.extensions ?? {};
      expect(refusal).toEqual({ code: 'FORBIDDEN' });
      expect(absent).toEqual(refusal);
    },
  );

  test('an operator is told NOT_FOUND of a message that is not there, and a node is null', async () => {
    const id = `Message:${app}:direct:bob:alice:987654`;
    expect((await find(operator, id)).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    const { data, errors } = await gateway.query(operator, 'query ($id: ID!) { node(id: $id) { id } }', { id });
    expect([data, errors]).toEqual([{ node: null }, undefined]);
  });

  test("the vendor's own form is for the admin scope", async () => {
    const id = await sent(alice, places.direct, 'raw');
    expect((await read(operator, id)).data.message.raw).toBeTruthy();
    const { data, errors } = await read(alice, id);
    expect(data.message).toMatchObject({ id, raw: null });
    expect(errors?.[0]).toMatchObject({ path: ['message', 'raw'], extensions: { code: 'FORBIDDEN' } });
  });

  test.each(Object.entries(places))(
    'a %s message that is recalled is shown as recalled, and told',
    async (kind, to) => {
      const id = await sent(alice, to, 'a slip');
      const { data, errors } = await recallMessages(gateway, alice, { messageIds: [id], note: 'sorry' });
      expect(errors).toBeUndefined();
      expect(data.recallMessages.results).toEqual([{ target: id, ok: true, error: null }]);
      await settled(gateway);
      const conversation = `Conversation:${app}:alice:${kind}:${to.split(':')[2]}`;
      const page = await history(gateway, alice, conversation, { first: 100 });
      const nodes: { id: string; content: { __typename: string; text?: string }; recalledAt: string | null }[] =
        page.data.node.messages.nodes;
      for (const node of nodes.filter((each) => each.id === id)) {
        expect(node.content?.text, JSON.stringify(node)).toBeUndefined();
        expect(node.recalledAt ?? node.content.__typename).toBeTruthy();
      }
      const { data: found, errors: lost } = await find(operator, id);
      if (found.message)
        expect(found.message).toMatchObject({ id, kind: 'RECALLED', content: { __typename: 'RecalledContent' } });
      else expect(lost?.[0]?.extensions['code']).toBe('NOT_FOUND');
    },
  );

  test('a second recall is done, as the first was', async () => {
    const id = await sent(alice, places.direct, 'twice');
    for (const _ of [1, 2]) {
      const { data } = await recallMessages(gateway, alice, { messageIds: [id] });
      expect(data.recallMessages.results).toMatchObject([{ target: id, ok: true }]);
    }
  });

  test('many are recalled at once, and each tells its own fate', async () => {
    const ids = [
      await sent(alice, places.direct, 'one'),
      await sent(alice, places.group, 'two'),
      await sent(alice, places.direct, 'three'),
    ];
    const absent = slug === 'easemob' ? '12' : slug === 'zim' ? '99999' : 'AAAA-BBBB-CCCC-DDDD';
    const wrong = `Message:${app}:direct:bob:alice:${absent}`;
    const { data, errors } = await recallMessages(gateway, operator, { messageIds: [...ids, wrong] });
    expect(errors).toBeUndefined();
    expect(data.recallMessages.results.map((each: { target: string }) => each.target)).toEqual([...ids, wrong]);
    expect(data.recallMessages.results.slice(0, 3)).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    // RongCloud takes ids of no message; Easemob has no other word for what was recalled before.
    if (slug === 'zim')
      expect(data.recallMessages.results[3]).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    else expect(data.recallMessages.results[3]).toMatchObject({ ok: true });
  });

  test('many that are all there are recalled, in one call where the vendor takes many', async () => {
    const ids = [await sent(alice, places.direct, 'first'), await sent(alice, places.group, 'second')];
    gateway.calls.length = 0;
    const { data } = await recallMessages(gateway, alice, { messageIds: ids });
    expect(data.recallMessages.results).toMatchObject([{ ok: true }, { ok: true }]);
    if (slug === 'easemob') expect(callsOf(gateway)).toEqual(['easemob.message.recallBatch']);
    else expect(callsOf(gateway)).toHaveLength(2);
  });

  test('a viewer recalls its own messages only, and no call is made for another', async () => {
    const id = await sent(alice, places.group, 'not yours');
    gateway.calls.length = 0;
    const { errors } = await recallMessages(gateway, bob, { messageIds: [id] });
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const own = await recallMessages(gateway, alice, { messageIds: [id], actorId: `User:${app}:bob` });
    expect(own.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect(callsOf(gateway)).toEqual([]);
  });

  test('a moderator recalls the messages of others, in its own name where the vendor has one', async () => {
    const id = await sent(bob, places.group, 'against the rules');
    let answer: Awaited<ReturnType<typeof recallMessages>> | undefined;
    const sentTo = await requestsOf([gateway.emulators.get(slug)?.url ?? ''], async () => {
      answer = await recallMessages(gateway, operator, {
        messageIds: [id],
        actorId: `User:${app}:alice`,
        note: 'rules',
      });
    });
    const { data, errors } = answer ?? {};
    if (slug === 'zim') {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_SUPPORTED', input: 'input.actorId', app });
      const plain = await recallMessages(gateway, operator, { messageIds: [id], note: 'rules' });
      expect(plain.data.recallMessages.results).toMatchObject([{ ok: true }]);
    } else {
      expect(data.recallMessages.results).toMatchObject([{ ok: true }]);
      const recall = sentTo.find(({ line }) => line.includes('recall'));
      expect(recall?.fields).toMatchObject(inOwnName[slug] ?? {});
      expect(inOwnName).toHaveProperty(slug);
    }
  });

  test.each([
    ['none', []],
    ['101', Array.from({ length: 101 }, (_, index) => `Message:${app}:direct:bob:alice:${index + 1}`)],
    ['ids of users', [`User:${app}:bob`]],
    [
      'messages of two apps',
      [`Message:${app}:direct:bob:alice:1`, `Message:${app === 'zim-eu' ? 'rc-cn' : 'zim-eu'}:direct:bob:alice:1`],
    ],
    ['ids of a kind of place there is not', [`Message:${app}:void:bob:alice:1`]],
  ])('%s to be recalled is refused', async (_, messageIds) => {
    const { errors } = await recallMessages(gateway, operator, { messageIds });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      input: expect.stringMatching(/^input\.messageIds/),
    });
    expect(callsOf(gateway)).toEqual([]);
  });

  test('a note of more than 200 bytes is refused', async () => {
    const id = `Message:${app}:direct:bob:alice:${slug === 'rongcloud' ? 'AAAA' : '1'}`;
    const { errors } = await recallMessages(gateway, operator, { messageIds: [id], note: 'ü'.repeat(101) });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.note' });
    expect(callsOf(gateway)).toEqual([]);
  });
});

describe('a recall in a chatroom', () => {
  const told = /* GraphQL */ `
    subscription ($filter: EventFilter, $after: String) {
      events(filter: $filter, after: $after) { ... on MessageSentEvent { message { id content { ... on TextContent { text } } } } }
    }
  `;

  test.each([
    ['rc-cn', 'rongcloud', 'lobby', { ok: true }],
    ['em-1', 'easemob', '9100001', { ok: true }],
    ['zim-rooms', 'zim', 'lobby', { ok: true }],
    ['zim-eu', 'zim', 'lobby', 'VENDOR_MISCONFIGURED'],
  ])('%s: goes by the id that the event told', async (app, slug, room, result) => {
    const events = await follow(gateway, [app], operator, told, { filter: { appIds: [`App:${app}`] } });
    const content = { kind: 'TEXT', text: `recall me at ${app}` };
    await happen(gateway, slug, { type: 'message', app, from: 'alice', to: { kind: 'chatroom', id: room }, content });
    const { message } = await events.until((each) => each.message?.content?.text === content.text);
    const { data, errors } = await recallMessages(gateway, alice, { messageIds: [message.id] });
    if (typeof result === 'string') expect(errors?.[0]?.extensions).toMatchObject({ code: result, app });
    else expect(data.recallMessages.results).toMatchObject([result]);
    await events.close();
  });
});

test("Easemob's recall past its two minutes wants force, which is for moderators", async () => {
  const id = await sent(alice, 'User:em-1:bob', 'old');
  const state = gateway.emulators.get('easemob')?.apps[0]?.state;
  const message = state?.messages.get(id.split(':').at(-1) ?? '');
  Object.assign(message ?? {}, { sentAt: Date.now() - 121_000 });
  const late = await recallMessages(gateway, alice, { messageIds: [id] });
  expect(late.data.recallMessages.results).toMatchObject([
    { ok: false, error: { code: 'CONFLICT', vendorCode: 'message_recall_error' } },
  ]);
  const own = await recallMessages(gateway, alice, { messageIds: [id], force: true });
  expect(own.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', input: 'input.force' });
  const forced = await recallMessages(gateway, operator, { messageIds: [id], force: true });
  expect(forced.data.recallMessages.results).toMatchObject([{ ok: true }]);
});

test('withoutTrace is a choice at RongCloud, and refused or left to the vendor elsewhere', async () => {
  for (const [app, code] of [
    ['rc-cn', undefined],
    ['zim-eu', undefined],
    ['em-1', 'NOT_SUPPORTED'],
  ] as const) {
    const id = await sent(alice, `User:${app}:bob`, 'no trace');
    const { errors } = await recallMessages(gateway, alice, { messageIds: [id], withoutTrace: true });
    expect(errors?.[0]?.extensions['code'], app).toBe(code);
  }
});
