import type { Content, ContentKind, OutgoingContent } from './content.ts';
import type { Attribute } from './space.ts';

export type ReceiverKind = 'direct' | 'group' | 'chatroom';

/** Where a message goes: a user, group or chatroom by the vendor's id. */
export interface Receiver {
  readonly kind: ReceiverKind;
  readonly id: string;
}

/** What is needed to find and recall a message: the key of its global id. */
export interface MessageKey {
  readonly to: Receiver;
  /** Empty is not allowed in ids: notices without a sender carry the vendor's system user. */
  readonly senderId: string;
  /** The vendor's sequence number or message id, whichever its recall needs. */
  readonly key: string;
}

/** What authority over a message rests on. */
export type MessageFacts = Pick<Message, keyof MessageKey | 'isFromUser' | 'audience'>;

/** Whom of those in its conversation a message is for. */
export interface MessageAudience {
  readonly userIds: readonly string[];
  /** Whether it is for these users only; else it is for all but these. */
  readonly isOnly: boolean;
}

export interface Mentions {
  readonly everyone: boolean;
  readonly userIds: readonly string[];
}

/** What becomes of a message besides being delivered, by its type or because it was sent so. */
export interface MessageStanding {
  /** False for a signal, such as a command or a typing status: it is in no history. */
  readonly isStored?: boolean | undefined;
  /** False for what is never unread. */
  readonly isCounted?: boolean | undefined;
}

/** A message as a vendor's history or callback tells it. */
export interface Message extends MessageKey, MessageStanding {
  readonly vendorId: string | null;
  readonly sequence: number | null;
  /** Whether the sender is a user, not the app or the vendor itself. */
  readonly isFromUser: boolean;
  readonly content: Content | null;
  readonly mentions?: Mentions | null | undefined;
  readonly sentAt: Date | null;
  readonly editedAt?: Date | null | undefined;
  readonly recalledAt?: Date | null | undefined;
  readonly metadata?: unknown;
  /** Everybody in its conversation when left out. */
  readonly audience?: MessageAudience | undefined;
  /** Whose own history it was read from, which may not be the other user's; null for both. Undefined once an event has told it. */
  readonly readBy?: string | null | undefined;
  /** As the vendor has it; for operators. */
  readonly raw?: unknown;
}

/**
 * Whether a message is for a user, as far as it was sent to some of its conversation only. Its sender always sees it. Whether the user is
 * in the conversation at all is another question.
 */
export function isFor({ senderId, isFromUser, audience }: MessageFacts, userId: string): boolean {
  if (!audience || (isFromUser && senderId === userId)) return true;
  return audience.userIds.includes(userId) === audience.isOnly;
}

/** How a send has its messages stand; undefined where it says nothing, so that their type says it. */
export function standingOf({ onlineOnly, keepInHistory, countAsUnread }: Delivery = {}): MessageStanding | undefined {
  if (onlineOnly === true || keepInHistory === false) return { isStored: false, isCounted: false };
  return countAsUnread === false ? { isCounted: false } : undefined;
}

/** Whom a send goes to; undefined for everybody in the conversation. */
export function audienceOf({
  visibleTo,
  hiddenFrom,
}: Pick<NewMessage, 'visibleTo' | 'hiddenFrom'>): MessageAudience | undefined {
  const userIds = visibleTo ?? hiddenFrom;
  return userIds && { userIds, isOnly: visibleTo !== undefined };
}

export interface Delivery {
  readonly onlineOnly?: boolean | undefined;
  readonly keepInHistory?: boolean | undefined;
  readonly countAsUnread?: boolean | undefined;
  readonly updateConversation?: boolean | undefined;
  readonly copyToSender?: boolean | undefined;
  readonly requestReceipt?: boolean | undefined;
  readonly respectBlocklists?: boolean | undefined;
  readonly priority?: 'LOW' | 'NORMAL' | 'HIGH' | undefined;
}

export interface PushOptions {
  readonly isEnabled?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  readonly data?: unknown;
  readonly badgeIncrement?: number | undefined;
  readonly templateName?: string | undefined;
  readonly platforms?: unknown;
}

/** A message to be sent to 1-100 receivers of one kind. */
export interface NewMessage {
  /** The app's system user when left out. */
  readonly senderId?: string | undefined;
  readonly kind: ReceiverKind;
  readonly to: readonly string[];
  readonly content: OutgoingContent;
  readonly mentions?: Mentions | undefined;
  readonly visibleTo?: readonly string[] | undefined;
  readonly hiddenFrom?: readonly string[] | undefined;
  /** Values for `{name}` places of the content, by receiver. */
  readonly variables?: ReadonlyMap<string, readonly Attribute[]> | undefined;
  readonly metadata?: unknown;
  readonly attributes?: readonly Attribute[] | undefined;
  readonly delivery?: Delivery | undefined;
  readonly push?: PushOptions | undefined;
  /** The client's own key for its retries, for vendors that have a place for it. */
  readonly idempotencyKey?: string | undefined;
}

/** What a send tells about the message it made; null where the vendor tells nothing. */
export interface SentMessage {
  /** The key for the global id; null where none is known until the event. */
  readonly key: string | null;
  readonly vendorId: string | null;
  readonly sequence: number | null;
  readonly senderId: string;
  readonly sentAt: Date | null;
  /** What it says as the vendor keeps it, where that may be more than was given. */
  readonly content?: Content | undefined;
}

export interface Recall {
  readonly messages: readonly MessageKey[];
  readonly actorId?: string | undefined;
  readonly note?: string | undefined;
  readonly withoutTrace: boolean;
  readonly force: boolean;
}

/** What a message shall say from now on. */
export interface MessageEdit {
  readonly message: MessageKey;
  /** What kind of content it has until now; null where that is not known. */
  readonly kind: ContentKind | null;
  readonly content: OutgoingContent;
  /** Left as they are when left out, as is what is beside the content. */
  readonly mentions?: Mentions | undefined;
  readonly metadata?: unknown;
  /** The sender when left out. */
  readonly actorId?: string | undefined;
}

/** Messages of one conversation that have reached a user, or that it has read. */
export interface Acknowledgement {
  readonly messages: readonly MessageKey[];
  readonly userId: string;
  readonly status: 'DELIVERED' | 'READ';
}

/** An old message to be put into a history. */
export interface ImportedMessage {
  readonly senderId: string;
  readonly to: Receiver;
  readonly content: OutgoingContent;
  readonly sentAt: Date;
  readonly metadata?: unknown;
  /** The only one of the two users into whose history it goes. */
  readonly ownerId?: string | undefined;
  readonly isRead?: boolean | undefined;
}

/** Everybody of a sort. */
export type StandingAudience = 'ALL_USERS' | 'ONLINE_USERS' | 'ALL_CHATROOMS';

/** A message to a whole audience. */
export interface NewBroadcast {
  /** The app's system user when left out. */
  readonly senderId?: string | undefined;
  readonly audience: StandingAudience;
  readonly content: OutgoingContent;
  readonly metadata?: unknown;
  readonly delivery?: Delivery | undefined;
  readonly push?: PushOptions | undefined;
}

/** A broadcast that a vendor took; null where the vendor tells no id or time. */
export interface SentBroadcast {
  readonly vendorId: string | null;
  readonly sentAt: Date | null;
}

/** A history: of a user's conversation, or of a space as the app sees it. */
export interface HistoryKey {
  /** Whose history; undefined for a space's as such. */
  readonly ownerId?: string | undefined;
  readonly peer: Receiver;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly senderId?: string | undefined;
  readonly kinds?: readonly ContentKind[] | undefined;
}

/** Why a message does not reach somebody who blocks its sender: the same words at every vendor. */
export const blockedByReceiver = 'The receiver takes no messages of the sender.';

/** Why a member who may not speak in a space sends nothing there: the same words at every vendor. */
export const mutedInSpace = 'The sender is muted in this space.';
