import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { emulator as vendor } from '../../src/vendors/easemob/emulator/index.ts';
import { befriend } from '../../src/vendors/easemob/emulator/relation.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { readWireFiles, replyPattern, type WireExchange } from '../support/wire-files.ts';

const credentials = {
  orgName: 'org',
  appName: 'app',
  clientId: 'ID',
  clientSecret: 'SECRET',
  callbackSecret: 'callback-secret',
};
const group = '66016455491585';
const chatroom = '66213271109633';

/**
 * What each file begins with: users u1 to u6 (u1 on line, a friend of u5 and u6), a group and a room of u1 with u2 as member, and three messages
 * from u1 to u2, the last of them ten minutes old.
 */
function seed(emulator: Emulator): void {
  const state = emulator.apps[0]?.state;
  if (!state) throw new Error('no app');
  for (let number = 1; number <= 6; number += 1) state.addUser(`u${number}`, { password: `p${number}` });
  const first = state.users.get('u1');
  if (first) state.connect(first, 'ios_1');
  befriend(state, 'u1', 'u5');
  befriend(state, 'u1', 'u6');
  const shared = { owner: 'u1', members: ['u1', 'u2'] };
  state.addSpace('group', group, { ...shared, name: 'g', maxMembers: 200, extra: new Map([['public', true]]) });
  state.addSpace('chatroom', chatroom, { ...shared, name: 'r', maxMembers: 1000 });
  for (const [id, ageMs] of [
    ['1029457500870543736', 0],
    ['1029457500870543737', 0],
    ['1029457500870543700', 600_000],
  ] as const) {
    const message = {
      kind: 'direct',
      from: 'u1',
      to: 'u2',
      type: 'txt',
      body: { msg: 'hi' },
      source: 'server',
    } as const;
    state.keep({ ...message, sentAt: state.now() - ageMs }, () => id);
  }
}

/** As the catalogue's `auth` says: the app token is fetched once and sent as `Authorization: Bearer <token>`. */
async function fetchAppToken(url: string): Promise<string> {
  const { clientId: client_id, clientSecret: client_secret } = credentials;
  const response = await fetch(`${url}/org/app/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credentials', client_id, client_secret }),
  });
  const body: unknown = await response.json();
  const token = typeof body === 'object' && body !== null && 'access_token' in body ? body.access_token : undefined;
  if (typeof token !== 'string') throw new Error(`no token: ${JSON.stringify(body)}`);
  return token;
}

/** An exchange that brings an Authorization header is about tokens and keeps it; an empty one means none is sent. */
function headersOf({ headers }: WireExchange, token: string): Headers {
  const all = new Headers({ authorization: `Bearer ${token}`, ...lowerCased(headers) });
  if (all.get('authorization') === '') all.delete('authorization');
  return all;
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

const exchanges = readWireFiles('easemob');

describe.each([...new Set(exchanges.map((exchange) => exchange.file))])('%s', (file) => {
  let emulator: Emulator;
  let token: string;
  beforeAll(async () => {
    emulator = await startEmulator(vendor, {
      apps: [{ name: 'wire', credentials }],
      clock: new FakeClock(),
      limits: false,
    });
    seed(emulator);
    token = await fetchAppToken(emulator.url);
  });
  afterAll(() => emulator.stop());

  const cases = exchanges.filter((exchange) => exchange.file === file);
  test.each(cases.map((exchange): [string, WireExchange] => [exchange.title, exchange]))('%s', async (_, exchange) => {
    const response = await fetch(emulator.url + exchange.target, {
      method: exchange.method,
      headers: headersOf(exchange, token),
      ...(exchange.body && { body: exchange.body }),
    });
    const body: unknown = await response.json();
    expect({ status: response.status, body }).toEqual({
      status: exchange.status,
      body: replyPattern(exchange.reply, expect.anything()),
    });
  });
});

test('every endpoint that the emulator serves has a success that our client is checked against', () => {
  const shown = new Set(exchanges.flatMap((exchange) => exchange.client?.endpoint ?? []));
  expect(Object.keys(vendor.handlers).filter((id) => !shown.has(id))).toEqual([]);
});
