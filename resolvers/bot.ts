import { idOf } from '../src/domain/id.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { appNode, userNode } from './nodes.ts';

export const bot = {
  Bot: {
    id: idOf,
    app: (node) => appNode(node.app),
    user: (node) => userNode(node.app, node.botId, node.profile),
  },
} satisfies Resolvers;
