import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { DecisionFailure, RuleAction } from '../domain/decision.ts';
import { Pool } from '../net/pool.ts';
import { NoAnswer, send } from '../net/send.ts';
import type { MessageQuestion, Verdict } from '../vendors/vendor.ts';
import type { TextRange } from './word-lists.ts';

/** Questions to operators' services under way at once; what comes beyond is not asked. */
const maxQuestions = 256;

const maxAnswerBytes = 16 * 1024;

/** A service of the operator that answers questions. */
export interface Service {
  readonly url: string;
  readonly timeoutMs: number;
  readonly secret?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What a rule says of a message. */
export interface RuleVerdict extends Omit<Verdict, 'decision'> {
  readonly decision: RuleAction;
  /** For `REPLACE` without text: what is starred out of what the message says. */
  readonly parts?: readonly TextRange[] | undefined;
}

/** What a rule came to: a verdict, or why it could not decide, with a word on it for the log; undefined for no opinion. */
export type RuleAnswer =
  | { readonly verdict: RuleVerdict }
  | { readonly failure: DecisionFailure; readonly detail?: string | undefined }
  | undefined;

/** Asks a service. Never rejects; ends soon after `signal`. */
export type Ask = (
  service: Service,
  app: string,
  question: MessageQuestion,
  signal: AbortSignal,
) => Promise<RuleAnswer>;

const verdictSchema = z
  .object({
    decision: z.enum(['DELIVER', 'REPLACE', 'REFUSE', 'DROP', 'FLAG']),
    text: z.string().max(5_000).optional(),
    code: z.int().min(0).max(2_147_483_647).optional(),
    reason: z.string().max(256).optional(),
  })
  .refine(({ decision, text }) => decision !== 'REPLACE' || text !== undefined, 'REPLACE without text');

/** Asks operators' services over pooled connections. */
export class AskService {
  readonly #clock: Clock;
  readonly #pool: Pool;
  #running = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#pool = new Pool({ clock, connections: 32, maxAgeMs: 60_000, maxResponseBytes: maxAnswerBytes });
  }

  /**
   * POSTs `{id, app, callback, occurredAt, message}` and takes a verdict as JSON with status 200. An answer of 204 is no opinion;
   * anything else is a failure. Redirects are not followed. With a secret the question is signed as Standard Webhooks says
   * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
   */
  readonly ask: Ask = async (service, app, question, signal) => {
    if (this.#running >= maxQuestions) return { failure: 'SERVICE_BUSY', detail: `${maxQuestions} questions wait` };
    this.#running += 1;
    try {
      const { origin, pathname, search } = new URL(service.url);
      const id = idOf(app, question);
      const body = JSON.stringify(asked(id, app, question));
      const headers = {
        ...service.headers,
        'content-type': 'application/json',
        ...(service.secret && signed(service.secret, id, Math.floor(this.#clock.now() / 1000), body)),
      };
      const plain = { method: 'POST', path: pathname + search, query: [], headers, body };
      const { status, json } = await send(origin, plain, this.#pool.dispatcher(), service.timeoutMs, signal);
      if (status === 204) return undefined;
      if (status !== 200) return { failure: 'SERVICE_REFUSED', detail: `status ${status}` };
      const parsed = verdictSchema.safeParse(json);
      if (parsed.success) return { verdict: parsed.data };
      return { failure: 'SERVICE_ANSWER_INVALID', detail: parsed.error.issues[0]?.message };
    } catch (error) {
      return signal.aborted ? { failure: 'DEADLINE' } : failureOf(error);
    } finally {
      this.#running -= 1;
    }
  };

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/** The same for the same question, also when the vendor asks it once more: what a service may tell repeats by. */
const idOf = (app: string, { dedupeKey }: MessageQuestion) =>
  `msg_${createHash('sha256').update(`${app}\n${dedupeKey}`).digest('base64url').slice(0, 32)}`;

function asked(id: string, app: string, question: MessageQuestion) {
  const { to, senderId, content, mentions, metadata } = question.message;
  const { id: callback, occurredAt } = question;
  return { id, app, callback, occurredAt, message: { to, senderId, content, mentions, metadata } };
}

function signed(secret: string, id: string, seconds: number, body: string): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` };
}

/** What became of a question that got no answer, by what the client says of it. */
function failureOf(error: unknown): NonNullable<RuleAnswer> {
  const detail = error instanceof Error ? error.message : String(error);
  const cause = error instanceof NoAnswer ? error.cause : undefined;
  if (!(cause instanceof Error)) return { failure: 'SERVICE_UNREACHABLE', detail };
  if (cause.name === 'TimeoutError') return { failure: 'SERVICE_TIMED_OUT', detail };
  const isTooLarge = 'code' in cause && cause.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';
  return { failure: isTooLarge ? 'SERVICE_ANSWER_INVALID' : 'SERVICE_UNREACHABLE', detail };
}
