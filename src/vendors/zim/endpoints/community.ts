import { z } from 'zod';
import { get } from '../../../net/endpoint.ts';
import { cursor, items, nextCursor, number, pageSize, text } from './values.ts';

const page = { Limit: pageSize(10_000), Next: cursor };

/** Communities, of which the vendor tells no more than a list: https://www.zegocloud.com/docs/zim-server/community/ */
export const community = {
  list: get('zim.community.list', '/?Action=QueryAppCommunityList', {
    // The page declares a GET with a JSON body, its example has a query: with both, either reading finds them.
    query: page,
    json: page,
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      CommunityIdList: items(z.object({ CommunityId: z.string(), CommunityName: text })),
    }),
    limits: ['QueryAppCommunityList'],
    readOnly: true,
  }),
};
