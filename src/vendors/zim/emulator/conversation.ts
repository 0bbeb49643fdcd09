import {
  conversationKey,
  type EmulatedMessage,
  type EmulatedState,
  type EmulatedUser,
} from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { bareInteger } from '../../../net/json.ts';
import { encodeDocument, messageTypes, readForm } from './content.ts';
import { copyFor, copyOwner, ownState } from './conversation-state.ts';
import { codes, fail } from './failures.ts';
import { groupOf } from './group-reads.ts';
import { leftOf } from './memory.ts';
import { cursorOf, offsetPage, pageSize } from './paging.ts';
import { planOf } from './plan.ts';
import { actor } from './user.ts';
import { object, text, whole } from './values.ts';

/** `IsEmpty`: what is left of a message. */
const emptiness = { content: 0, gone: 1, recalled: 2 } as const;
const mostConversations = 1000;

function view(message: EmulatedMessage, type: number, body: string): Params {
  const isRecalled = message.recalledAt !== null;
  return {
    Sender: message.from,
    MsgType: type,
    ...(type === messageTypes.custom ? { SubMsgType: Number(message.extra.get('SubMsgType') ?? 0) } : {}),
    MsgBody: body,
    MsgId: bareInteger(message.id),
    MsgSeq: message.seq,
    Payload: isRecalled ? '' : text(object(message.body), 'ExtendedData'),
    MsgTime: message.sentAt,
    IsEmpty: isRecalled ? emptiness.recalled : emptiness.content,
  };
}

/** A message in a list; a recalled one keeps its type and loses its content. */
function listed(message: EmulatedMessage): Params {
  const type = Number(message.type);
  const isRecalled = message.recalledAt !== null;
  return view(message, type, isRecalled ? '' : readForm(type, text(object(message.body), 'Message')));
}

/** A message asked for by its seq: a recalled one is of type 31 and says who recalled it (catalogue: messageTypes). */
function bySeq(message: EmulatedMessage): Params {
  if (message.recalledAt === null) return listed(message);
  const notice = {
    user_id: message.from,
    revoke_time: message.recalledAt,
    msg_type: Number(message.type),
    payload: String(message.extra.get('RecallPayload') ?? ''),
    msg_status: 12,
  };
  return view(message, messageTypes.recalled, encodeDocument(notice));
}

/** What is left of a message that the plan keeps no longer: "all other parameters are empty". */
const expired = ({ seq }: EmulatedMessage): Params => ({
  Sender: '',
  MsgType: 0,
  MsgBody: '',
  MsgId: 0,
  MsgSeq: seq,
  Payload: '',
  MsgTime: 0,
  IsEmpty: emptiness.gone,
});

/** Whether the app's plan keeps a message no longer. */
const isExpired =
  ({ state, app }: HandlerContext) =>
  ({ sentAt }: EmulatedMessage): boolean =>
    sentAt < state.now() - planOf(app).historyMs;

/** Newest first. The cursor is the seq of the last message given, so that new messages shift nothing. */
function history(messages: readonly EmulatedMessage[], params: Params, context: HandlerContext): Params {
  const isGone = isExpired(context);
  const size = pageSize(params['Limit'], { fallback: 10, ceiling: 100 });
  const cursor = cursorOf(params['Next']);
  const withEmpty = whole(params, 'WithEmptyMsg') === 1;
  const left = messages
    .filter((each) => (cursor === 0 || each.seq < cursor) && (withEmpty || (each.recalledAt === null && !isGone(each))))
    .reverse();
  const page = left.slice(0, size);
  return {
    Next: left.length > size ? (page.at(-1)?.seq ?? 0) : 0,
    List: page.map((each) => (isGone(each) ? expired(each) : listed(each))),
  };
}

const peerMessages: Handler = (params, context) => {
  const { state } = context;
  const user = actor(state, params);
  return history(copyFor(state, user, conversationKey('direct', user.id, text(params, 'ToUserId'))), params, context);
};

const groupMessages: Handler = (params, context) => {
  const { state } = context;
  return history(
    // Notices are seen only when they are asked for by their seq.
    (state.conversations.get(conversationKey('group', '', groupOf(state, params).id)) ?? []).filter(
      ({ type }) => Number(type) !== messageTypes.tips,
    ),
    params,
    context,
  );
};

const messagesBySeq: Handler = (params, context) => {
  const { state } = context;
  const asking = actor(state, params, codes.userNotRegistered);
  const type = whole(params, 'ConvType');
  if (type !== 0 && type !== 2) fail(codes.badParameter);
  const id = text(params, 'ConvId');
  if (type === 2 && !state.groups.has(id)) fail(codes.groupMissing);
  const messages = copyFor(state, asking, conversationKey(type === 2 ? 'group' : 'direct', asking.id, id));
  const asked: unknown[] = Array.isArray(params['MsgSeqList']) ? params['MsgSeqList'] : [];
  const found = [...new Set(asked)].flatMap((seq) => messages.filter((each) => each.seq === seq));
  const isGone = isExpired(context);
  return { MessageList: found.map((each) => (isGone(each) ? expired(each) : bySeq(each))) };
};

interface Conversation {
  readonly id: string;
  readonly isGroup: boolean;
  readonly updatedAt: number;
}

/** Until when a user has a group's messages: now for a member, the moment of leaving for who left, never for others. */
function readsUntil(state: EmulatedState, groupId: string, userId: string): number | undefined {
  const group = state.groups.get(groupId);
  if (!group) return undefined;
  return group.members.has(userId) ? Number.POSITIVE_INFINITY : leftOf(group).get(userId);
}

/** The conversation as the user's list has it; one that the user deleted comes back with the next message. */
function conversationOf(state: EmulatedState, user: EmulatedUser, key: string): Conversation[] {
  const userId = user.id;
  const isTheirs = (message: EmulatedMessage) => (message.extra.get(copyOwner) ?? userId) === userId;
  const messages = (state.conversations.get(key) ?? []).filter(isTheirs);
  const last = messages.at(-1);
  if (!last || last.seq <= ownState(user, key).deletedAt) return [];
  if (last.kind === 'direct') {
    if (last.from !== userId && last.to !== userId) return [];
    return [{ id: last.from === userId ? last.to : last.from, isGroup: false, updatedAt: last.sentAt }];
  }
  const until = last.kind === 'group' ? readsUntil(state, last.to, userId) : undefined;
  const seen = messages.findLast((each) => until !== undefined && each.sentAt <= until);
  return seen ? [{ id: seen.to, isGroup: true, updatedAt: seen.sentAt }] : [];
}

/** A user's conversations: the 1000 newest, oldest change first. */
export function conversationsOf(state: EmulatedState, user: EmulatedUser): Conversation[] {
  const all = [...state.conversations.keys()].flatMap((key) => conversationOf(state, user, key));
  return all.sort((a, b) => a.updatedAt - b.updatedAt).slice(-mostConversations);
}

/** `ConvType` is left out for one-to-one (catalogue: quirks). */
const conversations: Handler = (params, { state }) => {
  const newest = conversationsOf(state, actor(state, params));
  const size = pageSize(params['Limit'], { fallback: 100, ceiling: 500 });
  const { items, next } = offsetPage(newest, cursorOf(params['Next']), size);
  const List = items.map(({ id, isGroup, updatedAt }) => ({
    ConvId: id,
    ...(isGroup ? { ConvType: 2 } : {}),
    UpdateTime: updatedAt,
  }));
  return { TotalCount: newest.length, Next: next, List };
};

export const conversationHandlers = {
  'zim.conversation.list': conversations,
  'zim.conversation.peerMessages.list': peerMessages,
  'zim.conversation.groupMessages.list': groupMessages,
  'zim.message.query': messagesBySeq,
} satisfies Record<string, Handler>;
