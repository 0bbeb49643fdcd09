import { decodeId, idOf, nodeOf } from '../src/domain/id.ts';
import type { ConversationNode } from '../src/domain/node.ts';
import { AppError } from '../src/errors.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { historyFilter } from './history.ts';
import { peerNode, userNode } from './nodes.ts';

/** Takes a conversation's id apart. Throws `BAD_USER_INPUT`. */
export function conversationOf(id: string, input: string): ConversationNode {
  const node = nodeOf(decodeId(id, ['Conversation'], input), input);
  if (node?.__typename !== 'Conversation')
    throw new AppError('BAD_USER_INPUT', `${input} must be the id of a Conversation.`, { input });
  return node;
}

const kinds = { direct: 'DIRECT', group: 'GROUP', chatroom: 'CHATROOM' } as const;

export const conversation = {
  Query: {
    conversation: (_, { id }, context) => context.conversations.find(conversationOf(id, 'id')),
  },
  User: {
    conversations: (node, page, context) => context.conversations.list([{ app: node.app, ownerId: node.userId }], page),
    conversation(node, { peerId }, context) {
      const id = decodeId(peerId, ['User', 'Group', 'Chatroom'], 'peerId');
      if (id.app !== node.app)
        throw new AppError('BAD_USER_INPUT', 'peerId is of another app than the user.', { input: 'peerId' });
      const kind = id.type === 'User' ? 'direct' : id.type === 'Group' ? 'group' : 'chatroom';
      return context.conversations.find({
        __typename: 'Conversation',
        app: node.app,
        ownerId: node.userId,
        peer: { kind, id: id.key[0] ?? '' },
      });
    },
  },
  Conversation: {
    id: idOf,
    owner: (node) => userNode(node.app, node.ownerId),
    kind: (node) => kinds[node.peer.kind],
    peer: (node) => peerNode(node.app, node.peer),
    updatedAt: async (node, _, context) =>
      node.known?.updatedAt ?? (await context.conversations.lastMessage(node))?.message.sentAt ?? null,
    lastMessage: (node, _, context) => context.conversations.lastMessage(node),
    unreadCount: (node, _, context) => context.conversations.unreadCount(node),
    isPinned: (node) => node.known?.isPinned ?? null,
    async messages(node, { filter, ...page }, context) {
      // A conversation with a space shows the space's messages, to those in it.
      if (node.peer.kind !== 'direct') await context.access.participant(peerNode(node.app, node.peer), 'chat:read');
      return context.conversations.messages(node, page, historyFilter(filter, node.app));
    },
  },
} satisfies Resolvers;
