import {
  conversationKey,
  type EmulatedKind,
  type EmulatedMessage,
  type EmulatedState,
  type EmulatedUser,
} from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { copyFor, copyOwner, lastSeq, ownState } from './conversation-state.ts';
import { keep, readDraft } from './draft.ts';
import { codes, fail } from './failures.ts';
import { groupOf } from './group-reads.ts';
import { planOf } from './plan.ts';
import { actor } from './user.ts';
import { pastTime, text, wholes } from './values.ts';

/** An import is told to nobody: no callback, no push. What only a live message has is ignored. */
function importDraft(params: Params) {
  const { body, ...draft } = readDraft(params, 'import');
  const { OfflinePush: _, HasReceipt: __, ...kept } = body as Params;
  return { ...draft, body: kept, source: 'server' as const };
}

/** "Not before now minus the plan's history days" */
function importTime(params: Params, { state, app }: HandlerContext): number {
  const sentAt = pastTime(params, 'SendMessageTime', state.now());
  return sentAt < state.now() - planOf(app).historyMs ? fail(codes.badParameter) : sentAt;
}

/** The id is a text here; the message is in one side's copy only. */
const importPeer: Handler = (params, context) => {
  const { state } = context;
  const draft = importDraft(params);
  const from = text(params, 'FromUserId');
  const to = text(params, 'ToUserId');
  const owner = text(params, 'ImportedUserId');
  if (owner !== from && owner !== to) fail(codes.badParameter);
  const sentAt = importTime(params, context);
  const extra = new Map<string, unknown>([...(draft.extra ?? []), [copyOwner, owner]]);
  const { id, seq } = keep(state, { ...draft, kind: 'direct', from, to, sentAt, extra });
  return { MsgId: id, MsgSeq: seq };
};

/** Answers no id. */
const importGroup: Handler = (params, context) => {
  const { state } = context;
  const draft = importDraft(params);
  const from = actor(state, params).id;
  const to = groupOf(state, params).id;
  const sentAt = importTime(params, context);
  return { MsgSeq: keep(state, { ...draft, kind: 'group', from, to, sentAt }).seq };
};

/** Empties one user's copy. The pages know no refusal. */
function clear(state: EmulatedState, params: Params, kind: EmulatedKind, id: string): Params {
  const user = state.users.get(text(params, 'FromUserId'));
  if (!user) return {};
  const key = conversationKey(kind, user.id, id);
  ownState(user, key).clearedTo = lastSeq(state, key);
  return {};
}

const clearPeer: Handler = (params, { state }) => clear(state, params, 'direct', text(params, 'ToUserId'));
const clearGroup: Handler = (params, { state }) => clear(state, params, 'group', text(params, 'GroupId'));

/** The messages of others that a receipt names; `code` refuses when one of them is not the user's to acknowledge. */
function acknowledged(state: EmulatedState, params: Params, user: EmulatedUser, key: string, code: number) {
  const copy = copyFor(state, user, key);
  return wholes(params, 'ConvMsgSeq').map((seq): EmulatedMessage => {
    const message = copy.find((each) => each.seq === seq && each.recalledAt === null) ?? fail(code);
    return message.from === user.id ? fail(code) : message;
  });
}

/** Notes who has the messages of a call, or has read them: at most once each. */
function note(messages: readonly EmulatedMessage[], user: EmulatedUser, what: 'read' | 'delivered', now: number): void {
  for (const message of messages) {
    const name = `${what} by`;
    const known = message.extra.get(name);
    const by = known instanceof Map ? known : new Map<string, number>();
    if (!by.has(user.id)) by.set(user.id, now);
    message.extra.set(name, by);
  }
}

const receiptPeer =
  (what: 'read' | 'delivered', field: string): Handler =>
  (params, { state }) => {
    const user = actor(state, params, codes.peerReceiptsRefused);
    const key = conversationKey('direct', user.id, text(params, 'ConvId'));
    note(acknowledged(state, params, user, key, codes.peerReceiptsRefused), user, what, state.now());
    return { [field]: state.now() };
  };

const receiptGroup =
  (what: 'read' | 'delivered', field: string): Handler =>
  (params, { state }) => {
    const user = actor(state, params, codes.groupReceiptsRefused);
    const group = state.groups.get(text(params, 'GroupId'));
    if (!group?.members.has(user.id)) fail(codes.groupReceiptsRefused);
    const key = conversationKey('group', user.id, text(params, 'GroupId'));
    note(acknowledged(state, params, user, key, codes.groupReceiptsRefused), user, what, state.now());
    return { [field]: state.now() };
  };

/** What concerns one side's copy of a conversation: imports, emptying, receipts. */
export const copyHandlers = {
  'zim.message.peer.import': importPeer,
  'zim.message.group.import': importGroup,
  'zim.message.peer.clear': clearPeer,
  'zim.message.group.clear': clearGroup,
  'zim.message.peer.readReceipt.set': receiptPeer('read', 'ReadTime'),
  'zim.message.group.readReceipt.set': receiptGroup('read', 'ReadTime'),
  'zim.message.peer.deliveryReceipt.set': receiptPeer('delivered', 'DeliveredTime'),
  'zim.message.group.deliveryReceipt.set': receiptGroup('delivered', 'DeliveredTime'),
} satisfies Record<string, Handler>;
