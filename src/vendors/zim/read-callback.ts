import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ToldEvent } from '../../domain/event.ts';
import type { Message, Receiver } from '../../domain/message.ts';
import type { ReadCallback } from '../vendor.ts';
import type { Config } from './app-config.ts';
import { readContent } from './read-content.ts';
import { jsonOfText, textOfJson } from './text.ts';

type Body = Readonly<Record<string, unknown>>;

/** The callbacks of the catalogue by the vendor's event, with what identifies each. */
const known: Readonly<Record<string, { readonly id: string; readonly dedupe: readonly string[] }>> = {
  user_action: {
    id: 'zim.callback.user.action',
    dedupe: ['user_id', 'session_id', 'action', 'login_time', 'logout_time', 'offline_time'],
  },
  room_create: { id: 'zim.callback.room.created', dedupe: ['room_id', 'timestamp'] },
  room_enter: { id: 'zim.callback.room.entered', dedupe: ['room_id', 'operator_account', 'timestamp'] },
  room_exit: { id: 'zim.callback.room.left', dedupe: ['room_id', 'exit_user_ids', 'timestamp'] },
  room_destroy: { id: 'zim.callback.room.destroyed', dedupe: ['room_id', 'timestamp'] },
  group_create: { id: 'zim.callback.group.created', dedupe: ['group_id', 'timestamp'] },
  group_join: { id: 'zim.callback.group.joined', dedupe: ['group_id', 'new_user_ids', 'timestamp'] },
  group_exit: { id: 'zim.callback.group.left', dedupe: ['group_id', 'exit_user_ids', 'timestamp'] },
  group_destroy: { id: 'zim.callback.group.destroyed', dedupe: ['group_id'] },
  call_create: { id: 'zim.callback.call.created', dedupe: ['call_id', 'event'] },
  call_cancel: { id: 'zim.callback.call.canceled', dedupe: ['call_id', 'event'] },
  call_accept: { id: 'zim.callback.call.accepted', dedupe: ['call_id', 'user_id', 'event'] },
  call_reject: { id: 'zim.callback.call.rejected', dedupe: ['call_id', 'user_id', 'event'] },
  call_timeout: { id: 'zim.callback.call.timedOut', dedupe: ['call_id', 'user_ids', 'event'] },
  call_invite: { id: 'zim.callback.call.invitedDuring', dedupe: ['call_id', 'inviter', 'invite_time'] },
  before_send_msg: { id: 'zim.callback.message.before', dedupe: ['request_id'] },
  send_msg: { id: 'zim.callback.message.sent', dedupe: ['msg_id', 'msg_seq', 'msg_time'] },
  bot_msg: { id: 'zim.callback.bot.message', dedupe: ['msg_id', 'msg_seq', 'msg_time'] },
};

/** Reads a callback's fields into events: those of `send_msg`, and `UNKNOWN` for every other. Never throws. */
export function readCallback(signed: Body, { systemUser }: Pick<Config, 'systemUser'>): ReadCallback {
  // What the signature is made of tells nothing, differs between repeats, and is not to be kept.
  const { signature: _, nonce: __, ...body } = signed;
  const event = typeof body['event'] === 'string' ? body['event'] : '';
  const entry = Object.hasOwn(known, event) ? known[event] : undefined;
  const sent = event === 'send_msg' ? sentSchema.safeParse(body) : undefined;
  const events = sent?.success ? sentEvents(sent.data, body, systemUser) : [];
  if (entry && events.length > 0) return { id: entry.id, events };
  // A message that could not be read may lack what identifies it.
  const parts = sent ? undefined : entry?.dedupe.map((name) => body[name]);
  const isComplete = parts?.some((part) => part !== undefined) ?? false;
  return {
    id: entry?.id ?? null,
    events: [
      {
        dedupeKey: isComplete ? keyOf(event, parts) : keyOf(event, [hash(body)]),
        occurredAt: momentOf(body['timestamp']),
        payload: { type: 'UNKNOWN', callback: event || 'unnamed' },
      },
    ],
  };
}

/** Long keys are hashed. */
function keyOf(event: string, parts: readonly unknown[] = []): string {
  const key = `${event}:${parts.map((part) => textOfJson(part ?? '')).join(':')}`;
  return key.length <= 300 ? key : `${event.slice(0, 64)}:${hash(key)}`;
}

const hash = (value: unknown) => createHash('sha256').update(textOfJson(value)).digest('hex').slice(0, 32);

/** Seconds or milliseconds, as a number or text; the epoch when it is neither. */
function momentOf(timestamp: unknown): Date {
  const value = Number(timestamp);
  if (!Number.isFinite(value) || value <= 0 || value > 1e14) return new Date(0);
  return new Date(value < 1e11 ? value * 1000 : value);
}

const whole = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    const read = value === '' || value === null || value === undefined ? Number.NaN : Number(value);
    return Number.isSafeInteger(read) ? read : undefined;
  });
const idText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === undefined || value === null ? '' : String(value)));

const listSchema = z.array(z.object({ UserId: z.string().min(1), MsgId: idText, MsgSeq: whole }));

const sentSchema = z.object({
  from_user_id: z.string().min(1),
  conv_type: whole,
  conv_id: idText,
  msg_type: whole,
  sub_msg_type: whole,
  source: whole,
  msg_body: z.unknown(),
  msg_id: idText,
  msg_seq: whole,
  payload: z.string().nullish(),
  msg_time: whole,
  timestamp: z.unknown(),
  send_result: whole,
  // In a form it is JSON text.
  user_list: z
    .preprocess((value) => (typeof value === 'string' ? jsonOfText(value) : value), listSchema.nullish())
    .transform((list) => list ?? []),
});

type Sent = z.output<typeof sentSchema>;

const receiverKinds = { 0: 'direct', 1: 'chatroom', 2: 'group' } as const;

interface Copy {
  readonly to: Receiver;
  readonly msgId: string;
  readonly msgSeq: number | undefined;
  readonly hasFailed: boolean;
}

/**
 * One event for each receiver: a send to several users is one callback with a list. None when nobody is named, as in
 * apps for which the vendor has not switched the list on.
 */
function sentEvents(sent: Sent, body: Body, systemUser: string): ToldEvent[] {
  return copiesOf(sent).map((copy) => sentEvent(sent, copy, body, systemUser));
}

function copiesOf(sent: Sent): Copy[] {
  const kind = sent.conv_type === 1 || sent.conv_type === 2 ? receiverKinds[sent.conv_type] : receiverKinds[0];
  const hasFailed = (sent.send_result ?? 0) !== 0;
  if (sent.conv_id !== '')
    return [{ to: { kind, id: sent.conv_id }, msgId: sent.msg_id, msgSeq: sent.msg_seq, hasFailed }];
  return sent.user_list.map(({ UserId, MsgId, MsgSeq }) => ({
    to: { kind, id: UserId },
    msgId: MsgId,
    msgSeq: MsgSeq,
    hasFailed: hasFailed || MsgId === '',
  }));
}

function sentEvent(sent: Sent, copy: Copy, body: Body, systemUser: string): ToldEvent {
  const { to, msgId, msgSeq, hasFailed } = copy;
  const occurredAt = momentOf(sent.msg_time ?? sent.timestamp);
  const isFromServer = sent.source === 1;
  const message: Message = {
    to,
    senderId: sent.from_user_id,
    key: messageKey(copy, occurredAt),
    vendorId: msgId || null,
    sequence: msgSeq || null,
    isFromUser: sent.from_user_id !== systemUser,
    content: readContent({ type: sent.msg_type, subtype: sent.sub_msg_type, body: sent.msg_body }),
    mentions: null,
    sentAt: hasFailed ? null : occurredAt,
    editedAt: null,
    recalledAt: null,
    metadata: jsonOfText(sent.payload),
    raw: body,
  };
  // The same callback comes again after an edit, told from the original by nothing but its content (catalogue: note).
  const content = hash([sent.msg_type, sent.msg_body, sent.payload ?? '', sent.send_result ?? 0]);
  const place = `${to.kind}:${to.id}`;
  return {
    dedupeKey: keyOf('send_msg', [msgId || place, msgSeq, sent.msg_time, content]),
    occurredAt,
    payload: hasFailed
      ? { type: 'MESSAGE_SEND_FAILED', message, reason: sent.send_result ? String(sent.send_result) : null }
      : { type: 'MESSAGE_SENT', message, source: isFromServer ? 'SERVER' : 'CLIENT' },
  };
}

/** Its number; a message without one cannot be recalled or asked for, but must be told from others. */
function messageKey({ msgSeq, msgId }: Copy, occurredAt: Date): string {
  if (msgSeq) return String(msgSeq);
  return msgId ? `id-${msgId}` : `at-${occurredAt.getTime()}`;
}
