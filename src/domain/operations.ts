import type { Outcome } from '../errors.ts';
import type { inputFields } from '../generated/names.ts';
import type { AttributesChange, AttributesDeletion, AttributesKey } from './attribute.ts';
import type { Batch } from './batch.ts';
import type { Block, BlocklistChange, BlocklistKey } from './blocklist.ts';
import type { CallAnswer, NewCall, StartedCall } from './call.ts';
import type { FailedCallbacks } from './callback.ts';
import type { Chatroom, NewChatroom } from './chatroom.ts';
import type { Community } from './community.ts';
import type {
  ConversationKey,
  ConversationLabel,
  ConversationsDeletion,
  ConversationsUpdate,
  HistoryClearing,
  ListedConversation,
} from './conversation.ts';
import type { ServiceCredential, ServiceCredentialRequest, Verification } from './credential.ts';
import type { CreatedGroup, Group, GroupUpdate, NewGroup } from './group.ts';
import type {
  Acknowledgement,
  HistoryKey,
  ImportedMessage,
  Message,
  MessageEdit,
  MessageKey,
  NewBroadcast,
  NewMessage,
  Recall,
  SentBroadcast,
  SentMessage,
} from './message.ts';
import type { MembersMute, MembersUnmute, MutedUser, SpaceMuting, SpaceUnmuting, WithMute } from './moderation.ts';
import type { Lister, RequestOptions } from './page.ts';
import type {
  AllFriendsRemoval,
  Friend,
  Friendship,
  FriendshipKey,
  FriendsRemoval,
  FriendsUpdate,
  NewFriends,
} from './relation.ts';
import type {
  Attribute,
  Member,
  MemberKey,
  MembersChange,
  MembersKey,
  MembersUpdate,
  OwnershipTransfer,
  Passage,
  RoleChange,
  SpaceDeletion,
  SpaceKey,
  SpaceKind,
} from './space.ts';
import type {
  NewUser,
  Presence,
  PresenceKey,
  Profile,
  ProfileUpdate,
  TokenRequest,
  UserAttributes,
  UserAttributesKey,
  UserToken,
} from './user.ts';

/** A change of many items: one outcome for each, in their order. Throws only when no item could be tried. */
export type Bulk<I, T = void> = (input: I, options?: RequestOptions) => Promise<readonly Outcome<T>[]>;

/**
 * Everything a vendor's adapter can do, named by the schema coordinate that it serves. What an adapter leaves out is
 * `NOT_SUPPORTED`, and so is what it refuses by throwing that (a kind of owner, a choice): the list of an app's
 * capabilities is read off these keys.
 */
export interface Operations {
  /** Asks the vendor whether it takes the app's credentials. Throws when it could not be asked. */
  'Mutation.verifyApp': (input: null, options?: RequestOptions) => Promise<Verification>;
  'Mutation.issueServiceCredential': (
    request: ServiceCredentialRequest,
    options?: RequestOptions,
  ) => Promise<ServiceCredential>;
  /** Callbacks that the vendor could not deliver and keeps, the older first, all on one page. */
  'App.failedCallbacks': Lister<null, FailedCallbacks>;
  /** Has the ten minutes from `since` sent again. Throws `NOT_FOUND` where nothing of them is kept. */
  'Mutation.redeliverCallbacks': (
    slot: Pick<FailedCallbacks, 'since'>,
    options?: RequestOptions,
  ) => Promise<{ readonly isAccepted: boolean }>;

  /** Name and picture. */
  'User.name': Batch<string, Profile>;
  'User.attributes': Batch<UserAttributesKey, UserAttributes>;
  'User.createdAt': Batch<string, Date | null>;
  'User.presence': Batch<PresenceKey, Presence>;
  'Mutation.registerUsers': Bulk<readonly NewUser[]>;
  'Mutation.updateUsers': Bulk<readonly ProfileUpdate[]>;
  'Mutation.issueUserToken': (request: TokenRequest, options?: RequestOptions) => Promise<UserToken>;

  /** A bot's name and picture, by its id. */
  'Bot.name': Batch<string, Profile>;
  'Mutation.registerBots': Bulk<readonly NewUser[]>;
  'Mutation.updateBot': (update: ProfileUpdate, options?: RequestOptions) => Promise<void>;

  /** A user's friends, with everything the list tells of them. */
  'User.friends': Lister<string, Friend>;
  'Relation.friendship': Batch<FriendshipKey, Friendship | null>;
  'Mutation.addFriends': Bulk<NewFriends>;
  'Mutation.requestFriends': Bulk<NewFriends>;
  'Mutation.updateFriends': Bulk<FriendsUpdate>;
  'Mutation.removeFriends': Bulk<FriendsRemoval>;
  'Mutation.removeAllFriends': (removal: AllFriendsRemoval, options?: RequestOptions) => Promise<void>;

  /** The blocklist of a user, group or chatroom, by the owner's id. */
  'User.blocklist': Lister<string, Block>;
  'Group.blocklist': Lister<string, Block>;
  'Chatroom.blocklist': Lister<string, Block>;
  /** Whether a user is on a blocklist; only where the vendor has a check. Elsewhere the list is read. */
  'Blocklist.contains': Batch<BlocklistKey, boolean>;
  'Mutation.blockUsers': Bulk<BlocklistChange>;
  'Mutation.unblockUsers': Bulk<BlocklistChange>;

  'App.groups': Lister<null, Group>;
  'User.groups': Lister<string, Group>;
  /** Everything one read of a group tells. */
  'Group.name': Batch<string, Group>;
  /** Only where the count does not come with `Group.name`. */
  'Group.memberCount': Batch<string, number | null>;
  /** Only where the announcement does not come with `Group.name`. */
  'Group.announcement': Batch<string, string | null>;
  /** The owner's id; only where it does not come with `Group.name`. */
  'Group.owner': Batch<string, string | null>;
  'Group.members': Lister<MembersKey, Member>;
  /** A membership, or null when the user is not a member. */
  'Group.member': Batch<MemberKey, Member | null>;
  'Group.messages': Lister<HistoryKey, Message>;
  /** Outcomes are those of `memberIds`. */
  'Mutation.createGroup': (
    group: NewGroup,
    options?: RequestOptions,
  ) => Promise<{ readonly group: CreatedGroup; readonly members: readonly Outcome[] }>;
  'Mutation.updateGroup': (update: GroupUpdate, options?: RequestOptions) => Promise<void>;

  'App.communities': Lister<null, Community>;
  /** Everything one read of a community tells. */
  'Community.name': Batch<string, Community>;

  'App.chatrooms': Lister<null, Chatroom>;
  /** Everything one read of a chatroom tells. */
  'Chatroom.name': Batch<string, Chatroom>;
  /** Only where the count does not come with `Chatroom.name`. */
  'Chatroom.memberCount': Batch<string, number | null>;
  /** Only where the announcement does not come with `Chatroom.name`. */
  'Chatroom.announcement': Batch<string, string | null>;
  'Chatroom.members': Lister<MembersKey, Member>;
  'Chatroom.member': Batch<MemberKey, Member | null>;
  'Chatroom.messages': Lister<HistoryKey, Message>;
  /** Outcomes are those of `memberIds`. */
  'Mutation.createChatroom': (
    chatroom: NewChatroom,
    options?: RequestOptions,
  ) => Promise<{ readonly chatroomId: string; readonly members: readonly Outcome[] }>;

  'Mutation.addMembers': Bulk<MembersChange>;
  'Mutation.removeMembers': Bulk<MembersChange>;
  'Mutation.joinSpace': (passage: Passage, options?: RequestOptions) => Promise<void>;
  'Mutation.leaveSpace': (passage: Passage, options?: RequestOptions) => Promise<void>;
  /** One outcome for each member. */
  'Mutation.updateMembers': Bulk<MembersUpdate>;
  'Mutation.setMemberRole': Bulk<RoleChange>;
  'Mutation.transferOwnership': (transfer: OwnershipTransfer, options?: RequestOptions) => Promise<void>;
  'Mutation.deleteSpace': (deletion: SpaceDeletion, options?: RequestOptions) => Promise<void>;

  'Chatroom.attributes': Batch<AttributesKey, readonly Attribute[]>;
  /** One outcome for each attribute. */
  'Mutation.setAttributes': Bulk<AttributesChange>;
  /** One outcome for each key given. */
  'Mutation.deleteAttributes': Bulk<AttributesDeletion>;

  /** Who is muted as a whole; the same batch as that of the name where one read tells both. */
  'Group.mute': Batch<string, WithMute>;
  'Chatroom.mute': Batch<string, WithMute>;
  /** The members muted one by one. */
  'Group.mutedMembers': Lister<string, MutedUser>;
  'Chatroom.mutedMembers': Lister<string, MutedUser>;
  /** The spaces of a kind in which everybody, or some members, are muted. */
  'App.mutedSpaces': Lister<SpaceKind, SpaceKey>;
  'Mutation.muteMembers': Bulk<MembersMute>;
  'Mutation.unmuteMembers': Bulk<MembersUnmute>;
  'Mutation.muteSpace': (muting: SpaceMuting, options?: RequestOptions) => Promise<void>;
  'Mutation.unmuteSpace': (unmuting: SpaceUnmuting, options?: RequestOptions) => Promise<void>;

  'User.conversations': Lister<string, ListedConversation>;
  /** The messages of a conversation as its owner has them, the latest first. */
  'Conversation.messages': Lister<HistoryKey, Message>;
  /** A message by its key, or null when there is none. */
  'Query.message': Batch<MessageKey, Message | null>;
  /** One outcome for each receiver. */
  'Mutation.sendMessage': Bulk<NewMessage, SentMessage>;
  'Mutation.recallMessages': Bulk<Recall>;
  /** Gives when the vendor changed it; null where it does not tell. */
  'Mutation.editMessage': (edit: MessageEdit, options?: RequestOptions) => Promise<{ readonly editedAt: Date | null }>;
  'Mutation.acknowledgeMessages': Bulk<Acknowledgement>;
  'Mutation.importMessages': Bulk<readonly ImportedMessage[], SentMessage>;
  'Mutation.broadcastMessage': (broadcast: NewBroadcast, options?: RequestOptions) => Promise<SentBroadcast>;

  /** The labels that a user may put on its conversations. */
  'User.conversationLabels': Batch<string, readonly ConversationLabel[]>;
  /** One outcome for each conversation, as for the three that follow. */
  'Mutation.updateConversations': Bulk<ConversationsUpdate>;
  'Mutation.deleteConversations': Bulk<ConversationsDeletion>;
  /** Only where the vendor keeps a count of its own. */
  'Mutation.markConversationsRead': Bulk<readonly ConversationKey[]>;
  'Mutation.clearHistory': Bulk<HistoryClearing>;

  'Mutation.startCall': (call: NewCall, options?: RequestOptions) => Promise<StartedCall>;
  'Mutation.acceptCall': (answer: CallAnswer, options?: RequestOptions) => Promise<void>;
  'Mutation.rejectCall': (answer: CallAnswer, options?: RequestOptions) => Promise<void>;
}

export type OperationName = keyof Operations;

/** An input type of the schema. */
export type ChoiceInput = keyof typeof inputFields;

/**
 * The fields of GraphQL input types that a vendor takes, by type: a field given that is not named here is refused with
 * `NOT_SUPPORTED` before anything is sent. A type that is not named is taken whole, so a vendor names those of which it lacks a
 * field.
 */
export type SupportedInputs = { readonly [T in ChoiceInput]?: readonly (typeof inputFields)[T][number][] };

/** What a vendor's adapter gives for one app. */
export interface Adapter {
  readonly operations: Partial<Operations>;
  readonly inputs: SupportedInputs;
  /** Fields that come with its operations, or with callbacks, at other vendors and never at this one, by coordinate. */
  readonly lacks?: readonly string[];
  /** Fields that its callbacks alone tell, by coordinate. */
  readonly tells?: readonly string[];
  /** Whether the vendor delivers what a server sends even to a user who blocks the sender, so that it has to be asked first. */
  readonly sendsPastBlocklists?: boolean;
  /** Console switches, services or plans that an operation or input field needs, by coordinate. */
  readonly conditions?: Readonly<Record<string, string>>;
}
