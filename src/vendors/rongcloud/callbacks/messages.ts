import { z } from 'zod';
import type { EventSource } from '../../../domain/event.ts';
import type { MessageAudience, Receiver } from '../../../domain/message.ts';
import { ownOf } from '../../../net/keyed.ts';
import type { Config } from '../app-config.ts';
import type { JsonObject } from '../json.ts';
import { toMessage } from '../message.ts';
import { id, keyOf, moment, object, type Reader, reading, receiverOf, text } from './fields.ts';
import { recallCommand, recalled } from './recall.ts';
import { readGroupReceipt, readOwnReading, readReceipt } from './receipts.ts';

/** A message as either callback tells it. */
export interface Sent {
  readonly senderId: string;
  readonly to: Receiver | undefined;
  readonly messageUid: string;
  readonly objectName: string | null;
  readonly content: unknown;
  readonly sentAt: Date | null;
  readonly source: string | null;
  /** Receivers of a message to some members of a group. */
  readonly receiverIds: readonly string[];
  readonly raw: JsonObject;
}

/** A list of ids, or the one value `[543,567]` of the vendor's older example; none for anything else. */
const receivers = z
  .unknown()
  .optional()
  .transform((value) => {
    const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
    return list
      .flatMap((each) => (typeof each === 'string' ? (/^\[(.*)\]$/s.exec(each)?.[1]?.split(/ *, */) ?? each) : each))
      .flatMap((each) => id.safeParse(each).data ?? []);
  });

const audienceOf = (userIds: readonly string[]): { audience?: MessageAudience } =>
  userIds.length > 0 ? { audience: { userIds, isOnly: true } } : {};

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
  groupUserIds: receivers,
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
      receiverIds: fields.groupUserIds,
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
  groupUserIds: receivers,
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
      receiverIds: fields.groupUserIds,
      raw,
    },
    config,
  ),
);

/** Types that tell of other messages; undefined for one that does not say of which. */
const commands: Readonly<
  Record<string, (sent: Sent & { readonly to: Receiver }, config: Config) => ReturnType<Reader>>
> = {
  'RC:RcCmd'({ to, senderId, content, sentAt, raw }, config) {
    const recall = recallCommand(object.parse(content));
    // The command goes out in the name of the message's sender even when an administrator recalled.
    const actorId = recall?.isByAdmin ? null : senderId;
    return recall && recalled({ ...recall, to, senderId, actorId, recalledAt: sentAt, sentAt: null, raw }, config);
  },
  'RC:ReadNtf': readReceipt,
  'RC:SRSMsg': readOwnReading,
  'RC:RRRspMsg': readGroupReceipt,
};

function told(sent: Sent, config: Config): ReturnType<Reader> {
  const { to, objectName, messageUid, sentAt } = sent;
  if (!to) return undefined;
  const command = ownOf(commands, objectName ?? '')?.({ ...sent, to }, config);
  if (command) return command;
  const message = toMessage({ ...sent, to, objectName: objectName ?? '', ...audienceOf(sent.receiverIds) }, config);
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
