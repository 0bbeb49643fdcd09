import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AdapterBench, codesOf, refusalOf, startAdapter, valueOrCode } from '../support/zim-adapter.ts';

let bench: AdapterBench;
beforeAll(async () => {
  bench = await startAdapter();
});
beforeEach(() => bench.emulator.reset());
afterAll(() => bench.stop());

const team = { kind: 'group', id: 'team' } as const;
const lobby = { kind: 'chatroom', id: 'lobby' } as const;
const many = Array.from({ length: 45 }, (_, index) => `user${index + 1}`);
const notForRooms = { code: 'NOT_SUPPORTED', input: 'input.spaceId' };

const muteOf = async (groupId: string) => {
  const [told] = await bench.run('Group.mute').load([groupId]);
  return told && 'mute' in told ? told.mute : valueOrCode(told);
};

describe('mutes', () => {
  test('of members go 20 a call, and who is no member fails alone', async () => {
    await bench.run('Mutation.addMembers')({ space: team, userIds: many, announce: true });
    const userIds = [...many, 'frank', 'a/b'];
    const outcomes = await bench.run('Mutation.muteMembers')({ space: team, userIds, durationSeconds: 60 });
    expect(codesOf(outcomes)).toEqual([...many.map(() => 'ok'), 'CONFLICT', 'BAD_USER_INPUT']);
    expect(bench.calls()).toMatchObject({ 'zim.groupMute.members.set': 3 });
    const lifted = await bench.run('Mutation.unmuteMembers')({ space: team, userIds: ['user1', 'frank'] });
    expect(codesOf(lifted)).toEqual(['ok', 'CONFLICT']);
  });

  test('of members all of whom fail have the refusal of each, not of the call', async () => {
    const outcomes = await bench.run('Mutation.muteMembers')({ space: team, userIds: ['frank', 'erin'] });
    expect(codesOf(outcomes)).toEqual(['CONFLICT', 'CONFLICT']);
  });

  test('of a group are read with it: everybody, roles, and the end', async () => {
    const mute = bench.run('Mutation.muteSpace');
    await mute({ space: team });
    expect(await muteOf('team')).toEqual({ everyone: true, roles: [], expiresAt: null });
    await mute({ space: team, roles: ['MEMBER', 'ADMIN', 'MEMBER'], durationSeconds: 600 });
    expect(await muteOf('team')).toEqual({ everyone: false, roles: ['MEMBER', 'ADMIN'], expiresAt: expect.any(Date) });
    await bench.run('Mutation.unmuteSpace')({ space: team });
    expect(await muteOf('team')).toEqual({ everyone: false, roles: [], expiresAt: null });
  });

  test('of a group are sent once: a repeat would prolong them', async () => {
    bench.emulator.setFaults([{ endpoints: ['zim.groupMute.group.set'], kind: 'reset', times: 1 }]);
    const call = bench.run('Mutation.muteSpace')({ space: team, durationSeconds: 60 });
    expect(await refusalOf(() => call)).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(bench.calls()).toEqual({ 'zim.groupMute.group.set': 1 });
  });

  test('muted groups are listed until the vendor says that this was all, whatever it gives as the next place', async () => {
    await bench.run('Mutation.muteSpace')({ space: team });
    await bench.run('Mutation.muteMembers')({
      space: { kind: 'group', id: 'choir' },
      userIds: ['user13'],
      actorId: 'dave',
    });
    const page = await bench.run('App.mutedSpaces')('group', { limit: 20 });
    expect(page.items).toHaveLength(2);
    expect(page.items).toEqual(expect.arrayContaining([team, { kind: 'group', id: 'choir' }]));
    expect(page.next).toBeUndefined();
  });

  test('more than 10000 muted groups come in several pages', async () => {
    const { state } = bench.emulator.apps[0] ?? {};
    for (let index = 0; index < 10_001; index += 1)
      state?.addSpace('group', `muted${index}`, {
        owner: 'alice',
        extra: new Map([['mute', { everyone: true, roles: [], until: null }]]),
      });
    const first = await bench.run('App.mutedSpaces')('group', { limit: 20 });
    expect(first.items).toHaveLength(10_000);
    const second = await bench.run('App.mutedSpaces')('group', { limit: 20, position: first.next });
    expect(second).toMatchObject({ items: { length: 1 }, next: undefined });
    const wrong = () => bench.run('App.mutedSpaces')('group', { limit: 20, position: 'x' });
    expect(await refusalOf(wrong)).toMatchObject({ code: 'BAD_CURSOR' });
  });

  test('chatrooms and own roles are refused before anything is sent', async () => {
    for (const refused of [
      () => bench.run('Mutation.muteMembers')({ space: lobby, userIds: ['bob'] }),
      () => bench.run('Mutation.unmuteMembers')({ space: lobby, userIds: ['bob'] }),
      () => bench.run('Mutation.muteSpace')({ space: lobby }),
      () => bench.run('Mutation.unmuteSpace')({ space: lobby }),
    ])
      expect(await refusalOf(refused)).toEqual(notForRooms);
    expect(await refusalOf(() => bench.run('App.mutedSpaces')('chatroom', { limit: 1 }))).toMatchObject({
      code: 'NOT_SUPPORTED',
      input: 'kind',
    });
    const custom = () => bench.run('Mutation.muteSpace')({ space: team, roles: ['CUSTOM'] });
    expect(await refusalOf(custom)).toEqual({ code: 'NOT_SUPPORTED', input: 'input.roles' });
    expect(bench.calls()).toEqual({});
  });
});

describe('membership', () => {
  const member = (userId: string) =>
    bench.run('Group.member').load([{ spaceId: 'team', userId, withRoles: true }]) as Promise<readonly unknown[]>;

  test('roles are given one a call, and the owner role is not', async () => {
    const give = bench.run('Mutation.setMemberRole');
    const userIds = ['bob', 'frank', 'a/b'];
    expect(codesOf(await give({ space: team, userIds, role: 'ADMIN', actorId: 'alice' }))).toEqual([
      'ok',
      'CONFLICT',
      'BAD_USER_INPUT',
    ]);
    expect(bench.calls()).toEqual({ 'zim.group.members.role.set': 2 });
    expect(await member('bob')).toMatchObject([{ role: 'ADMIN', customRole: null }]);
    await give({ space: team, userIds: ['bob'], role: 'CUSTOM', customRole: 120 });
    expect(await member('bob')).toMatchObject([{ role: 'CUSTOM', customRole: 120 }]);
  });

  test('an owner passes the group on to a member', async () => {
    const transfer = bench.run('Mutation.transferOwnership');
    await transfer({ space: team, newOwnerId: 'bob', leave: false });
    expect([...(await member('bob')), ...(await member('alice'))]).toMatchObject([
      { role: 'OWNER' },
      { role: 'MEMBER' },
    ]);
    const stranger = () => transfer({ space: team, newOwnerId: 'frank', leave: false });
    expect(await refusalOf(stranger)).toMatchObject({ code: 'CONFLICT' });
    const impossible = () => transfer({ space: team, newOwnerId: 'a/b', leave: false });
    expect(await refusalOf(impossible)).toEqual({ code: 'BAD_USER_INPUT', input: 'input.newOwnerId' });
  });

  test('nicknames go 20 a call; a change without one is none', async () => {
    await bench.run('Mutation.addMembers')({ space: team, userIds: many, announce: true });
    const members = [...many.map((userId) => ({ userId, nickname: `the ${userId}` })), { userId: 'bob' }];
    expect(new Set(codesOf(await bench.run('Mutation.updateMembers')({ space: team, members })))).toEqual(
      new Set(['ok']),
    );
    expect(bench.calls()).toMatchObject({ 'zim.group.members.nickname.set': 3 });
    expect(await member('user7')).toMatchObject([{ nickname: 'the user7' }]);
    const wrong = [
      { userId: 'frank', nickname: 'x' },
      { userId: 'bob', nickname: 'x'.repeat(257) },
      { userId: 'bob', nickname: null },
    ];
    const outcomes = await bench.run('Mutation.updateMembers')({ space: team, members: wrong.slice(0, 2) });
    expect(codesOf(outcomes)).toEqual(['CONFLICT', 'BAD_USER_INPUT']);
    expect(await refusalOf(() => bench.run('Mutation.updateMembers')({ space: team, members: wrong }))).toEqual({
      code: 'NOT_SUPPORTED',
      input: 'input.members',
    });
  });

  test('users join groups by the system user, and leave groups and chatrooms by themselves', async () => {
    await bench.run('Mutation.joinSpace')({ space: team, userId: 'frank' });
    expect(await member('frank')).toMatchObject([{ role: 'MEMBER' }]);
    const leave = bench.run('Mutation.leaveSpace');
    await leave({ space: team, userId: 'frank' });
    expect(await member('frank')).toEqual([null]);
    expect(await refusalOf(() => leave({ space: team, userId: 'frank' }))).toMatchObject({ code: 'NOT_FOUND' });
    await leave({ space: lobby, userId: 'bob' });
    const inLobby = bench.run('Chatroom.member').load([{ spaceId: 'lobby', userId: 'bob', withRoles: false }]);
    expect(await inLobby).toEqual([null]);
    const join = bench.run('Mutation.joinSpace');
    expect(await refusalOf(() => join({ space: team, userId: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusalOf(() => join({ space: team, userId: 'alice' }))).toMatchObject({ input: 'input.userId' });
    expect(await refusalOf(() => join({ space: lobby, userId: 'frank' }))).toEqual(notForRooms);
  });
});

describe('attributes', () => {
  const set = (owner: { kind: 'user' | 'group' | 'chatroom'; id: string }, ...attributes: [string, string][]) =>
    bench.run('Mutation.setAttributes')({
      owner,
      attributes: attributes.map(([key, value]) => ({ key, value })),
      overwrite: false,
      removeOnLeave: false,
    });
  const remove = (owner: { kind: 'user' | 'group' | 'chatroom'; id: string }, keys: readonly string[] | null) =>
    bench.run('Mutation.deleteAttributes')({ owner, keys, overwrite: false });
  const ofGroup = async () => {
    const [group] = await bench.run('Group.name').load(['team']);
    return group && 'attributes' in group ? group.attributes : valueOrCode(group);
  };
  const ofRoom = () => bench.run('Chatroom.attributes').load([{ chatroomId: 'lobby', keys: null }]);

  test('of a group are set and deleted, and each fails alone', async () => {
    const wide = ['x'.repeat(17), 'y'] as [string, string];
    expect(codesOf(await set(team, ['topic', 'jazz'], wide, ['mood', '']))).toEqual(['ok', 'BAD_USER_INPUT', 'ok']);
    expect(await ofGroup()).toEqual([
      { key: 'topic', value: 'jazz' },
      { key: 'mood', value: '' },
    ]);
    expect(codesOf(await remove(team, ['topic', 'never']))).toEqual(['ok', 'NOT_FOUND']);
    expect(await ofGroup()).toEqual([{ key: 'mood', value: '' }]);
    const [only] = await remove(team, ['never']);
    expect(only).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND', details: { vendorCode: 'key db-non-existent' } },
    });
  });

  test('of a full group are refused with the vendor’s code', async () => {
    await set(team, ...Array.from({ length: 10 }, (_, index): [string, string] => [`k${index}`, 'v']));
    const [outcome] = await set(team, ['k10', 'v']);
    expect(outcome).toMatchObject({ error: { code: 'LIMIT_REACHED', details: { vendorCode: '660600019' } } });
  });

  test('of a chatroom go 16 a call, and all come with one read', async () => {
    const wanted = Array.from({ length: 18 }, (_, index): [string, string] => [`k${index}`, `${index}`]);
    expect(new Set(codesOf(await set(lobby, ...wanted)))).toEqual(new Set(['ok']));
    expect(bench.calls()).toEqual({ 'zim.room.attributes.modify': 2 });
    expect(await ofRoom()).toEqual([wanted.map(([key, value]) => ({ key, value }))]);
    expect(codesOf(await remove(lobby, ['k0', 'never']))).toEqual(['ok', 'BAD_USER_INPUT']);
    expect((await ofRoom())[0]).toHaveLength(17);
  });

  test('of a chatroom may go with who set them', async () => {
    const attributes = [{ key: 'mic', value: 'bob' }];
    const change = { owner: lobby, attributes, overwrite: false, removeOnLeave: true, actorId: 'bob' };
    await bench.run('Mutation.setAttributes')(change);
    await bench.run('Mutation.leaveSpace')({ space: lobby, userId: 'bob' });
    expect(await ofRoom()).toEqual([[]]);
    const elsewhere = () => bench.run('Mutation.setAttributes')({ ...change, owner: team });
    expect(await refusalOf(elsewhere)).toEqual({ code: 'NOT_SUPPORTED', input: 'input.removeOnLeave' });
  });

  test('of a user are one text', async () => {
    const bob = { kind: 'user', id: 'bob' } as const;
    const extra = async () => bench.run('User.attributes').load([{ userId: 'bob', keys: null }]);
    expect(codesOf(await set(bob, ['extra', 'hello'], ['mood', 'blue']))).toEqual(['ok', 'BAD_USER_INPUT']);
    expect(await extra()).toMatchObject([{ attributes: [{ key: 'extra', value: 'hello' }] }]);
    expect(codesOf(await remove(bob, ['extra']))).toEqual(['ok']);
    expect(await extra()).toMatchObject([{ attributes: [] }]);
    await set(bob, ['extra', 'again']);
    expect(await remove(bob, null)).toEqual([]);
    expect(await extra()).toMatchObject([{ attributes: [] }]);
    expect(codesOf(await set({ kind: 'user', id: 'nobody' }, ['extra', 'x']))).toEqual(['NOT_FOUND']);
    expect(await refusalOf(() => remove({ kind: 'user', id: 'nobody' }, null))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusalOf(() => set({ kind: 'user', id: 'a/b' }, ['extra', 'x']))).toEqual({
      code: 'BAD_USER_INPUT',
      input: 'input.ownerId',
    });
  });
});
