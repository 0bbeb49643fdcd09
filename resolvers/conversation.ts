import type { Context } from '../src/domain/context.ts';
import type { ConversationKey } from '../src/domain/conversation.ts';
import { decodeId, idOf, nodeOf } from '../src/domain/id.ts';
import type { ConversationNode } from '../src/domain/node.ts';
import { AppError, type Outcome, succeeded } from '../src/errors.ts';
import type { Resolvers, UpdateConversationsInput } from '../src/generated/graphql.ts';
import { historyFilter } from './history.ts';
import { given } from './message-parts.ts';
import { idsOfOneApp, peerNode, userNode } from './nodes.ts';
import { itemResults } from './results.ts';

/** Takes a conversation's id apart. Throws `BAD_USER_INPUT`. */
export function conversationOf(id: string, input: string): ConversationNode {
  const node = nodeOf(decodeId(id, ['Conversation'], input), input);
  if (node?.__typename !== 'Conversation')
    throw new AppError('BAD_USER_INPUT', `${input} must be the id of a Conversation.`, { input });
  return node;
}

/** The conversations of an input's ids, of one app. Throws `BAD_USER_INPUT`. */
function conversationsOf(input: { readonly conversationIds: readonly string[] }) {
  const { app } = idsOfOneApp(input.conversationIds, ['Conversation'], 'input.conversationIds');
  const nodes = input.conversationIds.map((id, index) => conversationOf(id, `input.conversationIds[${index}]`));
  return { app, nodes };
}

const keyOf = ({ ownerId, peer }: ConversationNode): ConversationKey => ({ ownerId, peer });

const longestSeconds = 604_800;

/** What is to be changed. Throws `BAD_USER_INPUT` for conversations of several owners, and for a change that says nothing. */
function updateOf(input: UpdateConversationsInput, nodes: readonly ConversationNode[]) {
  const ownerId = nodes[0]?.ownerId ?? '';
  const stranger = nodes.findIndex((node) => node.ownerId !== ownerId);
  if (stranger !== -1) throw bad(`input.conversationIds[${stranger}]`, 'is of another owner than the first');
  const { notificationSeconds: seconds } = input;
  if (typeof seconds === 'number' && (seconds < 1 || seconds > longestSeconds))
    throw bad('input.notificationSeconds', `must be from 1 to ${longestSeconds}`);
  const { conversationIds: _, ...change } = input;
  if (Object.values(change).every((value) => value === undefined)) throw bad('input', 'must say what to change');
  return {
    ownerId,
    peers: nodes.map(({ peer }) => peer),
    isPinned: input.isPinned ?? undefined,
    notificationLevel: input.notificationLevel ?? undefined,
    notificationSeconds: seconds ?? undefined,
    remark: input.remark,
    addLabels: [...new Set(input.addLabels ?? [])],
    removeLabels: [...new Set(input.removeLabels ?? [])],
  };
}

/** Vendors that take what is set of conversations do not all tell it. */
function remember(node: ConversationNode, update: ReturnType<typeof updateOf>, context: Context): void {
  const { isPinned, notificationLevel, addLabels, removeLabels } = update;
  if (isPinned !== undefined) context.conversations.pin(node, isPinned);
  if (notificationLevel !== undefined) context.conversations.set(node, { notificationLevel });
  if (addLabels.length + removeLabels.length === 0) return;
  const known = context.conversations.find(node).known?.labels ?? [];
  const labels = [...new Set([...known, ...addLabels])].filter((label) => !removeLabels.includes(label));
  context.conversations.set(node, { labels });
}

const bad = (input: string, what: string) => new AppError('BAD_USER_INPUT', `${input} ${what}.`, { input });

const kinds = { direct: 'DIRECT', group: 'GROUP', chatroom: 'CHATROOM' } as const;

export const conversation = {
  Query: {
    conversation: (_, { id }, context) => context.conversations.find(conversationOf(id, 'id')),
  },
  User: {
    conversations: (node, { label, ...page }, context) =>
      context.conversations.list([{ app: node.app, ownerId: node.userId }], page, { label }),
    conversationLabels: (node, _, context) => context.app(node.app).load('User.conversationLabels', node.userId),
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
    updatedAt: (node) => node.known?.updatedAt ?? null,
    lastMessage: (node, _, context) => context.conversations.lastMessage(node),
    unreadCount: (node, _, context) => context.conversations.unreadCount(node),
    isPinned: (node) => node.known?.isPinned ?? null,
    notificationLevel: (node) => node.known?.notificationLevel ?? null,
    labels: (node) => node.known?.labels?.map((key) => ({ key, name: null, createdAt: null })) ?? null,
    messages: (node, { filter, ...page }, context) =>
      context.conversations.messages(node, page, historyFilter(filter, node.app)),
  },
  Mutation: {
    async updateConversations(_, { input }, context) {
      const { app, nodes } = conversationsOf(input);
      const view = context.app(app);
      view.takes('UpdateConversationsInput', given(input), 'input');
      const update = updateOf(input, nodes);
      const outcomes = await view.run('Mutation.updateConversations', update);
      for (const [index, node] of nodes.entries()) if (outcomes[index]?.ok) remember(node, update, context);
      return { results: changed(input.conversationIds, outcomes, nodes, context) };
    },
    async deleteConversations(_, { input }, context) {
      const { app, nodes } = conversationsOf(input);
      const keepHistory = input.keepHistory ?? true;
      const conversations = nodes.map(keyOf);
      const outcomes = await context.app(app).run('Mutation.deleteConversations', { conversations, keepHistory });
      const clearedAt = new Date(context.now());
      for (const [index, node] of nodes.entries()) {
        if (!outcomes[index]?.ok) continue;
        context.conversations.remove(node);
        if (!keepHistory) context.conversations.set(node, { clearedAt });
      }
      return { results: itemResults(input.conversationIds, outcomes) };
    },
    async markConversationsRead(_, { input }, context) {
      const { app, nodes } = conversationsOf(input);
      const view = context.app(app);
      const outcomes = view.has('Mutation.markConversationsRead')
        ? await view.run('Mutation.markConversationsRead', nodes.map(keyOf))
        : nodes.map(() => succeeded(undefined));
      const at = new Date(context.now());
      for (const [index, node] of nodes.entries()) if (outcomes[index]?.ok) context.conversations.markRead(node, at);
      return { results: changed(input.conversationIds, outcomes, nodes, context) };
    },
    async clearHistory(_, { input }, context) {
      const { app, nodes } = conversationsOf(input);
      const view = context.app(app);
      view.takes('ClearHistoryInput', input, 'input');
      const before = input.before ?? undefined;
      const outcomes = await view.run('Mutation.clearHistory', { conversations: nodes.map(keyOf), before });
      const clearedAt = before ?? new Date(context.now());
      for (const [index, node] of nodes.entries())
        if (outcomes[index]?.ok) context.conversations.set(node, { clearedAt });
      return { results: changed(input.conversationIds, outcomes, nodes, context) };
    },
  },
} satisfies Resolvers;

/** Each conversation with what is known of it after the change. */
const changed = (
  targets: readonly string[],
  outcomes: readonly Outcome[],
  nodes: readonly ConversationNode[],
  context: Context,
) =>
  itemResults(targets, outcomes, (_, index) => {
    const node = nodes[index];
    return node ? context.conversations.find(node) : null;
  });
