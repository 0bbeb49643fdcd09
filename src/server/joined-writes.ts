import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Holding } from './share.ts';

/** How long a write may wait for others to go with it. */
const joinMs = 20;
/** Bytes that do not wait. */
const maxJoinedBytes = 16 * 1024;
const writesInOneTurn = 500;
const nothing = Buffer.alloc(0);

export interface WriterOptions {
  /** Whether frames may still follow. */
  readonly isOpen: () => boolean;
  /** What the caller holds of bytes that are not sent. */
  readonly unsent: Holding;
}

/** Joins the writes of busy sockets: one timer for all of them. */
export class JoinedWrites {
  readonly #clock: Clock;
  #waiting: SocketWriter[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  writer(socket: Writable, options: WriterOptions): SocketWriter {
    return new SocketWriter(socket, options, this, this.#clock);
  }

  /** Has `writer` written within `joinMs`. */
  add(writer: SocketWriter): void {
    this.#waiting.push(writer);
    if (this.#waiting.length === 1) this.#clock.schedule(joinMs, () => void this.#flush());
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const [index, writer] of waiting.entries()) {
      writer.flush();
      if (index % writesInOneTurn === writesInOneTurn - 1) await nextTurn();
    }
  }
}

/**
 * Writes whole frames to one socket, in order: the first of a quiet socket at once, what follows within `joinMs` as one write.
 * Whoever writes to the socket besides must call `flush` before.
 */
export class SocketWriter {
  readonly #socket: Writable;
  readonly #isOpen: () => boolean;
  readonly #unsent: Holding;
  readonly #joined: JoinedWrites;
  readonly #clock: Clock;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #isWaiting = false;
  #busyUntil = 0;
  #draining: Promise<void> | null = null;

  constructor(socket: Writable, { isOpen, unsent }: WriterOptions, joined: JoinedWrites, clock: Clock) {
    this.#socket = socket;
    this.#isOpen = isOpen;
    this.#unsent = unsent;
    socket.once('close', () => this.#unsent.end());
    this.#joined = joined;
    this.#clock = clock;
  }

  /** Whether frames may still follow. */
  get isOpen(): boolean {
    return this.#isOpen();
  }

  /** Bytes that the system has not taken yet. */
  get unsentBytes(): number {
    return this.#pendingBytes + this.#socket.writableLength;
  }

  /** Takes note of what is not sent, where it is more than what is on its way in any case. */
  note(): void {
    const { unsentBytes } = this;
    this.#unsent.set(unsentBytes > maxJoinedBytes ? unsentBytes : 0);
  }

  /** Whether the reader keeps up: no more than `limit` is unsent, and much less where its address holds much. */
  keepsUp(limit: number): boolean {
    this.note();
    return this.unsentBytes <= (this.#unsent.refusal() ? maxJoinedBytes : limit);
  }

  /** Frames after the closing handshake has begun are dropped: nothing may follow it. */
  write(frame: Buffer): void {
    if (frame.length === 0 || !this.#isOpen()) return;
    const now = this.#clock.ticks();
    if (this.#pendingBytes === 0 && now >= this.#busyUntil) {
      this.#busyUntil = now + joinMs;
      this.#socket.write(frame);
      return;
    }
    this.#pending.push(frame);
    this.#pendingBytes += frame.length;
    if (this.#pendingBytes >= maxJoinedBytes) this.flush();
    else if (!this.#isWaiting) {
      this.#isWaiting = true;
      this.#joined.add(this);
    }
  }

  /** Fulfilled when the system has taken everything that was written until now, or the socket is gone. */
  drained(): Promise<void> {
    this.flush();
    this.#draining ??= new Promise((resolve) => {
      this.#socket.write(nothing, () => {
        this.#draining = null;
        this.note();
        resolve();
      });
    });
    return this.#draining;
  }

  /** Writes what waits. */
  flush(): void {
    this.#isWaiting = false;
    if (this.#pendingBytes === 0) return;
    const [first] = this.#pending;
    const joined = this.#pending.length === 1 && first ? first : Buffer.concat(this.#pending, this.#pendingBytes);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#busyUntil = this.#clock.ticks() + joinMs;
    if (this.#isOpen()) this.#socket.write(joined);
  }
}
