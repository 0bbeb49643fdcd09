import type { EventPayload, EventType } from './event.ts';
import type { Message, Receiver } from './message.ts';
import type { SpaceKey } from './space.ts';

/**
 * Whom and what an event concerns, for operators' filters: `user:alice`, `group:team`, `chatroom:lobby`, `thread:9`, `call:7`,
 * `direct:alice:bob` (both users, sorted, percent-encoded). With `to:` in front, who may hear of it in a stream of its own:
 * the user, the members of the space, the two users of the conversation, those in the call.
 */
export type Concern = `${'user' | 'group' | 'chatroom' | 'thread' | 'call' | 'direct'}:${string}`;
export type Audience = `to:${Concern}`;
export type Subject = Concern | Audience;

const directSubject = (one: string, other: string): Concern => {
  // Vendors' ids are passed on as they come: half of a surrogate pair would throw here.
  const [first = '', second = ''] = [one, other].sort().map((id) => encodeURIComponent(id.toWellFormed()));
  return `direct:${first}:${second}`;
};

/** The conversation that a message to `to` is part of, for one of its users. */
export const conversationSubject = (to: Receiver, ownerId: string): Concern =>
  to.kind === 'direct' ? directSubject(ownerId, to.id) : `${to.kind}:${to.id}`;

const user = (userId: string): Concern => `user:${userId}`;
const place = ({ kind, id }: SpaceKey): Concern => `${kind}:${id}`;

/** Who hears of what happens in a space: its members. */
export const hearing = (space: SpaceKey): Audience => `to:${place(space)}`;

/** What an event is about, and which of that may hear of it. */
interface Reach {
  readonly concerns: readonly Concern[];
  readonly audience: readonly Concern[];
}

const toAll = (...concerns: readonly Concern[]): Reach => ({ concerns, audience: concerns });
const toNobody = (...concerns: readonly Concern[]): Reach => ({ concerns, audience: [] });

/** The subjects of an event: a function of what it says, the same for every vendor. */
export function subjectsOf(payload: EventPayload): readonly Subject[] {
  const { concerns, audience } = reachOf(payload);
  const unique = new Set<Subject>([...concerns, ...audience.map((each): Audience => `to:${each}`)]);
  return [...unique];
}

/** The conversation and its sender; both users of a direct one. Group and chatroom messages name no receivers. */
function ofMessage({ to, senderId }: Message): Concern[] {
  if (to.kind === 'direct') return [directSubject(senderId, to.id), user(senderId), user(to.id)];
  return [place({ kind: to.kind, id: to.id }), user(senderId)];
}

function reachOf(payload: EventPayload): Reach {
  switch (payload.type) {
    case 'MESSAGE_SENT':
    case 'MESSAGE_EDITED':
    case 'MESSAGE_RECALLED':
    case 'REACTIONS_CHANGED':
      return toAll(...ofMessage(payload.message));
    case 'MESSAGE_READ':
      return toAll(...ofMessage(payload.message), user(payload.readerId));
    case 'MESSAGE_SEND_FAILED':
      // The receivers are not to know of what did not reach them.
      return { concerns: ofMessage(payload.message), audience: [user(payload.message.senderId)] };
    case 'RECEIVER_OFFLINE':
      return toNobody(...ofMessage(payload.message), user(payload.receiverId));
    case 'BOT_MESSAGE_RECEIVED':
      return toNobody(...ofMessage(payload.message), user(payload.botId));
    case 'MESSAGE_DECIDED':
    case 'MESSAGE_MODERATED':
      // A message may be dropped without its sender's knowledge.
      return toNobody(...ofMessage(payload.message));
    case 'MESSAGES_DELETED': {
      const own = user(payload.userId);
      const peer = payload.peer && conversationSubject(payload.peer, payload.userId);
      return { concerns: peer ? [own, peer] : [own], audience: [own] };
    }
    case 'CONVERSATION_READ': {
      const reader = user(payload.readerId);
      const concerns = [conversationSubject(payload.peer, payload.readerId), reader, ...ofPeer(payload.peer)];
      return { concerns, audience: payload.isOwn ? [reader] : concerns };
    }
    case 'PROFILE_MODERATED':
      return toNobody(
        `${payload.subject.kind}:${payload.subject.id}`,
        ...(payload.actorId === null ? [] : [user(payload.actorId)]),
      );
    case 'PUSH_FINISHED':
    case 'ACCOUNT_OPERATION_FINISHED':
      return toNobody(user(payload.userId));
    case 'SUPER_ADMINS_CHANGED':
      return toNobody(...payload.userIds.map(user));
    case 'THREAD_UPDATED': {
      const group: Concern[] = payload.groupId === null ? [] : [`group:${payload.groupId}`];
      return toAll(`thread:${payload.threadId}`, ...group);
    }
    case 'PRESENCE_CHANGED':
    case 'USER_UPDATED':
      return toAll(user(payload.userId));
    case 'FRIEND_REQUESTED':
    case 'FRIEND_ADDED':
    case 'FRIEND_REQUEST_DECLINED':
    case 'FRIEND_REMOVED':
      return toAll(user(payload.userId), user(payload.friendId));
    case 'BLOCKLIST_CHANGED':
      // Nobody is told who blocks it.
      return { concerns: [user(payload.userId), user(payload.targetId)], audience: [user(payload.userId)] };
    case 'SPACE_CREATED':
      return ofSpace(payload, ids(payload.ownerId), payload.memberIds);
    case 'SPACE_DELETED':
      return ofSpace(payload, payload.memberIds ?? []);
    case 'SPACE_OWNER_CHANGED':
      return ofSpace(payload, ids(payload.oldOwnerId), [payload.newOwnerId]);
    case 'SPACE_UPDATED':
    case 'SPACE_ANNOUNCEMENT_CHANGED':
    case 'SPACE_MUTE_CHANGED':
    case 'SPACE_SUSPENSION_CHANGED':
    case 'SPACE_ATTRIBUTES_CHANGED':
      return ofSpace(payload);
    case 'MEMBERS_JOINED':
    case 'MEMBERS_LEFT':
    case 'MEMBERS_INVITED':
    case 'MEMBER_ROLES_CHANGED':
    case 'MEMBER_MUTES_CHANGED':
    case 'SPACE_ALLOWLIST_CHANGED':
    case 'SPACE_BLOCKLIST_CHANGED':
      return ofSpace(payload, payload.userIds);
    case 'INVITATION_DECLINED':
    case 'JOIN_REQUESTED':
    case 'MEMBER_ATTRIBUTES_CHANGED':
      return ofSpace(payload, [payload.userId]);
    case 'SHARED_FILES_CHANGED':
      return ofSpace(payload);
    case 'SPACE_IGNORE_CHANGED': {
      const own = ids(payload.actorId).map(user);
      return { concerns: [place(payload.space), ...own], audience: own };
    }
    case 'CALL_STARTED':
    case 'CALL_CANCELED':
      return ofCall(payload, payload.inviteeIds);
    case 'CALL_EXTENDED':
      return ofCall(payload, [payload.actorId, ...payload.inviteeIds]);
    case 'CALL_ACCEPTED':
    case 'CALL_REJECTED':
      return ofCall(payload, [payload.userId]);
    case 'CALL_TIMED_OUT':
      return ofCall(payload, payload.userIds);
    case 'UNKNOWN':
      return toNobody();
  }
}

const ids = (id: string | null): readonly string[] => (id === null ? [] : [id]);

const ofPeer = (peer: Receiver): Concern[] => (peer.kind === 'direct' ? [user(peer.id)] : []);

/** The members of the space hear of it, and the users it is done to, who may not be members (any more). */
function ofSpace(
  { space, actorId }: { readonly space: SpaceKey; readonly actorId: string | null },
  ...users: readonly (readonly string[])[]
): Reach {
  const doneTo = users.flat().map(user);
  return {
    concerns: [place(space), ...doneTo, ...ids(actorId).map(user)],
    audience: [place(space), ...doneTo],
  };
}

function ofCall(
  {
    callId,
    callerId,
    participantIds = [],
  }: { readonly callId: string; readonly callerId: string | null; readonly participantIds?: readonly string[] },
  userIds: readonly string[],
): Reach {
  return toAll(`call:${callId}`, ...[...ids(callerId), ...userIds, ...participantIds].map(user));
}

/** The types that tell of a conversation's messages. */
export const conversationTypes = [
  'MESSAGE_SENT',
  'MESSAGE_EDITED',
  'MESSAGE_RECALLED',
  'MESSAGE_READ',
  'CONVERSATION_READ',
  'REACTIONS_CHANGED',
] as const satisfies readonly EventType[];
