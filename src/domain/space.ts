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

export interface SpaceDeletion {
  readonly space: SpaceKey;
  readonly actorId?: string | undefined;
}

export interface Attribute {
  readonly key: string;
  readonly value: string;
}
