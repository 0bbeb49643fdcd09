import type { Context, EventWanted } from '../src/domain/context.ts';
import { directSubject, type EventPayload, type EventType } from '../src/domain/event.ts';
import { decodeId } from '../src/domain/id.ts';
import type { EventNode, GapPayload, MessageNode } from '../src/domain/node.ts';
import { AppError } from '../src/errors.ts';
import type { EventFilter, Resolvers } from '../src/generated/graphql.ts';
import { conversationOf } from './conversation.ts';
import { appNode, peerNode, userNode } from './nodes.ts';

type Of<T extends EventType> = Extract<EventPayload | GapPayload, { type: T }>;

/** The payload of an event whose type is known from its `__typename`. */
const payload = <T extends EventType>(node: EventNode) => node.payload as Of<T>;

const common = {
  app: (node: EventNode) => appNode(node.app),
  type: (node: EventNode) => node.payload.type,
};

const withMessage = {
  ...common,
  message: (node: EventNode): MessageNode => ({
    __typename: 'Message',
    app: node.app,
    message: payload<'MESSAGE_SENT'>(node).message,
  }),
};

const actor = (node: EventNode, userId: string | null) => (userId === null ? null : userNode(node.app, userId));

const messageTypes: readonly EventType[] = [
  'MESSAGE_SENT',
  'MESSAGE_SEND_FAILED',
  'MESSAGE_EDITED',
  'MESSAGE_RECALLED',
];

const bound = (ids: readonly string[] | null | undefined, input: string) => {
  if (ids && (ids.length < 1 || ids.length > 100))
    throw new AppError('BAD_USER_INPUT', `${input} must hold 1 to 100 ids.`, { input });
  return ids ?? undefined;
};

/** The part of a filter that every stream knows: apps, types, users, spaces. */
function wantedBy(filter: EventFilter | null | undefined, context: Context): EventWanted {
  const named = bound(filter?.appIds, 'filter.appIds')?.map((id) => decodeId(id, ['App'], 'filter.appIds').app);
  for (const app of named ?? []) context.access.app(app);
  const users = bound(filter?.userIds, 'filter.userIds')?.map(
    (id) => `user:${decodeId(id, ['User'], 'filter.userIds').key[0]}`,
  );
  const spaces = bound(filter?.spaceIds, 'filter.spaceIds')?.map((id) => {
    const { type, key } = decodeId(id, ['Group', 'Chatroom'], 'filter.spaceIds');
    return `${type.toLowerCase()}:${key[0]}`;
  });
  return {
    apps: named ?? context.apps().map((view) => view.name),
    types: filter?.types ?? undefined,
    also: [users, spaces].filter((each) => each !== undefined),
  };
}

/** What concerns the viewer: its own user, and the groups it is in as its list tells them when the stream begins. */
async function viewerSubjects(
  apps: readonly string[],
  context: Context,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { accounts } = context.access.viewer;
  const entries = apps.map(async (app): Promise<[string, string[]]> => {
    const userId = accounts.get(app);
    if (userId === undefined) return [app, []];
    const view = context.app(app);
    const groups = view.has('User.groups') ? [...(await view.userGroups(userId)).groups.keys()] : [];
    for (const groupId of groups) context.access.grant({ __typename: 'Group', app, groupId });
    return [app, [`user:${userId}`, ...groups.map((groupId) => `group:${groupId}`)]];
  });
  return new Map(await Promise.all(entries));
}

export const event = {
  Event: { __resolveType: (node) => node.__typename as never },
  MessageEvent: { __resolveType: (node) => node.__typename as never },
  MessageSentEvent: { ...withMessage, source: (node) => payload<'MESSAGE_SENT'>(node).source },
  MessageSendFailedEvent: { ...withMessage, reason: (node) => payload<'MESSAGE_SEND_FAILED'>(node).reason },
  MessageEditedEvent: {
    ...withMessage,
    actor: (node) => actor(node, payload<'MESSAGE_EDITED'>(node).actorId),
    editCount: (node) => payload<'MESSAGE_EDITED'>(node).editCount,
  },
  MessageRecalledEvent: {
    ...withMessage,
    actor: (node) => actor(node, payload<'MESSAGE_RECALLED'>(node).actorId),
    isByAdmin: (node) => payload<'MESSAGE_RECALLED'>(node).isByAdmin,
    isWithoutTrace: (node) => payload<'MESSAGE_RECALLED'>(node).isWithoutTrace,
    note: (node) => payload<'MESSAGE_RECALLED'>(node).note,
  },
  GapEvent: { ...common, cause: (node) => payload<'GAP'>(node).cause, since: (node) => payload<'GAP'>(node).since },
  UnknownEvent: { ...common, name: (node) => payload<'UNKNOWN'>(node).callback },
  Subscription: {
    events: {
      subscribe: async (_, { filter, after }, context) => streamOf(context, wantedBy(filter, context), after),
      resolve: (node: EventNode) => node as never,
    },
    viewerEvents: {
      async subscribe(_, { filter, after }, context) {
        const wanted = wantedBy(filter, context);
        const apps = wanted.apps.filter((app) => context.access.viewer.accounts.has(app));
        return streamOf(context, { ...wanted, apps, subjects: await viewerSubjects(apps, context) }, after);
      },
      resolve: (node: EventNode) => node as never,
    },
    conversationEvents: {
      async subscribe(_, { conversationId, after }, context) {
        const node = conversationOf(conversationId, 'conversationId');
        context.access.self(node, 'chat:read');
        const { app, ownerId, peer } = node;
        if (peer.kind !== 'direct') await context.access.participant(peerNode(app, peer), 'chat:read');
        const subject = peer.kind === 'direct' ? directSubject(ownerId, peer.id) : `${peer.kind}:${peer.id}`;
        return streamOf(context, { apps: [app], types: messageTypes, subjects: new Map([[app, [subject]]]) }, after);
      },
      resolve: (node: EventNode) => node as never,
    },
  },
} satisfies Resolvers;

/** The stream itself; resolvers of each event get the node as their root. */
function streamOf(context: Context, wanted: EventWanted, after: string | null | undefined) {
  return context.subscribe(wanted, after) as never;
}
