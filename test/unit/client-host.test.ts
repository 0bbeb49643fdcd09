import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { Client } from '../../src/net/client.ts';
import { makeEndpoint } from '../support/endpoint.ts';

/** A host that notes what it is asked for. */
async function startHost() {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '');
    reply.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let usual: Awaited<ReturnType<typeof startHost>>;
let own: Awaited<ReturnType<typeof startHost>>;
beforeAll(async () => {
  [usual, own] = await Promise.all([startHost(), startHost()]);
});
beforeEach(() => {
  usual.asked.length = 0;
  own.asked.length = 0;
});
const close = (server: Server) => new Promise((resolve) => server.close(resolve));
afterAll(() => Promise.all([close(usual.server), close(own.server)]));

async function callWith(isStandIn: boolean | undefined): Promise<void> {
  const client = new Client({
    app: 'main',
    vendor: 'ZIM',
    clock: systemClock,
    limits: [],
    makeWire: () => ({
      lists: 'repeat',
      hosts: [usual.url],
      ...(isStandIn !== undefined && { isStandIn }),
      authorize: (request) => request,
      open: (answer) => answer.json,
    }),
  });
  const reply = z.object({});
  await client.call(makeEndpoint({ id: 'a.usual', path: '/usual', readOnly: true }, reply), {});
  await client.call(makeEndpoint({ id: 'a.own', path: '/own', readOnly: true, host: own.url }, reply), {});
  await client.close();
}

test.each([undefined, false])(
  'an endpoint with a host of its own is asked there (isStandIn: %s)',
  async (isStandIn) => {
    await callWith(isStandIn);
    expect([usual.asked, own.asked]).toEqual([['/usual'], ['/own']]);
  },
);

test('hosts that stand in for the vendor’s take every endpoint', async () => {
  await callWith(true);
  expect([usual.asked, own.asked]).toEqual([['/usual', '/own'], []]);
});
