import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EasemobBench, easemobBench, easemobCredentials } from '../support/easemob.ts';

// biome-ignore lint/suspicious/noExplicitAny: a callback's body is read by expectations only
type Body = any;

let listener: Server;
let url: string;
let received: Body[];
/** Answers in the order asked; 200 when there are none left. */
let answers: number[];
let bench: EasemobBench;

async function start(switches: readonly string[] = []): Promise<void> {
  bench = await easemobBench({ switches, callbackUrl: url });
}

/** What arrived, once nothing is under way any more. */
async function arrived(): Promise<Body[]> {
  await bench.emulator.callbacks.idle();
  return received;
}

function signatureOf({ callId, timestamp }: Body): string {
  return createHash('md5').update(`${callId}${easemobCredentials.callbackSecret}${timestamp}`).digest('hex');
}

beforeEach(async () => {
  received = [];
  answers = [];
  listener = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    received.push(JSON.parse(text));
    response.writeHead(answers.shift() ?? 200).end('{}');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/callbacks`;
});
afterEach(async () => {
  await bench.emulator.stop();
  listener.closeAllConnections();
  await new Promise((resolve) => listener.close(resolve));
});

test('the signature is the MD5 of callId, secret and timestamp: a value made with md5sum', async () => {
  await start();
  // printf 'org#app_8924312242322callback-secret1600060847294' | md5sum
  expect(signatureOf({ callId: 'org#app_8924312242322', timestamp: 1_600_060_847_294 })).toBe(
    'f8cec0605422dab785be9eab7ce77c89',
  );
});

test('a one-to-one message from the server API makes one signed callback', async () => {
  await start();
  const sent = await bench.call('POST', '/messages/users', {
    from: 'bob',
    to: ['alice'],
    type: 'txt',
    body: { msg: 'hi' },
    ext: { k: 1 },
  });
  const [body, ...others] = await arrived();
  expect(others).toEqual([]);
  expect(body).toEqual({
    callId: `org#app_${sent.body.data.alice}`,
    eventType: 'chat',
    timestamp: bench.clock.now(),
    chat_type: 'chat',
    from: 'bob',
    to: 'alice',
    msg_id: sent.body.data.alice,
    payload: { ext: { k: 1 }, bodies: [{ msg: 'hi', type: 'txt' }], from: 'bob', to: 'alice', type: 'chat' },
    securityVersion: '1.0.0',
    security: signatureOf(body),
    appkey: 'org#app',
    host: expect.any(String),
    content_type: 'chat:user:text',
  });
});

test('a group message adds one chat_offline callback per offline member, with the callId of the message', async () => {
  await start();
  await bench.call('POST', '/messages/chatgroups', {
    from: 'alice',
    to: ['2784001'],
    type: 'txt',
    body: { msg: 'hi' },
  });
  const bodies = await arrived();
  expect(bodies.filter((body) => body.eventType === 'chat')).toMatchObject([
    { chat_type: 'groupchat', group_id: '2784001', to: '2784001' },
  ]);
  const offline = bodies.filter((body) => body.eventType === 'chat_offline');
  expect(offline.map((body) => body.to).sort()).toEqual(['carol', 'dave']);
  expect(new Set(bodies.map((body) => body.callId)).size).toBe(1);
});

test('a room message looks like a group message but for its content_type', async () => {
  await start();
  await bench.call('POST', '/messages/chatrooms', { from: 'alice', to: ['9100001'], type: 'txt', body: { msg: 'hi' } });
  expect(await arrived()).toMatchObject([
    { chat_type: 'groupchat', group_id: '9100001', content_type: 'chat:room:text' },
  ]);
});

test.each([
  [{ kind: 'TEXT', text: 'x' }, { msg: 'x', type: 'txt' }, 'text'],
  [
    { kind: 'IMAGE', url: 'https://f.example/i', name: 'i.png', byteSize: 9, width: 3, height: 4 },
    { url: 'https://f.example/i', filename: 'i.png', file_length: 9, size: { width: 3, height: 4 }, type: 'img' },
    'image',
  ],
  [
    { kind: 'AUDIO', url: 'https://f.example/a', durationSeconds: 5 },
    { url: 'https://f.example/a', length: 5, type: 'audio' },
    'voice',
  ],
  [
    { kind: 'VIDEO', url: 'https://f.example/v', durationSeconds: 5, thumbnailUrl: 'https://f.example/t' },
    { url: 'https://f.example/v', length: 5, thumb: 'https://f.example/t', type: 'video' },
    'video',
  ],
  [
    { kind: 'FILE', url: 'https://f.example/f', name: 'f' },
    { url: 'https://f.example/f', filename: 'f', type: 'file' },
    'file',
  ],
  [
    { kind: 'LOCATION', latitude: 1.5, longitude: -2, name: 'here' },
    { lat: 1.5, lng: -2, addr: 'here', type: 'loc' },
    'location',
  ],
  [{ kind: 'COMMAND', name: 'go', data: { a: 1 } }, { action: 'go', type: 'cmd' }, 'command'],
  [
    { kind: 'CUSTOM', type: 'card', data: { a: '1', b: 2 } },
    { customEvent: 'card', customExts: [{ a: '1' }, { b: '2' }], 'v2:customExts': { a: '1', b: '2' }, type: 'custom' },
    'custom',
  ],
  [{ type: 'txt', body: { msg: 'raw' } }, { msg: 'raw', type: 'txt' }, 'text'],
])('a client message %j arrives in the form of the vendor', async (content, expected, word) => {
  await start();
  const event = { type: 'message', from: 'bob', to: { kind: 'direct', id: 'alice' }, content };
  const response = await fetch(`${bench.emulator.url}/_emulator/events`, {
    method: 'POST',
    body: JSON.stringify(event),
  });
  expect(response.status).toBe(200);
  const [body] = await arrived();
  expect(body.payload.bodies).toEqual([expected]);
  expect(body.content_type).toBe(`chat:user:${word}`);
});

test('a client whom the receiver blocks or who is not a member cannot send', async () => {
  await start();
  const send = async (from: string, to: unknown) => {
    const event = { type: 'message', from, to, content: { kind: 'TEXT', text: 'x' } };
    return (await fetch(`${bench.emulator.url}/_emulator/events`, { method: 'POST', body: JSON.stringify(event) }))
      .status;
  };
  expect(await send('frank', { kind: 'direct', id: 'alice' })).toBe(400);
  expect(await send('erin', { kind: 'group', id: '2784001' })).toBe(400);
  expect(await arrived()).toEqual([]);
});

test('a recall has an ID of its own and names the message', async () => {
  await start();
  const { body } = await bench.call('POST', '/messages/chatgroups', {
    from: 'alice',
    to: ['2784001'],
    type: 'txt',
    body: { msg: 'hi' },
  });
  const id = body.data['2784001'];
  await arrived();
  received = [];
  await bench.call('POST', '/messages/msg_recall', {
    msg_id: id,
    to: '2784001',
    chat_type: 'groupchat',
    from: 'alice',
    force: false,
  });
  const [recall] = await arrived();
  expect(recall).toMatchObject({
    chat_type: 'recall',
    eventType: 'chat',
    from: 'alice',
    to: '2784001',
    group_id: '2784001',
    recall_id: id,
    payload: { ext: {}, ack_message_id: id, bodies: [] },
  });
  expect(recall.msg_id).not.toBe(id);
  expect(recall.security).toBe(signatureOf(recall));
});

test('a login and a logout tell resource, reason and status', async () => {
  await start();
  for (const type of ['online', 'offline']) {
    await fetch(`${bench.emulator.url}/_emulator/events`, {
      method: 'POST',
      body: JSON.stringify({ type, user: 'carol', device: 'web_7' }),
    });
    await arrived();
  }
  expect(received).toMatchObject([
    { reason: 'login', status: 'online', user: 'org#app_carol@easemob.com/web_7', name: 'carol', os: 'web' },
    { reason: 'logout', status: 'offline', user: 'org#app_carol@easemob.com/web_7' },
  ]);
  expect(received.every((body) => body.security === signatureOf(body) && !('eventType' in body))).toBe(true);
});

test('the life of a group is told in the new format', async () => {
  await start();
  const { body } = await bench.call('POST', '/chatgroups', {
    groupname: 'g',
    public: true,
    owner: 'alice',
    members: ['bob'],
  });
  const id = body.data.groupid;
  await arrived();
  for (const [method, path] of [
    ['POST', `/chatgroups/${id}/users/carol`],
    ['DELETE', `/chatgroups/${id}/users/carol`],
    ['POST', `/chatgroups/${id}/blocks/users/bob`],
    ['DELETE', `/chatgroups/${id}`],
  ] as const) {
    await bench.call(method, path);
    await arrived();
  }
  const told = received.map(({ operation, payload, member_count }) => [
    operation,
    payload?.type,
    payload?.member,
    member_count,
  ]);
  expect(told.slice(0, 3)).toEqual([
    ['CREATE', undefined, ['bob'], undefined],
    ['JOIN', 'DIRECT', ['carol'], 3],
    ['LEAVE', 'KICK', ['carol'], 2],
  ]);
  expect(told.slice(3)).toHaveLength(4);
  expect(told).toContainEqual(['LEAVE', 'BLOCK', ['bob'], 1]);
  expect(told).toContainEqual(['BLOCK', 'ADD', ['bob'], undefined]);
  expect(told).toContainEqual(['DELETE', undefined, undefined, undefined]);
  expect(told).toContainEqual(['LEAVE', 'DELETE', ['alice'], undefined]);
  expect(
    received.every((each) => each.event === 'group_op_event' && each.type === 'GROUP' && each.operator === '@ppAdmin'),
  ).toBe(true);
  expect(received[0].payload.info).toMatchObject({
    owner: 'org#app_alice',
    title: 'g',
    max_users: '200',
    public: 'true',
    mute: 'false',
  });
});

test('a room member who leaves by own will is a QUIT of that user', async () => {
  await start();
  const event = { type: 'leave', user: 'bob', space: { kind: 'chatroom', id: '9100001' } };
  await fetch(`${bench.emulator.url}/_emulator/events`, { method: 'POST', body: JSON.stringify(event) });
  expect(await arrived()).toMatchObject([
    {
      type: 'CHATROOM',
      operation: 'LEAVE',
      operator: 'bob',
      payload: { type: 'QUIT', member: ['bob'], action: 'user_quit' },
    },
  ]);
});

test('an app with an old rule gets the legacy format instead', async () => {
  await start(['callback-legacy']);
  await bench.call('POST', '/chatgroups/2784001/users/erin');
  await bench.call('DELETE', '/chatgroups/2784001/users/erin');
  const bodies = (await arrived()).toSorted((a, b) => a.payload.operation.localeCompare(b.payload.operation));
  expect(bodies).toMatchObject([
    {
      chat_type: 'muc',
      from: 'org#app_@ppAdmin@easemob.com',
      to: 'erin',
      payload: { operation: 'kick', is_chatroom: false, status: { error_code: 'ok' } },
    },
    {
      chat_type: 'muc',
      from: 'org#app_erin@easemob.com',
      to: '2784001',
      payload: { operation: 'presence', muc_id: 'org#app_2784001@conference.easemob.com' },
    },
  ]);
});

test('a message for an env without a rule makes no callback', async () => {
  await start();
  await bench.call('POST', '/messages/users', { to: ['alice'], type: 'txt', body: { msg: 'hi' }, env: 'test' });
  expect(await arrived()).toEqual([]);
});

test('a refused callback is tried once more at once and then given up', async () => {
  await start();
  answers = [500, 200];
  await bench.call('POST', '/messages/users', { to: ['alice'], type: 'txt', body: { msg: '1' } });
  expect(await arrived()).toHaveLength(2);
  expect(received[0]).toEqual(received[1]);
  answers = [500, 204];
  await bench.call('POST', '/messages/users', { to: ['alice'], type: 'txt', body: { msg: '2' } });
  await arrived();
  expect(bench.emulator.callbacks.counts.get('easemob.callback.message.user')).toEqual({
    sent: 2,
    accepted: 1,
    lost: 1,
    attempts: 4,
  });
});

test('ninety failures within 30 s stop the callbacks for 5 minutes, and what happens then is lost', async () => {
  await start();
  const send = () => bench.call('POST', '/messages/users', { to: ['alice'], type: 'txt', body: { msg: 'x' } });
  answers = Array.from({ length: 90 }, () => 500);
  for (let count = 0; count < 45; count += 1) {
    await send();
    await arrived();
  }
  expect(received).toHaveLength(90);
  await send();
  expect(await arrived()).toHaveLength(90);
  await bench.clock.advance(5 * 60_000);
  await send();
  expect(await arrived()).toHaveLength(91);
});

test('a room member who is off line for two minutes leaves the room, unless back before', async () => {
  await start();
  const act = (body: unknown) =>
    fetch(`${bench.emulator.url}/_emulator/events`, { method: 'POST', body: JSON.stringify(body) });
  const members = async () => (await bench.call('GET', '/chatrooms/9100001/users')).body.data;
  for (const user of ['bob', 'erin']) await act({ type: 'offline', user, device: `ios_${user}` });
  await bench.clock.advance(60_000);
  await act({ type: 'online', user: 'erin', device: 'web_1' });
  await bench.clock.advance(59_999);
  expect(await members()).toContainEqual({ member: 'bob' });
  await bench.clock.advance(1);
  expect(await members()).toEqual([{ member: 'erin' }, { owner: 'alice' }]);
  expect((await arrived()).at(-1)).toMatchObject({
    operation: 'LEAVE',
    operator: '@ppAdmin',
    payload: { type: 'QUIT', member: ['bob'], action: 'user_offline' },
  });
});
