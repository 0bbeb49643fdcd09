import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversationKey } from '../../src/emulator/state.ts';
import { ownState, unreadOf } from '../../src/vendors/zim/emulator/conversation-state.ts';
import { startZim, type ZimBench } from '../support/zim.ts';

let zim: ZimBench;
beforeEach(async () => {
  zim = await startZim();
  const UserInfo = ['alice', 'bob', 'carol'].map((UserId) => ({ UserId }));
  await zim.post('UserRegister', { UserInfo });
  await zim.post('CreateGroup', { GroupId: 'g-1', GroupOwner: 'alice', UserId: ['bob'] });
});
afterEach(() => zim.emulator.stop());

const from = { FromUserId: 'alice' };
const send = (FromUserId: string, to: string, Message = 'hi') =>
  zim.post('SendPeerMessage', { FromUserId, ToUserId: [to], MessageType: 1, Priority: 2, MessageBody: { Message } });
const listed = async () => {
  const { List } = await zim.post('QueryConversationList', from);
  return (List as { ConvId: string }[]).map(({ ConvId }) => ConvId);
};
const texts = async (FromUserId: string, ToUserId: string) => {
  const { List } = await zim.post('QueryPeerMsg', { FromUserId, ToUserId });
  return (List as { MsgBody: string }[]).map(({ MsgBody }) => MsgBody);
};
/** How alice has a conversation. */
function own(peer: string, kind: 'direct' | 'group' = 'direct') {
  const alice = zim.app.state.users.get('alice');
  if (!alice) throw new Error('no alice');
  const key = conversationKey(kind, 'alice', peer);
  return { ...ownState(alice, key), unread: unreadOf(zim.app.state, alice, key) };
}

describe('pins', () => {
  const pin = (ids: readonly string[], PinnedType = 1, ConvType = 0) =>
    zim.post('ConvPinned', { ...from, ConvList: ids.map((ConvId) => ({ ConvId, ConvType })), PinnedType });

  it('stay until they are taken off, and setting one twice is no fault', async () => {
    for (let times = 0; times < 2; times += 1) expect(await pin(['bob'])).toMatchObject({ Code: 0, ErrorList: [] });
    expect(own('bob').isPinned).toBe(true);
    await pin(['bob'], 0);
    expect(own('bob').isPinned).toBe(false);
  });

  it('end at 100', async () => {
    for (let index = 0; index < 101; index += 1) zim.app.state.addUser(`u${index}`);
    for (let start = 0; start < 100; start += 20) {
      const ids = Array.from({ length: 20 }, (_, index) => `u${start + index}`);
      expect(await pin(ids)).toMatchObject({ Code: 0 });
    }
    expect(await pin(['u100', 'u5'])).toMatchObject({ Code: 0, ErrorList: [{ ConvId: 'u100', SubCode: 660800048 }] });
    expect(await pin(['u100'])).toMatchObject({ Code: 660800048 });
  });

  it('of another kind, of nobody and more than 20 are refused', async () => {
    expect(await pin(['bob'], 2)).toMatchObject({ Code: 660000002 });
    expect(await pin(['bob'], 1, 1)).toMatchObject({ Code: 660000002 });
    expect(await pin(Array.from({ length: 21 }, () => 'bob'))).toMatchObject({ Code: 660000002 });
    expect(
      await zim.post('ConvPinned', { FromUserId: 'x', ConvList: [{ ConvId: 'bob', ConvType: 0 }], PinnedType: 1 }),
    ).toMatchObject({
      Code: 660500002,
    });
  });
});

describe('mutes', () => {
  const mute = (ids: readonly string[], Enable = true, ConvType = 0) =>
    zim.post('SilenceConvNotification', { ...from, ConvType, ConvIds: ids, Enable });

  it('tell what is so already', async () => {
    expect(await mute(['bob'], false)).toMatchObject({ Code: 660800052 });
    expect(await mute(['bob'])).toMatchObject({ Code: 0, ErrorList: [] });
    expect(await mute(['bob', 'carol'])).toMatchObject({ Code: 0, ErrorList: [{ ConvId: 'bob', SubCode: 660800051 }] });
    expect(own('carol').isMuted).toBe(true);
  });

  it('are of groups that the user is in', async () => {
    await zim.post('CreateGroup', { GroupId: 'g-2', GroupOwner: 'bob' });
    expect(await mute(['g-1', 'g-2', 'g-3'], true, 2)).toMatchObject({
      Code: 0,
      ErrorList: [
        { ConvId: 'g-2', SubCode: 660600024 },
        { ConvId: 'g-3', SubCode: 660600001 },
      ],
    });
  });

  it('end at 500 one-to-one conversations; groups do not count', async () => {
    const alice = zim.app.state.users.get('alice');
    for (let index = 0; index < 500; index += 1) {
      zim.app.state.addUser(`u${index}`);
      if (alice) ownState(alice, conversationKey('direct', 'alice', `u${index}`)).isMuted = true;
    }
    expect(await mute(['bob'])).toMatchObject({ Code: 660800030 });
    expect(await mute(['g-1'], true, 2)).toMatchObject({ Code: 0 });
    await mute(['u7'], false);
    expect(await mute(['bob'])).toMatchObject({ Code: 0 });
  });
});

describe('marks', () => {
  const mark = (items: readonly object[]) => zim.post('SetConvMark', { ...from, ConvMarkInfoList: items });
  const bob = (MarkContent: number) => ({ SetMarkC2c: { bob: { MarkContent } } });

  it('are put on and taken off by number', async () => {
    await mark([
      { UserId: 'alice', ...bob(3), Action: true },
      { UserId: 'alice', ...bob(30), Action: true },
    ]);
    expect([...own('bob').marks]).toEqual([3, 30]);
    await mark([{ UserId: 'alice', ...bob(3), Action: false }]);
    expect([...own('bob').marks]).toEqual([30]);
  });

  it('an item with neither map, a mark of 0 or an Action that is no boolean refuses the call', async () => {
    for (const item of [
      { UserId: 'alice', Action: true },
      { UserId: 'alice', ...bob(0), Action: true },
      { UserId: 'alice', ...bob(1), Action: 1 },
    ])
      expect(await mark([item])).toMatchObject({ Code: 660000002 });
    expect(await mark([])).toMatchObject({ Code: 660000002 });
    expect(await mark(Array.from({ length: 101 }, () => ({ UserId: 'alice', ...bob(1), Action: true })))).toMatchObject(
      {
        Code: 660000002,
      },
    );
  });

  it('groups that the marked user is not in fail below it', async () => {
    const SetMarkGroup = { 'g-1': { MarkContent: 1 } };
    expect(
      await mark([
        { UserId: 'carol', SetMarkGroup, Action: true },
        { UserId: 'bob', SetMarkGroup, Action: true },
      ]),
    ).toMatchObject({
      Code: 0,
      FailList: [{ UserId: 'carol', SubCode: 0, FailList: [{ ConvId: 'g-1', ConvType: 2, Code: 1 }] }],
    });
  });
});

describe('the unread count', () => {
  it('counts what others wrote since it was cleared, by a GET', async () => {
    await send('bob', 'alice');
    await send('alice', 'bob');
    expect(own('bob').unread).toBe(1);
    expect(await zim.get('ClearConversationUnread', { ...from, ConvId: 'bob', ConvType: 0 })).toMatchObject({
      Code: 0,
    });
    expect(own('bob').unread).toBe(0);
    await send('bob', 'alice');
    expect(own('bob').unread).toBe(1);
  });

  it('of what is not listed cannot be cleared', async () => {
    expect(await zim.get('ClearConversationUnread', { ...from, ConvId: 'carol', ConvType: 0 })).toMatchObject({
      Code: 660800002,
    });
    await send('bob', 'alice');
    await zim.post('DeleteConv', { ...from, ConvId: 'bob', ConvType: 0 });
    expect(await zim.get('ClearConversationUnread', { ...from, ConvId: 'bob', ConvType: 0 })).toMatchObject({
      Code: 660800002,
    });
  });
});

describe('deleted and emptied conversations', () => {
  it('a deleted one is listed again with the next message, for its user alone', async () => {
    await send('bob', 'alice', 'one');
    await zim.post('DeleteConv', { ...from, ConvId: 'bob', ConvType: 0 });
    expect(await listed()).toEqual([]);
    expect(await zim.post('QueryConversationList', { FromUserId: 'bob' })).toMatchObject({ TotalCount: 1 });
    await send('bob', 'alice', 'two');
    expect(await listed()).toEqual(['bob']);
    expect(await texts('alice', 'bob')).toEqual(['two', 'one']);
  });

  it('an emptied one stays on the list', async () => {
    await send('bob', 'alice', 'one');
    await zim.post('ClearPeerMessage', { ...from, ToUserId: 'bob' });
    expect(await listed()).toEqual(['bob']);
    expect(await texts('alice', 'bob')).toEqual([]);
    expect(await texts('bob', 'alice')).toEqual(['one']);
    expect(own('bob').unread).toBe(0);
  });

  it('the pages know no refusal', async () => {
    for (const [action, body] of [
      ['ClearPeerMessage', { FromUserId: 'x', ToUserId: 'y' }],
      ['ClearMemberGroupMessage', { FromUserId: 'x', GroupId: 'none' }],
      ['DeleteConv', { FromUserId: 'x', ConvId: 'y', ConvType: 0 }],
    ] as const)
      expect(await zim.post(action, body)).toMatchObject({ Code: 0 });
  });
});
