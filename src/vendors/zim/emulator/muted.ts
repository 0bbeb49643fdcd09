import type { EmulatedSpace } from '../../../emulator/state.ts';
import { roleNumber } from './role.ts';

/** The mute of a group as a whole. */
export interface GroupMute {
  readonly everyone: boolean;
  /** Muted roles by their numbers. */
  readonly roles: readonly number[];
  /** When it ends; null for never. */
  readonly until: number | null;
}

const key = 'mute';
const runs = (until: number | null | undefined, now: number): boolean =>
  until === null || (until !== undefined && until > now);

/** The mute of a group that runs now. */
export function muteOf(group: EmulatedSpace, now: number): GroupMute | undefined {
  const mute = group.extra.get(key) as GroupMute | undefined;
  return mute && runs(mute.until, now) ? mute : undefined;
}

export function muteTogether(group: EmulatedSpace, mute: GroupMute | undefined): void {
  if (mute) group.extra.set(key, mute);
  else group.extra.delete(key);
}

/** Who is muted one by one, with the end; null for never. */
export function mutedAlone(group: EmulatedSpace): Map<string, number | null> {
  const found = group.extra.get('muted members') as Map<string, number | null> | undefined;
  const muted = found ?? new Map<string, number | null>();
  group.extra.set('muted members', muted);
  return muted;
}

export const isMutedAlone = (group: EmulatedSpace, userId: string, now: number): boolean =>
  runs(mutedAlone(group).get(userId), now);

/** Whether a member may not speak now. Who is no member is not muted: a server may send in anybody's name. */
export function isMuted(group: EmulatedSpace, userId: string, now: number): boolean {
  const member = group.members.get(userId);
  if (!member) return false;
  const mute = muteOf(group, now);
  const isTogether = mute !== undefined && (mute.everyone || mute.roles.includes(roleNumber(member)));
  return isTogether || isMutedAlone(group, userId, now);
}
