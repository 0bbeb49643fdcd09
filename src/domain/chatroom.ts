import type { Attribute } from './space.ts';

export interface ChatroomExpiry {
  readonly trigger: 'IDLE' | 'SET';
  readonly afterSeconds: number | null;
}

/** What a vendor's answer tells about a chatroom; undefined where it does not. */
export interface Chatroom {
  readonly chatroomId: string;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly announcement?: string | null | undefined;
  readonly ownerId?: string | null | undefined;
  readonly createdAt?: Date | null | undefined;
  readonly maxMembers?: number | null | undefined;
  readonly expiry?: ChatroomExpiry | null | undefined;
  readonly memberCount?: number | null | undefined;
}

export interface NewChatroom {
  readonly chatroomId?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly memberIds: readonly string[];
  readonly maxMembers?: number | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
  readonly expiry?: { readonly trigger: 'IDLE' | 'SET'; readonly afterSeconds?: number | undefined } | undefined;
  readonly isMuted: boolean;
  readonly speakerIds?: readonly string[] | undefined;
}
