import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { callsOf, type Data, disturb, give, refusal, walk } from '../support/answers.ts';
import { rcList } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: [...demoApps, rcList] });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const create = /* GraphQL */ `
  mutation ($input: CreateChatroomInput!) {
    createChatroom(input: $input) { results { target ok error { code } } chatroom { id vendorId } }
  }
`;
const fields =
  '{ chatroom(id: "%") { id vendorId name description announcement owner { id } createdAt maxMembers expiry { trigger afterSeconds } memberCount } }';
const rooms =
  'query ($id: ID!, $first: Int, $after: String) { app(id: $id) { chatrooms(first: $first, after: $after) { totalCount nodes { id name memberCount } pageInfo { hasNextPage endCursor } } } }';
const members = /* GraphQL */ `
  query ($id: ID!, $first: Int, $after: String) {
    chatroom(id: $id) {
      memberCount
      members(first: $first, after: $after) { totalCount nodes { id user { id name } role joinedAt } pageInfo { hasNextPage endCursor } }
    }
  }
`;
const add =
  'mutation ($input: AddMembersInput!) { addMembers(input: $input) { results { ok error { code } } space { ... on Chatroom { id members(first: 100) { nodes { user { id } } } } } } }';
const remove =
  'mutation ($input: RemoveMembersInput!) { removeMembers(input: $input) { results { target ok error { code vendorCode } } space { id ... on Chatroom { members(first: 100) { nodes { user { id } } } } } } }';
const deletes = 'mutation ($input: DeleteSpaceInput!) { deleteSpace(input: $input) { deletedSpaceId } }';

const apps = [
  {
    app: 'zim-eu',
    vendor: 'ZIM',
    slug: 'zim',
    lobby: 'lobby',
    calls: {
      create: 'zim.room.create',
      members: 'zim.room.users.list',
      member: 'zim.room.users.check',
      delete: 'zim.room.destroy',
      remove: 'zim.room.users.kick',
      name: null,
    },
    lacks: {
      description: 'x',
      memberIds: ['User:zim-eu:bob'],
      maxMembers: 5,
      isMuted: true,
      speakerIds: ['User:zim-eu:bob'],
    },
    roles: true,
    joinedAt: false,
    adds: false,
    absentMembers: { code: 'NOT_FOUND', vendorCode: '660300001' },
    twice: { code: 'NOT_FOUND', vendorCode: '660300001' },
  },
  {
    app: 'rc-cn',
    vendor: 'RONGCLOUD',
    slug: 'rongcloud',
    lobby: 'lobby',
    calls: {
      create: 'rongcloud.chatroom.create',
      members: 'rongcloud.chatroom.user.query',
      member: 'rongcloud.chatroom.user.exist',
      delete: 'rongcloud.chatroom.destroy',
      remove: null,
      name: 'rongcloud.chatroom.get',
    },
    lacks: { description: 'x', memberIds: ['User:rc-cn:bob'], maxMembers: 5, ownerId: 'User:rc-cn:bob' },
    roles: false,
    joinedAt: true,
    adds: false,
    absentMembers: { code: 'NOT_FOUND', vendorCode: '23410', operation: 'rongcloud.chatroom.get' },
    twice: { code: 'NOT_FOUND', vendorCode: '23410', operation: 'rongcloud.chatroom.get' },
  },
  {
    app: 'rc-list',
    vendor: 'RONGCLOUD',
    slug: 'rongcloud',
    lobby: 'lobby',
    calls: {
      create: 'rongcloud.chatroom.create.legacy',
      members: 'rongcloud.chatroom.user.query',
      member: 'rongcloud.chatroom.user.exist',
      delete: 'rongcloud.chatroom.destroy',
      remove: null,
      name: 'rongcloud.chatroom.query.legacy',
    },
    lacks: { description: 'x', isMuted: true, expiry: { trigger: 'IDLE' }, attributes: [{ key: 'a', value: 'b' }] },
    roles: false,
    joinedAt: true,
    adds: false,
    absentMembers: { code: 'NOT_FOUND', vendorCode: '23410', operation: 'rongcloud.chatroom.get' },
    twice: { code: 'NOT_FOUND', vendorCode: '23410', operation: 'rongcloud.chatroom.get' },
  },
  {
    app: 'em-1',
    vendor: 'EASEMOB',
    slug: 'easemob',
    lobby: '9100001',
    calls: {
      create: 'easemob.chatroom.create',
      members: 'easemob.chatroom.member.list',
      member: 'easemob.chatroom.member.list',
      delete: 'easemob.chatroom.delete',
      remove: 'easemob.chatroom.member.remove',
      name: 'easemob.chatroom.get',
    },
    lacks: {
      vendorId: 'mine',
      isMuted: true,
      expiry: { trigger: 'IDLE' },
      speakerIds: ['User:em-1:bob'],
      attributes: [{ key: 'a', value: 'b' }],
    },
    roles: true,
    joinedAt: false,
    adds: true,
    absentMembers: { code: 'NOT_FOUND', vendorCode: 'service_resource_not_found' },
    twice: { code: 'NOT_FOUND', vendorCode: 'resource_not_found' },
  },
] as const;

describe.each(apps)('$app', ({ app, vendor, slug, lobby, ...at }) => {
  const id = (user: string) => `User:${app}:${user}`;
  const lobbyId = `Chatroom:${app}:${lobby}`;
  const absentId = `Chatroom:${app}:4040404`;
  const tokenOf = (user: string) => gateway.token({ subject: user, accounts: { [app]: user } });
  const make = async (input: object): Promise<Data> =>
    (await give(gateway, operator, create, { input: { appId: `App:${app}`, name: 'Quiz', ...input } })).createChatroom
      .chatroom;

  test('a room is made, with an id of its own or a wanted one, and deleted again', async () => {
    let room: Data;
    expect(
      await callsOf(gateway, async () => {
        room = await make({});
      }),
    ).toEqual([at.calls.create]);
    expect(room.id).toBe(`Chatroom:${app}:${room.vendorId}`);
    if (app !== 'em-1') expect((await make({ vendorId: `quiz-${app}` })).vendorId).toBe(`quiz-${app}`);
    const spaceId = room.id;
    const calls = await callsOf(gateway, async () => {
      expect((await give(gateway, operator, deletes, { input: { spaceId } })).deleteSpace).toEqual({
        deletedSpaceId: spaceId,
      });
    });
    // A room is looked for first where nothing else says that it is gone.
    const looksFirst = vendor === 'RONGCLOUD' ? ['rongcloud.chatroom.get'] : [];
    expect(calls).toEqual([...looksFirst, at.calls.delete]);
    expect(await refusal(gateway, operator, deletes, { input: { spaceId } })).toMatchObject({
      operation: at.calls.delete,
      ...at.twice,
      app,
      vendor,
    });
  });

  test('each choice that the vendor lacks is refused before anything is sent', async () => {
    for (const [field, value] of Object.entries(at.lacks)) {
      const calls = await callsOf(gateway, async () => {
        const error = await refusal(gateway, operator, create, {
          input: { appId: `App:${app}`, name: 'x', [field]: value },
        });
        expect(error).toMatchObject({ code: 'NOT_SUPPORTED', app, vendor, path: ['createChatroom'] });
        expect(error['input']).toContain(`input.${field}`);
        const { app: told } = await give(
          gateway,
          operator,
          `{ app(id: "App:${app}") { supports(operation: "CreateChatroomInput.${field}") } }`,
        );
        expect([field, told.supports]).toEqual([field, false]);
      });
      expect(calls).toEqual([]);
    }
  });

  test('its fields are what the vendor keeps; of the others single values are null, and objects NOT_SUPPORTED', async () => {
    const { data, errors } = await gateway.query(operator, fields.replace('%', lobbyId));
    expect(data.chatroom).toMatchObject({ id: lobbyId, vendorId: lobby, memberCount: 3 });
    const lacking = {
      'zim-eu': ['expiry', 'owner'],
      'em-1': ['expiry'],
      'rc-cn': ['owner'],
      'rc-list': ['expiry', 'owner'],
    };
    const refused = errors?.map(({ path, extensions }) => `${path?.[1]} ${extensions['code']}`) ?? [];
    expect(refused.toSorted()).toEqual(lacking[app as keyof typeof lacking].map((name) => `${name} NOT_SUPPORTED`));
    if (at.calls.name === null) {
      const nothing = { name: null, description: null, announcement: null, createdAt: null, maxMembers: null };
      expect(data.chatroom).toMatchObject(nothing);
      return;
    }
    const known = {
      'rc-cn': { name: null, owner: null, maxMembers: null, expiry: { trigger: 'IDLE', afterSeconds: null } },
      'rc-list': { name: 'Lobby', owner: null, maxMembers: null },
      'em-1': { name: 'Lobby', owner: { id: id('alice') }, maxMembers: 1000, expiry: null },
    }[app as 'rc-cn' | 'rc-list' | 'em-1'];
    expect(data.chatroom).toMatchObject({ ...known, description: null, announcement: null });
    expect(Math.abs(Date.parse(data.chatroom.createdAt) - Date.now())).toBeLessThan(120_000);
    const calls = await callsOf(gateway, () =>
      give(gateway, operator, `{ chatroom(id: "${lobbyId}") { name createdAt maxMembers } }`),
    );
    expect(calls).toEqual([at.calls.name]);
  });

  test('all pages of those in it are all of them once', async () => {
    for (const first of [1, 2, 100]) {
      const { nodes, pages } = await walk(
        gateway,
        operator,
        { query: members, variables: { id: lobbyId }, first },
        (data) => data.chatroom.members,
      );
      expect(nodes.map((each) => each.user.id).toSorted()).toEqual(['alice', 'bob', 'erin'].map(id));
      expect(nodes.map((each) => each.user.name).toSorted()).toEqual(['Alice Arden', 'Bob Brook', 'Erin East']);
      if (app !== 'em-1') expect(pages[0]?.totalCount).toBe(3);
    }
    const [alice] = (await give(gateway, operator, members, { id: lobbyId })).chatroom.members.nodes.filter(
      (each: Data) => each.user.id === id('alice'),
    );
    expect(alice.id).toBe(`Member:${app}:chatroom:${lobby}:alice`);
    expect(alice.role).toBe(at.roles ? (app === 'em-1' ? 'OWNER' : 'MEMBER') : null);
    if (at.joinedAt) expect(Math.abs(Date.parse(alice.joinedAt) - Date.now())).toBeLessThan(120_000);
    else expect(alice.joinedAt).toBeNull();
    const { pageInfo } = (await give(gateway, operator, members, { id: lobbyId, first: 1 })).chatroom.members;
    const calls = await callsOf(gateway, async () => {
      expect(
        (
          await refusal(gateway, operator, members.replace('memberCount', ''), {
            id: absentId,
            after: pageInfo.endCursor,
          })
        ).code,
      ).toBe('BAD_CURSOR');
      for (const first of [0, -1, 101])
        expect(
          await refusal(gateway, operator, members.replace('memberCount', ''), { id: absentId, first }),
        ).toMatchObject({ code: 'BAD_USER_INPUT', input: 'first' });
    });
    expect(calls).toEqual([]);
    const error = await refusal(gateway, operator, members.replace('memberCount', ''), { id: absentId });
    expect(error).toMatchObject({
      operation: at.calls.members,
      ...at.absentMembers,
      app,
      vendor,
      requestId: expect.any(String),
    });
  });

  test('whether somebody is in it is asked by the call for one or for many', async () => {
    const one = await callsOf(gateway, async () => {
      const { chatroom } = await give(
        gateway,
        operator,
        `{ chatroom(id: "${lobbyId}") { member(userId: "${id('bob')}") { id user { id } } } }`,
      );
      expect(chatroom.member).toEqual({ id: `Member:${app}:chatroom:${lobby}:bob`, user: { id: id('bob') } });
    });
    expect(one).toContain(at.calls.member);
    const many = await callsOf(gateway, async () => {
      const asked = ['bob', 'frank', 'nobody'].map((user) => `${user}: member(userId: "${id(user)}") { user { id } }`);
      const { chatroom } = await give(gateway, operator, `{ chatroom(id: "${lobbyId}") { ${asked} } }`);
      expect(chatroom).toEqual({ bob: { user: { id: id('bob') } }, frank: null, nobody: null });
    });
    expect(many).toContain(vendor === 'RONGCLOUD' ? 'rongcloud.chatroom.users.exist' : at.calls.member);
    expect(many.filter((call) => call !== 'easemob.chatroom.admin.list').length).toBe(1);
  });

  test('users are put in and out where the vendor can, and refused elsewhere before anything is sent', async () => {
    const input = (users: readonly string[], spaceId = lobbyId) => ({ input: { spaceId, userIds: users.map(id) } });
    if (!at.adds) {
      const calls = await callsOf(gateway, async () => {
        expect(await refusal(gateway, operator, add, input(['carol']))).toMatchObject({
          code: 'NOT_SUPPORTED',
          app,
          vendor,
          input: 'input.spaceId',
        });
        if (at.calls.remove === null)
          expect(await refusal(gateway, operator, remove, input(['carol']))).toMatchObject({
            code: 'NOT_SUPPORTED',
            app,
            vendor,
            input: 'input.spaceId',
          });
      });
      expect(calls).toEqual([]);
      return;
    }
    const added = async (users: readonly string[]) => {
      let payload: Data;
      const calls = await callsOf(gateway, async () => {
        payload = (await give(gateway, operator, add, input(users))).addMembers;
      });
      expect(payload.results).toEqual(users.map(() => ({ ok: true, error: null })));
      expect(payload.space.members.nodes.map((each: Data) => each.user.id)).toEqual(
        expect.arrayContaining(users.map(id)),
      );
      return calls[0];
    };
    expect(await added(['carol'])).toBe('easemob.chatroom.member.add');
    expect(await added(['carol', 'dave', 'frank'])).toBe('easemob.chatroom.member.addBatch');
    const calls = await callsOf(gateway, () => give(gateway, operator, remove, input(['dave', 'frank'])));
    expect(calls[0]).toBe('easemob.chatroom.member.removeBatch');
    await give(gateway, operator, remove, input(['carol']));
  });

  test('who is put out is out, and who was not in is told of', async () => {
    if (at.calls.remove === null) return;
    const stage = app === 'em-1' ? '9100002' : 'stage';
    const one = { input: { spaceId: `Chatroom:${app}:${stage}`, userIds: [id('carol')] } };
    let payload: Data;
    const calls = await callsOf(gateway, async () => {
      payload = (await give(gateway, operator, remove, one)).removeMembers;
    });
    expect(calls[0]).toBe(at.calls.remove);
    expect(payload.results).toMatchObject([{ target: id('carol'), ok: true, error: null }]);
    expect(payload.space.members.nodes.map((each: Data) => each.user.id)).toEqual([id('bob')]);
    const again = (await give(gateway, operator, remove, one)).removeMembers.results[0];
    expect(again).toMatchObject({
      ok: false,
      error: { code: app === 'zim-eu' ? 'CONFLICT' : 'NOT_FOUND', vendorCode: expect.any(String) },
    });
  });

  test('a refusal of the vendor tells where it came from', async () => {
    await disturb(gateway, slug, [{ endpoints: [at.calls.create], kind: 'unauthorized' }]);
    const error = await refusal(gateway, operator, create, { input: { appId: `App:${app}`, name: 'x' } });
    await disturb(gateway, slug, []);
    expect(error).toMatchObject({
      code: 'VENDOR_MISCONFIGURED',
      app,
      vendor,
      operation: at.calls.create,
      vendorCode: expect.any(String),
      requestId: expect.any(String),
    });
  });

  test('a room is for those in it and the readers; making one is for operators; absent and not yours are alike', async () => {
    const [inside, outside] = [await tokenOf('bob'), await tokenOf('frank')];
    expect((await give(gateway, inside, members, { id: lobbyId })).chatroom.memberCount).toBe(3);
    const [shut, absent] = [
      await refusal(gateway, outside, members, { id: lobbyId }),
      await refusal(gateway, outside, members, { id: absentId }),
    ];
    expect({ ...shut, requestId: '' }).toEqual({ ...absent, requestId: '' });
    expect(shut.code).toBe('FORBIDDEN');
    const calls = await callsOf(gateway, async () => {
      expect((await refusal(gateway, null, members, { id: lobbyId })).code).toBe('UNAUTHENTICATED');
      const input = { appId: `App:${app}`, name: 'x' };
      expect((await refusal(gateway, null, create, { input })).code).toBe('UNAUTHENTICATED');
      expect((await refusal(gateway, inside, create, { input })).code).toBe('FORBIDDEN');
      const elsewhere = await gateway.token({ scopes: ['chat:write'], accounts: { other: 'bob' } });
      expect((await refusal(gateway, elsewhere, create, { input })).code).toBe('FORBIDDEN');
      expect((await refusal(gateway, inside, rooms, { id: `App:${app}` })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
  });
});
