import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { sendMessage } from '../../src/vendors/rongcloud/adapters/send.ts';
import { rongcloud } from '../../src/vendors/rongcloud/index.ts';
import type { ReadCallback } from '../../src/vendors/vendor.ts';
import { credentials } from '../support/rongcloud.ts';
import { type AdapterBench, codesOf, refusalOf, startAdapter } from '../support/rongcloud-adapter.ts';

let bench: AdapterBench;
beforeAll(async () => {
  bench = await startAdapter();
});
beforeEach(() => bench.emulator.reset());
afterAll(() => bench.stop());

const block = (userIds: readonly string[]) =>
  bench.run('Mutation.blockUsers')({ owner: { kind: 'user', id: 'bob' }, userIds });
const many = (count: number) => Array.from({ length: count }, (_, index) => `user${index + 1}`);

describe('the vendor’s refusals', () => {
  test('of one call fail the items of that call only', async () => {
    const endpoints = ['rongcloud.user.blacklist.add'];
    bench.emulator.setFaults([{ endpoints, kind: 'unauthorized', times: 1 }]);
    expect(codesOf(await block(many(25)))).toEqual([...Array(20).fill('VENDOR_MISCONFIGURED'), ...Array(5).fill('ok')]);
  });

  test('of every call are the refusal of the whole', async () => {
    bench.emulator.setFaults([{ kind: 'unauthorized' }]);
    expect(await refusalOf(() => block(many(25)))).toMatchObject({ code: 'VENDOR_MISCONFIGURED' });
  });

  test('of the question whether somebody is known leave nobody registered', async () => {
    bench.emulator.setFaults([{ endpoints: ['rongcloud.user.info'], kind: 'unauthorized' }]);
    const register = () => bench.run('Mutation.registerUsers')([{ userId: 'new1', name: 'New' }]);
    expect(await refusalOf(register)).toMatchObject({ code: 'VENDOR_MISCONFIGURED' });
    expect(Object.keys(bench.calls())).toEqual(['user.info']);
  });

  test('past a limit are tried again', async () => {
    bench.emulator.setFaults([{ endpoints: ['rongcloud.user.info'], kind: 'overLimit', times: 1 }]);
    expect(await bench.run('User.name').load(['bob'])).toMatchObject([{ name: 'Bob Brook' }]);
    expect(bench.calls()).toEqual({ 'user.info': 2 });
  });

  test('by a fault of its own are tried again for what may be repeated', async () => {
    bench.emulator.setFaults([{ endpoints: ['rongcloud.user.blacklist.add'], kind: 'error', times: 1 }]);
    expect(codesOf(await block(['alice']))).toEqual(['ok']);
    expect(bench.calls()).toEqual({ 'user.blacklist.add': 2 });
  });

  test('leave open whether a message went out, which is sent once', async () => {
    bench.emulator.setFaults([{ endpoints: ['rongcloud.message.private.publish'], kind: 'reset', times: 1 }]);
    const message = { kind: 'direct', to: ['alice'], content: { kind: 'TEXT', text: 'hi', isBarrage: false } } as const;
    expect(codesOf(await bench.run('Mutation.sendMessage')(message))).toEqual(['OUTCOME_UNKNOWN']);
    expect(bench.calls()).toEqual({ 'message.private.publish': 1 });
  });
});

describe('callbacks as the emulator sends them', () => {
  const config = rongcloud.config.parse({ ...credentials, region: 'cn' });
  const got: ReadCallback[] = [];
  let server: Server;
  beforeAll(async () => {
    server = createServer(async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
      const request = {
        method: incoming.method ?? '',
        query: new URL(incoming.url ?? '/', 'http://localhost').searchParams,
        headers: { 'content-type': incoming.headers['content-type'] },
        body: Buffer.concat(chunks).toString(),
      };
      rongcloud.callbacks.verify(request, config, Date.now());
      got.push(rongcloud.callbacks.read(request, config));
      outgoing.end('OK');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  test('are true, and tell a client’s message and its recall', async () => {
    const [app] = bench.emulator.apps;
    if (!app) throw new Error('no app');
    app.callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`;
    const vendor = await rongcloud.loadEmulator();
    vendor.sendAsClient({ from: 'bob', to: { kind: 'group', id: 'team' }, content: { kind: 'TEXT', text: 'hi' } }, app);
    await expect.poll(() => got.length).toBe(1);
    const [sent] = got[0]?.events ?? [];
    expect(sent).toMatchObject({
      payload: { type: 'MESSAGE_SENT', source: 'CLIENT', message: { content: { text: 'hi' } } },
    });
    if (sent?.payload.type !== 'MESSAGE_SENT') throw new Error('no message');
    const { to, senderId, key } = sent.payload.message;
    await bench.run('Mutation.recallMessages')({
      messages: [{ to, senderId, key }],
      note: 'rude',
      withoutTrace: false,
      force: false,
    });
    await expect.poll(() => got.length).toBe(2);
    expect(got[1]?.events).toMatchObject([
      { payload: { type: 'MESSAGE_RECALLED', note: 'rude', isByAdmin: false, message: { key, to, senderId } } },
    ]);
  });
});

describe('a message to receivers of which the answer leaves some out', () => {
  const answered = async (uids: Record<string, string>, more: object = {}) => {
    const call = (async () => new Map(Object.entries(uids))) as unknown as Parameters<typeof sendMessage>[1]['call'];
    const config = rongcloud.config.parse({ ...credentials, region: 'cn' });
    const content = { kind: 'TEXT', text: 'hi', isBarrage: false } as const;
    const message = { senderId: 'alice', kind: 'direct', to: ['bob', 'carol'], content, ...more } as const;
    const outcomes = await sendMessage(message, { call, config, clock: systemClock, baseUrls: [] });
    return outcomes.map((each) => (each.ok ? each.value.key : each.error.code));
  };

  test('has their outcome open, unless none has an id: older clusters give none', async () => {
    expect(await answered({ carol: 'u-2' })).toEqual(['OUTCOME_UNKNOWN', 'u-2']);
    expect(await answered({ bob: 'u-1', carol: 'u-2' })).toEqual(['u-1', 'u-2']);
    expect(await answered({})).toEqual([null, null]);
  });

  test('was not sent to those who block the sender, where these are respected', async () => {
    const delivery = { respectBlocklists: true };
    expect(await answered({ carol: 'u-2' }, { delivery })).toEqual(['FORBIDDEN', 'u-2']);
    expect(await answered({ carol: 'u-2' }, { delivery: { respectBlocklists: false } })).toEqual([
      'OUTCOME_UNKNOWN',
      'u-2',
    ]);
  });
});
