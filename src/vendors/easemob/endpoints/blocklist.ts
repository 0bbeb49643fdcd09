import { z } from 'zod';
import { del, get, list, post } from '../../../net/endpoint.ts';
import { cursorPage, entities, id, spaceId, userId, userIds, userList, userResults } from './values.ts';

export const blocklist = {
  list: get('easemob.blocklist.list', '/users/{owner_username}/blocks/users', {
    segments: { owner_username: userId },
    query: { pageSize: z.int().min(1).max(50), cursor: z.string().optional() },
    reply: cursorPage(id),
    limits: ['blocklist.list'],
    readOnly: true,
  }),
  /** The most users of a call are not stated; 50 is a page of the list. */
  add: post('easemob.blocklist.add', '/users/{owner_username}/blocks/users', {
    segments: { owner_username: userId },
    json: { usernames: list(userId, 50) },
    reply: userList,
    limits: ['blocklist.add'],
    batch: { param: 'usernames', max: 50 },
    idempotent: true,
  }),
  remove: del('easemob.blocklist.remove', '/users/{owner_username}/blocks/users/{blocked_username}', {
    segments: { owner_username: userId, blocked_username: userId },
    reply: z.unknown(),
    limits: ['blocklist.remove'],
    idempotent: true,
  }),
  check: post('easemob.blocklist.check', '/blocks/check', {
    json: { username: userId, check_list: list(userId, 100) },
    reply: entities(z.object({ username: id, relation: z.string() })),
    limits: ['blocklist.check'],
    batch: { param: 'check_list', max: 100 },
    readOnly: true,
  }),
};

export const groupBlocklist = {
  list: get('easemob.group.block.list', '/chatgroups/{group_id}/blocks/users', {
    segments: { group_id: spaceId },
    reply: userList,
    limits: ['group.block.list'],
    readOnly: true,
  }),
  add: post('easemob.group.block.add', '/chatgroups/{group_id}/blocks/users/{username}', {
    segments: { group_id: spaceId, username: userId },
    reply: userResults,
    limits: ['group.block.add'],
    idempotent: true,
  }),
  addBatch: post('easemob.group.block.addBatch', '/chatgroups/{group_id}/blocks/users', {
    segments: { group_id: spaceId },
    json: { usernames: list(userId, 60) },
    reply: userResults,
    limits: ['group.block.addBatch'],
    batch: { param: 'usernames', max: 60 },
    idempotent: true,
  }),
  remove: del('easemob.group.block.remove', '/chatgroups/{group_id}/blocks/users/{username}', {
    segments: { group_id: spaceId, username: userId },
    reply: userResults,
    limits: ['group.block.remove'],
    idempotent: true,
  }),
  removeBatch: del('easemob.group.block.removeBatch', '/chatgroups/{group_id}/blocks/users/{usernames}', {
    segments: { group_id: spaceId, usernames: userIds(60) },
    reply: userResults,
    limits: ['group.block.removeBatch'],
    batch: { param: 'usernames', max: 60 },
    idempotent: true,
  }),
};

export const chatroomBlocklist = {
  list: get('easemob.chatroom.block.list', '/chatrooms/{chatroom_id}/blocks/users', {
    segments: { chatroom_id: spaceId },
    reply: userList,
    limits: ['chatroom.block.list'],
    readOnly: true,
  }),
  add: post('easemob.chatroom.block.add', '/chatrooms/{chatroom_id}/blocks/users/{username}', {
    segments: { chatroom_id: spaceId, username: userId },
    reply: userResults,
    limits: ['chatroom.block.add'],
    idempotent: true,
  }),
  addBatch: post('easemob.chatroom.block.addBatch', '/chatrooms/{chatroom_id}/blocks/users', {
    segments: { chatroom_id: spaceId },
    json: { usernames: list(userId, 60) },
    reply: userResults,
    limits: ['chatroom.block.addBatch'],
    batch: { param: 'usernames', max: 60 },
    idempotent: true,
  }),
  remove: del('easemob.chatroom.block.remove', '/chatrooms/{chatroom_id}/blocks/users/{username}', {
    segments: { chatroom_id: spaceId, username: userId },
    reply: userResults,
    limits: ['chatroom.block.remove'],
    idempotent: true,
  }),
  removeBatch: del('easemob.chatroom.block.removeBatch', '/chatrooms/{chatroom_id}/blocks/users/{usernames}', {
    segments: { chatroom_id: spaceId, usernames: userIds(60) },
    reply: userResults,
    limits: ['chatroom.block.removeBatch'],
    batch: { param: 'usernames', max: 60 },
    idempotent: true,
  }),
};
