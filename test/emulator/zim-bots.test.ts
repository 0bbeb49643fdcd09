import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { communitiesOf } from '../../src/vendors/zim/emulator/community.ts';
import { startZim, type ZimBench } from '../support/zim.ts';

let zim: ZimBench;
beforeEach(async () => {
  zim = await startZim();
});
afterEach(() => zim.emulator.stop());

describe('bots', () => {
  const register = (...ids: string[]) =>
    zim.post('RobotRegister', { UserInfo: ids.map((UserId) => ({ UserId, UserName: 'Bot' })) });

  it('have profiles as users have, and may be friends', async () => {
    await register('@RBT#helper');
    await zim.post('UserRegister', { UserInfo: [{ UserId: 'alice' }] });
    expect(await zim.post('QueryUserInfos', { UserIds: ['@RBT#helper'] })).toMatchObject({
      Result: [{ UserId: '@RBT#helper', UserName: 'Bot' }],
    });
    const FriendInfos = [{ UserId: '@RBT#helper' }];
    expect(await zim.post('AddFriends', { FromUserId: 'alice', FriendInfos })).toMatchObject({ Code: 0 });
  });

  it('one id without the prefix refuses the call', async () => {
    expect(await register('@RBT#a', 'helper')).toMatchObject({ Code: 660000002 });
    expect(zim.app.state.users.has('@RBT#a')).toBe(false);
  });

  it('come 20 in a call', async () => {
    const ids = Array.from({ length: 21 }, (_, index) => `@RBT#${index}`);
    expect(await register(...ids)).toMatchObject({ Code: 660000002 });
    expect(await register(...ids.slice(1))).toMatchObject({ Code: 0 });
  });
});

describe('communities', () => {
  beforeEach(() => {
    for (const id of ['a', 'b', 'c']) communitiesOf(zim.app.state).set(id, id.toUpperCase());
  });

  it('are paged by the number of the page, from the body as from the query', async () => {
    expect(await zim.get('QueryAppCommunityList', { Limit: 2, Next: 1 })).toMatchObject({
      TotalCount: 3,
      Next: 0,
      CommunityIdList: [{ CommunityId: 'c', CommunityName: 'C' }],
    });
  });

  it('come whole when no size is given, or one above 10000', async () => {
    for (const params of [{}, { Limit: 0 }, { Limit: 20_000, Next: 0 }])
      expect((await zim.get('QueryAppCommunityList', params))['CommunityIdList']).toHaveLength(3);
  });

  it('refuse a cursor that cannot be', async () => {
    expect(await zim.get('QueryAppCommunityList', { Next: -1 })).toMatchObject({ Code: 660000002 });
  });
});

describe('the license of the voice component', () => {
  it('comes in an envelope of its own', async () => {
    expect(await zim.get('CgiDescribeZIMAudioLicense')).toEqual({
      Code: 0,
      Message: 'Success.',
      Data: { License: expect.any(String) },
    });
  });

  it('is made anew by every call', async () => {
    expect(await zim.get('CgiDescribeZIMAudioLicense')).not.toEqual(await zim.get('CgiDescribeZIMAudioLicense'));
  });
});
