import { afterAll, beforeAll, expect, test } from 'vitest';
import { give } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { follow } from '../support/live-events.ts';
import { history, sendMessage, settled, textTo } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, keepsLimits: false });
  alice = await gateway.token();
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const upper = 'Conversation:em-1:ALICE:direct:Bob';

test('a message to an id in capitals is one message under one id, to its sender, its stream, its history and node', async () => {
  const query = /* GraphQL */ `
    subscription ($id: ID!, $after: String) {
      conversationEvents(conversationId: $id, after: $after) { ... on MessageSentEvent { message { id to { ... on User { id } } } } }
    }
  `;
  const events = await follow(gateway, ['em-1'], alice, query, { id: upper });
  const { data } = await sendMessage(gateway, alice, textTo('User:em-1:Bob', 'capitals'));
  const { id } = data.sendMessage.message;
  expect(id).toMatch(/^Message:em-1:direct:bob:alice:\d+$/);
  const event = await events.until((given) => given.message?.id === id);
  expect(event.message.to.id).toBe('User:em-1:bob');
  await settled(gateway);

  const read = await history(gateway, alice, upper, { first: 1 });
  expect(read.data.node.messages.nodes).toMatchObject([{ id }]);
  const capitals = id.replace('bob:alice', 'BOB:Alice');
  const found = await give(gateway, alice, 'query ($id: ID!) { message(id: $id) { id } node(id: $id) { id } }', {
    id: capitals,
  });
  expect(found).toEqual({ message: { id }, node: { id } });
});

test('a filter by an id in capitals hears the same events', async () => {
  const query = /* GraphQL */ `
    subscription ($filter: EventFilter, $after: String) { events(filter: $filter, after: $after) { __typename ... on MessageSentEvent { message { id } } } }
  `;
  const filter = { appIds: ['App:em-1'], userIds: ['User:em-1:BOB'], types: ['MESSAGE_SENT'] };
  const events = await follow(gateway, ['em-1'], operator, query, { filter });
  const { data } = await sendMessage(gateway, alice, textTo('User:em-1:bob', 'filtered'));
  await events.until((given) => given.message?.id === data.sendMessage.message.id);
});

test('users, members and conversations are found by ids in capitals, and are given by the one id', async () => {
  const query = /* GraphQL */ `
    {
      user(id: "User:em-1:ALICE") { id conversation(peerId: "User:em-1:Bob") { id } }
      group(id: "Group:em-1:2784001") { member(userId: "User:em-1:Alice") { id } }
      app(id: "App:em-1") { user(vendorId: "ALICE") { id name } }
    }
  `;
  const { user, group, app } = await give(gateway, operator, query);
  expect(user.id).toBe('User:em-1:alice');
  expect(user.conversation.id).toBe('Conversation:em-1:alice:direct:bob');
  expect(group.member.id).toBe('Member:em-1:group:2784001:alice');
  expect(app.user).toEqual({ id: 'User:em-1:alice', name: expect.any(String) });
});

test('a user registered in capitals has the one id', async () => {
  const mutation = /* GraphQL */ `
    mutation ($input: RegisterUsersInput!) { registerUsers(input: $input) { results { target ok node { id } } } }
  `;
  const input = { appId: 'App:em-1', users: [{ vendorId: 'Zoe', password: 'secret' }] };
  const { registerUsers } = await give(gateway, operator, mutation, { input });
  expect(registerUsers.results).toEqual([{ target: 'Zoe', ok: true, node: { id: 'User:em-1:zoe' } }]);
});

test('ids of vendors that tell case apart stay as they are', async () => {
  const { user } = await give(gateway, operator, '{ user(id: "User:zim-eu:Alice") { id } }');
  expect(user.id).toBe('User:zim-eu:Alice');
});
