import type { DraftEvent } from '../domain/event.ts';
import type { Query } from './query.ts';

/** A place in one stream of the log. Offsets count up from 1 within an epoch; another epoch is another life of the log. */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
}

/** An event that the log has. */
export interface StoredEvent extends Position {
  readonly app: string;
  /** The stream that it is in; see `streamsOf`. */
  readonly stream: string;
  /** When the log had it, in milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly draft: DraftEvent;
}

/** A callback as the vendor sent it, but for what lets in: the path, with its token, is left out. */
export interface RawCallback {
  /** In milliseconds since the epoch. */
  readonly receivedAt: number;
  /** The callback's id in the catalogue; null for one that the catalogue does not know. */
  readonly callback: string | null;
  readonly method: string;
  /** Without the question mark. */
  readonly query: string;
  /** Those that say something of the callback; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What one callback only may carry: a second one with the same seal is a repeat if its content is the same, and a forgery if not. */
export interface Seal {
  readonly signature: string;
  /** All that came under the signature; only a digest of it is kept. */
  readonly content: string;
}

/** What came with the drafts; both are kept exactly when the append is. */
export interface Arrival {
  /** Kept once for all its events, as long as the first of them. A callback that yields no new event is not kept. */
  readonly raw?: RawCallback | undefined;
  readonly seal?: Seal | undefined;
}

/** Why an append is refused whose seal was used for other content. */
export class SealError extends Error {
  constructor() {
    super('the signature came before with other content');
    this.name = 'SealError';
  }
}

/** What is after a position; a gap says that something before the events given is not there any more. */
export interface LogSlice {
  readonly events: readonly StoredEvent[];
  readonly gap: 'EXPIRED' | 'LOG_LOST' | null;
  /** The place from which was read: after a gap, right before the oldest event that there is. */
  readonly from: Position;
  /** The place up to which was read: there is nothing else between the position and it. */
  readonly upTo: Position;
  /** Whether there is more after `upTo`: a page ends when it is full or heavy, or when much was looked at. */
  readonly hasMore: boolean;
}

/** What a log keeps of each stream; the oldest events go first, and up to a tenth more may stay for a while. */
export interface Retention {
  readonly maxEvents: number;
  readonly maxAgeMs: number;
  /** Of the events with what the vendor sent for them. */
  readonly maxBytes: number;
}

/** What a log keeps of each app. */
export interface AppRetention extends Retention {
  /** Of what no signature proves: it is counted by itself, and lets go of nothing else. */
  readonly unsigned: Pick<Retention, 'maxEvents' | 'maxBytes'>;
}

/**
 * The events of every stream, in the order they were appended. Every implementation guarantees: an append is whole or not at
 * all, and done once it resolves; a draft whose key the stream knows is not appended again, though its event may have
 * gone; offsets have no holes; reads give events in order; listeners are called after the events can be read.
 */
export interface EventLog {
  /** Whether the disk took the newest append, or has shown since then that it takes something again. */
  readonly isWritable: boolean;
  /**
   * Gives the events that are new; none for a seal that came before with the same content. Rejects with a `SealError` for one
   * that came with other content, and with anything else when the events cannot be kept: the caller must not acknowledge then.
   */
  append(stream: string, drafts: readonly DraftEvent[], arrival?: Arrival): Promise<readonly StoredEvent[]>;
  /** Rejects with a `SealError` for a seal that came before with other content. It is not used by this. */
  check(stream: string, seal: Seal): Promise<void>;
  /**
   * At most `limit` events after a position; with a query, those that meet it, found by an index. Takes a few milliseconds at the most,
   * whatever the log holds, and may give none although there are more further on.
   */
  read(stream: string, after: Position, limit: number, query?: Query): Promise<LogSlice>;
  /**
   * As `read`, from a place back: the events at it and before it, the newest first. Everything after `upTo` was looked at. A place of another
   * life has a gap and no events.
   */
  readBack(stream: string, from: Position, limit: number, query?: Query): Promise<LogSlice>;
  /** The place of the last event that was received before a moment, in milliseconds since the epoch. */
  placeBefore(stream: string, moment: number): Position;
  /** What the vendor sent for the event at a place; null when that is not there, or no vendor told it. */
  raw(stream: string, at: Position): Promise<RawCallback | null>;
  /**
   * The place in this life of the log for a place of the life that its file was copied from; the same place for any other.
   */
  adopt(stream: string, place: Position): Position;
  /** The place of the newest event; offset 0 when there is none. */
  top(stream: string): Position;
  /** Lets go what is past its retention, and everything up to a place where one is given. Appends do the former by themselves. */
  trim(stream: string, upTo?: Position): Promise<void>;
  /** Calls `listener` after every append to the stream; gives the function that ends it. */
  onAppend(stream: string, listener: (events: readonly StoredEvent[]) => void): () => void;
  /** Ends it; what an append has resolved for stays. */
  close(): void;
}

/** The last offset of those from `oldest` to `top` at which an event was received before a moment; `oldest - 1` where none was. */
export function lastBefore(
  { oldest, top }: { readonly oldest: number; readonly top: number },
  receivedAt: (offset: number) => number,
  moment: number,
): number {
  let low = oldest - 1;
  let high = top;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (receivedAt(middle) < moment) low = middle;
    else high = middle - 1;
  }
  return low;
}
