import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AdapterBench, codesOf, refusalOf, startAdapter, valueOrCode } from '../support/zim-adapter.ts';

let bench: AdapterBench;
beforeAll(async () => {
  bench = await startAdapter();
});
beforeEach(() => bench.emulator.reset());
afterAll(() => bench.stop());

const many = (count: number) => Array.from({ length: count }, (_, index) => `new${index}`);
const page = { limit: 2 };

describe('users', () => {
  test('profiles of many are read in one call; unknown and impossible ids fail alone', async () => {
    const { load } = bench.run('User.name');
    const found = await load(['bob', 'nobody', 'no/such', 'alice', 'bob']);
    expect(found.map(valueOrCode)).toEqual([
      { name: 'Bob Brook', avatarUrl: 'https://img.example/bob.png', attributes: [] },
      'NOT_FOUND',
      'NOT_FOUND',
      { name: 'Alice Arden', avatarUrl: 'https://img.example/alice.png', attributes: [] },
      { name: 'Bob Brook', avatarUrl: 'https://img.example/bob.png', attributes: [] },
    ]);
    expect(bench.calls()).toEqual({ 'zim.user.info.query': 1 });
  });

  test('nothing is asked when no id can be', async () => {
    expect((await bench.run('User.name').load(['', 'x'.repeat(33)])).map(valueOrCode)).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
    expect(bench.calls()).toEqual({});
  });

  test('presence tells online, offline, and those the vendor calls unknown as offline', async () => {
    const keys = ['bob', 'carol', 'user60'].map((userId) => ({ userId, isDetailed: true }));
    const found = await bench.run('User.presence').load(keys);
    expect(found).toEqual([{ isOnline: true }, { isOnline: false }, { isOnline: false }]);
  });

  test('registers 150 users in two calls; one that exists fails alone', async () => {
    const users = ['alice', ...many(149)].map((userId) => ({ userId, name: userId }));
    const outcomes = await bench.run('Mutation.registerUsers')(users);
    expect(codesOf(outcomes)).toEqual(['CONFLICT', ...many(149).map(() => 'ok')]);
    expect(outcomes[0]).toMatchObject({ error: { details: { vendorCode: '660700002' } } });
    expect(bench.calls()).toEqual({ 'zim.user.register': 2 });
  });

  test('one bad id or name does not spoil the batch', async () => {
    const users = [
      { userId: 'a/b' },
      { userId: 'a,b' },
      { userId: 'long', name: 'é'.repeat(129) },
      { userId: 'good', avatarUrl: null },
    ];
    expect(codesOf(await bench.run('Mutation.registerUsers')(users))).toEqual([
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
      'ok',
    ]);
  });

  test('updates leave out what stays, clear what is null, and fail for nobody', async () => {
    const outcomes = await bench.run('Mutation.updateUsers')([
      { userId: 'bob', name: 'Robert' },
      { userId: 'carol', avatarUrl: null },
      { userId: 'nobody', name: 'x' },
    ]);
    expect(codesOf(outcomes)).toEqual(['ok', 'ok', 'NOT_FOUND']);
    expect(await bench.run('User.name').load(['bob', 'carol'])).toEqual([
      { name: 'Robert', avatarUrl: 'https://img.example/bob.png', attributes: [] },
      { name: 'Carol Cliff', avatarUrl: null, attributes: [] },
    ]);
  });

  test('tokens need a length of time', async () => {
    const issue = bench.run('Mutation.issueUserToken');
    expect(await issue({ userId: 'bob', ttlSeconds: 60 })).toMatchObject({ token: expect.stringMatching(/^04/) });
    expect(await refusalOf(() => issue({ userId: 'bob', ttlSeconds: 0 }))).toEqual({
      code: 'BAD_USER_INPUT',
      input: 'input.ttlSeconds',
    });
    // The user is looked for; the token is made here.
    expect(bench.calls()).toEqual({ 'zim.user.info.query': 1 });
  });
});

describe('blocklists', () => {
  const owner = { kind: 'user', id: 'alice' } as const;

  test('are read page by page with names and times; the size of the first page goes on', async () => {
    await bench.run('Mutation.blockUsers')({ owner, userIds: ['bob', 'carol'] });
    const read = bench.run('User.blocklist');
    const first = await read('alice', page);
    const second = await read('alice', { position: first.next, limit: 50 });
    expect(first).toMatchObject({ totalCount: 3, next: expect.stringMatching(/^2:/) });
    expect(second.next).toBeUndefined();
    const all = [...first.items, ...second.items];
    expect(all.map(({ userId }) => userId).sort()).toEqual(['bob', 'carol', 'frank']);
    expect(all.find(({ userId }) => userId === 'bob')).toEqual({
      userId: 'bob',
      profile: { name: 'Bob Brook', avatarUrl: 'https://img.example/bob.png' },
      createdAt: expect.any(Date),
      expiresAt: null,
    });
  });

  test.each(['x', '2', '2:', ':1', '2:x', '0:1'])('a position %j is BAD_CURSOR', async (position) => {
    expect(await refusalOf(() => bench.run('User.blocklist')('alice', { limit: 2, position }))).toEqual({
      code: 'BAD_CURSOR',
      input: undefined,
    });
  });

  test('of 45 users go in three calls of 20; those blocked already and unknown fail alone', async () => {
    const userIds = ['frank', 'nobody', ...Array.from({ length: 43 }, (_, index) => `user${index + 1}`)];
    const outcomes = await bench.run('Mutation.blockUsers')({ owner, userIds });
    expect(codesOf(outcomes).slice(0, 3)).toEqual(['CONFLICT', expect.stringMatching(/NOT_FOUND/), 'ok']);
    expect(
      codesOf(outcomes)
        .slice(3)
        .every((code) => code === 'ok'),
    ).toBe(true);
    expect(bench.calls()).toEqual({ 'zim.blocklist.add': 3 });
  });

  test('a chunk of which every item fails tells each why', async () => {
    const outcomes = await bench.run('Mutation.blockUsers')({ owner, userIds: ['frank'] });
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'CONFLICT', details: { vendorCode: '660800037' } } }]);
  });

  test('a user given twice is sent once and told twice; a failed call fails its own items', async () => {
    expect(codesOf(await bench.run('Mutation.blockUsers')({ owner, userIds: ['bob', 'bob'] }))).toEqual(['ok', 'ok']);
    bench.emulator.setFaults([{ endpoints: ['zim.blocklist.add'], kind: 'error', times: 3 }]);
    const userIds = Array.from({ length: 25 }, (_, index) => `user${index + 1}`);
    const outcomes = await bench.run('Mutation.blockUsers')({ owner, userIds });
    expect(codesOf(outcomes)).toEqual(userIds.map((_, index) => (index < 20 ? 'OUTCOME_UNKNOWN' : 'ok')));
  });

  test('are lifted; who is not on them fails alone', async () => {
    const outcomes = await bench.run('Mutation.unblockUsers')({ owner, userIds: ['frank', 'bob'] });
    expect(codesOf(outcomes)).toEqual(['ok', 'CONFLICT']);
  });

  test('are checked 20 at a time', async () => {
    const keys = ['frank', 'bob', 'nobody'].map((userId) => ({ owner, userId }));
    const { load, max, group } = bench.run('Blocklist.contains');
    expect(max).toBe(20);
    expect(new Set(keys.map((key) => group?.(key))).size).toBe(1);
    expect((await load(keys)).map(valueOrCode)).toEqual([true, false, 'NOT_FOUND']);
  });

  test.each(['group', 'chatroom'] as const)('of a %s there are none, and nothing is sent', async (kind) => {
    const other = { kind, id: 'team' };
    const input = { owner: other, userIds: ['bob'] };
    const wanted = { code: 'NOT_SUPPORTED', input: 'input.ownerId' };
    expect(await refusalOf(() => bench.run('Mutation.blockUsers')(input))).toEqual(wanted);
    expect(await refusalOf(() => bench.run('Mutation.unblockUsers')(input))).toEqual(wanted);
    const check = () => bench.run('Blocklist.contains').load([{ owner: other, userId: 'bob' }]);
    expect(await refusalOf(check)).toMatchObject({ code: 'NOT_SUPPORTED' });
    expect(bench.calls()).toEqual({});
  });

  test('have no ends and no notices', async () => {
    const block = bench.run('Mutation.blockUsers');
    const input = { owner, userIds: ['bob'] };
    expect(await refusalOf(() => block({ ...input, durationSeconds: 60 }))).toMatchObject({ code: 'NOT_SUPPORTED' });
    expect(await refusalOf(() => block({ ...input, notice: 'out' }))).toMatchObject({ code: 'NOT_SUPPORTED' });
  });

  test('of an unknown owner cannot be read or changed', async () => {
    expect(await refusalOf(() => bench.run('User.blocklist')('nobody', page))).toMatchObject({ code: 'NOT_FOUND' });
    const input = { owner: { kind: 'user', id: 'nobody' }, userIds: ['bob', 'carol'] } as const;
    expect(codesOf(await bench.run('Mutation.blockUsers')(input))).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });
});

describe('failures of the vendor', () => {
  const read = () => bench.run('User.name').load(['bob']);
  test.each([
    ['error', 'VENDOR_UNAVAILABLE'],
    ['html', 'VENDOR_UNAVAILABLE'],
    ['garbage', 'VENDOR_BAD_RESPONSE'],
    ['unauthorized', 'VENDOR_MISCONFIGURED'],
    ['reset', 'VENDOR_UNAVAILABLE'],
  ] as const)('%s to a read is %s', async (kind, code) => {
    bench.emulator.setFaults([{ kind }]);
    expect(await refusalOf(read)).toMatchObject({ code });
    bench.emulator.setFaults([]);
    expect((await read()).map(valueOrCode)).toMatchObject([{ name: 'Bob Brook' }]);
  });

  test('a change of which no call could be made throws', async () => {
    bench.emulator.setFaults([{ kind: 'unauthorized' }]);
    const block = () => bench.run('Mutation.blockUsers')({ owner: { kind: 'user', id: 'alice' }, userIds: ['bob'] });
    expect(await refusalOf(block)).toMatchObject({ code: 'VENDOR_MISCONFIGURED' });
  });
});
