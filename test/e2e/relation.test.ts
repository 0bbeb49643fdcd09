import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let alice: string;
let reader: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
  reader = await gateway.token({ subject: 'reader', scopes: ['chat:read'], accounts: {} });
}, 30_000);
afterAll(() => gateway.stop());

/** The last: what a user that nobody registered is to one. */
const apps = [
  ['zim-eu', 'zim.blocklist.check', 'NOT_FOUND'],
  ['rc-cn', 'rongcloud.user.blacklist.query', false],
  ['em-1', 'easemob.blocklist.check', false],
] as const;

const relations = /* GraphQL */ `
  query ($id: ID!, $to: [ID!]!) {
    user(id: $id) { relations(to: $to) { from { id } to { id name } isBlocking } }
  }
`;

describe.each(apps)('%s', (app, endpoint, stranger) => {
  const id = (user: string) => `User:${app}:${user}`;

  test('a viewer reads how it stands to others, in their order and in one call', async () => {
    const to = ['bob', 'frank', 'carol', 'frank'].map(id);
    let data: { user: { relations: unknown } } | undefined;
    const calls = await callsOf(gateway, async () => {
      data = await give(gateway, alice, relations.replace('id name', 'id'), { id: id('alice'), to });
    });
    expect(data?.user.relations).toEqual(
      to.map((other) => ({ from: { id: id('alice') }, to: { id: other }, isBlocking: other === id('frank') })),
    );
    expect(calls).toEqual([endpoint]);
  });

  test('how the viewer stands to a user costs one call for a list of users', async () => {
    const query = `{ ${['bob', 'frank'].map((user) => `${user}: user(id: "${id(user)}") { viewerRelation { from { id } to { id } isBlocking } }`)} }`;
    let data: unknown;
    const calls = await callsOf(gateway, async () => {
      data = await give(gateway, alice, query);
    });
    expect(data).toEqual({
      bob: { viewerRelation: { from: { id: id('alice') }, to: { id: id('bob') }, isBlocking: false } },
      frank: { viewerRelation: { from: { id: id('alice') }, to: { id: id('frank') }, isBlocking: true } },
    });
    expect(calls).toEqual([endpoint]);
  });

  test('a user that is not there does not spoil the answer for the others', async () => {
    const { data, errors } = await gateway.query(alice, relations, {
      id: id('alice'),
      to: [id('frank'), id('nobody')],
    });
    expect(data.user.relations).toMatchObject([
      { isBlocking: true },
      { isBlocking: stranger === false ? false : null },
    ]);
    const told = errors?.filter(({ path }) => path?.at(-1) === 'isBlocking');
    if (stranger === false) expect(told ?? []).toEqual([]);
    else
      expect(told).toMatchObject([
        { path: ['user', 'relations', 1, 'isBlocking'], extensions: { code: stranger, app } },
      ]);
  });

  test('another’s relations are for holders of chat:read, and are FORBIDDEN to others whether it exists or not', async () => {
    const { user } = await give(gateway, reader, relations, { id: id('alice'), to: [id('frank')] });
    expect(user.relations).toMatchObject([{ to: { name: 'Frank Field' }, isBlocking: true }]);
    const calls = await callsOf(gateway, async () => {
      for (const other of ['bob', 'nobody'])
        expect((await refusal(gateway, alice, relations, { id: id(other), to: [id('alice')] })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
  });

  test('an operator without an account has no viewerRelation', async () => {
    const error = await refusal(gateway, reader, `{ user(id: "${id('bob')}") { viewerRelation { isBlocking } } }`);
    expect(error.code).toBe('FORBIDDEN');
  });

  test('relations to nobody, to more than 100, and to users of another app are refused before anything is sent', async () => {
    const calls = await callsOf(gateway, async () => {
      for (const to of [[], Array.from({ length: 101 }, (_, index) => id(`user${index}`)), ['User:other:bob']]) {
        const error = await refusal(gateway, alice, relations, { id: id('alice'), to });
        expect(error).toMatchObject({ code: 'BAD_USER_INPUT', input: 'to' });
      }
      const error = await refusal(gateway, alice, relations, { id: id('alice'), to: [id('bob'), `Group:${app}:team`] });
      expect(error).toMatchObject({ code: 'BAD_USER_INPUT', input: 'to[1]' });
    });
    expect(calls).toEqual([]);
  });
});
