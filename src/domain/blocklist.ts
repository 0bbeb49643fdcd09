import type { ListedUser } from './user.ts';

export type BlocklistOwnerKind = 'user' | 'group' | 'chatroom';

export interface BlocklistOwner {
  readonly kind: BlocklistOwnerKind;
  readonly id: string;
}

/** An entry of a blocklist. */
export interface Block extends ListedUser {
  readonly createdAt?: Date | null | undefined;
  readonly expiresAt?: Date | null | undefined;
}

export interface BlocklistKey {
  readonly owner: BlocklistOwner;
  readonly userId: string;
}

export interface BlocklistChange {
  readonly owner: BlocklistOwner;
  readonly userIds: readonly string[];
  readonly durationSeconds?: number | undefined;
  readonly notice?: string | undefined;
}
