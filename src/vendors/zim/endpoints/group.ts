import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { batchReply, failing, items, nextCursor, number, text } from './values.ts';

/** Groups: https://www.zegocloud.com/docs/zim-server/group/ */
export const group = {
  create: endpoint('zim.group.create', { reply: z.object({ ...failing, GroupId: z.string().min(1) }) }),

  update: endpoint('zim.group.data.update'),

  setLimits: endpoint('zim.group.limits.modify'),

  query: endpoint('zim.group.info.query', {
    reply: z.object({
      GroupId: text,
      GroupName: text,
      GroupNotice: text,
      GroupAvatar: text,
      GroupCreateTime: number,
      LimitInfo: z
        .object({ MemberCountLimit: number, JoinMode: number, InviteMode: number, BeInvitedMode: number })
        .nullish(),
      GroupAttributes: items(z.object({ Key: z.string(), Value: z.string() })),
      IsAllForbid: z.boolean().nullish(),
      ForbidList: items(z.number()),
      ForbidExpireTime: number,
    }),
  }),

  list: endpoint('zim.group.list', {
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      GroupIdList: items(z.object({ GroupId: z.string(), GroupName: text })),
    }),
  }),

  /** `Action` of the body: 0 sets, 1 deletes; not to be taken for that of the query. */
  changeAttributes: endpoint('zim.group.attributes.modify', {
    reply: batchReply,
    errors: { 'key db-non-existent': 'NOT_FOUND' },
  }),

  transfer: endpoint('zim.group.owner.transfer'),

  dismiss: endpoint('zim.group.dismiss'),
};

/** Who is in a group. */
export const groupMembers = {
  list: endpoint('zim.group.members.list', {
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      MemberList: items(z.object({ UserId: z.string(), UserName: text, UserNickName: text, Role: number })),
    }),
  }),

  add: endpoint('zim.group.members.add', { reply: batchReply }),

  remove: endpoint('zim.group.members.remove', { reply: batchReply }),

  setNicknames: endpoint('zim.group.members.nickname.set', { reply: batchReply }),

  setRole: endpoint('zim.group.members.role.set'),
};
