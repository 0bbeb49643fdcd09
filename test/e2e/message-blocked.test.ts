import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
}, 30_000);
afterAll(() => gateway.stop());

const send = /* GraphQL */ `
  mutation ($to: [ID!]!, $sender: ID, $delivery: DeliveryInput) {
    sendMessage(input: { to: $to, senderId: $sender, content: { text: { text: "let me in" } }, delivery: $delivery }) { results { ok error { code } } }
  }
`;

/** Messages of frank that alice's conversation with him holds at the vendor. */
const arrived = (slug: string) =>
  [...(gateway.emulators.get(slug)?.apps[0]?.state.messages.values() ?? [])].filter(
    (message) => message.kind === 'direct' && message.from === 'frank' && message.to === 'alice',
  ).length;

describe.each([
  ['zim-eu', 'zim'],
  ['rc-cn', 'rongcloud'],
  ['em-1', 'easemob'],
])('%s', (app, slug) => {
  test('a viewer does not reach a user who blocks it, and still reaches the others', async () => {
    const frank = await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
    const { data, errors } = await gateway.query(frank, send, { to: [`User:${app}:alice`, `User:${app}:bob`] });
    expect(errors).toBeUndefined();
    expect(data.sendMessage.results[1]).toEqual({ ok: true, error: null });
    expect(arrived(slug)).toBe(0);
  });
});

describe.each([
  ['zim-eu', 'zim', 'NOT_SUPPORTED'],
  ['rc-cn', 'rongcloud', undefined],
  ['em-1', 'easemob', 'NOT_SUPPORTED'],
])('%s', (app, slug, code) => {
  test('a viewer that wants blocklists passed by does not reach a user who blocks it either', async () => {
    const frank = await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
    const to = [`User:${app}:alice`, `User:${app}:bob`];
    const { errors } = await gateway.query(frank, send, { to, delivery: { respectBlocklists: false } });
    expect(errors?.[0]?.extensions['code']).toBe(code);
    expect(arrived(slug)).toBe(0);
  });
});

test('a vendor that would deliver all the same is asked first, and the sender is told', async () => {
  const frank = await gateway.token({ subject: 'frank', accounts: { 'em-1': 'frank' } });
  const { data } = await gateway.query(frank, send, { to: ['User:em-1:alice'] });
  expect(data.sendMessage.results).toEqual([{ ok: false, error: { code: 'FORBIDDEN' } }]);
});

test('an operator who sends in a user’s name is not held up by blocklists, where the vendor is not', async () => {
  const { data } = await gateway.query(await gateway.operator(), send, {
    to: ['User:em-1:alice'],
    sender: 'User:em-1:frank',
  });
  expect(data.sendMessage.results).toEqual([{ ok: true, error: null }]);
  expect(arrived('easemob')).toBe(1);
});
