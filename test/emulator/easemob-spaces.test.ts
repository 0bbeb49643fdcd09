import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EasemobBench, easemobBench } from '../support/easemob.ts';

let bench: EasemobBench;
const failure = (status: number, error: string, description: unknown) => ({
  status,
  body: expect.objectContaining({ error, error_description: description }),
});
const team = '2784001';
const lobby = '9100001';
const names = (count: number) => Array.from({ length: count }, (_, index) => `user${index + 1}`);

beforeEach(async () => {
  bench = await easemobBench();
});
afterEach(() => bench.emulator.stop());

describe('groups', () => {
  test('a created group has a decimal id, its members and its details', async () => {
    const made = await bench.call('POST', '/chatgroups', {
      groupname: 'g',
      public: true,
      owner: 'Alice',
      members: ['bob'],
      custom: 'c',
    });
    const { groupid } = made.body.data;
    expect(groupid).toMatch(/^\d{15}$/);
    const { body } = await bench.call('GET', `/chatgroups/${groupid}`);
    expect(body.data).toEqual([
      {
        id: groupid,
        name: 'g',
        avatar: '',
        description: '',
        membersonly: false,
        allowinvites: false,
        maxusers: 200,
        owner: 'alice',
        created: bench.clock.now(),
        custom: 'c',
        mute: false,
        disabled: false,
        public: true,
        affiliations_count: 2,
        affiliations: [{ member: 'bob' }, { owner: 'alice' }],
      },
    ]);
    expect(body.count).toBe(1);
  });

  test('an id of the app’s own stands for nothing until the vendor opens them', async () => {
    const closed = await easemobBench({ switches: ['own-ids-closed'] });
    const made = await closed.call('POST', '/chatgroups', { groupid: 'mine', public: true, owner: 'alice' });
    expect(made.body.data.groupid).toMatch(/^\d{15}$/);
    await closed.emulator.stop();
  });

  test('an id of the app’s own has lower-case letters and digits only, and is no room’s', async () => {
    const create = (groupid: string) => bench.call('POST', '/chatgroups', { groupid, public: true, owner: 'alice' });
    expect(await create('Mine')).toEqual(failure(400, 'illegal_argument', 'group ID Mine is not legal'));
    expect(await create(lobby)).toEqual(failure(400, 'illegal_argument', `group ID ${lobby} already exists!`));
  });

  test.each([
    [{ owner: 'alice' }, 400, 'invalid_parameter', 'group must contain public field!'],
    [{ public: true }, 400, 'invalid_parameter', 'owner must be provided'],
    [{ public: true, owner: 'nobody' }, 404, 'resource_not_found', "username nobody doesn't exist!"],
    [
      { public: true, owner: 'alice', members: ['nobody'] },
      404,
      'resource_not_found',
      "username nobody doesn't exist!",
    ],
    [{ public: true, owner: 'alice', avatar: 'a'.repeat(1025) }, 400, 'invalid_parameter', 'avatar length is too big'],
    [
      { public: true, owner: 'alice', members: ['bob'], maxusers: 1 },
      403,
      'exceed_limit',
      'members size is greater than max user size !',
    ],
  ])('refuses to create %j', async (body, status, error, description) => {
    expect(await bench.call('POST', '/chatgroups', body)).toEqual(failure(status, error, description));
  });

  test('of several groups the missing one is told in data, a single missing one is 404', async () => {
    const { body } = await bench.call('GET', `/chatgroups/${team}%2C1`);
    expect(body.data).toEqual([expect.objectContaining({ id: team }), "group id doesn't exist"]);
    expect(await bench.call('GET', '/chatgroups/1')).toEqual(
      failure(404, 'resource_not_found', 'grpID 1 does not exist!'),
    );
  });

  test('an update answers true per field and refuses fields it does not know', async () => {
    const { body } = await bench.call('PUT', `/chatgroups/${team}`, { groupname: 'renamed', maxusers: 300 });
    expect(body.data).toEqual({ groupname: true, maxusers: true });
    expect((await bench.call('GET', `/chatgroups/${team}`)).body.data[0]).toMatchObject({
      name: 'renamed',
      maxusers: 300,
    });
    expect(await bench.call('PUT', `/chatgroups/${team}`, { groupname: 'x', colour: 'red' })).toEqual(
      failure(400, 'invalid_parameter', 'some of [colour] are not valid fields'),
    );
  });

  test('the list is newest first, pages by cursor, has no cursor on the last page and clamps its size', async () => {
    const first = await bench.call('GET', '/chatgroups?limit=3');
    expect(first.body.data.map((row: { groupid: string }) => row.groupid)).toEqual(['2784005', '2784004', '2784003']);
    expect(first.body).toMatchObject({ count: 3, params: { limit: ['3'] } });
    expect(first.body.data[0]).toEqual({
      owner: 'org#app_erin',
      groupid: '2784005',
      groupname: 'Climbers',
      affiliations: 14,
      type: 'group',
      lastModified: String(bench.clock.now()),
    });
    const last = await bench.call('GET', `/chatgroups?limit=3&cursor=${encodeURIComponent(first.body.cursor)}`);
    expect(last.body.data).toHaveLength(2);
    expect(last.body).not.toHaveProperty('cursor');
    expect((await bench.call('GET', '/chatgroups?limit=5000')).body.data).toHaveLength(5);
  });

  test('the groups of a user page from 0 in entities with a total, on the old path from 1 in data', async () => {
    const page = async (number: number) =>
      (await bench.call('GET', `/chatgroups/user/alice?pagesize=2&pagenum=${number}`)).body;
    expect((await page(0)).entities).toHaveLength(2);
    expect(await page(2)).toMatchObject({
      entities: [{ groupId: '2784001', id: '2784001', name: 'The team' }],
      total: 5,
    });
    expect((await bench.call('GET', '/chatgroups/user/alice')).body.entities).toHaveLength(5);
    const legacy = await bench.call('GET', '/users/alice/joined_chatgroups?pagesize=2&pagenum=3');
    expect(legacy.body).toMatchObject({
      data: [{ groupid: '2784001', groupname: 'The team' }],
      count: 1,
      params: { pagesize: ['2'], pagenum: ['3'] },
    });
    expect((await bench.call('GET', '/users/alice/joined_chatgroups')).body.data).toHaveLength(5);
  });

  test('an announcement is up to 512 characters', async () => {
    expect((await bench.call('POST', `/chatgroups/${team}/announcement`, { announcement: 'hear' })).body.data).toEqual({
      id: team,
      result: true,
    });
    expect((await bench.call('GET', `/chatgroups/${team}/announcement`)).body.data).toEqual({ announcement: 'hear' });
    expect(await bench.call('POST', `/chatgroups/${team}/announcement`, {})).toEqual(
      failure(400, 'illegal_argument', 'announcement is null'),
    );
    expect(await bench.call('POST', `/chatgroups/${team}/announcement`, { announcement: '会'.repeat(513) })).toEqual(
      failure(403, 'FORBIDDEN', 'announce info length exceeds limit!'),
    );
  });

  test('membership is a bare bool, and a dissolved group is gone', async () => {
    const joined = async (user: string) =>
      (await bench.call('GET', `/chatgroups/${team}/user/${user}/is_joined`)).body.data;
    expect([await joined('bob'), await joined('erin')]).toEqual([true, false]);
    expect((await bench.call('DELETE', `/chatgroups/${team}`)).body.data).toEqual({ success: true, groupid: team });
    expect((await bench.call('DELETE', `/chatgroups/${team}`)).status).toBe(404);
  });
});

describe('chatrooms', () => {
  test('a created room is read back as an array, with its owner among the members', async () => {
    const made = await bench.call('POST', '/chatrooms', {
      name: 'r',
      description: 'd',
      maxusers: 300,
      owner: 'bob',
      members: ['carol'],
    });
    const { id } = made.body.data;
    const { body } = await bench.call('GET', `/chatrooms/${id}`);
    expect(body.data[0]).toMatchObject({
      id,
      name: 'r',
      maxusers: 300,
      owner: 'bob',
      affiliations_count: 2,
      affiliations: [{ member: 'carol' }, { owner: 'bob' }],
    });
    expect((await bench.call('GET', `/chatrooms/${id}/announcement`)).body.data).toEqual({ announcement: '' });
    expect((await bench.call('DELETE', `/chatrooms/${id}`)).body.data).toEqual({ success: true, id });
    expect(await bench.call('GET', `/chatrooms/${id}`)).toEqual(
      failure(404, 'service_resource_not_found', `do not find this group:${id}`),
    );
  });

  test.each([
    [{ description: 'd', owner: 'bob' }, 400, 'name must be provided'],
    [{ name: 'r', owner: 'bob' }, 400, 'description must be provided'],
    [{ name: 'r', description: 'd' }, 400, 'owner must be provided'],
    [{ name: 'r', description: 'd', owner: 'nobody' }, 404, "username nobody doesn't exist!"],
    [{ name: 'r', description: 'd', owner: 'bob', members: [] }, 400, 'members must be provided'],
    [
      { name: 'r', description: 'd', owner: 'bob', members: ['carol'], maxusers: 1 },
      403,
      'members size is greater than max user size !',
    ],
  ])('refuses to create %j', async (body, status, description) => {
    const answer = await bench.call('POST', '/chatrooms', body);
    expect([answer.status, answer.body.error_description]).toEqual([status, description]);
  });

  test('the list pages by cursor', async () => {
    const first = await bench.call('GET', '/chatrooms?limit=1');
    expect(first.body.data).toEqual([{ id: '9100002', name: 'Stage', owner: 'org#app_bob', affiliations_count: 2 }]);
    const last = await bench.call('GET', `/chatrooms?limit=1&cursor=${encodeURIComponent(first.body.cursor)}`);
    expect(last.body.data[0].id).toBe(lobby);
    expect(last.body.cursor).toBeUndefined();
  });
});

describe.each([
  { path: `/chatgroups/${team}`, id: team, key: 'groupid', blockKey: 'groupid', stranger: 403, word: 'group' },
  { path: `/chatrooms/${lobby}`, id: lobby, key: 'id', blockKey: 'chatroomid', stranger: 400, word: 'chatroom' },
])('members and blocklist of a $word', ({ path, id, key, blockKey, stranger, word }) => {
  const notMembers = (users: string) =>
    failure(stranger, 'forbidden_op', `users [${users}] are not members of this group!`);

  test('adding one, then many', async () => {
    const one = await bench.call('POST', `${path}/users/Frank`);
    expect(one.body.data).toEqual({ result: true, action: 'add_member', user: 'frank', [key]: id });
    const many = await bench.call('POST', `${path}/users`, { usernames: ['frank', 'user1', 'user2'] });
    expect(many.body.data).toEqual({ newmembers: ['user1', 'user2'], [key]: id, action: 'add_member' });
    const unknown = failure(404, 'resource_not_found', "username nobody doesn't exist!");
    expect(await bench.call('POST', `${path}/users/nobody`)).toEqual(unknown);
    expect(await bench.call('POST', `${path}/users`, { usernames: ['user3', 'nobody'] })).toEqual(unknown);
    expect(await bench.call('POST', `${path}/users`, { usernames: names(61) })).toEqual(unknownOrMany());
    expect((await bench.call('POST', path.replace(id, '1').concat('/users/bob'))).body.error_description).toBe(
      'grpID 1 does not exist!',
    );
  });

  const unknownOrMany = () => failure(400, 'invalid_parameter', 'addMembers: addMembers number more than maxSize : 60');

  test('members who are all in already are refused by groups only', async () => {
    const again = await bench.call('POST', `${path}/users/bob`);
    if (word === 'group') {
      const reason = `can not join this group, reason:user: bob already in group: ${id}\n`;
      expect(again).toEqual(failure(403, 'forbidden_op', reason));
      expect(await bench.call('POST', `${path}/users`, { usernames: ['bob'] })).toEqual(
        failure(403, 'forbidden_op', reason),
      );
    } else expect(again.status).toBe(200);
  });

  test('listing pages from 1, owner last, size clamped', async () => {
    const all = (await bench.call('GET', `${path}/users?pagesize=9999`)).body;
    expect(all.data.at(-1)).toEqual({ owner: 'alice' });
    expect(all.count).toBe(all.data.length);
    const second = (await bench.call('GET', `${path}/users?pagenum=2&pagesize=2`)).body;
    expect(second.data).toEqual(all.data.slice(2, 4));
    expect(second.params).toEqual({ pagenum: ['2'], pagesize: ['2'] });
    expect((await bench.call('GET', `${path}/users?pagenum=9&pagesize=2`)).body).toMatchObject({ data: [], count: 0 });
    expect((await bench.call('GET', path.replace(id, '1').concat('/users'))).body.error_description).toBe(
      'do not find this group:1',
    );
    expect((await bench.call('GET', `${path}/admin`)).body).toMatchObject({ data: [], count: 0 });
  });

  test('removing answers an object for one and an array for a comma, with a reason per failed user', async () => {
    await bench.call('POST', `${path}/users`, { usernames: ['user1', 'user2'] });
    expect((await bench.call('DELETE', `${path}/users/user1`)).body.data).toEqual({
      result: true,
      action: 'remove_member',
      user: 'user1',
      [key]: id,
    });
    expect(await bench.call('DELETE', `${path}/users/user1`)).toEqual(notMembers('user1'));
    expect((await bench.call('DELETE', `${path}/users/user2%2Cuser1,alice`)).body.data).toEqual([
      { result: true, action: 'remove_member', user: 'user2', [key]: id },
      {
        result: false,
        action: 'remove_member',
        reason: `user: user1 doesn't exist in ${word}: ${id}`,
        user: 'user1',
        [key]: id,
      },
      {
        result: false,
        action: 'remove_member',
        reason: 'forbidden operation on group owner!',
        user: 'alice',
        [key]: id,
      },
    ]);
    expect(await bench.call('DELETE', `${path}/users/user1,user2`)).toEqual(notMembers('user1, user2'));
    expect(await bench.call('DELETE', `${path}/users/alice`)).toEqual(
      failure(403, 'forbidden_op', 'forbidden operation on group owner!'),
    );
    expect((await bench.call('DELETE', `${path}/users/${names(61).join('%2C')}`)).body.error_description).toBe(
      'kickMember: kickMembers number more than maxSize : 60',
    );
  });

  test('blocking throws a member out and keeps the user out until unblocked', async () => {
    expect((await bench.call('POST', `${path}/blocks/users/bob`)).body.data).toEqual({
      result: true,
      action: 'add_blocks',
      user: 'bob',
      [blockKey]: id,
    });
    expect(await bench.call('POST', `${path}/blocks/users/bob`)).toEqual(notMembers('bob'));
    expect(await bench.call('POST', `${path}/blocks/users/alice`)).toEqual(
      failure(403, 'forbidden_op', 'forbidden operation on group owner!'),
    );
    expect((await bench.call('GET', `${path}/blocks/users`)).body).toMatchObject({ data: ['bob'], count: 1 });
    expect((await bench.call('POST', `${path}/users/bob`)).status).toBe(403);
    expect((await bench.call('DELETE', `${path}/blocks/users/bob`)).body.data).toEqual({
      result: true,
      action: 'remove_blocks',
      user: 'bob',
      [blockKey]: id,
    });
    expect(await bench.call('DELETE', `${path}/blocks/users/bob`)).toEqual(notMembers('bob'));
    expect((await bench.call('POST', `${path}/users/bob`)).status).toBe(200);
  });

  test('blocking and unblocking many tells each user', async () => {
    const added = await bench.call('POST', `${path}/blocks/users`, { usernames: ['bob', 'user9'] });
    expect(added.body.data).toEqual([
      { result: true, action: 'add_blocks', user: 'bob', [blockKey]: id },
      {
        result: false,
        action: 'add_blocks',
        reason: `user: user9 doesn't exist in ${word}: ${id}`,
        user: 'user9',
        [blockKey]: id,
      },
    ]);
    expect(await bench.call('POST', `${path}/blocks/users`, { usernames: names(61) })).toEqual(
      failure(400, 'invalid_parameter', 'userNames is more than max limit : 60'),
    );
    const removed = await bench.call('DELETE', `${path}/blocks/users/bob%2Cuser9`);
    expect(removed.body.data.map((row: { result: boolean }) => row.result)).toEqual([true, false]);
    expect((await bench.call('DELETE', `${path}/blocks/users/${names(61).join(',')}`)).body.error_description).toBe(
      'removeBlacklist: list size more than max limit : 60',
    );
  });

  test('a full space refuses', async () => {
    const space =
      word === 'group' ? bench.emulator.apps[0]?.state.groups.get(id) : bench.emulator.apps[0]?.state.chatrooms.get(id);
    if (space) space.maxMembers = space.members.size + 1;
    expect((await bench.call('POST', `${path}/users`, { usernames: ['user1', 'user2'] })).body).toMatchObject({
      error: 'exceed_limit',
      error_description: 'members size is greater than max user size !',
    });
    expect((await bench.call('POST', `${path}/users/user1`)).status).toBe(200);
  });
});
