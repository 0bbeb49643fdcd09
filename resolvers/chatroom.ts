import type { Chatroom } from '../src/domain/chatroom.ts';
import type { Context } from '../src/domain/context.ts';
import { decodeId, idOf } from '../src/domain/id.ts';
import type { ChatroomNode } from '../src/domain/node.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { wanted } from './attribute.ts';
import { historyFilter } from './history.ts';
import { mutedMembers, spaceMute } from './moderation.ts';
import { appNode, chatroomNode, mapNodes, readerIn, userIdOf, userIdsOf, userNode } from './nodes.ts';
import { itemResults } from './results.ts';
import { members, withoutDefault } from './space.ts';

async function chatroomField<F extends keyof Chatroom>(
  node: ChatroomNode,
  name: F,
  context: Context,
): Promise<Chatroom[F] | null> {
  const known = node.known?.[name];
  if (known !== undefined) return known;
  return (await context.app(node.app).load('Chatroom.name', node.chatroomId))[name] ?? null;
}

const field =
  <F extends keyof Chatroom>(name: F) =>
  (node: ChatroomNode, _: unknown, context: Context) =>
    chatroomField(node, name, context);

const idsOf = (ids: readonly string[] | null | undefined, input: string, app: string) =>
  ids?.length ? userIdsOf(ids, input, app).userIds : [];

export const chatroom = {
  Query: {
    chatroom(_, { id }) {
      const { app, key } = decodeId(id, ['Chatroom']);
      return chatroomNode(app, key[0] ?? '');
    },
  },
  App: {
    chatroom: (node, { vendorId }) => chatroomNode(node.app, vendorId),
    async chatrooms(node, page, context) {
      const connection = await context.app(node.app).list('App.chatrooms', null, page);
      return mapNodes(connection, (known) => ({ ...chatroomNode(node.app, known.chatroomId), known }));
    },
  },
  Chatroom: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => node.chatroomId,
    name: field('name'),
    description: field('description'),
    async announcement(node, _, context) {
      const view = context.app(node.app);
      return view.has('Chatroom.announcement')
        ? view.load('Chatroom.announcement', node.chatroomId)
        : chatroomField(node, 'announcement', context);
    },
    async owner(node, _, context) {
      const ownerId = await chatroomField(node, 'ownerId', context);
      return ownerId ? userNode(node.app, ownerId) : null;
    },
    createdAt: field('createdAt'),
    maxMembers: field('maxMembers'),
    async attributes(node, { keys }, context) {
      const key = { chatroomId: node.chatroomId, keys: keys ?? null };
      return wanted(await context.app(node.app).load('Chatroom.attributes', key), keys);
    },
    expiry: field('expiry'),
    memberCount: (node, _, context) => context.app(node.app).memberCount(node),
    members,
    member(node, { userId }, context) {
      return context.app(node.app).member(node, userIdOf(userId, 'userId', node.app) ?? '', true);
    },
    messages: (node, { filter, ...page }, context) =>
      context.conversations.spaceMessages(node, page, historyFilter(filter, node.app), readerIn(node.app, context)),
    mute: (node, _, context) => spaceMute(node, context),
    mutedMembers: (node, page, context) => mutedMembers(node, page, context),
  },
  Mutation: {
    async createChatroom(_, { input }, context) {
      const { app } = decodeId(input.appId, ['App'], 'input.appId');
      const view = context.app(app);
      view.takes('CreateChatroomInput', withoutDefault(input, 'isMuted', false), 'input');
      view.takes('ChatroomExpiryInput', input.expiry, 'input.expiry');
      const memberIds = idsOf(input.memberIds, 'input.memberIds', app);
      const created = await view.run('Mutation.createChatroom', {
        chatroomId: input.vendorId ?? undefined,
        name: input.name,
        description: input.description ?? undefined,
        ownerId: userIdOf(input.ownerId, 'input.ownerId', app),
        memberIds,
        maxMembers: input.maxMembers ?? undefined,
        attributes: input.attributes ?? undefined,
        expiry: input.expiry
          ? { trigger: input.expiry.trigger, afterSeconds: input.expiry.afterSeconds ?? undefined }
          : undefined,
        isMuted: input.isMuted ?? false,
        speakerIds: input.speakerIds?.length
          ? userIdsOf(input.speakerIds, 'input.speakerIds', app, 20).userIds
          : undefined,
      });
      return {
        results: itemResults(input.memberIds ?? [], created.members),
        chatroom: chatroomNode(app, created.chatroomId),
      };
    },
  },
} satisfies Resolvers;
