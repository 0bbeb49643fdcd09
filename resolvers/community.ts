import { idOf } from '../src/domain/id.ts';
import { AppError } from '../src/errors.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { appNode } from './nodes.ts';

/** The vendors of this release list communities, and tell no more of them. */
const notRead = (field: string) => () => {
  throw new AppError('NOT_SUPPORTED', `The app's vendor tells no ${field} of communities.`);
};

export const community = {
  Community: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => node.communityId,
    name: (node) => node.name ?? null,
    memberCount: () => null,
    members: notRead('members'),
    member: notRead('members'),
    messages: notRead('messages'),
  },
} satisfies Resolvers;
