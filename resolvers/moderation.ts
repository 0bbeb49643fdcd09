import type { Context, PageArgs } from '../src/domain/context.ts';
import { keyOfSpace, type MuteNode, type SpaceNode } from '../src/domain/node.ts';
import type { SpaceKind } from '../src/domain/space.ts';
import { AppError } from '../src/errors.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { membersChange, spaceChange } from './changes.ts';
import { mapNodes, spaceNode, userNode } from './nodes.ts';
import { userResults } from './results.ts';

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
      const { node, view, change } = membersChange('MuteMembersInput', input, context);
      const durationSeconds = durationOf(input.durationSeconds);
      const outcomes = await view.run('Mutation.muteMembers', { ...change, durationSeconds });
      return { results: userResults(input.userIds, outcomes, node.app, change.userIds), space: node };
    },
    async unmuteMembers(_, { input }, context) {
      const { node, view, change } = membersChange('UnmuteMembersInput', input, context);
      const outcomes = await view.run('Mutation.unmuteMembers', change);
      return { results: userResults(input.userIds, outcomes, node.app, change.userIds), space: node };
    },
    async muteSpace(_, { input }, context) {
      const { node, view, change } = spaceChange('MuteSpaceInput', input, context);
      if (input.roles?.length === 0)
        throw new AppError('BAD_USER_INPUT', 'input.roles must name a role.', { input: 'input.roles' });
      await view.run('Mutation.muteSpace', {
        ...change,
        roles: input.roles ?? undefined,
        durationSeconds: durationOf(input.durationSeconds),
      });
      return { space: node };
    },
    async unmuteSpace(_, { input }, context) {
      const { node, view, change } = spaceChange('UnmuteSpaceInput', input, context);
      await view.run('Mutation.unmuteSpace', change);
      return { space: node };
    },
  },
} satisfies Resolvers;
