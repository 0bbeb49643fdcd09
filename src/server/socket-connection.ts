import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CloseCode, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import type { Bounds } from '../bounds.ts';
import type { Clock } from '../clock.ts';
import type { Viewer } from '../domain/viewer.ts';
import { AppError } from '../errors.ts';
import { depthOf } from './body.ts';
import type { Prepared } from './documents.ts';
import { nextFrame, nextPrefix, type SharedPayloads } from './frame.ts';
import type { JoinedWrites, SocketWriter } from './joined-writes.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { LiveRequest } from './live-groups.ts';
import { type LiveSetting, type LiveSink, LiveStream } from './live-stream.ts';
import { maskRefusals, maskThrown } from './mask.ts';
import { type Operations, RequestRefused } from './operation.ts';
import { OperationStream } from './operation-stream.ts';
import type { ServerOptions } from './options.ts';
import { wishesOf } from './wishes.ts';

/** The protocol, shared by all connections; a connection is what it knows of each. */
type Protocol = Server<SocketConnection>;

type ProtocolOptions = Pick<ServerOptions, 'schema' | 'verifyToken' | 'log'> & {
  readonly operations: Operations;
  readonly bounds: Bounds;
};

/** Pings that may stay unanswered in a row. */
const maxMissedPings = 2;
const sendsInOneTurn = 32;
/** RFC 6455's registry: clients of graphql-ws connect again after it, and give up after 4500. */
const tryAgainLater = 1013;
const longestTimerMs = 24 * 3600 * 1000;

/** graphql-ws with every document run by `operations`. */
export function makeProtocol({ schema, verifyToken, log, operations, bounds }: ProtocolOptions): Protocol {
  const streamOf = ({ contextValue }: { contextValue?: unknown }) => {
    if (contextValue instanceof OperationStream || contextValue instanceof LiveStream) return contextValue;
    throw new Error('an operation without its stream');
  };
  return makeServer<Record<string, unknown>, SocketConnection>({
    schema,
    connectionInitWaitTimeout: bounds.wsInitMs,
    async onConnect({ extra: connection, connectionParams }) {
      const token = tokenOf(connectionParams) ?? connection.token;
      if (token === null) return true;
      try {
        connection.admit(await verifyToken(token));
        return true;
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return false;
        throw error;
      }
    },
    onSubscribe({ extra: connection }, id, payload) {
      const requestId = randomUUID();
      const masking = { requestId, log, hideSuggestions: true };
      if (id.length > bounds.wsIdLength) {
        connection.close(CloseCode.BadRequest, 'The id is too long');
        return [new GraphQLError('The id is too long.')];
      }
      if (connection.operationCount >= bounds.wsOperations) {
        const tooMany = new GraphQLError(`More than ${bounds.wsOperations} operations at once on one socket.`);
        return maskRefusals([tooMany], 'TOO_MANY_OPERATIONS', masking);
      }
      const prepared = operations.prepare(payload.query, payload.operationName, {
        viewer: connection.viewer,
        requestId,
      });
      if (prepared.kind === 'refused') return prepared.errors;
      const contextValue = connection.start(prepared, id, payload, requestId);
      // A stream stays for long: the text of its document is kept once for all.
      Object.assign(payload, { query: prepared.text });
      return { schema, document: prepared.document, operationName: prepared.operation.name?.value, contextValue };
    },
    execute: streamOf,
    subscribe: streamOf,
    onError: (_context, _id, _payload, errors) => errors.flatMap((error) => shownErrors(error, log)),
  });
}

/** What a stream's failure looks like to the client. */
function shownErrors(error: GraphQLError, log: ServerOptions['log']): readonly GraphQLFormattedError[] {
  const { originalError } = error;
  if (originalError instanceof RequestRefused) return originalError.errors.map((refusal) => refusal.toJSON());
  if (originalError instanceof GraphQLError) return [originalError.toJSON()];
  if (!originalError) return [error.toJSON()];
  return [maskThrown(originalError, { requestId: randomUUID(), log, hideSuggestions: true }).toJSON()];
}

/** The token of a `connection_init`: `authorization`, with or without `Bearer`, or `token`. */
function tokenOf(params: Readonly<Record<string, unknown>> | undefined): string | null {
  const found = Object.entries(params ?? {}).find(([name]) => /^(authorization|token)$/i.test(name))?.[1];
  if (typeof found !== 'string') return null;
  const token = found.replace(/^bearer +/i, '').trim();
  return token === '' ? null : token;
}

export interface ConnectionOptions extends LiveSetting {
  readonly protocol: Protocol;
  readonly bounds: Bounds;
  readonly clock: Clock;
  readonly log: ServerOptions['log'];
  readonly writes: JoinedWrites;
  readonly lifecycle: Lifecycle;
}

/** One client's socket: its viewer, its running operations, its life. */
export class SocketConnection implements LiveSink {
  /** The token that came with the handshake. */
  readonly token: string | null;
  /** Fulfilled when the socket is closed. */
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #writer: SocketWriter;
  readonly #streams = new Set<OperationStream | LiveStream>();
  #viewer: Viewer | null = null;
  #missedPings = 0;
  #sentCount = 0;
  /** Queries and mutations without their answer. */
  #running = 0;
  #whenIdle: (() => void) | null = null;
  #cancelExpiry = () => {};

  /** `stream` is what the WebSocket writes to. */
  constructor(socket: WebSocket, stream: Duplex, token: string | null, options: ConnectionOptions) {
    this.#socket = socket;
    this.#writer = options.writes.writer(stream, () => socket.readyState === socket.OPEN);
    this.token = token;
    this.#options = options;
    const onClosed = options.protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => this.#send(data),
        close: (code, reason) => this.close(code, reason),
        onMessage: (take) => socket.on('message', (data, isBinary) => this.#receive(data, isBinary, take)),
      },
      this,
    );
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.#cancelExpiry();
        resolve(onClosed(code, String(reason)).catch((error: unknown) => this.#fail(error)));
      });
    });
    socket.on('error', (error) => options.log.debug({ err: error }, 'a socket failed'));
    socket.on('ping', (data) => this.#answerPing(data));
    socket.on('pong', () => {
      this.#missedPings = 0;
    });
  }

  get operationCount(): number {
    return this.#streams.size;
  }

  /** Whom the socket speaks for from now on, until the token ends: then it is closed with 4403. */
  get viewer(): Viewer | null {
    return this.#viewer;
  }

  admit(viewer: Viewer): void {
    this.#viewer = viewer;
    if (viewer.expiresAt !== null) this.#scheduleExpiry(viewer.expiresAt);
  }

  /** Makes the stream of an operation's results. It counts until it has ended. */
  start(prepared: Prepared, id: string, payload: SubscribePayload, requestId: string): OperationStream | LiveStream {
    const { variables, extensions } = payload;
    const request = { variables, viewer: this.#viewer, requestId, wishes: wishesOf(extensions ?? {}) };
    const stream =
      prepared.operation.operation === 'subscription'
        ? new LiveStream(this.#options, prepared, request, this, nextPrefix(id))
        : this.#once(prepared, request);
    this.#streams.add(stream);
    return stream;
  }

  #once(prepared: Prepared, request: LiveRequest): OperationStream {
    const abort = new AbortController();
    const results = this.#options.operations.answer(prepared, { ...request, signal: abort.signal });
    const { lifecycle } = this.#options;
    lifecycle.begin(results);
    this.#running += 1;
    const stream: OperationStream = new OperationStream(results, abort, () => {
      lifecycle.finish(results);
      this.#running -= 1;
      this.ended(stream);
    });
    return stream;
  }

  write(prefix: string, payloads: SharedPayloads): boolean {
    this.#writer.write(payloads.framed(prefix, nextFrame));
    return this.#writer.unsentBytes <= this.#options.bounds.wsLiveBytes;
  }

  drained(): Promise<void> {
    return this.#writer.drained();
  }

  ended(stream: OperationStream | LiveStream): void {
    this.#streams.delete(stream);
    if (this.#running === 0) this.#whenIdle?.();
  }

  /**
   * Closes the socket as soon as every query and mutation is answered, and reads no more messages until then. The operations end
   * with the socket, without `complete`.
   */
  closeWhenIdle(code: number, reason: string): void {
    this.#socket.pause();
    // The last answer is written in the turns after its operation has ended.
    this.#whenIdle = () => setImmediate(() => this.close(code, reason));
    if (this.#running === 0) this.close(code, reason);
  }

  /** Begins the closing handshake. Nothing is sent after it; operations that still run end when the socket is closed. */
  close(code: number = CloseCode.InternalServerError, reason = ''): void {
    this.#writer.flush();
    this.#socket.close(code, reason);
    // The client's answer must be read.
    this.#socket.resume();
  }

  /** To be called at every ping's time; drops a socket that has left too many unanswered. */
  ping(): void {
    if (this.#missedPings >= maxMissedPings) {
      this.drop();
      return;
    }
    this.#missedPings += 1;
    this.#socket.ping();
  }

  /** Ends the socket without a word. */
  drop(): void {
    this.#socket.terminate();
  }

  #receive(data: RawData, isBinary: boolean, take: (data: string) => Promise<void>): void {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    const { jsonDepth } = this.#options.bounds;
    const text = String(data);
    if (isBinary || depthOf(text, jsonDepth) > jsonDepth) this.close(CloseCode.BadRequest, 'Invalid message received');
    else take(text).catch((error: unknown) => this.#fail(error));
    this.#pauseWhenFull();
  }

  /**
   * Fulfilled when the system has taken the bytes or, where they cannot be sent, when the socket is closed: whoever pulls
   * events to send them must not go on pulling.
   */
  #send(data: string): Promise<void> {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return this.closed;
    this.#writer.flush();
    return new Promise((resolve) => {
      socket.send(data, () => {
        this.#resumeWhenDrained();
        this.#sentCount += 1;
        // A backlog that is there at once, and goes out at once, would leave nobody else a turn.
        if (this.#sentCount % sendsInOneTurn === 0) setImmediate(resolve);
        else resolve();
      });
    });
  }

  #answerPing(data: Buffer): void {
    this.#socket.pong(data, false, () => this.#resumeWhenDrained());
    this.#pauseWhenFull();
  }

  /** A client that asks without reading the answers is not read either. */
  #pauseWhenFull(): void {
    if (this.#socket.bufferedAmount > this.#options.bounds.wsBufferedBytes) this.#socket.pause();
  }

  #resumeWhenDrained(): void {
    if (this.#socket.isPaused && this.#socket.bufferedAmount <= this.#options.bounds.wsBufferedBytes / 2) {
      this.#socket.resume();
    }
  }

  #scheduleExpiry(expiresAt: number): void {
    const leftMs = Math.max(0, expiresAt - this.#options.clock.now());
    this.#cancelExpiry = this.#options.clock.schedule(Math.min(leftMs, longestTimerMs), () => {
      if (leftMs > longestTimerMs) this.#scheduleExpiry(expiresAt);
      else this.close(CloseCode.Forbidden, 'Forbidden');
    });
  }

  #fail(error: unknown): void {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') {
      this.close(tryAgainLater, 'Try again later');
      return;
    }
    this.#options.log.error({ err: error }, 'a fault of this server on a socket');
    this.close(CloseCode.InternalServerError, 'Internal server error');
  }
}
