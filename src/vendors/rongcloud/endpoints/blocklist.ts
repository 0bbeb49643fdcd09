import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { jsonField, maybeList, maybeText, pageToken } from './parameters.ts';

/** The data of a notice for the members of a chatroom, which is sent with `needNotify` only. */
const extra = jsonField(z.strictObject({ notice: z.string() }));

export const userBlocklist = {
  add: endpoint('rongcloud.user.blacklist.add'),
  remove: endpoint('rongcloud.user.blacklist.remove'),
  /** The newest first. Its answer's `next` goes back as `pageToken`. */
  query: endpoint('rongcloud.user.blacklist.query', {
    reply: z.object({ users: maybeList(z.string()), next: pageToken }),
  }),
};

export const chatroomBlocklist = {
  /** Puts users out, and keeps them out for so many minutes. */
  add: endpoint('rongcloud.chatroom.block.add', { params: { extra } }),
  remove: endpoint('rongcloud.chatroom.block.remove', { params: { extra } }),
  /** The whole list at once; `time` is when a block ends. */
  list: endpoint('rongcloud.chatroom.block.list', {
    reply: z.object({ users: maybeList(z.object({ userId: z.string(), time: maybeText })) }),
  }),
};
