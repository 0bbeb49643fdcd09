import { z } from 'zod';
import { get, list, post } from '../../../net/endpoint.ts';
import { batchReply, cursor, failing, id, items, nextCursor, number, pageSize, text } from './values.ts';

const change = { FromUserId: id, UserIds: list(id, 20) };

/** Whom a user blocks: https://www.zegocloud.com/docs/zim-server/user/ */
export const blocklist = {
  add: post('zim.blocklist.add', '/?Action=AddUsersToBlacklist', {
    json: change,
    reply: batchReply,
    limits: ['AddUsersToBlacklist'],
    batch: { param: 'UserIds', max: 20 },
    idempotent: true,
  }),

  remove: post('zim.blocklist.remove', '/?Action=RemoveUsersFromBlacklist', {
    json: change,
    reply: batchReply,
    limits: ['RemoveUsersFromBlacklist'],
    batch: { param: 'UserIds', max: 20 },
    idempotent: true,
  }),

  list: get('zim.blocklist.list', '/?Action=QueryBlacklist', {
    query: { FromUserId: id, Limit: pageSize(100), Next: cursor },
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      Blacklist: items(z.object({ UserId: z.string(), UserName: text, Avatar: text, UpdateTime: number })),
    }),
    limits: ['QueryBlacklist'],
    readOnly: true,
  }),

  check: post('zim.blocklist.check', '/?Action=CheckUsersIsInBlacklist', {
    json: change,
    reply: z.object({ ...failing, Succ: items(z.object({ UserId: z.string(), Result: number })) }),
    limits: ['CheckUsersIsInBlacklist'],
    batch: { param: 'UserIds', max: 20 },
    readOnly: true,
  }),
};
