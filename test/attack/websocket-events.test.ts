import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { encodeEventCursor } from '../../src/events/cursor.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { happened, type LiveShell, startLiveShell } from '../support/live-shell.ts';
import { connectWs, refusedWith, WsClient } from '../support/ws-client.ts';

const maxEvents = 500;
let shell: LiveShell;
beforeAll(async () => {
  shell = await startLiveShell({ eventLog: new MemoryLog({ clock: systemClock, maxEvents }) });
});
afterAll(() => shell.stop());

// biome-ignore lint/suspicious/noExplicitAny: tests read answers by the shape of their own query
const happenings = ({ heard }: WsClient, id = '1'): any[] =>
  heard
    .filter((message) => message.type === 'next' && message.id === id)
    // biome-ignore lint/suspicious/noExplicitAny: as above
    .map(({ payload }: any) => payload.data.happened);

/** A handshake over a plain socket, as light as it gets; the status it is answered with. */
function handshake(url: string): Promise<{ socket: Socket; status: number }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    'GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
  );
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('data', (head) => resolve({ socket, status: Number(String(head).slice(9, 12)) }));
  });
}

describe('amounts, by default', () => {
  it('33: 50 operations run on a socket, and the 51st is refused alone', async () => {
    const client = await connectWs(shell.url);
    for (let index = 1; index <= 51; index += 1) client.subscribe(`${index}`, happened);
    expect(await client.errorCodes('51')).toEqual(['TOO_MANY_OPERATIONS']);
    await expect.poll(() => shell.groups()).toEqual({ groups: 1, members: 50 });
    await shell.happen('one');
    await client.hears('next', '50');
    client.socket.terminate();
    await expect.poll(() => shell.groups()).toEqual({ groups: 0, members: 0 });
  });

  it('33: of 2,000 sockets from one address 1,000 are let in and the rest answered 429, and others after them', async () => {
    const statuses = new Map<number, number>();
    const sockets: Socket[] = [];
    for (let wave = 0; wave < 40; wave += 1) {
      for (const { socket, status } of await Promise.all(Array.from({ length: 50 }, () => handshake(shell.url)))) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        sockets.push(socket);
      }
    }
    expect([...statuses]).toEqual([
      [101, 1000],
      [429, 1000],
    ]);
    expect(await refusedWith(new WsClient(shell.url))).toBe(429);
    for (const socket of sockets) socket.destroy();
    await expect
      .poll(() =>
        connectWs(shell.url).then(
          ({ socket }) => socket.close(),
          () => 'refused',
        ),
      )
      .toBeUndefined();
  });

  it('34: little is held for a client that does not read, which then has what is left, and gaps where something is not', async () => {
    const client = await connectWs(shell.url);
    client.subscribe('1', 'subscription { happened { cursor name padded(to: 20000) } }');
    await expect.poll(() => shell.groups().members).toBe(1);
    client.socket.pause();
    let most = 0;
    // 120 MB of answers that nobody takes.
    for (let index = 0; index < 6000; index += 1) {
      await shell.happen(`${index}`);
      await new Promise((resolve) => setImmediate(resolve));
      most = Math.max(most, shell.held().bytes);
    }
    expect(most).toBeGreaterThan(16 * 1024);
    // What it may fall behind at the live end, and the answer that waits after it.
    expect(most).toBeLessThan(128 * 1024);
    expect(shell.groups().members).toBe(0);
    client.socket.resume();
    await expect.poll(() => happenings(client).at(-1)?.name, { timeout: 10_000 }).toBe('5999');
    const names: string[] = happenings(client).map(({ name }) => name);
    expect(names).toContain('GAP');
    // In order, without a repeat; what is missing is missing at a gap only.
    let last = -1;
    for (const [index, name] of names.entries()) {
      if (name === 'GAP') continue;
      if (names[index - 1] === 'GAP') expect(Number(name)).toBeGreaterThan(last);
      else expect(Number(name)).toBe(last + 1);
      last = Number(name);
    }
    expect(names.lastIndexOf('GAP')).toBeLessThanOrEqual(names.length - 1 - maxEvents);
    client.socket.terminate();
  });

  it('35: 10,000 subscriptions that are completed at once leave nothing behind', async () => {
    const client = await connectWs(shell.url);
    for (let index = 0; index < 10_000; index += 1) {
      client.subscribe(`${index}`, happened);
      client.send({ type: 'complete', id: `${index}` });
      if (index % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    client.send({ type: 'ping' });
    await client.hears('pong', undefined, 10_000);
    await expect.poll(() => shell.groups()).toEqual({ groups: 0, members: 0 });
    expect(shell.hub.channelCount).toBe(0);
    for (let index = 0; index < 50; index += 1) client.subscribe(`again ${index}`, happened);
    await expect.poll(() => shell.groups()).toEqual({ groups: 1, members: 50 });
    client.socket.terminate();
    await expect.poll(() => shell.hub.channelCount).toBe(0);
  });
});

describe('37: a cursor', () => {
  const place = (app: string, epoch: unknown, offset: unknown) =>
    Buffer.from(JSON.stringify([[app, epoch, offset]])).toString('base64url');
  const answerTo = async (after: string) => {
    const client = await connectWs(shell.url);
    client.subscribe('1', happened, { after });
    await expect.poll(() => client.heard.length).toBeGreaterThan(1);
    client.socket.terminate();
    return client;
  };

  it.each([
    ['garbage', '§$%&'],
    ['no JSON', Buffer.from('[[').toString('base64url')],
    ['an object', Buffer.from('{}').toString('base64url')],
    ['5,000 characters', 'A'.repeat(5000)],
    ['of another app', place('another', 'x', 1)],
    ['a negative offset', place('a', 'x', -1)],
    ['the offset 2^63', Buffer.from('[["a","x",9223372036854775808]]').toString('base64url')],
    ['an offset that is text', place('a', 'x', '1')],
    ['an epoch that is a list', place('a', [], 1)],
  ])('that is %s is BAD_CURSOR, and ends that operation alone', async (_, after) => {
    const client = await answerTo(after);
    expect(await client.errorCodes('1')).toEqual(['BAD_CURSOR']);
  });

  it.each([
    ['of another life of the log', () => place('a', 'another', 1)],
    ['from the future', () => encodeEventCursor(new Map([['a', { ...shell.log.top('a'), offset: 1e9 }]]))],
    ['of what is not kept any more', () => encodeEventCursor(new Map([['a', { ...shell.log.top('a'), offset: 1 }]]))],
  ])('%s is answered by a gap, and by what there is', async (_, cursorOf) => {
    for (let index = 0; index < 2 * maxEvents; index += 1) await shell.happen(`${index}`);
    const client = await answerTo(cursorOf());
    expect(happenings(client)[0].name).toBe('GAP');
    expect(Number(happenings(client)[1]?.name)).toBeLessThan(2 * maxEvents);
  });
});
