import type { Context } from '../src/domain/context.ts';
import type { Group, GroupSettings } from '../src/domain/group.ts';
import { decodeId, idOf } from '../src/domain/id.ts';
import { type GroupNode, keyOfSpace } from '../src/domain/node.ts';
import { AppError, succeeded } from '../src/errors.ts';
import type { GroupSettingsInput, Resolvers } from '../src/generated/graphql.ts';
import { actingIn } from './changes.ts';
import { historyFilter } from './history.ts';
import { mutedMembers, spaceMute } from './moderation.ts';
import { appNode, groupNode, mapNodes, readerIn, userIdOf, userIdsOf, userNode } from './nodes.ts';
import { itemResults } from './results.ts';
import { members } from './space.ts';

const field =
  <F extends keyof Omit<Group, 'groupId'>>(name: F) =>
  (node: GroupNode, _: unknown, context: Context) =>
    context.app(node.app).groupField(node, name);

async function listGroups(
  app: string,
  operation: 'App.groups' | 'User.groups',
  key: string | null,
  page: { first?: number | null; after?: string | null },
  context: Context,
) {
  const view = context.app(app);
  const connection = await (operation === 'App.groups'
    ? view.list(operation, null, page)
    : view.list(operation, key ?? '', page));
  return mapNodes(connection, (known) => ({ ...groupNode(app, known.groupId), known }));
}

const settingsOf = (input: GroupSettingsInput | null | undefined): GroupSettings | undefined =>
  input ? { ...input } : undefined;

/** The app a group is created in: the one named, else the owner's, else the viewer's first. */
function appOfNew(
  input: { readonly appId?: string | null; readonly ownerId?: string | null },
  context: Context,
): string {
  if (input.appId) return decodeId(input.appId, ['App'], 'input.appId').app;
  if (input.ownerId) return decodeId(input.ownerId, ['User'], 'input.ownerId').app;
  const [first] = context.access.viewer.accounts.keys();
  if (first === undefined)
    throw new AppError('BAD_USER_INPUT', 'input.appId must name the app, since the token has no account.', {
      input: 'input.appId',
    });
  return first;
}

export const group = {
  Query: {
    group(_, { id }) {
      const { app, key } = decodeId(id, ['Group']);
      return groupNode(app, key[0] ?? '');
    },
  },
  App: {
    group: (node, { vendorId }) => groupNode(node.app, vendorId),
    groups: (node, page, context) => listGroups(node.app, 'App.groups', null, page, context),
  },
  User: {
    groups: (node, page, context) => listGroups(node.app, 'User.groups', node.userId, page, context),
  },
  Group: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => node.groupId,
    name: field('name'),
    avatarUrl: field('avatarUrl'),
    description: field('description'),
    announcement: field('announcement'),
    async owner(node, _, context) {
      const ownerId = await context.app(node.app).groupField(node, 'ownerId');
      return ownerId ? userNode(node.app, ownerId) : null;
    },
    createdAt: field('createdAt'),
    isSuspended: field('isSuspended'),
    settings: field('settings'),
    attributes: field('attributes'),
    memberCount: (node, _, context) => context.app(node.app).memberCount(node),
    members,
    member(node, { userId }, context) {
      const id = userIdOf(userId, 'userId', node.app) ?? '';
      return context.app(node.app).member(node, id, true);
    },
    messages: (node, { filter, ...page }, context) =>
      context.conversations.spaceMessages(node, page, historyFilter(filter, node.app), readerIn(node.app, context)),
    mute: (node, _, context) => spaceMute(node, context),
    mutedMembers: (node, page, context) => mutedMembers(node, page, context),
  },
  Mutation: {
    async createGroup(_, { input }, context) {
      const app = appOfNew(input, context);
      const view = context.app(app);
      view.takes('CreateGroupInput', input, 'input');
      view.takes('GroupSettingsInput', input.settings, 'input.settings');
      const ownerId = userIdOf(input.ownerId, 'input.ownerId', app) ?? context.access.accountIn(app);
      const memberIds = input.memberIds?.length ? userIdsOf(input.memberIds, 'input.memberIds', app).userIds : [];
      mayAdd(memberIds, ownerId, context);
      mayName(input.vendorId, context);
      const created = await view.run('Mutation.createGroup', {
        groupId: input.vendorId ?? undefined,
        name: input.name,
        avatarUrl: input.avatarUrl ?? undefined,
        description: input.description ?? undefined,
        announcement: input.announcement ?? undefined,
        ownerId,
        memberIds: memberIds.filter((id) => id !== ownerId),
        settings: settingsOf(input.settings),
        attributes: input.attributes ?? undefined,
      });
      const node = groupNode(app, created.group.groupId);
      context.access.grant(node);
      const others = [...created.members];
      const outcomes = memberIds.map((id) => (id === ownerId ? succeeded(undefined) : others.shift()));
      await context.noteMembership(app, {
        type: 'SPACE_CREATED',
        space: keyOfSpace(node),
        actorId: actingIn(app, context),
        ownerId,
        memberIds: memberIds.filter((_, index) => outcomes[index]?.ok),
      });
      return { results: itemResults(input.memberIds ?? [], outcomes), group: node };
    },
    async updateGroup(_, { input }, context) {
      const { app, key } = decodeId(input.groupId, ['Group'], 'input.groupId');
      const view = context.app(app);
      view.takes('UpdateGroupInput', input, 'input');
      view.takes('GroupSettingsInput', input.settings, 'input.settings');
      if (input.name === null)
        throw new AppError('BAD_USER_INPUT', 'input.name cannot be cleared.', { input: 'input.name' });
      await view.run('Mutation.updateGroup', {
        groupId: key[0] ?? '',
        name: input.name,
        avatarUrl: input.avatarUrl,
        description: input.description,
        announcement: input.announcement,
        settings: settingsOf(input.settings),
        actorId: userIdOf(input.actorId, 'input.actorId', app),
      });
      return { group: groupNode(app, key[0] ?? '') };
    },
  },
} satisfies Resolvers;

/** Some vendors take the id of a group that exists for a wish to come in, so that choosing one is for those who may add. */
function mayName(vendorId: string | null | undefined, context: Context): void {
  if (vendorId === null || vendorId === undefined || context.access.has('chat:write')) return;
  throw new AppError('FORBIDDEN', 'Choosing the id of a group needs chat:write.', { input: 'input.vendorId' });
}

/** A viewer makes groups of its own; adding others without asking them needs a scope, unless the operator opened it. */
function mayAdd(memberIds: readonly string[], ownerId: string, context: Context): void {
  const others = memberIds.filter((id) => id !== ownerId);
  if (others.length === 0 || context.access.has('chat:write') || context.viewers.addMembers) return;
  throw new AppError('FORBIDDEN', 'Adding members without asking them needs chat:write.', { input: 'input.memberIds' });
}
