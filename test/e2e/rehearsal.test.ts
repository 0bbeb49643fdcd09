// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { freePort } from '../support/gateway-process.ts';
import { NpmProcess } from '../support/npm-process.ts';

// Whole processes are slow to start beside other tests.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'switchboard-rehearsal-'));
const started: NpmProcess[] = [];
afterEach(() => Promise.all(started.splice(0).map((each) => each.dispose())));
afterAll(() => rmSync(folder, { recursive: true }));

function npm(args: readonly string[], env: Readonly<Record<string, string>> = {}): NpmProcess {
  const running = new NpmProcess('npm', ['--silent', ...args], env);
  started.push(running);
  return running;
}

let files = 0;
function fileOf(configuration: object): string {
  files += 1;
  const file = join(folder, `${files}.yaml`);
  writeFileSync(file, stringify(configuration));
  return file;
}

/** The end of what `npm run emulators` prints: what the configuration of a gateway needs. */
const printed = z.object({ apps: z.record(z.string(), z.looseObject({ baseUrls: z.array(z.string()) })) });

async function printedApps(emulators: NpmProcess) {
  const [, yaml = ''] = await emulators.says(/^(apps:\n[\s\S]*)$/m);
  return printed.parse(parse(yaml)).apps;
}

async function startGateway(file: string, url: string): Promise<NpmProcess> {
  const gateway = npm(['start', '--', '--config', file]);
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status, gateway.said).toBe(200), 60_000);
  return gateway;
}

async function tokenOf(file: string, account: string): Promise<string> {
  const minted = npm(['run', 'token', '--', '--config', file, '--account', account, '--ttl', '10m']);
  expect(await minted.ended(), minted.said).toBe(0);
  return minted.said.trim();
}

const query = `subscription {
  viewerEvents { __typename ... on MessageEvent { message { content { ... on TextContent { text } } } } }
}`;

/** The first event that a viewer gets, over the real protocol. Nothing tells when a subscription began, so `act` is done until it has. */
async function eventAfter(url: string, token: string, act: () => Promise<void>): Promise<unknown> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  const events = client.iterate({ query });
  let hasCome = false;
  const next = events.next().finally(() => {
    hasCome = true;
  });
  while (!hasCome) {
    await act();
    await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 500))]);
  }
  const { value } = await next;
  await client.dispose();
  return value;
}

async function say(emulator: string, app: string, text: string): Promise<unknown> {
  const body = {
    type: 'message',
    app,
    from: 'bob',
    to: { kind: 'direct', id: 'alice' },
    content: { kind: 'TEXT', text },
  };
  const reply = await fetch(`${emulator}/_emulator/events`, { method: 'POST', body: JSON.stringify(body) });
  return reply.json();
}

const auth = { secret: 'a secret of the rehearsal, long enough for HS256' };

/** Has a client of the vendor speak to alice, who hears it by the gateway; then stops the gateway, and has it said again. */
async function rehearse(apps: readonly (readonly [string, string])[], file: string, url: string): Promise<void> {
  const gateway = await startGateway(file, url);
  for (const [app, emulator] of apps) {
    const event = await eventAfter(url, await tokenOf(file, `${app}=alice`), async () => {
      expect(await say(emulator, app, `hello over ${app}`)).toMatchObject({
        message: { outcome: 'sent' },
        delivered: true,
        callbacks: [{ delivered: true, status: 200 }],
      });
    });
    expect(event).toEqual({
      data: {
        viewerEvents: {
          __typename: 'MessageSentEvent',
          message: { content: { text: `hello over ${app}` } },
        },
      },
    });
  }
  process.kill(gateway.pid, 'SIGTERM');
  expect(await gateway.ended()).toBe(0);
  for (const [app, emulator] of apps) {
    expect(await say(emulator, app, 'into the void')).toMatchObject({
      message: { outcome: 'sent' },
      delivered: false,
      callbacks: [{ delivered: false, reason: expect.stringContaining('ECONNREFUSED') }],
    });
  }
}

test('a configuration made of what npm run emulators prints gets the events of the emulated vendors', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const emulators = npm(['run', 'emulators', '--', '--port', '0', '--callbacks', url]);
  const apps = await printedApps(emulators);
  const file = fileOf({ server: { port, drainDelayMs: 0 }, auth, apps });
  await rehearse(
    Object.entries(apps).map(([name, { baseUrls }]) => [name, baseUrls[0] ?? '']),
    file,
    url,
  );
});

test('an operator’s own configuration is rehearsed with its names, secrets and path tokens, which are not printed', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const own = {
    'my-zim': {
      vendor: 'zim',
      appId: 77,
      serverSecret: 'my own secret of the vendor, 32b',
      callbackSecret: ['newer-secret-of-mine', 'older-secret-of-mine'],
      callbacks: { token: 'my-own-path-token-1' },
    },
    'my-rc': {
      vendor: 'rongcloud',
      appKey: 'my-key',
      appSecret: ['newer-secret-of-mine', 'older-secret-of-mine'],
      region: 'sg',
      callbacks: { token: 'my-own-path-token-2' },
    },
    'my-em': {
      vendor: 'easemob',
      orgName: 'mine',
      appName: 'mine',
      clientId: 'my-client-id',
      clientSecret: 'newer-secret-of-mine',
      callbackSecret: 'older-secret-of-mine',
      callbacks: { token: 'my-own-path-token-3' },
    },
  };
  const server = { port, drainDelayMs: 0 };
  const emulators = npm(['run', 'emulators', '--', '--port', '0', '--config', fileOf({ server, auth, apps: own })]);
  const printedOnes = await printedApps(emulators);
  expect(emulators.said).not.toMatch(/of-mine|my-own-path|my own secret/);
  const apps = Object.fromEntries(
    Object.entries(own).map(([name, app]) => [name, { ...app, ...printedOnes[name] }] as const),
  );
  await rehearse(
    Object.entries(printedOnes).map(([name, { baseUrls }]) => [name, baseUrls[0] ?? '']),
    fileOf({ server, auth, apps }),
    url,
  );
});

test('with --ask every emulated vendor asks before it delivers, and the rules of the configuration decide', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const apps = await printedApps(npm(['run', 'emulators', '--', '--ask', '--port', '0', '--callbacks', url]));
  const decisions = { rules: [{ name: 'words', keywords: ['casino'], then: 'REFUSE' }] };
  const decided = Object.fromEntries(Object.entries(apps).map(([name, app]) => [name, { ...app, decisions }] as const));
  await startGateway(fileOf({ server: { port, drainDelayMs: 0 }, auth, apps: decided }), url);
  expect(Object.keys(apps)).toHaveLength(3);
  for (const [app, { baseUrls }] of Object.entries(apps)) {
    expect(await say(baseUrls[0] ?? '', app, 'to the casino')).toMatchObject({ message: { outcome: 'refused' } });
    expect(await say(baseUrls[0] ?? '', app, 'to the park')).toMatchObject({ message: { outcome: 'sent' } });
  }
});

test('callbacks go nowhere until they are given an address, and events say so', async () => {
  const emulators = npm(['run', 'emulators', '--', '--port', '0']);
  const apps = await printedApps(emulators);
  const answer = await say(apps['zim-eu']?.baseUrls[0] ?? '', 'zim-eu', 'hello');
  expect(answer).toEqual({
    message: { outcome: 'sent' },
    delivered: false,
    callbacks: [
      { callback: 'zim.callback.message.sent', delivered: false, reason: 'the app has no address for callbacks' },
    ],
  });
  expect(emulators.said).toMatch(/^ {2}zim-eu +nowhere: give --callbacks/m);
});

test.each([
  [['--callbacks', 'nobody=http://127.0.0.1:1'], '--callbacks: no app nobody; expected one of em-1, rc-cn, zim-eu\n'],
  [['--callbacks', '127.0.0.1:4000'], /^--callbacks: expected a URL/],
  [['--port', 'x'], '--port: expected a port\n'],
  [['--config', '/nowhere.yaml'], /SWITCHBOARD_CONFIG: cannot be read \(ENOENT\)/],
  [['--colour'], /^Unknown option '--colour'/],
])('emulators refuse %j with a line', async (args, said) => {
  const failed = npm(['run', 'emulators', '--', ...args]);
  expect(await failed.ended()).toBe(1);
  expect(failed.said).toMatch(said);
  expect(failed.said).not.toContain('    at ');
});
