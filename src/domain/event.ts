import type { Message } from './message.ts';

/** Where a message came from. */
export type EventSource = 'CLIENT' | 'SERVER' | 'UNKNOWN';

/** What a callback says, in the domain's words. */
export type EventPayload =
  | { readonly type: 'MESSAGE_SENT'; readonly message: Message; readonly source: EventSource }
  | { readonly type: 'MESSAGE_SEND_FAILED'; readonly message: Message; readonly reason: string | null }
  | {
      readonly type: 'MESSAGE_EDITED';
      readonly message: Message;
      readonly actorId: string | null;
      readonly editCount: number | null;
    }
  | {
      readonly type: 'MESSAGE_RECALLED';
      readonly message: Message;
      readonly actorId: string | null;
      readonly isByAdmin: boolean | null;
      readonly isWithoutTrace: boolean | null;
      readonly note: string | null;
    }
  | { readonly type: 'UNKNOWN'; readonly callback: string };

export type EventType = EventPayload['type'] | 'GAP';

/** An event before the log gave it a place. */
export interface DraftEvent {
  /** What identifies it among the app's events: a vendor's repeats carry the same. From the catalogue's dedupeKey. */
  readonly dedupeKey: string;
  /** By the vendor's clock. */
  readonly occurredAt: Date;
  /** Whom and what it concerns; what feeds are chosen by. Group and chatroom messages name the space and the sender only. */
  readonly subjects: readonly Subject[];
  readonly payload: EventPayload;
  /** The catalogue's id of the callback that told it; null for one that the catalogue does not know. */
  readonly callback?: string | null | undefined;
}

/** `user:alice`, `group:team`, `chatroom:lobby`, `direct:alice:bob` (both users, sorted, percent-encoded). */
export type Subject = `user:${string}` | `group:${string}` | `chatroom:${string}` | `direct:${string}`;

const userSubject = (userId: string): Subject => `user:${userId}`;

export const directSubject = (one: string, other: string): Subject => {
  const [first = '', second = ''] = [one, other].sort().map(encodeURIComponent);
  return `direct:${first}:${second}`;
};

/** The subjects of an event about a message: its conversation, and those users it is known to concern. */
export function messageSubjects(message: Message): Subject[] {
  const { to, senderId } = message;
  if (to.kind === 'direct') return [directSubject(senderId, to.id), userSubject(senderId), userSubject(to.id)];
  return [`${to.kind}:${to.id}`, userSubject(senderId)];
}
