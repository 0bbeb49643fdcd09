import type { DecisionFailure, RuleFinding } from './decision.ts';
import type { StoredFile } from './file.ts';
import type { Message } from './message.ts';
import type { Attribute, MemberRole, SpaceKey } from './space.ts';
import type { Subject } from './subject.ts';

/** Where a message came from. */
export type EventSource = 'CLIENT' | 'SERVER' | 'UNKNOWN';
export type PresenceCause = 'LOGIN' | 'RECONNECT' | 'LOGOUT' | 'DISCONNECT' | 'KICK';
export type JoinCause = 'JOINED' | 'ADDED' | 'INVITED' | 'APPROVED';
export type LeaveCause = 'LEFT' | 'REMOVED' | 'BLOCKED' | 'OFFLINE' | 'SPACE_DELETED';
export type MessageDecision = 'DELIVER' | 'REPLACE' | 'REFUSE' | 'DROP';
export type ContentDecision = 'PASS' | 'REVIEW' | 'REFUSE';

interface OfMessage {
  /** With everything the callback tells; `content` is null where it names the message only. */
  readonly message: Message;
}

interface OfSpace {
  readonly space: SpaceKey;
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actorId: string | null;
}

interface OfPair {
  readonly userId: string;
  readonly friendId: string;
}

interface OfCall {
  readonly callId: string;
  /** From earlier events, where the callback does not tell. */
  readonly callerId: string | null;
  /** Everybody else in the call, as earlier events told; it is theirs to hear of, too. */
  readonly participantIds?: readonly string[];
}

/** What callbacks say, in the domain's words, by the type of event. Fields are those of the schema's type of that name. */
export interface EventPayloads {
  MESSAGE_SENT: OfMessage & { readonly source: EventSource };
  MESSAGE_SEND_FAILED: OfMessage & { readonly reason: string | null };
  MESSAGE_EDITED: OfMessage & { readonly actorId: string | null; readonly editCount: number | null };
  MESSAGE_RECALLED: OfMessage & {
    readonly actorId: string | null;
    readonly isByAdmin: boolean | null;
    readonly isWithoutTrace: boolean | null;
    readonly note: string | null;
  };
  MESSAGES_DELETED: {
    readonly userId: string;
    readonly peer: Message['to'] | null;
    readonly messages: readonly Message[];
    readonly before: Date | null;
  };
  MESSAGE_READ: OfMessage & { readonly readerId: string };
  CONVERSATION_READ: {
    readonly readerId: string;
    readonly peer: Message['to'];
    /** Up to when was read, where the vendor tells; up to the event's own time when left out. */
    readonly until?: Date | null | undefined;
    /** Whether it is for the reader's own devices only, not for those who wrote. */
    readonly isOwn?: boolean | undefined;
  };
  RECEIVER_OFFLINE: OfMessage & { readonly receiverId: string };
  REACTIONS_CHANGED: OfMessage & {
    readonly actorId: string | null;
    readonly emoji: string;
    readonly isAdded: boolean;
    readonly count: number | null;
  };
  BOT_MESSAGE_RECEIVED: OfMessage & { readonly botId: string; readonly data: unknown };
  MESSAGE_DECIDED: OfMessage & {
    readonly decision: MessageDecision;
    readonly rule: string | null;
    readonly isLate: boolean;
    readonly latencyMs: number;
    /** Left out in events that were logged before there were failures. */
    readonly failedRule?: string | null | undefined;
    readonly failure?: DecisionFailure | null | undefined;
    /** Left out in events that were logged before these were known. */
    readonly source?: EventSource | undefined;
    readonly isEdit?: boolean | undefined;
    readonly matchedKeywords?: readonly string[] | undefined;
    readonly replacement?: string | null | undefined;
    readonly findings?: readonly RuleFinding[] | undefined;
  };
  MESSAGE_MODERATED: OfMessage & {
    readonly decision: ContentDecision;
    readonly labels: readonly string[];
    readonly matchedKeywords: readonly string[];
    readonly provider: string | null;
  };
  PROFILE_MODERATED: {
    readonly subject: { readonly kind: 'user' | 'group'; readonly id: string };
    readonly actorId: string | null;
    readonly decision: ContentDecision;
    readonly fields: readonly string[];
  };
  PUSH_FINISHED: {
    readonly userId: string;
    readonly message: Message | null;
    readonly isSent: boolean;
    readonly platform: string | null;
    readonly reason: string | null;
  };
  THREAD_UPDATED: {
    readonly threadId: string;
    /** The group that the thread is in, where the vendor tells. */
    readonly groupId: string | null;
    readonly actorId: string | null;
    readonly lastMessage: Message | null;
    readonly messageCount: number | null;
  };
  PRESENCE_CHANGED: {
    readonly userId: string;
    readonly isOnline: boolean;
    readonly cause: PresenceCause;
    readonly platform: string | null;
    readonly sessionId: string | null;
  };
  USER_UPDATED: { readonly userId: string };
  ACCOUNT_OPERATION_FINISHED: {
    readonly userId: string;
    readonly operationId: string;
    readonly isDeletion: boolean;
    readonly ok: boolean;
    readonly vendorCode: string | null;
  };
  FRIEND_REQUESTED: OfPair & { readonly message: string | null };
  FRIEND_ADDED: OfPair;
  FRIEND_REQUEST_DECLINED: OfPair;
  FRIEND_REMOVED: OfPair;
  BLOCKLIST_CHANGED: { readonly userId: string; readonly targetId: string; readonly isBlocked: boolean };
  SPACE_CREATED: OfSpace & { readonly ownerId: string | null; readonly memberIds: readonly string[] };
  SPACE_DELETED: OfSpace & { readonly memberIds: readonly string[] | null };
  SPACE_UPDATED: OfSpace & { readonly fields: readonly string[] | null };
  SPACE_ANNOUNCEMENT_CHANGED: OfSpace & { readonly announcement: string | null };
  SPACE_OWNER_CHANGED: OfSpace & { readonly oldOwnerId: string | null; readonly newOwnerId: string };
  MEMBERS_JOINED: OfSpace & {
    readonly userIds: readonly string[];
    readonly cause: JoinCause;
    readonly memberCount: number | null;
  };
  MEMBERS_LEFT: OfSpace & {
    readonly userIds: readonly string[];
    readonly cause: LeaveCause;
    readonly memberCount: number | null;
  };
  MEMBERS_INVITED: OfSpace & { readonly userIds: readonly string[] };
  INVITATION_DECLINED: OfSpace & { readonly userId: string };
  JOIN_REQUESTED: OfSpace & { readonly userId: string; readonly message: string | null };
  MEMBER_ROLES_CHANGED: OfSpace & { readonly userIds: readonly string[]; readonly role: MemberRole };
  SUPER_ADMINS_CHANGED: {
    readonly userIds: readonly string[];
    readonly isAdded: boolean;
    readonly actorId: string | null;
  };
  MEMBER_MUTES_CHANGED: OfSpace & {
    readonly userIds: readonly string[];
    readonly isMuted: boolean;
    readonly expiresAt: Date | null;
  };
  SPACE_MUTE_CHANGED: OfSpace & { readonly isMuted: boolean };
  SPACE_ALLOWLIST_CHANGED: OfSpace & { readonly userIds: readonly string[]; readonly isAdded: boolean };
  SPACE_BLOCKLIST_CHANGED: OfSpace & {
    readonly userIds: readonly string[];
    readonly isAdded: boolean;
    readonly expiresAt: Date | null;
  };
  /** The actor is the member who ignores the space. */
  SPACE_IGNORE_CHANGED: OfSpace & { readonly isIgnored: boolean };
  SPACE_SUSPENSION_CHANGED: OfSpace & { readonly isSuspended: boolean };
  SPACE_ATTRIBUTES_CHANGED: OfSpace & {
    readonly set: readonly Attribute[];
    readonly deleted: readonly string[];
    readonly isCleared: boolean;
  };
  MEMBER_ATTRIBUTES_CHANGED: OfSpace & { readonly userId: string; readonly set: readonly Attribute[] };
  SHARED_FILES_CHANGED: OfSpace & { readonly files: readonly StoredFile[]; readonly isAdded: boolean };
  CALL_STARTED: OfCall & {
    readonly inviteeIds: readonly string[];
    readonly data: string | null;
    readonly createdAt: Date | null;
    readonly expiresAt: Date | null;
  };
  CALL_EXTENDED: OfCall & { readonly actorId: string; readonly inviteeIds: readonly string[] };
  CALL_ACCEPTED: OfCall & { readonly userId: string; readonly data: string | null };
  CALL_REJECTED: OfCall & { readonly userId: string; readonly data: string | null };
  CALL_CANCELED: OfCall & { readonly inviteeIds: readonly string[]; readonly reason: string | null };
  CALL_TIMED_OUT: OfCall & { readonly userIds: readonly string[] };
  /** What the vendor calls it. */
  UNKNOWN: { readonly callback: string };
}

export type EventPayload = {
  [T in keyof EventPayloads]: { readonly type: T } & EventPayloads[T];
}[keyof EventPayloads];

export type EventType = EventPayload['type'] | 'GAP';

/**
 * A change that callbacks of several forms tell of. Each form tells of every change once, so that the second that one form tells of is
 * another change, however alike they are, and the first of each other form is none.
 */
export interface Change {
  /** The same for every form, and for changes that cannot be told apart. */
  readonly key: string;
  readonly form: string;
}

/** An event as a vendor's callback tells it. */
export interface ToldEvent {
  /** What identifies it among the app's events: a vendor's repeats carry the same. From the catalogue's dedupeKey. */
  readonly dedupeKey: string;
  /** There where other callbacks, each with a key of its own, may tell of the same change. */
  readonly change?: Change | undefined;
  /** By the vendor's clock. */
  readonly occurredAt: Date;
  readonly payload: EventPayload;
  /** Whether the kind of conversation is a guess: the message that is known by its id says better. Its id is the vendor's only one. */
  readonly isKindGuessed?: boolean;
}

/** An event before the log gave it a place. */
export interface DraftEvent extends Omit<ToldEvent, 'isKindGuessed'> {
  /** Whom and what it concerns, and who may hear of it; what feeds are chosen by. From `subjectsOf`. */
  readonly subjects: readonly Subject[];
  /** The catalogue's id of the callback that told it; null for one that the catalogue does not know. */
  readonly callback?: string | null | undefined;
}

/** The messages that an event tells of. */
export function messagesOf(payload: EventPayload): readonly Message[] {
  switch (payload.type) {
    case 'MESSAGES_DELETED':
      return payload.messages;
    case 'THREAD_UPDATED':
      return payload.lastMessage ? [payload.lastMessage] : [];
    default:
      return 'message' in payload && payload.message && typeof payload.message !== 'string' ? [payload.message] : [];
  }
}
