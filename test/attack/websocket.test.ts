import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { rawHttp } from '../support/raw-http.ts';
import { settled } from '../support/settled.ts';
import { type Shell, startShell } from '../support/shell.ts';
import { SseClient } from '../support/sse-client.ts';
import { connectWs, refusedWith, WsClient } from '../support/ws-client.ts';

let shell: Shell;
beforeAll(async () => {
  shell = await startShell({ bounds: { wsInitMs: 200, wsOperations: 5, operationMs: 300, operationGraceMs: 50 } });
});
afterAll(() => shell.stop());

// The next good operation succeeds whatever came before it, and nothing is left of what came.
afterEach(async () => {
  const client = await connectWs(shell.url);
  client.subscribe('good', '{ hello }');
  expect(await client.hears('next', 'good')).toMatchObject({ payload: { data: { hello: 'hello' } } });
  await client.hears('complete', 'good');
  client.socket.close();
  await client.closed;
  await expect.poll(() => shell.counts.ticking).toBe(0);
});

const ended = (client: WsClient) => {
  client.socket.close();
  return client.closed;
};

describe('the handshake', () => {
  it.each([null, 'graphql-ws'])('24: does not speak the subprotocol %s', async (protocol) => {
    const client = new WsClient(shell.url, protocol);
    client.opened.catch(() => {
      // With a subprotocol that is not taken, the client itself refuses.
    });
    expect([4406, 1006]).toContain((await client.closed).code);
  });

  it('25: refuses pages of other origins, and lets its own and listed ones in', async () => {
    const evil = { origin: 'https://evil.example', headers: { cookie: 'session=1' } };
    expect(await refusedWith(new WsClient(shell.url, 'graphql-transport-ws', evil))).toBe(403);
    expect(await refusedWith(new WsClient(shell.url, 'graphql-transport-ws', { origin: 'null' }))).toBe(403);
    for (const origin of ['https://app.example', shell.url]) await ended(await connectWs(shell.url, {}, { origin }));
  });

  it('25: ends a connection whose handshake it refuses, also when the client does not', async () => {
    const head =
      'GET /graphql HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
    expect(await rawHttp(shell.url, head)).toMatchObject({ status: 403, isClosed: true });
  });

  it('25: is at one path only', async () => {
    expect(await refusedWith(new WsClient(`${shell.url}/callbacks/a`))).toBe(404);
  });

  it('26: closes with 4408 when no connection_init comes', async () => {
    expect((await new WsClient(shell.url).closed).code).toBe(4408);
  });

  it('27: closes with 4429 at a second connection_init, and with 4401 at a subscribe before the acknowledgement', async () => {
    const twice = await connectWs(shell.url);
    twice.send({ type: 'connection_init' });
    expect((await twice.closed).code).toBe(4429);
    const early = new WsClient(shell.url);
    await early.opened;
    early.subscribe('1', '{ hello }');
    expect((await early.closed).code).toBe(4401);
  });

  it('23: closes with 4403 for a bad token, and refuses a bad header', async () => {
    for (const authorization of ['Bearer x', await shell.token('alice', -60)]) {
      const client = new WsClient(shell.url);
      await client.opened;
      client.send({ type: 'connection_init', payload: { authorization } });
      expect((await client.closed).code).toBe(4403);
    }
    const headers = { authorization: 'Basic YTpi' };
    expect(await refusedWith(new WsClient(shell.url, 'graphql-transport-ws', { headers }))).toBe(401);
  });

  it('23: knows the subject of a token in the payload, with or without Bearer, or in the header', async () => {
    const token = await shell.token('carol');
    const ways = [
      [{ authorization: `Bearer ${token}` }, {}],
      [{ Authorization: token }, {}],
      [{ token }, {}],
      [{}, { headers: { authorization: `Bearer ${token}` } }],
    ] as const;
    for (const [payload, options] of ways) {
      const client = await connectWs(shell.url, payload, options);
      client.subscribe('1', '{ me }');
      expect(await client.hears('next', '1')).toMatchObject({ payload: { data: { me: 'carol' } } });
      await ended(client);
    }
  });
});

describe('messages', () => {
  it.each([
    ['no JSON', 'hello'],
    ['a list', '[]'],
    ['an unknown type', '{"type":"start"}'],
    ['no type', '{}'],
    ['no id', '{"type":"subscribe","payload":{"query":"{ hello }"}}'],
    ['no payload', '{"type":"subscribe","id":"1"}'],
    ['no query', '{"type":"subscribe","id":"1","payload":{}}'],
    ['variables as a list', '{"type":"subscribe","id":"1","payload":{"query":"{ hello }","variables":[]}}'],
    ['a message of the server', '{"type":"next","id":"1","payload":{}}'],
    ['JSON that nests 10,000 deep', `{"type":"ping","payload":{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`],
  ])('28: closes with 4400 or 4500 at %s', async (_title, message) => {
    const client = await connectWs(shell.url);
    client.send(message);
    expect((await client.closed).code).toBe(message.includes('"next"') ? 4500 : 4400);
  });

  it('28: closes with 4400 at a binary frame', async () => {
    const client = await connectWs(shell.url);
    client.socket.send(Buffer.from('{"type":"ping"}'), { binary: true });
    expect((await client.closed).code).toBe(4400);
  });

  it('29: closes with 4409 at an id that is active', async () => {
    const client = await connectWs(shell.url);
    client.subscribe('1', 'subscription { ticks }');
    await client.hears('next', '1');
    client.subscribe('1', 'subscription { ticks }');
    expect((await client.closed).code).toBe(4409);
  });

  it.each(['__proto__', 'constructor', 'toString'])('30: answers the id %s like any', async (id) => {
    const client = await connectWs(shell.url);
    client.subscribe(id, 'subscription { ticks(until: 1) }');
    await client.hears('next', id);
    await client.hears('complete', id);
    await ended(client);
  });

  it('30: closes with 4400 at an id of 10 KB', async () => {
    const client = await connectWs(shell.url);
    client.subscribe('x'.repeat(10_000), '{ hello }');
    expect((await client.closed).code).toBe(4400);
  });

  it.each([
    ['a syntax error', '{ hello', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['too deep a document', `{ node { ${'next { '.repeat(20)}id${' }'.repeat(21)} }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['too many tokens', `{ ${'hello '.repeat(2001)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['a refused variable', 'query ($n: Int!) { slow(ms: $n) }', 'BAD_USER_INPUT'],
    ['an unknown operation', 'query A { hello } query B { hello }', 'BAD_REQUEST'],
    ['a stream that is refused', 'subscription { refused }', 'FORBIDDEN'],
    ['a stream that breaks', 'subscription { broken }', 'INTERNAL_SERVER_ERROR'],
  ])('31: ends only the operation at %s', async (_title, query, code) => {
    const client = await connectWs(shell.url);
    client.subscribe('other', 'subscription { ticks }');
    await client.hears('next', 'other');
    client.subscribe('bad', query);
    expect(await client.errorCodes('bad')).toEqual([code]);
    const before = client.heard.length;
    await expect
      .poll(() => client.heard.slice(before).some(({ id, type }) => id === 'other' && type === 'next'))
      .toBe(true);
    expect(client.heard.some(({ id, type }) => id === 'bad' && type === 'complete')).toBe(false);
    expect(JSON.stringify(client.heard)).not.toMatch(/var\/lib/);
    await ended(client);
  });

  it('31: keeps a closed schema closed', async () => {
    const closed = await startShell({ introspection: false });
    const client = await connectWs(closed.url);
    client.subscribe('1', '{ __schema { types { name } } }');
    expect(await client.errorCodes('1')).toContain('GRAPHQL_VALIDATION_FAILED');
    client.subscribe('2', '{ secretFiel }');
    expect(JSON.stringify(await client.hears('error', '2'))).not.toMatch(/did you mean/i);
    await closed.stop();
  });

  it('31: masks what fields throw, with a request id for each operation', async () => {
    const client = await connectWs(shell.url);
    client.subscribe('1', '{ hello fail }');
    const next = await client.hears('next', '1');
    expect(next).toMatchObject({
      payload: { data: { hello: 'hello', fail: null }, errors: [{ message: 'Internal server error', path: ['fail'] }] },
    });
    expect(JSON.stringify(next)).toMatch(/"requestId":"[\w-]{36}"/);
    await ended(client);
  });

  it('32: closes at a frame that is too large with 1009, and at text that is no UTF-8 with 1007', async () => {
    const large = await connectWs(shell.url);
    large.send(JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(65 * 1024) } }));
    expect((await large.closed).code).toBe(1009);
    const wrong = await connectWs(shell.url);
    wrong.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect((await wrong.closed).code).toBe(1007);
  });

  it('32: closes with 1009 at a message in endless fragments', async () => {
    const client = await connectWs(shell.url);
    client.socket.on('error', () => {
      // The server does not wait for what is still sent.
    });
    for (let part = 0; part < 70; part += 1) client.socket.send('x'.repeat(1024), { fin: false });
    expect((await client.closed).code).toBe(1009);
  });

  it('32: does not agree to compression', async () => {
    const client = await connectWs(shell.url, {}, { perMessageDeflate: true });
    expect(client.socket.extensions).toBe('');
    await ended(client);
  });
});

describe('amounts', () => {
  it('33: refuses one operation too many with TOO_MANY_OPERATIONS, and takes it when another has ended', async () => {
    const client = await connectWs(shell.url);
    for (const id of ['1', '2', '3', '4', '5']) client.subscribe(id, 'subscription { ticks }');
    await client.hears('next', '5');
    client.subscribe('6', '{ hello }');
    expect(await client.errorCodes('6')).toEqual(['TOO_MANY_OPERATIONS']);
    client.send({ type: 'complete', id: '1' });
    client.subscribe('7', '{ hello }');
    await client.hears('next', '7');
    await ended(client);
  });

  it('33: refuses sockets beyond the bound of an address with 429, until one has closed', async () => {
    const small = await startShell({ bounds: { wsSocketsPerAddress: 2 } });
    const first = await connectWs(small.url);
    await connectWs(small.url);
    expect(await refusedWith(new WsClient(small.url))).toBe(429);
    await ended(first);
    await expect
      .poll(() =>
        connectWs(small.url).then(
          () => 'open',
          () => 'refused',
        ),
      )
      .toBe('open');
    await small.stop();
  });

  it('34: pulls no more events than a client reads', async () => {
    const client = await connectWs(shell.url);
    const size = 50_000;
    client.socket.pause();
    const before = shell.counts.pulled;
    client.subscribe('1', `subscription { ticks(everyMs: 0, size: ${size}) }`);
    await expect.poll(() => shell.counts.pulled).toBeGreaterThan(before);
    // What the system's own buffers take, and no more.
    await settled(() => shell.counts.pulled);
    expect((shell.counts.pulled - before) * size).toBeLessThan(32 * 1024 * 1024);
    client.socket.resume();
    const next = await client.hears('next', '1');
    expect(JSON.stringify(next).length).toBeGreaterThan(size);
    client.socket.terminate();
  });

  it('35: stops reading a client that pings without reading the answers', async () => {
    const bounded = await startShell({ bounds: { wsBufferedBytes: 16 * 1024 } });
    const { hostname, port } = new URL(bounded.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      'GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    );
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    // A masked ping of 125 bytes, with a mask of zeros.
    const ping = Buffer.concat([Buffer.from([0x89, 0xfd, 0, 0, 0, 0]), Buffer.alloc(125)]);
    const flood = Buffer.concat(Array.from({ length: 8192 }, () => ping));
    let most = 0;
    for (let sent = 0; sent < 64 && socket.writableLength < 8 * flood.length; sent += 1) {
      socket.write(flood);
      await new Promise((resolve) => setImmediate(resolve));
      most = Math.max(most, bounded.held().bytes);
    }
    await settled(() => socket.writableLength);
    // The server holds the bound and what one read adds to it; what it does not read stays with the client.
    expect(Math.max(most, bounded.held().bytes)).toBeLessThan(16 * 1024 + 64 * 1024);
    expect(bounded.held().bytes).toBeGreaterThan(8 * 1024);
    expect(socket.writableLength).toBeGreaterThan(flood.length);
    socket.destroy();
    await bounded.stop();
  });

  it('35: leaves nothing behind after 2,000 operations that were completed at once', async () => {
    const client = await connectWs(shell.url);
    for (let index = 0; index < 2000; index += 1) {
      client.subscribe(`${index}`, index % 2 ? 'subscription { stuck }' : '{ slow(ms: 50) }');
      client.send({ type: 'complete', id: `${index}` });
    }
    client.send({ type: 'ping' });
    // Each of them waits for its turn of the event loop.
    await client.hears('pong', undefined, 15_000);
    await expect.poll(() => shell.counts.ticking).toBe(0);
    // As many as may run at once, so none of those before still counts.
    for (const id of ['a', 'b', 'c', 'd', 'e']) client.subscribe(id, '{ hello }');
    for (const id of ['a', 'b', 'c', 'd', 'e']) await client.hears('next', id);
    await ended(client);
  });

  it('35: returns the sources of a socket that closes, also one that never gives anything', async () => {
    const client = await connectWs(shell.url);
    client.subscribe('1', 'subscription { stuck }');
    client.subscribe('2', 'subscription { ticks }');
    await client.hears('next', '2');
    expect(shell.counts.ticking).toBe(2);
    client.socket.terminate();
    await expect.poll(() => shell.counts.ticking).toBe(0);
  });

  it('36: closes with 4403 within a second of the end of the token', async () => {
    const expiresAt = (Math.floor(Date.now() / 1000) + 2) * 1000;
    const client = await connectWs(shell.url, { token: await shell.token('dave', 2) });
    client.subscribe('1', 'subscription { ticks }');
    const { code } = await client.closed;
    expect(code).toBe(4403);
    expect(Math.abs(Date.now() - expiresAt)).toBeLessThan(1000);
  });

  it('drops a socket that leaves pings unanswered', async () => {
    const impatient = await startShell({ bounds: { wsPingMs: 50 } });
    const client = await connectWs(impatient.url, {}, { autoPong: false });
    expect((await client.closed).code).toBe(1006);
    await impatient.stop();
  });
});

describe('the end', () => {
  const headers = { 'content-type': 'application/json' };
  const ask = (at: Shell, query: string) =>
    fetch(`${at.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });

  it('closes sockets with 1001 and without completing subscriptions, so that clients subscribe again', async () => {
    const ending = await startShell();
    const client = await connectWs(ending.url);
    client.subscribe('1', 'subscription { ticks }');
    client.subscribe('2', 'subscription { stuck }');
    await client.hears('next', '1');
    await expect.poll(() => ending.counts.ticking).toBe(2);
    const stopped = ending.stop();
    expect(ending.stop()).toBe(stopped);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect(client.heard.filter(({ type }) => type === 'complete')).toEqual([]);
    await stopped;
    await expect.poll(() => ending.counts.ticking).toBe(0);
    await expect(fetch(ending.url)).rejects.toThrow('fetch failed');
  });

  it('waits for the answers of queries and mutations, over HTTP and on sockets, and closes idle sockets meanwhile', async () => {
    const ending = await startShell();
    const idle = await connectWs(ending.url);
    idle.subscribe('1', 'subscription { ticks }');
    const busy = await connectWs(ending.url);
    busy.subscribe('1', 'subscription { ticks }');
    busy.subscribe('2', '{ slow(ms: 500) }');
    const running = ask(ending, '{ slow(ms: 500) }');
    await expect.poll(() => ending.counts.slow).toBe(2);
    const stopped = ending.stop();
    expect((await idle.closed).code).toBe(1001);
    expect(ending.counts.slow).toBe(2);
    expect(await (await running).json()).toEqual({ data: { slow: 'slow' } });
    expect((await busy.closed).code).toBe(1001);
    expect(busy.heard.filter(({ id }) => id === '2')).toMatchObject([
      { type: 'next', payload: { data: { slow: 'slow' } } },
      { type: 'complete' },
    ]);
    expect(busy.heard.some(({ type, id }) => type === 'complete' && id === '1')).toBe(false);
    await stopped;
  });

  it('is not ready at once, serves everything for drainDelayMs, and then stops', async () => {
    const clock = new FakeClock();
    const ending = await startShell({ clock, bounds: { drainDelayMs: 5000 } });
    expect((await fetch(`${ending.url}/readyz`)).status).toBe(200);
    const stopped = ending.stop();
    const ready = await fetch(`${ending.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'draining' }]);
    expect((await fetch(`${ending.url}/livez`)).status).toBe(200);
    await clock.advance(4999);
    const answer = await ask(ending, '{ hello }');
    expect([answer.headers.get('connection'), await answer.json()]).toEqual(['close', { data: { hello: 'hello' } }]);
    const client = await connectWs(ending.url);
    await clock.advance(1);
    expect((await client.closed).code).toBe(1001);
    await stopped;
    await expect(fetch(ending.url)).rejects.toThrow('fetch failed');
  });

  it('waits for drainMs at most, whatever still runs', async () => {
    const clock = new FakeClock();
    const ending = await startShell({ clock, bounds: { drainMs: 10_000, operationMs: 60_000 } });
    const forever = '{ slow(ms: 2000000000) }';
    const cut = expect(ask(ending, forever)).rejects.toThrow('fetch failed');
    const client = await connectWs(ending.url);
    client.subscribe('1', forever);
    const stream = new SseClient(ending.url, { query: forever });
    await expect.poll(() => ending.counts.slow).toBe(3);
    let hasStopped = false;
    const stopped = ending.stop().then(() => {
      hasStopped = true;
    });
    await clock.advance(9999);
    expect([hasStopped, ending.counts.aborted]).toEqual([false, 0]);
    // The last second is for clients that take part in the end.
    await clock.advance(1);
    await clock.advance(1000);
    await Promise.all([stopped, cut, client.closed, stream.closed]);
    expect(stream.isComplete).toBe(false);
    await expect.poll(() => ending.counts.aborted).toBe(3);
  });

  it('cuts clients that do not take part in it, after a second', async () => {
    const clock = new FakeClock();
    const ending = await startShell({ clock });
    const client = await connectWs(ending.url);
    client.socket.pause();
    const stopped = ending.stop();
    await clock.advance(1000);
    await stopped;
    client.socket.resume();
    await client.closed;
  });
});
