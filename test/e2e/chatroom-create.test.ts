import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { callsOf, type Data, give, happen, refusal, walk } from '../support/answers.ts';
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
const rooms = /* GraphQL */ `
  query ($id: ID!, $first: Int, $after: String) {
    app(id: $id) {
      chatrooms(first: $first, after: $after) {
        totalCount nodes { id name description memberCount owner { id } } pageInfo { hasNextPage endCursor }
      }
    }
  }
`;
const make = async (app: string, input: object): Promise<Data> =>
  (await give(gateway, operator, create, { input: { appId: `App:${app}`, name: 'Quiz', ...input } })).createChatroom;

describe('the app’s chatrooms', () => {
  test('are all of them once over all pages, where the vendor lists them', async () => {
    for (let index = 0; index < 5; index += 1) await make('em-1', { name: `Room ${index}` });
    const whole = (await give(gateway, operator, rooms, { id: 'App:em-1', first: 100 })).app.chatrooms;
    expect(whole.nodes.length).toBe(7);
    expect(whole.nodes.map((each: Data) => each.name)).toEqual(expect.arrayContaining(['Lobby', 'Stage', 'Room 4']));
    for (const first of [1, 3, 7]) {
      const list = { query: rooms, variables: { id: 'App:em-1' }, first };
      expect((await walk(gateway, operator, list, (data) => data.app.chatrooms)).nodes).toEqual(whole.nodes);
    }
    const { pageInfo } = (await give(gateway, operator, rooms, { id: 'App:em-1', first: 2 })).app.chatrooms;
    const groups = 'query ($after: String) { app(id: "App:em-1") { groups(after: $after) { nodes { id } } } }';
    const calls = await callsOf(gateway, async () => {
      expect((await refusal(gateway, operator, groups, { after: pageInfo.endCursor })).code).toBe('BAD_CURSOR');
      for (const first of [0, -1, 101]) {
        const error = await refusal(gateway, operator, rooms, { id: 'App:em-1', first });
        expect(error).toMatchObject({ code: 'BAD_USER_INPUT', input: 'first' });
      }
    });
    expect(calls).toEqual([]);
  });

  test.each(['zim-eu', 'rc-cn', 'rc-list'])('are NOT_SUPPORTED at %s, and nothing is sent', async (app) => {
    const calls = await callsOf(gateway, async () => {
      const error = await refusal(gateway, operator, rooms, { id: `App:${app}` });
      expect(error).toMatchObject({ code: 'NOT_SUPPORTED', app, operation: 'App.chatrooms' });
    });
    expect(calls).toEqual([]);
  });
});

test('an Easemob room has its owner, text, ceiling and first members from the start', async () => {
  const ids = ['bob', 'carol', 'dave'].map((user) => `User:em-1:${user}`);
  const input = { ownerId: ids[0], memberIds: ids, maxMembers: 5, description: 'Every Friday' };
  const { results, chatroom } = await make('em-1', input);
  expect(results).toEqual(ids.map((target) => ({ target, ok: true, error: null })));
  const query = `{ chatroom(id: "${chatroom.id}") { name description announcement owner { id } maxMembers memberCount members(first: 10) { nodes { user { id } role } } } }`;
  const { chatroom: room } = await give(gateway, operator, query);
  expect(room).toMatchObject({
    name: 'Quiz',
    description: 'Every Friday',
    announcement: null,
    owner: { id: ids[0] },
    maxMembers: 5,
    memberCount: 3,
  });
  expect(room.members.nodes.map((each: Data) => [each.user.id, each.role]).toSorted()).toEqual([
    [ids[0], 'OWNER'],
    [ids[1], 'MEMBER'],
    [ids[2], 'MEMBER'],
  ]);
  const users = Array.from({ length: 3 }, (_, index) => `User:em-1:user${index + 1}`);
  const add =
    'mutation ($input: AddMembersInput!) { addMembers(input: $input) { results { error { code vendorCode } } } }';
  const { addMembers } = await give(gateway, operator, add, { input: { spaceId: chatroom.id, userIds: users } });
  expect(addMembers.results).toEqual(
    users.map(() => ({ error: { code: 'LIMIT_REACHED', vendorCode: 'exceed_limit' } })),
  );
  const stranger = { appId: 'App:em-1', name: 'x', ownerId: 'User:em-1:nobody' };
  expect(await refusal(gateway, operator, create, { input: stranger })).toMatchObject({
    code: 'NOT_FOUND',
    vendorCode: 'resource_not_found',
    operation: 'easemob.chatroom.create',
  });
});

test('an Easemob room without an owner belongs to the system user', async () => {
  const { chatroom } = await make('em-1', {});
  const { chatroom: room } = await give(gateway, operator, `{ chatroom(id: "${chatroom.id}") { owner { id name } } }`);
  expect(room.owner).toEqual({ id: 'User:em-1:admin', name: 'Administrator' });
});

test('a ZIM room has an owner, attributes and an end when nobody is in it; a taken id is a CONFLICT', async () => {
  const input = {
    vendorId: 'quiz',
    ownerId: 'User:zim-eu:bob',
    attributes: [{ key: 'round', value: '1' }],
    expiry: { trigger: 'IDLE', afterSeconds: 600 },
  };
  const { chatroom } = await make('zim-eu', input);
  expect(chatroom.id).toBe('Chatroom:zim-eu:quiz');
  const query = `{ chatroom(id: "${chatroom.id}") { memberCount members { totalCount nodes { id } } } }`;
  expect((await give(gateway, operator, query)).chatroom).toEqual({
    memberCount: 0,
    members: { totalCount: 0, nodes: [] },
  });
  expect((await give(gateway, operator, query.replace(/members \{.*\} \} \}/, '} }'))).chatroom).toEqual({
    memberCount: 0,
  });
  const taken = await refusal(gateway, operator, create, {
    input: { appId: 'App:zim-eu', name: 'x', vendorId: 'quiz' },
  });
  expect(taken).toMatchObject({
    code: 'CONFLICT',
    vendorCode: '660300014',
    app: 'zim-eu',
    operation: 'zim.room.create',
  });
  await happen(gateway, 'zim', { type: 'join', app: 'zim-eu', user: 'bob', space: { kind: 'chatroom', id: 'quiz' } });
  expect((await give(gateway, operator, query)).chatroom.memberCount).toBe(1);
});

test('a RongCloud room takes attributes, an end, and who may speak while all are muted', async () => {
  const { chatroom } = await make('rc-cn', {
    vendorId: 'debate',
    attributes: [{ key: 'topic', value: 'tea' }],
    expiry: { trigger: 'SET', afterSeconds: 3601 },
    isMuted: true,
    speakerIds: ['User:rc-cn:bob'],
  });
  const query = `{ chatroom(id: "${chatroom.id}") { expiry { trigger afterSeconds } memberCount } }`;
  expect((await give(gateway, operator, query)).chatroom).toEqual({
    expiry: { trigger: 'SET', afterSeconds: 61 * 60 },
    memberCount: 0,
  });
});

test.each([
  ['rc-cn', { expiry: { trigger: 'SET', afterSeconds: 60 } }, 'BAD_USER_INPUT', 'input.expiry.afterSeconds'],
  ['rc-cn', { expiry: { trigger: 'SET', afterSeconds: 604_801 } }, 'BAD_USER_INPUT', 'input.expiry.afterSeconds'],
  ['rc-cn', { expiry: { trigger: 'IDLE', afterSeconds: 60 } }, 'NOT_SUPPORTED', 'input.expiry.afterSeconds'],
  ['zim-eu', { expiry: { trigger: 'SET' } }, 'NOT_SUPPORTED', 'input.expiry.trigger'],
  ['rc-cn', { speakerIds: Array(21).fill('User:rc-cn:bob') }, 'BAD_USER_INPUT', 'input.speakerIds'],
  ['em-1', { memberIds: Array(101).fill('User:em-1:bob') }, 'BAD_USER_INPUT', 'input.memberIds'],
  ['em-1', { memberIds: ['User:zim-eu:bob'] }, 'BAD_USER_INPUT', 'input.memberIds'],
  ['zim-eu', { ownerId: 'User:em-1:bob' }, 'BAD_USER_INPUT', 'input.ownerId'],
  ['zim-eu', { appId: 'User:zim-eu:bob' }, 'BAD_USER_INPUT', 'input.appId'],
] as const)('at %s %o is %s, and nothing is sent', async (app, choice, code, input) => {
  const calls = await callsOf(gateway, async () => {
    const error = await refusal(gateway, operator, create, { input: { appId: `App:${app}`, name: 'x', ...choice } });
    expect(error).toMatchObject({ code, input });
  });
  expect(calls).toEqual([]);
});

test('the names of many RongCloud rooms cost one call by the older paths, and a room unknown there is asked for by itself', async () => {
  const { chatroom } = await make('rc-list', { name: 'Named' });
  const query = (ids: readonly string[]) =>
    `{ ${ids.map((id, index) => `r${index}: chatroom(id: "${id}") { name }`)} }`;
  const calls = await callsOf(gateway, async () => {
    const data = await give(
      gateway,
      operator,
      query([chatroom.id, 'Chatroom:rc-list:lobby', 'Chatroom:rc-list:stage']),
    );
    expect(data).toEqual({ r0: { name: 'Named' }, r1: { name: 'Lobby' }, r2: { name: 'Stage' } });
  });
  expect(calls).toEqual(['rongcloud.chatroom.query.legacy']);
  const { data, errors } = await gateway.query(operator, query([chatroom.id, 'Chatroom:rc-list:absent']));
  expect(data).toEqual({ r0: { name: 'Named' }, r1: { name: null } });
  expect(errors).toMatchObject([
    { path: ['r1', 'name'], extensions: { operation: 'rongcloud.chatroom.info', vendorCode: '1002', app: 'rc-list' } },
  ]);
});

test('how many are in a RongCloud room is asked by the path of the Chinese list, and by the current one where that does not tell', async () => {
  const calls = await callsOf(gateway, async () => {
    const { chatroom } = await give(gateway, operator, '{ chatroom(id: "Chatroom:rc-list:lobby") { memberCount } }');
    expect(chatroom).toEqual({ memberCount: 3 });
  });
  expect(calls).toEqual(['rongcloud.chatroom.info', 'rongcloud.chatroom.get']);
  expect(await refusal(gateway, operator, '{ chatroom(id: "Chatroom:rc-list:absent") { memberCount } }')).toMatchObject(
    {
      code: 'NOT_FOUND',
      vendorCode: '23410',
      operation: 'rongcloud.chatroom.get',
    },
  );
});
