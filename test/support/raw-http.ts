import { connect, type Socket } from 'node:net';

export interface RawReply {
  readonly text: string;
  /** The first line's status; 0 when there was none. */
  readonly status: number;
  /** Whether the server closed the connection. */
  readonly isClosed: boolean;
  readonly tookMs: number;
}

/** Sends bytes as they are and gives what came back until the connection was closed, or until `waitMs`. */
export function rawHttp(url: string, bytes: string | readonly string[], waitMs = 1000): Promise<RawReply> {
  const { hostname, port } = new URL(url);
  const startedAt = Date.now();
  return new Promise((resolve) => {
    let text = '';
    const socket: Socket = connect(Number(port), hostname);
    const finish = (isClosed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ text, status, isClosed, tookMs: Date.now() - startedAt });
    };
    const timer = setTimeout(() => finish(false), waitMs);
    socket.setEncoding('utf8');
    socket.on('data', (data: string) => {
      text += data;
    });
    socket.on('close', () => finish(true));
    socket.on('error', () => {
      // `close` follows.
    });
    for (const part of typeof bytes === 'string' ? [bytes] : bytes) socket.write(part);
  });
}
