import type { Attribute } from './space.ts';

/** What attributes are kept on. */
export interface AttributeOwner {
  readonly kind: 'user' | 'group' | 'chatroom';
  readonly id: string;
}

/** The attributes wanted of a chatroom: all of them when no keys are given. A vendor may give more than are wanted. */
export interface AttributesKey {
  readonly chatroomId: string;
  readonly keys: readonly string[] | null;
}

/** Attributes to be set; keys that are not named keep their values. */
export interface AttributesChange {
  readonly owner: AttributeOwner;
  readonly attributes: readonly Attribute[];
  readonly overwrite: boolean;
  readonly removeOnLeave: boolean;
  readonly actorId?: string | undefined;
}

/** Attributes to be deleted; all of them when no keys are given. */
export interface AttributesDeletion {
  readonly owner: AttributeOwner;
  readonly keys: readonly string[] | null;
  readonly overwrite: boolean;
  readonly actorId?: string | undefined;
}
