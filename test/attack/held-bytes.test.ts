import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bounds } from '../../src/bounds.ts';
import type { CallbackRefusal } from '../../src/domain/callback-refusal.ts';
import { rawHttp } from '../support/raw-http.ts';
import { settled } from '../support/settled.ts';
import { type Shell, startShell } from '../support/shell.ts';
import { SseClient } from '../support/sse-client.ts';
import { connectWs, refusedWith, WsClient } from '../support/ws-client.ts';

const mib = 1024 * 1024;

/** A connection that sends what it is given, from an address of this machine, and keeps what comes back. */
class Held {
  readonly socket: Socket;
  text = '';
  isClosed = false;

  constructor(url: string, head: string, body: Buffer, from = '127.0.0.1') {
    const { hostname, port } = new URL(url);
    this.socket = connect({ port: Number(port), host: hostname, localAddress: from });
    this.socket.on('data', (data) => {
      this.text += data.toString('latin1').slice(0, 2000);
    });
    this.socket.on('error', () => {
      // `close` follows.
    });
    this.socket.once('close', () => {
      this.isClosed = true;
    });
    this.socket.write(head);
    this.socket.write(body);
  }

  get status(): number {
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(this.text)?.[1] ?? 0);
  }
}

const headOf = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

/** Everything of a body but its last byte. */
const held = (url: string, path: string, bytes: number, from?: string) =>
  new Held(url, headOf(path, bytes), Buffer.alloc(bytes - 1, ' '), from);

let shell: Shell;
/** Why callbacks were refused. */
const refused: CallbackRefusal[] = [];
const opened: { destroy(): void }[] = [];
const open = <T extends { readonly socket: { destroy(): void } }>(one: T): T => {
  opened.push(one.socket);
  return one;
};

beforeAll(async () => {
  shell = await startShell({
    refuseCallback: (_address, { reason }) => void refused.push(reason),
    admitCallback: ({ app }) =>
      app === 'zim-eu' ? null : { status: 404, contentType: 'text/plain', body: 'not found' },
  });
});
afterAll(() => shell.stop());
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  const nothing = { connections: expect.any(Number), requests: 0, streams: 0, bytes: 0 };
  await expect.poll(() => shell.held(), { timeout: 20_000 }).toEqual(nothing);
}, 30_000);

/** The most that was held while something went on. */
async function mostHeld(of: Shell, until: () => boolean, timeout = 30_000): Promise<number> {
  let most = 0;
  await expect
    .poll(
      () => {
        most = Math.max(most, of.held().bytes);
        return until();
      },
      { timeout, interval: 5 },
    )
    .toBe(true);
  return most;
}

/** A query of somebody at another address. */
async function askFrom(url: string, from: string): Promise<number> {
  const body = Buffer.from('{"query":"{ hello }"}');
  const asking = open(new Held(url, headOf('/graphql', body.length), body, from));
  await expect.poll(() => asking.status, { timeout: 5000 }).not.toBe(0);
  return asking.status;
}

describe('bodies that are held back', () => {
  it('are not read where no app has the path: 1,500 callbacks of a megabyte hold nothing', async () => {
    const all = Array.from({ length: 1500 }, () => open(held(shell.url, '/callbacks/x/y', mib)));
    expect(await mostHeld(shell, () => all.every(({ isClosed }) => isClosed))).toBeLessThan(mib);
    // Who still sends when the connection is closed may lose the answer.
    expect(new Set(all.map(({ status }) => status).filter((status) => status !== 0))).toEqual(new Set([404]));
  }, 60_000);

  it.each([
    ['GraphQL', '/graphql', 256 * 1024],
    ['event streams', '/graphql/stream', 256 * 1024],
    ['callbacks of a path that is known', '/callbacks/zim-eu/token', 256 * 1024],
  ])(
    'are bounded for an address: 1,500 of %s',
    async (_title, path, bytes) => {
      refused.length = 0;
      const all = Array.from({ length: 1500 }, () => open(held(shell.url, path, bytes)));
      const isOver = () => all.filter(({ isClosed }) => isClosed).length >= 1400;
      expect(await mostHeld(shell, isOver)).toBeLessThanOrEqual(8 * mib);
      expect(shell.held().bytes).toBeGreaterThan(4 * mib);
      expect(new Set(all.map(({ status }) => status).filter((status) => status !== 0))).toEqual(new Set([429]));
      expect(await askFrom(shell.url, '127.0.0.2')).toBe(200);
      expect(new Set(refused)).toEqual(new Set(path.startsWith('/callbacks') ? ['OVERLOADED'] : []));
    },
    60_000,
  );

  it('are bounded in all, and leave room for others: 1,500 of 30 addresses, of every kind', async () => {
    const kinds = ['/graphql', '/graphql/stream', '/callbacks/zim-eu/token'];
    const all = Array.from({ length: 1500 }, (_, index) =>
      open(held(shell.url, kinds[index % 3] ?? '', 250 * 1024, `127.0.1.${1 + (index % 30)}`)),
    );
    const isOver = () => all.filter(({ isClosed }) => isClosed).length >= 1200;
    expect(await mostHeld(shell, isOver)).toBeLessThanOrEqual(64 * mib);
    await settled(() => shell.held().bytes);
    expect(shell.held().bytes).toBeGreaterThan(32 * mib);
    expect(await askFrom(shell.url, '127.0.2.1')).toBe(200);
  }, 60_000);
});

describe('what one address holds', () => {
  /** Bounds of answers that are out of the way. */
  const generous = {
    answerFields: 1_000_000,
    answerBytes: 100 * mib,
    runningBytesPerCaller: 1024 * mib,
    runningBytes: 1024 * mib,
  };
  const within = async (bounds: Partial<Bounds>, work: (of: Shell) => Promise<void>) => {
    const of = await startShell({ bounds });
    await work(of).finally(() => of.stop());
  };
  const openWs = async (url: string): Promise<WsClient> => {
    const client = await connectWs(url);
    opened.push({ destroy: () => client.socket.terminate() });
    return client;
  };
  const kib = 1024;
  const pad = 'x'.repeat(50 * kib);

  it('is one account over HTTP and sockets, whose operations are refused and which stay', () =>
    within({ heldBytesPerAddress: 300 * kib }, async (of) => {
      const body = open(held(of.url, '/graphql', 200 * kib));
      await expect.poll(() => of.held().bytes).toBeGreaterThan(190 * kib);
      const client = await openWs(of.url);
      client.subscribe('1', 'subscription { ticks }', { pad });
      await client.hears('next', '1');
      client.subscribe('2', 'subscription { ticks }', { pad });
      expect(await client.errorCodes('2')).toEqual(['TOO_MANY_OPERATIONS']);
      client.subscribe('3', '{ hello }');
      await client.hears('next', '3');
      client.send({ type: 'complete', id: '1' });
      await expect.poll(() => of.held().bytes).toBeLessThan(210 * kib);
      client.subscribe('4', 'subscription { ticks }', { pad });
      await client.hears('next', '4');
      expect(await askFrom(of.url, '127.0.0.2')).toBe(200);
      expect(body.isClosed).toBe(false);
      body.socket.destroy();
    }));

  it('counts the variables of event streams as long as they run, and not their documents', () =>
    within({ heldBytesPerAddress: 120 * kib }, async (of) => {
      const query = `subscription { ticks } #${'x'.repeat(50 * kib)}`;
      for (const _ of [1, 2, 3]) {
        const client = open(new SseClient(of.url, { query }));
        await expect.poll(() => client.nexts.length).toBeGreaterThan(0);
      }
      expect(of.held().bytes).toBeLessThan(kib);
      const subscribe = () => open(new SseClient(of.url, { query: 'subscription { ticks }', variables: { pad } }));
      const [one, two] = [subscribe(), subscribe()];
      await expect.poll(() => Math.min(one.nexts.length, two.nexts.length)).toBeGreaterThan(0);
      const three = subscribe();
      await expect.poll(() => three.status).toBe(429);
      one.socket.destroy();
      await expect.poll(() => of.held().bytes).toBeLessThan(60 * kib);
    }));

  it('counts messages that come in parts: sockets are closed with 1013, which clients answer by coming again', () =>
    within({ heldBytesPerAddress: 300 * kib }, async (of) => {
      const clients = await Promise.all(Array.from({ length: 10 }, () => openWs(of.url)));
      let most = 0;
      for (const { socket } of clients) {
        socket.on('error', () => {
          // The server does not read what is still sent.
        });
        socket.send('x'.repeat(60 * kib), { fin: false });
      }
      const closed = Promise.race(clients.map((client) => client.closed));
      await expect
        .poll(() => {
          most = Math.max(most, of.held().bytes);
          return clients.filter(({ socket }) => socket.readyState === socket.CLOSED).length;
        })
        .toBeGreaterThanOrEqual(5);
      expect((await closed).code).toBe(1013);
      // One read more than the bound, for each socket that is being closed.
      expect(most).toBeLessThan(300 * kib + 10 * 64 * kib);
      const honest = await openWs(of.url);
      await expect.poll(() => of.held().bytes).toBeLessThanOrEqual(300 * kib);
      for (const { socket } of clients) socket.terminate();
      await expect.poll(() => of.held().bytes).toBe(0);
      // Many messages in many parts leave nothing behind that is counted.
      for (let message = 0; message < 200; message += 1) {
        const text = JSON.stringify({ type: 'ping', payload: { pad: 'x'.repeat(kib) } });
        for (let at = 0; at < text.length; at += 100)
          honest.socket.send(text.slice(at, at + 100), { fin: at + 100 >= text.length });
      }
      await expect.poll(() => honest.heard.filter(({ type }) => type === 'pong').length).toBe(200);
      // The heads of frames, of one read.
      expect(of.held().bytes).toBeLessThan(8 * kib);
    }));

  it(
    'counts answers that are not read, over HTTP and on sockets',
    () =>
      within({ ...generous, heldBytesPerAddress: 40 * mib, heldBytes: 80 * mib }, async (of) => {
        const query = '{ list(size: 100000) { id name } }';
        const asking = open(
          new Held(of.url, headOf('/graphql', query.length + 12), Buffer.from(`{"query":"${query}"}`)),
        );
        asking.socket.pause();
        const client = await openWs(of.url);
        client.socket.pause();
        // More than the system's own buffers take.
        for (let id = 0; id < 5; id += 1) client.subscribe(`${id}`, query);
        await expect.poll(() => of.held().bytes, { timeout: 20_000 }).toBeGreaterThan(4 * mib);
        asking.socket.destroy();
        client.socket.terminate();
        await expect.poll(() => of.held().bytes).toBe(0);
      }),
    30_000,
  );

  it(
    'is given up where nothing of an answer is taken for the time that an operation and a request may have',
    () =>
      within(
        { ...generous, heldBytesPerAddress: 40 * mib, heldBytes: 80 * mib, operationMs: 6000, requestMs: 400 },
        async (of) => {
          const query = '{ list(size: 200000) { id name } }';
          const asking = open(
            new Held(of.url, headOf('/graphql', query.length + 12), Buffer.from(`{"query":"${query}"}`)),
          );
          asking.socket.pause();
          await expect.poll(() => of.held().bytes, { timeout: 10_000 }).toBeGreaterThan(4 * mib);
          await expect
            .poll(() => of.held(), { timeout: 20_000 })
            .toMatchObject({ requests: 0, connections: 0, bytes: 0 });
        },
      ),
    40_000,
  );

  it('is no more connections than it may have; others are served, and what is closed makes place', () =>
    within({ connectionsPerAddress: 20 }, async (of) => {
      const idle = Array.from({ length: 40 }, () => open(new Held(of.url, '', Buffer.alloc(0))));
      await expect.poll(() => idle.filter(({ isClosed }) => isClosed).length, { timeout: 10_000 }).toBe(20);
      expect(await askFrom(of.url, '127.0.0.2')).toBe(200);
      for (const { socket } of idle) socket.destroy();
      await expect.poll(() => of.held().connections, { timeout: 10_000 }).toBeLessThan(10);
      expect(await askFrom(of.url, '127.0.0.1')).toBe(200);
    }));

  it('is no more connections than all may have together', () =>
    within({ connections: 20 }, async (of) => {
      const idle = Array.from({ length: 40 }, (_, index) =>
        open(new Held(of.url, '', Buffer.alloc(0), `127.0.1.${index + 1}`)),
      );
      await expect.poll(() => idle.filter(({ isClosed }) => isClosed).length, { timeout: 10_000 }).toBe(20);
    }));

  it('is no more requests under way than it may have, and health is told all the same', () =>
    within({ requestsPerAddress: 3 }, async (of) => {
      const ask = (query: string) => {
        const body = JSON.stringify({ query });
        const headers = { 'content-type': 'application/json' };
        return fetch(`${of.url}/graphql`, { method: 'POST', headers, body });
      };
      const slow = [1, 2, 3].map(() => ask('{ slow(ms: 1000) }'));
      await expect.poll(() => of.counts.slow).toBe(3);
      const refused = await ask('{ hello }');
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
      expect((await fetch(`${of.url}/readyz`)).status).toBe(200);
      expect(await askFrom(of.url, '127.0.0.2')).toBe(200);
      for (const reply of await Promise.all(slow)) expect(reply.status).toBe(200);
      expect((await ask('{ hello }')).status).toBe(200);
    }));

  const body = '{"query":"{ hello }"}';
  it.each([
    ['/readyz', 'GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['/graphql', headOf('/graphql', body.length) + body],
    ['a path that is not there', 'GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('is no more requests of one connection than 32 without their answers, of %s', (_, request) =>
    within({}, async (of) => {
      const countOf = (text: string) => text.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0;
      const flood = await rawHttp(of.url, request.repeat(2000), 10_000);
      expect(flood.isClosed).toBe(true);
      expect(countOf(flood.text)).toBeLessThanOrEqual(32);
      await expect.poll(() => of.held()).toMatchObject({ requests: 0, connections: 0, bytes: 0 });
      const few = await rawHttp(of.url, request.repeat(32), 500);
      expect({ isClosed: few.isClosed, answers: countOf(few.text) }).toEqual({ isClosed: false, answers: 32 });
    }),
  );

  it('is no more streams than it may have, also where they are asked for at once', () =>
    within({ wsSocketsPerAddress: 10 }, async (of) => {
      const streams = Array.from({ length: 30 }, () =>
        open(new SseClient(of.url, { query: 'subscription { ticks }' })),
      );
      await expect.poll(() => streams.every(({ status }) => status !== 0)).toBe(true);
      expect(streams.filter(({ status }) => status === 200)).toHaveLength(10);
      expect(streams.filter(({ status }) => status === 429)).toHaveLength(20);
      expect(await refusedWith(new WsClient(of.url))).toBe(429);
      for (const { socket } of streams) socket.destroy();
      await expect.poll(() => of.held().streams).toBe(0);
      const sockets = Array.from({ length: 30 }, () => new WsClient(of.url));
      const outcomes = await Promise.allSettled(sockets.map((client) => client.opened));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
      for (const { socket } of sockets) socket.terminate();
    }));
});
