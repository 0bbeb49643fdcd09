import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { callsOf, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
}, 30_000);
beforeEach(() => {
  const zim = gateway.emulators.get('zim');
  zim?.reset();
  zim?.apps[0]?.state.users.get('bob')?.extra.set('Extra', '{"city":"Rome"}');
});
afterAll(() => gateway.stop());

const attributes = /* GraphQL */ `
  query ($ids: [ID!]!, $keys: [String!]) {
    nodes(ids: $ids) { ... on User { name attributes(keys: $keys) { key value } } }
  }
`;
const ids = (...users: string[]) => users.map((user) => `User:zim-eu:${user}`);
const extra = { key: 'extra', value: '{"city":"Rome"}' };

test('the one text that the vendor keeps on a user is the attribute `extra`', async () => {
  const { nodes } = await give(gateway, alice, attributes, { ids: ids('bob', 'carol') });
  expect(nodes).toEqual([
    { name: 'Bob Brook', attributes: [extra] },
    { name: 'Carol Cliff', attributes: [] },
  ]);
});

test('attributes and names of many users are one read', async () => {
  const calls = await callsOf(gateway, () => give(gateway, alice, attributes, { ids: ids('bob', 'carol', 'dave') }));
  expect(calls).toEqual(['zim.user.info.query']);
});

test('only the keys asked for are given, all when none are', async () => {
  const of = async (keys: string[]) =>
    (await give(gateway, alice, attributes, { ids: ids('bob'), keys })).nodes[0].attributes;
  expect([await of(['extra']), await of(['colour']), await of([])]).toEqual([[extra], [], [extra]]);
});

test('of who is not there they are NOT_FOUND', async () => {
  const query = '{ user(id: "User:zim-eu:nobody") { attributes { key } } }';
  expect(await refusal(gateway, alice, query)).toMatchObject({ code: 'NOT_FOUND', vendorCode: '660700015' });
});
