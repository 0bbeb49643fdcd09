import type { ConversationSettings } from '../domain/conversation.ts';
import type { Message, MessageAudience, MessageKey, Receiver } from '../domain/message.ts';
import { type Concern, conversationSubject } from '../domain/subject.ts';
import type { Position } from '../events/log.ts';

/** A conversation in a user's list. */
export interface Entry {
  readonly peer: Receiver;
  /** When something last happened in it by the vendor's list; the history may know of something later. */
  readonly listedAt: Date | null;
  /** Up to when its owner has read, or since when it is followed from its beginning; null when neither is known. */
  readonly readAt: Date | null;
  readonly isPinned: boolean | null;
}

/** A history: the conversation as its subject names it, whichever of its users is asked for. */
export interface HistoryRef {
  readonly app: string;
  readonly conversation: Concern;
}

/**
 * What the index keeps. Every implementation is bounded, forgets the oldest first, and reads what it wrote at once. It may lose
 * what was written last when the process is killed, but then `applied` says so: entries, histories and that place are one state.
 */
export interface ConversationStore {
  readonly bounds: StoreBounds;
  /** The newest messages, the oldest first. */
  history(ref: HistoryRef): readonly Message[];
  /** The message of this key and, unless left out, sender. */
  message(ref: HistoryRef, key: string, senderId?: string): Message | undefined;
  /** Adds a message, or puts it in the place of the one of its key and sender. */
  putMessage(ref: HistoryRef, message: Message): void;
  /** Whom a message is for that is not for everybody in its conversation, though the message itself may be forgotten. */
  audience(ref: HistoryRef, key: string): MessageAudience | undefined;
  putAudience(ref: HistoryRef, key: string, audience: MessageAudience): void;
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
  readonly maxMessagesEach: number;
  readonly maxOwners: number;
  readonly maxEntriesEach: number;
  readonly maxAudiences: number;
}

/** Messages for some of a conversation whose audience is remembered, of all apps. */
const maxAudiences = 50_000;

export const defaultBounds: StoreBounds = {
  maxHistories: 20_000,
  maxMessagesEach: 500,
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
export function withAudience(store: Pick<ConversationStore, 'audience'>, app: string, message: Message): Message {
  if (message.audience) return message;
  const audience = store.audience(refOf(app, message), message.key);
  return audience ? { ...message, audience } : message;
}
