import type { Adapter } from '../../../domain/operations.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { blocklistOperations } from './blocklist.ts';
import { chatroomOperations } from './chatroom.ts';
import { groupOperations } from './group.ts';
import { hostedGroupOperations } from './hosted-group.ts';
import { inputsOf } from './inputs.ts';
import { memberOperations } from './members.ts';
import { messageOperations } from './message.ts';
import { userOperations } from './user.ts';

/**
 * What one app can do. Left out: lists of the app's chatrooms, of a user's conversations and of plain groups, a check for
 * blocks, announcements of chatrooms and single messages, for which the vendor has no call.
 */
export function makeAdapter(context: AppContext<Config>): Adapter {
  const { config } = context;
  return {
    operations: {
      ...userOperations(context),
      ...blocklistOperations(context),
      ...(config.groups === 'hosted' ? hostedGroupOperations(context) : groupOperations(context)),
      ...chatroomOperations(context),
      ...memberOperations(context),
      ...messageOperations(context),
    },
    inputs: inputsOf(config),
    lacks: lacksOf(config),
    conditions: conditionsOf(config),
  };
}

/** A plain group keeps nothing but its name and members; a chatroom keeps a name with the older calls only. */
function lacksOf({ groups, paths }: Config): string[] {
  const ofGroups = ['avatarUrl', 'description', 'announcement', 'owner', 'createdAt', 'settings', 'attributes'];
  return [
    'Group.isSuspended',
    'Chatroom.description',
    'Chatroom.announcement',
    'Chatroom.owner',
    'Chatroom.maxMembers',
    'Member.customRole',
    'Message.sequence',
    'Presence.text',
    'Presence.lastSeenAt',
    'Presence.devices',
    ...(groups === 'plain' ? [...ofGroups.map((field) => `Group.${field}`), 'Member.role', 'Member.nickname'] : []),
    // The calls that keep a chatroom's name tell nothing of its end.
    paths === 'current' ? 'Chatroom.name' : 'Chatroom.expiry',
  ];
}

const unconfirmed = 'unconfirmed by the vendor';
const storage = 'cloud message storage';

/** What an app's operator must have switched on, and what only the Chinese list of interfaces names. */
function conditionsOf({ groups, profiles, paths }: Config): Record<string, string> {
  const hosting = 'profile hosting';
  const ofGroups = ['App.groups', 'User.groups', 'Group.name', 'Group.members', 'Group.member', 'Mutation.createGroup'];
  const hosted = Object.fromEntries([...ofGroups, 'Mutation.updateGroup'].map((name) => [name, hosting]));
  return {
    'Group.messages': storage,
    'Chatroom.messages': storage,
    'Conversation.messages': storage,
    'DeliveryInput.priority': 'chatroom message priority service',
    'SendMessageInput.variables': `to groups: ${unconfirmed}`,
    'SendMessageInput.idempotencyKey': 'msgRandom, switched on by the vendor’s support',
    ...(profiles === 'hosted' && { 'User.name': hosting }),
    ...(groups === 'hosted' && hosted),
    ...(paths === 'cn-list' &&
      groups === 'plain' && {
        'Group.name': unconfirmed,
        'Mutation.addMembers': unconfirmed,
        'Mutation.removeMembers': unconfirmed,
      }),
  };
}
