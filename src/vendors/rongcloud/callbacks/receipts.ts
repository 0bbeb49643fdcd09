import { z } from 'zod';
import type { Receiver } from '../../../domain/message.ts';
import type { Config } from '../app-config.ts';
import { toMessage } from '../message.ts';
import { ids, type KeyedTold, keyOf, moment, object, type Told } from './fields.ts';
import type { Sent } from './messages.ts';

type Receipt = Pick<Sent, 'senderId' | 'messageUid' | 'content' | 'sentAt' | 'raw'> & { readonly to: Receiver };

const readSchema = z.object({ lastMessageSendTime: moment });

/** A receipt of a one-to-one conversation, which its reader sends: all up to a moment was read. Others have no such receipt. */
export function readReceipt({ senderId, to, messageUid, content, sentAt }: Receipt): Told | undefined {
  if (to.kind !== 'direct') return undefined;
  const { lastMessageSendTime: until } = readSchema.parse(object.parse(content));
  return {
    dedupeKey: keyOf('conversation.read', [messageUid]),
    occurredAt: sentAt,
    payload: { type: 'CONVERSATION_READ', readerId: senderId, peer: to, until },
  };
}

/** What a user has read of a conversation of any kind, which the client sends to the user's other devices and to nobody else. */
export function readOwnReading({ senderId, to, messageUid, content, sentAt }: Receipt): Told {
  const { lastMessageSendTime: until } = readSchema.parse(object.parse(content));
  return {
    dedupeKey: keyOf('conversation.read', [messageUid]),
    occurredAt: sentAt,
    payload: { type: 'CONVERSATION_READ', readerId: senderId, peer: to, until, isOwn: true },
  };
}

const answerSchema = z.object({ receiptMessageDic: z.record(z.string(), ids) });

/** The answer to a request for receipts in a group, which its reader sends: the messages that were read, by their senders. */
export function readGroupReceipt(receipt: Receipt, config: Config): readonly KeyedTold[] | undefined {
  const { senderId: readerId, to, messageUid, content, sentAt, raw } = receipt;
  const answer = answerSchema.safeParse(object.parse(content));
  if (!answer.success) return undefined;
  const read = Object.entries(answer.data.receiptMessageDic).flatMap(([senderId, messageUids]) =>
    messageUids.map((uid) => ({
      to,
      senderId,
      messageUid: uid,
      sentAt: null,
      objectName: '',
      content: undefined,
      raw,
    })),
  );
  return read.map(
    (facts): KeyedTold => ({
      dedupeKey: keyOf('message.read', [messageUid, facts.messageUid]),
      occurredAt: sentAt,
      payload: { type: 'MESSAGE_READ', message: { ...toMessage(facts, config), content: null }, readerId },
    }),
  );
}
