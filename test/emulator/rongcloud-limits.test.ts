import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCatalogue } from '../../src/net/catalogue.ts';
import { emulator as vendor } from '../../src/vendors/rongcloud/emulator/index.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { form, numbered, type Started, start } from '../support/rongcloud.ts';

let clock: FakeClock;
let one: Started;
beforeEach(async () => {
  clock = new FakeClock();
  one = await start({ clock, switches: ['hosted', 'cn-list'] });
});
afterEach(() => one.emulator.stop());

const text = { objectName: 'RC:TxtMsg', content: '{"content":"hi"}' };
const overLimit = (url: string) => ({ status: 429, json: { url, code: 1008, errorMessage: expect.any(String) } });

async function repeat(times: number, path: string, body: string | object): Promise<number[]> {
  const codes: number[] = [];
  for (let call = 0; call < times; call += 1) codes.push(Number((await one.call(path, body)).json['code']));
  return codes;
}

/** Catalogue, endpoints with a limit of plain calls: the count per second, and what the call may say. */
const perSecond: readonly (readonly [string, number, string])[] = [
  ['/user/getToken.json', 200, 'userId=u1&name=Ann'],
  ['/user/info.json', 100, 'userId=alice'],
  ['/user/refresh.json', 100, 'userId=alice&name=A'],
  ['/user/checkOnline.json', 100, 'userId=alice'],
  ['/user/blacklist/add.json', 100, 'userId=alice&blackUserId=bob'],
  ['/user/group/query.json', 100, 'userId=alice'],
  ['/group/user/query.json', 100, 'groupId=team'],
  ['/group/info.json', 100, 'groupId=team'],
  ['/entrust/group/profile/query.json', 100, 'groupIds=team'],
  ['/user/profile/batch/query.json', 100, 'userId=alice'],
  ['/chatroom/get.json', 100, 'chatroomId=lobby'],
  ['/message/recall.json', 100, 'fromUserId=a&conversationType=1&targetId=b&messageUID=AAAA-1'],
];

describe('calls per second', () => {
  test.each(perSecond)('%s lets %i through in any second, and the next one after it', async (path, count, body) => {
    expect(new Set(await repeat(count, path, body))).toEqual(new Set([200]));
    expect(await one.call(path, body)).toEqual(overLimit(path));
    await clock.advance(999);
    expect(await one.call(path, body)).toEqual(overLimit(path));
    await clock.advance(1);
    expect(await one.call(path, body)).toMatchObject({ status: 200 });
  });

  test('a window slides: half of it spent late counts into the next second', async () => {
    await clock.advance(900);
    await repeat(50, '/user/checkOnline.json', 'userId=alice');
    await clock.advance(200);
    const codes = await repeat(51, '/user/checkOnline.json', 'userId=alice');
    expect(codes.filter((code) => code === 1008)).toHaveLength(1);
  });
});

describe('messages', () => {
  test('to users: 6000 recipients a minute, counted by recipient', async () => {
    const body = form({ fromUserId: 'alice', toUserId: numbered('u', 1000), ...text });
    expect(await repeat(6, '/message/private/publish.json', body)).toEqual([200, 200, 200, 200, 200, 200]);
    const single = form({ fromUserId: 'alice', toUserId: 'bob', ...text });
    expect(await one.call('/message/private/publish.json', single)).toEqual(overLimit('/message/private/publish.json'));
    await clock.advance(59_999);
    expect(await one.call('/message/private/publish.json', single)).toMatchObject({ status: 429 });
    await clock.advance(1);
    expect(await one.call('/message/private/publish.json', single)).toMatchObject({ status: 200 });
  });

  test('to users: a call that would pass the limit is refused whole', async () => {
    await repeat(
      5,
      '/message/private/publish.json',
      form({ fromUserId: 'alice', toUserId: numbered('u', 1000), ...text }),
    );
    await one.call(
      '/message/private/publish.json',
      form({ fromUserId: 'alice', toUserId: numbered('u', 999), ...text }),
    );
    const two = form({ fromUserId: 'alice', toUserId: ['bob', 'carol'], ...text });
    expect(await one.call('/message/private/publish.json', two)).toMatchObject({ status: 429 });
    const single = form({ fromUserId: 'alice', toUserId: 'bob', ...text });
    expect(await one.call('/message/private/publish.json', single)).toMatchObject({ status: 200 });
  });

  test('to users: 100 calls a second as well', async () => {
    const body = form({ fromUserId: 'alice', toUserId: 'bob', ...text });
    const codes = await repeat(101, '/message/private/publish.json', body);
    expect(codes.filter((code) => code === 200)).toHaveLength(100);
  });

  test('to groups: 20 groups a second, templates draw on the same bucket', async () => {
    const three = form({ fromUserId: 'alice', toGroupId: ['team', 'choir', 'runners'], ...text });
    expect(await repeat(6, '/message/group/publish.json', three)).toEqual([200, 200, 200, 200, 200, 200]);
    const template = { fromUserId: 'alice', toGroupId: ['team', 'choir'], ...text, values: [{}, {}] };
    expect(await one.call('/message/group/publish_template.json', template)).toMatchObject({ status: 200 });
    const single = form({ fromUserId: 'alice', toGroupId: 'team', ...text });
    expect(await one.call('/message/group/publish.json', single)).toMatchObject({ status: 429 });
    const status = form({ fromUserId: 'alice', toGroupId: 'team', objectName: 'RC:TypSts', content: '{}' });
    expect(await one.call('/statusmessage/group/publish.json', status)).toMatchObject({ status: 200 });
  });

  test('to chatrooms: 100 rooms a second', async () => {
    const two = form({ fromUserId: 'alice', toChatroomId: ['lobby', 'stage'], ...text });
    const codes = await repeat(51, '/message/chatroom/publish.json', two);
    expect(codes).toEqual([...Array.from({ length: 50 }, () => 200), 1008]);
  });

  test('of the system: 100 recipients a second', async () => {
    const all = form({ fromUserId: 's', toUserId: numbered('u', 100), ...text });
    expect(await repeat(2, '/message/system/publish.json', all)).toEqual([200, 1008]);
  });
});

test('a call that is refused for its parameters costs nothing', async () => {
  await repeat(150, '/user/checkOnline.json', 'userId=');
  expect(await one.call('/user/checkOnline.json', 'userId=alice')).toMatchObject({ status: 200 });
});

test('every endpoint that is served draws on buckets that the catalogue has', () => {
  const catalogue = readCatalogue(new URL('../../src/vendors/rongcloud/catalogue.json', import.meta.url));
  const served = catalogue.endpoints.filter((endpoint) => endpoint.id in vendor.handlers);
  const buckets = new Set(catalogue.limits.map((limit) => limit.id));
  expect(served).toHaveLength(53);
  expect(served.flatMap((endpoint) => endpoint.limits).filter(({ bucket }) => !buckets.has(bucket))).toEqual([]);
});
