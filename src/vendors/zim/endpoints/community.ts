import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { items, nextCursor, number, text } from './values.ts';

/** Communities, of which the vendor tells no more than a list: https://www.zegocloud.com/docs/zim-server/community/ */
export const community = {
  /** The page declares a GET with a JSON body, its example has a query: with both, either reading finds them. */
  list: endpoint('zim.community.list', {
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      CommunityIdList: items(z.object({ CommunityId: z.string(), CommunityName: text })),
    }),
  }),
};
