import { z } from 'zod';
import type { Message, Receiver } from '../../../domain/message.ts';
import type { Config } from '../app-config.ts';
import { readContent } from '../read-content.ts';
import { jsonOfText } from '../text.ts';
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
  user_list: z.preprocess((value) => (typeof value === 'string' ? jsonOfText(value) : value), list).catch([]),
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
}

/**
 * One event for each receiver: a send to several users is one callback with a list. Undefined when nobody is named, as in
 * apps for which the vendor has not switched the list on.
 */
export function readSent(body: Body, sender: Sender): readonly Told[] | undefined {
  const sent = sentSchema.safeParse(body);
  const copies = sent.success ? copiesOf(sent.data) : [];
  if (!sent.success || copies.length === 0) return undefined;
  return copies.map((copy) =>
    copy.hasFailed ? failed(sent.data, copy, body, sender) : told(sent.data, copy, body, sender),
  );
}

/** What a bot's id begins with (catalogue: quirks). */
const botMark = '@RBT#';

/** Told beside the same message's `send_msg`, and once only where a bot did not get it: that has the same key. */
export function readBotMessage(body: Body, sender: Sender): readonly Told[] | undefined {
  const sent = sentSchema.safeParse(body);
  const copies = sent.success ? copiesOf(sent.data).filter(({ to }) => to.id.startsWith(botMark)) : [];
  if (!sent.success || copies.length === 0) return undefined;
  return copies.map((copy) => {
    if (copy.hasFailed) return failed(sent.data, copy, body, sender);
    const message = messageOf(sent.data, copy, body, sender);
    return {
      payload: { type: 'BOT_MESSAGE_RECEIVED', message, botId: copy.to.id, data: null },
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
    return [{ to: { kind, id: sent.conv_id }, msgId: sent.msg_id, msgSeq: sent.msg_seq, hasFailed }];
  return sent.user_list.map(({ UserId, MsgId, MsgSeq }) => ({
    to: { kind, id: UserId },
    msgId: MsgId,
    msgSeq: MsgSeq,
    hasFailed: hasFailed || MsgId === '',
  }));
}

const timeOf = (sent: Sent): Date => momentOf(sent.msg_time ?? sent.timestamp) ?? new Date(0);

const placeOf = ({ kind, id: name }: Receiver) => `${kind}:${name}`;

/** The same callback comes again after an edit, told from the original by nothing but its content (catalogue: note). */
const sentKey = (sent: Sent, { to, msgId, msgSeq }: Copy): string =>
  keyOf('send_msg', [
    msgId || placeOf(to),
    msgSeq,
    sent.msg_time,
    hash([sent.msg_type, sent.msg_body, sent.payload ?? '', sent.send_result ?? 0]),
  ]);

function told(sent: Sent, copy: Copy, body: Body, sender: Sender): Told {
  const message = messageOf(sent, copy, body, sender);
  // Absent, not 0, for clients (catalogue: quirks).
  const source = sent.source === 1 ? 'SERVER' : 'CLIENT';
  return {
    payload: { type: 'MESSAGE_SENT', message, source },
    occurredAt: timeOf(sent),
    dedupeKey: sentKey(sent, copy),
  };
}

function failed(sent: Sent, copy: Copy, body: Body, sender: Sender): Told {
  const message = { ...messageOf(sent, copy, body, sender), sentAt: null };
  const reason = sent.send_result ? String(sent.send_result) : null;
  return {
    payload: { type: 'MESSAGE_SEND_FAILED', message, reason },
    occurredAt: timeOf(sent),
    dedupeKey: sentKey(sent, copy),
  };
}

function messageOf(sent: Sent, { to, msgId, msgSeq }: Copy, body: Body, { systemUser }: Sender): Message {
  const sentAt = timeOf(sent);
  return {
    to,
    senderId: sent.from_user_id,
    key: messageKey(msgId, msgSeq, sentAt),
    vendorId: msgId || null,
    sequence: msgSeq || null,
    isFromUser: sent.from_user_id !== systemUser,
    content: readContent({ type: sent.msg_type, subtype: sent.sub_msg_type, body: sent.msg_body }),
    mentions: null,
    sentAt,
    editedAt: null,
    recalledAt: null,
    metadata: jsonOfText(sent.payload),
    raw: body,
  };
}

/** Its number; a message without one cannot be recalled or asked for, but must be told from others. */
export function messageKey(msgId: string, msgSeq: number | undefined, at: Date): string {
  if (msgSeq) return String(msgSeq);
  return msgId ? `id-${msgId}` : `at-${at.getTime()}`;
}
