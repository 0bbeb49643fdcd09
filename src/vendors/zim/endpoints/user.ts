import { z } from 'zod';
import { get, list, optionalBytes, post } from '../../../net/endpoint.ts';
import { batchReply, failing, id, items, lookupId, nextCursor, number, pageSize, text } from './values.ts';

/** Accounts and profiles: https://www.zegocloud.com/docs/zim-server/user/ */
export const user = {
  register: post('zim.user.register', '/?Action=UserRegister', {
    json: {
      UserInfo: list(
        z.object({
          UserId: id,
          UserName: optionalBytes(256).optional(),
          UserAvatar: optionalBytes(500).optional(),
        }),
        100,
      ),
    },
    reply: batchReply,
    limits: ['UserRegister'],
    batch: { param: 'UserInfo', max: 100 },
    idempotent: true,
  }),

  modify: post('zim.user.info.modify', '/?Action=ModifyUserInfo', {
    json: {
      UserInfo: list(
        z.object({
          UserId: id,
          UserName: optionalBytes(256).optional(),
          UserAvatar: optionalBytes(500).optional(),
          Extra: optionalBytes(32 * 1024).optional(),
        }),
        100,
      ),
    },
    reply: batchReply,
    limits: ['ModifyUserInfo'],
    batch: { param: 'UserInfo', max: 100 },
    idempotent: true,
  }),

  query: post('zim.user.info.query', '/?Action=QueryUserInfos', {
    json: { UserIds: list(lookupId, 100) },
    reply: z.object({
      ...failing,
      Result: items(z.object({ UserId: z.string(), UserName: text, UserAvatar: text, Extra: text })),
    }),
    limits: ['QueryUserInfos'],
    batch: { param: 'UserIds', max: 100 },
    readOnly: true,
  }),

  onlineState: get('zim.user.onlineState.query', '/?Action=QueryUserOnlineState', {
    query: { UserId: list(lookupId, 100) },
    reply: z.object({ ...failing, Result: items(z.object({ UserId: z.string(), Status: z.string() })) }),
    limits: ['QueryUserOnlineState'],
    batch: { param: 'UserId', max: 100 },
    readOnly: true,
  }),

  groups: post('zim.user.groups.query', '/?Action=QueryGroupsInfoOfUser', {
    json: { FromUserId: id, Limit: pageSize(100), Next: z.string().optional() },
    reply: z.object({
      NextRsp: nextCursor,
      HasJoinGroupNum: number,
      GroupInfoList: items(z.object({ GroupId: z.string(), GroupName: text, GroupAvatar: text })),
    }),
    limits: ['QueryGroupsInfoOfUser'],
    readOnly: true,
  }),
};
