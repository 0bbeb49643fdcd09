import type { Message, Receiver } from '../domain/message.ts';
import type { Position } from '../events/log.ts';
import { memoryBytes } from '../json-bytes.ts';
import type { Entry, HistoryRef, Tally } from './store.ts';

export interface WaitingMessage {
  readonly ref: HistoryRef;
  readonly message: Message;
}

export interface WaitingEntry {
  readonly app: string;
  readonly ownerId: string;
  readonly peer: Receiver;
  /** Undefined when it is taken off. */
  readonly entry: Entry | undefined;
}

export interface WaitingTally {
  readonly ref: HistoryRef;
  readonly tally: Tally;
}

/** What a store of conversations has not yet written: of one thing only its last state, by its name. */
export class WaitingWrites {
  readonly messages = new Map<string, WaitingMessage>();
  readonly entries = new Map<string, WaitingEntry>();
  readonly tallies = new Map<string, WaitingTally>();
  readonly applied = new Map<string, Position>();
  #bytes = 0;

  /** What the messages take in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many there are, besides the places of the log. */
  get size(): number {
    return this.messages.size + this.entries.size + this.tallies.size;
  }

  get isEmpty(): boolean {
    return this.size === 0 && this.applied.size === 0;
  }

  putMessage(name: string, waiting: WaitingMessage): void {
    this.messages.set(name, waiting);
    this.#bytes += memoryBytes(waiting.message);
  }

  putEntry(name: string, waiting: WaitingEntry): void {
    // Put last, so that what is written last is the newest.
    this.entries.delete(name);
    this.entries.set(name, waiting);
  }

  /** Forgets all but the places of the log. */
  drop(): void {
    this.messages.clear();
    this.entries.clear();
    this.tallies.clear();
    this.#bytes = 0;
  }

  clear(): void {
    this.drop();
    this.applied.clear();
  }
}
