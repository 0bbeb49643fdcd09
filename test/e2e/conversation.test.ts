import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { happen, walk } from '../support/answers.ts';
import { emListed } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { callsOf, chatApps, settled } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  const apps = demoApps.filter(({ name }) => chatApps.some(({ app }) => app === name));
  gateway = await startGateway({ limits: false, apps: [...apps, emListed] });
  alice = await gateway.token();
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  gateway.calls.length = 0;
});
afterAll(() => gateway.stop());

const fields = /* GraphQL */ `
  fragment Page on ConversationConnection {
    totalCount
    edges { cursor }
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      kind
      updatedAt
      owner { id }
      peer { __typename ... on User { id } ... on Group { id } }
      lastMessage { content { ... on TextContent { text } } }
    }
  }
`;
const ofUser = /* GraphQL */ `
  query ($id: ID!, $first: Int, $after: String) { user(id: $id) { conversations(first: $first, after: $after) { ...Page } } }
  ${fields}
`;
const ofViewer = /* GraphQL */ `
  query ($first: Int, $after: String) { viewer { conversations(first: $first, after: $after) { ...Page } } }
  ${fields}
`;

interface Node {
  readonly id: string;
  readonly updatedAt: string | null;
  readonly kind: string;
  readonly owner: { readonly id: string };
  readonly peer: { readonly id: string };
}

const timesOf = (nodes: readonly Node[]) =>
  nodes.map(({ updatedAt }) => Date.parse(updatedAt ?? '1970-01-01T00:00:00.000Z'));
const descending = (times: readonly number[]) => [...times].sort((a, b) => b - a);

describe.each([
  ...chatApps.map(({ app, slug, team }) => ({ app, slug, team })),
  { app: 'em-listed', slug: 'easemob', team: '2784001' },
])('$app', ({ app, slug, team }) => {
  const id = `User:${app}:alice`;

  test.each([1, 3, 7, 20, 100])('pages of %i hold every conversation once, the latest first', async (first) => {
    const { nodes, pages } = await walk(
      gateway,
      alice,
      { query: ofUser, variables: { id }, first },
      (data) => data.user.conversations,
    );
    expect(new Set(nodes.map((node: Node) => node.id)).size).toBe(nodes.length);
    expect(nodes).toHaveLength(20);
    expect(nodes.filter(({ kind }: Node) => kind === 'GROUP')).toHaveLength(5);
    expect(timesOf(nodes)).toEqual(descending(timesOf(nodes)));
    expect(pages.slice(0, -1).every((page) => page.nodes.length === first)).toBe(true);
    expect(new Set(nodes.map(({ owner }: Node) => owner.id))).toEqual(new Set([id]));
  });

  test('each conversation shows what it is with and what was said last', async () => {
    const { data, errors } = await gateway.query(alice, ofUser, { id, first: 100 });
    expect(errors).toBeUndefined();
    const { nodes } = data.user.conversations;
    const withBob = nodes.find((node: Node) => node.id === `Conversation:${app}:alice:direct:bob`);
    expect(withBob).toMatchObject({
      kind: 'DIRECT',
      peer: { __typename: 'User', id: `User:${app}:bob` },
      lastMessage: { content: { text: 'Yes, see you at eight.' } },
    });
    const ofTeam = nodes.find((node: Node) => node.id === `Conversation:${app}:alice:group:${team}`);
    expect(ofTeam).toMatchObject({
      kind: 'GROUP',
      peer: { __typename: 'Group', id: `Group:${app}:${team}` },
      lastMessage: { content: { text: 'Standup in five minutes' } },
    });
  });

  test('a message moves its conversation to the front, for sender and receiver', async () => {
    const content = { kind: 'TEXT', text: `on top of ${app}` };
    await happen(gateway, slug, { type: 'message', app, from: 'user7', to: { kind: 'direct', id: 'user8' }, content });
    await settled(gateway);
    for (const [owner, peer] of [
      ['user7', 'user8'],
      ['user8', 'user7'],
    ]) {
      const { data, errors } = await gateway.query(operator, ofUser, { id: `User:${app}:${owner}`, first: 1 });
      expect(errors).toBeUndefined();
      expect(data.user.conversations.nodes).toMatchObject([
        { id: `Conversation:${app}:${owner}:direct:${peer}`, lastMessage: { content: { text: content.text } } },
      ]);
    }
  });

  test.each([
    ['first: 0', { first: 0 }, 'BAD_USER_INPUT', 'first'],
    ['first: -1', { first: -1 }, 'BAD_USER_INPUT', 'first'],
    ['first: 101', { first: 101 }, 'BAD_USER_INPUT', 'first'],
    ['a cursor that is garbage', { after: '%%%' }, 'BAD_CURSOR', 'after'],
  ])('%s is refused', async (_, page, code, input) => {
    const { errors } = await gateway.query(alice, ofUser, { id, ...page });
    expect(errors?.[0]?.extensions).toMatchObject({ code, input });
    expect(callsOf(gateway)).toEqual([]);
  });

  test("a cursor of another user's list is BAD_CURSOR", async () => {
    const { data } = await gateway.query(alice, ofUser, { id, first: 2 });
    const after = data.user.conversations.pageInfo.endCursor;
    const { errors } = await gateway.query(operator, ofUser, { id: `User:${app}:bob`, after });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_CURSOR' });
  });

  test("another user's list and conversations are FORBIDDEN; an operator reads them", async () => {
    const bob = await gateway.token({ subject: 'bob', accounts: { [app]: 'bob' } });
    const theirs = await gateway.query(bob, ofUser, { id });
    expect(theirs.data.user.conversations).toBeNull();
    expect(theirs.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const one = 'query ($id: ID!) { conversation(id: $id) { id } }';
    for (const peer of ['bob', 'nobody-at-all']) {
      const { errors } = await gateway.query(bob, one, { id: `Conversation:${app}:alice:direct:${peer}` });
      expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
    const read = await gateway.query(operator, ofUser, { id, first: 1 });
    expect(read.data.user.conversations.nodes).toHaveLength(1);
    expect((await gateway.query(null, ofUser, { id })).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(callsOf(gateway).filter((each) => /conversation/.test(each)).length).toBeLessThanOrEqual(1);
  });

  test('conversation(peerId) refuses peers of another app and ids that are no peer', async () => {
    const query = 'query ($id: ID!, $peer: ID!) { user(id: $id) { conversation(peerId: $peer) { id } } }';
    for (const peer of [`User:${app === 'zim-eu' ? 'rc-cn' : 'zim-eu'}:bob`, `App:${app}`, 'bob']) {
      const { errors } = await gateway.query(alice, query, { id, peer });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', input: 'peerId' });
    }
  });
});

test("the viewer's conversations are those of all its apps in one list, the latest first, once each", async () => {
  const { nodes } = await walk(gateway, alice, { query: ofViewer, first: 13 }, (data) => data.viewer.conversations);
  expect(new Set(nodes.map((node: Node) => node.id)).size).toBe(nodes.length);
  const byApp = Object.groupBy(nodes as Node[], ({ id }) => id.split(':')[1] ?? '');
  expect(Object.keys(byApp).sort()).toEqual(['em-1', 'em-listed', 'rc-cn', 'zim-eu']);
  for (const each of Object.values(byApp)) expect(each).toHaveLength(20);
  expect(timesOf(nodes)).toEqual(descending(timesOf(nodes)));
});

test("a list that one vendor keeps is read from it once, and the gateway's own index goes on from there", async () => {
  const { data, errors } = await gateway.query(operator, ofUser, { id: 'User:em-listed:user12', first: 20 });
  expect(errors).toBeUndefined();
  expect(data.user.conversations.nodes.length).toBeGreaterThan(0);
  await gateway.query(operator, ofUser, { id: 'User:em-listed:user12', first: 20 });
  expect(callsOf(gateway, 'em-listed').filter((each) => each === 'easemob.conversation.list')).toHaveLength(1);
});

test("a user that does not exist has no conversations, or the vendor's NOT_FOUND", async () => {
  for (const { app } of chatApps) {
    const { data, errors } = await gateway.query(operator, ofUser, { id: `User:${app}:nobody` });
    if (errors) expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', app });
    else expect(data.user.conversations.nodes).toEqual([]);
  }
});
