import type { HistoryKey, Message, MessageKey, Receiver } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { Page, PageRequest, RequestOptions } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';
import { dataOf } from '../../../net/data-text.ts';
import { messageTypes } from '../content.ts';
import { conversation } from '../endpoints/conversation.ts';
import { queryMessages, type StoredMessage } from '../endpoints/message.ts';
import { readContent } from '../read-content.ts';
import { objectOfText } from '../text.ts';
import { type Context, dateOf, numberedPlaceOf, positionOf, refuse } from './values.ts';

/** Histories of one-to-one conversations and groups; rooms have none. */
export function historyOperations(context: Context) {
  const { call, config } = context;
  return {
    'Group.messages': (key, page, options) => readHistory(context, key, page, options),
    'Conversation.messages': (key, page, options) => readHistory(context, key, page, options),

    'Query.message': {
      max: 20,
      group: (key) => JSON.stringify(conversationOf(key, config.systemUser)),
      identity: ({ to, senderId, key }) => JSON.stringify([to.kind, to.id, senderId, key]),
      load: async (keys, options) => {
        const first = keys[0];
        if (!first) return [];
        refuse(first.to.kind === 'chatroom', 'id', 'history of chatrooms');
        const numbers = [...new Set(keys.map(({ key }) => key).filter(isSequence))].map(Number);
        if (numbers.length === 0) return keys.map(() => null);
        const asked = conversationOf(first, config.systemUser);
        const ask = async (params: typeof asked, MsgSeqList: number[]) => {
          const reply = await call(queryMessages, { ...params, MsgSeqList }, options);
          return reply.MessageList.flatMap((stored) => messageOf(stored, first, config.systemUser) ?? []);
        };
        const found = await ask(asked, numbers);
        const missing = numbers.filter((sequence) => !found.some((message) => message.sequence === sequence));
        // Each side has a copy of its own, which it may have emptied, or into which alone a message was imported.
        if (missing.length > 0 && asked.ConvType === 0)
          found.push(...(await ask({ ...asked, FromUserId: asked.ConvId, ConvId: asked.FromUserId }, missing)));
        return keys.map((key) => found.find((message) => isSame(message, key)) ?? null);
      },
    },
  } satisfies Partial<Operations>;
}

const isSequence = (key: string) => /^[1-9]\d{0,14}$/.test(key);

const isSame = (message: Message, { senderId, key, to }: MessageKey) =>
  message.key === key && message.senderId === senderId && message.to.id === to.id;

/** Either party may ask for a one-to-one conversation, so that both directions share a call; anybody for a group. */
function conversationOf({ to, senderId }: MessageKey, systemUser: string) {
  if (to.kind !== 'direct') return { FromUserId: systemUser, ConvId: to.id, ConvType: 2 as const };
  const [FromUserId = '', ConvId = ''] = [senderId, to.id].sort();
  return { FromUserId, ConvId, ConvType: 0 as const };
}

async function readHistory(
  { call, config }: Context,
  key: HistoryKey,
  page: PageRequest,
  options: RequestOptions | undefined,
): Promise<Page<Message>> {
  const { ownerId, peer } = key;
  refuse(peer.kind === 'chatroom', 'id', 'history of chatrooms');
  const place = numberedPlaceOf(page);
  // Recalled messages are wanted, as what is left of them; deleted ones come with them and are dropped.
  const asked = { Limit: place.limit, Next: place.next, WithEmptyMsg: 1 as const };
  const reply =
    peer.kind === 'group'
      ? await call(conversation.groupMessages, { GroupId: peer.id, ...asked }, options)
      : await call(conversation.peerMessages, { FromUserId: ownerOf(ownerId), ToUserId: peer.id, ...asked }, options);
  const owner = { to: peer, senderId: ownerId ?? config.systemUser };
  const messages = reply.List.flatMap((stored) => messageOf(stored, owner, config.systemUser) ?? []);
  const isPastSince = messages.some(({ sentAt }) => key.since && sentAt && sentAt < key.since);
  return {
    items: messages.filter((message) => isWanted(message, key)),
    next: isPastSince ? undefined : positionOf(place, reply.Next),
  };
}

function ownerOf(ownerId: string | undefined): string {
  if (ownerId !== undefined) return ownerId;
  throw new AppError('BAD_USER_INPUT', 'A one-to-one history is that of one of its users.');
}

/** The vendor has no filter; pages may be short. */
function isWanted({ sentAt, senderId, content }: Message, { since, until, senderId: wanted, kinds }: HistoryKey) {
  if (since && (!sentAt || sentAt < since)) return false;
  if (until && (!sentAt || sentAt >= until)) return false;
  if (wanted !== undefined && senderId !== wanted) return false;
  return kinds === undefined || (content !== null && kinds.includes(content.kind));
}

/** `IsEmpty` of a message (catalogue: zim.conversation.peerMessages.list). */
const emptiness = { deleted: 1, recalled: 2 } as const;

/**
 * Reads a stored message; undefined for what is left of a deleted one. `known` is whoever is one side of a one-to-one
 * conversation, and the other side or the group.
 */
function messageOf(
  stored: StoredMessage,
  known: { readonly senderId: string; readonly to: Receiver },
  systemUser: string,
): Message | undefined {
  const isEmpty = stored.IsEmpty ?? stored.IsEempy;
  if (isEmpty === emptiness.deleted || stored.MsgSeq === undefined) return undefined;
  const senderId = stored.Sender || systemUser;
  const isNotice = stored.MsgType === messageTypes.tips;
  const wasRecalled = isEmpty === emptiness.recalled || stored.MsgType === messageTypes.recalled;
  return {
    to: receiverOf(senderId, known),
    senderId,
    key: String(stored.MsgSeq),
    vendorId: stored.MsgId,
    sequence: stored.MsgSeq,
    isFromUser: !isNotice && Boolean(stored.Sender) && stored.Sender !== systemUser,
    content: readContent({
      type: wasRecalled ? messageTypes.recalled : stored.MsgType,
      subtype: stored.SubMsgType,
      body: wasRecalled && stored.MsgType !== messageTypes.recalled ? '' : stored.MsgBody,
    }),
    mentions: null,
    sentAt: dateOf(stored.MsgTime),
    editedAt: null,
    recalledAt: wasRecalled ? dateOf(Number(objectOfText(stored.MsgBody)['revoke_time'] ?? 0)) : null,
    metadata: dataOf(stored.Payload),
    raw: stored,
  };
}

/** A one-to-one message goes to that side which did not send it. */
function receiverOf(
  senderId: string,
  { senderId: one, to }: { readonly senderId: string; readonly to: Receiver },
): Receiver {
  return to.kind === 'direct' && to.id === senderId ? { kind: 'direct', id: one } : to;
}
