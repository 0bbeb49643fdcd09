import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { data, id, rows, userList, userResults } from './values.ts';

/** The owner comes as `{owner}`, everybody else as `{member}`. */
const memberRow = z
  .union([z.object({ owner: id }), z.object({ member: id })])
  .transform((row) => ('owner' in row ? { userId: row.owner, isOwner: true } : { userId: row.member, isOwner: false }));

/** Those of the users named who came in by the call. */
const added = data(z.object({ newmembers: rows(id) }));

/** Whether the others are told; they are when left out. */
const _notify = { need_notify: z.boolean().optional() };

export const groupMember = {
  list: endpoint('easemob.group.member.list', { reply: data(rows(memberRow)) }),
  admins: endpoint('easemob.group.admin.list', { reply: userList }),
  isJoined: endpoint('easemob.group.isJoined', { reply: data(z.boolean()) }),
  add: endpoint('easemob.group.member.add', { reply: userResults }),
  /** Fails only when everyone named is in already. */
  addBatch: endpoint('easemob.group.member.addBatch', { reply: added }),
  remove: endpoint('easemob.group.member.remove', { reply: userResults }),
  removeBatch: endpoint('easemob.group.member.removeBatch', { reply: userResults }),
};

export const chatroomMember = {
  list: endpoint('easemob.chatroom.member.list', { reply: data(rows(memberRow)) }),
  admins: endpoint('easemob.chatroom.admin.list', { reply: userList }),
  add: endpoint('easemob.chatroom.member.add', { reply: userResults }),
  addBatch: endpoint('easemob.chatroom.member.addBatch', { reply: added }),
  remove: endpoint('easemob.chatroom.member.remove', { reply: userResults }),
  removeBatch: endpoint('easemob.chatroom.member.removeBatch', { reply: userResults }),
};
