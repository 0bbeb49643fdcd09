import { z } from 'zod';
import { empty, list, post } from '../../../net/endpoint.ts';
import { keyedBy } from '../../../net/keyed.ts';
import { jsonField, listedId, maybeList, maybeText, numeric, spaceId, userId } from './parameters.ts';

const when = z.union([z.string(), z.number()]).nullish();
const yesOrNo = z
  .union([z.boolean(), z.number(), z.string()])
  .transform((value) => ['true', '1'].includes(String(value)));

export const chatroom = {
  /** An id that exists is taken for success. `destroyTime` is in minutes and goes with `destroyType` 1 only. */
  create: post('rongcloud.chatroom.create', '/chatroom/create_new.json', {
    form: {
      chatroomId: spaceId,
      destroyType: z.literal([0, 1]).optional(),
      destroyTime: z.int().min(60).max(10_080).optional(),
      isBan: z.boolean().optional(),
      whiteUserIds: list(listedId, 20).optional(),
      entryOwnerId: userId.optional(),
      entryInfo: jsonField(keyedBy(z.string().min(1), z.string())),
    },
    reply: empty,
    limits: ['chatroom.create'],
    batch: { param: 'whiteUserIds', max: 20 },
    idempotent: true,
  }),
  /** The older call, which keeps names: `chatroom[r1]=Name`. */
  createNamed: post('rongcloud.chatroom.create.legacy', '/chatroom/create.json', {
    form: { chatroom: keyedBy(spaceId, z.string().min(1)) },
    reply: empty,
    limits: ['chatroom.create.legacy'],
    idempotent: true,
  }),
  destroy: post('rongcloud.chatroom.destroy', '/chatroom/destroy.json', {
    form: { chatroomId: list(spaceId, 100) },
    reply: empty,
    limits: ['chatroom.destroy'],
    idempotent: true,
  }),
  get: post('rongcloud.chatroom.get', '/chatroom/get.json', {
    form: { chatroomId: spaceId },
    reply: z.object({
      createTime: when,
      memberCount: numeric.nullish(),
      destroyType: numeric.nullish(),
      destroyTime: numeric.nullish(),
      ban: z.boolean().nullish(),
    }),
    limits: ['chatroom.get'],
    readOnly: true,
  }),
  /** The older read, which has names; unknown rooms are missing from its answer. */
  queryNamed: post('rongcloud.chatroom.query.legacy', '/chatroom/query.json', {
    form: { chatroomId: list(listedId, 20) },
    reply: z.object({
      chatRooms: maybeList(z.object({ chrmId: z.string(), name: maybeText, time: when })),
    }),
    limits: ['chatroom.query.legacy'],
    batch: { param: 'chatroomId', max: 20 },
    readOnly: true,
  }),
  /** Only the Chinese list names it, and nothing tells what it answers: what other reads of a room do, if anything. */
  info: post('rongcloud.chatroom.info', '/chatroom/info.json', {
    form: { chatroomId: spaceId },
    reply: z.object({ name: maybeText, createTime: when, time: when, memberCount: numeric.nullish() }),
    limits: ['chatroom.info'],
    readOnly: true,
  }),
  /** `order` 2: the newest first. At most 500 are told, and there is no cursor. */
  queryUsers: post('rongcloud.chatroom.user.query', '/chatroom/user/query.json', {
    form: { chatroomId: spaceId, count: z.int().min(1).max(500), order: z.literal([1, 2]) },
    reply: z.object({ total: numeric.nullish(), users: maybeList(z.object({ id: z.string(), time: when })) }),
    limits: ['chatroom.user.query'],
    readOnly: true,
  }),
  checkUsers: post('rongcloud.chatroom.users.exist', '/chatroom/users/exist.json', {
    form: { chatroomId: spaceId, userId: list(listedId, 1000) },
    reply: z.object({ result: maybeList(z.object({ userId: z.string(), isInChrm: yesOrNo })) }),
    limits: ['chatroom.users.exist'],
    batch: { param: 'userId', max: 1000 },
    readOnly: true,
  }),
  checkUser: post('rongcloud.chatroom.user.exist', '/chatroom/user/exist.json', {
    form: { chatroomId: spaceId, userId },
    reply: z.object({ isInChrm: yesOrNo }),
    limits: ['chatroom.user.exist'],
    readOnly: true,
  }),
};
