import { z } from 'zod';
import { dedupeKeys } from '../limits.ts';
import { type Body, text } from './body.ts';

const payloadSchema = z.looseObject({ type: text, operation: text, share_file: z.unknown().optional() });
type Payload = z.output<typeof payloadSchema>;

/** Which callback it is, by the catalogue; null when none fits. Told by different fields, the more telling first. */
export function idOf(body: Body): string | null {
  const name = nameOf(body);
  const id = name === undefined ? null : `easemob.callback.${name}`;
  return id !== null && dedupeKeys.has(id) ? id : null;
}

/** What the vendor calls one that the catalogue does not have, as far as that can be told. */
export const wordOf = (body: Body): string => nameOf(body) ?? body.chat_type ?? body.event ?? body.eventType ?? '';

function nameOf(body: Body): string | undefined {
  const payload = payloadSchema.parse(body.payload);
  if (body.event === 'group_op_event') return groupOp(body, payload);
  if (body.eventType === 'moderation') return 'moderation.result';
  if (body.eventType === 'keyword_alert') return 'moderation.keyword';
  if (body.eventType === 'chat_offline') return 'message.offline';
  // Pushes have the chat type of their message.
  if (body.step !== undefined) return 'push.result';
  if (body.chat_type === undefined)
    return body.reason && body.status !== undefined ? `userStatus.${body.reason}` : undefined;
  return byChatType.get(body.chat_type)?.(body, payload);
}

function groupOp({ operation }: Body, { type, share_file }: Payload): string {
  // One table of the vendor's gives the deletion of files the operation of properties.
  const name = operation === 'UPDATE' && type === 'REMOVE' && share_file !== undefined ? 'SHARE_FILE' : operation;
  return `groupOp.${[name, type].filter(Boolean).join('.').toLowerCase()}`;
}

/** Messages come after they were sent; without an `eventType` they are asked about before. */
const sent = (name: string) => (body: Body) => (body.eventType === undefined ? 'preSend' : name);

type NameOf = (body: Body, payload: Payload) => string | undefined;

const sentToMany: NameOf = (body, payload) =>
  sent(isChatroom(body, payload) ? 'message.chatroom' : 'message.group')(body);

const byChatType: ReadonlyMap<string, NameOf> = new Map<string, NameOf>([
  ['chat', sent('message.user')],
  ['group', sentToMany],
  ['groupchat', sentToMany],
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
export const isChatroom = ({ chat_type, content_type }: Body, { type }: { readonly type?: string | undefined }) =>
  chat_type === 'chatroom' || content_type?.startsWith('chat:room') === true || type === 'chatroom';

const isGroupAck = ({ channel_channel, content_type }: Body) =>
  channel_channel !== undefined || content_type === 'chat:ack:read';
