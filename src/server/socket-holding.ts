import type { Duplex } from 'node:stream';
import type { Refusal } from './refusal.ts';
import type { Holding } from './share.ts';

/** What a frame has besides its data, masked and short: the least that can be. */
const frameBytes = 6;

/** The bytes that one WebSocket holds: a message that is coming, messages whose operations run, answers that are not sent. */
export class SocketHolding {
  readonly #holding: Holding;
  /** Of a message whose end has not come; up to one read more than that. */
  #coming = 0;
  #lastRead = 0;

  /** `stream` is what the WebSocket reads from. */
  constructor(holding: Holding, stream: Duplex) {
    this.#holding = holding;
    // Before the WebSocket reads it, which tells of the messages that it ends.
    stream.prependListener('data', (read: Buffer) => {
      this.#lastRead = read.length;
      this.#setComing(this.#coming + read.length);
    });
    stream.once('close', () => holding.end());
  }

  /** Whether a part of a message has come that waits for the rest. */
  get isComing(): boolean {
    return this.#coming > 0;
  }

  /** Why so much more cannot be had. */
  refusalOf(bytes: number): Refusal | null {
    return this.#holding.refusal(bytes);
  }

  /** To be called for every frame or message of so many bytes that has come to its end. `isWhole`: nothing came before it that has not. */
  came(bytes: number, isWhole: boolean): void {
    const left = Math.max(0, this.#coming - bytes - frameBytes);
    this.#setComing(isWhole ? Math.min(left, this.#lastRead) : left);
  }

  /** Holds so much more, or less where it is negative. */
  add(bytes: number): void {
    this.#holding.add(bytes);
  }

  #setComing(bytes: number): void {
    this.#holding.add(bytes - this.#coming);
    this.#coming = bytes;
  }
}
