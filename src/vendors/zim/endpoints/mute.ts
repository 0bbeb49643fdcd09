import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { batchReply, items, number } from './values.ts';

/** Who may not speak in groups: https://www.zegocloud.com/docs/zim-server/group/mute-a-group */
export const mute = {
  /** A repeat prolongs a timed mute, so that it is not sent twice. */
  group: endpoint('zim.groupMute.group.set'),

  members: endpoint('zim.groupMute.members.set', { reply: batchReply }),

  /** Ends by `FetchEnd`: at the end `NextFlag` may be anything (catalogue: quirks). */
  groups: endpoint('zim.groupMute.groups.list', {
    reply: z.object({ FetchEnd: number, NextFlag: number, GroupList: items(z.object({ GroupId: z.string() })) }),
  }),
};
