import type { Adapter, ChoiceInput, OperationName } from '../domain/operations.ts';
import { inputFields, inputsOfMutation } from '../generated/names.ts';

const ofMembers = ['Member.role', 'Member.customRole', 'Member.nickname', 'Member.joinedAt'];
const ofBlocklists = ['Blocklist.blocks', 'Blocklist.contains'];

/** Coordinates that are answered by the same read or change as another one, but for those of them that an adapter `lacks`. */
const answeredWith: Readonly<Partial<Record<OperationName, readonly string[]>>> = {
  'User.name': ['User.avatarUrl'],
  'User.presence': ['Presence.isOnline', 'Presence.text', 'Presence.lastSeenAt', 'Presence.devices'],
  'User.friends': ['Friend.remark', 'Friend.createdAt', 'Friend.attributes'],
  'Relation.friendship': ['User.relations', 'User.viewerRelation'],
  'Bot.name': ['Bot.avatarUrl'],
  'User.blocklist': [...ofBlocklists, 'Relation.isBlocking', 'User.relations', 'User.viewerRelation'],
  'Group.blocklist': ofBlocklists,
  'Chatroom.blocklist': ofBlocklists,
  'Group.name': [
    'Group.avatarUrl',
    'Group.description',
    'Group.announcement',
    'Group.owner',
    'Group.createdAt',
    'Group.isSuspended',
    'Group.settings',
    'Group.attributes',
    'Group.memberCount',
  ],
  'Chatroom.name': [
    'Chatroom.description',
    'Chatroom.announcement',
    'Chatroom.owner',
    'Chatroom.createdAt',
    'Chatroom.maxMembers',
    'Chatroom.expiry',
    'Chatroom.memberCount',
  ],
  'Group.members': ['Group.member', ...ofMembers],
  'Chatroom.members': ['Chatroom.member', ...ofMembers],
  'App.communities': ['App.community'],
  'Mutation.importMessages': ['Mutation.startMessageImport'],
  'Mutation.registerUsers': ['Mutation.startUserRegistration'],
  'Mutation.editMessage': ['Message.editedAt'],
  'Mutation.broadcastMessage': ['Broadcast.sentAt'],
  'Mutation.startCall': ['Call.caller', 'Call.createdAt', 'Call.expiresAt'],
  // No vendor that takes them tells them all: what was set from here is remembered.
  'Mutation.updateConversations': ['Conversation.isPinned', 'Conversation.notificationLevel', 'Conversation.labels'],
};

/** Answered by this server for every app, without asking its vendor, but for what an adapter `lacks`. */
const always = [
  'Query.app',
  'Query.user',
  'Query.group',
  'Query.chatroom',
  'Query.conversation',
  'Query.message',
  'App.region',
  'App.user',
  'App.group',
  'App.chatroom',
  'App.health',
  'App.rateLimits',
  'App.callbacks',
  'App.verdicts',
  'App.decisionPolicy',
  'App.decisionTrial',
  'User.conversations',
  'User.conversation',
  'Conversation.peer',
  'Conversation.updatedAt',
  'Conversation.messages',
  'Conversation.lastMessage',
  'Group.messages',
  'Chatroom.messages',
  'Conversation.unreadCount',
  'Message.vendorId',
  'Message.sequence',
  'Message.sender',
  'Message.to',
  'Message.content',
  'Message.mentions',
  'Message.sentAt',
  'Message.recalledAt',
  'Message.metadata',
  'Message.raw',
  'Subscription.events',
  'Subscription.viewerEvents',
  'Subscription.conversationEvents',
  'Subscription.spaceEvents',
  'Subscription.presenceEvents',
  'Subscription.callEvents',
  'Mutation.markConversationsRead',
  'Query.job',
  'App.jobs',
  'Job.startedAt',
  'Job.finishedAt',
  'Job.pauseCause',
  'Job.failures',
  'Mutation.cancelJob',
  'Subscription.jobProgress',
  'Query.events',
  'Query.rawEvent',
];

export interface Capability {
  readonly operation: string;
  readonly batchSize: number | null;
  readonly condition: string | null;
}

/** The input types of the adapter's mutations, and those it names besides. */
function inputsOf({ operations, inputs }: Adapter): ReadonlySet<ChoiceInput> {
  const types: Readonly<Record<string, readonly ChoiceInput[]>> = inputsOfMutation;
  const named = Object.keys(inputs) as ChoiceInput[];
  return new Set([...Object.keys(operations).flatMap((operation) => types[operation] ?? []), ...named]);
}

/** Everything an app can answer, read off its adapter, by coordinate in the order of the alphabet. */
export function capabilitiesOf(adapter: Adapter): Map<string, Capability> {
  const found = new Map<string, Capability>();
  const add = (operation: string, batchSize: number | null) => {
    if (!found.has(operation))
      found.set(operation, { operation, batchSize, condition: adapter.conditions?.[operation] ?? null });
  };
  for (const [operation, served] of Object.entries(adapter.operations)) {
    const max = typeof served === 'object' && served.max > 1 ? served.max : null;
    add(operation, max);
    for (const other of answeredWith[operation as OperationName] ?? []) add(other, max);
  }
  for (const type of inputsOf(adapter))
    for (const field of adapter.inputs[type] ?? inputFields[type]) add(`${type}.${field}`, null);
  for (const operation of [...always, ...(adapter.tells ?? [])]) add(operation, null);
  // What has a condition can be had under it, also where it comes with a read that has none.
  for (const operation of Object.keys(adapter.conditions ?? {})) add(operation, null);
  for (const operation of adapter.lacks ?? []) found.delete(operation);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
