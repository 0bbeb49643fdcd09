import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { batchReply, failing, items, nextCursor, number, text } from './values.ts';

/** Accounts and profiles: https://www.zegocloud.com/docs/zim-server/user/ */
export const user = {
  register: endpoint('zim.user.register', { reply: batchReply }),

  modify: endpoint('zim.user.info.modify', { reply: batchReply }),

  query: endpoint('zim.user.info.query', {
    reply: z.object({
      ...failing,
      Result: items(z.object({ UserId: z.string(), UserName: text, UserAvatar: text, Extra: text })),
    }),
  }),

  onlineState: endpoint('zim.user.onlineState.query', {
    reply: z.object({ ...failing, Result: items(z.object({ UserId: z.string(), Status: z.string() })) }),
  }),

  groups: endpoint('zim.user.groups.query', {
    reply: z.object({
      NextRsp: nextCursor,
      HasJoinGroupNum: number,
      GroupInfoList: items(z.object({ GroupId: z.string(), GroupName: text, GroupAvatar: text })),
    }),
  }),
};
