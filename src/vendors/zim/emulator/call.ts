import type { Handler } from '../../../emulator/vendor.ts';
import { type Answer, answer, callsIn, ring } from './calls.ts';
import { codes, fail, settle } from './failures.ts';
import { actor, failuresOf } from './user.ts';
import { text, texts, whole } from './values.ts';

const longestSeconds = 600;

/** 0 or absent is 90 seconds. */
function timeoutIn(seconds: number): number {
  return seconds < 0 || seconds > longestSeconds ? fail(codes.badParameter) : seconds || 90;
}

/** Those who are not registered are not called; which code an item has is not documented, so it is that of the whole call. */
const invite: Handler = (params, { state, clock }) => {
  const caller = actor(state, params).id;
  const timeoutSeconds = timeoutIn(whole(params, 'Timeout') ?? 0);
  const callees = texts(params, 'UserIds');
  if (callees.includes(caller)) fail(codes.badParameter);
  const userIds = callees.filter((id) => state.users.has(id));
  const unknown = callees.filter((id) => !state.users.has(id));
  const outcome = {
    list: 'ErrorUsers',
    failures: failuresOf(unknown, codes.calleesUnknown),
    worked: userIds.length,
  } as const;
  if (userIds.length === 0) return settle(outcome);
  const { id: CallId } = ring(state, clock, { caller, userIds, timeoutSeconds, payload: text(params, 'ExtendedData') });
  return settle({ ...outcome, payload: { CallId, CreateTime: state.now() } });
};

/** A repeat changes nothing and is answered well: the catalogue calls it idempotent. The other answer comes too late. */
const answering =
  (given: Answer): Handler =>
  (params, { state }) => {
    const { id: userId } = actor(state, params);
    const call = callsIn(state).get(text(params, 'CallId')) ?? fail(codes.callMissing);
    const before = call.invitees.get(userId) ?? fail(codes.notInvited);
    if (before === given) return {};
    if (before === 'timed out') fail(codes.callTimedOut);
    if (before !== 'ringing' || call.isOver) fail(codes.callOver);
    answer(call, userId, given, text(params, 'ExtendedData'), state);
    return {};
  };

export const callHandlers = {
  'zim.call.invite': invite,
  'zim.call.accept': answering('accepted'),
  'zim.call.reject': answering('rejected'),
} satisfies Record<string, Handler>;
