import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { makeLog } from '../../src/server/log.ts';
import { vendors } from '../../src/vendors/index.ts';
import { type Data, disturb, give } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps } from '../support/messages.ts';

const lines: Data[] = [];
const text: string[] = [];
let gateway: TestGateway;
let operator: string;
let started: Data;
beforeAll(async () => {
  const write = (line: string) => {
    text.push(line);
    lines.push(JSON.parse(line));
  };
  gateway = await startGateway({ retell: false, limits: false, log: makeLog('debug', { write }) });
  started = lines.filter(({ msg }) => msg.startsWith('listening'));
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  lines.length = 0;
});
afterAll(() => gateway.stop());

const linesOf = (msg: RegExp) => lines.filter((line) => msg.test(line.msg));
const pathToken = (slug: string) => gateway.emulators.get(slug)?.apps[0]?.callbackUrl?.split('/').at(-1) ?? '';

test('one line at the start says where the server listens, which apps it serves, where they call back and what is on', () => {
  expect(started).toHaveLength(1);
  expect(started[0]).toMatchObject({
    level: 'info',
    address: gateway.url,
    apps: chatApps
      .toSorted((one, other) => one.app.localeCompare(other.app))
      .map(({ app, slug }) => ({
        name: app,
        vendor: slug,
        callbackUrl: `${gateway.url}/callbacks/${app}/<token>`,
      })),
    events: 'memory',
    auth: 'shared key',
    on: { introspection: 'token', landingPage: true, demo: false },
  });
});

test('two lines say that the server stops, with how long it may take, and that it has stopped', async () => {
  const own: Data[] = [];
  const other = await startGateway({
    retell: false,
    log: makeLog('info', { write: (line) => own.push(JSON.parse(line)) }),
  });
  await other.stop();
  expect(own.slice(1)).toMatchObject([
    { level: 'info', msg: 'stopping', drainDelayMs: 0, drainMs: expect.any(Number) },
    { level: 'info', msg: 'stopped' },
  ]);
});

describe.each(chatApps)('credentials that $slug refuses', ({ app, slug }) => {
  const health = async () =>
    (
      await give(gateway, operator, 'query ($id: ID!) { app(id: $id) { health { status errorRate } } }', {
        id: `App:${app}`,
      })
    ).app.health;

  test('are warned of once a minute, and are no good health', async () => {
    expect(await health()).toEqual({ status: 'UP', errorRate: 0 });
    await disturb(gateway, slug, [{ kind: 'unauthorized' }]);
    for (const user of ['bob', 'carol', 'dave'])
      await gateway.query(operator, 'query ($id: ID!) { user(id: $id) { name } }', { id: `User:${app}:${user}` });
    await disturb(gateway, slug, []);
    const warnings = linesOf(/the vendor refuses the app/);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ level: 'warn', app, count: 1, endpoint: expect.stringContaining(slug) });
    expect(await health()).toEqual({ status: 'DEGRADED', errorRate: 1 });
  });
});

describe('the line of a request', () => {
  test('has its own method, path, status, duration, operation and id', async () => {
    const query = 'query WhoAmI { viewer { scopes } }';
    await gateway.query(operator, query, {}, { 'x-request-id': 'my-request' });
    expect(linesOf(/^request$/)).toEqual([
      expect.objectContaining({
        level: 'debug',
        requestId: 'my-request',
        method: 'POST',
        path: '/graphql',
        status: 200,
        durationMs: expect.any(Number),
        operationType: 'query',
        operationName: 'WhoAmI',
      }),
    ]);
    lines.length = 0;
    await fetch(`${gateway.url}/graphql?query={__typename}`, { headers: { 'apollo-require-preflight': '1' } });
    await fetch(`${gateway.url}/livez`);
    await fetch(`${gateway.url}/nowhere`, { method: 'PUT' });
    expect(linesOf(/^request$/)).toMatchObject([
      { method: 'GET', path: '/graphql', status: 200, operationType: 'query', operationName: null },
      { method: 'GET', path: '/livez', status: 200 },
      { method: 'PUT', path: '/nowhere', status: 404 },
    ]);
  });

  test('of a stream of server-sent events has its operation', async () => {
    const reply = await fetch(`${gateway.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${operator}` },
      body: JSON.stringify({ query: 'query OverEvents { viewer { scopes } }' }),
    });
    await reply.text();
    await expect
      .poll(() => linesOf(/^request$/))
      .toMatchObject([
        { method: 'POST', path: '/graphql/stream', status: 200, operationType: 'query', operationName: 'OverEvents' },
      ]);
  });

  test('of an operation over WebSocket has its type and name', async () => {
    const stream = gateway.subscribe(operator, 'subscription Everything { events { id } }');
    await stream.isConnected;
    await expect
      .poll(() => linesOf(/over WebSocket/))
      .toMatchObject([
        { level: 'debug', operationType: 'subscription', operationName: 'Everything', requestId: expect.any(String) },
      ]);
    await stream.close();
  });

  test.each([
    ['the path of its callbacks', (token: string) => `/callbacks/zim-eu/${token}`],
    ['another method', (token: string) => `/callbacks/zim-eu/${token}?a=${token}`],
    ['an unknown app', (token: string) => `/callbacks/${token}/${token}`],
    ['a path that is not served', (token: string) => `/callbacks/zim-eu/${token}/${token}`],
    ['a path that begins elsewhere', (token: string) => `//x/${token}`],
    ['an encoded path', (token: string) => `/callbacks%2Fzim-eu%2F${token}`],
    ['a query', (token: string) => `/livez?${token}`],
  ])('never has the secret of a callback address: %s', async (_, path) => {
    const token = pathToken('zim');
    for (const method of ['POST', 'GET']) await fetch(`${gateway.url}${path(token)}`, { method });
    expect(linesOf(/^request$/)).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain(token);
  });
});

test('no secret of the configuration, and no token, is in any line of this file', () => {
  const secrets = demoApps.flatMap(({ vendor, config }) => {
    const names = vendors.find(({ slug }) => slug === vendor)?.secrets ?? [];
    return names.map((name) => String(config[name] ?? '')).filter((value) => value !== '');
  });
  expect(secrets.length).toBeGreaterThan(2);
  for (const secret of [...secrets, operator, ...chatApps.map(({ slug }) => pathToken(slug))])
    expect(text.join('').includes(secret), secret).toBe(false);
});
