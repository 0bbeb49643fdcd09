import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { form, numbered, type Started, start } from '../support/rongcloud.ts';

let one: Started;
beforeEach(async () => {
  one = await start();
});
afterEach(() => one.emulator.stop());

const text = { objectName: 'RC:TxtMsg', content: '{"content":"hi"}' };
const always = { startTime: 0, endTime: 9_999_999_999_999, pageSize: 100, includeStart: true };

async function ids(
  path: string,
  key: string,
  params: Record<string, string | number>,
  list: string,
): Promise<unknown[]> {
  const { json } = await one.call(path, form(params));
  const items = json[list];
  return Array.isArray(items) ? items.map((item) => (typeof item === 'string' ? item : item[key])) : [];
}

async function history(
  kind: string,
  userId: string,
  targetId: string,
  window: object = always,
): Promise<Record<string, unknown>[]> {
  const { json } = await one.call(`/v3/message/${kind}/query.json`, { userId, targetId, ...window });
  return Array.isArray(json['data']) ? json['data'] : [];
}

describe('pages', () => {
  test('of a blocklist go on by next, newest first, and end with an empty next', async () => {
    for (const blackUserId of ['u1', 'u2', 'u3'])
      await one.call('/user/blacklist/add.json', form({ userId: 'bob', blackUserId }));
    const first = await one.call('/user/blacklist/query.json', 'userId=bob&size=2');
    expect(first.json).toMatchObject({ users: ['u3', 'u2'], next: expect.stringMatching(/./) });
    const second = await one.call(
      '/user/blacklist/query.json',
      form({ userId: 'bob', size: 2, pageToken: String(first.json['next']) }),
    );
    expect(second.json).toEqual({ code: 200, users: ['u1'], next: '' });
  });

  test('of a blocklist go on where they were when its last user is unblocked in between', async () => {
    for (const blackUserId of ['u1', 'u2', 'u3'])
      await one.call('/user/blacklist/add.json', form({ userId: 'bob', blackUserId }));
    const first = await one.call('/user/blacklist/query.json', 'userId=bob&size=2');
    await one.call('/user/blacklist/remove.json', 'userId=bob&blackUserId=u2');
    const second = await one.call(
      '/user/blacklist/query.json',
      form({ userId: 'bob', size: 2, pageToken: String(first.json['next']) }),
    );
    expect(second.json).toEqual({ code: 200, users: ['u1'], next: '' });
  });

  test('of a blocklist without cursor and size stop at 1000, then there is a next', async () => {
    for (let batch = 0; batch < 51; batch += 1) {
      await one.call('/user/blacklist/add.json', form({ userId: 'bob', blackUserId: numbered(`b${batch}-`, 20) }));
    }
    const { json } = await one.call('/user/blacklist/query.json', 'userId=bob');
    expect(json['users']).toHaveLength(1000);
    expect(json['next']).toMatch(/./);
  });

  test('of hosted groups have 50 by default and end with an empty pageToken', async () => {
    for (const groupId of numbered('h', 50)) {
      await one.call('/entrust/group/create.json', form({ groupId, name: groupId, owner: 'frank' }));
    }
    const first = await one.call('/entrust/group/query.json', 'order=0');
    expect(first.json['groups']).toHaveLength(50);
    const second = await one.call(
      '/entrust/group/query.json',
      form({ order: 0, pageToken: String(first.json['pageToken']) }),
    );
    expect(second.json).toMatchObject({ pageToken: '' });
    expect(second.json['groups']).toHaveLength(5);
  });

  test('of hosted members are in the order of joining, newest first by default', async () => {
    const path = '/entrust/group/member/query.json';
    expect(await ids(path, 'userId', { groupId: 'team' }, 'members')).toEqual(['dave', 'carol', 'bob', 'alice']);
    expect(await ids(path, 'userId', { groupId: 'team', order: 0 }, 'members')).toEqual([
      'alice',
      'bob',
      'carol',
      'dave',
    ]);
    expect(await ids(path, 'userId', { groupId: 'team', type: 3 }, 'members')).toEqual(['alice']);
  });

  test('of a user’s groups are numbered from 1; 0 and none mean all', async () => {
    const path = '/user/group/query.json';
    const all = ['team', 'book-club', 'runners', 'choir', 'climbers'];
    expect(await ids(path, 'id', { userId: 'alice' }, 'groups')).toEqual(all);
    expect(await ids(path, 'id', { userId: 'alice', page: 0, size: 2 }, 'groups')).toEqual(all);
    expect(await ids(path, 'id', { userId: 'alice', page: 3, size: 2 }, 'groups')).toEqual(['climbers']);
    expect(await ids(path, 'id', { userId: 'alice', page: 4, size: 2 }, 'groups')).toEqual([]);
  });

  test('of a history go on from the last time without includeStart', async () => {
    const clock = new FakeClock();
    await one.emulator.stop();
    one = await start({ clock, demo: false });
    for (const content of ['1', '2', '3', '4']) {
      await one.call(
        '/message/private/publish.json',
        form({ ...text, fromUserId: 'a', toUserId: 'b', content: `{"content":"${content}"}` }),
      );
      await clock.advance(1000);
    }
    const startTime = 1_700_000_001_000;
    const first = await history('private', 'a', 'b', { ...always, startTime, pageSize: 2 });
    expect(first.map((message) => message['msgTime'])).toEqual([startTime, startTime + 1000]);
    const second = await history('private', 'b', 'a', { ...always, startTime: startTime + 1000, includeStart: false });
    expect(second.map((message) => message['content'])).toEqual(['{"content":"4"}']);
    const tenByDefault = await one.call('/v3/message/private/query.json', {
      userId: 'a',
      targetId: 'b',
      startTime: 0,
      endTime: startTime,
      includeStart: true,
    });
    expect(tenByDefault.json['data']).toHaveLength(2);
  });
});

describe('sends', () => {
  test('reach the history of both sides, with their expansion', async () => {
    await one.call(
      '/message/private/publish.json',
      form({ ...text, fromUserId: 'x', toUserId: 'y', expansion: 'true', extraContent: '{"k":"v"}' }),
    );
    const [sent] = await history('private', 'y', 'x');
    expect(sent).toMatchObject({ targetId: 'x', fromUserId: 'x', ...text, expansion: true, extraContent: '{"k":"v"}' });
  });

  test('that are not to be stored, commands and system messages stay out of the history', async () => {
    await one.call('/message/private/publish.json', form({ ...text, fromUserId: 'x', toUserId: 'y', isPersisted: 0 }));
    await one.call(
      '/message/private/publish.json',
      form({ fromUserId: 'x', toUserId: 'y', objectName: 'RC:CmdMsg', content: '{"name":"n","data":"d"}' }),
    );
    await one.call('/message/system/publish.json', form({ ...text, fromUserId: 'x', toUserId: 'y' }));
    await one.call('/statusmessage/private/publish.json', form({ ...text, fromUserId: 'x', toUserId: 'y' }));
    expect(await history('private', 'x', 'y')).toEqual([]);
  });

  test('directed at some members show in the history of those and the sender', async () => {
    await one.call(
      '/message/group/publish.json',
      form({ ...text, fromUserId: 'alice', toGroupId: 'choir', toUserId: ['dave'] }),
    );
    expect(await history('group', 'dave', 'choir')).toHaveLength(2);
    expect(await history('group', 'alice', 'choir')).toHaveLength(2);
    expect(await history('group', 'user13', 'choir')).toHaveLength(1);
  });

  test('of templates fill each receiver’s values in and stay JSON', async () => {
    const template = {
      fromUserId: 'x',
      toUserId: ['y', 'z'],
      objectName: 'RC:TxtMsg',
      content: '{"content":"hi {n}"}',
    };
    const values = [{ '{n}': 'Bob' }, { '{n}': 'the "one"' }];
    await one.call('/message/private/publish_template.json', { ...template, values, pushContent: ['hi', 'hi'] });
    expect((await history('private', 'x', 'z')).map((message) => message['content'])).toEqual([
      '{"content":"hi the \\"one\\""}',
    ]);
  });

  test('with the same msgRandom are refused within a minute, where that is enabled', async () => {
    const clock = new FakeClock();
    const once = await start({ clock, switches: ['msg-random'] });
    const body = form({ ...text, fromUserId: 'x', toUserId: 'y', msgRandom: '9007199254740993' });
    expect(await once.call('/message/private/publish.json', body)).toMatchObject({ status: 200 });
    expect(await once.call('/message/private/publish.json', body)).toMatchObject({ status: 400, json: { code: 1002 } });
    await clock.advance(60_000);
    expect(await once.call('/message/private/publish.json', body)).toMatchObject({ status: 200 });
    expect(await one.call('/message/private/publish.json', body)).toMatchObject({ status: 200 });
    expect(await one.call('/message/private/publish.json', body)).toMatchObject({ status: 200 });
    await once.emulator.stop();
  });

  test.each([
    ['128 KB', 131_072, 200],
    ['a byte more', 131_073, 1005],
  ])('take a content of %s', async (_, size, code) => {
    const content = `{"content":"${'x'.repeat(size - 14)}"}`;
    const { json } = await one.call(
      '/message/private/publish.json',
      form({ ...text, fromUserId: 'x', toUserId: 'y', content }),
    );
    expect(json['code']).toBe(code);
  });

  test('to 1000 users are taken, to 1001 not', async () => {
    const to = (count: number) => form({ ...text, fromUserId: 'x', toUserId: numbered('u', count) });
    expect(await one.call('/message/private/publish.json', to(1000))).toMatchObject({ status: 200 });
    expect(await one.call('/message/private/publish.json', to(1001))).toMatchObject({
      status: 400,
      json: { code: 1002 },
    });
  });
});

describe('recalls', () => {
  test('leave the message in the history, and the command beside it, as the vendor’s page says', async () => {
    const { json } = await one.call(
      '/message/group/publish.json',
      form({ ...text, fromUserId: 'alice', toGroupId: 'team' }),
    );
    const uids = json['messageUIDs'];
    const messageUID = Array.isArray(uids) ? String(uids[0].messageUID) : '';
    const recall = form({ fromUserId: 'alice', conversationType: 3, targetId: 'team', messageUID, isAdmin: 1 });
    const byAnother = form({ fromUserId: 'bob', conversationType: 3, targetId: 'team', messageUID });
    expect(await one.call('/message/recall.json', byAnother)).toEqual({ status: 200, json: { code: 200 } });
    expect(one.app.state.messages.get(messageUID)?.recalledAt).toBeNull();
    expect(await one.call('/message/recall.json', recall)).toEqual({ status: 200, json: { code: 200 } });
    expect(await one.call('/message/recall.json', recall)).toEqual({ status: 200, json: { code: 200 } });
    const left = await history('group', 'bob', 'team');
    expect(left.map((message) => message['objectName'])).toEqual(['RC:TxtMsg', 'RC:TxtMsg', 'RC:RcCmd']);
    expect(left.map((message) => message['messageUID'])[1]).toBe(messageUID);
    expect(JSON.parse(String(left.at(-1)?.['content']))).toMatchObject({ messageUId: messageUID, isAdmin: 1 });
  });
});
