import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { Pool } from '../net/pool.ts';
import { send } from '../net/send.ts';
import type { MessageQuestion, Verdict } from '../vendors/vendor.ts';
import type { Ask } from './rules.ts';

/** Questions to operators' services under way at once; what comes beyond has no opinion. */
const maxAtOnce = 256;

const verdictSchema = z.object({
  decision: z.enum(['DELIVER', 'REPLACE', 'REFUSE', 'DROP']),
  text: z.string().max(5_000).optional(),
  code: z.int().min(0).max(2_147_483_647).optional(),
  reason: z.string().max(256).optional(),
});

/** Asks operators' services over pooled connections. */
export class AskService {
  readonly #pool: Pool;
  #running = 0;

  constructor(clock: Clock) {
    this.#pool = new Pool({ clock, connections: 32, maxAgeMs: 60_000, maxResponseBytes: 16 * 1024 });
  }

  /**
   * POSTs `{app, callback, occurredAt, message: {to, senderId, content}}` and takes a verdict as JSON. An answer of 204, of another
   * shape, an error, or none in time is no opinion. Redirects are not followed.
   */
  readonly ask: Ask = async (url, app, question, timeoutMs, signal) => {
    if (this.#running >= maxAtOnce) return undefined;
    this.#running += 1;
    try {
      const { origin, pathname, search } = new URL(url);
      const plain = {
        method: 'POST',
        path: pathname + search,
        query: [],
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asked(app, question)),
      };
      const { status, json } = await send(origin, plain, this.#pool.dispatcher(), timeoutMs, signal);
      return status === 200 ? read(json) : undefined;
    } catch {
      // No opinion; the policy's next rule or its default answers.
      return undefined;
    } finally {
      this.#running -= 1;
    }
  };

  close(): Promise<void> {
    return this.#pool.close();
  }
}

function asked(app: string, { id, occurredAt, message }: MessageQuestion) {
  const { to, senderId, content, mentions, metadata } = message;
  return { app, callback: id, occurredAt, message: { to, senderId, content, mentions, metadata } };
}

function read(json: unknown): Verdict | undefined {
  const parsed = verdictSchema.safeParse(json);
  return parsed.success && (parsed.data.decision !== 'REPLACE' || parsed.data.text !== undefined)
    ? parsed.data
    : undefined;
}
