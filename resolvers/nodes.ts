import type { Connection, Context } from '../src/domain/context.ts';
import type { StoredFile } from '../src/domain/file.ts';
import { decodeId, memberKeyOf, messageKeyOf, type NodeId, type NodeType, nodeOf, spaceOf } from '../src/domain/id.ts';
import type { MessageKey, Receiver } from '../src/domain/message.ts';
import type {
  AnyNode,
  AppNode,
  BotNode,
  CallNode,
  ChatroomNode,
  CommunityNode,
  FriendNode,
  GroupNode,
  MessageNode,
  PeerNode,
  SpaceNode,
  StoredFileNode,
  ThreadNode,
  UserNode,
} from '../src/domain/node.ts';
import type { Friend } from '../src/domain/relation.ts';
import type { SpaceKey } from '../src/domain/space.ts';
import type { Profile } from '../src/domain/user.ts';
import { AppError } from '../src/errors.ts';

export const appNode = (app: string): AppNode => ({ __typename: 'App', app });

export const userNode = (app: string, userId: string, profile?: Profile): UserNode => ({
  __typename: 'User',
  app,
  userId,
  profile,
});

export const groupNode = (app: string, groupId: string): GroupNode => ({ __typename: 'Group', app, groupId });

export const chatroomNode = (app: string, chatroomId: string): ChatroomNode => ({
  __typename: 'Chatroom',
  app,
  chatroomId,
});

export const communityNode = ({ app, communityId, name }: Omit<CommunityNode, '__typename'>): CommunityNode => ({
  __typename: 'Community',
  app,
  communityId,
  name,
});

export const botNode = (app: string, botId: string, profile?: Profile): BotNode => ({
  __typename: 'Bot',
  app,
  botId,
  profile,
});

export const friendNode = (app: string, ownerId: string, friend: Friend): FriendNode => ({
  __typename: 'Friend',
  app,
  ownerId,
  friend,
});

export const callNode = (app: string, callId: string): CallNode => ({ __typename: 'Call', app, callId });

export const threadNode = (app: string, threadId: string, groupId: string | null = null): ThreadNode => ({
  __typename: 'Thread',
  app,
  threadId,
  groupId,
});

export const fileNode = (app: string, file: StoredFile): StoredFileNode => ({ __typename: 'File', app, file });

export const spaceNode = (app: string, space: SpaceKey): SpaceNode =>
  space.kind === 'group' ? groupNode(app, space.id) : chatroomNode(app, space.id);

/** A connection of other nodes in the same places. */
export function mapNodes<T, U>(connection: Connection<T>, give: (node: T) => U): Connection<U> {
  const edges = connection.edges.map(({ cursor, node }) => ({ cursor, node: give(node) }));
  return { ...connection, edges, nodes: edges.map(({ node }) => node) };
}

/** The group or chatroom that an input names. Throws `BAD_USER_INPUT`. */
export const spaceNamed = (id: string): SpaceNode => spaceOf(decodeId(id, ['Group', 'Chatroom'], 'input.spaceId'));

/** Who acts: the user given, else the viewer's own, else undefined for the app's system user. */
export const actorOf = (id: string | null | undefined, app: string, context: Context): string | undefined =>
  userIdOf(id, 'input.actorId', app) ?? context.access.viewer.accounts.get(app);

/** Whom a conversation is with, or where a message went. */
export function peerNode(app: string, peer: Receiver): PeerNode {
  if (peer.kind === 'direct') return userNode(app, peer.id);
  return peer.kind === 'group' ? groupNode(app, peer.id) : chatroomNode(app, peer.id);
}

/** The user with whose eyes messages are read; null for an operator, who sees everything. */
export const readerIn = (app: string, { access }: Context): string | null =>
  access.has('chat:read') ? null : access.accountIn(app);

/**
 * The message of an id; null when it is not there. Throws `FORBIDDEN` for one that the viewer takes no part in, there or not: before
 * it is looked for, since what is there is found sooner.
 */
export async function findMessage(id: NodeId, context: Context): Promise<MessageNode | null> {
  const { access } = context;
  const key = messageKeyOf(id);
  access.app(id.app);
  await access.participant(claimedMessage(id.app, key), 'chat:read');
  const found = await context.conversations.message(id.app, key, readerIn(id.app, context));
  if (!found && !access.has('chat:read')) throw new AppError('FORBIDDEN');
  // Whom it is for is known of the message only.
  if (found) await access.participant(found, 'chat:read');
  return found;
}

/** A message as its key says it is, with nothing known of it. */
export const claimedMessage = (app: string, key: MessageKey): MessageNode => ({
  __typename: 'Message',
  app,
  message: { ...key, vendorId: null, sequence: null, isFromUser: true, content: null, sentAt: null },
});

/**
 * The node an id names, whatever its type; null for a message or member that is not there. Throws `FORBIDDEN` for one that
 * the viewer is not to know of, there or not.
 */
export async function findNode(id: string, context: Context): Promise<AnyNode | null> {
  const taken = decodeId(id);
  context.access.app(taken.app);
  const node = nodeOf(taken);
  if (node) return node.__typename === 'Conversation' ? context.conversations.find(node) : node;
  if (taken.type === 'Message') return nullIfAbsent(findMessage(taken, context));
  const { space, userId } = memberKeyOf(taken);
  // Before the read, whose answer would tell strangers who is in the space.
  await context.access.participant(space, 'chat:read');
  return nullIfAbsent(context.app(taken.app).member(space, userId, true));
}

/** Refusals of a read that mean that there is nothing to be found: no such space, or no way to find anything in it. */
const absent: ReadonlySet<string> = new Set(['NOT_FOUND', 'NOT_SUPPORTED']);

async function nullIfAbsent<N>(found: Promise<N | null>): Promise<N | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof AppError && absent.has(error.code)) return null;
    throw error;
  }
}

/**
 * Takes apart ids that must be of one app. Throws `BAD_USER_INPUT` naming the id that is not, or the bound that is passed.
 */
export function idsOfOneApp(
  ids: readonly string[],
  types: readonly NodeType[],
  input: string,
  max = 100,
): { readonly app: string; readonly ids: readonly NodeId[] } {
  if (ids.length < 1 || ids.length > max) {
    throw new AppError('BAD_USER_INPUT', `${input} must hold 1 to ${max} ids, and holds ${ids.length}.`, { input });
  }
  const taken = ids.map((id, index) => decodeId(id, types, `${input}[${index}]`));
  const app = taken[0]?.app ?? '';
  const stranger = taken.findIndex((id) => id.app !== app);
  if (stranger !== -1)
    throw new AppError('BAD_USER_INPUT', `${input}[${stranger}] is of another app than the first.`, {
      input: `${input}[${stranger}]`,
    });
  return { app, ids: taken };
}

/** As `idsOfOneApp`, for users: their vendor ids. `app` names the app they must be of, where that is known already. */
export function userIdsOf(
  ids: readonly string[],
  input: string,
  app?: string,
  max = 100,
): { readonly app: string; readonly userIds: readonly string[] } {
  const taken = idsOfOneApp(ids, ['User'], input, max);
  if (app !== undefined && taken.app !== app)
    throw new AppError('BAD_USER_INPUT', `${input} must be users of ${app}.`, { input });
  return { app: taken.app, userIds: taken.ids.map((id) => id.key[0] ?? '') };
}

/** The vendor id of one user of an app; undefined when no id is given. */
export function userIdOf(id: string | null | undefined, input: string, app: string): string | undefined {
  if (id === null || id === undefined) return undefined;
  const taken = decodeId(id, ['User'], input);
  if (taken.app !== app) throw new AppError('BAD_USER_INPUT', `${input} must be a user of ${app}.`, { input });
  return taken.key[0] ?? '';
}

/** The user meant by an id, or the viewer's own in the app when it is left out. */
export function userOrViewer(id: string | null | undefined, input: string, app: string, context: Context): string {
  return userIdOf(id, input, app) ?? context.access.accountIn(app);
}
