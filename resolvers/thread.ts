import { idOf } from '../src/domain/id.ts';
import { AppError } from '../src/errors.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { appNode, groupNode } from './nodes.ts';

/** No vendor's read of threads is part of this release: a thread is known from its events. */
const notRead = (field: string) => () => {
  throw new AppError('NOT_SUPPORTED', `Threads are known from their events only: there is no ${field}.`);
};

export const thread = {
  Thread: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => node.threadId,
    name: () => null,
    group: ({ app, groupId }) => (groupId ? groupNode(app, groupId) : null),
    memberCount: () => null,
    members: notRead('list of members'),
    member: notRead('membership'),
    messages: notRead('history'),
  },
} satisfies Resolvers;
