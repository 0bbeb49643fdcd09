import { z } from 'zod';
import { empty, get, list, post } from '../../../net/endpoint.ts';
import { batchReply, id, items, number } from './values.ts';

/** Seconds, at most 30 days; -1 is for ever, and 0 lifts. */
const duration = z.number().int().min(-1).max(2_592_000);

/** Who may not speak in groups: https://www.zegocloud.com/docs/zim-server/group/mute-a-group */
export const mute = {
  /** A repeat prolongs a timed mute, so that it is not sent twice. */
  group: get('zim.groupMute.group.set', '/?Action=MuteGroup', {
    query: {
      FromUserId: id,
      GroupId: id,
      IsAllMuted: z.boolean().optional(),
      MuteRoleList: list(z.number().int(), 20).optional(),
      Duration: duration,
    },
    reply: empty,
    limits: ['MuteGroup'],
  }),

  members: get('zim.groupMute.members.set', '/?Action=MuteGroupMembers', {
    query: { FromUserId: id, GroupId: id, UserIds: list(id, 20), Duration: duration },
    reply: batchReply,
    limits: ['MuteGroupMembers'],
    batch: { param: 'UserIds', max: 20 },
    idempotent: true,
  }),

  /** Ends by `FetchEnd`: at the end `NextFlag` may be anything (catalogue: quirks). */
  groups: post('zim.groupMute.groups.list', '/?Action=FetchForbidGroupList', {
    json: { FromUserId: id, StartFlag: z.number().int().min(0) },
    reply: z.object({ FetchEnd: number, NextFlag: number, GroupList: items(z.object({ GroupId: z.string() })) }),
    limits: ['FetchForbidGroupList'],
    readOnly: true,
  }),
};
