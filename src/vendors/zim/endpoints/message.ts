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
  }),

  toRoom: post('zim.message.room.send', '/?Action=SendRoomMessage', {
    json: { ...message, RoomId: id, SenderUnaware: flag.optional() },
    reply: empty,
    limits: ['SendRoomMessage'],
  }),
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
