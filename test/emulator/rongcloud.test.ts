import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { form, numbered, type Started, sha1, signed, start } from '../support/rongcloud.ts';

let one: Started;
beforeEach(async () => {
  one = await start();
});
afterEach(() => one.emulator.stop());

const online = form({ userId: 'alice' });

describe('signature', () => {
  test('is what the docs’ sample headers show, once their mistake is undone', () => {
    // Quirk: the sample's digest is SHA1(App Key + nonce + 1408706337), not over the timestamp that is printed.
    expect(sha1('uwd1c0sxdlx2', '14314', '1408706337')).toMatch(/^45beb7cc/);
  });

  test.each([
    ['milliseconds', signed('1408710653491')],
    ['seconds', signed('1408710653')],
    [
      'a nonce longer than the documented 18 characters, as the Go SDK sends',
      signed('1700000000000', '1234567890123456789'),
    ],
    ['a nonce with a decimal point, as the Java SDK sends', signed('1700000000', '853113.9474301398')],
  ])('is accepted over %s, however old', async (_, headers) => {
    expect(await one.call('/user/checkOnline.json', online, headers)).toMatchObject({
      status: 200,
      json: { code: 200 },
    });
  });

  test('is accepted under the prefix RC- and in any case of letters', async () => {
    const prefixed = Object.fromEntries(
      Object.entries(signed()).map(([name, value]) => [`rc-${name}`.toUpperCase(), value]),
    );
    expect(await one.call('/user/checkOnline.json', online, prefixed)).toMatchObject({ status: 200 });
  });

  test.each([
    ['wrong', { ...signed(), Signature: sha1('other', '14314', '1700000000000') }, 1004],
    ['in capitals', { ...signed(), Signature: signed().Signature.toUpperCase() }, 1004],
    ['over another nonce', { ...signed(), Nonce: '14315' }, 1004],
    ['over a timestamp that is none', signed('yesterday'), 1004],
    ['missing', { 'App-Key': signed()['App-Key'] }, 1004],
    ['of an unknown app', { ...signed(), 'App-Key': 'nobody' }, 1001],
  ])('that is %s is refused with HTTP 401', async (_, headers, code) => {
    expect(await one.call('/user/checkOnline.json', online, headers)).toEqual({
      status: 401,
      json: { url: '/user/checkOnline.json', code, errorMessage: expect.any(String) },
    });
  });

  test('of a locked app is refused with 1006', async () => {
    const locked = await start({ switches: ['locked'] });
    expect(await locked.call('/user/checkOnline.json', online)).toMatchObject({ status: 401, json: { code: 1006 } });
    await locked.emulator.stop();
  });
});

describe('services and paths', () => {
  test('answers 1009 with HTTP 430 where hosting is off, and 1008 with HTTP 429 when hammered', async () => {
    const plain = await start({ switches: [], clock: new FakeClock() });
    const answers = [];
    for (let call = 0; call < 101; call += 1) answers.push(await plain.call('/entrust/group/query.json', 'size=1'));
    expect(answers.slice(0, 100).every(({ status, json }) => status === 430 && json['code'] === 1009)).toBe(true);
    expect(answers.at(-1)).toMatchObject({ status: 429, json: { code: 1008 } });
    await plain.emulator.stop();
  });

  test('serves paths of the Chinese list behind a switch only', async () => {
    expect(await one.call('/group/info.json', 'groupId=team')).toMatchObject({ status: 404, json: { code: 404 } });
    const chinese = await start({ switches: ['cn-list'] });
    expect(await chinese.call('/group/info.json', 'groupId=team')).toMatchObject({
      json: { code: 200, memberCount: 4 },
    });
    await chinese.emulator.stop();
  });

  test('refuses the 101st user of a development environment with 2007', async () => {
    const small = await start({ switches: ['development'], demo: false });
    for (const userId of numbered('u', 100)) await small.call('/user/getToken.json', form({ userId, name: userId }));
    expect(await small.call('/user/getToken.json', 'userId=u101&name=x')).toMatchObject({
      status: 403,
      json: { code: 2007 },
    });
    expect(await small.call('/user/getToken.json', 'userId=u1&name=again')).toMatchObject({ status: 200 });
    await small.emulator.stop();
  });
});

describe('local times', () => {
  test.each([
    ['Beijing time in the Chinese data centre', [], '2023-11-15 06:13:20'],
    ['UTC elsewhere', ['overseas'], '2023-11-14 22:13:20'],
  ])('are %s', async (_, switches, expected) => {
    const there = await start({ switches, clock: new FakeClock(1_700_000_000_000) });
    expect(await there.call('/user/info.json', online)).toMatchObject({ json: { createTime: expected } });
    await there.emulator.stop();
  });
});

describe('groups', () => {
  test('refuse newcomers past 3000 members, all or none', async () => {
    await one.call('/group/create.json', form({ userId: numbered('a', 1000), groupId: 'big', groupName: 'Big' }));
    await one.call('/group/join.json', form({ userId: numbered('b', 1000), groupId: 'big' }));
    await one.call('/group/join.json', form({ userId: numbered('c', 999), groupId: 'big' }));
    expect(await one.call('/group/join.json', 'groupId=big&userId=d1&userId=d2')).toMatchObject({ status: 405 });
    expect(one.app.state.groups.get('big')?.members.size).toBe(2999);
    expect(await one.call('/group/join.json', 'groupId=big&userId=d1&userId=a1')).toMatchObject({ status: 200 });
  });

  test('send the notification message that comes with the operation, and answer its id', async () => {
    const notice = { fromUserId: 'alice', objectName: 'RC:GrpNtf', content: '{"operation":"Add"}' };
    const { json } = await one.call(
      '/group/join.json',
      form({ groupId: 'team', userId: 'erin', bindNotifyMsg: 'true', ...notice }),
    );
    expect(json).toEqual({ code: 200, messageUID: expect.any(String), memberCount: 5 });
    expect(one.app.state.messages.get(String(json['messageUID']))).toMatchObject({ to: 'team', type: 'RC:GrpNtf' });
  });

  test('that are hosted cannot lose their owner by a kick', async () => {
    expect(await one.call('/entrust/group/member/kick.json', 'groupId=team&userIds=alice')).toMatchObject({
      json: { code: 1002 },
    });
    expect(await one.call('/entrust/group/member/kick.json', 'groupId=team&userIds=bob,zoe')).toMatchObject({
      json: { code: 200 },
    });
    expect([...(one.app.state.groups.get('team')?.members.keys() ?? [])]).toEqual(['alice', 'carol', 'dave']);
  });

  test('that are plain do not show among the hosted ones', async () => {
    await one.call('/group/create.json', 'userId=alice&groupId=plain&groupName=Plain');
    const { json } = await one.call('/entrust/joined/group/query.json', 'userId=alice');
    expect(json).toMatchObject({ totalCount: 5 });
    expect(await one.call('/entrust/group/member/query.json', 'groupId=plain')).toMatchObject({ json: { code: 1002 } });
  });
});

describe('chatrooms', () => {
  test('go when their set time is up, with their history', async () => {
    const clock = new FakeClock();
    const timed = await start({ clock });
    await timed.call('/chatroom/create_new.json', 'chatroomId=r1&destroyType=1&destroyTime=60');
    await clock.advance(59 * 60_000);
    expect(await timed.call('/chatroom/get.json', 'chatroomId=r1')).toMatchObject({
      json: { code: 200, destroyTime: 60 },
    });
    await clock.advance(60_000);
    expect(await timed.call('/chatroom/get.json', 'chatroomId=r1')).toMatchObject({ json: { code: 23410 } });
    await timed.emulator.stop();
  });

  test('forget a block when its minutes are over', async () => {
    const clock = new FakeClock();
    const timed = await start({ clock });
    await timed.call('/chatroom/user/block/add.json', 'chatroomId=lobby&userId=bob&minute=1');
    const blocked = await timed.call('/chatroom/user/block/list.json', 'chatroomId=lobby');
    expect(blocked.json['users']).toEqual([{ userId: 'bob', time: '2023-11-15 06:14:20' }]);
    await clock.advance(60_000);
    expect(await timed.call('/chatroom/user/block/list.json', 'chatroomId=lobby')).toMatchObject({
      json: { users: [] },
    });
    await timed.emulator.stop();
  });
});
