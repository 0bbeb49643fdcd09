import { contentSent } from '../src/domain/content.ts';
import { decodeId, type NodeId, nodeOf } from '../src/domain/id.ts';
import {
  audienceOf,
  type Mentions,
  type Message,
  type NewMessage,
  type Receiver,
  type SentMessage,
} from '../src/domain/message.ts';
import type { MessageNode } from '../src/domain/node.ts';
import { AppError } from '../src/errors.ts';
import type { MentionsInput } from '../src/generated/graphql.ts';
import { userIdsOf } from './nodes.ts';

/** Whom a message shall mention; undefined when nothing is said of it. Throws `BAD_USER_INPUT`. */
export function mentionsOf(mentions: MentionsInput | null | undefined, app: string): Mentions | undefined {
  if (!mentions) return undefined;
  const userIds = mentions.userIds?.length ? usersOf(mentions.userIds, 'input.mentions.userIds', app, 100) : undefined;
  return { everyone: mentions.everyone ?? false, userIds: userIds ?? [] };
}

/** The vendor ids of users where they are named. Throws `BAD_USER_INPUT`, also for a list of none: it must not come to everybody. */
export const usersOf = (ids: readonly string[] | null | undefined, input: string, app: string, max: number) =>
  ids ? userIdsOf(ids, input, app, max).userIds : undefined;

/** Given options without those left out, which stay as the vendor has them. */
export function given<T extends object>(
  options: T | null | undefined,
): { [K in keyof T]?: Exclude<T[K], null> } | undefined {
  if (!options) return undefined;
  // Only nulls are dropped; every other value keeps its key and type.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: Exclude<T[K], null>;
  };
}

/** The message as far as the send tells; null where the vendor gives no id that would find it again. */
export function sentNode(
  app: string,
  to: Receiver,
  sent: SentMessage,
  message: Pick<NewMessage, 'content' | 'metadata' | 'senderId' | 'mentions' | 'visibleTo' | 'hiddenFrom'>,
): MessageNode | null {
  if (sent.key === null) return null;
  const known: Message = {
    to,
    senderId: sent.senderId,
    key: sent.key,
    vendorId: sent.vendorId,
    sequence: sent.sequence,
    isFromUser: message.senderId !== undefined,
    content: sent.content ?? contentSent(message.content),
    mentions: message.mentions,
    sentAt: sent.sentAt,
    metadata: message.metadata,
    audience: audienceOf(message),
  };
  return { __typename: 'Message', app, message: known };
}

/** Where a message to this id goes. */
export function receiverOf(id: NodeId, input = 'input.to'): Receiver {
  const node = nodeOf(id, input);
  switch (node?.__typename) {
    case 'User':
      return { kind: 'direct', id: node.userId };
    case 'Group':
      return { kind: 'group', id: node.groupId };
    case 'Chatroom':
      return { kind: 'chatroom', id: node.chatroomId };
    case 'Conversation':
      return node.peer;
    default:
      throw new AppError('BAD_USER_INPUT', `${input} must name users, groups, chatrooms or conversations.`, { input });
  }
}

/** An id of a user, group or chatroom of the app. */
export function decodeOf(id: string, app: string, input: string): NodeId {
  const taken = decodeId(id, ['User', 'Group', 'Chatroom'], input);
  if (taken.app !== app) throw new AppError('BAD_USER_INPUT', `${input} is of another app.`, { input });
  return taken;
}
