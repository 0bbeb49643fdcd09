import { describe, expect, test } from 'vitest';
import type { EventPayload } from '../../src/domain/event.ts';
import { MemoryLog } from '../../src/events/memory-log.ts';
import { exampleOf, type Fields, keysOf, payloadsOf, readExample } from '../support/easemob-callbacks.ts';
import { FakeClock } from '../support/fake-clock.ts';

const direct = (id: string) => ({ kind: 'direct', id });
const file = { fileId: 'e899d500-1111-2222-af16-6f135fe75dde' };

const at = 1_729_497_286_675;
const space = '262246968131585';
const legacy = (operation: string, from: string, to: string, payload: Fields = {}, callId = operation) =>
  exampleOf(
    'muc.kick',
    { callId, from: `org#app_${from}@easemob.com`, to, group_id: space, timestamp: at - 9 },
    { operation, ...payload },
  );

/** What a log has of callbacks that come one after the other. */
async function logged(...bodies: readonly Fields[]): Promise<EventPayload[]> {
  const log = new MemoryLog({ clock: new FakeClock() });
  const start = log.top('app');
  for (const body of bodies)
    await log.append(
      'app',
      readExample(body).events.map((event) => ({ ...event, subjects: [] })),
    );
  const { events } = await log.read('app', start, 100);
  return events.map(({ draft }) => draft.payload);
}

describe('one change that is told twice is one event:', () => {
  const twins: [string, Fields, Fields][] = [
    ['a creation', exampleOf('groupOp.create'), legacy('create', 'u1', 'u1')],
    ['a deletion', exampleOf('groupOp.delete'), legacy('destroy', 'u1', 'u1')],
    ['coming in', exampleOf('groupOp.join.direct'), legacy('presence', 'u2', space)],
    ['coming in, and how', legacy('presence', 'u2', space), legacy('direct_joined', 'u1', 'u2')],
    ['an invitation accepted', exampleOf('groupOp.join.invite'), legacy('invite_accept', 'u2', 'u1')],
    ['a request granted', exampleOf('groupOp.join.apply'), legacy('apply_accept', 'u1', 'u2')],
    ['going', exampleOf('groupOp.leave.quit'), legacy('absence', 'u2', space)],
    ['going, and how', legacy('absence', 'u2', space), legacy('leave', 'u2', 'u1')],
    ['a removal', exampleOf('groupOp.leave.kick'), legacy('kick', 'u1', 'u2')],
    ['a block', exampleOf('groupOp.block.add'), legacy('ban', 'u1', 'u2')],
    ['an unblock', exampleOf('groupOp.block.remove'), legacy('allow', 'u1', 'u2')],
    ['a change of properties', exampleOf('groupOp.update.info'), legacy('update', 'u1', 'u1')],
    ['an announcement', exampleOf('groupOp.update.announcement'), legacy('update_announcement', 'u1', space)],
    ['another owner', exampleOf('groupOp.update.owner'), legacy('assing_owner', 'u1', 'u2')],
    ['a mute of all', exampleOf('groupOp.update.mute'), legacy('ban_group', 'u1', space)],
    ['a mute', exampleOf('groupOp.mute.add'), legacy('add_mute', 'u1', 'u2')],
    ['an unmute', exampleOf('groupOp.mute.remove'), legacy('remove_mute', 'u1', 'u2')],
    ['an admin', exampleOf('groupOp.admin.add'), legacy('add_admin', 'u1', 'u2')],
    ['an admin no more', exampleOf('groupOp.admin.remove'), legacy('remove_admin', 'u1', 'u2')],
    ['an allowed user', exampleOf('groupOp.white.add'), legacy('add_user_white_list', 'u1', 'u2')],
    ['an allowed user no more', exampleOf('groupOp.white.remove'), legacy('remove_user_white_list', 'u1', 'u2')],
    ['ignoring', exampleOf('groupOp.shield.add', { operator: 'u1' }), legacy('block', 'u1', 'u1')],
    [
      'a file',
      exampleOf('groupOp.share_file.remove'),
      legacy('delete_file', 'u1', space, { reason: 'e899d500-1111-2222-af16-6f135fe75dde' }),
    ],
    ['a friendship', exampleOf('roster.accept', { callId: 'a' }), exampleOf('roster.remote_accept', { callId: 'b' })],
    [
      'a friendship, told with the sides changed',
      exampleOf('roster.decline', { callId: 'a' }),
      exampleOf('roster.remote_decline', { callId: 'b', from: 'u2', to: 'org#app_u1@easemob.com' }),
    ],
  ];
  test.each(twins)('%s', async (_, one, other) => {
    expect(await logged(one, other)).toEqual(payloadsOf(one));
    expect(await logged(other, one)).toEqual(payloadsOf(other));
    expect(payloadsOf(one)).toHaveLength(1);
    expect(payloadsOf(one)[0]?.type).toBe(payloadsOf(other)[0]?.type);
  });

  test.each(twins)('%s, done twice within a second, is two', async (_, one, other) => {
    const again = (body: Fields): Fields => ({ ...body, callId: `${String(body['callId'])}-2` });
    const [first, second] = [payloadsOf(one), payloadsOf(other)];
    expect(await logged(one, again(one), other, again(other))).toEqual([...first, ...first]);
    expect(await logged(one, other, again(one), again(other))).toEqual([...first, ...first]);
    expect(await logged(other, one, again(one), again(other))).toEqual([...second, ...first]);
    // The vendor's repeats have the same id, and tell of nothing more.
    expect(await logged(one, one, other, other, one)).toEqual(first);
  });

  test('what several users are told of one change is one', async () => {
    const toldTo = (userId: string) => exampleOf('muc.set_metadata', { callId: userId, to: userId, timestamp: at });
    expect(await logged(toldTo('u1'), toldTo('u2'), toldTo('u3'))).toHaveLength(1);
  });

  test('what is done to several users is an event for each', async () => {
    const both = exampleOf('groupOp.join.direct', {}, { member: ['u2', 'U3', 'u2'] });
    expect(payloadsOf(both)).toMatchObject([{ userIds: ['u2'] }, { userIds: ['u3'] }]);
    expect(await logged(both, legacy('presence', 'u3', space))).toEqual(payloadsOf(both));
  });

  const apart: [string, Fields, Fields][] = [
    ['another user', exampleOf('groupOp.mute.add'), exampleOf('groupOp.mute.add', {}, { member: ['u3'] })],
    ['another space', exampleOf('groupOp.mute.add'), exampleOf('groupOp.mute.add', { id: '1' })],
    ['another kind of space', exampleOf('groupOp.mute.add'), exampleOf('groupOp.mute.add', { type: 'CHATROOM' })],
    ['another second', exampleOf('groupOp.mute.add'), exampleOf('groupOp.mute.add', { timestamp: at + 1000 })],
    ['the contrary', exampleOf('groupOp.mute.add'), exampleOf('groupOp.mute.remove')],
    ['accepting and declining', exampleOf('roster.accept'), exampleOf('roster.decline')],
    ['other attributes', exampleOf('muc.set_metadata'), exampleOf('muc.delete_metadata')],
  ];
  test.each(apart)('but not %s', async (_, one, other) => {
    const asLater = { ...other, callId: 'later' };
    expect(await logged(one, asLater)).toEqual([...payloadsOf(one), ...payloadsOf(other)]);
  });
});

describe('what changes within one second', () => {
  test('is told as it was: announcements, then the name and the description, in either format', async () => {
    const older = (callId: string, reason: string) => legacy('update_announcement', 'u1', space, { reason }, callId);
    const newer = (callId: string, announcement: string) =>
      exampleOf('groupOp.update.announcement', { callId, timestamp: at }, { announcement });
    const info = (callId: string, change: Fields) =>
      exampleOf('groupOp.update.info', { callId, timestamp: at }, { info: change });
    const told = await logged(
      older('1', 'first'),
      older('2', 'second'),
      newer('3', 'first'),
      newer('4', 'second'),
      info('5', { title: 'name' }),
      info('6', { description: 'text' }),
      legacy('update', 'u1', 'u1', {}, '7'),
      legacy('update', 'u1', 'u1', {}, '8'),
    );
    expect(told).toMatchObject([
      { announcement: 'first' },
      { announcement: 'second' },
      { fields: ['name'] },
      { fields: ['description'] },
    ]);
  });

  test('in, out and in again is three events, and the member is in', async () => {
    const joined = (callId: string, operation: string) =>
      exampleOf(`groupOp.join.${operation}`, { callId, id: space, timestamp: at }, { member: ['u2'] });
    const left = exampleOf('groupOp.leave.kick', { id: space, timestamp: at }, { member: ['u2'] });
    const told = await logged(
      joined('a', 'direct'),
      left,
      joined('b', 'invite'),
      legacy('presence', 'u2', space, {}, '1'),
      legacy('direct_joined', 'u1', 'u2', {}, '2'),
      legacy('kick', 'u1', 'u2', {}, '3'),
      legacy('presence', 'u2', space, {}, '4'),
    );
    expect(told.map(({ type }) => type)).toEqual(['MEMBERS_JOINED', 'MEMBERS_LEFT', 'MEMBERS_JOINED']);
  });

  test('a mute with another end is another mute', async () => {
    const mute = (callId: string, end: number) =>
      exampleOf('groupOp.mute.add', { callId, timestamp: at }, { expire_timestamp: end });
    expect(await logged(mute('1', at + 60_000), mute('2', at + 3_600_000))).toMatchObject([
      { expiresAt: new Date(at + 60_000) },
      { expiresAt: new Date(at + 3_600_000) },
    ]);
  });
});

describe('what the editions of the documents differ in:', () => {
  const cases: [string, Fields, Partial<Record<string, unknown>>][] = [
    [
      'failed operations are not told as done',
      exampleOf('muc.kick', {}, { status: { error_code: 'fail' } }),
      { type: 'UNKNOWN' },
    ],
    ['failed blocks neither', exampleOf('roster.ban', {}, { status: { error_code: 'fail' } }), { type: 'UNKNOWN' }],
    ['no status is a good one', exampleOf('muc.apply_accept', {}, { status: {} }), { cause: 'APPROVED' }],
    [
      'rooms say so',
      exampleOf('muc.kick', {}, { is_chatroom: true }),
      { space: { kind: 'chatroom', id: '173556296122369' } },
    ],
    [
      'a space is named by muc_id alone',
      exampleOf('muc.kick', { group_id: undefined }),
      { space: { kind: 'group', id: '173556296122369' } },
    ],
    [
      'devices stand behind users',
      exampleOf('muc.kick', { from: 'org#app_u1@easemob.com/android_8' }),
      { actorId: 'u1' },
    ],
    ['the console acts as nobody', exampleOf('muc.kick', { from: '@ppAdmin' }), { actorId: null }],
    ['the server acts as nobody', exampleOf('muc.kick', { from: 'org#app_admin@easemob.com' }), { actorId: null }],
    ['the text of a request', exampleOf('muc.apply', {}, { reason: 'join group123' }), { message: 'join group123' }],
    ['a new announcement', exampleOf('muc.update_announcement', {}, { reason: 'noon' }), { announcement: 'noon' }],
    [
      'a deleted announcement',
      exampleOf('groupOp.update.announcement', {}, { announcement: undefined }),
      { announcement: null },
    ],
    ['a file by its id', exampleOf('muc.delete_file', {}, { reason: 'f-1' }), { files: [{ fileId: 'f-1' }] }],
    [
      'files deleted under UPDATE',
      exampleOf('groupOp.share_file.remove', { operation: 'UPDATE' }),
      { files: [file], isAdded: false },
    ],
    [
      'the whole of the properties',
      exampleOf('groupOp.update.info', {}, { info: { owner: 'o', created: '1' } }),
      { fields: null },
    ],
    ['a mute as text', exampleOf('groupOp.update.mute', {}, { mute: 'false' }), { isMuted: false }],
    [
      'disabled for disable',
      exampleOf('groupOp.update.disable', {}, { disable: undefined, disabled: true }),
      { isSuspended: true },
    ],
    ['no count', exampleOf('groupOp.join.direct', { member_count: undefined }), { memberCount: null }],
    ['by oneself', exampleOf('groupOp.join.direct', { operator: 'u2' }), { cause: 'JOINED', actorId: 'u2' }],
    [
      'a room left off line',
      exampleOf('groupOp.leave.quit', { type: 'CHATROOM' }, { action: 'user_offline' }),
      { cause: 'OFFLINE' },
    ],
    [
      'a mute without an end',
      exampleOf('groupOp.mute.add', {}, { expire_timestamp: 4_638_873_600_000 }),
      { expiresAt: null },
    ],
    [
      'an owner by the properties',
      exampleOf('groupOp.create', {}, { role: {} }),
      { ownerId: 'u1', memberIds: ['u1', 'u2'] },
    ],
    [
      'an old presence without a device',
      exampleOf('userStatus.login', { user: 'org#app_u1@easemob.com' }),
      { userId: 'u1', sessionId: null },
    ],
    [
      'an offline receiver of a direct message',
      exampleOf('message.offline', { chat_type: 'chat', group_id: undefined }),
      { receiverId: 'u2', message: { to: direct('u2') } },
    ],
    ['a reaction taken back', reactionOf('delete'), { isAdded: false }],
    ['a thread whose last message is gone', threadWithout(), { lastMessage: null, threadId: '179800000000093' }],
    ['what moderators refuse', exampleOf('moderation.result', { moderationResult: 'REJECT' }), { decision: 'REFUSE' }],
    ['what they recall', exampleOf('moderation.result', { moderationResult: 'RECALL' }), { decision: 'REFUSE' }],
    ['what they exchange', exampleOf('moderation.result', { moderationResult: 'EXCHANGE' }), { decision: 'PASS' }],
    [
      'what the provider doubts',
      exampleOf('moderation.result', { providerResult: 'REVIEWED' }),
      { decision: 'REVIEW' },
    ],
    [
      'a picture looked at',
      exampleOf('moderation.result', { messageType: 'img', msg: undefined, url: 'https://f.example/i' }),
      { message: { content: { kind: 'IMAGE', url: 'https://f.example/i' } } },
    ],
    [
      'a room looked at',
      exampleOf('moderation.result', { targetType: 'chatroom', to: '66' }),
      { message: { to: { kind: 'chatroom', id: '66' } } },
    ],
    [
      'words replaced',
      exampleOf('moderation.keyword', { status: 'replace' }),
      { decision: 'PASS', matchedKeywords: ['x'] },
    ],
    [
      'words in a group',
      exampleOf('moderation.keyword', {
        chatType: 'chat:group:text',
        contentReceiver: 'org#app_66@conference.easemob.com',
      }),
      { message: { to: { kind: 'group', id: '66' } } },
    ],
    [
      'words in a group whose id the app chose',
      exampleOf('moderation.keyword', {
        chatType: 'chat:group:text',
        contentReceiver: 'org#app_mygroup1@conference.easemob.com',
      }),
      { message: { to: { kind: 'group', id: 'mygroup1' } } },
    ],
    [
      'a push that went',
      exampleOf('push.result', { status: 'success', detail: undefined, channel: 'APNS', from: 'u9' }),
      { isSent: true, platform: 'APNS', reason: null, message: { senderId: 'u9', to: direct('u1') } },
    ],
    [
      'a push in a group',
      exampleOf('push.result', { from: 'u9', group_id: '66' }),
      { message: { to: { kind: 'group', id: '66' } } },
    ],
    [
      'keys that could not be set are left out',
      attributes({ result: { successKeys: ['a'] }, properties: { a: '1', b: '2' } }),
      { set: [{ key: 'a', value: '1' }] },
    ],
    [
      'a server sets attributes',
      attributes({ properties: { a: '' }, operator: 'admin' }),
      { set: [{ key: 'a', value: '' }], actorId: null },
    ],
    [
      'attributes that are no JSON',
      exampleOf('muc.set_metadata', {}, { event_info: { ext: '{' } }),
      { type: 'UNKNOWN' },
    ],
  ];
  test.each(cases)('%s', (_, body, said) => {
    expect(payloadsOf(body)[0]).toMatchObject(said);
  });

  test('every change of reactions is an event with a key of its own', () => {
    const body = reactionOf('create', [
      { reactionType: 'create', operator: 'u2' },
      { reactionType: 'delete', operator: 'u4' },
    ]);
    expect(payloadsOf(body)).toMatchObject([
      { actorId: 'u2', isAdded: true },
      { actorId: 'u4', isAdded: false },
    ]);
    expect(keysOf(body)).toEqual(['unsigned|990000056', 'unsigned|990000056|1']);
  });
});

function reactionOf(reactionType: string, op: readonly Fields[] = [{ reactionType, operator: 'u2' }]): Fields {
  const row = { messageId: '990000032', from: 'u2', to: 'u3', channel_type: 'chat' };
  return exampleOf('reaction', {}, { data: [{ ...row, reactions: [{ reaction: 'b', count: 1, op }] }] });
}

function threadWithout(): Fields {
  const { payload } = exampleOf('thread') as { payload: { data: Fields } };
  return exampleOf('thread', {}, { data: { ...payload.data, last_message: {} } });
}

function attributes(ext: Fields): Fields {
  return exampleOf('muc.set_metadata', {}, { event_info: { ext: JSON.stringify(ext), type: 'event_none' } });
}

test('what a message is kept with for operators has no signature in it', () => {
  const [payload] = payloadsOf(exampleOf('message.user')) as Extract<EventPayload, { type: 'MESSAGE_SENT' }>[];
  const { security: _, ...unsigned } = exampleOf('message.user');
  expect(payload?.message.raw).toEqual(unsigned);
});
