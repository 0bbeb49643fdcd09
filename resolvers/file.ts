import { idOf } from '../src/domain/id.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { appNode, groupNode, userNode } from './nodes.ts';

export const file = {
  File: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => node.file.fileId,
    name: (node) => node.file.name ?? null,
    byteSize: (node) => node.file.size ?? null,
    owner: ({ app, file: { ownerId } }) => (ownerId ? userNode(app, ownerId) : null),
    group: ({ app, file: { groupId } }) => (groupId ? groupNode(app, groupId) : null),
    url: (node) => node.file.url ?? null,
    createdAt: (node) => node.file.createdAt ?? null,
  },
} satisfies Resolvers;
