import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventPayload } from '../../src/domain/event.ts';
import { configSchema } from '../../src/vendors/easemob/app-config.ts';
import { callbacks } from '../../src/vendors/easemob/callbacks.ts';
import type { ReadCallback } from '../../src/vendors/vendor.ts';
import { easemobCredentials } from '../support/easemob.ts';
import { type EasemobAdapterBench, easemobAdapterBench, lobby, team } from '../support/easemob-adapter.ts';

const config = configSchema.parse(easemobCredentials);
let bench: EasemobAdapterBench;
let server: Server;
let received: ReadCallback[];

/** Takes the emulator's callbacks over a real socket, tells them true and reads them. */
beforeEach(async () => {
  received = [];
  server = createServer(async (incoming, answer) => {
    let body = '';
    for await (const chunk of incoming) body += String(chunk);
    const request = { method: incoming.method ?? '', query: new URLSearchParams(), headers: {}, body };
    callbacks.verify(request, config, Date.now());
    received.push(callbacks.read(request, config));
    const { status, contentType, body: text } = callbacks.acknowledgement;
    answer.writeHead(status, { 'content-type': contentType }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  bench = await easemobAdapterBench({ callbackUrl: `http://127.0.0.1:${port}` });
});

afterEach(async () => {
  await bench.stop();
  server.close();
});

/** The payload of the first event of a callback, as soon as it is there. */
async function eventOf(id: string): Promise<EventPayload | undefined> {
  const find = () => received.find((each) => each.id === id)?.events[0]?.payload;
  await expect.poll(find).toBeDefined();
  return find();
}

const content = { kind: 'TEXT', text: 'hi', isBarrage: false } as const;

test.each([
  ['direct', 'bob', 'easemob.callback.message.user'],
  ['group', team, 'easemob.callback.message.group'],
  ['chatroom', lobby, 'easemob.callback.message.chatroom'],
] as const)('a message sent to a %s comes back under the id that the send gave', async (kind, id, callback) => {
  const send = bench.operation('Mutation.sendMessage');
  const [sent] = await send({ senderId: 'alice', kind, to: [id], content, metadata: { order: 7 } });
  expect(await eventOf(callback)).toMatchObject({
    type: 'MESSAGE_SENT',
    message: {
      key: sent?.ok ? sent.value.key : '',
      to: { kind, id },
      senderId: 'alice',
      content,
      metadata: { order: 7 },
    },
  });
});

test.each([
  ['direct', 'bob'],
  ['group', team],
] as const)('a message recalled from a %s comes back under its id', async (kind, id) => {
  const [sent] = await bench.operation('Mutation.sendMessage')({ senderId: 'alice', kind, to: [id], content });
  const key = (sent?.ok && sent.value.key) || '';
  const messages = [{ to: { kind, id }, senderId: 'alice', key }];
  await bench.operation('Mutation.recallMessages')({ messages, withoutTrace: false, force: false });
  expect(await eventOf('easemob.callback.message.recall')).toMatchObject({
    type: 'MESSAGE_RECALLED',
    message: { key, to: { kind, id }, content: { kind: 'RECALLED' } },
  });
});

test('a change of members comes back as who came in, and how', async () => {
  const space = { kind: 'group', id: team } as const;
  await bench.operation('Mutation.addMembers')({ space, userIds: ['frank'], announce: true });
  expect(await eventOf('easemob.callback.groupOp.join.direct')).toEqual({
    type: 'MEMBERS_JOINED',
    space,
    actorId: null,
    userIds: ['frank'],
    cause: 'ADDED',
    memberCount: 5,
  });
});
