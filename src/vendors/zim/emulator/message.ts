import type { EmulatedMessage, EmulatedSpace, EmulatedState, NewMessage } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { bareInteger } from '../../../net/json.ts';
import { roomOf } from './chatroom.ts';
import { type Target, target } from './conversation-state.ts';
import { fleetingId, isFleeting, keep, readDraft } from './draft.ts';
import { codes, fail, type ItemFailure, settle } from './failures.ts';
import { groupOf } from './group-reads.ts';
import { held } from './memory.ts';
import { isMuted } from './muted.ts';
import { switches } from './plan.ts';
import { actor } from './user.ts';
import { object, texts, whole } from './values.ts';

/** Why one receiver does not get a message. */
export function receiverProblem(state: EmulatedState, from: string, to: string): number | undefined {
  const receiver = state.users.get(to);
  if (!receiver) return codes.userNotRegistered;
  return receiver.blocklist.has(from) ? codes.receiverBlockedSender : undefined;
}

interface Sent {
  readonly UserId: string;
  readonly MsgId: string;
  readonly MsgSeq?: number;
}

/** Keeps one message for each receiver who may have it, and tells of the call as one event. */
function deliver(state: EmulatedState, wanted: readonly NewMessage[]): { sent: Sent[]; failures: ItemFailure[] } {
  const sent: Sent[] = [];
  const failures: ItemFailure[] = [];
  const kept: EmulatedMessage[] = [];
  for (const message of wanted) {
    const problem = receiverProblem(state, message.from, message.to);
    if (problem) failures.push({ UserId: message.to, SubCode: problem });
    else if (isFleeting(message.type)) sent.push({ UserId: message.to, MsgId: fleetingId(state) });
    else {
      const made = keep(state, message);
      kept.push(made);
      sent.push({ UserId: made.to, MsgId: made.id, MsgSeq: made.seq });
    }
  }
  kept[0]?.extra.set(
    'failed receivers',
    failures.map((each) => each.UserId),
  );
  state.sent(kept);
  const first = failures[0];
  if (first && sent.length === 0) state.refused(wanted, String(first.SubCode));
  return { sent, failures };
}

/** One call, up to 100 receivers, each with a message of its own. The sender may not be among them. */
const sendPeer: Handler = (params, { state }) => {
  const draft = readDraft(params, 'peer');
  const from = actor(state, params).id;
  const receivers = texts(params, 'ToUserId');
  if (receivers.includes(from)) fail(codes.badParameter);
  const wanted = receivers.map((to): NewMessage => ({ ...draft, kind: 'direct', from, to, source: 'server' }));
  const { sent, failures } = deliver(state, wanted);
  return settle({ list: 'ErrorList', failures, worked: sent.length, payload: { SuccList: sent } });
};

/**
 * A muted member's message, whoever sends it. No page names the code: this is that of everything else in a group that takes
 * another role.
 */
function refuseMuted(group: EmulatedSpace, message: NewMessage, state: EmulatedState): void {
  if (!isMuted(group, message.from, state.now())) return;
  state.refused([message], String(codes.mayNot));
  fail(codes.mayNot);
}

/** Whom of the group the message is for, where the call says so. */
function targetIn(params: Params): [string, Target][] {
  const option = object(params['SendMsgOptions'])['TargetOption'];
  if (option === undefined) return [];
  const isInclusive = object(option)['Inclusive'] === true;
  return [[target, { userIds: texts(object(option), 'ReceiverUserIds'), isInclusive }]];
}

/** The id is a bare 64-bit number here, a text in `SendPeerMessage`. The sender need not be a member. */
const sendGroup: Handler = (params, { state }) => {
  const draft = readDraft(params, 'group');
  const from = actor(state, params).id;
  const group = groupOf(state, params);
  const to = group.id;
  refuseMuted(group, { ...draft, kind: 'group', from, to, source: 'server' }, state);
  if (isFleeting(draft.type)) return { MsgId: bareInteger(fleetingId(state)) };
  const extra = new Map([...(draft.extra ?? []), ...targetIn(params)]);
  const message = keep(state, { ...draft, kind: 'group', from, to, source: 'server', extra });
  state.sent([message]);
  return { MsgSeq: message.seq, MsgId: bareInteger(message.id) };
};

/** Answers neither id nor seq: only the callback tells them. */
const sendRoom: Handler = (params, { state }) => {
  const draft = readDraft(params, 'room');
  const from = actor(state, params).id;
  const to = roomOf(state, params).id;
  if (!isFleeting(draft.type)) state.sent([keep(state, { ...draft, kind: 'chatroom', from, to, source: 'server' })]);
  return {};
};

/** What was pushed to everybody: kept in no conversation, told by no callback. */
export const pushesOf = (state: EmulatedState): Map<number, Params> => held(state.extra, 'pushes to all');

const pushToAll: Handler = (params, { state, app }) => {
  if (app.switches.has(switches.freePlan)) fail(codes.notOnThisPlan);
  const { type, body } = readDraft(params, 'all');
  const pushType = whole(params, 'PushType') ?? 0;
  if (pushType < 0 || pushType > 2) fail(codes.badParameter);
  const pushes = pushesOf(state);
  pushes.set(pushes.size, { from: actor(state, params).id, type, body, pushType });
  return {};
};

export const sendHandlers = {
  'zim.message.peer.send': sendPeer,
  'zim.message.group.send': sendGroup,
  'zim.message.room.send': sendRoom,
  'zim.message.all.push': pushToAll,
} satisfies Record<string, Handler>;
