import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { ToldEvent } from '../../src/domain/event.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { configSchema } from '../../src/vendors/zim/app-config.ts';
import { callbacks } from '../../src/vendors/zim/callbacks.ts';
import { emulator as vendor } from '../../src/vendors/zim/emulator/index.ts';
import { zimCredentials, zimSignature } from '../support/zim.ts';

const config = configSchema.parse({ ...zimCredentials, systemUser: 'alice' });
let server: Server;
let emulator: Emulator;
let events: ToldEvent[];

/** A receiver as the gateway is one: it verifies, reads, and acknowledges. */
beforeEach(async () => {
  events = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const received = { method: 'POST', query: new URLSearchParams(), headers: {}, body };
    callbacks.verify(received, config, systemClock.now());
    events.push(...callbacks.read(received, config).events);
    const { status, contentType, body: answer } = callbacks.acknowledgement;
    response.writeHead(status, { 'content-type': contentType }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const apps = [{ name: 'main', credentials: zimCredentials, callbackUrl: `http://127.0.0.1:${port}/` }];
  emulator = await startEmulator(vendor, { apps, demo: true, limits: false });
});
afterEach(async () => {
  await emulator.stop();
  server.close();
});

test.each([
  ['direct', 'alice'],
  ['group', 'team'],
  ['chatroom', 'lobby'],
] as const)("a client's message to a %s is verified and read", async (kind, id) => {
  const [app] = emulator.apps;
  if (!app) throw new Error('no app');
  vendor.sendAsClient({ from: 'bob', to: { kind, id }, content: { kind: 'TEXT', text: 'hi' } }, app);
  await emulator.callbacks.idle();
  expect(events).toMatchObject([
    {
      payload: {
        type: 'MESSAGE_SENT',
        source: 'CLIENT',
        message: { to: { kind, id }, senderId: 'bob', key: expect.stringMatching(/^\d+$/), content: { text: 'hi' } },
      },
    },
  ]);
});

test('a send of the server to several users is one callback and an event for each, failed ones too', async () => {
  const message = { FromUserId: 'carol', ToUserId: ['bob', 'dave'], MessageType: 12, Priority: 2 };
  const file = JSON.stringify({ Uid: 'u', Url: 'https://x/a', FileName: 'a.txt', Size: 3 });
  await fetch(`${emulator.url}/?Action=SendPeerMessage&${zimSignature(systemClock)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...message, MessageBody: { Message: file, ExtendedData: '{"a":1}' } }),
  });
  await emulator.callbacks.idle();
  const content = { kind: 'FILE', url: 'https://x/a', name: 'a.txt', byteSize: 3 };
  expect(events).toMatchObject(
    ['bob', 'dave'].map((id) => ({
      payload: {
        type: 'MESSAGE_SENT',
        source: 'SERVER',
        message: {
          to: { kind: 'direct', id },
          content,
          metadata: { a: 1 },
          vendorId: expect.stringMatching(/^\d{18}$/),
        },
      },
    })),
  );
  expect(new Set(events.map(({ dedupeKey }) => dedupeKey)).size).toBe(2);
});
