import { demoApps, type EmulatedDemoApp } from '../../src/demo.ts';
import type { Values } from './input-choices.ts';
import { silent, unsent } from './sent-reasons.ts';

type Base = readonly [title: string, mutation: string, input: object, values?: Values];

/** An app, the inputs from which its callers' choices are walked, and the values that they choose. */
export interface SentApp {
  readonly place: EmulatedDemoApp;
  readonly values: Values;
  readonly bases: readonly Base[];
  /** Inputs with lists of many items, of which the calls and how much they carry are written down. */
  readonly lists: readonly Base[];
  /** The choices that change nothing, each with the reason. */
  readonly silent: Readonly<Record<string, string>>;
  /** Fields of which no choice goes to the vendor, each with the reason. */
  readonly unsent: Readonly<Record<string, string>>;
  /** Whether the vendor begins with the demo's data before each request; sessions do not live through it. */
  readonly resets: boolean;
}

const ids = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, index) => make(index + 1));

/** Who are registered. */
export const newUsers = ['probe1', 'probe2'] as const;

function sentApp(
  place: EmulatedDemoApp,
  [team, lobby]: readonly [string, string],
  keyOf: (n: number) => string,
  more: Values = {},
): SentApp {
  const app = place.name;
  const user = (id: string) => `User:${app}:${id}`;
  const [group, room] = [`Group:${app}:${team}`, `Chatroom:${app}:${lobby}`];
  const messageTo = (kind: string, to: string, from: string, key: number) =>
    `Message:${app}:${kind}:${to}:${from}:${keyOf(key)}`;
  const text = { text: { text: 'Hello' } };
  const users = { userIds: [user('user42')] };
  const kinds = [
    ['a user', user('bob')],
    ['a group', group],
    ['a chatroom', room],
  ] as const;
  const messages = [
    ['a user', messageTo('direct', 'bob', 'alice', 1)],
    ['a group', messageTo('group', team, 'bob', 2)],
    ['a chatroom', messageTo('chatroom', lobby, 'bob', 2)],
  ] as const;
  const otherTeam = team === 'team' ? 'book-club' : '2784002';
  const pairs = [
    ['two users', [user('bob'), user('carol')]],
    ['two groups', [group, `Group:${app}:${otherTeam}`]],
  ] as const;
  const many = { userIds: ids(100, (n) => user(`user${n}`)) };
  const friends = many.userIds.map((userId) => ({ userId }));
  const spaces = kinds.slice(1);
  const conversations = { conversationIds: [`Conversation:${app}:alice:direct:bob`] };
  const each = (
    list: readonly (readonly [string, string])[],
    title: string,
    mutation: string,
    input: (id: string) => object,
  ): Base[] => list.map(([kind, id]) => [`${title} ${kind}`, mutation, input(id)]);
  return {
    place,
    silent: silent[app] ?? {},
    unsent: unsent[app] ?? {},
    resets: place.vendor !== 'easemob',
    values: {
      ID: [user('user40'), user('user41')],
      appId: [`App:${app}`, `App:${app}`],
      spaceId: [group, `Group:${app}:${otherTeam}`],
      groupId: [group, `Group:${app}:${otherTeam}`],
      callId: [`Call:${app}:7`, `Call:${app}:8`],
      botId: [`Bot:${app}:@RBT%23probe`, `Bot:${app}:@RBT%23other`],
      conversationIds: [`Conversation:${app}:alice:direct:carol`, `Conversation:${app}:alice:group:${team}`],
      'UpdateUsersInput.users': [
        { id: user('dave'), name: 'Dave' },
        { id: user('carol'), name: 'Carol' },
      ],
      'UpdateMembersInput.members': [
        { userId: user('dave'), nickname: 'Dave' },
        { userId: user('carol'), nickname: 'Carol' },
      ],
      'UpdateFriendsInput.friends': [
        { userId: user('dave'), remark: 'Dave' },
        { userId: user('carol'), remark: 'Carol' },
      ],
      'MessageContentInput.composite': [text, { image: { url: 'https://img.example/base.png' } }],
      'CustomContentInput.data': [{ base: 'text' }, { sample: 'text' }],
      'ChatroomExpiryInput.afterSeconds': [600, 7200],
      'AttributeInput.key': ['k1', 'k0'],
      'UpdateConversationsInput.addLabels': ['1', '2'],
      'UpdateConversationsInput.removeLabels': ['1', '2'],
      vendorId: newUsers,
      'NewBotInput.vendorId': ['@RBT#probe1', '@RBT#probe2'],
      messageIds: [messageTo('direct', 'bob', 'alice', 2), messageTo('direct', 'bob', 'alice', 1)],
      messageId: [messages[0][1], messages[1][1]],
      ...more,
    },
    lists: [
      ...[
        ['a hundred users', ids(100, (n) => user(`user${n}`))] as const,
        ['seven groups', ids(7, (n) => `Group:${app}:278400${n}`)] as const,
        ['twelve chatrooms', ids(12, (n) => `Chatroom:${app}:91000${n}`)] as const,
      ].map(
        ([kind, to]): Base => [
          `sendMessage to ${kind}`,
          'sendMessage',
          { senderId: user('alice'), to, content: text, idempotencyKey: 'once' },
        ],
      ),
      ['recallMessages, 35', 'recallMessages', { messageIds: ids(35, (n) => messageTo('direct', 'bob', 'alice', n)) }],
      [
        'acknowledgeMessages, 35',
        'acknowledgeMessages',
        { messageIds: ids(35, (n) => messageTo('direct', 'bob', 'alice', n)), userId: user('bob'), status: 'READ' },
      ],
      ...each(kinds, 'blockUsers of', 'blockUsers', (ownerId) => ({ ownerId, ...many })),
      ...each(kinds, 'unblockUsers of', 'unblockUsers', (ownerId) => ({ ownerId, ...many })),
      ...each(spaces, 'muteMembers of', 'muteMembers', (spaceId) => ({ spaceId, ...many })),
      ...each(spaces, 'unmuteMembers of', 'unmuteMembers', (spaceId) => ({ spaceId, ...many })),
      ...each(spaces, 'addMembers to', 'addMembers', (spaceId) => ({ spaceId, ...many })),
      ...each(spaces, 'removeMembers from', 'removeMembers', (spaceId) => ({ spaceId, ...many })),
      ...each(spaces, 'setAttributes of', 'setAttributes', (ownerId) => ({
        ownerId,
        attributes: ids(100, (n) => ({ key: `k${n}`, value: 'v' })),
      })),
      ...each(spaces, 'deleteAttributes of', 'deleteAttributes', (ownerId) => ({
        ownerId,
        keys: ids(100, (n) => `k${n}`),
      })),
      ['registerUsers', 'registerUsers', { appId: `App:${app}`, users: ids(100, (n) => ({ vendorId: `fresh${n}` })) }],
      [
        'registerBots',
        'registerBots',
        { appId: `App:${app}`, bots: ids(100, (n) => ({ vendorId: `@RBT#fresh${n}` })) },
      ],
      ['updateUsers', 'updateUsers', { users: ids(100, (n) => ({ id: user(`user${n}`), name: 'Name' })) }],
      ['addFriends', 'addFriends', { userId: user('alice'), friends: friends }],
      ['requestFriends', 'requestFriends', { userId: user('alice'), friends }],
      [
        'updateFriends',
        'updateFriends',
        { userId: user('alice'), friends: friends.map((each) => ({ ...each, remark: 'Mate' })) },
      ],
      ['removeFriends', 'removeFriends', { userId: user('alice'), friendIds: many.userIds }],
      [
        'createGroup',
        'createGroup',
        { appId: `App:${app}`, ownerId: user('alice'), name: 'Probe', memberIds: many.userIds },
      ],
    ],
    bases: [
      ...kinds.map(
        ([kind, to]): Base => [
          `sendMessage to ${kind}`,
          'sendMessage',
          { senderId: user('alice'), to: [to], content: { text: { text: 'Hello {k0} and {k1}' } } },
          { 'RecipientVariablesInput.to': [to, to] },
        ],
      ),
      ...pairs.map(
        ([title, to]): Base => [
          `sendMessage to ${title}`,
          'sendMessage',
          {
            senderId: user('alice'),
            to,
            content: { text: { text: 'Hello {k0}' } },
            variables: [{ to: to[0], values: [{ key: 'k0', value: 'you' }] }],
            idempotencyKey: 'once',
          },
          { 'RecipientVariablesInput.to': to, ID: to },
        ],
      ),
      ...messages.map(([kind, id]): Base => [`recallMessages to ${kind}`, 'recallMessages', { messageIds: [id] }]),
      ...messages.map(
        ([kind, messageId]): Base => [`editMessage to ${kind}`, 'editMessage', { messageId, content: text }],
      ),
      ...messages.map(
        ([kind, id]): Base => [
          `acknowledgeMessages to ${kind}`,
          'acknowledgeMessages',
          { messageIds: [id], userId: user(kind === 'a user' ? 'bob' : 'alice'), status: 'READ' },
        ],
      ),
      [
        'broadcastMessage',
        'broadcastMessage',
        {
          idempotencyKey: 'once',
          appId: `App:${app}`,
          senderId: user('alice'),
          audience: { standing: 'ONLINE_USERS' },
          content: text,
        },
      ],
      [
        'importMessages',
        'importMessages',
        { messages: [{ senderId: user('alice'), to: group, content: text, sentAt: '2026-01-01T00:00:00.000Z' }] },
      ],
      [
        'importMessages to a user',
        'importMessages',
        { messages: [{ senderId: user('alice'), to: user('bob'), content: text, sentAt: '2026-01-01T00:00:00.000Z' }] },
        { 'ImportedMessageInput.ownerId': [user('bob'), user('bob')] },
      ],
      ...each(kinds, 'blockUsers of', 'blockUsers', (ownerId) => ({ ownerId, ...users })),
      ...each(kinds, 'unblockUsers of', 'unblockUsers', (ownerId) => ({ ownerId, ...users })),
      ...each(spaces, 'muteMembers of', 'muteMembers', (spaceId) => ({ spaceId, ...users })),
      ...each(spaces, 'unmuteMembers of', 'unmuteMembers', (spaceId) => ({ spaceId, ...users })),
      ...each(spaces, 'muteSpace', 'muteSpace', (spaceId) => ({ spaceId })),
      ...each(spaces, 'unmuteSpace', 'unmuteSpace', (spaceId) => ({ spaceId })),
      ...each(spaces, 'joinSpace', 'joinSpace', (spaceId) => ({ spaceId, userId: user('erin') })),
      ...each(spaces, 'addMembers to', 'addMembers', (spaceId) => ({ spaceId, ...users })),
      ...each(spaces, 'updateMembers of', 'updateMembers', (spaceId) => ({
        spaceId,
        members: [{ userId: user('bob'), nickname: 'Bobby' }],
      })),
      ...each(spaces, 'setMemberRole in', 'setMemberRole', (spaceId) => ({
        spaceId,
        userIds: [user('bob')],
        role: 'MEMBER',
      })),
      ...each(kinds, 'setAttributes of', 'setAttributes', (ownerId) => ({
        ownerId,
        attributes: [{ key: ownerId.startsWith('User') ? 'extra' : 'k2', value: 'v' }],
      })),
      ...each(kinds, 'deleteAttributes of', 'deleteAttributes', (ownerId) => ({
        ownerId,
        keys: [ownerId.startsWith('User') ? 'extra' : 'k2'],
        actorId: user('alice'),
      })),
      ['createGroup', 'createGroup', { appId: `App:${app}`, ownerId: user('alice'), name: 'Probe' }],
      [
        'setMemberRole to a role of the app',
        'setMemberRole',
        { spaceId: group, userIds: [user('bob')], role: 'CUSTOM', customRole: 100 },
        { 'SetMemberRoleInput.customRole': [100, 101] },
      ],
      ['updateGroup', 'updateGroup', { groupId: group, name: 'Probe' }],
      ['createChatroom', 'createChatroom', { appId: `App:${app}`, name: 'Probe' }],
      ...[{ trigger: 'IDLE' }, { trigger: 'SET', afterSeconds: 3600 }].map(
        (expiry): Base => [
          `createChatroom with ${expiry.trigger} expiry`,
          'createChatroom',
          { appId: `App:${app}`, name: 'Probe', expiry },
        ],
      ),
      ['registerUsers', 'registerUsers', { appId: `App:${app}`, users: [{ vendorId: newUsers[0] }] }],
      ['updateUsers', 'updateUsers', { users: [{ id: user('bob'), name: 'Bob' }] }],
      ['issueUserToken', 'issueUserToken', { userId: user('bob') }],
      ['issueServiceCredential', 'issueServiceCredential', { appId: `App:${app}`, service: 'VOICE' }],
      ['addFriends', 'addFriends', { userId: user('alice'), friends: [{ userId: user('erin') }] }],
      ['requestFriends', 'requestFriends', { userId: user('alice'), friends: [{ userId: user('erin') }] }],
      ['updateFriends', 'updateFriends', { userId: user('alice'), friends: [{ userId: user('bob'), remark: 'Mate' }] }],
      ['removeFriends', 'removeFriends', { userId: user('alice'), friendIds: [user('bob')] }],
      ['removeAllFriends', 'removeAllFriends', { userId: user('alice') }],
      ['startCall', 'startCall', { callerId: user('alice'), inviteeIds: [user('bob')] }],
      ['acceptCall', 'acceptCall', { callId: `Call:${app}:7`, userId: user('bob') }],
      ['rejectCall', 'rejectCall', { callId: `Call:${app}:7`, userId: user('bob') }],
      ['registerBots', 'registerBots', { appId: `App:${app}`, bots: [{ vendorId: '@RBT#probe' }] }],
      ['updateBot', 'updateBot', { botId: `Bot:${app}:@RBT%23probe`, name: 'Probe' }],
      ['updateConversations', 'updateConversations', { ...conversations, isPinned: true }],
      ['deleteConversations', 'deleteConversations', conversations],
      ['markConversationsRead', 'markConversationsRead', conversations],
      ['clearHistory', 'clearHistory', conversations],
      ['redeliverCallbacks', 'redeliverCallbacks', { appId: `App:${app}`, since: '2026-01-01T00:00:00.000Z' }],
      ...each(spaces, 'leaveSpace', 'leaveSpace', (spaceId) => ({ spaceId, userId: user('bob') })),
      ...each(spaces, 'removeMembers from', 'removeMembers', (spaceId) => ({ spaceId, ...users })),
      ...each(spaces, 'transferOwnership of', 'transferOwnership', (spaceId) => ({ spaceId, newOwnerId: user('bob') })),
      ...each(spaces, 'deleteSpace', 'deleteSpace', (spaceId) => ({ spaceId })),
    ],
  };
}

const place = (name: string) => {
  const found = demoApps.find((app) => app.name === name);
  if (!found) throw new Error(`no demo app ${name}`);
  return found;
};

export const sentApps: readonly SentApp[] = [
  sentApp(place('zim-eu'), ['team', 'lobby'], (n) => String(n === 1 ? 2 : n === 2 ? 1 : n)),
  sentApp(
    place('rc-cn'),
    ['team', 'lobby'],
    (n) => `5GSB-RPM1-KP8H-9J${String.fromCharCode(65 + (n % 26), 65 + Math.floor(n / 26))}`,
  ),
  sentApp(place('em-1'), ['2784001', '9100001'], (n) => String(1_000_000_027 + n), {
    'PushOptionsInput.platforms': [{}, { em_apns_ext: { em_push_sound: 'sample' } }],
  }),
];
