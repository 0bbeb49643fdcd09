import { connect, type Socket } from 'node:net';

/** A request to be written as it is. */
export type NextRequest = () => string;

/** One connection that has one request at a time; cheap, so that the server is what is measured. */
class Connection {
  readonly #socket: Socket;
  #text = '';
  #settle: ((status: number) => void) | undefined;

  constructor(url: URL) {
    this.#socket = connect(Number(url.port), url.hostname);
    this.#socket.setNoDelay(true).setEncoding('latin1');
    this.#socket.on('data', (chunk: string) => this.#take(chunk));
    this.#socket.on('error', () => this.#settle?.(0));
    this.#socket.on('close', () => this.#settle?.(0));
  }

  /** The status of the answer; 0 when there is none. */
  send(request: string): Promise<number> {
    this.#socket.write(request);
    return new Promise((resolve) => {
      this.#settle = resolve;
    });
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
    this.#text = '';
    this.#settle?.(status);
  }
}

export interface LoadResult {
  /** Answered 200. */
  readonly taken: number;
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
        const status = await connection.send(next());
        if (status === 200) latencies.push(performance.now() - since);
        else refused += 1;
        if (status === 0) break;
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
    const task = connection.send(next()).then((status) => {
      if (status === 200) latencies.push(performance.now() - dueAt);
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
