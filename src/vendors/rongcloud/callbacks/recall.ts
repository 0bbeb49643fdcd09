import { z } from 'zod';
import type { Receiver } from '../../../domain/message.ts';
import type { Config } from '../app-config.ts';
import type { JsonObject } from '../json.ts';
import { toMessage } from '../message.ts';
import { flag, id, keyOf, moment, object, type Reader, receiverOf, type Told, text, whole } from './fields.ts';

/** How a recall was done. */
interface Recall {
  readonly messageUid: string;
  readonly isByAdmin: boolean | null;
  readonly isWithoutTrace: boolean | null;
  readonly note: string | null;
}

interface Recalled extends Recall {
  readonly to: Receiver;
  /** Who recalled, where the vendor does not say who had sent it. */
  readonly senderId: string;
  readonly actorId: string | null;
  readonly sentAt: Date | null;
  readonly recalledAt: Date | null;
  readonly raw: JsonObject;
}

const commandSchema = z.object({
  messageUId: text,
  messageUID: text,
  isAdmin: flag,
  isDelete: flag,
  extra: text,
});

/** The content of a message of type RC:RcCmd; undefined for one that names no message. */
export function recallCommand(content: JsonObject): Recall | undefined {
  const { messageUId, messageUID, isAdmin, isDelete, extra } = commandSchema.parse(content);
  const messageUid = messageUId ?? messageUID;
  if (messageUid === null) return undefined;
  return { messageUid, isByAdmin: isAdmin, isWithoutTrace: isDelete, note: extra };
}

export function recalled(recall: Recalled, config: Config): Told {
  const { messageUid, to, senderId, sentAt, recalledAt, raw } = recall;
  const message = toMessage(
    { to, senderId, messageUid, sentAt, raw, objectName: 'RC:RcCmd', content: undefined },
    config,
  );
  const { actorId, isByAdmin, isWithoutTrace, note } = recall;
  return {
    // A message is recalled once, whichever of the two callbacks tells it.
    dedupeKey: keyOf('message.recalled', [messageUid]),
    occurredAt: recalledAt,
    payload: {
      type: 'MESSAGE_RECALLED',
      message: { ...message, recalledAt },
      actorId,
      isByAdmin,
      isWithoutTrace,
      note,
    },
  };
}

const shared = {
  fromUserId: id,
  optTime: moment,
  conversationInfo: z.object({ conversationType: z.unknown(), targetId: id }),
};
const original = z.object({ messageId: id, messageTime: moment });

const recallSchema = z.object({
  ...shared,
  originalMsgInfo: original,
  recallMsgInfo: object.pipe(commandSchema),
});

const deletionSchema = z.object({
  ...shared,
  originalMsgInfo: original.nullable().catch(null),
  deleteMsgInfo: object.pipe(z.object({ deleteType: whole, msgTimestamp: moment })),
});

/** What `eventType` of the callback of recalls and deletions says. */
const operations = { recall: 1, deletion: 2 } as const;
/** What `deleteType` of a deletion says. */
const deletions = { messages: 1, untilMoment: 2 } as const;

export const readOperation: Reader = (item, config) => {
  switch (whole.parse(item['eventType'])) {
    case operations.recall:
      return readRecall(item, config);
    case operations.deletion:
      return readDeletion(item, config);
    default:
      return undefined;
  }
};

function readRecall(item: JsonObject, config: Config): Told | undefined {
  const parsed = recallSchema.safeParse(item);
  if (!parsed.success) return undefined;
  const { fromUserId, optTime, conversationInfo, originalMsgInfo, recallMsgInfo } = parsed.data;
  const to = receiverOf(conversationInfo.conversationType, conversationInfo.targetId);
  if (!to) return undefined;
  const facts = {
    messageUid: originalMsgInfo.messageId,
    sentAt: originalMsgInfo.messageTime,
    isByAdmin: recallMsgInfo.isAdmin,
    isWithoutTrace: recallMsgInfo.isDelete,
    note: recallMsgInfo.extra,
    recalledAt: optTime,
  };
  return recalled({ ...facts, to, senderId: fromUserId, actorId: fromUserId, raw: item }, config);
}

/** Who had sent the messages is not told: who deleted them stands there until the index of messages knows better. */
function readDeletion(item: JsonObject, config: Config): Told | undefined {
  const parsed = deletionSchema.safeParse(item);
  if (!parsed.success) return undefined;
  const { fromUserId: senderId, optTime, conversationInfo, originalMsgInfo, deleteMsgInfo } = parsed.data;
  const { deleteType, msgTimestamp } = deleteMsgInfo;
  const peer = receiverOf(conversationInfo.conversationType, conversationInfo.targetId);
  const isOfMessages = deleteType === deletions.messages && originalMsgInfo !== null;
  const isUntilMoment = deleteType === deletions.untilMoment && msgTimestamp !== null;
  if (!peer || !(isOfMessages || isUntilMoment)) return undefined;
  const deleted = isOfMessages ? [originalMsgInfo] : [];
  const messages = deleted.map(({ messageId, messageTime }) => ({
    ...toMessage(
      { to: peer, senderId, messageUid: messageId, sentAt: messageTime, objectName: '', content: undefined, raw: item },
      config,
    ),
    content: null,
  }));
  return {
    occurredAt: optTime,
    payload: {
      type: 'MESSAGES_DELETED',
      userId: senderId,
      peer,
      messages,
      before: isOfMessages ? null : msgTimestamp,
    },
  };
}
