import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { AppError } from '../../src/errors.ts';
import { Client, type ClientOptions } from '../../src/net/client.ts';
import type { Answer } from '../../src/net/wire.ts';
import type { VendorAttempt } from '../../src/request-options.ts';
import { makeEndpoint, makeParam } from '../support/endpoint.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { bucket } from '../support/limits.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A host that answers, and notes what it was sent. */
async function startHost(serve: (request: IncomingMessage, reply: ServerResponse, count: number) => void = good) {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    request.resume().on('end', () => {
      asked.push(request.url ?? '');
      serve(request, reply, asked.length);
    });
  });
  const port = await listen(server);
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return { asked, url: `http://127.0.0.1:${port}` };
}

function good(_: IncomingMessage, reply: ServerResponse): void {
  reply.setHeader('content-type', 'application/json').end('{"code":"ok"}');
}

/** A host that lets nobody through to where a request could be written. */
async function startRawHost(onData: (socket: Socket) => void) {
  const server = createRawServer((socket) => socket.on('error', () => {}).once('data', () => onData(socket)));
  const port = await listen(server);
  closing.push(() => server.close());
  return { url: `https://127.0.0.1:${port}` };
}

/** The vendor's envelope: a code in the body, its over-limit answer is 429. */
function open({ status, json }: Answer): unknown {
  const { code } = z.object({ code: z.string() }).parse(json);
  if (status === 429) throw new AppError('RATE_LIMITED', undefined, { vendorCode: code, vendorStatus: status });
  if (status >= 500) throw new AppError('VENDOR_UNAVAILABLE', undefined, { vendorCode: code, vendorStatus: status });
  return json;
}

function startClient(
  hosts: readonly string[],
  options: Partial<ClientOptions> = {},
  headers: Record<string, string> = {},
) {
  const attempts: VendorAttempt[] = [];
  const client = new Client({
    app: 'main',
    vendor: 'ZIM',
    clock: systemClock,
    random: () => 0,
    limits: [
      bucket('a', { count: 100, seconds: 60 }),
      { ...bucket('b', { count: 100, seconds: 60 }), overLimit: 'b is spent' },
    ],
    reportAttempt: (attempt) => attempts.push(attempt),
    makeWire: () => ({
      lists: 'repeat',
      hosts,
      authorize: (request) => ({ ...request, headers: { ...request.headers, ...headers } }),
      open,
    }),
    ...options,
  });
  closing.push(() => client.close());
  return { client, attempts };
}

const reply = z.object({ code: z.string() });
const text = makeParam({ name: 'text', required: true });
const change = makeEndpoint({ id: 'a.change', method: 'POST', path: '/change', params: [text], limits: ['a'] }, reply);
const read = makeEndpoint({ id: 'a.read', path: '/read', limits: ['a'], readOnly: true }, reply);
const ofTwo = makeEndpoint({ id: 'a.ofTwo', path: '/two', limits: ['a', 'b'], readOnly: true }, reply);
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: AppError) => error.code,
  );

/** What keeps a request from being written, by its name; gives a host. */
const unsent: Record<string, () => Promise<{ url: string }>> = {
  'a TLS handshake that is cut': () => startRawHost((socket) => socket.destroy()),
  'a TLS version that is too old': () =>
    // A fatal alert: protocol_version.
    startRawHost((socket) => socket.end(Buffer.from([0x15, 0x03, 0x01, 0, 2, 2, 70]))),
  'an answer that is not TLS': () => startRawHost((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  'a port where nobody listens': async () => ({ url: 'http://127.0.0.1:1' }),
  'a name that is not known': async () => ({ url: 'http://unknown.invalid' }),
};

describe.each(Object.entries(unsent))('after %s', (_, startBroken) => {
  test('a change is sent to the backup host, once', async () => {
    const backup = await startHost();
    const { client } = startClient([(await startBroken()).url, backup.url]);
    expect(await client.call(change, { text: 'x' })).toEqual({ code: 'ok' });
    expect(backup.asked).toEqual(['/change']);
  });

  test('without a backup host the code says that nothing was changed, and the limit is not charged', async () => {
    const { client } = startClient([(await startBroken()).url]);
    expect(await codeOf(client.call(change, { text: 'x' }))).toBe('VENDOR_UNAVAILABLE');
    expect((await client.scheduler.usage())[0]?.used).toEqual([0]);
  });
});

test('a header that cannot be written leaves nothing sent, and the code says so', async () => {
  const host = await startHost();
  const { client } = startClient([host.url], {}, { authorization: 'Bearer a\nb' });
  expect(await codeOf(client.call(change, { text: 'x' }))).toBe('VENDOR_UNAVAILABLE');
  expect(host.asked).toEqual([]);
});

test('a change whose bytes were written is never sent again, and its outcome is unknown', async () => {
  const cut = await startHost((request) => request.socket.destroy());
  const backup = await startHost();
  const { client } = startClient([cut.url, backup.url]);
  expect(await codeOf(client.call(change, { text: 'x' }))).toBe('OUTCOME_UNKNOWN');
  expect([cut.asked, backup.asked]).toEqual([['/change'], []]);
  expect((await client.scheduler.usage())[0]?.used).toEqual([1]);
});

test.each([
  ['a read', 'VENDOR_UNAVAILABLE', (client: Client, signal: AbortSignal) => client.call(read, {}, { signal })],
  [
    'a change',
    'OUTCOME_UNKNOWN',
    (client: Client, signal: AbortSignal) => client.call(change, { text: 'x' }, { signal }),
  ],
] as const)('%s that its caller gave up is %s to the caller, and no failure of the vendor', async (_, code, start) => {
  const abort = new AbortController();
  const gone = new AppError('VENDOR_UNAVAILABLE', 'The caller did not wait for the answer.');
  const host = await startHost(() => abort.abort(gone));
  const reported: unknown[] = [];
  const { client, attempts } = startClient([host.url], {
    report: ({ outcome }, error) => reported.push([outcome, error]),
  });
  await expect(start(client, abort.signal)).rejects.toMatchObject({ code });
  expect(host.asked).toHaveLength(1);
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['ABORTED']);
  expect(reported).toEqual([['ABORTED', undefined]]);
  expect(client.health()).toMatchObject({ status: 'UP', errorRate: 0 });
});

test.each([
  ['a name that is not known', 'http://unknown.invalid', 'no connection to unknown.invalid, or it was cut: ENOTFOUND'],
  ['a port where nobody listens', 'http://127.0.0.1:1', 'no connection to 127.0.0.1:1, or it was cut: ECONNREFUSED'],
])('the cause of a call without an answer names the host and why: %s', async (_, host, message) => {
  const { client } = startClient([host]);
  await expect(client.call(read, {})).rejects.toMatchObject({ code: 'VENDOR_UNAVAILABLE', cause: { message } });
});

test('a request that is aborted after it was sent is counted as if it had come two seconds later', async () => {
  const clock = new FakeClock();
  const abort = new AbortController();
  const host = await startHost(() => abort.abort(new Error('left')));
  const limits = [bucket('a', { count: 1, seconds: 1 })];
  const { client } = startClient([host.url], { clock, limits });
  await expect(client.call(read, {}, { signal: abort.signal })).rejects.toThrow('left');
  await clock.advance(2_990);
  expect((await client.scheduler.usage())[0]?.used).toEqual([1]);
  await clock.advance(20);
  expect((await client.scheduler.usage())[0]?.used).toEqual([0]);
});

describe('Retry-After', () => {
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();
  test.each([
    ['seconds', () => ({ 'retry-after': '7' }), 7_000],
    ['a date', () => ({ 'retry-after': inSeconds(7) }), 7_000],
    [
      'a date, though the clock of the vendor is an hour behind',
      () => ({ date: inSeconds(-3_600), 'retry-after': inSeconds(-3_593) }),
      7_000,
    ],
    ['a year, as the length of the window', () => ({ 'retry-after': '31536000' }), 60_000],
    ['nothing that can be read, as half a second', () => ({ 'retry-after': 'soon' }), 500],
    ['a moment that has passed, as half a second', () => ({ 'retry-after': inSeconds(-60) }), 500],
  ])('in %s is kept', async (_, headersOf, waitMs) => {
    const host = await startHost((request, answer, count) => {
      if (count > 1) return good(request, answer);
      const headers: Record<string, string> = headersOf();
      for (const [name, value] of Object.entries(headers)) answer.setHeader(name, value);
      answer.statusCode = 429;
      answer.setHeader('content-type', 'application/json').end('{"code":"too often"}');
    });
    const clock = new FakeClock(Date.now());
    const { client, attempts } = startClient([host.url], { clock });
    const answered = client.call(read, {}, { deadline: clock.ticks() + 120_000 });
    await expect.poll(() => attempts.length).toBe(1);
    await clock.advance(0);
    // Dates have whole seconds.
    const slackMs = waitMs === 7_000 ? 1_000 : 0;
    await clock.advance(waitMs - slackMs - 5);
    expect(host.asked).toHaveLength(1);
    await clock.advance(slackMs + 10);
    expect(await answered).toEqual({ code: 'ok' });
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['RATE_LIMITED', 'ok']);
  });

  test('of an answer whose code names a bucket holds that bucket back, and no other', async () => {
    const host = await startHost((request, answer, count) => {
      if (count > 1) return good(request, answer);
      answer.statusCode = 429;
      answer.setHeader('retry-after', '30').setHeader('content-type', 'application/json').end('{"code":"b is spent"}');
    });
    const { client } = startClient([host.url]);
    const refused = client.call(ofTwo, {}, { deadline: systemClock.ticks() + 5_000 });
    await expect(refused).rejects.toMatchObject({ code: 'RATE_LIMITED', details: { bucket: 'b' } });
    expect(await client.call(read, {})).toEqual({ code: 'ok' });
    const usage = await client.scheduler.usage();
    expect(usage.map(({ bucket: { id }, refusals, scale }) => [id, refusals, scale])).toEqual([
      ['a', 0, 1],
      ['b', 1, 0.7],
    ]);
  });

  test('of a vendor that is unavailable is kept before a read is tried again', async () => {
    const host = await startHost((request, answer, count) => {
      if (count > 1) return good(request, answer);
      answer.statusCode = 503;
      answer.setHeader('retry-after', '3').setHeader('content-type', 'application/json').end('{"code":"down"}');
    });
    const clock = new FakeClock();
    const { client, attempts } = startClient([host.url], { clock });
    const answered = client.call(read, {});
    await expect.poll(() => attempts.length).toBe(1);
    await clock.advance(2_900);
    expect(host.asked).toHaveLength(1);
    await clock.advance(200);
    expect(await answered).toEqual({ code: 'ok' });
  });
});

describe('attempts', () => {
  test('are told each, over-limit refusals and retries included, with how they ended', async () => {
    const statuses = [429, 429, 503, 200];
    const host = await startHost((_, answer, count) => {
      answer.statusCode = statuses[count - 1] ?? 200;
      answer.setHeader('retry-after', '0').setHeader('content-type', 'application/json').end('{"code":"x"}');
    });
    const { client, attempts } = startClient([host.url]);
    await client.call(read, {});
    expect(host.asked).toHaveLength(4);
    expect(attempts.map(({ app, endpoint, outcome }) => `${app} ${endpoint} ${outcome}`)).toEqual([
      'main a.read RATE_LIMITED',
      'main a.read RATE_LIMITED',
      'main a.read VENDOR_UNAVAILABLE',
      'main a.read ok',
    ]);
  });

  test('are none where our own limit refuses', async () => {
    const host = await startHost();
    const { client, attempts } = startClient([host.url], { limits: [bucket('a', { count: 1, seconds: 60 })] });
    await client.call(read, {});
    expect(await codeOf(client.call(read, {}))).toBe('RATE_LIMITED');
    expect(attempts).toHaveLength(1);
  });
});

describe('the breaker of a host', () => {
  test.each([500, 502, 503])('opens after ten answers of status %d', async (status) => {
    const broken = await startHost((_, answer) => {
      answer.statusCode = status;
      answer.setHeader('content-type', 'application/json').end('{"code":"down"}');
    });
    const { client } = startClient([broken.url]);
    for (let index = 0; index < 12; index += 1) await codeOf(client.call(change, { text: 'x' }));
    expect(broken.asked.length).toBeLessThanOrEqual(11);
    expect(client.health().status).toBe('DOWN');
    await expect(client.call(change, { text: 'x' })).rejects.toMatchObject({
      code: 'VENDOR_UNAVAILABLE',
      details: { retryAfterMs: 5_000 },
    });
  });

  test('stays closed after answers of status 499', async () => {
    const refusing = await startHost((_, answer) => {
      answer.statusCode = 499;
      answer.setHeader('content-type', 'application/json').end('{"code":"no"}');
    });
    const { client } = startClient([refusing.url]);
    for (let index = 0; index < 12; index += 1) await codeOf(client.call(change, { text: 'x' }));
    expect(refusing.asked).toHaveLength(12);
  });
});
