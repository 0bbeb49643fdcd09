import { z } from 'zod';
import { id64 } from '../../../net/endpoint.ts';
import { endpoint } from './endpoint.ts';
import { failing, items, number } from './values.ts';

const msgId = id64.nullish().transform((value) => value || null);

/** Sending: https://www.zegocloud.com/docs/zim-server/messaging/ */
export const send = {
  toUsers: endpoint('zim.message.peer.send', {
    reply: z.object({
      ...failing,
      SuccList: items(z.object({ UserId: z.string(), MsgId: msgId, MsgSeq: number })),
    }),
  }),

  toGroup: endpoint('zim.message.group.send', {
    reply: z.object({ MsgId: msgId, MsgSeq: number }),
    // "Must be the owner or an admin": who may not speak is muted.
    errors: { 660600032: 'FORBIDDEN' },
  }),

  toRoom: endpoint('zim.message.room.send'),

  toAll: endpoint('zim.message.all.push'),
};

/** Putting old messages into histories: https://www.zegocloud.com/docs/zim-server/messaging/ */
export const importing = {
  toUser: endpoint('zim.message.peer.import', { reply: z.object({ MsgId: msgId, MsgSeq: number }) }),

  toGroup: endpoint('zim.message.group.import', { reply: z.object({ MsgSeq: number }) }),
};

// In seconds (catalogue: response).
const edited = { reply: z.object({ LatestEditTime: number }) };

/** Changing what a message says: one page of the vendor's for both. */
export const edit = {
  toUser: endpoint('zim.message.peer.edit', edited),
  toGroup: endpoint('zim.message.group.edit', edited),
};

/** Emptying one user's own history of a conversation. */
export const clear = {
  withUser: endpoint('zim.message.peer.clear'),

  inGroup: endpoint('zim.message.group.clear'),
};

// Answered for a message that was recalled or never was; nothing was changed.
const receiptOptions = { errors: { 660400103: 'NOT_FOUND', 660400104: 'NOT_FOUND' } } as const;

/** Telling for a user that messages were read, or have reached it; up to ten at once. */
export const receipt = {
  readFromUser: endpoint('zim.message.peer.readReceipt.set', receiptOptions),
  readInGroup: endpoint('zim.message.group.readReceipt.set', receiptOptions),
  deliveredFromUser: endpoint('zim.message.peer.deliveryReceipt.set', receiptOptions),
  deliveredInGroup: endpoint('zim.message.group.deliveryReceipt.set', receiptOptions),
};

/** Taking back what a user sent. */
export const recall = {
  fromUser: endpoint('zim.message.peer.recall'),

  fromGroup: endpoint('zim.message.group.recall'),

  fromRoom: endpoint('zim.message.room.recall'),
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
export const queryMessages = endpoint('zim.message.query', {
  reply: z.object({ MessageList: items(storedMessage) }),
});
