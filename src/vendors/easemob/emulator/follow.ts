import type { Clock } from '../../../clock.ts';
import type { EmulatedEvent, EmulatedUser } from '../../../emulator/state.ts';
import type { EmulatedApp } from '../../../emulator/vendor.ts';
import { offlineCause, serverOperator } from './spaces.ts';

const patienceMs = 2 * 60 * 1000;

/** Room members who are off line for 2 minutes leave the room (easemob.yaml, quirks). */
export function follow(event: EmulatedEvent, app: EmulatedApp, clock: Clock): void {
  if (event.type !== 'user.offline') return;
  const { user } = event;
  clock.schedule(patienceMs, () => {
    if (isStillAway(user, clock.now())) leaveRooms(user, app);
  });
}

function isStillAway(user: EmulatedUser, now: number): boolean {
  return user.devices.size === 0 && user.lastSeenAt !== null && now - user.lastSeenAt >= patienceMs;
}

function leaveRooms(user: EmulatedUser, { state }: EmulatedApp): void {
  for (const room of state.chatrooms.values()) {
    if (room.members.has(user.id) && room.owner !== user.id) state.leave(room, [user.id], serverOperator, offlineCause);
  }
}
