import {
  conversationKey,
  type EmulatedKind,
  type EmulatedMessage,
  type EmulatedState,
} from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { roomOf } from './chatroom.ts';
import { codes, fail } from './failures.ts';
import { groupOf } from './group-reads.ts';
import { switches } from './plan.ts';
import { text, whole } from './values.ts';

/** "Within 2 minutes by default" */
const recallWindowMs = 120_000;

/** The message with the call's `MsgSeq`, which its sender alone may recall, once. */
function recallable(state: EmulatedState, params: Params, kind: EmulatedKind, to: string): EmulatedMessage {
  const from = text(params, 'FromUserId');
  const conversation = state.conversations.get(conversationKey(kind, from, to)) ?? [];
  const message = conversation.find((each) => each.seq === whole(params, 'MsgSeq')) ?? fail(codes.messageNotFound);
  if (message.from !== from) fail(codes.notTheSender);
  return message.recalledAt === null ? message : fail(codes.messageRecalled);
}

function recall(state: EmulatedState, params: Params, message: EmulatedMessage): Params {
  message.extra.set('RecallPayload', text(params, 'Payload'));
  state.recall(message, message.from);
  return {};
}

function recallInTime(state: EmulatedState, params: Params, message: EmulatedMessage): Params {
  if (state.now() - message.sentAt > recallWindowMs) fail(codes.recallTooLate);
  return recall(state, params, message);
}

const recallPeer: Handler = (params, { state }) =>
  recallInTime(state, params, recallable(state, params, 'direct', text(params, 'ToUserId')));

const recallGroup: Handler = (params, { state }) =>
  recallInTime(state, params, recallable(state, params, 'group', groupOf(state, params).id));

/** Needs stored room messages and a sender who is in the room; no time limit is documented. */
const recallRoom: Handler = (params, { state, app }) => {
  if (!app.switches.has(switches.storedRoomMessages)) fail(codes.roomMessagesNotStored);
  const room = roomOf(state, params);
  if (!room.members.has(text(params, 'FromUserId'))) fail(codes.notInThisRoom);
  return recall(state, params, recallable(state, params, 'chatroom', room.id));
};

export const recallHandlers = {
  'zim.message.peer.recall': recallPeer,
  'zim.message.group.recall': recallGroup,
  'zim.message.room.recall': recallRoom,
} satisfies Record<string, Handler>;
