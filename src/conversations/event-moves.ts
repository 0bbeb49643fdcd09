import type { EventPayload, EventPayloads } from '../domain/event.ts';
import type { ConversationIndex } from './index.ts';

type Move<T extends keyof EventPayloads> = (
  index: ConversationIndex,
  app: string,
  payload: EventPayloads[T],
  at: Date,
) => void;

/** What moves the index of conversations on, and how; no other event does. */
const table: { readonly [T in keyof EventPayloads]?: Move<T> } = {
  MESSAGE_SENT: (index, app, { message }) => index.told(app, message),
  MESSAGE_EDITED: (index, app, { message }) => index.editTold(app, message),
  MESSAGE_RECALLED: (index, app, { message, actorId, note }) =>
    index.recallTold(app, message, { recalledById: actorId, note }),
  MESSAGE_READ: (index, app, { message, readerId }) => index.markMessageRead(app, readerId, message),
  CONVERSATION_READ: (index, app, { readerId, peer, until }, at) => index.markRead(app, readerId, peer, until ?? at),
  SPACE_CREATED: (index, app, { space, ownerId, memberIds }, at) =>
    index.entered(app, space, [...memberIds, ...(ownerId === null ? [] : [ownerId])], at),
  MEMBERS_JOINED: (index, app, { space, userIds }, at) => index.entered(app, space, userIds, at),
  MEMBERS_LEFT: (index, app, { space, userIds }) => index.left(app, space, userIds),
  SPACE_DELETED(index, app, { space, memberIds }) {
    index.left(app, space, memberIds ?? []);
    index.left(app, space, null);
  },
};

/** How an event moves the index of conversations on; undefined for one that does not. */
export function moves(payload: EventPayload): ((index: ConversationIndex, app: string, at: Date) => void) | undefined {
  // The table ties each move to the payload of its type.
  const move = table[payload.type] as Move<never> | undefined;
  return move && ((index, app, at) => move(index, app, payload as never, at));
}
