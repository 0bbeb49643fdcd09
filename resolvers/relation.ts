import type { AppView, Context } from '../src/domain/context.ts';
import { idOf } from '../src/domain/id.ts';
import type { FriendNode, RelationNode } from '../src/domain/node.ts';
import type { Friend, NewFriend } from '../src/domain/relation.ts';
import { AppError } from '../src/errors.ts';
import type { NewFriendInput, Resolvers } from '../src/generated/graphql.ts';
import { friendNode, mapNodes, userIdsOf, userNode, userOrViewer } from './nodes.ts';
import { itemResults, userResults } from './results.ts';
import { withoutDefault } from './space.ts';
import { userMeant } from './user.ts';

const relationNode = (app: string, fromId: string, toId: string): RelationNode => ({ app, fromId, toId });

/** What a list or a change told of a friend, else what the owner's list says. Throws `NOT_FOUND` for who is no friend. */
async function friendField<F extends keyof Friend>(node: FriendNode, field: F, context: Context) {
  const known = node.friend[field];
  if (known !== undefined) return known;
  const { ownerId, friend } = node;
  const found = await context.app(node.app).find('User.friends', ownerId, ({ userId }) => userId === friend.userId);
  if (!found) throw new AppError('NOT_FOUND', 'They are no friends.');
  return found[field] ?? null;
}

/** The owner, friends and app of a change; the viewer's own friends when no owner is named. */
function changeOf(userId: string | null | undefined, friends: readonly string[], input: string, context: Context) {
  const { app, userIds } = userIdsOf(friends, input);
  const ownerId = userOrViewer(userId, 'input.userId', app, context);
  if (userIds.includes(ownerId))
    throw new AppError('BAD_USER_INPUT', `${input} holds the user whose friends they are.`, { input });
  return { app, ownerId, userIds };
}

const newFriends = (friends: readonly NewFriendInput[], userIds: readonly string[]): NewFriend[] =>
  friends.map(({ message, remark, attributes }, index) => ({
    userId: userIds[index] ?? '',
    message: message ?? undefined,
    remark: remark ?? undefined,
    attributes: attributes ?? undefined,
  }));

/** Refuses the first friend of whom something is said that the vendor has no place for. */
function takesEach(view: AppView, type: 'NewFriendInput' | 'FriendUpdateInput', friends: readonly object[]): void {
  for (const [index, each] of friends.entries()) view.takes(type, each, `input.friends[${index}]`);
}

const idsOf = (friends: readonly { readonly userId: string }[]) => friends.map(({ userId }) => userId);

export const relation = {
  User: {
    async friends({ app, userId }, page, context) {
      const connection = await context.app(app).list('User.friends', userId, page);
      return mapNodes(connection, (friend) => friendNode(app, userId, friend));
    },
    relations: (node, { to }) =>
      userIdsOf(to, 'to', node.app).userIds.map((toId) => relationNode(node.app, node.userId, toId)),
    viewerRelation: (node, _, context) => relationNode(node.app, context.access.accountIn(node.app), node.userId),
  },
  Friend: {
    id: idOf,
    owner: (node) => userNode(node.app, node.ownerId),
    user: (node) => userNode(node.app, node.friend.userId, node.friend.profile),
    remark: (node, _, context) => friendField(node, 'remark', context),
    createdAt: (node, _, context) => friendField(node, 'createdAt', context),
    attributes: (node, _, context) => friendField(node, 'attributes', context),
  },
  Relation: {
    from: (node) => userNode(node.app, node.fromId),
    to: (node) => userNode(node.app, node.toId),
    friendship: ({ app, fromId, toId }, _, context) => context.app(app).load('Relation.friendship', { fromId, toId }),
    isBlocking: (node, _, context) => context.app(node.app).isBlocked({ kind: 'user', id: node.fromId }, node.toId),
  },
  Mutation: {
    async addFriends(_, { input }, context) {
      const { app, ownerId, userIds } = changeOf(input.userId, idsOf(input.friends), 'input.friends', context);
      const view = context.app(app);
      takesEach(view, 'NewFriendInput', input.friends);
      const friends = newFriends(input.friends, userIds);
      const outcomes = await view.run('Mutation.addFriends', { ownerId, friends });
      const nodeOf = (__: unknown, index: number) => friendNode(app, ownerId, { userId: userIds[index] ?? '' });
      return { results: itemResults(idsOf(input.friends), outcomes, nodeOf) };
    },
    async requestFriends(_, { input }, context) {
      const { app, ownerId, userIds } = changeOf(input.userId, idsOf(input.friends), 'input.friends', context);
      const view = context.app(app);
      takesEach(view, 'NewFriendInput', input.friends);
      const friends = newFriends(input.friends, userIds);
      const outcomes = await view.run('Mutation.requestFriends', { ownerId, friends });
      return { results: userResults(idsOf(input.friends), outcomes, app, userIds) };
    },
    async updateFriends(_, { input }, context) {
      const { app, ownerId, userIds } = changeOf(input.userId, idsOf(input.friends), 'input.friends', context);
      const view = context.app(app);
      takesEach(view, 'FriendUpdateInput', input.friends);
      const friends = input.friends.map(({ remark, attributes, deleteAttributes }, index) => ({
        userId: userIds[index] ?? '',
        remark,
        attributes: attributes ?? undefined,
        deleteAttributes: deleteAttributes ?? undefined,
      }));
      const outcomes = await view.run('Mutation.updateFriends', { ownerId, friends });
      const nodeOf = (__: unknown, index: number) => friendNode(app, ownerId, { userId: userIds[index] ?? '' });
      return { results: itemResults(idsOf(input.friends), outcomes, nodeOf) };
    },
    async removeFriends(_, { input }, context) {
      const { app, ownerId, userIds } = changeOf(input.userId, input.friendIds, 'input.friendIds', context);
      const view = context.app(app);
      view.takes('RemoveFriendsInput', withoutDefault(input, 'side', 'BOTH'), 'input');
      const removal = { ownerId, friendIds: userIds, side: input.side ?? 'BOTH' };
      const outcomes = await view.run('Mutation.removeFriends', removal);
      return { results: userResults(input.friendIds, outcomes, app, userIds) };
    },
    async removeAllFriends(_, { input }, context) {
      // An app picked for a viewer of several could be the wrong one.
      if (!input.userId && context.access.viewer.accounts.size > 1)
        throw new AppError('BAD_USER_INPUT', 'input.userId must name one of your accounts.', { input: 'input.userId' });
      const user = userMeant(input.userId, 'input.userId', context);
      const view = context.app(user.app);
      view.takes('RemoveAllFriendsInput', withoutDefault(input, 'side', 'BOTH'), 'input');
      await view.run('Mutation.removeAllFriends', { ownerId: user.userId, side: input.side ?? 'BOTH' });
      return { user };
    },
  },
} satisfies Resolvers;
