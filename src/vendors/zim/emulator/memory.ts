import type { EmulatedEvent, EmulatedSpace, EmulatedState, EmulatedUser } from '../../../emulator/state.ts';

import { dropAttributesOf } from './room-attributes.ts';

/** One connection of a user, as the login callback reports it. */
interface Session {
  readonly id: string;
  readonly loginTime: number;
  readonly isReconnect: boolean;
}

/** A map that lives in the extras of a thing, made when it is first asked for. */
export function held<K, V>(holder: ReadonlyMap<string, unknown> & Map<string, unknown>, name: string): Map<K, V> {
  const found = holder.get(name);
  if (found instanceof Map) return found;
  const made = new Map<K, V>();
  holder.set(name, made);
  return made;
}

/** The latest connection of each device of a user. */
export const sessionsOf = (user: EmulatedUser): Map<string, Session> => held(user.extra, 'sessions');

/** Who left a group, with the moment: their conversation stays listed as it was then. */
export const leftOf = (group: EmulatedSpace): Map<string, number> => held(group.extra, 'left');

/** Ids of dismissed groups, which are never given again (vendor FAQ). */
const retiredIn = (state: EmulatedState): Map<string, true> => held(state.extra, 'retired group ids');

export const isRetired = (state: EmulatedState, groupId: string): boolean => retiredIn(state).has(groupId);

/** How long an empty room is kept, in milliseconds; 0 when nothing was said at its creation. */
const keepsMs = (room: EmulatedSpace): number => Number(room.extra.get('DestroyDelayTime') ?? 0) * 1000;

/** Begins a room's time of being empty; without a delay the room goes with its last user. */
export function becomeEmpty(room: EmulatedSpace, state: EmulatedState): void {
  room.extra.set('emptySince', state.now());
  // After the event at hand, so that "left" is told before "destroyed".
  if (keepsMs(room) === 0) queueMicrotask(() => destroyIfOver(room, state));
}

/** Destroys a room that was empty for as long as it is kept; says whether it did. */
export function destroyIfOver(room: EmulatedSpace, state: EmulatedState): boolean {
  const since = room.extra.get('emptySince');
  if (typeof since !== 'number' || room.members.size > 0 || since + keepsMs(room) > state.now()) return false;
  if (state.chatrooms.get(room.id) === room) state.deleteSpace(room, room.owner);
  return true;
}

/** Keeps what later calls and callbacks need to know of an event and the shared state does not hold. */
export function remember(event: EmulatedEvent, state: EmulatedState): void {
  switch (event.type) {
    case 'user.online': {
      const sessions = sessionsOf(event.user);
      const id = `93${String(state.nextId()).padStart(16, '0')}`;
      sessions.set(event.device, { id, loginTime: state.now(), isReconnect: sessions.has(event.device) });
      return;
    }
    case 'members.joined':
      event.space.extra.delete('emptySince');
      for (const userId of event.userIds) leftOf(event.space).delete(userId);
      return;
    case 'members.left':
      for (const userId of event.userIds) leftOf(event.space).set(userId, state.now());
      if (event.space.kind === 'chatroom') for (const userId of event.userIds) dropAttributesOf(event.space, userId);
      if (event.space.kind === 'chatroom' && event.space.members.size === 0) becomeEmpty(event.space, state);
      return;
    case 'space.deleted':
      if (event.space.kind === 'group') retiredIn(state).set(event.space.id, true);
      return;
    default:
  }
}
