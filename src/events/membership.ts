import type { EventWanted } from '../domain/context.ts';
import { type EventType, messagesOf } from '../domain/event.ts';
import { isFor } from '../domain/message.ts';
import { type Audience, hearing, type Subject } from '../domain/subject.ts';
import type { Departure } from './departures.ts';
import type { StoredEvent } from './log.ts';

type Membership = NonNullable<EventWanted['membership']>;

/** Whether an event tells that the user whose membership a stream rests on is not in the space any more. */
export function endsMembership({ app, draft: { payload } }: StoredEvent, membership: Membership): boolean {
  if (payload.type !== 'MEMBERS_LEFT' && payload.type !== 'SPACE_DELETED') return false;
  const userIds = payload.type === 'SPACE_DELETED' ? null : payload.userIds;
  return isDeparted({ app, space: payload.space, userIds }, membership);
}

/** Whether a departure is that of the user whose membership a stream rests on. */
export function isDeparted({ app, space, userIds }: Departure, membership: Membership): boolean {
  if (app !== membership.app || space.kind !== membership.space.kind || space.id !== membership.space.id) return false;
  return userIds?.includes(membership.userId) ?? true;
}

/** Whether a departure is that of the viewer whom a stream follows. */
export function concernsFollowed({ app, userIds }: Departure, { follow }: EventWanted): boolean {
  const userId = follow?.get(app);
  return userId !== undefined && (userIds?.includes(userId) ?? true);
}

/** What a stream that follows its viewer wants after a departure of the viewer. The very same object where nothing changes. */
export function withoutSpace(wanted: EventWanted, { app, space }: Departure): EventWanted {
  const had = wanted.subjects?.get(app);
  const gone = hearing(space);
  if (!had?.includes(gone)) return wanted;
  const subjects = new Map([...(wanted.subjects ?? []), [app, had.filter((subject) => subject !== gone)]]);
  return { ...wanted, subjects };
}

/** The types of events that can change what streams are let hear. */
export const membershipTypes = [
  'MEMBERS_JOINED',
  'MEMBERS_LEFT',
  'SPACE_CREATED',
  'SPACE_DELETED',
] as const satisfies readonly EventType[];

const ofMembership: ReadonlySet<string> = new Set(membershipTypes);

/** Whether an event can change what streams are let hear. */
export function isOfMembership({ draft: { payload } }: StoredEvent): boolean {
  return ofMembership.has(payload.type);
}

/**
 * What a stream that follows its viewer wants after an event: also the events of a group that the viewer has come into, none of
 * one that it has left. The very same object where nothing changes.
 */
export function followed(wanted: EventWanted, event: StoredEvent): EventWanted {
  const userId = wanted.follow?.get(event.app);
  const had = wanted.subjects?.get(event.app);
  if (userId === undefined || had === undefined || !isOfMembership(event)) return wanted;
  const change = changeFor(userId, event);
  if (!change || had.includes(change.subject) === change.isIn) return wanted;
  const has: readonly Subject[] = change.isIn
    ? [...had, change.subject]
    : had.filter((subject) => subject !== change.subject);
  return { ...wanted, subjects: new Map([...(wanted.subjects ?? []), [event.app, has]]) };
}

/** A group's members hear of it. Chatrooms are left out: no vendor lists those of a user, so that a later stream could not know of them. */
function changeFor(
  userId: string,
  { draft: { payload } }: StoredEvent,
): { readonly subject: Audience; readonly isIn: boolean } | null {
  switch (payload.type) {
    case 'MEMBERS_JOINED':
    case 'MEMBERS_LEFT':
      if (payload.space.kind !== 'group' || !payload.userIds.includes(userId)) return null;
      return { subject: hearing(payload.space), isIn: payload.type === 'MEMBERS_JOINED' };
    case 'SPACE_CREATED':
      if (payload.space.kind !== 'group' || ![payload.ownerId, ...payload.memberIds].includes(userId)) return null;
      return { subject: hearing(payload.space), isIn: true };
    case 'SPACE_DELETED':
      return { subject: hearing(payload.space), isIn: false };
    default:
      return null;
  }
}

/**
 * Through whom a stream of what its viewer may hear hears of an event: those spaces, and the thread or call that the event is of, are
 * seen by whoever has the stream. Nothing for a stream that is had by a scope.
 */
export function heardThrough({ app, draft }: StoredEvent, ...wanted: readonly EventWanted[]): readonly Audience[] {
  const own = wanted.filter(isOfViewer).flatMap(({ subjects }) => subjects?.get(app) ?? []);
  if (own.length === 0) return [];
  return draft.subjects.filter(
    (subject): subject is Audience =>
      (subject.startsWith('to:') && own.includes(subject)) || /^to:(thread|call):/.test(subject),
  );
}

/** Whether a stream is had for what its viewer is, and not by a scope. */
export function isOfViewer({ follow, membership }: EventWanted): boolean {
  return follow !== undefined || membership !== undefined;
}

/** Whether an event tells of a message that is not for everybody in its conversation. */
export const isForSome = ({ draft: { payload } }: StoredEvent): boolean =>
  messagesOf(payload).some(({ audience }) => audience !== undefined);

/** Whether the messages that an event tells of are for the user for whom a stream is had. */
export function isForReader(
  { app, draft: { payload } }: StoredEvent,
  { reader }: Pick<EventWanted, 'reader'>,
): boolean {
  if (!reader) return true;
  const userId = reader.get(app) ?? '';
  return messagesOf(payload).every((message) => isFor(message, userId));
}
