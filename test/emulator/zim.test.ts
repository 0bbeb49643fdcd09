import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startZim, type ZimBench, zimCredentials, zimSignature } from '../support/zim.ts';

let zim: ZimBench;

const register = (...ids: string[]) =>
  zim.post('UserRegister', { UserInfo: ids.map((UserId) => ({ UserId, UserName: UserId.toUpperCase() })) });
const text = (from: string, to: string[], message = 'hi') => ({
  FromUserId: from,
  ToUserId: to,
  MessageType: 1,
  Priority: 2,
  MessageBody: { Message: message },
});

beforeEach(async () => {
  zim = await startZim();
  await register('alice', 'bob', 'carol');
});
afterEach(() => zim.emulator.stop());

describe('authentication', () => {
  const code = async (change: (query: URLSearchParams) => void) => {
    const query = zimSignature(zim.clock);
    query.set('Action', 'QueryAppGroupList');
    change(query);
    const reply = await fetch(`${zim.emulator.url}/?${query}`);
    const body: unknown = await reply.json();
    return body;
  };

  it('holds a signature for ten minutes and refuses it a second later', async () => {
    const query = zimSignature(zim.clock);
    const url = `${zim.emulator.url}/?Action=QueryAppGroupList&${query}`;
    await zim.clock.advance(600_000);
    expect(await (await fetch(url)).json()).toMatchObject({ Code: 0 });
    await zim.clock.advance(1000);
    expect(await (await fetch(url)).json()).toMatchObject({ Code: 100000004 });
  });

  it('refuses a timestamp more than ten minutes ahead', async () => {
    const ahead = { now: () => zim.clock.now() + 601_000, ticks: () => zim.clock.ticks(), schedule: () => () => {} };
    const url = `${zim.emulator.url}/?Action=QueryAppGroupList&${zimSignature(ahead)}`;
    expect(await (await fetch(url)).json()).toMatchObject({ Code: 100000004 });
  });

  it('takes the same nonce twice', async () => {
    const url = `${zim.emulator.url}/?Action=QueryAppGroupList&${zimSignature(zim.clock)}`;
    await fetch(url);
    expect(await (await fetch(url)).json()).toMatchObject({ Code: 0 });
  });

  it.each([
    ['an AppId that is no uint32', (query: URLSearchParams) => query.set('AppId', '4294967296'), 100000001],
    ['an AppId without an app', (query: URLSearchParams) => query.set('AppId', '1002'), 100000011],
    [
      'upper-case hex',
      (query: URLSearchParams) => query.set('Signature', query.get('Signature')?.toUpperCase() ?? ''),
      100000005,
    ],
    ['an empty Signature', (query: URLSearchParams) => query.set('Signature', ''), 100000009],
    ['no Action', (query: URLSearchParams) => query.delete('Action'), 100000006],
  ])('refuses %s', async (_title, change, expected) => {
    expect(await code(change)).toMatchObject({ Code: expected });
  });

  it('ignores IsTest, which is no parameter of this API', async () => {
    expect(await code((query) => query.set('IsTest', 'true'))).toMatchObject({ Code: 0 });
  });
});

describe('routing and parameters', () => {
  it('knows no Action by another method than its own', async () => {
    expect(await zim.get('QueryUserInfos')).toMatchObject({ Code: 100000007 });
    expect(await zim.post('QueryAppGroupList', {})).toMatchObject({ Code: 100000007 });
  });

  it('has one path', async () => {
    expect((await fetch(`${zim.emulator.url}/v2?Action=QueryAppGroupList&${zimSignature(zim.clock)}`)).status).toBe(
      404,
    );
  });

  it('takes business parameters of a POST from the body only', async () => {
    const url = `${zim.emulator.url}/?Action=QueryGroupMemberList&GroupId=g-1&${zimSignature(zim.clock)}`;
    const reply = await fetch(url, { method: 'POST', body: '{}' });
    expect(await reply.json()).toMatchObject({ Code: 660000002 });
  });

  it.each([
    ['broken JSON', '{"UserIds":'],
    ['an array instead of an object', '["alice"]'],
    ['a form', 'UserIds=alice'],
    ['a text for a list', '{"UserIds":"alice"}'],
    ['numbers for ids', '{"UserIds":[1]}'],
    ['an empty list', '{"UserIds":[]}'],
    ['101 ids', JSON.stringify({ UserIds: Array.from({ length: 101 }, (_, index) => `u${index}`) })],
  ])('refuses %s with 660000002', async (_title, body) => {
    const url = `${zim.emulator.url}/?Action=QueryUserInfos&${zimSignature(zim.clock)}`;
    expect(await (await fetch(url, { method: 'POST', body })).json()).toMatchObject({ Code: 660000002 });
  });

  it('answers HTTP 200 with a text RequestId to a refusal', async () => {
    const reply = await fetch(`${zim.emulator.url}/?Action=Nothing&${zimSignature(zim.clock)}`);
    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual({
      Code: 100000007,
      Message: expect.any(String),
      RequestId: expect.stringMatching(/^\d+$/),
    });
  });

  it('names the app by its credentials', () => {
    expect(zim.app.credentials).toEqual(zimCredentials);
  });
});

describe('bounds with codes of their own', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);

  it.each([
    ['AddUsersToBlacklist', { FromUserId: 'alice', UserIds: ids(21) }, 660800039],
    ['RemoveUsersFromBlacklist', { FromUserId: 'alice', UserIds: ids(21) }, 660800039],
    ['InviteUsersIntoGroup', { FromUserId: 'alice', GroupId: 'g', UserIds: ids(101) }, 660000011],
    ['KickoutGroupUser', { FromUserId: 'alice', GroupId: 'g', UserId: ids(51) }, 660000011],
    ['CreateGroup', { GroupOwner: 'alice', UserId: ids(101) }, 660600016],
    ['CreateGroup', { GroupOwner: 'alice', GroupName: 'é'.repeat(51) }, 660000002],
    ['SendPeerMessage', text('alice', ids(101)), 660000011],
    ['SendPeerMessage', text('alice', ['bob'], 'a'.repeat(2049)), 660400001],
    ['SendPeerMessage', text('alice', ['bob'], ''), 660000002],
    [
      'QueryMessagesByMsgSeq',
      { FromUserId: 'alice', ConvId: 'bob', ConvType: 0, MsgSeqList: ids(21).map((_, i) => i) },
      660000002,
    ],
  ])('%s %#', async (action, body, expected) => {
    const answer = await zim.post(action, body);
    expect(answer.Code).toBe(expected);
    expect(Object.keys(answer)).toEqual(['Code', 'Message', 'RequestId']);
  });

  const long = 'x'.repeat(65);
  const from = { FromUserId: 'alice' };
  const failed = (UserId: string, SubCode: number, isExplained = false) => ({
    UserId,
    SubCode,
    ...(isExplained && { SubMessage: expect.any(String) }),
  });
  const tooLong = (isExplained = false) => failed(long, 660000012, isExplained);

  it.each([
    ['UserRegister', { UserInfo: [{ UserId: 'dave' }, { UserId: long }] }, 'ErrorList', tooLong(true)],
    [
      'UserRegister',
      { UserInfo: [{ UserId: 'dave' }, { UserId: 'erin', UserName: 'é'.repeat(129) }] },
      'ErrorList',
      failed('erin', 660700006, true),
    ],
    [
      'UserRegister',
      { UserInfo: [{ UserId: 'dave' }, { UserId: 'erin', UserAvatar: 'a'.repeat(501) }] },
      'ErrorList',
      failed('erin', 660700007, true),
    ],
    [
      'UserRegister',
      { UserInfo: [{ UserId: 'dave' }, { UserId: 'er,in' }] },
      'ErrorList',
      failed('er,in', 660000002, true),
    ],
    [
      'RobotRegister',
      { UserInfo: [{ UserId: '@RBT#a' }, { UserId: `@RBT#${long}` }] },
      'ErrorList',
      failed(`@RBT#${long}`, 660000012, true),
    ],
    ['ModifyUserInfo', { UserInfo: [{ UserId: 'bob', UserName: 'B' }, { UserId: long }] }, 'ErrorList', tooLong(true)],
    ['QueryUserInfos', { UserIds: ['bob', long] }, 'ErrorList', tooLong()],
    ['AddFriends', { ...from, FriendInfos: [{ UserId: 'bob' }, { UserId: long }] }, 'ErrorList', tooLong()],
    [
      'AddFriends',
      { ...from, FriendInfos: [{ UserId: 'bob' }, { UserId: 'carol', FriendAlias: 'a'.repeat(257) }] },
      'ErrorList',
      failed('carol', 660800021),
    ],
    ['SendFriendApplication', { ...from, FriendInfos: [{ UserId: 'bob' }, { UserId: long }] }, 'ErrorList', tooLong()],
    ['CheckFriendsRelation', { ...from, CheckType: 0, UserIds: ['bob', long] }, 'Fails', tooLong()],
    ['AddUsersToBlacklist', { ...from, UserIds: ['bob', long] }, 'ErrList', tooLong()],
    ['CheckUsersIsInBlacklist', { ...from, UserIds: ['bob', long] }, 'ErrList', tooLong()],
    ['CreateGroup', { GroupOwner: 'alice', UserId: ['bob', long] }, 'ErrorUsers', tooLong()],
    ['SendPeerMessage', text('alice', ['bob', long]), 'ErrorList', tooLong()],
    ['CallInvite', { ...from, UserIds: ['bob', long], OfflinePush: { Enable: 0 } }, 'ErrorUsers', tooLong()],
  ])('fail the item alone: %s %#', async (action, body, list, item) => {
    expect(await zim.post(action, body)).toMatchObject({ Code: 0, [list]: [item] });
  });

  it('fail the call where every item failed, and the list is filled', async () => {
    expect(await zim.post('UserRegister', { UserInfo: [{ UserId: long }, { UserId: 'alice' }] })).toMatchObject({
      Code: 660700002,
      ErrorList: [tooLong(true), failed('alice', 660700002, true)],
    });
    expect(await zim.post('UserRegister', { UserInfo: [{ UserId: long }] })).toMatchObject({
      Code: 660000012,
      ErrorList: [tooLong(true)],
    });
  });

  it.each([
    ['UserRegister', { UserInfo: ids(100).map((UserId) => ({ UserId })) }],
    ['CreateGroup', { GroupOwner: 'alice', UserId: ids(100), GroupName: 'é'.repeat(50) }],
    ['SendPeerMessage', text('alice', ['bob', ...ids(99)], 'a'.repeat(2048))],
    ['AddUsersToBlacklist', { FromUserId: 'alice', UserIds: ['bob', ...ids(19)] }],
  ])('%s takes its ceiling', async (action, body) => {
    expect(await zim.post(action, body)).toMatchObject({ Code: 0 });
  });

  it('counts a command in base64 by its decoded bytes', async () => {
    const body = (bytes: number) => ({
      ...text('alice', ['bob']),
      MessageType: 2,
      MessageBody: { Message: Buffer.alloc(bytes, 'a').toString('base64'), IsBase64: 1 },
    });
    expect(await zim.post('SendPeerMessage', body(2048))).toMatchObject({ Code: 0 });
    expect(await zim.post('SendPeerMessage', body(2049))).toMatchObject({ Code: 660400001 });
  });

  it('lets a multi-item message have 5 KB and 20 items', async () => {
    const body = (items: number, length: number) => ({
      ...text('alice', ['bob']),
      MessageType: 10,
      MessageBody: {
        Message: JSON.stringify({
          MultiMsg: Array.from({ length: items }, () => ({ MsgType: 1, Msg: 'a'.repeat(length) })),
        }),
      },
    });
    expect(await zim.post('SendPeerMessage', body(20, 200))).toMatchObject({ Code: 0 });
    expect(await zim.post('SendPeerMessage', body(21, 1))).toMatchObject({ Code: 660600021 });
    expect(await zim.post('SendPeerMessage', body(20, 260))).toMatchObject({ Code: 660400001 });
  });
});

describe('state', () => {
  it('hands an ownerless group to the first of its members', async () => {
    await zim.post('CreateGroup', { GroupId: 'g', GroupOwner: 'alice', UserId: ['bob', 'carol'] });
    await zim.post('KickoutGroupUser', { FromUserId: 'bob', GroupId: 'g', UserId: ['alice'] });
    expect(await zim.post('QueryGroupMemberList', { GroupId: 'g' })).toMatchObject({
      MemberList: [
        { UserId: 'bob', Role: 1 },
        { UserId: 'carol', Role: 3 },
      ],
    });
  });

  it('shuts new members out of a full group', async () => {
    await zim.post('CreateGroup', { GroupId: 'g', GroupOwner: 'alice' });
    await zim.get('ModifyGroupLimit', { FromUserId: 'alice', GroupId: 'g', MemberCountLimit: 2 });
    const answer = await zim.post('InviteUsersIntoGroup', {
      FromUserId: 'alice',
      GroupId: 'g',
      UserIds: ['bob', 'carol'],
    });
    expect(answer).toMatchObject({ Code: 0, ErrorUsers: [{ UserId: 'carol', SubCode: 660600016 }] });
  });

  it('does not add who must agree first', async () => {
    await zim.post('CreateGroup', { GroupId: 'g', GroupOwner: 'alice' });
    const GroupMemberInfos = [{ UserId: 'bob', IsInvite: 1 }];
    const answer = await zim.post('InviteUsersIntoGroup', { FromUserId: 'alice', GroupId: 'g', GroupMemberInfos });
    expect(answer).toMatchObject({ Code: 0, ErrorUsers: [] });
    expect(await zim.post('QueryGroupMemberList', { GroupId: 'g' })).toMatchObject({ TotalCount: 1 });
  });

  it('destroys a room with its last user, later when it has a delay', async () => {
    for (const [RoomId, DestroyDelayTime] of [
      ['r-1', 0],
      ['r-2', 60],
    ] as const) {
      await zim.post('CreateRoom', { FromUserId: 'alice', RoomId, DestroyDelayTime });
      const room = zim.app.state.chatrooms.get(RoomId);
      if (room) zim.app.state.join(room, ['bob'], 'bob');
      expect(await zim.get('KickoutRoomUser', { RoomId, UserId: ['bob'] })).toMatchObject({ Code: 0 });
    }
    expect(await zim.get('QueryRoomUserList', { RoomId: 'r-1' })).toMatchObject({ Code: 660300001 });
    expect(await zim.get('QueryRoomUserList', { RoomId: 'r-2' })).toMatchObject({ Code: 660300008 });
    await zim.clock.advance(60_000);
    expect(await zim.get('QueryRoomUserList', { RoomId: 'r-2' })).toMatchObject({ Code: 660300001 });
  });

  it('lets a peer message be recalled for two minutes', async () => {
    await zim.post('SendPeerMessage', text('alice', ['bob']));
    await zim.post('SendPeerMessage', text('alice', ['bob']));
    await zim.clock.advance(120_000);
    expect(await zim.post('RevokePeerMessage', { FromUserId: 'alice', ToUserId: 'bob', MsgSeq: 1 })).toMatchObject({
      Code: 0,
    });
    await zim.clock.advance(1);
    const late = await zim.post('RevokePeerMessage', { FromUserId: 'alice', ToUserId: 'bob', MsgSeq: 2 });
    expect(late).toMatchObject({ Code: 660000024 });
  });

  it('recalls no room message unless the plan stores them', async () => {
    const answer = await zim.post('RevokeRoomMessage', { FromUserId: 'alice', RoomId: 'r-7', MsgSeq: 1 });
    expect(answer).toMatchObject({ Code: 660000027 });
  });

  it('writes message ids as bare 64-bit numbers except in one-to-one sends', async () => {
    await zim.post('CreateGroup', { GroupId: 'g', GroupOwner: 'alice' });
    const sent = await zim.postText('SendPeerMessage', text('alice', ['bob']));
    expect(sent).toMatch(/"MsgId":"\d{18}"/);
    const group = { ...text('alice', []), GroupId: 'g' };
    expect(await zim.postText('SendGroupMessage', group)).toMatch(/"MsgId":\d{18}[,}]/);
    expect(await zim.postText('QueryPeerMsg', { FromUserId: 'bob', ToUserId: 'alice' })).toMatch(/"MsgId":\d{18}[,}]/);
  });

  it('reads an image in another form than it was sent in, percent-encoded', async () => {
    const Message = JSON.stringify({
      Uid: '1',
      Origin: { Url: 'https://img.example/ä.png', Width: 4, Height: 3 },
      FileName: 'ä.png',
      Size: 9,
    });
    await zim.post('SendPeerMessage', { ...text('alice', ['bob']), MessageType: 11, MessageBody: { Message } });
    const { List } = await zim.post('QueryPeerMsg', { FromUserId: 'bob', ToUserId: 'alice' });
    const body = Array.isArray(List) ? String(List[0].MsgBody) : '';
    expect(body).toMatch(/^%7B/);
    expect(JSON.parse(decodeURIComponent(body))).toEqual({
      md5: expect.stringMatching(/^[0-9a-f]{32}$/),
      file_name: 'ä.png',
      file_size: '9',
      download_url: 'https://img.example/ä.png',
      origin_image_width: 4,
      origin_image_height: 3,
    });
  });

  it('keeps a group among the conversations of who was put out, as it was then, until it is dismissed', async () => {
    await zim.post('CreateGroup', { GroupId: 'g', GroupOwner: 'alice', UserId: ['bob'] });
    const group = { ...text('alice', []), GroupId: 'g' };
    await zim.post('SendGroupMessage', group);
    const sentAt = zim.clock.now();
    await zim.clock.advance(1000);
    await zim.post('KickoutGroupUser', { FromUserId: 'alice', GroupId: 'g', UserId: ['bob'] });
    await zim.clock.advance(1000);
    await zim.post('SendGroupMessage', group);
    const list = () => zim.post('QueryConversationList', { FromUserId: 'bob' });
    expect(await list()).toMatchObject({ TotalCount: 1, List: [{ ConvId: 'g', ConvType: 2, UpdateTime: sentAt }] });
    await zim.get('DismissGroup', { FromUserId: 'alice', GroupId: 'g' });
    expect(await list()).toMatchObject({ TotalCount: 0, List: [] });
  });
});
