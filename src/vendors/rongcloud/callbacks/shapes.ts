import { asObject, type JsonObject } from '../json.ts';
import type { CallbackBody } from './body.ts';
import { readBotMessage } from './bot.ts';
import type { Reader } from './fields.ts';
import { readSync, readWebhook } from './messages.ts';
import { readAudit, readHostedInfo } from './moderation.ts';
import { readOperation } from './recall.ts';
import { readChatroomProperty, readChatroomStatus, readGroupOperation, readGroupProfile } from './space.ts';
import { readDeactivation, readFriendOperation, readOnlineStatus, readProfile } from './user.ts';

/** How one of the vendor's callbacks is recognised, since several share a URL and few name themselves, and how it is read. */
export interface Shape {
  /** The callback's id in the catalogue, without what all of them begin with. */
  readonly name: string;
  readonly encoding: CallbackBody['encoding'];
  /** Names that every item has. */
  readonly has: readonly string[];
  /** Names of which every item has at least one; none need be there when left out. */
  readonly hasOne?: readonly string[];
  /** What `type` is like, for those callbacks that name themselves. */
  readonly type?: RegExp;
  /** The field with the list of what is told, for those that wrap it. */
  readonly list?: string;
  /**
   * What tells one event from another: what the catalogue has, and more where that is not enough; dots go into objects. Of the
   * wrapper, where there is one.
   */
  readonly dedupe: readonly string[];
  /** None for those that ask. */
  readonly read?: Reader;
}

/** The shapes of those that ask before a message is delivered. */
export const asking = {
  pre: { name: 'message.pre', encoding: 'form', has: ['msgType', 'messageId'], dedupe: ['messageId'] },
  webhook: {
    name: 'webhook.preMessaging',
    encoding: 'json',
    has: ['type', 'data'],
    type: /^\w+_channel:pre_messaging$/,
    list: 'data',
    dedupe: ['id'],
  },
} as const satisfies Readonly<Record<string, Shape>>;

const shapes: readonly Shape[] = [
  {
    name: 'message.sync',
    encoding: 'form',
    has: ['fromUserId', 'toUserId', 'objectName', 'msgUID'],
    dedupe: ['msgUID'],
    read: readSync,
  },
  asking.pre,
  {
    name: 'user.deactivation',
    encoding: 'form',
    has: ['operateId', 'userId'],
    dedupe: ['operateId', 'userId'],
    read: readDeactivation,
  },
  {
    name: 'webhook.message.send',
    encoding: 'json',
    has: ['type', 'data'],
    type: /^message:send$/,
    list: 'data',
    dedupe: ['id'],
    read: readWebhook,
  },
  asking.webhook,
  {
    name: 'webhook.user.connectionStatus',
    encoding: 'json',
    has: ['type', 'data'],
    type: /^user:connection_status$/,
    list: 'data',
    dedupe: ['id'],
    read: readOnlineStatus,
  },
  {
    name: 'bot.message',
    encoding: 'json',
    has: ['type', 'bot'],
    // Two bots may be written to in the same millisecond, or one twice.
    dedupe: ['type', 'timestamp', 'bot.userId', 'data'],
    read: readBotMessage,
  },
  {
    name: 'message.operation',
    encoding: 'json',
    has: ['eventType', 'conversationInfo'],
    dedupe: ['eventType', 'originalMsgInfo.messageId', 'optTime'],
    read: readOperation,
  },
  {
    name: 'user.onlineStatus',
    encoding: 'json',
    has: ['userid', 'status'],
    dedupe: ['userid', 'sessionId', 'status', 'time'],
    read: readOnlineStatus,
  },
  {
    name: 'chatroom.status',
    encoding: 'json',
    has: ['chatRoomId', 'type'],
    dedupe: ['chatRoomId', 'type', 'time', 'userIds'],
    read: readChatroomStatus,
  },
  {
    name: 'chatroom.kv',
    encoding: 'json',
    has: ['chatroomId', 'optType'],
    dedupe: ['chatroomId', 'key', 'version'],
    read: readChatroomProperty,
  },
  { name: 'moderation.audit', encoding: 'json', has: ['msgUID', 'result'], dedupe: ['msgUID'], read: readAudit },
  {
    name: 'moderation.hostedInfo',
    encoding: 'json',
    has: ['eventType', 'result', 'contents'],
    dedupe: ['eventType', 'time', 'targetGroupId', 'targetUserId'],
    read: readHostedInfo,
  },
  {
    name: 'group.operation',
    encoding: 'json',
    has: ['groupId', 'eventType'],
    // Two users may come in the same millisecond.
    dedupe: ['groupId', 'eventType', 'time', 'userIds'],
    read: readGroupOperation,
  },
  {
    name: 'group.profile',
    encoding: 'json',
    has: ['groupId', 'time'],
    hasOne: ['groupName', 'groupname', 'groupProfile', 'groupExtProfile', 'permissions'],
    dedupe: ['groupId', 'time'],
    read: readGroupProfile,
  },
  {
    name: 'friend.operation',
    encoding: 'json',
    has: ['userId', 'toUserId', 'eventType'],
    dedupe: ['userId', 'toUserId', 'eventType', 'time'],
    read: readFriendOperation,
  },
  {
    name: 'user.profile',
    encoding: 'json',
    has: ['userId', 'type', 'time'],
    dedupe: ['userId', 'time'],
    read: readProfile,
  },
];

/** The shape that fits every item of a body; undefined when none does. */
export function findShape({ encoding, items }: CallbackBody): Shape | undefined {
  return shapes.find(
    (shape) => shape.encoding === encoding && items.length > 0 && items.every((item) => fits(shape, item)),
  );
}

function fits({ has, hasOne, type }: Shape, item: JsonObject): boolean {
  const isThere = (name: string) => Object.hasOwn(item, name);
  return has.every(isThere) && (hasOne?.some(isThere) ?? true) && (type?.test(String(item['type'])) ?? true);
}

/** The vendor's page on changed profiles of groups names a wrapper that its examples do not have. */
export function unwrapped(body: CallbackBody): CallbackBody {
  const [{ profiles } = {}] = body.items;
  return Array.isArray(profiles) ? { ...body, items: profiles.map(asObject) } : body;
}
