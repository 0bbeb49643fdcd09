import type { ConversationSettings } from '../domain/conversation.ts';
import type { Message, MessageAudience, MessageFacts, MessageKey, Receiver } from '../domain/message.ts';
import { type Concern, conversationSubject } from '../domain/subject.ts';
import type { Position } from '../events/log.ts';
import type { MessagePlace } from './place.ts';

/** A conversation in a user's list. */
export interface Entry {
  readonly peer: Receiver;
  /** When something last happened in it by the vendor's list; the history may know of something later. */
  readonly listedAt: Date | null;
  /** Up to when its owner has read, or since when the owner is in it; null when neither is known. */
  readonly readAt: Date | null;
  readonly isPinned: boolean | null;
  /** `Tally.counted` up to `readAt`. */
  readonly readCount?: number | undefined;
  /** `Tally.kept` when the owner took it off the list: it is back on it with the next message. Undefined when it is on the list. */
  readonly hiddenAt?: number | undefined;
}

/** What was told of a conversation since it is followed, whether its messages are still there or not. */
export interface Tally {
  /** Right before the first message that was told. */
  readonly since: Date | null;
  /** When the latest message was sent. */
  readonly latestAt: Date | null;
  /** Messages that are kept in the conversation. */
  readonly kept: number;
  /** Messages that count as unread. */
  readonly counted: number;
  /** Whether the space that it is with is there no more. */
  readonly isOver: boolean;
}

export const emptyTally: Tally = { since: null, latestAt: null, kept: 0, counted: 0, isOver: false };

/** A history: the conversation as its subject names it, whichever of its users is asked for. */
export interface HistoryRef {
  readonly app: string;
  readonly conversation: Concern;
}

/**
 * What the index keeps. Every implementation is bounded, forgets the oldest first, and reads what it wrote at once. It may lose
 * what was written last when the process is killed, but then `applied` says so: entries, histories, tallies and that place are one
 * state.
 */
export interface ConversationStore {
  readonly bounds: StoreBounds;
  /** The newest messages, `maxMessagesEach`, the oldest first; only those sent after a moment, in milliseconds since the epoch, where one is given. */
  history(ref: HistoryRef, after?: number): readonly Message[];
  /**
   * Messages from the newest back, at most `limit`; those before a place where one is given. It reaches back as far as messages are kept,
   * `maxKeptEach` of a conversation.
   */
  page(ref: HistoryRef, before: MessagePlace | undefined, limit: number): readonly Message[];
  /** The oldest message kept. */
  oldest(ref: HistoryRef): Message | undefined;
  /** The newest message that fits. */
  newest(ref: HistoryRef, fits: (message: Message) => boolean): Message | undefined;
  /** The message of this key and, unless left out, sender. */
  message(ref: HistoryRef, key: string, senderId?: string): Message | undefined;
  /** Adds a message, or puts it in the place of the one of its key and sender. */
  putMessage(ref: HistoryRef, message: Message): void;
  /** Whom a message is for that is not for everybody in its conversation, though the message itself may be forgotten. */
  audience(ref: HistoryRef, key: string): MessageAudience | undefined;
  putAudience(ref: HistoryRef, key: string, audience: MessageAudience): void;
  /** An empty one where nothing was told. */
  tally(ref: HistoryRef): Tally;
  putTally(ref: HistoryRef, tally: Tally): void;
  entry(app: string, ownerId: string, peer: Receiver): Entry | undefined;
  entries(app: string, ownerId: string): readonly Entry[];
  putEntry(app: string, ownerId: string, entry: Entry): void;
  removeEntry(app: string, ownerId: string, peer: Receiver): void;
  /** What an owner set of a conversation from here, whether it is on the list or not. */
  settings(app: string, ownerId: string, peer: Receiver): ConversationSettings | undefined;
  putSettings(app: string, ownerId: string, peer: Receiver, settings: ConversationSettings): void;
  /** Whether a user's list was begun from its vendor's. */
  isSeeded(app: string, ownerId: string): boolean;
  markSeeded(app: string, ownerId: string): void;
  /** The place in the app's log up to which all this was moved on; undefined for a new store. */
  applied(app: string): Position | undefined;
  setApplied(app: string, position: Position): void;
  /** Writes what waits, and ends it. */
  close(): void;
}

export interface StoreBounds {
  readonly maxHistories: number;
  /** Of a conversation, looked at for what is new in it. */
  readonly maxMessagesEach: number;
  /** Of a conversation, for its history: as many as a log keeps of an app, so that it is read as far as the log reaches. */
  readonly maxKeptEach: number;
  readonly maxOwners: number;
  readonly maxEntriesEach: number;
  readonly maxAudiences: number;
}

const maxKeptEach = 100_000;
/** Messages for some of a conversation whose audience is remembered, of all apps. */
const maxAudiences = 50_000;

export const defaultBounds: StoreBounds = {
  maxHistories: 20_000,
  maxMessagesEach: 500,
  maxKeptEach,
  maxOwners: 50_000,
  maxEntriesEach: 1_000,
  maxAudiences,
};

export const timeOf = (message: Message) => message.sentAt?.getTime() ?? 0;

/** The history that a message is in. */
export const refOf = (app: string, { to, senderId }: Pick<MessageKey, 'to' | 'senderId'>): HistoryRef => ({
  app,
  conversation: conversationSubject(to, senderId),
});

/** A message with whom it is for, as far as that is known. */
export function withAudience<M extends MessageFacts>(
  store: Pick<ConversationStore, 'audience'>,
  app: string,
  message: M,
): M {
  if (message.audience) return message;
  const audience = store.audience(refOf(app, message), message.key);
  return audience ? { ...message, audience } : message;
}
