import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { callsOf, disturb, give, refusal } from '../support/answers.ts';
import { rcPlain } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: [...demoApps, rcPlain] });
  operator = await gateway.operator();
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

const register = /* GraphQL */ `
  mutation ($app: ID!, $users: [NewUserInput!]!) {
    registerUsers(input: { appId: $app, users: $users }) {
      results { target ok error { code message vendorCode retryAfterMs } node { ... on User { id name avatarUrl vendorId } } }
    }
  }
`;
const update = /* GraphQL */ `
  mutation ($users: [UserUpdateInput!]!) {
    updateUsers(input: { users: $users }) {
      results { target ok error { code vendorCode } node { ... on User { id name avatarUrl } } }
    }
  }
`;
const issue = /* GraphQL */ `
  mutation ($user: ID, $ttl: Int, $password: String) {
    issueUserToken(input: { userId: $user, ttlSeconds: $ttl, password: $password }) { token expiresAt user { id name } }
  }
`;
const profile = 'query ($id: ID!) { user(id: $id) { id vendorId name avatarUrl createdAt app { name } } }';

const picture = (id: string) => `https://img.example/${id}.png`;

const apps = [
  {
    app: 'zim-eu',
    vendor: 'ZIM',
    registers: 'zim.user.register',
    reads: ['zim.user.info.query'],
    isRegisteredTwice: { code: 'CONFLICT', vendorCode: '660700002' },
    unknownName: { code: 'NOT_FOUND', vendorCode: '660700015' },
    unknownUpdate: { code: 'NOT_FOUND', vendorCode: '660700012' },
    clears: true,
    hasCreatedAt: false,
  },
  {
    app: 'rc-cn',
    vendor: 'RONGCLOUD',
    registers: 'rongcloud.user.register',
    reads: ['rongcloud.user.profile.batch.query'],
    isRegisteredTwice: { code: 'CONFLICT', vendorCode: null },
    unknownName: { code: 'NOT_FOUND', vendorCode: '400' },
    unknownUpdate: { code: 'NOT_FOUND', vendorCode: '400' },
    clears: false,
    hasCreatedAt: true,
  },
  {
    app: 'rc-plain',
    vendor: 'RONGCLOUD',
    registers: 'rongcloud.user.register',
    reads: ['rongcloud.user.info', 'rongcloud.user.info', 'rongcloud.user.info'],
    isRegisteredTwice: { code: 'CONFLICT', vendorCode: null },
    unknownName: { code: 'NOT_FOUND', vendorCode: '400' },
    unknownUpdate: { code: 'NOT_FOUND', vendorCode: '400' },
    clears: false,
    hasCreatedAt: true,
  },
  {
    app: 'em-1',
    vendor: 'EASEMOB',
    registers: 'easemob.user.registerBatch',
    reads: ['easemob.metadata.user.batchGet'],
    isRegisteredTwice: { code: 'CONFLICT', vendorCode: null },
    unknownName: null,
    // The vendor keeps attributes for any id (easemob.metadata.user.set).
    unknownUpdate: null,
    clears: true,
    hasCreatedAt: true,
  },
] as const;

describe.each(apps)('$app', ({ app, vendor, ...at }) => {
  const id = (user: string) => `User:${app}:${user}`;
  const read = (user: string) => give(gateway, alice, profile, { id: id(user) }).then((data) => data.user);

  test('users are registered with name and picture, and are there afterwards', async () => {
    const users = [
      { vendorId: 'gina', name: 'Gina Glen', avatarUrl: picture('gina') },
      { vendorId: 'hugo', name: 'Hugo Hill' },
      { vendorId: 'ines' },
    ];
    let data: { registerUsers: { results: { node: { id: string } }[] } } | undefined;
    const calls = await callsOf(gateway, async () => {
      data = await give(gateway, operator, register, { app: `App:${app}`, users });
    });
    expect(calls).toContain(at.registers);
    expect(data?.registerUsers.results).toMatchObject(
      users.map((user) => ({ target: user.vendorId, ok: true, error: null, node: { id: id(user.vendorId) } })),
    );
    expect(await read('gina')).toMatchObject({
      id: id('gina'),
      vendorId: 'gina',
      name: 'Gina Glen',
      avatarUrl: picture('gina'),
      app: { name: app },
    });
    expect(await read('hugo')).toMatchObject({ name: 'Hugo Hill', avatarUrl: null });
    // RongCloud wants a name; the id stands in for one.
    expect((await read('ines')).name).toBe(vendor === 'RONGCLOUD' ? 'ines' : null);
  });

  test('one user that cannot be registered does not keep the others back', async () => {
    const bad = 'a,b/é'.repeat(10);
    const users = [
      { vendorId: 'alice', name: 'Alice Arden', avatarUrl: picture('alice') },
      { vendorId: bad },
      { vendorId: 'jane' },
    ];
    const { registerUsers } = await give(gateway, operator, register, { app: `App:${app}`, users });
    expect(registerUsers.results).toMatchObject([
      { target: 'alice', ok: false, error: at.isRegisteredTwice },
      { target: bad, ok: false, node: null, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
      { target: 'jane', ok: true, error: null },
    ]);
    expect(await read('alice')).toMatchObject({ name: 'Alice Arden' });
  });

  test('a refusal of the whole registration tells code, app, vendor and operation', async () => {
    await disturb(gateway, vendor.toLowerCase(), [{ endpoints: [at.registers], kind: 'unauthorized' }]);
    const error = await refusal(gateway, operator, register, { app: `App:${app}`, users: [{ vendorId: 'kurt' }] });
    await disturb(gateway, vendor.toLowerCase(), []);
    expect(error).toMatchObject({
      code: 'VENDOR_MISCONFIGURED',
      vendorCode: expect.any(String),
      app,
      vendor,
      operation: at.registers,
      requestId: expect.any(String),
      path: ['registerUsers'],
    });
    expect(await callsOf(gateway, () => read('alice'))).not.toEqual([]);
  });

  test.each([0, 101])('%i users are refused before anything is sent', async (count) => {
    const users = Array.from({ length: count }, (_, index) => ({ vendorId: `many${index}`, id: undefined }));
    const updates = Array.from({ length: count }, (_, index) => ({ id: id(`many${index}`), name: 'x' }));
    const calls = await callsOf(gateway, async () => {
      expect(await refusal(gateway, operator, register, { app: `App:${app}`, users })).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: 'input.users',
      });
      expect(await refusal(gateway, operator, update, { users: updates })).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: 'input.users',
      });
    });
    expect(calls).toEqual([]);
  });

  test('names of several users are read in as few calls as the vendor allows', async () => {
    const query = `{ ${['bob', 'carol', 'dave'].map((user) => `${user}: user(id: "${id(user)}") { name avatarUrl }`)} }`;
    let data: unknown;
    const calls = await callsOf(gateway, async () => {
      data = await give(gateway, alice, query);
    });
    expect(data).toMatchObject({ bob: { name: 'Bob Brook', avatarUrl: picture('bob') }, dave: { name: 'Dave Dale' } });
    expect(calls).toEqual(at.reads);
  });

  test('when a user was registered is told where the vendor keeps it, and null where not', async () => {
    const { createdAt } = await read('bob');
    if (at.hasCreatedAt) expect(Math.abs(Date.now() - Date.parse(createdAt))).toBeLessThan(120_000);
    else expect(createdAt).toBeNull();
    const calls = await callsOf(gateway, () => give(gateway, alice, `{ user(id: "${id('bob')}") { createdAt } }`));
    expect(calls.length).toBe(at.hasCreatedAt ? 1 : 0);
  });

  test('the profile of a user that is not there', async () => {
    const query = `{ user(id: "${id('nobody')}") { id name } }`;
    const { data, errors } = await gateway.query(alice, query);
    expect(data.user).toEqual({ id: id('nobody'), name: null });
    if (at.unknownName === null) expect(errors).toBeUndefined();
    else expect(errors?.[0]).toMatchObject({ path: ['user', 'name'], extensions: { ...at.unknownName, app, vendor } });
  });

  test('a viewer changes its own profile, and only that', async () => {
    const erin = await gateway.token({ subject: 'erin', accounts: { [app]: 'erin' } });
    const first = await give(gateway, erin, update, { users: [{ name: 'Erin Elder' }] });
    expect(first.updateUsers.results).toEqual([
      {
        target: id('erin'),
        ok: true,
        error: null,
        node: { id: id('erin'), name: 'Erin Elder', avatarUrl: picture('erin') },
      },
    ]);
    await give(gateway, erin, update, { users: [{ id: id('erin'), avatarUrl: picture('new') }] });
    expect(await read('erin')).toMatchObject({ name: 'Erin Elder', avatarUrl: picture('new') });
    const calls = await callsOf(gateway, async () => {
      for (const other of [id('bob'), id('nobody')])
        expect((await refusal(gateway, erin, update, { users: [{}, { id: other, name: 'x' }] })).code).toBe(
          'FORBIDDEN',
        );
    });
    expect(calls).toEqual([]);
  });

  test('null clears a name and picture, where the vendor can', async () => {
    const users = [{ id: id('user1'), name: null, avatarUrl: null }];
    if (at.clears) {
      await give(gateway, operator, update, { users });
      expect(await read('user1')).toMatchObject({ name: null, avatarUrl: null });
      return;
    }
    const calls = await callsOf(gateway, async () => {
      expect(await refusal(gateway, operator, update, { users })).toMatchObject({
        code: 'NOT_SUPPORTED',
        input: 'input.users[0].name',
        app,
        vendor,
      });
    });
    expect(calls).toEqual([]);
    expect(await read('user1')).toMatchObject({ name: 'User 1', avatarUrl: picture('user1') });
  });

  test('one user that cannot be changed does not keep the others back', async () => {
    const users = [
      { id: id('nobody'), name: 'Nobody' },
      { id: id('user2'), name: 'Second' },
    ];
    const { updateUsers } = await give(gateway, operator, update, { users });
    expect(updateUsers.results).toMatchObject([
      { target: id('nobody'), ok: at.unknownUpdate === null, error: at.unknownUpdate },
      { target: id('user2'), ok: true, error: null, node: { name: 'Second' } },
    ]);
    expect((await read('user2')).name).toBe('Second');
  });

  test('a token for a user’s client leaves the user’s profile as it is; a viewer gets its own only', async () => {
    const before = await read('alice');
    // Not every vendor sets an end to its tokens, without which a viewer gets none.
    const viewer = await gateway.token({ accounts: { [app]: 'alice' }, scopes: ['chat:read'] });
    const holder = await gateway.token({ accounts: { [app]: 'alice' }, scopes: ['chat:admin'] });
    const { issueUserToken: issued } = await give(gateway, holder, issue);
    expect(issued.user).toEqual({ id: id('alice'), name: 'Alice Arden' });
    expect(issued.token.length).toBeGreaterThan(20);
    expect(await read('alice')).toEqual(before);
    const other = await refusal(gateway, viewer, issue, { user: id('bob') });
    expect(other.code).toBe('FORBIDDEN');
  });

  test.each([0, -1, 10 * 365 * 24 * 3600 + 1])(
    'a token of %i seconds is refused before anything is sent',
    async (ttl) => {
      const calls = await callsOf(gateway, async () => {
        const error = await refusal(gateway, operator, issue, { user: id('bob'), ttl });
        expect(error).toMatchObject({ input: 'input.ttlSeconds' });
        expect(error.code).toBe(vendor === 'RONGCLOUD' ? 'NOT_SUPPORTED' : 'BAD_USER_INPUT');
      });
      expect(calls).toEqual([]);
    },
  );

  test('who may register and change users is told apart alike for every reason', async () => {
    const elsewhere = await gateway.token({ scopes: ['chat:write'], accounts: { other: 'alice' } });
    const users = [{ vendorId: 'mallory' }];
    const calls = await callsOf(gateway, async () => {
      const anonymous = await refusal(gateway, null, register, { app: `App:${app}`, users });
      expect(anonymous.code).toBe('UNAUTHENTICATED');
      expect((await refusal(gateway, null, issue, {})).code).toBe('UNAUTHENTICATED');
      expect((await refusal(gateway, null, profile, { id: id('bob') })).code).toBe('UNAUTHENTICATED');
      expect((await refusal(gateway, alice, register, { app: `App:${app}`, users })).code).toBe('FORBIDDEN');
      const shut = await refusal(gateway, elsewhere, register, { app: `App:${app}`, users });
      const absent = await refusal(gateway, elsewhere, register, { app: 'App:absent', users });
      expect(shut).toEqual({ ...absent, requestId: shut['requestId'] });
      expect(shut.code).toBe('FORBIDDEN');
      expect((await refusal(gateway, elsewhere, profile, { id: id('alice') })).code).toBe('FORBIDDEN');
      expect((await refusal(gateway, elsewhere, update, { users: [{ id: id('alice'), name: 'x' }] })).code).toBe(
        'FORBIDDEN',
      );
    });
    expect(calls).toEqual([]);
  });
});

test('a password is taken where users log in with one, and refused elsewhere before anything is sent', async () => {
  const users = [{ vendorId: 'paula', password: 'a secret of paula' }];
  await give(gateway, operator, register, { app: 'App:em-1', users });
  const user = 'User:em-1:paula';
  const { issueUserToken } = await give(gateway, operator, issue, { user, password: 'a secret of paula', ttl: 600 });
  expect(Math.abs(Date.parse(issueUserToken.expiresAt) - Date.now() - 600_000)).toBeLessThan(10_000);
  expect(await refusal(gateway, operator, issue, { user, password: 'another' })).toMatchObject({
    code: 'FORBIDDEN',
    vendorCode: 'invalid_grant',
    app: 'em-1',
    vendor: 'EASEMOB',
    operation: 'easemob.token.user.password',
  });
  for (const [app, other] of [
    ['zim-eu', 'ZIM'],
    ['rc-cn', 'RONGCLOUD'],
  ] as const) {
    const calls = await callsOf(gateway, async () => {
      const error = await refusal(gateway, operator, register, {
        app: `App:${app}`,
        users: [{ vendorId: 'q' }, ...users],
      });
      expect(error).toMatchObject({ code: 'NOT_SUPPORTED', input: 'input.users[1].password', app, vendor: other });
      const input = { user: `User:${app}:bob`, password: 'x' };
      expect(await refusal(gateway, operator, issue, input)).toMatchObject({
        code: 'NOT_SUPPORTED',
        input: 'input.password',
      });
    });
    expect(calls).toEqual([]);
  }
});

test('a token for a user that is not there is NOT_FOUND where the vendor makes it', async () => {
  expect(await refusal(gateway, operator, issue, { user: 'User:em-1:nobody' })).toMatchObject({
    code: 'NOT_FOUND',
    operation: 'easemob.token.user.inherit',
  });
});

test('a token made here says until when it is good', async () => {
  const { issueUserToken } = await give(gateway, operator, issue, { user: 'User:zim-eu:bob', ttl: 600 });
  expect(Math.abs(Date.parse(issueUserToken.expiresAt) - Date.now() - 600_000)).toBeLessThan(10_000);
  expect(issueUserToken.token).toMatch(/^04/);
});

test('changes of users of two apps at once are refused', async () => {
  const users = [
    { id: 'User:zim-eu:bob', name: 'x' },
    { id: 'User:em-1:bob', name: 'x' },
  ];
  const calls = await callsOf(gateway, async () => {
    const error = await refusal(gateway, operator, update, { users });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.users[1].id' });
  });
  expect(calls).toEqual([]);
});

test('the viewer is told its accounts and scopes, and no account of an app that is not its own', async () => {
  const token = await gateway.token({ scopes: ['chat:read'], accounts: { 'rc-cn': 'bob', 'em-1': 'bob' } });
  const query = /* GraphQL */ `
    query ($mine: ID, $others: ID) {
      viewer { scopes accounts { id name } first: account { id } mine: account(appId: $mine) { id } others: account(appId: $others) { id } }
    }
  `;
  const { viewer } = await give(gateway, token, query, { mine: 'App:em-1', others: 'App:zim-eu' });
  expect(viewer).toEqual({
    scopes: ['chat:read'],
    accounts: [
      { id: 'User:rc-cn:bob', name: 'Bob Brook' },
      { id: 'User:em-1:bob', name: 'Bob Brook' },
    ],
    first: { id: 'User:rc-cn:bob' },
    mine: { id: 'User:em-1:bob' },
    others: null,
  });
  expect((await refusal(gateway, null, query)).code).toBe('UNAUTHENTICATED');
  const { viewer: nobody } = await give(gateway, operator, '{ viewer { accounts { id } account { id } } }');
  expect(nobody).toEqual({ accounts: [], account: null });
});
