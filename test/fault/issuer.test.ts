import { createClient } from 'graphql-ws';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type RunningApp, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { demoApps } from '../../src/demo.ts';
import { vendors } from '../../src/vendors/index.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type IssuerKey, KeyServer, makeKey, signWith } from '../support/key-server.ts';
import { SseClient } from '../support/sse-client.ts';
import { connectWs, WsClient } from '../support/ws-client.ts';

/** A whole server whose tokens are of an issuer that can be put out of reach. */

const minute = 60_000;
const clock = new FakeClock(Date.now());
const logged: string[] = [];

let key: IssuerKey;
let issuer: KeyServer;
let running: RunningApp;
beforeAll(async () => {
  key = await makeKey('k1');
  issuer = new KeyServer([key]);
  const settings = readConfig({ env: { PORT: '0' }, argv: [], vendors: [] });
  const apps = Object.fromEntries(
    demoApps.map(({ name, vendor, config }) => {
      const parsed = vendors.find(({ slug }) => slug === vendor)?.config.parse(config);
      return [name, { vendor, config: parsed, baseUrls: ['http://127.0.0.1:9'] }];
    }),
  );
  issuer.mood = 'fails';
  const auth = { ...settings.auth, jwksUrl: await issuer.start(), staleKeysSeconds: 3600 };
  running = await startApp({
    config: { ...settings, auth, apps },
    clock,
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
  });
});
afterAll(async () => {
  issuer.stop();
  await running.stop();
});

const token = () => signWith(key, clock.now());
const ask = async (bearer: string, path = '/graphql') => {
  const reply = await fetch(`${running.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query: '{ viewer { accounts { id } } }' }),
  });
  return { status: reply.status, retryAfter: reply.headers.get('retry-after'), body: await reply.json() };
};
const linesOfKeys = () =>
  logged.map((line) => JSON.parse(line)).filter(({ msg }) => String(msg).includes('key set of the token issuer'));

test('without any key, tokens are answered 503 with the time of another try, and what needs no token is served', async () => {
  const { status, retryAfter, body } = await ask(await token());
  expect([status, retryAfter]).toEqual([503, '5']);
  expect(body.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', retryAfterMs: 5000 } }]);
  const stream = new SseClient(running.url, { query: 'subscription { viewerEvents { id } }', token: await token() });
  await expect.poll(() => stream.status).toBe(503);
  expect(stream.head).toMatch(/retry-after: 5/i);
  const metrics = await fetch(`${running.url}/metrics`, { headers: { authorization: `Bearer ${await token()}` } });
  expect(metrics.status).toBe(503);
  expect((await fetch(`${running.url}/livez`)).status).toBe(200);
  expect(linesOfKeys()).toMatchObject([{ level: 50, reason: 'the answer has status 500' }]);
});

test('a socket is closed with 1013, and a client of graphql-ws is served as soon as the keys are there', async () => {
  const plain = new WsClient(running.url);
  await plain.opened;
  plain.send({ type: 'connection_init', payload: { authorization: await token() } });
  expect((await plain.closed).code).toBe(1013);

  let refusals = 0;
  const client = createClient({
    url: `${running.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: async () => ({ authorization: await token() }),
    retryWait: async () => {
      refusals += 1;
      issuer.mood = 'serves';
      await clock.advance(6000);
    },
  });
  const results = client.iterate({ query: '{ viewer { accounts { id } } }' });
  const { value } = await results.next();
  expect(value).toEqual({ data: { viewer: { accounts: [{ id: 'User:zim-eu:bob' }] } } });
  expect(refusals).toBeGreaterThan(0);
  await client.dispose();
  expect(linesOfKeys()).toMatchObject([{ level: 50 }, { level: 30 }]);
});

test('known keys go on being used for the configured time, with one line in the log when it begins and when it is over', async () => {
  expect((await ask(await token())).status).toBe(200);
  issuer.mood = 'refuses';
  for (let turn = 0; turn < 5; turn += 1) {
    await clock.advance(11 * minute);
    expect((await ask(await token())).status).toBe(200);
  }
  await clock.advance(20 * minute);
  expect((await ask(await token())).status).toBe(503);
  issuer.mood = 'serves';
  await clock.advance(minute);
  expect((await ask(await token())).status).toBe(200);
  expect(linesOfKeys().map(({ level }) => level)).toEqual([50, 30, 40, 50, 30]);
});

test('a socket that is open stays open while the issuer is out of reach', async () => {
  const client = await connectWs(running.url, { token: await token() });
  issuer.mood = 'refuses';
  await clock.advance(11 * minute);
  client.subscribe('1', '{ viewer { accounts { id } } }');
  expect(await client.hears('next', '1')).toMatchObject({
    payload: { data: { viewer: { accounts: [{ id: 'User:zim-eu:bob' }] } } },
  });
  client.socket.close();
  issuer.mood = 'serves';
});
