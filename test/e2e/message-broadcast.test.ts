import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pushesOf } from '../../src/vendors/zim/emulator/message.ts';
import { callsOf, disturb, give, refusal } from '../support/answers.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  operator = await gateway.operator();
}, 30_000);
let serial = 0;
beforeEach(() => {
  gateway.emulators.get('zim')?.reset();
  return disturb(gateway, 'zim', []);
});
afterAll(() => gateway.stop());

const mutation = /* GraphQL */ `
  mutation ($input: BroadcastMessageInput!) {
    broadcastMessage(input: $input) { broadcast { id vendorId app { id } } }
  }
`;
const notice = (more: object = {}) => {
  serial += 1;
  return {
    idempotencyKey: `notice ${serial}`,
    appId: 'App:zim-eu',
    audience: { standing: 'ONLINE_USERS' },
    content: { text: { text: 'maintenance at 22:00' } },
    ...more,
  };
};
const send = async (input: object) => (await give(gateway, operator, mutation, { input })).broadcastMessage.broadcast;
const refused = (input: object, token = operator) => refusal(gateway, token, mutation, { input });
const pushes = () => {
  const state = gateway.emulators.get('zim')?.apps[0]?.state;
  return state ? [...pushesOf(state).values()] : [];
};

test('a message goes to everybody online, in the app’s own name', async () => {
  const calls = await callsOf(gateway, async () => {
    expect(await send(notice({ metadata: { kind: 'notice' } }))).toEqual({
      id: expect.stringMatching(/^Broadcast:zim-eu:/),
      vendorId: null,
      app: { id: 'App:zim-eu' },
    });
  });
  expect(calls).toEqual(['zim.message.all.push']);
  expect(pushes()).toMatchObject([
    {
      from: 'administrator',
      pushType: 0,
      body: { Message: 'maintenance at 22:00', ExtendedData: '{"kind":"notice"}' },
    },
  ]);
});

test('to all users, those offline are pushed to', async () => {
  const push = { title: 'Notice', body: 'maintenance', data: { a: 1 } };
  await send(notice({ audience: { standing: 'ALL_USERS' }, senderId: 'User:zim-eu:alice', push }));
  expect(pushes()).toMatchObject([
    { from: 'alice', pushType: 1, body: { OfflinePush: { Enable: 1, Title: 'Notice', Payload: '{"a":1}' } } },
  ]);
});

test('the same key gives the same broadcast again, and sends it once', async () => {
  const input = notice();
  const first = await send(input);
  expect(await send(input)).toEqual(first);
  expect(pushes()).toHaveLength(1);
  const other = { ...input, content: { text: { text: 'another' } } };
  expect(await refused(other)).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.idempotencyKey' });
});

test('a broadcast is a node, for chat:read', async () => {
  const { id } = await send(notice());
  const query = 'query ($id: ID!) { node(id: $id) { ... on Broadcast { id vendorId sentAt } } }';
  expect((await give(gateway, operator, query, { id })).node).toEqual({ id, vendorId: null, sentAt: null });
  expect((await refusal(gateway, await gateway.token(), query, { id })).code).toBe('FORBIDDEN');
});

describe('what the vendor lacks is refused before anything is sent', () => {
  test.each([
    ['commands', { content: { command: { name: 'x' } } }, 'input.content.command'],
    [
      'composites',
      { content: { composite: [{ text: { text: 'a' } }, { text: { text: 'b' } }] } },
      'input.content.composite',
    ],
    ['barrages', { content: { text: { text: 'x', isBarrage: true } } }, 'input.content.text.isBarrage'],
    ['search', { content: { custom: { type: '1', data: 1, searchText: 'x' } } }, 'input.content.custom.searchText'],
    ['priorities', { delivery: { priority: 'HIGH' } }, 'input.delivery.priority'],
    ['forced pushes', { push: { force: true } }, 'input.push.force'],
    ['chatrooms', { audience: { standing: 'ALL_CHATROOMS' } }, 'input.audience.standing'],
  ])('%s', async (_, more, input) => {
    const calls = await callsOf(gateway, async () => {
      expect(await refused(notice(more))).toMatchObject({ code: 'NOT_SUPPORTED', input });
    });
    expect(calls).toEqual([]);
  });

  test.each(['rc-cn', 'em-1'])('everything, at %s', async (app) => {
    expect(await refused(notice({ appId: `App:${app}` }))).toMatchObject({ code: 'NOT_SUPPORTED' });
  });
});

test('is for chat:admin', async () => {
  const writer = await gateway.token({ scopes: ['chat:write', 'chat:moderate', 'chat:read'] });
  expect((await refused(notice(), writer)).code).toBe('FORBIDDEN');
});

test('the vendor’s refusal is told with its code', async () => {
  expect(await refused(notice({ senderId: 'User:zim-eu:nobody' }))).toMatchObject({
    code: 'NOT_FOUND',
    vendorCode: '660500002',
  });
});

test('one whose fate is not known is not sent again', async () => {
  await disturb(gateway, 'zim', [{ endpoints: ['zim.message.all.push'], kind: 'reset', times: 1 }]);
  const input = notice();
  expect((await refused(input)).code).toBe('OUTCOME_UNKNOWN');
  expect((await refused(input)).code).toBe('OUTCOME_UNKNOWN');
  expect(pushes()).toHaveLength(1);
});

test('one a second and a hundred a day: the 101st is refused at once, and told when it can go', async () => {
  const clock = new FakeClock(Date.now());
  const limited = await startGateway({ retell: false, clock });
  try {
    const token = await limited.token({ subject: 'operator', scopes: ['chat:admin', 'chat:read'], accounts: {} });
    for (let index = 0; index < 100; index += 1) {
      let isAnswered = false;
      const answer = give(limited, token, mutation, { input: notice() }).finally(() => {
        isAnswered = true;
      });
      while (!isAnswered) {
        await clock.advance(20);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await answer;
    }
    const error = await refusal(limited, token, mutation, { input: notice() });
    expect(error).toMatchObject({ code: 'RATE_LIMITED', bucket: 'SendMessageToAllUsers' });
    expect(error['retryAfterMs']).toBeGreaterThan(23 * 3600 * 1000);
    expect(
      limited.calls.filter(({ endpoint, outcome }) => endpoint === 'zim.message.all.push' && outcome === 'ok'),
    ).toHaveLength(100);
  } finally {
    await limited.stop();
  }
}, 30_000);
