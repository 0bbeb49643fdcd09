import { z } from 'zod';
import { mapOf } from '../../../net/keyed.ts';
import { endpoint } from './endpoint.ts';
import { data, flag, id, moment, rows, spaceId, userId } from './values.ts';

/** The app's own fields beside the vendor's. */
const ext = z.record(z.string(), z.unknown());
const toUsers = { params: { ext }, named: { to: userId } };
const toSpaces = { params: { ext }, named: { to: spaceId } };

/** The message's id for each receiver. */
const sent = z.object({ data: mapOf(id), timestamp: moment });

export const message = {
  sendToUsers: endpoint('easemob.message.user.send', { ...toUsers, reply: sent }),
  sendToGroups: endpoint('easemob.message.group.send', { ...toSpaces, reply: sent }),
  sendToChatrooms: endpoint('easemob.message.chatroom.send', { ...toSpaces, reply: sent }),
  sendToGroupMembers: endpoint('easemob.message.group.sendTargeted', { ...toSpaces, reply: sent }),
  sendToChatroomMembers: endpoint('easemob.message.chatroom.sendTargeted', { ...toSpaces, reply: sent }),
};

const recalledRow = z.object({ msg_id: id, recalled: z.union([z.literal('yes').transform(() => true), flag]) });

export const recall = {
  one: endpoint('easemob.message.recall', { named: { to: userId }, reply: data(rows(recalledRow)) }),
  batch: endpoint('easemob.message.recallBatch', { named: { to: userId }, reply: data(rows(recalledRow)) }),
};
