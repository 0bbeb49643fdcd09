import type { Attribute } from './space.ts';
import type { ListedUser } from './user.ts';

/** A friend of a user, with what the vendor tells; undefined where its answer does not. */
export interface Friend extends ListedUser {
  /** The name the owner gave the friend, for itself alone. */
  readonly remark?: string | null | undefined;
  readonly createdAt?: Date | null | undefined;
  readonly attributes?: readonly Attribute[] | null | undefined;
}

/** Seen from one of two users: whether it has the other as a friend, and the other it. */
export type Friendship = 'NONE' | 'MUTUAL' | 'OUTGOING' | 'INCOMING';

export interface FriendshipKey {
  readonly fromId: string;
  readonly toId: string;
}

export interface NewFriend {
  readonly userId: string;
  /** What is said to the friend. */
  readonly message?: string | undefined;
  readonly remark?: string | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
}

export interface NewFriends {
  readonly ownerId: string;
  readonly friends: readonly NewFriend[];
}

/** New values for a friend: undefined stays, null clears. */
export interface FriendUpdate {
  readonly userId: string;
  readonly remark?: string | null | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
  readonly deleteAttributes?: readonly string[] | undefined;
}

export interface FriendsUpdate {
  readonly ownerId: string;
  readonly friends: readonly FriendUpdate[];
}

export type FriendshipSide = 'BOTH' | 'OWN';

export interface FriendsRemoval {
  readonly ownerId: string;
  readonly friendIds: readonly string[];
  readonly side: FriendshipSide;
}

export interface AllFriendsRemoval {
  readonly ownerId: string;
  readonly side: FriendshipSide;
}
