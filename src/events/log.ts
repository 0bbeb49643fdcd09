import type { DraftEvent } from '../domain/event.ts';

/** A place in one app's log. Offsets count up from 1 within an epoch; another epoch is another life of the log. */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
}

/** An event that the log has. */
export interface StoredEvent extends Position {
  readonly app: string;
  /** When the log had it, in milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly draft: DraftEvent;
}

/** What is after a position; a gap says that something before the events given is not there any more. */
export interface LogSlice {
  readonly events: readonly StoredEvent[];
  readonly gap: 'EXPIRED' | 'LOG_LOST' | null;
}

/**
 * The events of every app, in the order they were appended. Every implementation guarantees: an append is whole or not at
 * all, and done once it resolves; a draft whose key the app's log knows is not appended again; offsets have no holes; reads
 * give events in order; listeners are called after the events can be read.
 */
export interface EventLog {
  /** Gives the events that are new. Throws when they cannot be kept: the caller must not acknowledge then. */
  append(app: string, drafts: readonly DraftEvent[]): Promise<readonly StoredEvent[]>;
  /** At most `limit` events after a position. */
  read(app: string, after: Position, limit: number): Promise<LogSlice>;
  /** The place of the newest event; offset 0 when there is none. */
  top(app: string): Position;
  /** Calls `listener` after every append to the app; gives the function that ends it. */
  onAppend(app: string, listener: (events: readonly StoredEvent[]) => void): () => void;
  /** Ends it; what an append has resolved for stays. */
  close(): void;
}
