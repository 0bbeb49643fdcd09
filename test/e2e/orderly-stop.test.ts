import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../../src/clock.ts';
import { demoApps } from '../../src/demo.ts';
import { signDemoToken } from '../../src/server/auth.ts';
import { operatorScopes } from '../support/gateway.ts';
import { freePort, GatewayProcess } from '../support/gateway-process.ts';
import { messageCallback, post, signers } from '../support/signed-callbacks.ts';

const secret = 'a secret of the orderly stops, long enough for HS256';
const pathToken = 'a-token-of-the-path-that-is-long';
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

let folder: string;
let gateway: GatewayProcess;
let token: string;
async function start(drainDelayMs: number, drainMs: number): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'orderly-stop-'));
  const port = await freePort();
  const zim = demoApps.find(({ vendor }) => vendor === 'zim');
  const app = { vendor: 'zim', ...zim?.config, baseUrls: ['http://127.0.0.1:9'], callbacks: { token: pathToken } };
  const config = {
    server: { port, drainDelayMs, drainMs },
    auth: { secret },
    log: { level: 'error' },
    events: { file: join(folder, 'events.db') },
    apps: { 'zim-eu': app },
  };
  const file = join(folder, 'switchboard.yaml');
  writeFileSync(file, JSON.stringify(config));
  gateway = new GatewayProcess(file, port);
  const claims = { subject: 'operator', scopes: operatorScopes, accounts: {}, expiresInSeconds: 3600 };
  token = await signDemoToken(secret, claims, systemClock);
  await gateway.start();
}
afterEach(async () => {
  await gateway.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Has the vendor tell of a message, again until it is acknowledged, as a vendor does. */
async function tell(serial: number): Promise<void> {
  const url = `${gateway.url}/callbacks/zim-eu/${pathToken}`;
  for (;;) {
    const callback = signers.zim(messageCallback.zim(`message ${serial}`, String(1000 + serial)));
    const reply = await post(url, callback).catch(() => null);
    await reply?.body?.cancel();
    if (reply?.status === 200) return;
    await sleep(20);
  }
}

const query = /* GraphQL */ `
  subscription ($after: String) {
    events(after: $after) { cursor ... on MessageSentEvent { message { content { ... on TextContent { text } } } } }
  }
`;

interface Answer {
  readonly events: { readonly cursor: string; readonly message?: { readonly content: { readonly text: string } } };
}

/** A subscription as an application has it: what it got, how often it connected, and whether it was ended. */
class Follower {
  readonly texts: string[] = [];
  connects = 0;
  end: unknown = null;
  /** Read again whenever the client subscribes again. */
  readonly variables = { after: Buffer.from('[["zim-eu","another life",0]]').toString('base64url') };
  readonly sink = {
    next: ({ data }: { data?: Answer | null }) => {
      if (!data) return;
      this.variables.after = data.events.cursor;
      const text = data.events.message?.content.text;
      if (text !== undefined) this.texts.push(text);
    },
    error: (error: unknown) => {
      this.end = error;
    },
    complete: () => {
      this.end = 'complete';
    },
  };
  readonly on = {
    connected: () => {
      this.connects += 1;
    },
  };
}

const retry = { retryAttempts: 50, retryWait: () => sleep(500) };

function overWebSocket(): { follower: Follower; dispose(): void } {
  const follower = new Follower();
  const url = `${gateway.url.replace('http', 'ws')}/graphql`;
  const connectionParams = { authorization: `Bearer ${token}` };
  // Without `shouldRetry` the client gives up when the server cannot be reached for a moment.
  const options = { webSocketImpl: WebSocket, shouldRetry: () => true, on: follower.on };
  const client = createWsClient({ url, connectionParams, ...retry, ...options });
  client.subscribe<Answer>({ query, variables: follower.variables }, follower.sink);
  return { follower, dispose: () => void client.dispose() };
}

function overEventStream(): { follower: Follower; dispose(): void } {
  const follower = new Follower();
  const headers = { authorization: `Bearer ${token}` };
  const client = createSseClient({
    url: `${gateway.url}/graphql/stream`,
    headers,
    retryAttempts: 50,
    retry: retry.retryWait,
    on: follower.on,
  });
  client.subscribe<Answer>({ query, variables: follower.variables }, follower.sink);
  return { follower, dispose: () => client.dispose() };
}

test('subscriptions of graphql-ws and graphql-sse go on over restarts by SIGTERM, with every event once and in order', async () => {
  await start(0, 10_000);
  const clients = Array.from({ length: 5 }, () => [overWebSocket(), overEventStream()]).flat();
  try {
    const restarts = 2;
    let isOver = false;
    let told = 0;
    const telling = (async () => {
      while (!isOver) {
        told += 1;
        await tell(told);
      }
    })();
    for (let restart = 0; restart < restarts; restart += 1) {
      const before = told;
      await expect
        .poll(() => clients.every(({ follower }) => follower.texts.length > before), { timeout: 30_000 })
        .toBe(true);
      const since = Date.now();
      expect(await gateway.kill('SIGTERM')).toBe(0);
      // The second that clients have for the closing handshake, and some: nothing waits for the ten seconds of `drainMs`.
      expect(Date.now() - since).toBeLessThan(5000);
      await gateway.start();
    }
    const before = told;
    await expect.poll(() => told, { timeout: 30_000 }).toBeGreaterThan(before + 20);
    isOver = true;
    await telling;
    const all = Array.from({ length: told }, (_, index) => `message ${index + 1}`);
    await expect
      .poll(() => clients.every(({ follower }) => follower.texts.length >= told), { timeout: 30_000 })
      .toBe(true);
    for (const { follower } of clients) {
      expect(follower.texts).toEqual(all);
      expect(follower.end).toBeNull();
      expect(follower.connects).toBe(restarts + 1);
    }
  } finally {
    for (const { dispose } of clients) dispose();
  }
}, 120_000);

test('SIGTERM ends the process in order: not ready, everything served, nothing new, and an end in time whatever still comes', async () => {
  await start(1500, 500);
  const status = (path: string) =>
    fetch(`${gateway.url}${path}`).then(
      (reply) => reply.body?.cancel().then(() => reply.status),
      () => 0,
    );
  // A body that never ends.
  const held = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  held.on('error', () => {});
  held.write('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{');
  expect(await status('/readyz')).toBe(200);
  const since = performance.now();
  const ended = gateway.kill('SIGTERM');
  await expect.poll(() => status('/readyz'), { interval: 10 }).toBe(503);
  expect(await status('/livez')).toBe(200);
  const { follower, dispose } = overWebSocket();
  await expect.poll(() => follower.connects).toBe(1);
  expect(await ended).toBe(0);
  expect(performance.now() - since).toBeGreaterThan(1990);
  // What both allow, the second for clients, and what a busy machine needs.
  expect(performance.now() - since).toBeLessThan(8000);
  expect(follower.end).toBeNull();
  dispose();
  held.destroy();
}, 60_000);
