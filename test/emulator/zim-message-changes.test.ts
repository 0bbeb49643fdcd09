import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pushesOf } from '../../src/vendors/zim/emulator/message.ts';
import { startZim, type ZimBench } from '../support/zim.ts';

let zim: ZimBench;
const start = async (switches: readonly string[] = []) => {
  zim = await startZim({ switches });
  const UserInfo = ['alice', 'bob', 'carol'].map((UserId) => ({ UserId }));
  await zim.post('UserRegister', { UserInfo });
  await zim.post('CreateGroup', { GroupId: 'g-1', GroupOwner: 'alice', UserId: ['bob'] });
};
beforeEach(() => start());
afterEach(() => zim.emulator.stop());

const text = (Message: string) => ({ MessageType: 1, Priority: 2, MessageBody: { Message } });
const send = (more: object = text('hi')) =>
  zim.post('SendPeerMessage', { FromUserId: 'alice', ToUserId: ['bob'], ...more });
const bySeq = async (seq: number, FromUserId = 'alice', ConvId = 'bob') => {
  const { MessageList } = await zim.post('QueryMessagesByMsgSeq', {
    FromUserId,
    ConvId,
    ConvType: 0,
    MsgSeqList: [seq],
  });
  return (MessageList as { MsgBody: string; Payload: string; SubMsgType?: number }[])[0];
};

describe('edits', () => {
  const edit = (more: object, action = 'EditC2cMsgBody') =>
    zim.post(action, { FromUserId: 'alice', SenderId: 'alice', ConvId: 'bob', MsgType: 1, ConvMsgSeq: 1, ...more });
  const words = (Message: string) => ({ EditType: 1, MessageBody: { Message } });

  it('change only what the mask names', async () => {
    await send({ ...text('hi'), MessageBody: { Message: 'hi', ExtendedData: 'x' } });
    await edit({ EditType: 1, MessageBody: { Message: 'ho', ExtendedData: 'unnamed' } });
    expect(await bySeq(1)).toMatchObject({ MsgBody: 'ho', Payload: 'x' });
    await edit({ EditType: 2, MessageBody: { Message: 'unnamed', ExtendedData: '' } });
    expect(await bySeq(1)).toMatchObject({ MsgBody: 'ho', Payload: '' });
  });

  it('are counted, and told as the message once more', async () => {
    await send();
    expect(await edit(words('a'))).toMatchObject({ EditMsgSeq: 1 });
    expect(await edit(words('b'))).toMatchObject({ EditMsgSeq: 2, LatestEditTime: Math.floor(zim.clock.now() / 1000) });
  });

  it('end after 24 hours', async () => {
    await send();
    await zim.clock.advance(24 * 3600 * 1000);
    expect(await edit(words('just in time'))).toMatchObject({ Code: 0 });
    await zim.clock.advance(1);
    expect(await edit(words('too late'))).toMatchObject({ Code: 661000001 });
  });

  it('set the own type number of custom content only', async () => {
    await send({ MessageType: 200, Priority: 2, SubMsgType: 4, MessageBody: { Message: '{}' } });
    expect(await edit({ EditType: 16, SubMsgType: 5 })).toMatchObject({ Code: 660000002 });
    expect(await edit({ MsgType: 200, EditType: 17, SubMsgType: 5, MessageBody: { Message: '[]' } })).toMatchObject({
      Code: 0,
    });
    expect(await bySeq(1)).toMatchObject({ MsgBody: '[]', SubMsgType: 5 });
  });

  it.each([
    ['no bits', { EditType: 0, MessageBody: { Message: 'x' } }],
    ['unknown bits', { EditType: 32, MessageBody: { Message: 'x' } }],
    ['an empty text', { EditType: 1, MessageBody: { Message: '' } }],
    ['no extension for its bit', { EditType: 2, MessageBody: {} }],
    ['no list for its bit', { EditType: 4 }],
    ['no flag for its bit', { EditType: 8 }],
    ['a text too long', { EditType: 1, MessageBody: { Message: 'x'.repeat(2049) } }],
  ])('refuse %s', async (_, params) => {
    await send();
    expect(await edit(params)).toMatchObject({ Code: 660000002 });
  });

  it('of recalled messages, of another type, sender or conversation fail', async () => {
    await send();
    for (const params of [{ MsgType: 200 }, { SenderId: 'bob' }, { ConvId: 'carol' }, { ConvMsgSeq: 2 }])
      expect(await edit({ ...words('x'), ...params })).toMatchObject({ Code: 661000005 });
    await zim.post('RevokePeerMessage', { FromUserId: 'alice', ToUserId: 'bob', MsgSeq: 1 });
    expect(await edit(words('x'))).toMatchObject({ Code: 661000005 });
  });

  it('in groups are for members, and the sender may be left out', async () => {
    await zim.post('SendGroupMessage', { FromUserId: 'bob', GroupId: 'g-1', ...text('hi') });
    const inGroup = { ...words('x'), ConvId: 'g-1', SenderId: undefined };
    expect(await edit({ ...inGroup, FromUserId: 'carol' }, 'EditGroupMsgBody')).toMatchObject({ Code: 661000005 });
    expect(await edit(inGroup, 'EditGroupMsgBody')).toMatchObject({ Code: 0 });
    expect(await edit({ ...words('x'), SenderId: undefined })).toMatchObject({ Code: 660000002 });
  });
});

describe('imports', () => {
  const put = (ImportedUserId: string, more: object = {}) =>
    zim.post('ImportPeerMsg', { FromUserId: 'alice', ToUserId: 'bob', ...text('old'), ImportedUserId, ...more });

  it('are in the copy they were put into, with the time given', async () => {
    const SendMessageTime = zim.clock.now() - 1000;
    const { MsgSeq } = await put('bob', { SendMessageTime });
    expect(await bySeq(Number(MsgSeq), 'bob', 'alice')).toMatchObject({ MsgBody: 'old', MsgTime: SendMessageTime });
    expect(await bySeq(Number(MsgSeq))).toBeUndefined();
    expect(await zim.post('QueryConversationList', { FromUserId: 'alice' })).toMatchObject({ TotalCount: 0 });
    expect(await zim.post('QueryConversationList', { FromUserId: 'bob' })).toMatchObject({ TotalCount: 1 });
  });

  it('without a time are of now, and of no time to come', async () => {
    const { MsgSeq } = await put('alice', { SendMessageTime: 0 });
    expect(await bySeq(Number(MsgSeq))).toMatchObject({ MsgTime: zim.clock.now() });
    expect((await put('alice', { SendMessageTime: zim.clock.now() + 1 })).Code).not.toBe(0);
  });

  it('ignore what only a live message has', async () => {
    const MessageBody = { Message: 'old', HasReceipt: 1, OfflinePush: { Enable: 1 } };
    expect(await put('alice', { MessageBody })).toMatchObject({ Code: 0 });
  });

  it('of commands and barrages, and without a priority, are refused', async () => {
    for (const more of [{ MessageType: 2 }, { MessageType: 20 }, { Priority: 4 }])
      expect(await put('alice', more)).toMatchObject({ Code: 660000002 });
  });

  it('too large are refused by their own code', async () => {
    expect(await put('alice', { MessageBody: { Message: 'x'.repeat(2049) } })).toMatchObject({ Code: 660400001 });
    expect(await put('alice', { MessageBody: { Message: 'x', ExtendedData: 'x'.repeat(1025) } })).toMatchObject({
      Code: 660400001,
    });
  });
});

describe('receipts', () => {
  const receipt = (action: string, params: object) => zim.post(action, { FromUserId: 'bob', ...params });

  it('are of messages in one’s own copy', async () => {
    await send();
    expect(await receipt('C2cReadReceipt', { ConvId: 'alice', ConvMsgSeq: [1] })).toMatchObject({
      ReadTime: zim.clock.now(),
    });
    await zim.post('ClearPeerMessage', { FromUserId: 'bob', ToUserId: 'alice' });
    expect(await receipt('C2cReadReceipt', { ConvId: 'alice', ConvMsgSeq: [1] })).toMatchObject({ Code: 660400104 });
  });

  it('of recalled messages fail', async () => {
    await send();
    await zim.post('RevokePeerMessage', { FromUserId: 'alice', ToUserId: 'bob', MsgSeq: 1 });
    expect(await receipt('C2cDeliveryReceipt', { ConvId: 'alice', ConvMsgSeq: [1] })).toMatchObject({
      Code: 660400104,
    });
  });
});

describe('pushes to all', () => {
  const push = (more: object = {}) =>
    zim.post('SendMessageToAllUsers', { FromUserId: 'alice', MessageType: 1, MessageBody: { Message: 'hi' }, ...more });

  it('are kept in no conversation', async () => {
    expect(await push({ PushType: 2 })).toMatchObject({ Code: 0 });
    expect([...pushesOf(zim.app.state).values()]).toMatchObject([{ from: 'alice', pushType: 2 }]);
    expect(await zim.post('QueryConversationList', { FromUserId: 'bob' })).toMatchObject({ TotalCount: 0 });
  });

  it.each([2, 10, 20])('of type %i are refused, and of an unknown PushType', async (MessageType) => {
    expect(await push({ MessageType })).toMatchObject({ Code: 660000002 });
    expect(await push({ PushType: 3 })).toMatchObject({ Code: 660000002 });
  });

  it('are one a second and a hundred in 24 hours', async () => {
    await zim.emulator.stop();
    zim = await startZim({ limits: true });
    await zim.post('UserRegister', { UserInfo: [{ UserId: 'alice' }] });
    for (let index = 0; index < 100; index += 1) {
      expect(await push()).toMatchObject({ Code: 0 });
      expect(await push()).toMatchObject({ Code: 660500003 });
      await zim.clock.advance(1000);
    }
    expect(await push()).toMatchObject({ Code: 660500003 });
    await zim.clock.advance(24 * 3600 * 1000);
    expect(await push()).toMatchObject({ Code: 0 });
  });
});
