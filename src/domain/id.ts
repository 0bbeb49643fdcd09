import { AppError } from '../errors.ts';
import type { MessageKey } from './message.ts';
import type { AnyNode, SpaceNode } from './node.ts';
import { isUnsigned, unsignedOf } from './stream.ts';

/** The types with global ids. */
const nodeTypes = [
  'App',
  'User',
  'Group',
  'Chatroom',
  'Thread',
  'Community',
  'Call',
  'Bot',
  'Broadcast',
  'Job',
  'File',
  'Member',
  'Message',
  'Conversation',
  'Blocklist',
  'Friend',
] as const;
export type NodeType = (typeof nodeTypes)[number];

/** A global id taken apart. `key` has one part for most types; see the table in `docs/architecture.md`. */
export interface NodeId {
  readonly type: NodeType;
  readonly app: string;
  readonly key: readonly string[];
}

const keyLengths: Readonly<Record<NodeType, number>> = {
  App: 0,
  User: 1,
  Group: 1,
  Chatroom: 1,
  Thread: 1,
  Community: 1,
  Call: 1,
  Bot: 1,
  Broadcast: 1,
  Job: 1,
  File: 1,
  Member: 3,
  Message: 4,
  Conversation: 3,
  Blocklist: 2,
  Friend: 2,
};

const maxIdLength = 1024;

/** `encodeURIComponent` leaves `! ' ( ) *` alone; the ids of the schema do not. */
const encodePart = (part: string) =>
  encodeURIComponent(part.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** `encodeId('User', 'zim-eu', 'alice')` is `User:zim-eu:alice`. */
function encodeId(type: NodeType, app: string, ...key: readonly string[]): string {
  return [type, app, ...key].map(encodePart).join(':');
}

/**
 * Takes a global id apart. `expected` names the types that will do.
 * Throws `BAD_USER_INPUT` with `input` when it is not an id of one of them.
 */
export function decodeId(id: string, expected: readonly NodeType[] = nodeTypes, input = 'id'): NodeId {
  const [type = '', app = '', ...key] = id.length > maxIdLength ? [] : id.split(':').map(decodePart);
  const known = expected.find((each) => each === type);
  if (!known || app === '' || key.length !== keyLengths[known] || key.some((part) => part === '')) {
    throw new AppError(
      'BAD_USER_INPUT',
      `${input} must be an id of the type ${expected.join(' or ')}, as this API gave it.`,
      { input },
    );
  }
  return { type: known, app, key };
}

/** Empty for what no id of this API has: a broken escape, or half of a surrogate pair. */
function decodePart(part: string): string {
  try {
    const decoded = decodeURIComponent(part);
    return decoded.isWellFormed() ? decoded : '';
  } catch {
    return '';
  }
}

/** Where a key holds user ids: at each of these places, for some only behind a certain kind. */
interface UserPlace {
  readonly at: number;
  /** What the part before it must be. */
  readonly behind?: string;
}

const userPlaces: Readonly<Partial<Record<NodeType, readonly UserPlace[]>>> = {
  User: [{ at: 0 }],
  Member: [{ at: 2 }],
  Message: [{ at: 1, behind: 'direct' }, { at: 2 }],
  Conversation: [{ at: 0 }, { at: 2, behind: 'direct' }],
  Blocklist: [{ at: 1, behind: 'user' }],
  Friend: [{ at: 0 }, { at: 1 }],
};

/** A user's id as the schema has it: lower case where the app's vendor ignores case. */
export const canonicalUserId = (userId: string, ignoresCase: boolean): string =>
  ignoresCase ? userId.toLowerCase() : userId;

/**
 * The one id of a node among those that name it: at vendors whose user ids ignore case, user ids in it are lower case. What is
 * no id of a node is given back as it is, for `decodeId` to refuse.
 */
export function canonicalId(id: string, ignoresCase: (app: string) => boolean): string {
  const [type = '', app = '', ...key] = id.length > maxIdLength ? [] : id.split(':').map(decodePart);
  const known = nodeTypes.find((each) => each === type);
  const places = known && userPlaces[known];
  if (!places || key.length !== keyLengths[known] || !ignoresCase(app)) return id;
  const folded = key.map((part, index) => {
    const isUser = places.some(({ at, behind }) => at === index && (behind === undefined || key[at - 1] === behind));
    return canonicalUserId(part, isUser);
  });
  return folded.some((part, index) => part !== key[index]) ? encodeId(known, app, ...folded) : id;
}

/** The global id of a node. */
export function idOf(node: AnyNode): string {
  switch (node.__typename) {
    case 'App':
      return encodeId('App', node.app);
    case 'User':
      return encodeId('User', node.app, node.userId);
    case 'Group':
      return encodeId('Group', node.app, node.groupId);
    case 'Chatroom':
      return encodeId('Chatroom', node.app, node.chatroomId);
    case 'Thread':
      return encodeId('Thread', node.app, node.threadId);
    case 'Community':
      return encodeId('Community', node.app, node.communityId);
    case 'Call':
      return encodeId('Call', node.app, node.callId);
    case 'Bot':
      return encodeId('Bot', node.app, node.botId);
    case 'Broadcast':
      return encodeId('Broadcast', node.app, node.broadcastId);
    case 'Job':
      return encodeId('Job', node.app, node.jobId);
    case 'File':
      return encodeId('File', node.app, node.file.fileId);
    case 'Member':
      return encodeId('Member', node.app, node.space.kind, node.space.id, node.member.userId);
    case 'Message':
      return messageId(node.app, node.message);
    case 'Conversation':
      return encodeId('Conversation', node.app, node.ownerId, node.peer.kind, node.peer.id);
    case 'Blocklist':
      return encodeId('Blocklist', node.app, node.owner.kind, node.owner.id);
    case 'Friend':
      return encodeId('Friend', node.app, node.ownerId, node.friend.userId);
  }
}

function messageId(app: string, { to, senderId, key }: MessageKey): string {
  return encodeId('Message', app, to.kind, to.id, senderId, key);
}

const receiverKinds = ['direct', 'group', 'chatroom'] as const;
const spaceKinds = ['group', 'chatroom'] as const;
const ownerKinds = ['user', 'group', 'chatroom'] as const;

function kindOf<K extends string>(kinds: readonly K[], text: string | undefined, input: string): K {
  const kind = kinds.find((each) => each === text);
  if (kind === undefined) throw new AppError('BAD_USER_INPUT', `${input} is not an id that this API gave.`, { input });
  return kind;
}

/** The key of a message, from its taken-apart id. Throws `BAD_USER_INPUT`. */
export function messageKeyOf(id: NodeId, input = 'id'): MessageKey {
  const [kind, receiver = '', senderId = '', key = ''] = id.key;
  return { to: { kind: kindOf(receiverKinds, kind, input), id: receiver }, senderId, key };
}

/** A space, from the taken-apart id of a group or chatroom. */
export function spaceOf(id: NodeId): SpaceNode {
  const [key = ''] = id.key;
  return id.type === 'Group'
    ? { __typename: 'Group', app: id.app, groupId: key }
    : { __typename: 'Chatroom', app: id.app, chatroomId: key };
}

/** The node an id names, with nothing known of it yet; undefined for messages and members, which must be read. Throws `BAD_USER_INPUT`. */
export function nodeOf(id: NodeId, input = 'id'): Exclude<AnyNode, { __typename: 'Message' | 'Member' }> | undefined {
  const { app } = id;
  const [first = '', second = '', third = ''] = id.key;
  switch (id.type) {
    case 'App':
      return { __typename: 'App', app };
    case 'User':
      return { __typename: 'User', app, userId: first };
    case 'Group':
    case 'Chatroom':
      return spaceOf(id);
    case 'Thread':
      return { __typename: 'Thread', app, threadId: first };
    case 'Community':
      return { __typename: 'Community', app, communityId: first };
    case 'Call':
      return { __typename: 'Call', app, callId: first };
    case 'Bot':
      return { __typename: 'Bot', app, botId: first };
    case 'Broadcast':
      return { __typename: 'Broadcast', app, broadcastId: first };
    case 'Job':
      return { __typename: 'Job', app, jobId: first };
    case 'File':
      return { __typename: 'File', app, file: { fileId: first } };
    case 'Conversation':
      return {
        __typename: 'Conversation',
        app,
        ownerId: first,
        peer: { kind: kindOf(receiverKinds, second, input), id: third },
      };
    case 'Blocklist':
      return { __typename: 'Blocklist', app, owner: { kind: kindOf(ownerKinds, first, input), id: second } };
    case 'Friend':
      return { __typename: 'Friend', app, ownerId: first, friend: { userId: second } };
    case 'Message':
    case 'Member':
      return undefined;
  }
}

/** The space and the user of a member's taken-apart id. */
export function memberKeyOf(id: NodeId, input = 'id'): { readonly space: SpaceNode; readonly userId: string } {
  const [kind, spaceId = '', userId = ''] = id.key;
  const type = kindOf(spaceKinds, kind, input) === 'group' ? 'Group' : 'Chatroom';
  return { space: spaceOf({ type, app: id.app, key: [spaceId] }), userId };
}

/** An event's place in the log. */
export interface EventPlace {
  readonly app: string;
  /** See `streamsOf`. */
  readonly stream: string;
  readonly epoch: string;
  readonly offset: number;
}

/** The id of an event. It is no node: it is not looked up by `node`. */
export const eventId = ({ app, stream, epoch, offset }: EventPlace): string =>
  `Event:${app}:${isUnsigned(stream) ? 'u-' : ''}${epoch}-${offset}`;

/** The place that an event's id names. Throws `BAD_USER_INPUT` for what is no event's id. */
export function placeOfEvent(id: string, input = 'id'): EventPlace {
  const [, app, unsigned, epoch, offset] = /^Event:([a-z0-9-]{1,32}):(u-)?(\w{1,64})-(\d{1,15})$/.exec(id) ?? [];
  if (app === undefined || epoch === undefined || offset === undefined)
    throw new AppError('BAD_USER_INPUT', `${input} must be the id of an event, as this API gave it.`, { input });
  return { app, stream: unsigned ? unsignedOf(app) : app, epoch, offset: Number(offset) };
}
