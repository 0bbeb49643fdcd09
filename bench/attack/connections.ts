import WebSocket from 'ws';
import { type Attack, ensure, inParallel, RawSocket, requestHead, sleep, type Target, tally } from './kit.ts';

/** A socket of the WebSocket protocol; null where the handshake was refused. */
async function open(url: string): Promise<WebSocket | null> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    maxPayload: 64 * 1024 ** 2,
  });
  socket.on('error', () => {
    // `close` follows.
  });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('close', () => resolve(null));
  });
}

/** As `open`, with the token given and acknowledged. */
async function connected(url: string, token: string): Promise<WebSocket | null> {
  const socket = await open(url);
  if (!socket) return null;
  const acknowledged = new Promise<boolean>((resolve) => {
    socket.once('message', () => resolve(true));
    socket.once('close', () => resolve(false));
  });
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  return (await acknowledged) ? socket : null;
}

const subscribe = (id: string, query: string, variables: Record<string, unknown> = {}) =>
  JSON.stringify({ id, type: 'subscribe', payload: { query, variables } });

const closeAll = (sockets: readonly (WebSocket | null)[]) => {
  for (const socket of sockets) socket?.terminate();
};

/** A message of a client at an emulated vendor. */
const speak = ({ vendors }: Target, text: string) =>
  fetch(`${vendors['zim']}/_emulator/events`, {
    method: 'POST',
    body: JSON.stringify({
      type: 'message',
      from: 'bob',
      to: { kind: 'direct', id: 'alice' },
      content: { kind: 'TEXT', text },
    }),
  }).then((reply) => reply.body?.cancel());

export const connectionAttacks: readonly Attack[] = [
  {
    name: 'bodies that are held back',
    source: 'S7',
    async run(target) {
      const { url, isShort } = target;
      const count = isShort ? 300 : 1500;
      const callback = new URL(target.callback('em-1')).pathname;
      const targets: readonly (readonly [string, number])[] = [
        ['/callbacks/x/y', 1024 * 1024],
        [callback, 1024 * 1024],
        ['/graphql', 256 * 1024],
      ];
      const sockets = await inParallel(count, 100, async (index) => {
        const [path, bytes] = targets[index % targets.length] ?? ['/graphql', 1];
        const raw = new RawSocket(url);
        raw.write(requestHead(path, bytes));
        raw.write('x'.repeat(bytes - 1));
        await sleep(50);
        return raw;
      });
      await sleep(isShort ? 2000 : 5000);
      const statuses = sockets.map(({ status, isClosed }) => `${status}${isClosed ? ' closed' : ''}`);
      for (const raw of sockets) raw.close();
      return tally(statuses);
    },
  },
  {
    name: 'slow headers and slow bodies',
    source: 'reliability.md 4, row 19',
    async run({ url, isShort }) {
      const sockets = Array.from({ length: isShort ? 100 : 500 }, (_, index) => {
        const raw = new RawSocket(url);
        if (index % 2 === 0) raw.write('GET /livez HTTP/1.1\r\nhost: x\r\n');
        else raw.write(requestHead('/graphql', 10_000));
        return raw;
      });
      const seconds = isShort ? 12 : 34;
      for (let second = 0; second < seconds; second += 1) {
        await sleep(1000);
        for (const [index, raw] of sockets.entries()) raw.write(index % 2 === 0 ? 'x' : '{');
      }
      const left = sockets.filter((raw, index) => !raw.isClosed && (index % 2 === 0 || !isShort)).length;
      for (const raw of sockets) raw.close();
      ensure(left === 0, () => `${left} connections are still open after ${seconds} s`);
      return `all closed within ${seconds} s`;
    },
  },
  {
    name: 'more sockets than an address may have',
    source: 'reliability.md 4, row 33',
    async run({ url, isShort }) {
      const sockets = await inParallel(isShort ? 1500 : 4000, 200, () => open(url));
      const held = sockets.filter((socket) => socket !== null).length;
      closeAll(sockets);
      ensure(held <= 1000, () => `${held} sockets of one address were taken`);
      return `${held} of ${sockets.length} taken`;
    },
  },
  {
    name: 'event streams opened at one moment',
    source: 'S11',
    async run({ url, token }) {
      const bearer = await token('alice');
      const body = JSON.stringify({ query: 'subscription { viewerEvents { __typename } }' });
      const head = requestHead('/graphql/stream', body.length, {
        accept: 'text/event-stream',
        authorization: `Bearer ${bearer}`,
      });
      const sockets = Array.from({ length: 1300 }, () => {
        const raw = new RawSocket(url);
        raw.write(head + body);
        return raw;
      });
      await sleep(4000);
      // One that was ended at once held no place: what counts is how many are open together.
      const isOpen = ({ status, isClosed, reply }: RawSocket) =>
        status === 200 && !isClosed && !reply.includes('event: complete');
      const taken = sockets.filter(isOpen).length;
      const statuses = sockets.map((raw) => `${raw.status} ${isOpen(raw) ? 'open' : 'ended'}`);
      const ended = sockets.find((raw) => raw.status === 200 && !isOpen(raw));
      for (const raw of sockets) raw.close();
      ensure(taken <= 1000, () => `${taken} streams of one address are open`);
      return `${tally(statuses)}${ended ? `; such as ${/"code":"(\w+)"/.exec(ended.reply)?.[1]}` : ''}`;
    },
  },
  {
    name: 'frames that nobody should send',
    source: 'reliability.md 4, rows 28-32',
    async run({ url, token, isShort }) {
      const bearer = await token('alice');
      const frames: readonly (string | Buffer)[] = [
        'not json',
        '[]',
        '{"type":"nothing"}',
        '{"type":"subscribe"}',
        Buffer.from([1, 2, 3]),
        subscribe('x'.repeat(10_000), '{ __typename }'),
        subscribe('1', `{ ${'a '.repeat(40_000)} }`),
        subscribe('__proto__', '{ __typename'),
        '{"type":"connection_init"}',
        `{"type":"ping","payload":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      ];
      const codes = await inParallel(frames.length * (isShort ? 10 : 100), 20, async (index) => {
        const socket = await connected(url, bearer);
        if (!socket) return 'refused';
        const answered = new Promise<string>((resolve) => {
          socket.once('close', (code) => resolve(`closed ${code}`));
          socket.once('message', (data) => resolve(String(/"type":"(\w+)"/.exec(String(data))?.[1])));
        });
        socket.send(frames[index % frames.length] ?? '');
        const answer = await answered;
        socket.terminate();
        return answer;
      });
      ensure(!codes.includes('closed 4500') && !codes.includes('closed 1011'), () => tally(codes));
      return tally(codes);
    },
  },
  {
    name: 'pings, and streams opened and completed, without an end',
    source: 'reliability.md 4, row 35',
    async run({ url, token, isShort }) {
      const bearer = await token('alice');
      const sockets = await Promise.all([1, 2, 3, 4].map(() => connected(url, bearer)));
      const rounds = isShort ? 2000 : 10_000;
      await Promise.all(
        sockets.map(async (socket) => {
          for (let round = 0; round < rounds && socket?.readyState === WebSocket.OPEN; round += 1) {
            socket.send('{"type":"ping"}');
            socket.send(subscribe(String(round), 'subscription { viewerEvents { __typename } }'));
            socket.send(JSON.stringify({ id: String(round), type: 'complete' }));
            if (round % 50 === 0) await sleep(1);
          }
        }),
      );
      await sleep(2000);
      const states = sockets.map((socket) => (socket?.readyState === WebSocket.OPEN ? 'open' : 'closed'));
      closeAll(sockets);
      return `4 sockets of ${rounds} rounds: ${tally(states)}`;
    },
  },
  {
    name: 'distinct streams by the thousand',
    source: 'S6, live groups',
    async run({ url, token, isShort }) {
      const bearer = await token('alice');
      const sockets = await inParallel(isShort ? 20 : 100, 20, () => connected(url, bearer));
      const padding = '__typename '.repeat(300);
      for (const [index, socket] of sockets.entries()) {
        for (let stream = 0; stream < 50 && socket?.readyState === WebSocket.OPEN; stream += 1) {
          const query = `subscription s${index}x${stream} { viewerEvents { ${padding} } }`;
          socket.send(subscribe(String(stream), query));
        }
        await sleep(5);
      }
      await sleep(2000);
      closeAll(sockets);
      return `${sockets.filter((socket) => socket !== null).length} sockets of 50 streams, each of another document`;
    },
  },
  {
    name: 'readers that stop reading',
    source: 'reliability.md 4, row 34',
    async run(target) {
      const { url, token, isShort } = target;
      const bearer = await token('alice');
      const sockets = await inParallel(50, 20, async () => {
        const socket = await connected(url, bearer);
        for (let stream = 0; stream < 10; stream += 1) {
          const query =
            'subscription { viewerEvents { ... on MessageEvent { message { content { ... on TextContent { text } } } } } }';
          socket?.send(subscribe(String(stream), query));
        }
        socket?.pause();
        return socket;
      });
      const text = 'x'.repeat(4000);
      const events = isShort ? 200 : 1500;
      await inParallel(events, 4, () => speak(target, text));
      closeAll(sockets);
      return `${sockets.length} sockets of 10 streams, ${events} events of ${text.length} characters`;
    },
  },
];
