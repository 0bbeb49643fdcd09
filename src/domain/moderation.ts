import type { MemberRole, SpaceKey } from './space.ts';
import type { ListedUser } from './user.ts';

/** Who is muted in a space as a whole. */
export interface SpaceMute {
  readonly everyone: boolean;
  readonly roles: readonly MemberRole[];
  /** Null for never, or where the vendor does not tell. */
  readonly expiresAt: Date | null;
}

/** A space, as far as it is about its mute. */
export interface WithMute {
  readonly mute: SpaceMute;
}

/** What vendors tell that know nothing of roles and of an end. */
export const muteOfAll = (everyone: boolean): SpaceMute => ({ everyone, roles: [], expiresAt: null });

/** A member who is muted by itself, as a vendor's list tells. */
export interface MutedUser extends ListedUser {
  readonly createdAt?: Date | null | undefined;
  readonly expiresAt?: Date | null | undefined;
}

export interface MembersMute {
  readonly space: SpaceKey;
  readonly userIds: readonly string[];
  /** As long as the vendor can when left out. */
  readonly durationSeconds?: number | undefined;
  readonly actorId?: string | undefined;
}

export type MembersUnmute = Omit<MembersMute, 'durationSeconds'>;

export interface SpaceMuting {
  readonly space: SpaceKey;
  /** Everybody when left out. */
  readonly roles?: readonly MemberRole[] | undefined;
  /** For ever when left out. */
  readonly durationSeconds?: number | undefined;
  readonly actorId?: string | undefined;
}

export type SpaceUnmuting = Omit<SpaceMuting, 'roles' | 'durationSeconds'>;
