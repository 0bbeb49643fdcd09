import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { callsOf, give, happen } from '../support/answers.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';

/** An app for which the vendor has not opened the presence service. */
const emClosed = variant('easemob', 'em-closed', { appName: 'closed' }, ['presence-closed']);

let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: [...demoApps, emClosed] });
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

const apps = [
  { app: 'zim-eu', slug: 'zim', endpoint: 'zim.user.onlineState.query', calls: 1 },
  { app: 'rc-cn', slug: 'rongcloud', endpoint: 'rongcloud.user.checkOnline', calls: 3 },
  { app: 'em-1', slug: 'easemob', endpoint: 'easemob.user.statusBatch', calls: 1 },
] as const;

describe.each(apps)('$app', ({ app, slug, endpoint, calls }) => {
  const isOnline = async (user: string) =>
    (await give(gateway, alice, `{ user(id: "User:${app}:${user}") { presence { isOnline } } }`)).user.presence
      .isOnline;

  test('who is online is told for many users in as few calls as the vendor allows', async () => {
    const query = `{ ${['bob', 'erin', 'frank'].map((user) => `${user}: user(id: "User:${app}:${user}") { presence { isOnline } }`)} }`;
    let data: unknown;
    const made = await callsOf(gateway, async () => {
      data = await give(gateway, alice, query);
    });
    expect(data).toEqual({
      bob: { presence: { isOnline: true } },
      erin: { presence: { isOnline: true } },
      frank: { presence: { isOnline: false } },
    });
    expect(made).toEqual(Array(calls).fill(endpoint));
  });

  test('a user who comes or goes is online or offline at once', async () => {
    const happens = (type: string) => happen(gateway, slug, { type, user: 'dave', device: 'web_1', app });
    expect(await isOnline('dave')).toBe(false);
    await happens('online');
    expect(await isOnline('dave')).toBe(true);
    await happens('offline');
    expect(await isOnline('dave')).toBe(false);
  });

  test('a user that is not there is offline', async () => {
    expect(await isOnline('nobody')).toBe(false);
  });

  test('what the vendor does not record of a presence is null, the list of devices with NOT_SUPPORTED', async () => {
    const query = `{ user(id: "User:${app}:bob") { presence { isOnline text lastSeenAt devices { device isOnline status } } } }`;
    const { data, errors = [] } = await gateway.query(alice, query);
    const { user } = data;
    const refused = errors.map(({ path, extensions }) => [path?.join('.'), extensions['code']]);
    if (slug !== 'easemob') {
      expect(user.presence).toEqual({ isOnline: true, text: null, lastSeenAt: null, devices: null });
      expect(refused).toEqual([['user.presence.devices', 'NOT_SUPPORTED']]);
      return;
    }
    expect(refused).toEqual([]);
    expect(user.presence).toMatchObject({ isOnline: true, text: null });
    expect(user.presence.devices).toEqual([{ device: 'ios_bob', isOnline: true, status: 1 }]);
    expect(Math.abs(Date.parse(user.presence.lastSeenAt) - Date.now())).toBeLessThan(60_000);
  });

  test('the presence of users of an app that is not the token’s is not told', async () => {
    const stranger = await gateway.token({ accounts: { other: 'alice' } });
    const made = await callsOf(gateway, async () => {
      for (const token of [stranger, null]) {
        const { errors } = await gateway.query(token, `{ user(id: "User:${app}:bob") { presence { isOnline } } }`);
        expect(errors?.[0]?.extensions['code']).toBe(token === null ? 'UNAUTHENTICATED' : 'FORBIDDEN');
      }
    });
    expect(made).toEqual([]);
  });
});

test('one Easemob user takes the call for one, and details the presence service', async () => {
  const one = await callsOf(gateway, () =>
    give(gateway, alice, '{ user(id: "User:em-1:bob") { presence { isOnline } } }'),
  );
  expect(one).toEqual(['easemob.user.status']);
  const query = '{ user(id: "User:em-1:bob") { presence { ...all } } } fragment all on Presence { isOnline text }';
  expect(await callsOf(gateway, () => give(gateway, alice, query))).toEqual(['easemob.presence.get']);
});

test('details fail alone where the vendor has not opened the service for them', async () => {
  const token = await gateway.token({ accounts: { 'em-closed': 'alice' } });
  const query = '{ user(id: "User:em-closed:bob") { name presence { isOnline text } } }';
  const { data, errors } = await gateway.query(token, query);
  expect(data.user).toEqual({ name: 'Bob Brook', presence: null });
  expect(errors?.[0]).toMatchObject({
    path: ['user', 'presence'],
    extensions: {
      code: 'VENDOR_MISCONFIGURED',
      vendorCode: 'service open exception',
      app: 'em-closed',
      vendor: 'EASEMOB',
      operation: 'easemob.presence.get',
      requestId: expect.any(String),
    },
  });
  const plain = await give(gateway, token, '{ user(id: "User:em-closed:bob") { presence { isOnline } } }');
  expect(plain.user.presence.isOnline).toBe(true);
});
