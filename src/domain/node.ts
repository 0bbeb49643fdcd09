import type { Block, BlocklistOwner } from './blocklist.ts';
import type { Chatroom } from './chatroom.ts';
import type { ListedConversation } from './conversation.ts';
import type { EventPayload } from './event.ts';
import type { Group } from './group.ts';
import type { Message, Receiver } from './message.ts';
import type { Member, SpaceKey } from './space.ts';
import type { Profile } from './user.ts';

/**
 * What resolvers hand to each other: which thing it is, and what is known of it without another call. `__typename` is what
 * GraphQL tells members of unions and interfaces apart by.
 */
export interface AppNode {
  readonly __typename: 'App';
  readonly app: string;
}

export interface UserNode {
  readonly __typename: 'User';
  readonly app: string;
  readonly userId: string;
  readonly profile?: Profile | undefined;
}

export interface GroupNode {
  readonly __typename: 'Group';
  readonly app: string;
  readonly groupId: string;
  readonly known?: Group | undefined;
}

export interface ChatroomNode {
  readonly __typename: 'Chatroom';
  readonly app: string;
  readonly chatroomId: string;
  readonly known?: Chatroom | undefined;
}

export interface MemberNode {
  readonly __typename: 'Member';
  readonly app: string;
  readonly space: SpaceKey;
  readonly member: Member;
}

export interface MessageNode {
  readonly __typename: 'Message';
  readonly app: string;
  readonly message: Message;
}

export interface ConversationNode {
  readonly __typename: 'Conversation';
  readonly app: string;
  readonly ownerId: string;
  readonly peer: Receiver;
  readonly known?: ListedConversation | undefined;
}

export interface BlocklistNode {
  readonly __typename: 'Blocklist';
  readonly app: string;
  readonly owner: BlocklistOwner;
}

export interface BlockNode {
  readonly app: string;
  readonly block: Block;
}

export interface RelationNode {
  readonly app: string;
  readonly fromId: string;
  readonly toId: string;
}

export type SpaceNode = GroupNode | ChatroomNode;
export type PeerNode = UserNode | SpaceNode;
export type Node = AppNode | UserNode | GroupNode | ChatroomNode | MemberNode | MessageNode | ConversationNode | BlocklistNode;

/** A gap as a stream tells it. */
export interface GapPayload {
  readonly type: 'GAP';
  readonly cause: 'EXPIRED' | 'LOG_LOST' | 'VENDOR';
  readonly since: Date | null;
}

/** An event on its way to a subscriber, with its place in the subscriber's stream. */
export interface EventNode {
  readonly __typename: string;
  readonly id: string;
  readonly cursor: string;
  readonly app: string;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  readonly payload: EventPayload | GapPayload;
}
