import { connect, type Socket } from 'node:net';

/** A request to be written as it is, and, where its answer is to be looked at, what says whether the body is the right one. */
export interface CheckedRequest {
  readonly text: string;
  readonly isRight: (body: string) => boolean;
}

export type NextRequest = () => string | CheckedRequest;

interface Answer {
  /** 0 when there is none. */
  readonly status: number;
  readonly body: string;
}

const nothing: Answer = { status: 0, body: '' };

/** One connection that has one request at a time; cheap, so that the server is what is measured. */
class Connection {
  readonly #socket: Socket;
  #text = '';
  #settle: ((answer: Answer) => void) | undefined;

  constructor(url: URL) {
    this.#socket = connect(Number(url.port), url.hostname);
    this.#socket.setNoDelay(true).setEncoding('latin1');
    this.#socket.on('data', (chunk: string) => this.#take(chunk));
    this.#socket.on('error', () => this.#settle?.(nothing));
    this.#socket.on('close', () => this.#settle?.(nothing));
  }

  /** Whether the answer has status 200 and is right, or undefined when there is none. */
  async send(request: string | CheckedRequest): Promise<boolean | undefined> {
    this.#socket.write(typeof request === 'string' ? request : request.text);
    const { status, body } = await new Promise<Answer>((resolve) => {
      this.#settle = resolve;
    });
    if (status === 0) return undefined;
    return status === 200 && (typeof request === 'string' || request.isRight(body));
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: string): void {
    this.#text += chunk;
    const headEnd = this.#text.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#text)?.[1] ?? 0);
    if (this.#text.length < headEnd + 4 + length) return;
    const status = Number(this.#text.slice(9, 12));
    const body = Buffer.from(this.#text.slice(headEnd + 4), 'latin1').toString();
    this.#text = '';
    this.#settle?.({ status, body });
  }
}

export interface LoadResult {
  /** Answered 200, and rightly. */
  readonly taken: number;
  /** Answered otherwise, or not at all. */
  readonly refused: number;
  readonly seconds: number;
  /** From when it was due to its answer, in milliseconds. */
  readonly latencies: readonly number[];
}

/** As many as can be, so many at a time. */
export async function saturate(url: URL, connections: number, seconds: number, next: NextRequest): Promise<LoadResult> {
  const endsAt = performance.now() + seconds * 1000;
  const startedAt = performance.now();
  const latencies: number[] = [];
  let refused = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = new Connection(url);
      while (performance.now() < endsAt) {
        const since = performance.now();
        const isRight = await connection.send(next());
        if (isRight) latencies.push(performance.now() - since);
        else refused += 1;
        if (isRight === undefined) break;
      }
      connection.close();
    }),
  );
  const elapsed = (performance.now() - startedAt) / 1000;
  return { taken: latencies.length, refused, seconds: elapsed, latencies };
}

/** So many a second, evenly, whether or not the earlier ones were answered. */
export async function pace(url: URL, rate: number, seconds: number, next: NextRequest): Promise<LoadResult> {
  const idle: Connection[] = [];
  const all: Connection[] = [];
  const latencies: number[] = [];
  const running = new Set<Promise<void>>();
  let refused = 0;
  const startedAt = performance.now();
  for (let sent = 0; sent < rate * seconds; sent += 1) {
    const dueAt = startedAt + (sent * 1000) / rate;
    while (performance.now() < dueAt) await new Promise((resolve) => setTimeout(resolve, 1));
    const connection = idle.pop() ?? new Connection(url);
    if (!all.includes(connection)) all.push(connection);
    const task = connection.send(next()).then((isRight) => {
      if (isRight) latencies.push(performance.now() - dueAt);
      else refused += 1;
      idle.push(connection);
      running.delete(task);
    });
    running.add(task);
  }
  await Promise.all(running);
  for (const connection of all) connection.close();
  return { taken: latencies.length, refused, seconds: (performance.now() - startedAt) / 1000, latencies };
}
