import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { batchReply, failing, items, nextCursor, number, text } from './values.ts';

/** Friends: https://www.zegocloud.com/docs/zim-server/user/ */
export const friend = {
  add: endpoint('zim.relation.friend.add', { reply: batchReply }),

  apply: endpoint('zim.relation.friend.apply', { reply: batchReply }),

  /** Of `DeleteType`, against intuition (catalogue: quirks): 0 is both sides, 1 the acting user's alone. */
  remove: endpoint('zim.relation.friend.delete', { reply: batchReply }),

  removeAll: endpoint('zim.relation.friend.deleteAll', { reply: z.object({}) }),

  list: endpoint('zim.relation.friend.list', {
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      FriendInfos: items(
        z.object({
          UserId: z.string(),
          UserName: text,
          Avatar: text,
          FriendAlias: text,
          CreateTime: number,
          Attributes: items(z.object({ Key: z.string(), Value: z.string() })),
        }),
      ),
    }),
  }),

  check: endpoint('zim.relation.friend.check', {
    // Of `CheckType`, 0 is two-way.
    reply: z.object({ ...failing, Successes: items(z.object({ UserId: z.string(), Relation: number })) }),
  }),

  setRemarks: endpoint('zim.relation.friend.alias.update', { reply: batchReply }),

  setAttributes: endpoint('zim.relation.friend.attributes.update', { reply: batchReply }),
};
