import { z } from 'zod';
import type { Message, ReceiverKind } from '../../../domain/message.ts';
import { moment } from '../endpoints/values.ts';
import { bareUserId } from '../ids.ts';
import { readMessage } from '../message.ts';
import { type Body, fields, idText, text } from './body.ts';
import { actorOf, kindOf, type Reader, type Readers, reading, type Source, someId } from './reader.ts';

const sentSchema = z.looseObject({ from: someId, to: idText, group_id: idText, msg_id: someId, payload: fields });

const readSent = (kind: ReceiverKind): Reader =>
  reading(sentSchema, ({ from, to, group_id, msg_id, payload }, { raw, config, at }) => {
    const receiver = kind === 'direct' ? to : (group_id ?? to);
    if (receiver === undefined) return undefined;
    const message = readMessage({ to: { kind, id: receiver }, from, id: msg_id, sentAt: at, raw, config }, payload);
    // Whether a client or a server sent it is told only where no client could be the sender; see `MessageSources` for the rest.
    return { type: 'MESSAGE_SENT', message, source: message.isFromUser ? 'UNKNOWN' : 'SERVER' };
  });

/** In groups, too, the receiver is the user who was offline. */
const readOffline = reading(
  sentSchema.extend({ to: someId }),
  ({ from, to, group_id, msg_id, payload }, { raw, config, at }) => {
    const receiver = group_id === undefined ? ({ kind: 'direct', id: to } as const) : spaceOf(group_id);
    const envelope = { to: receiver, from, id: msg_id, sentAt: at, raw, config };
    return {
      type: 'RECEIVER_OFFLINE',
      message: readMessage(envelope, payload),
      receiverId: bareUserId(to, config),
    };
  },
);

const spaceOf = (id: string) => ({ kind: 'group', id }) as const;

const editSchema = z.looseObject({
  from: idText,
  to: idText,
  group_id: idText,
  payload: z.looseObject({
    from: idText,
    to: idText,
    edit_message_id: someId,
    meta: z
      .looseObject({
        edit_msg: z.looseObject({
          chat_type: text,
          sender: text,
          operator: text,
          count: z.int().nullable().catch(null),
          edit_time: moment,
          send_time: moment,
        }),
      })
      .optional()
      .catch(undefined),
  }),
});

/** The outer sender and receiver of the 2024 edition are internal: what the payload says comes first. */
const readEdit = reading(editSchema, ({ payload, ...outer }, { body, raw, config, at }) => {
  const edit = payload.meta?.edit_msg;
  const from = edit?.sender ?? payload.from ?? outer.from;
  const to = payload.to ?? outer.to;
  if (from === undefined || to === undefined) return undefined;
  const named = kindOf(edit?.chat_type ?? '');
  const kind = named ?? guessedKind(body, to);
  const sentAt = edit?.send_time ?? null;
  const message: Message = {
    ...readMessage({ to: { kind, id: to }, from, id: payload.edit_message_id, sentAt, raw, config }, payload),
    editedAt: edit?.edit_time ?? at,
  };
  const actorId = actorOf(edit?.operator, config);
  const told = { type: 'MESSAGE_EDITED', message, actorId, editCount: edit?.count ?? null } as const;
  return [{ payload: told, isKindGuessed: named === undefined && body.group_id === undefined }];
});

const recallSchema = z.looseObject({
  from: someId,
  to: someId,
  recall_id: idText,
  payload: z.looseObject({ ack_message_id: idText }).catch({ ack_message_id: undefined }),
});

const readRecall = reading(recallSchema, ({ from, to, recall_id, payload }, source) => {
  const id = recall_id ?? payload.ack_message_id;
  if (id === undefined) return undefined;
  const message: Message = {
    ...named({ to: { kind: guessedKind(source.body, to), id: to }, from, id }, source),
    content: { kind: 'RECALLED', recalledById: null, note: null },
    recalledAt: source.at,
  };
  // By client, server or console: the vendor does not tell who (easemob.callback.message.recall).
  const unknown = { actorId: null, isByAdmin: null, isWithoutTrace: null, note: null } as const;
  const isKindGuessed = source.body.group_id === undefined;
  return [{ payload: { type: 'MESSAGE_RECALLED', message, ...unknown }, isKindGuessed }];
});

/**
 * `group_id` is missing in the vendor's own example of a group: ids of groups have 14 digits and more, and so may those of users.
 * The message itself says better where it is known.
 */
function guessedKind({ group_id }: Body, to: string): ReceiverKind {
  return group_id !== undefined || /^\d{14,20}$/.test(to) ? 'group' : 'direct';
}

/** A message that a callback names only. */
export function named(
  { to, from, id }: { readonly to: Message['to']; readonly from: string; readonly id: string },
  { raw, config }: Source,
): Message {
  return readMessage({ to, from, id, sentAt: null, raw, config }, undefined);
}

const ackSchema = z.looseObject({ from: someId, to: someId, payload: z.looseObject({ ack_message_id: someId }) });

/** The receipt goes to who sent the message. */
const readAck = reading(ackSchema, ({ from, to, payload }, source) => ({
  type: 'MESSAGE_READ',
  message: named({ to: { kind: 'direct', id: from }, from: to, id: payload.ack_message_id }, source),
  readerId: bareUserId(from, source.config),
}));

/** Who sent the message is not told: in its place stands the app's own name, until the index knows better. */
const readGroupAck = reading(ackSchema, ({ from, to, payload }, source) => ({
  type: 'MESSAGE_READ',
  message: named({ to: spaceOf(to), from: source.config.systemUser, id: payload.ack_message_id }, source),
  readerId: bareUserId(from, source.config),
}));

const readConversationAck = reading(z.looseObject({ from: someId, to: someId }), ({ from, to }, { config }) => ({
  type: 'CONVERSATION_READ',
  readerId: bareUserId(from, config),
  peer: { kind: 'direct', id: bareUserId(to, config) },
}));

export const messageReaders: Readers = {
  'message.user': readSent('direct'),
  'message.group': readSent('group'),
  'message.chatroom': readSent('chatroom'),
  'message.offline': readOffline,
  'message.edit': readEdit,
  'message.recall': readRecall,
  'ack.read': readAck,
  'ack.groupRead': readGroupAck,
  'ack.conversation': readConversationAck,
};
