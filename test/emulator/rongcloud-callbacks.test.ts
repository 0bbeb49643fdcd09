import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { credentials, form, type Started, sha1, start } from '../support/rongcloud.ts';

interface Arrived {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly type: string;
  readonly body: string;
}

let server: Server;
let arrived: Arrived[];
let answers: number[];
let url: string;
let clock: FakeClock;
const running: Started[] = [];

beforeEach(async () => {
  arrived = [];
  answers = [];
  clock = new FakeClock();
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const type = request.headers['content-type'] ?? '';
    arrived.push({ path, query: new URLSearchParams(query), type, body: Buffer.concat(chunks).toString() });
    response.writeHead(answers.shift() ?? 200).end('OK');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address: AddressInfo | string | null = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook?app=one`;
});
afterEach(async () => {
  for (const { emulator } of running.splice(0)) await emulator.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function begin(...switches: string[]): Promise<Started> {
  const started = await start({ switches, clock, callbackUrl: url });
  running.push(started);
  return started;
}

const event = ({ emulator }: Started, body: object) =>
  fetch(`${emulator.url}/_emulator/events`, { method: 'POST', body: JSON.stringify(body) });

const next = async (): Promise<Arrived> => {
  await vi.waitFor(() => expect(arrived).not.toEqual([]));
  const [first] = arrived.splice(0, 1);
  if (!first) throw new Error('nothing arrived');
  return first;
};

const nothing = async (started: Started) => {
  await started.emulator.callbacks.idle();
  expect(arrived).toEqual([]);
};

const fields = (each: Arrived) => Object.fromEntries(new URLSearchParams(each.body));
const hello = {
  type: 'message',
  from: 'bob',
  to: { kind: 'direct', id: 'alice' },
  content: { kind: 'TEXT', text: 'hi' },
};

describe('a message callback', () => {
  test('is a form whose signature stands in the query of our URL', async () => {
    await event(await begin(), hello);
    const callback = await next();
    expect(callback.path).toBe('/hook');
    const [nonce, timestamp] = [callback.query.get('nonce') ?? '', callback.query.get('timestamp') ?? ''];
    expect(Object.fromEntries(callback.query)).toEqual({
      app: 'one',
      appKey: credentials.appKey,
      nonce,
      timestamp: String(clock.now()),
      signature: sha1(credentials.appSecret, nonce, timestamp),
    });
    expect(callback.type).toMatch(/^application\/x-www-form-urlencoded/);
    expect(fields(callback)).toEqual({
      fromUserId: 'bob',
      toUserId: 'alice',
      objectName: 'RC:TxtMsg',
      content: '{"content":"hi"}',
      channelType: 'PERSON',
      msgTimestamp: String(clock.now()),
      msgUID: expect.stringMatching(/^\w{4}(-\w{4}){3}$/),
      sensitiveType: '0',
      source: 'iOS',
      busChannel: '',
    });
  });

  test.each([
    ['group', 'team', 'GROUP'],
    ['chatroom', 'lobby', 'TEMPGROUP'],
  ])('of a %s names the channel by a word', async (kind, id, channelType) => {
    await event(await begin(), { ...hello, to: { kind, id } });
    expect(fields(await next())).toMatchObject({ toUserId: id, channelType });
  });

  const file = { url: 'https://f.example/a.pdf', name: 'a.pdf', byteSize: 9, durationSeconds: 4 };
  test.each([
    [{ kind: 'IMAGE', ...file }, 'RC:ImgMsg', { imageUri: file.url }],
    [{ kind: 'AUDIO', ...file }, 'RC:HQVCMsg', { remoteUrl: file.url, duration: 4 }],
    [{ kind: 'VIDEO', ...file }, 'RC:SightMsg', { sightUrl: file.url, duration: 4, size: 9 }],
    [{ kind: 'FILE', ...file }, 'RC:FileMsg', { fileUrl: file.url, name: 'a.pdf', size: 9, type: 'pdf' }],
    [
      { kind: 'LOCATION', latitude: 1.5, longitude: 2.5, name: 'Here' },
      'RC:LBSMsg',
      { latitude: 1.5, longitude: 2.5, poi: 'Here' },
    ],
    [{ kind: 'COMMAND', name: 'ring', data: 'x' }, 'RC:CmdMsg', { name: 'ring', data: 'x' }],
    [{ kind: 'CUSTOM', type: 'app:gift', data: { rose: 1 } }, 'app:gift', { rose: 1 }],
    [{ type: 'RC:InfoNtf', body: { message: 'm' } }, 'RC:InfoNtf', { message: 'm' }],
  ])('says %j in the vendor’s form', async (content, objectName, body) => {
    await event(await begin(), { ...hello, content });
    const callback = fields(await next());
    expect(callback).toMatchObject({ objectName });
    expect(JSON.parse(String(callback['content']))).toMatchObject(body);
  });

  test('comes for server API sends with the switch only, one for each receiver', async () => {
    const send = form({
      fromUserId: 'alice',
      toUserId: ['bob', 'carol'],
      objectName: 'RC:TxtMsg',
      content: '{"content":"x"}',
    });
    const quiet = await begin();
    await quiet.call('/message/private/publish.json', send);
    await nothing(quiet);
    const routed = await begin('sync-server');
    await routed.call('/message/private/publish.json', send);
    const both = [fields(await next()), fields(await next())];
    expect(both.map((each) => each['toUserId']).sort()).toEqual(['bob', 'carol']);
    expect(both[0]).toMatchObject({ source: 'Server' });
  });

  test('of a directed group message repeats groupUserIds', async () => {
    const routed = await begin('sync-server');
    const directed = { fromUserId: 'alice', toGroupId: 'team', toUserId: ['bob', 'carol'] };
    await routed.call('/message/group/publish.json', form({ ...directed, objectName: 'RC:TxtMsg', content: '{}' }));
    expect(new URLSearchParams((await next()).body).getAll('groupUserIds')).toEqual(['bob', 'carol']);
  });

  test.each([
    ['from somebody the receiver blocked', { ...hello, from: 'frank' }],
    ['to a group of others', { ...hello, from: 'frank', to: { kind: 'group', id: 'team' } }],
    ['to nobody', { ...hello, to: { kind: 'direct', id: 'nobody' } }],
  ])('does not come for a message %s, which the client is refused', async (_, message) => {
    const started = await begin();
    expect((await event(started, message)).status).toBe(400);
    await nothing(started);
  });
});

describe('delivery', () => {
  test('is tried three times, signed anew each time, then given up', async () => {
    answers = [500, 500, 500];
    const started = await begin();
    await event(started, hello);
    const first = await next();
    expect(arrived).toEqual([]);
    await vi.waitFor(() => expect(clock.waiting).toBe(1));
    await clock.advance(1000);
    const second = await next();
    await vi.waitFor(() => expect(clock.waiting).toBe(1));
    await clock.advance(1000);
    const third = await next();
    expect(new Set([first, second, third].map((each) => each.query.get('signature'))).size).toBe(3);
    expect(new Set([first, second, third].map((each) => each.body)).size).toBe(1);
    await started.emulator.callbacks.idle();
    const counts = started.emulator.callbacks.counts.get('rongcloud.callback.message.sync');
    expect(counts).toEqual({ sent: 1, accepted: 0, lost: 1, attempts: 3 });
  });

  test('ends with the first answer 200', async () => {
    answers = [503, 200];
    const started = await begin();
    await event(started, hello);
    await next();
    await vi.waitFor(() => expect(clock.waiting).toBe(1));
    await clock.advance(1000);
    await next();
    await nothing(started);
  });
});

describe('status callbacks are JSON', () => {
  test('an array with strings for a user who comes and goes, one session for both', async () => {
    const started = await begin();
    await event(started, { type: 'online', user: 'carol', device: 'android_7' });
    const online = await next();
    expect(online.type).toMatch(/^application\/json/);
    const [came] = JSON.parse(online.body);
    expect(came).toEqual({
      userid: 'carol',
      status: '0',
      os: 'Android',
      time: clock.now(),
      clientIp: expect.any(String),
      sessionId: expect.any(String),
    });
    await event(started, { type: 'offline', user: 'carol', device: 'android_7' });
    expect(JSON.parse((await next()).body)).toEqual([{ ...came, status: '1' }]);
  });

  test('an array for each change of a chatroom', async () => {
    const started = await begin();
    const changes: unknown[] = [];
    const told = async (change: Promise<unknown>) => {
      await change;
      changes.push(...JSON.parse((await next()).body));
    };
    await told(started.call('/chatroom/create_new.json', 'chatroomId=r1'));
    await told(event(started, { type: 'join', user: 'bob', space: { kind: 'chatroom', id: 'r1' } }));
    await told(event(started, { type: 'join', user: 'carol', space: { kind: 'chatroom', id: 'r1' } }));
    await told(event(started, { type: 'leave', user: 'carol', space: { kind: 'chatroom', id: 'r1' } }));
    await told(started.call('/chatroom/user/block/add.json', 'chatroomId=r1&userId=bob&minute=1'));
    await told(started.call('/chatroom/destroy.json', 'chatroomId=r1'));
    const common = { chatRoomId: 'r1', time: clock.now() };
    expect(changes).toEqual([
      { ...common, userIds: [], status: 0, type: 0 },
      { ...common, userIds: ['bob'], status: 0, type: 1 },
      { ...common, userIds: ['carol'], status: 0, type: 1 },
      { ...common, userIds: ['carol'], status: 0, type: 2 },
      { ...common, userIds: ['bob'], status: 2, type: 2 },
      { ...common, userIds: [], status: 0, type: 3 },
    ]);
  });

  test('a chatroom that goes by itself says so', async () => {
    const started = await begin();
    await started.call('/chatroom/create_new.json', 'chatroomId=r1&destroyType=1&destroyTime=60');
    await next();
    await clock.advance(60 * 60_000);
    expect(JSON.parse((await next()).body)).toMatchObject([{ chatRoomId: 'r1', type: 3, status: 3 }]);
  });

  test('an array for each change of a hosted group, and none for plain groups', async () => {
    const started = await begin('hosted');
    await started.call('/group/create.json', 'userId=bob&groupId=plain&groupName=Plain');
    await nothing(started);
    const types: number[] = [];
    const told = async (change: Promise<unknown>) => {
      await change;
      types.push(JSON.parse((await next()).body)[0].eventType);
    };
    await told(started.call('/entrust/group/create.json', 'groupId=h1&name=H&owner=alice'));
    await told(started.call('/entrust/group/join.json', 'groupId=h1&userIds=bob,carol'));
    await told(started.call('/entrust/group/member/kick.json', 'groupId=h1&userIds=bob'));
    await told(event(started, { type: 'leave', user: 'carol', space: { kind: 'group', id: 'h1' } }));
    await told(started.call('/entrust/group/dismiss.json', 'groupId=h1'));
    expect(types).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('a recall', () => {
  const publish = async (started: Started): Promise<string> => {
    const send = form({ fromUserId: 'alice', toGroupId: 'team', objectName: 'RC:TxtMsg', content: '{"content":"x"}' });
    const { json } = await started.call('/message/group/publish.json', send);
    const uids = json['messageUIDs'];
    return Array.isArray(uids) ? String(uids[0].messageUID) : '';
  };
  const recall = (messageUID: string) =>
    form({ fromUserId: 'alice', conversationType: 3, targetId: 'team', messageUID, isAdmin: 1 });

  test('is told as an operation', async () => {
    const started = await begin();
    const messageUID = await publish(started);
    await started.call('/message/recall.json', recall(messageUID));
    expect(JSON.parse((await next()).body)).toEqual({
      eventType: 1,
      fromUserId: 'alice',
      optTime: clock.now(),
      source: 'Server',
      conversationInfo: { conversationType: 3, targetId: 'team', busChannel: '' },
      originalMsgInfo: { messageId: messageUID, messageTime: clock.now() },
      recallMsgInfo: { isDelete: 0, isAdmin: 1, extra: '' },
    });
    await started.call('/message/recall.json', recall(messageUID));
    await nothing(started);
  });

  test('by a client’s own command is told with the client’s source, others’ messages are not recalled', async () => {
    const started = await begin();
    await event(started, hello);
    const messageUId = String(fields(await next())['msgUID']);
    const command = { type: 'RC:RcCmd', body: { messageUId, conversationType: 1 } };
    expect((await event(started, { ...hello, from: 'carol', content: command })).status).toBe(400);
    await event(started, { ...hello, content: command });
    expect(JSON.parse((await next()).body)).toMatchObject({
      fromUserId: 'bob',
      source: 'iOS',
      originalMsgInfo: { messageId: messageUId },
    });
  });

  test('is routed as a message of its own where the operation service is off', async () => {
    const started = await begin('sync-server', 'recall-as-message');
    const messageUID = await publish(started);
    await next();
    await started.call('/message/recall.json', recall(messageUID));
    const routed = fields(await next());
    expect(routed).toMatchObject({ objectName: 'RC:RcCmd', channelType: 'GROUP' });
    expect(JSON.parse(String(routed['content']))).toMatchObject({ messageUId: messageUID, conversationType: 3 });
  });
});
