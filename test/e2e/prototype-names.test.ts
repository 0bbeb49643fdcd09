import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { give, happen } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps, sendMessage, settled, textTo } from '../support/messages.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const change = (name: string, type: string, answer: string, input: object) =>
  give(gateway, operator, `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} } }`, { input });

/** What every plain object answers to, or takes for its prototype. Easemob's ids are lower case. */
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

describe.each(chatApps)('$slug', ({ app, slug, team, lobby }) => {
  const idOf = (name: string) => (slug === 'easemob' ? name.toLowerCase() : name);

  test.each(names)('serves a user whose id is %s as any other', async (name) => {
    const userId = idOf(name);
    const id = `User:${app}:${userId}`;
    const { registerUsers } = await change('registerUsers', 'RegisterUsersInput', 'results { ok error { message } }', {
      appId: `App:${app}`,
      users: [{ vendorId: userId, name: `Called ${name}` }],
    });
    expect(registerUsers.results).toEqual([{ ok: true, error: null }]);
    const several = [id, `User:${app}:bob`];
    const { data, errors } = await sendMessage(gateway, operator, {
      ...textTo(several, `hello ${name}`),
      senderId: `User:${app}:alice`,
    });
    expect(errors).toBeUndefined();
    expect(data.sendMessage.results).toMatchObject(several.map((target) => ({ target, ok: true })));
    expect(data.sendMessage.results[0].node?.id).toMatch(/^Message:/);
    await settled(gateway);
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { id name presence { isOnline } } } }`;
    const { nodes } = await give(gateway, operator, query, { ids: several });
    expect(nodes).toMatchObject([{ id, name: `Called ${name}` }, { name: 'Bob Brook' }]);
    expect([true, false]).toContain(nodes[0].presence.isOnline);
    const { user } = await give(
      gateway,
      operator,
      'query ($id: ID!, $to: [ID!]!) { user(id: $id) { blocklist { contains(userIds: $to) } } }',
      { id: `User:${app}:bob`, to: [id] },
    );
    expect(user.blocklist.contains).toEqual([false]);
  });

  test.each(names)('a message that names %s in every place of others’ texts is told as it is', async (name) => {
    const stream = gateway.subscribe(
      operator,
      'subscription ($filter: EventFilter) { events(filter: $filter) { ... on MessageSentEvent { message { sender { id } content { ... on CustomContent { type data } } } } } }',
      { filter: { appIds: [`App:${app}`], types: ['MESSAGE_SENT'] } },
    );
    await stream.isConnected;
    const next = stream.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await happen(gateway, slug, {
      type: 'message',
      app,
      from: 'alice',
      to: { kind: 'group', id: team },
      content: { kind: 'CUSTOM', type: name, data: { text: name } },
    });
    const { data, errors } = await next;
    expect(errors).toBeUndefined();
    expect(data.events.message.content.type).toBe(name);
    await stream.close();
  });

  test('attributes of those names are kept, each under its own', async () => {
    const attributes = names.map((key) => ({ key: idOf(key), value: `of ${key}` }));
    const ownerId = `Chatroom:${app}:${lobby}`;
    const { errors } = await gateway.query(
      operator,
      'mutation ($input: SetAttributesInput!) { setAttributes(input: $input) { results { ok error { code } } } }',
      { input: { ownerId, attributes } },
    );
    // Only ZIM's rooms take attributes from a server here.
    if (slug !== 'zim') {
      expect(errors?.[0]?.extensions['code']).toBe('NOT_SUPPORTED');
      return;
    }
    expect(errors).toBeUndefined();
    const read = await give(gateway, operator, 'query ($id: ID!) { chatroom(id: $id) { attributes { key value } } }', {
      id: ownerId,
    });
    for (const each of attributes) expect(read.chatroom.attributes).toContainEqual(each);
  });
});

test('labels reach a ZIM conversation with __proto__', async () => {
  await change('registerUsers', 'RegisterUsersInput', 'results { ok }', {
    appId: 'App:zim-eu',
    users: [{ vendorId: '__proto__' }],
  });
  await sendMessage(gateway, operator, { ...textTo('User:zim-eu:__proto__', 'x'), senderId: 'User:zim-eu:alice' });
  const { updateConversations } = await change(
    'updateConversations',
    'UpdateConversationsInput',
    'results { ok error { message } }',
    { conversationIds: ['Conversation:zim-eu:alice:direct:__proto__'], addLabels: ['3'] },
  );
  expect(updateConversations.results).toEqual([{ ok: true, error: null }]);
});

test('a RongCloud chatroom is made under the id __proto__, and a message there carries attributes of those names', async () => {
  const { createChatroom } = await change('createChatroom', 'CreateChatroomInput', 'chatroom { id vendorId }', {
    appId: 'App:rc-cn',
    vendorId: '__proto__',
    name: 'Prototype',
  });
  expect(createChatroom.chatroom.vendorId).toBe('__proto__');
  const state = gateway.emulators.get('rongcloud')?.apps[0]?.state;
  expect(state?.chatrooms.has('__proto__')).toBe(true);
  const { data, errors } = await sendMessage(gateway, operator, {
    ...textTo('User:rc-cn:bob', 'with attributes'),
    senderId: 'User:rc-cn:alice',
    attributes: names.map((key) => ({ key, value: `of ${key}` })),
  });
  expect(errors).toBeUndefined();
  expect(data.sendMessage.results).toMatchObject([{ ok: true }]);
  const sent = [...(state?.messages.values() ?? [])].at(-1);
  const kept = JSON.parse(String(sent?.extra.get('extraContent')));
  expect(Object.entries(kept)).toEqual(names.map((key) => [key, `of ${key}`]));
});
