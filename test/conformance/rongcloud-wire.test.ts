import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { emulator as vendor } from '../../src/vendors/rongcloud/emulator/index.ts';
import { readWireFiles, replyPattern, type WireExchange } from '../support/wire-files.ts';

const credentials = { appKey: 'uwd1c0sxdlx2', appSecret: 'Y1W2MeFwwwRxa0' };

/**
 * Each file runs from top to bottom against an emulator of its own that begins with the demo's cast. Files named `plain-`
 * have an app without console switches.
 */
const switchesOf = (file: string) => (file.startsWith('plain-') ? [] : ['hosted', 'cn-list', 'sync-server']);

/** Keys that the catalogue calls absent at times: an exchange may leave them out. */
const optionalKeys = ['messageUIDs', 'messageUID', 'memberCount', 'next'];

/** Written from the catalogue's text (auth), not taken from our code: SHA1 over App Secret, Nonce and Timestamp. */
function sign(count: number): Record<string, string> {
  const nonce = String(14_314 + count);
  // Milliseconds by the docs, seconds in the SDKs: both verify.
  const timestamp = String(count % 2 === 0 ? Date.now() : Math.floor(Date.now() / 1000));
  const signature = createHash('sha1')
    .update(credentials.appSecret + nonce + timestamp)
    .digest('hex');
  const prefix = count % 3 === 0 ? 'RC-' : '';
  return {
    [`${prefix}App-Key`]: credentials.appKey,
    [`${prefix}Nonce`]: nonce,
    [`${prefix}Timestamp`]: timestamp,
    [`${prefix}Signature`]: signature,
  };
}

function withoutOptional(actual: unknown, expected: unknown): unknown {
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  if (!isObject(actual) || !isObject(expected)) return actual;
  const isLeftOut = (key: string) => optionalKeys.includes(key) && !(key in expected);
  return Object.fromEntries(Object.entries(actual).filter(([key]) => !isLeftOut(key)));
}

const exchanges = readWireFiles('rongcloud');
const files = [...new Set(exchanges.map((exchange) => exchange.file))];
let sent = 0;

describe.each(files)('%s', (file) => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator(vendor, {
      apps: [{ name: 'wire', credentials, switches: switchesOf(file) }],
      demo: true,
    });
  });
  afterAll(() => emulator.stop());

  const cases = exchanges.filter((exchange) => exchange.file === file);
  test.each(cases.map((exchange): [string, WireExchange] => [exchange.title, exchange]))('%s', async (_, exchange) => {
    sent += 1;
    const { method, target, headers, body, status, reply } = exchange;
    const response = await fetch(emulator.url + target, {
      method,
      headers: { ...headers, ...sign(sent) },
      ...(body !== '' && { body }),
    });
    const expected = replyPattern(reply, expect.anything());
    const json: unknown = await response.json();
    expect({ status: response.status, body: withoutOptional(json, expected) }).toEqual({ status, body: expected });
    if (headers['X-Request-ID']) expect(response.headers.get('x-request-id')).toBe(headers['X-Request-ID']);
  });
});

test('every endpoint that the emulator serves has an exchange that our client must send', () => {
  const shown = new Set(exchanges.map((exchange) => exchange.client?.endpoint));
  expect(Object.keys(vendor.handlers).filter((id) => !shown.has(id))).toEqual([]);
});
