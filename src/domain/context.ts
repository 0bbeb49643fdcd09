import type { Outcome } from '../errors.ts';
import type { VendorName } from '../generated/names.ts';
import type { Batch } from './batch.ts';
import type { BlocklistOwner } from './blocklist.ts';
import type { Call, CallDone } from './call.ts';
import type { CallbackCount, HandledCallback, VerdictCount } from './callback.ts';
import type { ContentKind } from './content.ts';
import type { ConversationSettings } from './conversation.ts';
import type { OnFailure, ProposedMessage, Ruling, TrialVerdict } from './decision.ts';
import type { EventType, MessageDecision } from './event.ts';
import type { Group } from './group.ts';
import type { Job, JobFailure, JobKind, NewJob } from './job.ts';
import type { MembershipChange } from './membership.ts';
import type { Message, MessageFacts, MessageKey, NewMessage, SentMessage } from './message.ts';
import type { AnyNode, ConversationNode, EventNode, GroupNode, MemberNode, MessageNode, SpaceNode } from './node.ts';
import type { ChoiceInput, OperationName, Operations } from './operations.ts';
import type { Lister, Page, PageRequest } from './page.ts';
import type { MemberRole, SpaceKey } from './space.ts';
import type { Subject } from './subject.ts';
import type { UserTokenLimits } from './user.ts';
import type { Viewer } from './viewer.ts';

type BatchName = { [K in keyof Operations]: Operations[K] extends Batch<never, unknown> ? K : never }[keyof Operations];
type ListName = { [K in keyof Operations]: Operations[K] extends Lister<never, unknown> ? K : never }[keyof Operations];
type RunName = Exclude<keyof Operations, BatchName | ListName>;

export type { BatchName, ListName, RunName };
export type KeyOf<K extends BatchName> = Operations[K] extends Batch<infer Key, unknown> ? Key : never;
export type ValueOf<K extends BatchName> = Operations[K] extends Batch<never, infer Value> ? Value : never;
export type ListKeyOf<K extends ListName> = Operations[K] extends Lister<infer Key, unknown> ? Key : never;
export type ItemOf<K extends ListName> = Operations[K] extends Lister<never, infer Item> ? Item : never;
export type InputOf<K extends RunName> = Parameters<Operations[K]>[0];
export type ResultOf<K extends RunName> = Awaited<ReturnType<Operations[K]>>;

/** A change that runs once for a key. */
export interface OnceRun<T> {
  /** Another input under the same key is refused. */
  readonly input: unknown;
  run(): Promise<T>;
  /** Whether the answer is given again; one that is not leaves the key free, as if it had never been used. Left out: it is. */
  isKept?(answer: T): boolean;
}

/** A rate limit of the vendor, as this server keeps it. */
export interface RateLimit {
  readonly name: string;
  readonly unit: string;
  readonly scope: string;
  readonly source: string;
  readonly windows: readonly {
    readonly seconds: number;
    readonly limit: number;
    readonly used: number;
    readonly remaining: number;
  }[];
  readonly waiting: number;
  readonly estimatedWaitMs: number;
  readonly refusals: number;
  readonly share: number;
  readonly viewerShare: number;
}

export interface MembersWanted {
  /** Whether roles are to be told, which costs some vendors another call. */
  readonly withRoles: boolean;
  /** Only members in this role. */
  readonly role?: MemberRole | null | undefined;
}

export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page on its way to a Relay connection. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number | null;
  /** Of messages: from when on they are known, where no vendor's history is read. */
  readonly knownSince?: Date | null | undefined;
}

/** Reads one page of a list as a connection; `listId` names the list, so that a cursor of another one is `BAD_CURSOR`. */
export type ReadConnection = <T>(
  listId: string,
  page: PageArgs,
  read: (request: PageRequest) => Promise<Page<T>>,
) => Promise<Connection<T>>;

/** One app as a request sees it. Every method that asks the vendor throws `AppError` only, with app and vendor in it. */
export interface AppView {
  readonly name: string;
  readonly vendor: VendorName;
  /** Whether the vendor's user ids ignore case: they are lower case in the schema then. */
  readonly ignoresCase: boolean;
  readonly region: string | null;
  supports(coordinate: string): boolean;
  /** Throws `NOT_SUPPORTED` for a coordinate that the app does not support. */
  mustSupport(coordinate: string): void;
  capabilities(): readonly {
    readonly operation: string;
    readonly batchSize: number | null;
    readonly condition: string | null;
  }[];
  health(): { status: 'UP' | 'DEGRADED' | 'DOWN'; since: Date; errorRate: number; medianLatencyMs: number | null };
  rateLimits(): Promise<readonly RateLimit[]>;
  /** Reads one key; keys that wait at the same time share vendor calls. Throws `NOT_SUPPORTED` where the vendor cannot. */
  load<K extends BatchName>(operation: K, key: KeyOf<K>): Promise<ValueOf<K>>;
  /** As `load`, but null where the vendor has no such read. */
  loadIfAny<K extends BatchName>(operation: K, key: KeyOf<K>): Promise<ValueOf<K> | null>;
  /** Reads a page. `listId` names the list, so that a cursor of another one is `BAD_CURSOR`. */
  list<K extends ListName>(operation: K, key: ListKeyOf<K>, page: PageArgs): Promise<Connection<ItemOf<K>>>;
  /** As `list`, for lists that carry another name than their operation and key. */
  readList<K extends ListName>(
    listId: string,
    page: PageArgs,
    operation: K,
    key: ListKeyOf<K>,
  ): Promise<Connection<ItemOf<K>>>;
  /** One page as the vendor gives it, cursors not wrapped. */
  page<K extends ListName>(operation: K, key: ListKeyOf<K>, request: PageRequest): Promise<Page<ItemOf<K>>>;
  /**
   * Looks through a list for the first entry that fits; null when there is none. Its pages are read once in a request, each
   * only when what is looked for was not on those before.
   */
  find<K extends ListName>(
    operation: K,
    key: ListKeyOf<K>,
    fits: (item: ItemOf<K>) => boolean,
  ): Promise<ItemOf<K> | null>;
  /** Whether the adapter has the operation. */
  has(operation: OperationName): boolean;
  /** Throws `NOT_SUPPORTED` where the adapter lacks the operation: for what is given before it is read. */
  needs(operation: OperationName): void;
  /** The first pages of a user's groups, read once in a request. */
  userGroups(userId: string): Promise<{ readonly groups: ReadonlyMap<string, Group>; readonly isWhole: boolean }>;
  /** Changes something. Refuses before anything is sent where the vendor cannot. */
  run<K extends RunName>(operation: K, input: InputOf<K>): Promise<ResultOf<K>>;
  /** Throws what a change would be refused with before any call is made; changes nothing. */
  refuseEarly<K extends RunName>(operation: K, input: InputOf<K>): Promise<void>;
  /**
   * Sends as one of the app's users: users who block the sender do not get it. Vendors deliver what a server sends all the same,
   * unless they are told to look, or asked before.
   */
  sendForViewer(message: NewMessage): Promise<readonly Outcome<SentMessage>[]>;
  /** Refuses with `NOT_SUPPORTED` and `input` those given fields of an input that the vendor does not take. */
  takes(type: ChoiceInput, value: object | null | undefined, path: string): void;
  /** A field of a group, from what lists of this request told or from one read of the group. */
  groupField<F extends keyof Omit<Group, 'groupId'>>(node: GroupNode, field: F): Promise<Group[F] | null>;
  memberCount(space: SpaceNode): Promise<number | null>;
  /** The pages of members; what they tell (counts, profiles, roles) is remembered for the request. */
  members(space: SpaceNode, page: PageArgs, wanted: MembersWanted): Promise<Connection<MemberNode>>;
  member(space: SpaceNode, userId: string, withRoles: boolean): Promise<MemberNode | null>;
  /** Whether users are on a blocklist, by the vendor's check or its list. */
  isBlocked(owner: BlocklistOwner, userId: string): Promise<boolean>;
}

/** Conversations: what vendors list, moved on by what callbacks told. See `src/conversations`. */
export interface Conversations {
  /** The conversations of users in several apps as one list, as `User.conversations` of the schema says. */
  list(
    owners: readonly { readonly app: string; readonly ownerId: string }[],
    page: PageArgs,
    filter: ConversationFilter,
  ): Promise<Connection<ConversationNode>>;
  /** The conversation with what is known of it. */
  find(node: ConversationNode): ConversationNode;
  /** Its messages, the latest first: the vendor's history, or the log as far as it reaches. */
  messages(node: ConversationNode, page: PageArgs, filter: HistoryFilter): Promise<Connection<MessageNode>>;
  /** The messages of a space, likewise: those that are for `readerId`, or all of them where that is null. */
  spaceMessages(
    space: SpaceNode,
    page: PageArgs,
    filter: HistoryFilter,
    readerId: string | null,
  ): Promise<Connection<MessageNode>>;
  /** The newest message, from what was seen or from one read of the history. */
  lastMessage(node: ConversationNode): Promise<MessageNode | null>;
  /**
   * A message by its key: seen, or asked of the vendor. Null when neither knows it, and when `readerId` has emptied their history of it;
   * an operator reads with nobody's eyes.
   */
  message(app: string, key: MessageKey, readerId: string | null): Promise<MessageNode | null>;
  /**
   * The messages that keys claim to be of, as they really are: from what was seen, what was sent from here, or the vendor's history,
   * of which a bounded number of pages is read, one for all keys of a conversation. Null for a key that is no message's, or whose
   * message was sent by another user or to another place, or cannot be found.
   */
  resolve(app: string, claims: readonly MessageKey[]): Promise<readonly (MessageFacts | null)[]>;
  /** Sends, and takes note of whom the messages are for, ahead of the callback that tells of them. */
  sending(
    app: string,
    message: NewMessage,
    send: () => Promise<readonly Outcome<SentMessage>[]>,
  ): Promise<readonly Outcome<SentMessage>[]>;
  /** Takes note of a message that was sent from here: its sender may change it before a callback tells of it. */
  sent(app: string, message: MessageFacts): void;
  /** How many messages of others its owner has not read, as far as this server can know. */
  unreadCount(node: ConversationNode): number | null;
  /** Takes note that its owner has read up to a moment. */
  markRead(node: ConversationNode, at: Date): void;
  /** Takes note that it was pinned or unpinned. */
  pin(node: ConversationNode, isPinned: boolean): void;
  /** Takes note of what its owner set of it, or that the owner's history was emptied. */
  set(node: ConversationNode, change: Partial<ConversationSettings>): void;
  /** Takes note of what a message says now. */
  edited(app: string, message: Message): void;
  /** Takes note that a user has read messages. */
  acknowledged(app: string, userId: string, messages: readonly MessageKey[]): void;
  /** Takes note that its owner removed it from the list. */
  remove(node: ConversationNode): void;
  /** Takes note of a recall that worked: not every vendor tells it by a callback. */
  recalled(
    app: string,
    messages: readonly MessageKey[],
    by: { readonly actorId: string | null; readonly note: string | null; readonly at: Date },
  ): void;
}

export interface ConversationFilter {
  /** Only those with this label. */
  readonly label?: string | null | undefined;
}

export interface HistoryFilter {
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly senderId?: string | undefined;
  readonly kinds?: readonly ContentKind[] | undefined;
}

export interface EventWanted {
  readonly apps: readonly string[];
  readonly types?: readonly EventType[] | undefined;
  /** Only events with one of these subjects, by app; every event of the app when left out. */
  readonly subjects?: ReadonlyMap<string, readonly Subject[]> | undefined;
  /** Further subjects that must be met besides. */
  readonly also?: readonly (readonly string[])[] | undefined;
  /**
   * The viewer's own user, by app, in a stream of what the viewer may hear: when it comes into a group, `subjects` gets the group's, and
   * loses them when it leaves.
   */
  readonly follow?: ReadonlyMap<string, string> | undefined;
  /**
   * The viewer's own user, by app, in a stream that is not had by a scope: of messages that are for some of a conversation it gets those
   * that are for this user.
   */
  readonly reader?: ReadonlyMap<string, string> | undefined;
  /** The stream is had as a member of a space: it ends with `FORBIDDEN` right after the event that tells that the user has left. */
  readonly membership?: { readonly app: string; readonly space: SpaceKey; readonly userId: string } | undefined;
}

/** What of the past is wanted, by when it was received, and in which order. */
export interface PastPeriod {
  readonly since?: Date | undefined;
  /** Before this moment. */
  readonly until?: Date | undefined;
  /** The oldest first when left out. */
  readonly isNewestFirst?: boolean | undefined;
}

/** Who may see and do what. Every refusal is `FORBIDDEN`, for what is absent and for what is not the viewer's alike. */
export interface Access {
  readonly viewer: Viewer;
  has(scope: string): boolean;
  /** The viewer's own user in the app; `FORBIDDEN` when the token has none there. */
  accountIn(app: string): string;
  /** Refuses unless the app is one of the token's, or the token may read every app. */
  app(app: string): void;
  /**
   * Refuses unless the node belongs to the viewer, or the token has the scope. A conversation with a space belongs to its owner only
   * while the owner is in the space, about which the vendor may be asked.
   */
  self(node: AnyNode, orScope: string): Promise<void>;
  /**
   * Refuses unless every message is one that the viewer sent to where it says, or the token has the scope. The messages are resolved
   * (see `Conversations.resolve`): what a key says is a claim, and a message that cannot be resolved is refused.
   */
  sender(app: string, claims: readonly MessageKey[], orScope: string): Promise<void>;
  /** Refuses unless the viewer takes part in the node, or the token has the scope. May ask the vendor. */
  participant(node: AnyNode, orScope: string): Promise<void>;
  /** Lets the viewer see a space for the rest of the request: it has just made it, or proved its part in it. */
  grant(space: SpaceNode): void;
}

/** How an app answers its vendor's questions about messages. */
export interface DecisionPolicyView {
  readonly coversOperators: boolean;
  readonly isEnabled: boolean;
  readonly rules: readonly {
    readonly name: string;
    readonly kind: string;
    readonly onFailure: OnFailure;
    readonly isDryRun: boolean;
    /** Null for rules that ask no service. */
    readonly health: ReturnType<AppView['health']> | null;
  }[];
  readonly default: MessageDecision;
  readonly deadlineMs: number;
  /** What it would decide on a message. Nothing is counted for anybody's rate, and services are not asked. */
  trial(message: ProposedMessage): Promise<TrialVerdict>;
}

/** A copy of everything that this server keeps in files. */
export interface Backup {
  /** Of its folder. */
  readonly name: string;
  readonly createdAt: Date;
  readonly bytes: number;
}

/** What came in from the vendors since the server started. */
export interface ActivityView {
  counts(app: string): readonly CallbackCount[];
  verdicts(app: string): readonly VerdictCount[];
  onHandled(listener: (handled: HandledCallback) => void): () => void;
}

/** Mass work that goes on by itself. See `src/jobs`. */
export interface Jobs {
  /** Throws `BAD_USER_INPUT` for a key that was used for another input, and `LIMIT_REACHED` when too many are waiting. */
  start<K extends JobKind>(job: Omit<NewJob<K>, 'owner'>): Job;
  find(app: string, id: string): Job | undefined;
  /** Newest first. */
  list(app: string, page: PageArgs): Promise<Connection<Job>>;
  failures(job: Job, page: PageArgs): Promise<Connection<JobFailure>>;
  cancel(job: Job): Job;
  /** The job as it is, and whenever it moved on, until it is over. */
  progress(job: Job): AsyncIterable<Job>;
}

/** What every resolver gets. */
export interface Context {
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly viewer: Viewer | null;
  /** Throws `UNAUTHENTICATED` without a viewer. */
  readonly access: Access;
  /** Throws `FORBIDDEN` for an app that is not there or not the token's. */
  app(name: string): AppView;
  apps(): readonly AppView[];
  /** The one form of a node's id in which it is compared, kept and given; what is no id is given back as it is. */
  canonicalId(id: string): string;
  readonly conversations: Conversations;
  readonly jobs: Jobs;
  /** What the operator lets viewers do without a scope. */
  readonly viewers: { readonly addMembers: boolean };
  /** How long the vendors' tokens of users may last. */
  readonly userTokens: UserTokenLimits;
  /** Runs a send at most once for a key of the viewer's in 24 hours, as far as the bounds allow, and gives the first answer again. */
  once<T>(scope: string, key: string | null | undefined, options: OnceRun<T>): Promise<T>;
  subscribe(wanted: EventWanted, after: string | null | undefined): AsyncIterable<EventNode>;
  /**
   * Takes note that who is in a space was changed from here. What those have as members who left it, or whose space is gone, ends at once,
   * ahead of the callback that tells it. Where no callback does, the change becomes an event: fulfilled once that is logged.
   */
  noteMembership(app: string, change: MembershipChange): Promise<void>;
  /** The events that the log keeps of a period. */
  pastEvents(wanted: EventWanted, page: PageArgs, period: PastPeriod): Promise<Connection<EventNode>>;
  /** What the vendor sent for an event; null when it is not kept any more. Throws `BAD_USER_INPUT` for what is no event's id. */
  rawEvent(id: string): Promise<unknown>;
  /**
   * What the app's decision policy lets become of what is to be sent or edited. An operator's passes, unless the policy covers operators. A plan
   * is not decided on.
   */
  decide(app: string, proposed: ProposedMessage, isOperator: boolean): Promise<Ruling>;
  /** How an app answers its vendor's questions; null where the vendor asks none. */
  decisionPolicy(app: string): DecisionPolicyView | null;
  /** What came in from the vendors. */
  readonly activity: ActivityView;
  /** The callbacks of apps as they are handled, from now on. */
  handledCallbacks(apps: readonly string[]): AsyncIterable<HandledCallback>;
  /** Reads what came with an event once more; gives the events that are new. Throws `NOT_FOUND` when it is not kept any more. */
  replayCallback(eventId: string): Promise<readonly EventNode[]>;
  /** Copies what this server keeps in files. Throws `CONFLICT` where that cannot be done now, or is not configured. */
  createBackup(note: string | null): Promise<Backup>;
  /** A call as its events told; undefined when none did. */
  findCall(app: string, callId: string): Call | undefined;
  /** Takes note of what was done to a call, ahead of the callback that tells it. */
  noteCall(app: string, done: CallDone): void;
  readonly now: () => number;
  /** Counts work of the answer that waits for its turn as under way: keys go to vendors together with those that it will ask for. */
  underWay(work: Promise<void>): Promise<void>;
  /** What the answer's `extensions` say besides; null for nothing. */
  responseExtensions(): Record<string, unknown> | null;
}
