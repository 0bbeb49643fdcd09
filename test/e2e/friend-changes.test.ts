import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callsOf, disturb, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
  operator = await gateway.operator();
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
const results = 'results { target ok error { code vendorCode } node { __typename id } }';
const add = `mutation ($input: AddFriendsInput!) { addFriends(input: $input) { ${results} } }`;
const request = `mutation ($input: RequestFriendsInput!) { requestFriends(input: $input) { ${results} } }`;
const update = `mutation ($input: UpdateFriendsInput!) { updateFriends(input: $input) { ${results} } }`;
const remove = `mutation ($input: RemoveFriendsInput!) { removeFriends(input: $input) { ${results} } }`;
const removeAll = 'mutation ($input: RemoveAllFriendsInput!) { removeAllFriends(input: $input) { user { id } } }';
const friendship = /* GraphQL */ `
  query ($id: ID!, $to: [ID!]!) { user(id: $id) { relations(to: $to) { friendship } } }
`;

const namesOf = async (user: string) => {
  const { user: read } = await give(gateway, operator, friends, { id: id(user) });
  return read.friends.nodes.map((node: { user: { id: string } }) => node.user.id);
};
const friendshipsOf = async (user: string, ...others: string[]) => {
  const { user: read } = await give(gateway, operator, friendship, { id: id(user), to: others.map(id) });
  return read.relations.map((each: { friendship: string }) => each.friendship);
};
const codes = (answer: { results: { ok: boolean; error: { code: string } | null }[] }) =>
  answer.results.map(({ ok, error }) => (ok ? 'ok' : error?.code));

describe('addFriends', () => {
  test('makes friends of both, with what the one notes; who cannot be one fails alone', async () => {
    const attributes = [{ key: 'k0', value: 'school' }];
    const input = {
      userId: id('alice'),
      friends: [
        { userId: id('erin'), remark: 'E', message: 'hello', attributes },
        { userId: id('bob') },
        { userId: id('nobody') },
        { userId: id('frank'), attributes: [{ key: 'colour', value: 'red' }] },
      ],
    };
    const { addFriends } = await give(gateway, operator, add, { input });
    expect(addFriends.results).toEqual([
      { target: id('erin'), ok: true, error: null, node: { __typename: 'Friend', id: friendId('alice', 'erin') } },
      { target: id('bob'), ok: false, error: { code: 'CONFLICT', vendorCode: '660800027' }, node: null },
      { target: id('nobody'), ok: false, error: { code: 'NOT_FOUND', vendorCode: '660700015' }, node: null },
      { target: id('frank'), ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null }, node: null },
    ]);
    const read = await give(gateway, operator, friends, { id: id('alice') });
    expect(read.user.friends.nodes.at(-1)).toMatchObject({ user: { id: id('erin') }, remark: 'E', attributes });
    expect(await namesOf('erin')).toContain(id('alice'));
  });

  test('takes 60 in three calls', async () => {
    const others = Array.from({ length: 60 }, (_, index) => ({ userId: id(`user${index + 1}`) }));
    const calls = await callsOf(gateway, async () => {
      const { addFriends } = await give(gateway, operator, add, { input: { userId: id('frank'), friends: others } });
      expect(codes(addFriends)).toEqual(others.map(() => 'ok'));
    });
    expect(calls).toEqual(Array.from({ length: 3 }, () => 'zim.relation.friend.add'));
  });

  test('is for chat:write; a viewer may ask only', async () => {
    const input = { userId: id('alice'), friends: [{ userId: id('erin') }] };
    const calls = await callsOf(gateway, async () => {
      expect((await refusal(gateway, alice, add, { input })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
  });

  test('nobody, more than 100, the user itself and users of another app are refused before anything is sent', async () => {
    const others = (ids: string[]) => ({ input: { userId: id('alice'), friends: ids.map((userId) => ({ userId })) } });
    const calls = await callsOf(gateway, async () => {
      for (const ids of [[], Array.from({ length: 101 }, (_, index) => id(`u${index}`)), [id('alice')]])
        expect(await refusal(gateway, operator, add, others(ids))).toMatchObject({
          code: 'BAD_USER_INPUT',
          input: 'input.friends',
        });
      expect((await refusal(gateway, operator, add, others([id('bob'), 'User:em-1:bob']))).code).toBe('BAD_USER_INPUT');
      expect((await refusal(gateway, operator, add, others(['User:em-1:bob']))).code).toBe('BAD_USER_INPUT');
    });
    expect(calls).toEqual([]);
  });

  test('an owner that is not there fails the whole, with the vendor’s code', async () => {
    const input = { userId: id('nobody'), friends: [{ userId: id('bob') }] };
    const { addFriends } = await give(gateway, operator, add, { input });
    expect(addFriends.results).toMatchObject([{ ok: false, error: { code: 'NOT_FOUND', vendorCode: '660500002' } }]);
  });

  test('the vendor’s refusals for its rate are waited out', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.relation.friend.add'], kind: 'overLimit', times: 1 }]);
    const input = { userId: id('frank'), friends: [{ userId: id('erin') }] };
    const { addFriends } = await give(gateway, operator, add, { input });
    expect(codes(addFriends)).toEqual(['ok']);
    expect(gateway.emulators.get('zim')?.stats.get('zim.relation.friend.add')?.calls).toBe(2);
  });

  test('more calls than the limit allows take turns, without a refusal of the vendor', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        give(gateway, operator, add, { input: { userId: id('frank'), friends: [{ userId: id(`user${index + 1}`) }] } }),
      ),
    );
    expect(answers.map(({ addFriends }) => codes(addFriends)[0])).toEqual(answers.map(() => 'ok'));
    expect(gateway.emulators.get('zim')?.stats.get('zim.relation.friend.add')).toMatchObject({
      calls: 30,
      overLimit: 0,
    });
  });
});

describe('requestFriends', () => {
  test('asks in the viewer’s own name, and makes nobody a friend', async () => {
    const input = { friends: [{ userId: id('erin'), message: 'hello' }, { userId: id('bob') }] };
    const { requestFriends } = await give(gateway, alice, request, { input });
    expect(requestFriends.results).toEqual([
      { target: id('erin'), ok: true, error: null, node: { __typename: 'User', id: id('erin') } },
      { target: id('bob'), ok: false, error: { code: 'CONFLICT', vendorCode: '660800027' }, node: null },
    ]);
    expect(await friendshipsOf('alice', 'erin')).toEqual(['NONE']);
  });

  test('who still has the asker as a friend becomes one at once', async () => {
    await give(gateway, alice, remove, { input: { friendIds: [id('bob')], side: 'OWN' } });
    await give(gateway, alice, request, { input: { friends: [{ userId: id('bob') }] } });
    expect(await friendshipsOf('alice', 'bob')).toEqual(['MUTUAL']);
  });

  test('in another’s name is for chat:write', async () => {
    const input = { userId: id('frank'), friends: [{ userId: id('erin') }] };
    expect((await refusal(gateway, alice, request, { input })).code).toBe('FORBIDDEN');
    expect(codes((await give(gateway, operator, request, { input })).requestFriends)).toEqual(['ok']);
  });

  test('an answer that gets lost leaves the outcome open, and is not asked for again', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.relation.friend.apply'], kind: 'reset', times: 1 }]);
    const input = { friends: [{ userId: id('erin') }] };
    const { requestFriends } = await give(gateway, alice, request, { input });
    expect(codes(requestFriends)).toEqual(['OUTCOME_UNKNOWN']);
    expect(gateway.emulators.get('zim')?.stats.get('zim.relation.friend.apply')?.calls).toBe(1);
  });
});

describe('updateFriends', () => {
  test('sets and clears remarks and attributes, each friend by itself', async () => {
    const change = (friendsToChange: object[]) => give(gateway, alice, update, { input: { friends: friendsToChange } });
    const { updateFriends } = await change([
      { userId: id('bob'), remark: 'Bobby', attributes: [{ key: 'k0', value: 'school' }] },
      { userId: id('carol'), attributes: [{ key: 'k1', value: 'work' }] },
      { userId: id('frank'), remark: 'F', attributes: [{ key: 'k1', value: 'x' }] },
      { userId: id('dave') },
    ]);
    expect(updateFriends.results).toEqual([
      { target: id('bob'), ok: true, error: null, node: { __typename: 'Friend', id: friendId('alice', 'bob') } },
      { target: id('carol'), ok: true, error: null, node: { __typename: 'Friend', id: friendId('alice', 'carol') } },
      { target: id('frank'), ok: false, error: { code: 'CONFLICT', vendorCode: '660800034' }, node: null },
      { target: id('dave'), ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null }, node: null },
    ]);
    const read = () => give(gateway, alice, friends, { id: id('alice') }).then(({ user }) => user.friends.nodes);
    expect(await read()).toMatchObject([
      { remark: 'Bobby', attributes: [{ key: 'k0', value: 'school' }] },
      { remark: null, attributes: [{ key: 'k1', value: 'work' }] },
      { remark: null, attributes: [] },
    ]);
    await change([{ userId: id('bob'), remark: null }]);
    expect(await read()).toMatchObject([{ remark: null, attributes: [{ key: 'k0' }] }, {}, {}]);
  });

  test('remarks of many go together, attributes one by one', async () => {
    const calls = await callsOf(gateway, () =>
      give(gateway, alice, update, {
        input: {
          friends: [
            { userId: id('bob'), remark: 'B', attributes: [{ key: 'k0', value: 'x' }] },
            { userId: id('carol'), remark: 'C', attributes: [{ key: 'k0', value: 'x' }] },
          ],
        },
      }),
    );
    expect(calls).toEqual([
      'zim.relation.friend.alias.update',
      'zim.relation.friend.attributes.update',
      'zim.relation.friend.attributes.update',
    ]);
  });

  test('what is read after a change in one request is what it left', async () => {
    const query = /* GraphQL */ `
      mutation ($input: UpdateFriendsInput!) {
        updateFriends(input: $input) { results { node { ... on Friend { remark } } } }
      }
    `;
    const input = { friends: [{ userId: id('bob'), remark: 'Bobby' }] };
    const { updateFriends } = await give(gateway, alice, query, { input });
    expect(updateFriends.results).toEqual([{ node: { remark: 'Bobby' } }]);
  });

  test('deleting attributes is a choice that the vendor lacks', async () => {
    const input = { friends: [{ userId: id('bob') }, { userId: id('carol'), deleteAttributes: ['k0'] }] };
    const calls = await callsOf(gateway, async () => {
      expect(await refusal(gateway, alice, update, { input })).toMatchObject({
        code: 'NOT_SUPPORTED',
        input: 'input.friends[1].deleteAttributes',
      });
    });
    expect(calls).toEqual([]);
  });

  test('another’s friends are for chat:write', async () => {
    const input = { userId: id('bob'), friends: [{ userId: id('erin'), remark: 'E' }] };
    expect((await refusal(gateway, alice, update, { input })).code).toBe('FORBIDDEN');
  });
});

describe('removeFriends', () => {
  test('ends friendships on both sides unless told otherwise; strangers fail alone', async () => {
    const input = { friendIds: ['bob', 'frank'].map(id) };
    const { removeFriends } = await give(gateway, alice, remove, { input });
    expect(removeFriends.results).toEqual([
      { target: id('bob'), ok: true, error: null, node: { __typename: 'User', id: id('bob') } },
      { target: id('frank'), ok: false, error: { code: 'CONFLICT', vendorCode: '660800034' }, node: null },
    ]);
    expect(await namesOf('alice')).toEqual(['carol', 'dave'].map(id));
    expect(await namesOf('bob')).toEqual([id('erin')]);
  });

  test('of another is for chat:write', async () => {
    const input = { userId: id('bob'), friendIds: [id('erin')] };
    expect((await refusal(gateway, alice, remove, { input })).code).toBe('FORBIDDEN');
    expect(codes((await give(gateway, operator, remove, { input })).removeFriends)).toEqual(['ok']);
  });
});

describe('removeAllFriends', () => {
  test('leaves a user without friends, and on its own side alone when told so', async () => {
    const ofOneApp = await gateway.token({ accounts: { 'zim-eu': 'alice' } });
    const { removeAllFriends } = await give(gateway, ofOneApp, removeAll, { input: { side: 'OWN' } });
    expect(removeAllFriends).toEqual({ user: { id: id('alice') } });
    expect([await namesOf('alice'), await namesOf('carol')]).toEqual([[], [id('alice')]]);
    await give(gateway, operator, removeAll, { input: { userId: id('bob') } });
    expect([await namesOf('bob'), await namesOf('erin')]).toEqual([[], []]);
  });

  test('a viewer of several apps must say whose friends go', async () => {
    expect(await refusal(gateway, alice, removeAll, { input: {} })).toMatchObject({
      code: 'BAD_USER_INPUT',
      input: 'input.userId',
    });
    await give(gateway, alice, removeAll, { input: { userId: id('alice') } });
    expect(await namesOf('alice')).toEqual([]);
  });

  test('of another is for chat:write, of nobody NOT_FOUND', async () => {
    expect((await refusal(gateway, alice, removeAll, { input: { userId: id('bob') } })).code).toBe('FORBIDDEN');
    expect(await refusal(gateway, operator, removeAll, { input: { userId: id('nobody') } })).toMatchObject({
      code: 'NOT_FOUND',
      vendorCode: '660500002',
    });
  });
});
