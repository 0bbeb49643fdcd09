import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, give, refusal, walk } from '../support/answers.ts';
import { allApps } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: allApps });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const page = '{ totalCount nodes { id name vendorId } pageInfo { hasNextPage endCursor } }';
const groupsOfApp = `query ($id: ID!, $first: Int, $after: String) { app(id: $id) { groups(first: $first, after: $after) ${page} } }`;
const groupsOfUser = `query ($id: ID!, $first: Int, $after: String) { user(id: $id) { groups(first: $first, after: $after) ${page} } }`;

const apps = [
  { app: 'zim-eu', vendor: 'ZIM', lists: 'zim.user.groups.query', listsApp: 'zim.group.list' },
  {
    app: 'rc-cn',
    vendor: 'RONGCLOUD',
    lists: 'rongcloud.entrust.joined.group.query',
    listsApp: 'rongcloud.entrust.group.query',
  },
  { app: 'rc-plain', vendor: 'RONGCLOUD', lists: 'rongcloud.user.group.query', listsApp: null },
  { app: 'rc-list', vendor: 'RONGCLOUD', lists: 'rongcloud.user.group.query', listsApp: null },
  { app: 'em-1', vendor: 'EASEMOB', lists: 'easemob.group.joined', listsApp: 'easemob.group.list' },
  { app: 'em-legacy', vendor: 'EASEMOB', lists: 'easemob.group.joined.legacy', listsApp: 'easemob.group.list' },
] as const;

describe.each(apps)('$app', ({ app, vendor, ...at }) => {
  const id = (user: string) => `User:${app}:${user}`;

  test('all pages of a user’s groups are all of them once', async () => {
    for (const first of [1, 2, 100]) {
      const query = { query: groupsOfUser, variables: { id: id('alice') }, first };
      const { nodes, pages } = await walk(gateway, operator, query, (data) => data.user.groups);
      const known = ['team', 'book-club', 'runners', 'choir', 'climbers'];
      const expected = app.startsWith('em') ? known.map((_, index) => `278400${index + 1}`) : known;
      expect(nodes.map((each) => each.vendorId).toSorted()).toEqual(expected.toSorted());
      expect(new Set(nodes.map((each) => each.id)).size).toBe(nodes.length);
      if (pages[0]?.totalCount !== null) expect(pages[0]?.totalCount).toBe(nodes.length);
    }
    const calls = await callsOf(gateway, () => give(gateway, operator, groupsOfUser, { id: id('alice'), first: 2 }));
    expect(calls).toEqual([at.lists]);
  });

  test('all pages of the app’s groups are all of them once, where the vendor lists them', async () => {
    const variables = { id: `App:${app}` };
    if (at.listsApp === null) {
      const calls = await callsOf(gateway, async () => {
        expect(await refusal(gateway, operator, groupsOfApp, variables)).toMatchObject({
          code: 'NOT_SUPPORTED',
          app,
          vendor,
          operation: 'App.groups',
        });
      });
      expect(calls).toEqual([]);
      return;
    }
    const whole = (await give(gateway, operator, groupsOfApp, { ...variables, first: 100 })).app.groups;
    expect(whole.nodes.length).toBeGreaterThanOrEqual(5);
    expect(await callsOf(gateway, () => give(gateway, operator, groupsOfApp, variables))).toEqual([at.listsApp]);
    for (const first of [1, 2, 3]) {
      const { nodes } = await walk(
        gateway,
        operator,
        { query: groupsOfApp, variables, first },
        (data) => data.app.groups,
      );
      expect(nodes).toEqual(whole.nodes);
    }
  });

  test('a cursor of another list is BAD_CURSOR, and a page of 0, -1 or 101 is BAD_USER_INPUT', async () => {
    const { pageInfo } = (await give(gateway, operator, groupsOfUser, { id: id('alice'), first: 2 })).user.groups;
    const calls = await callsOf(gateway, async () => {
      for (const after of [pageInfo.endCursor, 'garbage'])
        expect((await refusal(gateway, operator, groupsOfUser, { id: id('bob'), after })).code).toBe('BAD_CURSOR');
      for (const first of [0, -1, 101])
        expect(await refusal(gateway, operator, groupsOfUser, { id: id('bob'), first })).toMatchObject({
          code: 'BAD_USER_INPUT',
          input: 'first',
        });
    });
    expect(calls).toEqual([]);
  });
});
