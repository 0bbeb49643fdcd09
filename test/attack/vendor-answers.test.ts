import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { demoApps } from '../../src/demo.ts';
import { signDemoToken } from '../../src/server/auth.ts';
import { vendors } from '../../src/vendors/index.ts';

/** Row 41 of the design's table of bad inputs: what a vendor could answer that no vendor should. */

const secret = 'a secret of the tests, long enough for HS256';
type Answer = (request: IncomingMessage, reply: ServerResponse) => void;

let vendor: Server;
let trap: Server;
let running: RunningApp;
let token: string;
let answer: Answer = (_, reply) => reply.end('{}');
const received: string[] = [];
const trapped: string[] = [];

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  vendor = createServer((request, reply) => {
    request.resume();
    if (request.url?.endsWith('/token')) {
      reply.setHeader('content-type', 'application/json');
      reply.end('{"access_token":"t","expires_in":3600,"application":"a"}');
      return;
    }
    received.push(`${request.method} ${request.url}`);
    answer(request, reply);
  });
  trap = createServer((request, reply) => {
    trapped.push(request.url ?? '');
    reply.end('{}');
  });
  const url = await listen(vendor);
  await listen(trap);
  const apps = Object.fromEntries(
    demoApps.map(({ name, vendor: slug, config }) => {
      const parsed = vendors.find((each) => each.slug === slug)?.config.parse(config);
      return [name, { vendor: slug, config: parsed, baseUrls: [url] }];
    }),
  );
  const settings = readConfig({ env: { PORT: '0' }, argv: [], vendors: [] });
  running = await startApp({
    config: { ...settings, auth: { ...settings.auth, secret }, apps },
    log: pino({ level: 'silent' }),
  });
  const accounts = Object.fromEntries(demoApps.map(({ name }) => [name, 'alice']));
  token = await signDemoToken(
    secret,
    { subject: 'alice', scopes: ['chat:write'], accounts, expiresInSeconds: 3600 },
    systemClock,
  );
}, 30_000);
afterEach(() => {
  received.length = 0;
});
afterAll(async () => {
  vendor.closeAllConnections();
  trap.closeAllConnections();
  await running.stop();
  await Promise.all([vendor, trap].map((server) => new Promise((resolve) => server.close(resolve))));
});

async function ask(query: string, variables: object) {
  const reply = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await reply.json()) as {
    // biome-ignore lint/suspicious/noExplicitAny: read by the shape of the queries below
    data: any;
    errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
  };
}

const read = (app: string) => ask('query ($id: ID!) { user(id: $id) { name } }', { id: `User:${app}:bob` });
const send = (app: string) =>
  ask(
    'mutation ($to: ID!) { sendMessage(input: { to: [$to], content: { text: { text: "x" } } }) { results { ok error { code } } } }',
    { to: `User:${app}:bob` },
  );

const json = (reply: ServerResponse, body: string, status = 200) => {
  reply.writeHead(status, { 'content-type': 'application/json' });
  reply.end(body);
};

/** Writes without an end until the other side hangs up. */
function flood(reply: ServerResponse): void {
  const chunk = `"${'x'.repeat(64 * 1024)}",`;
  const more = () => {
    while (!reply.destroyed && reply.write(chunk));
    if (!reply.destroyed) reply.once('drain', more);
  };
  reply.writeHead(200, { 'content-type': 'application/json' });
  reply.write('[');
  more();
}

const unreachable = /^(VENDOR_UNAVAILABLE|VENDOR_BAD_RESPONSE)$/;
const cases: readonly [string, Answer, RegExp][] = [
  ['ten megabytes', (_, reply) => json(reply, `{"a":"${'x'.repeat(10 * 1024 * 1024)}"}`), unreachable],
  ['an answer without an end', (_, reply) => flood(reply), unreachable],
  [
    'a length that is a lie',
    (_, reply) => {
      reply.writeHead(200, { 'content-length': '5' });
      reply.write('{"a":1'.slice(0, 5));
      reply.end();
    },
    /^VENDOR_BAD_RESPONSE$/,
  ],
  [
    'HTML with status 200',
    (_, reply) => {
      reply.writeHead(200, { 'content-type': 'text/html' });
      reply.end('<html>maintenance</html>');
    },
    /^VENDOR_BAD_RESPONSE$/,
  ],
  [
    'nothing with status 204',
    (_, reply) => {
      reply.writeHead(204);
      reply.end();
    },
    /^VENDOR_BAD_RESPONSE$/,
  ],
  ['an empty body', (_, reply) => json(reply, ''), /^VENDOR_BAD_RESPONSE$/],
  ['null', (_, reply) => json(reply, 'null'), /^VENDOR_BAD_RESPONSE$/],
  ['an array', (_, reply) => json(reply, '[]'), /^VENDOR_BAD_RESPONSE$/],
  ['a number', (_, reply) => json(reply, '7'), /^VENDOR_BAD_RESPONSE$/],
  ['an object of another kind', (_, reply) => json(reply, '{"hello":"world"}'), /^VENDOR_BAD_RESPONSE$/],
  [
    'a nest of 100,000 arrays',
    (_, reply) => json(reply, '['.repeat(100_000) + ']'.repeat(100_000)),
    /^VENDOR_BAD_RESPONSE$/,
  ],
  [
    'bytes that are no UTF-8',
    (_, reply) => {
      reply.writeHead(200);
      reply.end(Buffer.from([0xff, 0xfe, 0x7b]));
    },
    /^VENDOR_BAD_RESPONSE$/,
  ],
  [
    'a body that says it is gzip',
    (_, reply) => {
      reply.writeHead(200, { 'content-encoding': 'gzip' });
      reply.end('\u001f\u008b half');
    },
    /^VENDOR_BAD_RESPONSE$/,
  ],
];

/** Every app has its own breaker; good answers in between keep it closed. */
async function soothe(): Promise<void> {
  answer = (_, reply) => json(reply, '{"Code":1,"code":1002,"error":"illegal_argument"}', 400);
  for (const { name } of demoApps) await Promise.all(Array.from({ length: 12 }, () => send(name)));
}

describe.each(demoApps.map(({ name, vendor: slug }) => ({ app: name, slug })))('$slug answers', ({ app }) => {
  test.each(cases)(
    '%s: a read fails with its code, and the server goes on',
    { timeout: 20_000 },
    async (_, bad, code) => {
      await soothe();
      answer = bad;
      const before = process.memoryUsage().rss;
      const { data, errors } = await read(app);
      expect(data).toEqual({ user: { name: null } });
      expect(errors?.[0]?.extensions).toMatchObject({ code: expect.stringMatching(code), app });
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
      expect((await ask('{ viewer { scopes } }', {})).errors).toBeUndefined();
    },
  );

  test.for(cases.slice(2))(
    '%s: a send is made once, and its outcome is unknown',
    { timeout: 20_000 },
    async ([, bad], { skip }) => {
      const { data: told } = await ask(`{ app(id: "App:${app}") { supports(operation: "Mutation.sendMessage") } }`, {});
      if (!told.app.supports) skip('the vendor has no send');
      await soothe();
      received.length = 0;
      answer = bad;
      const { data, errors } = await send(app);
      expect(errors?.[0]?.extensions['code'] ?? data.sendMessage.results[0].error?.code).toBe('OUTCOME_UNKNOWN');
      expect(received).toHaveLength(1);
    },
  );

  test.each([301, 302, 303, 307, 308])('a redirect of %i that is not followed', async (status) => {
    await soothe();
    received.length = 0;
    const places = [
      `http://127.0.0.1:${(trap.address() as AddressInfo).port}/inside`,
      'http://169.254.169.254/latest/meta-data',
    ];
    for (const location of places) {
      answer = (_, reply) => {
        reply.writeHead(status, { location });
        reply.end();
      };
      const { errors } = await read(app);
      expect(errors?.[0]?.extensions['code']).toMatch(/^VENDOR_/);
      expect(JSON.stringify(errors)).not.toContain('169.254');
    }
    expect(trapped).toEqual([]);
  });

  test('words of its own that reach the client as text only, bounded', async () => {
    const words = `<script>alert(1)</script>\r\n\u001b[31m${'x'.repeat(100_000)}`;
    answer = (_, reply) =>
      json(
        reply,
        JSON.stringify({
          Code: 660000002,
          Message: words,
          code: 1002,
          errorMessage: words,
          error: 'illegal_argument',
          error_description: words,
        }),
        400,
      );
    const { errors } = await read(app);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.message.length).toBeLessThan(1000);
  });
});
