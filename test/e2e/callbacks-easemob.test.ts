import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { toldEvents } from '../support/event-fields.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { type Followed, follow } from '../support/live-events.ts';

const { callbacks } = readCatalogue(new URL('../../src/vendors/easemob/catalogue.json', import.meta.url));

const app = 'em-all';
let gateway: TestGateway;
let emulator: Emulator;
let stream: Followed;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, apps: [variant('easemob', app)] });
  const found = gateway.emulators.get('easemob');
  if (!found) throw new Error('no emulator');
  emulator = found;
  stream = await follow(gateway, [app], await gateway.operator(), toldEvents);
}, 30_000);
afterAll(async () => {
  await stream.close();
  await gateway.stop();
});

type Said = Readonly<Record<string, unknown>>;

const user = (id: string) => ({ id: `User:${app}:${id}` });
const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(user);
const group = { id: `Group:${app}:2784001` };
const room = { id: `Chatroom:${app}:9100001` };
const text = (words: string) => ({ __typename: 'TextContent', text: words });
const message = (sender: unknown, to: unknown, content: unknown = text('hi'), rest: Said = {}) => ({
  message: { sender, to, content, ...rest },
});
/** By alice, in the group, in the words of the older format. */
const legacy = { space: group, by: alice };
/** By a server. */
const newer = { space: group, by: null };
const joined = { __typename: 'MembersJoinedEvent', ...legacy, memberCount: null };
const left = { __typename: 'MembersLeftEvent', ...legacy, memberCount: null };
const presence = {
  __typename: 'PresenceChangedEvent',
  user: alice,
  platform: 'ios',
  sessionId: 'ios_6d580737-db3a-d2b5-da18-b6045ffd195b',
};
const toBob = { users: [bob] };
const bobJoins = { __typename: 'MembersJoinedEvent', ...newer, ...toBob, memberCount: 4 };
const bobLeaves = { __typename: 'MembersLeftEvent', ...newer, ...toBob, memberCount: 4 };
const csv = { vendorId: '79ddf840-1111-2222-bec3-ad40868b03f9' };
const file = { vendorId: 'e899d500-1111-2222-af16-6f135fe75dde' };
const attributes = { set: [{ key: 'k1', value: 'v1' }] };

/** What a subscriber gets of each callback, as the emulator makes it of the vendor's example. */
const expected: Readonly<Record<string, Said>> = {
  'message.user': { __typename: 'MessageSentEvent', ...message(alice, bob), source: 'UNKNOWN' },
  'message.group': { __typename: 'MessageSentEvent', ...message(alice, group) },
  'message.chatroom': { __typename: 'MessageSentEvent', ...message(alice, room) },
  'message.offline': { __typename: 'ReceiverOfflineEvent', ...message(alice, group), receiver: bob },
  'message.recall': {
    __typename: 'MessageRecalledEvent',
    ...message(alice, group, { __typename: 'RecalledContent' }, { vendorId: '966475220900644860' }),
    recaller: null,
    isByAdmin: null,
    isWithoutTrace: null,
    note: null,
  },
  'message.edit': {
    __typename: 'MessageEditedEvent',
    ...message(alice, bob, text('new'), { vendorId: '1373914550281177044' }),
    editor: null,
    editCount: 1,
  },
  'ack.read': {
    __typename: 'MessageReadEvent',
    ...message(bob, alice, null, { vendorId: '968665323572037776' }),
    reader: alice,
  },
  'ack.groupRead': {
    __typename: 'MessageReadEvent',
    message: { to: group, vendorId: '1406088702140090324', content: null },
    reader: alice,
  },
  'ack.conversation': { __typename: 'ConversationReadEvent', reader: alice, peer: bob },
  reaction: {
    __typename: 'ReactionsChangedEvent',
    ...message(bob, carol, null, { vendorId: '990000032' }),
    reactor: bob,
    emoji: 'b',
    isAdded: true,
    count: 1,
  },
  thread: {
    __typename: 'ThreadUpdatedEvent',
    space: { id: `Thread:${app}:179800000000093` },
    by: alice,
    lastMessage: { vendorId: '1000000028', sender: alice, content: text('hi') },
    messageCount: 49,
  },
  'roster.add': { __typename: 'FriendRequestedEvent', user: alice, friend: bob, greeting: null },
  'roster.remove': { __typename: 'FriendRemovedEvent', user: alice, friend: bob },
  'roster.accept': { __typename: 'FriendAddedEvent', user: bob, friend: alice },
  'roster.remote_accept': { __typename: 'FriendAddedEvent', user: bob, friend: alice },
  'roster.decline': { __typename: 'FriendRequestDeclinedEvent', user: bob, friend: alice },
  'roster.remote_decline': { __typename: 'FriendRequestDeclinedEvent', user: bob, friend: alice },
  'roster.ban': { __typename: 'BlocklistChangedEvent', user: alice, target: bob, isBlocked: true },
  'roster.allow': { __typename: 'BlocklistChangedEvent', user: alice, target: bob, isBlocked: false },
  'userStatus.login': { ...presence, isOnline: true, presenceCause: 'LOGIN' },
  'userStatus.logout': { ...presence, isOnline: false, presenceCause: 'LOGOUT' },
  'userStatus.replaced': { ...presence, isOnline: false, presenceCause: 'KICK' },
  'moderation.result': {
    __typename: 'MessageModeratedEvent',
    ...message(alice, bob),
    contentDecision: 'PASS',
    labels: ['广告'],
    matchedKeywords: [],
    provider: null,
  },
  'moderation.keyword': {
    __typename: 'MessageModeratedEvent',
    ...message(bob, alice, null, { vendorId: '1232040174779635136' }),
    contentDecision: 'REFUSE',
    labels: [],
    matchedKeywords: ['x'],
  },
  'push.result': {
    __typename: 'PushFinishedEvent',
    user: alice,
    about: null,
    isSent: false,
    platform: null,
    reason: 'no push binding',
  },
  'muc.create': { __typename: 'SpaceCreatedEvent', ...legacy, owner: bob, first: [bob] },
  'muc.destroy': { __typename: 'SpaceDeletedEvent', ...legacy, last: null },
  'muc.apply': { __typename: 'JoinRequestedEvent', ...legacy, user: alice, greeting: 'Let me in, please' },
  'muc.apply_accept': { ...joined, users: [bob], joinCause: 'APPROVED' },
  'muc.invite': { __typename: 'MembersInvitedEvent', ...legacy, users: [bob] },
  'muc.invite_accept': { ...joined, users: [alice], joinCause: 'INVITED' },
  'muc.invite_decline': { __typename: 'InvitationDeclinedEvent', ...legacy, user: alice },
  'muc.kick': { ...left, users: [bob], leaveCause: 'REMOVED' },
  'muc.ban': { __typename: 'SpaceBlocklistChangedEvent', ...legacy, users: [bob], isAdded: true, expiresAt: null },
  'muc.allow': { __typename: 'SpaceBlocklistChangedEvent', ...legacy, users: [bob], isAdded: false },
  'muc.update': { __typename: 'SpaceUpdatedEvent', ...legacy, fields: null },
  'muc.block': { __typename: 'SpaceIgnoreChangedEvent', ...legacy, isIgnored: true },
  'muc.unblock': { __typename: 'SpaceIgnoreChangedEvent', ...legacy, isIgnored: false },
  'muc.presence': { ...joined, users: [alice], joinCause: 'JOINED' },
  'muc.absence': { ...left, users: [alice], leaveCause: 'LEFT' },
  'muc.direct_joined': { ...joined, users: [bob], joinCause: 'ADDED' },
  'muc.leave': { ...left, users: [alice], leaveCause: 'LEFT' },
  'muc.assing_owner': { __typename: 'SpaceOwnerChangedEvent', ...legacy, oldOwner: null, newOwner: bob },
  'muc.add_admin': { __typename: 'MemberRolesChangedEvent', ...legacy, users: [bob], role: 'ADMIN' },
  'muc.remove_admin': { __typename: 'MemberRolesChangedEvent', ...legacy, users: [bob], role: 'MEMBER' },
  'muc.add_mute': { __typename: 'MemberMutesChangedEvent', ...legacy, users: [bob], isMuted: true, expiresAt: null },
  'muc.remove_mute': { __typename: 'MemberMutesChangedEvent', ...legacy, users: [bob], isMuted: false },
  'muc.update_announcement': {
    __typename: 'SpaceAnnouncementChangedEvent',
    ...legacy,
    announcement: 'Meeting at noon',
  },
  'muc.delete_announcement': { __typename: 'SpaceAnnouncementChangedEvent', ...legacy, announcement: null },
  'muc.upload_file': { __typename: 'SharedFilesChangedEvent', ...legacy, files: [csv], isAdded: true },
  'muc.delete_file': { __typename: 'SharedFilesChangedEvent', ...legacy, files: [csv], isAdded: false },
  'muc.add_user_white_list': { __typename: 'SpaceAllowlistChangedEvent', ...legacy, users: [bob], isAdded: true },
  'muc.remove_user_white_list': { __typename: 'SpaceAllowlistChangedEvent', ...legacy, users: [bob], isAdded: false },
  'muc.ban_group': { __typename: 'SpaceMuteChangedEvent', ...legacy, isMuted: true },
  'muc.remove_ban_group': { __typename: 'SpaceMuteChangedEvent', ...legacy, isMuted: false },
  'muc.set_metadata': {
    __typename: 'SpaceAttributesChangedEvent',
    space: room,
    by: alice,
    ...attributes,
    deleted: [],
    isCleared: false,
  },
  'muc.delete_metadata': { __typename: 'SpaceAttributesChangedEvent', space: room, set: [], deleted: ['k1'] },
  'muc.group_member_metadata_update': {
    __typename: 'MemberAttributesChangedEvent',
    ...legacy,
    user: bob,
    ...attributes,
  },
  'groupOp.create': { __typename: 'SpaceCreatedEvent', ...newer, owner: alice, first: [alice, bob] },
  'groupOp.delete': { __typename: 'SpaceDeletedEvent', ...newer, last: null },
  'groupOp.join.direct': { ...bobJoins, joinCause: 'ADDED' },
  'groupOp.join.invite': { ...bobJoins, joinCause: 'INVITED' },
  'groupOp.join.apply': { ...bobJoins, joinCause: 'APPROVED' },
  'groupOp.leave.quit': { ...bobLeaves, by: bob, leaveCause: 'LEFT' },
  'groupOp.leave.kick': { ...bobLeaves, leaveCause: 'REMOVED' },
  'groupOp.leave.block': { ...bobLeaves, leaveCause: 'BLOCKED' },
  'groupOp.leave.delete': { ...left, ...newer, users: [alice, bob, carol], leaveCause: 'SPACE_DELETED' },
  'groupOp.update.info': { __typename: 'SpaceUpdatedEvent', ...newer, fields: ['description', 'name', 'maxMembers'] },
  'groupOp.update.owner': { __typename: 'SpaceOwnerChangedEvent', ...newer, oldOwner: alice, newOwner: bob },
  'groupOp.update.announcement': { __typename: 'SpaceAnnouncementChangedEvent', ...newer, announcement: 'a' },
  'groupOp.update.disable': { __typename: 'SpaceSuspensionChangedEvent', ...newer, isSuspended: true },
  'groupOp.update.mute': { __typename: 'SpaceMuteChangedEvent', ...newer, isMuted: true },
  'groupOp.shield.add': { __typename: 'SpaceIgnoreChangedEvent', ...legacy, isIgnored: true },
  'groupOp.shield.remove': { __typename: 'SpaceIgnoreChangedEvent', ...legacy, isIgnored: false },
  'groupOp.admin.add': { __typename: 'MemberRolesChangedEvent', ...newer, ...toBob, role: 'ADMIN' },
  'groupOp.admin.remove': { __typename: 'MemberRolesChangedEvent', ...newer, ...toBob, role: 'MEMBER' },
  'groupOp.mute.add': {
    __typename: 'MemberMutesChangedEvent',
    ...newer,
    ...toBob,
    isMuted: true,
    expiresAt: '2024-10-22T08:26:54.955Z',
  },
  'groupOp.mute.remove': { __typename: 'MemberMutesChangedEvent', ...newer, ...toBob, isMuted: false },
  'groupOp.white.add': { __typename: 'SpaceAllowlistChangedEvent', ...newer, ...toBob, isAdded: true },
  'groupOp.white.remove': { __typename: 'SpaceAllowlistChangedEvent', ...newer, ...toBob, isAdded: false },
  'groupOp.block.add': { __typename: 'SpaceBlocklistChangedEvent', ...newer, ...toBob, isAdded: true },
  'groupOp.block.remove': { __typename: 'SpaceBlocklistChangedEvent', ...newer, ...toBob, isAdded: false },
  'groupOp.share_file.add': { __typename: 'SharedFilesChangedEvent', ...newer, files: [file], isAdded: true },
  'groupOp.share_file.remove': { __typename: 'SharedFilesChangedEvent', ...newer, files: [file], isAdded: false },
  'groupOp.room_super_admin.add': { __typename: 'SuperAdminsChangedEvent', ...toBob, isAdded: true, promoter: null },
  'groupOp.room_super_admin.remove': { __typename: 'SuperAdminsChangedEvent', ...toBob, isAdded: false },
};

/** Spaces are made and gone once, and files too: a second callback about the same one is the same event. */
const aboutAnother: Readonly<Record<string, Said>> = {
  'groupOp.create': { id: '2784002' },
  'groupOp.delete': { id: '2784002' },
};

const told = callbacks.filter(({ kind }) => kind === 'event').map(({ id }, index) => [id, index] as const);

test.each(told)('%s comes to a subscriber as what it tells', async (id, index) => {
  const name = id.slice('easemob.callback.'.length);
  const another = aboutAnother[name] ?? {};
  // Each at a second of its own: some tell the same as others.
  emulator.fire(id, { ...another, timestamp: Date.now() - index * 2000 });
  const event = await stream.until(() => true);
  const space = 'id' in another ? { space: { id: `Group:${app}:${another['id']}` } } : {};
  expect(event).toMatchObject({ ...expected[name], ...space });
});

test('fields that nobody knows yet are ignored; an event that nobody knows yet is kept', async () => {
  emulator.fire('easemob.callback.roster.remove', { surprise: { a: 1 }, 'payload.surprise': 1 });
  expect(await stream.until(() => true)).toMatchObject(expected['roster.remove'] ?? {});
  emulator.fire('easemob.callback.roster.remove', { 'payload.operation': 'wave' });
  expect(await stream.until(() => true)).toEqual({ __typename: 'UnknownEvent', name: 'roster.wave' });
  emulator.fire('easemob.callback.userStatus.login', { status: 'dreaming' });
  expect(await stream.until(() => true)).toEqual({
    __typename: 'UnknownEvent',
    name: 'easemob.callback.userStatus.login',
  });
});
