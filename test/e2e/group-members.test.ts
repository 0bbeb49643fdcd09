import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, type Data, disturb, give, refusal, walk } from '../support/answers.ts';
import { allApps } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: allApps });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const results =
  'results { target ok error { code vendorCode } node { ... on Member { id user { id } } ... on User { id } } }';
const add = `mutation ($input: AddMembersInput!) { addMembers(input: $input) { ${results} space { id members(first: 100) { nodes { user { id } } } } } }`;
const remove = `mutation ($input: RemoveMembersInput!) { removeMembers(input: $input) { ${results} space { id members(first: 100) { nodes { user { id } } } } } }`;
const deletes = 'mutation ($input: DeleteSpaceInput!) { deleteSpace(input: $input) { deletedSpaceId } }';
const members = /* GraphQL */ `
  query ($id: ID!, $first: Int, $after: String, $role: MemberRole) {
    group(id: $id) {
      members(first: $first, after: $after, role: $role) {
        totalCount
        nodes { id user { id name } role customRole nickname joinedAt }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;
const member =
  'query ($id: ID!, $user: ID!) { group(id: $id) { member(userId: $user) { id role user { id name } space { id } } } }';

const zim = { vendor: 'ZIM', slug: 'zim', team: 'team', choir: 'choir', roles: true, tellsRoles: true, counts: true };
const rongcloud = { vendor: 'RONGCLOUD', slug: 'rongcloud', team: 'team', choir: 'choir', counts: true };
const easemob = { vendor: 'EASEMOB', slug: 'easemob', team: '2784001', choir: '2784004', roles: true, counts: false };

const apps = [
  {
    app: 'zim-eu',
    ...zim,
    joinedAt: false,
    calls: {
      addOne: 'zim.group.members.add',
      add: 'zim.group.members.add',
      removeOne: 'zim.group.members.remove',
      remove: 'zim.group.members.remove',
      list: 'zim.group.members.list',
      one: 'zim.group.members.list',
    },
    stranger: { code: 'NOT_FOUND', vendorCode: '660600008' },
    unknown: { code: 'NOT_FOUND', vendorCode: '660700015' },
    absent: { code: 'NOT_FOUND', vendorCode: '660600001' },
    reason: true,
    actor: true,
  },
  {
    app: 'rc-cn',
    ...rongcloud,
    roles: true,
    joinedAt: true,
    calls: {
      addOne: 'rongcloud.entrust.group.join',
      add: 'rongcloud.entrust.group.join',
      removeOne: 'rongcloud.entrust.group.member.kick',
      remove: 'rongcloud.entrust.group.member.kick',
      list: 'rongcloud.entrust.group.member.query',
      one: 'rongcloud.entrust.group.member.specific',
    },
    stranger: null,
    unknown: null,
    absent: { code: 'NOT_FOUND', vendorCode: null },
    reason: false,
    actor: false,
  },
  {
    app: 'rc-plain',
    ...rongcloud,
    roles: false,
    joinedAt: false,
    calls: {
      addOne: 'rongcloud.group.join',
      add: 'rongcloud.group.join',
      removeOne: 'rongcloud.group.quit',
      remove: 'rongcloud.group.quit',
      list: 'rongcloud.group.user.query',
      one: 'rongcloud.group.user.query',
    },
    stranger: null,
    unknown: null,
    absent: { code: 'NOT_FOUND', vendorCode: null },
    reason: false,
    actor: false,
  },
  {
    app: 'rc-list',
    ...rongcloud,
    roles: false,
    joinedAt: false,
    calls: {
      addOne: 'rongcloud.group.user.add',
      add: 'rongcloud.group.user.add',
      removeOne: 'rongcloud.group.user.remove',
      remove: 'rongcloud.group.user.remove',
      list: 'rongcloud.group.user.query',
      one: 'rongcloud.group.user.query',
    },
    stranger: null,
    unknown: null,
    absent: { code: 'NOT_FOUND', vendorCode: null },
    reason: false,
    actor: false,
  },
  {
    app: 'em-1',
    ...easemob,
    joinedAt: false,
    calls: {
      addOne: 'easemob.group.member.add',
      add: 'easemob.group.member.addBatch',
      removeOne: 'easemob.group.member.remove',
      remove: 'easemob.group.member.removeBatch',
      list: 'easemob.group.member.list',
      one: 'easemob.group.isJoined',
    },
    stranger: { code: 'NOT_FOUND' },
    unknown: { code: 'NOT_FOUND', vendorCode: 'resource_not_found' },
    absent: { code: 'NOT_FOUND', vendorCode: 'resource_not_found' },
    reason: false,
    actor: false,
  },
] as const;

describe.each(apps)('$app', ({ app, vendor, slug, team, choir, ...at }) => {
  const id = (user: string) => `User:${app}:${user}`;
  const memberId = (group: string, user: string) => `Member:${app}:group:${group}:${user}`;
  const teamId = `Group:${app}:${team}`;
  const absentId = `Group:${app}:4040404`;
  const tokenOf = (user: string) => gateway.token({ subject: user, accounts: { [app]: user } });
  const idsOf = (space: Data) => space.members.nodes.map((each: Data) => each.user.id);

  test('members are added and removed, by the call for one or for many, and are there and gone afterwards', async () => {
    const change = async (query: string, users: readonly string[]) => {
      let payload: Data;
      const calls = await callsOf(gateway, async () => {
        payload = Object.values(
          await give(gateway, operator, query, { input: { spaceId: teamId, userIds: users.map(id) } }),
        )[0];
      });
      expect(payload.results).toMatchObject(users.map((user) => ({ target: id(user), ok: true, error: null })));
      expect(payload.space.id).toBe(teamId);
      // A plain group is looked for first: nothing else says that it is gone.
      return { call: app === 'rc-plain' || app === 'rc-list' ? calls[1] : calls[0], payload };
    };
    const one = await change(add, ['user50']);
    expect(one.call).toBe(at.calls.addOne);
    expect(one.payload.results[0].node).toEqual({ id: memberId(team, 'user50'), user: { id: id('user50') } });
    const many = await change(add, ['user51', 'user52']);
    expect(many.call).toBe(at.calls.add);
    expect(idsOf(many.payload.space)).toEqual(expect.arrayContaining(['user50', 'user51', 'user52', 'alice'].map(id)));
    const first = await change(remove, ['user50']);
    expect(first.call).toBe(at.calls.removeOne);
    expect(first.payload.results[0].node).toEqual({ id: id('user50') });
    const rest = await change(remove, ['user51', 'user52']);
    expect(rest.call).toBe(at.calls.remove);
    for (const user of ['user50', 'user51', 'user52']) expect(idsOf(rest.payload.space)).not.toContain(id(user));
  });

  test('a user who cannot be added or removed does not keep the others back', async () => {
    const bad = id('%C3%A9%2C'.repeat(30));
    const input = { spaceId: teamId, userIds: [id('user53'), bad] };
    const { addMembers } = await give(gateway, operator, add, { input });
    expect(addMembers.results).toMatchObject([
      { ok: true },
      { target: bad, ok: false, node: null, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
    ]);
    const { removeMembers } = await give(gateway, operator, remove, {
      input: { ...input, userIds: [bad, id('user53'), id('frank')] },
    });
    expect(removeMembers.results).toMatchObject([
      { ok: false, error: { code: 'BAD_USER_INPUT' } },
      { ok: true, error: null },
      { ok: at.stranger === null, error: at.stranger },
    ]);
  });

  test('what the vendor says of a member that is one already and of a user that is not there reaches the item', async () => {
    const again = (await give(gateway, operator, add, { input: { spaceId: teamId, userIds: [id('bob')] } })).addMembers
      .results[0];
    expect(again).toMatchObject({ ok: true, error: null });
    const unknown = (await give(gateway, operator, add, { input: { spaceId: teamId, userIds: [id('nobody')] } }))
      .addMembers.results[0];
    expect(unknown).toMatchObject({ ok: at.unknown === null, error: at.unknown });
    const absent = (
      await give(gateway, operator, add.replace(/ members\(first: 100\) \{ nodes \{ user \{ id \} \} \}/, ''), {
        input: { spaceId: absentId, userIds: [id('bob')] },
      })
    ).addMembers;
    expect(absent.results).toMatchObject([{ ok: false, error: at.absent }]);
    if (at.unknown === null)
      await give(gateway, operator, remove, { input: { spaceId: teamId, userIds: [id('nobody')] } });
  });

  test('all pages of the members are all of them once', async () => {
    const everybody = ['dave', 'alice', ...Array.from({ length: 16 }, (_, index) => `user${index + 13}`)].map(id);
    const plain = members.replace('name }', '}').replace(' role customRole nickname joinedAt', '');
    for (const first of [1, 7, 18, 100]) {
      const list = { query: plain, variables: { id: `Group:${app}:${choir}` }, first };
      const { nodes, pages } = await walk(gateway, operator, list, (data) => data.group.members);
      expect(nodes.map((each) => each.user.id).toSorted()).toEqual(everybody.toSorted());
      if (at.counts) expect(pages[0]?.totalCount).toBe(18);
    }
    expect(await callsOf(gateway, () => give(gateway, operator, plain, { id: teamId, first: 2 }))).toEqual([
      at.calls.list,
    ]);
    const counted = plain.replace('members(', 'memberCount members(');
    expect((await give(gateway, operator, counted, { id: `Group:${app}:${choir}`, first: 20 })).group.memberCount).toBe(
      18,
    );
  });

  test('roles are told where groups have them, and a list of one role holds that one only', async () => {
    const { nodes } = (await give(gateway, operator, members, { id: teamId, first: 100 })).group.members;
    const roleOf = Object.fromEntries(nodes.map((each: Data) => [each.user.id, each.role]));
    expect(roleOf).toMatchObject({ [id('alice')]: at.roles ? 'OWNER' : null, [id('bob')]: at.roles ? 'MEMBER' : null });
    const alice = nodes.find((each: Data) => each.user.id === id('alice'));
    expect(alice).toMatchObject({
      id: memberId(team, 'alice'),
      user: { name: 'Alice Arden' },
      customRole: null,
      nickname: null,
    });
    if (at.joinedAt) expect(Math.abs(Date.now() - Date.parse(alice.joinedAt))).toBeLessThan(120_000);
    else expect(alice.joinedAt).toBeNull();
    const owners = (await give(gateway, operator, members, { id: teamId, first: 100, role: 'OWNER' })).group.members
      .nodes;
    expect(owners.map((each: Data) => each.user.id)).toEqual(at.roles ? [id('alice')] : []);
  });

  test('a cursor of another list is BAD_CURSOR, and a page of 0, -1 or 101 is BAD_USER_INPUT', async () => {
    const { pageInfo } = (await give(gateway, operator, members, { id: teamId, first: 1 })).group.members;
    const calls = await callsOf(gateway, async () => {
      for (const after of [pageInfo.endCursor, 'garbage'])
        expect((await refusal(gateway, operator, members, { id: `Group:${app}:${choir}`, after })).code).toBe(
          'BAD_CURSOR',
        );
      for (const first of [0, -1, 101])
        expect(await refusal(gateway, operator, members, { id: teamId, first })).toMatchObject({
          code: 'BAD_USER_INPUT',
          input: 'first',
        });
    });
    expect(calls).toEqual([]);
  });

  test('one membership is read with its role, and is null for who is not a member', async () => {
    const calls = await callsOf(gateway, async () => {
      for (const [user, role] of [
        ['alice', 'OWNER'],
        ['bob', 'MEMBER'],
      ] as const) {
        const { group } = await give(gateway, operator, member.replace('name }', '}'), { id: teamId, user: id(user) });
        expect(group.member).toEqual({
          id: memberId(team, user),
          role: at.roles ? role : null,
          user: { id: id(user) },
          space: { id: teamId },
        });
      }
    });
    expect(calls).toContain(at.calls.one);
    for (const user of ['frank', 'nobody'])
      expect((await give(gateway, operator, member, { id: teamId, user: id(user) })).group.member).toBeNull();
    const error = await refusal(gateway, operator, member, { id: teamId, user: 'User:other:bob' });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', input: 'userId' });
  });

  test('many memberships of one group cost one read', async () => {
    const fields = ['alice', 'bob', 'carol', 'frank'].map((user) => `${user}: member(userId: "${id(user)}") { id }`);
    const calls = await callsOf(gateway, async () => {
      const { group } = await give(gateway, operator, `{ group(id: "${teamId}") { ${fields} } }`);
      expect(group).toMatchObject({ alice: { id: memberId(team, 'alice') }, frank: null });
    });
    if (app !== 'em-1') expect(calls).toEqual([at.calls.one]);
    else
      expect(new Set(calls)).toEqual(
        new Set(['easemob.group.isJoined', 'easemob.group.admin.list', 'easemob.group.get']),
      );
  });

  test('a reason and somebody to act are taken where the vendor has a place for them, and refused elsewhere', async () => {
    const input = { spaceId: teamId, userIds: [id('user54')] };
    const changes: [string, Record<string, unknown>, boolean][] = [
      [add, { actorId: id('alice') }, at.actor],
      [remove, { actorId: id('alice'), reason: 'Bye' }, at.actor],
      [remove, { reason: 'Bye' }, at.reason],
    ];
    for (const [query, choice, isTaken] of changes) {
      if (isTaken) await give(gateway, operator, query, { input: { ...input, ...choice } });
      else {
        const calls = await callsOf(gateway, async () => {
          const error = await refusal(gateway, operator, query, { input: { ...input, ...choice } });
          expect(error).toMatchObject({
            code: 'NOT_SUPPORTED',
            app,
            vendor,
            input: expect.stringMatching(/^input\.(reason|actorId)$/),
          });
        });
        expect(calls).toEqual([]);
      }
    }
    // A hint that a vendor may have no place for.
    await give(gateway, operator, add, { input: { ...input, announce: false } });
    await give(gateway, operator, remove, { input: { ...input, announce: false } });
  });

  test('nobody, more than 100 and users of another app are refused before anything is sent', async () => {
    const many = Array.from({ length: 101 }, (_, index) => id(`user${index}`));
    const calls = await callsOf(gateway, async () => {
      for (const query of [add, remove]) {
        for (const [userIds, input] of [
          [[], 'input.userIds'],
          [many, 'input.userIds'],
          [['User:other:bob'], 'input.userIds'],
        ] as const)
          expect(await refusal(gateway, operator, query, { input: { spaceId: teamId, userIds } })).toMatchObject({
            code: 'BAD_USER_INPUT',
            input,
          });
        const error = await refusal(gateway, operator, query, { input: { spaceId: id('bob'), userIds: [id('bob')] } });
        expect(error).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.spaceId' });
      }
    });
    expect(calls).toEqual([]);
  });

  test('members are the operators’ to change, whatever a viewer is in the group, and whether it is there or not', async () => {
    const alice = await tokenOf('alice');
    const reader = await gateway.token({ subject: 'reader', scopes: ['chat:read'], accounts: {} });
    const calls = await callsOf(gateway, async () => {
      for (const spaceId of [teamId, absentId]) {
        for (const token of [alice, reader, null]) {
          const code = token === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
          for (const query of [add, remove])
            expect((await refusal(gateway, token, query, { input: { spaceId, userIds: [id('frank')] } })).code).toBe(
              code,
            );
          expect((await refusal(gateway, token, deletes, { input: { spaceId } })).code).toBe(code);
        }
      }
      const elsewhere = await gateway.token({ scopes: ['chat:write', 'chat:moderate'], accounts: { other: 'alice' } });
      expect(
        (await refusal(gateway, elsewhere, add, { input: { spaceId: teamId, userIds: [id('frank')] } })).code,
      ).toBe('FORBIDDEN');
      expect((await refusal(gateway, elsewhere, deletes, { input: { spaceId: teamId } })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
    expect((await refusal(gateway, await tokenOf('frank'), members, { id: teamId })).code).toBe('FORBIDDEN');
  });

  test('a refusal of the vendor tells where it came from', async () => {
    await disturb(gateway, slug, [{ endpoints: [at.calls.addOne], kind: 'unauthorized' }]);
    const error = await refusal(gateway, operator, add, { input: { spaceId: teamId, userIds: [id('user55')] } });
    await disturb(gateway, slug, []);
    expect(error).toMatchObject({
      code: 'VENDOR_MISCONFIGURED',
      app,
      vendor,
      operation: at.calls.addOne,
      vendorCode: expect.any(String),
      requestId: expect.any(String),
      path: ['addMembers'],
    });
  });
});
