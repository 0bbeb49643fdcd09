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

describe('groups', () => {
  test('tell all in one call, and which are missing', async () => {
    const [group, missing, odd] = await operation('Group.name').load([team, '1', '../users']);
    expect(group).toMatchObject({
      groupId: team,
      name: 'The team',
      ownerId: 'alice',
      memberCount: 4,
      isSuspended: false,
      createdAt: expect.any(Date),
      settings: { invitePolicy: expect.any(String) },
    });
    expect([codeOf(missing), codeOf(odd)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(bench.calls).toEqual(['group.get']);
  });

  test('of an app and of a user are listed by pages', async () => {
    const all = await readAll(operation('App.groups'), null, 2);
    expect(all.map((group) => group.groupId).sort()).toEqual(['2784001', '2784002', '2784003', '2784004', '2784005']);
    expect(all.find((group) => group.groupId === team)).toMatchObject({
      name: 'The team',
      ownerId: 'alice',
      memberCount: 4,
    });
    const ofAlice = operation('User.groups');
    expect(await ofAlice('alice', { limit: 2 })).toMatchObject({ next: '1:2', totalCount: 5 });
    expect(await readAll(ofAlice, 'Alice', 2)).toHaveLength(5);
    const legacy = operation('User.groups', { joinedGroups: 'legacy' });
    expect((await readAll(legacy, 'alice', 2)).map((group) => group.name)).toContain('Choir');
    expect(bench.calls).toContain('group.joined.legacy');
  });

  test('keep their page size when the next page is asked with another', async () => {
    const lister = operation('User.groups');
    const { items, next } = await lister('alice', { limit: 2 });
    const rest = await lister('alice', { limit: 20, position: next });
    const ids = [...items, ...rest.items].map((group) => group.groupId);
    expect(new Set(ids).size).toBe(4);
    await expect(lister('alice', { limit: 2, position: '1' })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  });

  test('are made with members, settings and an announcement', async () => {
    const { group, members } = await operation('Mutation.createGroup')({
      name: 'New',
      ownerId: 'Bob',
      memberIds: ['alice', 'bob'],
      description: 'd',
      avatarUrl: 'https://img.example/g.png',
      announcement: 'Hear, hear',
      settings: { isPublic: true, joinPolicy: 'APPROVAL', maxMembers: 50, asksInvitees: false },
    });
    expect(fates(members)).toEqual(['ok', 'ok']);
    expect(bench.calls).toEqual(['group.create', 'group.announcement.set']);
    expect(await operation('Group.name').load([group.groupId])).toMatchObject([
      {
        name: 'New',
        ownerId: 'bob',
        description: 'd',
        avatarUrl: 'https://img.example/g.png',
        memberCount: 2,
        settings: { isPublic: true, joinPolicy: 'APPROVAL', invitePolicy: 'ADMINS', maxMembers: 50 },
      },
    ]);
    expect(await operation('Group.announcement').load([group.groupId])).toEqual(['Hear, hear']);
  });

  test('are not made with a user that is not there', async () => {
    const create = operation('Mutation.createGroup')({ name: 'x', ownerId: 'nobody', memberIds: [] });
    await expect(create).rejects.toMatchObject({ code: 'NOT_FOUND', details: { vendorCode: 'resource_not_found' } });
  });

  test('change what is given, and clear with null', async () => {
    const update = operation('Mutation.updateGroup');
    await update({ groupId: team, name: 'Us', description: null, announcement: 'New', settings: { maxMembers: 77 } });
    expect(bench.calls).toEqual(['group.update', 'group.announcement.set']);
    const [group] = await operation('Group.name').load([team]);
    expect(group).toMatchObject({ name: 'Us', description: null, settings: { maxMembers: 77 } });
    await update({ groupId: team, announcement: null });
    expect(await operation('Group.announcement').load([team])).toEqual([null]);
    await expect(update({ groupId: '1', name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each([
    [{ joinPolicy: 'CLOSED' }, 'input.settings.joinPolicy'],
    [{ joinPolicy: 'OPEN', isPublic: false }, 'input.settings.joinPolicy'],
    [{ joinPolicy: 'INVITATION', isPublic: true }, 'input.settings.joinPolicy'],
    [{ invitePolicy: 'OWNER' }, 'input.settings.invitePolicy'],
    [{ invitePolicy: 'MEMBERS', isPublic: true }, 'input.settings.invitePolicy'],
  ] as const)('with settings %o are refused before anything is sent', async (settings, input) => {
    const made = operation('Mutation.createGroup')({ name: 'x', ownerId: 'alice', memberIds: [], settings });
    await expect(made).rejects.toMatchObject({ code: 'NOT_SUPPORTED', details: { input } });
    expect(bench.calls).toEqual([]);
  });
});

describe('chatrooms', () => {
  test('tell all in one call, and which are missing', async () => {
    const [room, missing] = await operation('Chatroom.name').load([lobby, '1']);
    expect(room).toMatchObject({ chatroomId: lobby, name: 'Lobby', ownerId: 'alice', memberCount: 3, expiry: null });
    expect(codeOf(missing)).toBe('NOT_FOUND');
    await expect(operation('Chatroom.name').load(['1'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await operation('Chatroom.name').load(['1', '2'])).map(codeOf)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });

  test('of an app are listed by pages', async () => {
    const all = await readAll(operation('App.chatrooms'), null, 1);
    expect(all.map((room) => room.name).sort()).toEqual(['Lobby', 'Stage']);
  });

  test('are made with the system user and the name where the vendor wants more', async () => {
    await operation('Mutation.registerUsers')([{ userId: 'admin' }]);
    const { chatroomId, members } = await operation('Mutation.createChatroom')({
      name: 'New',
      memberIds: ['bob'],
      maxMembers: 9,
      isMuted: false,
    });
    expect(fates(members)).toEqual(['ok']);
    expect(await operation('Chatroom.name').load([chatroomId])).toMatchObject([
      { name: 'New', description: 'New', ownerId: 'admin', maxMembers: 9, memberCount: 2 },
    ]);
    expect(await operation('Chatroom.announcement').load([chatroomId])).toEqual([null]);
  });

  test('cannot be made muted', async () => {
    const made = operation('Mutation.createChatroom')({ name: 'x', memberIds: [], isMuted: true });
    await expect(made).rejects.toMatchObject({ code: 'NOT_SUPPORTED', details: { input: 'input.isMuted' } });
    expect(bench.calls).toEqual([]);
  });
});

describe('members', () => {
  test.each([
    ['Group.members', team, ['alice', 'bob', 'carol', 'dave'], 'group'],
    ['Chatroom.members', lobby, ['alice', 'bob', 'erin'], 'chatroom'],
  ] as const)('of %s %s are listed by pages; roles cost a call more', async (list, spaceId, expected, kind) => {
    const plain = await readAll(operation(list), { spaceId, withRoles: false }, 2);
    expect(plain.map((member) => member.userId).sort()).toEqual(expected);
    expect(bench.calls).not.toContain(`${kind}.admin.list`);
    bench.calls.length = 0;
    const { items } = await operation(list)({ spaceId, withRoles: true }, { limit: 100 });
    expect(items.find((member) => member.userId === 'alice')).toMatchObject({ role: 'OWNER' });
    expect(items.find((member) => member.userId === 'bob')?.role).toMatch(/ADMIN|MEMBER/);
    expect([...bench.calls].sort()).toEqual([`${kind}.admin.list`, `${kind}.member.list`]);
  });

  test('of a group are checked one by one, with the role when wanted', async () => {
    const { load } = operation('Group.member');
    expect(await load([{ spaceId: team, userId: 'Bob', withRoles: false }])).toEqual([{ userId: 'bob' }]);
    expect(await load([{ spaceId: team, userId: 'frank', withRoles: true }])).toEqual([null]);
    expect(bench.calls).toEqual(['group.isJoined', 'group.isJoined']);
    expect(await load([{ spaceId: team, userId: 'alice', withRoles: true }])).toEqual([
      { userId: 'alice', role: 'OWNER' },
    ]);
    expect(bench.calls.slice(2)).toEqual(['group.isJoined', 'group.admin.list', 'group.get']);
  });

  test('of a chatroom are found in one read of its list', async () => {
    const keys = ['alice', 'frank', 'Bob'].map((userId) => ({ spaceId: lobby, userId, withRoles: false }));
    expect(await operation('Chatroom.member').load(keys)).toEqual([
      { userId: 'alice', role: 'OWNER' },
      null,
      { userId: 'bob' },
    ]);
    expect(bench.calls).toEqual(['chatroom.member.list']);
  });

  const inTeam = { space: { kind: 'group', id: team }, announce: true } as const;
  const inLobby = { space: { kind: 'chatroom', id: lobby }, announce: true } as const;

  test('come into a group by the single call or the batch, again and again', async () => {
    const add = operation('Mutation.addMembers');
    expect(fates(await add({ ...inTeam, userIds: ['erin'], announce: false }))).toEqual(['ok']);
    expect(fates(await add({ ...inTeam, userIds: ['erin'] }))).toEqual(['ok']);
    expect(fates(await add({ ...inTeam, userIds: ['erin', 'Frank', 'a,b'] }))).toEqual(['ok', 'ok', 'BAD_USER_INPUT']);
    expect(fates(await add({ ...inTeam, userIds: ['nobody'] }))).toEqual(['NOT_FOUND']);
    expect(bench.calls.slice(0, 3)).toEqual(['group.member.add', 'group.member.add', 'group.member.addBatch']);
  });

  test('come into a chatroom, again and again', async () => {
    const add = operation('Mutation.addMembers');
    expect(fates(await add({ ...inLobby, userIds: ['carol'] }))).toEqual(['ok']);
    expect(fates(await add({ ...inLobby, userIds: ['carol', 'dave'] }))).toEqual(['ok', 'ok']);
    expect(bench.calls).toEqual(['chatroom.member.add', 'chatroom.member.addBatch']);
  });

  test('come in 60 a call', async () => {
    const userIds = Array.from({ length: 60 }, (_, index) => `user${index + 1}`);
    const outcomes = await operation('Mutation.addMembers')({ ...inTeam, userIds: [...userIds, 'erin', 'frank'] });
    expect(fates(outcomes).every((each) => each === 'ok')).toBe(true);
    expect(bench.calls).toEqual(['group.member.addBatch', 'group.member.addBatch']);
  });

  test.each([inTeam, inLobby])('leave %o, but not the owner', async (of) => {
    const remove = operation('Mutation.removeMembers');
    expect(fates(await remove({ ...of, userIds: ['bob'] }))).toEqual(['ok']);
    expect(fates(await remove({ ...of, userIds: ['bob'] }))).toEqual(['NOT_FOUND']);
    expect(fates(await remove({ ...of, userIds: ['alice'] }))).toEqual(['CONFLICT']);
    const third = of === inTeam ? 'carol' : 'erin';
    expect(fates(await remove({ ...of, userIds: [third, 'frank'] }))).toEqual(['ok', 'NOT_FOUND']);
    expect(bench.calls.at(-1)).toBe(`${of.space.kind}.member.removeBatch`);
  });

  test.each([inTeam, inLobby])('lose the space %o when it is deleted', async ({ space }) => {
    const remove = operation('Mutation.deleteSpace');
    await remove({ space });
    await expect(remove({ space })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
