import { type Dispatcher, errors, request } from 'undici';
import { type Clock, systemClock } from '../clock.ts';
import { encodeFields, type PlainRequest } from './encode.ts';
import { parseJson } from './json.ts';
import type { Answer } from './wire.ts';

/** A request that got no answer. `wasSent` is false when none of its bytes has left. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly wasSent: boolean;

  constructor(message: string, wasSent: boolean, cause: unknown) {
    super(message, { cause });
    this.wasSent = wasSent;
  }
}

/** How far a request has come. */
export class Progress {
  /** Whether it was tried at all. */
  isTried = false;
  /** Whether it was given to a connection: from then on its bytes may have left. */
  wasSent = false;
  /** When the head of its answer came, in the clock's ticks. */
  answeredAt: number | undefined;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  noteAnswer(): void {
    this.answeredAt ??= this.#clock.ticks();
  }
}

/**
 * Sends one request and reads the whole answer. Redirects are not followed: they are answers like others. `progress` is kept up to
 * date meanwhile, and tells afterwards how far the request came.
 * Throws `NoAnswer`; rejects with the signal's reason when it is aborted by the caller.
 */
export async function send(
  host: string,
  plain: PlainRequest,
  dispatcher: Dispatcher,
  timeoutMs: number,
  signal?: AbortSignal,
  progress: Progress = new Progress(systemClock),
): Promise<Answer> {
  const query = encodeFields(plain.query);
  const timeout = AbortSignal.timeout(Math.max(1, Math.floor(timeoutMs)));
  try {
    const reply = await request(`${host}${plain.path}${query === '' ? '' : `?${query}`}`, {
      method: plain.method as Dispatcher.HttpMethod,
      headers: { accept: 'application/json', ...plain.headers },
      body: plain.body ?? null,
      dispatcher: dispatcher.compose(watch(progress)),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await reply.body.text();
    return { status: reply.statusCode, headers: reply.headers, json: tryParse(text), text };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw explain(error, timeout.aborted, progress.wasSent, new URL(host).host);
  }
}

/**
 * Notes how far a request comes. undici calls `onRequestStart` when a connection is there, secured and free, right before it writes
 * the request; what fails before that, by whatever cause, has not left.
 */
function watch(progress: Progress): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        progress.wasSent = true;
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart(controller, status, headers, message) {
        progress.noteAnswer();
        handler.onResponseStart?.(controller, status, headers, message);
      },
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    });
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    // Not JSON: the vendor's envelope decides what that means for this status.
    return undefined;
  }
}

function explain(error: unknown, hasTimedOut: boolean, wasSent: boolean, host: string): NoAnswer {
  const code = String(
    (error as { code?: unknown })?.code ?? (error as { cause?: { code?: unknown } })?.cause?.code ?? '',
  );
  if (hasTimedOut) return new NoAnswer(`no answer in time from ${host}`, wasSent, error);
  if (error instanceof errors.ResponseExceededMaxSizeError)
    return new NoAnswer(`the answer of ${host} is too large`, true, error);
  return new NoAnswer(`no connection to ${host}, or it was cut: ${code || 'no code'}`, wasSent, error);
}
