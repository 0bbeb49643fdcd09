import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { communitiesOf } from '../../src/vendors/zim/emulator/community.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type AdapterBench, codesOf, refusalOf, startAdapter, valueOrCode } from '../support/zim-adapter.ts';

let bench: AdapterBench;
let clock: FakeClock;
beforeAll(async () => {
  clock = new FakeClock(Date.now());
  bench = await startAdapter('alice', clock);
});
beforeEach(() => bench.emulator.reset());
afterAll(() => bench.stop());

const ownerId = 'alice';
const page = { limit: 2 };
const dayMs = 24 * 3600 * 1000;

describe('friends', () => {
  test('are read page by page with names and notes; the size of the first page goes on', async () => {
    const list = bench.run('User.friends');
    const first = await list(ownerId, page);
    expect(first).toMatchObject({ totalCount: 3, next: '2:2' });
    expect(first.items[0]).toEqual({
      userId: 'bob',
      profile: { name: 'Bob Brook', avatarUrl: 'https://img.example/bob.png' },
      remark: null,
      createdAt: expect.any(Date),
      attributes: [],
    });
    const second = await list(ownerId, { limit: 50, position: first.next });
    expect(second.items.map(({ userId }) => userId)).toEqual(['dave']);
    expect(second.next).toBeUndefined();
  });

  test.each(['x', '2', '2:x', '0:1', '2:-1'])(
    'a position that the list never gave is BAD_CURSOR: %s',
    async (position) => {
      expect(await refusalOf(() => bench.run('User.friends')(ownerId, { ...page, position }))).toMatchObject({
        code: 'BAD_CURSOR',
      });
    },
  );

  test('friendships of one user are one call; who cannot be, fails alone', async () => {
    const keys = ['bob', 'frank', 'nobody', 'no/such'].map((toId) => ({ fromId: ownerId, toId }));
    const found = await bench.run('Relation.friendship').load(keys);
    expect(found.map(valueOrCode)).toEqual(['MUTUAL', 'NONE', 'NOT_FOUND', 'NOT_FOUND']);
    expect(bench.calls()).toEqual({ 'zim.relation.friend.check': 1 });
  });

  test('friendships of different users cannot share a call', () => {
    const { group, identity } = bench.run('Relation.friendship');
    expect(group?.({ fromId: 'a', toId: 'b' })).not.toBe(group?.({ fromId: 'c', toId: 'b' }));
    expect(identity?.({ fromId: 'a', toId: 'b' })).not.toBe(identity?.({ fromId: 'b', toId: 'a' }));
  });

  test('what is too long or has other keys fails before it is sent, and spoils no batch', async () => {
    const friends = [
      { userId: 'erin', attributes: [] },
      { userId: 'user1', remark: 'é'.repeat(257) },
      { userId: 'user2', message: 'x'.repeat(257) },
      { userId: 'user3', attributes: [{ key: 'k5', value: 'x' }] },
      { userId: 'user4', attributes: ['k0', 'k0'].map((key) => ({ key, value: 'x' })) },
      { userId: 'user5', attributes: [{ key: 'k0', value: 'x'.repeat(1023) }] },
      { userId: 'user6', attributes: [{ key: 'k0', value: 'x'.repeat(1022) }], remark: 'é'.repeat(256) },
      { userId: 'no/such' },
    ];
    const bad = 'BAD_USER_INPUT';
    const expected = ['ok', bad, bad, bad, bad, bad, 'ok', bad];
    expect(codesOf(await bench.run('Mutation.addFriends')({ ownerId, friends }))).toEqual(expected);
    expect(bench.calls()).toEqual({ 'zim.relation.friend.add': 1 });
  });

  test('when not one friend could be made, each still tells why', async () => {
    const friends = [{ userId: 'bob' }, { userId: 'nobody' }];
    const outcomes = await bench.run('Mutation.addFriends')({ ownerId, friends });
    expect(outcomes).toMatchObject([
      { ok: false, error: { code: 'CONFLICT', details: { vendorCode: '660800027' } } },
      { ok: false, error: { code: 'NOT_FOUND', details: { vendorCode: '660700015' } } },
    ]);
  });

  test('attributes that would be too long with those that stand fail with the vendor’s code', async () => {
    const change = (key: string) =>
      bench.run('Mutation.updateFriends')({
        ownerId,
        friends: [{ userId: 'bob', attributes: [{ key, value: 'x'.repeat(600) }] }],
      });
    expect(codesOf(await change('k0'))).toEqual(['ok']);
    expect(await change('k1')).toMatchObject([{ ok: false, error: { details: { vendorCode: '660800024' } } }]);
  });

  test('once remarks are set, attributes that cannot be sent fail friend by friend', async () => {
    bench.emulator.setFaults([{ endpoints: ['zim.relation.friend.attributes.update'], kind: 'unauthorized' }]);
    const attributes = [{ key: 'k0', value: 'x' }];
    const update = bench.run('Mutation.updateFriends');
    const both = [
      { userId: 'bob', remark: 'B', attributes },
      { userId: 'carol', remark: 'C' },
    ];
    expect(codesOf(await update({ ownerId, friends: both }))).toEqual(['VENDOR_MISCONFIGURED', 'ok']);
    const only = [{ userId: 'bob', attributes }];
    expect(await refusalOf(() => update({ ownerId, friends: only }))).toMatchObject({ code: 'VENDOR_MISCONFIGURED' });
  });

  test('45 friends are removed in three calls, of which one that fails takes its own only', async () => {
    const friendIds = Array.from({ length: 45 }, (_, index) => `user${index + 1}`);
    await bench.run('Mutation.addFriends')({ ownerId, friends: friendIds.map((userId) => ({ userId })) });
    bench.emulator.setFaults([{ endpoints: ['zim.relation.friend.delete'], kind: 'unauthorized', times: 1 }]);
    const outcomes = await bench.run('Mutation.removeFriends')({ ownerId, friendIds, side: 'BOTH' });
    expect(codesOf(outcomes)).toEqual([
      ...Array.from({ length: 20 }, () => 'VENDOR_MISCONFIGURED'),
      ...Array.from({ length: 25 }, () => 'ok'),
    ]);
  });
});

describe('communities', () => {
  test('names are read once a minute, all of them, and told of those that are there', async () => {
    const { load } = bench.run('Community.name');
    // What was kept of the test before is over.
    await clock.advance(60_000);
    const names = async (...ids: string[]) => (await load(ids)).map(valueOrCode);
    expect(await names('garden', 'later')).toEqual([{ communityId: 'garden', name: 'Garden' }, 'NOT_FOUND']);
    const [app] = bench.emulator.apps;
    if (app) communitiesOf(app.state).set('later', 'Later');
    await clock.advance(59_999);
    expect(await names('later')).toEqual(['NOT_FOUND']);
    expect(bench.calls()).toEqual({ 'zim.community.list': 1 });
    await clock.advance(1);
    expect(await names('later')).toEqual([{ communityId: 'later', name: 'Later' }]);
    expect(bench.calls()).toEqual({ 'zim.community.list': 2 });
  });
});

describe('the license of the voice component', () => {
  test('is kept until a day before it ends; one that could not be had is asked for again', async () => {
    const issue = () => bench.run('Mutation.issueServiceCredential')({ service: 'VOICE' });
    bench.emulator.setFaults([{ endpoints: ['zim.audio.license.get'], kind: 'unauthorized', times: 1 }]);
    expect(await refusalOf(issue)).toMatchObject({ code: 'VENDOR_MISCONFIGURED' });
    const first = await issue();
    expect(first.expiresAt?.getTime()).toBe(clock.now() + 7 * dayMs);
    await clock.advance(6 * dayMs - 1);
    expect(await issue()).toEqual(first);
    await clock.advance(1);
    expect((await issue()).credential).not.toBe(first.credential);
  });

  test('others are not to be had', async () => {
    const issue = () => bench.run('Mutation.issueServiceCredential')({ service: 'TRANSLATION' });
    expect(await refusalOf(issue)).toEqual({ code: 'NOT_SUPPORTED', input: 'input.service' });
  });
});
