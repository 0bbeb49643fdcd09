import type { Context } from '../src/domain/context.ts';
import { isFlagged } from '../src/domain/decision.ts';
import type { EventPayloads } from '../src/domain/event.ts';
import type { StoredFile } from '../src/domain/file.ts';
import type { Message } from '../src/domain/message.ts';
import type { EventNode, GapPayload, MessageNode } from '../src/domain/node.ts';
import type { SpaceKey } from '../src/domain/space.ts';
import type { Resolvers } from '../src/generated/graphql.ts';
import { appNode, callNode, chatroomNode, fileNode, groupNode, peerNode, threadNode, userNode } from './nodes.ts';

/** What an event of a type says. An event's payload is that of its `__typename`, so no look at it is needed. */
type Said<T extends keyof EventPayloads> = EventPayloads[T];

/** A field of an event, made from what the event says and the app it happened in. */
const field =
  <P, R>(make: (said: P, app: string) => R) =>
  (node: EventNode): R =>
    make(node.payload as unknown as P, node.app);

/** A field that is what the event says under the same name. */
const same = <P, K extends keyof P>(name: K) => field<P, P[K]>((said) => said[name]);

const user = (app: string, userId: string | null) => (userId === null ? null : userNode(app, userId));
const users = (app: string, userIds: readonly string[]) => userIds.map((userId) => userNode(app, userId));
const messageNode = (app: string, message: Message): MessageNode => ({ __typename: 'Message', app, message });
const spaceNode = (app: string, { kind, id }: SpaceKey) =>
  kind === 'group' ? groupNode(app, id) : chatroomNode(app, id);

/** The user that an event names under `name`. */
const userOf = <N extends string>(name: N) =>
  field<{ readonly [K in N]: string }, ReturnType<typeof userNode>>((said, app) => userNode(app, said[name]));
const userOrNull = <N extends string>(name: N) =>
  field<{ readonly [K in N]: string | null }, ReturnType<typeof user>>((said, app) => user(app, said[name]));
const usersOf = <N extends string>(name: N) =>
  field<{ readonly [K in N]: readonly string[] }, ReturnType<typeof users>>((said, app) => users(app, said[name]));

const common = {
  app: (node: EventNode) => appNode(node.app),
  type: (node: EventNode) => node.payload.type,
};

const withMessage = {
  ...common,
  message: field((said: { readonly message: Message }, app) => messageNode(app, said.message)),
};

const withSpace = {
  ...common,
  space: field((said: { readonly space: SpaceKey }, app) => spaceNode(app, said.space)),
  actor: userOrNull('actorId'),
};

const withCall = {
  ...common,
  call: field((said: { readonly callId: string }, app) => callNode(app, said.callId)),
};

const pair = { ...common, user: userOf('userId'), friend: userOf('friendId') };

/** The types of event, each with the fields of its own. */
export const eventTypes = {
  Event: { __resolveType: (node) => node.__typename as never },
  MessageEvent: { __resolveType: (node) => node.__typename as never },
  SpaceEvent: { __resolveType: (node) => node.__typename as never },
  CallEvent: { __resolveType: (node) => node.__typename as never },
  MessageSentEvent: { ...withMessage, source: same<Said<'MESSAGE_SENT'>, 'source'>('source') },
  MessageSendFailedEvent: { ...withMessage, reason: same<Said<'MESSAGE_SEND_FAILED'>, 'reason'>('reason') },
  MessageEditedEvent: {
    ...withMessage,
    actor: userOrNull('actorId'),
    editCount: same<Said<'MESSAGE_EDITED'>, 'editCount'>('editCount'),
  },
  MessageRecalledEvent: {
    ...withMessage,
    actor: userOrNull('actorId'),
    isByAdmin: same<Said<'MESSAGE_RECALLED'>, 'isByAdmin'>('isByAdmin'),
    isWithoutTrace: same<Said<'MESSAGE_RECALLED'>, 'isWithoutTrace'>('isWithoutTrace'),
    note: same<Said<'MESSAGE_RECALLED'>, 'note'>('note'),
  },
  MessagesDeletedEvent: {
    ...common,
    user: userOf('userId'),
    peer: field(({ peer }: Said<'MESSAGES_DELETED'>, app) => peer && peerNode(app, peer)),
    messages: field(({ messages }: Said<'MESSAGES_DELETED'>, app) => messages.map((each) => messageNode(app, each))),
    before: same<Said<'MESSAGES_DELETED'>, 'before'>('before'),
  },
  MessageReadEvent: { ...withMessage, reader: userOf('readerId') },
  ConversationReadEvent: {
    ...common,
    reader: userOf('readerId'),
    peer: field(({ peer }: Said<'CONVERSATION_READ'>, app) => peerNode(app, peer)),
  },
  ReceiverOfflineEvent: { ...withMessage, receiver: userOf('receiverId') },
  ReactionsChangedEvent: {
    ...withMessage,
    actor: userOrNull('actorId'),
    emoji: same<Said<'REACTIONS_CHANGED'>, 'emoji'>('emoji'),
    isAdded: same<Said<'REACTIONS_CHANGED'>, 'isAdded'>('isAdded'),
    count: same<Said<'REACTIONS_CHANGED'>, 'count'>('count'),
  },
  BotMessageReceivedEvent: {
    ...withMessage,
    bot: userOf('botId'),
    data: same<Said<'BOT_MESSAGE_RECEIVED'>, 'data'>('data'),
  },
  MessageDecidedEvent: {
    ...withMessage,
    decision: same<Said<'MESSAGE_DECIDED'>, 'decision'>('decision'),
    rule: same<Said<'MESSAGE_DECIDED'>, 'rule'>('rule'),
    isLate: same<Said<'MESSAGE_DECIDED'>, 'isLate'>('isLate'),
    latencyMs: same<Said<'MESSAGE_DECIDED'>, 'latencyMs'>('latencyMs'),
    failedRule: field(({ failedRule }: Said<'MESSAGE_DECIDED'>) => failedRule ?? null),
    failure: field(({ failure }: Said<'MESSAGE_DECIDED'>) => failure ?? null),
    source: field(({ source }: Said<'MESSAGE_DECIDED'>) => source ?? 'CLIENT'),
    isEdit: field(({ isEdit }: Said<'MESSAGE_DECIDED'>) => isEdit ?? false),
    matchedKeywords: field(({ matchedKeywords }: Said<'MESSAGE_DECIDED'>) => matchedKeywords ?? []),
    replacement: field(({ replacement }: Said<'MESSAGE_DECIDED'>) => replacement ?? null),
    isFlagged: field(({ findings }: Said<'MESSAGE_DECIDED'>) => isFlagged(findings ?? [])),
    findings: field(({ findings }: Said<'MESSAGE_DECIDED'>) => findings ?? []),
  },
  MessageModeratedEvent: {
    ...withMessage,
    decision: same<Said<'MESSAGE_MODERATED'>, 'decision'>('decision'),
    labels: same<Said<'MESSAGE_MODERATED'>, 'labels'>('labels'),
    matchedKeywords: same<Said<'MESSAGE_MODERATED'>, 'matchedKeywords'>('matchedKeywords'),
    provider: same<Said<'MESSAGE_MODERATED'>, 'provider'>('provider'),
  },
  ProfileModeratedEvent: {
    ...common,
    subject: field(({ subject: { kind, id } }: Said<'PROFILE_MODERATED'>, app) =>
      kind === 'user' ? userNode(app, id) : groupNode(app, id),
    ),
    actor: userOrNull('actorId'),
    decision: same<Said<'PROFILE_MODERATED'>, 'decision'>('decision'),
    fields: same<Said<'PROFILE_MODERATED'>, 'fields'>('fields'),
  },
  PushFinishedEvent: {
    ...common,
    user: userOf('userId'),
    message: field(({ message }: Said<'PUSH_FINISHED'>, app) => message && messageNode(app, message)),
    isSent: same<Said<'PUSH_FINISHED'>, 'isSent'>('isSent'),
    platform: same<Said<'PUSH_FINISHED'>, 'platform'>('platform'),
    reason: same<Said<'PUSH_FINISHED'>, 'reason'>('reason'),
  },
  ThreadUpdatedEvent: {
    ...common,
    space: field(({ threadId, groupId }: Said<'THREAD_UPDATED'>, app) => threadNode(app, threadId, groupId)),
    actor: userOrNull('actorId'),
    lastMessage: field(({ lastMessage }: Said<'THREAD_UPDATED'>, app) => lastMessage && messageNode(app, lastMessage)),
    messageCount: same<Said<'THREAD_UPDATED'>, 'messageCount'>('messageCount'),
  },
  PresenceChangedEvent: {
    ...common,
    user: userOf('userId'),
    isOnline: same<Said<'PRESENCE_CHANGED'>, 'isOnline'>('isOnline'),
    cause: same<Said<'PRESENCE_CHANGED'>, 'cause'>('cause'),
    platform: same<Said<'PRESENCE_CHANGED'>, 'platform'>('platform'),
    sessionId: same<Said<'PRESENCE_CHANGED'>, 'sessionId'>('sessionId'),
  },
  UserUpdatedEvent: { ...common, user: userOf('userId') },
  AccountOperationFinishedEvent: {
    ...common,
    user: userOf('userId'),
    operationId: same<Said<'ACCOUNT_OPERATION_FINISHED'>, 'operationId'>('operationId'),
    isDeletion: same<Said<'ACCOUNT_OPERATION_FINISHED'>, 'isDeletion'>('isDeletion'),
    ok: same<Said<'ACCOUNT_OPERATION_FINISHED'>, 'ok'>('ok'),
    vendorCode: same<Said<'ACCOUNT_OPERATION_FINISHED'>, 'vendorCode'>('vendorCode'),
  },
  FriendRequestedEvent: { ...pair, message: same<Said<'FRIEND_REQUESTED'>, 'message'>('message') },
  FriendAddedEvent: pair,
  FriendRequestDeclinedEvent: pair,
  FriendRemovedEvent: pair,
  BlocklistChangedEvent: {
    ...common,
    user: userOf('userId'),
    target: userOf('targetId'),
    isBlocked: same<Said<'BLOCKLIST_CHANGED'>, 'isBlocked'>('isBlocked'),
  },
  SpaceCreatedEvent: { ...withSpace, owner: userOrNull('ownerId'), members: usersOf('memberIds') },
  SpaceDeletedEvent: {
    ...withSpace,
    members: field(({ memberIds }: Said<'SPACE_DELETED'>, app) => memberIds && users(app, memberIds)),
  },
  SpaceUpdatedEvent: { ...withSpace, fields: same<Said<'SPACE_UPDATED'>, 'fields'>('fields') },
  SpaceAnnouncementChangedEvent: {
    ...withSpace,
    announcement: same<Said<'SPACE_ANNOUNCEMENT_CHANGED'>, 'announcement'>('announcement'),
  },
  SpaceOwnerChangedEvent: { ...withSpace, oldOwner: userOrNull('oldOwnerId'), newOwner: userOf('newOwnerId') },
  MembersJoinedEvent: {
    ...withSpace,
    users: usersOf('userIds'),
    cause: same<Said<'MEMBERS_JOINED'>, 'cause'>('cause'),
    memberCount: same<Said<'MEMBERS_JOINED'>, 'memberCount'>('memberCount'),
  },
  MembersLeftEvent: {
    ...withSpace,
    users: usersOf('userIds'),
    cause: same<Said<'MEMBERS_LEFT'>, 'cause'>('cause'),
    memberCount: same<Said<'MEMBERS_LEFT'>, 'memberCount'>('memberCount'),
  },
  MembersInvitedEvent: { ...withSpace, users: usersOf('userIds') },
  InvitationDeclinedEvent: { ...withSpace, user: userOf('userId') },
  JoinRequestedEvent: {
    ...withSpace,
    user: userOf('userId'),
    message: same<Said<'JOIN_REQUESTED'>, 'message'>('message'),
  },
  MemberRolesChangedEvent: {
    ...withSpace,
    users: usersOf('userIds'),
    role: same<Said<'MEMBER_ROLES_CHANGED'>, 'role'>('role'),
  },
  SuperAdminsChangedEvent: {
    ...common,
    users: usersOf('userIds'),
    isAdded: same<Said<'SUPER_ADMINS_CHANGED'>, 'isAdded'>('isAdded'),
    actor: userOrNull('actorId'),
  },
  MemberMutesChangedEvent: {
    ...withSpace,
    users: usersOf('userIds'),
    isMuted: same<Said<'MEMBER_MUTES_CHANGED'>, 'isMuted'>('isMuted'),
    expiresAt: same<Said<'MEMBER_MUTES_CHANGED'>, 'expiresAt'>('expiresAt'),
  },
  SpaceMuteChangedEvent: { ...withSpace, isMuted: same<Said<'SPACE_MUTE_CHANGED'>, 'isMuted'>('isMuted') },
  SpaceAllowlistChangedEvent: {
    ...withSpace,
    users: usersOf('userIds'),
    isAdded: same<Said<'SPACE_ALLOWLIST_CHANGED'>, 'isAdded'>('isAdded'),
  },
  SpaceBlocklistChangedEvent: {
    ...withSpace,
    users: usersOf('userIds'),
    isAdded: same<Said<'SPACE_BLOCKLIST_CHANGED'>, 'isAdded'>('isAdded'),
    expiresAt: same<Said<'SPACE_BLOCKLIST_CHANGED'>, 'expiresAt'>('expiresAt'),
  },
  SpaceIgnoreChangedEvent: { ...withSpace, isIgnored: same<Said<'SPACE_IGNORE_CHANGED'>, 'isIgnored'>('isIgnored') },
  SpaceSuspensionChangedEvent: {
    ...withSpace,
    isSuspended: same<Said<'SPACE_SUSPENSION_CHANGED'>, 'isSuspended'>('isSuspended'),
  },
  SpaceAttributesChangedEvent: {
    ...withSpace,
    set: same<Said<'SPACE_ATTRIBUTES_CHANGED'>, 'set'>('set'),
    deleted: same<Said<'SPACE_ATTRIBUTES_CHANGED'>, 'deleted'>('deleted'),
    isCleared: same<Said<'SPACE_ATTRIBUTES_CHANGED'>, 'isCleared'>('isCleared'),
  },
  MemberAttributesChangedEvent: {
    ...withSpace,
    user: userOf('userId'),
    set: same<Said<'MEMBER_ATTRIBUTES_CHANGED'>, 'set'>('set'),
  },
  SharedFilesChangedEvent: {
    ...withSpace,
    files: field(({ files, space }: Said<'SHARED_FILES_CHANGED'>, app) =>
      files.map((file: StoredFile) => fileNode(app, { groupId: space.kind === 'group' ? space.id : null, ...file })),
    ),
    isAdded: same<Said<'SHARED_FILES_CHANGED'>, 'isAdded'>('isAdded'),
  },
  CallStartedEvent: {
    ...withCall,
    invitees: usersOf('inviteeIds'),
    data: same<Said<'CALL_STARTED'>, 'data'>('data'),
  },
  CallExtendedEvent: { ...withCall, actor: userOf('actorId'), invitees: usersOf('inviteeIds') },
  CallAcceptedEvent: { ...withCall, user: userOf('userId'), data: same<Said<'CALL_ACCEPTED'>, 'data'>('data') },
  CallRejectedEvent: { ...withCall, user: userOf('userId'), data: same<Said<'CALL_REJECTED'>, 'data'>('data') },
  CallCanceledEvent: {
    ...withCall,
    invitees: usersOf('inviteeIds'),
    reason: same<Said<'CALL_CANCELED'>, 'reason'>('reason'),
  },
  CallTimedOutEvent: { ...withCall, users: usersOf('userIds') },
  GapEvent: {
    ...common,
    cause: same<GapPayload, 'cause'>('cause'),
    since: same<GapPayload, 'since'>('since'),
  },
  UnknownEvent: { ...common, name: field(({ callback }: Said<'UNKNOWN'>) => callback) },
} satisfies Resolvers<Context>;
