import { type Dispatcher, errors, request } from 'undici';
import { encodeFields, type PlainRequest } from './encode.ts';
import { parseJson } from './json.ts';
import type { Answer } from './wire.ts';

/** A request that got no answer. `wasSent` is false only when it provably never left. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly wasSent: boolean;

  constructor(message: string, wasSent: boolean, cause: unknown) {
    super(message, { cause });
    this.wasSent = wasSent;
  }
}

/** Codes of failures before the first byte of a request: no connection, no name, no trust. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]);

/**
 * Sends one request and reads the whole answer. Redirects are not followed: they are answers like others.
 * Throws `NoAnswer`; rejects with the signal's reason when it is aborted by the caller.
 */
export async function send(
  host: string,
  plain: PlainRequest,
  dispatcher: Dispatcher,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Answer> {
  const query = encodeFields(plain.query);
  const timeout = AbortSignal.timeout(Math.max(1, Math.floor(timeoutMs)));
  try {
    const reply = await request(`${host}${plain.path}${query === '' ? '' : `?${query}`}`, {
      method: plain.method as Dispatcher.HttpMethod,
      headers: { accept: 'application/json', ...plain.headers },
      body: plain.body ?? null,
      dispatcher,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await reply.body.text();
    return { status: reply.statusCode, headers: reply.headers, json: tryParse(text), text };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw explain(error, timeout.aborted);
  }
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    // Not JSON: the vendor's envelope decides what that means for this status.
    return undefined;
  }
}

function explain(error: unknown, hasTimedOut: boolean): NoAnswer {
  const code = String(
    (error as { code?: unknown })?.code ?? (error as { cause?: { code?: unknown } })?.cause?.code ?? '',
  );
  if (hasTimedOut) return new NoAnswer('no answer in time', true, error);
  if (error instanceof errors.ResponseExceededMaxSizeError) return new NoAnswer('the answer is too large', true, error);
  return new NoAnswer(code || 'connection failed', !neverSent.has(code), error);
}
