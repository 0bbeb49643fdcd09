import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emulator as vendor } from '../../src/vendors/zim/emulator/index.ts';
import { startZim, type ZimBench } from '../support/zim.ts';

type Body = Record<string, unknown>;

let zim: ZimBench;
let server: Server;
let received: Body[];
/** What is answered to the questions: a body, or a status alone. */
let answers: (string | number)[];

async function start(switches: readonly string[]): Promise<void> {
  received = [];
  answers = [];
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body: Body = JSON.parse(text);
    received.push(body);
    const answer = body['event'] === 'before_send_msg' ? (answers.shift() ?? 500) : 200;
    if (answer === 0) response.destroy();
    else if (typeof answer === 'number') response.writeHead(answer).end();
    else response.writeHead(200).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  zim = await startZim({ demo: true, switches, callbackUrl: `http://127.0.0.1:${port}/` });
}
beforeEach(() => start(['before-send']));
afterEach(async () => {
  await zim.emulator.stop();
  server.close();
});

const text = { kind: 'TEXT', text: 'casino' };
const say = async (content: Body = text) => {
  const settlement = await zim.emulator.send({ from: 'bob', to: { kind: 'group', id: 'team' }, content });
  await zim.emulator.callbacks.idle();
  return settlement;
};
const asked = () => received.filter(({ event }) => event === 'before_send_msg');
const reported = () => received.filter(({ event }) => event === 'send_msg');

describe('before a client sends', () => {
  it('the server is asked, with the id that the message will have', async () => {
    answers = ['{"result":0}'];
    expect(await say()).toMatchObject({ outcome: 'delivered' });
    const [question = {}] = asked();
    expect(question).toEqual({
      appid: '1001',
      event: 'before_send_msg',
      nonce: expect.stringMatching(/^\d+$/),
      signature: expect.stringMatching(/^[0-9a-f]{40}$/),
      timestamp: 1_700_000_000,
      request_id: expect.stringMatching(/^\d+$/),
      from_user_id: 'bob',
      conv_id: 'team',
      conv_type: 2,
      msg_id: expect.stringMatching(/^\d{18}$/),
      payload: '',
      msg_type: 1,
      sub_msg_type: 0,
      msg_body: 'casino',
    });
    expect(reported()).toMatchObject([{ msg_id: question['msg_id'], msg_body: 'casino', send_result: 0 }]);
  });

  it.each([
    ['1 sends it', '{"result":1}'],
    ['any other value counts as 0', '{"result":"3"}'],
    ['no value counts as 0', '{}'],
  ])('%s', async (_, answer) => {
    answers = [answer];
    expect(await say()).toMatchObject({ outcome: 'delivered' });
    expect(reported()).toMatchObject([{ send_result: 0 }]);
  });

  it('2 takes it and delivers it to nobody: 660500009', async () => {
    answers = ['{"result":2}'];
    expect(await say()).toEqual({ outcome: 'dropped' });
    expect(reported()).toMatchObject([{ send_result: 660500009, msg_id: '' }]);
  });

  it('3 refuses it: the client sees 111101 and the reason, and send_msg says 660500010', async () => {
    answers = ['{"result":3,"reason":"not here"}'];
    expect(await say()).toEqual({ outcome: 'refused', code: '111101', reason: 'not here' });
    expect(reported()).toMatchObject([{ send_result: 660500010, msg_body: 'casino' }]);
  });

  it('another text and payload take the place of its own', async () => {
    answers = ['{"result":0,"new_msg_body":"******","new_payload":"checked"}'];
    await say();
    expect(reported()).toMatchObject([{ msg_body: '******', payload: 'checked', send_result: 0 }]);
  });

  it('a document is asked about in the form in which it is read', async () => {
    answers = ['{"result":0}'];
    await say({ kind: 'IMAGE', url: 'https://img.example/a.png', name: 'a.png', width: 4, height: 3 });
    expect(JSON.parse(decodeURIComponent(String(asked()[0]?.['msg_body'])))).toMatchObject({ file_name: 'a.png' });
    expect(reported()).toMatchObject([{ msg_type: 11, msg_body: asked()[0]?.['msg_body'] }]);
  });

  it('commands are not asked about, nor what the server itself sends', async () => {
    await say({ kind: 'COMMAND', name: 'typing', data: {} });
    const MessageBody = { Message: 'x' };
    const GroupId = 'team';
    await zim.post('SendGroupMessage', { FromUserId: 'bob', GroupId, MessageType: 1, Priority: 1, MessageBody });
    await zim.emulator.callbacks.idle();
    expect(asked()).toEqual([]);
    expect(reported()).toHaveLength(1);
  });
});

describe('without a good answer the message is not sent', () => {
  it.each([
    ['a status that is no success', 500],
    ['a body that is no JSON', 'yes'],
  ])('%s', async (_, answer) => {
    answers = [answer];
    expect(await say()).toEqual({ outcome: 'refused' });
    expect(reported()).toEqual([]);
  });

  it('after being asked a second time, at once, in the same words', async () => {
    answers = [0, '{"result":0}'];
    expect(await say()).toMatchObject({ outcome: 'delivered' });
    const [first, second] = asked();
    expect(second).toEqual(first);
    answers = [0, 0, '{"result":0}'];
    expect(await say()).toEqual({ outcome: 'refused' });
    expect(asked()).toHaveLength(4);
  });

  it('unless the console says otherwise', async () => {
    await zim.emulator.stop();
    server.close();
    await start(['before-send', 'before-send-fails-open']);
    expect(await say()).toMatchObject({ outcome: 'delivered' });
    expect(reported()).toMatchObject([{ msg_body: 'casino', send_result: 0 }]);
  });
});

it('nobody is asked where the console does not say so', async () => {
  await zim.emulator.stop();
  server.close();
  await start([]);
  expect(await say()).toEqual({ outcome: 'delivered' });
  expect(asked()).toEqual([]);
});

describe('any callback can be had by its id', () => {
  const fire = async (id: string, fields: Body = {}) => {
    answers = ['{"result":0}'];
    received = [];
    zim.emulator.fire(id, fields);
    await zim.emulator.callbacks.idle();
    return received[0] ?? {};
  };

  it('with the fields of its example, the ids of the demo, and the time of now', async () => {
    for (const { id, event, fields, example } of vendor.catalogue.callbacks) {
      const body = await fire(id);
      expect([id, body['event']]).toEqual([id, event]);
      expect(Object.keys(body).sort()).toEqual(Object.keys(JSON.parse(example)).sort());
      expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(body)));
      expect(Number(body['timestamp'])).toBe(1_700_000_000);
    }
    expect(await fire('zim.callback.group.joined')).toMatchObject({ group_id: 'team', timestamp: '1700000000' });
    expect(await fire('zim.callback.room.entered')).toMatchObject({ room_id: 'lobby', timestamp: 1_700_000_000 });
  });

  it('with fields of its own at any depth, and as a new thing each time', async () => {
    const first = await fire('zim.callback.message.sent', { 'user_list.0.UserId': 'carol', conv_id: '', source: 1 });
    expect(first).toMatchObject({ conv_id: '', source: 1, user_list: [{ UserId: 'carol' }] });
    const listed = await fire('zim.callback.message.sent', { user_list: [{ UserId: 'a' }], 'user_list.0.MsgId': '7' });
    expect(listed).toMatchObject({ user_list: [{ UserId: 'a', MsgId: '7' }] });
    expect(listed['msg_id']).not.toBe(first['msg_id']);
  });

  it('and none that the vendor does not have', () => {
    expect(() => zim.emulator.fire('zim.callback.unheard')).toThrow('no callback zim.callback.unheard');
  });
});
