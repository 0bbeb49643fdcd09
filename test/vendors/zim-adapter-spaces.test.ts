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

describe('groups', () => {
  test("the app's are listed with names and a total", async () => {
    const first = await bench.run('App.groups')(null, { limit: 3 });
    const second = await bench.run('App.groups')(null, { limit: 20, position: first.next });
    expect(first).toMatchObject({ totalCount: 5, items: { length: 3 } });
    expect(second.next).toBeUndefined();
    const ids = [...first.items, ...second.items].map(({ groupId }) => groupId);
    expect(ids.sort()).toEqual(['book-club', 'choir', 'climbers', 'runners', 'team']);
  });

  test("a user's are listed with names and pictures", async () => {
    const read = bench.run('User.groups');
    const first = await read('alice', { limit: 4 });
    const second = await read('alice', { limit: 4, position: first.next });
    expect(first).toMatchObject({ totalCount: 5, items: { length: 4 } });
    expect(second).toMatchObject({ next: undefined, items: { length: 1 } });
    expect([...first.items, ...second.items]).toContainEqual({
      groupId: 'team',
      name: 'The team',
      avatarUrl: 'https://img.example/team.png',
    });
  });

  test('one read tells everything but the count and the owner; the count costs a page of one', async () => {
    expect(await bench.run('Group.name').load(['team'])).toEqual([
      {
        groupId: 'team',
        name: 'The team',
        avatarUrl: 'https://img.example/team.png',
        description: null,
        announcement: null,
        createdAt: expect.any(Date),
        isSuspended: null,
        settings: expect.objectContaining({ joinPolicy: 'OPEN', invitePolicy: 'MEMBERS', asksInvitees: false }),
        attributes: [],
        mute: { everyone: false, roles: [], expiresAt: null },
      },
    ]);
    expect(await bench.run('Group.memberCount').load(['team'])).toEqual([4]);
    expect(bench.calls()).toEqual({ 'zim.group.info.query': 1, 'zim.group.members.list': 1 });
  });

  test('an unknown one is NOT_FOUND', async () => {
    const read = async () => (await bench.run('Group.name').load(['nowhere'])).map(valueOrCode);
    expect(await refusalOf(read)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusalOf(() => bench.run('Group.memberCount').load(['nowhere']))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('members come with names, roles and a total', async () => {
    const read = bench.run('Group.members');
    const key = { spaceId: 'team', withRoles: true };
    const first = await read(key, { limit: 3 });
    const second = await read(key, { limit: 3, position: first.next });
    expect(first).toMatchObject({ totalCount: 4, items: { length: 3 } });
    expect(second).toMatchObject({ next: undefined, items: { length: 1 } });
    expect([...first.items, ...second.items].find(({ userId }) => userId === 'alice')).toMatchObject({
      profile: { name: 'Alice Arden' },
      role: 'OWNER',
      customRole: null,
      nickname: null,
    });
  });

  test('memberships of several users are read from one list; others are null', async () => {
    const keys = ['alice', 'frank', 'bob'].map((userId) => ({ spaceId: 'team', userId, withRoles: true }));
    const found = await bench.run('Group.member').load(keys);
    expect(found).toMatchObject([{ role: 'OWNER' }, null, { role: 'MEMBER' }]);
    expect(bench.calls()).toEqual({ 'zim.group.members.list': 1 });
  });

  test('are made with members, attributes and settings in two calls; members fail alone', async () => {
    const made = await bench.run('Mutation.createGroup')({
      groupId: 'readers',
      name: 'Readers',
      announcement: 'Welcome',
      avatarUrl: 'https://img.example/r.png',
      ownerId: 'alice',
      memberIds: ['bob', 'nobody', 'a/b'],
      settings: { joinPolicy: 'APPROVAL', invitePolicy: 'ADMINS', asksInvitees: true },
      attributes: [{ key: 'topic', value: 'jazz' }],
    });
    expect(made.group).toEqual({ groupId: 'readers' });
    expect(codesOf(made.members)).toEqual(['ok', 'NOT_FOUND', 'BAD_USER_INPUT']);
    expect(bench.calls()).toEqual({ 'zim.group.create': 1, 'zim.group.limits.modify': 1 });
    expect(await bench.run('Group.name').load(['readers'])).toMatchObject([
      {
        name: 'Readers',
        announcement: 'Welcome',
        settings: { joinPolicy: 'APPROVAL', invitePolicy: 'ADMINS', asksInvitees: true },
        attributes: [{ key: 'topic', value: 'jazz' }],
      },
    ]);
  });

  test('get an id from the vendor when none is given, and a taken one is CONFLICT', async () => {
    const create = bench.run('Mutation.createGroup');
    const made = await create({ name: 'No id', ownerId: 'alice', memberIds: [] });
    expect(made.group.groupId).toMatch(/^#/);
    expect(await bench.run('Group.memberCount').load([made.group.groupId])).toEqual([1]);
    const again = { groupId: 'team', name: 'Again', ownerId: 'alice', memberIds: [] };
    expect(await refusalOf(() => create(again))).toMatchObject({ code: 'CONFLICT' });
  });

  test.each([
    [{ description: 'x' }, 'input.description'],
    [{ settings: { isPublic: true } }, 'input.settings.isPublic'],
    [{ settings: { joinPolicy: 'CLOSED' } }, 'input.settings.joinPolicy'],
    [{ settings: { invitePolicy: 'OWNER' } }, 'input.settings.invitePolicy'],
  ] as const)('%j is refused before anything is sent', async (choice, input) => {
    const wanted = { code: 'NOT_SUPPORTED', input };
    const group = { name: 'x', ownerId: 'alice', memberIds: [], ...choice };
    expect(await refusalOf(() => bench.run('Mutation.createGroup')(group))).toEqual(wanted);
    const update = { groupId: 'team', name: 'y', ...choice };
    expect(await refusalOf(() => bench.run('Mutation.updateGroup')(update))).toEqual(wanted);
    expect(bench.calls()).toEqual({});
  });

  test("an id that begins with # is the vendor's to give", async () => {
    const group = { groupId: '#x', name: 'x', ownerId: 'alice', memberIds: [] };
    expect(await refusalOf(() => bench.run('Mutation.createGroup')(group))).toEqual({
      code: 'BAD_USER_INPUT',
      input: 'input.vendorId',
    });
  });

  test('an update sends what changes and clears what is null', async () => {
    const update = bench.run('Mutation.updateGroup');
    await update({ groupId: 'team', name: 'Night team', avatarUrl: null });
    await update({ groupId: 'team', settings: { joinPolicy: 'INVITATION' }, actorId: 'bob' });
    await update({ groupId: 'team' });
    expect(await bench.run('Group.name').load(['team'])).toMatchObject([
      { name: 'Night team', avatarUrl: null, settings: { joinPolicy: 'INVITATION', invitePolicy: 'MEMBERS' } },
    ]);
    expect(bench.calls()).toMatchObject({ 'zim.group.data.update': 1, 'zim.group.limits.modify': 1 });
    expect(await refusalOf(() => update({ groupId: 'nowhere', name: 'x' }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('members are added and removed; those that cannot be fail alone', async () => {
    const change = { space: team, announce: true };
    const added = await bench.run('Mutation.addMembers')({ ...change, userIds: ['erin', 'nobody'] });
    expect(codesOf(added)).toEqual(['ok', 'NOT_FOUND']);
    const removed = await bench.run('Mutation.removeMembers')({
      ...change,
      userIds: ['erin', 'frank'],
      reason: 'late',
    });
    expect(codesOf(removed)).toEqual(['ok', 'NOT_FOUND']);
    expect(await bench.run('Group.memberCount').load(['team'])).toEqual([4]);
  });

  test('are dismissed for good', async () => {
    await bench.run('Mutation.deleteSpace')({ space: team });
    expect(await refusalOf(() => bench.run('Group.memberCount').load(['team']))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('chatrooms', () => {
  test('are made, with an id of their own when none is given', async () => {
    const create = bench.run('Mutation.createChatroom');
    const expiry = { trigger: 'IDLE', afterSeconds: 60 } as const;
    const made = await create({ name: 'Hall', memberIds: [], isMuted: false, expiry });
    expect(made).toEqual({ chatroomId: expect.stringMatching(/^room-[0-9a-f]{16}$/), members: [] });
    const taken = { chatroomId: 'lobby', name: 'Lobby', memberIds: [], isMuted: false };
    expect(await refusalOf(() => create(taken))).toMatchObject({ code: 'CONFLICT' });
  });

  test('a made-up id that is taken is the repeat of a call whose answer was lost', async () => {
    bench.emulator.setFaults([{ endpoints: ['zim.room.create'], kind: 'reset', times: 1 }]);
    const made = await bench.run('Mutation.createChatroom')({ name: 'Hall', memberIds: [], isMuted: false });
    expect(made.chatroomId).toMatch(/^room-/);
    expect(bench.calls()).toEqual({ 'zim.room.create': 2 });
  });

  test.each([
    [{ description: 'x' }, 'input.description'],
    [{ memberIds: ['bob'] }, 'input.memberIds'],
    [{ maxMembers: 5 }, 'input.maxMembers'],
    [{ isMuted: true }, 'input.isMuted'],
    [{ speakerIds: ['bob'] }, 'input.speakerIds'],
    [{ expiry: { trigger: 'SET', afterSeconds: 3600 } }, 'input.expiry.trigger'],
  ] as const)('%j is refused before anything is sent', async (choice, input) => {
    const room = { name: 'x', memberIds: [], isMuted: false, ...choice };
    expect(await refusalOf(() => bench.run('Mutation.createChatroom')(room))).toEqual({ code: 'NOT_SUPPORTED', input });
    expect(bench.calls()).toEqual({});
  });

  test('tell their count with a page of one, and nobody in an empty one', async () => {
    expect(await bench.run('Chatroom.memberCount').load(['lobby'])).toEqual([3]);
    await bench.run('Mutation.createChatroom')({ chatroomId: 'empty', name: 'Empty', memberIds: [], isMuted: false });
    expect(await bench.run('Chatroom.memberCount').load(['empty'])).toEqual([0]);
    const key = { spaceId: 'empty', withRoles: false };
    expect((await bench.run('Chatroom.members')(key, { limit: 5 })).items).toEqual([]);
    expect(await refusalOf(() => bench.run('Chatroom.memberCount').load(['nowhere']))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('list who is in them, page by page', async () => {
    const read = bench.run('Chatroom.members');
    const key = { spaceId: 'lobby', withRoles: false };
    const first = await read(key, { limit: 2 });
    const second = await read(key, { limit: 2, position: first.next });
    expect(first).toMatchObject({ totalCount: 3, items: { length: 2 } });
    expect(second).toMatchObject({ next: undefined, items: { length: 1 } });
    expect(first.items[0]).toMatchObject({ profile: { name: expect.any(String) }, role: 'MEMBER' });
  });

  test('check ten users in one call; who is not in them is null', async () => {
    const userIds = ['alice', 'carol', 'nobody', 'erin', 'a/b'];
    const keys = userIds.map((userId) => ({ spaceId: 'lobby', userId, withRoles: false }));
    const found = await bench.run('Chatroom.member').load(keys);
    expect(found.map((each) => (each && 'userId' in each ? each.userId : each))).toEqual([
      'alice',
      null,
      null,
      'erin',
      null,
    ]);
    expect(bench.calls()).toEqual({ 'zim.room.users.check': 1 });
  });

  test('put users out, but take nobody in', async () => {
    const change = { space: lobby, userIds: ['bob'], announce: true };
    expect(codesOf(await bench.run('Mutation.removeMembers')({ ...change, reason: 'spam & more' }))).toEqual(['ok']);
    expect(await bench.run('Chatroom.memberCount').load(['lobby'])).toEqual([2]);
    expect(await refusalOf(() => bench.run('Mutation.addMembers')(change))).toEqual({
      code: 'NOT_SUPPORTED',
      input: 'input.spaceId',
    });
  });

  test('are destroyed', async () => {
    await bench.run('Mutation.deleteSpace')({ space: lobby });
    expect(await refusalOf(() => bench.run('Mutation.deleteSpace')({ space: lobby }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a system user that is not registered', () => {
  test("is the configuration's fault, until it is", async () => {
    const fresh = await startAdapter('nobody-yet');
    const change = { space: team, userIds: ['erin'], announce: true };
    const wanted = { code: 'VENDOR_MISCONFIGURED' };
    expect(await refusalOf(() => fresh.run('Group.name').load(['team']))).toMatchObject(wanted);
    expect(await refusalOf(() => fresh.run('Mutation.addMembers')(change))).toMatchObject(wanted);
    await fresh.run('Mutation.registerUsers')([{ userId: 'nobody-yet' }]);
    expect(await fresh.run('Group.name').load(['team'])).toMatchObject([{ name: 'The team' }]);
    await fresh.stop();
  });
});
