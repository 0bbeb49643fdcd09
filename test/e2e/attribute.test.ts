import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, disturb, give, happen, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());
afterEach(() => gateway.emulators.get('zim')?.reset());

const app = 'zim-eu';
const team = `Group:${app}:team`;
const lobby = `Chatroom:${app}:lobby`;
const id = (user: string) => `User:${app}:${user}`;

const results = 'results { target ok error { code vendorCode } node { id } }';
const kept = 'attributes { key value setBy { id } updatedAt }';
const owner = `owner { id ... on Group { ${kept} } ... on Chatroom { ${kept} } ... on User { ${kept} } }`;
const set = `mutation ($input: SetAttributesInput!) { setAttributes(input: $input) { ${results} ${owner} } }`;
const remove = `mutation ($input: DeleteAttributesInput!) { deleteAttributes(input: $input) { ${results} ${owner} } }`;

const pair = (key: string, value: string) => ({ key, value });
const shown = (key: string, value: string) => ({ key, value, setBy: null, updatedAt: null });
const worked = (target: string) => ({ target, ok: true, error: null, node: null });

const spaces = [
  {
    space: team,
    change: 'zim.group.attributes.modify',
    absent: { code: 'NOT_FOUND', vendorCode: 'key db-non-existent' },
  },
  { space: lobby, change: 'zim.room.attributes.modify', absent: { code: 'BAD_USER_INPUT', vendorCode: '660000002' } },
];

describe.each(spaces)('of $space', ({ space, change, absent }) => {
  const changeOf = (query: string, input: object) =>
    give(gateway, operator, query, { input: { ownerId: space, ...input } });

  test('attributes are set, kept beside each other, overwritten and deleted', async () => {
    const first = await changeOf(set, { attributes: [pair('topic', 'jazz'), pair('mood', 'blue')] });
    expect(first.setAttributes).toEqual({
      results: [worked('topic'), worked('mood')],
      owner: { id: space, attributes: [shown('topic', 'jazz'), shown('mood', 'blue')] },
    });
    const again = await changeOf(set, { attributes: [pair('topic', 'rock')] });
    expect(again.setAttributes.owner.attributes).toEqual([shown('topic', 'rock'), shown('mood', 'blue')]);
    const gone = await changeOf(remove, { keys: ['topic'] });
    expect(gone.deleteAttributes).toEqual({
      results: [worked('topic')],
      owner: { id: space, attributes: [shown('mood', 'blue')] },
    });
  });

  test('a key that cannot be set or is not there does not keep the others back', async () => {
    const keys = ['topic', ''];
    const input = { attributes: keys.map((key) => pair(key, 'x')) };
    const { setAttributes } = await changeOf(set, input);
    expect(setAttributes.results).toMatchObject([
      worked('topic'),
      { target: '', ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
    ]);
    const { deleteAttributes } = await changeOf(remove, { keys: ['never', 'topic'] });
    expect(deleteAttributes.results).toMatchObject([{ target: 'never', ok: false, error: absent }, worked('topic')]);
  });

  test('past the vendor’s limit they are set after a wait', async () => {
    await disturb(gateway, 'zim', [{ endpoints: [change], kind: 'overLimit', times: 1 }]);
    const { setAttributes } = await changeOf(set, { attributes: [pair('topic', 'jazz')] });
    expect(setAttributes.results).toEqual([worked('topic')]);
    expect(gateway.calls.find(({ endpoint, attempts }) => endpoint === change && attempts === 2)).toBeDefined();
  });

  test('the vendor’s own failure is every key’s of the call', async () => {
    await disturb(gateway, 'zim', [{ endpoints: [change], kind: 'garbage' }]);
    const { setAttributes } = await changeOf(set.replace(owner, ''), { attributes: [pair('topic', 'jazz')] });
    expect(setAttributes.results).toMatchObject([{ ok: false, error: { code: 'OUTCOME_UNKNOWN' } }]);
  });

  test('no attributes, too many and no keys are refused before anything is sent', async () => {
    const many = Array.from({ length: 101 }, (_, index) => `k${index}`);
    const calls = await callsOf(gateway, async () => {
      for (const [query, input, path] of [
        [set, { attributes: [] }, 'input.attributes'],
        [set, { attributes: many.map((key) => pair(key, 'x')) }, 'input.attributes'],
        [remove, { keys: [] }, 'input.keys'],
        [remove, { keys: many }, 'input.keys'],
        [remove, {}, 'input.keys'],
        [set, { attributes: [pair('k', 'v')], actorId: 'User:rc-cn:bob' }, 'input.actorId'],
      ] as const)
        expect(await refusal(gateway, operator, query, { input: { ownerId: space, ...input } })).toMatchObject({
          code: 'BAD_USER_INPUT',
          input: path,
        });
    });
    expect(calls).toEqual([]);
  });

  test('viewers do not change them, whatever they are in it', async () => {
    const alice = await gateway.token({ accounts: { [app]: 'alice' } });
    const calls = await callsOf(gateway, async () => {
      for (const [query, input] of [
        [set, { ownerId: space, attributes: [pair('k', 'v')] }],
        [remove, { ownerId: space, keys: ['k'] }],
      ] as const)
        expect((await refusal(gateway, alice, query, { input })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
  });
});

describe('of a chatroom', () => {
  test('attributes are read whole by one call, and shown by the keys that are wanted', async () => {
    const attributes = ['a', 'b', 'c'].map((key) => pair(key, key));
    await give(gateway, operator, set, { input: { ownerId: lobby, attributes } });
    const calls = await callsOf(gateway, async () => {
      const query = `{ chatroom(id: "${lobby}") { all: attributes { key } some: attributes(keys: ["c", "a", "x"]) { key value } } }`;
      expect((await give(gateway, operator, query)).chatroom).toEqual({
        all: [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
        some: [pair('a', 'a'), pair('c', 'c')],
      });
    });
    expect(calls).toEqual(['zim.room.attributes.query']);
  });

  test('attributes are shown to those in it', async () => {
    const query = `{ chatroom(id: "${lobby}") { attributes { key } } }`;
    const inside = await gateway.token({ accounts: { [app]: 'bob' } });
    expect((await give(gateway, inside, query)).chatroom.attributes).toEqual([]);
    const outside = await gateway.token({ accounts: { [app]: 'carol' } });
    expect((await refusal(gateway, outside, query)).code).toBe('FORBIDDEN');
  });

  test('attributes can go when the one who set them leaves', async () => {
    const attributes = [pair('mic', 'bob')];
    const input = { ownerId: lobby, attributes, removeOnLeave: true, actorId: id('bob') };
    await give(gateway, operator, set, { input });
    await happen(gateway, 'zim', { type: 'leave', user: 'bob', space: { kind: 'chatroom', id: 'lobby' } });
    const query = `{ chatroom(id: "${lobby}") { attributes { key } } }`;
    expect((await give(gateway, operator, query)).chatroom.attributes).toEqual([]);
    const error = await refusal(gateway, operator, set, { input: { ...input, ownerId: team } });
    expect(error).toMatchObject({ code: 'NOT_SUPPORTED', app, input: 'input.removeOnLeave' });
  });

  test('that is not there is the vendor’s to tell', async () => {
    const input = { ownerId: `Chatroom:${app}:nowhere`, attributes: [pair('k', 'v')] };
    const { setAttributes } = await give(gateway, operator, set.replace(owner, ''), { input });
    expect(setAttributes.results).toMatchObject([{ ok: false, error: { code: 'NOT_FOUND', vendorCode: '660300001' } }]);
  });
});

describe('of a user', () => {
  test('the one text is the attribute extra, which is the viewer’s own to set and to delete', async () => {
    const bob = await gateway.token({ accounts: { [app]: 'bob' } });
    const given = await give(gateway, bob, set, { input: { attributes: [pair('extra', 'hello'), pair('mood', 'x')] } });
    expect(given.setAttributes.results).toMatchObject([
      worked('extra'),
      { ok: false, error: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(given.setAttributes.owner).toEqual({ id: id('bob'), attributes: [shown('extra', 'hello')] });
    const byKey = await give(gateway, bob, remove, { input: { keys: ['extra'] } });
    expect(byKey.deleteAttributes).toMatchObject({ results: [worked('extra')], owner: { attributes: [] } });
    await give(gateway, operator, set, { input: { ownerId: id('bob'), attributes: [pair('extra', 'again')] } });
    const all = await give(gateway, bob, remove, { input: { ownerId: id('bob') } });
    expect(all.deleteAttributes).toEqual({ results: [], owner: { id: id('bob'), attributes: [] } });
  });

  test('those of others are not a viewer’s to change', async () => {
    const bob = await gateway.token({ accounts: { [app]: 'bob' } });
    const calls = await callsOf(gateway, async () => {
      const input = { ownerId: id('alice'), attributes: [pair('extra', 'x')] };
      expect((await refusal(gateway, bob, set, { input })).code).toBe('FORBIDDEN');
      const others = { actorId: id('alice'), attributes: [pair('extra', 'x')] };
      expect((await refusal(gateway, bob, set, { input: others })).code).toBe('FORBIDDEN');
      expect((await refusal(gateway, bob, remove, { input: { ownerId: id('alice') } })).code).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
  });

  test('who is not there is the vendor’s to tell', async () => {
    const input = { ownerId: id('nobody'), attributes: [pair('extra', 'x')] };
    const { setAttributes } = await give(gateway, operator, set.replace(owner, 'owner { id }'), { input });
    expect(setAttributes.results).toMatchObject([{ error: { code: 'NOT_FOUND', vendorCode: '660700012' } }]);
    const deletion = { ownerId: id('nobody') };
    expect((await refusal(gateway, operator, remove, { input: deletion })).code).toBe('NOT_FOUND');
  });
});
