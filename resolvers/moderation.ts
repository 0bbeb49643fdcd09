import type { Context, PageArgs } from '../src/domain/context.ts';
import { keyOfSpace, type MuteNode, type SpaceNode } from '../src/domain/node.ts';
import type { SpaceKind } from '../src/domain/space.ts';
import { AppError } from '../src/errors.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { mapNodes, spaceNamed, spaceNode, userIdOf, userIdsOf, userNode } from './nodes.ts';
import { itemResults } from './results.ts';

/** Who is muted in a space as a whole. */
export async function spaceMute(node: SpaceNode, context: Context) {
  const { kind, id } = keyOfSpace(node);
  const { mute } = await context.app(node.app).load(kind === 'group' ? 'Group.mute' : 'Chatroom.mute', id);
  return mute;
}

/** The members muted one by one. */
export async function mutedMembers(node: SpaceNode, page: PageArgs, context: Context) {
  const space = keyOfSpace(node);
  const operation = space.kind === 'group' ? 'Group.mutedMembers' : 'Chatroom.mutedMembers';
  const connection = await context.app(node.app).list(operation, space.id, page);
  return mapNodes(connection, (mute): MuteNode => ({ app: node.app, space, mute }));
}

const kinds = { GROUP: 'group', CHATROOM: 'chatroom' } as const satisfies Record<string, SpaceKind>;
const conversationKinds = { group: 'GROUP', chatroom: 'CHATROOM' } as const;

const maxSeconds = 2_592_000;

/** The length of a mute; undefined when none is given. Throws `BAD_USER_INPUT`. */
function durationOf(seconds: number | null | undefined): number | undefined {
  if (seconds === null || seconds === undefined) return undefined;
  if (seconds >= 1 && seconds <= maxSeconds) return seconds;
  throw new AppError('BAD_USER_INPUT', `input.durationSeconds must be from 1 to ${maxSeconds}.`, {
    input: 'input.durationSeconds',
  });
}

export const moderation = {
  App: {
    async mutedSpaces(node, { kind, ...page }, context) {
      const connection = await context.app(node.app).list('App.mutedSpaces', kinds[kind], page);
      return mapNodes(connection, (space) => spaceNode(node.app, space));
    },
  },
  Mute: {
    user: ({ app, mute }) => userNode(app, mute.userId, mute.profile),
    space: ({ app, space }) => spaceNode(app, space),
    kind: ({ space }) => conversationKinds[space.kind],
    createdAt: ({ mute }) => mute.createdAt ?? null,
    expiresAt: ({ mute }) => mute.expiresAt ?? null,
  },
  Mutation: {
    async muteMembers(_, { input }, context) {
      const node = spaceNamed(input.spaceId);
      const { app, userIds } = userIdsOf(input.userIds, 'input.userIds', node.app);
      const view = context.app(app);
      view.takes('MuteMembersInput', input, 'input');
      const durationSeconds = durationOf(input.durationSeconds);
      const actorId = userIdOf(input.actorId, 'input.actorId', app);
      const change = { space: keyOfSpace(node), userIds, durationSeconds, actorId };
      const outcomes = await view.run('Mutation.muteMembers', change);
      const userAt = (index: number) => userNode(app, userIds[index] ?? '');
      return { results: itemResults(input.userIds, outcomes, (__, index) => userAt(index)), space: node };
    },
    async unmuteMembers(_, { input }, context) {
      const node = spaceNamed(input.spaceId);
      const { app, userIds } = userIdsOf(input.userIds, 'input.userIds', node.app);
      const view = context.app(app);
      view.takes('UnmuteMembersInput', input, 'input');
      const actorId = userIdOf(input.actorId, 'input.actorId', app);
      const outcomes = await view.run('Mutation.unmuteMembers', { space: keyOfSpace(node), userIds, actorId });
      const userAt = (index: number) => userNode(app, userIds[index] ?? '');
      return { results: itemResults(input.userIds, outcomes, (__, index) => userAt(index)), space: node };
    },
    async muteSpace(_, { input }, context) {
      const node = spaceNamed(input.spaceId);
      const view = context.app(node.app);
      view.takes('MuteSpaceInput', input, 'input');
      if (input.roles?.length === 0)
        throw new AppError('BAD_USER_INPUT', 'input.roles must name a role.', { input: 'input.roles' });
      await view.run('Mutation.muteSpace', {
        space: keyOfSpace(node),
        roles: input.roles ?? undefined,
        durationSeconds: durationOf(input.durationSeconds),
        actorId: userIdOf(input.actorId, 'input.actorId', node.app),
      });
      return { space: node };
    },
    async unmuteSpace(_, { input }, context) {
      const node = spaceNamed(input.spaceId);
      const view = context.app(node.app);
      view.takes('UnmuteSpaceInput', input, 'input');
      const actorId = userIdOf(input.actorId, 'input.actorId', node.app);
      await view.run('Mutation.unmuteSpace', { space: keyOfSpace(node), actorId });
      return { space: node };
    },
  },
} satisfies Resolvers;
