import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { callsOf, type Data, disturb, give, happen, refusal, walk } from '../support/answers.ts';
import { rcPlain } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, apps: [...demoApps, rcPlain] });
  operator = await gateway.operator();
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

const block = /* GraphQL */ `
  mutation ($owner: ID!, $users: [ID!]!, $seconds: Int, $notice: String) {
    blockUsers(input: { ownerId: $owner, userIds: $users, durationSeconds: $seconds, notice: $notice }) {
      results { ok error { code vendorCode } node { id } }
      blocklist { owner { ... on Node { id } } contains(userIds: $users) }
    }
  }
`;
const unblock = /* GraphQL */ `
  mutation ($owner: ID!, $users: [ID!]!, $notice: String) {
    unblockUsers(input: { ownerId: $owner, userIds: $users, notice: $notice }) {
      results { ok error { code vendorCode } node { id } }
      blocklist { contains(userIds: $users) }
    }
  }
`;
const blocks = /* GraphQL */ `
  query ($id: ID!, $first: Int, $after: String) {
    node(id: $id) { ... on Blocklist { blocks(first: $first, after: $after) {
      totalCount nodes { user { id } createdAt expiresAt } pageInfo { hasNextPage endCursor }
    } } }
  }
`;

const spaces = [
  { space: 'Group:em-1:2784001', app: 'em-1', kind: 'group', endpoint: 'easemob.group.block' },
  { space: 'Chatroom:em-1:9100001', app: 'em-1', kind: 'chatroom', endpoint: 'easemob.chatroom.block' },
  { space: 'Chatroom:rc-cn:lobby', app: 'rc-cn', kind: 'chatroom', endpoint: 'rongcloud.chatroom.block' },
] as const;

describe.each(spaces)('the blocklist of $space', ({ space, app, kind, endpoint }) => {
  const id = (user: string) => `User:${app}:${user}`;
  const listId = `Blocklist:${app}:${kind}:${space.split(':')[2]}`;
  const isEasemob = app === 'em-1';
  const isIn = async (user: string) =>
    (
      await give(
        gateway,
        operator,
        `{ node(id: "${space}") { ... on Space { member(userId: "${id(user)}") { id } } } }`,
      )
    ).node.member !== null;

  test('who is blocked is put out, by the call for one or for many, and let in again likewise', async () => {
    const join = (user: string) =>
      happen(gateway, isEasemob ? 'easemob' : 'rongcloud', {
        type: 'join',
        app,
        user,
        space: { kind, id: space.split(':')[2] },
      });
    for (const user of ['user50', 'user51', 'user52']) await join(user);
    const one = [id('user50')];
    const many = ['user51', 'user52'].map(id);
    let answer: Data;
    const made = async (query: string, users: readonly string[]) => {
      const calls = await callsOf(gateway, async () => {
        answer = Object.values(await give(gateway, operator, query, { owner: space, users }))[0];
      });
      expect(answer.results).toEqual(users.map((user) => ({ ok: true, error: null, node: { id: user } })));
      // A room is looked for first where the vendor does not say that it is gone.
      if (!isEasemob) expect(calls.shift()).toBe('rongcloud.chatroom.get');
      return calls[0];
    };
    expect(await made(block, one)).toBe(`${endpoint}.add`);
    expect(answer.blocklist).toMatchObject({ owner: { id: space }, contains: [true] });
    expect(await made(block, many)).toBe(isEasemob ? `${endpoint}.addBatch` : `${endpoint}.add`);
    expect(answer.blocklist.contains).toEqual([true, true]);
    expect([await isIn('user50'), await isIn('user51')]).toEqual([false, false]);
    expect(await made(unblock, one)).toBe(`${endpoint}.remove`);
    expect(answer.blocklist.contains).toEqual([false]);
    expect(await made(unblock, many)).toBe(isEasemob ? `${endpoint}.removeBatch` : `${endpoint}.remove`);
    expect(answer.blocklist.contains).toEqual([false, false]);
  });

  test('one user that cannot be blocked does not keep the others back', async () => {
    const users = [id('bob'), id('b%2Cb'), id('user44')];
    const query = block.replace('contains(userIds: $users)', '');
    const { blockUsers } = await give(gateway, operator, query, { owner: space, users });
    const stranger = isEasemob ? { ok: false, error: { code: 'NOT_FOUND', vendorCode: null } } : { ok: true };
    expect(blockUsers.results).toMatchObject([
      { ok: true, error: null },
      { ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
      stranger,
    ]);
  });

  test('all pages together are the whole list, without a gap or a repeat, with its length', async () => {
    const all = (await give(gateway, operator, blocks, { id: listId, first: 100 })).node.blocks;
    const users = ['carol', 'dave', 'erin'].map(id);
    if (!isEasemob) await give(gateway, operator, block, { owner: space, users });
    const whole = isEasemob ? all : (await give(gateway, operator, blocks, { id: listId, first: 100 })).node.blocks;
    for (const first of [1, 2, 100]) {
      const { nodes, pages } = await walk(
        gateway,
        operator,
        { query: blocks, variables: { id: listId }, first },
        (data) => data.node.blocks,
      );
      expect(nodes).toEqual(whole.nodes);
      expect(pages[0]?.totalCount).toBe(whole.nodes.length);
    }
    for (const first of [0, -1, 101])
      expect(await refusal(gateway, operator, blocks, { id: listId, first })).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: 'first',
      });
  });

  test('a space that is not there is NOT_FOUND with the vendor’s words', async () => {
    const absent = space.replace(/[^:]+$/, '4040404');
    const { data, errors } = await gateway.query(operator, block.replace('contains(userIds: $users)', ''), {
      owner: absent,
      users: [id('bob')],
    });
    expect(errors).toBeUndefined();
    expect(data.blockUsers.results).toEqual([
      { ok: false, node: null, error: { code: 'NOT_FOUND', vendorCode: expect.any(String) } },
    ]);
  });

  test('a vendor’s refusal of a read tells where it came from', async () => {
    await disturb(gateway, isEasemob ? 'easemob' : 'rongcloud', [
      { endpoints: [`${endpoint}.list`], kind: 'unauthorized' },
    ]);
    const error = await refusal(gateway, operator, blocks, { id: listId });
    await disturb(gateway, isEasemob ? 'easemob' : 'rongcloud', []);
    expect(error).toMatchObject({
      code: 'VENDOR_MISCONFIGURED',
      app,
      vendor: isEasemob ? 'EASEMOB' : 'RONGCLOUD',
      operation: `${endpoint}.list`,
      vendorCode: expect.any(String),
      requestId: expect.any(String),
    });
  });

  test('it is read by operators and changed by moderators, and neither by a member', async () => {
    const reader = await gateway.token({ subject: 'reader', scopes: ['chat:read'], accounts: {} });
    const calls = await callsOf(gateway, async () => {
      for (const owner of [space, space.replace(/[^:]+$/, '4040404')]) {
        for (const query of [block, unblock]) {
          expect((await refusal(gateway, alice, query, { owner, users: [id('bob')] })).code).toBe('FORBIDDEN');
          expect((await refusal(gateway, reader, query, { owner, users: [id('bob')] })).code).toBe('FORBIDDEN');
          expect((await refusal(gateway, null, query, { owner, users: [id('bob')] })).code).toBe('UNAUTHENTICATED');
        }
        expect((await refusal(gateway, alice, blocks, { id: listId })).code).toBe('FORBIDDEN');
      }
    });
    expect(calls).toEqual([]);
    const query = `{ node(id: "${space}") { ... on ${kind === 'group' ? 'Group' : 'Chatroom'} { blocklist { id } } } }`;
    expect((await refusal(gateway, alice, query)).code).toBe('FORBIDDEN');
    expect(await give(gateway, reader, query)).toEqual({ node: { blocklist: { id: listId } } });
  });
});

test('a block of a RongCloud chatroom ends by itself, in minutes rounded up, and can be told to the members', async () => {
  const owner = 'Chatroom:rc-cn:stage';
  const users = ['User:rc-cn:user7'];
  const endsAt = async () => {
    const { node } = await give(gateway, operator, blocks, { id: 'Blocklist:rc-cn:chatroom:stage', first: 100 });
    return Date.parse(node.blocks.nodes[0].expiresAt) - Date.now();
  };
  await give(gateway, operator, block, { owner, users, seconds: 601, notice: 'Goodbye' });
  expect(Math.abs((await endsAt()) - 11 * 60_000)).toBeLessThan(5000);
  await give(gateway, operator, block, { owner, users });
  expect(Math.abs((await endsAt()) - 43_200 * 60_000)).toBeLessThan(5000);
  await give(gateway, operator, unblock, { owner, users, notice: 'Welcome' });
  for (const seconds of [43_200 * 60 + 1, 0, -1]) {
    const error = await refusal(gateway, operator, block, { owner, users, seconds });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.durationSeconds' });
  }
});

test.each(['Group:zim-eu:team', 'Chatroom:zim-eu:lobby', 'Group:rc-cn:team', 'Group:rc-plain:team'])(
  '%s has no blocklist: NOT_SUPPORTED, and nothing is sent',
  async (owner) => {
    const [type = '', app = '', space] = owner.split(':');
    const users = [`User:${app}:bob`];
    const calls = await callsOf(gateway, async () => {
      for (const query of [block, unblock])
        expect(await refusal(gateway, operator, query, { owner, users })).toMatchObject({
          code: 'NOT_SUPPORTED',
          input: 'input.ownerId',
          app,
        });
      const field = `{ node(id: "${owner}") { ... on ${type} { blocklist { id } } } }`;
      expect(await refusal(gateway, operator, field)).toMatchObject({
        code: 'NOT_SUPPORTED',
        app,
        operation: `${type}.blocklist`,
      });
      const id = `Blocklist:${app}:${type.toLowerCase()}:${space}`;
      expect(await refusal(gateway, operator, blocks, { id })).toMatchObject({ code: 'NOT_SUPPORTED', app });
      const contains = `{ node(id: "${id}") { ... on Blocklist { contains(userIds: ["${users[0]}"]) } } }`;
      expect(await refusal(gateway, operator, contains)).toMatchObject({ code: 'NOT_SUPPORTED', app });
    });
    expect(calls).toEqual([]);
    const supports = await give(
      gateway,
      operator,
      `{ app(id: "App:${app}") { supports(operation: "${type}.blocklist") } }`,
    );
    expect(supports.app.supports).toBe(false);
  },
);

test.each([{ seconds: 60 }, { notice: 'Goodbye' }])('Easemob’s blocks of a space take no %o', async (choice) => {
  const calls = await callsOf(gateway, async () => {
    const error = await refusal(gateway, operator, block, {
      owner: 'Chatroom:em-1:9100001',
      users: ['User:em-1:bob'],
      ...choice,
    });
    expect(error).toMatchObject({
      code: 'NOT_SUPPORTED',
      input: expect.stringMatching(/^input\.(durationSeconds|notice)$/),
    });
  });
  expect(calls).toEqual([]);
});
