import { z } from 'zod';
import { bytes, empty, id64, list, optionalBytes, post } from '../../../net/endpoint.ts';
import { failing, id, items, number } from './values.ts';

const priority = z.literal([1, 2, 3]);
const flag = z.literal([0, 1]);
const sequence = z.number().int().min(1);

const offlinePush = z.object({
  Enable: flag.optional(),
  Title: z.string().optional(),
  Content: z.string().optional(),
  Payload: z.string().optional(),
  EnableBadge: z.boolean().optional(),
  BadgeIncrement: z.number().int().min(0).max(99).optional(),
});

/** 2 KB by default, 32 KB where the vendor raised it: the vendor says which (catalogue: messageTypes). */
const body = z.object({
  Message: bytes(32 * 1024),
  ExtendedData: optionalBytes(1024).optional(),
  HasReceipt: flag.optional(),
  IsBase64: flag.optional(),
  OfflinePush: offlinePush.optional(),
});

const message = {
  FromUserId: id,
  MessageType: z.number().int(),
  Priority: priority,
  MessageBody: body,
  SubMsgType: z.number().int().min(0).max(200).optional(),
  SearchedContent: optionalBytes(64).optional(),
};

/** The same without what only a live message has. */
const silentMessage = {
  ...message,
  MessageBody: z.object({ Message: body.shape.Message, ExtendedData: body.shape.ExtendedData }),
};

const noUnread = { NoUnread: z.boolean().optional() };
const msgId = id64.nullish().transform((value) => value || null);

/** Sending: https://www.zegocloud.com/docs/zim-server/messaging/ */
export const send = {
  toUsers: post('zim.message.peer.send', '/?Action=SendPeerMessage', {
    json: {
      ...message,
      ToUserId: list(id, 100),
      SenderUnaware: flag.optional(),
      SendMsgOptions: z.object(noUnread).optional(),
    },
    reply: z.object({
      ...failing,
      SuccList: items(z.object({ UserId: z.string(), MsgId: msgId, MsgSeq: number })),
    }),
    limits: ['SendPeerMessage'],
    batch: { param: 'ToUserId', max: 100 },
  }),

  toGroup: post('zim.message.group.send', '/?Action=SendGroupMessage', {
    json: {
      ...message,
      GroupId: id,
      SendMsgOptions: z
        .object({
          ...noUnread,
          TargetOption: z.object({ ReceiverUserIds: list(id, 20), Inclusive: z.boolean() }).optional(),
        })
        .optional(),
    },
    reply: z.object({ MsgId: msgId, MsgSeq: number }),
    limits: ['SendGroupMessage'],
    // "Must be the owner or an admin": who may not speak is muted.
    errors: { 660600032: 'FORBIDDEN' },
  }),

  toRoom: post('zim.message.room.send', '/?Action=SendRoomMessage', {
    json: { ...message, RoomId: id, SenderUnaware: flag.optional() },
    reply: empty,
    limits: ['SendRoomMessage'],
  }),

  toAll: post('zim.message.all.push', '/?Action=SendMessageToAllUsers', {
    json: {
      FromUserId: id,
      MessageType: z.number().int(),
      MessageBody: body.omit({ IsBase64: true }),
      SubMsgType: message.SubMsgType,
      PushType: z.literal([0, 1, 2]),
    },
    reply: empty,
    limits: ['SendMessageToAllUsers'],
  }),
};

const pastTime = z.number().int().min(0).optional();

/** Putting old messages into histories: https://www.zegocloud.com/docs/zim-server/messaging/ */
export const importing = {
  toUser: post('zim.message.peer.import', '/?Action=ImportPeerMsg', {
    json: { ...silentMessage, ToUserId: id, SendMessageTime: pastTime, ImportedUserId: id },
    reply: z.object({ MsgId: msgId, MsgSeq: number }),
    limits: ['ImportPeerMsg'],
  }),

  toGroup: post('zim.message.group.import', '/?Action=ImportGroupMsg', {
    json: { ...silentMessage, GroupId: id, SendMessageTime: pastTime },
    reply: z.object({ MsgSeq: number }),
    limits: ['ImportGroupMsg'],
  }),
};

const edited = {
  json: {
    FromUserId: id,
    SenderId: id,
    ConvId: id,
    MsgType: z.literal([1, 10, 200]),
    ConvMsgSeq: sequence,
    EditType: z.number().int().min(1).max(31),
    MessageBody: z.object({ Message: bytes(32 * 1024), ExtendedData: optionalBytes(1024).optional() }),
    AtListInfo: z.object({ AtList: z.array(id) }).optional(),
    IsAtAll: z.boolean().optional(),
    SubMsgType: message.SubMsgType,
  },
  // In seconds (catalogue: response).
  reply: z.object({ LatestEditTime: number }),
  limits: ['EditMessage'],
  idempotent: true,
} as const;

/** Changing what a message says: one page of the vendor's for both. */
export const edit = {
  toUser: post('zim.message.peer.edit', '/?Action=EditC2cMsgBody', edited),
  toGroup: post('zim.message.group.edit', '/?Action=EditGroupMsgBody', edited),
};

/** Emptying one user's own history of a conversation. */
export const clear = {
  withUser: post('zim.message.peer.clear', '/?Action=ClearPeerMessage', {
    json: { FromUserId: id, ToUserId: id },
    reply: empty,
    limits: ['ClearPeerMessage'],
    idempotent: true,
  }),

  inGroup: post('zim.message.group.clear', '/?Action=ClearMemberGroupMessage', {
    json: { FromUserId: id, GroupId: id },
    reply: empty,
    limits: ['ClearMemberGroupMessage'],
    idempotent: true,
  }),
};

const receipts = { FromUserId: id, ConvMsgSeq: list(sequence, 10) };

/** A receipt of up to ten messages that a user had from the other, or in a group. */
const receiptWithUser = (kind: string, Action: string) =>
  post(`zim.message.peer.${kind}.set`, `/?Action=${Action}`, {
    json: { ...receipts, ConvId: id },
    reply: empty,
    limits: [Action],
    batch: { param: 'ConvMsgSeq', max: 10 },
    idempotent: true,
    // Answered for a message that was recalled or never was; nothing was changed.
    errors: { 660400103: 'NOT_FOUND', 660400104: 'NOT_FOUND' },
  });

const receiptInGroup = (kind: string, Action: string) =>
  post(`zim.message.group.${kind}.set`, `/?Action=${Action}`, {
    json: { ...receipts, GroupId: id },
    reply: empty,
    limits: [Action],
    batch: { param: 'ConvMsgSeq', max: 10 },
    idempotent: true,
    // Answered for a message that was recalled or never was; nothing was changed.
    errors: { 660400103: 'NOT_FOUND', 660400104: 'NOT_FOUND' },
  });

/** Telling for a user that messages were read, or have reached it. */
export const receipt = {
  readFromUser: receiptWithUser('readReceipt', 'C2cReadReceipt'),
  readInGroup: receiptInGroup('readReceipt', 'GroupReadReceipt'),
  deliveredFromUser: receiptWithUser('deliveryReceipt', 'C2cDeliveryReceipt'),
  deliveredInGroup: receiptInGroup('deliveryReceipt', 'GroupDeliveryReceipt'),
};

const recalled = { FromUserId: id, MsgSeq: sequence, Payload: optionalBytes(200).optional() };

/** Taking back what a user sent. */
export const recall = {
  fromUser: post('zim.message.peer.recall', '/?Action=RevokePeerMessage', {
    json: { ...recalled, ToUserId: id, OfflinePush: offlinePush.optional() },
    reply: empty,
    limits: ['RevokePeerMessage'],
    idempotent: true,
  }),

  fromGroup: post('zim.message.group.recall', '/?Action=RevokeGroupMessage', {
    json: { ...recalled, GroupId: id, OfflinePush: offlinePush.optional() },
    reply: empty,
    limits: ['RevokeGroupMessage'],
    idempotent: true,
  }),

  fromRoom: post('zim.message.room.recall', '/?Action=RevokeRoomMessage', {
    json: { ...recalled, RoomId: id },
    reply: empty,
    limits: ['RevokeRoomMessage'],
    idempotent: true,
  }),
};

/** A message of a history; the fields of a deleted one are empty. */
export const storedMessage = z.looseObject({
  Sender: z.string().nullish(),
  MsgType: number,
  SubMsgType: number,
  MsgBody: z.unknown(),
  MsgId: msgId,
  MsgSeq: number,
  Payload: z.string().nullish(),
  MsgTime: number,
  IsEmpty: number,
  // So two of the vendor's samples spell it.
  IsEempy: number,
});

export type StoredMessage = z.output<typeof storedMessage>;

/** Messages by their numbers in a conversation, each counted against the limit. */
export const queryMessages = post('zim.message.query', '/?Action=QueryMessagesByMsgSeq', {
  json: { FromUserId: id, ConvId: id, ConvType: z.literal([0, 2]), MsgSeqList: list(sequence, 20) },
  reply: z.object({ MessageList: items(storedMessage) }),
  limits: [{ bucket: 'QueryMessagesByMsgSeq', cost: 'MsgSeqList' }],
  batch: { param: 'MsgSeqList', max: 20 },
  readOnly: true,
});
