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

test('what a server changes of a group is told with what it is now', async () => {
  await start(['callback-both']);
  await bench.call('PUT', '/chatgroups/2784001', { groupname: 'new name' });
  await bench.call('POST', '/chatgroups/2784001/announcement', { announcement: 'noon' });
  await bench.call('POST', '/chatgroups/2784001/announcement', { announcement: '' });
  const told = await arrived();
  const operations = told.map((body) => body.payload.operation ?? body.payload.type).sort();
  expect(operations).toEqual([
    'ANNOUNCEMENT',
    'ANNOUNCEMENT',
    'INFO',
    'delete_announcement',
    'update',
    'update_announcement',
  ]);
  expect(told.find((body) => body.payload.type === 'INFO')).toMatchObject({
    operation: 'UPDATE',
    operator: '@ppAdmin',
    payload: { info: { title: 'new name', max_users: '200' } },
  });
  expect(told.find((body) => body.payload.operation === 'update_announcement')).toMatchObject({
    from: 'org#app_@ppAdmin@easemob.com',
    to: '2784001',
    payload: { reason: 'noon', muc_id: 'org#app_2784001@conference.easemob.com', is_chatroom: false },
  });
  expect(told.every((body) => body.security === signatureOf(body))).toBe(true);
});

test('who is let in again is told, and so is who blocks whom', async () => {
  await start();
  await bench.call('POST', '/chatgroups/2784001/blocks/users/dave');
  await bench.call('DELETE', '/chatgroups/2784001/blocks/users/dave');
  await bench.call('POST', '/users/alice/blocks/users', { usernames: ['bob', 'frank'] });
  await bench.call('DELETE', '/users/alice/blocks/users/bob');
  await bench.call('DELETE', '/users/alice/blocks/users/bob');
  const told = await arrived();
  expect(told.filter((body) => body.operation === 'BLOCK').map((body) => body.payload)).toMatchObject([
    { type: 'ADD', member: ['dave'] },
    { type: 'REMOVE', member: ['dave'] },
  ]);
  // Frank was on the list before, and bob can be taken off it once.
  expect(told.filter((body) => body.chat_type === 'roster')).toMatchObject([
    { from: 'org#app_alice@easemob.com', to: 'bob', payload: { operation: 'ban' } },
    { from: 'org#app_alice@easemob.com', to: 'bob', payload: { operation: 'allow' } },
  ]);
});

test('what was lost, in a ban too, is stored by ten minutes for three days and sent again when asked for', async () => {
  await start();
  const send = (msg: string) =>
    bench.call('POST', '/messages/users', { from: 'bob', to: ['alice'], type: 'txt', body: { msg } });
  const stored = async () => (await bench.call('GET', '/callbacks/storage/info')).body.data;
  const retry = (body: unknown) => bench.call('POST', '/callbacks/storage/retry', body);
  answers = [500, 500];
  await send('first');
  await arrived();
  await bench.clock.advance(10 * 60_000);
  answers = [500, 500];
  await send('second');
  await arrived();
  const [first, second, ...others] = await stored();
  expect(others).toEqual([]);
  expect([first, second]).toEqual([
    { date: expect.stringMatching(/^\d{11}0$/), size: 1, retry: 0 },
    { date: expect.stringMatching(/^\d{11}0$/), size: 1, retry: 0 },
  ]);
  expect(Number(second.date) - Number(first.date)).toBeGreaterThan(0);

  received = [];
  answers = [500, 500];
  expect((await retry({ date: first.date, retry: 0 })).body).toMatchObject({ data: 'success', path: '/callbacks' });
  expect(await arrived()).toHaveLength(2);
  expect(await stored()).toEqual([{ date: first.date, size: 1, retry: 1 }, second]);

  received = [];
  await retry({ date: first.date, retry: 1 });
  expect(await arrived()).toMatchObject([{ payload: { bodies: [{ msg: 'first' }] }, security: expect.any(String) }]);
  expect(received[0].security).toBe(signatureOf(received[0]));
  expect(await stored()).toEqual([second]);
  expect((await retry({ date: first.date, retry: 2 })).body.data).toBe('failure');

  received = [];
  await retry({ date: second.date, targetUrl: `${url}/elsewhere` });
  expect(await arrived()).toHaveLength(1);

  answers = [500, 500];
  await send('third');
  await arrived();
  await bench.clock.advance(3 * 24 * 60 * 60_000 + 10 * 60_000);
  expect(await stored()).toEqual([]);
});

test('without the paid storage what is lost is lost', async () => {
  await start(['callback-storage-closed']);
  for (const [method, path] of [
    ['GET', '/callbacks/storage/info'],
    ['POST', '/callbacks/storage/retry'],
  ] as const)
    expect((await bench.call(method, path, method === 'POST' ? { date: '202109091440' } : undefined)).status).toBe(403);
});
