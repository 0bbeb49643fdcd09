import type { ListedUser } from './user.ts';

export type SpaceKind = 'group' | 'chatroom';

export interface SpaceKey {
  readonly kind: SpaceKind;
  readonly id: string;
}

export type MemberRole = 'OWNER' | 'ADMIN' | 'MEMBER' | 'CUSTOM';

/** A user in a space, with what the vendor tells; undefined where its answer does not. */
export interface Member extends ListedUser {
  readonly role?: MemberRole | null | undefined;
  readonly customRole?: number | null | undefined;
  readonly nickname?: string | null | undefined;
  readonly joinedAt?: Date | null | undefined;
}

export interface MembersKey {
  readonly spaceId: string;
  /** Whether roles are wanted, which costs another call at some vendors. */
  readonly withRoles: boolean;
}

export interface MemberKey {
  readonly spaceId: string;
  readonly userId: string;
  readonly withRoles: boolean;
}

export interface MembersChange {
  readonly space: SpaceKey;
  readonly userIds: readonly string[];
  readonly actorId?: string | undefined;
  readonly announce: boolean;
  readonly reason?: string | undefined;
}

/** A user's own coming or going. */
export interface Passage {
  readonly space: SpaceKey;
  readonly userId: string;
}

/** New values for a member: undefined stays, null clears. */
export interface MemberUpdate {
  readonly userId: string;
  readonly nickname?: string | null | undefined;
}

export interface MembersUpdate {
  readonly space: SpaceKey;
  readonly members: readonly MemberUpdate[];
  readonly actorId?: string | undefined;
}

export interface RoleChange {
  readonly space: SpaceKey;
  readonly userIds: readonly string[];
  readonly role: Exclude<MemberRole, 'OWNER'>;
  /** With `CUSTOM`, its number. */
  readonly customRole?: number | undefined;
  readonly actorId?: string | undefined;
}

export interface OwnershipTransfer {
  readonly space: SpaceKey;
  readonly newOwnerId: string;
  readonly leave: boolean;
  readonly actorId?: string | undefined;
}

export interface SpaceDeletion {
  readonly space: SpaceKey;
  readonly actorId?: string | undefined;
}

export interface Attribute {
  readonly key: string;
  readonly value: string;
}
