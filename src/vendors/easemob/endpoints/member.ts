import { z } from 'zod';
import { del, get, list, post } from '../../../net/endpoint.ts';
import { data, id, pageQuery, rows, spaceId, userId, userIds, userList, userResults } from './values.ts';

/** The owner comes as `{owner}`, everybody else as `{member}`. */
const memberRow = z
  .union([z.object({ owner: id }), z.object({ member: id })])
  .transform((row) => ('owner' in row ? { userId: row.owner, isOwner: true } : { userId: row.member, isOwner: false }));

/** Those of the users named who came in by the call. */
const added = data(z.object({ newmembers: rows(id) }));

/** Whether the others are told; they are when left out. */
const notify = { need_notify: z.boolean().optional() };

export const groupMember = {
  list: get('easemob.group.member.list', '/chatgroups/{group_id}/users', {
    segments: { group_id: spaceId },
    query: pageQuery(1000),
    reply: data(rows(memberRow)),
    limits: ['group.member.list'],
    readOnly: true,
  }),
  admins: get('easemob.group.admin.list', '/chatgroups/{group_id}/admin', {
    segments: { group_id: spaceId },
    reply: userList,
    limits: ['group.admin.list'],
    readOnly: true,
  }),
  isJoined: get('easemob.group.isJoined', '/chatgroups/{group_id}/user/{username}/is_joined', {
    segments: { group_id: spaceId, username: userId },
    reply: data(z.boolean()),
    limits: ['group.isJoined'],
    readOnly: true,
  }),
  add: post('easemob.group.member.add', '/chatgroups/{group_id}/users/{username}', {
    segments: { group_id: spaceId, username: userId },
    query: notify,
    reply: userResults,
    limits: ['group.member.add'],
  }),
  /** Fails only when everyone named is in already. */
  addBatch: post('easemob.group.member.addBatch', '/chatgroups/{group_id}/users', {
    segments: { group_id: spaceId },
    query: notify,
    json: { usernames: list(userId, 60) },
    reply: added,
    limits: ['group.member.addBatch'],
    batch: { param: 'usernames', max: 60 },
  }),
  remove: del('easemob.group.member.remove', '/chatgroups/{group_id}/users/{username}', {
    segments: { group_id: spaceId, username: userId },
    query: notify,
    reply: userResults,
    limits: ['group.member.remove'],
  }),
  removeBatch: del('easemob.group.member.removeBatch', '/chatgroups/{group_id}/users/{usernames}', {
    segments: { group_id: spaceId, usernames: userIds(60) },
    query: notify,
    reply: userResults,
    limits: ['group.member.removeBatch'],
    batch: { param: 'usernames', max: 60 },
  }),
};

export const chatroomMember = {
  list: get('easemob.chatroom.member.list', '/chatrooms/{chatroom_id}/users', {
    segments: { chatroom_id: spaceId },
    query: pageQuery(1000),
    reply: data(rows(memberRow)),
    limits: ['chatroom.member.list'],
    readOnly: true,
  }),
  admins: get('easemob.chatroom.admin.list', '/chatrooms/{chatroom_id}/admin', {
    segments: { chatroom_id: spaceId },
    reply: userList,
    limits: ['chatroom.admin.list'],
    readOnly: true,
  }),
  add: post('easemob.chatroom.member.add', '/chatrooms/{chatroom_id}/users/{username}', {
    segments: { chatroom_id: spaceId, username: userId },
    reply: userResults,
    limits: ['chatroom.member.add'],
    idempotent: true,
  }),
  addBatch: post('easemob.chatroom.member.addBatch', '/chatrooms/{chatroom_id}/users', {
    segments: { chatroom_id: spaceId },
    json: { usernames: list(userId, 60) },
    reply: added,
    limits: ['chatroom.member.addBatch'],
    batch: { param: 'usernames', max: 60 },
    idempotent: true,
  }),
  remove: del('easemob.chatroom.member.remove', '/chatrooms/{chatroom_id}/users/{username}', {
    segments: { chatroom_id: spaceId, username: userId },
    reply: userResults,
    limits: ['chatroom.member.remove'],
  }),
  removeBatch: del('easemob.chatroom.member.removeBatch', '/chatrooms/{chatroom_id}/users/{usernames}', {
    segments: { chatroom_id: spaceId, usernames: userIds(60) },
    reply: userResults,
    limits: ['chatroom.member.removeBatch'],
    batch: { param: 'usernames', max: 60 },
  }),
};
