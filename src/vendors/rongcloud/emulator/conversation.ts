import { conversationKey, type EmulatedKind, type EmulatedMessage } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import { refuseParam } from './failures.ts';
import { systemType } from './message.ts';
import { int, isOn, text } from './read.ts';
import { recallMessage } from './recall.ts';

/** Conversation types of a recall; discussions (2) and ultra groups (10) are taken and lead nowhere here. */
const recallKinds: Readonly<Record<number, EmulatedKind | null>> = {
  1: 'direct',
  2: null,
  3: 'group',
  4: 'chatroom',
  [systemType]: 'direct',
  10: null,
};

/**
 * A recall is itself an `RC:RcCmd` message that is kept in the history. Ids of no message are taken as well: the vendor's
 * Node SDK recalls made-up ids in its own tests and expects 200. So are a second recall, another target and another sender;
 * they change nothing.
 */
const recall: Handler = (params, context) => {
  const conversationType = int(params, 'conversationType', 0);
  const kind = recallKinds[conversationType];
  if (kind === undefined) refuseParam(context, 'conversationType');
  if (!kind) return {};
  const original = context.state.messages.get(text(params, 'messageUID'));
  const isMeant =
    original?.kind === kind && original.to === text(params, 'targetId') && original.from === text(params, 'fromUserId');
  if (!original || !isMeant || original.recalledAt !== null) return {};
  recallMessage(context.state, original, {
    source: 'server',
    isAdmin: int(params, 'isAdmin', 0),
    isDelete: int(params, 'isDelete', 0),
    extra: text(params, 'extra'),
  });
  return {};
};

/**
 * Whether a stored message shows from a user's viewpoint: no system message, not directed at others. A recalled one stays beside
 * its recall (docs.rongcloud.cn/platform-chat-api/message/msgrecall: "获取历史消息时，会获取到撤回命令消息和被撤回的原始消息").
 */
function isVisible(message: EmulatedMessage, userId: string): boolean {
  const receivers = message.extra.get('groupUserIds');
  const isForOthers =
    Array.isArray(receivers) && receivers.length > 0 && ![...receivers, message.from].includes(userId);
  const isSystem = message.extra.get('conversationType') === systemType;
  return message.extra.get('isStored') !== false && !isSystem && !isForOthers;
}

const mostListed = 100;

/** Oldest first from `startTime`, which is in only with `includeStart`, up to and with `endTime`. */
const query =
  (kind: EmulatedKind): Handler =>
  (params, context) => {
    const [userId, targetId] = [text(params, 'userId'), text(params, 'targetId')];
    const [start, end] = [int(params, 'startTime', 0), int(params, 'endTime', 0)];
    const size = int(params, 'pageSize', 10);
    if (start > end) refuseParam(context, 'startTime', 'is after endTime');
    if (size < 1 || size > mostListed) refuseParam(context, 'pageSize');
    const isLate = isOn(params, 'includeStart') ? (at: number) => at >= start : (at: number) => at > start;
    const stored = context.state.conversations.get(conversationKey(kind, userId, targetId)) ?? [];
    const found = stored
      .filter((message) => isLate(message.sentAt) && message.sentAt <= end && isVisible(message, userId))
      .toSorted((a, b) => a.sentAt - b.sentAt);
    return { data: found.slice(0, size).map((message) => describe(message, targetId)) };
  };

/** `targetId` is the conversation's id, as in the request. */
function describe(message: EmulatedMessage, targetId: string) {
  return {
    targetId,
    fromUserId: message.from,
    busChannel: String(message.extra.get('busChannel') ?? ''),
    messageUID: message.id,
    msgTime: message.sentAt,
    objectName: message.type,
    content: String(message.body),
    expansion: message.extra.get('isExpandable') === true,
    extraContent: String(message.extra.get('extraContent') ?? ''),
  };
}

export const conversationHandlers: Readonly<Record<string, Handler>> = {
  'rongcloud.message.recall': recall,
  'rongcloud.history.private.query': query('direct'),
  'rongcloud.history.group.query': query('group'),
  'rongcloud.history.chatroom.query': query('chatroom'),
};
