import type { Message, Receiver } from './message.ts';

/** A conversation as one of its users has it. */
export interface ConversationKey {
  readonly ownerId: string;
  readonly peer: Receiver;
}

/** What the owner of a conversation is told of. */
export type NotificationLevel = 'DEFAULT' | 'ALL' | 'MENTIONS' | 'MENTIONS_OF_ME' | 'MENTIONS_OF_ALL' | 'NONE';

/** What an owner set of a conversation from here, and vendors do not tell; null for what never was. */
export interface ConversationSettings {
  /** Up to when the owner's own history was emptied. */
  readonly clearedAt: Date | null;
  readonly notificationLevel: NotificationLevel | null;
  readonly labels: readonly string[] | null;
}

/** A change of conversations of one owner; what is left out stays as it is. */
export interface ConversationsUpdate {
  readonly ownerId: string;
  readonly peers: readonly Receiver[];
  readonly isPinned?: boolean | undefined;
  readonly notificationLevel?: NotificationLevel | undefined;
  readonly notificationSeconds?: number | undefined;
  /** Null clears. */
  readonly remark?: string | null | undefined;
  readonly addLabels: readonly string[];
  readonly removeLabels: readonly string[];
}

export interface ConversationsDeletion {
  readonly conversations: readonly ConversationKey[];
  readonly keepHistory: boolean;
}

export interface HistoryClearing {
  readonly conversations: readonly ConversationKey[];
  /** Only what was sent before; all when left out. */
  readonly before?: Date | undefined;
}

/** A label that a user may put on conversations. */
export interface ConversationLabel {
  readonly key: string;
  readonly name: string | null;
  readonly createdAt: Date | null;
}

/** An entry of a user's list of conversations, as a vendor tells it. */
export interface ListedConversation {
  readonly peer: Receiver;
  readonly updatedAt: Date | null;
  readonly lastMessage?: Message | null | undefined;
  readonly isPinned?: boolean | null | undefined;
  readonly notificationLevel?: NotificationLevel | null | undefined;
  readonly labels?: readonly string[] | null | undefined;
}
