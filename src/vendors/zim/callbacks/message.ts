import { z } from 'zod';
import type { EventPayload } from '../../../domain/event.ts';
import type { Message, Receiver } from '../../../domain/message.ts';
import { dataOf } from '../../../net/data-text.ts';
import type { Config } from '../app-config.ts';
import { messageKeyOf } from '../message-key.ts';
import { readContent } from '../read-content.ts';
import type { Body } from './body.ts';
import { hash, id, keyOf, momentOf, type Told, whole } from './fields.ts';

export type Sender = Pick<Config, 'systemUser'>;

/** An id that may be missing or empty. */
const idText = id.catch('');

export const messageFields = {
  from_user_id: id,
  conv_type: whole,
  conv_id: idText,
  msg_type: whole,
  sub_msg_type: whole,
  msg_body: z.unknown().optional(),
  msg_id: idText,
  payload: z.string().nullish().catch(null),
};

const list = z.array(z.object({ UserId: id, MsgId: idText, MsgSeq: whole }));

const sentSchema = z.object({
  ...messageFields,
  source: whole,
  msg_seq: whole,
  msg_time: whole,
  timestamp: z.unknown().optional(),
  send_result: whole,
  // In a form it is JSON text.
  user_list: z.preprocess((value) => (typeof value === 'string' ? dataOf(value) : value), list).catch([]),
});

type Sent = z.output<typeof sentSchema>;

const receiverKinds = { 0: 'direct', 1: 'chatroom', 2: 'group' } as const;

/** The kind of a conversation by the vendor's number; undefined for channels, which have no place in the domain. */
export const kindOf = (type: number | undefined): Receiver['kind'] | undefined =>
  type === 0 || type === 1 || type === 2 ? receiverKinds[type] : undefined;

/** One receiver's share of a message. */
interface Copy {
  readonly to: Receiver;
  readonly msgId: string;
  readonly msgSeq: number | undefined;
  readonly hasFailed: boolean;
  /** Whether it is one of a list. */
  readonly isListed: boolean;
}

/**
 * One event for each receiver: a send to several users is one callback with a list. Undefined when nobody is named, as in
 * apps for which the vendor has not switched the list on.
 */
export function readSent(body: Body, sender: Sender): readonly Told[] | undefined {
  const sent = sentSchema.safeParse(body);
  const copies = sent.success ? copiesOf(sent.data) : [];
  if (!sent.success || copies.length === 0) return undefined;
  const message = messageOf(sent.data, body, sender);
  const key = sentKeys(sent.data);
  return copies.map((copy) => {
    const about = { payload: toldOf(sent.data, copy, message(copy)), occurredAt: timeOf(sent.data) };
    return { ...about, dedupeKey: key(copy) };
  });
}

function toldOf(sent: Sent, { hasFailed }: Copy, message: Message): EventPayload {
  if (hasFailed) {
    const reason = sent.send_result ? String(sent.send_result) : null;
    return { type: 'MESSAGE_SEND_FAILED', message: { ...message, sentAt: null }, reason };
  }
  // Absent, not 0, for clients (catalogue: quirks).
  return { type: 'MESSAGE_SENT', message, source: sent.source === 1 ? 'SERVER' : 'CLIENT' };
}

/** What a bot's id begins with (catalogue: quirks). */
const botMark = '@RBT#';

/** Told beside the same message's `send_msg`, and once only where a bot did not get it: that has the same key. */
export function readBotMessage(body: Body, sender: Sender): readonly Told[] | undefined {
  const sent = sentSchema.safeParse(body);
  const copies = sent.success ? copiesOf(sent.data).filter(({ to }) => to.id.startsWith(botMark)) : [];
  if (!sent.success || copies.length === 0) return undefined;
  const message = messageOf(sent.data, body, sender);
  const key = sentKeys(sent.data);
  return copies.map((copy) => {
    if (copy.hasFailed)
      return {
        payload: toldOf(sent.data, copy, message(copy)),
        occurredAt: timeOf(sent.data),
        dedupeKey: key(copy),
      };
    return {
      payload: { type: 'BOT_MESSAGE_RECEIVED', message: message(copy), botId: copy.to.id, data: null },
      occurredAt: timeOf(sent.data),
      dedupeKey: keyOf('bot_msg', [copy.msgId || placeOf(copy.to), copy.msgSeq, sent.data.msg_time]),
    };
  });
}

function copiesOf(sent: Sent): Copy[] {
  const kind = kindOf(sent.conv_type);
  const hasFailed = (sent.send_result ?? 0) !== 0;
  if (kind === undefined) return [];
  if (sent.conv_id !== '')
    return [{ to: { kind, id: sent.conv_id }, msgId: sent.msg_id, msgSeq: sent.msg_seq, hasFailed, isListed: false }];
  return sent.user_list.map(({ UserId, MsgId, MsgSeq }) => ({
    to: { kind, id: UserId },
    msgId: MsgId,
    msgSeq: MsgSeq,
    hasFailed: hasFailed || MsgId === '',
    isListed: true,
  }));
}

const timeOf = (sent: Sent): Date => momentOf(sent.msg_time ?? sent.timestamp) ?? new Date(0);

const placeOf = ({ kind, id: name }: Receiver) => `${kind}:${name}`;

/** The same callback comes again after an edit, told from the original by nothing but its content (catalogue: note). */
function sentKeys(sent: Sent): (copy: Copy) => string {
  const content = hash([sent.msg_type, sent.msg_body, sent.payload ?? '', sent.send_result ?? 0]);
  return ({ to, msgId, msgSeq }) => keyOf('send_msg', [msgId || placeOf(to), msgSeq, sent.msg_time, content]);
}

/** Makes the message to each of its receivers. What was sent of the others is no part of its raw form. */
function messageOf(sent: Sent, body: Body, { systemUser }: Sender): (copy: Copy) => Message {
  const sentAt = timeOf(sent);
  const { user_list: _, ...own } = body;
  const shared = {
    senderId: sent.from_user_id,
    isFromUser: sent.from_user_id !== systemUser,
    content: readContent({ type: sent.msg_type, subtype: sent.sub_msg_type, body: sent.msg_body }),
    mentions: null,
    sentAt,
    editedAt: null,
    recalledAt: null,
    metadata: dataOf(sent.payload),
  };
  return ({ to, msgId, msgSeq, isListed }) => ({
    ...shared,
    to,
    key: messageKey(msgId, msgSeq, sentAt),
    vendorId: msgId || null,
    sequence: msgSeq || null,
    raw: isListed ? { ...own, user_list: [{ UserId: to.id, MsgId: msgId, MsgSeq: msgSeq }] } : body,
  });
}

/** As the answer to its send has it; one with neither number nor id is told from others by its time. */
export const messageKey = (msgId: string, msgSeq: number | undefined, at: Date): string =>
  messageKeyOf(msgId, msgSeq) ?? `at-${at.getTime()}`;
