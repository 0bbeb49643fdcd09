import { idOf } from '../src/domain/id.ts';
import { AppError } from '../src/errors.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { appNode, communityNode, mapNodes } from './nodes.ts';

/** The vendors of this release list communities, and tell no more of them. */
const notRead = (field: string) => () => {
  throw new AppError('NOT_SUPPORTED', `The app's vendor tells no ${field} of communities.`);
};

export const community = {
  App: {
    community: (node, { vendorId }) => communityNode({ app: node.app, communityId: vendorId }),
    async communities({ app }, page, context) {
      const connection = await context.app(app).list('App.communities', null, page);
      return mapNodes(connection, (node) => communityNode({ app, ...node }));
    },
  },
  Community: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => node.communityId,
    async name(node, _, context) {
      if (node.name !== undefined) return node.name;
      return (await context.app(node.app).load('Community.name', node.communityId)).name ?? null;
    },
    memberCount: () => null,
    members: notRead('members'),
    member: notRead('members'),
    messages: notRead('messages'),
  },
} satisfies Resolvers;
