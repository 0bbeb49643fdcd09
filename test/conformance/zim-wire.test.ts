import { createHash, randomBytes } from 'node:crypto';
import { type Dispatcher, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { communitiesOf } from '../../src/vendors/zim/emulator/community.ts';
import { emulator as zim } from '../../src/vendors/zim/emulator/index.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { readWireFiles, replyPattern, type WireExchange } from '../support/wire-files.ts';

const credentials = {
  appId: '1001',
  serverSecret: 'emulator-server-secret',
  callbackSecret: 'emulator-callback-secret',
};
const clock = new FakeClock(1_700_000_000_000);

/**
 * Signs a target as the catalogue's `auth` says: md5 of AppId, nonce, secret and seconds, joined. A target that brings an
 * AppId of its own is about authentication and stays as it is.
 */
function signed(target: string): string {
  if (target.includes('AppId=')) return target;
  const nonce = randomBytes(8).toString('hex');
  const timestamp = String(Math.floor(clock.now() / 1000));
  const text = credentials.appId + nonce + credentials.serverSecret + timestamp;
  const signature = createHash('md5').update(text).digest('hex');
  return `${target}&AppId=${credentials.appId}&SignatureNonce=${nonce}&Timestamp=${timestamp}&SignatureVersion=2.0&Signature=${signature}`;
}

/** What clients of the SDK have done before each file: there are three communities, walt is online, vera went, bob and carol are in r-7, where bob wrote. */
function seedClients(emulator: Emulator): void {
  const app = emulator.apps[0];
  if (!app) throw new Error('no app');
  const { state } = app;
  for (const id of ['walt', 'vera']) state.connect(state.addUser(id), 'web_1');
  const vera = state.users.get('vera');
  if (vera) state.disconnect(vera, 'web_1');
  state.addUser('bob');
  state.addSpace('chatroom', 'r-7', { name: 'Lobby', owner: 'alice', members: ['bob', 'carol'] });
  const to = { kind: 'chatroom' as const, id: 'r-7' };
  zim.sendAsClient({ from: 'bob', to, content: { kind: 'TEXT', text: 'hello' } }, app);
  for (const [id, name] of [
    ['city', 'City life'],
    ['games', 'Board games'],
    ['garden', 'Garden'],
  ] as const)
    communitiesOf(state).set(id, name);
  // The files register bob themselves.
  state.users.delete('bob');
}

async function send(url: string, exchange: WireExchange) {
  // Unlike `fetch`, this sends a GET with a body too.
  const { statusCode, body } = await request(url + signed(exchange.target), {
    method: exchange.method as Dispatcher.HttpMethod,
    headers: exchange.headers,
    ...(exchange.body ? { body: exchange.body } : {}),
  });
  return { status: statusCode, json: () => body.json() };
}

const exchanges = readWireFiles('zim');

describe.each([...new Set(exchanges.map((each) => each.file))])('%s', (file) => {
  let emulator: Emulator;

  beforeAll(async () => {
    const apps = [{ name: 'main', credentials, switches: ['stored-room-messages'] }];
    emulator = await startEmulator(zim, { apps, clock, limits: false });
    seedClients(emulator);
  });
  afterAll(() => emulator.stop());

  const cases = exchanges.filter((each) => each.file === file).map((each) => [each.title, each] as const);
  it.each(cases)('%s', async (_title, exchange) => {
    const reply = await send(emulator.url, exchange);
    expect(reply.status).toBe(exchange.status);
    expect(await reply.json()).toEqual(replyPattern(exchange.reply, expect.anything()));
  });
});

it('has an exchange for every endpoint that the emulator serves', () => {
  const actions = new Set(exchanges.map((each) => new URLSearchParams(each.target.slice(2)).get('Action')));
  const served = zim.catalogue.endpoints.filter((endpoint) => endpoint.id in zim.handlers);
  const missing = served.filter((each) => !actions.has(new URLSearchParams(each.path.slice(2)).get('Action')));
  expect(missing.map((each) => each.id)).toEqual([]);
  expect(served.length).toBeGreaterThan(40);
});
