import type { HandledCallback } from '../src/domain/callback.ts';
import type { Context, EventWanted } from '../src/domain/context.ts';
import type { EventType } from '../src/domain/event.ts';
import { decodeId, spaceOf } from '../src/domain/id.ts';
import { type EventNode, keyOfSpace } from '../src/domain/node.ts';
import type { SpaceKey } from '../src/domain/space.ts';
import { conversationSubject, conversationTypes, hearing, type Subject } from '../src/domain/subject.ts';
import { AppError } from '../src/errors.ts';
import type { EventFilter, Resolvers } from '../src/generated/graphql.ts';
import { conversationOf } from './conversation.ts';
import { eventTypes } from './event-types.ts';
import { appNode, callNode, idsOfOneApp } from './nodes.ts';

const callTypes: readonly EventType[] = [
  'CALL_STARTED',
  'CALL_EXTENDED',
  'CALL_ACCEPTED',
  'CALL_REJECTED',
  'CALL_CANCELED',
  'CALL_TIMED_OUT',
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
    const { type, key } = decodeId(id, ['Group', 'Chatroom', 'Thread'], 'filter.spaceIds');
    return `${type.toLowerCase()}:${key[0]}`;
  });
  return {
    apps: named ?? context.apps().map((view) => view.name),
    types: filter?.types ?? undefined,
    also: [users, spaces].filter((each) => each !== undefined),
  };
}

/** What the viewer may hear: what is told to its own user, and in the groups it is in as its list tells them when the stream begins. */
async function viewerSubjects(
  apps: readonly string[],
  context: Context,
): Promise<ReadonlyMap<string, readonly Subject[]>> {
  const { accounts } = context.access.viewer;
  const entries = apps.map(async (app): Promise<[string, Subject[]]> => {
    const userId = accounts.get(app);
    if (userId === undefined) return [app, []];
    const view = context.app(app);
    const groups = view.has('User.groups') ? [...(await view.userGroups(userId)).groups.keys()] : [];
    for (const groupId of groups) context.access.grant({ __typename: 'Group', app, groupId });
    return [app, [`to:user:${userId}`, ...groups.map((groupId): Subject => `to:group:${groupId}`)]];
  });
  return new Map(await Promise.all(entries));
}

/** The stream itself; resolvers of each event get the node as their root. */
const streamOf = (context: Context, wanted: EventWanted, after: string | null | undefined) =>
  context.subscribe(wanted, after) as never;

const only = (app: string, subjects: readonly Subject[], types?: readonly EventType[]): EventWanted => ({
  apps: [app],
  types,
  subjects: new Map([[app, subjects]]),
});

/** What a stream of a space rests on, where it is had as a member and not by the scope. */
const membershipOf = (app: string, space: SpaceKey, { access }: Context): EventWanted['membership'] =>
  access.has('chat:read') ? undefined : { app, space, userId: access.accountIn(app) };

/** For whose user a stream is had, where it is not had by the scope. */
const readerOf = ({ access }: Context): EventWanted['reader'] =>
  access.has('chat:read') ? undefined : access.viewer.accounts;

const resolve = (node: EventNode) => node as never;

export const event = {
  ...eventTypes,
  Query: {
    events: (_, { filter, since, until, order, ...page }, context) =>
      context.pastEvents(wantedBy(filter, context), page, {
        since: since ?? undefined,
        until: until ?? undefined,
        isNewestFirst: order === 'NEWEST_FIRST',
      }),
    rawEvent: (_, { id }, context) => context.rawEvent(id),
  },
  Mutation: {
    replayCallback: async (_, { input }, context) => ({
      events: [...(await context.replayCallback(input.eventId))] as never,
    }),
    async createBackup(_, { input: { note } }, context) {
      if (note && note.length > 200)
        throw new AppError('BAD_USER_INPUT', 'input.note must have at most 200 characters.', { input: 'input.note' });
      return { backup: await context.createBackup(note ?? null) };
    },
    redeliverCallbacks(_, { input: { appId, since } }, context) {
      const { app } = decodeId(appId, ['App'], 'input.appId');
      return context.app(app).run('Mutation.redeliverCallbacks', { since });
    },
  },
  HandledCallback: { app: (node) => appNode(node.app) },
  Subscription: {
    callbacks: {
      subscribe: async (_, { appIds }, context) =>
        context.handledCallbacks(wantedBy({ appIds: appIds ?? null }, context).apps) as never,
      resolve: (handled: HandledCallback) => handled as never,
    },
    events: {
      subscribe: async (_, { filter, after }, context) => streamOf(context, wantedBy(filter, context), after),
      resolve,
    },
    viewerEvents: {
      async subscribe(_, { filter, after }, context) {
        const wanted = wantedBy(filter, context);
        const apps = wanted.apps.filter((app) => context.access.viewer.accounts.has(app));
        const subjects = await viewerSubjects(apps, context);
        const reader = context.access.viewer.accounts;
        return streamOf(context, { ...wanted, apps, subjects, follow: reader, reader }, after);
      },
      resolve,
    },
    conversationEvents: {
      async subscribe(_, { conversationId, after }, context) {
        const node = conversationOf(conversationId, 'conversationId');
        await context.access.self(node, 'chat:read');
        const { app, ownerId, peer } = node;
        const wanted = {
          ...only(app, [`to:${conversationSubject(peer, ownerId)}`], conversationTypes),
          reader: readerOf(context),
        };
        if (peer.kind === 'direct') return streamOf(context, wanted, after);
        return streamOf(
          context,
          { ...wanted, membership: membershipOf(app, { kind: peer.kind, id: peer.id }, context) },
          after,
        );
      },
      resolve,
    },
    spaceEvents: {
      async subscribe(_, { spaceId, after }, context) {
        const space = spaceOf(decodeId(spaceId, ['Group', 'Chatroom'], 'spaceId'));
        await context.access.participant(space, 'chat:read');
        const key = keyOfSpace(space);
        const membership = membershipOf(space.app, key, context);
        return streamOf(context, { ...only(space.app, [hearing(key)]), membership, reader: readerOf(context) }, after);
      },
      resolve,
    },
    presenceEvents: {
      async subscribe(_, { userIds, after }, context) {
        const { app, ids } = idsOfOneApp(userIds, ['User'], 'userIds');
        context.access.app(app);
        const subjects = ids.map((id): Subject => `to:user:${id.key[0]}`);
        return streamOf(context, only(app, subjects, ['PRESENCE_CHANGED']), after);
      },
      resolve,
    },
    callEvents: {
      async subscribe(_, { callId, after }, context) {
        if (callId) {
          const { app, key } = decodeId(callId, ['Call'], 'callId');
          await context.access.participant(callNode(app, key[0] ?? ''), 'chat:read');
          return streamOf(context, only(app, [`to:call:${key[0]}`], callTypes), after);
        }
        const { accounts } = context.access.viewer;
        const subjects = new Map([...accounts].map(([app, userId]) => [app, [`to:user:${userId}`] as const]));
        return streamOf(context, { apps: [...accounts.keys()], types: callTypes, subjects }, after);
      },
      resolve,
    },
  },
} satisfies Resolvers;
