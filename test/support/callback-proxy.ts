import { createServer, type Server } from 'node:http';
import { request } from 'undici';
import type { Write } from './checker.ts';

export interface CallbackProxyOptions {
  /** Where the server is; it need not be there all the time. */
  readonly target: string;
  /** What a callback tells of, by its body; undefined for what is not counted. */
  readonly keyOf: (body: string) => string | undefined;
  /** Whether an acknowledgement gets lost on its way, so that the vendor sends again what is in the log. */
  readonly losesAnswer: () => boolean;
  /** Whether a callback is acknowledged and not handed on: a server that lies. */
  readonly lies?: (key: string | undefined) => boolean;
}

interface Told {
  readonly from: number;
  to: number;
  outcome: Write['outcome'];
}

/** Stands between vendors and the server, and notes what the server acknowledged. */
export class CallbackProxy {
  readonly #server: Server;
  readonly #options: CallbackProxyOptions;
  readonly #told = new Map<string, Told & { readonly stream: string; readonly key: string }>();
  /** How often each app's vendor was answered how; `null` for no answer. */
  readonly answers = new Map<string, number>();
  /** Attempts without an answer. */
  unanswered = 0;
  answersLost = 0;

  constructor(options: CallbackProxyOptions) {
    this.#options = options;
    this.#server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', async () => {
        const body = Buffer.concat(chunks).toString();
        const status = await this.#handOn(incoming.url ?? '', incoming.headers['content-type'], body);
        if (status === null) incoming.socket.destroy();
        else outgoing.writeHead(status).end();
      });
    });
  }

  /** Starts, and gives the URL that stands for the server's. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  get writes(): readonly Write[] {
    return [...this.#told.values()];
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The status for the vendor; null for no answer at all. */
  async #handOn(path: string, contentType: string | undefined, body: string): Promise<number | null> {
    const stream = path.split('/')[2] ?? '';
    const key = this.#options.keyOf(body);
    const told = key === undefined ? undefined : this.#noted(stream, key);
    let status: number | null = null;
    if (this.#options.lies?.(key)) status = 200;
    else {
      try {
        const headers = { 'content-type': contentType ?? 'application/json' };
        const reply = await request(this.#options.target + path, { method: 'POST', headers, body });
        await reply.body.dump();
        status = reply.statusCode;
      } catch {
        // Nobody knows whether it was taken.
        this.unanswered += 1;
      }
    }
    const answer = `${stream} ${status}`;
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
    if (told && told.outcome !== 'ok') {
      if (status === 200) Object.assign(told, { outcome: 'ok', to: performance.now() });
      // An attempt without an answer may have been taken, whatever later ones say.
      else if (status === null) Object.assign(told, { outcome: 'unknown' });
    }
    if (status === null || !this.#options.losesAnswer()) return status;
    this.answersLost += 1;
    return null;
  }

  #noted(stream: string, key: string): Told {
    const name = `${stream}/${key}`;
    const known = this.#told.get(name);
    if (known) return known;
    const now = performance.now();
    const told = { stream, key, from: now, to: now, outcome: 'failed' as Write['outcome'] };
    this.#told.set(name, told);
    return told;
  }
}
