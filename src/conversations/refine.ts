import type { EventPayloads, EventType, ToldEvent } from '../domain/event.ts';
import type { Message, MessageKey } from '../domain/message.ts';

/** What is known of earlier messages of an app. */
export interface KnownMessages {
  find(key: MessageKey): Message | null;
  /** The message of an id, whoever is said to have sent it; in a conversation of any kind where that is a guess. */
  meant(key: MessageKey, isKindGuessed?: boolean): Message | undefined;
}

type Rule<T extends keyof EventPayloads> = (
  payload: { readonly type: T } & EventPayloads[T],
  known: KnownMessages,
  told: ToldEvent,
) => ToldEvent['payload'];

/** Of a message that is named only, what is known of it. */
const filled = (message: Message, known: KnownMessages): Message =>
  message.content === null ? (known.meant(message) ?? message) : message;

/** Of recalls vendors name who recalled in the place of who sent, and do not tell chatrooms from groups. */
const asSent = (message: Message, known: KnownMessages, isKindGuessed: boolean | undefined): Message => {
  const meant = known.meant(message, isKindGuessed);
  if (!meant) return message;
  const { to, senderId, isFromUser, sentAt } = meant;
  return { ...message, to, senderId, isFromUser, sentAt };
};

const ofMessage = <T extends 'MESSAGE_READ' | 'REACTIONS_CHANGED' | 'RECEIVER_OFFLINE' | 'MESSAGE_MODERATED'>(
  payload: { readonly type: T } & EventPayloads[T],
  known: KnownMessages,
) => ({ ...payload, message: filled(payload.message, known) });

const rules: { readonly [T in EventType & keyof EventPayloads]?: Rule<T> } = {
  MESSAGE_EDITED: (payload, known, { isKindGuessed }) =>
    isKindGuessed ? { ...payload, message: asSent(payload.message, known, true) } : payload,
  MESSAGE_RECALLED: (payload, known, { isKindGuessed }) => ({
    ...payload,
    message: asSent(payload.message, known, isKindGuessed),
  }),
  MESSAGE_READ: ofMessage,
  REACTIONS_CHANGED: ofMessage,
  RECEIVER_OFFLINE: ofMessage,
  MESSAGE_MODERATED: ofMessage,
  MESSAGES_DELETED: (payload, known) => ({
    ...payload,
    messages: payload.messages.map((each) => filled(each, known)),
  }),
  PUSH_FINISHED: (payload, known) => ({
    ...payload,
    message: payload.message && (known.meant(payload.message) ?? payload.message),
  }),
  MESSAGE_SENT(payload, known, { occurredAt }) {
    const before = known.find(payload.message);
    if (!before || isRecalled(before)) return payload;
    const isAsKnown = isSame(before, payload.message);
    // An edit made from here is known before the vendor tells the message again.
    if (isAsKnown && !before.editedAt) return payload;
    const editedAt = payload.message.editedAt ?? (isAsKnown ? before.editedAt : null) ?? occurredAt;
    const message = { ...payload.message, sentAt: before.sentAt, editedAt };
    return { type: 'MESSAGE_EDITED', message, actorId: null, editCount: null };
  },
};

/**
 * Makes of what was told what only a look at earlier events can tell. A message that is told again is no news; with other content
 * it is an edit. What names a message only is told of the message that is known by its id.
 */
export function refined(told: ToldEvent, known: KnownMessages): ToldEvent {
  // The table ties each rule to the payload of its type.
  const rule = rules[told.payload.type] as Rule<never> | undefined;
  return rule ? { ...told, payload: rule(told.payload as never, known, told) } : told;
}

export const isRecalled = (message: Message) => message.content?.kind === 'RECALLED';

const isSame = (one: Message, other: Message) => JSON.stringify(one.content) === JSON.stringify(other.content);
