import type { Clock } from '../../../clock.ts';
import type { EmulatedState, EmulatedUser } from '../../../emulator/state.ts';
import { held } from './memory.ts';

export type Answer = 'accepted' | 'rejected';

/** A call as the vendor keeps it; once it is over only its answers are of use. */
export interface Call {
  readonly id: string;
  readonly caller: string;
  /** Everybody called, with how they answered. */
  readonly invitees: Map<string, 'ringing' | Answer | 'timed out'>;
  isOver: boolean;
  /** Ends the time that they have. */
  stopTimer: () => void;
}

export const callsIn = (state: EmulatedState): Map<string, Call> => held(state.extra, 'calls');

const isOnline = (state: EmulatedState, userId: string) => (state.users.get(userId)?.devices.size ?? 0) > 0;
const has = (call: Call, answer: string) => [...call.invitees.values()].includes(answer as Answer);

interface Invitation {
  readonly caller: string;
  readonly userIds: readonly string[];
  readonly timeoutSeconds: number;
  readonly payload: string;
}

/** Begins a call. Callees who are logged out are not told of, and a call of only such ones is not told at all. */
export function ring(state: EmulatedState, clock: Clock, invitation: Invitation): Call {
  const { caller, userIds, timeoutSeconds, payload } = invitation;
  const call: Call = {
    id: String(77_000 + state.nextId()),
    caller,
    invitees: new Map(userIds.map((userId) => [userId, 'ringing'])),
    isOver: false,
    stopTimer: clock.schedule(timeoutSeconds * 1000, () => timeOut(call, state)),
  };
  callsIn(state).set(call.id, call);
  const reached = userIds.filter((userId) => isOnline(state, userId));
  const create_time = Math.floor(state.now() / 1000);
  const fields = { call_id: call.id, user_ids: reached, create_time, payload, caller, timeout: timeoutSeconds };
  if (reached.length > 0) state.tell('zim.callback.call.created', fields);
  return call;
}

/** Somebody answers, for the first time. A call that everybody rejected is over. */
export function answer(call: Call, userId: string, given: Answer, extend_data: string, state: EmulatedState): void {
  call.invitees.set(userId, given);
  const id = given === 'accepted' ? 'zim.callback.call.accepted' : 'zim.callback.call.rejected';
  state.tell(id, { call_id: call.id, user_id: userId, extend_data });
  if ([...call.invitees.values()].every((each) => each === 'rejected')) end(call);
}

function end(call: Call): void {
  call.isOver = true;
  call.stopTimer();
}

/**
 * The time is over: "sent when SOME callees did not answer while the caller is online, or when NOBODY answered and the caller is
 * offline; nobody answered with the caller online gives call_cancel instead".
 */
function timeOut(call: Call, state: EmulatedState): void {
  if (call.isOver) return;
  const silent = [...call.invitees].filter(([, each]) => each === 'ringing').map(([userId]) => userId);
  if (silent.length === 0) return;
  for (const userId of silent) call.invitees.set(userId, 'timed out');
  if (!has(call, 'accepted')) call.isOver = true;
  if (silent.length === call.invitees.size && isOnline(state, call.caller)) cancel(call, 'timeout_cancel', state);
  else state.tell('zim.callback.call.timedOut', { call_id: call.id, user_ids: silent });
}

function cancel(call: Call, reason: string, state: EmulatedState): void {
  end(call);
  const fields = { call_id: call.id, user_ids: [...call.invitees.keys()], reason, payload: '' };
  state.tell('zim.callback.call.canceled', fields);
}

/** A caller who goes offline before anybody accepted cancels (catalogue: zim.callback.call.canceled). */
export function hangUp(caller: EmulatedUser, state: EmulatedState): void {
  if (caller.devices.size > 0) return;
  for (const call of callsIn(state).values())
    if (call.caller === caller.id && !call.isOver && has(call, 'ringing') && !has(call, 'accepted'))
      cancel(call, 'caller_cancel', state);
}
