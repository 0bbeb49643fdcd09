import { z } from 'zod';
import { post } from '../../../net/endpoint.ts';
import { storedMessage } from './message.ts';
import { cursor, id, items, nextCursor, number, pageSize } from './values.ts';

const page = { Limit: pageSize(100).optional(), Next: cursor.optional(), WithEmptyMsg: z.literal([0, 1]).optional() };
const messages = z.object({ Next: nextCursor, List: items(storedMessage) });

/** Conversations and their histories: https://www.zegocloud.com/docs/zim-server/conversation/ */
export const conversation = {
  list: post('zim.conversation.list', '/?Action=QueryConversationList', {
    json: { FromUserId: id, Limit: pageSize(500).optional(), Next: cursor.optional() },
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      List: items(z.object({ ConvId: z.string(), ConvType: number, UpdateTime: number })),
    }),
    limits: ['QueryConversationList'],
    readOnly: true,
  }),

  peerMessages: post('zim.conversation.peerMessages.list', '/?Action=QueryPeerMsg', {
    json: { FromUserId: id, ToUserId: id, ...page },
    reply: messages,
    limits: ['QueryPeerMsg'],
    readOnly: true,
  }),

  groupMessages: post('zim.conversation.groupMessages.list', '/?Action=QueryGroupMsg', {
    json: { GroupId: id, ...page },
    reply: messages,
    limits: ['QueryGroupMsg'],
    readOnly: true,
  }),
};
