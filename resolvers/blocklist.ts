import type { BlocklistOwner } from '../src/domain/blocklist.ts';
import type { Context } from '../src/domain/context.ts';
import { decodeId, idOf, type NodeId, nodeOf } from '../src/domain/id.ts';
import type { BlocklistNode, PeerNode } from '../src/domain/node.ts';
import { AppError } from '../src/errors.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { noteRemoved } from './changes.ts';
import { chatroomNode, groupNode, mapNodes, userIdsOf, userNode } from './nodes.ts';
import { userResults } from './results.ts';

/** The blocklist of an owner of whose kind the app has any; `NOT_SUPPORTED` elsewhere. */
function supportedNode(app: string, owner: BlocklistOwner, context: Context): BlocklistNode {
  context.app(app).needs(listOperations[owner.kind]);
  return blocklistNode(app, owner);
}

const blocklistNode = (app: string, owner: BlocklistOwner): BlocklistNode => ({ __typename: 'Blocklist', app, owner });

const listOperations = { user: 'User.blocklist', group: 'Group.blocklist', chatroom: 'Chatroom.blocklist' } as const;

function ownerNode({ app, owner }: BlocklistNode): PeerNode {
  if (owner.kind === 'user') return userNode(app, owner.id);
  return owner.kind === 'group' ? groupNode(app, owner.id) : chatroomNode(app, owner.id);
}

function ownerOf(id: NodeId): BlocklistOwner {
  const node = nodeOf(id);
  switch (node?.__typename) {
    case 'Group':
      return { kind: 'group', id: node.groupId };
    case 'Chatroom':
      return { kind: 'chatroom', id: node.chatroomId };
    default:
      return { kind: 'user', id: id.key[0] ?? '' };
  }
}

/** The owner, users and app of a change; the viewer owns the list when no owner is named. */
function changeOf(input: { readonly ownerId?: string | null; readonly userIds: readonly string[] }, context: Context) {
  const named = input.ownerId ? decodeId(input.ownerId, ['User', 'Group', 'Chatroom'], 'input.ownerId') : undefined;
  const { app, userIds } = userIdsOf(input.userIds, 'input.userIds', named?.app);
  const owner = named ? ownerOf(named) : { kind: 'user' as const, id: context.access.accountIn(app) };
  if (owner.kind === 'user' && userIds.includes(owner.id)) {
    throw new AppError('BAD_USER_INPUT', 'input.userIds holds the owner of the blocklist.', { input: 'input.userIds' });
  }
  return { app, owner, userIds };
}

const maxBlockSeconds = 100 * 365 * 24 * 3600;

export const blocklist = {
  User: {
    blocklist: ({ app, userId }, _, context) => supportedNode(app, { kind: 'user', id: userId }, context),
  },
  Group: {
    blocklist: ({ app, groupId }, _, context) => supportedNode(app, { kind: 'group', id: groupId }, context),
  },
  Chatroom: {
    blocklist: ({ app, chatroomId }, _, context) => supportedNode(app, { kind: 'chatroom', id: chatroomId }, context),
  },
  BlocklistOwner: { __resolveType: (node) => node.__typename },
  Blocklist: {
    id: idOf,
    owner: ownerNode,
    async blocks(node, page, context) {
      const connection = await context.app(node.app).list(listOperations[node.owner.kind], node.owner.id, page);
      return mapNodes(connection, (block) => ({ app: node.app, block }));
    },
    contains(node, { userIds }, context) {
      const { app, owner } = node;
      // Each user's answer may fail alone.
      return userIdsOf(userIds, 'userIds', app).userIds.map((userId) =>
        context.app(app).isBlocked(owner, userId),
      ) as never;
    },
  },
  Block: {
    user: ({ app, block }) => userNode(app, block.userId, block.profile),
    createdAt: ({ block }) => block.createdAt ?? null,
    expiresAt: ({ block }) => block.expiresAt ?? null,
  },
  Mutation: {
    async blockUsers(_, { input }, context) {
      const { app, owner, userIds } = changeOf(input, context);
      const { durationSeconds, notice } = input;
      if (typeof durationSeconds === 'number' && (durationSeconds < 1 || durationSeconds > maxBlockSeconds)) {
        throw new AppError('BAD_USER_INPUT', `input.durationSeconds must be from 1 to ${maxBlockSeconds}.`, {
          input: 'input.durationSeconds',
        });
      }
      const view = context.app(app);
      view.takes('BlockUsersInput', input, 'input');
      const change = { owner, userIds, durationSeconds: durationSeconds ?? undefined, notice: notice ?? undefined };
      const outcomes = await view.run('Mutation.blockUsers', change);
      // Every vendor puts out of a space whom it blocks there.
      if (owner.kind !== 'user')
        await noteRemoved(app, { kind: owner.kind, id: owner.id }, userIds, outcomes, 'BLOCKED', context);
      const results = userResults(input.userIds, outcomes, app, userIds);
      return { results, blocklist: blocklistNode(app, owner) };
    },
    async unblockUsers(_, { input }, context) {
      const { app, owner, userIds } = changeOf(input, context);
      const view = context.app(app);
      view.takes('UnblockUsersInput', input, 'input');
      const outcomes = await view.run('Mutation.unblockUsers', { owner, userIds, notice: input.notice ?? undefined });
      const results = userResults(input.userIds, outcomes, app, userIds);
      return { results, blocklist: blocklistNode(app, owner) };
    },
  },
} satisfies Resolvers;
