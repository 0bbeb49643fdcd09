import { type ClientOptions, WebSocket } from 'ws';
import { z } from 'zod';

const messageSchema = z.object({ type: z.string(), id: z.string().optional(), payload: z.unknown().optional() });
export type Message = z.infer<typeof messageSchema>;

const errorsSchema = z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) }));

/** A client that says exactly what a test tells it to, and remembers what it hears. */
export class WsClient {
  readonly socket: WebSocket;
  readonly heard: Message[] = [];
  /** How the socket was closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly opened: Promise<void>;

  constructor(url: string, protocol: string | null = 'graphql-transport-ws', options: ClientOptions = {}) {
    const at = `${url.replace(/^http/, 'ws')}/graphql`;
    this.socket = protocol === null ? new WebSocket(at, options) : new WebSocket(at, protocol, options);
    this.socket.on('message', (data) => this.heard.push(messageSchema.parse(JSON.parse(String(data)))));
    this.closed = new Promise((resolve) => {
      this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('open', resolve);
      this.socket.once('error', reject);
    });
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables: Record<string, unknown> = {}): void {
    this.send({ type: 'subscribe', id, payload: { query, variables } });
  }

  /** The first message that was or will be heard and fits; an error after `waitMs`. */
  async hears(type: string, id?: string, waitMs = 2000): Promise<Message> {
    const until = Date.now() + waitMs;
    while (Date.now() < until) {
      const found = this.heard.find((message) => message.type === type && (id === undefined || message.id === id));
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`no ${type} for ${id}; heard ${JSON.stringify(this.heard.slice(-5))}`);
  }

  /** The codes of the `error` message for an operation. */
  async errorCodes(id: string): Promise<readonly string[]> {
    const { payload } = await this.hears('error', id);
    return errorsSchema.parse(payload).map((error) => error.extensions.code);
  }
}

/** A client whose connection was acknowledged. */
export async function connectWs(
  url: string,
  payload: Record<string, unknown> = {},
  options: ClientOptions = {},
): Promise<WsClient> {
  const client = new WsClient(url, 'graphql-transport-ws', options);
  await client.opened;
  client.send({ type: 'connection_init', payload });
  await client.hears('connection_ack');
  return client;
}

/** The HTTP status with which a handshake is refused. */
export async function refusedWith(client: WsClient): Promise<number> {
  client.opened.catch(() => {
    // Expected: the status tells why.
  });
  return new Promise((resolve, reject) => {
    client.socket.once('unexpected-response', (_request, response) => {
      response.resume();
      client.socket.terminate();
      resolve(response.statusCode ?? 0);
    });
    client.socket.once('open', () => reject(new Error('was not refused')));
  });
}
