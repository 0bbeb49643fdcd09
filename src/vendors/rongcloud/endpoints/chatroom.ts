import { z } from 'zod';
import { keyedBy } from '../../../net/keyed.ts';
import { endpoint } from './endpoint.ts';
import { jsonField, maybeList, maybeText, numeric } from './parameters.ts';

const when = z.union([z.string(), z.number()]).nullish();
const yesOrNo = z
  .union([z.boolean(), z.number(), z.string()])
  .transform((value) => ['true', '1'].includes(String(value)));

export const chatroom = {
  /** An id that exists is taken for success. `destroyTime` is in minutes and goes with `destroyType` 1 only. */
  create: endpoint('rongcloud.chatroom.create', {
    params: { entryInfo: jsonField(keyedBy(z.string().min(1), z.string())) },
  }),
  /** The older call, which keeps names: `chatroom[r1]=Name`. */
  createNamed: endpoint('rongcloud.chatroom.create.legacy'),
  destroy: endpoint('rongcloud.chatroom.destroy'),
  get: endpoint('rongcloud.chatroom.get', {
    reply: z.object({
      createTime: when,
      memberCount: numeric.nullish(),
      destroyType: numeric.nullish(),
      destroyTime: numeric.nullish(),
      ban: z.boolean().nullish(),
    }),
  }),
  /** The older read, which has names; unknown rooms are missing from its answer. */
  queryNamed: endpoint('rongcloud.chatroom.query.legacy', {
    reply: z.object({ chatRooms: maybeList(z.object({ chrmId: z.string(), name: maybeText, time: when })) }),
  }),
  /** Only the Chinese list names it, and nothing tells what it answers: what other reads of a room do, if anything. */
  info: endpoint('rongcloud.chatroom.info', {
    reply: z.object({ name: maybeText, createTime: when, time: when, memberCount: numeric.nullish() }),
  }),
  /** `order` 2: the newest first. At most 500 are told, and there is no cursor. */
  queryUsers: endpoint('rongcloud.chatroom.user.query', {
    reply: z.object({ total: numeric.nullish(), users: maybeList(z.object({ id: z.string(), time: when })) }),
  }),
  checkUsers: endpoint('rongcloud.chatroom.users.exist', {
    reply: z.object({ result: maybeList(z.object({ userId: z.string(), isInChrm: yesOrNo })) }),
  }),
  checkUser: endpoint('rongcloud.chatroom.user.exist', { reply: z.object({ isInChrm: yesOrNo }) }),
};
