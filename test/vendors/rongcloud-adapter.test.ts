import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MembersChange } from '../../src/domain/space.ts';
import { type AdapterBench, codesOf, refusalOf, startAdapter, valueOrCode } from '../support/rongcloud-adapter.ts';

let plain: AdapterBench;
let hosted: AdapterBench;
let older: AdapterBench;
beforeAll(async () => {
  plain = await startAdapter();
  hosted = await startAdapter({ groups: 'hosted' });
  older = await startAdapter({ paths: 'cn-list' });
});
const benches = () => [plain, hosted, older];
beforeEach(() => {
  for (const bench of benches()) bench.emulator.reset();
});
afterAll(() => Promise.all(benches().map((bench) => bench.stop())));

const many = (count: number) => Array.from({ length: count }, (_, index) => `new${index}`);
const team = { kind: 'group', id: 'team' } as const;
const lobby = { kind: 'chatroom', id: 'lobby' } as const;

describe('users', () => {
  test('names are read one by one', async () => {
    expect(await plain.run('User.name').load(['bob'])).toEqual([
      { name: 'Bob Brook', avatarUrl: 'https://img.example/bob.png' },
    ]);
    expect(plain.run('User.name').max).toBe(1);
  });

  test('hosted profiles of many are read in one call, impossible ids fail alone, the rest have registered names', async () => {
    await hosted.run('Mutation.registerUsers')([{ userId: 'new1', name: 'New' }]);
    const found = await hosted.run('User.name').load(['bob', 'a,b', 'x'.repeat(65), 'new1']);
    expect(found.map(valueOrCode)).toMatchObject([
      { name: 'Bob Brook' },
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
      { name: 'New', avatarUrl: null },
    ]);
    expect(hosted.calls()).toMatchObject({ 'user.profile.batch.query': 1 });
  });

  test('since when is told in the time of the data centre', async () => {
    const [createdAt] = await plain.run('User.createdAt').load(['bob']);
    expect(createdAt).toBeInstanceOf(Date);
  });

  test('presence is a yes or no, whatever more was asked', async () => {
    const { load } = plain.run('User.presence');
    const all = await Promise.all(['bob', 'carol'].map((userId) => load([{ userId, isDetailed: true }])));
    expect(all.flat()).toEqual([
      { isOnline: true, text: null, lastSeenAt: null, devices: null },
      { isOnline: false, text: null, lastSeenAt: null, devices: null },
    ]);
  });

  test('are registered one by one, the id standing in for a name; one that cannot be fails alone', async () => {
    const users = [{ userId: 'new1' }, { userId: 'x'.repeat(65) }, { userId: 'new2', name: 'Two' }];
    expect(codesOf(await plain.run('Mutation.registerUsers')(users))).toEqual(['ok', 'BAD_USER_INPUT', 'ok']);
    expect(plain.calls()).toEqual({ 'user.info': 2, 'user.register': 2 });
    expect(await plain.run('User.name').load(['new1'])).toEqual([{ name: 'new1', avatarUrl: null }]);
  });

  test('are changed one by one, and leave out what stays', async () => {
    const outcomes = await plain.run('Mutation.updateUsers')([{ userId: 'bob', name: 'Robert' }, { userId: 'carol' }]);
    expect(codesOf(outcomes)).toEqual(['ok', 'ok']);
    expect(plain.calls()).toEqual({ 'user.refresh': 1 });
    expect(await plain.run('User.name').load(['bob'])).toEqual([
      { name: 'Robert', avatarUrl: 'https://img.example/bob.png' },
    ]);
  });

  test('keep a name and picture that shall be cleared, since the vendor has no word for it', async () => {
    const update = plain.run('Mutation.updateUsers');
    expect(await refusalOf(() => update([{ userId: 'bob', name: null }]))).toEqual({
      code: 'NOT_SUPPORTED',
      input: 'input.users[0].name',
    });
    expect(await refusalOf(() => update([{ userId: 'a' }, { userId: 'bob', avatarUrl: null }]))).toEqual({
      code: 'NOT_SUPPORTED',
      input: 'input.users[1].avatarUrl',
    });
    expect(await refusalOf(() => update([{ userId: 'bob', name: '' }]))).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(plain.calls()).toEqual({});
  });

  test('with hosted profiles are changed in both places', async () => {
    await hosted.run('Mutation.updateUsers')([{ userId: 'bob', name: 'Robert' }]);
    expect(hosted.calls()).toEqual({ 'user.refresh': 1, 'user.profile.set': 1 });
    expect(await hosted.run('User.name').load(['bob'])).toMatchObject([{ name: 'Robert' }]);
  });

  test('keep their name when they get a token', async () => {
    const token = await plain.run('Mutation.issueUserToken')({ userId: 'bob' });
    expect(token).toMatchObject({ token: expect.any(String), expiresAt: null });
    expect(plain.calls()).toEqual({ 'user.info': 1, 'user.register': 1 });
    expect(await plain.run('User.name').load(['bob'])).toMatchObject([{ name: 'Bob Brook' }]);
  });

  test('whose profile is known get a token in one call', async () => {
    await plain.run('Mutation.issueUserToken')({ userId: 'bob', profile: { name: 'Bob Brook' } });
    expect(plain.calls()).toEqual({ 'user.register': 1 });
  });
});

describe('blocklists', () => {
  test('of a user are paged by the vendor’s token', async () => {
    await plain.run('Mutation.blockUsers')({ owner: { kind: 'user', id: 'bob' }, userIds: many(25) });
    expect(plain.calls()).toEqual({ 'user.blacklist.add': 2 });
    const first = await plain.run('User.blocklist')('bob', { limit: 20 });
    const second = await plain.run('User.blocklist')('bob', { limit: 20, position: first.next });
    expect([first.items.length, second.items.length, second.next]).toEqual([20, 5, undefined]);
    expect(new Set([...first.items, ...second.items].map(({ userId }) => userId)).size).toBe(25);
  });

  test('of a user lose whom is unblocked; an impossible id fails alone', async () => {
    const owner = { kind: 'user', id: 'alice' } as const;
    const outcomes = await plain.run('Mutation.unblockUsers')({ owner, userIds: ['frank', 'a,b'] });
    expect(codesOf(outcomes)).toEqual(['ok', 'BAD_USER_INPUT']);
    expect(await plain.run('User.blocklist')('alice', { limit: 10 })).toEqual({ items: [] });
  });

  test('of a chatroom come whole, with the ends of the blocks', async () => {
    const before = Date.now();
    const change = { owner: lobby, userIds: ['bob', 'erin', 'frank'], durationSeconds: 601, notice: 'Calm down' };
    expect(codesOf(await plain.run('Mutation.blockUsers')(change))).toEqual(['ok', 'ok', 'ok']);
    const first = await plain.run('Chatroom.blocklist')('lobby', { limit: 2 });
    expect([first.items.length, first.totalCount, first.next]).toEqual([3, 3, undefined]);
    await expect(plain.run('Chatroom.blocklist')('lobby', { limit: 2, position: '2' })).rejects.toMatchObject({
      code: 'BAD_CURSOR',
    });
    const end = first.items[0]?.expiresAt?.getTime() ?? 0;
    // Minutes are rounded up, texts of times end at the second.
    expect(end - before).toBeGreaterThanOrEqual(11 * 60_000 - 1000);
    expect(end - before).toBeLessThan(11 * 60_000 + 10_000);
    expect(codesOf(await plain.run('Mutation.unblockUsers')({ owner: lobby, userIds: ['bob'], notice: 'x' }))).toEqual([
      'ok',
    ]);
    expect((await plain.run('Chatroom.blocklist')('lobby', { limit: 5 })).totalCount).toBe(2);
  });

  test.each([
    ['of a group', { owner: team, userIds: ['bob'] }, { code: 'NOT_SUPPORTED', input: 'input.ownerId' }],
    [
      'of a user for a time',
      { owner: { kind: 'user', id: 'alice' }, userIds: ['bob'], durationSeconds: 60 },
      { code: 'NOT_SUPPORTED', input: 'input.durationSeconds' },
    ],
    [
      'of a user with a notice',
      { owner: { kind: 'user', id: 'alice' }, userIds: ['bob'], notice: 'x' },
      { code: 'NOT_SUPPORTED', input: 'input.notice' },
    ],
    [
      'of a chatroom for more than 30 days',
      { owner: lobby, userIds: ['bob'], durationSeconds: 2_592_001 },
      { code: 'BAD_USER_INPUT', input: 'input.durationSeconds' },
    ],
  ] as const)('%s are refused before a call', async (_, change, refusal) => {
    expect(await refusalOf(() => plain.run('Mutation.blockUsers')(change))).toEqual(refusal);
    expect(plain.calls()).toEqual({});
  });
});

describe('plain groups', () => {
  test('are made with a name and members, and read again', async () => {
    const { group, members } = await plain.run('Mutation.createGroup')({
      name: 'Crew',
      ownerId: 'alice',
      memberIds: ['bob', 'alice'],
    });
    expect(group.groupId).toMatch(/^[0-9a-f]{32}$/);
    expect(codesOf(members)).toEqual(['ok', 'ok']);
    expect(await plain.run('Group.name').load([group.groupId])).toEqual([
      { groupId: group.groupId, name: 'Crew', memberCount: 2 },
    ]);
    await plain.run('Mutation.updateGroup')({ groupId: group.groupId, name: 'Team' });
    expect(await plain.run('Group.name').load([group.groupId])).toMatchObject([{ name: 'Team' }]);
  });

  test('of a user are paged by number', async () => {
    const first = await plain.run('User.groups')('alice', { limit: 3 });
    const second = await plain.run('User.groups')('alice', { limit: 3, position: first.next });
    const ids = [...first.items, ...second.items].map(({ groupId }) => groupId);
    expect(ids.sort()).toEqual(['book-club', 'choir', 'climbers', 'runners', 'team']);
    expect([first.next, second.next]).toEqual(['1', undefined]);
    expect(first.items[0]?.name).toEqual(expect.any(String));
  });

  test('tell all members at once', async () => {
    const key = { spaceId: 'runners', withRoles: true };
    const { items, totalCount, next } = await plain.run('Group.members')(key, { limit: 10 });
    expect([items.length, totalCount, next]).toEqual([14, 14, undefined]);
  });

  test('answer for any number of members in one call', async () => {
    const keys = ['bob', 'frank', 'carol'].map((userId) => ({ spaceId: 'team', userId, withRoles: false }));
    expect(await plain.run('Group.member').load(keys)).toEqual([{ userId: 'bob' }, null, { userId: 'carol' }]);
    expect(plain.calls()).toEqual({ 'group.user.query': 1 });
  });

  test('take in and put out, and are dismissed', async () => {
    const change: MembersChange = { space: team, userIds: ['erin', 'frank'], announce: true };
    expect(codesOf(await plain.run('Mutation.addMembers')(change))).toEqual(['ok', 'ok']);
    expect(codesOf(await plain.run('Mutation.removeMembers')({ ...change, userIds: ['bob', 'a,b'] }))).toEqual([
      'ok',
      'BAD_USER_INPUT',
    ]);
    const { items } = await plain.run('Group.members')({ spaceId: 'team', withRoles: false }, { limit: 10 });
    expect(items.map(({ userId }) => userId).sort()).toEqual(['alice', 'carol', 'dave', 'erin', 'frank']);
    await plain.run('Mutation.deleteSpace')({ space: team });
    expect(plain.calls()).toMatchObject({ 'group.join': 1, 'group.quit': 1, 'group.dismiss': 1 });
  });

  test.each([
    ['createGroup', 'description', { name: 'x', ownerId: 'alice', memberIds: [], description: 'd' }],
    ['createGroup', 'avatarUrl', { name: 'x', ownerId: 'alice', memberIds: [], avatarUrl: 'u' }],
    ['updateGroup', 'announcement', { groupId: 'team', announcement: null }],
    ['updateGroup', 'actorId', { groupId: 'team', name: 'x', actorId: 'bob' }],
  ] as const)('%s refuses %s', async (name, field, input) => {
    const run = plain.run(`Mutation.${name}`) as (given: unknown) => Promise<unknown>;
    expect(await refusalOf(() => run(input))).toEqual({ code: 'NOT_SUPPORTED', input: `input.${field}` });
    expect(plain.calls()).toEqual({});
  });

  test('cannot be listed', () => {
    expect(Object.keys(plain.adapter.operations)).not.toContain('App.groups');
    expect(Object.keys(plain.adapter.operations)).not.toContain('Group.blocklist');
  });
});

describe('hosted groups', () => {
  const input = {
    groupId: 'crew',
    name: 'Crew',
    ownerId: 'alice',
    memberIds: ['bob', 'a,b'],
    avatarUrl: 'https://img.example/crew.png',
    description: 'About us',
    announcement: 'Hello',
    settings: { joinPolicy: 'OPEN', invitePolicy: 'MEMBERS' },
    attributes: [{ key: 'color', value: 'red' }],
  } as const;

  test('are made and read with everything that they keep', async () => {
    const { members } = await hosted.run('Mutation.createGroup')(input);
    expect(codesOf(members)).toEqual(['ok', 'BAD_USER_INPUT']);
    const found = await hosted.run('Group.name').load(['crew', 'nothing', 'team', 'a,b']);
    expect(found.map(valueOrCode)).toMatchObject([
      {
        groupId: 'crew',
        name: 'Crew',
        ownerId: 'alice',
        avatarUrl: input.avatarUrl,
        description: 'About us',
        announcement: 'Hello',
        settings: { joinPolicy: 'OPEN', invitePolicy: 'MEMBERS' },
        attributes: input.attributes,
        memberCount: 2,
        createdAt: expect.any(Date),
      },
      'NOT_FOUND',
      { groupId: 'team', name: 'The team', ownerId: 'alice', memberCount: 4 },
      'BAD_USER_INPUT',
    ]);
    expect(hosted.calls()).toEqual({ 'entrust.group.create': 1, 'entrust.group.profile.query': 1 });
  });

  test('are made with 30 members at most, and the others join by the next call', async () => {
    const memberIds = many(35);
    const { members } = await hosted.run('Mutation.createGroup')({ ...input, memberIds });
    expect(codesOf(members)).toEqual(memberIds.map(() => 'ok'));
    const page = await hosted.run('Group.members')({ spaceId: 'crew', withRoles: false }, { limit: 100 });
    expect(page.items.map(({ userId }) => userId).sort()).toEqual(['alice', ...memberIds].sort());
    expect(hosted.calls()).toMatchObject({ 'entrust.group.create': 1, 'entrust.group.join': 1 });
    expect(hosted.batches('entrust.group.join')).toEqual({ 5: 1 });
  });

  test('are there when the others cannot join, who are answered so', async () => {
    const refused = [{ endpoints: ['rongcloud.entrust.group.join'], kind: 'overLimit' }];
    await fetch(`${hosted.emulator.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(refused) });
    const { group, members } = await hosted.run('Mutation.createGroup')({ ...input, memberIds: many(32) });
    expect(group.groupId).toBe('crew');
    expect(codesOf(members).slice(29)).toEqual(['ok', 'RATE_LIMITED', 'RATE_LIMITED']);
  });

  test('are changed in one call, and what is left out stays', async () => {
    await hosted.run('Mutation.createGroup')(input);
    await hosted.run('Mutation.updateGroup')({
      groupId: 'crew',
      name: 'Team',
      announcement: 'New',
      settings: { joinPolicy: 'APPROVAL' },
    });
    expect(hosted.calls()).toMatchObject({ 'entrust.group.profile.update': 1 });
    const [group] = await hosted.run('Group.name').load(['crew']);
    expect(group).toMatchObject({ name: 'Team', announcement: 'New', settings: { joinPolicy: 'APPROVAL' } });
    await hosted.run('Mutation.updateGroup')({ groupId: 'crew' });
    expect(hosted.calls()).toMatchObject({ 'entrust.group.profile.update': 1 });
  });

  test.each([
    ['isPublic', { isPublic: true }],
    ['maxMembers', { maxMembers: 10 }],
    ['asksInvitees', { asksInvitees: true }],
    ['joinPolicy', { joinPolicy: 'INVITATION' }],
  ] as const)('refuse the setting %s', async (field, settings) => {
    expect(await refusalOf(() => hosted.run('Mutation.createGroup')({ ...input, settings }))).toEqual({
      code: 'NOT_SUPPORTED',
      input: `input.settings.${field}`,
    });
    expect(hosted.calls()).toEqual({});
  });

  test('of the app and of a user are paged by the vendor’s token', async () => {
    for (const list of [
      (page: { limit: number; position?: string | undefined }) => hosted.run('App.groups')(null, page),
      (page: { limit: number; position?: string | undefined }) => hosted.run('User.groups')('alice', page),
    ]) {
      const first = await list({ limit: 3 });
      const second = await list({ limit: 3, position: first.next });
      expect([first.items.length, second.items.length, second.next]).toEqual([3, 2, undefined]);
      expect(first.items[0]).toMatchObject({ groupId: expect.any(String), name: expect.any(String) });
    }
  });

  test('tell members with roles, page by page, and single ones in one call', async () => {
    const first = await hosted.run('Group.members')({ spaceId: 'team', withRoles: true }, { limit: 3 });
    const rest = await hosted.run('Group.members')(
      { spaceId: 'team', withRoles: true },
      { limit: 3, position: first.next },
    );
    const all = [...first.items, ...rest.items];
    expect([first.items.length, rest.items.length, first.totalCount]).toEqual([3, 1, 4]);
    expect(all.find(({ userId }) => userId === 'alice')).toMatchObject({ role: 'OWNER', joinedAt: expect.any(Date) });
    const keys = ['bob', 'frank', 'alice'].map((userId) => ({ spaceId: 'team', userId, withRoles: true }));
    const single = await hosted.run('Group.member').load(keys);
    expect(single).toMatchObject([{ userId: 'bob', role: 'MEMBER' }, null, { userId: 'alice', role: 'OWNER' }]);
    expect(hosted.calls()).toMatchObject({ 'entrust.group.member.specific': 1 });
  });

  test('take in and put out a hundred a call, and are dismissed', async () => {
    await hosted.run('Mutation.registerUsers')(many(120).map((userId) => ({ userId })));
    const change: MembersChange = { space: team, userIds: many(120), announce: true };
    expect(new Set(codesOf(await hosted.run('Mutation.addMembers')(change)))).toEqual(new Set(['ok']));
    expect(new Set(codesOf(await hosted.run('Mutation.removeMembers')(change)))).toEqual(new Set(['ok']));
    await hosted.run('Mutation.deleteSpace')({ space: team });
    expect(hosted.calls()).toMatchObject({
      'entrust.group.join': 2,
      'entrust.group.member.kick': 2,
      'entrust.group.dismiss': 1,
    });
  });
});

describe('paths that only the Chinese list names', () => {
  test('take in and put out members of plain groups', async () => {
    const change: MembersChange = { space: team, userIds: ['erin'], announce: true };
    expect(codesOf(await older.run('Mutation.addMembers')(change))).toEqual(['ok']);
    expect(codesOf(await older.run('Mutation.removeMembers')(change))).toEqual(['ok']);
    expect(older.calls()).toEqual({ 'group.user.query': 2, 'group.user.add': 1, 'group.user.remove': 1 });
  });

  test('keep names of chatrooms; rooms that one read does not know are asked for by the other', async () => {
    const { chatroomId } = await older.run('Mutation.createChatroom')({ name: 'Tea', memberIds: [], isMuted: false });
    const found = await older.run('Chatroom.name').load([chatroomId, 'nothing']);
    expect(found[0]).toMatchObject({ chatroomId, name: 'Tea', createdAt: expect.any(Date) });
    expect(older.calls()).toEqual({ 'chatroom.create.legacy': 1, 'chatroom.query.legacy': 1, 'chatroom.info': 1 });
    expect(await older.run('Chatroom.memberCount').load(['lobby'])).toEqual([3]);
  });
});
