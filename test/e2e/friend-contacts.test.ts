import { afterAll, beforeAll, expect, test } from 'vitest';
import { give, walk } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

/** Friends of a vendor that lists them in pages and can end all friendships of a user at once. */
let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

const id = (user: string) => `User:em-1:${user}`;
const friends = `query ($id: ID!, $first: Int, $after: String) { user(id: $id) { friends(first: $first, after: $after) {
  edges { cursor } nodes { user { id name } remark } pageInfo { hasNextPage endCursor } totalCount } } }`;
const removeAll = 'mutation ($input: RemoveAllFriendsInput!) { removeAllFriends(input: $input) { user { id } } }';

test('are paged, each once', async () => {
  const request = { query: friends, variables: { id: id('alice') }, first: 2 };
  const { nodes, pages } = await walk(gateway, alice, request, (data) => data.user.friends);
  expect(nodes.map((node: { user: { id: string } }) => node.user.id)).toEqual(['bob', 'carol', 'dave'].map(id));
  expect(pages).toHaveLength(2);
});

test('a user that the vendor does not have is NOT_FOUND', async () => {
  const { errors } = await gateway.query(await gateway.operator(), friends, { id: id('nobody') });
  expect(errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
});

test('can all be removed, which the other side sees; one side alone cannot', async () => {
  const input = { userId: id('alice') };
  const oneSided = await gateway.query(alice, removeAll, { input: { ...input, side: 'OWN' } });
  expect(oneSided.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_SUPPORTED', input: 'input.side' });
  await give(gateway, alice, removeAll, { input });
  for (const user of ['alice', 'carol']) {
    const { user: read } = await give(gateway, await gateway.operator(), friends, { id: id(user) });
    expect(read.friends.nodes).toEqual([]);
  }
});

const add = 'mutation ($input: AddFriendsInput!) { addFriends(input: $input) { results { ok error { code } } } }';

test('are added on both sides, each by itself; a message to them is NOT_SUPPORTED', async () => {
  const friendsOf = (...users: string[]) => ({
    userId: id('alice'),
    friends: users.map((user) => ({ userId: id(user) })),
  });
  const { addFriends } = await give(gateway, await gateway.operator(), add, { input: friendsOf('erin', 'nobody') });
  expect(addFriends.results).toEqual([
    { ok: true, error: null },
    { ok: false, error: { code: 'NOT_FOUND' } },
  ]);
  const { user } = await give(gateway, await gateway.operator(), friends, { id: id('erin') });
  expect(user.friends.nodes).toContainEqual({ user: { id: id('alice'), name: 'Alice Arden' }, remark: null });
  const input = { userId: id('alice'), friends: [{ userId: id('frank'), message: 'Hi' }] };
  expect((await gateway.query(await gateway.operator(), add, { input })).errors?.[0]?.extensions).toMatchObject({
    code: 'NOT_SUPPORTED',
    input: 'input.friends[0].message',
  });
});

test('no viewer removes those of another', async () => {
  const { errors } = await gateway.query(alice, removeAll, { input: { userId: id('bob') } });
  expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
});
