import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, give, refusal, walk } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  alice = await gateway.token();
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const communities = /* GraphQL */ `
  query ($first: Int, $after: String) {
    app(id: "App:zim-eu") {
      communities(first: $first, after: $after) {
        nodes { id vendorId name memberCount app { id } }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }
`;
const byId = 'query ($id: ID!) { node(id: $id) { ... on Community { vendorId name } } }';

test('an app’s communities are listed with their names, page by page', async () => {
  const { nodes, pages } = await walk(
    gateway,
    operator,
    { query: communities, first: 2 },
    (data) => data.app.communities,
  );
  expect(nodes).toMatchObject([
    { id: 'Community:zim-eu:city', vendorId: 'city', name: 'City life', memberCount: null, app: { id: 'App:zim-eu' } },
    { name: 'Board games' },
    { name: 'Garden' },
  ]);
  expect(pages.map(({ totalCount }) => totalCount)).toEqual([3, 3]);
});

test('names come with the list: a page is one call', async () => {
  const calls = await callsOf(gateway, () => give(gateway, operator, communities));
  expect(calls).toEqual(['zim.community.list']);
});

test('the list is for chat:read, a community for those who take part in it, which no vendor tells', async () => {
  expect((await refusal(gateway, alice, communities)).code).toBe('FORBIDDEN');
  expect((await refusal(gateway, alice, byId, { id: 'Community:zim-eu:city' })).code).toBe('FORBIDDEN');
  const query = '{ app(id: "App:zim-eu") { community(vendorId: "city") { id } } }';
  expect((await refusal(gateway, alice, query)).code).toBe('FORBIDDEN');
  expect((await give(gateway, operator, query)).app.community.id).toBe('Community:zim-eu:city');
});

test('names of many are one read of the list, which is kept for a minute', async () => {
  const query = /* GraphQL */ `
    { nodes(ids: ["Community:zim-eu:city", "Community:zim-eu:garden"]) { ... on Community { name } } }
  `;
  const names = [{ name: 'City life' }, { name: 'Garden' }];
  const other = await startGateway({ retell: false, limits: false });
  const token = await other.operator();
  try {
    const calls = await callsOf(other, async () => {
      expect((await give(other, token, query)).nodes).toEqual(names);
      expect((await give(other, token, byId, { id: 'Community:zim-eu:games' })).node.name).toBe('Board games');
    });
    expect(calls).toEqual(['zim.community.list']);
  } finally {
    await other.stop();
  }
});

test('a community that the list does not have is NOT_FOUND by its name', async () => {
  expect(await refusal(gateway, operator, byId, { id: 'Community:zim-eu:nowhere' })).toMatchObject({
    code: 'NOT_FOUND',
    path: ['node', 'name'],
  });
});

describe('what the vendor does not tell of communities', () => {
  test.each(['members { nodes { id } }', 'member(userId: "User:zim-eu:bob") { id }', 'messages { nodes { id } }'])(
    '%s is NOT_SUPPORTED',
    async (field) => {
      const query = `{ node(id: "Community:zim-eu:city") { ... on Community { ${field} } } }`;
      expect((await refusal(gateway, operator, query)).code).toBe('NOT_SUPPORTED');
    },
  );

  test.each(['rc-cn', 'em-1'])('%s lists none', async (app) => {
    const query = `{ app(id: "App:${app}") { communities { totalCount } } }`;
    expect(await refusal(gateway, operator, query)).toMatchObject({
      code: 'NOT_SUPPORTED',
      operation: 'App.communities',
    });
  });
});
