import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeLog } from '../../src/server/log.ts';
import { type Data, give, happen } from '../support/answers.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';

/** What an operator sees of a moderation service that fails. */
const app = 'zim-ask';
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const lines: Data[] = [];
const text: string[] = [];
let service: Server;
let respond: (reply: ServerResponse) => void;
let gateway: TestGateway;
let operator: string;

beforeAll(async () => {
  service = createServer((request, reply) => {
    request.resume().once('end', () => respond(reply));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const ask = `http://127.0.0.1:${(service.address() as AddressInfo).port}/message?key=query-secret`;
  const write = (line: string) => {
    text.push(line);
    lines.push(JSON.parse(line));
  };
  gateway = await startGateway({
    retell: false,
    limits: false,
    apps: [variant('zim', app, {}, ['before-send'])],
    log: makeLog('debug', { write }),
    decisions: {
      // A busy machine must not turn failures of the service into those of the clock.
      deadlineMs: 5_000,
      vendorWaitMs: 10_000,
      rules: [
        { name: 'review', to: ['direct'], ask, timeoutMs: 5_000, secret, headers: { 'x-key': 'header-secret' } },
        { name: 'strict', to: ['group'], ask, timeoutMs: 5_000, secret, onFailure: 'REFUSE' },
      ],
    },
  });
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  lines.length = 0;
});
afterAll(async () => {
  await gateway.stop();
  service.closeAllConnections();
  service.close();
});

const decided =
  'subscription { events(filter: { types: [MESSAGE_DECIDED] }) { ... on MessageDecidedEvent { decision rule isLate failedRule failure } } }';

/** What the event says of a client's message, with the service answering as given. */
async function eventOf(to: { kind: string; id: string }, answer: (reply: ServerResponse) => void): Promise<Data> {
  respond = answer;
  const stream = gateway.subscribe(operator, decided);
  await stream.isConnected;
  // Nothing is kept: what is sent before the stream has begun is not shown.
  let event: Data;
  const shown = stream.next(20_000).then(({ data }) => {
    event = data.events;
  });
  while (event === undefined) {
    const message = { type: 'message', from: 'bob', to, content: { kind: 'TEXT', text: 'hi' } };
    await happen(gateway, 'zim', message);
    await Promise.race([shown, new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  await stream.close();
  return event;
}

const alice = { kind: 'direct', id: 'alice' };
const team = { kind: 'group', id: 'team' };
const rulesOf = async () => {
  const query =
    'query ($id: ID!) { app(id: $id) { decisionPolicy { rules { name onFailure health { status errorRate } } } } }';
  return (await give(gateway, operator, query, { id: `App:${app}` })).app.decisionPolicy.rules;
};
const metric = async (rule: string, failure: string) => {
  const reply = await fetch(`${gateway.url}/metrics`, { headers: { authorization: `Bearer ${operator}` } });
  const line = new RegExp(
    `^switchboard_decision_failures_total\\{app="${app}",rule="${rule}",failure="${failure}"\\} (\\d+)$`,
    'm',
  );
  return Number(line.exec(await reply.text())?.[1] ?? 0);
};

test('a service that has no opinion is told from one that fails', async () => {
  expect(await eventOf(alice, (reply) => reply.writeHead(204).end())).toEqual({
    decision: 'DELIVER',
    rule: null,
    isLate: false,
    failedRule: null,
    failure: null,
  });
  expect(lines.filter(({ msg }) => msg === 'a rule could not decide')).toEqual([]);
  expect(await rulesOf()).toMatchObject([
    { name: 'review', onFailure: 'NEXT', health: { status: 'UP', errorRate: 0 } },
    { name: 'strict', onFailure: 'REFUSE', health: { status: 'UP', errorRate: 0 } },
  ]);
});

test('a service that fails is in the event, in the log once a minute, in a metric and in the health of its rule', async () => {
  const bad = (reply: ServerResponse) => reply.writeHead(502).end();
  const failed = { isLate: false, failure: 'SERVICE_REFUSED' };
  expect(await eventOf(alice, bad)).toEqual({ decision: 'DELIVER', rule: null, failedRule: 'review', ...failed });
  expect(await eventOf(alice, bad)).toMatchObject({ failedRule: 'review' });
  expect(await eventOf(team, bad)).toEqual({ decision: 'REFUSE', rule: 'strict', failedRule: 'strict', ...failed });
  const warnings = lines.filter(({ msg }) => msg === 'a rule could not decide');
  expect(warnings.map(({ level, rule, failure, detail, count }) => [level, rule, failure, detail, count])).toEqual([
    ['warn', 'review', 'SERVICE_REFUSED', 'status 502', 1],
    ['warn', 'strict', 'SERVICE_REFUSED', 'status 502', 1],
  ]);
  expect(await metric('review', 'SERVICE_REFUSED')).toBeGreaterThanOrEqual(2);
  expect(await metric('strict', 'SERVICE_REFUSED')).toBeGreaterThanOrEqual(1);
  for (const { name, health } of await rulesOf()) {
    expect(health.status, name).not.toBe('UP');
    expect(health.errorRate, name).toBeGreaterThan(0);
  }
});

test('a change of its health is logged', async () => {
  await expect
    .poll(
      () => lines.concat(text.map((line) => JSON.parse(line))).filter(({ msg }) => /health of the service/.test(msg)),
      {
        timeout: 10_000,
      },
    )
    .toContainEqual(expect.objectContaining({ level: 'warn', app, rule: 'review', before: 'UP' }));
}, 15_000);

test('neither the secret of a rule, nor its headers, nor the query of its URL is in any line of this file', () => {
  expect(text.length).toBeGreaterThan(10);
  for (const hidden of [secret, secret.slice('whsec_'.length), 'header-secret', 'query-secret'])
    expect(text.join('').includes(hidden), hidden).toBe(false);
});
