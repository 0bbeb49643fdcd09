import { z } from 'zod';
import { list, post } from '../../../net/endpoint.ts';
import { mapOf } from '../../../net/keyed.ts';
import { data, flag, id, moment, rows, spaceId, userId } from './values.ts';

const sending = {
  from: userId,
  type: z.enum(['txt', 'img', 'audio', 'video', 'file', 'loc', 'cmd', 'custom']),
  body: z.record(z.string(), z.unknown()),
  ext: z.record(z.string(), z.unknown()).optional(),
};
const unseenBy = { roam_ignore_users: list(userId, 20).optional() };
const onlineOnly = { routetype: z.literal('ROUTE_ONLINE').optional() };
const priority = { chatroom_msg_level: z.enum(['high', 'normal', 'low']).optional() };

/** The message's id for each receiver. */
const sent = z.object({ data: mapOf(id), timestamp: moment });

export const message = {
  sendToUsers: post('easemob.message.user.send', '/messages/users', {
    json: { ...sending, to: list(userId, 600), sync_device: z.boolean().optional(), ...unseenBy, ...onlineOnly },
    reply: sent,
    limits: [{ bucket: 'message.user.messages', cost: 'to' }, 'message.user.calls'],
    batch: { param: 'to', max: 600 },
  }),
  sendToGroups: post('easemob.message.group.send', '/messages/chatgroups', {
    json: { ...sending, to: list(spaceId, 3), need_group_ack: z.boolean().optional(), ...unseenBy, ...onlineOnly },
    reply: sent,
    limits: [{ bucket: 'message.group.messages', cost: 'to' }, 'message.group.calls'],
    batch: { param: 'to', max: 3 },
  }),
  sendToChatrooms: post('easemob.message.chatroom.send', '/messages/chatrooms', {
    json: { ...sending, to: list(spaceId, 10), ...priority, ...unseenBy },
    reply: sent,
    limits: [{ bucket: 'message.chatroom.messages', cost: 'to' }, 'message.chatroom.calls'],
    batch: { param: 'to', max: 10 },
  }),
  sendToGroupMembers: post('easemob.message.group.sendTargeted', '/messages/chatgroups/users', {
    json: { ...sending, to: list(spaceId, 1), users: list(userId, 20) },
    reply: sent,
    limits: ['message.targeted.group'],
    batch: { param: 'users', max: 20 },
  }),
  sendToChatroomMembers: post('easemob.message.chatroom.sendTargeted', '/messages/chatrooms/users', {
    json: { ...sending, to: list(spaceId, 1), users: list(userId, 20), ...priority },
    reply: sent,
    limits: ['message.targeted.chatroom'],
    batch: { param: 'users', max: 20 },
  }),
};

const recalling = {
  msg_id: z.string().regex(/^\d{1,20}$/, { error: 'must be a decimal number' }),
  to: userId,
  chat_type: z.enum(['chat', 'groupchat', 'chatroom']),
  from: userId,
  force: z.boolean(),
};
const note = { recallMessageExtensionInfo: z.string().optional() };
const recalledRow = z.object({ msg_id: id, recalled: z.union([z.literal('yes').transform(() => true), flag]) });

export const recall = {
  one: post('easemob.message.recall', '/messages/msg_recall', {
    json: { ...recalling, ...note },
    reply: data(rows(recalledRow)),
    limits: ['message.recall'],
  }),
  batch: post('easemob.message.recallBatch', '/messages/batch_recall', {
    json: { msgs: list(z.strictObject(recalling), 30), ...note },
    reply: data(rows(recalledRow)),
    limits: ['message.recallBatch'],
    batch: { param: 'msgs', max: 30 },
  }),
};
