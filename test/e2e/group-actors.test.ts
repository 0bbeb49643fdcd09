import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf, type Data, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, viewers: { addMembers: true } });
}, 30_000);
afterAll(() => gateway.stop());

const create = /* GraphQL */ `
  mutation ($input: CreateGroupInput!) {
    createGroup(input: $input) {
      results { target ok }
      group { id members(first: 10) { nodes { user { id } } } }
    }
  }
`;

test.each(['zim-eu', 'rc-cn', 'em-1'])(
  'at %s a viewer takes others into a new group of its own, where the operator opened that',
  async (app) => {
    const viewer = await gateway.token({ accounts: { [app]: 'alice' } });
    const memberIds = [`User:${app}:bob`];
    const { createGroup } = await give(gateway, viewer, create, { input: { name: 'Ours', memberIds } });
    expect(createGroup.results).toEqual([{ target: memberIds[0], ok: true }]);
    const inside = createGroup.group.members.nodes.map((each: Data) => each.user.id).toSorted();
    expect(inside).toEqual([`User:${app}:alice`, `User:${app}:bob`]);
  },
);

test('it still makes no groups for others, and chooses no ids', async () => {
  const viewer = await gateway.token({ accounts: { 'rc-cn': 'alice' } });
  const calls = await callsOf(gateway, async () => {
    for (const choice of [{ ownerId: 'User:rc-cn:bob' }, { vendorId: 'team' }])
      expect((await refusal(gateway, viewer, create, { input: { name: 'x', ...choice } })).code).toBe('FORBIDDEN');
  });
  expect(calls).toEqual([]);
});

test('a group without an app is made in the first of the viewer’s', async () => {
  const viewer = await gateway.token({ accounts: { 'rc-cn': 'bob', 'em-1': 'bob' } });
  const { createGroup } = await give(gateway, viewer, create, { input: { name: 'Mine' } });
  expect(createGroup.group.id).toMatch(/^Group:rc-cn:/);
});

test('ZIM’s acting user cannot add itself: the vendor would leave it out without a word', async () => {
  const add = /* GraphQL */ `
    mutation ($input: AddMembersInput!) { addMembers(input: $input) { results { target ok error { code vendorCode } } } }
  `;
  const operator = await gateway.operator();
  const userIds = ['User:zim-eu:frank', 'User:zim-eu:erin'];
  const input = { spaceId: 'Group:zim-eu:team', userIds, actorId: userIds[0] };
  const { addMembers } = await give(gateway, operator, add, { input });
  expect(addMembers.results).toEqual([
    { target: userIds[0], ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
    { target: userIds[1], ok: true, error: null },
  ]);
});

test.each([
  ['zim-eu', 'GroupName'],
  ['rc-cn', 'name'],
  ['em-1', 'groupname'],
])(
  'a name too long for %s blames the input, and the message tells in which of the vendor’s words',
  async (app, param) => {
    const viewer = await gateway.token({ accounts: { [app]: 'alice' } });
    const calls = await callsOf(gateway, async () => {
      const error = await refusal(gateway, viewer, create, { input: { name: 'x'.repeat(200) } });
      expect(error).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: 'input',
        app,
        message: expect.stringContaining(param),
      });
    });
    expect(calls).toEqual([]);
  },
);

test('an id that no group can have blames no argument of the list below it', async () => {
  const query = '{ group(id: "Group:em-1:a_b") { members { nodes { id } } } }';
  const error = await refusal(gateway, await gateway.operator(), query);
  expect(error).toMatchObject({ code: 'BAD_USER_INPUT', path: ['group', 'members'] });
  expect(error['input']).toBeUndefined();
});
