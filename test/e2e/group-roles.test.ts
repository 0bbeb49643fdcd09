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
const member = (user: string) => `Member:${app}:group:team:${user}`;

const results =
  'results { target ok error { code vendorCode } node { ... on Member { id role customRole nickname } } }';
const setRole = `mutation ($input: SetMemberRoleInput!) { setMemberRole(input: $input) { ${results} space { id } } }`;
const update = `mutation ($input: UpdateMembersInput!) { updateMembers(input: $input) { ${results} space { id } } }`;
const transfer = /* GraphQL */ `
  mutation ($input: TransferOwnershipInput!) {
    transferOwnership(input: $input) { space { id members(first: 100) { nodes { role user { id } } } } }
  }
`;
const mustNotCall = async (act: () => Promise<unknown>) => expect(await callsOf(gateway, act)).toEqual([]);

describe('roles', () => {
  test('are given to members, and are theirs from then on', async () => {
    const give2 = (userIds: string[], role: object) =>
      give(gateway, operator, setRole, { input: { spaceId: team, userIds: userIds.map(id), ...role } });
    const { setMemberRole } = await give2(['bob', 'carol'], { role: 'ADMIN' });
    expect(setMemberRole).toEqual({
      results: ['bob', 'carol'].map((user) => ({
        target: id(user),
        ok: true,
        error: null,
        node: { id: member(user), role: 'ADMIN', customRole: null, nickname: null },
      })),
      space: { id: team },
    });
    const own = await give2(['bob'], { role: 'CUSTOM', customRole: 200, actorId: id('alice') });
    expect(own.setMemberRole.results[0].node).toMatchObject({ role: 'CUSTOM', customRole: 200 });
    const plain = await give2(['bob', 'carol'], { role: 'MEMBER' });
    expect(plain.setMemberRole.results.map((each: Data) => each.node.role)).toEqual(['MEMBER', 'MEMBER']);
  });

  test('who cannot have one does not keep the others back', async () => {
    const input = { spaceId: team, userIds: [id('frank'), id('bob'), id('alice')], role: 'ADMIN' };
    const { setMemberRole } = await give(gateway, operator, setRole, { input: { ...input, actorId: id('alice') } });
    expect(setMemberRole.results).toMatchObject([
      { ok: false, node: null, error: { code: 'CONFLICT', vendorCode: '660600024' } },
      { ok: true, node: { role: 'ADMIN' } },
      { ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: '660600030' } },
    ]);
  });

  test.each([
    [{ role: 'OWNER' }, 'BAD_USER_INPUT', 'input.role'],
    [{ role: 'CUSTOM' }, 'BAD_USER_INPUT', 'input.customRole'],
    [{ role: 'CUSTOM', customRole: 100 }, 'BAD_USER_INPUT', 'input.customRole'],
    [{ role: 'CUSTOM', customRole: 256 }, 'BAD_USER_INPUT', 'input.customRole'],
    [{ role: 'ADMIN', customRole: 101 }, 'BAD_USER_INPUT', 'input.customRole'],
    [{ role: 'ADMIN', userIds: [] }, 'BAD_USER_INPUT', 'input.userIds'],
    [{ role: 'ADMIN', actorId: 'User:rc-cn:bob' }, 'BAD_USER_INPUT', 'input.actorId'],
    [{ role: 'ADMIN', spaceId: lobby }, 'NOT_SUPPORTED', 'input.spaceId'],
  ])('%j is refused before anything is sent', async (choice, code, input) => {
    await mustNotCall(async () => {
      const given = { spaceId: team, userIds: [id('bob')], ...choice };
      expect(await refusal(gateway, operator, setRole, { input: given })).toMatchObject({ code, input });
    });
  });

  test('past the vendor’s limit are given after a wait', async () => {
    await disturb(gateway, 'zim', [{ endpoints: ['zim.group.members.role.set'], kind: 'overLimit', times: 1 }]);
    const input = { spaceId: team, userIds: [id('bob')], role: 'ADMIN' };
    const { setMemberRole } = await give(gateway, operator, setRole, { input });
    expect(setMemberRole.results[0].ok).toBe(true);
    expect(
      gateway.calls.some(({ endpoint, attempts }) => endpoint === 'zim.group.members.role.set' && attempts === 2),
    ).toBe(true);
  });

  test('are the operators’ to give, whoever owns the group', async () => {
    const owner = await gateway.token({ accounts: { [app]: 'alice' }, scopes: ['chat:write'] });
    await mustNotCall(async () => {
      const input = { spaceId: team, userIds: [id('bob')], role: 'ADMIN' };
      expect((await refusal(gateway, owner, setRole, { input })).code).toBe('FORBIDDEN');
      const over = { spaceId: team, newOwnerId: id('bob') };
      expect((await refusal(gateway, owner, transfer, { input: over })).code).toBe('FORBIDDEN');
    });
  });
});

describe('ownership', () => {
  test('is passed on to a member, and the old owner stays', async () => {
    const input = { spaceId: team, newOwnerId: id('bob') };
    const { transferOwnership } = await give(gateway, operator, transfer, { input });
    const roleOf = Object.fromEntries(
      transferOwnership.space.members.nodes.map((each: Data) => [each.user.id, each.role]),
    );
    expect(roleOf).toMatchObject({ [id('bob')]: 'OWNER', [id('alice')]: 'MEMBER', [id('carol')]: 'MEMBER' });
  });

  test('is passed on once a second in one group: the second waits for its turn', async () => {
    const pass = (user: string) =>
      give(gateway, operator, transfer, { input: { spaceId: team, newOwnerId: id(user) } });
    await Promise.all([pass('bob'), pass('carol')]);
    const told = gateway.calls.filter(({ endpoint }) => endpoint === 'zim.group.owner.transfer').slice(-2);
    expect(told.map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
    expect(Math.max(...told.map(({ waitMs }) => waitMs))).toBeGreaterThan(500);
    expect(gateway.emulators.get('zim')?.stats.get('zim.group.owner.transfer')).toMatchObject({ overLimit: 0 });
  });

  test('of a stranger and of a group that is not there is the vendor’s to refuse', async () => {
    const stranger = { spaceId: `Group:${app}:runners`, newOwnerId: id('frank') };
    expect(await refusal(gateway, operator, transfer, { input: stranger })).toMatchObject({
      code: 'CONFLICT',
      vendorCode: '660600024',
      operation: 'zim.group.owner.transfer',
    });
    const absent = { spaceId: `Group:${app}:nowhere`, newOwnerId: id('bob') };
    expect(await refusal(gateway, operator, transfer, { input: absent })).toMatchObject({
      code: 'NOT_FOUND',
      vendorCode: '660600001',
    });
    await mustNotCall(async () => {
      const room = { spaceId: lobby, newOwnerId: id('bob') };
      expect(await refusal(gateway, operator, transfer, { input: room })).toMatchObject({ code: 'NOT_SUPPORTED' });
    });
  });
});

describe('nicknames', () => {
  test('are set by members for themselves, and by operators for anybody', async () => {
    const bob = await gateway.token({ accounts: { [app]: 'bob' } });
    const own = await give(gateway, bob, update, { input: { spaceId: team, members: [{ nickname: 'Bo' }] } });
    expect(own.updateMembers).toEqual({
      results: [
        {
          target: id('bob'),
          ok: true,
          error: null,
          node: { id: member('bob'), role: 'MEMBER', customRole: null, nickname: 'Bo' },
        },
      ],
      space: { id: team },
    });
  });

  test('of many are set in one call, and each fails alone', async () => {
    const members = [
      { userId: id('carol'), nickname: 'Caro' },
      { userId: id('frank'), nickname: 'Fra' },
      { userId: id('dave'), nickname: 'x'.repeat(257) },
      { userId: id('alice') },
    ];
    const input = { spaceId: `Group:${app}:team`, members };
    const calls = await callsOf(gateway, async () => {
      const { updateMembers } = await give(gateway, operator, update.replace(/ node \{.*?\} \}/, ''), { input });
      expect(updateMembers.results).toMatchObject([
        { ok: true },
        { ok: false, error: { code: 'CONFLICT', vendorCode: '660600024' } },
        { ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
        { ok: true },
      ]);
    });
    expect(calls).toEqual(['zim.group.members.nickname.set']);
  });

  test('of others, and in groups of others, are not a viewer’s to set', async () => {
    const bob = await gateway.token({ accounts: { [app]: 'bob' } });
    const frank = await gateway.token({ accounts: { [app]: 'frank' } });
    const calls = await callsOf(gateway, async () => {
      for (const [token, input] of [
        [bob, { spaceId: team, members: [{ userId: id('carol'), nickname: 'x' }] }],
        [bob, { spaceId: team, actorId: id('alice'), members: [{ nickname: 'x' }] }],
        [frank, { spaceId: team, members: [{ nickname: 'x' }] }],
        [frank, { spaceId: `Group:${app}:nowhere`, members: [{ nickname: 'x' }] }],
      ] as const)
        expect((await refusal(gateway, token, update, { input })).code).toBe('FORBIDDEN');
    });
    expect(calls).not.toContain('zim.group.members.nickname.set');
  });

  test.each([
    [{ members: [] }, 'BAD_USER_INPUT', 'input.members'],
    [{ members: [{ userId: 'User:rc-cn:bob' }] }, 'BAD_USER_INPUT', 'input.members[0].userId'],
    [{ members: [{ userId: id('bob'), nickname: null }] }, 'NOT_SUPPORTED', 'input.members'],
    [{ spaceId: lobby, members: [{ userId: id('bob'), nickname: 'x' }] }, 'NOT_SUPPORTED', 'input.spaceId'],
  ])('%j is refused before anything is sent', async (choice, code, input) => {
    await mustNotCall(async () => {
      const error = await refusal(gateway, operator, update, { input: { spaceId: team, ...choice } });
      expect(error).toMatchObject({ code, input });
    });
  });
});

test.each(['rc-cn', 'em-1'])('%s does not offer roles, owners and nicknames yet, and says so', async (other) => {
  const operations = ['setMemberRole', 'transferOwnership', 'updateMembers', 'joinSpace', 'leaveSpace'];
  const asked = operations.map((each) => `${each}: supports(operation: "Mutation.${each}")`).join(' ');
  const { app: answer } = await give(gateway, operator, `{ app(id: "App:${other}") { ${asked} } }`);
  expect(new Set(Object.values(answer))).toEqual(new Set([false]));
  const input = { spaceId: `Group:${other}:team`, newOwnerId: `User:${other}:bob` };
  expect((await refusal(gateway, operator, transfer, { input })).code).toBe('NOT_SUPPORTED');
});
