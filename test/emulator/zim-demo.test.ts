import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emulator as vendor } from '../../src/vendors/zim/emulator/index.ts';
import { startZim, type ZimBench } from '../support/zim.ts';

let zim: ZimBench;
afterEach(() => zim.emulator.stop());

describe('the demo', () => {
  beforeEach(async () => {
    zim = await startZim({ demo: true });
  });

  it('has its users, of whom those who never logged in are unknown to the online state', async () => {
    const UserId = ['alice', 'carol', 'user12', 'user13', 'frank'];
    expect(await zim.get('QueryUserOnlineState', { UserId })).toMatchObject({
      Result: [
        { UserId: 'alice', Status: 'Online' },
        { UserId: 'carol', Status: 'Offline' },
        { UserId: 'user12', Status: 'Offline' },
      ],
      ErrorList: [
        { UserId: 'user13', SubCode: 660200001 },
        { UserId: 'frank', SubCode: 660200001 },
      ],
    });
    expect(await zim.post('QueryUserInfos', { UserIds: ['frank'] })).toMatchObject({
      Result: [{ UserId: 'frank', UserName: 'Frank Field', UserAvatar: 'https://img.example/frank.png', Extra: '' }],
    });
  });

  it('has its groups and rooms with their members', async () => {
    expect(await zim.post('QueryGroupMemberList', { GroupId: 'team' })).toMatchObject({
      TotalCount: 4,
      MemberList: [
        { UserId: 'alice', Role: 1 },
        { UserId: 'bob', Role: 3 },
        { UserId: 'carol', Role: 3 },
        { UserId: 'dave', Role: 3 },
      ],
    });
    expect(await zim.get('QueryRoomUserList', { RoomId: 'lobby' })).toMatchObject({ Count: 3 });
  });

  it('has its messages at their times, and a blocklist that refuses', async () => {
    const minute = 60_000;
    expect(await zim.post('QueryPeerMsg', { FromUserId: 'alice', ToUserId: 'bob' })).toMatchObject({
      List: [
        { Sender: 'alice', MsgBody: 'Yes, see you at eight.', MsgSeq: 2, MsgTime: zim.clock.now() - 49 * minute },
        { Sender: 'bob', MsgBody: 'Are you coming tonight?', MsgSeq: 1, MsgTime: zim.clock.now() - 50 * minute },
      ],
    });
    const blocked = {
      FromUserId: 'frank',
      ToUserId: ['alice'],
      MessageType: 1,
      Priority: 1,
      MessageBody: { Message: 'x' },
    };
    expect(await zim.post('SendPeerMessage', blocked)).toMatchObject({
      Code: 660800045,
      ErrorList: [{ UserId: 'alice', SubCode: 660800045 }],
      SuccList: [],
    });
  });

  it('is there again after a reset', async () => {
    await zim.get('DismissGroup', { FromUserId: 'alice', GroupId: 'team' });
    zim.emulator.reset();
    expect(await zim.post('QueryGroupInfo', { FromUserId: 'alice', GroupId: 'team' })).toMatchObject({
      GroupName: 'The team',
    });
  });

  it('stands still until a client writes', () => {
    const [app] = zim.emulator.apps;
    if (!app) throw new Error('no app');
    const to = { kind: 'direct' as const, id: 'alice' };
    expect(() => vendor.sendAsClient({ from: 'nobody', to, content: { kind: 'TEXT', text: 'x' } }, app)).toThrow(
      'no user nobody',
    );
    vendor.sendAsClient({ from: 'bob', to, content: { type: 200, body: { Message: '{"x":1}' }, subType: 5 } }, app);
    const messages = [...app.state.messages.values()];
    expect(messages.at(-1)).toMatchObject({ type: '200', body: { Message: '{"x":1}' }, seq: 3 });
  });
});

describe('ids with signs that a query must encode', () => {
  it('are understood', async () => {
    zim = await startZim();
    const id = 'a#b%c&d+e=f g';
    await zim.post('UserRegister', { UserInfo: [{ UserId: id }] });
    const { GroupId } = await zim.post('CreateGroup', { GroupOwner: id });
    expect(GroupId).toMatch(/^#/);
    expect(await zim.get('QueryBlacklist', { FromUserId: id })).toMatchObject({ Code: 0 });
    expect(await zim.get('DismissGroup', { FromUserId: id, GroupId: String(GroupId) })).toMatchObject({ Code: 0 });
  });
});

describe('the free plan', () => {
  it('ends at 20 members a group, 20 groups and 10 rooms', async () => {
    zim = await startZim({ switches: ['free-plan'] });
    const ids = Array.from({ length: 21 }, (_, index) => `u${index + 1}`);
    await zim.post('UserRegister', { UserInfo: ids.map((UserId) => ({ UserId })) });
    const [GroupOwner = '', ...UserId] = ids;
    const created = await zim.post('CreateGroup', { GroupOwner, UserId });
    expect(created).toMatchObject({ Code: 0, ErrorUsers: [{ UserId: 'u21', SubCode: 660600016 }] });
    for (let index = 1; index < 20; index += 1) await zim.post('CreateGroup', { GroupOwner });
    expect(await zim.post('CreateGroup', { GroupOwner })).toMatchObject({ Code: 660600012 });
    for (let index = 0; index < 10; index += 1) await zim.post('CreateRoom', { FromUserId: 'u1', RoomId: `r${index}` });
    expect(await zim.post('CreateRoom', { FromUserId: 'u1', RoomId: 'r10' })).toMatchObject({ Code: 660300015 });
  });

  it('counts the rooms that exist now: one that was destroyed, or whose time is over, makes way', async () => {
    zim = await startZim({ switches: ['free-plan'] });
    await zim.post('UserRegister', { UserInfo: [{ UserId: 'u1' }] });
    const room = (RoomId: string, DestroyDelayTime?: number) =>
      zim.post('CreateRoom', { FromUserId: 'u1', RoomId, DestroyDelayTime });
    for (let index = 0; index < 9; index += 1) await room(`r${index}`);
    await room('short', 60);
    expect(await room('more')).toMatchObject({ Code: 660300015 });
    await zim.get('DestroyRoom', { RoomId: 'r0' });
    expect(await room('more')).toMatchObject({ Code: 0 });
    expect(await room('last')).toMatchObject({ Code: 660300015 });
    await zim.clock.advance(60_000);
    expect(await room('last')).toMatchObject({ Code: 0 });
  });

  it('keeps messages for 7 days, and imports none that are older', async () => {
    zim = await startZim({ switches: ['free-plan'] });
    await zim.post('UserRegister', { UserInfo: [{ UserId: 'u1' }, { UserId: 'u2' }] });
    const message = { FromUserId: 'u1', MessageType: 1, Priority: 2, MessageBody: { Message: 'hi' } };
    const read = (WithEmptyMsg: number) => zim.post('QueryPeerMsg', { FromUserId: 'u1', ToUserId: 'u2', WithEmptyMsg });
    await zim.post('SendPeerMessage', { ...message, ToUserId: ['u2'] });
    const weekMs = 7 * 24 * 3600 * 1000;
    await zim.clock.advance(weekMs);
    expect(await read(0)).toMatchObject({ List: [{ MsgSeq: 1, IsEmpty: 0 }] });
    await zim.clock.advance(1);
    expect(await read(0)).toMatchObject({ List: [] });
    expect(await read(1)).toMatchObject({ List: [{ MsgSeq: 1, IsEmpty: 1, Sender: '', MsgBody: '' }] });
    const imported = { ...message, ToUserId: 'u2', ImportedUserId: 'u1' };
    const from = (SendMessageTime: number) => zim.post('ImportPeerMsg', { ...imported, SendMessageTime });
    expect(await from(zim.clock.now() - weekMs - 1)).toMatchObject({ Code: 660000002 });
    expect(await from(zim.clock.now() - weekMs)).toMatchObject({ Code: 0 });
  });

  it('has no push to all', async () => {
    zim = await startZim({ switches: ['free-plan'] });
    await zim.post('UserRegister', { UserInfo: [{ UserId: 'u1' }] });
    const push = { FromUserId: 'u1', MessageType: 1, MessageBody: { Message: 'hi' }, PushType: 0 };
    expect(await zim.post('SendMessageToAllUsers', push)).toMatchObject({ Code: 660000028 });
  });
});
