import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { batchReply, failing, items, nextCursor, number, text } from './values.ts';

/** Whom a user blocks: https://www.zegocloud.com/docs/zim-server/user/ */
export const blocklist = {
  add: endpoint('zim.blocklist.add', { reply: batchReply }),

  remove: endpoint('zim.blocklist.remove', { reply: batchReply }),

  list: endpoint('zim.blocklist.list', {
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      Blacklist: items(z.object({ UserId: z.string(), UserName: text, Avatar: text, UpdateTime: number })),
    }),
  }),

  check: endpoint('zim.blocklist.check', {
    reply: z.object({ ...failing, Succ: items(z.object({ UserId: z.string(), Result: number })) }),
  }),
};
