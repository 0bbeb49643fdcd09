import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let alice: string;
let frank: string;
let reader: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
  frank = await gateway.token({ subject: 'frank', accounts: { 'zim-eu': 'frank', 'rc-cn': 'frank', 'em-1': 'frank' } });
  reader = await gateway.token({ subject: 'reader', scopes: ['chat:read'], accounts: {} });
}, 30_000);
afterAll(() => gateway.stop());

const apps = [
  ['zim-eu', 'team', 'lobby'],
  ['rc-cn', 'team', 'lobby'],
  ['em-1', '2784001', '9100001'],
] as const;

const node = 'query ($id: ID!) { node(id: $id) { __typename id } }';

describe.each(apps)('%s', (app, group, chatroom) => {
  test('every id that the API gives leads back to its node', async () => {
    const query = /* GraphQL */ `
      query ($app: ID!, $group: ID!, $room: ID!, $bob: ID!) {
        app(id: $app) { id }
        viewer { account(appId: $app) { id blocklist { id } conversation(peerId: $bob) { id } } }
        group(id: $group) { id members(first: 1) { nodes { id } } }
        chatroom(id: $room) { id member(userId: $bob) { id } }
      }
    `;
    const data = await give(gateway, alice, query, {
      app: `App:${app}`,
      group: `Group:${app}:${group}`,
      room: `Chatroom:${app}:${chatroom}`,
      bob: `User:${app}:bob`,
    });
    const { account } = data.viewer;
    const ids = [
      ['App', data.app.id],
      ['User', account.id],
      ['Blocklist', account.blocklist.id],
      ['Conversation', account.conversation.id],
      ['Group', data.group.id],
      ['Member', data.group.members.nodes[0].id],
      ['Chatroom', data.chatroom.id],
      ['Member', data.chatroom.member.id],
    ];
    const found = await give(gateway, alice, 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
      ids: ids.map(([, id]) => id),
    });
    expect(found.nodes).toEqual(ids.map(([type, id]) => ({ __typename: type, id })));
    for (const [type, id] of ids)
      expect((await give(gateway, alice, node, { id })).node).toEqual({ __typename: type, id });
  });

  test('a node that may not be seen fails alone among nodes, the others come in their order', async () => {
    const ids = [`User:${app}:bob`, `Group:${app}:${group}`, `User:${app}:carol`, `Blocklist:${app}:user:bob`];
    const { data, errors } = await gateway.query(frank, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(data.nodes).toEqual([{ id: ids[0] }, null, { id: ids[2] }, null]);
    const refused = new Map(errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']]));
    expect(refused).toEqual(
      new Map([
        ['nodes.1', 'FORBIDDEN'],
        ['nodes.3', 'FORBIDDEN'],
      ]),
    );
  });

  test('what is not the viewer’s and what is not there are refused with the same words', async () => {
    const pairs = [
      [`Group:${app}:${group}`, `Group:${app}:${group}0`],
      [`Chatroom:${app}:${chatroom}`, `Chatroom:${app}:${chatroom}0`],
      [`Member:${app}:group:${group}:bob`, `Member:${app}:group:${group}:frank`],
      [`Member:${app}:group:${group}:bob`, `Member:${app}:group:${group}0:bob`],
      [`Member:${app}:chatroom:${chatroom}:bob`, `Member:${app}:chatroom:${chatroom}:frank`],
      [`Member:${app}:chatroom:${chatroom}:bob`, `Member:${app}:chatroom:${chatroom}0:bob`],
      [`Blocklist:${app}:user:bob`, `Blocklist:${app}:user:nobody`],
      [`Blocklist:${app}:group:${group}`, `Blocklist:${app}:group:${group}0`],
      [`Conversation:${app}:bob:direct:carol`, `Conversation:${app}:bob:direct:nobody`],
    ];
    for (const [others, absent] of pairs) {
      const [shut, missing] = [
        await refusal(gateway, frank, node, { id: others }),
        await refusal(gateway, frank, node, { id: absent }),
      ];
      expect([others, shut.code]).toEqual([others, 'FORBIDDEN']);
      expect({ ...missing, requestId: '' }, String(absent)).toEqual({ ...shut, requestId: '' });
    }
  });

  test('a member that is not there is null for those who may know', async () => {
    for (const token of [alice, reader]) {
      expect(await give(gateway, token, node, { id: `Member:${app}:group:${group}:frank` })).toEqual({ node: null });
      expect(await give(gateway, token, node, { id: `Member:${app}:chatroom:${chatroom}:frank` })).toEqual({
        node: null,
      });
    }
  });

  test('nodes cost no call before a field asks for one', async () => {
    const ids = [
      `User:${app}:bob`,
      `Group:${app}:${group}`,
      `Chatroom:${app}:${chatroom}`,
      `Blocklist:${app}:user:bob`,
      `App:${app}`,
    ];
    const calls = await callsOf(gateway, () =>
      give(gateway, reader, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }),
    );
    expect(calls).toEqual([]);
  });
});

test.each([
  '',
  'User',
  'User:zim-eu',
  'User:zim-eu:',
  'User::bob',
  'User:zim-eu:bob:more',
  'Usher:zim-eu:bob',
  'User:zim-eu:%',
  'Member:zim-eu:club:team:bob',
  'Blocklist:zim-eu:club:team',
  'Message:zim-eu:direct:bob',
  `User:zim-eu:${'x'.repeat(2000)}`,
])('%j is no id of this API, and is BAD_USER_INPUT', async (id) => {
  const calls = await callsOf(gateway, async () => {
    expect(await refusal(gateway, reader, node, { id })).toMatchObject({ code: 'BAD_USER_INPUT', input: 'id' });
  });
  expect(calls).toEqual([]);
});

test('no ids and more than 100 are refused', async () => {
  for (const ids of [[], Array(101).fill('User:zim-eu:bob')]) {
    const error = await refusal(gateway, alice, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', input: 'ids' });
  }
});

test('without a token nothing is told, and an app that is not the token’s is as one that is not there', async () => {
  expect((await refusal(gateway, null, node, { id: 'User:zim-eu:bob' })).code).toBe('UNAUTHENTICATED');
  const zimOnly = await gateway.token({ scopes: ['chat:read'], accounts: { 'zim-eu': 'alice' } });
  for (const id of ['App:%', 'User:%:bob', 'Group:%:2784001', 'Blocklist:%:user:alice', 'Member:%:group:2784001:bob']) {
    const shut = await refusal(gateway, zimOnly, node, { id: id.replace('%', 'em-1') });
    const absent = await refusal(gateway, zimOnly, node, { id: id.replace('%', 'absent') });
    expect({ ...shut, requestId: '' }).toEqual({ ...absent, requestId: '' });
    expect(shut.code).toBe('FORBIDDEN');
  }
  const absent = await refusal(gateway, reader, node, { id: 'User:absent:bob' });
  expect(absent.code).toBe('FORBIDDEN');
});

test('an id that holds half of a surrogate pair is read as one with U+FFFD, whoever asks and whatever it names', async () => {
  const ids = [
    'Message:zim-eu:direct:\ud800:alice:5',
    'Message:zim-eu:direct:bob:alice:\udfff',
    'Conversation:zim-eu:alice:direct:\ud800',
    'User:zim-eu:\ud800',
    'Member:zim-eu:group:team:\ud800',
  ];
  for (const token of [await gateway.token(), await gateway.operator()])
    for (const id of ids) {
      const ask = (asked: string) => gateway.query(token, 'query ($id: ID!) { node(id: $id) { id } }', { id: asked });
      const whole = await ask(id.replace(/[\ud800-\udfff]/, '\ufffd'));
      const half = await ask(id);
      const codes = ({ errors }: typeof half) => errors?.map(({ extensions }) => extensions['code']);
      expect({ data: half.data, codes: codes(half) }, id).toEqual({ data: whole.data, codes: codes(whole) });
      expect(codes(half) ?? [], id).not.toContain('INTERNAL_SERVER_ERROR');
    }
});
