import { z } from 'zod';
import { empty, get, list, post } from '../../../net/endpoint.ts';
import { keyedBy } from '../../../net/keyed.ts';
import { storedMessage } from './message.ts';
import { batchReply, cursor, id, items, nextCursor, number, pageSize } from './values.ts';

const page = { Limit: pageSize(100).optional(), Next: cursor.optional(), WithEmptyMsg: z.literal([0, 1]).optional() };
/** 0 one-to-one, 2 group. */
const type = z.literal([0, 2]);
const marks = keyedBy(id, z.object({ MarkContent: z.number().int().min(1).max(30) }));
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

  mute: post('zim.conversation.mute.set', '/?Action=SilenceConvNotification', {
    json: { FromUserId: id, ConvType: type, ConvIds: list(id, 10), Enable: z.boolean() },
    reply: batchReply,
    limits: ['SilenceConvNotification'],
    batch: { param: 'ConvIds', max: 10 },
    idempotent: true,
  }),

  pin: post('zim.conversation.pin.set', '/?Action=ConvPinned', {
    json: {
      FromUserId: id,
      ConvList: list(z.object({ ConvId: id, ConvType: type }), 20),
      PinnedType: z.literal([0, 1]),
    },
    reply: batchReply,
    limits: ['ConvPinned'],
    batch: { param: 'ConvList', max: 20 },
    idempotent: true,
  }),

  mark: post('zim.conversation.marks.set', '/?Action=SetConvMark', {
    json: {
      FromUserId: id,
      ConvMarkInfoList: list(
        z.object({ UserId: id, SetMarkC2c: marks.optional(), SetMarkGroup: marks.optional(), Action: z.boolean() }),
        100,
      ),
    },
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
    limits: ['SetConvMark'],
    batch: { param: 'ConvMarkInfoList', max: 100 },
    idempotent: true,
  }),

  // A GET that changes something (catalogue: note).
  clearUnread: get('zim.conversation.unread.clear', '/?Action=ClearConversationUnread', {
    query: { FromUserId: id, ConvId: id, ConvType: type },
    reply: empty,
    limits: ['ClearConversationUnread'],
    idempotent: true,
  }),

  remove: post('zim.conversation.delete', '/?Action=DeleteConv', {
    json: { FromUserId: id, ConvId: id, ConvType: type },
    reply: empty,
    limits: ['DeleteConv'],
    idempotent: true,
  }),
};
