import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  codeOf,
  type EasemobAdapterBench,
  easemobAdapterBench,
  fates,
  lobby,
  readAll,
  team,
} from '../support/easemob-adapter.ts';

let bench: EasemobAdapterBench;
const operation: EasemobAdapterBench['operation'] = (name, options) => bench.operation(name, options);

beforeEach(async () => {
  bench = await easemobAdapterBench();
});

afterEach(() => bench.stop());

describe('users', () => {
  test('tell name and picture for many in one call, and nothing for those who have none', async () => {
    const profiles = await operation('User.name').load(['Alice', 'bob', 'nobody', 'a,b', 'x'.repeat(65)]);
    expect(profiles.slice(0, 3)).toEqual([
      { name: 'Alice Arden', avatarUrl: 'https://img.example/alice.png' },
      { name: 'Bob Brook', avatarUrl: 'https://img.example/bob.png' },
      { name: null, avatarUrl: null },
    ]);
    expect(profiles.slice(3).map(codeOf)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(bench.calls).toEqual(['metadata.user.batchGet']);
  });

  test('tell since when they are, or that they are not', async () => {
    const { load } = operation('User.createdAt');
    expect((await load(['alice']))[0]).toBeInstanceOf(Date);
    await expect(load(['nobody'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('are online or not: one by the single call, many by the batch', async () => {
    const { load } = operation('User.presence');
    const key = (userId: string) => ({ userId, isDetailed: false });
    expect(await load([key('alice')])).toEqual([{ isOnline: true }]);
    expect(await load([key('alice'), key('dave')])).toEqual([{ isOnline: true }, { isOnline: false }]);
    expect(bench.calls).toEqual(['user.status', 'user.statusBatch']);
  });

  test('tell their devices by the presence service', async () => {
    const [alice, dave] = await operation('User.presence').load([
      { userId: 'alice', isDetailed: true },
      { userId: 'dave', isDetailed: true },
    ]);
    expect(alice).toMatchObject({ isOnline: true, devices: [{ isOnline: true, status: 1 }] });
    expect(dave).toMatchObject({ isOnline: false });
    expect(bench.calls).toEqual(['presence.get']);
  });

  test('are registered 60 a call, each with its own fate, and their profiles set', async () => {
    const users = [
      { userId: 'Fresh', name: 'Fresh One', avatarUrl: 'https://img.example/f.png' },
      { userId: 'alice' },
      { userId: 'not legal' },
      ...Array.from({ length: 60 }, (_, index) => ({ userId: `many${index}` })),
    ];
    const outcomes = fates(await operation('Mutation.registerUsers')(users));
    expect(outcomes.slice(0, 4)).toEqual(['ok', 'CONFLICT', 'BAD_USER_INPUT', 'ok']);
    expect(outcomes.slice(4).every((each) => each === 'ok')).toBe(true);
    expect(bench.calls).toEqual(['user.registerBatch', 'metadata.user.set', 'user.registerBatch']);
    expect(await operation('User.name').load(['fresh'])).toEqual([
      { name: 'Fresh One', avatarUrl: 'https://img.example/f.png' },
    ]);
  });

  test('change what is given, keep the rest, and clear with null', async () => {
    const outcomes = await operation('Mutation.updateUsers')([
      { userId: 'alice', name: 'Ann' },
      { userId: 'Alice', name: 'Ann & Co = 1' },
      { userId: 'bob', avatarUrl: null },
      { userId: 'carol' },
      { userId: 'a,b', name: 'x' },
      { userId: 'dave', name: 'x'.repeat(65) },
    ]);
    expect(fates(outcomes)).toEqual(['ok', 'ok', 'ok', 'ok', 'BAD_USER_INPUT', 'BAD_USER_INPUT']);
    expect(bench.calls.filter((each) => each === 'metadata.user.set')).toHaveLength(4);
    expect(await operation('User.name').load(['alice', 'bob'])).toEqual([
      { name: 'Ann & Co = 1', avatarUrl: 'https://img.example/alice.png' },
      { name: 'Bob Brook', avatarUrl: null },
    ]);
  });

  test('get tokens with the time they end, by password where one is given', async () => {
    await operation('Mutation.registerUsers')([{ userId: 'pat', password: 'right' }]);
    const issue = operation('Mutation.issueUserToken');
    const { token, expiresAt } = await issue({ userId: 'Pat', ttlSeconds: 60 });
    expect(token).toMatch(/^YWMt/);
    expect(Math.abs((expiresAt?.getTime() ?? 0) - Date.now() - 60_000)).toBeLessThan(2_000);
    expect((await issue({ userId: 'pat', ttlSeconds: 0 })).expiresAt).toBeNull();
    expect((await issue({ userId: 'pat', password: 'right' })).token).toMatch(/^YWMt/);
    await expect(issue({ userId: 'pat', password: 'wrong' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(issue({ userId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('blocklists', () => {
  const ofAlice = { owner: { kind: 'user', id: 'alice' } } as const;
  const ofTeam = { owner: { kind: 'group', id: team } } as const;
  const ofLobby = { owner: { kind: 'chatroom', id: lobby } } as const;

  test('of users are changed, listed by pages and checked', async () => {
    const userIds = ['bob', 'Carol', 'bob'];
    expect(fates(await operation('Mutation.blockUsers')({ ...ofAlice, userIds }))).toEqual(['ok', 'ok', 'ok']);
    const blocks = await readAll(operation('User.blocklist'), 'Alice', 2);
    expect(blocks.map((block) => block.userId).sort()).toEqual(['bob', 'carol', 'frank']);
    const contains = operation('Blocklist.contains');
    const keys = ['bob', 'dave', 'x,y'].map((userId) => ({ ...ofAlice, userId }));
    expect((await contains.load(keys)).map((each) => (typeof each === 'boolean' ? each : codeOf(each)))).toEqual([
      true,
      false,
      'NOT_FOUND',
    ]);
    const unblocked = await operation('Mutation.unblockUsers')({ ...ofAlice, userIds: ['bob', 'frank'] });
    expect(fates(unblocked)).toEqual(['ok', 'ok']);
    expect((await readAll(operation('User.blocklist'), 'alice', 50)).map((block) => block.userId)).toEqual(['carol']);
  });

  test('take a user again', async () => {
    expect(fates(await operation('Mutation.blockUsers')({ ...ofAlice, userIds: ['frank', 'bob'] }))).toEqual([
      'ok',
      'ok',
    ]);
  });

  test.each([
    ['group', ofTeam, 'Group.blocklist', team],
    ['chatroom', ofLobby, 'Chatroom.blocklist', lobby],
  ] as const)('of a %s take one user by the single call and many by the batch', async (kind, of, list, id) => {
    const block = operation('Mutation.blockUsers');
    expect(fates(await block({ ...of, userIds: ['bob'] }))).toEqual(['ok']);
    const [member, other] = kind === 'group' ? ['carol', 'erin'] : ['erin', 'carol'];
    expect(fates(await block({ ...of, userIds: [member, other] }))).toEqual(['ok', 'NOT_FOUND']);
    expect(bench.calls).toEqual([`${kind}.block.add`, `${kind}.block.addBatch`]);
    const page = await operation(list)(id, { limit: 1 });
    expect(page).toEqual({ items: [{ userId: 'bob' }, { userId: member }], totalCount: 2 });
    const [isBlocked, isNot] = await operation('Blocklist.contains').load([
      { ...of, userId: 'Bob' },
      { ...of, userId: 'dave' },
    ]);
    expect([isBlocked, isNot]).toEqual([true, false]);
    expect(fates(await operation('Mutation.unblockUsers')({ ...of, userIds: ['bob'] }))).toEqual(['ok']);
    expect(bench.calls.at(-1)).toBe(`${kind}.block.remove`);
  });

  test.each([ofTeam, ofLobby])('of %o refuse who is no member, and an owner', async (of) => {
    const block = operation('Mutation.blockUsers');
    expect(fates(await block({ ...of, userIds: ['frank'] }))).toEqual(['NOT_FOUND']);
    expect(fates(await block({ ...of, userIds: ['alice'] }))).toEqual(['CONFLICT']);
    expect(fates(await block({ ...of, userIds: ['a,b'] }))).toEqual(['BAD_USER_INPUT']);
  });

  test('of what is not there are not found', async () => {
    await expect(operation('Group.blocklist')('1', { limit: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(operation('User.blocklist')('nobody', { limit: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(operation('Group.blocklist')(team, { limit: 5, position: 'x' })).rejects.toMatchObject({
      code: 'BAD_CURSOR',
    });
  });
});

describe('the vendor', () => {
  test('is asked for one token by many calls at once, and for a new one when it refuses it', async () => {
    const { load } = operation('User.name');
    await Promise.all(Array.from({ length: 20 }, () => load(['alice'])));
    expect(bench.emulator.stats.get('easemob.token.app')?.calls).toBe(1);
    bench.emulator.setFaults([{ endpoints: ['easemob.metadata.user.batchGet'], kind: 'unauthorized', times: 1 }]);
    await load(['alice']);
    expect(bench.emulator.stats.get('easemob.token.app')?.calls).toBe(2);
  });

  test('that refuses the credentials makes the app misconfigured', async () => {
    const { load } = operation('User.name', { clientSecret: 'wrong' });
    await expect(load(['alice'])).rejects.toMatchObject({
      code: 'VENDOR_MISCONFIGURED',
      details: { vendorCode: 'invalid_grant' },
    });
  });

  test('that is gone before the token is had changed nothing', async () => {
    const remove = operation('Mutation.deleteSpace');
    bench.emulator.setFaults([{ endpoints: ['easemob.token.app'], kind: 'drop' }]);
    await expect(remove({ space: { kind: 'group', id: team } })).rejects.toMatchObject({ code: 'VENDOR_UNAVAILABLE' });
    expect(bench.emulator.stats.get('easemob.group.delete')).toBeUndefined();
  });
});
