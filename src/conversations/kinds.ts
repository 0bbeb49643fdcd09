import type { Message, Receiver, ReceiverKind } from '../domain/message.ts';

interface ConversationKind {
  /** Whether users have such conversations in their lists, with a count of what they have not read. */
  readonly isListed: boolean;
  /** Whether it is for the members of a space, so that it is on the list of nobody else. */
  readonly isOfMembers: boolean;
  /** The conversations that a message is in by what it says itself, each with its owner. Of a space only the sender is known. */
  parts(message: Message): readonly (readonly [ownerId: string, peer: Receiver])[];
  /** The same conversation, for one of its users. */
  peerFor(message: Pick<Message, 'to' | 'senderId'>, ownerId: string): Receiver;
  /** The kinds that a vendor may mean by this one when it recalls or names a message. */
  readonly mayMean: readonly ReceiverKind[];
}

const fromSender = ({ to, senderId, isFromUser }: Message) => (isFromUser ? [[senderId, to] as const] : []);

/** What conversations are with. */
export const conversationKinds: Readonly<Record<ReceiverKind, ConversationKind>> = {
  direct: {
    isListed: true,
    isOfMembers: false,
    parts: (message) => [...fromSender(message), [message.to.id, { kind: 'direct', id: message.senderId }]],
    peerFor: ({ to, senderId }, ownerId) => (to.id === ownerId ? { kind: 'direct', id: senderId } : to),
    mayMean: ['direct'],
  },
  group: {
    isListed: true,
    isOfMembers: true,
    parts: fromSender,
    peerFor: ({ to }) => to,
    mayMean: ['group', 'chatroom'],
  },
  chatroom: {
    isListed: false,
    isOfMembers: true,
    parts: () => [],
    peerFor: ({ to }) => to,
    mayMean: ['chatroom'],
  },
};
