import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, type Data, disturb, give, refusal } from '../support/answers.ts';
import { allApps } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: allApps });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

/** Lists and objects of a group; those that an app does not support are left out. */
const parts = {
  owner: 'owner { id }',
  settings: 'settings { isPublic joinPolicy invitePolicy asksInvitees maxMembers }',
  attributes: 'attributes { key value }',
} as const;
const createWith = (lacking: readonly string[]) => /* GraphQL */ `
  mutation ($input: CreateGroupInput!) {
    createGroup(input: $input) {
      results { target ok error { code vendorCode } }
      group {
        id vendorId name avatarUrl description announcement createdAt isSuspended memberCount
        ${Object.entries(parts)
          .flatMap(([name, part]) => (lacking.includes(name) ? [] : [part]))
          .join(' ')}
        members(first: 10) { nodes { user { id } } }
      }
    }
  }
`;
const create = createWith([]);
const createPlain = /* GraphQL */ `
  mutation ($input: CreateGroupInput!) {
    createGroup(input: $input) {
      results { target ok error { code } }
      group { id vendorId members(first: 10) { nodes { user { id } } } }
    }
  }
`;
const update =
  'mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) { group { id name avatarUrl description announcement settings { isPublic joinPolicy invitePolicy asksInvitees maxMembers } } } }';
const page = '{ totalCount nodes { id name vendorId } pageInfo { hasNextPage endCursor } }';
const groupsOfApp = `query ($id: ID!, $first: Int, $after: String) { app(id: $id) { groups(first: $first, after: $after) ${page} } }`;
const groupsOfUser = `query ($id: ID!, $first: Int, $after: String) { user(id: $id) { groups(first: $first, after: $after) ${page} } }`;

const texts = { avatarUrl: 'https://img.example/g.png', description: 'Who hikes', announcement: 'Bring water' };

const apps = [
  {
    app: 'zim-eu',
    vendor: 'ZIM',
    slug: 'zim',
    team: 'team',
    creates: ['zim.group.create', 'zim.group.limits.modify'],
    reads: 'zim.group.info.query',
    takes: {
      avatarUrl: texts.avatarUrl,
      announcement: texts.announcement,
      attributes: [{ key: 'level', value: 'hard' }],
      settings: { joinPolicy: 'APPROVAL', invitePolicy: 'ADMINS', asksInvitees: true, maxMembers: 50 },
    },
    tells: {
      settings: { isPublic: null, joinPolicy: 'APPROVAL', invitePolicy: 'ADMINS', asksInvitees: true, maxMembers: 50 },
      isSuspended: null,
      description: null,
    },
    without: [],
    lacks: { description: 'x' },
    hasOwner: true,
    hasDates: true,
    choosesId: true,
    absent: { code: 'NOT_FOUND', vendorCode: '660600001' },
    updates: 'zim.group.data.update',
  },
  {
    app: 'rc-cn',
    vendor: 'RONGCLOUD',
    slug: 'rongcloud',
    team: 'team',
    creates: ['rongcloud.entrust.group.create'],
    reads: 'rongcloud.entrust.group.profile.query',
    takes: {
      ...texts,
      attributes: [{ key: 'level', value: 'hard' }],
      settings: { joinPolicy: 'APPROVAL', invitePolicy: 'ADMINS' },
    },
    tells: {
      settings: {
        isPublic: null,
        joinPolicy: 'APPROVAL',
        invitePolicy: 'ADMINS',
        asksInvitees: null,
        maxMembers: null,
      },
      isSuspended: null,
    },
    without: [],
    lacks: { settings: { isPublic: true } },
    hasOwner: true,
    hasDates: true,
    choosesId: true,
    absent: { code: 'NOT_FOUND' },
    updates: 'rongcloud.entrust.group.profile.update',
  },
  {
    app: 'rc-plain',
    vendor: 'RONGCLOUD',
    slug: 'rongcloud',
    team: 'team',
    creates: ['rongcloud.group.create'],
    reads: 'rongcloud.group.user.query',
    takes: {},
    tells: { isSuspended: null, avatarUrl: null, description: null, announcement: null },
    without: ['owner', 'settings', 'attributes'],
    lacks: { avatarUrl: texts.avatarUrl },
    hasOwner: false,
    hasDates: false,
    choosesId: true,
    absent: { code: 'NOT_FOUND' },
    updates: 'rongcloud.group.refresh',
  },
  {
    app: 'rc-list',
    vendor: 'RONGCLOUD',
    slug: 'rongcloud',
    team: 'team',
    creates: ['rongcloud.group.create'],
    reads: 'rongcloud.group.info',
    takes: {},
    tells: { isSuspended: null, avatarUrl: null, description: null, announcement: null },
    without: ['owner', 'settings', 'attributes'],
    lacks: { description: 'x' },
    hasOwner: false,
    hasDates: false,
    choosesId: true,
    absent: { code: 'NOT_FOUND' },
    updates: 'rongcloud.group.refresh',
  },
  {
    app: 'em-1',
    vendor: 'EASEMOB',
    slug: 'easemob',
    team: '2784001',
    creates: ['easemob.group.create', 'easemob.group.announcement.set'],
    reads: 'easemob.group.get',
    takes: { ...texts, settings: { isPublic: true, joinPolicy: 'APPROVAL', maxMembers: 50 } },
    tells: {
      settings: { isPublic: true, joinPolicy: 'APPROVAL', invitePolicy: 'ADMINS', asksInvitees: null, maxMembers: 50 },
      isSuspended: false,
    },
    without: ['attributes'],
    lacks: { vendorId: 'mine' },
    hasOwner: true,
    hasDates: true,
    choosesId: false,
    absent: { code: 'NOT_FOUND', vendorCode: 'resource_not_found' },
    updates: 'easemob.group.update',
  },
  {
    app: 'em-legacy',
    vendor: 'EASEMOB',
    slug: 'easemob',
    team: '2784001',
    creates: ['easemob.group.create', 'easemob.group.announcement.set'],
    reads: 'easemob.group.get',
    takes: { ...texts, settings: { joinPolicy: 'INVITATION', invitePolicy: 'MEMBERS', asksInvitees: false } },
    tells: {
      settings: {
        isPublic: false,
        joinPolicy: 'INVITATION',
        invitePolicy: 'MEMBERS',
        asksInvitees: null,
        maxMembers: 200,
      },
      isSuspended: false,
    },
    without: ['attributes'],
    lacks: { settings: { joinPolicy: 'CLOSED' } },
    hasOwner: true,
    hasDates: true,
    choosesId: false,
    absent: { code: 'NOT_FOUND', vendorCode: 'resource_not_found' },
    updates: 'easemob.group.update',
  },
] as const;

describe.each(apps)('$app', ({ app, vendor, slug, team, ...at }) => {
  const id = (user: string) => `User:${app}:${user}`;
  const tokenOf = (user: string) => gateway.token({ subject: user, accounts: { [app]: user } });

  test('a viewer makes a group of its own, with all that the vendor keeps, and reads it back', async () => {
    const alice = await tokenOf('alice');
    let made: Data;
    const calls = await callsOf(gateway, async () => {
      const query = createWith(at.without);
      made = (await give(gateway, alice, query, { input: { appId: `App:${app}`, name: 'Hikers', ...at.takes } }))
        .createGroup;
    });
    expect(calls.slice(0, at.creates.length)).toEqual(at.creates);
    expect(made.results).toEqual([]);
    const { settings: _, ...kept } = at.takes as Record<string, unknown>;
    expect(made.group).toMatchObject({
      id: `Group:${app}:${encodeURIComponent(made.group.vendorId)}`,
      members: { nodes: [{ user: { id: id('alice') } }] },
    });
    expect(made.group).toMatchObject({ name: 'Hikers', memberCount: 1, ...kept, ...at.tells });
    if (at.hasOwner) expect(made.group.owner).toEqual({ id: id('alice') });
    if (at.hasDates) expect(Math.abs(Date.parse(made.group.createdAt) - Date.now())).toBeLessThan(60_000);
    else expect(made.group.createdAt).toBeNull();
  });

  test('an operator makes a group for somebody, with first members, of whom each has its own result', async () => {
    const memberIds = ['bob', 'dave', 'bob', 'carol'].map(id);
    const vendorId = at.choosesId ? { vendorId: `made-${app}` } : {};
    const input = { ownerId: id('dave'), name: 'Sailors', memberIds, ...vendorId };
    const { createGroup: made } = await give(gateway, operator, createPlain, { input });
    expect(made.results).toEqual(memberIds.map((target) => ({ target, ok: true, error: null })));
    expect(made.group.members.nodes.map((each: Data) => each.user.id).toSorted()).toEqual(
      ['bob', 'carol', 'dave'].map(id),
    );
    if (at.choosesId) expect(made.group.vendorId).toBe(`made-${app}`);
  });

  test('a first member that cannot be one is told, and the others come in', async () => {
    const memberIds = [id('bob'), id('x%2Cy%2Fz'.repeat(20))];
    const { data, errors } = await gateway.query(operator, createPlain, {
      input: { ownerId: id('dave'), name: 'Divers', memberIds },
    });
    if (vendor === 'EASEMOB' || app === 'rc-plain' || app === 'rc-list') {
      // The vendor makes the group with all of the members or not at all.
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', app, vendor } }]);
      return;
    }
    expect(errors).toBeUndefined();
    expect(data.createGroup.results).toMatchObject([{ ok: true }, { ok: false, error: { code: 'BAD_USER_INPUT' } }]);
  });

  test('a choice that the vendor lacks is refused before anything is sent', async () => {
    const calls = await callsOf(gateway, async () => {
      const [field = ''] = Object.keys(at.lacks);
      const input = { ownerId: id('alice'), name: 'Lacking', ...at.lacks };
      const error = await refusal(gateway, operator, create, { input });
      expect(error).toMatchObject({ code: 'NOT_SUPPORTED', app, vendor, path: ['createGroup'] });
      expect(error['input']).toContain(`input.${field}`);
      if (field === 'vendorId') return;
      const change = { groupId: `Group:${app}:${team}`, ...at.lacks };
      expect(await refusal(gateway, operator, update, { input: change })).toMatchObject({
        code: 'NOT_SUPPORTED',
        input: error['input'],
      });
    });
    expect(calls).toEqual([]);
  });

  test('a group is changed, and what is left out stays', async () => {
    const groupId = `Group:${app}:${app.startsWith('em') ? '2784005' : 'climbers'}`;
    const isPlain = app === 'rc-plain' || app === 'rc-list';
    const read = `{ group(id: "${groupId}") { name ${isPlain ? '' : 'announcement settings { joinPolicy }'} } }`;
    const short = 'mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) { group { id } } }';
    const calls = await callsOf(gateway, () =>
      give(gateway, operator, short, { input: { groupId, name: 'Boulderers' } }),
    );
    // A plain group is looked for first: nothing else says that it is gone.
    expect(calls).toEqual([...(isPlain ? ['rongcloud.group.user.query'] : []), at.updates]);
    if (isPlain) {
      const list = await give(gateway, operator, groupsOfUser, { id: id('erin'), first: 100 });
      expect(list.user.groups.nodes).toContainEqual({ id: groupId, name: 'Boulderers', vendorId: 'climbers' });
      return;
    }
    await give(gateway, operator, short, {
      input: { groupId, announcement: 'Ropes!', settings: { joinPolicy: 'OPEN' } },
    });
    expect(await give(gateway, operator, read)).toEqual({
      group: { name: 'Boulderers', announcement: 'Ropes!', settings: { joinPolicy: 'OPEN' } },
    });
    await give(gateway, operator, short, { input: { groupId, announcement: null, avatarUrl: null } });
    expect(await give(gateway, operator, `{ group(id: "${groupId}") { name announcement avatarUrl } }`)).toEqual({
      group: { name: 'Boulderers', announcement: null, avatarUrl: null },
    });
  });

  test('a group that is not there is not found by an operator, with the vendor’s code', async () => {
    const query = `{ group(id: "Group:${app}:4040404") { name } }`;
    const error = await refusal(gateway, operator, query);
    expect(error).toMatchObject({ ...at.absent, app, vendor, requestId: expect.any(String), path: ['group', 'name'] });
  });

  test('a vendor’s refusal tells where it came from', async () => {
    const calls = { create: at.creates[0], change: at.updates };
    await disturb(gateway, slug, [{ endpoints: [calls.create, calls.change], kind: 'unauthorized' }]);
    const errors = [
      await refusal(gateway, operator, create, { input: { ownerId: id('alice'), name: 'Refused' } }),
      await refusal(gateway, operator, update, { input: { groupId: `Group:${app}:${team}`, name: 'Refused' } }),
    ];
    await disturb(gateway, slug, []);
    expect(errors).toMatchObject(
      [calls.create, calls.change].map((operation) => ({
        code: 'VENDOR_MISCONFIGURED',
        app,
        vendor,
        operation,
        vendorCode: expect.any(String),
      })),
    );
  });

  test('a group is its members’ and the readers’; absent and not yours are answered alike', async () => {
    const [member, stranger] = [await tokenOf('bob'), await tokenOf('frank')];
    const query = (group: string) => `{ group(id: "Group:${app}:${group}") { id vendorId } }`;
    expect((await give(gateway, member, query(team))).group.vendorId).toBe(team);
    const [shut, absent] = [
      await refusal(gateway, stranger, query(team)),
      await refusal(gateway, stranger, query('4040404')),
    ];
    expect({ ...shut, requestId: '' }).toEqual({ ...absent, requestId: '' });
    expect(shut.code).toBe('FORBIDDEN');
    const calls = await callsOf(gateway, async () => {
      expect((await refusal(gateway, null, query(team))).code).toBe('UNAUTHENTICATED');
      expect((await refusal(gateway, member, groupsOfApp, { id: `App:${app}` })).code).toBe('FORBIDDEN');
      expect((await refusal(gateway, member, groupsOfUser, { id: id('alice') })).code).toBe('FORBIDDEN');
      expect(
        (await refusal(gateway, member, update, { input: { groupId: `Group:${app}:${team}`, name: 'x' } })).code,
      ).toBe('FORBIDDEN');
      expect((await refusal(gateway, null, create, { input: { name: 'x' } })).code).toBe('UNAUTHENTICATED');
      for (const input of [
        { name: 'x', ownerId: id('alice') },
        { name: 'x', appId: 'App:absent' },
        { name: 'x', appId: `App:${app === 'zim-eu' ? 'rc-cn' : 'zim-eu'}` },
        { name: 'x', memberIds: [id('alice')] },
      ])
        expect((await refusal(gateway, member, create, { input })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
    const mine = await give(gateway, member, `{ viewer { account { groups(first: 100) { nodes { vendorId } } } } }`);
    expect(mine.viewer.account.groups.nodes.map((each: Data) => each.vendorId)).toContain(team);
  });

  test('a viewer does not come into a group by making one of the same id', async () => {
    if (!at.choosesId) return;
    const frank = await tokenOf('frank');
    const calls = await callsOf(gateway, async () => {
      const error = await refusal(gateway, frank, create, { input: { name: 'The team', vendorId: team } });
      expect(error).toMatchObject({ code: 'FORBIDDEN', input: 'input.vendorId' });
    });
    expect(calls).toEqual([]);
  });

  test('a cleared name, foreign members and more than 100 are refused before anything is sent', async () => {
    const many = Array.from({ length: 101 }, (_, index) => id(`user${index}`));
    const calls = await callsOf(gateway, async () => {
      expect(
        await refusal(gateway, operator, update, { input: { groupId: `Group:${app}:${team}`, name: null } }),
      ).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.name' });
      expect(await refusal(gateway, operator, update, { input: { groupId: id('bob'), name: 'x' } })).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: 'input.groupId',
      });
      for (const [memberIds, input] of [
        [many, 'input.memberIds'],
        [['User:other:bob'], 'input.memberIds'],
      ] as const)
        expect(
          await refusal(gateway, operator, create, { input: { name: 'x', ownerId: id('alice'), memberIds } }),
        ).toMatchObject({ code: 'BAD_USER_INPUT', input });
      expect(await refusal(gateway, operator, create, { input: { name: 'x' } })).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: 'input.appId',
      });
    });
    expect(calls).toEqual([]);
  });
});
