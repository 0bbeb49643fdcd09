import type { Attribute } from './space.ts';

export interface GroupSettings {
  readonly isPublic?: boolean | null | undefined;
  readonly joinPolicy?: 'OPEN' | 'APPROVAL' | 'INVITATION' | 'CLOSED' | null | undefined;
  readonly invitePolicy?: 'MEMBERS' | 'ADMINS' | 'OWNER' | null | undefined;
  readonly asksInvitees?: boolean | null | undefined;
  readonly maxMembers?: number | null | undefined;
}

/** What a vendor's answer tells about a group; undefined where it does not. */
export interface Group {
  readonly groupId: string;
  readonly name?: string | null | undefined;
  readonly avatarUrl?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly announcement?: string | null | undefined;
  readonly ownerId?: string | null | undefined;
  readonly createdAt?: Date | null | undefined;
  readonly isSuspended?: boolean | null | undefined;
  readonly settings?: GroupSettings | null | undefined;
  readonly attributes?: readonly Attribute[] | null | undefined;
  readonly memberCount?: number | null | undefined;
}

export interface NewGroup {
  readonly groupId?: string | undefined;
  readonly name: string;
  readonly avatarUrl?: string | undefined;
  readonly description?: string | undefined;
  readonly announcement?: string | undefined;
  readonly ownerId: string;
  readonly memberIds: readonly string[];
  readonly settings?: GroupSettings | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
}

/** The group made, and the members the vendor did not take. */
export interface CreatedGroup {
  readonly groupId: string;
}

/** New values for a group: undefined stays, null clears. */
export interface GroupUpdate {
  readonly groupId: string;
  readonly name?: string | undefined;
  readonly avatarUrl?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly announcement?: string | null | undefined;
  readonly settings?: GroupSettings | undefined;
  readonly actorId?: string | undefined;
}
