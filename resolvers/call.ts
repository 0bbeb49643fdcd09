import { idOf } from '../src/domain/id.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { appNode, userNode } from './nodes.ts';

export const call = {
  Call: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => node.callId,
    caller(node, _, context) {
      const callerId = context.findCall(node.app, node.callId)?.callerId ?? null;
      return callerId === null ? null : userNode(node.app, callerId);
    },
    participants: (node, _, context) =>
      (context.findCall(node.app, node.callId)?.participants ?? []).map(({ userId, ...rest }) => ({
        ...rest,
        user: userNode(node.app, userId),
      })),
    createdAt: (node, _, context) => context.findCall(node.app, node.callId)?.createdAt ?? null,
    expiresAt: (node, _, context) => context.findCall(node.app, node.callId)?.expiresAt ?? null,
  },
} satisfies Resolvers;
