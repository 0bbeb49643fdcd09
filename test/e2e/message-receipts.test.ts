import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callsOf, disturb, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { recallMessages, sendMessage, settled, textTo } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
let bob: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  alice = await gateway.token();
  bob = await gateway.token({ subject: 'bob', accounts: { 'zim-eu': 'bob' } });
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => disturb(gateway, 'zim', []));
afterAll(() => gateway.stop());

const mutation = /* GraphQL */ `
  mutation ($input: AcknowledgeMessagesInput!) {
    acknowledgeMessages(input: $input) { results { target ok error { code vendorCode } } }
  }
`;
const acknowledge = async (token: string, messageIds: readonly string[], input: object = { status: 'READ' }) =>
  (await give(gateway, token, mutation, { input: { messageIds, ...input } })).acknowledgeMessages.results;
const refused = (token: string, messageIds: readonly string[], input: object = { status: 'READ' }) =>
  refusal(gateway, token, mutation, { input: { messageIds, ...input } });

async function sent(to: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { data } = await sendMessage(gateway, alice, textTo(to, `message ${index}`));
    ids.push(data.sendMessage.message.id);
  }
  await settled(gateway);
  return ids;
}

/** Who has a message by the emulator's books. */
function receiptsOf(id: string, what: 'read' | 'delivered'): string[] {
  const [, , kind = '', to = '', , seq] = id.split(':');
  const state = gateway.emulators.get('zim')?.apps[0]?.state;
  const key = kind === 'direct' ? `direct ${['alice', to].sort().join(' ')}` : `${kind} ${to}`;
  const message = state?.conversations.get(key)?.find((each) => String(each.seq) === seq);
  const by = message?.extra.get(`${what} by`);
  return by instanceof Map ? [...by.keys()] : [];
}

test.each([
  ['User:zim-eu:bob', 'READ', 'zim.message.peer.readReceipt.set'],
  ['User:zim-eu:bob', 'DELIVERED', 'zim.message.peer.deliveryReceipt.set'],
  ['Group:zim-eu:team', 'READ', 'zim.message.group.readReceipt.set'],
  ['Group:zim-eu:team', 'DELIVERED', 'zim.message.group.deliveryReceipt.set'],
] as const)('twelve messages to %s are reported as %s in two calls', async (to, status, endpoint) => {
  const ids = await sent(to, 12);
  const calls = await callsOf(gateway, async () => {
    expect(await acknowledge(bob, ids, { status })).toEqual(ids.map((target) => ({ target, ok: true, error: null })));
  });
  // Whether bob is in the group is asked once.
  expect(calls.filter((each) => each !== 'zim.user.groups.query')).toEqual([endpoint, endpoint]);
  for (const id of ids) expect(receiptsOf(id, status === 'READ' ? 'read' : 'delivered')).toEqual(['bob']);
});

test('what is read counts as unread no more', async () => {
  const [first = '', second = ''] = await sent('User:zim-eu:bob', 2);
  const unread = `{ conversation(id: "Conversation:zim-eu:bob:direct:alice") { unreadCount } }`;
  await acknowledge(bob, [second]);
  expect((await give(gateway, bob, unread)).conversation.unreadCount).toBe(0);
  const [third = ''] = await sent('User:zim-eu:bob', 1);
  expect((await give(gateway, bob, unread)).conversation.unreadCount).toBe(1);
  await acknowledge(bob, [third], { status: 'DELIVERED' });
  expect((await give(gateway, bob, unread)).conversation.unreadCount).toBe(1);
  expect(first).not.toBe(second);
});

describe('each message has its result', () => {
  test('one’s own messages fail alone', async () => {
    const [ofAlice = ''] = await sent('Group:zim-eu:team', 1);
    const { data } = await sendMessage(gateway, bob, textTo('Group:zim-eu:team', 'of bob'));
    const results = await acknowledge(bob, [ofAlice, data.sendMessage.message.id]);
    expect(results).toMatchObject([{ ok: true }, { ok: false, error: { code: 'BAD_USER_INPUT' } }]);
  });

  test('a message that the vendor does not know is refused to a viewer, and NOT_FOUND for an operator', async () => {
    const ids = ['Message:zim-eu:direct:bob:alice:9999'];
    expect((await refused(bob, ids)).code).toBe('FORBIDDEN');
    const input = { status: 'READ', userId: 'User:zim-eu:bob' };
    expect(await acknowledge(operator, ids, input)).toMatchObject([
      { ok: false, error: { code: 'NOT_FOUND', vendorCode: '660400104' } },
    ]);
  });

  test.each([
    ['User:zim-eu:bob', 'READ'],
    ['User:zim-eu:bob', 'DELIVERED'],
    ['Group:zim-eu:team', 'READ'],
    ['Group:zim-eu:team', 'DELIVERED'],
  ])(
    'a message to %s that was recalled is NOT_FOUND when it is reported as %s, and nothing is noted',
    async (to, status) => {
      const [id = ''] = await sent(to, 1);
      await recallMessages(gateway, alice, { messageIds: [id] });
      await settled(gateway);
      const [result] = await acknowledge(bob, [id], { status });
      expect(result).toMatchObject({ target: id, ok: false, error: { code: 'NOT_FOUND' } });
      expect(receiptsOf(id, status === 'READ' ? 'read' : 'delivered')).toEqual([]);
    },
  );
});

describe('who may', () => {
  test('a viewer for itself, in its conversations; an operator for anybody who is in it', async () => {
    const ids = await sent('User:zim-eu:bob', 1);
    const erin = await gateway.token({ subject: 'erin', accounts: { 'zim-eu': 'erin' } });
    expect((await refused(erin, ids)).code).toBe('FORBIDDEN');
    expect((await refused(alice, ids, { status: 'READ', userId: 'User:zim-eu:bob' })).code).toBe('FORBIDDEN');
    expect(await refused(operator, ids, { status: 'READ', userId: 'User:zim-eu:erin' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      input: 'input.userId',
    });
    expect(await acknowledge(operator, ids, { status: 'READ', userId: 'User:zim-eu:bob' })).toMatchObject([
      { ok: true },
    ]);
    const inTeam = await sent('Group:zim-eu:team', 1);
    expect((await refused(erin, inTeam)).code).toBe('FORBIDDEN');
  });

  test('messages of several conversations are refused', async () => {
    const ids = [...(await sent('User:zim-eu:bob', 1)), ...(await sent('Group:zim-eu:team', 1))];
    expect(await refused(bob, ids)).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.messageIds' });
  });
});

test('is NOT_SUPPORTED where the vendor has none', async () => {
  for (const app of ['rc-cn', 'em-1'])
    expect(await refused(operator, [`Message:${app}:direct:bob:alice:1`], { status: 'READ' })).toMatchObject({
      code: 'NOT_SUPPORTED',
      operation: 'Mutation.acknowledgeMessages',
    });
});

test('a receipt that the vendor’s limit held up is made once the limit allows', async () => {
  const ids = await sent('User:zim-eu:bob', 1);
  await disturb(gateway, 'zim', [{ endpoints: ['zim.message.peer.readReceipt.set'], kind: 'overLimit', times: 1 }]);
  expect(await acknowledge(bob, ids)).toMatchObject([{ ok: true }]);
});
