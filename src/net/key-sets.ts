import type { Clock } from '../clock.ts';
import { Pool } from './pool.ts';
import { NoAnswer, send } from './send.ts';

const timeoutMs = 5_000;
const maxBytes = 1024 * 1024;

/** Reads the key sets of token issuers. */
export class KeySets {
  readonly #pool: Pool;

  constructor(clock: Clock) {
    this.#pool = new Pool({ clock, connections: 1, maxAgeMs: 60_000, maxResponseBytes: maxBytes });
  }

  /** The JSON at an address, of at most 1 MiB. Throws `NoAnswer` when it is not there within 5 s, or with another status than 200. */
  readonly read = async (url: string): Promise<unknown> => {
    const { origin, pathname, search } = new URL(url);
    const plain = { method: 'GET', path: pathname + search, query: [], headers: {}, body: undefined };
    const { status, json } = await send(origin, plain, this.#pool.dispatcher(), timeoutMs);
    if (status !== 200) throw new NoAnswer(`the answer has status ${status}`, true, undefined);
    return json;
  };

  close(): Promise<void> {
    return this.#pool.close();
  }
}
