import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

const main = new URL('../../src/main.ts', import.meta.url).pathname;

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The server as it runs in production, in a process of its own that can be killed and started again. */
export class GatewayProcess {
  readonly url: string;
  readonly #configFile: string;
  #child: ChildProcess | undefined;
  #said = '';

  /** The configuration must have this port. */
  constructor(configFile: string, port: number) {
    this.#configFile = configFile;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Resolves when it serves. Rejects, with what it said, when it ends instead. */
  async start(): Promise<void> {
    this.#said = '';
    const child = spawn(process.execPath, [main, '--config', this.#configFile], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        this.#said = (this.#said + chunk.toString()).slice(-10_000);
      });
    while (child.exitCode === null && child.signalCode === null) {
      const reply = await fetch(`${this.url}/readyz`).catch(() => null);
      await reply?.body?.cancel();
      if (reply?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the server ended at its start: ${this.#said}`);
  }

  /** Sends it a signal that does not end it. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Resolves when it has written so many lines that the pattern fits; rejects when it ends before. */
  async says(pattern: RegExp, times = 1): Promise<readonly string[]> {
    for (;;) {
      const found = this.#said.split('\n').filter((line) => pattern.test(line));
      if (found.length >= times) return found;
      if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`it ended before it wrote ${pattern}: ${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Resolves when it has ended: with its exit code, null where a signal ended it. */
  async kill(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  }
}
