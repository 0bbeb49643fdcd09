import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emulator as vendor } from '../../src/vendors/zim/emulator/index.ts';
import { startZim, type ZimBench } from '../support/zim.ts';

type Body = Record<string, unknown>;

let zim: ZimBench;
let server: Server;
let received: Body[];

beforeEach(async () => {
  received = [];
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    received.push(JSON.parse(text));
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  zim = await startZim({ demo: true, callbackUrl: `http://127.0.0.1:${port}/hook` });
});
afterEach(async () => {
  await zim.emulator.stop();
  server.close();
});

const GroupId = 'team';
const act = { FromUserId: 'alice', GroupId };
const send = (FromUserId: string) =>
  zim.post('SendGroupMessage', {
    FromUserId,
    GroupId,
    MessageType: 1,
    Priority: 2,
    MessageBody: { Message: 'hi' },
  });
const say = (from: string, kind: 'group' | 'chatroom' = 'group', id = GroupId) =>
  vendor.sendAsClient({ from, to: { kind, id }, content: { kind: 'TEXT', text: 'hi' } }, zim.app);
const mutedGroups = async () =>
  (await zim.post('FetchForbidGroupList', { FromUserId: 'alice', StartFlag: 0 }))['GroupList'];

it('a mute ends by itself, at its second', async () => {
  await zim.get('MuteGroupMembers', { ...act, UserIds: ['bob'], Duration: 60 });
  await zim.get('MuteGroup', { ...act, MuteRoleList: ['3'], Duration: 90 });
  expect(await mutedGroups()).toEqual([{ GroupId, ForbidType: 6 }]);
  await zim.clock.advance(60_000);
  expect(await mutedGroups()).toEqual([{ GroupId, ForbidType: 2 }]);
  await zim.clock.advance(29_999);
  expect(await send('bob')).toMatchObject({ Code: 660600032 });
  await zim.clock.advance(1);
  expect(await send('bob')).toMatchObject({ Code: 0 });
  expect(await mutedGroups()).toEqual([]);
});

it("a member's mute set again begins anew, a group's is prolonged", async () => {
  const mute = async () => {
    await zim.get('MuteGroupMembers', { ...act, UserIds: ['bob'], Duration: 60 });
    await zim.get('MuteGroup', { ...act, MuteRoleList: ['2'], Duration: 60 });
  };
  await mute();
  await zim.clock.advance(30_000);
  await mute();
  await zim.clock.advance(60_000);
  expect(await send('bob')).toMatchObject({ Code: 0 });
  expect(await mutedGroups()).toEqual([{ GroupId, ForbidType: 2 }]);
  await zim.clock.advance(30_000);
  expect(await mutedGroups()).toEqual([]);
});

it('a muted member’s client is refused, kept nowhere, and reported with the code; others speak', async () => {
  await zim.get('MuteGroup', { ...act, MuteRoleList: ['3'], Duration: -1 });
  say('bob');
  say('alice');
  await zim.emulator.callbacks.idle();
  expect(received).toMatchObject([
    { event: 'send_msg', from_user_id: 'bob', send_result: 660600032 },
    { event: 'send_msg', from_user_id: 'alice', send_result: 0 },
  ]);
  const { List } = await zim.post('QueryGroupMsg', { GroupId });
  expect((List as Body[])[0]).toMatchObject({ Sender: 'alice' });
  expect((List as Body[])[1]).not.toMatchObject({ Sender: 'bob', MsgTime: zim.clock.now() });
});

it('a role changes whom a mute of roles is for', async () => {
  await zim.get('MuteGroup', { ...act, MuteRoleList: ['3'], Duration: -1 });
  expect(await send('bob')).toMatchObject({ Code: 660600032 });
  await zim.get('SetGroupMemberRole', { ...act, ToUserId: 'bob', Role: 2 });
  expect(await send('bob')).toMatchObject({ Code: 0 });
});

it('notices of changes are numbered messages that only a query by number shows', async () => {
  const before = await send('alice');
  await zim.get('MuteGroup', { ...act, MuteRoleList: ['3'], Duration: 60 });
  await zim.get('MuteGroupMembers', { ...act, UserIds: ['bob'], Duration: 60 });
  await zim.get('SetGroupMemberRole', { ...act, ToUserId: 'bob', Role: 2 });
  await zim.get('TransferGroupOwner', { ...act, NewOwner: 'bob' });
  const first = Number(before['MsgSeq']) + 1;
  const MsgSeqList = [first, first + 1, first + 2, first + 3];
  const query = { FromUserId: 'alice', ConvId: GroupId, ConvType: 2, MsgSeqList };
  const { MessageList } = await zim.post('QueryMessagesByMsgSeq', query);
  const notices = (MessageList as Body[]).map(({ MsgType, MsgBody }) => ({
    MsgType,
    ...(JSON.parse(decodeURIComponent(String(MsgBody))) as Body),
  }));
  const now = zim.clock.now();
  expect(notices).toMatchObject([
    {
      MsgType: 32,
      type: 34,
      op_user_info: { user_id: 'alice', role: 1 },
      forbid: { forbid_role_list: [3], forbid_expire_time: now + 60_000 },
    },
    { MsgType: 32, type: 13, target_users: [{ user_id: 'bob', role: 3 }], forbid_expire_time: now + 60_000 },
    { MsgType: 32, type: 12, target_users: [{ user_id: 'bob' }], role: 2 },
    { MsgType: 32, type: 11, target_users: [{ user_id: 'bob', role: 1 }] },
  ]);
  const { List } = await zim.post('QueryGroupMsg', { GroupId });
  expect((List as Body[])[0]).toMatchObject({ MsgSeq: before['MsgSeq'] });
});

it('a full group refuses, and a member who leaves takes no attribute of a group along', async () => {
  await zim.post('ModifyGroupAttribute', {
    ...act,
    Action: 0,
    FromUserId: 'bob',
    Attributes: [{ Key: 'k', Value: 'v' }],
  });
  await zim.get('ModifyGroupLimit', { ...act, MemberCountLimit: 4 });
  expect(await zim.post('InviteUsersIntoGroup', { ...act, UserIds: ['frank'] })).toMatchObject({
    Code: 660600016,
    ErrorUsers: [{ UserId: 'frank', SubCode: 660600016 }],
  });
  await zim.post('KickoutGroupUser', { ...act, UserId: ['bob'] });
  expect(await zim.post('InviteUsersIntoGroup', { ...act, UserIds: ['frank'] })).toMatchObject({ Code: 0 });
  expect(await zim.post('QueryGroupInfo', act)).toMatchObject({ GroupAttributes: [{ Key: 'k', Value: 'v' }] });
});

it('an attribute of a room belongs to who set it last', async () => {
  const change = (FromUserId: string) =>
    zim.post('ModifyRoomAttribute', {
      FromUserId,
      RoomId: 'lobby',
      Attributes: [{ Action: 0, Key: 'mic', Value: FromUserId, AutoDelete: 1 }],
    });
  await change('bob');
  await change('erin');
  const leave = (id: string) => zim.get('KickoutRoomUser', { RoomId: 'lobby', UserId: [id], FromUserId: id });
  await leave('bob');
  expect(await zim.post('QueryRoomAttribute', { FromUserId: 'alice', RoomId: 'lobby' })).toMatchObject({
    AttributeSeq: 2,
    Attributes: [{ Key: 'mic', Value: 'erin', Seq: 2 }],
  });
  await leave('erin');
  expect(await zim.post('QueryRoomAttribute', { FromUserId: 'alice', RoomId: 'lobby' })).toMatchObject({
    AttributeSeq: 3,
    Attributes: [],
  });
});

it('a room that begins with attributes tells of them in the callback, and forgets those of who leaves', async () => {
  const Attributes = [
    { Key: 'topic', Value: 'jazz' },
    { Key: 'mic', Value: 'alice', AutoDelete: 1 },
  ];
  await zim.post('CreateRoom', { FromUserId: 'alice', RoomId: 'new', Attributes });
  await zim.emulator.callbacks.idle();
  expect(received[0]).toMatchObject({
    event: 'room_create',
    attributes: [
      { key: 'topic', auto_delete: 0 },
      { key: 'mic', auto_delete: 1 },
    ],
  });
  const room = zim.app.state.chatrooms.get('new');
  if (!room) throw new Error('no room');
  zim.app.state.join(room, ['alice', 'bob'], 'alice');
  zim.app.state.leave(room, ['alice'], 'alice');
  expect(await zim.post('QueryRoomAttribute', { FromUserId: 'bob', RoomId: 'new' })).toMatchObject({
    AttributeSeq: 3,
    Attributes: [{ Key: 'topic', Seq: 1 }],
  });
});

it('changes of an owner and nicknames are limited by the group, the others by the app', async () => {
  await zim.emulator.stop();
  zim = await startZim({ demo: true, limits: true });
  const rename = (group: string) =>
    zim.post('SetGroupMembersNickname', {
      FromUserId: 'alice',
      GroupId: group,
      UserIds: [{ UserId: 'alice', Nickname: 'A' }],
    });
  expect([await rename('team'), await rename('team'), await rename('choir')]).toMatchObject([
    { Code: 0 },
    { Code: 660300006 },
    { Code: 0 },
  ]);
  const transfer = () => zim.get('TransferGroupOwner', { ...act, NewOwner: 'bob' });
  expect([await transfer(), await transfer()]).toMatchObject([{ Code: 0 }, { Code: 660300006 }]);
  const codes = [];
  for (let count = 0; count < 21; count += 1)
    codes.push((await zim.get('MuteGroup', { FromUserId: 'erin', GroupId, Duration: 0 })).Code);
  expect(codes.slice(-2)).toEqual([0, 660300005]);
});
