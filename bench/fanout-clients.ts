import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';

/**
 * Many light WebSocket clients in a process of their own, and the vendor whose callbacks they wait for, so that one clock
 * measures both. It reads no more of a frame than its length and the time written in its text.
 */
export type ClientsOrder =
  | { readonly do: 'connect'; readonly url: string; readonly documents: readonly string[]; readonly clients: number }
  | {
      readonly do: 'run';
      readonly callbackUrl: string;
      readonly events: number;
      /** Events sent at once. */
      readonly burst: number;
      readonly everyMs: number;
      readonly textBytes: number;
    };

export interface RunOutcome {
  readonly delivered: number;
  readonly expected: number;
  readonly seconds: number;
  readonly bytesPerFrame: number;
  readonly p50: number;
  readonly p99: number;
}

const marker = Buffer.from('@t=');
const sockets: Socket[] = [];
let delivered = 0;
let bytes = 0;
let latencies: number[] = [];

/** A client frame: masked with zeros, which leaves the text as it is. */
function masked(text: string): Buffer {
  const payload = Buffer.from(text);
  const header = payload.length < 126 ? Buffer.from([0x81, 0x80 | payload.length]) : Buffer.alloc(4);
  if (payload.length >= 126) {
    header[0] = 0x81;
    header[1] = 0xfe;
    header.writeUInt16BE(payload.length, 2);
  }
  return Buffer.concat([header, Buffer.alloc(4), payload]);
}

function open(url: string, query: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(port), host: hostname, noDelay: true });
    sockets.push(socket);
    socket.on('error', reject);
    let rest: Buffer = Buffer.alloc(0);
    let isOpen = false;
    socket.write(
      `GET /graphql HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    );
    socket.on('data', (chunk) => {
      let data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      if (!isOpen) {
        const end = data.indexOf('\r\n\r\n');
        if (end === -1) {
          rest = data;
          return;
        }
        isOpen = true;
        socket.write(masked('{"type":"connection_init","payload":{"token":"bench"}}'));
        data = data.subarray(end + 4);
      }
      rest = read(data, (frame) => {
        if (frame.includes('connection_ack')) {
          socket.write(masked(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } })));
          resolve();
        } else if (frame.length > 0) throw new Error(`unexpected: ${frame}`);
      });
    });
  });
}

/** Takes whole frames off; gives what is left. */
function read(data: Buffer, others: (frame: Buffer) => void): Buffer {
  let at = 0;
  for (;;) {
    if (data.length - at < 2) break;
    const short = (data[at + 1] ?? 0) & 0x7f;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (data.length - at < header) break;
    const length =
      short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
    const end = at + header + length;
    if (data.length < end) break;
    const time = data.indexOf(marker, at + header);
    if (time !== -1 && time < end) {
      latencies.push(performance.now() - Number(data.toString('latin1', time + 3, time + 18)));
      delivered += 1;
      bytes += end - at;
    } else others(data.subarray(at + header, end));
    at = end;
  }
  return at === data.length ? Buffer.alloc(0) : Buffer.from(data.subarray(at));
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function send(callbackUrl: string, textBytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const time = performance.now().toFixed(4).padStart(15, '0');
    const body = `@t=${time} `.padEnd(textBytes, 'Good morning, how are you? ');
    const callback = request(
      callbackUrl,
      { method: 'POST', agent, headers: { 'content-type': 'text/plain' } },
      (reply) => {
        reply.resume();
        reply.once('end', () =>
          reply.statusCode === 200 ? resolve() : reject(new Error(`status ${reply.statusCode}`)),
        );
      },
    );
    callback.once('error', reject);
    callback.end(body);
  });
}

async function run({
  callbackUrl,
  events,
  burst,
  everyMs,
  textBytes,
}: ClientsOrder & { do: 'run' }): Promise<RunOutcome> {
  delivered = 0;
  bytes = 0;
  latencies = [];
  const expected = events * sockets.length;
  const since = performance.now();
  const sent: Promise<void>[] = [];
  for (let event = 0; event < events; event += 1) {
    const due = since + Math.floor(event / burst) * everyMs;
    const waitMs = due - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    sent.push(send(callbackUrl, textBytes));
  }
  await Promise.all(sent);
  const patience = performance.now() + 60_000;
  while (delivered < expected && performance.now() < patience) await new Promise((resolve) => setTimeout(resolve, 5));
  const seconds = (performance.now() - since) / 1000;
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { delivered, expected, seconds, bytesPerFrame: bytes / Math.max(1, delivered), p50: at(0.5), p99: at(0.99) };
}

process.on('message', async (order: ClientsOrder) => {
  if (order.do === 'run') {
    process.send?.(await run(order));
    return;
  }
  const inParallel = 50;
  for (let index = 0; index < order.clients; index += inParallel) {
    const some = Array.from({ length: Math.min(inParallel, order.clients - index) }, (_, offset) =>
      open(order.url, order.documents[(index + offset) % order.documents.length] ?? ''),
    );
    await Promise.all(some);
  }
  process.send?.({ connected: sockets.length });
});
process.once('disconnect', () => process.exit(0));
