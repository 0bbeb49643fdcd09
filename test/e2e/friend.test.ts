import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callsOf, give, refusal, walk } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
let reader: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
  operator = await gateway.operator();
  reader = await gateway.token({ subject: 'reader', scopes: ['chat:read'], accounts: {} });
}, 30_000);
beforeEach(() => gateway.emulators.get('zim')?.reset());
afterAll(() => gateway.stop());

const id = (user: string) => `User:zim-eu:${user}`;
const friendId = (owner: string, user: string) => `Friend:zim-eu:${owner}:${user}`;

const friends = /* GraphQL */ `
  query ($id: ID!, $first: Int, $after: String) {
    user(id: $id) {
      friends(first: $first, after: $after) {
        nodes { id owner { id } user { id name avatarUrl } remark createdAt attributes { key value } }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }
`;
const remove = 'mutation ($input: RemoveFriendsInput!) { removeFriends(input: $input) { results { ok } } }';
const friendship = /* GraphQL */ `
  query ($id: ID!, $to: [ID!]!) { user(id: $id) { relations(to: $to) { friendship } } }
`;

const friendshipsOf = async (user: string, ...others: string[]) => {
  const { user: read } = await give(gateway, operator, friendship, { id: id(user), to: others.map(id) });
  return read.relations.map((each: { friendship: string }) => each.friendship);
};
describe('User.friends', () => {
  test('gives each friend with what the list tells, in one call', async () => {
    let read: Awaited<ReturnType<typeof give>>;
    const calls = await callsOf(gateway, async () => {
      read = await give(gateway, alice, friends, { id: id('alice') });
    });
    expect(read.user.friends.totalCount).toBe(3);
    expect(read.user.friends.nodes[0]).toEqual({
      id: friendId('alice', 'bob'),
      owner: { id: id('alice') },
      user: { id: id('bob'), name: 'Bob Brook', avatarUrl: 'https://img.example/bob.png' },
      remark: null,
      createdAt: expect.stringMatching(/^\d{4}-/),
      attributes: [],
    });
    expect(calls).toEqual(['zim.relation.friend.list']);
  });

  test('is paged, each friend once', async () => {
    const { nodes, pages } = await walk(
      gateway,
      alice,
      { query: friends, variables: { id: id('alice') }, first: 2 },
      (data) => data.user.friends,
    );
    expect(nodes.map((node) => node.user.id)).toEqual(['bob', 'carol', 'dave'].map(id));
    expect(pages.map(({ totalCount }) => totalCount)).toEqual([3, 3]);
  });

  test('of another is for holders of chat:read', async () => {
    expect((await refusal(gateway, alice, friends, { id: id('bob') })).code).toBe('FORBIDDEN');
    expect((await give(gateway, reader, friends, { id: id('bob') })).user.friends.totalCount).toBe(2);
  });

  test('is empty for who has none, and NOT_FOUND for who is not there', async () => {
    expect((await give(gateway, operator, friends, { id: id('frank') })).user.friends.nodes).toEqual([]);
    expect(await refusal(gateway, operator, friends, { id: id('nobody') })).toMatchObject({
      code: 'NOT_FOUND',
      vendorCode: '660500002',
    });
  });

  test('is NOT_SUPPORTED where the vendor has none', async () => {
    const error = await refusal(gateway, alice, friends, { id: 'User:rc-cn:alice' });
    expect(error).toMatchObject({ code: 'NOT_SUPPORTED', operation: 'User.friends', app: 'rc-cn' });
  });
});

test('an app tells beforehand what it can do for friends', async () => {
  const operations = [
    'User.friends',
    'Friend.remark',
    'Relation.friendship',
    'Mutation.requestFriends',
    'NewFriendInput.message',
    'FriendUpdateInput.deleteAttributes',
  ];
  const fields = operations.map((operation, index) => `o${index}: supports(operation: "${operation}")`).join(' ');
  const { apps } = await give(gateway, operator, `{ apps { name ${fields} } }`);
  const told = apps.map(({ name, ...each }: Record<string, unknown>) => [name, Object.values(each)]);
  expect(Object.fromEntries(told)).toMatchObject({
    'zim-eu': [true, true, true, true, true, false],
    'rc-cn': operations.map(() => false),
    'em-1': [true, true, false, false, false, false],
  });
});

describe('a friend by its id', () => {
  const node =
    'query ($id: ID!) { node(id: $id) { ... on Friend { id user { id } remark createdAt attributes { key } } } }';

  test('is found in the list, read as far as needed and once for all its fields', async () => {
    const calls = await callsOf(gateway, async () => {
      const read = await give(gateway, alice, node, { id: friendId('alice', 'dave') });
      expect(read.node).toMatchObject({ user: { id: id('dave') }, remark: null, attributes: [] });
    });
    expect(calls).toEqual(['zim.relation.friend.list']);
  });

  test('who is no friend is NOT_FOUND by its own fields', async () => {
    const error = await refusal(
      gateway,
      alice,
      '{ node(id: "Friend:zim-eu:alice:frank") { ... on Friend { remark } } }',
    );
    expect(error).toMatchObject({ code: 'NOT_FOUND', path: ['node', 'remark'] });
  });

  test('of another is FORBIDDEN, there or not', async () => {
    for (const other of ['erin', 'nobody'])
      expect((await refusal(gateway, alice, node, { id: friendId('bob', other) })).code).toBe('FORBIDDEN');
    expect((await give(gateway, reader, node, { id: friendId('bob', 'erin') })).node.user.id).toBe(id('erin'));
  });
});

describe('Relation.friendship', () => {
  test('is told for many in one call', async () => {
    const calls = await callsOf(gateway, async () => {
      expect(await friendshipsOf('alice', 'bob', 'frank', 'carol')).toEqual(['MUTUAL', 'NONE', 'MUTUAL']);
    });
    expect(calls).toEqual(['zim.relation.friend.check']);
  });

  test('tells the sides apart, and fails alone for who is not there', async () => {
    await give(gateway, alice, remove, { input: { friendIds: [id('bob')], side: 'OWN' } });
    const { data, errors } = await gateway.query(alice, friendship, {
      id: id('alice'),
      to: ['bob', 'nobody', 'carol'].map(id),
    });
    expect(data.user.relations).toEqual([{ friendship: 'INCOMING' }, { friendship: null }, { friendship: 'MUTUAL' }]);
    expect(errors).toMatchObject([
      { path: ['user', 'relations', 1, 'friendship'], extensions: { code: 'NOT_FOUND', vendorCode: '660700015' } },
    ]);
    expect(await friendshipsOf('bob', 'alice')).toEqual(['OUTGOING']);
  });
});

describe('User.viewerRelation', () => {
  test('tells a viewer how it stands to another, of whose friends it may see nothing else', async () => {
    const query = `{ user(id: "${id('erin')}") { viewerRelation { friendship isBlocking } } }`;
    const bob = await gateway.token({ subject: 'bob', accounts: { 'zim-eu': 'bob' } });
    expect((await give(gateway, bob, query)).user.viewerRelation).toEqual({ friendship: 'MUTUAL', isBlocking: false });
    expect((await give(gateway, alice, query)).user.viewerRelation).toMatchObject({ friendship: 'NONE' });
  });
});
