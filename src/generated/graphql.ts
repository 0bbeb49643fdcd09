import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { EventNode, AppNode, AttributeNode, AudioNode, BlockNode, BlocklistNode, PeerNode, BotNode, BroadcastNode, CallNode, ChatroomNode, CommandNode, CommunityNode, CompositeNode, ConversationNode, ConversationLabelNode, CustomNode, StoredFileNode, FileNode, FriendNode, GroupNode, HandledCallbackNode, ImageNode, JobNode, JobFailureNode, LinkNode, LocationNode, MemberNode, MentionsNode, MergedNode, MessageNode, ContentNode, SpaceNode, MuteNode, AnyNode, NoticeNode, PresenceNode, RecalledNode, RelationNode, ReplyNode, AnySpaceNode, SpaceMuteNode, StreamNode, TextNode, ThreadNode, UnknownNode, UserNode, VideoNode, ViewerNode } from '../domain/node.ts';
import type { Context } from '../domain/context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment as RFC 3339 text in UTC with milliseconds, such as `2026-03-01T08:30:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** A selection of fields, written as in a query. */
  FieldSet: { input: string; output: string; }
  /**
   * Any JSON value. Integers beyond 2^53 that are written in digits are read exactly, in variables and literals, and are
   * passed on and given as decimal text (`"1724442618569203714"`), since most readers of JSON would round them.
   */
  JSON: { input: unknown; output: unknown; }
  /** A whole number from 0 to 2^53 - 1, as a JSON number. */
  Long: { input: number; output: number; }
  /** A right that a token carries: `chat:read`, `chat:write`, `chat:moderate` or `chat:admin`. */
  Scope: { input: string; output: string; }
  /** An absolute URL. Passed on as it is, and never fetched by the server. */
  URL: { input: string; output: string; }
};

/** The input of `acceptCall`. */
export type AcceptCallInput = {
  /** The call. */
  readonly callId: Scalars['ID']['input'];
  /** What the clients get with the answer. At most 2 KB. */
  readonly data?: InputMaybe<Scalars['String']['input']>;
  /** Who accepts; the viewer when left out. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `acceptCall`. */
export type AcceptCallPayload = {
  readonly __typename?: 'AcceptCallPayload';
  /** The call. */
  readonly call: Call;
};

/** The deletion or restoring of a user is done, or failed. */
export type AccountOperationFinishedEvent = Event & {
  readonly __typename?: 'AccountOperationFinishedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether it was a deletion; a restoring otherwise. */
  readonly isDeletion: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Whether it is done. */
  readonly ok: Scalars['Boolean']['output'];
  /** The id that `deleteUsers` or `restoreUsers` gave. */
  readonly operationId: Scalars['String']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** The user. */
  readonly user: User;
  /** The vendor's own code when it failed. */
  readonly vendorCode?: Maybe<Scalars['String']['output']>;
};

/** The input of `acknowledgeMessages`. */
export type AcknowledgeMessagesInput = {
  /** The messages (1-100), of one conversation. */
  readonly messageIds: ReadonlyArray<Scalars['ID']['input']>;
  /** What is reported. */
  readonly status: ReceiptStatus;
  /** Who received or read them; the viewer when left out. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `acknowledgeMessages`. */
export type AcknowledgeMessagesPayload = BulkPayload & {
  readonly __typename?: 'AcknowledgeMessagesPayload';
  /** One result for each message given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `addFriends`. */
export type AddFriendsInput = {
  /** The friends (1-100). */
  readonly friends: ReadonlyArray<NewFriendInput>;
  /** The user who gets friends. */
  readonly userId: Scalars['ID']['input'];
};

/** The answer to `addFriends`. */
export type AddFriendsPayload = BulkPayload & {
  readonly __typename?: 'AddFriendsPayload';
  /** One result for each friend given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `addMembers`. */
export type AddMembersInput = {
  /** Who adds them; the app's system user when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether the others are told in the conversation, where the vendor leaves the choice. */
  readonly announce?: InputMaybe<Scalars['Boolean']['input']>;
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
  /** The users (1-100). */
  readonly userIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The answer to `addMembers`. */
export type AddMembersPayload = BulkPayload & {
  readonly __typename?: 'AddMembersPayload';
  /** One result for each user given, with the new member as its node. */
  readonly results: ReadonlyArray<ItemResult>;
  /** The space. */
  readonly space: Space;
};

/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type App = Node & {
  readonly __typename?: 'App';
  /** What came in from the vendor since this server started, by kind of callback. */
  readonly callbacks?: Maybe<ReadonlyArray<CallbackActivity>>;
  /** Every operation the app can answer, as `supports` says of each: root fields, nullable fields of types with an id, and input fields. */
  readonly capabilities: ReadonlyArray<Capability>;
  /** The chatroom with this vendor id. No call is made before a field asks for one. */
  readonly chatroom?: Maybe<Chatroom>;
  /** The app's chatrooms, in the vendor's order. */
  readonly chatrooms?: Maybe<ChatroomConnection>;
  /** The app's communities, in the vendor's order. */
  readonly communities?: Maybe<CommunityConnection>;
  /** The community with this vendor id. No call is made before a field asks for one. */
  readonly community?: Maybe<Community>;
  /** How the app decides on messages of clients and viewers. Set in the configuration file. */
  readonly decisionPolicy?: Maybe<DecisionPolicy>;
  /**
   * What the app's decision policy would decide on a message with this text, by the rules now in force. Nobody's rate counts it, no service is asked, and there is
   * no event.
   */
  readonly decisionTrial?: Maybe<DecisionTrial>;
  /** Callbacks that the vendor could not deliver and keeps for a while. */
  readonly failedCallbacks?: Maybe<ReadonlyArray<FailedCallbacks>>;
  /** The group with this vendor id. No call is made before a field asks for one. */
  readonly group?: Maybe<Group>;
  /** The app's groups, in the vendor's order. */
  readonly groups?: Maybe<GroupConnection>;
  /** How calls to the vendor have gone in the last minute. */
  readonly health?: Maybe<AppHealth>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** Its jobs, the latest first: all that are not over, and the last 1000 that are. */
  readonly jobs?: Maybe<JobConnection>;
  /** The spaces of one kind in which everybody, or some members, are muted. */
  readonly mutedSpaces?: Maybe<SpaceConnection>;
  /** The name its operator gave it. 1-32 characters, unique. */
  readonly name: Scalars['String']['output'];
  /** The vendor's rate limits, and what is left of them. */
  readonly rateLimits?: Maybe<ReadonlyArray<RateLimit>>;
  /** The vendor's data centre, in the vendor's words. */
  readonly region?: Maybe<Scalars['String']['output']>;
  /**
   * Whether the app can answer an operation, named by its schema coordinate: `Mutation.blockUsers`, `Group.blocklist`,
   * `MessageContentInput.location`. What it cannot is null: a mutation, list or object with the error `NOT_SUPPORTED`, before anything is
   * sent; a single value (a text, number, moment or the like) alone, as one that is not set. A mutation given an input field that the app
   * does not support is `NOT_SUPPORTED`. What it can answer is never `NOT_SUPPORTED`; some operations have a `Capability.condition`.
   */
  readonly supports: Scalars['Boolean']['output'];
  /** The user with this vendor id. No call is made before a field asks for one. */
  readonly user?: Maybe<User>;
  /** Who serves it. */
  readonly vendor: Vendor;
  /** The verdicts of the app's decision policy since this server started. */
  readonly verdicts?: Maybe<ReadonlyArray<VerdictCount>>;
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppChatroomArgs = {
  vendorId: Scalars['String']['input'];
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppChatroomsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppCommunitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppCommunityArgs = {
  vendorId: Scalars['String']['input'];
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppDecisionTrialArgs = {
  message: DecisionTrialInput;
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppGroupArgs = {
  vendorId: Scalars['String']['input'];
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppJobsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppMutedSpacesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kind: SpaceKind;
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppSupportsArgs = {
  operation: Scalars['String']['input'];
};


/** One account at one vendor: its own users, groups and messages, its own credentials and rate limits. */
export type AppUserArgs = {
  vendorId: Scalars['String']['input'];
};

/** How calls to a vendor, or to a service of the operator, have gone in the last minute. */
export type AppHealth = {
  readonly __typename?: 'AppHealth';
  /** The share of calls that failed because of the vendor or of our account there, 0-1. Answers about what a caller gave are no failures. */
  readonly errorRate: Scalars['Float']['output'];
  /** The median time of a call, in milliseconds; null without calls. */
  readonly medianLatencyMs?: Maybe<Scalars['Int']['output']>;
  /** Since when it has been so. */
  readonly since: Scalars['DateTime']['output'];
  /** Whether calls are let through. */
  readonly status: AppStatus;
};

/** Whether calls to a vendor are let through. */
export type AppStatus =
  /** Some calls fail, or wait long for their turn. */
  | 'DEGRADED'
  /** Calls are refused at once, apart from a probe now and then. */
  | 'DOWN'
  /** Calls succeed. */
  | 'UP';

/** A key and a value that the app keeps on something: a group, chatroom or message. */
export type Attribute = {
  readonly __typename?: 'Attribute';
  /** The key, unique on what it is kept on. */
  readonly key: Scalars['String']['output'];
  /** Who set it last, where the vendor tells. */
  readonly setBy?: Maybe<User>;
  /** When it was set last, where the vendor tells. */
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The value. */
  readonly value: Scalars['String']['output'];
};

/** A key and its new value. */
export type AttributeInput = {
  /** The key. At most 16 bytes to suit every vendor. */
  readonly key: Scalars['String']['input'];
  /** The value. At most 1024 bytes to suit every vendor. */
  readonly value: Scalars['String']['input'];
};

/** Whom a push or broadcast is for: exactly one of these. */
export type AudienceInput =
  /** One of the standing audiences. */
  { readonly standing: StandingAudience; };

/** A recording of sound. */
export type AudioContent = {
  readonly __typename?: 'AudioContent';
  /** The file's size, in bytes. */
  readonly byteSize?: Maybe<Scalars['Long']['output']>;
  /** How long it plays, in seconds. */
  readonly durationSeconds?: Maybe<Scalars['Int']['output']>;
  /** The file's name. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Where the recording is; a `data:` URL where the vendor carries it in the message. */
  readonly url?: Maybe<Scalars['URL']['output']>;
};

/** A copy of everything that this server keeps in files, as it was at one moment. */
export type Backup = {
  readonly __typename?: 'Backup';
  /** The size of all its files, in bytes. */
  readonly bytes: Scalars['Long']['output'];
  /** The time when it was begun. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The name of its folder below `events.backupFolder`. */
  readonly name: Scalars['String']['output'];
};

/** A user on a blocklist. */
export type Block = {
  readonly __typename?: 'Block';
  /** Since when the user is blocked. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the block ends by itself; null for never, or where the vendor does not tell. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The blocked user. */
  readonly user: User;
};

/** A page of a blocklist. */
export type BlockConnection = {
  readonly __typename?: 'BlockConnection';
  /** The page, with a cursor for each entry. */
  readonly edges: ReadonlyArray<BlockEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Block>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The length of the whole list; null where the vendor does not tell. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An entry of a blocklist. */
export type BlockEdge = {
  readonly __typename?: 'BlockEdge';
  /** Where the entry stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Block;
};

/** The input of `blockUsers`. */
export type BlockUsersInput = {
  /** For how long, in seconds; for ever when left out. Chatrooms of some vendors only, which round up to minutes. */
  readonly durationSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** A text for the members of a chatroom; they are not told when left out. */
  readonly notice?: InputMaybe<Scalars['String']['input']>;
  /** The user, group or chatroom whose blocklist it is; the viewer when left out. */
  readonly ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** The users (1-100). */
  readonly userIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The answer to `blockUsers`. */
export type BlockUsersPayload = BulkPayload & {
  readonly __typename?: 'BlockUsersPayload';
  /** The blocklist after the change. */
  readonly blocklist?: Maybe<Blocklist>;
  /** One result for each user given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The users that a user, group or chatroom keeps out. Making it costs no call; its fields do. */
export type Blocklist = Node & {
  readonly __typename?: 'Blocklist';
  /** The entries, in the vendor's order. */
  readonly blocks?: Maybe<BlockConnection>;
  /** Whether each of these users (1-100) is on the list, in their order. Asks the vendor's check where it has one. */
  readonly contains?: Maybe<ReadonlyArray<Maybe<Scalars['Boolean']['output']>>>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** Who keeps them out. */
  readonly owner: BlocklistOwner;
};


/** The users that a user, group or chatroom keeps out. Making it costs no call; its fields do. */
export type BlocklistBlocksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The users that a user, group or chatroom keeps out. Making it costs no call; its fields do. */
export type BlocklistContainsArgs = {
  userIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** Somebody blocked or unblocked another. */
export type BlocklistChangedEvent = Event & {
  readonly __typename?: 'BlocklistChangedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether the target is blocked now. */
  readonly isBlocked: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** Who was blocked or unblocked. */
  readonly target: User;
  /** What kind of event it is. */
  readonly type: EventType;
  /** Whose blocklist it is. */
  readonly user: User;
};

/** Whoever can keep users out. */
export type BlocklistOwner = Chatroom | Group | User;

/** A user that a program speaks for. */
export type Bot = Node & {
  readonly __typename?: 'Bot';
  /** The app it belongs to. */
  readonly app: App;
  /** The picture shown to others. */
  readonly avatarUrl?: Maybe<Scalars['URL']['output']>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** The name shown to others. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The user it appears as. */
  readonly user: User;
};

/** Somebody wrote to a bot. */
export type BotMessageReceivedEvent = Event & MessageEvent & {
  readonly __typename?: 'BotMessageReceivedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** The user that the bot appears as. */
  readonly bot: User;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The details that the vendor sends to bots only. */
  readonly data?: Maybe<Scalars['JSON']['output']>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** The message. */
  readonly message: Message;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A message sent to a whole audience. */
export type Broadcast = Node & {
  readonly __typename?: 'Broadcast';
  /** The app it was sent in. */
  readonly app: App;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** When it was sent. */
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** The vendor's own id of it. */
  readonly vendorId?: Maybe<Scalars['String']['output']>;
};

/** The input of `broadcastMessage`. */
export type BroadcastMessageInput = {
  /** The app. */
  readonly appId: Scalars['ID']['input'];
  /** To whom. */
  readonly audience: AudienceInput;
  /** What is said. */
  readonly content: MessageContentInput;
  /** How it is delivered and kept. */
  readonly delivery?: InputMaybe<DeliveryInput>;
  /**
   * A value of the client's choice, 1-64 characters. The same value within 24 hours gives the first answer again, unless nobody
   * was reached: then it runs anew. So many of a viewer's answers are kept as the server's bounds allow, the newest longest.
   */
  readonly idempotencyKey: Scalars['String']['input'];
  /** What the app puts beside the content. */
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
  /** How receivers who are offline are told. */
  readonly push?: InputMaybe<PushOptionsInput>;
  /** Who sends; the app's system user when left out. */
  readonly senderId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `broadcastMessage`. */
export type BroadcastMessagePayload = {
  readonly __typename?: 'BroadcastMessagePayload';
  /** The broadcast. */
  readonly broadcast: Broadcast;
};

/** The payload of a mutation over many items. The call as a whole succeeded; each item tells its own fate. */
export type BulkPayload = {
  /** One result for each item given, in the order given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** An invitation to talk, and what came of it. Known from its events only. */
export type Call = Node & {
  readonly __typename?: 'Call';
  /** The app it is in. */
  readonly app: App;
  /** Who invited first. */
  readonly caller?: Maybe<User>;
  /** When the invitation was sent. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ends without an answer. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** Who was invited, and how they answered. */
  readonly participants: ReadonlyArray<CallParticipant>;
  /** The vendor's own id of the call. */
  readonly vendorId: Scalars['String']['output'];
};

/** Somebody accepted the invitation to a call. */
export type CallAcceptedEvent = CallEvent & Event & {
  readonly __typename?: 'CallAcceptedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** The call. */
  readonly call: Call;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** What the clients got with the answer. */
  readonly data?: Maybe<Scalars['String']['output']>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** Who accepted. */
  readonly user: User;
};

/** The invitation to a call was canceled, or nobody answered in time. */
export type CallCanceledEvent = CallEvent & Event & {
  readonly __typename?: 'CallCanceledEvent';
  /** The app it happened in. */
  readonly app: App;
  /** The call. */
  readonly call: Call;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Who had been invited. */
  readonly invitees: ReadonlyArray<User>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Why, in the vendor's words. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** Something that happened to an invitation to a call. */
export type CallEvent = {
  /** The app it happened in. */
  readonly app: App;
  /** The call. */
  readonly call: Call;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** More users were invited to a running call. */
export type CallExtendedEvent = CallEvent & Event & {
  readonly __typename?: 'CallExtendedEvent';
  /** Who invited them. */
  readonly actor: User;
  /** The app it happened in. */
  readonly app: App;
  /** The call. */
  readonly call: Call;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Who was invited. */
  readonly invitees: ReadonlyArray<User>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** Somebody invited to a call. */
export type CallParticipant = {
  readonly __typename?: 'CallParticipant';
  /** How the user answered. */
  readonly state: CallParticipantState;
  /** When the state began. */
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The user. */
  readonly user: User;
};

/** How somebody answered an invitation to a call. */
export type CallParticipantState =
  /** By accepting. */
  | 'ACCEPTED'
  /** Not needed: the caller canceled the invitation. */
  | 'CANCELED'
  /** By rejecting. */
  | 'REJECTED'
  /** Not yet. */
  | 'RINGING'
  /** Not in time. */
  | 'TIMED_OUT';

/** Somebody rejected the invitation to a call. */
export type CallRejectedEvent = CallEvent & Event & {
  readonly __typename?: 'CallRejectedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** The call. */
  readonly call: Call;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** What the clients got with the answer. */
  readonly data?: Maybe<Scalars['String']['output']>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** Who rejected it. */
  readonly user: User;
};

/** Users were invited to a call. */
export type CallStartedEvent = CallEvent & Event & {
  readonly __typename?: 'CallStartedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** The call. */
  readonly call: Call;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** What the clients got with the invitation. */
  readonly data?: Maybe<Scalars['String']['output']>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Who was invited. */
  readonly invitees: ReadonlyArray<User>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** Somebody did not answer the invitation to a call in time. */
export type CallTimedOutEvent = CallEvent & Event & {
  readonly __typename?: 'CallTimedOutEvent';
  /** The app it happened in. */
  readonly app: App;
  /** The call. */
  readonly call: Call;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** Who did not answer. */
  readonly users: ReadonlyArray<User>;
};

/** What came in of one kind of callback since this server started. */
export type CallbackActivity = {
  readonly __typename?: 'CallbackActivity';
  /** How many made events, or told nothing new. */
  readonly accepted: Scalars['Int']['output'];
  /** The callback, as the catalogue names it; null for those that it does not know, and those refused unread. */
  readonly callback?: Maybe<Scalars['String']['output']>;
  /** How many asked and were answered. */
  readonly decided: Scalars['Int']['output'];
  /** How long after the vendor's moment the last one came, in milliseconds; null where the vendor does not tell. */
  readonly lastLagMs?: Maybe<Scalars['Int']['output']>;
  /** When the last one came. */
  readonly lastReceivedAt: Scalars['DateTime']['output'];
  /** How many were refused for each reason that there was. */
  readonly refusals: ReadonlyArray<CallbackRefusalCount>;
  /** How many were refused: a bad signature, an unreadable body, a log that could not take them. */
  readonly refused: Scalars['Int']['output'];
  /** How many the log had already: the vendor's retries. */
  readonly repeated: Scalars['Int']['output'];
};

/** What became of a callback. */
export type CallbackOutcome =
  /** It was read, and its events are in the log. */
  | 'ACCEPTED'
  /** It asked, and was answered. */
  | 'DECIDED'
  /** It was not taken. */
  | 'REFUSED'
  /** The log had its events already. */
  | 'REPEATED';

/** Why a callback was not taken. */
export type CallbackRefusal =
  /** The event log could not take it. Answered with 503, so that the vendor sends it again. */
  | 'LOG_UNAVAILABLE'
  /** Its body is not of the vendor's encoding. Answered with 400 or 415. */
  | 'MALFORMED'
  /** Too much was under way, from its address or in all. Answered with 429 or 503, so that the vendor sends it again. */
  | 'OVERLOADED'
  /** Its signature came before with another callback. Answered with 401. */
  | 'REUSED_SIGNATURE'
  /** A fault of this server. Answered with 500. */
  | 'SERVER_FAULT'
  /** Its signature is missing or does not fit. Answered with 401. */
  | 'SIGNATURE'
  /** It came from an address that is not in the app's `allowFrom`. Answered with 404. */
  | 'SOURCE_ADDRESS'
  /** Its signature fits, and its time is too far from this server's clock. Answered with 401. */
  | 'TIME'
  /** Its body is too large; what the vendor never signs has a bound of its own. Answered with 413. */
  | 'TOO_LARGE'
  /** More came in a minute than is taken of what the vendor never signs: `events.unsigned`. Answered with 429. */
  | 'TOO_MANY_UNSIGNED'
  /** No app has the path, or its token is another. Answered with 404. */
  | 'UNKNOWN_PATH';

/** How many callbacks were refused for a reason. */
export type CallbackRefusalCount = {
  readonly __typename?: 'CallbackRefusalCount';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** The reason. */
  readonly reason: CallbackRefusal;
};

/** The input of `cancelJob`. */
export type CancelJobInput = {
  /** The job. */
  readonly jobId: Scalars['ID']['input'];
};

/** The answer to `cancelJob`. */
export type CancelJobPayload = {
  readonly __typename?: 'CancelJobPayload';
  /** The job after the change. */
  readonly job: Job;
};

/** An operation that an app can answer. */
export type Capability = {
  readonly __typename?: 'Capability';
  /** How many items one vendor call takes, which is how far waiting calls can be merged; null when it takes one. */
  readonly batchSize?: Maybe<Scalars['Int']['output']>;
  /** A console switch, service or plan that the vendor asks for first. */
  readonly condition?: Maybe<Scalars['String']['output']>;
  /** The schema coordinate of the field, argument or input field. */
  readonly operation: Scalars['String']['output'];
};

/** A room that users enter and leave at will, and that forgets them when they do. */
export type Chatroom = ModeratedSpace & Node & Space & {
  readonly __typename?: 'Chatroom';
  /** What its owner has to say to everybody in it. */
  readonly announcement?: Maybe<Scalars['String']['output']>;
  /** The app the chatroom belongs to. */
  readonly app: App;
  /** Keys and values kept on the chatroom; all of them when no keys are given. */
  readonly attributes?: Maybe<ReadonlyArray<Attribute>>;
  /** The users shut out of the chatroom: put out, and not let in again before the block ends. */
  readonly blocklist?: Maybe<Blocklist>;
  /** When the chatroom was created. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the chatroom is about. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** When it is destroyed by itself. */
  readonly expiry?: Maybe<ChatroomExpiry>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** The most users that may be in it. */
  readonly maxMembers?: Maybe<Scalars['Int']['output']>;
  /** A user's presence in it as a member; null when the user is not in it. */
  readonly member?: Maybe<Member>;
  /** How many users are in it. */
  readonly memberCount?: Maybe<Scalars['Int']['output']>;
  /** The users in it. Some vendors tell only some of them, the newest or the oldest. */
  readonly members?: Maybe<MemberConnection>;
  /** Its messages, the latest first. */
  readonly messages?: Maybe<MessageConnection>;
  /** Who is muted as a whole. */
  readonly mute?: Maybe<SpaceMute>;
  /** The users muted one by one. */
  readonly mutedMembers?: Maybe<MuteConnection>;
  /** The name shown to users. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The owner; null where the vendor's chatrooms have none. */
  readonly owner?: Maybe<User>;
  /** The vendor's own id of the chatroom, unique in the app. */
  readonly vendorId: Scalars['String']['output'];
};


/** A room that users enter and leave at will, and that forgets them when they do. */
export type ChatroomAttributesArgs = {
  keys?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


/** A room that users enter and leave at will, and that forgets them when they do. */
export type ChatroomMemberArgs = {
  userId: Scalars['ID']['input'];
};


/** A room that users enter and leave at will, and that forgets them when they do. */
export type ChatroomMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  role?: InputMaybe<MemberRole>;
};


/** A room that users enter and leave at will, and that forgets them when they do. */
export type ChatroomMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A room that users enter and leave at will, and that forgets them when they do. */
export type ChatroomMutedMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A list of chatrooms. */
export type ChatroomConnection = {
  readonly __typename?: 'ChatroomConnection';
  /** The page, with a cursor for each chatroom. */
  readonly edges: ReadonlyArray<ChatroomEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Chatroom>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The length of the whole list; null where the vendor does not tell. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A chatroom in a list. */
export type ChatroomEdge = {
  readonly __typename?: 'ChatroomEdge';
  /** Where the chatroom stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The chatroom. */
  readonly node: Chatroom;
};

/** When a chatroom is destroyed by itself. */
export type ChatroomExpiry = {
  readonly __typename?: 'ChatroomExpiry';
  /** After how many seconds. */
  readonly afterSeconds?: Maybe<Scalars['Int']['output']>;
  /** What the time is counted from. */
  readonly trigger: ChatroomExpiryTrigger;
};

/** When a chatroom is destroyed by itself. */
export type ChatroomExpiryInput = {
  /** After how many seconds. 0-10800 after `IDLE`, 3600-604800 after `SET`; vendors round to minutes. */
  readonly afterSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** What the time is counted from. */
  readonly trigger: ChatroomExpiryTrigger;
};

/** What starts the clock of a chatroom's end. */
export type ChatroomExpiryTrigger =
  /** The last user left, or nothing was said any more. */
  | 'IDLE'
  /** The setting of the time. */
  | 'SET';

/** The input of `clearHistory`. */
export type ClearHistoryInput = {
  /** Only messages sent before this moment, where the vendor leaves the choice; all when left out. */
  readonly before?: InputMaybe<Scalars['DateTime']['input']>;
  /** The conversations (1-100). */
  readonly conversationIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The answer to `clearHistory`. */
export type ClearHistoryPayload = BulkPayload & {
  readonly __typename?: 'ClearHistoryPayload';
  /** One result for each conversation given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** A signal for programs. */
export type CommandContent = {
  readonly __typename?: 'CommandContent';
  /** With what. */
  readonly data?: Maybe<Scalars['JSON']['output']>;
  /** What is to be done. */
  readonly name?: Maybe<Scalars['String']['output']>;
};

/** A signal for programs. */
export type CommandContentInput = {
  /** With what. */
  readonly data?: InputMaybe<Scalars['JSON']['input']>;
  /** What is to be done. */
  readonly name: Scalars['String']['input'];
};

/** A very large circle of members. */
export type Community = Node & Space & {
  readonly __typename?: 'Community';
  /** The app the community belongs to. */
  readonly app: App;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** A user's membership; null when the user is not a member. */
  readonly member?: Maybe<Member>;
  /** How many members it has. */
  readonly memberCount?: Maybe<Scalars['Int']['output']>;
  /** Its members, in the vendor's order. */
  readonly members?: Maybe<MemberConnection>;
  /** The messages sent to the community, the latest first. */
  readonly messages?: Maybe<MessageConnection>;
  /** The name shown to users. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The vendor's own id of the community, unique in the app. */
  readonly vendorId: Scalars['String']['output'];
};


/** A very large circle of members. */
export type CommunityMemberArgs = {
  userId: Scalars['ID']['input'];
};


/** A very large circle of members. */
export type CommunityMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  role?: InputMaybe<MemberRole>;
};


/** A very large circle of members. */
export type CommunityMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A list of communities. */
export type CommunityConnection = {
  readonly __typename?: 'CommunityConnection';
  /** The page, with a cursor for each community. */
  readonly edges: ReadonlyArray<CommunityEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Community>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The length of the whole list; null where the vendor does not tell. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A community in a list. */
export type CommunityEdge = {
  readonly __typename?: 'CommunityEdge';
  /** Where the community stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The community. */
  readonly node: Community;
};

/** Several parts of other kinds in one. */
export type CompositeContent = {
  readonly __typename?: 'CompositeContent';
  /** The parts, in the order shown. */
  readonly parts: ReadonlyArray<MessageContent>;
};

/** What should be done with some content. */
export type ContentDecision =
  /** Let it through. */
  | 'PASS'
  /** Refuse it. */
  | 'REFUSE'
  /** Have somebody look at it. */
  | 'REVIEW';

/** A conversation as one of its users sees it. */
export type Conversation = Node & {
  readonly __typename?: 'Conversation';
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** Whether it is kept at the top of the list. */
  readonly isPinned?: Maybe<Scalars['Boolean']['output']>;
  /** What it is with: one user, or which kind of space. */
  readonly kind: ConversationKind;
  /** The labels on it. */
  readonly labels?: Maybe<ReadonlyArray<ConversationLabel>>;
  /**
   * The latest message of the owner's own history. Signals are none: commands, typing statuses, receipts and whatever else its vendor
   * delivers and does not keep.
   */
  readonly lastMessage?: Maybe<Message>;
  /** Its messages, the latest first. */
  readonly messages?: Maybe<MessageConnection>;
  /** What the owner is told of. */
  readonly notificationLevel?: Maybe<NotificationLevel>;
  /** Who sees it so. */
  readonly owner: User;
  /** Whom or what it is with; null for a kind that has no peer. */
  readonly peer?: Maybe<Peer>;
  /**
   * How many messages of others the owner has not read, counted since this server follows the conversation, which it does from the first
   * message that a callback tells. A message of the owner, from a client or through this API, reads what came before it, as receipts and
   * `markConversationsRead` do. Signals, notices that the vendor does not count and what was sent with `countAsUnread: false` do not count.
   * Null before it is followed, and for chatrooms.
   */
  readonly unreadCount?: Maybe<Scalars['Int']['output']>;
  /**
   * When its latest message was sent, or when its owner came into the group, whichever is later. Null where no callback has told of it and
   * its vendor keeps no list.
   */
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
};


/** A conversation as one of its users sees it. */
export type ConversationMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A list of conversations. */
export type ConversationConnection = {
  readonly __typename?: 'ConversationConnection';
  /** The page, with a cursor for each conversation. */
  readonly edges: ReadonlyArray<ConversationEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Conversation>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The length of the whole list; null where the vendor does not tell. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A conversation in a list. */
export type ConversationEdge = {
  readonly __typename?: 'ConversationEdge';
  /** Where the conversation stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The conversation. */
  readonly node: Conversation;
};

/** What a conversation is with. */
export type ConversationKind =
  /** A chatroom. */
  | 'CHATROOM'
  /** One other user. */
  | 'DIRECT'
  /** A group. */
  | 'GROUP'
  /** The app itself: system messages. */
  | 'SYSTEM';

/** A label that a user puts on conversations. */
export type ConversationLabel = {
  readonly __typename?: 'ConversationLabel';
  /** When it was made. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** The key, unique for the user: 1-10 characters, or a number from 1 to 30 as text where the vendor numbers them. */
  readonly key: Scalars['String']['output'];
  /** The name shown to the user; null where labels have no names. */
  readonly name?: Maybe<Scalars['String']['output']>;
};

/** Somebody read everything in a conversation. */
export type ConversationReadEvent = Event & {
  readonly __typename?: 'ConversationReadEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Whom the conversation is with. */
  readonly peer: Peer;
  /** Who read it. */
  readonly reader: User;
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** The input of `createBackup`. */
export type CreateBackupInput = {
  /** What it is made for, in at most 200 characters. Kept in its `backup.json`. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
};

/** The answer to `createBackup`. */
export type CreateBackupPayload = {
  readonly __typename?: 'CreateBackupPayload';
  /** The new backup. */
  readonly backup: Backup;
};

/** The input of `createChatroom`. */
export type CreateChatroomInput = {
  /** The app to create it in. */
  readonly appId: Scalars['ID']['input'];
  /** Keys and values to keep on it. */
  readonly attributes?: InputMaybe<ReadonlyArray<AttributeInput>>;
  /** What the chatroom is about. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** When it is destroyed by itself. */
  readonly expiry?: InputMaybe<ChatroomExpiryInput>;
  /** Whether everybody is muted from the start. */
  readonly isMuted?: InputMaybe<Scalars['Boolean']['input']>;
  /** The most users that may be in it. */
  readonly maxMembers?: InputMaybe<Scalars['Int']['input']>;
  /** The first users in it (0-100). */
  readonly memberIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** The name, 1-64 bytes to suit every vendor. */
  readonly name: Scalars['String']['input'];
  /** The owner, where the vendor's chatrooms have one; the app's system user when left out. */
  readonly ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** Who may send while everybody is muted (0-20). */
  readonly speakerIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** The id the chatroom shall have at the vendor; one is made up when left out. */
  readonly vendorId?: InputMaybe<Scalars['String']['input']>;
};

/** The answer to `createChatroom`. */
export type CreateChatroomPayload = BulkPayload & {
  readonly __typename?: 'CreateChatroomPayload';
  /** The chatroom. */
  readonly chatroom: Chatroom;
  /** One result for each first user given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `createGroup`. */
export type CreateGroupInput = {
  /** What the owner has to say to every member. */
  readonly announcement?: InputMaybe<Scalars['String']['input']>;
  /** The app to create it in; the app of the owner when left out. */
  readonly appId?: InputMaybe<Scalars['ID']['input']>;
  /** Keys and values to keep on it. */
  readonly attributes?: InputMaybe<ReadonlyArray<AttributeInput>>;
  /** The picture. */
  readonly avatarUrl?: InputMaybe<Scalars['URL']['input']>;
  /** What the group is about. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The other first members (0-100). */
  readonly memberIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** The name, 1-50 characters to suit every vendor. */
  readonly name: Scalars['String']['input'];
  /** The owner; the viewer when left out. */
  readonly ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** Who may come in, and how. */
  readonly settings?: InputMaybe<GroupSettingsInput>;
  /** The id the group shall have at the vendor; one is made up when left out. Choosing it needs `chat:write`. */
  readonly vendorId?: InputMaybe<Scalars['String']['input']>;
};

/** The answer to `createGroup`. */
export type CreateGroupPayload = BulkPayload & {
  readonly __typename?: 'CreateGroupPayload';
  /** The group. */
  readonly group: Group;
  /** One result for each first member given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** Content of the app's own making. */
export type CustomContent = {
  readonly __typename?: 'CustomContent';
  /** What is in it. */
  readonly data?: Maybe<Scalars['JSON']['output']>;
  /** The app's name for the type. */
  readonly type?: Maybe<Scalars['String']['output']>;
};

/** Content of the app's own making. */
export type CustomContentInput = {
  /** What is in it. */
  readonly data?: InputMaybe<Scalars['JSON']['input']>;
  /** A text by which clients find it in a search. At most 64 bytes. */
  readonly searchText?: InputMaybe<Scalars['String']['input']>;
  /** The app's name for the type, 1-32 characters. */
  readonly type: Scalars['String']['input'];
};

/** What a rule of a decision policy does with a message. */
export type DecisionAction =
  /** Has it delivered. */
  | 'DELIVER'
  /** Has it dropped. */
  | 'DROP'
  /** Has somebody look at it. The rules after it are asked, too. */
  | 'FLAG'
  /** Has it refused. */
  | 'REFUSE'
  /** Has it delivered with other text. The rules after it are asked, too. */
  | 'REPLACE';

/** Why a rule of a decision policy could not decide. */
export type DecisionFailure =
  /** No answer within the policy's deadline. */
  | 'DEADLINE'
  /** An answer that is no verdict, or larger than one. */
  | 'SERVICE_ANSWER_INVALID'
  /** Too many questions were under way already, so that this one was not asked. */
  | 'SERVICE_BUSY'
  /** An answer with another status than 200 and 204; redirects are not followed. */
  | 'SERVICE_REFUSED'
  /** No answer within the rule's `timeoutMs`. */
  | 'SERVICE_TIMED_OUT'
  /** No connection to the service, or one that was cut before the answer was there. */
  | 'SERVICE_UNREACHABLE'
  /** A text longer than what the rule looks at, without what it looks for in the part that was looked at. */
  | 'TEXT_TOO_LONG';

/** What a rule of a decision policy came to that held for a message. */
export type DecisionFinding = {
  readonly __typename?: 'DecisionFinding';
  /** What it does with the message. */
  readonly action: DecisionAction;
  /** Whether it is in a dry run: it would do so, and did not. */
  readonly isDryRun: Scalars['Boolean']['output'];
  /** What it found, as `MessageDecidedEvent.matchedKeywords` has it; at most 20, and 100 in all findings together. */
  readonly matchedKeywords: ReadonlyArray<Scalars['String']['output']>;
  /** The rule. */
  readonly rule: Scalars['String']['output'];
};

/** What a rule comes to when it cannot decide. */
export type DecisionOnFailure =
  /** The message is delivered. */
  | 'DELIVER'
  /** The message is dropped. */
  | 'DROP'
  /** The message is flagged, and the next rule is asked. */
  | 'FLAG'
  /** It has no answer: the next rule is asked. */
  | 'NEXT'
  /** The message is refused. */
  | 'REFUSE';

/**
 * How an app answers when its vendor asks whether to deliver a client's message. The same rules hold for what viewers send and edit through this
 * API: what they refuse or drop is `CONTENT_REFUSED`, what they replace is sent with the other text. What operators send
 * (`chat:write`) and edit (`chat:moderate`) passes, unless `coversOperators`; notices of the app itself always do.
 */
export type DecisionPolicy = {
  readonly __typename?: 'DecisionPolicy';
  /** Whether what operators send and edit in users' names passes the rules, too. */
  readonly coversOperators: Scalars['Boolean']['output'];
  /** How long the rules may take, in milliseconds. It is kept below what the vendor waits. */
  readonly deadlineMs: Scalars['Int']['output'];
  /** The answer when no rule has one, or none in time. */
  readonly default: MessageDecision;
  /** Whether the vendor's questions are answered by rules; otherwise always with the default. */
  readonly isEnabled: Scalars['Boolean']['output'];
  /**
   * The rules, in the order asked. The first that has an answer decides; those that replace text or flag the message leave the answer to the rules after them.
   * All look at the message as it was written.
   */
  readonly rules: ReadonlyArray<DecisionRule>;
};

/** A rule of a decision policy. */
export type DecisionRule = {
  readonly __typename?: 'DecisionRule';
  /** How its questions to the operator's service have gone in the last minute; null for rules that ask none. */
  readonly health?: Maybe<AppHealth>;
  /** Whether it is in a dry run: it only says in `MessageDecidedEvent.findings` what it would do. */
  readonly isDryRun: Scalars['Boolean']['output'];
  /** What it does: compares with words or regular expressions, looks for links, limits a sender's rate, asks a service of the operator. */
  readonly kind: Scalars['String']['output'];
  /** The name, as `MessageDecidedEvent.rule` tells it. */
  readonly name: Scalars['String']['output'];
  /** What it comes to when it cannot decide. */
  readonly onFailure: DecisionOnFailure;
};

/** What an app's decision policy would decide on a message. */
export type DecisionTrial = {
  readonly __typename?: 'DecisionTrial';
  /** The operator's code for the sender's client, for `REFUSE`. */
  readonly code?: Maybe<Scalars['Int']['output']>;
  /** The answer, as far as no service has to be asked. */
  readonly decision: MessageDecision;
  /** The first rule that could not decide; null when every rule that was asked could. */
  readonly failedRule?: Maybe<Scalars['String']['output']>;
  /** Why it could not decide. */
  readonly failure?: Maybe<DecisionFailure>;
  /** What each rule that held for the message came to, in the order asked; those in a dry run last. */
  readonly findings: ReadonlyArray<DecisionFinding>;
  /** Whether a rule would have flagged the message. */
  readonly isFlagged: Scalars['Boolean']['output'];
  /** What the rules that made it found, as `MessageDecidedEvent.matchedKeywords` has it. */
  readonly matchedKeywords: ReadonlyArray<Scalars['String']['output']>;
  /** Rules that ask a service, as far as it came to them: they were left out. */
  readonly notAsked: ReadonlyArray<Scalars['String']['output']>;
  /** The operator's text for the sender's client, for `REFUSE`. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** The text that would take the place of the message's, for `REPLACE`. */
  readonly replacement?: Maybe<Scalars['String']['output']>;
  /** The rule that made it, by its answer or by its `onFailure`; of several that replaced text the first; null for the policy's default. */
  readonly rule?: Maybe<Scalars['String']['output']>;
};

/** A message to try an app's decision policy with. */
export type DecisionTrialInput = {
  /** Who would send it. */
  readonly senderId: Scalars['ID']['input'];
  /** What it would say. */
  readonly text: Scalars['String']['input'];
  /** The user, group or chatroom that it would be sent to. */
  readonly to: Scalars['ID']['input'];
};

/** The input of `deleteAttributes`. */
export type DeleteAttributesInput = {
  /** Who acts; the viewer, or the app's system user, when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** The keys (1-100); every key when null, which only users allow. */
  readonly keys?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /**
   * Whether attributes that another user set go too. Chatrooms only, where the vendor leaves the choice; elsewhere they
   * always do.
   */
  readonly overwrite?: InputMaybe<Scalars['Boolean']['input']>;
  /** The user, group or chatroom; the viewer when left out. */
  readonly ownerId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `deleteAttributes`. */
export type DeleteAttributesPayload = BulkPayload & {
  readonly __typename?: 'DeleteAttributesPayload';
  /** What the attributes were kept on. */
  readonly owner?: Maybe<Node>;
  /** One result for each key given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `deleteConversations`. */
export type DeleteConversationsInput = {
  /** The conversations (1-100). */
  readonly conversationIds: ReadonlyArray<Scalars['ID']['input']>;
  /** Whether the owner's messages stay, and come back with the next message. */
  readonly keepHistory?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The answer to `deleteConversations`. */
export type DeleteConversationsPayload = BulkPayload & {
  readonly __typename?: 'DeleteConversationsPayload';
  /** One result for each conversation given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `deleteSpace`. */
export type DeleteSpaceInput = {
  /** Who deletes it; the app's system user when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
};

/** The answer to `deleteSpace`. */
export type DeleteSpacePayload = {
  readonly __typename?: 'DeleteSpacePayload';
  /** The id that is no more. */
  readonly deletedSpaceId: Scalars['ID']['output'];
};

/** How a message is delivered and kept. What is left out is as the vendor has it; a choice it lacks is NOT_SUPPORTED. */
export type DeliveryInput = {
  /** Whether the sender's own devices get it. */
  readonly copyToSender?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it counts as unread. */
  readonly countAsUnread?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it is kept in histories. */
  readonly keepInHistory?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether only receivers who are online get it, and nobody keeps it. */
  readonly onlineOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** How it fares under load. */
  readonly priority?: InputMaybe<MessagePriority>;
  /** Whether readers are asked to acknowledge it. */
  readonly requestReceipt?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether receivers who block the sender are spared. */
  readonly respectBlocklists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it becomes the last message of the conversation. */
  readonly updateConversation?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The presence of a user on one device. */
export type DevicePresence = {
  readonly __typename?: 'DevicePresence';
  /** The device, as the vendor names it. */
  readonly device: Scalars['String']['output'];
  /** Whether the device is connected. */
  readonly isOnline: Scalars['Boolean']['output'];
  /** A number of the app's own: 0 offline, 1 online, others as the app likes. */
  readonly status?: Maybe<Scalars['Int']['output']>;
};

/** The input of `editMessage`. */
export type EditMessageInput = {
  /** Who edits; the sender when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** What it shall say. Vendors may keep to the message's kind. */
  readonly content: MessageContentInput;
  /** Whom it shall mention. */
  readonly mentions?: InputMaybe<MentionsInput>;
  /** The message. A viewer edits its own. */
  readonly messageId: Scalars['ID']['input'];
  /** What shall be beside the content; merged with what is there. */
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
};

/** The answer to `editMessage`. */
export type EditMessagePayload = {
  readonly __typename?: 'EditMessagePayload';
  /** The message after the change. */
  readonly message: Message;
};

/** The kinds of failure that this API's own operations report, in `extensions.code` and in item errors. */
export type ErrorCode =
  /** The cursor is malformed, or belongs to another list or stream. */
  | 'BAD_CURSOR'
  /** An argument is malformed or out of bounds. Nothing was sent to a vendor. */
  | 'BAD_USER_INPUT'
  /** The thing exists already, or its state does not allow the change. */
  | 'CONFLICT'
  /** Moderation or a policy refused the content. */
  | 'CONTENT_REFUSED'
  /** The token is good, but does not allow this. Also given for what the viewer must not know to exist. */
  | 'FORBIDDEN'
  /** A fault of this server. The request id in `extensions` finds it in the log. */
  | 'INTERNAL_SERVER_ERROR'
  /** A ceiling of the vendor or of the plan is reached: members, friends, list entries, stored words. */
  | 'LIMIT_REACHED'
  /** The app, user, group, message or other subject does not exist. */
  | 'NOT_FOUND'
  /** The app's vendor has no such operation. `App.supports` tells beforehand. */
  | 'NOT_SUPPORTED'
  /** The vendor gave no answer in time, or none that made sense: the change may have happened. Read before you retry. */
  | 'OUTCOME_UNKNOWN'
  /** The vendor's rate limit is spent, and the call could not be made in time. `retryAfterMs` says when it could. */
  | 'RATE_LIMITED'
  /** The token is missing, expired or not trusted. */
  | 'UNAUTHENTICATED'
  /** The token cannot be checked now: the keys of its issuer are out of reach. Nothing was done. */
  | 'UNAVAILABLE'
  /** The vendor answered a read with something that could not be understood. */
  | 'VENDOR_BAD_RESPONSE'
  /** The vendor refused the app itself: bad credentials, or a service that is not switched on. */
  | 'VENDOR_MISCONFIGURED'
  /** The vendor said no for a reason of its own; see `vendorCode`. */
  | 'VENDOR_REJECTED'
  /** The vendor could not be reached or failed. Nothing was changed. */
  | 'VENDOR_UNAVAILABLE';

/** Something that happened. */
export type Event = {
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A list of events. */
export type EventConnection = {
  readonly __typename?: 'EventConnection';
  /** The page, with a cursor for each event. */
  readonly edges: ReadonlyArray<EventEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Event>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** An event in a list. */
export type EventEdge = {
  readonly __typename?: 'EventEdge';
  /** Where the event stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: Event;
};

/** Which events are wanted. What is given holds at once. */
export type EventFilter = {
  /** Only events of these apps (1-100). */
  readonly appIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only events in one of these spaces (1-100). */
  readonly spaceIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only events of these kinds. Gaps are always told. */
  readonly types?: InputMaybe<ReadonlyArray<EventType>>;
  /** Only events that concern one of these users (1-100). */
  readonly userIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** The order of past events, by when this server received them. */
export type EventOrder =
  /** The newest events first, backwards. */
  | 'NEWEST_FIRST'
  /** The oldest events first, as they happened. */
  | 'OLDEST_FIRST';

/** Where a message came from. */
export type EventSource =
  /** A client of the vendor. */
  | 'CLIENT'
  /** A server: this one, or another with the app's credentials. */
  | 'SERVER'
  /**
   * The vendor does not tell. Easemob's callbacks never do: a message is known to be of a client where the app answers the vendor's question
   * before it is sent, and of a server where it was sent through this one or by the app itself.
   */
  | 'UNKNOWN';

/** The kinds of event, each with a type of the same name. */
export type EventType =
  /** The deletion or restoring of a user is done, or failed. */
  | 'ACCOUNT_OPERATION_FINISHED'
  /** Somebody blocked or unblocked another. */
  | 'BLOCKLIST_CHANGED'
  /** Somebody wrote to a bot. */
  | 'BOT_MESSAGE_RECEIVED'
  /** Somebody accepted the invitation to a call. */
  | 'CALL_ACCEPTED'
  /** The invitation to a call was canceled, or nobody answered in time. */
  | 'CALL_CANCELED'
  /** More users were invited to a running call. */
  | 'CALL_EXTENDED'
  /** Somebody rejected the invitation to a call. */
  | 'CALL_REJECTED'
  /** Users were invited to a call. */
  | 'CALL_STARTED'
  /** Somebody did not answer the invitation to a call in time. */
  | 'CALL_TIMED_OUT'
  /** Somebody read everything in a conversation. */
  | 'CONVERSATION_READ'
  /** Two users became friends. */
  | 'FRIEND_ADDED'
  /** Somebody ended a friendship. */
  | 'FRIEND_REMOVED'
  /** A user asked another to become a friend. */
  | 'FRIEND_REQUESTED'
  /** Somebody declined to become a friend. */
  | 'FRIEND_REQUEST_DECLINED'
  /** Events are missing here: read again what you keep of this app. The stream goes on after it. */
  | 'GAP'
  /** Somebody declined to come into a group. */
  | 'INVITATION_DECLINED'
  /** Somebody asks to be let into a group. */
  | 'JOIN_REQUESTED'
  /** Users were asked to come into a group. */
  | 'MEMBERS_INVITED'
  /** Users came into a group or chatroom. */
  | 'MEMBERS_JOINED'
  /** Users left a group or chatroom, or had to. */
  | 'MEMBERS_LEFT'
  /** Attributes of a member of a group were set or deleted. */
  | 'MEMBER_ATTRIBUTES_CHANGED'
  /** Members of a group or chatroom were muted or unmuted one by one. */
  | 'MEMBER_MUTES_CHANGED'
  /** Members of a group or chatroom were given a role. */
  | 'MEMBER_ROLES_CHANGED'
  /** A user removed messages from its own history. */
  | 'MESSAGES_DELETED'
  /** The vendor asked whether to deliver a message, and got an answer. */
  | 'MESSAGE_DECIDED'
  /** The content of a message was replaced. */
  | 'MESSAGE_EDITED'
  /** Moderation looked at a message. */
  | 'MESSAGE_MODERATED'
  /** Somebody read a message. */
  | 'MESSAGE_READ'
  /** A message was recalled. */
  | 'MESSAGE_RECALLED'
  /** A message was not sent: moderation, a policy or the vendor refused it. */
  | 'MESSAGE_SEND_FAILED'
  /** A message was sent. */
  | 'MESSAGE_SENT'
  /** A user came online or went offline on a device. */
  | 'PRESENCE_CHANGED'
  /** Moderation looked at a user's or group's profile. */
  | 'PROFILE_MODERATED'
  /** The push of a message was delivered to a push service, or was not. */
  | 'PUSH_FINISHED'
  /** Somebody added or removed a reaction. */
  | 'REACTIONS_CHANGED'
  /** A message found one of its receivers offline. */
  | 'RECEIVER_OFFLINE'
  /** Files were shared in a group, or deleted there. */
  | 'SHARED_FILES_CHANGED'
  /** Users were put on the allowlist of a group or chatroom, or taken off. */
  | 'SPACE_ALLOWLIST_CHANGED'
  /** The announcement of a group or chatroom was changed or deleted. */
  | 'SPACE_ANNOUNCEMENT_CHANGED'
  /** Attributes of a chatroom were set or deleted. */
  | 'SPACE_ATTRIBUTES_CHANGED'
  /** Users were put on the blocklist of a group or chatroom, or taken off. */
  | 'SPACE_BLOCKLIST_CHANGED'
  /** A group or chatroom was created. */
  | 'SPACE_CREATED'
  /** A group or chatroom was deleted, or ended by itself. */
  | 'SPACE_DELETED'
  /** A member of a group refused its messages, or takes them again. */
  | 'SPACE_IGNORE_CHANGED'
  /** Everybody in a group or chatroom was muted or unmuted. */
  | 'SPACE_MUTE_CHANGED'
  /** A group or chatroom has another owner. */
  | 'SPACE_OWNER_CHANGED'
  /** Messaging in a group was stopped or goes on. */
  | 'SPACE_SUSPENSION_CHANGED'
  /** Name, picture, description or settings of a group or chatroom changed. */
  | 'SPACE_UPDATED'
  /** Users became, or are no longer, administrators of all chatrooms. */
  | 'SUPER_ADMINS_CHANGED'
  /** A message of a thread was sent, edited or recalled. The space is the thread. */
  | 'THREAD_UPDATED'
  /** The vendor told something this server does not understand. An operator may read `Query.rawEvent`. */
  | 'UNKNOWN'
  /** A user's profile changed. */
  | 'USER_UPDATED';

/** Callbacks of ten minutes that the vendor could not deliver. */
export type FailedCallbacks = {
  readonly __typename?: 'FailedCallbacks';
  /** How many callbacks there are. */
  readonly count: Scalars['Int']['output'];
  /** How many times they were sent again. */
  readonly redeliveries: Scalars['Int']['output'];
  /** The ten minutes, by their first moment. */
  readonly since: Scalars['DateTime']['output'];
};

/** A file that the vendor keeps: an attachment of messages, or shared in a group. */
export type File = Node & {
  readonly __typename?: 'File';
  /** The app it was uploaded in. */
  readonly app: App;
  /** The file's size, in bytes. */
  readonly byteSize?: Maybe<Scalars['Long']['output']>;
  /** When it was uploaded. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** The group it is shared in; null for attachments. */
  readonly group?: Maybe<Group>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** The file's name. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Who uploaded it. */
  readonly owner?: Maybe<User>;
  /** Where its bytes are, as its vendor tells. */
  readonly url?: Maybe<Scalars['URL']['output']>;
  /** The vendor's own id of the file. */
  readonly vendorId: Scalars['String']['output'];
};

/** A file. */
export type FileContent = {
  readonly __typename?: 'FileContent';
  /** The file's size, in bytes. */
  readonly byteSize?: Maybe<Scalars['Long']['output']>;
  /** The media type, such as `application/pdf`. */
  readonly contentType?: Maybe<Scalars['String']['output']>;
  /** The file's name. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Where the file is. */
  readonly url?: Maybe<Scalars['URL']['output']>;
};

/** A friend of a user, with what the user noted about it. */
export type Friend = Node & {
  readonly __typename?: 'Friend';
  /** Keys and values the owner keeps on the friend. */
  readonly attributes?: Maybe<ReadonlyArray<Attribute>>;
  /** Since when they are friends. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** Whose friend it is. */
  readonly owner: User;
  /** The name the owner gave the friend, for itself alone. */
  readonly remark?: Maybe<Scalars['String']['output']>;
  /** The friend. */
  readonly user: User;
};

/** Two users became friends. */
export type FriendAddedEvent = Event & {
  readonly __typename?: 'FriendAddedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Who accepted. */
  readonly friend: User;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** Who asked. */
  readonly user: User;
};

/** A list of friends. */
export type FriendConnection = {
  readonly __typename?: 'FriendConnection';
  /** The page, with a cursor for each friend. */
  readonly edges: ReadonlyArray<FriendEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Friend>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The length of the whole list; null where the vendor does not tell. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A friend in a list. */
export type FriendEdge = {
  readonly __typename?: 'FriendEdge';
  /** Where the friend stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The friend. */
  readonly node: Friend;
};

/** Somebody ended a friendship. */
export type FriendRemovedEvent = Event & {
  readonly __typename?: 'FriendRemovedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Who was the friend. */
  readonly friend: User;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** Who ended it. */
  readonly user: User;
};

/** Somebody declined to become a friend. */
export type FriendRequestDeclinedEvent = Event & {
  readonly __typename?: 'FriendRequestDeclinedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Who declined. */
  readonly friend: User;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** Who asked. */
  readonly user: User;
};

/** A user asked another to become a friend. */
export type FriendRequestedEvent = Event & {
  readonly __typename?: 'FriendRequestedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Who was asked. */
  readonly friend: User;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** What was said. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** Who asked. */
  readonly user: User;
};

/** New values for one friend. */
export type FriendUpdateInput = {
  /** Attributes to set. */
  readonly attributes?: InputMaybe<ReadonlyArray<AttributeInput>>;
  /** Keys of attributes to delete. */
  readonly deleteAttributes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The name the user gives the friend; null clears. */
  readonly remark?: InputMaybe<Scalars['String']['input']>;
  /** The friend, as a user. */
  readonly userId: Scalars['ID']['input'];
};

/** Whether two users are friends, seen from one of them. */
export type Friendship =
  /** Only the other has this user as a friend. */
  | 'INCOMING'
  /** Each has the other as a friend. */
  | 'MUTUAL'
  /** Neither has the other as a friend. */
  | 'NONE'
  /** Only this user has the other as a friend. */
  | 'OUTGOING';

/** Which sides of a friendship a change is for. */
export type FriendshipSide =
  /** Both users lose the other as a friend. */
  | 'BOTH'
  /** Only the acting user loses the friend. */
  | 'OWN';

/** Why events are missing. */
export type GapCause =
  /** The cursor, or a slow reader's place, is older than the log reaches back. */
  | 'EXPIRED'
  /** The log was lost or replaced. */
  | 'LOG_LOST'
  /** The vendor could not deliver callbacks, and may not send them again. */
  | 'VENDOR';

/** Events are missing here: read again what you keep of this app. The stream goes on after it. */
export type GapEvent = Event & {
  readonly __typename?: 'GapEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Why. */
  readonly cause: GapCause;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The time from which events may be missing; null when it is not known. */
  readonly since?: Maybe<Scalars['DateTime']['output']>;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A lasting circle of members who all get every message. */
export type Group = ModeratedSpace & Node & Space & {
  readonly __typename?: 'Group';
  /** What its owner has to say to every member. */
  readonly announcement?: Maybe<Scalars['String']['output']>;
  /** The app the group belongs to. */
  readonly app: App;
  /** Keys and values kept on the group. */
  readonly attributes?: Maybe<ReadonlyArray<Attribute>>;
  /** The picture shown to users. */
  readonly avatarUrl?: Maybe<Scalars['URL']['output']>;
  /** The users shut out of the group: put out, and not let in again. */
  readonly blocklist?: Maybe<Blocklist>;
  /** When the group was created. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the group is about. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** Whether messaging is stopped until it is resumed. */
  readonly isSuspended?: Maybe<Scalars['Boolean']['output']>;
  /** A user's membership; null when the user is not a member. */
  readonly member?: Maybe<Member>;
  /** How many members it has. */
  readonly memberCount?: Maybe<Scalars['Int']['output']>;
  /** Its members, in the vendor's order. */
  readonly members?: Maybe<MemberConnection>;
  /** Its messages, the latest first. */
  readonly messages?: Maybe<MessageConnection>;
  /** Who is muted as a whole: everybody, or certain roles. */
  readonly mute?: Maybe<SpaceMute>;
  /** The members muted one by one. */
  readonly mutedMembers?: Maybe<MuteConnection>;
  /** The name shown to users. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The owner; null where the vendor's groups have none. */
  readonly owner?: Maybe<User>;
  /** Who may come in, and how. */
  readonly settings?: Maybe<GroupSettings>;
  /** The vendor's own id of the group, unique in the app. */
  readonly vendorId: Scalars['String']['output'];
};


/** A lasting circle of members who all get every message. */
export type GroupMemberArgs = {
  userId: Scalars['ID']['input'];
};


/** A lasting circle of members who all get every message. */
export type GroupMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  role?: InputMaybe<MemberRole>;
};


/** A lasting circle of members who all get every message. */
export type GroupMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A lasting circle of members who all get every message. */
export type GroupMutedMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A list of groups. */
export type GroupConnection = {
  readonly __typename?: 'GroupConnection';
  /** The page, with a cursor for each group. */
  readonly edges: ReadonlyArray<GroupEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Group>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The length of the whole list; null where the vendor does not tell. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A group in a list. */
export type GroupEdge = {
  readonly __typename?: 'GroupEdge';
  /** Where the group stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The group. */
  readonly node: Group;
};

/** Who may come into a group, and how. */
export type GroupSettings = {
  readonly __typename?: 'GroupSettings';
  /** Whether users brought in are asked first. */
  readonly asksInvitees?: Maybe<Scalars['Boolean']['output']>;
  /** Who may bring others in. */
  readonly invitePolicy?: Maybe<InvitePolicy>;
  /** Whether users find the group without being told of it. */
  readonly isPublic?: Maybe<Scalars['Boolean']['output']>;
  /** How users come in by themselves. */
  readonly joinPolicy?: Maybe<JoinPolicy>;
  /** The most members it may have. */
  readonly maxMembers?: Maybe<Scalars['Int']['output']>;
};

/** Who may come into a group, and how. Fields left out stay as they are. */
export type GroupSettingsInput = {
  /** Whether users brought in are asked first. */
  readonly asksInvitees?: InputMaybe<Scalars['Boolean']['input']>;
  /** Who may bring others in. */
  readonly invitePolicy?: InputMaybe<InvitePolicy>;
  /** Whether users find the group without being told of it. */
  readonly isPublic?: InputMaybe<Scalars['Boolean']['input']>;
  /** How users come in by themselves. */
  readonly joinPolicy?: InputMaybe<JoinPolicy>;
  /** The most members it may have. */
  readonly maxMembers?: InputMaybe<Scalars['Int']['input']>;
};

/** A callback as it was handled. */
export type HandledCallback = {
  readonly __typename?: 'HandledCallback';
  /** The app. */
  readonly app: App;
  /** The callback, as the catalogue names it; null for one that it does not know, and for one refused unread. */
  readonly callback?: Maybe<Scalars['String']['output']>;
  /** Why it was refused, as an error. */
  readonly code?: Maybe<ErrorCode>;
  /** The answer to one that asked. */
  readonly decision?: Maybe<MessageDecision>;
  /** How many events it made. */
  readonly eventCount: Scalars['Int']['output'];
  /** How long after the vendor's moment it came, in milliseconds; null where the vendor does not tell. */
  readonly lagMs?: Maybe<Scalars['Int']['output']>;
  /** How long its answer took, in milliseconds. */
  readonly latencyMs: Scalars['Float']['output'];
  /** What became of it. */
  readonly outcome: CallbackOutcome;
  /** Why it was refused. */
  readonly reason?: Maybe<CallbackRefusal>;
  /** When it came. */
  readonly receivedAt: Scalars['DateTime']['output'];
};

/** A picture. */
export type ImageContent = {
  readonly __typename?: 'ImageContent';
  /** The file's size, in bytes. */
  readonly byteSize?: Maybe<Scalars['Long']['output']>;
  /** The height, in pixels. */
  readonly height?: Maybe<Scalars['Int']['output']>;
  /** The file's name. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Where a small version is; a `data:` URL where the vendor carries it in the message. */
  readonly thumbnailUrl?: Maybe<Scalars['URL']['output']>;
  /** Where the picture is. */
  readonly url?: Maybe<Scalars['URL']['output']>;
  /** The width, in pixels. */
  readonly width?: Maybe<Scalars['Int']['output']>;
};

/** The input of `importMessages`. */
export type ImportMessagesInput = {
  /** The messages (1-100). */
  readonly messages: ReadonlyArray<ImportedMessageInput>;
};

/** The answer to `importMessages`. */
export type ImportMessagesPayload = BulkPayload & {
  readonly __typename?: 'ImportMessagesPayload';
  /** One result for each message given, named by its place in the list from 0, with the message as its node. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** An old message. */
export type ImportedMessageInput = {
  /** What it says. */
  readonly content: MessageContentInput;
  /** Whether it counts as read. */
  readonly isRead?: InputMaybe<Scalars['Boolean']['input']>;
  /** What the app puts beside the content. */
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
  /** The only one of the two users into whose history it goes; both when left out. */
  readonly ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** Who sent it. */
  readonly senderId: Scalars['ID']['input'];
  /** When it was sent. */
  readonly sentAt: Scalars['DateTime']['input'];
  /** The user or group it was sent to. */
  readonly to: Scalars['ID']['input'];
};

/** Somebody declined to come into a group. */
export type InvitationDeclinedEvent = Event & SpaceEvent & {
  readonly __typename?: 'InvitationDeclinedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
  /** Who declined. */
  readonly user: User;
};

/** Who may bring others into a group. */
export type InvitePolicy =
  /** The owner and the admins. */
  | 'ADMINS'
  /** Any member. */
  | 'MEMBERS'
  /** The owner. */
  | 'OWNER';

/** The input of `issueServiceCredential`. */
export type IssueServiceCredentialInput = {
  /** The app whose service it is. */
  readonly appId: Scalars['ID']['input'];
  /** The service. */
  readonly service: VendorService;
  /** The user it is for; not every service asks. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `issueServiceCredential`. */
export type IssueServiceCredentialPayload = {
  readonly __typename?: 'IssueServiceCredentialPayload';
  /** The credential, opaque. Keep it secret. */
  readonly credential: Scalars['String']['output'];
  /** Until when it is good, where the vendor says so. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The input of `issueUserToken`. */
export type IssueUserTokenInput = {
  /** The user's password, for apps whose vendor gives tokens against one only. */
  readonly password?: InputMaybe<Scalars['String']['input']>;
  /**
   * How long the token shall last, in seconds; shortened to what the caller may have. When left out: a viewer's as long as it
   * may, others as the vendor has it.
   */
  readonly ttlSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** The user; the viewer when left out. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `issueUserToken`. */
export type IssueUserTokenPayload = {
  readonly __typename?: 'IssueUserTokenPayload';
  /** Until when it is good; null when the vendor does not tell. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The token, opaque. Keep it secret. */
  readonly token: Scalars['String']['output'];
  /** The user it logs in. */
  readonly user: User;
};

/**
 * Why one item of a mutation over many failed. Each item has its own fate: where a vendor refuses a whole call for what may be one
 * item's fault, the call is made again in parts, up to 40 times; what is still refused then shares the refusal.
 */
export type ItemError = {
  readonly __typename?: 'ItemError';
  /** The kind of failure, as in `extensions.code` of a GraphQL error. */
  readonly code: ErrorCode;
  /** A sentence for a developer; not for showing to users. */
  readonly message: Scalars['String']['output'];
  /** How long to wait before another try, in milliseconds; null when another try is of no use. */
  readonly retryAfterMs?: Maybe<Scalars['Int']['output']>;
  /** The vendor's own code, as text. */
  readonly vendorCode?: Maybe<Scalars['String']['output']>;
};

/** What happened to one item of a mutation over many. */
export type ItemResult = {
  readonly __typename?: 'ItemResult';
  /** Why the change failed; null when `ok` is true. */
  readonly error?: Maybe<ItemError>;
  /** The node after the change, where one exists. */
  readonly node?: Maybe<Node>;
  /** Whether the vendor took the change for this item. */
  readonly ok: Scalars['Boolean']['output'];
  /**
   * What the input named the item by: its vendor id or key, or its global id as this API gives it, with the user ids in it in
   * lower case where the vendor ignores case.
   */
  readonly target: Scalars['ID']['output'];
};

/**
 * Mass work that goes on by itself, while people's calls come first. Where the server keeps its events in a file, a job goes on
 * after a restart.
 */
export type Job = Node & {
  readonly __typename?: 'Job';
  /** The app. */
  readonly app: App;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** How many of them failed so far. */
  readonly failed: Scalars['Int']['output'];
  /** The items that failed, in the order given. */
  readonly failures?: Maybe<JobFailureConnection>;
  /** When it was over. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** What is done. */
  readonly kind: JobKind;
  /** Why it is paused, such as `VENDOR_UNAVAILABLE`; null unless it is `PAUSED`. */
  readonly pauseCause?: Maybe<ItemError>;
  /** When its first item was taken. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How far it is. */
  readonly status: JobStatus;
  /** How many of them worked so far. */
  readonly succeeded: Scalars['Int']['output'];
  /** How many items it was given. */
  readonly total: Scalars['Int']['output'];
};


/**
 * Mass work that goes on by itself, while people's calls come first. Where the server keeps its events in a file, a job goes on
 * after a restart.
 */
export type JobFailuresArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A list of jobs. */
export type JobConnection = {
  readonly __typename?: 'JobConnection';
  /** The page, with a cursor for each job. */
  readonly edges: ReadonlyArray<JobEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Job>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A job in a list. */
export type JobEdge = {
  readonly __typename?: 'JobEdge';
  /** Where the job stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The job. */
  readonly node: Job;
};

/** An item of a job that failed. */
export type JobFailure = {
  readonly __typename?: 'JobFailure';
  /**
   * Why. `OUTCOME_UNKNOWN` stands for what may have been done: the server ended while it was under way, and doing it again might
   * have done it twice.
   */
  readonly error: ItemError;
  /** Its place in the list given, from 0. */
  readonly index: Scalars['Int']['output'];
  /** What it is about: the vendor id of a user, the place of a message. */
  readonly target: Scalars['String']['output'];
};

/** A list of items that failed. */
export type JobFailureConnection = {
  readonly __typename?: 'JobFailureConnection';
  /** The page, with a cursor for each failure. */
  readonly edges: ReadonlyArray<JobFailureEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<JobFailure>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A failure in a list. */
export type JobFailureEdge = {
  readonly __typename?: 'JobFailureEdge';
  /** Where the failure stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The failure. */
  readonly node: JobFailure;
};

/** What a job does. */
export type JobKind =
  /** Imports old messages. */
  | 'MESSAGE_IMPORT'
  /** Registers users. */
  | 'USER_REGISTRATION';

/** How far a job is. */
export type JobStatus =
  /** It was ended before it was done. */
  | 'CANCELED'
  /** It was canceled, and what is under way is not settled yet. */
  | 'CANCELING'
  /** It is done: every item worked or failed. */
  | 'FINISHED'
  /**
   * The vendor is out of reach, refuses the app's credentials, or has carried out nothing of the last piece; see `pauseCause`. It looks after
   * 1, 2, 4 ... 60 seconds whether the vendor is well again, and goes on by itself then, with one item at first.
   */
  | 'PAUSED'
  /** It is under way. */
  | 'RUNNING'
  /** It waits for other jobs of its app. */
  | 'WAITING';

/** How users came into a space. */
export type JoinCause =
  /** Somebody added them. */
  | 'ADDED'
  /** Their request was granted. */
  | 'APPROVED'
  /** They accepted an invitation. */
  | 'INVITED'
  /** By themselves. */
  | 'JOINED';

/** How users come into a group by themselves. */
export type JoinPolicy =
  /** The owner or an admin decides. */
  | 'APPROVAL'
  /** Nobody comes in. */
  | 'CLOSED'
  /** Only by invitation. */
  | 'INVITATION'
  /** Anybody comes in. */
  | 'OPEN';

/** Somebody asks to be let into a group. */
export type JoinRequestedEvent = Event & SpaceEvent & {
  readonly __typename?: 'JoinRequestedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** What was said. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
  /** Who asks. */
  readonly user: User;
};

/** The input of `joinSpace`. */
export type JoinSpaceInput = {
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
  /** Who joins; the viewer when left out. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `joinSpace`. */
export type JoinSpacePayload = {
  readonly __typename?: 'JoinSpacePayload';
  /** The new membership. */
  readonly member?: Maybe<Member>;
  /** The space. */
  readonly space: Space;
};

/** Why users left a space. */
export type LeaveCause =
  /** They were blocked. */
  | 'BLOCKED'
  /** By their own will. */
  | 'LEFT'
  /** They were offline for too long. */
  | 'OFFLINE'
  /** Somebody removed them. */
  | 'REMOVED'
  /** The space was deleted. */
  | 'SPACE_DELETED';

/** The input of `leaveSpace`. */
export type LeaveSpaceInput = {
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
  /** Who leaves; the viewer when left out. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `leaveSpace`. */
export type LeaveSpacePayload = {
  readonly __typename?: 'LeaveSpacePayload';
  /** The space. */
  readonly space: Space;
};

/** A card that leads to a page. */
export type LinkContent = {
  readonly __typename?: 'LinkContent';
  /** The picture beside it. */
  readonly imageUrl?: Maybe<Scalars['URL']['output']>;
  /** The text below it. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** The headline. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** The page. */
  readonly url?: Maybe<Scalars['URL']['output']>;
};

/** A place on the map. */
export type LocationContent = {
  readonly __typename?: 'LocationContent';
  /** Degrees north, -90 to 90. */
  readonly latitude: Scalars['Float']['output'];
  /** Degrees east, -180 to 180. */
  readonly longitude: Scalars['Float']['output'];
  /** What the place is called. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Where a small map is; a `data:` URL where the vendor carries it in the message. */
  readonly thumbnailUrl?: Maybe<Scalars['URL']['output']>;
};

/** A place on the map. */
export type LocationContentInput = {
  /** Degrees north, -90 to 90. */
  readonly latitude: Scalars['Float']['input'];
  /** Degrees east, -180 to 180. */
  readonly longitude: Scalars['Float']['input'];
  /** What the place is called. */
  readonly name: Scalars['String']['input'];
  /** Where a small map is. */
  readonly thumbnailUrl?: InputMaybe<Scalars['URL']['input']>;
};

/** The input of `markConversationsRead`. */
export type MarkConversationsReadInput = {
  /** The conversations (1-100). */
  readonly conversationIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The answer to `markConversationsRead`. */
export type MarkConversationsReadPayload = BulkPayload & {
  readonly __typename?: 'MarkConversationsReadPayload';
  /** One result for each conversation given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** A picture, recording or other file that lies at a URL. */
export type MediaContentInput = {
  /** The file's size, in bytes. */
  readonly byteSize?: InputMaybe<Scalars['Long']['input']>;
  /** The media type, such as `image/png`. */
  readonly contentType?: InputMaybe<Scalars['String']['input']>;
  /** How long it plays, in seconds. */
  readonly durationSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** The height, in pixels. */
  readonly height?: InputMaybe<Scalars['Int']['input']>;
  /** The file's name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Where a small version or the first picture is. */
  readonly thumbnailUrl?: InputMaybe<Scalars['URL']['input']>;
  /** Where it is. */
  readonly url: Scalars['URL']['input'];
  /** The width, in pixels. */
  readonly width?: InputMaybe<Scalars['Int']['input']>;
};

/** A user in a space. */
export type Member = Node & {
  readonly __typename?: 'Member';
  /** The number of a role of the app's own, 101-255; null for the standard roles. */
  readonly customRole?: Maybe<Scalars['Int']['output']>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** When the member joined. */
  readonly joinedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The name the member goes by in the space. */
  readonly nickname?: Maybe<Scalars['String']['output']>;
  /** What the member is in the space. */
  readonly role?: Maybe<MemberRole>;
  /** The space. */
  readonly space: Space;
  /** The user. */
  readonly user: User;
};

/** Attributes of a member of a group were set or deleted. */
export type MemberAttributesChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'MemberAttributesChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The attributes set, with their values; empty values were deleted. */
  readonly set: ReadonlyArray<Attribute>;
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
  /** The member, as a user. */
  readonly user: User;
};

/** A list of members. */
export type MemberConnection = {
  readonly __typename?: 'MemberConnection';
  /** The page, with a cursor for each member. */
  readonly edges: ReadonlyArray<MemberEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Member>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The length of the whole list; null where the vendor does not tell. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A member in a list. */
export type MemberEdge = {
  readonly __typename?: 'MemberEdge';
  /** Where the member stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The member. */
  readonly node: Member;
};

/** Members of a group or chatroom were muted or unmuted one by one. */
export type MemberMutesChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'MemberMutesChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** When it ends by itself. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether they are muted now. */
  readonly isMuted: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
  /** The members. */
  readonly users: ReadonlyArray<User>;
};

/** What a member is in a space. */
export type MemberRole =
  /** May administer the space. */
  | 'ADMIN'
  /** A role of the app's own, told by its number; may do what an ordinary member may. */
  | 'CUSTOM'
  /** An ordinary member. */
  | 'MEMBER'
  /** The one to whom the space belongs. */
  | 'OWNER';

/** Members of a group or chatroom were given a role. */
export type MemberRolesChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'MemberRolesChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** Their role now. */
  readonly role: MemberRole;
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
  /** The members. */
  readonly users: ReadonlyArray<User>;
};

/** New values for one member. Fields left out stay as they are; null clears. */
export type MemberUpdateInput = {
  /** The name the member goes by in the space. */
  readonly nickname?: InputMaybe<Scalars['String']['input']>;
  /** The member, as a user; the viewer when left out. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** Users were asked to come into a group. */
export type MembersInvitedEvent = Event & SpaceEvent & {
  readonly __typename?: 'MembersInvitedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
  /** The users. */
  readonly users: ReadonlyArray<User>;
};

/** Users came into a group or chatroom. */
export type MembersJoinedEvent = Event & SpaceEvent & {
  readonly __typename?: 'MembersJoinedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** How they came in. */
  readonly cause: JoinCause;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** How many members there are now. */
  readonly memberCount?: Maybe<Scalars['Int']['output']>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
  /** The users. */
  readonly users: ReadonlyArray<User>;
};

/** Users left a group or chatroom, or had to. */
export type MembersLeftEvent = Event & SpaceEvent & {
  readonly __typename?: 'MembersLeftEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Why they left. */
  readonly cause: LeaveCause;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** How many members there are now. */
  readonly memberCount?: Maybe<Scalars['Int']['output']>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
  /** The users. */
  readonly users: ReadonlyArray<User>;
};

/** Whom a message mentions. */
export type Mentions = {
  readonly __typename?: 'Mentions';
  /** Whether it mentions everybody. */
  readonly everyone: Scalars['Boolean']['output'];
  /** The users it mentions. */
  readonly users: ReadonlyArray<User>;
};

/** Whom a message mentions. */
export type MentionsInput = {
  /** Whether it mentions everybody. */
  readonly everyone?: InputMaybe<Scalars['Boolean']['input']>;
  /** The users it mentions. */
  readonly userIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** Other messages, forwarded as one. */
export type MergedContent = {
  readonly __typename?: 'MergedContent';
  /** The first lines of what is inside. */
  readonly summary?: Maybe<Scalars['String']['output']>;
  /** The headline. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** Where all of it can be read. */
  readonly url?: Maybe<Scalars['URL']['output']>;
};

/** A message that was sent. */
export type Message = Node & {
  readonly __typename?: 'Message';
  /** The app it was sent in. */
  readonly app: App;
  /** What it says. */
  readonly content?: Maybe<MessageContent>;
  /** When it was last edited; null when it never was. */
  readonly editedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** What kind of content it has. */
  readonly kind: MessageKind;
  /** Whom it mentions. */
  readonly mentions?: Maybe<Mentions>;
  /**
   * What the app put beside the content. Clients of the vendor see it as the message's extension. Where a vendor keeps it as
   * one text, only JSON objects and lists are parsed; any other text is a text, whatever it looks like, and an empty one none.
   */
  readonly metadata?: Maybe<Scalars['JSON']['output']>;
  /** The message as the vendor has it. */
  readonly raw?: Maybe<Scalars['JSON']['output']>;
  /** When it was recalled; null when it was not. */
  readonly recalledAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who sent it; null for notices of the vendor and of the app. */
  readonly sender?: Maybe<User>;
  /**
   * When the vendor took it, by the vendor's clock. In the answer to a send of a vendor that does not say, as ZIM and RongCloud, when its answer
   * came; the event and every later read have the vendor's time.
   */
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its number in the conversation, rising with time; null where the vendor does not number messages. */
  readonly sequence?: Maybe<Scalars['Long']['output']>;
  /** Where it was sent to: a user, group or chatroom. */
  readonly to?: Maybe<Peer>;
  /** The vendor's own id of the message; null where the vendor gives none. */
  readonly vendorId?: Maybe<Scalars['String']['output']>;
};

/** A list of messages. */
export type MessageConnection = {
  readonly __typename?: 'MessageConnection';
  /** The page, with a cursor for each message. */
  readonly edges: ReadonlyArray<MessageEdge>;
  /**
   * When the oldest message was sent that is known, where no history of the vendor's can be read: all at Easemob, and chatrooms at ZIM. The list
   * ends there, though there may have been messages before: it is what the event log told since this server follows the conversation,
   * 100,000 messages at most. Null where the vendor's history is read, and while nothing is known.
   */
  readonly knownSince?: Maybe<Scalars['DateTime']['output']>;
  /** The page. */
  readonly nodes: ReadonlyArray<Message>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** What a message says. */
export type MessageContent = AudioContent | CommandContent | CompositeContent | CustomContent | FileContent | ImageContent | LinkContent | LocationContent | MergedContent | NoticeContent | RecalledContent | ReplyContent | StreamContent | TextContent | UnknownContent | VideoContent;

/** What a message says: exactly one kind. */
export type MessageContentInput =
  /** A recording of sound. */
  { readonly audio: MediaContentInput; readonly command?: never; readonly composite?: never; readonly custom?: never; readonly file?: never; readonly image?: never; readonly location?: never; readonly text?: never; readonly video?: never; }
  |  /** A signal for programs. */
  { readonly audio?: never; readonly command: CommandContentInput; readonly composite?: never; readonly custom?: never; readonly file?: never; readonly image?: never; readonly location?: never; readonly text?: never; readonly video?: never; }
  |  /** Several parts in one (2-10), none of them composite. */
  { readonly audio?: never; readonly command?: never; readonly composite: ReadonlyArray<MessageContentInput>; readonly custom?: never; readonly file?: never; readonly image?: never; readonly location?: never; readonly text?: never; readonly video?: never; }
  |  /** Content of the app's own making. */
  { readonly audio?: never; readonly command?: never; readonly composite?: never; readonly custom: CustomContentInput; readonly file?: never; readonly image?: never; readonly location?: never; readonly text?: never; readonly video?: never; }
  |  /** Any other file. */
  { readonly audio?: never; readonly command?: never; readonly composite?: never; readonly custom?: never; readonly file: MediaContentInput; readonly image?: never; readonly location?: never; readonly text?: never; readonly video?: never; }
  |  /** A picture. */
  { readonly audio?: never; readonly command?: never; readonly composite?: never; readonly custom?: never; readonly file?: never; readonly image: MediaContentInput; readonly location?: never; readonly text?: never; readonly video?: never; }
  |  /** A place on the map. */
  { readonly audio?: never; readonly command?: never; readonly composite?: never; readonly custom?: never; readonly file?: never; readonly image?: never; readonly location: LocationContentInput; readonly text?: never; readonly video?: never; }
  |  /** Plain text. */
  { readonly audio?: never; readonly command?: never; readonly composite?: never; readonly custom?: never; readonly file?: never; readonly image?: never; readonly location?: never; readonly text: TextContentInput; readonly video?: never; }
  |  /** A recording of pictures. */
  { readonly audio?: never; readonly command?: never; readonly composite?: never; readonly custom?: never; readonly file?: never; readonly image?: never; readonly location?: never; readonly text?: never; readonly video: MediaContentInput; };

/**
 * The app's decision policy made a verdict on a message: its vendor asked whether to deliver what a client sent, or a viewer sent or edited
 * it through this API.
 */
export type MessageDecidedEvent = Event & MessageEvent & {
  readonly __typename?: 'MessageDecidedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The answer. What cannot be done becomes the stricter one: `DROP` of what is sent through this API is `REFUSE`. */
  readonly decision: MessageDecision;
  /** The first rule that could not decide; null when every rule that was asked could. */
  readonly failedRule?: Maybe<Scalars['String']['output']>;
  /** Why it could not decide. */
  readonly failure?: Maybe<DecisionFailure>;
  /** What each rule that held for the message came to, in the order asked; those in a dry run last. */
  readonly findings: ReadonlyArray<DecisionFinding>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether a message was to be edited; the message is as it would be then. */
  readonly isEdit: Scalars['Boolean']['output'];
  /** Whether a rule has flagged the message, so that somebody looks at it. */
  readonly isFlagged: Scalars['Boolean']['output'];
  /**
   * Whether it was made without a rule's answer because none came in time, or was given after the vendor had stopped waiting, counted from when the
   * vendor signed the question.
   */
  readonly isLate: Scalars['Boolean']['output'];
  /** How long the answer took, in milliseconds. */
  readonly latencyMs: Scalars['Int']['output'];
  /** What the rules that made it found, at most 20: words as their lists write them, hosts of links, and of regular expressions what they matched. */
  readonly matchedKeywords: ReadonlyArray<Scalars['String']['output']>;
  /** The message as it was given. One that was not sent yet has no `vendorId`, and its id finds nothing. */
  readonly message: Message;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The text that took the place of the message's, for `REPLACE`. */
  readonly replacement?: Maybe<Scalars['String']['output']>;
  /**
   * The rule of the app's decision policy that made it, by its answer or by its `onFailure`; of several that replaced text the first; null for the policy's
   * default.
   */
  readonly rule?: Maybe<Scalars['String']['output']>;
  /** Whose message it is: a client's, about which the vendor asked, or one that was sent or edited through this API (`SERVER`). */
  readonly source: EventSource;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** What is answered when a vendor asks whether to deliver a message. */
export type MessageDecision =
  /** Deliver it. */
  | 'DELIVER'
  /** Do not deliver it, and let the sender believe so. */
  | 'DROP'
  /** Do not deliver it, and tell the sender. */
  | 'REFUSE'
  /** Deliver it with other content. */
  | 'REPLACE';

/** A message in a list. */
export type MessageEdge = {
  readonly __typename?: 'MessageEdge';
  /** Where the message stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The message. */
  readonly node: Message;
};

/** The content of a message was replaced. */
export type MessageEditedEvent = Event & MessageEvent & {
  readonly __typename?: 'MessageEditedEvent';
  /** Who edited it; null where the vendor does not tell. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** How many times it has been edited; null where the vendor does not tell. */
  readonly editCount?: Maybe<Scalars['Int']['output']>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** The message. */
  readonly message: Message;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** Something that happened to a message. */
export type MessageEvent = {
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** The message. */
  readonly message: Message;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** Which messages of a history are wanted. What the vendor cannot filter is filtered here, from as many of its pages as `PageInfo` says. */
export type MessageFilter = {
  /** Only messages of these kinds. */
  readonly kinds?: InputMaybe<ReadonlyArray<MessageKind>>;
  /** Only messages of this user. */
  readonly senderId?: InputMaybe<Scalars['ID']['input']>;
  /** Only messages sent at or after this moment. */
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only messages sent before this moment. */
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The kinds of content. */
export type MessageKind =
  /** A recording of sound. */
  | 'AUDIO'
  /** A signal for programs; nothing is shown. */
  | 'COMMAND'
  /** Several parts of other kinds in one. */
  | 'COMPOSITE'
  /** A kind of the app's own. */
  | 'CUSTOM'
  /** Any other file. */
  | 'FILE'
  /** A picture. */
  | 'IMAGE'
  /** A card that leads to a page. */
  | 'LINK'
  /** A place on the map. */
  | 'LOCATION'
  /** Other messages, forwarded as one. */
  | 'MERGED'
  /** A notice in the conversation: somebody joined, was renamed, became a friend. */
  | 'NOTICE'
  /** What is left of a recalled message. */
  | 'RECALLED'
  /** An answer that quotes another message. */
  | 'REPLY'
  /** A text that grows piece by piece. */
  | 'STREAM'
  /** Plain text. */
  | 'TEXT'
  /** A kind this server does not know; an operator may read `Message.raw`. */
  | 'UNKNOWN'
  /** A recording of pictures. */
  | 'VIDEO';

/** Moderation looked at a message. */
export type MessageModeratedEvent = Event & MessageEvent & {
  readonly __typename?: 'MessageModeratedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** What it thinks should be done. */
  readonly decision: ContentDecision;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** What it found, in the vendor's words. */
  readonly labels: ReadonlyArray<Scalars['String']['output']>;
  /** The words of keyword lists that it found. */
  readonly matchedKeywords: ReadonlyArray<Scalars['String']['output']>;
  /** The message. */
  readonly message: Message;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Who or what looked, in the vendor's words. */
  readonly provider?: Maybe<Scalars['String']['output']>;
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** How a message fares under load. */
export type MessagePriority =
  /** Dropped last. */
  | 'HIGH'
  /** Dropped first. */
  | 'LOW'
  /** Dropped after the low ones. */
  | 'NORMAL';

/** Somebody read a message. */
export type MessageReadEvent = Event & MessageEvent & {
  readonly __typename?: 'MessageReadEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** The message. */
  readonly message: Message;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Who read it. */
  readonly reader: User;
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A message was recalled. */
export type MessageRecalledEvent = Event & MessageEvent & {
  readonly __typename?: 'MessageRecalledEvent';
  /** Who recalled it; null where the vendor does not tell. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether an administrator did. */
  readonly isByAdmin?: Maybe<Scalars['Boolean']['output']>;
  /** Whether no trace is left in the conversation. */
  readonly isWithoutTrace?: Maybe<Scalars['Boolean']['output']>;
  /** The message. */
  readonly message: Message;
  /** A note for the readers. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A message was not sent: moderation, a policy or the vendor refused it. */
export type MessageSendFailedEvent = Event & MessageEvent & {
  readonly __typename?: 'MessageSendFailedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** The message. */
  readonly message: Message;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Why, in the vendor's words. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A message was sent. */
export type MessageSentEvent = Event & MessageEvent & {
  readonly __typename?: 'MessageSentEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** The message. */
  readonly message: Message;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** Where it came from. */
  readonly source: EventSource;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A user removed messages from its own history. */
export type MessagesDeletedEvent = Event & {
  readonly __typename?: 'MessagesDeletedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** The moment up to which everything went. */
  readonly before?: Maybe<Scalars['DateTime']['output']>;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** The messages; empty when everything up to a moment went. */
  readonly messages: ReadonlyArray<Message>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Whom the conversation is with. */
  readonly peer?: Maybe<Peer>;
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** The user. */
  readonly user: User;
};

/** A space in which speaking can be regulated: a group or chatroom. */
export type ModeratedSpace = {
  /** The app the space belongs to. */
  readonly app: App;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** A user's membership; null when the user is not a member. */
  readonly member?: Maybe<Member>;
  /** How many members it has. */
  readonly memberCount?: Maybe<Scalars['Int']['output']>;
  /** Its members, in the vendor's order. */
  readonly members?: Maybe<MemberConnection>;
  /** Its messages, the latest first. */
  readonly messages?: Maybe<MessageConnection>;
  /** Who is muted as a whole: everybody, or certain roles. */
  readonly mute?: Maybe<SpaceMute>;
  /** The members muted one by one. */
  readonly mutedMembers?: Maybe<MuteConnection>;
  /** The name shown to users. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The vendor's own id of the space, unique among its kind in the app. */
  readonly vendorId: Scalars['String']['output'];
};


/** A space in which speaking can be regulated: a group or chatroom. */
export type ModeratedSpaceMemberArgs = {
  userId: Scalars['ID']['input'];
};


/** A space in which speaking can be regulated: a group or chatroom. */
export type ModeratedSpaceMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  role?: InputMaybe<MemberRole>;
};


/** A space in which speaking can be regulated: a group or chatroom. */
export type ModeratedSpaceMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A space in which speaking can be regulated: a group or chatroom. */
export type ModeratedSpaceMutedMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Accepts an invitation to a call. */
  readonly acceptCall?: Maybe<AcceptCallPayload>;
  /** Reports messages (1-100) as delivered to a user, or read by it. One that is not there, or was recalled, is `NOT_FOUND`. */
  readonly acknowledgeMessages?: Maybe<AcknowledgeMessagesPayload>;
  /** Makes users friends at once, without asking them (1-100). */
  readonly addFriends?: Maybe<AddFriendsPayload>;
  /**
   * Adds users (1-100) to a space without asking them, or invites them where the space wants their consent. One who is a member already stays
   * one, and is no error.
   */
  readonly addMembers?: Maybe<AddMembersPayload>;
  /** Puts users (1-100) on the blocklist of a user, group or chatroom. */
  readonly blockUsers?: Maybe<BlockUsersPayload>;
  /** Sends a message to a whole audience at once. The vendors allow few of these a day. */
  readonly broadcastMessage?: Maybe<BroadcastMessagePayload>;
  /**
   * Ends a job. What was done stays, and nothing more is begun. A job of which something is under way is `CANCELING` until that is settled, and
   * `CANCELED` then, with its final counts. A job that is over stays as it is.
   */
  readonly cancelJob?: Maybe<CancelJobPayload>;
  /** Empties the owners' own history of conversations (1-100). Others keep the messages. */
  readonly clearHistory?: Maybe<ClearHistoryPayload>;
  /**
   * Copies what this server keeps in files (events, conversations, jobs), all as it is at one moment, into a new folder below `events.backupFolder` of
   * the configuration. Nothing waits for it. The oldest backups beyond `events.backupsKept` are deleted. `CONFLICT` while another is made, without
   * room on the disk, and where there are no files or no folder is configured.
   */
  readonly createBackup?: Maybe<CreateBackupPayload>;
  /** Creates a chatroom. Whoever creates it is not in it by that. */
  readonly createChatroom?: Maybe<CreateChatroomPayload>;
  /** Creates a group. Its owner is its first member. */
  readonly createGroup?: Maybe<CreateGroupPayload>;
  /** Deletes attributes of a user, group or chatroom. */
  readonly deleteAttributes?: Maybe<DeleteAttributesPayload>;
  /** Takes conversations (1-100) off their owners' lists, with or without the messages. The next message in one brings it back. */
  readonly deleteConversations?: Maybe<DeleteConversationsPayload>;
  /** Deletes a space and everything that belongs to it. One that is not there is `NOT_FOUND`, as in every change of a space. */
  readonly deleteSpace?: Maybe<DeleteSpacePayload>;
  /** Replaces the content of a message already sent. A viewer's passes the rules of `App.decisionPolicy`, as a message that it sends does. */
  readonly editMessage?: Maybe<EditMessagePayload>;
  /** Imports old messages (1-100) into histories, without delivering or pushing them. */
  readonly importMessages?: Maybe<ImportMessagesPayload>;
  /** Issues a credential for one of the vendor's side services, to be handed to its client library. */
  readonly issueServiceCredential?: Maybe<IssueServiceCredentialPayload>;
  /**
   * Issues a token with which the vendor's client library logs a user in. A viewer's lasts as long as the viewer's own token,
   * a day at most, or as the operator has configured; one of an operator 30 days at most, or as configured. RongCloud's tokens
   * last as its console says, by default for ever, and cannot be given an end: for a viewer they are `FORBIDDEN` unless the
   * operator has allowed tokens without an end. For a user that is not registered it is `NOT_FOUND` at every vendor; to register
   * one is for `registerUsers`.
   */
  readonly issueUserToken?: Maybe<IssueUserTokenPayload>;
  /** Joins a user to a space that is open to it. */
  readonly joinSpace?: Maybe<JoinSpacePayload>;
  /** Leaves a space, by the user's own will. */
  readonly leaveSpace?: Maybe<LeaveSpacePayload>;
  /** Sets the unread counts of conversations (1-100) to zero. One without messages has nothing to be read, which is no error. */
  readonly markConversationsRead?: Maybe<MarkConversationsReadPayload>;
  /** Stops members (1-100) of a space from sending there. */
  readonly muteMembers?: Maybe<MuteMembersPayload>;
  /** Stops everybody in a space from sending there, or those with certain roles. */
  readonly muteSpace?: Maybe<MuteSpacePayload>;
  /** Recalls messages (1-100) for everybody. */
  readonly recallMessages?: Maybe<RecallMessagesPayload>;
  /** Has the vendor send kept callbacks once more. */
  readonly redeliverCallbacks?: Maybe<RedeliverCallbacksPayload>;
  /** Creates bots (1-100). */
  readonly registerBots?: Maybe<RegisterBotsPayload>;
  /**
   * Creates users (1-100). One whose id is registered already is `CONFLICT` and stays as it is, at every vendor; so is the second of two with one id.
   * RongCloud would overwrite its name, so it is asked for each id first: of two registrations at the same moment the later wins there.
   */
  readonly registerUsers?: Maybe<RegisterUsersPayload>;
  /** Rejects an invitation to a call. */
  readonly rejectCall?: Maybe<RejectCallPayload>;
  /** Ends every friendship of a user. */
  readonly removeAllFriends?: Maybe<RemoveAllFriendsPayload>;
  /** Ends friendships (1-100). */
  readonly removeFriends?: Maybe<RemoveFriendsPayload>;
  /** Removes users (1-100) from a space. They may come back; `blockUsers` keeps them out. */
  readonly removeMembers?: Maybe<RemoveMembersPayload>;
  /**
   * Reads what the vendor sent for an event once more, as this server understands it now. What is new becomes events of its own; what
   * the log has already changes nothing.
   */
  readonly replayCallback?: Maybe<ReplayCallbackPayload>;
  /** Asks users to become friends (1-100). Their answers come as events. */
  readonly requestFriends?: Maybe<RequestFriendsPayload>;
  /**
   * Sends a message to users, groups, chatrooms or conversations (1-100). What a viewer sends passes the rules of `App.decisionPolicy` for each
   * receiver, as clients' messages do: it is delivered, delivered with another text, which the answer shows, or `CONTENT_REFUSED`.
   * To a receiver who blocks the sender it is `FORBIDDEN`, and so it is from a member whom the vendor does not let speak in the space.
   * Whether a receiver is there is for the vendor to find: ZIM says `NOT_FOUND` of users, ZIM and RongCloud of groups and chatrooms;
   * Easemob takes messages to anybody.
   */
  readonly sendMessage?: Maybe<SendMessagePayload>;
  /**
   * Sets attributes of a user, group or chatroom. Keys not named keep their values. Attributes of friends are set with
   * `updateFriends`.
   */
  readonly setAttributes?: Maybe<SetAttributesPayload>;
  /** Gives members of a space (1-100) a role. Ownership is passed on with `transferOwnership`. */
  readonly setMemberRole?: Maybe<SetMemberRolePayload>;
  /** Invites users (1-9) to a call. The call itself runs in the vendor's clients. */
  readonly startCall?: Maybe<StartCallPayload>;
  /** Begins to import old messages (1-10000) of one app into histories, the oldest first, as `importMessages` does. */
  readonly startMessageImport?: Maybe<StartMessageImportPayload>;
  /**
   * Begins to register users (1-10000), as `registerUsers` does: one that is there already is `CONFLICT` and stays as it is, and so is the second of two
   * with one id. What may have been done when an answer was lost is tried again, and is `CONFLICT` if it was done.
   */
  readonly startUserRegistration?: Maybe<StartUserRegistrationPayload>;
  /** Makes another member the owner of a space. */
  readonly transferOwnership?: Maybe<TransferOwnershipPayload>;
  /** Takes users (1-100) off the blocklist of a user, group or chatroom. */
  readonly unblockUsers?: Maybe<UnblockUsersPayload>;
  /** Lets members (1-100) of a space send there again. */
  readonly unmuteMembers?: Maybe<UnmuteMembersPayload>;
  /** Lets everybody in a space send there again who was not muted one by one. */
  readonly unmuteSpace?: Maybe<UnmuteSpacePayload>;
  /** Changes a bot. Fields left out stay as they are; null clears. */
  readonly updateBot?: Maybe<UpdateBotPayload>;
  /** Pins, silences, names and labels conversations (1-100) of one user. Fields left out stay as they are. */
  readonly updateConversations?: Maybe<UpdateConversationsPayload>;
  /** Changes remarks and attributes of friends (1-100). */
  readonly updateFriends?: Maybe<UpdateFriendsPayload>;
  /** Changes a group. Fields left out stay as they are; null clears. */
  readonly updateGroup?: Maybe<UpdateGroupPayload>;
  /** Changes what is kept on members of a space (1-100): the nickname. */
  readonly updateMembers?: Maybe<UpdateMembersPayload>;
  /** Changes profiles (1-100). Fields left out stay as they are; null clears. */
  readonly updateUsers?: Maybe<UpdateUsersPayload>;
  /** Checks that the vendor accepts an app's credentials, and renews the vendor's session where it has one. */
  readonly verifyApp?: Maybe<VerifyAppPayload>;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationAcceptCallArgs = {
  input: AcceptCallInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationAcknowledgeMessagesArgs = {
  input: AcknowledgeMessagesInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationAddFriendsArgs = {
  input: AddFriendsInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationAddMembersArgs = {
  input: AddMembersInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationBlockUsersArgs = {
  input: BlockUsersInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationBroadcastMessageArgs = {
  input: BroadcastMessageInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationCancelJobArgs = {
  input: CancelJobInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationClearHistoryArgs = {
  input: ClearHistoryInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationCreateBackupArgs = {
  input: CreateBackupInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationCreateChatroomArgs = {
  input: CreateChatroomInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationCreateGroupArgs = {
  input: CreateGroupInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationDeleteAttributesArgs = {
  input: DeleteAttributesInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationDeleteConversationsArgs = {
  input: DeleteConversationsInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationDeleteSpaceArgs = {
  input: DeleteSpaceInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationEditMessageArgs = {
  input: EditMessageInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationImportMessagesArgs = {
  input: ImportMessagesInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationIssueServiceCredentialArgs = {
  input: IssueServiceCredentialInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationIssueUserTokenArgs = {
  input: IssueUserTokenInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationJoinSpaceArgs = {
  input: JoinSpaceInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationLeaveSpaceArgs = {
  input: LeaveSpaceInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationMarkConversationsReadArgs = {
  input: MarkConversationsReadInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationMuteMembersArgs = {
  input: MuteMembersInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationMuteSpaceArgs = {
  input: MuteSpaceInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationRecallMessagesArgs = {
  input: RecallMessagesInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationRedeliverCallbacksArgs = {
  input: RedeliverCallbacksInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationRegisterBotsArgs = {
  input: RegisterBotsInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationRegisterUsersArgs = {
  input: RegisterUsersInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationRejectCallArgs = {
  input: RejectCallInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationRemoveAllFriendsArgs = {
  input: RemoveAllFriendsInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationRemoveFriendsArgs = {
  input: RemoveFriendsInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationRemoveMembersArgs = {
  input: RemoveMembersInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationReplayCallbackArgs = {
  input: ReplayCallbackInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationRequestFriendsArgs = {
  input: RequestFriendsInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationSendMessageArgs = {
  input: SendMessageInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationSetAttributesArgs = {
  input: SetAttributesInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationSetMemberRoleArgs = {
  input: SetMemberRoleInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationStartCallArgs = {
  input: StartCallInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationStartMessageImportArgs = {
  input: StartMessageImportInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationStartUserRegistrationArgs = {
  input: StartUserRegistrationInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationTransferOwnershipArgs = {
  input: TransferOwnershipInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationUnblockUsersArgs = {
  input: UnblockUsersInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationUnmuteMembersArgs = {
  input: UnmuteMembersInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationUnmuteSpaceArgs = {
  input: UnmuteSpaceInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationUpdateBotArgs = {
  input: UpdateBotInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationUpdateConversationsArgs = {
  input: UpdateConversationsInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationUpdateFriendsArgs = {
  input: UpdateFriendsInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationUpdateGroupArgs = {
  input: UpdateGroupInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationUpdateMembersArgs = {
  input: UpdateMembersInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationUpdateUsersArgs = {
  input: UpdateUsersInput;
};


/** The root of mutations. Top-level fields run one after the other, in the order written. */
export type MutationVerifyAppArgs = {
  input: VerifyAppInput;
};

/** A user who may not speak: in one space, or in every conversation of one kind. */
export type Mute = {
  readonly __typename?: 'Mute';
  /** Since when; null where the vendor does not tell. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ends by itself; null for never, or where the vendor does not tell. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The kind of conversation. */
  readonly kind: ConversationKind;
  /** The space; null when it is every conversation of the kind. */
  readonly space?: Maybe<Space>;
  /** The user. */
  readonly user: User;
};

/** A list of mutes. */
export type MuteConnection = {
  readonly __typename?: 'MuteConnection';
  /** The page, with a cursor for each mute. */
  readonly edges: ReadonlyArray<MuteEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Mute>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The length of the whole list; null where the vendor does not tell. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A mute in a list. */
export type MuteEdge = {
  readonly __typename?: 'MuteEdge';
  /** Where the mute stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The mute. */
  readonly node: Mute;
};

/** The input of `muteMembers`. */
export type MuteMembersInput = {
  /** Who mutes them; the app's system user when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** For how long, in seconds (1-2592000); as long as the vendor can when left out. Some vendors round to minutes. */
  readonly durationSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
  /** The members (1-100), as users. */
  readonly userIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The answer to `muteMembers`. */
export type MuteMembersPayload = BulkPayload & {
  readonly __typename?: 'MuteMembersPayload';
  /** One result for each member given. */
  readonly results: ReadonlyArray<ItemResult>;
  /** The space. */
  readonly space: ModeratedSpace;
};

/** The input of `muteSpace`. */
export type MuteSpaceInput = {
  /** Who mutes them; the app's system user when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** For how long, in seconds (1-2592000); for ever when left out, and always where the vendor knows no end. */
  readonly durationSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Only members with these roles; everybody when left out. */
  readonly roles?: InputMaybe<ReadonlyArray<MemberRole>>;
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
};

/** The answer to `muteSpace`. */
export type MuteSpacePayload = {
  readonly __typename?: 'MuteSpacePayload';
  /** The space. */
  readonly space: ModeratedSpace;
};

/** A bot to be registered. */
export type NewBotInput = {
  /** The picture shown to others. */
  readonly avatarUrl?: InputMaybe<Scalars['URL']['input']>;
  /** The name shown to others. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The id the bot shall have at the vendor. One vendor wants it to begin with `@RBT#`. */
  readonly vendorId: Scalars['String']['input'];
};

/** A friend to be. */
export type NewFriendInput = {
  /** Keys and values to keep on the friend. */
  readonly attributes?: InputMaybe<ReadonlyArray<AttributeInput>>;
  /** What is said to the friend. */
  readonly message?: InputMaybe<Scalars['String']['input']>;
  /** The name the user gives the friend, for itself alone. */
  readonly remark?: InputMaybe<Scalars['String']['input']>;
  /** The friend. */
  readonly userId: Scalars['ID']['input'];
};

/** A user to be registered. */
export type NewUserInput = {
  /** The picture shown to others. */
  readonly avatarUrl?: InputMaybe<Scalars['URL']['input']>;
  /** The name shown to others. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** A password of at most 64 characters, for vendors that log users in with one. One is made up when left out. */
  readonly password?: InputMaybe<Scalars['String']['input']>;
  /** The id the user shall have at the vendor. At most 32 bytes to suit every vendor. */
  readonly vendorId: Scalars['String']['input'];
};

/** An object with a global id. */
export type Node = {
  /** The global id. Opaque to clients, stable, and valid in every app's node lookups. */
  readonly id: Scalars['ID']['output'];
};

/** A notice in the conversation. */
export type NoticeContent = {
  readonly __typename?: 'NoticeContent';
  /** Who did it. */
  readonly actor?: Maybe<User>;
  /** The details. */
  readonly data?: Maybe<Scalars['JSON']['output']>;
  /** A text to show. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** What happened, as the vendor names it. */
  readonly type?: Maybe<Scalars['String']['output']>;
};

/** What somebody is told of. */
export type NotificationLevel =
  /** Every message. */
  | 'ALL'
  /** What the next wider setting says: the kind of conversation, the user, the app. */
  | 'DEFAULT'
  /** Messages that mention the user, or everybody. */
  | 'MENTIONS'
  /** Messages that mention everybody. */
  | 'MENTIONS_OF_ALL'
  /** Messages that mention the user. */
  | 'MENTIONS_OF_ME'
  /** Nothing. */
  | 'NONE';

/**
 * Where a page stands in its list. Lists are paged forwards: ask for `first` (1-100), go on `after` the end cursor, or after any edge.
 * A page is full while there is more. The one exception: of a list of which the vendor gives little at a time, or little that passes
 * the filter, ten of the vendor's pages are read for one page, which is shown as it is then, short or empty, with `hasNextPage`.
 */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** The cursor of the last edge of this page; null on an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether another page follows. */
  readonly hasNextPage: Scalars['Boolean']['output'];
};

/** Whom a conversation or message is with: a single user, or a space. */
export type Peer = Chatroom | Group | User;

/** Whether a user is online, and what it says about itself. */
export type Presence = {
  readonly __typename?: 'Presence';
  /** The presence on each device; null where the vendor tells only the whole. */
  readonly devices?: Maybe<ReadonlyArray<DevicePresence>>;
  /** Whether any device of the user is connected. */
  readonly isOnline?: Maybe<Scalars['Boolean']['output']>;
  /** When the user was last seen online; null where the vendor does not tell. */
  readonly lastSeenAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the user says about itself, in its own words. */
  readonly text?: Maybe<Scalars['String']['output']>;
};

/** How a device came online or went offline. */
export type PresenceCause =
  /** The connection was lost. */
  | 'DISCONNECT'
  /** Another device, or an operator, disconnected it. */
  | 'KICK'
  /** The user logged in. */
  | 'LOGIN'
  /** The user logged out. */
  | 'LOGOUT'
  /** The connection came back. */
  | 'RECONNECT';

/** A user came online or went offline on a device. */
export type PresenceChangedEvent = Event & {
  readonly __typename?: 'PresenceChangedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** How it came to be so. */
  readonly cause: PresenceCause;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether that device is online now. */
  readonly isOnline: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** The device's platform, in the vendor's words. */
  readonly platform?: Maybe<Scalars['String']['output']>;
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The vendor's id of the connection. */
  readonly sessionId?: Maybe<Scalars['String']['output']>;
  /** What kind of event it is. */
  readonly type: EventType;
  /** The user. */
  readonly user: User;
};

/** Moderation looked at a user's or group's profile. */
export type ProfileModeratedEvent = Event & {
  readonly __typename?: 'ProfileModeratedEvent';
  /** Who wrote it. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** What it thinks should be done. */
  readonly decision: ContentDecision;
  /** The fields it looked at. */
  readonly fields: ReadonlyArray<Scalars['String']['output']>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The user or group. */
  readonly subject: Node;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** The push of a message was delivered to a push service, or was not. */
export type PushFinishedEvent = Event & {
  readonly __typename?: 'PushFinishedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether the push service took it. */
  readonly isSent: Scalars['Boolean']['output'];
  /** The message it was about; null where the vendor does not tell. */
  readonly message?: Maybe<Message>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** The push service, in the vendor's words. */
  readonly platform?: Maybe<Scalars['String']['output']>;
  /** Why it was not sent, in the vendor's words. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** Who was to be told. */
  readonly user: User;
};

/** How receivers who are offline are told of a message. */
export type PushOptionsInput = {
  /** By how much the number on the app's icon rises (0-99). */
  readonly badgeIncrement?: InputMaybe<Scalars['Int']['input']>;
  /** The text; made from the content when left out. */
  readonly body?: InputMaybe<Scalars['String']['input']>;
  /** What the client gets with the push. */
  readonly data?: InputMaybe<Scalars['JSON']['input']>;
  /** Whether they are told in spite of what they have set. */
  readonly force?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether they are told; as the vendor has it when left out. */
  readonly isEnabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Settings for single push services, keyed as the vendor documents them. */
  readonly platforms?: InputMaybe<Scalars['JSON']['input']>;
  /** The template the text is made from. */
  readonly templateName?: InputMaybe<Scalars['String']['input']>;
  /** The headline. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
};

/** The root of queries. */
export type Query = {
  readonly __typename?: 'Query';
  /** The app with this id. */
  readonly app?: Maybe<App>;
  /** Every configured app. */
  readonly apps?: Maybe<ReadonlyArray<App>>;
  /** The chatroom with this id. A viewer sees the chatrooms it is in. */
  readonly chatroom?: Maybe<Chatroom>;
  /** The conversation with this id. A viewer sees its own. */
  readonly conversation?: Maybe<Conversation>;
  /**
   * Past events: what the streams gave, for those who would rather ask. They are in the order in which this server received them. An event's own
   * cursor is one of the streams, which go on from it; a page goes on from the cursor of an edge, in the same order.
   */
  readonly events?: Maybe<EventConnection>;
  /** The group with this id. A viewer sees the groups it is a member of. */
  readonly group?: Maybe<Group>;
  /** The job with this id. */
  readonly job?: Maybe<Job>;
  /** The message with this id. A viewer sees the messages of its own conversations. */
  readonly message?: Maybe<Message>;
  /**
   * The node with this id. A message or member is looked for, and null when it is not there, in a space that is not there either,
   * at every vendor; anything else an id names alone, and its fields are read when they are asked for. What a viewer may not see is
   * `FORBIDDEN`, there or not.
   */
  readonly node?: Maybe<Node>;
  /** The nodes with these ids (1-100), in their order, with null for each one not known. */
  readonly nodes?: Maybe<ReadonlyArray<Maybe<Node>>>;
  /** What the vendor sent for an event. */
  readonly rawEvent?: Maybe<Scalars['JSON']['output']>;
  /** The user with this id. No call is made before a field asks for one. */
  readonly user?: Maybe<User>;
  /** The authenticated caller, and the accounts its token speaks for. */
  readonly viewer?: Maybe<Viewer>;
};


/** The root of queries. */
export type QueryAppArgs = {
  id: Scalars['ID']['input'];
};


/** The root of queries. */
export type QueryChatroomArgs = {
  id: Scalars['ID']['input'];
};


/** The root of queries. */
export type QueryConversationArgs = {
  id: Scalars['ID']['input'];
};


/** The root of queries. */
export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  order?: InputMaybe<EventOrder>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
  until?: InputMaybe<Scalars['DateTime']['input']>;
};


/** The root of queries. */
export type QueryGroupArgs = {
  id: Scalars['ID']['input'];
};


/** The root of queries. */
export type QueryJobArgs = {
  id: Scalars['ID']['input'];
};


/** The root of queries. */
export type QueryMessageArgs = {
  id: Scalars['ID']['input'];
};


/** The root of queries. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** The root of queries. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** The root of queries. */
export type QueryRawEventArgs = {
  id: Scalars['ID']['input'];
};


/** The root of queries. */
export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};

/** A rate limit of the vendor, as this server keeps it. */
export type RateLimit = {
  readonly __typename?: 'RateLimit';
  /** How long a call that comes now would wait, in milliseconds. */
  readonly estimatedWaitMs: Scalars['Int']['output'];
  /** The limit's name in the vendor catalogue. */
  readonly name: Scalars['String']['output'];
  /** How often the vendor has refused a call for it since the server started. 0 is as it should be. */
  readonly refusals: Scalars['Int']['output'];
  /** What one bucket is kept for: the whole app, or each user, group, chatroom or channel. */
  readonly scope: Scalars['String']['output'];
  /** The share of the limit that is used: 1, or less for a while after the vendor refused a call. */
  readonly share: Scalars['Float']['output'];
  /** Where the figures come from: the vendor's page or list, or `configuration`. */
  readonly source: Scalars['String']['output'];
  /** What one unit of it is: a call, a recipient, a group. */
  readonly unit: Scalars['String']['output'];
  /**
   * The part that one viewer may hold of what the others leave of a window, 0-1, while others have used the limit lately; alone it may
   * have all.
   */
  readonly viewerShare: Scalars['Float']['output'];
  /** How many calls wait for it now. Keys that wait together for a bulk read count as one. */
  readonly waiting: Scalars['Int']['output'];
  /** The windows that all hold at once. */
  readonly windows: ReadonlyArray<RateLimitWindow>;
};

/** One window of a rate limit. */
export type RateLimitWindow = {
  readonly __typename?: 'RateLimitWindow';
  /** Units allowed in the window. */
  readonly limit: Scalars['Int']['output'];
  /** Units left in the window now. */
  readonly remaining: Scalars['Int']['output'];
  /** The length of the window, in seconds. */
  readonly seconds: Scalars['Int']['output'];
  /** Units used in the window now. */
  readonly used: Scalars['Int']['output'];
};

/** Somebody added or removed a reaction. */
export type ReactionsChangedEvent = Event & MessageEvent & {
  readonly __typename?: 'ReactionsChangedEvent';
  /** Who did. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** How many users react so now. */
  readonly count?: Maybe<Scalars['Int']['output']>;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The emoji, or the app's name for one. */
  readonly emoji: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether it was added. */
  readonly isAdded: Scalars['Boolean']['output'];
  /** The message. */
  readonly message: Message;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** The input of `recallMessages`. */
export type RecallMessagesInput = {
  /** Who recalls them; the sender when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether messages past the vendor's time for recalls go too, where the vendor leaves the choice. Needs `chat:moderate`. */
  readonly force?: InputMaybe<Scalars['Boolean']['input']>;
  /** The messages (1-100), of one app. A viewer recalls its own. */
  readonly messageIds: ReadonlyArray<Scalars['ID']['input']>;
  /** A note for the readers. At most 200 bytes. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** Whether no trace is left in the conversation, where the vendor leaves the choice. */
  readonly withoutTrace?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The answer to `recallMessages`. */
export type RecallMessagesPayload = BulkPayload & {
  readonly __typename?: 'RecallMessagesPayload';
  /** One result for each message given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** What is left of a recalled message. */
export type RecalledContent = {
  readonly __typename?: 'RecalledContent';
  /** A note for the readers. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** Who recalled it. */
  readonly recalledBy?: Maybe<User>;
};

/** What is reported about messages. */
export type ReceiptStatus =
  /** They have reached a device of the user. */
  | 'DELIVERED'
  /** The user has read them. */
  | 'READ';

/** A message found one of its receivers offline. */
export type ReceiverOfflineEvent = Event & MessageEvent & {
  readonly __typename?: 'ReceiverOfflineEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** The message. */
  readonly message: Message;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The receiver. */
  readonly receiver: User;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** Texts for one receiver of a message. */
export type RecipientVariablesInput = {
  /** The receiver, one of `to`. */
  readonly to: Scalars['ID']['input'];
  /** A text for each place of the content. */
  readonly values: ReadonlyArray<AttributeInput>;
};

/** The input of `redeliverCallbacks`. */
export type RedeliverCallbacksInput = {
  /** The app. */
  readonly appId: Scalars['ID']['input'];
  /** The ten minutes, by their first moment, as `App.failedCallbacks` has it. */
  readonly since: Scalars['DateTime']['input'];
};

/** The answer to `redeliverCallbacks`. */
export type RedeliverCallbacksPayload = {
  readonly __typename?: 'RedeliverCallbacksPayload';
  /** Whether the vendor will send them. */
  readonly isAccepted: Scalars['Boolean']['output'];
};

/** The input of `registerBots`. */
export type RegisterBotsInput = {
  /** The app to register in. */
  readonly appId: Scalars['ID']['input'];
  /** The bots (1-100). */
  readonly bots: ReadonlyArray<NewBotInput>;
};

/** The answer to `registerBots`. */
export type RegisterBotsPayload = BulkPayload & {
  readonly __typename?: 'RegisterBotsPayload';
  /** One result for each bot given, with the bot as its node. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `registerUsers`. */
export type RegisterUsersInput = {
  /** The app to register in. */
  readonly appId: Scalars['ID']['input'];
  /** The users (1-100). */
  readonly users: ReadonlyArray<NewUserInput>;
};

/** The answer to `registerUsers`. */
export type RegisterUsersPayload = BulkPayload & {
  readonly __typename?: 'RegisterUsersPayload';
  /** One result for each user given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `rejectCall`. */
export type RejectCallInput = {
  /** The call. */
  readonly callId: Scalars['ID']['input'];
  /** What the clients get with the answer. At most 2 KB. */
  readonly data?: InputMaybe<Scalars['String']['input']>;
  /** Who rejects; the viewer when left out. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `rejectCall`. */
export type RejectCallPayload = {
  readonly __typename?: 'RejectCallPayload';
  /** The call. */
  readonly call: Call;
};

/** How one user stands to another. */
export type Relation = {
  readonly __typename?: 'Relation';
  /** Whether they are friends. */
  readonly friendship?: Maybe<Friendship>;
  /** The one. */
  readonly from: User;
  /** Whether the one has the other on its blocklist. */
  readonly isBlocking?: Maybe<Scalars['Boolean']['output']>;
  /** The other. */
  readonly to: User;
};

/** The input of `removeAllFriends`. */
export type RemoveAllFriendsInput = {
  /** Which sides lose the friend. */
  readonly side?: InputMaybe<FriendshipSide>;
  /** Whose friends they are; the viewer when left out, if its token has one account. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `removeAllFriends`. */
export type RemoveAllFriendsPayload = {
  readonly __typename?: 'RemoveAllFriendsPayload';
  /** The user, now without friends. */
  readonly user: User;
};

/** The input of `removeFriends`. */
export type RemoveFriendsInput = {
  /** The friends (1-100), as users. */
  readonly friendIds: ReadonlyArray<Scalars['ID']['input']>;
  /** Which sides lose the friend. */
  readonly side?: InputMaybe<FriendshipSide>;
  /** Whose friends they are; the viewer when left out. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `removeFriends`. */
export type RemoveFriendsPayload = BulkPayload & {
  readonly __typename?: 'RemoveFriendsPayload';
  /** One result for each friend given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `removeMembers`. */
export type RemoveMembersInput = {
  /** Who removes them; the app's system user when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether the others are told in the conversation, where the vendor leaves the choice. */
  readonly announce?: InputMaybe<Scalars['Boolean']['input']>;
  /** A reason for the clients of those removed. At most 32 bytes. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
  /** The users (1-100). */
  readonly userIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The answer to `removeMembers`. */
export type RemoveMembersPayload = BulkPayload & {
  readonly __typename?: 'RemoveMembersPayload';
  /** One result for each user given. */
  readonly results: ReadonlyArray<ItemResult>;
  /** The space. */
  readonly space: Space;
};

/** The input of `replayCallback`. */
export type ReplayCallbackInput = {
  /** An event that the callback made. */
  readonly eventId: Scalars['ID']['input'];
};

/** The answer to `replayCallback`. */
export type ReplayCallbackPayload = {
  readonly __typename?: 'ReplayCallbackPayload';
  /** The events that are new. */
  readonly events: ReadonlyArray<Event>;
};

/** An answer that quotes another message. */
export type ReplyContent = {
  readonly __typename?: 'ReplyContent';
  /** What is quoted. */
  readonly quoted?: Maybe<MessageContent>;
  /** Who wrote what is quoted. */
  readonly quotedSender?: Maybe<User>;
  /** The answer. */
  readonly text?: Maybe<Scalars['String']['output']>;
};

/** The input of `requestFriends`. */
export type RequestFriendsInput = {
  /** Who is asked (1-100). */
  readonly friends: ReadonlyArray<NewFriendInput>;
  /** Who asks; the viewer when left out. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `requestFriends`. */
export type RequestFriendsPayload = BulkPayload & {
  readonly __typename?: 'RequestFriendsPayload';
  /** One result for each user asked. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `sendMessage`. */
export type SendMessageInput = {
  /** Keys and values to keep on the message, which may be changed later. */
  readonly attributes?: InputMaybe<ReadonlyArray<AttributeInput>>;
  /** What is said. */
  readonly content: MessageContentInput;
  /** How it is delivered and kept. */
  readonly delivery?: InputMaybe<DeliveryInput>;
  /**
   * These members of the one group do not receive it (1-20). At Easemob its own clients show it to those who are on line, and it is not in
   * their history; users can be named there as well. This server shows it to none of them.
   */
  readonly hiddenFrom?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /**
   * A value of the client's choice, 1-64 characters. The same value within 24 hours gives the first answer again, unless nobody
   * was reached: then it runs anew. So many of a viewer's answers are kept as the server's bounds allow, the newest longest.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Whom it mentions. */
  readonly mentions?: InputMaybe<MentionsInput>;
  /**
   * What the app puts beside the content: an object to suit every vendor, at most 1 KB as JSON text. Vendors that keep it as
   * one text take texts and lists too, and refuse a number or boolean alone with `NOT_SUPPORTED`.
   */
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
  /** How receivers who are offline are told. */
  readonly push?: InputMaybe<PushOptionsInput>;
  /** Who sends; the viewer, or the app's system user, when left out. */
  readonly senderId?: InputMaybe<Scalars['ID']['input']>;
  /** Users, groups, chatrooms or conversations, all of one app and one kind (1-100). */
  readonly to: ReadonlyArray<Scalars['ID']['input']>;
  /** Texts to put into `{name}` places of the content, different for each receiver. */
  readonly variables?: InputMaybe<ReadonlyArray<RecipientVariablesInput>>;
  /**
   * Only these members of the one group or chatroom receive it (1-20). This server shows it to them, its sender and operators: in streams,
   * histories and lists, and what happens to it later. A message that a client sent to some members is known as such at RongCloud only.
   */
  readonly visibleTo?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** The answer to `sendMessage`. */
export type SendMessagePayload = BulkPayload & {
  readonly __typename?: 'SendMessagePayload';
  /**
   * The message, when there is one receiver and it was sent. Where the vendor gives it no id, as ZIM does in chatrooms, its id is this
   * server's own: the message can be neither read nor changed by it, and has the vendor's id in its event.
   */
  readonly message?: Maybe<Message>;
  /** One result for each receiver given, with the message as its node. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `setAttributes`. */
export type SetAttributesInput = {
  /** Who acts; the viewer, or the app's system user, when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** The attributes (1-100). */
  readonly attributes: ReadonlyArray<AttributeInput>;
  /**
   * Whether a value that another user set is replaced. Chatrooms only, where the vendor leaves the choice; elsewhere it
   * always is.
   */
  readonly overwrite?: InputMaybe<Scalars['Boolean']['input']>;
  /** The user, group or chatroom; the viewer when left out. */
  readonly ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether the attributes go when the acting user leaves. Chatrooms only. */
  readonly removeOnLeave?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The answer to `setAttributes`. */
export type SetAttributesPayload = BulkPayload & {
  readonly __typename?: 'SetAttributesPayload';
  /** What the attributes are kept on. */
  readonly owner?: Maybe<Node>;
  /** One result for each key given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `setMemberRole`. */
export type SetMemberRoleInput = {
  /** Who gives the role; the app's system user when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** The number of the app's own role, 101-255, with `CUSTOM`. */
  readonly customRole?: InputMaybe<Scalars['Int']['input']>;
  /** The role; not `OWNER`. */
  readonly role: MemberRole;
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
  /** The members (1-100), as users. */
  readonly userIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The answer to `setMemberRole`. */
export type SetMemberRolePayload = BulkPayload & {
  readonly __typename?: 'SetMemberRolePayload';
  /** One result for each member given. */
  readonly results: ReadonlyArray<ItemResult>;
  /** The space. */
  readonly space: Space;
};

/** Files were shared in a group, or deleted there. */
export type SharedFilesChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SharedFilesChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The files. */
  readonly files: ReadonlyArray<File>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether they were shared; deleted otherwise. */
  readonly isAdded: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A place where users meet and messages are sent: a group or chatroom. */
export type Space = {
  /** The app the space belongs to. */
  readonly app: App;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** A user's membership; null when the user is not a member. */
  readonly member?: Maybe<Member>;
  /** How many members it has. */
  readonly memberCount?: Maybe<Scalars['Int']['output']>;
  /** Its members, in the vendor's order. */
  readonly members?: Maybe<MemberConnection>;
  /** Its messages, the latest first. */
  readonly messages?: Maybe<MessageConnection>;
  /** The name shown to users. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The vendor's own id of the space, unique among its kind in the app. */
  readonly vendorId: Scalars['String']['output'];
};


/** A place where users meet and messages are sent: a group or chatroom. */
export type SpaceMemberArgs = {
  userId: Scalars['ID']['input'];
};


/** A place where users meet and messages are sent: a group or chatroom. */
export type SpaceMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  role?: InputMaybe<MemberRole>;
};


/** A place where users meet and messages are sent: a group or chatroom. */
export type SpaceMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Users were put on the allowlist of a group or chatroom, or taken off. */
export type SpaceAllowlistChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceAllowlistChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether they are on it now. */
  readonly isAdded: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
  /** The users. */
  readonly users: ReadonlyArray<User>;
};

/** The announcement of a group or chatroom was changed or deleted. */
export type SpaceAnnouncementChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceAnnouncementChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The announcement now; null when it was deleted. */
  readonly announcement?: Maybe<Scalars['String']['output']>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** Attributes of a chatroom were set or deleted. */
export type SpaceAttributesChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceAttributesChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The keys deleted. */
  readonly deleted: ReadonlyArray<Scalars['String']['output']>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether all the attributes there were are gone. */
  readonly isCleared: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The attributes set, with their values. */
  readonly set: ReadonlyArray<Attribute>;
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** Users were put on the blocklist of a group or chatroom, or taken off. */
export type SpaceBlocklistChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceBlocklistChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** When it ends by itself. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether they are on it now. */
  readonly isAdded: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
  /** The users. */
  readonly users: ReadonlyArray<User>;
};

/** A list of spaces of one kind. */
export type SpaceConnection = {
  readonly __typename?: 'SpaceConnection';
  /** The page, with a cursor for each space. */
  readonly edges: ReadonlyArray<SpaceEdge>;
  /** The page. */
  readonly nodes: ReadonlyArray<Space>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** The length of the whole list; null where the vendor does not tell. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A group or chatroom was created. */
export type SpaceCreatedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceCreatedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Its first members. */
  readonly members: ReadonlyArray<User>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Its owner. */
  readonly owner?: Maybe<User>;
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A group or chatroom was deleted, or ended by itself. */
export type SpaceDeletedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceDeletedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Who was in it, where the vendor tells. */
  readonly members?: Maybe<ReadonlyArray<User>>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A space in a list. */
export type SpaceEdge = {
  readonly __typename?: 'SpaceEdge';
  /** Where the space stands in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The space. */
  readonly node: Space;
};

/** Something that happened in a space. */
export type SpaceEvent = {
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A member of a group refused its messages, or takes them again. */
export type SpaceIgnoreChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceIgnoreChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether the actor ignores the group now. */
  readonly isIgnored: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** The kinds of space. */
export type SpaceKind =
  /** A room that users enter and leave at will, and that forgets them when they do. */
  | 'CHATROOM'
  /** A lasting circle of members who all get every message. */
  | 'GROUP';

/** Who is muted in a space as a whole. */
export type SpaceMute = {
  readonly __typename?: 'SpaceMute';
  /** Whether everybody is. */
  readonly everyone: Scalars['Boolean']['output'];
  /** When it ends by itself; null for never, or where the vendor does not tell. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The roles that are. */
  readonly roles: ReadonlyArray<MemberRole>;
};

/** Everybody in a group or chatroom was muted or unmuted. */
export type SpaceMuteChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceMuteChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether everybody is muted now. */
  readonly isMuted: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** A group or chatroom has another owner. */
export type SpaceOwnerChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceOwnerChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** The owner now. */
  readonly newOwner: User;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** The owner before. */
  readonly oldOwner?: Maybe<User>;
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** Messaging in a group was stopped or goes on. */
export type SpaceSuspensionChangedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceSuspensionChangedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether it is stopped now. */
  readonly isSuspended: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** Name, picture, description or settings of a group or chatroom changed. */
export type SpaceUpdatedEvent = Event & SpaceEvent & {
  readonly __typename?: 'SpaceUpdatedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The fields that changed, where the vendor tells. */
  readonly fields?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** The standing audiences. */
export type StandingAudience =
  /** Everybody in any chatroom. */
  | 'ALL_CHATROOMS'
  /** Every user of the app. */
  | 'ALL_USERS'
  /** Every user who is online. */
  | 'ONLINE_USERS';

/** The input of `startCall`. */
export type StartCallInput = {
  /** Who calls; the viewer when left out. */
  readonly callerId?: InputMaybe<Scalars['ID']['input']>;
  /** What the clients get with the invitation. At most 2 KB. */
  readonly data?: InputMaybe<Scalars['String']['input']>;
  /** Who is called (1-9), of the same app. */
  readonly inviteeIds: ReadonlyArray<Scalars['ID']['input']>;
  /** How those who are offline are told. */
  readonly push?: InputMaybe<PushOptionsInput>;
  /** How long to wait for answers, in seconds (1-600). */
  readonly timeoutSeconds?: InputMaybe<Scalars['Int']['input']>;
};

/** The answer to `startCall`. */
export type StartCallPayload = BulkPayload & {
  readonly __typename?: 'StartCallPayload';
  /** The call. */
  readonly call: Call;
  /** One result for each user called. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `startMessageImport`. */
export type StartMessageImportInput = {
  /** The app. */
  readonly appId: Scalars['ID']['input'];
  /** A value of the client's choice, 1-64 characters. The same value within 24 hours gives the first job again. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The messages (1-10000). */
  readonly messages: ReadonlyArray<ImportedMessageInput>;
};

/** The answer to `startMessageImport`. */
export type StartMessageImportPayload = {
  readonly __typename?: 'StartMessageImportPayload';
  /** The job. */
  readonly job: Job;
};

/** The input of `startUserRegistration`. */
export type StartUserRegistrationInput = {
  /** The app. */
  readonly appId: Scalars['ID']['input'];
  /** A value of the client's choice, 1-64 characters. The same value within 24 hours gives the first job again. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The users (1-10000). */
  readonly users: ReadonlyArray<NewUserInput>;
};

/** The answer to `startUserRegistration`. */
export type StartUserRegistrationPayload = {
  readonly __typename?: 'StartUserRegistrationPayload';
  /** The job. */
  readonly job: Job;
};

/** A text that grows piece by piece. */
export type StreamContent = {
  readonly __typename?: 'StreamContent';
  /** How it is written. */
  readonly format: TextFormat;
  /** Whether nothing more will come. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** The text so far. */
  readonly text?: Maybe<Scalars['String']['output']>;
};

/** The root of subscriptions. A stream that is given a cursor continues right after that event. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** The invitations and answers of the viewer's calls, or of one call. */
  readonly callEvents?: Maybe<Event>;
  /** Every callback of the vendors as it is handled, refused ones too: for operators who look on. It is told once, and not kept. */
  readonly callbacks?: Maybe<HandledCallback>;
  /** What happens to the messages of a conversation: sent, edited, recalled, read, reacted to. */
  readonly conversationEvents?: Maybe<Event>;
  /** Every event that passes the filter: for operators' own systems. */
  readonly events?: Maybe<Event>;
  /** The job as it is, and whenever it has moved on; ends when it is over. The last value is final: nothing of the job is done after it. */
  readonly jobProgress: Job;
  /** The coming and going of users (1-100). */
  readonly presenceEvents?: Maybe<Event>;
  /** What happens in a space the viewer is in: a group or chatroom. */
  readonly spaceEvents?: Maybe<Event>;
  /**
   * What concerns the viewer: its messages, conversations, friends, groups, presence and calls. Of chatrooms it tells only what the viewer does and what is
   * done to the viewer; what happens in one is told by `spaceEvents`.
   */
  readonly viewerEvents?: Maybe<Event>;
};


/** The root of subscriptions. A stream that is given a cursor continues right after that event. */
export type SubscriptionCallEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  callId?: InputMaybe<Scalars['ID']['input']>;
};


/** The root of subscriptions. A stream that is given a cursor continues right after that event. */
export type SubscriptionCallbacksArgs = {
  appIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};


/** The root of subscriptions. A stream that is given a cursor continues right after that event. */
export type SubscriptionConversationEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  conversationId: Scalars['ID']['input'];
};


/** The root of subscriptions. A stream that is given a cursor continues right after that event. */
export type SubscriptionEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
};


/** The root of subscriptions. A stream that is given a cursor continues right after that event. */
export type SubscriptionJobProgressArgs = {
  jobId: Scalars['ID']['input'];
};


/** The root of subscriptions. A stream that is given a cursor continues right after that event. */
export type SubscriptionPresenceEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  userIds: ReadonlyArray<Scalars['ID']['input']>;
};


/** The root of subscriptions. A stream that is given a cursor continues right after that event. */
export type SubscriptionSpaceEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  spaceId: Scalars['ID']['input'];
};


/** The root of subscriptions. A stream that is given a cursor continues right after that event. */
export type SubscriptionViewerEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
};

/** Users became, or are no longer, administrators of all chatrooms. */
export type SuperAdminsChangedEvent = Event & {
  readonly __typename?: 'SuperAdminsChangedEvent';
  /** Who did it; null where the vendor does not tell. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** Whether they are now. */
  readonly isAdded: Scalars['Boolean']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** The users. */
  readonly users: ReadonlyArray<User>;
};

/** Plain text. */
export type TextContent = {
  readonly __typename?: 'TextContent';
  /** Whether it flies across the picture of a chatroom, and is not kept. */
  readonly isBarrage: Scalars['Boolean']['output'];
  /** The text. */
  readonly text: Scalars['String']['output'];
};

/** Plain text. */
export type TextContentInput = {
  /** Whether it flies across the picture of a chatroom, and is not kept. */
  readonly isBarrage?: InputMaybe<Scalars['Boolean']['input']>;
  /** The text. At most 2 KB to suit every vendor. */
  readonly text: Scalars['String']['input'];
};

/** How a text is written. */
export type TextFormat =
  /** In Markdown. */
  | 'MARKDOWN'
  /** As it is. */
  | 'PLAIN';

/** A side conversation that began with a message of a group. */
export type Thread = Node & Space & {
  readonly __typename?: 'Thread';
  /** The app the thread belongs to. */
  readonly app: App;
  /** The group it is in. */
  readonly group?: Maybe<Group>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** A user's membership; null when the user is not a member. */
  readonly member?: Maybe<Member>;
  /** How many members it has. */
  readonly memberCount?: Maybe<Scalars['Int']['output']>;
  /** Its members, in the vendor's order. */
  readonly members?: Maybe<MemberConnection>;
  /** Its messages, the latest first. */
  readonly messages?: Maybe<MessageConnection>;
  /** The name shown to users. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The vendor's own id of the thread, unique in the app. */
  readonly vendorId: Scalars['String']['output'];
};


/** A side conversation that began with a message of a group. */
export type ThreadMemberArgs = {
  userId: Scalars['ID']['input'];
};


/** A side conversation that began with a message of a group. */
export type ThreadMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  role?: InputMaybe<MemberRole>;
};


/** A side conversation that began with a message of a group. */
export type ThreadMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A message of a thread was sent, edited or recalled. The space is the thread. */
export type ThreadUpdatedEvent = Event & SpaceEvent & {
  readonly __typename?: 'ThreadUpdatedEvent';
  /** Who did it; null where the vendor does not tell, or did it itself. */
  readonly actor?: Maybe<User>;
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** The latest message of the thread. */
  readonly lastMessage?: Maybe<Message>;
  /** How many messages it has now. */
  readonly messageCount?: Maybe<Scalars['Int']['output']>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** The space. */
  readonly space: Space;
  /** What kind of event it is. */
  readonly type: EventType;
};

/** The input of `transferOwnership`. */
export type TransferOwnershipInput = {
  /** Who passes it on; the app's system user when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether the old owner leaves, where the vendor leaves the choice. */
  readonly leave?: InputMaybe<Scalars['Boolean']['input']>;
  /** The new owner, a member. */
  readonly newOwnerId: Scalars['ID']['input'];
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
};

/** The answer to `transferOwnership`. */
export type TransferOwnershipPayload = {
  readonly __typename?: 'TransferOwnershipPayload';
  /** The space, with its new owner. */
  readonly space: Space;
};

/** The input of `unblockUsers`. */
export type UnblockUsersInput = {
  /** A text for the members of a chatroom; they are not told when left out. */
  readonly notice?: InputMaybe<Scalars['String']['input']>;
  /** The user, group or chatroom whose blocklist it is; the viewer when left out. */
  readonly ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** The users (1-100). */
  readonly userIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The answer to `unblockUsers`. */
export type UnblockUsersPayload = BulkPayload & {
  readonly __typename?: 'UnblockUsersPayload';
  /** The blocklist after the change. */
  readonly blocklist?: Maybe<Blocklist>;
  /** One result for each user given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** Content of a kind this server does not know. */
export type UnknownContent = {
  readonly __typename?: 'UnknownContent';
  /** The vendor's name for the type. */
  readonly type: Scalars['String']['output'];
};

/** The vendor told something this server does not understand. An operator may read `Query.rawEvent`. */
export type UnknownEvent = Event & {
  readonly __typename?: 'UnknownEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** What the vendor calls it. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
};

/** The input of `unmuteMembers`. */
export type UnmuteMembersInput = {
  /** Who unmutes them; the app's system user when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
  /** The members (1-100), as users. */
  readonly userIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The answer to `unmuteMembers`. */
export type UnmuteMembersPayload = BulkPayload & {
  readonly __typename?: 'UnmuteMembersPayload';
  /** One result for each member given. */
  readonly results: ReadonlyArray<ItemResult>;
  /** The space. */
  readonly space: ModeratedSpace;
};

/** The input of `unmuteSpace`. */
export type UnmuteSpaceInput = {
  /** Who unmutes them; the app's system user when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
};

/** The answer to `unmuteSpace`. */
export type UnmuteSpacePayload = {
  readonly __typename?: 'UnmuteSpacePayload';
  /** The space. */
  readonly space: ModeratedSpace;
};

/** The input of `updateBot`. */
export type UpdateBotInput = {
  /** The picture shown to others. */
  readonly avatarUrl?: InputMaybe<Scalars['URL']['input']>;
  /** The bot. */
  readonly botId: Scalars['ID']['input'];
  /** The name shown to others. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
};

/** The answer to `updateBot`. */
export type UpdateBotPayload = {
  readonly __typename?: 'UpdateBotPayload';
  /** The bot after the change. */
  readonly bot: Bot;
};

/** The input of `updateConversations`. */
export type UpdateConversationsInput = {
  /** Keys of labels to put on. */
  readonly addLabels?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The conversations (1-100), of one owner. */
  readonly conversationIds: ReadonlyArray<Scalars['ID']['input']>;
  /** Whether they are kept at the top of the list. */
  readonly isPinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** What the owner is told of. */
  readonly notificationLevel?: InputMaybe<NotificationLevel>;
  /** For how long the notification level lasts, in seconds (at most 604800); for ever when left out. */
  readonly notificationSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** The owner's own name for groups; null clears. */
  readonly remark?: InputMaybe<Scalars['String']['input']>;
  /** Keys of labels to take off. */
  readonly removeLabels?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** The answer to `updateConversations`. */
export type UpdateConversationsPayload = BulkPayload & {
  readonly __typename?: 'UpdateConversationsPayload';
  /** One result for each conversation given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `updateFriends`. */
export type UpdateFriendsInput = {
  /** The changes (1-100). */
  readonly friends: ReadonlyArray<FriendUpdateInput>;
  /** Whose friends they are; the viewer when left out. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `updateFriends`. */
export type UpdateFriendsPayload = BulkPayload & {
  readonly __typename?: 'UpdateFriendsPayload';
  /** One result for each friend given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** The input of `updateGroup`. */
export type UpdateGroupInput = {
  /** Who makes the change; the app's system user when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** What the owner has to say to every member. At most 300 characters to suit every vendor. */
  readonly announcement?: InputMaybe<Scalars['String']['input']>;
  /** The picture. */
  readonly avatarUrl?: InputMaybe<Scalars['URL']['input']>;
  /** What the group is about. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The group. */
  readonly groupId: Scalars['ID']['input'];
  /** The name, 1-50 characters to suit every vendor. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Who may come in, and how. */
  readonly settings?: InputMaybe<GroupSettingsInput>;
};

/** The answer to `updateGroup`. */
export type UpdateGroupPayload = {
  readonly __typename?: 'UpdateGroupPayload';
  /** The group after the change. */
  readonly group: Group;
};

/** The input of `updateMembers`. */
export type UpdateMembersInput = {
  /** Who makes the changes; the viewer, or the app's system user, when left out. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** The changes (1-100). */
  readonly members: ReadonlyArray<MemberUpdateInput>;
  /** The group or chatroom. */
  readonly spaceId: Scalars['ID']['input'];
};

/** The answer to `updateMembers`. */
export type UpdateMembersPayload = BulkPayload & {
  readonly __typename?: 'UpdateMembersPayload';
  /** One result for each member given. */
  readonly results: ReadonlyArray<ItemResult>;
  /** The space. */
  readonly space: Space;
};

/** The input of `updateUsers`. */
export type UpdateUsersInput = {
  /** The changes (1-100). */
  readonly users: ReadonlyArray<UserUpdateInput>;
};

/** The answer to `updateUsers`. */
export type UpdateUsersPayload = BulkPayload & {
  readonly __typename?: 'UpdateUsersPayload';
  /** One result for each user given. */
  readonly results: ReadonlyArray<ItemResult>;
};

/** An account that can send and receive messages in one app. */
export type User = Node & {
  readonly __typename?: 'User';
  /** The app the user belongs to. */
  readonly app: App;
  /** Keys and values kept on the user; all of them when no keys are given. */
  readonly attributes?: Maybe<ReadonlyArray<Attribute>>;
  /** The picture shown to others. */
  readonly avatarUrl?: Maybe<Scalars['URL']['output']>;
  /** The users whose messages to this user are refused. */
  readonly blocklist?: Maybe<Blocklist>;
  /** The user's conversation with a user, group or chatroom, whether begun or not. */
  readonly conversation?: Maybe<Conversation>;
  /** The labels the user has made for its conversations. */
  readonly conversationLabels?: Maybe<ReadonlyArray<ConversationLabel>>;
  /**
   * The user's conversations with users and groups: the pinned ones first, then by `updatedAt`, the latest first; only those with a label
   * when one is given. A conversation with a group is there for its members alone, from the first message in it or from when the user
   * came in; those of groups that the user has left, or that are gone, are not. One that was taken off the list is there again with the
   * next message in it, whoever writes it.
   */
  readonly conversations?: Maybe<ConversationConnection>;
  /** When the user was registered. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** The user's friends. */
  readonly friends?: Maybe<FriendConnection>;
  /** The groups the user is a member of. */
  readonly groups?: Maybe<GroupConnection>;
  /** The global id. */
  readonly id: Scalars['ID']['output'];
  /** The name shown to others. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whether the user is online, and what it says about itself. */
  readonly presence?: Maybe<Presence>;
  /** How the user stands to others (1-100), in their order. */
  readonly relations?: Maybe<ReadonlyArray<Maybe<Relation>>>;
  /** The vendor's own id of the user, unique in the app. */
  readonly vendorId: Scalars['String']['output'];
  /** How the viewer stands to this user. */
  readonly viewerRelation?: Maybe<Relation>;
};


/** An account that can send and receive messages in one app. */
export type UserAttributesArgs = {
  keys?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


/** An account that can send and receive messages in one app. */
export type UserConversationArgs = {
  peerId: Scalars['ID']['input'];
};


/** An account that can send and receive messages in one app. */
export type UserConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  label?: InputMaybe<Scalars['String']['input']>;
};


/** An account that can send and receive messages in one app. */
export type UserFriendsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An account that can send and receive messages in one app. */
export type UserGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An account that can send and receive messages in one app. */
export type UserRelationsArgs = {
  to: ReadonlyArray<Scalars['ID']['input']>;
};

/** New values for one user's profile. */
export type UserUpdateInput = {
  /** The picture shown to others. */
  readonly avatarUrl?: InputMaybe<Scalars['URL']['input']>;
  /** The user; the viewer when left out. */
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** The name shown to others. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
};

/** A user's profile changed. */
export type UserUpdatedEvent = Event & {
  readonly __typename?: 'UserUpdatedEvent';
  /** The app it happened in. */
  readonly app: App;
  /** Where the event stands in its stream; give it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** Unique and stable, for dropping repeats. */
  readonly id: Scalars['ID']['output'];
  /** When it happened, by the vendor's clock. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When this server had it safely in its log. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** What kind of event it is. */
  readonly type: EventType;
  /** The user. */
  readonly user: User;
};

/** The vendors that serve apps. */
export type Vendor =
  /** Easemob IM. */
  | 'EASEMOB'
  /** RongCloud IM. */
  | 'RONGCLOUD'
  /** ZEGOCLOUD ZIM. */
  | 'ZIM';

/** The vendor's side services that want a credential of their own. */
export type VendorService =
  /** Translation of messages in the client. */
  | 'TRANSLATION'
  /** Voice recording and voice changing in the client. */
  | 'VOICE';

/** How often the decision policy gave one answer since this server started. */
export type VerdictCount = {
  readonly __typename?: 'VerdictCount';
  /** How often it was given. */
  readonly count: Scalars['Int']['output'];
  /** The answer. */
  readonly decision: MessageDecision;
  /** How often it was late, as `MessageDecidedEvent.isLate` says. */
  readonly late: Scalars['Int']['output'];
};

/** The input of `verifyApp`. */
export type VerifyAppInput = {
  /** The app to check. */
  readonly appId: Scalars['ID']['input'];
};

/** The answer to `verifyApp`. */
export type VerifyAppPayload = {
  readonly __typename?: 'VerifyAppPayload';
  /** The app, with fresh health. */
  readonly app: App;
  /** Until when the session lasts, where the vendor has one. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether the vendor accepted the credentials. */
  readonly isAccepted: Scalars['Boolean']['output'];
};

/** A recording of pictures. */
export type VideoContent = {
  readonly __typename?: 'VideoContent';
  /** The file's size, in bytes. */
  readonly byteSize?: Maybe<Scalars['Long']['output']>;
  /** How long it plays, in seconds. */
  readonly durationSeconds?: Maybe<Scalars['Int']['output']>;
  /** The height, in pixels. */
  readonly height?: Maybe<Scalars['Int']['output']>;
  /** The file's name. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Where its first picture is; a `data:` URL where the vendor carries it in the message. */
  readonly thumbnailUrl?: Maybe<Scalars['URL']['output']>;
  /** Where the recording is. */
  readonly url?: Maybe<Scalars['URL']['output']>;
  /** The width, in pixels. */
  readonly width?: Maybe<Scalars['Int']['output']>;
};

/** The authenticated caller. */
export type Viewer = {
  readonly __typename?: 'Viewer';
  /** The viewer's user in an app; the only or first one when no app is given. */
  readonly account?: Maybe<User>;
  /** The viewer's users, one for each app the token names. */
  readonly accounts: ReadonlyArray<User>;
  /** The conversations of all accounts in one list, in the order of `User.conversations`: the pinned ones first, then the latest. */
  readonly conversations?: Maybe<ConversationConnection>;
  /** The scopes of this API that the token carries. */
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
};


/** The authenticated caller. */
export type ViewerAccountArgs = {
  appId?: InputMaybe<Scalars['ID']['input']>;
};


/** The authenticated caller. */
export type ViewerConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  BulkPayload:
    | ( Omit<AcknowledgeMessagesPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<AddFriendsPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<AddMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<_RefType['ItemResult']>, space: _RefType['Space'] } )
    | ( Omit<BlockUsersPayload, 'blocklist' | 'results'> & { blocklist?: Maybe<_RefType['Blocklist']>, results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<ClearHistoryPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<CreateChatroomPayload, 'chatroom' | 'results'> & { chatroom: _RefType['Chatroom'], results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<CreateGroupPayload, 'group' | 'results'> & { group: _RefType['Group'], results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<DeleteAttributesPayload, 'owner' | 'results'> & { owner?: Maybe<_RefType['Node']>, results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<DeleteConversationsPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<ImportMessagesPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<MarkConversationsReadPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<MuteMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<_RefType['ItemResult']>, space: _RefType['ModeratedSpace'] } )
    | ( Omit<RecallMessagesPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<RegisterBotsPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<RegisterUsersPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<RemoveFriendsPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<RemoveMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<_RefType['ItemResult']>, space: _RefType['Space'] } )
    | ( Omit<RequestFriendsPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<SendMessagePayload, 'message' | 'results'> & { message?: Maybe<_RefType['Message']>, results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<SetAttributesPayload, 'owner' | 'results'> & { owner?: Maybe<_RefType['Node']>, results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<SetMemberRolePayload, 'results' | 'space'> & { results: ReadonlyArray<_RefType['ItemResult']>, space: _RefType['Space'] } )
    | ( Omit<StartCallPayload, 'call' | 'results'> & { call: _RefType['Call'], results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<UnblockUsersPayload, 'blocklist' | 'results'> & { blocklist?: Maybe<_RefType['Blocklist']>, results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<UnmuteMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<_RefType['ItemResult']>, space: _RefType['ModeratedSpace'] } )
    | ( Omit<UpdateConversationsPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<UpdateFriendsPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
    | ( Omit<UpdateMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<_RefType['ItemResult']>, space: _RefType['Space'] } )
    | ( Omit<UpdateUsersPayload, 'results'> & { results: ReadonlyArray<_RefType['ItemResult']> } )
  ;
  CallEvent:
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
  ;
  Event:
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
  ;
  MessageEvent:
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
  ;
  ModeratedSpace:
    | ( ChatroomNode )
    | ( GroupNode )
  ;
  Node:
    | ( AppNode )
    | ( BlocklistNode )
    | ( BotNode )
    | ( BroadcastNode )
    | ( CallNode )
    | ( ChatroomNode )
    | ( CommunityNode )
    | ( ConversationNode )
    | ( StoredFileNode )
    | ( FriendNode )
    | ( GroupNode )
    | ( JobNode )
    | ( MemberNode )
    | ( MessageNode )
    | ( ThreadNode )
    | ( UserNode )
  ;
  Space:
    | ( ChatroomNode )
    | ( CommunityNode )
    | ( GroupNode )
    | ( ThreadNode )
  ;
  SpaceEvent:
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
    | ( EventNode )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AcceptCallInput: AcceptCallInput;
  AcceptCallPayload: ResolverTypeWrapper<Omit<AcceptCallPayload, 'call'> & { call: ResolversTypes['Call'] }>;
  AccountOperationFinishedEvent: ResolverTypeWrapper<EventNode>;
  AcknowledgeMessagesInput: AcknowledgeMessagesInput;
  AcknowledgeMessagesPayload: ResolverTypeWrapper<Omit<AcknowledgeMessagesPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  AddFriendsInput: AddFriendsInput;
  AddFriendsPayload: ResolverTypeWrapper<Omit<AddFriendsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  AddMembersInput: AddMembersInput;
  AddMembersPayload: ResolverTypeWrapper<Omit<AddMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversTypes['ItemResult']>, space: ResolversTypes['Space'] }>;
  App: ResolverTypeWrapper<AppNode>;
  AppHealth: ResolverTypeWrapper<AppHealth>;
  AppStatus: AppStatus;
  Attribute: ResolverTypeWrapper<AttributeNode>;
  AttributeInput: AttributeInput;
  AudienceInput: AudienceInput;
  AudioContent: ResolverTypeWrapper<AudioNode>;
  Backup: ResolverTypeWrapper<Backup>;
  Block: ResolverTypeWrapper<BlockNode>;
  BlockConnection: ResolverTypeWrapper<Omit<BlockConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['BlockEdge']>, nodes: ReadonlyArray<ResolversTypes['Block']> }>;
  BlockEdge: ResolverTypeWrapper<Omit<BlockEdge, 'node'> & { node: ResolversTypes['Block'] }>;
  BlockUsersInput: BlockUsersInput;
  BlockUsersPayload: ResolverTypeWrapper<Omit<BlockUsersPayload, 'blocklist' | 'results'> & { blocklist?: Maybe<ResolversTypes['Blocklist']>, results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  Blocklist: ResolverTypeWrapper<BlocklistNode>;
  BlocklistChangedEvent: ResolverTypeWrapper<EventNode>;
  BlocklistOwner: ResolverTypeWrapper<PeerNode>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Bot: ResolverTypeWrapper<BotNode>;
  BotMessageReceivedEvent: ResolverTypeWrapper<EventNode>;
  Broadcast: ResolverTypeWrapper<BroadcastNode>;
  BroadcastMessageInput: BroadcastMessageInput;
  BroadcastMessagePayload: ResolverTypeWrapper<Omit<BroadcastMessagePayload, 'broadcast'> & { broadcast: ResolversTypes['Broadcast'] }>;
  BulkPayload: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['BulkPayload']>;
  Call: ResolverTypeWrapper<CallNode>;
  CallAcceptedEvent: ResolverTypeWrapper<EventNode>;
  CallCanceledEvent: ResolverTypeWrapper<EventNode>;
  CallEvent: ResolverTypeWrapper<EventNode>;
  CallExtendedEvent: ResolverTypeWrapper<EventNode>;
  CallParticipant: ResolverTypeWrapper<Omit<CallParticipant, 'user'> & { user: ResolversTypes['User'] }>;
  CallParticipantState: CallParticipantState;
  CallRejectedEvent: ResolverTypeWrapper<EventNode>;
  CallStartedEvent: ResolverTypeWrapper<EventNode>;
  CallTimedOutEvent: ResolverTypeWrapper<EventNode>;
  CallbackActivity: ResolverTypeWrapper<CallbackActivity>;
  CallbackOutcome: CallbackOutcome;
  CallbackRefusal: CallbackRefusal;
  CallbackRefusalCount: ResolverTypeWrapper<CallbackRefusalCount>;
  CancelJobInput: CancelJobInput;
  CancelJobPayload: ResolverTypeWrapper<Omit<CancelJobPayload, 'job'> & { job: ResolversTypes['Job'] }>;
  Capability: ResolverTypeWrapper<Capability>;
  Chatroom: ResolverTypeWrapper<ChatroomNode>;
  ChatroomConnection: ResolverTypeWrapper<Omit<ChatroomConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ChatroomEdge']>, nodes: ReadonlyArray<ResolversTypes['Chatroom']> }>;
  ChatroomEdge: ResolverTypeWrapper<Omit<ChatroomEdge, 'node'> & { node: ResolversTypes['Chatroom'] }>;
  ChatroomExpiry: ResolverTypeWrapper<ChatroomExpiry>;
  ChatroomExpiryInput: ChatroomExpiryInput;
  ChatroomExpiryTrigger: ChatroomExpiryTrigger;
  ClearHistoryInput: ClearHistoryInput;
  ClearHistoryPayload: ResolverTypeWrapper<Omit<ClearHistoryPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  CommandContent: ResolverTypeWrapper<CommandNode>;
  CommandContentInput: CommandContentInput;
  Community: ResolverTypeWrapper<CommunityNode>;
  CommunityConnection: ResolverTypeWrapper<Omit<CommunityConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CommunityEdge']>, nodes: ReadonlyArray<ResolversTypes['Community']> }>;
  CommunityEdge: ResolverTypeWrapper<Omit<CommunityEdge, 'node'> & { node: ResolversTypes['Community'] }>;
  CompositeContent: ResolverTypeWrapper<CompositeNode>;
  ContentDecision: ContentDecision;
  Conversation: ResolverTypeWrapper<ConversationNode>;
  ConversationConnection: ResolverTypeWrapper<Omit<ConversationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ConversationEdge']>, nodes: ReadonlyArray<ResolversTypes['Conversation']> }>;
  ConversationEdge: ResolverTypeWrapper<Omit<ConversationEdge, 'node'> & { node: ResolversTypes['Conversation'] }>;
  ConversationKind: ConversationKind;
  ConversationLabel: ResolverTypeWrapper<ConversationLabelNode>;
  ConversationReadEvent: ResolverTypeWrapper<EventNode>;
  CreateBackupInput: CreateBackupInput;
  CreateBackupPayload: ResolverTypeWrapper<CreateBackupPayload>;
  CreateChatroomInput: CreateChatroomInput;
  CreateChatroomPayload: ResolverTypeWrapper<Omit<CreateChatroomPayload, 'chatroom' | 'results'> & { chatroom: ResolversTypes['Chatroom'], results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  CreateGroupInput: CreateGroupInput;
  CreateGroupPayload: ResolverTypeWrapper<Omit<CreateGroupPayload, 'group' | 'results'> & { group: ResolversTypes['Group'], results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  CustomContent: ResolverTypeWrapper<CustomNode>;
  CustomContentInput: CustomContentInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DecisionAction: DecisionAction;
  DecisionFailure: DecisionFailure;
  DecisionFinding: ResolverTypeWrapper<DecisionFinding>;
  DecisionOnFailure: DecisionOnFailure;
  DecisionPolicy: ResolverTypeWrapper<DecisionPolicy>;
  DecisionRule: ResolverTypeWrapper<DecisionRule>;
  DecisionTrial: ResolverTypeWrapper<DecisionTrial>;
  DecisionTrialInput: DecisionTrialInput;
  DeleteAttributesInput: DeleteAttributesInput;
  DeleteAttributesPayload: ResolverTypeWrapper<Omit<DeleteAttributesPayload, 'owner' | 'results'> & { owner?: Maybe<ResolversTypes['Node']>, results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  DeleteConversationsInput: DeleteConversationsInput;
  DeleteConversationsPayload: ResolverTypeWrapper<Omit<DeleteConversationsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  DeleteSpaceInput: DeleteSpaceInput;
  DeleteSpacePayload: ResolverTypeWrapper<DeleteSpacePayload>;
  DeliveryInput: DeliveryInput;
  DevicePresence: ResolverTypeWrapper<DevicePresence>;
  EditMessageInput: EditMessageInput;
  EditMessagePayload: ResolverTypeWrapper<Omit<EditMessagePayload, 'message'> & { message: ResolversTypes['Message'] }>;
  ErrorCode: ErrorCode;
  Event: ResolverTypeWrapper<EventNode>;
  EventConnection: ResolverTypeWrapper<Omit<EventConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EventEdge']>, nodes: ReadonlyArray<ResolversTypes['Event']> }>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventFilter: EventFilter;
  EventOrder: EventOrder;
  EventSource: EventSource;
  EventType: EventType;
  FailedCallbacks: ResolverTypeWrapper<FailedCallbacks>;
  FieldSet: ResolverTypeWrapper<Scalars['FieldSet']['output']>;
  File: ResolverTypeWrapper<StoredFileNode>;
  FileContent: ResolverTypeWrapper<FileNode>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Friend: ResolverTypeWrapper<FriendNode>;
  FriendAddedEvent: ResolverTypeWrapper<EventNode>;
  FriendConnection: ResolverTypeWrapper<Omit<FriendConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['FriendEdge']>, nodes: ReadonlyArray<ResolversTypes['Friend']> }>;
  FriendEdge: ResolverTypeWrapper<Omit<FriendEdge, 'node'> & { node: ResolversTypes['Friend'] }>;
  FriendRemovedEvent: ResolverTypeWrapper<EventNode>;
  FriendRequestDeclinedEvent: ResolverTypeWrapper<EventNode>;
  FriendRequestedEvent: ResolverTypeWrapper<EventNode>;
  FriendUpdateInput: FriendUpdateInput;
  Friendship: Friendship;
  FriendshipSide: FriendshipSide;
  GapCause: GapCause;
  GapEvent: ResolverTypeWrapper<EventNode>;
  Group: ResolverTypeWrapper<GroupNode>;
  GroupConnection: ResolverTypeWrapper<Omit<GroupConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['GroupEdge']>, nodes: ReadonlyArray<ResolversTypes['Group']> }>;
  GroupEdge: ResolverTypeWrapper<Omit<GroupEdge, 'node'> & { node: ResolversTypes['Group'] }>;
  GroupSettings: ResolverTypeWrapper<GroupSettings>;
  GroupSettingsInput: GroupSettingsInput;
  HandledCallback: ResolverTypeWrapper<HandledCallbackNode>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ImageContent: ResolverTypeWrapper<ImageNode>;
  ImportMessagesInput: ImportMessagesInput;
  ImportMessagesPayload: ResolverTypeWrapper<Omit<ImportMessagesPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  ImportedMessageInput: ImportedMessageInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  InvitationDeclinedEvent: ResolverTypeWrapper<EventNode>;
  InvitePolicy: InvitePolicy;
  IssueServiceCredentialInput: IssueServiceCredentialInput;
  IssueServiceCredentialPayload: ResolverTypeWrapper<IssueServiceCredentialPayload>;
  IssueUserTokenInput: IssueUserTokenInput;
  IssueUserTokenPayload: ResolverTypeWrapper<Omit<IssueUserTokenPayload, 'user'> & { user: ResolversTypes['User'] }>;
  ItemError: ResolverTypeWrapper<ItemError>;
  ItemResult: ResolverTypeWrapper<Omit<ItemResult, 'node'> & { node?: Maybe<ResolversTypes['Node']> }>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Job: ResolverTypeWrapper<JobNode>;
  JobConnection: ResolverTypeWrapper<Omit<JobConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['JobEdge']>, nodes: ReadonlyArray<ResolversTypes['Job']> }>;
  JobEdge: ResolverTypeWrapper<Omit<JobEdge, 'node'> & { node: ResolversTypes['Job'] }>;
  JobFailure: ResolverTypeWrapper<JobFailureNode>;
  JobFailureConnection: ResolverTypeWrapper<Omit<JobFailureConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['JobFailureEdge']>, nodes: ReadonlyArray<ResolversTypes['JobFailure']> }>;
  JobFailureEdge: ResolverTypeWrapper<Omit<JobFailureEdge, 'node'> & { node: ResolversTypes['JobFailure'] }>;
  JobKind: JobKind;
  JobStatus: JobStatus;
  JoinCause: JoinCause;
  JoinPolicy: JoinPolicy;
  JoinRequestedEvent: ResolverTypeWrapper<EventNode>;
  JoinSpaceInput: JoinSpaceInput;
  JoinSpacePayload: ResolverTypeWrapper<Omit<JoinSpacePayload, 'member' | 'space'> & { member?: Maybe<ResolversTypes['Member']>, space: ResolversTypes['Space'] }>;
  LeaveCause: LeaveCause;
  LeaveSpaceInput: LeaveSpaceInput;
  LeaveSpacePayload: ResolverTypeWrapper<Omit<LeaveSpacePayload, 'space'> & { space: ResolversTypes['Space'] }>;
  LinkContent: ResolverTypeWrapper<LinkNode>;
  LocationContent: ResolverTypeWrapper<LocationNode>;
  LocationContentInput: LocationContentInput;
  Long: ResolverTypeWrapper<Scalars['Long']['output']>;
  MarkConversationsReadInput: MarkConversationsReadInput;
  MarkConversationsReadPayload: ResolverTypeWrapper<Omit<MarkConversationsReadPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  MediaContentInput: MediaContentInput;
  Member: ResolverTypeWrapper<MemberNode>;
  MemberAttributesChangedEvent: ResolverTypeWrapper<EventNode>;
  MemberConnection: ResolverTypeWrapper<Omit<MemberConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['MemberEdge']>, nodes: ReadonlyArray<ResolversTypes['Member']> }>;
  MemberEdge: ResolverTypeWrapper<Omit<MemberEdge, 'node'> & { node: ResolversTypes['Member'] }>;
  MemberMutesChangedEvent: ResolverTypeWrapper<EventNode>;
  MemberRole: MemberRole;
  MemberRolesChangedEvent: ResolverTypeWrapper<EventNode>;
  MemberUpdateInput: MemberUpdateInput;
  MembersInvitedEvent: ResolverTypeWrapper<EventNode>;
  MembersJoinedEvent: ResolverTypeWrapper<EventNode>;
  MembersLeftEvent: ResolverTypeWrapper<EventNode>;
  Mentions: ResolverTypeWrapper<MentionsNode>;
  MentionsInput: MentionsInput;
  MergedContent: ResolverTypeWrapper<MergedNode>;
  Message: ResolverTypeWrapper<MessageNode>;
  MessageConnection: ResolverTypeWrapper<Omit<MessageConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['MessageEdge']>, nodes: ReadonlyArray<ResolversTypes['Message']> }>;
  MessageContent: ResolverTypeWrapper<ContentNode>;
  MessageContentInput: MessageContentInput;
  MessageDecidedEvent: ResolverTypeWrapper<EventNode>;
  MessageDecision: MessageDecision;
  MessageEdge: ResolverTypeWrapper<Omit<MessageEdge, 'node'> & { node: ResolversTypes['Message'] }>;
  MessageEditedEvent: ResolverTypeWrapper<EventNode>;
  MessageEvent: ResolverTypeWrapper<EventNode>;
  MessageFilter: MessageFilter;
  MessageKind: MessageKind;
  MessageModeratedEvent: ResolverTypeWrapper<EventNode>;
  MessagePriority: MessagePriority;
  MessageReadEvent: ResolverTypeWrapper<EventNode>;
  MessageRecalledEvent: ResolverTypeWrapper<EventNode>;
  MessageSendFailedEvent: ResolverTypeWrapper<EventNode>;
  MessageSentEvent: ResolverTypeWrapper<EventNode>;
  MessagesDeletedEvent: ResolverTypeWrapper<EventNode>;
  ModeratedSpace: ResolverTypeWrapper<SpaceNode>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mute: ResolverTypeWrapper<MuteNode>;
  MuteConnection: ResolverTypeWrapper<Omit<MuteConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['MuteEdge']>, nodes: ReadonlyArray<ResolversTypes['Mute']> }>;
  MuteEdge: ResolverTypeWrapper<Omit<MuteEdge, 'node'> & { node: ResolversTypes['Mute'] }>;
  MuteMembersInput: MuteMembersInput;
  MuteMembersPayload: ResolverTypeWrapper<Omit<MuteMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversTypes['ItemResult']>, space: ResolversTypes['ModeratedSpace'] }>;
  MuteSpaceInput: MuteSpaceInput;
  MuteSpacePayload: ResolverTypeWrapper<Omit<MuteSpacePayload, 'space'> & { space: ResolversTypes['ModeratedSpace'] }>;
  NewBotInput: NewBotInput;
  NewFriendInput: NewFriendInput;
  NewUserInput: NewUserInput;
  Node: ResolverTypeWrapper<AnyNode>;
  NoticeContent: ResolverTypeWrapper<NoticeNode>;
  NotificationLevel: NotificationLevel;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Peer: ResolverTypeWrapper<PeerNode>;
  Presence: ResolverTypeWrapper<PresenceNode>;
  PresenceCause: PresenceCause;
  PresenceChangedEvent: ResolverTypeWrapper<EventNode>;
  ProfileModeratedEvent: ResolverTypeWrapper<EventNode>;
  PushFinishedEvent: ResolverTypeWrapper<EventNode>;
  PushOptionsInput: PushOptionsInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateLimit: ResolverTypeWrapper<RateLimit>;
  RateLimitWindow: ResolverTypeWrapper<RateLimitWindow>;
  ReactionsChangedEvent: ResolverTypeWrapper<EventNode>;
  RecallMessagesInput: RecallMessagesInput;
  RecallMessagesPayload: ResolverTypeWrapper<Omit<RecallMessagesPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  RecalledContent: ResolverTypeWrapper<RecalledNode>;
  ReceiptStatus: ReceiptStatus;
  ReceiverOfflineEvent: ResolverTypeWrapper<EventNode>;
  RecipientVariablesInput: RecipientVariablesInput;
  RedeliverCallbacksInput: RedeliverCallbacksInput;
  RedeliverCallbacksPayload: ResolverTypeWrapper<RedeliverCallbacksPayload>;
  RegisterBotsInput: RegisterBotsInput;
  RegisterBotsPayload: ResolverTypeWrapper<Omit<RegisterBotsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  RegisterUsersInput: RegisterUsersInput;
  RegisterUsersPayload: ResolverTypeWrapper<Omit<RegisterUsersPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  RejectCallInput: RejectCallInput;
  RejectCallPayload: ResolverTypeWrapper<Omit<RejectCallPayload, 'call'> & { call: ResolversTypes['Call'] }>;
  Relation: ResolverTypeWrapper<RelationNode>;
  RemoveAllFriendsInput: RemoveAllFriendsInput;
  RemoveAllFriendsPayload: ResolverTypeWrapper<Omit<RemoveAllFriendsPayload, 'user'> & { user: ResolversTypes['User'] }>;
  RemoveFriendsInput: RemoveFriendsInput;
  RemoveFriendsPayload: ResolverTypeWrapper<Omit<RemoveFriendsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  RemoveMembersInput: RemoveMembersInput;
  RemoveMembersPayload: ResolverTypeWrapper<Omit<RemoveMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversTypes['ItemResult']>, space: ResolversTypes['Space'] }>;
  ReplayCallbackInput: ReplayCallbackInput;
  ReplayCallbackPayload: ResolverTypeWrapper<Omit<ReplayCallbackPayload, 'events'> & { events: ReadonlyArray<ResolversTypes['Event']> }>;
  ReplyContent: ResolverTypeWrapper<ReplyNode>;
  RequestFriendsInput: RequestFriendsInput;
  RequestFriendsPayload: ResolverTypeWrapper<Omit<RequestFriendsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  Scope: ResolverTypeWrapper<Scalars['Scope']['output']>;
  SendMessageInput: SendMessageInput;
  SendMessagePayload: ResolverTypeWrapper<Omit<SendMessagePayload, 'message' | 'results'> & { message?: Maybe<ResolversTypes['Message']>, results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  SetAttributesInput: SetAttributesInput;
  SetAttributesPayload: ResolverTypeWrapper<Omit<SetAttributesPayload, 'owner' | 'results'> & { owner?: Maybe<ResolversTypes['Node']>, results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  SetMemberRoleInput: SetMemberRoleInput;
  SetMemberRolePayload: ResolverTypeWrapper<Omit<SetMemberRolePayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversTypes['ItemResult']>, space: ResolversTypes['Space'] }>;
  SharedFilesChangedEvent: ResolverTypeWrapper<EventNode>;
  Space: ResolverTypeWrapper<AnySpaceNode>;
  SpaceAllowlistChangedEvent: ResolverTypeWrapper<EventNode>;
  SpaceAnnouncementChangedEvent: ResolverTypeWrapper<EventNode>;
  SpaceAttributesChangedEvent: ResolverTypeWrapper<EventNode>;
  SpaceBlocklistChangedEvent: ResolverTypeWrapper<EventNode>;
  SpaceConnection: ResolverTypeWrapper<Omit<SpaceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SpaceEdge']>, nodes: ReadonlyArray<ResolversTypes['Space']> }>;
  SpaceCreatedEvent: ResolverTypeWrapper<EventNode>;
  SpaceDeletedEvent: ResolverTypeWrapper<EventNode>;
  SpaceEdge: ResolverTypeWrapper<Omit<SpaceEdge, 'node'> & { node: ResolversTypes['Space'] }>;
  SpaceEvent: ResolverTypeWrapper<EventNode>;
  SpaceIgnoreChangedEvent: ResolverTypeWrapper<EventNode>;
  SpaceKind: SpaceKind;
  SpaceMute: ResolverTypeWrapper<SpaceMuteNode>;
  SpaceMuteChangedEvent: ResolverTypeWrapper<EventNode>;
  SpaceOwnerChangedEvent: ResolverTypeWrapper<EventNode>;
  SpaceSuspensionChangedEvent: ResolverTypeWrapper<EventNode>;
  SpaceUpdatedEvent: ResolverTypeWrapper<EventNode>;
  StandingAudience: StandingAudience;
  StartCallInput: StartCallInput;
  StartCallPayload: ResolverTypeWrapper<Omit<StartCallPayload, 'call' | 'results'> & { call: ResolversTypes['Call'], results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  StartMessageImportInput: StartMessageImportInput;
  StartMessageImportPayload: ResolverTypeWrapper<Omit<StartMessageImportPayload, 'job'> & { job: ResolversTypes['Job'] }>;
  StartUserRegistrationInput: StartUserRegistrationInput;
  StartUserRegistrationPayload: ResolverTypeWrapper<Omit<StartUserRegistrationPayload, 'job'> & { job: ResolversTypes['Job'] }>;
  StreamContent: ResolverTypeWrapper<StreamNode>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SuperAdminsChangedEvent: ResolverTypeWrapper<EventNode>;
  TextContent: ResolverTypeWrapper<TextNode>;
  TextContentInput: TextContentInput;
  TextFormat: TextFormat;
  Thread: ResolverTypeWrapper<ThreadNode>;
  ThreadUpdatedEvent: ResolverTypeWrapper<EventNode>;
  TransferOwnershipInput: TransferOwnershipInput;
  TransferOwnershipPayload: ResolverTypeWrapper<Omit<TransferOwnershipPayload, 'space'> & { space: ResolversTypes['Space'] }>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UnblockUsersInput: UnblockUsersInput;
  UnblockUsersPayload: ResolverTypeWrapper<Omit<UnblockUsersPayload, 'blocklist' | 'results'> & { blocklist?: Maybe<ResolversTypes['Blocklist']>, results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  UnknownContent: ResolverTypeWrapper<UnknownNode>;
  UnknownEvent: ResolverTypeWrapper<EventNode>;
  UnmuteMembersInput: UnmuteMembersInput;
  UnmuteMembersPayload: ResolverTypeWrapper<Omit<UnmuteMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversTypes['ItemResult']>, space: ResolversTypes['ModeratedSpace'] }>;
  UnmuteSpaceInput: UnmuteSpaceInput;
  UnmuteSpacePayload: ResolverTypeWrapper<Omit<UnmuteSpacePayload, 'space'> & { space: ResolversTypes['ModeratedSpace'] }>;
  UpdateBotInput: UpdateBotInput;
  UpdateBotPayload: ResolverTypeWrapper<Omit<UpdateBotPayload, 'bot'> & { bot: ResolversTypes['Bot'] }>;
  UpdateConversationsInput: UpdateConversationsInput;
  UpdateConversationsPayload: ResolverTypeWrapper<Omit<UpdateConversationsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  UpdateFriendsInput: UpdateFriendsInput;
  UpdateFriendsPayload: ResolverTypeWrapper<Omit<UpdateFriendsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  UpdateGroupInput: UpdateGroupInput;
  UpdateGroupPayload: ResolverTypeWrapper<Omit<UpdateGroupPayload, 'group'> & { group: ResolversTypes['Group'] }>;
  UpdateMembersInput: UpdateMembersInput;
  UpdateMembersPayload: ResolverTypeWrapper<Omit<UpdateMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversTypes['ItemResult']>, space: ResolversTypes['Space'] }>;
  UpdateUsersInput: UpdateUsersInput;
  UpdateUsersPayload: ResolverTypeWrapper<Omit<UpdateUsersPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['ItemResult']> }>;
  User: ResolverTypeWrapper<UserNode>;
  UserUpdateInput: UserUpdateInput;
  UserUpdatedEvent: ResolverTypeWrapper<EventNode>;
  Vendor: Vendor;
  VendorService: VendorService;
  VerdictCount: ResolverTypeWrapper<VerdictCount>;
  VerifyAppInput: VerifyAppInput;
  VerifyAppPayload: ResolverTypeWrapper<Omit<VerifyAppPayload, 'app'> & { app: ResolversTypes['App'] }>;
  VideoContent: ResolverTypeWrapper<VideoNode>;
  Viewer: ResolverTypeWrapper<ViewerNode>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AcceptCallInput: AcceptCallInput;
  AcceptCallPayload: Omit<AcceptCallPayload, 'call'> & { call: ResolversParentTypes['Call'] };
  AccountOperationFinishedEvent: EventNode;
  AcknowledgeMessagesInput: AcknowledgeMessagesInput;
  AcknowledgeMessagesPayload: Omit<AcknowledgeMessagesPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  AddFriendsInput: AddFriendsInput;
  AddFriendsPayload: Omit<AddFriendsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  AddMembersInput: AddMembersInput;
  AddMembersPayload: Omit<AddMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']>, space: ResolversParentTypes['Space'] };
  App: AppNode;
  AppHealth: AppHealth;
  Attribute: AttributeNode;
  AttributeInput: AttributeInput;
  AudienceInput: AudienceInput;
  AudioContent: AudioNode;
  Backup: Backup;
  Block: BlockNode;
  BlockConnection: Omit<BlockConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['BlockEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Block']> };
  BlockEdge: Omit<BlockEdge, 'node'> & { node: ResolversParentTypes['Block'] };
  BlockUsersInput: BlockUsersInput;
  BlockUsersPayload: Omit<BlockUsersPayload, 'blocklist' | 'results'> & { blocklist?: Maybe<ResolversParentTypes['Blocklist']>, results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  Blocklist: BlocklistNode;
  BlocklistChangedEvent: EventNode;
  BlocklistOwner: PeerNode;
  Boolean: Scalars['Boolean']['output'];
  Bot: BotNode;
  BotMessageReceivedEvent: EventNode;
  Broadcast: BroadcastNode;
  BroadcastMessageInput: BroadcastMessageInput;
  BroadcastMessagePayload: Omit<BroadcastMessagePayload, 'broadcast'> & { broadcast: ResolversParentTypes['Broadcast'] };
  BulkPayload: ResolversInterfaceTypes<ResolversParentTypes>['BulkPayload'];
  Call: CallNode;
  CallAcceptedEvent: EventNode;
  CallCanceledEvent: EventNode;
  CallEvent: EventNode;
  CallExtendedEvent: EventNode;
  CallParticipant: Omit<CallParticipant, 'user'> & { user: ResolversParentTypes['User'] };
  CallRejectedEvent: EventNode;
  CallStartedEvent: EventNode;
  CallTimedOutEvent: EventNode;
  CallbackActivity: CallbackActivity;
  CallbackRefusalCount: CallbackRefusalCount;
  CancelJobInput: CancelJobInput;
  CancelJobPayload: Omit<CancelJobPayload, 'job'> & { job: ResolversParentTypes['Job'] };
  Capability: Capability;
  Chatroom: ChatroomNode;
  ChatroomConnection: Omit<ChatroomConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ChatroomEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Chatroom']> };
  ChatroomEdge: Omit<ChatroomEdge, 'node'> & { node: ResolversParentTypes['Chatroom'] };
  ChatroomExpiry: ChatroomExpiry;
  ChatroomExpiryInput: ChatroomExpiryInput;
  ClearHistoryInput: ClearHistoryInput;
  ClearHistoryPayload: Omit<ClearHistoryPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  CommandContent: CommandNode;
  CommandContentInput: CommandContentInput;
  Community: CommunityNode;
  CommunityConnection: Omit<CommunityConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CommunityEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Community']> };
  CommunityEdge: Omit<CommunityEdge, 'node'> & { node: ResolversParentTypes['Community'] };
  CompositeContent: CompositeNode;
  Conversation: ConversationNode;
  ConversationConnection: Omit<ConversationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ConversationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Conversation']> };
  ConversationEdge: Omit<ConversationEdge, 'node'> & { node: ResolversParentTypes['Conversation'] };
  ConversationLabel: ConversationLabelNode;
  ConversationReadEvent: EventNode;
  CreateBackupInput: CreateBackupInput;
  CreateBackupPayload: CreateBackupPayload;
  CreateChatroomInput: CreateChatroomInput;
  CreateChatroomPayload: Omit<CreateChatroomPayload, 'chatroom' | 'results'> & { chatroom: ResolversParentTypes['Chatroom'], results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  CreateGroupInput: CreateGroupInput;
  CreateGroupPayload: Omit<CreateGroupPayload, 'group' | 'results'> & { group: ResolversParentTypes['Group'], results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  CustomContent: CustomNode;
  CustomContentInput: CustomContentInput;
  DateTime: Scalars['DateTime']['output'];
  DecisionFinding: DecisionFinding;
  DecisionPolicy: DecisionPolicy;
  DecisionRule: DecisionRule;
  DecisionTrial: DecisionTrial;
  DecisionTrialInput: DecisionTrialInput;
  DeleteAttributesInput: DeleteAttributesInput;
  DeleteAttributesPayload: Omit<DeleteAttributesPayload, 'owner' | 'results'> & { owner?: Maybe<ResolversParentTypes['Node']>, results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  DeleteConversationsInput: DeleteConversationsInput;
  DeleteConversationsPayload: Omit<DeleteConversationsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  DeleteSpaceInput: DeleteSpaceInput;
  DeleteSpacePayload: DeleteSpacePayload;
  DeliveryInput: DeliveryInput;
  DevicePresence: DevicePresence;
  EditMessageInput: EditMessageInput;
  EditMessagePayload: Omit<EditMessagePayload, 'message'> & { message: ResolversParentTypes['Message'] };
  Event: EventNode;
  EventConnection: Omit<EventConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EventEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Event']> };
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventFilter: EventFilter;
  FailedCallbacks: FailedCallbacks;
  FieldSet: Scalars['FieldSet']['output'];
  File: StoredFileNode;
  FileContent: FileNode;
  Float: Scalars['Float']['output'];
  Friend: FriendNode;
  FriendAddedEvent: EventNode;
  FriendConnection: Omit<FriendConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['FriendEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Friend']> };
  FriendEdge: Omit<FriendEdge, 'node'> & { node: ResolversParentTypes['Friend'] };
  FriendRemovedEvent: EventNode;
  FriendRequestDeclinedEvent: EventNode;
  FriendRequestedEvent: EventNode;
  FriendUpdateInput: FriendUpdateInput;
  GapEvent: EventNode;
  Group: GroupNode;
  GroupConnection: Omit<GroupConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['GroupEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Group']> };
  GroupEdge: Omit<GroupEdge, 'node'> & { node: ResolversParentTypes['Group'] };
  GroupSettings: GroupSettings;
  GroupSettingsInput: GroupSettingsInput;
  HandledCallback: HandledCallbackNode;
  ID: Scalars['ID']['output'];
  ImageContent: ImageNode;
  ImportMessagesInput: ImportMessagesInput;
  ImportMessagesPayload: Omit<ImportMessagesPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  ImportedMessageInput: ImportedMessageInput;
  Int: Scalars['Int']['output'];
  InvitationDeclinedEvent: EventNode;
  IssueServiceCredentialInput: IssueServiceCredentialInput;
  IssueServiceCredentialPayload: IssueServiceCredentialPayload;
  IssueUserTokenInput: IssueUserTokenInput;
  IssueUserTokenPayload: Omit<IssueUserTokenPayload, 'user'> & { user: ResolversParentTypes['User'] };
  ItemError: ItemError;
  ItemResult: Omit<ItemResult, 'node'> & { node?: Maybe<ResolversParentTypes['Node']> };
  JSON: Scalars['JSON']['output'];
  Job: JobNode;
  JobConnection: Omit<JobConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['JobEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Job']> };
  JobEdge: Omit<JobEdge, 'node'> & { node: ResolversParentTypes['Job'] };
  JobFailure: JobFailureNode;
  JobFailureConnection: Omit<JobFailureConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['JobFailureEdge']>, nodes: ReadonlyArray<ResolversParentTypes['JobFailure']> };
  JobFailureEdge: Omit<JobFailureEdge, 'node'> & { node: ResolversParentTypes['JobFailure'] };
  JoinRequestedEvent: EventNode;
  JoinSpaceInput: JoinSpaceInput;
  JoinSpacePayload: Omit<JoinSpacePayload, 'member' | 'space'> & { member?: Maybe<ResolversParentTypes['Member']>, space: ResolversParentTypes['Space'] };
  LeaveSpaceInput: LeaveSpaceInput;
  LeaveSpacePayload: Omit<LeaveSpacePayload, 'space'> & { space: ResolversParentTypes['Space'] };
  LinkContent: LinkNode;
  LocationContent: LocationNode;
  LocationContentInput: LocationContentInput;
  Long: Scalars['Long']['output'];
  MarkConversationsReadInput: MarkConversationsReadInput;
  MarkConversationsReadPayload: Omit<MarkConversationsReadPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  MediaContentInput: MediaContentInput;
  Member: MemberNode;
  MemberAttributesChangedEvent: EventNode;
  MemberConnection: Omit<MemberConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['MemberEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Member']> };
  MemberEdge: Omit<MemberEdge, 'node'> & { node: ResolversParentTypes['Member'] };
  MemberMutesChangedEvent: EventNode;
  MemberRolesChangedEvent: EventNode;
  MemberUpdateInput: MemberUpdateInput;
  MembersInvitedEvent: EventNode;
  MembersJoinedEvent: EventNode;
  MembersLeftEvent: EventNode;
  Mentions: MentionsNode;
  MentionsInput: MentionsInput;
  MergedContent: MergedNode;
  Message: MessageNode;
  MessageConnection: Omit<MessageConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['MessageEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Message']> };
  MessageContent: ContentNode;
  MessageContentInput: MessageContentInput;
  MessageDecidedEvent: EventNode;
  MessageEdge: Omit<MessageEdge, 'node'> & { node: ResolversParentTypes['Message'] };
  MessageEditedEvent: EventNode;
  MessageEvent: EventNode;
  MessageFilter: MessageFilter;
  MessageModeratedEvent: EventNode;
  MessageReadEvent: EventNode;
  MessageRecalledEvent: EventNode;
  MessageSendFailedEvent: EventNode;
  MessageSentEvent: EventNode;
  MessagesDeletedEvent: EventNode;
  ModeratedSpace: SpaceNode;
  Mutation: Record<PropertyKey, never>;
  Mute: MuteNode;
  MuteConnection: Omit<MuteConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['MuteEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Mute']> };
  MuteEdge: Omit<MuteEdge, 'node'> & { node: ResolversParentTypes['Mute'] };
  MuteMembersInput: MuteMembersInput;
  MuteMembersPayload: Omit<MuteMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']>, space: ResolversParentTypes['ModeratedSpace'] };
  MuteSpaceInput: MuteSpaceInput;
  MuteSpacePayload: Omit<MuteSpacePayload, 'space'> & { space: ResolversParentTypes['ModeratedSpace'] };
  NewBotInput: NewBotInput;
  NewFriendInput: NewFriendInput;
  NewUserInput: NewUserInput;
  Node: AnyNode;
  NoticeContent: NoticeNode;
  PageInfo: PageInfo;
  Peer: PeerNode;
  Presence: PresenceNode;
  PresenceChangedEvent: EventNode;
  ProfileModeratedEvent: EventNode;
  PushFinishedEvent: EventNode;
  PushOptionsInput: PushOptionsInput;
  Query: Record<PropertyKey, never>;
  RateLimit: RateLimit;
  RateLimitWindow: RateLimitWindow;
  ReactionsChangedEvent: EventNode;
  RecallMessagesInput: RecallMessagesInput;
  RecallMessagesPayload: Omit<RecallMessagesPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  RecalledContent: RecalledNode;
  ReceiverOfflineEvent: EventNode;
  RecipientVariablesInput: RecipientVariablesInput;
  RedeliverCallbacksInput: RedeliverCallbacksInput;
  RedeliverCallbacksPayload: RedeliverCallbacksPayload;
  RegisterBotsInput: RegisterBotsInput;
  RegisterBotsPayload: Omit<RegisterBotsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  RegisterUsersInput: RegisterUsersInput;
  RegisterUsersPayload: Omit<RegisterUsersPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  RejectCallInput: RejectCallInput;
  RejectCallPayload: Omit<RejectCallPayload, 'call'> & { call: ResolversParentTypes['Call'] };
  Relation: RelationNode;
  RemoveAllFriendsInput: RemoveAllFriendsInput;
  RemoveAllFriendsPayload: Omit<RemoveAllFriendsPayload, 'user'> & { user: ResolversParentTypes['User'] };
  RemoveFriendsInput: RemoveFriendsInput;
  RemoveFriendsPayload: Omit<RemoveFriendsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  RemoveMembersInput: RemoveMembersInput;
  RemoveMembersPayload: Omit<RemoveMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']>, space: ResolversParentTypes['Space'] };
  ReplayCallbackInput: ReplayCallbackInput;
  ReplayCallbackPayload: Omit<ReplayCallbackPayload, 'events'> & { events: ReadonlyArray<ResolversParentTypes['Event']> };
  ReplyContent: ReplyNode;
  RequestFriendsInput: RequestFriendsInput;
  RequestFriendsPayload: Omit<RequestFriendsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  Scope: Scalars['Scope']['output'];
  SendMessageInput: SendMessageInput;
  SendMessagePayload: Omit<SendMessagePayload, 'message' | 'results'> & { message?: Maybe<ResolversParentTypes['Message']>, results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  SetAttributesInput: SetAttributesInput;
  SetAttributesPayload: Omit<SetAttributesPayload, 'owner' | 'results'> & { owner?: Maybe<ResolversParentTypes['Node']>, results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  SetMemberRoleInput: SetMemberRoleInput;
  SetMemberRolePayload: Omit<SetMemberRolePayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']>, space: ResolversParentTypes['Space'] };
  SharedFilesChangedEvent: EventNode;
  Space: AnySpaceNode;
  SpaceAllowlistChangedEvent: EventNode;
  SpaceAnnouncementChangedEvent: EventNode;
  SpaceAttributesChangedEvent: EventNode;
  SpaceBlocklistChangedEvent: EventNode;
  SpaceConnection: Omit<SpaceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SpaceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Space']> };
  SpaceCreatedEvent: EventNode;
  SpaceDeletedEvent: EventNode;
  SpaceEdge: Omit<SpaceEdge, 'node'> & { node: ResolversParentTypes['Space'] };
  SpaceEvent: EventNode;
  SpaceIgnoreChangedEvent: EventNode;
  SpaceMute: SpaceMuteNode;
  SpaceMuteChangedEvent: EventNode;
  SpaceOwnerChangedEvent: EventNode;
  SpaceSuspensionChangedEvent: EventNode;
  SpaceUpdatedEvent: EventNode;
  StartCallInput: StartCallInput;
  StartCallPayload: Omit<StartCallPayload, 'call' | 'results'> & { call: ResolversParentTypes['Call'], results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  StartMessageImportInput: StartMessageImportInput;
  StartMessageImportPayload: Omit<StartMessageImportPayload, 'job'> & { job: ResolversParentTypes['Job'] };
  StartUserRegistrationInput: StartUserRegistrationInput;
  StartUserRegistrationPayload: Omit<StartUserRegistrationPayload, 'job'> & { job: ResolversParentTypes['Job'] };
  StreamContent: StreamNode;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  SuperAdminsChangedEvent: EventNode;
  TextContent: TextNode;
  TextContentInput: TextContentInput;
  Thread: ThreadNode;
  ThreadUpdatedEvent: EventNode;
  TransferOwnershipInput: TransferOwnershipInput;
  TransferOwnershipPayload: Omit<TransferOwnershipPayload, 'space'> & { space: ResolversParentTypes['Space'] };
  URL: Scalars['URL']['output'];
  UnblockUsersInput: UnblockUsersInput;
  UnblockUsersPayload: Omit<UnblockUsersPayload, 'blocklist' | 'results'> & { blocklist?: Maybe<ResolversParentTypes['Blocklist']>, results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  UnknownContent: UnknownNode;
  UnknownEvent: EventNode;
  UnmuteMembersInput: UnmuteMembersInput;
  UnmuteMembersPayload: Omit<UnmuteMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']>, space: ResolversParentTypes['ModeratedSpace'] };
  UnmuteSpaceInput: UnmuteSpaceInput;
  UnmuteSpacePayload: Omit<UnmuteSpacePayload, 'space'> & { space: ResolversParentTypes['ModeratedSpace'] };
  UpdateBotInput: UpdateBotInput;
  UpdateBotPayload: Omit<UpdateBotPayload, 'bot'> & { bot: ResolversParentTypes['Bot'] };
  UpdateConversationsInput: UpdateConversationsInput;
  UpdateConversationsPayload: Omit<UpdateConversationsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  UpdateFriendsInput: UpdateFriendsInput;
  UpdateFriendsPayload: Omit<UpdateFriendsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  UpdateGroupInput: UpdateGroupInput;
  UpdateGroupPayload: Omit<UpdateGroupPayload, 'group'> & { group: ResolversParentTypes['Group'] };
  UpdateMembersInput: UpdateMembersInput;
  UpdateMembersPayload: Omit<UpdateMembersPayload, 'results' | 'space'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']>, space: ResolversParentTypes['Space'] };
  UpdateUsersInput: UpdateUsersInput;
  UpdateUsersPayload: Omit<UpdateUsersPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['ItemResult']> };
  User: UserNode;
  UserUpdateInput: UserUpdateInput;
  UserUpdatedEvent: EventNode;
  VerdictCount: VerdictCount;
  VerifyAppInput: VerifyAppInput;
  VerifyAppPayload: Omit<VerifyAppPayload, 'app'> & { app: ResolversParentTypes['App'] };
  VideoContent: VideoNode;
  Viewer: ViewerNode;
};

export type AuthenticatedDirectiveArgs = { };

export type AuthenticatedDirectiveResolver<Result, Parent, ContextType = Context, Args = AuthenticatedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type KeyDirectiveArgs = {
  fields: Scalars['FieldSet']['input'];
  resolvable?: Maybe<Scalars['Boolean']['input']>;
};

export type KeyDirectiveResolver<Result, Parent, ContextType = Context, Args = KeyDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ParticipantDirectiveArgs = {
  orScope: Scalars['String']['input'];
};

export type ParticipantDirectiveResolver<Result, Parent, ContextType = Context, Args = ParticipantDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresScopesDirectiveArgs = {
  scopes: ReadonlyArray<ReadonlyArray<Scalars['Scope']['input']>>;
};

export type RequiresScopesDirectiveResolver<Result, Parent, ContextType = Context, Args = RequiresScopesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type SelfDirectiveArgs = {
  orScope: Scalars['String']['input'];
};

export type SelfDirectiveResolver<Result, Parent, ContextType = Context, Args = SelfDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ShareableDirectiveArgs = { };

export type ShareableDirectiveResolver<Result, Parent, ContextType = Context, Args = ShareableDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AcceptCallPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AcceptCallPayload'] = ResolversParentTypes['AcceptCallPayload']> = {
  call?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
};

export type AccountOperationFinishedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountOperationFinishedEvent'] = ResolversParentTypes['AccountOperationFinishedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDeletion?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  vendorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AcknowledgeMessagesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AcknowledgeMessagesPayload'] = ResolversParentTypes['AcknowledgeMessagesPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AddFriendsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddFriendsPayload'] = ResolversParentTypes['AddFriendsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AddMembersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddMembersPayload'] = ResolversParentTypes['AddMembersPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AppResolvers<ContextType = Context, ParentType extends ResolversParentTypes['App'] = ResolversParentTypes['App']> = {
  callbacks?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CallbackActivity']>>, ParentType, ContextType>;
  capabilities?: Resolver<ReadonlyArray<ResolversTypes['Capability']>, ParentType, ContextType>;
  chatroom?: Resolver<Maybe<ResolversTypes['Chatroom']>, ParentType, ContextType, RequireFields<AppChatroomArgs, 'vendorId'>>;
  chatrooms?: Resolver<Maybe<ResolversTypes['ChatroomConnection']>, ParentType, ContextType, RequireFields<AppChatroomsArgs, 'first'>>;
  communities?: Resolver<Maybe<ResolversTypes['CommunityConnection']>, ParentType, ContextType, RequireFields<AppCommunitiesArgs, 'first'>>;
  community?: Resolver<Maybe<ResolversTypes['Community']>, ParentType, ContextType, RequireFields<AppCommunityArgs, 'vendorId'>>;
  decisionPolicy?: Resolver<Maybe<ResolversTypes['DecisionPolicy']>, ParentType, ContextType>;
  decisionTrial?: Resolver<Maybe<ResolversTypes['DecisionTrial']>, ParentType, ContextType, RequireFields<AppDecisionTrialArgs, 'message'>>;
  failedCallbacks?: Resolver<Maybe<ReadonlyArray<ResolversTypes['FailedCallbacks']>>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType, RequireFields<AppGroupArgs, 'vendorId'>>;
  groups?: Resolver<Maybe<ResolversTypes['GroupConnection']>, ParentType, ContextType, RequireFields<AppGroupsArgs, 'first'>>;
  health?: Resolver<Maybe<ResolversTypes['AppHealth']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobs?: Resolver<Maybe<ResolversTypes['JobConnection']>, ParentType, ContextType, RequireFields<AppJobsArgs, 'first'>>;
  mutedSpaces?: Resolver<Maybe<ResolversTypes['SpaceConnection']>, ParentType, ContextType, RequireFields<AppMutedSpacesArgs, 'first' | 'kind'>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rateLimits?: Resolver<Maybe<ReadonlyArray<ResolversTypes['RateLimit']>>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  supports?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<AppSupportsArgs, 'operation'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<AppUserArgs, 'vendorId'>>;
  vendor?: Resolver<ResolversTypes['Vendor'], ParentType, ContextType>;
  verdicts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['VerdictCount']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AppHealthResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AppHealth'] = ResolversParentTypes['AppHealth']> = {
  errorRate?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  medianLatencyMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AppStatus'], ParentType, ContextType>;
};

export type AttributeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Attribute'] = ResolversParentTypes['Attribute']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  setBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AudioContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AudioContent'] = ResolversParentTypes['AudioContent']> = {
  byteSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  durationSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BackupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Backup'] = ResolversParentTypes['Backup']> = {
  bytes?: Resolver<ResolversTypes['Long'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BlockResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Block'] = ResolversParentTypes['Block']> = {
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type BlockConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockConnection'] = ResolversParentTypes['BlockConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['BlockEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Block']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type BlockEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockEdge'] = ResolversParentTypes['BlockEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Block'], ParentType, ContextType>;
};

export type BlockUsersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockUsersPayload'] = ResolversParentTypes['BlockUsersPayload']> = {
  blocklist?: Resolver<Maybe<ResolversTypes['Blocklist']>, ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BlocklistResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Blocklist'] = ResolversParentTypes['Blocklist']> = {
  blocks?: Resolver<Maybe<ResolversTypes['BlockConnection']>, ParentType, ContextType, RequireFields<BlocklistBlocksArgs, 'first'>>;
  contains?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Boolean']>>>, ParentType, ContextType, RequireFields<BlocklistContainsArgs, 'userIds'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['BlocklistOwner'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BlocklistChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlocklistChangedEvent'] = ResolversParentTypes['BlocklistChangedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isBlocked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  target?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BlocklistOwnerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlocklistOwner'] = ResolversParentTypes['BlocklistOwner']> = {
  __resolveType: TypeResolveFn<'Chatroom' | 'Group' | 'User', ParentType, ContextType>;
};

export type BotResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Bot'] = ResolversParentTypes['Bot']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BotMessageReceivedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BotMessageReceivedEvent'] = ResolversParentTypes['BotMessageReceivedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  bot?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  data?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BroadcastResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Broadcast'] = ResolversParentTypes['Broadcast']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  vendorId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BroadcastMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BroadcastMessagePayload'] = ResolversParentTypes['BroadcastMessagePayload']> = {
  broadcast?: Resolver<ResolversTypes['Broadcast'], ParentType, ContextType>;
};

export type BulkPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BulkPayload'] = ResolversParentTypes['BulkPayload']> = {
  __resolveType: TypeResolveFn<'AcknowledgeMessagesPayload' | 'AddFriendsPayload' | 'AddMembersPayload' | 'BlockUsersPayload' | 'ClearHistoryPayload' | 'CreateChatroomPayload' | 'CreateGroupPayload' | 'DeleteAttributesPayload' | 'DeleteConversationsPayload' | 'ImportMessagesPayload' | 'MarkConversationsReadPayload' | 'MuteMembersPayload' | 'RecallMessagesPayload' | 'RegisterBotsPayload' | 'RegisterUsersPayload' | 'RemoveFriendsPayload' | 'RemoveMembersPayload' | 'RequestFriendsPayload' | 'SendMessagePayload' | 'SetAttributesPayload' | 'SetMemberRolePayload' | 'StartCallPayload' | 'UnblockUsersPayload' | 'UnmuteMembersPayload' | 'UpdateConversationsPayload' | 'UpdateFriendsPayload' | 'UpdateMembersPayload' | 'UpdateUsersPayload', ParentType, ContextType>;
};

export type CallResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Call'] = ResolversParentTypes['Call']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  caller?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  participants?: Resolver<ReadonlyArray<ResolversTypes['CallParticipant']>, ParentType, ContextType>;
  vendorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CallAcceptedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallAcceptedEvent'] = ResolversParentTypes['CallAcceptedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  call?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  data?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CallCanceledEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallCanceledEvent'] = ResolversParentTypes['CallCanceledEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  call?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invitees?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CallEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallEvent'] = ResolversParentTypes['CallEvent']> = {
  __resolveType: TypeResolveFn<'CallAcceptedEvent' | 'CallCanceledEvent' | 'CallExtendedEvent' | 'CallRejectedEvent' | 'CallStartedEvent' | 'CallTimedOutEvent', ParentType, ContextType>;
};

export type CallExtendedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallExtendedEvent'] = ResolversParentTypes['CallExtendedEvent']> = {
  actor?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  call?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invitees?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CallParticipantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallParticipant'] = ResolversParentTypes['CallParticipant']> = {
  state?: Resolver<ResolversTypes['CallParticipantState'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type CallRejectedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallRejectedEvent'] = ResolversParentTypes['CallRejectedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  call?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  data?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CallStartedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallStartedEvent'] = ResolversParentTypes['CallStartedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  call?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  data?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invitees?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CallTimedOutEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallTimedOutEvent'] = ResolversParentTypes['CallTimedOutEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  call?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CallbackActivityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallbackActivity'] = ResolversParentTypes['CallbackActivity']> = {
  accepted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  callback?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastLagMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lastReceivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refusals?: Resolver<ReadonlyArray<ResolversTypes['CallbackRefusalCount']>, ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  repeated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CallbackRefusalCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallbackRefusalCount'] = ResolversParentTypes['CallbackRefusalCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['CallbackRefusal'], ParentType, ContextType>;
};

export type CancelJobPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelJobPayload'] = ResolversParentTypes['CancelJobPayload']> = {
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type CapabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Capability'] = ResolversParentTypes['Capability']> = {
  batchSize?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  condition?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  operation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ChatroomResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Chatroom'] = ResolversParentTypes['Chatroom']> = {
  announcement?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  attributes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Attribute']>>, ParentType, ContextType, Partial<ChatroomAttributesArgs>>;
  blocklist?: Resolver<Maybe<ResolversTypes['Blocklist']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiry?: Resolver<Maybe<ResolversTypes['ChatroomExpiry']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maxMembers?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType, RequireFields<ChatroomMemberArgs, 'userId'>>;
  memberCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['MemberConnection']>, ParentType, ContextType, RequireFields<ChatroomMembersArgs, 'first'>>;
  messages?: Resolver<Maybe<ResolversTypes['MessageConnection']>, ParentType, ContextType, RequireFields<ChatroomMessagesArgs, 'first'>>;
  mute?: Resolver<Maybe<ResolversTypes['SpaceMute']>, ParentType, ContextType>;
  mutedMembers?: Resolver<Maybe<ResolversTypes['MuteConnection']>, ParentType, ContextType, RequireFields<ChatroomMutedMembersArgs, 'first'>>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  vendorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChatroomConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChatroomConnection'] = ResolversParentTypes['ChatroomConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ChatroomEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Chatroom']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ChatroomEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChatroomEdge'] = ResolversParentTypes['ChatroomEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Chatroom'], ParentType, ContextType>;
};

export type ChatroomExpiryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChatroomExpiry'] = ResolversParentTypes['ChatroomExpiry']> = {
  afterSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  trigger?: Resolver<ResolversTypes['ChatroomExpiryTrigger'], ParentType, ContextType>;
};

export type ClearHistoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClearHistoryPayload'] = ResolversParentTypes['ClearHistoryPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CommandContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommandContent'] = ResolversParentTypes['CommandContent']> = {
  data?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CommunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Community'] = ResolversParentTypes['Community']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType, RequireFields<CommunityMemberArgs, 'userId'>>;
  memberCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['MemberConnection']>, ParentType, ContextType, RequireFields<CommunityMembersArgs, 'first'>>;
  messages?: Resolver<Maybe<ResolversTypes['MessageConnection']>, ParentType, ContextType, RequireFields<CommunityMessagesArgs, 'first'>>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vendorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CommunityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommunityConnection'] = ResolversParentTypes['CommunityConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CommunityEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Community']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CommunityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommunityEdge'] = ResolversParentTypes['CommunityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Community'], ParentType, ContextType>;
};

export type CompositeContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompositeContent'] = ResolversParentTypes['CompositeContent']> = {
  parts?: Resolver<ReadonlyArray<ResolversTypes['MessageContent']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConversationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Conversation'] = ResolversParentTypes['Conversation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isPinned?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ConversationKind'], ParentType, ContextType>;
  labels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ConversationLabel']>>, ParentType, ContextType>;
  lastMessage?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  messages?: Resolver<Maybe<ResolversTypes['MessageConnection']>, ParentType, ContextType, RequireFields<ConversationMessagesArgs, 'first'>>;
  notificationLevel?: Resolver<Maybe<ResolversTypes['NotificationLevel']>, ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  peer?: Resolver<Maybe<ResolversTypes['Peer']>, ParentType, ContextType>;
  unreadCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConversationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationConnection'] = ResolversParentTypes['ConversationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ConversationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Conversation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ConversationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationEdge'] = ResolversParentTypes['ConversationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
};

export type ConversationLabelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationLabel'] = ResolversParentTypes['ConversationLabel']> = {
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConversationReadEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationReadEvent'] = ResolversParentTypes['ConversationReadEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  peer?: Resolver<ResolversTypes['Peer'], ParentType, ContextType>;
  reader?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateBackupPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateBackupPayload'] = ResolversParentTypes['CreateBackupPayload']> = {
  backup?: Resolver<ResolversTypes['Backup'], ParentType, ContextType>;
};

export type CreateChatroomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateChatroomPayload'] = ResolversParentTypes['CreateChatroomPayload']> = {
  chatroom?: Resolver<ResolversTypes['Chatroom'], ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateGroupPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateGroupPayload'] = ResolversParentTypes['CreateGroupPayload']> = {
  group?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomContent'] = ResolversParentTypes['CustomContent']> = {
  data?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DecisionFindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionFinding'] = ResolversParentTypes['DecisionFinding']> = {
  action?: Resolver<ResolversTypes['DecisionAction'], ParentType, ContextType>;
  isDryRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  matchedKeywords?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DecisionPolicyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionPolicy'] = ResolversParentTypes['DecisionPolicy']> = {
  coversOperators?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deadlineMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  default?: Resolver<ResolversTypes['MessageDecision'], ParentType, ContextType>;
  isEnabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  rules?: Resolver<ReadonlyArray<ResolversTypes['DecisionRule']>, ParentType, ContextType>;
};

export type DecisionRuleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionRule'] = ResolversParentTypes['DecisionRule']> = {
  health?: Resolver<Maybe<ResolversTypes['AppHealth']>, ParentType, ContextType>;
  isDryRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  onFailure?: Resolver<ResolversTypes['DecisionOnFailure'], ParentType, ContextType>;
};

export type DecisionTrialResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionTrial'] = ResolversParentTypes['DecisionTrial']> = {
  code?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['MessageDecision'], ParentType, ContextType>;
  failedRule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['DecisionFailure']>, ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['DecisionFinding']>, ParentType, ContextType>;
  isFlagged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  matchedKeywords?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  notAsked?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  replacement?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DeleteAttributesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteAttributesPayload'] = ResolversParentTypes['DeleteAttributesPayload']> = {
  owner?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteConversationsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteConversationsPayload'] = ResolversParentTypes['DeleteConversationsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteSpacePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteSpacePayload'] = ResolversParentTypes['DeleteSpacePayload']> = {
  deletedSpaceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DevicePresenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DevicePresence'] = ResolversParentTypes['DevicePresence']> = {
  device?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isOnline?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type EditMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EditMessagePayload'] = ResolversParentTypes['EditMessagePayload']> = {
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
};

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  __resolveType: TypeResolveFn<'AccountOperationFinishedEvent' | 'BlocklistChangedEvent' | 'BotMessageReceivedEvent' | 'CallAcceptedEvent' | 'CallCanceledEvent' | 'CallExtendedEvent' | 'CallRejectedEvent' | 'CallStartedEvent' | 'CallTimedOutEvent' | 'ConversationReadEvent' | 'FriendAddedEvent' | 'FriendRemovedEvent' | 'FriendRequestDeclinedEvent' | 'FriendRequestedEvent' | 'GapEvent' | 'InvitationDeclinedEvent' | 'JoinRequestedEvent' | 'MemberAttributesChangedEvent' | 'MemberMutesChangedEvent' | 'MemberRolesChangedEvent' | 'MembersInvitedEvent' | 'MembersJoinedEvent' | 'MembersLeftEvent' | 'MessageDecidedEvent' | 'MessageEditedEvent' | 'MessageModeratedEvent' | 'MessageReadEvent' | 'MessageRecalledEvent' | 'MessageSendFailedEvent' | 'MessageSentEvent' | 'MessagesDeletedEvent' | 'PresenceChangedEvent' | 'ProfileModeratedEvent' | 'PushFinishedEvent' | 'ReactionsChangedEvent' | 'ReceiverOfflineEvent' | 'SharedFilesChangedEvent' | 'SpaceAllowlistChangedEvent' | 'SpaceAnnouncementChangedEvent' | 'SpaceAttributesChangedEvent' | 'SpaceBlocklistChangedEvent' | 'SpaceCreatedEvent' | 'SpaceDeletedEvent' | 'SpaceIgnoreChangedEvent' | 'SpaceMuteChangedEvent' | 'SpaceOwnerChangedEvent' | 'SpaceSuspensionChangedEvent' | 'SpaceUpdatedEvent' | 'SuperAdminsChangedEvent' | 'ThreadUpdatedEvent' | 'UnknownEvent' | 'UserUpdatedEvent', ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type FailedCallbacksResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FailedCallbacks'] = ResolversParentTypes['FailedCallbacks']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  redeliveries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export interface FieldSetScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['FieldSet'], any> {
  name: 'FieldSet';
}

export type FileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['File'] = ResolversParentTypes['File']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  byteSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  vendorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FileContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FileContent'] = ResolversParentTypes['FileContent']> = {
  byteSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FriendResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Friend'] = ResolversParentTypes['Friend']> = {
  attributes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Attribute']>>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  remark?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FriendAddedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FriendAddedEvent'] = ResolversParentTypes['FriendAddedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  friend?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FriendConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FriendConnection'] = ResolversParentTypes['FriendConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FriendEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Friend']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type FriendEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FriendEdge'] = ResolversParentTypes['FriendEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Friend'], ParentType, ContextType>;
};

export type FriendRemovedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FriendRemovedEvent'] = ResolversParentTypes['FriendRemovedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  friend?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FriendRequestDeclinedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FriendRequestDeclinedEvent'] = ResolversParentTypes['FriendRequestDeclinedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  friend?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FriendRequestedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FriendRequestedEvent'] = ResolversParentTypes['FriendRequestedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  friend?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GapEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GapEvent'] = ResolversParentTypes['GapEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['GapCause'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group']> = {
  announcement?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  attributes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Attribute']>>, ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  blocklist?: Resolver<Maybe<ResolversTypes['Blocklist']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isSuspended?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType, RequireFields<GroupMemberArgs, 'userId'>>;
  memberCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['MemberConnection']>, ParentType, ContextType, RequireFields<GroupMembersArgs, 'first'>>;
  messages?: Resolver<Maybe<ResolversTypes['MessageConnection']>, ParentType, ContextType, RequireFields<GroupMessagesArgs, 'first'>>;
  mute?: Resolver<Maybe<ResolversTypes['SpaceMute']>, ParentType, ContextType>;
  mutedMembers?: Resolver<Maybe<ResolversTypes['MuteConnection']>, ParentType, ContextType, RequireFields<GroupMutedMembersArgs, 'first'>>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  settings?: Resolver<Maybe<ResolversTypes['GroupSettings']>, ParentType, ContextType>;
  vendorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GroupConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupConnection'] = ResolversParentTypes['GroupConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['GroupEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Group']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type GroupEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupEdge'] = ResolversParentTypes['GroupEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
};

export type GroupSettingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupSettings'] = ResolversParentTypes['GroupSettings']> = {
  asksInvitees?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  invitePolicy?: Resolver<Maybe<ResolversTypes['InvitePolicy']>, ParentType, ContextType>;
  isPublic?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  joinPolicy?: Resolver<Maybe<ResolversTypes['JoinPolicy']>, ParentType, ContextType>;
  maxMembers?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type HandledCallbackResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HandledCallback'] = ResolversParentTypes['HandledCallback']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  callback?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['ErrorCode']>, ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['MessageDecision']>, ParentType, ContextType>;
  eventCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lagMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  latencyMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['CallbackOutcome'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['CallbackRefusal']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ImageContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageContent'] = ResolversParentTypes['ImageContent']> = {
  byteSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  thumbnailUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImportMessagesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportMessagesPayload'] = ResolversParentTypes['ImportMessagesPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvitationDeclinedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationDeclinedEvent'] = ResolversParentTypes['InvitationDeclinedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IssueServiceCredentialPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IssueServiceCredentialPayload'] = ResolversParentTypes['IssueServiceCredentialPayload']> = {
  credential?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type IssueUserTokenPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IssueUserTokenPayload'] = ResolversParentTypes['IssueUserTokenPayload']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type ItemErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ItemError'] = ResolversParentTypes['ItemError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  vendorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ItemResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ItemResult'] = ResolversParentTypes['ItemResult']> = {
  error?: Resolver<Maybe<ResolversTypes['ItemError']>, ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  target?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type JobResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failures?: Resolver<Maybe<ResolversTypes['JobFailureConnection']>, ParentType, ContextType, RequireFields<JobFailuresArgs, 'first'>>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['JobKind'], ParentType, ContextType>;
  pauseCause?: Resolver<Maybe<ResolversTypes['ItemError']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JobConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobConnection'] = ResolversParentTypes['JobConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['JobEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Job']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type JobEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobEdge'] = ResolversParentTypes['JobEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type JobFailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobFailure'] = ResolversParentTypes['JobFailure']> = {
  error?: Resolver<ResolversTypes['ItemError'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  target?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type JobFailureConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobFailureConnection'] = ResolversParentTypes['JobFailureConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['JobFailureEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['JobFailure']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type JobFailureEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobFailureEdge'] = ResolversParentTypes['JobFailureEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['JobFailure'], ParentType, ContextType>;
};

export type JoinRequestedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JoinRequestedEvent'] = ResolversParentTypes['JoinRequestedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JoinSpacePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JoinSpacePayload'] = ResolversParentTypes['JoinSpacePayload']> = {
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
};

export type LeaveSpacePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LeaveSpacePayload'] = ResolversParentTypes['LeaveSpacePayload']> = {
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
};

export type LinkContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LinkContent'] = ResolversParentTypes['LinkContent']> = {
  imageUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LocationContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LocationContent'] = ResolversParentTypes['LocationContent']> = {
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  thumbnailUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface LongScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Long'], any> {
  name: 'Long';
}

export type MarkConversationsReadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MarkConversationsReadPayload'] = ResolversParentTypes['MarkConversationsReadPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Member'] = ResolversParentTypes['Member']> = {
  customRole?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  joinedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  nickname?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['MemberRole']>, ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberAttributesChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberAttributesChangedEvent'] = ResolversParentTypes['MemberAttributesChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  set?: Resolver<ReadonlyArray<ResolversTypes['Attribute']>, ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberConnection'] = ResolversParentTypes['MemberConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MemberEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Member']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MemberEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberEdge'] = ResolversParentTypes['MemberEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Member'], ParentType, ContextType>;
};

export type MemberMutesChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberMutesChangedEvent'] = ResolversParentTypes['MemberMutesChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isMuted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberRolesChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberRolesChangedEvent'] = ResolversParentTypes['MemberRolesChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['MemberRole'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MembersInvitedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MembersInvitedEvent'] = ResolversParentTypes['MembersInvitedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MembersJoinedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MembersJoinedEvent'] = ResolversParentTypes['MembersJoinedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['JoinCause'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  memberCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MembersLeftEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MembersLeftEvent'] = ResolversParentTypes['MembersLeftEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['LeaveCause'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  memberCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MentionsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mentions'] = ResolversParentTypes['Mentions']> = {
  everyone?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
};

export type MergedContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MergedContent'] = ResolversParentTypes['MergedContent']> = {
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Message'] = ResolversParentTypes['Message']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  content?: Resolver<Maybe<ResolversTypes['MessageContent']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['MessageKind'], ParentType, ContextType>;
  mentions?: Resolver<Maybe<ResolversTypes['Mentions']>, ParentType, ContextType>;
  metadata?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  recalledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sender?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sequence?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Peer']>, ParentType, ContextType>;
  vendorId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageConnection'] = ResolversParentTypes['MessageConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MessageEdge']>, ParentType, ContextType>;
  knownSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Message']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MessageContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageContent'] = ResolversParentTypes['MessageContent']> = {
  __resolveType: TypeResolveFn<'AudioContent' | 'CommandContent' | 'CompositeContent' | 'CustomContent' | 'FileContent' | 'ImageContent' | 'LinkContent' | 'LocationContent' | 'MergedContent' | 'NoticeContent' | 'RecalledContent' | 'ReplyContent' | 'StreamContent' | 'TextContent' | 'UnknownContent' | 'VideoContent', ParentType, ContextType>;
};

export type MessageDecidedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageDecidedEvent'] = ResolversParentTypes['MessageDecidedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['MessageDecision'], ParentType, ContextType>;
  failedRule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['DecisionFailure']>, ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['DecisionFinding']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isEdit?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isFlagged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isLate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  latencyMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  matchedKeywords?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  replacement?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['EventSource'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageEdge'] = ResolversParentTypes['MessageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
};

export type MessageEditedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageEditedEvent'] = ResolversParentTypes['MessageEditedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  editCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageEvent'] = ResolversParentTypes['MessageEvent']> = {
  __resolveType: TypeResolveFn<'BotMessageReceivedEvent' | 'MessageDecidedEvent' | 'MessageEditedEvent' | 'MessageModeratedEvent' | 'MessageReadEvent' | 'MessageRecalledEvent' | 'MessageSendFailedEvent' | 'MessageSentEvent' | 'ReactionsChangedEvent' | 'ReceiverOfflineEvent', ParentType, ContextType>;
};

export type MessageModeratedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageModeratedEvent'] = ResolversParentTypes['MessageModeratedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['ContentDecision'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  labels?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  matchedKeywords?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  provider?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageReadEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageReadEvent'] = ResolversParentTypes['MessageReadEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reader?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageRecalledEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageRecalledEvent'] = ResolversParentTypes['MessageRecalledEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isByAdmin?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  isWithoutTrace?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageSendFailedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageSendFailedEvent'] = ResolversParentTypes['MessageSendFailedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageSentEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageSentEvent'] = ResolversParentTypes['MessageSentEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['EventSource'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessagesDeletedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessagesDeletedEvent'] = ResolversParentTypes['MessagesDeletedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  messages?: Resolver<ReadonlyArray<ResolversTypes['Message']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  peer?: Resolver<Maybe<ResolversTypes['Peer']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ModeratedSpaceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModeratedSpace'] = ResolversParentTypes['ModeratedSpace']> = {
  __resolveType: TypeResolveFn<'Chatroom' | 'Group', ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acceptCall?: Resolver<Maybe<ResolversTypes['AcceptCallPayload']>, ParentType, ContextType, RequireFields<MutationAcceptCallArgs, 'input'>>;
  acknowledgeMessages?: Resolver<Maybe<ResolversTypes['AcknowledgeMessagesPayload']>, ParentType, ContextType, RequireFields<MutationAcknowledgeMessagesArgs, 'input'>>;
  addFriends?: Resolver<Maybe<ResolversTypes['AddFriendsPayload']>, ParentType, ContextType, RequireFields<MutationAddFriendsArgs, 'input'>>;
  addMembers?: Resolver<Maybe<ResolversTypes['AddMembersPayload']>, ParentType, ContextType, RequireFields<MutationAddMembersArgs, 'input'>>;
  blockUsers?: Resolver<Maybe<ResolversTypes['BlockUsersPayload']>, ParentType, ContextType, RequireFields<MutationBlockUsersArgs, 'input'>>;
  broadcastMessage?: Resolver<Maybe<ResolversTypes['BroadcastMessagePayload']>, ParentType, ContextType, RequireFields<MutationBroadcastMessageArgs, 'input'>>;
  cancelJob?: Resolver<Maybe<ResolversTypes['CancelJobPayload']>, ParentType, ContextType, RequireFields<MutationCancelJobArgs, 'input'>>;
  clearHistory?: Resolver<Maybe<ResolversTypes['ClearHistoryPayload']>, ParentType, ContextType, RequireFields<MutationClearHistoryArgs, 'input'>>;
  createBackup?: Resolver<Maybe<ResolversTypes['CreateBackupPayload']>, ParentType, ContextType, RequireFields<MutationCreateBackupArgs, 'input'>>;
  createChatroom?: Resolver<Maybe<ResolversTypes['CreateChatroomPayload']>, ParentType, ContextType, RequireFields<MutationCreateChatroomArgs, 'input'>>;
  createGroup?: Resolver<Maybe<ResolversTypes['CreateGroupPayload']>, ParentType, ContextType, RequireFields<MutationCreateGroupArgs, 'input'>>;
  deleteAttributes?: Resolver<Maybe<ResolversTypes['DeleteAttributesPayload']>, ParentType, ContextType, RequireFields<MutationDeleteAttributesArgs, 'input'>>;
  deleteConversations?: Resolver<Maybe<ResolversTypes['DeleteConversationsPayload']>, ParentType, ContextType, RequireFields<MutationDeleteConversationsArgs, 'input'>>;
  deleteSpace?: Resolver<Maybe<ResolversTypes['DeleteSpacePayload']>, ParentType, ContextType, RequireFields<MutationDeleteSpaceArgs, 'input'>>;
  editMessage?: Resolver<Maybe<ResolversTypes['EditMessagePayload']>, ParentType, ContextType, RequireFields<MutationEditMessageArgs, 'input'>>;
  importMessages?: Resolver<Maybe<ResolversTypes['ImportMessagesPayload']>, ParentType, ContextType, RequireFields<MutationImportMessagesArgs, 'input'>>;
  issueServiceCredential?: Resolver<Maybe<ResolversTypes['IssueServiceCredentialPayload']>, ParentType, ContextType, RequireFields<MutationIssueServiceCredentialArgs, 'input'>>;
  issueUserToken?: Resolver<Maybe<ResolversTypes['IssueUserTokenPayload']>, ParentType, ContextType, RequireFields<MutationIssueUserTokenArgs, 'input'>>;
  joinSpace?: Resolver<Maybe<ResolversTypes['JoinSpacePayload']>, ParentType, ContextType, RequireFields<MutationJoinSpaceArgs, 'input'>>;
  leaveSpace?: Resolver<Maybe<ResolversTypes['LeaveSpacePayload']>, ParentType, ContextType, RequireFields<MutationLeaveSpaceArgs, 'input'>>;
  markConversationsRead?: Resolver<Maybe<ResolversTypes['MarkConversationsReadPayload']>, ParentType, ContextType, RequireFields<MutationMarkConversationsReadArgs, 'input'>>;
  muteMembers?: Resolver<Maybe<ResolversTypes['MuteMembersPayload']>, ParentType, ContextType, RequireFields<MutationMuteMembersArgs, 'input'>>;
  muteSpace?: Resolver<Maybe<ResolversTypes['MuteSpacePayload']>, ParentType, ContextType, RequireFields<MutationMuteSpaceArgs, 'input'>>;
  recallMessages?: Resolver<Maybe<ResolversTypes['RecallMessagesPayload']>, ParentType, ContextType, RequireFields<MutationRecallMessagesArgs, 'input'>>;
  redeliverCallbacks?: Resolver<Maybe<ResolversTypes['RedeliverCallbacksPayload']>, ParentType, ContextType, RequireFields<MutationRedeliverCallbacksArgs, 'input'>>;
  registerBots?: Resolver<Maybe<ResolversTypes['RegisterBotsPayload']>, ParentType, ContextType, RequireFields<MutationRegisterBotsArgs, 'input'>>;
  registerUsers?: Resolver<Maybe<ResolversTypes['RegisterUsersPayload']>, ParentType, ContextType, RequireFields<MutationRegisterUsersArgs, 'input'>>;
  rejectCall?: Resolver<Maybe<ResolversTypes['RejectCallPayload']>, ParentType, ContextType, RequireFields<MutationRejectCallArgs, 'input'>>;
  removeAllFriends?: Resolver<Maybe<ResolversTypes['RemoveAllFriendsPayload']>, ParentType, ContextType, RequireFields<MutationRemoveAllFriendsArgs, 'input'>>;
  removeFriends?: Resolver<Maybe<ResolversTypes['RemoveFriendsPayload']>, ParentType, ContextType, RequireFields<MutationRemoveFriendsArgs, 'input'>>;
  removeMembers?: Resolver<Maybe<ResolversTypes['RemoveMembersPayload']>, ParentType, ContextType, RequireFields<MutationRemoveMembersArgs, 'input'>>;
  replayCallback?: Resolver<Maybe<ResolversTypes['ReplayCallbackPayload']>, ParentType, ContextType, RequireFields<MutationReplayCallbackArgs, 'input'>>;
  requestFriends?: Resolver<Maybe<ResolversTypes['RequestFriendsPayload']>, ParentType, ContextType, RequireFields<MutationRequestFriendsArgs, 'input'>>;
  sendMessage?: Resolver<Maybe<ResolversTypes['SendMessagePayload']>, ParentType, ContextType, RequireFields<MutationSendMessageArgs, 'input'>>;
  setAttributes?: Resolver<Maybe<ResolversTypes['SetAttributesPayload']>, ParentType, ContextType, RequireFields<MutationSetAttributesArgs, 'input'>>;
  setMemberRole?: Resolver<Maybe<ResolversTypes['SetMemberRolePayload']>, ParentType, ContextType, RequireFields<MutationSetMemberRoleArgs, 'input'>>;
  startCall?: Resolver<Maybe<ResolversTypes['StartCallPayload']>, ParentType, ContextType, RequireFields<MutationStartCallArgs, 'input'>>;
  startMessageImport?: Resolver<Maybe<ResolversTypes['StartMessageImportPayload']>, ParentType, ContextType, RequireFields<MutationStartMessageImportArgs, 'input'>>;
  startUserRegistration?: Resolver<Maybe<ResolversTypes['StartUserRegistrationPayload']>, ParentType, ContextType, RequireFields<MutationStartUserRegistrationArgs, 'input'>>;
  transferOwnership?: Resolver<Maybe<ResolversTypes['TransferOwnershipPayload']>, ParentType, ContextType, RequireFields<MutationTransferOwnershipArgs, 'input'>>;
  unblockUsers?: Resolver<Maybe<ResolversTypes['UnblockUsersPayload']>, ParentType, ContextType, RequireFields<MutationUnblockUsersArgs, 'input'>>;
  unmuteMembers?: Resolver<Maybe<ResolversTypes['UnmuteMembersPayload']>, ParentType, ContextType, RequireFields<MutationUnmuteMembersArgs, 'input'>>;
  unmuteSpace?: Resolver<Maybe<ResolversTypes['UnmuteSpacePayload']>, ParentType, ContextType, RequireFields<MutationUnmuteSpaceArgs, 'input'>>;
  updateBot?: Resolver<Maybe<ResolversTypes['UpdateBotPayload']>, ParentType, ContextType, RequireFields<MutationUpdateBotArgs, 'input'>>;
  updateConversations?: Resolver<Maybe<ResolversTypes['UpdateConversationsPayload']>, ParentType, ContextType, RequireFields<MutationUpdateConversationsArgs, 'input'>>;
  updateFriends?: Resolver<Maybe<ResolversTypes['UpdateFriendsPayload']>, ParentType, ContextType, RequireFields<MutationUpdateFriendsArgs, 'input'>>;
  updateGroup?: Resolver<Maybe<ResolversTypes['UpdateGroupPayload']>, ParentType, ContextType, RequireFields<MutationUpdateGroupArgs, 'input'>>;
  updateMembers?: Resolver<Maybe<ResolversTypes['UpdateMembersPayload']>, ParentType, ContextType, RequireFields<MutationUpdateMembersArgs, 'input'>>;
  updateUsers?: Resolver<Maybe<ResolversTypes['UpdateUsersPayload']>, ParentType, ContextType, RequireFields<MutationUpdateUsersArgs, 'input'>>;
  verifyApp?: Resolver<Maybe<ResolversTypes['VerifyAppPayload']>, ParentType, ContextType, RequireFields<MutationVerifyAppArgs, 'input'>>;
};

export type MuteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mute'] = ResolversParentTypes['Mute']> = {
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ConversationKind'], ParentType, ContextType>;
  space?: Resolver<Maybe<ResolversTypes['Space']>, ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type MuteConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MuteConnection'] = ResolversParentTypes['MuteConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MuteEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Mute']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MuteEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MuteEdge'] = ResolversParentTypes['MuteEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Mute'], ParentType, ContextType>;
};

export type MuteMembersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MuteMembersPayload'] = ResolversParentTypes['MuteMembersPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  space?: Resolver<ResolversTypes['ModeratedSpace'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MuteSpacePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MuteSpacePayload'] = ResolversParentTypes['MuteSpacePayload']> = {
  space?: Resolver<ResolversTypes['ModeratedSpace'], ParentType, ContextType>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'App' | 'Blocklist' | 'Bot' | 'Broadcast' | 'Call' | 'Chatroom' | 'Community' | 'Conversation' | 'File' | 'Friend' | 'Group' | 'Job' | 'Member' | 'Message' | 'Thread' | 'User', ParentType, ContextType>;
};

export type NoticeContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoticeContent'] = ResolversParentTypes['NoticeContent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  data?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PeerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Peer'] = ResolversParentTypes['Peer']> = {
  __resolveType: TypeResolveFn<'Chatroom' | 'Group' | 'User', ParentType, ContextType>;
};

export type PresenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Presence'] = ResolversParentTypes['Presence']> = {
  devices?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DevicePresence']>>, ParentType, ContextType>;
  isOnline?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PresenceChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PresenceChangedEvent'] = ResolversParentTypes['PresenceChangedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['PresenceCause'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isOnline?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sessionId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProfileModeratedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProfileModeratedEvent'] = ResolversParentTypes['ProfileModeratedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['ContentDecision'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['Node'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PushFinishedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PushFinishedEvent'] = ResolversParentTypes['PushFinishedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isSent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  app?: Resolver<Maybe<ResolversTypes['App']>, ParentType, ContextType, RequireFields<QueryAppArgs, 'id'>>;
  apps?: Resolver<Maybe<ReadonlyArray<ResolversTypes['App']>>, ParentType, ContextType>;
  chatroom?: Resolver<Maybe<ResolversTypes['Chatroom']>, ParentType, ContextType, RequireFields<QueryChatroomArgs, 'id'>>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType, RequireFields<QueryConversationArgs, 'id'>>;
  events?: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, RequireFields<QueryEventsArgs, 'first' | 'order'>>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType, RequireFields<QueryGroupArgs, 'id'>>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType, RequireFields<QueryJobArgs, 'id'>>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType, RequireFields<QueryMessageArgs, 'id'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Node']>>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  rawEvent?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<QueryRawEventArgs, 'id'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
};

export type RateLimitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateLimit'] = ResolversParentTypes['RateLimit']> = {
  estimatedWaitMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refusals?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  viewerShare?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  windows?: Resolver<ReadonlyArray<ResolversTypes['RateLimitWindow']>, ParentType, ContextType>;
};

export type RateLimitWindowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateLimitWindow'] = ResolversParentTypes['RateLimitWindow']> = {
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReactionsChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReactionsChangedEvent'] = ResolversParentTypes['ReactionsChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  emoji?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isAdded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RecallMessagesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecallMessagesPayload'] = ResolversParentTypes['RecallMessagesPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RecalledContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecalledContent'] = ResolversParentTypes['RecalledContent']> = {
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recalledBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReceiverOfflineEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceiverOfflineEvent'] = ResolversParentTypes['ReceiverOfflineEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receiver?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RedeliverCallbacksPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RedeliverCallbacksPayload'] = ResolversParentTypes['RedeliverCallbacksPayload']> = {
  isAccepted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RegisterBotsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterBotsPayload'] = ResolversParentTypes['RegisterBotsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RegisterUsersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterUsersPayload'] = ResolversParentTypes['RegisterUsersPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RejectCallPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RejectCallPayload'] = ResolversParentTypes['RejectCallPayload']> = {
  call?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
};

export type RelationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Relation'] = ResolversParentTypes['Relation']> = {
  friendship?: Resolver<Maybe<ResolversTypes['Friendship']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  isBlocking?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type RemoveAllFriendsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemoveAllFriendsPayload'] = ResolversParentTypes['RemoveAllFriendsPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type RemoveFriendsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemoveFriendsPayload'] = ResolversParentTypes['RemoveFriendsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RemoveMembersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemoveMembersPayload'] = ResolversParentTypes['RemoveMembersPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReplayCallbackPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplayCallbackPayload'] = ResolversParentTypes['ReplayCallbackPayload']> = {
  events?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
};

export type ReplyContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplyContent'] = ResolversParentTypes['ReplyContent']> = {
  quoted?: Resolver<Maybe<ResolversTypes['MessageContent']>, ParentType, ContextType>;
  quotedSender?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RequestFriendsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequestFriendsPayload'] = ResolversParentTypes['RequestFriendsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface ScopeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Scope'], any> {
  name: 'Scope';
}

export type SendMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SendMessagePayload'] = ResolversParentTypes['SendMessagePayload']> = {
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SetAttributesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetAttributesPayload'] = ResolversParentTypes['SetAttributesPayload']> = {
  owner?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SetMemberRolePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetMemberRolePayload'] = ResolversParentTypes['SetMemberRolePayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SharedFilesChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SharedFilesChangedEvent'] = ResolversParentTypes['SharedFilesChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  files?: Resolver<ReadonlyArray<ResolversTypes['File']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isAdded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Space'] = ResolversParentTypes['Space']> = {
  __resolveType: TypeResolveFn<'Chatroom' | 'Community' | 'Group' | 'Thread', ParentType, ContextType>;
};

export type SpaceAllowlistChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceAllowlistChangedEvent'] = ResolversParentTypes['SpaceAllowlistChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isAdded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceAnnouncementChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceAnnouncementChangedEvent'] = ResolversParentTypes['SpaceAnnouncementChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  announcement?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceAttributesChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceAttributesChangedEvent'] = ResolversParentTypes['SpaceAttributesChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deleted?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isCleared?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  set?: Resolver<ReadonlyArray<ResolversTypes['Attribute']>, ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceBlocklistChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceBlocklistChangedEvent'] = ResolversParentTypes['SpaceBlocklistChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isAdded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceConnection'] = ResolversParentTypes['SpaceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SpaceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Space']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SpaceCreatedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceCreatedEvent'] = ResolversParentTypes['SpaceCreatedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  members?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceDeletedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceDeletedEvent'] = ResolversParentTypes['SpaceDeletedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  members?: Resolver<Maybe<ReadonlyArray<ResolversTypes['User']>>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceEdge'] = ResolversParentTypes['SpaceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
};

export type SpaceEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceEvent'] = ResolversParentTypes['SpaceEvent']> = {
  __resolveType: TypeResolveFn<'InvitationDeclinedEvent' | 'JoinRequestedEvent' | 'MemberAttributesChangedEvent' | 'MemberMutesChangedEvent' | 'MemberRolesChangedEvent' | 'MembersInvitedEvent' | 'MembersJoinedEvent' | 'MembersLeftEvent' | 'SharedFilesChangedEvent' | 'SpaceAllowlistChangedEvent' | 'SpaceAnnouncementChangedEvent' | 'SpaceAttributesChangedEvent' | 'SpaceBlocklistChangedEvent' | 'SpaceCreatedEvent' | 'SpaceDeletedEvent' | 'SpaceIgnoreChangedEvent' | 'SpaceMuteChangedEvent' | 'SpaceOwnerChangedEvent' | 'SpaceSuspensionChangedEvent' | 'SpaceUpdatedEvent' | 'ThreadUpdatedEvent', ParentType, ContextType>;
};

export type SpaceIgnoreChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceIgnoreChangedEvent'] = ResolversParentTypes['SpaceIgnoreChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isIgnored?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceMuteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceMute'] = ResolversParentTypes['SpaceMute']> = {
  everyone?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['MemberRole']>, ParentType, ContextType>;
};

export type SpaceMuteChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceMuteChangedEvent'] = ResolversParentTypes['SpaceMuteChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isMuted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceOwnerChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceOwnerChangedEvent'] = ResolversParentTypes['SpaceOwnerChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  newOwner?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  oldOwner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceSuspensionChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceSuspensionChangedEvent'] = ResolversParentTypes['SpaceSuspensionChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isSuspended?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceUpdatedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpaceUpdatedEvent'] = ResolversParentTypes['SpaceUpdatedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StartCallPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartCallPayload'] = ResolversParentTypes['StartCallPayload']> = {
  call?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StartMessageImportPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartMessageImportPayload'] = ResolversParentTypes['StartMessageImportPayload']> = {
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type StartUserRegistrationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartUserRegistrationPayload'] = ResolversParentTypes['StartUserRegistrationPayload']> = {
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type StreamContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StreamContent'] = ResolversParentTypes['StreamContent']> = {
  format?: Resolver<ResolversTypes['TextFormat'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  callEvents?: SubscriptionResolver<Maybe<ResolversTypes['Event']>, "callEvents", ParentType, ContextType, Partial<SubscriptionCallEventsArgs>>;
  callbacks?: SubscriptionResolver<Maybe<ResolversTypes['HandledCallback']>, "callbacks", ParentType, ContextType, Partial<SubscriptionCallbacksArgs>>;
  conversationEvents?: SubscriptionResolver<Maybe<ResolversTypes['Event']>, "conversationEvents", ParentType, ContextType, RequireFields<SubscriptionConversationEventsArgs, 'conversationId'>>;
  events?: SubscriptionResolver<Maybe<ResolversTypes['Event']>, "events", ParentType, ContextType, Partial<SubscriptionEventsArgs>>;
  jobProgress?: SubscriptionResolver<ResolversTypes['Job'], "jobProgress", ParentType, ContextType, RequireFields<SubscriptionJobProgressArgs, 'jobId'>>;
  presenceEvents?: SubscriptionResolver<Maybe<ResolversTypes['Event']>, "presenceEvents", ParentType, ContextType, RequireFields<SubscriptionPresenceEventsArgs, 'userIds'>>;
  spaceEvents?: SubscriptionResolver<Maybe<ResolversTypes['Event']>, "spaceEvents", ParentType, ContextType, RequireFields<SubscriptionSpaceEventsArgs, 'spaceId'>>;
  viewerEvents?: SubscriptionResolver<Maybe<ResolversTypes['Event']>, "viewerEvents", ParentType, ContextType, Partial<SubscriptionViewerEventsArgs>>;
};

export type SuperAdminsChangedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SuperAdminsChangedEvent'] = ResolversParentTypes['SuperAdminsChangedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isAdded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  users?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TextContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TextContent'] = ResolversParentTypes['TextContent']> = {
  isBarrage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ThreadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Thread'] = ResolversParentTypes['Thread']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType, RequireFields<ThreadMemberArgs, 'userId'>>;
  memberCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['MemberConnection']>, ParentType, ContextType, RequireFields<ThreadMembersArgs, 'first'>>;
  messages?: Resolver<Maybe<ResolversTypes['MessageConnection']>, ParentType, ContextType, RequireFields<ThreadMessagesArgs, 'first'>>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vendorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ThreadUpdatedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ThreadUpdatedEvent'] = ResolversParentTypes['ThreadUpdatedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastMessage?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  messageCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransferOwnershipPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TransferOwnershipPayload'] = ResolversParentTypes['TransferOwnershipPayload']> = {
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UnblockUsersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnblockUsersPayload'] = ResolversParentTypes['UnblockUsersPayload']> = {
  blocklist?: Resolver<Maybe<ResolversTypes['Blocklist']>, ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnknownContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnknownContent'] = ResolversParentTypes['UnknownContent']> = {
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnknownEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnknownEvent'] = ResolversParentTypes['UnknownEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnmuteMembersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnmuteMembersPayload'] = ResolversParentTypes['UnmuteMembersPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  space?: Resolver<ResolversTypes['ModeratedSpace'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnmuteSpacePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnmuteSpacePayload'] = ResolversParentTypes['UnmuteSpacePayload']> = {
  space?: Resolver<ResolversTypes['ModeratedSpace'], ParentType, ContextType>;
};

export type UpdateBotPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateBotPayload'] = ResolversParentTypes['UpdateBotPayload']> = {
  bot?: Resolver<ResolversTypes['Bot'], ParentType, ContextType>;
};

export type UpdateConversationsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateConversationsPayload'] = ResolversParentTypes['UpdateConversationsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateFriendsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateFriendsPayload'] = ResolversParentTypes['UpdateFriendsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateGroupPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateGroupPayload'] = ResolversParentTypes['UpdateGroupPayload']> = {
  group?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
};

export type UpdateMembersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateMembersPayload'] = ResolversParentTypes['UpdateMembersPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateUsersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateUsersPayload'] = ResolversParentTypes['UpdateUsersPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['ItemResult']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  attributes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Attribute']>>, ParentType, ContextType, Partial<UserAttributesArgs>>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  blocklist?: Resolver<Maybe<ResolversTypes['Blocklist']>, ParentType, ContextType>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType, RequireFields<UserConversationArgs, 'peerId'>>;
  conversationLabels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ConversationLabel']>>, ParentType, ContextType>;
  conversations?: Resolver<Maybe<ResolversTypes['ConversationConnection']>, ParentType, ContextType, RequireFields<UserConversationsArgs, 'first'>>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  friends?: Resolver<Maybe<ResolversTypes['FriendConnection']>, ParentType, ContextType, RequireFields<UserFriendsArgs, 'first'>>;
  groups?: Resolver<Maybe<ResolversTypes['GroupConnection']>, ParentType, ContextType, RequireFields<UserGroupsArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  presence?: Resolver<Maybe<ResolversTypes['Presence']>, ParentType, ContextType>;
  relations?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Relation']>>>, ParentType, ContextType, RequireFields<UserRelationsArgs, 'to'>>;
  vendorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  viewerRelation?: Resolver<Maybe<ResolversTypes['Relation']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserUpdatedEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserUpdatedEvent'] = ResolversParentTypes['UserUpdatedEvent']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EventType'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VerdictCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VerdictCount'] = ResolversParentTypes['VerdictCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['MessageDecision'], ParentType, ContextType>;
  late?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type VerifyAppPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VerifyAppPayload'] = ResolversParentTypes['VerifyAppPayload']> = {
  app?: Resolver<ResolversTypes['App'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  isAccepted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type VideoContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VideoContent'] = ResolversParentTypes['VideoContent']> = {
  byteSize?: Resolver<Maybe<ResolversTypes['Long']>, ParentType, ContextType>;
  durationSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  thumbnailUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  account?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, Partial<ViewerAccountArgs>>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  conversations?: Resolver<Maybe<ResolversTypes['ConversationConnection']>, ParentType, ContextType, RequireFields<ViewerConversationsArgs, 'first'>>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AcceptCallPayload?: AcceptCallPayloadResolvers<ContextType>;
  AccountOperationFinishedEvent?: AccountOperationFinishedEventResolvers<ContextType>;
  AcknowledgeMessagesPayload?: AcknowledgeMessagesPayloadResolvers<ContextType>;
  AddFriendsPayload?: AddFriendsPayloadResolvers<ContextType>;
  AddMembersPayload?: AddMembersPayloadResolvers<ContextType>;
  App?: AppResolvers<ContextType>;
  AppHealth?: AppHealthResolvers<ContextType>;
  Attribute?: AttributeResolvers<ContextType>;
  AudioContent?: AudioContentResolvers<ContextType>;
  Backup?: BackupResolvers<ContextType>;
  Block?: BlockResolvers<ContextType>;
  BlockConnection?: BlockConnectionResolvers<ContextType>;
  BlockEdge?: BlockEdgeResolvers<ContextType>;
  BlockUsersPayload?: BlockUsersPayloadResolvers<ContextType>;
  Blocklist?: BlocklistResolvers<ContextType>;
  BlocklistChangedEvent?: BlocklistChangedEventResolvers<ContextType>;
  BlocklistOwner?: BlocklistOwnerResolvers<ContextType>;
  Bot?: BotResolvers<ContextType>;
  BotMessageReceivedEvent?: BotMessageReceivedEventResolvers<ContextType>;
  Broadcast?: BroadcastResolvers<ContextType>;
  BroadcastMessagePayload?: BroadcastMessagePayloadResolvers<ContextType>;
  BulkPayload?: BulkPayloadResolvers<ContextType>;
  Call?: CallResolvers<ContextType>;
  CallAcceptedEvent?: CallAcceptedEventResolvers<ContextType>;
  CallCanceledEvent?: CallCanceledEventResolvers<ContextType>;
  CallEvent?: CallEventResolvers<ContextType>;
  CallExtendedEvent?: CallExtendedEventResolvers<ContextType>;
  CallParticipant?: CallParticipantResolvers<ContextType>;
  CallRejectedEvent?: CallRejectedEventResolvers<ContextType>;
  CallStartedEvent?: CallStartedEventResolvers<ContextType>;
  CallTimedOutEvent?: CallTimedOutEventResolvers<ContextType>;
  CallbackActivity?: CallbackActivityResolvers<ContextType>;
  CallbackRefusalCount?: CallbackRefusalCountResolvers<ContextType>;
  CancelJobPayload?: CancelJobPayloadResolvers<ContextType>;
  Capability?: CapabilityResolvers<ContextType>;
  Chatroom?: ChatroomResolvers<ContextType>;
  ChatroomConnection?: ChatroomConnectionResolvers<ContextType>;
  ChatroomEdge?: ChatroomEdgeResolvers<ContextType>;
  ChatroomExpiry?: ChatroomExpiryResolvers<ContextType>;
  ClearHistoryPayload?: ClearHistoryPayloadResolvers<ContextType>;
  CommandContent?: CommandContentResolvers<ContextType>;
  Community?: CommunityResolvers<ContextType>;
  CommunityConnection?: CommunityConnectionResolvers<ContextType>;
  CommunityEdge?: CommunityEdgeResolvers<ContextType>;
  CompositeContent?: CompositeContentResolvers<ContextType>;
  Conversation?: ConversationResolvers<ContextType>;
  ConversationConnection?: ConversationConnectionResolvers<ContextType>;
  ConversationEdge?: ConversationEdgeResolvers<ContextType>;
  ConversationLabel?: ConversationLabelResolvers<ContextType>;
  ConversationReadEvent?: ConversationReadEventResolvers<ContextType>;
  CreateBackupPayload?: CreateBackupPayloadResolvers<ContextType>;
  CreateChatroomPayload?: CreateChatroomPayloadResolvers<ContextType>;
  CreateGroupPayload?: CreateGroupPayloadResolvers<ContextType>;
  CustomContent?: CustomContentResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DecisionFinding?: DecisionFindingResolvers<ContextType>;
  DecisionPolicy?: DecisionPolicyResolvers<ContextType>;
  DecisionRule?: DecisionRuleResolvers<ContextType>;
  DecisionTrial?: DecisionTrialResolvers<ContextType>;
  DeleteAttributesPayload?: DeleteAttributesPayloadResolvers<ContextType>;
  DeleteConversationsPayload?: DeleteConversationsPayloadResolvers<ContextType>;
  DeleteSpacePayload?: DeleteSpacePayloadResolvers<ContextType>;
  DevicePresence?: DevicePresenceResolvers<ContextType>;
  EditMessagePayload?: EditMessagePayloadResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  FailedCallbacks?: FailedCallbacksResolvers<ContextType>;
  FieldSet?: GraphQLScalarType;
  File?: FileResolvers<ContextType>;
  FileContent?: FileContentResolvers<ContextType>;
  Friend?: FriendResolvers<ContextType>;
  FriendAddedEvent?: FriendAddedEventResolvers<ContextType>;
  FriendConnection?: FriendConnectionResolvers<ContextType>;
  FriendEdge?: FriendEdgeResolvers<ContextType>;
  FriendRemovedEvent?: FriendRemovedEventResolvers<ContextType>;
  FriendRequestDeclinedEvent?: FriendRequestDeclinedEventResolvers<ContextType>;
  FriendRequestedEvent?: FriendRequestedEventResolvers<ContextType>;
  GapEvent?: GapEventResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  GroupConnection?: GroupConnectionResolvers<ContextType>;
  GroupEdge?: GroupEdgeResolvers<ContextType>;
  GroupSettings?: GroupSettingsResolvers<ContextType>;
  HandledCallback?: HandledCallbackResolvers<ContextType>;
  ImageContent?: ImageContentResolvers<ContextType>;
  ImportMessagesPayload?: ImportMessagesPayloadResolvers<ContextType>;
  InvitationDeclinedEvent?: InvitationDeclinedEventResolvers<ContextType>;
  IssueServiceCredentialPayload?: IssueServiceCredentialPayloadResolvers<ContextType>;
  IssueUserTokenPayload?: IssueUserTokenPayloadResolvers<ContextType>;
  ItemError?: ItemErrorResolvers<ContextType>;
  ItemResult?: ItemResultResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Job?: JobResolvers<ContextType>;
  JobConnection?: JobConnectionResolvers<ContextType>;
  JobEdge?: JobEdgeResolvers<ContextType>;
  JobFailure?: JobFailureResolvers<ContextType>;
  JobFailureConnection?: JobFailureConnectionResolvers<ContextType>;
  JobFailureEdge?: JobFailureEdgeResolvers<ContextType>;
  JoinRequestedEvent?: JoinRequestedEventResolvers<ContextType>;
  JoinSpacePayload?: JoinSpacePayloadResolvers<ContextType>;
  LeaveSpacePayload?: LeaveSpacePayloadResolvers<ContextType>;
  LinkContent?: LinkContentResolvers<ContextType>;
  LocationContent?: LocationContentResolvers<ContextType>;
  Long?: GraphQLScalarType;
  MarkConversationsReadPayload?: MarkConversationsReadPayloadResolvers<ContextType>;
  Member?: MemberResolvers<ContextType>;
  MemberAttributesChangedEvent?: MemberAttributesChangedEventResolvers<ContextType>;
  MemberConnection?: MemberConnectionResolvers<ContextType>;
  MemberEdge?: MemberEdgeResolvers<ContextType>;
  MemberMutesChangedEvent?: MemberMutesChangedEventResolvers<ContextType>;
  MemberRolesChangedEvent?: MemberRolesChangedEventResolvers<ContextType>;
  MembersInvitedEvent?: MembersInvitedEventResolvers<ContextType>;
  MembersJoinedEvent?: MembersJoinedEventResolvers<ContextType>;
  MembersLeftEvent?: MembersLeftEventResolvers<ContextType>;
  Mentions?: MentionsResolvers<ContextType>;
  MergedContent?: MergedContentResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageContent?: MessageContentResolvers<ContextType>;
  MessageDecidedEvent?: MessageDecidedEventResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  MessageEditedEvent?: MessageEditedEventResolvers<ContextType>;
  MessageEvent?: MessageEventResolvers<ContextType>;
  MessageModeratedEvent?: MessageModeratedEventResolvers<ContextType>;
  MessageReadEvent?: MessageReadEventResolvers<ContextType>;
  MessageRecalledEvent?: MessageRecalledEventResolvers<ContextType>;
  MessageSendFailedEvent?: MessageSendFailedEventResolvers<ContextType>;
  MessageSentEvent?: MessageSentEventResolvers<ContextType>;
  MessagesDeletedEvent?: MessagesDeletedEventResolvers<ContextType>;
  ModeratedSpace?: ModeratedSpaceResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Mute?: MuteResolvers<ContextType>;
  MuteConnection?: MuteConnectionResolvers<ContextType>;
  MuteEdge?: MuteEdgeResolvers<ContextType>;
  MuteMembersPayload?: MuteMembersPayloadResolvers<ContextType>;
  MuteSpacePayload?: MuteSpacePayloadResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  NoticeContent?: NoticeContentResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Peer?: PeerResolvers<ContextType>;
  Presence?: PresenceResolvers<ContextType>;
  PresenceChangedEvent?: PresenceChangedEventResolvers<ContextType>;
  ProfileModeratedEvent?: ProfileModeratedEventResolvers<ContextType>;
  PushFinishedEvent?: PushFinishedEventResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateLimit?: RateLimitResolvers<ContextType>;
  RateLimitWindow?: RateLimitWindowResolvers<ContextType>;
  ReactionsChangedEvent?: ReactionsChangedEventResolvers<ContextType>;
  RecallMessagesPayload?: RecallMessagesPayloadResolvers<ContextType>;
  RecalledContent?: RecalledContentResolvers<ContextType>;
  ReceiverOfflineEvent?: ReceiverOfflineEventResolvers<ContextType>;
  RedeliverCallbacksPayload?: RedeliverCallbacksPayloadResolvers<ContextType>;
  RegisterBotsPayload?: RegisterBotsPayloadResolvers<ContextType>;
  RegisterUsersPayload?: RegisterUsersPayloadResolvers<ContextType>;
  RejectCallPayload?: RejectCallPayloadResolvers<ContextType>;
  Relation?: RelationResolvers<ContextType>;
  RemoveAllFriendsPayload?: RemoveAllFriendsPayloadResolvers<ContextType>;
  RemoveFriendsPayload?: RemoveFriendsPayloadResolvers<ContextType>;
  RemoveMembersPayload?: RemoveMembersPayloadResolvers<ContextType>;
  ReplayCallbackPayload?: ReplayCallbackPayloadResolvers<ContextType>;
  ReplyContent?: ReplyContentResolvers<ContextType>;
  RequestFriendsPayload?: RequestFriendsPayloadResolvers<ContextType>;
  Scope?: GraphQLScalarType;
  SendMessagePayload?: SendMessagePayloadResolvers<ContextType>;
  SetAttributesPayload?: SetAttributesPayloadResolvers<ContextType>;
  SetMemberRolePayload?: SetMemberRolePayloadResolvers<ContextType>;
  SharedFilesChangedEvent?: SharedFilesChangedEventResolvers<ContextType>;
  Space?: SpaceResolvers<ContextType>;
  SpaceAllowlistChangedEvent?: SpaceAllowlistChangedEventResolvers<ContextType>;
  SpaceAnnouncementChangedEvent?: SpaceAnnouncementChangedEventResolvers<ContextType>;
  SpaceAttributesChangedEvent?: SpaceAttributesChangedEventResolvers<ContextType>;
  SpaceBlocklistChangedEvent?: SpaceBlocklistChangedEventResolvers<ContextType>;
  SpaceConnection?: SpaceConnectionResolvers<ContextType>;
  SpaceCreatedEvent?: SpaceCreatedEventResolvers<ContextType>;
  SpaceDeletedEvent?: SpaceDeletedEventResolvers<ContextType>;
  SpaceEdge?: SpaceEdgeResolvers<ContextType>;
  SpaceEvent?: SpaceEventResolvers<ContextType>;
  SpaceIgnoreChangedEvent?: SpaceIgnoreChangedEventResolvers<ContextType>;
  SpaceMute?: SpaceMuteResolvers<ContextType>;
  SpaceMuteChangedEvent?: SpaceMuteChangedEventResolvers<ContextType>;
  SpaceOwnerChangedEvent?: SpaceOwnerChangedEventResolvers<ContextType>;
  SpaceSuspensionChangedEvent?: SpaceSuspensionChangedEventResolvers<ContextType>;
  SpaceUpdatedEvent?: SpaceUpdatedEventResolvers<ContextType>;
  StartCallPayload?: StartCallPayloadResolvers<ContextType>;
  StartMessageImportPayload?: StartMessageImportPayloadResolvers<ContextType>;
  StartUserRegistrationPayload?: StartUserRegistrationPayloadResolvers<ContextType>;
  StreamContent?: StreamContentResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SuperAdminsChangedEvent?: SuperAdminsChangedEventResolvers<ContextType>;
  TextContent?: TextContentResolvers<ContextType>;
  Thread?: ThreadResolvers<ContextType>;
  ThreadUpdatedEvent?: ThreadUpdatedEventResolvers<ContextType>;
  TransferOwnershipPayload?: TransferOwnershipPayloadResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UnblockUsersPayload?: UnblockUsersPayloadResolvers<ContextType>;
  UnknownContent?: UnknownContentResolvers<ContextType>;
  UnknownEvent?: UnknownEventResolvers<ContextType>;
  UnmuteMembersPayload?: UnmuteMembersPayloadResolvers<ContextType>;
  UnmuteSpacePayload?: UnmuteSpacePayloadResolvers<ContextType>;
  UpdateBotPayload?: UpdateBotPayloadResolvers<ContextType>;
  UpdateConversationsPayload?: UpdateConversationsPayloadResolvers<ContextType>;
  UpdateFriendsPayload?: UpdateFriendsPayloadResolvers<ContextType>;
  UpdateGroupPayload?: UpdateGroupPayloadResolvers<ContextType>;
  UpdateMembersPayload?: UpdateMembersPayloadResolvers<ContextType>;
  UpdateUsersPayload?: UpdateUsersPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserUpdatedEvent?: UserUpdatedEventResolvers<ContextType>;
  VerdictCount?: VerdictCountResolvers<ContextType>;
  VerifyAppPayload?: VerifyAppPayloadResolvers<ContextType>;
  VideoContent?: VideoContentResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  authenticated?: AuthenticatedDirectiveResolver<any, any, ContextType>;
  key?: KeyDirectiveResolver<any, any, ContextType>;
  participant?: ParticipantDirectiveResolver<any, any, ContextType>;
  requiresScopes?: RequiresScopesDirectiveResolver<any, any, ContextType>;
  self?: SelfDirectiveResolver<any, any, ContextType>;
  shareable?: ShareableDirectiveResolver<any, any, ContextType>;
};
