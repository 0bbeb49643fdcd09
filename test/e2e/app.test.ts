import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, isInputObjectType, isInterfaceType, isLeafType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, type Data, give, refusal } from '../support/answers.ts';
import { allApps } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: allApps });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const folder = new URL('../../schema/', import.meta.url);
const schema = buildSchema(
  readdirSync(folder)
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n'),
);

const capabilitiesOf = async (app: string): Promise<Data[]> =>
  (await give(gateway, operator, `{ app(id: "App:${app}") { capabilities { operation batchSize condition } } }`)).app
    .capabilities;

describe('an app', () => {
  test('tells its name, vendor and region in the vendor’s words', async () => {
    const { apps } = await give(gateway, operator, '{ apps { id name vendor region } }');
    expect(apps).toEqual(
      expect.arrayContaining([
        { id: 'App:zim-eu', name: 'zim-eu', vendor: 'ZIM', region: 'fra' },
        { id: 'App:rc-cn', name: 'rc-cn', vendor: 'RONGCLOUD', region: 'cn' },
        { id: 'App:em-1', name: 'em-1', vendor: 'EASEMOB', region: 'Singapore 1' },
      ]),
    );
    expect(apps.map((each: Data) => each.name)).toEqual(allApps.map(({ name }) => name));
  });

  test('gives users, groups and chatrooms by the vendor’s ids without a call', async () => {
    const query =
      '{ app(id: "App:em-1") { user(vendorId: "a:b c") { id vendorId } group(vendorId: "1") { id } chatroom(vendorId: "2") { id } } }';
    const calls = await callsOf(gateway, async () => {
      expect((await give(gateway, operator, query)).app).toEqual({
        user: { id: 'User:em-1:a%3Ab%20c', vendorId: 'a:b c' },
        group: { id: 'Group:em-1:1' },
        chatroom: { id: 'Chatroom:em-1:2' },
      });
    });
    expect(calls).toEqual([]);
    const alice = await gateway.token();
    for (const field of ['group(vendorId: "1") { id }', 'chatroom(vendorId: "2") { id }'])
      expect((await refusal(gateway, alice, `{ app(id: "App:em-1") { ${field} } }`)).code).toBe('FORBIDDEN');
  });

  test('is seen by the tokens that name it, and is not there for others', async () => {
    const rcOnly = await gateway.token({ scopes: ['chat:read'], accounts: { 'rc-cn': 'alice' } });
    expect((await give(gateway, rcOnly, '{ apps { name } }')).apps).toEqual([{ name: 'rc-cn' }]);
    const shut = await refusal(gateway, rcOnly, '{ app(id: "App:em-1") { name } }');
    const absent = await refusal(gateway, rcOnly, '{ app(id: "App:absent") { name } }');
    expect({ ...shut, requestId: '' }).toEqual({ ...absent, requestId: '' });
    expect(shut.code).toBe('FORBIDDEN');
    expect((await refusal(gateway, operator, '{ app(id: "App:absent") { name } }')).code).toBe('FORBIDDEN');
    expect((await refusal(gateway, null, '{ app(id: "App:em-1") { name } }')).code).toBe('UNAUTHENTICATED');
    expect((await refusal(gateway, await gateway.token(), '{ apps { name } }')).code).toBe('FORBIDDEN');
    expect((await refusal(gateway, null, '{ apps { name } }')).code).toBe('UNAUTHENTICATED');
  });

  test('tells how calls go to readers, and its rate limits to admins', async () => {
    await give(gateway, operator, '{ user(id: "User:rc-cn:alice") { name } }');
    const query = '{ app(id: "App:rc-cn") { health { status since errorRate medianLatencyMs } } }';
    const { health } = (await give(gateway, operator, query)).app;
    expect(health).toMatchObject({ status: 'UP', errorRate: 0, medianLatencyMs: expect.any(Number) });
    expect(Math.abs(Date.parse(health.since) - Date.now())).toBeLessThan(120_000);
    const limits = '{ app(id: "App:rc-cn") { rateLimits { name unit waiting windows { seconds limit remaining } } } }';
    const { rateLimits } = (await give(gateway, operator, limits)).app;
    expect(rateLimits.length).toBeGreaterThan(10);
    const used = rateLimits.find((each: Data) => each.name === 'user.profile.batch.query');
    expect(used.windows.some((each: Data) => each.remaining < each.limit)).toBe(true);
    const reader = await gateway.token({ scopes: ['chat:read'] });
    expect((await refusal(gateway, reader, limits)).code).toBe('FORBIDDEN');
    expect((await refusal(gateway, await gateway.token(), query)).code).toBe('FORBIDDEN');
  });
});

describe('capabilities', () => {
  test.each(allApps.map(({ name }) => name))(
    'of %s are coordinates of the schema, once and in the order of the alphabet',
    async (app) => {
      const operations = (await capabilitiesOf(app)).map((each) => each.operation);
      expect(operations).toEqual([...new Set(operations)].toSorted());
      for (const operation of operations) {
        const [typeName = '', field = ''] = operation.split('.');
        const type = schema.getType(typeName);
        const has =
          (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) && field in type.getFields();
        expect([operation, has]).toEqual([operation, true]);
      }
      const asked = operations.slice(0, 5).map((operation, index) => `s${index}: supports(operation: "${operation}")`);
      const answer = await give(
        gateway,
        operator,
        `{ app(id: "App:${app}") { ${asked} no: supports(operation: "Group.sharedFiles") } }`,
      );
      expect(answer.app).toMatchObject({ s0: true, s4: true, no: false });
    },
  );

  test('tell how many items a call takes, and what an operation needs first', async () => {
    expect(await capabilitiesOf('zim-eu')).toEqual(
      expect.arrayContaining([
        { operation: 'User.name', batchSize: 100, condition: null },
        { operation: 'Group.name', batchSize: null, condition: null },
      ]),
    );
    expect(await capabilitiesOf('rc-cn')).toContainEqual({
      operation: 'User.name',
      batchSize: 100,
      condition: 'profile hosting',
    });
    expect(await capabilitiesOf('rc-list')).toContainEqual({
      operation: 'Group.name',
      batchSize: null,
      condition: 'unconfirmed by the vendor',
    });
    const presence = 'The presence service, opened by the vendor.';
    expect(await capabilitiesOf('em-1')).toContainEqual({
      operation: 'Presence.devices',
      batchSize: 100,
      condition: presence,
    });
  });
});

/** A query or mutation of each operation of this part; it may fail otherwise, but NOT_SUPPORTED only where not supported. */
function probesOf(app: string): Record<string, string> {
  const [group, room] = app.startsWith('em') ? ['2784001', '9100001'] : ['team', 'lobby'];
  const ids = {
    user: `User:${app}:bob`,
    group: `Group:${app}:${group}`,
    room: `Chatroom:${app}:${room}`,
    gone: `Group:${app}:4040404`,
  };
  const of = (type: string, id: string, fields: Record<string, string>) =>
    Object.entries(fields).map(([name, selection]) => [
      `${type}.${name.split('(')[0]}`,
      `{ node(id: "${id}") { ... on ${type} { ${name} ${selection} } } }`,
    ]);
  const plain = (names: string) => Object.fromEntries(names.split(' ').map((name) => [name, '']));
  const users = `userIds: ["${ids.user}"]`;
  const changes = {
    registerUsers: `(input: { appId: "App:${app}", users: [{ vendorId: "probe" }] }) { results { ok } }`,
    updateUsers: `(input: { users: [{ id: "${ids.user}", name: "Bob Brook" }] }) { results { ok } }`,
    issueUserToken: `(input: { userId: "${ids.user}" }) { token }`,
    blockUsers: `(input: { ownerId: "User:${app}:erin", ${users} }) { results { ok } }`,
    unblockUsers: `(input: { ownerId: "User:${app}:erin", ${users} }) { results { ok } }`,
    createGroup: `(input: { ownerId: "${ids.user}", name: "Probe" }) { group { id } }`,
    updateGroup: `(input: { groupId: "${ids.group}", name: "The team" }) { group { id } }`,
    addMembers: `(input: { spaceId: "${ids.group}", userIds: ["User:${app}:user33"] }) { results { ok } }`,
    removeMembers: `(input: { spaceId: "${ids.group}", userIds: ["User:${app}:user33"] }) { results { ok } }`,
    createChatroom: `(input: { appId: "App:${app}", name: "Probe" }) { chatroom { id } }`,
    deleteSpace: `(input: { spaceId: "${ids.gone}" }) { deletedSpaceId }`,
  };
  return Object.fromEntries([
    ...of('User', ids.user, {
      ...plain('name avatarUrl'),
      presence: '{ isOnline }',
      blocklist: '{ id }',
      groups: '{ nodes { id } }',
      [`relations(to: ["User:${app}:erin"])`]: '{ isBlocking }',
    }),
    ...of('App', `App:${app}`, { groups: '{ nodes { id } }', chatrooms: '{ nodes { id } }' }),
    ...of('Group', ids.group, {
      ...plain('name avatarUrl description announcement createdAt isSuspended memberCount'),
      owner: '{ id }',
      settings: '{ joinPolicy }',
      attributes: '{ key }',
      members: '{ nodes { id } }',
      [`member(userId: "${ids.user}")`]: '{ id }',
      blocklist: '{ id }',
    }),
    ...of('Chatroom', ids.room, {
      ...plain('name description announcement createdAt maxMembers memberCount'),
      owner: '{ id }',
      expiry: '{ trigger }',
      members: '{ nodes { id } }',
      [`member(userId: "${ids.user}")`]: '{ id }',
      blocklist: '{ id }',
    }),
    ...of('Blocklist', `Blocklist:${app}:user:bob`, {
      blocks: '{ nodes { user { id } } }',
      [`contains(userIds: ["User:${app}:erin"])`]: '',
    }),
    ...Object.entries(changes).map(([name, rest]) => [`Mutation.${name}`, `mutation { ${name}${rest} }`]),
  ]);
}

/** Whether a coordinate is that of a field that gives one text, number or the like. */
function isSingle(coordinate: string): boolean {
  const [typeName = '', field = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  return isObjectType(type) && isLeafType(type.getFields()[field]?.type);
}

describe.each(allApps.map(({ name }) => name))('%s', (app) => {
  test('sends nothing for what is not among its capabilities, and answers NOT_SUPPORTED, to single values null alone', async () => {
    const supported = new Set((await capabilitiesOf(app)).map((each) => each.operation));
    for (const [operation, query] of Object.entries(probesOf(app))) {
      let codes: unknown[] = [];
      const calls = await callsOf(gateway, async () => {
        const { errors = [] } = await gateway.query(operator, query);
        codes = errors.map(({ extensions }) => extensions['code']);
      });
      expect([operation, codes.includes('GRAPHQL_VALIDATION_FAILED')]).toEqual([operation, false]);
      const isRefused = !supported.has(operation) && !isSingle(operation);
      expect([operation, codes.includes('NOT_SUPPORTED')]).toEqual([operation, isRefused]);
      if (!supported.has(operation)) expect([operation, calls]).toEqual([operation, []]);
    }
  });
});
