import type { Block, BlocklistOwner } from './blocklist.ts';
import type { HandledCallback } from './callback.ts';
import type { Chatroom } from './chatroom.ts';
import type { Content } from './content.ts';
import type { ConversationLabel, ListedConversation } from './conversation.ts';
import { type EventPayload, messagesOf } from './event.ts';
import type { StoredFile } from './file.ts';
import type { Group } from './group.ts';
import type { Job, JobFailure } from './job.ts';
import type { Mentions, Message, Receiver } from './message.ts';
import type { MutedUser, SpaceMute } from './moderation.ts';
import type { Friend } from './relation.ts';
import type { Attribute, Member, SpaceKey } from './space.ts';
import type { Presence, Profile } from './user.ts';
import type { Viewer } from './viewer.ts';

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

/** A side conversation of a group; what is known of it comes with its events. */
export interface ThreadNode {
  readonly __typename: 'Thread';
  readonly app: string;
  readonly threadId: string;
  /** The group it is in, where an event told. */
  readonly groupId?: string | null | undefined;
}

export interface CommunityNode {
  readonly __typename: 'Community';
  readonly app: string;
  readonly communityId: string;
  readonly name?: string | null | undefined;
}

export interface CallNode {
  readonly __typename: 'Call';
  readonly app: string;
  readonly callId: string;
}

/** Without an id of the vendor's its key is this server's own. */
export interface BroadcastNode {
  readonly __typename: 'Broadcast';
  readonly app: string;
  readonly broadcastId: string;
  readonly sentAt?: Date | null | undefined;
}

export interface JobNode {
  readonly __typename: 'Job';
  readonly app: string;
  readonly jobId: string;
  readonly known?: Job | undefined;
}

export interface BotNode {
  readonly __typename: 'Bot';
  readonly app: string;
  readonly botId: string;
  readonly profile?: Profile | undefined;
}

/** A file that the vendor keeps. */
export interface StoredFileNode {
  readonly __typename: 'File';
  readonly app: string;
  readonly file: StoredFile;
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

export interface FriendNode {
  readonly __typename: 'Friend';
  readonly app: string;
  readonly ownerId: string;
  readonly friend: Friend;
}

export interface RelationNode {
  readonly app: string;
  readonly fromId: string;
  readonly toId: string;
}

/** What a message says, with the app whose users it may name. */
export interface ContentNode {
  readonly app: string;
  readonly content: Content;
}

export type TextNode = ContentNode & { readonly content: Extract<Content, { kind: 'TEXT' }> };
export type ImageNode = ContentNode & { readonly content: Extract<Content, { kind: 'IMAGE' }> };
export type AudioNode = ContentNode & { readonly content: Extract<Content, { kind: 'AUDIO' }> };
export type VideoNode = ContentNode & { readonly content: Extract<Content, { kind: 'VIDEO' }> };
export type FileNode = ContentNode & { readonly content: Extract<Content, { kind: 'FILE' }> };
export type LocationNode = ContentNode & { readonly content: Extract<Content, { kind: 'LOCATION' }> };
export type LinkNode = ContentNode & { readonly content: Extract<Content, { kind: 'LINK' }> };
export type ReplyNode = ContentNode & { readonly content: Extract<Content, { kind: 'REPLY' }> };
export type CompositeNode = ContentNode & { readonly content: Extract<Content, { kind: 'COMPOSITE' }> };
export type MergedNode = ContentNode & { readonly content: Extract<Content, { kind: 'MERGED' }> };
export type StreamNode = ContentNode & { readonly content: Extract<Content, { kind: 'STREAM' }> };
export type CommandNode = ContentNode & { readonly content: Extract<Content, { kind: 'COMMAND' }> };
export type CustomNode = ContentNode & { readonly content: Extract<Content, { kind: 'CUSTOM' }> };
export type NoticeNode = ContentNode & { readonly content: Extract<Content, { kind: 'NOTICE' }> };
export type RecalledNode = ContentNode & { readonly content: Extract<Content, { kind: 'RECALLED' }> };
export type UnknownNode = ContentNode & { readonly content: Extract<Content, { kind: 'UNKNOWN' }> };

export interface MentionsNode {
  readonly app: string;
  readonly mentions: Mentions;
}

/** `app` is there where the presence was asked for, not told by an event. */
export type PresenceNode = Presence & { readonly app?: string };

export type SpaceNode = GroupNode | ChatroomNode;
/** Every kind of `Space` of the schema; those with members that can be managed are `SpaceNode`. */
export type AnySpaceNode = SpaceNode | ThreadNode | CommunityNode;
export type PeerNode = UserNode | SpaceNode;
export type AnyNode =
  | AppNode
  | UserNode
  | GroupNode
  | ChatroomNode
  | ThreadNode
  | CommunityNode
  | CallNode
  | BotNode
  | BroadcastNode
  | JobNode
  | StoredFileNode
  | MemberNode
  | MessageNode
  | ConversationNode
  | BlocklistNode
  | FriendNode;

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

/** The messages that an event tells its reader of. */
export const messagesTold = (node: EventNode | null): readonly Message[] =>
  node && node.payload.type !== 'GAP' ? messagesOf(node.payload) : [];

/** A user who may not speak in a space. */
export interface MuteNode {
  readonly app: string;
  readonly space: SpaceKey;
  readonly mute: MutedUser;
}

export type SpaceMuteNode = SpaceMute;
export type AttributeNode = Attribute;
export type ConversationLabelNode = ConversationLabel;
export type JobFailureNode = JobFailure;
export type HandledCallbackNode = HandledCallback;
export type ViewerNode = Viewer;

/** The space that a conversation is with; null for one between two users. */
export function spaceOfConversation({ app, peer }: ConversationNode): SpaceNode | null {
  switch (peer.kind) {
    case 'direct':
      return null;
    case 'group':
      return { __typename: 'Group', app, groupId: peer.id };
    case 'chatroom':
      return { __typename: 'Chatroom', app, chatroomId: peer.id };
  }
}

/** A space as vendors' operations name it. */
export const keyOfSpace = (node: SpaceNode): SpaceKey =>
  node.__typename === 'Group' ? { kind: 'group', id: node.groupId } : { kind: 'chatroom', id: node.chatroomId };
