import { z } from 'zod';
import type { EventSource } from '../../../domain/event.ts';
import type { Receiver } from '../../../domain/message.ts';
import type { Config } from '../app-config.ts';
import type { JsonObject } from '../json.ts';
import { toMessage } from '../message.ts';
import { id, keyOf, moment, object, type Reader, reading, receiverOf, type Told, text } from './fields.ts';
import { recallCommand, recalled } from './recall.ts';

/** A message as either callback tells it. */
interface Sent {
  readonly senderId: string;
  readonly to: Receiver | undefined;
  readonly messageUid: string;
  readonly objectName: string | null;
  readonly content: unknown;
  readonly sentAt: Date | null;
  readonly source: string | null;
  readonly raw: JsonObject;
}

const routedSchema = z.object({
  fromUserId: id,
  toUserId: id,
  channelType: z.unknown(),
  msgUID: id,
  objectName: text,
  content: z.unknown().optional(),
  msgTimestamp: moment,
  // Older deployments have the time here.
  timestamp: moment,
  source: text,
});

/** Full message routing. A recall comes as a message, too, where its own callback is not switched on. */
export const readSync: Reader = reading(routedSchema, (fields, config, raw) =>
  told(
    {
      senderId: fields.fromUserId,
      to: receiverOf(fields.channelType, fields.toUserId),
      messageUid: fields.msgUID,
      objectName: fields.objectName,
      content: fields.content,
      sentAt: fields.msgTimestamp ?? fields.timestamp,
      source: fields.source,
      raw,
    },
    config,
  ),
);

const webhookSchema = z.object({
  userId: id,
  channelId: id,
  channelType: z.unknown(),
  messageId: id,
  messageType: text,
  content: z.unknown().optional(),
  time: moment,
  os: text,
});

/** A message of the unified webhook of the global brand. */
export const readWebhook: Reader = reading(webhookSchema, (fields, config, raw) =>
  told(
    {
      senderId: fields.userId,
      to: receiverOf(fields.channelType, fields.channelId),
      messageUid: fields.messageId,
      objectName: fields.messageType,
      content: fields.content,
      sentAt: fields.time,
      source: fields.os,
      raw,
    },
    config,
  ),
);

function told(sent: Sent, config: Config): Told | undefined {
  const { to, objectName, messageUid, sentAt } = sent;
  if (!to) return undefined;
  const recall = objectName === 'RC:RcCmd' ? recallCommand(object.parse(sent.content)) : undefined;
  if (recall) {
    // The command goes out in the name of the message's sender even when an administrator recalled.
    const actorId = recall.isByAdmin ? null : sent.senderId;
    const { senderId, raw } = sent;
    return recalled({ ...recall, to, senderId, actorId, recalledAt: sentAt, sentAt: null, raw }, config);
  }
  const message = toMessage({ ...sent, to, objectName: objectName ?? '' }, config);
  return {
    // The same for both callbacks that tell a message, so that an app with both on has it once.
    dedupeKey: keyOf('message.sent', [messageUid]),
    occurredAt: sentAt,
    payload: { type: 'MESSAGE_SENT', message, source: sourceOf(sent.source) },
  };
}

function sourceOf(source: string | null): EventSource {
  if (source === null) return 'UNKNOWN';
  return source.toLowerCase() === 'server' ? 'SERVER' : 'CLIENT';
}
