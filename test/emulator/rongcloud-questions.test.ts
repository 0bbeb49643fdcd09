import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emulator as vendor } from '../../src/vendors/rongcloud/emulator/index.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { credentials, type Started, sha1, start } from '../support/rongcloud.ts';

interface Arrived {
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const clock = new FakeClock();
let server: Server;
let url: string;
let started: Started | undefined;
let arrived: Arrived[];
/** What is answered to the questions: a body, or a status alone; 0 breaks the connection. */
let answers: (string | number)[];

const isQuestion = ({ body }: Arrived) => body.includes('msgType=') || body.includes(':pre_messaging');

beforeEach(async () => {
  arrived = [];
  answers = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://x').searchParams);
    const each = { query, headers: request.headers, body };
    arrived.push(each);
    const answer = isQuestion(each) ? (answers.shift() ?? 500) : 200;
    if (answer === 0) response.destroy();
    else if (typeof answer === 'number') response.writeHead(answer).end();
    else response.writeHead(200).end(answer);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  await started?.emulator.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function begin(...switches: string[]) {
  started = await start({ switches, clock, callbackUrl: url });
  return started.emulator;
}

const text = { kind: 'TEXT', text: 'casino' };
async function say(content: Readonly<Record<string, unknown>> = text, to = { kind: 'group', id: 'team' } as const) {
  const settlement = await started?.emulator.send({ from: 'bob', to, content });
  await started?.emulator.callbacks.idle();
  return settlement;
}
const fieldsOf = (each: Arrived | undefined) => Object.fromEntries(new URLSearchParams(each?.body));
const questions = () => arrived.filter(isQuestion);
const routed = () => arrived.filter((each) => !isQuestion(each)).map(fieldsOf);

describe('the message callback service', () => {
  it('asks of a client’s message in a form, with the id that the message will have', async () => {
    await begin('pre-messaging');
    answers = ['{"pass":1}'];
    expect(await say()).toMatchObject({ outcome: 'delivered' });
    const [question] = questions();
    const fields = fieldsOf(question);
    expect(fields).toEqual({
      appKey: credentials.appKey,
      fromUserId: 'bob',
      targetId: 'team',
      msgType: 'RC:TxtMsg',
      content: '{"content":"casino"}',
      channelType: 'GROUP',
      msgTimeStamp: String(clock.now()),
      messageId: expect.stringMatching(/^\w{4}(-\w{4}){3}$/),
      os: 'iOS',
      clientIp: expect.any(String),
    });
    const { nonce = '', timestamp = '', signature } = question?.query ?? {};
    expect(signature).toBe(sha1(credentials.appSecret, nonce, timestamp));
    expect(routed()).toMatchObject([{ msgUID: fields['messageId'], content: '{"content":"casino"}' }]);
  });

  it.each([
    ['2 delivers', '{"pass":2}'],
    ['no value delivers', '{}'],
    ['a body that is no JSON delivers', 'OK'],
    ['a status that is no success delivers', 500],
    ['no answer delivers: it is asked once', 0],
  ])('%s', async (_, answer) => {
    await begin('pre-messaging');
    answers = [answer, '{"pass":0}'];
    expect(await say()).toMatchObject({ outcome: 'delivered' });
    expect(questions()).toHaveLength(1);
    expect(routed()).toHaveLength(1);
  });

  it('0 refuses, with a word for the sender; what is refused is not routed', async () => {
    await begin('pre-messaging');
    answers = ['{"pass":0,"extra":"be kind"}', '{"pass":0}'];
    expect(await say()).toEqual({ outcome: 'refused', reason: 'be kind' });
    expect(await say()).toEqual({ outcome: 'refused' });
    expect(routed()).toEqual([]);
  });

  it('delivers other content where that was answered', async () => {
    await begin('pre-messaging');
    answers = [JSON.stringify({ pass: 1, replaceContent: '{"content":"******"}' })];
    expect(await say()).toMatchObject({ content: { type: 'RC:TxtMsg', body: '{"content":"******"}' } });
    expect(routed()).toMatchObject([{ objectName: 'RC:TxtMsg', content: '{"content":"******"}' }]);
  });

  it('does not ask of commands, nor of what a client may not send', async () => {
    const emulator = await begin('pre-messaging');
    await say({ kind: 'COMMAND', name: 'typing', data: {} });
    const to = { kind: 'group', id: 'book-club' } as const;
    await expect(emulator.send({ from: 'bob', to, content: text })).rejects.toThrow('22406');
    expect(questions()).toEqual([]);
  });
});

describe('the unified webhook', () => {
  it('asks with who and where', async () => {
    await begin('webhook-pre-messaging');
    answers = ['{"pass":1}'];
    expect(await say()).toMatchObject({ outcome: 'delivered' });
    expect(JSON.parse(questions()[0]?.body ?? '')).toEqual({
      type: 'group_channel:pre_messaging',
      id: expect.stringMatching(/./),
      time: clock.now(),
      data: [{ appKey: credentials.appKey, userId: 'bob', channelId: 'team' }],
    });
    expect(routed()).toHaveLength(1);
  });

  it('asks up to three times, signed anew each time, then does not deliver', async () => {
    await begin('webhook-pre-messaging');
    answers = [0, 0, 0, '{"pass":1}'];
    expect(await say()).toEqual({ outcome: 'refused' });
    expect(new Set(questions().map(({ query }) => query['signature'])).size).toBe(3);
    expect(new Set(questions().map(({ body }) => body)).size).toBe(1);
    expect(routed()).toEqual([]);
  });

  it.each([
    ['0 blocks', '{"pass":0,"extra":"no"}', { outcome: 'refused', reason: 'no' }],
    ['without a good answer it blocks', 'OK', { outcome: 'refused' }],
  ])('%s', async (_, answer, settlement) => {
    await begin('webhook-pre-messaging');
    answers = [answer];
    expect(await say()).toEqual(settlement);
    expect(routed()).toEqual([]);
  });
});

it('nobody is asked where the console does not say so', async () => {
  await begin();
  expect(await say()).toEqual({ outcome: 'delivered' });
  expect(questions()).toEqual([]);
});

describe('any callback can be had by its id', () => {
  const fire = async (id: string, fields: Readonly<Record<string, unknown>> = {}) => {
    arrived = [];
    started?.emulator.fire(id, fields);
    await started?.emulator.callbacks.idle();
    const [each] = arrived;
    if (!each) throw new Error('nothing arrived');
    return each;
  };
  const isForm = (id: string) => vendor.catalogue.callbacks.find((each) => each.id === id)?.encoding === 'form';
  const parse = (id: string, body: string) =>
    isForm(id) ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body);
  const named = (name: string) => `rongcloud.callback.${name}`;
  const said = async (name: string, fields = {}) => parse(named(name), (await fire(named(name), fields)).body);

  it('with the fields of its example, the ids of the demo, and the time of now, signed', async () => {
    await begin();
    for (const { id, example } of vendor.catalogue.callbacks) {
      answers = ['{"pass":1}'];
      const { query, headers, body } = await fire(id);
      const [says, sample] = [parse(id, body), parse(id, example)];
      const item = (value: unknown) => Object.keys([value].flat()[0] ?? {}).sort();
      expect([id, Array.isArray(says), item(says)]).toEqual([id, Array.isArray(sample), item(sample)]);
      const inHeaders = id === named('moderation.audit');
      expect(headers['content-type']).toMatch(isForm(id) ? /x-www-form-urlencoded/ : /json/);
      const claim = inHeaders ? headers : query;
      expect(claim['timestamp']).toBe(String(clock.now()));
      expect(claim['signature']).toBe(sha1(credentials.appSecret, String(claim['nonce']), String(clock.now())));
      expect(Object.keys(inHeaders ? query : {})).toEqual([]);
      expect(body).not.toMatch(/"u[12]"|=u[12]&|"[gr]1"|=g1&|AAAA/);
    }
    expect(await said('chatroom.status')).toMatchObject([
      { chatRoomId: 'lobby', userIds: ['alice'], time: clock.now() },
    ]);
  });

  it('with fields of its own at any depth, in JSON within texts too, and as a new thing each time', async () => {
    await begin();
    const first = await said('message.sync', { channelType: 'PERSON', toUserId: 'carol', groupUserIds: ['a', 'b'] });
    expect(first).toMatchObject({ channelType: 'PERSON', toUserId: 'carol', groupUserIds: 'b' });
    expect(first.msgUID).not.toBe((await said('message.sync')).msgUID);
    const audit = await said('moderation.audit', { 'content.fromUserId': 'bob', result: 10000 });
    expect(audit).toMatchObject({ result: 10000 });
    expect(JSON.parse(audit.content)).toMatchObject({ fromUserId: 'bob', objectName: 'RC:TxtMsg' });
    const two = await said('user.onlineStatus', { userid: 'bob', '1.userid': 'carol', '1.status': '1' });
    expect(two).toMatchObject([
      { userid: 'bob', status: '0' },
      { userid: 'carol', status: '1' },
    ]);
    const recall = await said('message.operation', { 'originalMsgInfo.messageId': 'M-1', recallMsgInfo: undefined });
    expect(recall.originalMsgInfo.messageId).toBe('M-1');
    expect(recall).not.toHaveProperty('recallMsgInfo');
  });

  it('and none that the vendor does not have', async () => {
    const emulator = await begin();
    expect(() => emulator.fire(named('unheard'))).toThrow('no callback rongcloud.callback.unheard');
  });
});

describe('changes over the server API are told', () => {
  it('of a hosted profile and of a hosted group, as they are then', async () => {
    await begin('hosted');
    const profile = new URLSearchParams({ userId: 'bob', userProfile: '{"name":"Bobby"}' });
    await started?.call('/user/profile/set.json', profile.toString());
    const update = new URLSearchParams({ groupId: 'team', name: 'Crew', groupProfile: '{"introduction":"hi"}' });
    await started?.call('/entrust/group/profile/update.json', update.toString());
    await started?.emulator.callbacks.idle();
    const [user, group] = arrived.map(({ body }) => JSON.parse(body)).sort((a) => (Array.isArray(a) ? 1 : -1));
    expect(user).toMatchObject({ userId: 'bob', time: clock.now() });
    expect(JSON.parse(user.userProfile)).toMatchObject({ name: 'Bobby' });
    expect(group).toMatchObject([
      { groupId: 'team', groupName: 'Crew', time: clock.now(), groupProfile: { introduction: 'hi' } },
    ]);
  });
});
