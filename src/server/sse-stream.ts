import type { ServerResponse } from 'node:http';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Bounds } from '../bounds.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Prepared } from './documents.ts';
import type { SharedPayloads } from './frame.ts';
import type { JoinedWrites, SocketWriter } from './joined-writes.ts';
import type { LiveGroups, LiveRequest } from './live-groups.ts';
import { type LiveSink, LiveStream } from './live-stream.ts';
import { type Operations, RequestRefused } from './operation.ts';
import { OperationStream } from './operation-stream.ts';
import type { ServerOptions } from './options.ts';
import type { Holding } from './share.ts';

export interface SseStreamOptions {
  readonly operations: Operations;
  readonly groups: LiveGroups | undefined;
  readonly writes: JoinedWrites;
  readonly bounds: Bounds;
  readonly clock: Clock;
  readonly log: ServerOptions['log'];
}

/** Between the last event and the end of a response: graphql-sse's client does not notice an end that comes in one turn with it. */
const silenceMs = 100;
const longestTimerMs = 24 * 3600 * 1000;
const prefix = 'event: next\ndata: ';

/** One response that stays: the answers of one operation as server-sent events. */
export class SseStream implements LiveSink {
  /** Fulfilled when the response is closed. */
  readonly closed: Promise<void>;
  readonly #response: ServerResponse;
  readonly #options: SseStreamOptions;
  readonly #writer: SocketWriter;
  readonly #served = Promise.withResolvers<void>();
  #stream: LiveStream | OperationStream | null = null;
  #isClosing = false;
  #cancelExpiry = () => {};

  constructor(response: ServerResponse, unsent: Holding, options: SseStreamOptions) {
    this.#response = response;
    this.closed = new Promise((resolve) => response.once('close', resolve));
    this.#options = options;
    this.#writer = options.writes.writer(response, {
      isOpen: () => !this.#isClosing && !response.writableEnded && !response.destroyed,
      unsent,
    });
  }

  /** The answers of an operation, with its failure as the last one. */
  start(prepared: Prepared, request: LiveRequest): AsyncGenerator<ExecutionResult> {
    const { operations } = this.#options;
    if (prepared.operation.operation === 'subscription') {
      this.#stream = new LiveStream(this.#options, prepared, request, this, prefix);
    } else {
      const abort = new AbortController();
      const results = operations.answer(prepared, { ...request, signal: abort.signal });
      this.#stream = new OperationStream(results, abort, () => this.ended());
    }
    return this.#shown(this.#stream);
  }

  get isSubscription(): boolean {
    return this.#stream instanceof LiveStream;
  }

  write(text: string, payloads: SharedPayloads): boolean {
    this.#writer.write(payloads.framed(text, sseFrame));
    return this.#writer.keepsUp(this.#options.bounds.wsLiveBytes);
  }

  ended(): void {
    this.#cancelExpiry();
  }

  /** Fulfilled when all that was written is sent, or cannot be sent any more. */
  drained(): Promise<void> {
    return this.#writer.isOpen ? this.#writer.drained() : Promise.resolve();
  }

  /** Writes the events that graphql-sse makes, until they end or the caller goes. `expiresAt` is when the token does. */
  serve(
    events: AsyncGenerator<string, void, undefined>,
    headers: Readonly<Record<string, string>>,
    expiresAt: number | null,
  ): void {
    this.#response.once('close', () => {
      this.end();
      void events.return();
    });
    if (expiresAt !== null) this.#scheduleExpiry(expiresAt);
    // A proxy in front must not keep events to itself.
    this.#response.writeHead(200, { ...headers, 'x-accel-buffering': 'no' });
    this.#served.resolve();
    this.#write(events).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'a fault of this server on an event stream');
      this.#response.destroy();
    });
  }

  /** Sends nothing more, and ends the response a moment later: the operation is not completed. */
  close(): void {
    if (this.#isClosing) return;
    this.#writer.flush();
    this.#isClosing = true;
    this.#options.clock.schedule(silenceMs, () => this.#response.end());
  }

  /** Ends the operation. */
  end(): void {
    this.#served.resolve();
    this.#stream?.return().catch(() => {
      // What it failed with was for a caller who is gone.
    });
  }

  async #write(events: AsyncGenerator<string, void, undefined>): Promise<void> {
    for await (const event of events) {
      if (!this.#writer.isOpen) return;
      this.#writer.flush();
      this.#response.write(event);
      this.#writer.note();
    }
    this.#writer.flush();
    this.#response.end();
  }

  #scheduleExpiry(expiresAt: number): void {
    const { clock } = this.#options;
    const leftMs = Math.max(0, expiresAt - clock.now());
    this.#cancelExpiry = clock.schedule(Math.min(leftMs, longestTimerMs), () => {
      if (leftMs > longestTimerMs) this.#scheduleExpiry(expiresAt);
      else if (this.#stream instanceof LiveStream) this.#stream.fail(tokenExpired());
    });
  }

  /** The answers, none before the response has begun, and what the stream fails with as an answer that is the last. */
  async *#shown(stream: LiveStream | OperationStream): AsyncGenerator<ExecutionResult> {
    await this.#served.promise;
    try {
      yield* stream;
    } catch (error) {
      if (error instanceof RequestRefused) yield { errors: error.errors };
      else if (error instanceof GraphQLError) yield { errors: [error] };
      else throw error;
    }
  }
}

const tokenExpired = () => new AppError('UNAUTHENTICATED', 'The token has expired.');

function sseFrame(text: string, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(text), payload, Buffer.from('\n\n')]);
}
