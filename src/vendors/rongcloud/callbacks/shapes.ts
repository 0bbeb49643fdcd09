import type { CallbackBody } from './body.ts';

/** How one of the vendor's callbacks is recognised, since several share a URL and few name themselves. */
export interface Shape {
  /** The callback's id in the catalogue. */
  readonly id: string;
  readonly encoding: CallbackBody['encoding'];
  /** Names that every item has. */
  readonly has: readonly string[];
  /** What `type` is like, for those callbacks that name themselves. */
  readonly type?: RegExp;
  /** What tells one event from another, as the catalogue has it; dots go into objects. */
  readonly dedupe: readonly string[];
}

const shapes: readonly Shape[] = [
  {
    id: 'rongcloud.callback.message.sync',
    encoding: 'form',
    has: ['fromUserId', 'toUserId', 'objectName', 'msgUID'],
    dedupe: ['msgUID'],
  },
  { id: 'rongcloud.callback.message.pre', encoding: 'form', has: ['msgType', 'messageId'], dedupe: ['messageId'] },
  {
    id: 'rongcloud.callback.user.deactivation',
    encoding: 'form',
    has: ['operateId', 'userId'],
    dedupe: ['operateId', 'userId'],
  },
  {
    id: 'rongcloud.callback.webhook.message.send',
    encoding: 'json',
    has: ['type', 'data'],
    type: /^message:send$/,
    dedupe: ['id'],
  },
  {
    id: 'rongcloud.callback.webhook.preMessaging',
    encoding: 'json',
    has: ['type', 'data'],
    type: /:pre_messaging$/,
    dedupe: ['id'],
  },
  {
    id: 'rongcloud.callback.webhook.user.connectionStatus',
    encoding: 'json',
    has: ['type', 'data'],
    type: /^user:connection_status$/,
    dedupe: ['id'],
  },
  { id: 'rongcloud.callback.bot.message', encoding: 'json', has: ['type', 'bot'], dedupe: ['type', 'timestamp'] },
  {
    id: 'rongcloud.callback.message.operation',
    encoding: 'json',
    has: ['eventType', 'conversationInfo'],
    dedupe: ['eventType', 'originalMsgInfo.messageId', 'optTime'],
  },
  {
    id: 'rongcloud.callback.user.onlineStatus',
    encoding: 'json',
    has: ['userid', 'status'],
    dedupe: ['userid', 'sessionId', 'status', 'time'],
  },
  {
    id: 'rongcloud.callback.chatroom.status',
    encoding: 'json',
    has: ['chatRoomId', 'type'],
    dedupe: ['chatRoomId', 'type', 'time', 'userIds'],
  },
  {
    id: 'rongcloud.callback.chatroom.kv',
    encoding: 'json',
    has: ['chatroomId', 'key'],
    dedupe: ['chatroomId', 'key', 'version'],
  },
  { id: 'rongcloud.callback.moderation.audit', encoding: 'json', has: ['msgUID', 'result'], dedupe: ['msgUID'] },
  {
    id: 'rongcloud.callback.moderation.hostedInfo',
    encoding: 'json',
    has: ['eventType', 'result', 'contents'],
    dedupe: ['eventType', 'time', 'targetGroupId', 'targetUserId'],
  },
  {
    id: 'rongcloud.callback.group.operation',
    encoding: 'json',
    has: ['groupId', 'eventType'],
    dedupe: ['groupId', 'eventType', 'time'],
  },
  { id: 'rongcloud.callback.group.profile', encoding: 'json', has: ['groupId', 'time'], dedupe: ['groupId', 'time'] },
  {
    id: 'rongcloud.callback.friend.operation',
    encoding: 'json',
    has: ['userId', 'toUserId', 'eventType'],
    dedupe: ['userId', 'toUserId', 'eventType', 'time'],
  },
  {
    id: 'rongcloud.callback.user.profile',
    encoding: 'json',
    has: ['userId', 'type', 'time'],
    dedupe: ['userId', 'time'],
  },
];

/** The shape that fits every item of a body; undefined when none does. */
export function findShape({ encoding, items }: CallbackBody): Shape | undefined {
  return shapes.find(
    (shape) =>
      shape.encoding === encoding &&
      items.length > 0 &&
      items.every(
        (item) =>
          shape.has.every((name) => Object.hasOwn(item, name)) && (shape.type?.test(String(item['type'])) ?? true),
      ),
  );
}
