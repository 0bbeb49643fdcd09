import { describe, expect, test } from 'vitest';
import { callbackNames, exampleOf, type Fields, keysOf, readExample } from '../support/easemob-callbacks.ts';

/** What stands in a message that is not told with it. */
const plain = {
  sequence: null,
  isFromUser: true,
  mentions: null,
  metadata: null,
  sentAt: null,
  content: null,
  raw: expect.anything(),
};
const message = (to: object, senderId: string, key: string, told: object = {}) => ({
  ...plain,
  to,
  senderId,
  key,
  vendorId: key,
  ...told,
});
const direct = (id: string) => ({ kind: 'direct', id });
const text = (words: string) => ({ kind: 'TEXT', text: words, isBarrage: false });
const sentAt = new Date(1_600_060_847_294);
const device = 'ios_6d580737-db3a-d2b5-da18-b6045ffd195b';

/** Payloads without what all events of a group or room have: the type of the event, then what it says. */
const ofMessages: Record<string, Fields> = {
  'message.user': {
    type: 'MESSAGE_SENT',
    message: message(direct('u2'), 'u1', '8924312242322', { content: text('hi'), sentAt }),
    source: 'UNKNOWN',
  },
  'message.group': {
    type: 'MESSAGE_SENT',
    message: message({ kind: 'group', id: '16934809238921545' }, 'u1', '8924312242323', {
      content: text('hi'),
      sentAt,
    }),
    source: 'UNKNOWN',
  },
  'message.chatroom': {
    type: 'MESSAGE_SENT',
    message: message({ kind: 'chatroom', id: '66213271109633' }, 'u1', '8924312242324', {
      content: text('hi'),
      sentAt,
    }),
    source: 'UNKNOWN',
  },
  'message.offline': {
    type: 'RECEIVER_OFFLINE',
    message: message({ kind: 'group', id: '16934809238921545' }, 'u1', '8924312242323', {
      content: text('hi'),
      sentAt,
    }),
    receiverId: 'u2',
  },
  'message.recall': {
    type: 'MESSAGE_RECALLED',
    message: message({ kind: 'group', id: '170908972023810' }, 'u1', '966475220900644860', {
      content: { kind: 'RECALLED', recalledById: null, note: null },
      recalledAt: new Date(1_642_589_932_646),
    }),
    actorId: null,
    isByAdmin: null,
    isWithoutTrace: null,
    note: null,
  },
  'message.edit': {
    type: 'MESSAGE_EDITED',
    message: message(direct('u2'), 'u1', '1373914550281177044', {
      content: text('new'),
      sentAt: new Date(1_737_454_209_069),
      editedAt: new Date(1_737_454_241_444),
    }),
    actorId: null,
    editCount: 1,
  },
  'ack.read': {
    type: 'MESSAGE_READ',
    message: message(direct('u1'), 'u2', '968665323572037776'),
    readerId: 'u1',
  },
  'ack.groupRead': {
    type: 'MESSAGE_READ',
    message: message({ kind: 'group', id: '277721224642561' }, 'admin', '1406088702140090324', { isFromUser: false }),
    readerId: 'u1',
  },
  'ack.conversation': { type: 'CONVERSATION_READ', readerId: 'u1', peer: direct('u2') },
  reaction: {
    type: 'REACTIONS_CHANGED',
    message: message(direct('u3'), 'u2', '990000032'),
    actorId: 'u2',
    emoji: 'b',
    isAdded: true,
    count: 1,
  },
  thread: {
    type: 'THREAD_UPDATED',
    threadId: '179800000000093',
    groupId: '179800000000001',
    actorId: 'u1',
    lastMessage: message({ kind: 'group', id: '179800000000093' }, 'u1', '1000000028', {
      content: text('hi'),
      sentAt: new Date(1_651_029_973_455),
    }),
    messageCount: 49,
  },
  'moderation.result': {
    type: 'MESSAGE_MODERATED',
    message: message(direct('u2'), 'u1', '1F4MX6iSdI7VFnN7Hm0vrcr3Uwr', { content: text('hi') }),
    decision: 'PASS',
    labels: ['广告'],
    matchedKeywords: [],
    provider: null,
  },
  'moderation.keyword': {
    type: 'MESSAGE_MODERATED',
    message: message(direct('u1'), 'u2', '1232040174779635136'),
    decision: 'REFUSE',
    labels: [],
    matchedKeywords: ['x'],
    provider: null,
  },
  'push.result': {
    type: 'PUSH_FINISHED',
    userId: 'u1',
    message: null,
    isSent: false,
    platform: null,
    reason: 'no push binding',
  },
};

const presence = { type: 'PRESENCE_CHANGED', userId: 'u1', platform: 'ios', sessionId: device };
const ofUsers: Record<string, Fields> = {
  'roster.add': { type: 'FRIEND_REQUESTED', userId: 'u1', friendId: 'u2', message: null },
  'roster.remove': { type: 'FRIEND_REMOVED', userId: 'u1', friendId: 'u2' },
  'roster.accept': { type: 'FRIEND_ADDED', userId: 'u2', friendId: 'u1' },
  'roster.remote_accept': { type: 'FRIEND_ADDED', userId: 'u2', friendId: 'u1' },
  'roster.decline': { type: 'FRIEND_REQUEST_DECLINED', userId: 'u2', friendId: 'u1' },
  'roster.remote_decline': { type: 'FRIEND_REQUEST_DECLINED', userId: 'u2', friendId: 'u1' },
  'roster.ban': { type: 'BLOCKLIST_CHANGED', userId: 'u1', targetId: 'u2', isBlocked: true },
  'roster.allow': { type: 'BLOCKLIST_CHANGED', userId: 'u1', targetId: 'u2', isBlocked: false },
  'userStatus.login': { ...presence, isOnline: true, cause: 'LOGIN' },
  'userStatus.logout': { ...presence, isOnline: false, cause: 'LOGOUT' },
  'userStatus.replaced': { ...presence, isOnline: false, cause: 'KICK' },
  'groupOp.room_super_admin.add': { type: 'SUPER_ADMINS_CHANGED', userIds: ['u2'], isAdded: true, actorId: null },
  'groupOp.room_super_admin.remove': { type: 'SUPER_ADMINS_CHANGED', userIds: ['u2'], isAdded: false, actorId: null },
};

const joined = { type: 'MEMBERS_JOINED', memberCount: null };
const left = { type: 'MEMBERS_LEFT', memberCount: null };
const mutes = { type: 'MEMBER_MUTES_CHANGED', userIds: ['u2'], expiresAt: null };
const blocks = { type: 'SPACE_BLOCKLIST_CHANGED', userIds: ['u2'], expiresAt: null };
const roles = { type: 'MEMBER_ROLES_CHANGED', userIds: ['u2'] };
const allows = { type: 'SPACE_ALLOWLIST_CHANGED', userIds: ['u2'] };
const announcement = { type: 'SPACE_ANNOUNCEMENT_CHANGED' };
const ofLegacySpaces: Record<string, Fields> = {
  'muc.create': { type: 'SPACE_CREATED', ownerId: 'u2', memberIds: ['u2'] },
  'muc.destroy': { type: 'SPACE_DELETED', memberIds: null },
  'muc.apply': { type: 'JOIN_REQUESTED', userId: 'u1', message: null },
  'muc.apply_accept': { ...joined, userIds: ['u2'], cause: 'APPROVED' },
  'muc.invite': { type: 'MEMBERS_INVITED', userIds: ['u2'] },
  'muc.invite_accept': { ...joined, userIds: ['u1'], cause: 'INVITED' },
  'muc.invite_decline': { type: 'INVITATION_DECLINED', userId: 'u1' },
  'muc.presence': { ...joined, userIds: ['u1'], cause: 'JOINED' },
  'muc.direct_joined': { ...joined, userIds: ['u2'], cause: 'ADDED' },
  'muc.absence': { ...left, userIds: ['u1'], cause: 'LEFT' },
  'muc.leave': { ...left, userIds: ['u1'], cause: 'LEFT' },
  'muc.kick': { ...left, userIds: ['u2'], cause: 'REMOVED' },
  'muc.ban': { ...blocks, isAdded: true },
  'muc.allow': { ...blocks, isAdded: false },
  'muc.update': { type: 'SPACE_UPDATED', fields: null },
  'muc.block': { type: 'SPACE_IGNORE_CHANGED', isIgnored: true },
  'muc.unblock': { type: 'SPACE_IGNORE_CHANGED', isIgnored: false },
  'muc.assing_owner': { type: 'SPACE_OWNER_CHANGED', oldOwnerId: null, newOwnerId: 'u2' },
  'muc.add_admin': { ...roles, role: 'ADMIN' },
  'muc.remove_admin': { ...roles, role: 'MEMBER' },
  'muc.add_mute': { ...mutes, isMuted: true },
  'muc.remove_mute': { ...mutes, isMuted: false },
  'muc.update_announcement': { ...announcement, announcement: null },
  'muc.delete_announcement': { ...announcement, announcement: null },
  'muc.upload_file': {
    type: 'SHARED_FILES_CHANGED',
    isAdded: true,
    files: [
      {
        fileId: '79ddf840-1111-2222-bec3-ad40868b03f9',
        name: 'a.csv',
        size: 6787,
        ownerId: null,
        createdAt: new Date(1_644_909_510_085),
      },
    ],
  },
  'muc.delete_file': { type: 'SHARED_FILES_CHANGED', isAdded: false, files: [] },
  'muc.add_user_white_list': { ...allows, isAdded: true },
  'muc.remove_user_white_list': { ...allows, isAdded: false },
  'muc.ban_group': { type: 'SPACE_MUTE_CHANGED', isMuted: true },
  'muc.remove_ban_group': { type: 'SPACE_MUTE_CHANGED', isMuted: false },
  'muc.set_metadata': {
    type: 'SPACE_ATTRIBUTES_CHANGED',
    set: [{ key: 'k1', value: 'v1' }],
    deleted: [],
    isCleared: false,
  },
  'muc.delete_metadata': { type: 'SPACE_ATTRIBUTES_CHANGED', set: [], deleted: ['k1'], isCleared: false },
  'muc.group_member_metadata_update': {
    type: 'MEMBER_ATTRIBUTES_CHANGED',
    userId: 'u2',
    set: [{ key: 'k1', value: 'v1' }],
  },
};

const file = { fileId: 'e899d500-1111-2222-af16-6f135fe75dde' };
const counted = { userIds: ['u2'], memberCount: 4 };
const ofSpaces: Record<string, Fields> = {
  'groupOp.create': { type: 'SPACE_CREATED', ownerId: 'u1', memberIds: ['u1', 'u2'] },
  'groupOp.delete': { type: 'SPACE_DELETED', memberIds: null },
  'groupOp.join.direct': { ...joined, ...counted, cause: 'ADDED' },
  'groupOp.join.invite': { ...joined, ...counted, cause: 'INVITED' },
  'groupOp.join.apply': { ...joined, ...counted, cause: 'APPROVED' },
  'groupOp.leave.quit': { ...left, ...counted, cause: 'LEFT' },
  'groupOp.leave.kick': { ...left, ...counted, cause: 'REMOVED' },
  'groupOp.leave.block': { ...left, ...counted, cause: 'BLOCKED' },
  'groupOp.leave.delete': { ...left, userIds: ['u1', 'u2', 'u3'], cause: 'SPACE_DELETED' },
  'groupOp.update.info': { type: 'SPACE_UPDATED', fields: ['description', 'name', 'maxMembers'] },
  'groupOp.update.owner': { type: 'SPACE_OWNER_CHANGED', oldOwnerId: 'u1', newOwnerId: 'u2' },
  'groupOp.update.announcement': { ...announcement, announcement: 'a' },
  'groupOp.update.disable': { type: 'SPACE_SUSPENSION_CHANGED', isSuspended: true },
  'groupOp.update.mute': { type: 'SPACE_MUTE_CHANGED', isMuted: true },
  'groupOp.shield.add': { type: 'SPACE_IGNORE_CHANGED', isIgnored: true },
  'groupOp.shield.remove': { type: 'SPACE_IGNORE_CHANGED', isIgnored: false },
  'groupOp.admin.add': { ...roles, role: 'ADMIN' },
  'groupOp.admin.remove': { ...roles, role: 'MEMBER' },
  'groupOp.mute.add': { ...mutes, isMuted: true, expiresAt: new Date(1_729_585_614_955) },
  'groupOp.mute.remove': { ...mutes, isMuted: false },
  'groupOp.white.add': { ...allows, isAdded: true },
  'groupOp.white.remove': { ...allows, isAdded: false },
  'groupOp.block.add': { ...blocks, isAdded: true },
  'groupOp.block.remove': { ...blocks, isAdded: false },
  'groupOp.share_file.add': { type: 'SHARED_FILES_CHANGED', files: [file], isAdded: true },
  'groupOp.share_file.remove': { type: 'SHARED_FILES_CHANGED', files: [file], isAdded: false },
};

const inSpace = (table: Record<string, Fields>, id: string, actorId: string | null) =>
  Object.fromEntries(
    Object.entries(table).map(([name, said]) => {
      const kind = /muc\.(set|delete)_metadata/.test(name) ? 'chatroom' : 'group';
      return [name, { space: { kind, id }, actorId, ...said }];
    }),
  );

const expected: Record<string, Fields> = {
  ...ofMessages,
  ...ofUsers,
  ...inSpace(ofLegacySpaces, '173556296122369', 'u1'),
  ...inSpace(ofSpaces, '262246968131585', null),
};
const names = callbackNames('event');

describe('the example of', () => {
  test.each(names)('%s tells what the catalogue says', (name) => {
    const { id, events } = readExample(exampleOf(name));
    expect(id).toBe(`easemob.callback.${name}`);
    expect(events.map(({ payload }) => payload)).toEqual([expected[name]]);
    expect(events[0]?.occurredAt).toEqual(new Date(exampleOf(name)['timestamp'] as number));
  });

  test.each(names)('%s has the same key when it comes again, and with fields that nobody knows yet', (name) => {
    expect(keysOf(exampleOf(name, { newField: { a: 1 } }, { newField: 1 }))).toEqual(keysOf(exampleOf(name)));
  });

  test.each(names)('%s without the fields that it cannot do without is kept as UNKNOWN', (name) => {
    const { callId, timestamp, ...rest } = exampleOf(name);
    const told = ['chat_type', 'eventType', 'event', 'operation', 'step', 'reason', 'content_type', 'channel_channel'];
    const recognised = Object.fromEntries(Object.entries(rest).filter(([key]) => told.includes(key)));
    const { type, operation } = (rest['payload'] ?? {}) as Fields;
    const status = name.startsWith('userStatus') ? { status: 7 } : {};
    const { id, events } = readExample({ callId, timestamp, ...recognised, ...status, payload: { type, operation } });
    expect(id).toBe(`easemob.callback.${name}`);
    expect(events).toMatchObject([{ payload: { type: 'UNKNOWN', callback: `easemob.callback.${name}` } }]);
  });
});
