import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, type Data, disturb, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());
afterEach(() => gateway.emulators.get('zim')?.reset());

const app = 'zim-eu';
const team = `Group:${app}:team`;
const lobby = `Chatroom:${app}:lobby`;
const id = (user: string) => `User:${app}:${user}`;
const tokenOf = (user: string) => gateway.token({ subject: user, accounts: { [app]: user } });

const join = /* GraphQL */ `
  mutation ($input: JoinSpaceInput!) {
    joinSpace(input: $input) { space { id name memberCount } member { id role user { id } space { id } } }
  }
`;
const leave = 'mutation ($input: LeaveSpaceInput!) { leaveSpace(input: $input) { space { id } } }';
const update = 'mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) { group { id } } }';
const memberIds = async () => {
  const query = `{ group(id: "${team}") { members(first: 100) { nodes { user { id } } } } }`;
  return (await give(gateway, operator, query)).group.members.nodes.map((each: Data) => each.user.id);
};

describe('joining', () => {
  test('an open group is a viewer’s own doing, and shows the group at once', async () => {
    const frank = await tokenOf('frank');
    const { joinSpace } = await give(gateway, frank, join, { input: { spaceId: team } });
    expect(joinSpace).toEqual({
      space: { id: team, name: 'The team', memberCount: 5 },
      member: { id: `Member:${app}:group:team:frank`, role: 'MEMBER', user: { id: id('frank') }, space: { id: team } },
    });
    expect(await memberIds()).toContain(id('frank'));
  });

  test.each(['APPROVAL', 'INVITATION'])('a group with the policy %s is not, but an operator’s', async (joinPolicy) => {
    await give(gateway, operator, update, { input: { groupId: team, settings: { joinPolicy } } });
    const frank = await tokenOf('frank');
    const calls = await callsOf(gateway, async () => {
      expect((await refusal(gateway, frank, join, { input: { spaceId: team } })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual(['zim.group.info.query']);
    await give(gateway, operator, join, { input: { spaceId: team, userId: id('frank') } });
    expect(await memberIds()).toContain(id('frank'));
  });

  test('a group that is not there reads as one that is not open', async () => {
    await give(gateway, operator, update, { input: { groupId: team, settings: { joinPolicy: 'INVITATION' } } });
    const frank = await tokenOf('frank');
    const shut = await refusal(gateway, frank, join, { input: { spaceId: team } });
    const absent = await refusal(gateway, frank, join, { input: { spaceId: `Group:${app}:nowhere` } });
    expect({ ...shut, requestId: null }).toEqual({ ...absent, requestId: null });
  });

  test('for another is not a viewer’s', async () => {
    const frank = await tokenOf('frank');
    const calls = await callsOf(gateway, async () => {
      const input = { spaceId: team, userId: id('erin') };
      expect((await refusal(gateway, frank, join, { input })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
  });

  test('a full group is refused with the vendor’s code', async () => {
    await give(gateway, operator, update, { input: { groupId: team, settings: { maxMembers: 4 } } });
    const error = await refusal(gateway, await tokenOf('frank'), join, { input: { spaceId: team } });
    expect(error).toMatchObject({ vendorCode: '660600016', app });
  });

  test('a chatroom is left to the vendor’s client library', async () => {
    const calls = await callsOf(gateway, async () => {
      const error = await refusal(gateway, operator, join, { input: { spaceId: lobby, userId: id('frank') } });
      expect(error).toMatchObject({ code: 'NOT_SUPPORTED', app, input: 'input.spaceId' });
    });
    expect(calls).toEqual([]);
  });

  test('past the vendor’s limit is done after a wait', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.group.members.add'], kind: 'overLimit', times: 1 }]);
    await give(gateway, await tokenOf('frank'), join, { input: { spaceId: team } });
    expect(
      gateway.calls.find(({ endpoint, attempts }) => endpoint === 'zim.group.members.add' && attempts === 2),
    ).toBeDefined();
  });
});

describe('leaving', () => {
  test('a group is a member’s own doing, told as such', async () => {
    const bob = await tokenOf('bob');
    expect((await give(gateway, bob, leave, { input: { spaceId: team } })).leaveSpace.space).toEqual({ id: team });
    expect(await memberIds()).not.toContain(id('bob'));
    expect((await refusal(gateway, bob, `{ group(id: "${team}") { name } }`)).code).toBe('FORBIDDEN');
  });

  test('a chatroom is too', async () => {
    const bob = await tokenOf('bob');
    const calls = await callsOf(gateway, () => give(gateway, bob, leave, { input: { spaceId: lobby } }));
    expect(calls).toContain('zim.room.users.kick');
    const query = `{ chatroom(id: "${lobby}") { member(userId: "${id('bob')}") { id } } }`;
    expect((await give(gateway, operator, query)).chatroom.member).toBeNull();
  });

  test('an operator has others leave', async () => {
    await give(gateway, operator, leave, { input: { spaceId: team, userId: id('bob') } });
    expect(await memberIds()).not.toContain(id('bob'));
    const error = await refusal(gateway, operator, leave, { input: { spaceId: team, userId: id('bob') } });
    expect(error).toMatchObject({ code: 'NOT_FOUND', vendorCode: '660600008' });
  });

  test('what a viewer is not in, and what is not there, is refused alike, and for others always', async () => {
    const frank = await tokenOf('frank');
    const calls = await callsOf(gateway, async () => {
      for (const spaceId of [team, `Group:${app}:nowhere`, lobby, `Chatroom:${app}:nowhere`]) {
        const { requestId: _, ...told } = await refusal(gateway, frank, leave, { input: { spaceId } });
        expect(told).toEqual({ code: 'FORBIDDEN', message: 'Not allowed, or not to be known.', path: ['leaveSpace'] });
      }
      const input = { spaceId: team, userId: id('bob') };
      expect((await refusal(gateway, await tokenOf('alice'), leave, { input })).code).toBe('FORBIDDEN');
    });
    for (const change of ['zim.group.members.remove', 'zim.room.users.kick']) expect(calls).not.toContain(change);
  });
});
