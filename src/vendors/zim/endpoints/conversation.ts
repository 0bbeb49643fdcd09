import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { storedMessage } from './message.ts';
import { batchReply, items, nextCursor, number } from './values.ts';

const messages = z.object({ Next: nextCursor, List: items(storedMessage) });

/** Conversations and their histories: https://www.zegocloud.com/docs/zim-server/conversation/ */
export const conversation = {
  list: endpoint('zim.conversation.list', {
    reply: z.object({
      TotalCount: number,
      Next: nextCursor,
      List: items(z.object({ ConvId: z.string(), ConvType: number, UpdateTime: number })),
    }),
  }),

  peerMessages: endpoint('zim.conversation.peerMessages.list', { reply: messages }),

  groupMessages: endpoint('zim.conversation.groupMessages.list', { reply: messages }),

  mute: endpoint('zim.conversation.mute.set', { reply: batchReply }),

  pin: endpoint('zim.conversation.pin.set', { reply: batchReply }),

  mark: endpoint('zim.conversation.marks.set', {
    // Of each user what failed: the user as a whole by its code, or else the conversations below.
    reply: z.object({
      FailList: items(
        z.object({
          SubCode: number,
          SubMessage: z.string().nullish(),
          FailList: items(z.object({ Message: z.string().nullish(), ConvId: z.string(), ConvType: number })),
        }),
      ),
    }),
  }),

  // A GET that changes something (catalogue: note).
  clearUnread: endpoint('zim.conversation.unread.clear'),

  remove: endpoint('zim.conversation.delete'),
};
