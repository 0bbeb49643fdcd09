import type { GraphQLResolveInfo } from 'graphql';
import type { Context, PageArgs } from '../src/domain/context.ts';
import { decodeId, idOf, spaceOf } from '../src/domain/id.ts';
import { keyOfSpace, type MemberNode, type SpaceNode } from '../src/domain/node.ts';
import type { MemberRole } from '../src/domain/space.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { chatroomNode, groupNode, userIdOf, userIdsOf, userNode } from './nodes.ts';
import { selects } from './presence.ts';
import { itemResults } from './results.ts';

/** A page of members; only those with a role when one is named, in which case pages may be short. */
export async function members(
  node: SpaceNode,
  { role, ...page }: PageArgs & { role?: MemberRole | null },
  context: Context,
  info: GraphQLResolveInfo,
) {
  const withRoles = Boolean(role) || selectsDeep(info, ['role', 'customRole']);
  const connection = await context.app(node.app).members(node, page, withRoles);
  if (!role) return connection;
  const edges = connection.edges.filter((edge) => edge.node.member.role === role);
  return { ...connection, edges, nodes: edges.map((edge) => edge.node), totalCount: null };
}

/** Whether `nodes` or `edges.node` below a connection select one of the names. */
function selectsDeep(info: GraphQLResolveInfo, names: readonly string[]): boolean {
  const below = (nodes: GraphQLResolveInfo['fieldNodes']): GraphQLResolveInfo['fieldNodes'] =>
    nodes.flatMap(
      (node) =>
        node.selectionSet?.selections.flatMap((each) =>
          each.kind === 'Field' && ['nodes', 'edges', 'node'].includes(each.name.value) ? [each] : [],
        ) ?? [],
    );
  const first = below(info.fieldNodes);
  const second = below(first);
  // Fragments on the connection itself are rare: roles are read then, to be right rather than cheap.
  const hasFragments = info.fieldNodes.some((node) =>
    node.selectionSet?.selections.some((each) => each.kind !== 'Field'),
  );
  return hasFragments || selects({ ...info, fieldNodes: [...first, ...second] }, names);
}

/** A field of a member: what the list told, else one read of the membership. */
async function memberField<F extends 'role' | 'customRole' | 'nickname' | 'joinedAt'>(
  node: MemberNode,
  field: F,
  context: Context,
) {
  const known = node.member[field];
  if (known !== undefined) return known;
  const view = context.app(node.app);
  if (!view.has(node.space.kind === 'group' ? 'Group.member' : 'Chatroom.member')) return null;
  const read = await view.member(spaceNode(node), node.member.userId, field === 'role' || field === 'customRole');
  return read?.member[field] ?? null;
}

const spaceNode = ({ app, space }: MemberNode): SpaceNode =>
  space.kind === 'group' ? groupNode(app, space.id) : chatroomNode(app, space.id);

export const space = {
  Space: { __resolveType: (node) => node.__typename },
  Member: {
    id: idOf,
    user: (node) => userNode(node.app, node.member.userId, node.member.profile),
    space: spaceNode,
    role: (node, _, context) => memberField(node, 'role', context),
    customRole: (node, _, context) =>
      node.member.role !== undefined && node.member.role !== 'CUSTOM' ? null : memberField(node, 'customRole', context),
    nickname: (node, _, context) => memberField(node, 'nickname', context),
    joinedAt: (node, _, context) => memberField(node, 'joinedAt', context),
  },
  Mutation: {
    async addMembers(_, { input }, context) {
      const node = spaceOf(decodeId(input.spaceId, ['Group', 'Chatroom'], 'input.spaceId'));
      const { app, userIds } = userIdsOf(input.userIds, 'input.userIds', node.app);
      const view = context.app(app);
      view.takes('AddMembersInput', withoutDefault(input, 'announce', true), 'input');
      const actorId = userIdOf(input.actorId, 'input.actorId', app);
      const change = { space: keyOfSpace(node), userIds, actorId, announce: input.announce ?? true };
      const outcomes = await view.run('Mutation.addMembers', change);
      const member = (index: number): MemberNode => ({
        __typename: 'Member',
        app,
        space: keyOfSpace(node),
        member: { userId: userIds[index] ?? '' },
      });
      return { results: itemResults(input.userIds, outcomes, (__, index) => member(index)), space: node };
    },
    async removeMembers(_, { input }, context) {
      const node = spaceOf(decodeId(input.spaceId, ['Group', 'Chatroom'], 'input.spaceId'));
      const { app, userIds } = userIdsOf(input.userIds, 'input.userIds', node.app);
      const view = context.app(app);
      view.takes('RemoveMembersInput', withoutDefault(input, 'announce', true), 'input');
      const actorId = userIdOf(input.actorId, 'input.actorId', app);
      const change = {
        space: keyOfSpace(node),
        userIds,
        actorId,
        announce: input.announce ?? true,
        reason: input.reason ?? undefined,
      };
      const outcomes = await view.run('Mutation.removeMembers', change);
      return {
        results: itemResults(input.userIds, outcomes, (__, index) => userNode(app, userIds[index] ?? '')),
        space: node,
      };
    },
    async deleteSpace(_, { input }, context) {
      const node = spaceOf(decodeId(input.spaceId, ['Group', 'Chatroom'], 'input.spaceId'));
      const view = context.app(node.app);
      view.takes('DeleteSpaceInput', input, 'input');
      await view.run('Mutation.deleteSpace', {
        space: keyOfSpace(node),
        actorId: userIdOf(input.actorId, 'input.actorId', node.app),
      });
      return { deletedSpaceId: idOf(node) };
    },
  },
} satisfies Resolvers;

/** An input without a field that only holds the schema's default: nobody asked for it, so no vendor has to have it. */
export function withoutDefault<T extends object>(input: T, field: keyof T, value: unknown): T {
  if (input[field] !== value) return input;
  const rest = { ...input };
  delete rest[field];
  return rest;
}
