import type { RelationNode } from '../src/domain/node.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { userIdsOf, userNode } from './nodes.ts';

const relationNode = (app: string, fromId: string, toId: string): RelationNode => ({ app, fromId, toId });

export const relation = {
  User: {
    relations: (node, { to }) =>
      userIdsOf(to, 'to', node.app).userIds.map((toId) => relationNode(node.app, node.userId, toId)),
    viewerRelation: (node, _, context) => relationNode(node.app, context.access.accountIn(node.app), node.userId),
  },
  Relation: {
    from: (node) => userNode(node.app, node.fromId),
    to: (node) => userNode(node.app, node.toId),
    isBlocking: (node, _, context) => context.app(node.app).isBlocked({ kind: 'user', id: node.fromId }, node.toId),
  },
} satisfies Resolvers;
