import type { EmulatedState } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import { Bare } from './envelope.ts';
import { refuse } from './failures.ts';
import { textsOf, userIdOf } from './values.ts';

const maxPerCall = 100;

/** One row per name; a resource online is the text 1, and last_time is Unix seconds as text. */
function row(name: string, state: EmulatedState, now: number): Record<string, unknown> {
  const user = state.users.get(userIdOf(name));
  const devices = [...(user?.devices ?? [])];
  const seenAt = devices.length > 0 ? now : (user?.lastSeenAt ?? 0);
  return {
    uid: userIdOf(name),
    last_time: String(Math.floor(seenAt / 1000)),
    // What the user's client set with its status.
    ext: String(user?.extra.get('presence ext') ?? ''),
    status: Object.fromEntries(devices.map((device) => [device, '1'])),
  };
}

const get: Handler = (params, { app, state, clock }) => {
  if (app.switches.has('presence-closed')) refuse(400, 'service open exception', 'the app not open presence');
  const names = textsOf(params, 'usernames');
  if (names.length === 0) refuse(400, 'illegal_argument', 'usernames is empty');
  if (names.length > maxPerCall) refuse(400, 'illegal_argument', 'too many get presences');
  return new Bare({ result: names.map((name) => row(name, state, clock.now())) });
};

export const presenceHandlers = { 'easemob.presence.get': get } satisfies Record<string, Handler>;
