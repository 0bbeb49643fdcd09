import type { GraphQLResolveInfo } from 'graphql';
import type { Context, PageArgs } from '../src/domain/context.ts';
import { idOf } from '../src/domain/id.ts';
import { keyOfSpace, type MemberNode, type SpaceNode } from '../src/domain/node.ts';
import type { MemberRole, RoleChange } from '../src/domain/space.ts';
import { AppError, type Outcome, succeeded } from '../src/errors.ts';
import type { Resolvers, SetMemberRoleInput } from '../src/generated/graphql.ts';
import { actingIn, membersChange, noteAdded, noteRemoved, spaceChange } from './changes.ts';
import { actorOf, spaceNamed, spaceNode, userIdOf, userNode, userOrViewer } from './nodes.ts';
import { selects } from './presence.ts';
import { itemResults, userResults } from './results.ts';
import { checkCount } from './user.ts';

/** A page of members; only those with a role when one is named. */
export function members(
  node: SpaceNode,
  { role, ...page }: PageArgs & { role?: MemberRole | null },
  context: Context,
  info: GraphQLResolveInfo,
) {
  const withRoles = Boolean(role) || selectsDeep(info, ['role', 'customRole']);
  return context.app(node.app).members(node, page, { withRoles, role });
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
  const read = await view.member(
    spaceNode(node.app, node.space),
    node.member.userId,
    field === 'role' || field === 'customRole',
  );
  return read?.member[field] ?? null;
}

export const space = {
  Space: { __resolveType: (node) => node.__typename },
  ModeratedSpace: { __resolveType: (node) => node.__typename },
  Member: {
    id: idOf,
    user: (node) => userNode(node.app, node.member.userId, node.member.profile),
    space: (node) => spaceNode(node.app, node.space),
    role: (node, _, context) => memberField(node, 'role', context),
    customRole: (node, _, context) =>
      node.member.role !== undefined && node.member.role !== 'CUSTOM' ? null : memberField(node, 'customRole', context),
    nickname: (node, _, context) => memberField(node, 'nickname', context),
    joinedAt: (node, _, context) => memberField(node, 'joinedAt', context),
  },
  Mutation: {
    async joinSpace(_, { input }, context) {
      const node = spaceNamed(input.spaceId);
      const view = context.app(node.app);
      view.takes('JoinSpaceInput', input, 'input');
      view.needs('Mutation.joinSpace');
      const userId = userOrViewer(input.userId, 'input.userId', node.app, context);
      if (!context.access.has('chat:write')) await mustBeOpen(node, userId, context);
      await view.run('Mutation.joinSpace', { space: keyOfSpace(node), userId });
      await noteAdded(node.app, keyOfSpace(node), [userId], [succeeded(undefined)], 'JOINED', context);
      if (userId === context.access.viewer.accounts.get(node.app)) context.access.grant(node);
      return { space: node, member: memberNode(node, userId) };
    },
    async leaveSpace(_, { input }, context) {
      const node = spaceNamed(input.spaceId);
      const view = context.app(node.app);
      view.takes('LeaveSpaceInput', input, 'input');
      view.needs('Mutation.leaveSpace');
      const userId = userOrViewer(input.userId, 'input.userId', node.app, context);
      await context.access.participant(node, 'chat:write');
      await view.run('Mutation.leaveSpace', { space: keyOfSpace(node), userId });
      await noteRemoved(node.app, keyOfSpace(node), [userId], [succeeded(undefined)], 'LEFT', context);
      // It was in the space a moment ago.
      if (userId === context.access.viewer.accounts.get(node.app)) context.access.grant(node);
      return { space: node };
    },
    async addMembers(_, { input }, context) {
      const asked = withoutDefault(input, 'announce', true);
      const { node, view, change } = membersChange('AddMembersInput', asked, context);
      const outcomes = await view.run('Mutation.addMembers', { ...change, announce: input.announce ?? true });
      await noteAdded(node.app, change.space, change.userIds, outcomes, 'ADDED', context);
      return { results: memberResults(input.userIds, outcomes, node, change.userIds), space: node };
    },
    async removeMembers(_, { input }, context) {
      const asked = withoutDefault(input, 'announce', true);
      const { node, view, change } = membersChange('RemoveMembersInput', asked, context);
      const { announce, reason } = input;
      const removal = { ...change, announce: announce ?? true, reason: reason ?? undefined };
      const outcomes = await view.run('Mutation.removeMembers', removal);
      await noteRemoved(node.app, change.space, change.userIds, outcomes, 'REMOVED', context);
      return { results: userResults(input.userIds, outcomes, node.app, change.userIds), space: node };
    },
    async updateMembers(_, { input }, context) {
      const node = spaceNamed(input.spaceId);
      const view = context.app(node.app);
      view.takes('UpdateMembersInput', input, 'input');
      checkCount(input.members.length, 'input.members');
      const members = input.members.map((each, index) => {
        const path = `input.members[${index}]`;
        view.takes('MemberUpdateInput', each, path);
        return { userId: userOrViewer(each.userId, `${path}.userId`, node.app, context), nickname: each.nickname };
      });
      view.needs('Mutation.updateMembers');
      await context.access.participant(node, 'chat:write');
      const change = { space: keyOfSpace(node), members, actorId: actorOf(input.actorId, node.app, context) };
      const outcomes = await view.run('Mutation.updateMembers', change);
      const userIds = members.map(({ userId }) => userId);
      const targets = userIds.map((userId) => idOf(userNode(node.app, userId)));
      return { results: memberResults(targets, outcomes, node, userIds), space: node };
    },
    async setMemberRole(_, { input }, context) {
      const { node, view, change } = membersChange('SetMemberRoleInput', input, context);
      const outcomes = await view.run('Mutation.setMemberRole', { ...change, ...roleOf(input) });
      return { results: memberResults(input.userIds, outcomes, node, change.userIds), space: node };
    },
    async transferOwnership(_, { input }, context) {
      const asked = withoutDefault(input, 'leave', false);
      const { node, view, change } = spaceChange('TransferOwnershipInput', asked, context);
      const newOwnerId = userIdOf(input.newOwnerId, 'input.newOwnerId', node.app) ?? '';
      await view.run('Mutation.transferOwnership', { ...change, newOwnerId, leave: input.leave ?? false });
      return { space: node };
    },
    async deleteSpace(_, { input }, context) {
      const { node, view, change } = spaceChange('DeleteSpaceInput', input, context);
      await view.run('Mutation.deleteSpace', change);
      const deleted = { space: change.space, actorId: actingIn(node.app, context), memberIds: null };
      await context.noteMembership(node.app, { type: 'SPACE_DELETED', ...deleted });
      return { deletedSpaceId: idOf(node) };
    },
  },
} satisfies Resolvers;

const memberResults = (
  targets: readonly string[],
  outcomes: readonly Outcome[],
  space: SpaceNode,
  userIds: readonly string[],
) => itemResults(targets, outcomes, (_, index) => memberNode(space, userIds[index] ?? ''));

const memberNode = (space: SpaceNode, userId: string): MemberNode => ({
  __typename: 'Member',
  app: space.app,
  space: keyOfSpace(space),
  member: { userId },
});

/**
 * Servers put users into spaces without asking anybody, so a viewer's way in is checked here: the space is open, and does not
 * keep the user out. Throws `FORBIDDEN` for what is not open and what is not there alike.
 */
async function mustBeOpen(node: SpaceNode, userId: string, context: Context): Promise<void> {
  const view = context.app(node.app);
  const { kind, id } = keyOfSpace(node);
  const readPolicy = async () =>
    node.__typename === 'Group' ? (await view.groupField(node, 'settings'))?.joinPolicy : 'OPEN';
  const policy = await readPolicy().catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (policy !== 'OPEN') throw new AppError('FORBIDDEN');
  const list = kind === 'group' ? 'Group.blocklist' : 'Chatroom.blocklist';
  if (view.has(list) && (await view.isBlocked({ kind, id }, userId))) throw new AppError('FORBIDDEN');
}

const customRoles = { first: 101, last: 255 } as const;

/** The role to give. Throws `BAD_USER_INPUT` unless it can be given, and has a number just when it is the app's own. */
function roleOf({ role, customRole }: SetMemberRoleInput): Pick<RoleChange, 'role' | 'customRole'> {
  if (role === 'OWNER') {
    throw new AppError('BAD_USER_INPUT', 'input.role cannot be OWNER: that is passed on with transferOwnership.', {
      input: 'input.role',
    });
  }
  const number = customRole ?? undefined;
  const isSound =
    role === 'CUSTOM'
      ? number !== undefined && number >= customRoles.first && number <= customRoles.last
      : number === undefined;
  if (isSound) return { role, customRole: number };
  const rule = `input.customRole must be ${customRoles.first} to ${customRoles.last} with CUSTOM, and left out otherwise.`;
  throw new AppError('BAD_USER_INPUT', rule, { input: 'input.customRole' });
}

/** An input without a field that only holds the schema's default: nobody asked for it, so no vendor has to have it. */
export function withoutDefault<T extends object>(input: T, field: keyof T, value: unknown): T {
  if (input[field] !== value) return input;
  const rest = { ...input };
  delete rest[field];
  return rest;
}
