import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import type { Resolvers } from '../src/generated/graphql.ts';

/** Whether a field selects one of these names, also inside fragments: some answers cost another call. */
export function selects(info: GraphQLResolveInfo, names: readonly string[]): boolean {
  const inSet = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return names.includes(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return inSet(selection.selectionSet);
      return inSet(info.fragments[selection.name.value]?.selectionSet);
    }) ?? false;
  return info.fieldNodes.some((node) => inSet(node.selectionSet));
}

export const presence = {
  User: {
    presence: async ({ app, userId }, _, context, info) => {
      const isDetailed = selects(info, ['text', 'lastSeenAt', 'devices']);
      return { app, ...(await context.app(app).load('User.presence', { userId, isDetailed })) };
    },
  },
} satisfies Resolvers;
