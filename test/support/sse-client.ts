import { connect, type Socket } from 'node:net';

/** An event of an event stream; `data` parsed, null where there is none. */
export interface SseEvent {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers by the shape of their own query
  readonly data: any;
}

export interface SseRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly token?: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
}

/** A client over a plain socket, which a test can stop from reading. */
export class SseClient {
  readonly socket: Socket;
  readonly heard: SseEvent[] = [];
  status = 0;
  head = '';
  comments = 0;
  /** Whether the response came to its proper end. */
  hasEnded = false;
  readonly closed: Promise<void>;
  #rest = Buffer.alloc(0);
  #text = '';

  constructor(url: string, { query, variables, token, method = 'POST', headers = {} }: SseRequest) {
    const { hostname, port } = new URL(url);
    const body = method === 'POST' ? JSON.stringify({ query, variables }) : '';
    const search = new URLSearchParams({ query, ...(variables && { variables: JSON.stringify(variables) }) });
    const all: Record<string, string> = {
      host: `${hostname}:${port}`,
      accept: 'text/event-stream',
      ...(body && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    const target = method === 'GET' ? `/graphql/stream?${search}` : '/graphql/stream';
    this.socket = connect(Number(port), hostname);
    this.socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
    this.socket.on('data', (bytes) => this.#read(bytes));
    this.socket.on('error', () => {
      // `close` follows.
    });
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  /** The `data` of every `next` so far. */
  get nexts(): SseEvent['data'][] {
    return this.heard.filter(({ event }) => event === 'next').map(({ data }) => data);
  }

  get isComplete(): boolean {
    return this.heard.at(-1)?.event === 'complete';
  }

  #read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    if (this.status === 0) {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end === -1) return;
      this.head = this.#rest.subarray(0, end).toString();
      this.status = Number(/^HTTP\/1.1 (\d+)/.exec(this.head)?.[1]);
      this.#rest = this.#rest.subarray(end + 4);
    }
    if (this.status !== 200) return;
    for (;;) {
      const line = this.#rest.indexOf('\r\n');
      const size = Number.parseInt(this.#rest.subarray(0, Math.max(0, line)).toString(), 16);
      if (line === -1 || this.#rest.length < line + 2 + size + 2) break;
      if (size === 0) this.hasEnded = true;
      this.#text += this.#rest.subarray(line + 2, line + 2 + size).toString();
      this.#rest = this.#rest.subarray(line + 2 + size + 2);
    }
    this.#take();
  }

  #take(): void {
    const parts = this.#text.split('\n\n');
    this.#text = parts.pop() ?? '';
    for (const part of parts) {
      if (part.startsWith(':')) {
        this.comments += 1;
        continue;
      }
      const event = /^event: (.*)$/m.exec(part)?.[1] ?? '';
      const data = /^data: ?(.*)$/m.exec(part)?.[1] ?? '';
      this.heard.push({ event, data: data === '' ? null : JSON.parse(data) });
    }
  }
}
