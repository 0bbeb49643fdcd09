import type { NodeType } from '../../src/domain/id.ts';

/**
 * Who may have what, decided field by field: the walk of `test/attack/access-walk.test.ts` holds the server to it, and fails for a
 * field of the schema that is missing here and for one here that the schema no longer has.
 *
 * A decision is what opens the field to a viewer, and after it the scopes that open it, all of them together:
 * - `token`: any token of the app;
 * - `self`: the user that it is, or belongs to;
 * - `participant`: the members of a space, the sender and receivers of a message, those in a call;
 * - `nobody`: no viewer; the scopes alone.
 */
type Decision = readonly [opens: 'token' | 'self' | 'participant' | 'nobody', ...scopes: readonly Scope[]];
type Scope = 'chat:read' | 'chat:write' | 'chat:moderate' | 'chat:admin';

const token: Decision = ['token'];
const self: Decision = ['self', 'chat:read'];
const participant: Decision = ['participant', 'chat:read'];
const reader: Decision = ['nobody', 'chat:read'];
const writer: Decision = ['nobody', 'chat:write'];
const moderator: Decision = ['nobody', 'chat:moderate'];
const admin: Decision = ['nobody', 'chat:admin'];
const selfOrWriter: Decision = ['self', 'chat:write'];
const selfOrModerator: Decision = ['self', 'chat:moderate'];
const participantOrWriter: Decision = ['participant', 'chat:write'];

/** Of the roots: done to what is another's, for mutations. */
const roots = {
  Query: {
    app: token,
    apps: reader,
    chatroom: participant,
    conversation: self,
    events: reader,
    group: participant,
    job: admin,
    message: participant,
    // What they give is decided by its type.
    node: token,
    nodes: token,
    rawEvent: admin,
    user: token,
    viewer: token,
  },
  Mutation: {
    acceptCall: participantOrWriter,
    acknowledgeMessages: participantOrWriter,
    addFriends: writer,
    addMembers: writer,
    blockUsers: selfOrModerator,
    broadcastMessage: admin,
    cancelJob: admin,
    clearHistory: selfOrModerator,
    createChatroom: writer,
    createBackup: admin,
    createGroup: selfOrWriter,
    deleteAttributes: selfOrWriter,
    deleteConversations: selfOrWriter,
    deleteSpace: writer,
    editMessage: selfOrModerator,
    importMessages: admin,
    issueServiceCredential: admin,
    issueUserToken: ['self', 'chat:admin'],
    // Of a space that is not open.
    joinSpace: writer,
    leaveSpace: participantOrWriter,
    markConversationsRead: selfOrWriter,
    muteMembers: moderator,
    muteSpace: moderator,
    recallMessages: selfOrModerator,
    redeliverCallbacks: admin,
    registerBots: admin,
    registerUsers: writer,
    rejectCall: participantOrWriter,
    removeAllFriends: selfOrWriter,
    removeFriends: selfOrWriter,
    removeMembers: moderator,
    replayCallback: admin,
    requestFriends: selfOrWriter,
    sendMessage: participantOrWriter,
    setAttributes: selfOrWriter,
    setMemberRole: moderator,
    startCall: selfOrWriter,
    startMessageImport: admin,
    startUserRegistration: admin,
    transferOwnership: moderator,
    unblockUsers: selfOrModerator,
    unmuteMembers: moderator,
    unmuteSpace: moderator,
    updateBot: admin,
    updateConversations: selfOrWriter,
    updateFriends: selfOrWriter,
    updateGroup: writer,
    updateMembers: participantOrWriter,
    updateUsers: selfOrWriter,
    verifyApp: admin,
  },
  Subscription: {
    callbacks: reader,
    callEvents: participant,
    conversationEvents: self,
    events: reader,
    jobProgress: admin,
    // Presence is public among the users of an app.
    presenceEvents: token,
    spaceEvents: participant,
    viewerEvents: token,
  },
} satisfies Record<string, Record<string, Decision>>;

/** Every field of every type with a global id, as reached by `node`. */
const nodes = {
  App: {
    callbacks: reader,
    capabilities: token,
    chatroom: participant,
    chatrooms: reader,
    communities: reader,
    community: participant,
    decisionPolicy: reader,
    decisionTrial: moderator,
    failedCallbacks: reader,
    group: participant,
    groups: reader,
    health: reader,
    id: token,
    jobs: admin,
    mutedSpaces: reader,
    name: token,
    rateLimits: admin,
    region: token,
    supports: token,
    user: token,
    vendor: token,
    verdicts: reader,
  },
  User: {
    app: token,
    attributes: token,
    avatarUrl: token,
    blocklist: self,
    conversation: self,
    conversationLabels: self,
    conversations: self,
    createdAt: token,
    friends: self,
    groups: self,
    id: token,
    name: token,
    presence: token,
    relations: self,
    vendorId: token,
    viewerRelation: token,
  },
  Group: {
    announcement: participant,
    app: participant,
    attributes: participant,
    avatarUrl: participant,
    blocklist: reader,
    createdAt: participant,
    description: participant,
    id: participant,
    isSuspended: participant,
    member: participant,
    memberCount: participant,
    members: participant,
    messages: participant,
    mute: participant,
    mutedMembers: participant,
    name: participant,
    owner: participant,
    settings: participant,
    vendorId: participant,
  },
  Chatroom: {
    announcement: participant,
    app: participant,
    attributes: participant,
    blocklist: reader,
    createdAt: participant,
    description: participant,
    expiry: participant,
    id: participant,
    maxMembers: participant,
    member: participant,
    memberCount: participant,
    members: participant,
    messages: participant,
    mute: participant,
    mutedMembers: participant,
    name: participant,
    owner: participant,
    vendorId: participant,
  },
  Thread: {
    app: participant,
    group: participant,
    id: participant,
    member: participant,
    memberCount: participant,
    members: participant,
    messages: participant,
    name: participant,
    vendorId: participant,
  },
  Community: {
    app: participant,
    id: participant,
    member: participant,
    memberCount: participant,
    members: participant,
    messages: participant,
    name: participant,
    vendorId: participant,
  },
  Call: {
    app: participant,
    caller: participant,
    createdAt: participant,
    expiresAt: participant,
    id: participant,
    participants: participant,
    vendorId: participant,
  },
  Bot: { app: reader, avatarUrl: reader, id: reader, name: reader, user: reader },
  Broadcast: { app: reader, id: reader, sentAt: reader, vendorId: reader },
  Job: {
    app: admin,
    createdAt: admin,
    failed: admin,
    failures: admin,
    finishedAt: admin,
    id: admin,
    kind: admin,
    pauseCause: admin,
    startedAt: admin,
    status: admin,
    succeeded: admin,
    total: admin,
  },
  File: {
    app: participant,
    byteSize: participant,
    createdAt: participant,
    group: participant,
    id: participant,
    name: participant,
    owner: participant,
    url: participant,
    vendorId: participant,
  },
  Member: {
    customRole: participant,
    id: participant,
    joinedAt: participant,
    nickname: participant,
    role: participant,
    space: participant,
    user: participant,
  },
  Message: {
    app: participant,
    content: participant,
    editedAt: participant,
    id: participant,
    kind: participant,
    mentions: participant,
    metadata: participant,
    raw: ['nobody', 'chat:read', 'chat:admin'],
    recalledAt: participant,
    sender: participant,
    sentAt: participant,
    sequence: participant,
    to: participant,
    vendorId: participant,
  },
  Conversation: {
    id: self,
    isPinned: self,
    kind: self,
    labels: self,
    lastMessage: self,
    messages: self,
    notificationLevel: self,
    owner: self,
    peer: self,
    unreadCount: self,
    updatedAt: self,
  },
  Blocklist: { blocks: self, contains: self, id: self, owner: self },
  Friend: { attributes: self, createdAt: self, id: self, owner: self, remark: self, user: self },
} satisfies Record<NodeType, Record<string, Decision>>;

/** The decision for each coordinate. */
export const decisions: ReadonlyMap<string, Decision> = new Map(
  Object.entries({ ...roots, ...nodes }).flatMap(([type, fields]) =>
    Object.entries<Decision>(fields).map(([field, decision]) => [`${type}.${field}`, decision]),
  ),
);

const decisionOf = (coordinate: string) => decisions.get(coordinate) ?? (['nobody'] as const);

export const opens = (coordinate: string): Decision[0] => decisionOf(coordinate)[0];

export const scopesOf = (coordinate: string): readonly Scope[] => {
  const [, ...scopes] = decisionOf(coordinate);
  return scopes;
};

/** The lists of scopes that open fields. */
export const scopeLists: readonly (readonly Scope[])[] = [
  ...new Map([...decisions.keys()].map((each) => [scopesOf(each).join(), scopesOf(each)])).values(),
].filter((scopes) => scopes.length > 0);

/** Whether somebody has to be asked who takes part: in what the field is of, or in what it gives. */
export const mayAsk = (coordinate: string): boolean =>
  [coordinate, `${coordinate.split('.')[0]}.id`].some((each) => opens(each) === 'participant');
