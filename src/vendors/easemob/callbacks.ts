import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EventPayload, ToldEvent } from '../../domain/event.ts';
import type { Message, ReceiverKind } from '../../domain/message.ts';
import { AppError } from '../../errors.ts';
import { parseJson } from '../../net/json.ts';
import type { CallbackContract, CallbackRequest, ReadCallback } from '../vendor.ts';
import type { Config } from './app-config.ts';
import { id as idSchema, moment } from './endpoints/values.ts';
import { bareUserId, isServerName } from './ids.ts';
import { dedupeKeys } from './limits.ts';
import { readMessage } from './message.ts';
import { verify } from './signature.ts';

const text = z.string().min(1).optional().catch(undefined);
/** An id, however it is written. */
const idText = idSchema.optional().catch(undefined);
const fields = z.looseObject({}).catch({});

const bodySchema = z.looseObject({
  callId: idText,
  eventType: text,
  chat_type: text,
  content_type: text,
  channel_channel: text,
  event: text,
  operation: text,
  step: text,
  reason: text,
  status: z.unknown().optional(),
  from: idText,
  to: idText,
  group_id: idText,
  msg_id: idText,
  recall_id: idText,
  timestamp: moment,
  payload: fields,
});
type Body = z.output<typeof bodySchema>;

const payloadSchema = z.looseObject({
  type: text,
  operation: text,
  from: idText,
  to: idText,
  ack_message_id: idText,
  edit_message_id: idText,
  meta: z.object({ edit_msg: fields }).catch({ edit_msg: {} }),
});

/** How the vendor's callbacks are told true and read. */
export const callbacks: CallbackContract<Config> = {
  // The callId of a message is that of its offline callbacks too, and both sides of a friendship have one (easemob.yaml, callbacks).
  signatures: 'shared',
  verify,
  read,
  // At most 1000 characters, and ignored (easemob.yaml, callbacks).
  acknowledgement: { status: 200, contentType: 'application/json', body: '{}' },
};

function read(request: CallbackRequest, config: Config): ReadCallback {
  const json = parsed(request.body);
  const known = bodySchema.safeParse(json);
  const body: Body = known.success ? known.data : { payload: {}, status: undefined };
  const id = idOf(body);
  const occurredAt = body.timestamp ?? new Date(0);
  const dedupeKey = dedupeKeyOf(id, body, request.body);
  const payload = payloadOf(id, body, config, json);
  const event: ToldEvent = { dedupeKey, occurredAt, payload };
  return { id, events: [event] };
}

function parsed(body: string): unknown {
  try {
    return parseJson(body);
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', 'The callback is not JSON.', { cause });
  }
}

/** Which callback it is, by the catalogue; null when none fits. Told by different fields, the more telling first. */
function idOf(body: Body): string | null {
  const name = nameOf(body);
  const id = name === undefined ? null : `easemob.callback.${name}`;
  return id !== null && dedupeKeys.has(id) ? id : null;
}

function nameOf(body: Body): string | undefined {
  const payload = payloadSchema.parse(body.payload);
  if (body.event === 'group_op_event') {
    return ['groupOp', body.operation, payload.type].filter(Boolean).join('.').replace(/\..*/, lower);
  }
  if (body.eventType === 'moderation') return 'moderation.result';
  if (body.eventType === 'keyword_alert') return 'moderation.keyword';
  if (body.eventType === 'chat_offline') return 'message.offline';
  // Pushes have the chat type of their message.
  if (body.step !== undefined) return 'push.result';
  if (body.chat_type === undefined)
    return body.reason && body.status !== undefined ? `userStatus.${body.reason}` : undefined;
  return byChatType.get(body.chat_type)?.(body, payload);
}

const lower = (rest: string) => rest.toLowerCase();

type Payload = z.output<typeof payloadSchema>;

/** Messages come after they were sent; without an `eventType` they are asked about before. */
const sent = (name: string) => (body: Body) => (body.eventType === undefined ? 'preSend' : name);

type NameOf = (body: Body, payload: Payload) => string | undefined;

const byChatType: ReadonlyMap<string, NameOf> = new Map<string, NameOf>([
  ['chat', sent('message.user')],
  ['groupchat', (body, payload) => sent(isChatroom(body, payload) ? 'message.chatroom' : 'message.group')(body)],
  ['chatroom', sent('message.chatroom')],
  ['recall', () => 'message.recall'],
  ['edit', () => 'message.edit'],
  ['read_ack', (body) => (isGroupAck(body) ? 'ack.groupRead' : 'ack.read')],
  ['channel_ack', () => 'ack.conversation'],
  ['muc', (_, payload) => payload.operation && `muc.${payload.operation}`],
  ['roster', (_, payload) => payload.operation && `roster.${payload.operation}`],
  ['notify', (_, payload) => payload.type],
]);

/** Chatrooms come as groups; what tells them apart is there from 2024 on. */
const isChatroom = ({ content_type }: Body, { type }: Payload) =>
  content_type?.startsWith('chat:room') === true || type === 'chatroom';

const isGroupAck = ({ channel_channel, content_type }: Body) =>
  channel_channel !== undefined || content_type === 'chat:ack:read';

/** What the catalogue says identifies the event; a digest of the body where that is not there. */
function dedupeKeyOf(id: string | null, body: Body, raw: string): string {
  const values = (dedupeKeys.get(id ?? '') ?? ['callId']).map((path) => valueAt(body, path));
  // A device is named by some pushes only.
  if (typeof values[0] === 'string') return values.map((value) => String(value ?? '')).join('|');
  return createHash('sha256').update(raw).digest('hex');
}

function valueAt(body: Body, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => fields.parse(value)[key], body);
}

function payloadOf(id: string | null, body: Body, config: Config, raw: unknown): EventPayload {
  const reader = id === null ? undefined : readers[id];
  const unknown: EventPayload = {
    type: 'UNKNOWN',
    callback: id ?? body.event ?? body.eventType ?? body.chat_type ?? '',
  };
  return reader?.(body, config, raw) ?? unknown;
}

type Reader = (body: Body, config: Config, raw: unknown) => EventPayload | undefined;

const readSent =
  (kind: ReceiverKind): Reader =>
  (body, config, raw) => {
    const { from, to, msg_id, payload } = body;
    const receiver = kind === 'direct' ? to : (body.group_id ?? to);
    if (!from || !receiver || !msg_id) return undefined;
    const envelope = { to: { kind, id: receiver }, from, id: msg_id, sentAt: timeOf(body), raw };
    const message = readMessage({ ...envelope, config }, payload);
    // Whether a client or a server sent it is told only where no client could be the sender.
    return { type: 'MESSAGE_SENT', message, source: message.isFromUser ? 'UNKNOWN' : 'SERVER' };
  };

const readers: Readonly<Partial<Record<string, Reader>>> = {
  'easemob.callback.message.user': readSent('direct'),
  'easemob.callback.message.group': readSent('group'),
  'easemob.callback.message.chatroom': readSent('chatroom'),
  'easemob.callback.message.edit': readEdit,
  'easemob.callback.message.recall': readRecall,
};

const editSchema = z.looseObject({
  chat_type: text,
  sender: text,
  operator: text,
  count: z.int().nullable().catch(null),
  edit_time: moment,
  send_time: moment,
});

const editKinds: ReadonlyMap<string, ReceiverKind> = new Map([
  ['chat:user', 'direct'],
  ['chat:group', 'group'],
  ['chat:room', 'chatroom'],
]);

/** The outer sender and receiver of the 2024 edition are internal: what the payload says comes first. */
function readEdit(body: Body, config: Config, raw: unknown): EventPayload | undefined {
  const payload = payloadSchema.parse(body.payload);
  const edit = editSchema.parse(payload.meta.edit_msg);
  const from = edit.sender ?? payload.from ?? body.from;
  const to = payload.to ?? body.to;
  const id = payload.edit_message_id;
  if (!from || !to || !id) return undefined;
  const kind = editKinds.get(edit.chat_type ?? '') ?? kindOf(body, to);
  const sentAt = edit.send_time ?? null;
  const message: Message = {
    ...readMessage({ to: { kind, id: to }, from, id, sentAt, raw, config }, body.payload),
    editedAt: edit.edit_time ?? timeOf(body),
  };
  const operator = edit.operator && bareUserId(edit.operator, config);
  const actorId = operator && !isServerName(operator, config.systemUser) ? operator : null;
  return { type: 'MESSAGE_EDITED', message, actorId, editCount: edit.count };
}

function readRecall(body: Body, config: Config, raw: unknown): EventPayload | undefined {
  const { from, to, recall_id } = body;
  const id = recall_id ?? payloadSchema.parse(body.payload).ack_message_id;
  if (!from || !to || !id) return undefined;
  const kind = kindOf(body, to);
  const envelope = { to: { kind, id: to }, from, id, sentAt: null, raw, config };
  const message: Message = {
    ...readMessage(envelope, {}),
    content: { kind: 'RECALLED', recalledById: null, note: null },
    recalledAt: timeOf(body),
  };
  // By client, server or console: the vendor does not tell who (easemob.callback.message.recall).
  return { type: 'MESSAGE_RECALLED', message, actorId: null, isByAdmin: null, isWithoutTrace: null, note: null };
}

/** `group_id` is missing in the vendor's own example of a group: ids of groups have 14 digits and more. */
function kindOf({ group_id }: Body, to: string): ReceiverKind {
  return group_id !== undefined || /^\d{14,20}$/.test(to) ? 'group' : 'direct';
}

const timeOf = ({ timestamp }: Body): Date | null => timestamp ?? null;
