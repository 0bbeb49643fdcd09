import { z } from 'zod';
import type { Receiver } from '../../../domain/message.ts';
import { toMessage } from '../message.ts';
import { hash, id, moment, object, type Reader, reading, text } from './fields.ts';

/** What is told to a bot of a message, by `type`; its other types tell of things that are no message to it. */
const messageTypes = { private: 'message:private', mentioned: 'message:group_mentioned' } as const;

/** The details are not documented; these are the names that the vendor's other callbacks have for the same. */
const detailSchema = z.object({
  fromUserId: text,
  userId: text,
  groupId: text,
  targetId: text,
  channelId: text,
  messageUID: text,
  msgUID: text,
  messageId: text,
  objectName: text,
  messageType: text,
  content: z.unknown().optional(),
});

const botSchema = z.object({
  type: z.string(),
  timestamp: moment,
  bot: object.pipe(z.object({ userId: id })),
  data: z.unknown().optional(),
});

/** Without a sender it is told without: what the vendor names nobody for is the app's own. */
export const readBotMessage: Reader = reading(botSchema, ({ type, timestamp, bot, data }, config, raw) => {
  const isPrivate = type === messageTypes.private;
  if (!isPrivate && type !== messageTypes.mentioned) return undefined;
  const detail = detailSchema.parse(object.parse(data));
  const groupId = detail.groupId ?? detail.targetId ?? detail.channelId;
  if (!isPrivate && groupId === null) return undefined;
  const to: Receiver =
    isPrivate || groupId === null ? { kind: 'direct', id: bot.userId } : { kind: 'group', id: groupId };
  const vendorId = detail.messageUID ?? detail.msgUID ?? detail.messageId;
  const objectName = detail.objectName ?? detail.messageType;
  const message = toMessage(
    {
      to,
      senderId: detail.fromUserId ?? detail.userId ?? config.systemUser,
      messageUid: vendorId ?? `bot-${hash([type, timestamp, bot.userId, data]).slice(0, 16)}`,
      objectName: objectName ?? '',
      content: detail.content,
      sentAt: timestamp,
      raw,
    },
    config,
  );
  return {
    occurredAt: timestamp,
    payload: {
      type: 'BOT_MESSAGE_RECEIVED',
      message: { ...message, vendorId, content: objectName === null ? null : message.content },
      botId: bot.userId,
      data: data ?? null,
    },
  };
});
