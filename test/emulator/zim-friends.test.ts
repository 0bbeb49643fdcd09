import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applicationsTo } from '../../src/vendors/zim/emulator/friends.ts';
import { startZim, type ZimBench } from '../support/zim.ts';

let zim: ZimBench;

beforeEach(async () => {
  zim = await startZim();
  await zim.post('UserRegister', {
    UserInfo: ['alice', 'bob', 'carol', 'dave'].map((UserId) => ({ UserId, UserName: UserId.toUpperCase() })),
  });
});
afterEach(() => zim.emulator.stop());

const add = (from: string, ...infos: object[]) => zim.post('AddFriends', { FromUserId: from, FriendInfos: infos });
const apply = (from: string, ...infos: object[]) =>
  zim.post('SendFriendApplication', { FromUserId: from, FriendInfos: infos });
const remove = (from: string, UserIds: string[], DeleteType: number) =>
  zim.post('DeleteFriends', { FromUserId: from, UserIds, DeleteType });
const list = async (of: string) => {
  const { FriendInfos } = await zim.get('QueryFriendList', { FromUserId: of, Limit: 100, Next: 0 });
  return (FriendInfos as { UserId: string }[]).map(({ UserId }) => UserId);
};
const relation = async (from: string, to: string, CheckType = 0) => {
  const { Successes } = await zim.post('CheckFriendsRelation', { FromUserId: from, UserIds: [to], CheckType });
  return (Successes as { Relation: number }[])[0]?.Relation;
};

describe('friendships', () => {
  it('hold on both sides, with a note on the one who made them only', async () => {
    const { now } = zim.clock;
    await add('alice', { UserId: 'bob', FriendAlias: 'Bobby', Wording: 'hi', Attributes: [{ Key: 'k4', Value: 'x' }] });
    expect(await zim.get('QueryFriendList', { FromUserId: 'bob', Limit: 10, Next: 0 })).toMatchObject({
      TotalCount: 1,
      FriendInfos: [
        {
          UserId: 'alice',
          UserName: 'ALICE',
          FriendAlias: '',
          Wording: 'hi',
          CreateTime: now.call(zim.clock),
          Attributes: [],
        },
      ],
    });
    expect(await relation('alice', 'bob')).toBe(6);
  });

  it('are seen from either side, and from the acting user alone', async () => {
    await add('alice', { UserId: 'bob' });
    await remove('bob', ['alice'], 1);
    expect([await relation('alice', 'bob'), await relation('bob', 'alice'), await relation('alice', 'carol')]).toEqual([
      4, 5, 3,
    ]);
    expect([await relation('alice', 'bob', 1), await relation('bob', 'alice', 1)]).toEqual([2, 1]);
  });

  it('end on both sides by 0, on one by 1', async () => {
    await add('alice', { UserId: 'bob' }, { UserId: 'carol' });
    expect(await remove('alice', ['bob'], 0)).toMatchObject({ Code: 0 });
    expect(await remove('alice', ['carol'], 1)).toMatchObject({ Code: 0 });
    expect([await list('alice'), await list('bob'), await list('carol')]).toEqual([[], [], ['alice']]);
  });

  it('end all at once, on both sides or one', async () => {
    await add('alice', { UserId: 'bob' }, { UserId: 'carol' });
    expect(await zim.get('DeleteAllFriends', { FromUserId: 'alice', DeleteType: 1 })).toMatchObject({ Code: 0 });
    expect([await list('alice'), await list('bob')]).toEqual([[], ['alice']]);
    await zim.get('DeleteAllFriends', { FromUserId: 'bob', DeleteType: 0 });
    expect([await list('bob'), await list('carol')]).toEqual([[], ['alice']]);
  });

  it.each([
    ['DeleteFriends', { UserIds: ['bob'], DeleteType: 2 }],
    ['CheckFriendsRelation', { UserIds: ['bob'], CheckType: 2 }],
  ])('%s knows the types 0 and 1 only', async (action, values) => {
    expect(await zim.post(action, { FromUserId: 'alice', ...values })).toMatchObject({ Code: 660000002 });
  });

  it('with who is no friend cannot end', async () => {
    expect(await remove('alice', ['bob'], 0)).toMatchObject({
      Code: 660800034,
      ErrorList: [{ UserId: 'bob', SubCode: 660800034 }],
    });
  });

  it('may have begun in the past', async () => {
    await add('alice', { UserId: 'bob', FriendTime: 1_600_000_000_000 });
    expect(await zim.get('QueryFriendList', { FromUserId: 'alice', Limit: 10, Next: 0 })).toMatchObject({
      FriendInfos: [{ CreateTime: 1_600_000_000_000 }],
    });
  });

  it('are paged by what came before, with the total on each page', async () => {
    await add('alice', { UserId: 'bob' }, { UserId: 'carol' }, { UserId: 'dave' });
    const first = await zim.get('QueryFriendList', { FromUserId: 'alice', Limit: 2, Next: 0 });
    expect(first).toMatchObject({ TotalCount: 3, FriendInfos: [{ UserId: 'bob' }, { UserId: 'carol' }] });
    const Next = Number(first['Next']);
    expect(Next).toBeGreaterThan(0);
    expect(await zim.get('QueryFriendList', { FromUserId: 'alice', Limit: 2, Next })).toMatchObject({
      TotalCount: 3,
      Next: 0,
      FriendInfos: [{ UserId: 'dave' }],
    });
  });
});

describe('ceilings', () => {
  const manyIds = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);
  const registerMany = async (count: number) => {
    for (const id of manyIds(count)) zim.app.state.addUser(id);
  };

  it('20 friends go in a call', async () => {
    const infos = manyIds(21).map((UserId) => ({ UserId }));
    expect(await add('alice', ...infos)).toMatchObject({ Code: 660800019 });
    expect(await apply('alice', ...infos)).toMatchObject({ Code: 660800019 });
    expect(await remove('alice', manyIds(21), 0)).toMatchObject({ Code: 660800019 });
  });

  it('a user has 3000 friends; the free plan 20', async () => {
    await registerMany(3001);
    const ids = manyIds(3001);
    for (let start = 0; start < 3000; start += 20)
      await add('alice', ...ids.slice(start, start + 20).map((UserId) => ({ UserId })));
    expect(await add('alice', { UserId: 'u3000' })).toMatchObject({
      ErrorList: [{ UserId: 'u3000', SubCode: 660800028 }],
    });
    await zim.emulator.stop();
    zim = await startZim({ switches: ['free-plan'] });
    await registerMany(21);
    zim.app.state.addUser('alice');
    expect(await add('alice', ...ids.slice(0, 20).map((UserId) => ({ UserId })))).toMatchObject({ ErrorList: [] });
    expect(await add('alice', { UserId: 'u20' })).toMatchObject({ ErrorList: [{ SubCode: 660800028 }] });
  });

  it.each([
    ['a remark', { FriendAlias: 'é'.repeat(257) }, 660800021],
    ['a wording', { Wording: 'é'.repeat(257) }, 660800021],
    ['attributes', { Attributes: [{ Key: 'k0', Value: 'x'.repeat(1023) }] }, 660800024],
    ['a list of attributes', { Attributes: Array.from({ length: 6 }, () => ({ Key: 'k0', Value: 'x' })) }, 660800026],
  ])('%s too long refuses the call with a code of its own', async (_, values, code) => {
    expect(await add('alice', { UserId: 'bob', ...values })).toMatchObject({ Code: code });
  });

  it('256 characters are taken, however many bytes they have', async () => {
    expect(await add('alice', { UserId: 'bob', FriendAlias: 'é'.repeat(256) })).toMatchObject({ Code: 0 });
  });
});

describe('applications', () => {
  it('wait for an answer, and go when the two become friends', async () => {
    expect(await apply('alice', { UserId: 'bob', Wording: 'hi' })).toMatchObject({ Code: 0, ErrorList: [] });
    const bob = zim.app.state.users.get('bob');
    if (!bob) throw new Error('no bob');
    expect([...applicationsTo(bob).keys()]).toEqual(['alice']);
    expect(await relation('alice', 'bob')).toBe(3);
    await add('bob', { UserId: 'alice' });
    expect([...applicationsTo(bob).keys()]).toEqual([]);
  });

  it('to a friend fail, each alone', async () => {
    await add('alice', { UserId: 'bob' });
    expect(await apply('alice', { UserId: 'bob' }, { UserId: 'carol' })).toMatchObject({
      Code: 0,
      ErrorList: [{ UserId: 'bob', SubCode: 660800027 }],
    });
  });

  it.each(['CreateTime', 'UpdateTime'])('have no %s in the future', async (name) => {
    const infos = { UserId: 'bob', [name]: zim.clock.now() + 1000 };
    expect(await apply('alice', infos)).toMatchObject({ Code: 660800046 });
  });

  it('make friends at once where the other never removed the asker, and keep its notes', async () => {
    await add('bob', { UserId: 'alice', FriendAlias: 'Ally' });
    await remove('alice', ['bob'], 1);
    await apply('alice', { UserId: 'bob' });
    expect(await relation('alice', 'bob')).toBe(6);
    expect(await zim.get('QueryFriendList', { FromUserId: 'bob', Limit: 10, Next: 0 })).toMatchObject({
      FriendInfos: [{ UserId: 'alice', FriendAlias: 'Ally' }],
    });
  });
});

describe('notes on friends', () => {
  const setAttributes = (values: object) =>
    zim.post('UpdateFriendAttributes', { FromUserId: 'alice', UserId: 'bob', ...values });
  beforeEach(() => add('alice', { UserId: 'bob', Attributes: [{ Key: 'k0', Value: 'x'.repeat(600) }] }));

  it('keep the attributes that a call does not name', async () => {
    await setAttributes({ Attributes: [{ Key: 'k1', Value: 'work' }], Action: 0 });
    const { FriendInfos } = await zim.get('QueryFriendList', { FromUserId: 'alice', Limit: 10, Next: 0 });
    expect(FriendInfos).toMatchObject([{ Attributes: [{ Key: 'k0' }, { Key: 'k1', Value: 'work' }] }]);
  });

  it('refuse a key that would make the whole too long, by the key', async () => {
    const Attributes = [
      { Key: 'k1', Value: 'small' },
      { Key: 'k2', Value: 'y'.repeat(500) },
    ];
    expect(await setAttributes({ Attributes })).toMatchObject({
      Code: 0,
      FailKey: [{ Key: 'k2', SubCode: 660800024 }],
    });
    expect(await setAttributes({ Attributes: [Attributes[1]] })).toMatchObject({
      Code: 660800024,
      FailKey: [{ Key: 'k2', SubCode: 660800024 }],
    });
  });

  it.each([
    [
      'a key twice',
      [
        { Key: 'k1', Value: 'a' },
        { Key: 'k1', Value: 'b' },
      ],
      660800032,
    ],
    ['a key of its own', [{ Key: 'colour', Value: 'red' }], 660800023],
    ['an Action but 0', [{ Key: 'k1', Value: 'a' }], 660000002],
  ])('refuse %s', async (title, Attributes, code) => {
    expect(await setAttributes({ Attributes, Action: title.includes('Action') ? 1 : 0 })).toMatchObject({ Code: code });
  });

  it('are changed one by one; an empty remark clears', async () => {
    const UserIds = [
      { UserId: 'bob', FriendAlias: 'B' },
      { UserId: 'carol', FriendAlias: 'C' },
    ];
    expect(await zim.post('UpdateFriendsAlias', { FromUserId: 'alice', UserIds })).toMatchObject({
      Code: 0,
      ErrorList: [{ UserId: 'carol', SubCode: 660800034 }],
    });
    await zim.post('UpdateFriendsAlias', { FromUserId: 'alice', UserIds: [{ UserId: 'bob', FriendAlias: '' }] });
    expect(await zim.get('QueryFriendList', { FromUserId: 'alice', Limit: 10, Next: 0 })).toMatchObject({
      FriendInfos: [{ FriendAlias: '' }],
    });
  });
});
