import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, type Data, disturb, give, refusal, walk } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  operator = await gateway.operator();
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

const change = (verb: 'blockUsers' | 'unblockUsers') => /* GraphQL */ `
  mutation ($owner: ID, $users: [ID!]!, $seconds: Int, $notice: String) {
    ${verb}(input: { ownerId: $owner, userIds: $users, ${verb === 'blockUsers' ? 'durationSeconds: $seconds,' : ''} notice: $notice }) {
      results { target ok error { code message vendorCode } node { id } }
      blocklist { id owner { ... on Node { id } } blocks(first: 100) { nodes { user { id } } } contains(userIds: $users) }
    }
  }
`;
const block = change('blockUsers');
const unblock = change('unblockUsers').replace('$seconds: Int, ', '');
const blocklist = /* GraphQL */ `
  query ($id: ID!, $first: Int, $after: String) {
    node(id: $id) {
      ... on Blocklist {
        blocks(first: $first, after: $after) {
          totalCount
          edges { cursor node { user { id } } }
          nodes { createdAt expiresAt user { id name } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`;

const apps = [
  {
    app: 'zim-eu',
    slug: 'zim',
    blocks: ['zim.blocklist.add', 'zim.blocklist.list', 'zim.blocklist.check'],
    unknownUser: { code: 'NOT_FOUND', vendorCode: '660700015' },
    again: { code: 'CONFLICT', vendorCode: '660800037' },
    unknownOwner: { code: 'NOT_FOUND', vendorCode: '660800001' },
    counts: true,
    datesBlocks: true,
  },
  {
    app: 'rc-cn',
    slug: 'rongcloud',
    blocks: ['rongcloud.user.blacklist.add', 'rongcloud.user.blacklist.query', 'rongcloud.user.blacklist.query'],
    // The vendor takes ids that nobody registered, and a second block for done.
    unknownUser: null,
    again: null,
    unknownOwner: null,
    counts: false,
    datesBlocks: false,
  },
  {
    app: 'em-1',
    slug: 'easemob',
    blocks: ['easemob.blocklist.add', 'easemob.blocklist.list', 'easemob.blocklist.check'],
    unknownUser: { code: 'NOT_FOUND', vendorCode: 'service_resource_not_found' },
    again: null,
    unknownOwner: { code: 'NOT_FOUND', vendorCode: 'service_resource_not_found' },
    counts: false,
    datesBlocks: false,
  },
] as const;

describe.each(apps)('a user’s blocklist at $app', ({ app, slug, ...at }) => {
  const id = (user: string) => `User:${app}:${user}`;
  const tokenOf = (user: string) => gateway.token({ subject: user, accounts: { [app]: user } });
  const read = async (owner: string, token = operator, page = {}) =>
    (await give(gateway, token, blocklist, { id: `Blocklist:${app}:user:${owner}`, ...page })).node.blocks;

  test('a viewer blocks users and lets them go again', async () => {
    const bob = await tokenOf('bob');
    const users = ['carol', 'dave'].map(id);
    let blocked: Data;
    const calls = await callsOf(gateway, async () => {
      blocked = (await give(gateway, bob, block, { users })).blockUsers;
    });
    expect(blocked.results).toEqual(users.map((target) => ({ target, ok: true, error: null, node: { id: target } })));
    expect(blocked.blocklist).toMatchObject({
      id: `Blocklist:${app}:user:bob`,
      owner: { id: id('bob') },
      contains: [true, true],
    });
    expect(new Set(blocked.blocklist.blocks.nodes.map((each: Data) => each.user.id))).toEqual(new Set(users));
    expect(new Set(calls)).toEqual(new Set(at.blocks));
    const { unblockUsers } = await give(gateway, bob, unblock, { users: [id('carol')] });
    expect(unblockUsers.results).toEqual([{ target: id('carol'), ok: true, error: null, node: { id: id('carol') } }]);
    expect(unblockUsers.blocklist.contains).toEqual([false]);
    expect((await read('bob')).nodes.map((each: Data) => each.user.id)).toEqual([id('dave')]);
  });

  test('a request that changes a blocklist twice reads it anew after each change', async () => {
    const contains = `blocklist { contains(userIds: ["${id('user9')}"]) }`;
    const input = `userIds: ["${id('user9')}"]`;
    const data = await give(
      gateway,
      await tokenOf('user8'),
      `mutation { on: blockUsers(input: { ${input} }) { ${contains} } off: unblockUsers(input: { ${input} }) { ${contains} } }`,
    );
    expect(data).toEqual({ on: { blocklist: { contains: [true] } }, off: { blocklist: { contains: [false] } } });
  });

  test('one user that cannot be blocked does not keep the others back', async () => {
    const users = ['user1', 'nobody', 'é,é', 'user2'].map((user) => id(encodeURIComponent(user)));
    const { blockUsers } = await give(gateway, await tokenOf('carol'), block.replace('contains(userIds: $users)', ''), {
      users,
    });
    const [first, stranger, bad, last] = blockUsers.results;
    expect(bad).toMatchObject({
      target: users[2],
      ok: false,
      node: null,
      error: { code: 'BAD_USER_INPUT', vendorCode: null },
    });
    expect(stranger).toMatchObject({ target: users[1], ok: at.unknownUser === null, error: at.unknownUser });
    // Easemob adds all users of a call or none: the call is made again without the one that it names.
    expect([first, last]).toMatchObject([
      { ok: true, error: null },
      { ok: true, error: null },
    ]);
  });

  test('what the vendor says of a second block and of a block that is not there reaches the item', async () => {
    const users = [id('frank')];
    const second = (await give(gateway, alice, block, { users })).blockUsers.results[0];
    expect(second).toMatchObject({ ok: at.again === null, error: at.again });
    const none = (await give(gateway, alice, unblock, { users: [id('erin')] })).unblockUsers.results[0];
    expect(none).toMatchObject({ ok: slug !== 'zim', error: slug === 'zim' ? { code: 'CONFLICT' } : null });
  });

  test('all pages together are the whole list, without a gap or a repeat', async () => {
    const users = Array.from({ length: 57 }, (_, index) => id(`user${index + 1}`));
    await give(gateway, await tokenOf('dave'), block.replace('contains(userIds: $users)', ''), { users });
    for (const first of [1, 7, 20, 50, 100]) {
      const { nodes, pages } = await walk(
        gateway,
        operator,
        { query: blocklist, variables: { id: `Blocklist:${app}:user:dave` }, first },
        (data) => data.node.blocks,
      );
      expect(nodes.map((each) => each.user.id).toSorted()).toEqual(users.toSorted());
      expect(pages.length).toBe(Math.ceil(57 / first));
      if (at.counts) expect(pages[0]?.totalCount).toBe(57);
    }
  });

  test('every edge’s cursor goes on right after it', async () => {
    const all = (await read('dave', operator, { first: 30 })).edges;
    const after = (await read('dave', operator, { first: 5, after: all[12].cursor })).edges;
    expect(after.map((edge: Data) => edge.node.user.id)).toEqual(
      all.slice(13, 18).map((edge: Data) => edge.node.user.id),
    );
  });

  test('a cursor of another list is BAD_CURSOR, and a page of 0, -1 or 101 is BAD_USER_INPUT', async () => {
    const { pageInfo } = await read('dave', operator, { first: 5 });
    const calls = await callsOf(gateway, async () => {
      for (const after of [pageInfo.endCursor, 'garbage']) {
        const variables = { id: `Blocklist:${app}:user:alice`, after };
        expect((await refusal(gateway, operator, blocklist, variables)).code).toBe('BAD_CURSOR');
      }
      for (const first of [0, -1, 101]) {
        const variables = { id: `Blocklist:${app}:user:alice`, first };
        expect(await refusal(gateway, operator, blocklist, variables)).toMatchObject({
          code: 'BAD_USER_INPUT',
          input: 'first',
        });
      }
    });
    expect(calls).toEqual([]);
  });

  test('when a user was blocked is told where the vendor keeps it', async () => {
    const [{ createdAt, expiresAt, user }] = (await read('alice')).nodes;
    expect(user).toEqual({ id: id('frank'), name: 'Frank Field' });
    expect(expiresAt).toBeNull();
    if (at.datesBlocks) expect(Date.parse(createdAt)).toBeLessThan(Date.now());
    else expect(createdAt).toBeNull();
  });

  test('an owner that the vendor does not know', async () => {
    const variables = { id: `Blocklist:${app}:user:nobody` };
    if (at.unknownOwner === null) {
      expect((await read('nobody')).nodes).toEqual([]);
      return;
    }
    const vendor = slug === 'zim' ? 'ZIM' : 'EASEMOB';
    expect(await refusal(gateway, operator, blocklist, variables)).toMatchObject({
      ...at.unknownOwner,
      app,
      vendor,
      operation: at.blocks[1],
      requestId: expect.any(String),
    });
  });

  test('a blocklist is its owner’s own, and a moderator’s to change', async () => {
    const reader = await gateway.token({ subject: 'reader', scopes: ['chat:read'], accounts: {} });
    const moderator = await gateway.token({ subject: 'moderator', scopes: ['chat:moderate'], accounts: {} });
    const users = [id('user60')];
    const calls = await callsOf(gateway, async () => {
      for (const owner of ['bob', 'nobody']) {
        for (const query of [block, unblock])
          expect((await refusal(gateway, alice, query, { owner: id(owner), users })).code).toBe('FORBIDDEN');
        expect((await refusal(gateway, alice, blocklist, { id: `Blocklist:${app}:user:${owner}` })).code).toBe(
          'FORBIDDEN',
        );
        expect((await refusal(gateway, alice, `{ user(id: "${id(owner)}") { blocklist { id } } }`)).code).toBe(
          'FORBIDDEN',
        );
      }
      expect((await refusal(gateway, reader, block, { owner: id('bob'), users })).code).toBe('FORBIDDEN');
      expect((await refusal(gateway, reader, block, { users })).code).toBe('FORBIDDEN');
      expect((await refusal(gateway, null, block, { users })).code).toBe('UNAUTHENTICATED');
      const elsewhere = await gateway.token({ accounts: { other: 'alice' } });
      expect((await refusal(gateway, elsewhere, block, { users })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
    const { data, errors } = await gateway.query(moderator, block, { owner: id('erin'), users });
    expect(data.blockUsers).toMatchObject({ results: [{ ok: true }], blocklist: null });
    expect(errors).toMatchObject([{ path: ['blockUsers', 'blocklist'], extensions: { code: 'FORBIDDEN' } }]);
    expect((await read('erin', reader)).nodes.map((each: Data) => each.user.id)).toEqual(users);
  });

  test('nobody, more than 100, users of another app and the owner itself are refused before anything is sent', async () => {
    const many = Array.from({ length: 101 }, (_, index) => id(`user${index}`));
    const wrong: [string[], string][] = [
      [[], 'input.userIds'],
      [many, 'input.userIds'],
      [[id('bob'), 'User:other:bob'], 'input.userIds[1]'],
      [[id('alice')], 'input.userIds'],
      [[`Group:${app}:team`], 'input.userIds[0]'],
    ];
    const calls = await callsOf(gateway, async () => {
      for (const [users, input] of wrong) {
        for (const query of [block, unblock])
          expect(await refusal(gateway, alice, query, { users })).toMatchObject({ code: 'BAD_USER_INPUT', input });
      }
    });
    expect(calls).toEqual([]);
  });

  test('a user’s blocks have no end and no notice', async () => {
    const users = [id('user59')];
    const calls = await callsOf(gateway, async () => {
      for (const [choice, input] of [
        [{ seconds: 60 }, 'input.durationSeconds'],
        [{ notice: 'Goodbye' }, 'input.notice'],
      ] as const) {
        const error = await refusal(gateway, alice, block, { users, ...choice });
        expect(error).toMatchObject({ code: 'NOT_SUPPORTED', input, app });
      }
      for (const seconds of [0, -1]) {
        const error = await refusal(gateway, alice, block, { users, seconds });
        expect(error).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.durationSeconds' });
      }
    });
    expect(calls).toEqual([]);
  });

  test('a failure of the vendor leaves the change open, and that of a read nulls the list alone', async () => {
    await disturb(gateway, slug, [{ endpoints: [at.blocks[1]], kind: 'unauthorized' }]);
    const { data, errors } = await gateway.query(
      operator,
      `{ user(id: "${id('alice')}") { id blocklist { id blocks { totalCount } } } }`,
    );
    await disturb(gateway, slug, []);
    expect(data.user).toEqual({ id: id('alice'), blocklist: { id: `Blocklist:${app}:user:alice`, blocks: null } });
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_MISCONFIGURED', app, operation: at.blocks[1] } }]);
  });
});
