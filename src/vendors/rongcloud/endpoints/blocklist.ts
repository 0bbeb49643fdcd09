import { z } from 'zod';
import { empty, list, post } from '../../../net/endpoint.ts';
import { jsonField, listedId, maybeList, maybeText, pageToken, spaceId, userId } from './parameters.ts';

/** A notice for the members of a chatroom: `extra` is its data, and only looked at when they are told. */
const notice = {
  needNotify: z.boolean().optional(),
  extra: jsonField(z.strictObject({ notice: z.string() })),
};

export const userBlocklist = {
  add: post('rongcloud.user.blacklist.add', '/user/blacklist/add.json', {
    form: { userId, blackUserId: list(listedId, 20) },
    reply: empty,
    limits: ['user.blacklist.add'],
    batch: { param: 'blackUserId', max: 20 },
    idempotent: true,
  }),
  remove: post('rongcloud.user.blacklist.remove', '/user/blacklist/remove.json', {
    form: { userId, blackUserId: list(listedId, 20) },
    reply: empty,
    limits: ['user.blacklist.remove'],
    batch: { param: 'blackUserId', max: 20 },
    idempotent: true,
  }),
  /** The newest first. Its answer's `next` goes back as `pageToken`. */
  query: post('rongcloud.user.blacklist.query', '/user/blacklist/query.json', {
    form: { userId, pageToken: z.string().optional(), size: z.int().min(1).max(1000).optional() },
    reply: z.object({ users: maybeList(z.string()), next: pageToken }),
    limits: ['user.blacklist.query'],
    readOnly: true,
  }),
};

export const chatroomBlocklist = {
  /** Puts users out, and keeps them out for so many minutes. */
  add: post('rongcloud.chatroom.block.add', '/chatroom/user/block/add.json', {
    form: { chatroomId: spaceId, userId: list(listedId, 20), minute: z.int().min(1).max(43_200), ...notice },
    reply: empty,
    limits: ['chatroom.block.add'],
    batch: { param: 'userId', max: 20 },
    idempotent: true,
  }),
  remove: post('rongcloud.chatroom.block.remove', '/chatroom/user/block/rollback.json', {
    form: { chatroomId: spaceId, userId: list(listedId, 20), ...notice },
    reply: empty,
    limits: ['chatroom.block.remove'],
    batch: { param: 'userId', max: 20 },
    idempotent: true,
  }),
  /** The whole list at once; `time` is when a block ends. */
  list: post('rongcloud.chatroom.block.list', '/chatroom/user/block/list.json', {
    form: { chatroomId: spaceId },
    reply: z.object({ users: maybeList(z.object({ userId: z.string(), time: maybeText })) }),
    limits: ['chatroom.block.list'],
    readOnly: true,
  }),
};
