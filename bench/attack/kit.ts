import { connect, type Socket } from 'node:net';

/** What an attack has of the server and its surroundings. */
export interface Target {
  /** Of the server. */
  readonly url: string;
  /** Where a vendor calls back, with the path's token. */
  callback(app: string): string;
  /** Of the vendors' emulators, by slug. */
  readonly vendors: Readonly<Record<string, string>>;
  /** A token of a viewer who has this user id at every vendor; with scopes and no accounts an operator's. */
  token(userId: string, scopes?: readonly string[], accounts?: Readonly<Record<string, string>>): Promise<string>;
  /** Bytes that the server has written to its log so far, and its longest line. */
  logged(): { readonly bytes: number; readonly longestLine: number };
  /** Shorter and fewer, as in CI. */
  readonly isShort: boolean;
}

export interface Attack {
  readonly name: string;
  /** Where it is described: a row of the attack table, or a case. */
  readonly source: string;
  /**
   * Attacks, and throws where the server answered wrongly. Gives a line on what happened. The server's life, memory and what an honest
   * client waits for are measured around it.
   */
  run(target: Target): Promise<string>;
  /** Events that the log of every app begins with. */
  readonly eventsBefore?: number;
  /** Keywords of a decision rule that every app has. */
  readonly keywords?: number;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Throws `message` unless `holds`. */
export function ensure(holds: boolean, message: () => string): void {
  if (!holds) throw new Error(message().slice(0, 500));
}

/** How many of each there were, such as `200 x 12, 429 x 3`. */
export function tally(values: readonly (string | number)[]): string {
  const counts = new Map<string | number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${value} x ${count}`).join(', ') || 'none';
}

/** One POST of a GraphQL request; status 0 when the connection broke. */
export async function graphql(url: string, token: string | null, body: unknown): Promise<Reply> {
  return send(`${url}/graphql`, JSON.stringify(body), {
    'content-type': 'application/json',
    ...(token !== null && { authorization: `Bearer ${token}` }),
  });
}

/** One POST; status 0 when the connection broke. */
export async function send(url: string, body: string, headers: Record<string, string>): Promise<Reply> {
  try {
    const reply = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(60_000) });
    return { status: reply.status, text: await reply.text() };
  } catch (error) {
    return { status: 0, text: String(error) };
  }
}

/** Runs `count` tasks, at most `atOnce` of them at a time. */
export async function inParallel<T>(
  count: number,
  atOnce: number,
  task: (index: number) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await task(index);
  };
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, work));
  return results;
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A plain socket that sends what it is given; `reply` is what came back so far. */
export class RawSocket {
  readonly socket: Socket;
  reply = '';
  isClosed = false;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect(Number(port), hostname);
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text: string) => {
      if (this.reply.length < 100_000) this.reply += text;
    });
    this.socket.on('error', () => {
      // `close` follows.
    });
    this.socket.on('close', () => {
      this.isClosed = true;
    });
  }

  /** The status of the first answer; 0 when none came. */
  get status(): number {
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(this.reply)?.[1] ?? 0);
  }

  write(text: string): void {
    if (!this.socket.destroyed) this.socket.write(text);
  }

  close(): void {
    this.socket.destroy();
  }
}

/** The head of a request with a body of so many bytes. */
export const requestHead = (path: string, bytes: number, more: Readonly<Record<string, string>> = {}) =>
  [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${bytes}`,
    ...Object.entries(more).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');
