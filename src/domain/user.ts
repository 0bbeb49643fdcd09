import type { Attribute } from './space.ts';

/** What a user shows to others; null where it has none, undefined where the vendor's answer does not tell. */
export interface Profile {
  readonly name?: string | null | undefined;
  readonly avatarUrl?: string | null | undefined;
}

/** Keys and values kept on a user. */
export interface UserAttributes {
  readonly attributes: readonly Attribute[];
}

export interface UserAttributesKey {
  readonly userId: string;
  /** The keys wanted; all when null. A vendor may give more. */
  readonly keys: readonly string[] | null;
}

/** A user named in a vendor's list, with what the list tells about it. */
export interface ListedUser {
  readonly userId: string;
  readonly profile?: Profile | undefined;
}

export interface NewUser extends Profile {
  readonly userId: string;
  readonly password?: string | undefined;
}

/** New values for a profile: undefined stays, null clears. */
export interface ProfileUpdate extends Profile {
  readonly userId: string;
}

/** How long the vendors' tokens of users may last, in seconds. */
export interface UserTokenLimits {
  /** For a viewer; undefined for as long as its own token, a day at the most. */
  readonly viewerSeconds?: number | undefined;
  /** For holders of `chat:admin`. */
  readonly operatorSeconds: number;
  /** Whether viewers get tokens of vendors that set no end to them. */
  readonly endless: boolean;
}

export interface TokenRequest {
  readonly userId: string;
  /** As the vendor has it when left out, but no longer than `maxSeconds`. */
  readonly ttlSeconds?: number | undefined;
  /** No bound when left out. Vendors that set no end to tokens pay no attention to it. */
  readonly maxSeconds?: number | undefined;
  readonly password?: string | undefined;
  /** The known profile, for vendors that overwrite it when they issue a token. */
  readonly profile?: Profile | undefined;
}

export interface UserToken {
  readonly token: string;
  readonly expiresAt: Date | null;
}

export interface PresenceKey {
  readonly userId: string;
  /** Whether more than `isOnline` is wanted, which costs another call at some vendors. */
  readonly isDetailed: boolean;
}

export interface Presence {
  readonly isOnline: boolean | null;
  readonly text?: string | null | undefined;
  readonly lastSeenAt?: Date | null | undefined;
  readonly devices?: readonly DevicePresence[] | null | undefined;
}

export interface DevicePresence {
  readonly device: string;
  readonly isOnline: boolean;
  readonly status: number | null;
}
