import type { Duplex } from 'node:stream';
import { CloseCode, type SubscribePayload } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import type { Bounds } from '../bounds.ts';
import type { Clock } from '../clock.ts';
import type { Viewer } from '../domain/viewer.ts';
import { AppError } from '../errors.ts';
import { wholeCharacters } from '../net/json.ts';
import { depthOf } from './body.ts';
import type { Prepared } from './documents.ts';
import { nextFrame, nextPrefix, type SharedPayloads } from './frame.ts';
import type { JoinedWrites, SocketWriter } from './joined-writes.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { LiveRequest } from './live-groups.ts';
import { type LiveSetting, type LiveSink, LiveStream } from './live-stream.ts';
import { OperationStream } from './operation-stream.ts';
import type { ServerOptions } from './options.ts';
import type { Holding } from './share.ts';
import type { SocketHolding } from './socket-holding.ts';
import { type Protocol, tryAgainLater } from './socket-protocol.ts';
import { wishesOf } from './wishes.ts';

/** Pings that may stay unanswered in a row. */
const maxMissedPings = 2;
const sendsInOneTurn = 32;
const longestTimerMs = 24 * 3600 * 1000;

/** What a WebSocket came with. */
export interface Handshake {
  /** What the WebSocket writes to. */
  readonly stream: Duplex;
  readonly token: string | null;
  readonly holding: SocketHolding;
  /** What it holds of events that are not sent. */
  readonly unsent: Holding;
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
  readonly #holding: SocketHolding;
  /** With the bytes that each holds. */
  readonly #streams = new Map<OperationStream | LiveStream, number>();
  /** Of the message that is taken now. */
  #messageBytes = 0;
  /** Messages that wait for their turn of the event loop, in the order in which they came. The socket is not read meanwhile. */
  #waiting = 0;
  #turns: Promise<void> = Promise.resolve();
  #viewer: Viewer | null = null;
  #missedPings = 0;
  #sentCount = 0;
  /** Queries and mutations without their answer. */
  #running = 0;
  #whenIdle: (() => void) | null = null;
  #cancelExpiry = () => {};

  constructor(socket: WebSocket, { stream, token, holding, unsent }: Handshake, options: ConnectionOptions) {
    this.#socket = socket;
    this.#holding = holding;
    this.#writer = options.writes.writer(stream, { isOpen: () => socket.readyState === socket.OPEN, unsent });
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
    // A message that comes in parts is nowhere else bounded for all sockets together.
    stream.on('data', () => {
      if (holding.isComing && holding.refusalOf(0)) this.close(tryAgainLater, 'There is too much under way.');
    });
    socket.on('ping', (data) => {
      holding.came(data.length, false);
      this.#answerPing(data);
    });
    socket.on('pong', (data) => {
      holding.came(data.length, false);
      this.#missedPings = 0;
    });
  }

  /** Why one operation more is refused; null when it may run. */
  refusal(): string | null {
    const { wsOperations } = this.#options.bounds;
    if (this.#streams.size >= wsOperations) return `More than ${wsOperations} operations at once on one socket.`;
    return this.#holding.refusalOf(this.#messageBytes)?.message ?? null;
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
    // A stream stays for long, and the text of its document is kept once for all.
    const bytes = this.#messageBytes - (stream instanceof LiveStream ? payload.query.length : 0);
    this.#streams.set(stream, bytes);
    this.#holding.add(bytes);
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
    return this.#writer.keepsUp(this.#options.bounds.wsLiveBytes);
  }

  drained(): Promise<void> {
    return this.#writer.drained();
  }

  ended(stream: OperationStream | LiveStream): void {
    this.#holding.add(-(this.#streams.get(stream) ?? 0));
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

  /** Takes a message at once, or in its turn where this turn of the event loop has had its time: parsing a document takes long. */
  #receive(data: RawData, isBinary: boolean, take: (data: string) => Promise<void>): void {
    const { operations } = this.#options;
    const text = String(data);
    const bytes = Buffer.byteLength(text);
    this.#holding.came(bytes, true);
    if (this.#waiting === 0 && !operations.isLoopUsed) {
      this.#take(text, bytes, isBinary, take);
      return;
    }
    this.#holding.add(bytes);
    this.#waiting += 1;
    this.#socket.pause();
    this.#turns = this.#turns
      .then(() => operations.turn(this.#viewer))
      .then(() => {
        this.#holding.add(-bytes);
        this.#waiting -= 1;
        this.#take(text, bytes, isBinary, take);
        this.#resumeWhenDrained();
      });
  }

  #take(text: string, bytes: number, isBinary: boolean, take: (data: string) => Promise<void>): void {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    const { jsonDepth } = this.#options.bounds;
    this.#messageBytes = bytes;
    if (isBinary || depthOf(text, jsonDepth) > jsonDepth) this.close(CloseCode.BadRequest, 'Invalid message received');
    else take(wholeCharacters(text)).catch((error: unknown) => this.#fail(error));
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
    const bytes = data.length;
    this.#holding.add(bytes);
    return new Promise((resolve) => {
      socket.send(data, () => {
        this.#holding.add(-bytes);
        this.#resumeWhenDrained();
        this.#sentCount += 1;
        // A backlog that is there at once, and goes out at once, would leave nobody else a turn.
        if (this.#sentCount % sendsInOneTurn === 0) setImmediate(resolve);
        else resolve();
      });
    });
  }

  #answerPing(data: Buffer): void {
    this.#holding.add(data.length);
    this.#socket.pong(data, false, () => {
      this.#holding.add(-data.length);
      this.#resumeWhenDrained();
    });
    this.#pauseWhenFull();
  }

  /** A client that asks without reading the answers is not read either. */
  #pauseWhenFull(): void {
    const { bufferedAmount } = this.#socket;
    const isFull = bufferedAmount > this.#options.bounds.wsBufferedBytes;
    if (isFull || (bufferedAmount > 0 && this.#holding.refusalOf(1))) this.#socket.pause();
  }

  #resumeWhenDrained(): void {
    if (this.#whenIdle || this.#waiting > 0 || !this.#socket.isPaused) return;
    if (this.#socket.bufferedAmount <= this.#options.bounds.wsBufferedBytes / 2) this.#socket.resume();
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
