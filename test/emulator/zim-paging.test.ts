import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emulator as vendor } from '../../src/vendors/zim/emulator/index.ts';
import { startZim, type ZimBench, type ZimReply } from '../support/zim.ts';

let zim: ZimBench;
beforeEach(async () => {
  zim = await startZim({ demo: true });
});
afterEach(() => zim.emulator.stop());

const ids = (reply: ZimReply, list: string, id: string): unknown[] => {
  const items: unknown = reply[list];
  return Array.isArray(items) ? items.map((item) => item[id]) : [];
};

describe('integer cursors', () => {
  it('number the pages of members and end with 0', async () => {
    const page = (Next: number) => zim.post('QueryGroupMemberList', { GroupId: 'choir', Limit: 7, Next });
    const pages = [await page(0), await page(1), await page(2)];
    expect(pages.map((each) => each['Next'])).toEqual([1, 2, 0]);
    expect(pages.map((each) => each['TotalCount'])).toEqual([18, 18, 18]);
    expect(pages.flatMap((each) => ids(each, 'MemberList', 'UserId'))).toHaveLength(18);
  });

  it('number the pages of groups, in the query', async () => {
    const first = await zim.get('QueryAppGroupList', { Limit: 3, Next: 0 });
    const second = await zim.get('QueryAppGroupList', { Limit: 3, Next: String(first['Next']) });
    expect([first['Next'], second['Next']]).toEqual([1, 0]);
    expect([...ids(first, 'GroupIdList', 'GroupId'), ...ids(second, 'GroupIdList', 'GroupId')]).toEqual([
      'team',
      'book-club',
      'runners',
      'choir',
      'climbers',
    ]);
  });

  it('end a page that is just full', async () => {
    expect(await zim.get('QueryAppGroupList', { Limit: 5 })).toMatchObject({ Next: 0 });
  });

  it('walk messages from the newest, undisturbed by new ones', async () => {
    const page = (Next: number) => zim.post('QueryPeerMsg', { FromUserId: 'bob', ToUserId: 'alice', Limit: 1, Next });
    const first = await page(0);
    const to = { kind: 'direct' as const, id: 'bob' };
    const [app] = zim.emulator.apps;
    if (!app) throw new Error('no app');
    vendor.sendAsClient({ from: 'alice', to, content: { kind: 'TEXT', text: 'new' } }, app);
    const second = await page(Number(first['Next']));
    expect([...ids(first, 'List', 'MsgSeq'), ...ids(second, 'List', 'MsgSeq')]).toEqual([2, 1]);
    expect(second['Next']).toBe(0);
  });

  it('walk conversations from the oldest change', async () => {
    const first = await zim.post('QueryConversationList', { FromUserId: 'alice', Limit: 12 });
    expect(ids(first, 'List', 'ConvId')).toEqual(Array.from({ length: 12 }, (_, index) => `user${index + 1}`));
    const second = await zim.post('QueryConversationList', { FromUserId: 'alice', Limit: 12, Next: first['Next'] });
    expect(second['Next']).toBe(0);
    expect(ids(second, 'List', 'ConvId')).toEqual([
      'bob',
      'carol',
      'dave',
      'team',
      'book-club',
      'runners',
      'choir',
      'climbers',
    ]);
    expect(first['TotalCount']).toBe(20);
  });

  it.each([-1, 1.5, '0'])('refuse %j', async (Next) => {
    expect(await zim.post('QueryGroupMemberList', { GroupId: 'team', Next })).toMatchObject({ Code: 660000002 });
  });
});

describe('text cursors', () => {
  it('are Next and NextRsp for the groups of a user', async () => {
    const page = (Next: string) => zim.post('QueryGroupsInfoOfUser', { FromUserId: 'alice', Limit: 2, Next });
    const first = await page('');
    expect(first).toMatchObject({ NextRsp: expect.any(String), HasJoinGroupNum: 5 });
    const second = await page(String(first['NextRsp']));
    const third = await page(String(second['NextRsp']));
    expect(third).toMatchObject({ NextRsp: '0', GroupInfoList: [{ GroupId: 'climbers' }] });
  });

  it('are refused as numbers', async () => {
    const answer = await zim.post('QueryGroupsInfoOfUser', { FromUserId: 'alice', Limit: 2, Next: 0 });
    expect(answer).toMatchObject({ Code: 660000002 });
  });

  it('begin empty or with 0 for the users of a room', async () => {
    for (const NextFlag of ['', '0']) {
      const first = await zim.get('QueryRoomUserList', { RoomId: 'lobby', Limit: 2, NextFlag });
      expect(ids(first, 'UserList', 'UserId')).toEqual(['alice', 'bob']);
      const last = await zim.get('QueryRoomUserList', {
        RoomId: 'lobby',
        Limit: 2,
        NextFlag: String(first['NextFlag']),
      });
      expect(last).toMatchObject({ Count: 3, NextFlag: '0', UserList: [{ UserId: 'erin' }] });
    }
  });

  it('take a Limit that the older sample sends as text', async () => {
    const answer = await zim.post('QueryGroupsInfoOfUser', { FromUserId: 'alice', Limit: '2', Next: '' });
    expect(ids(answer, 'GroupInfoList', 'GroupId')).toHaveLength(2);
  });
});

describe('a Limit out of range is corrected', () => {
  it.each([undefined, 0, -3])('%j is 10 messages', async (Limit) => {
    for (let index = 0; index < 12; index += 1) {
      const MessageBody = { Message: `${index}` };
      const FromUserId = 'bob';
      await zim.post('SendGroupMessage', { FromUserId, GroupId: 'team', MessageType: 1, Priority: 1, MessageBody });
    }
    const answer = await zim.post('QueryGroupMsg', { GroupId: 'team', Limit });
    expect(ids(answer, 'List', 'MsgSeq')).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
  });

  it('above the ceiling it is the ceiling', async () => {
    const members = Array.from({ length: 1001 }, (_, index) => `m${index}`);
    zim.app.state.addSpace('group', 'big', { members });
    const answer = await zim.post('QueryGroupMemberList', { GroupId: 'big', Limit: 5000 });
    expect(ids(answer, 'MemberList', 'UserId')).toHaveLength(1000);
    expect(answer['Next']).toBe(1);
  });
});
