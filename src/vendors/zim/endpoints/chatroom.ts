import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { batchReply, failing, items, nextCursor, number, text } from './values.ts';

/** Rooms: https://www.zegocloud.com/docs/zim-server/room/ */
export const room = {
  create: endpoint('zim.room.create'),

  destroy: endpoint('zim.room.destroy'),
};

/** What is kept on a room. */
export const roomAttributes = {
  query: endpoint('zim.room.attributes.query', {
    reply: z.object({ Attributes: items(z.object({ Key: z.string(), Value: z.string() })) }),
  }),

  /** Of an item, `Action` 0 sets and 1 deletes. The page allows 16 or 20 items: the stricter holds. */
  change: endpoint('zim.room.attributes.modify', { reply: batchReply }),
};

/** Who is in a room. */
export const roomUsers = {
  list: endpoint('zim.room.users.list', {
    reply: z.object({
      Count: number,
      NextFlag: nextCursor,
      UserList: items(z.object({ UserId: z.string(), UserName: text })),
    }),
  }),

  kick: endpoint('zim.room.users.kick'),

  check: endpoint('zim.room.users.check', {
    // The one answer in snake_case.
    reply: z.object({
      ...failing,
      UserList: items(z.object({ user_id: z.string(), user_name: text, avatar: text })),
    }),
  }),
};
