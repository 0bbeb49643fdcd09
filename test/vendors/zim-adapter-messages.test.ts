import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OutgoingContent } from '../../src/domain/content.ts';
import type { NewMessage } from '../../src/domain/message.ts';
import { conversationKey } from '../../src/emulator/state.ts';
import { copyFor, unreadOf } from '../../src/vendors/zim/emulator/conversation-state.ts';
import { requestsOf } from '../support/sent-requests.ts';
import { type AdapterBench, codesOf, refusalOf, startAdapter } from '../support/zim-adapter.ts';

let bench: AdapterBench;
beforeAll(async () => {
  bench = await startAdapter();
});
beforeEach(() => bench.emulator.reset());
afterAll(() => bench.stop());

const text = (words: string, isBarrage = false): OutgoingContent => ({ kind: 'TEXT', text: words, isBarrage });
const message = (choice: Partial<NewMessage> = {}): NewMessage => ({
  kind: 'direct',
  to: ['bob'],
  content: text('hi'),
  ...choice,
});
const send = (choice: Partial<NewMessage>) => bench.run('Mutation.sendMessage')(message(choice));
const latest = async (ownerId: string, peerId: string) => {
  const key = { ownerId, peer: { kind: 'direct', id: peerId } } as const;
  return (await bench.run('Conversation.messages')(key, { limit: 1 })).items[0];
};

describe('sending', () => {
  test('to users takes one call for a hundred; each tells its number; others fail alone', async () => {
    const to = ['bob', 'nobody', 'a/b', 'alice', ...Array.from({ length: 60 }, (_, index) => `user${index + 1}`)];
    const outcomes = await send({ senderId: 'alice', to });
    expect(codesOf(outcomes).slice(0, 5)).toEqual(['ok', 'NOT_FOUND', 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'ok']);
    expect(outcomes[0]).toEqual({
      ok: true,
      value: {
        key: '3',
        sequence: 3,
        vendorId: expect.stringMatching(/^\d{18}$/),
        senderId: 'alice',
        sentAt: null,
        content: { kind: 'TEXT', text: expect.any(String), isBarrage: false },
      },
    });
    expect(bench.calls()).toEqual({ 'zim.message.peer.send': 1 });
  });

  test('is in the name of the system user when nobody is named', async () => {
    expect(await send({})).toMatchObject([{ value: { senderId: 'alice' } }]);
  });

  test('to someone who blocks the sender fails', async () => {
    expect(codesOf(await send({ senderId: 'frank', to: ['alice', 'bob'] }))).toEqual(['FORBIDDEN', 'ok']);
  });

  test('to groups is one call for each, ids keep their digits', async () => {
    const outcomes = await send({ kind: 'group', to: ['team', 'nowhere', 'book-club'] });
    expect(codesOf(outcomes)).toEqual(['ok', 'NOT_FOUND', 'ok']);
    expect(outcomes[0]).toMatchObject({ value: { key: '2', vendorId: expect.stringMatching(/^\d{18}$/) } });
    expect(bench.calls()).toEqual({ 'zim.message.group.send': 3 });
  });

  test('to chatrooms tells no number', async () => {
    const outcomes = await send({
      kind: 'chatroom',
      to: ['lobby'],
      content: text('wow', true),
    });
    expect(outcomes).toMatchObject([{ ok: true, value: { key: null, vendorId: null } }]);
  });

  test('fills in the texts of each receiver', async () => {
    const variables = new Map([
      ['bob', [{ key: 'name', value: 'Bob' }]],
      ['carol', [{ key: 'name', value: 'Carol {name}' }]],
    ]);
    expect(codesOf(await send({ to: ['bob', 'carol'], content: text('Hi {name}, {other}'), variables }))).toEqual([
      'ok',
      'ok',
    ]);
    expect(await latest('alice', 'bob')).toMatchObject({ content: { text: 'Hi Bob, {other}' } });
    expect(await latest('alice', 'carol')).toMatchObject({ content: { text: 'Hi Carol {name}, {other}' } });
  });

  test('carries metadata, receipts, pushes, priority and the choices of delivery', async () => {
    let outcomes: Awaited<ReturnType<typeof send>> = [];
    const requests = await requestsOf([bench.emulator.url], async () => {
      outcomes = await send({
        metadata: { order: 7 },
        delivery: { countAsUnread: false, copyToSender: false, requestReceipt: true, priority: 'HIGH' },
        push: { title: 'T', body: 'B', data: { a: 1 }, badgeIncrement: 2 },
      });
    });
    expect(codesOf(outcomes)).toEqual(['ok']);
    expect(requests).toMatchObject([
      {
        line: 'POST /?Action=SendPeerMessage',
        fields: {
          Priority: '3',
          SenderUnaware: '1',
          'SendMsgOptions.NoUnread': 'true',
          'MessageBody.ExtendedData': JSON.stringify('{"order":7}'),
          'MessageBody.HasReceipt': '1',
          'MessageBody.OfflinePush.Enable': '1',
          'MessageBody.OfflinePush.Title': '"T"',
          'MessageBody.OfflinePush.Content': '"B"',
          'MessageBody.OfflinePush.Payload': JSON.stringify('{"a":1}'),
          'MessageBody.OfflinePush.EnableBadge': 'true',
          'MessageBody.OfflinePush.BadgeIncrement': '2',
        },
      },
    ]);
    expect(await latest('alice', 'bob')).toMatchObject({ metadata: { order: 7 } });
  });

  test.each([
    ['visibleTo', ['bob'], ['alice', 'bob']],
    ['visibleTo', ['bob', 'carol'], ['alice', 'bob', 'carol']],
    ['hiddenFrom', ['bob'], ['alice', 'carol', 'dave']],
    ['hiddenFrom', ['bob', 'carol'], ['alice', 'dave']],
  ] as const)(
    'to a group with %s %j is seen by %j of it, and counts as unread for nobody',
    async (choice, users, seers) => {
      const state = bench.emulator.apps[0]?.state;
      if (!state) throw new Error('no app');
      const key = conversationKey('group', '', 'team');
      const members = ['alice', 'bob', 'carol', 'dave'].flatMap((id) => state.users.get(id) ?? []);
      const before = members.map((user) => unreadOf(state, user, key));
      expect(codesOf(await send({ kind: 'group', to: ['team'], content: text('for some'), [choice]: users }))).toEqual([
        'ok',
      ]);
      const seenBy = members.filter((user) =>
        JSON.stringify(copyFor(state, user, key).at(-1)?.body).includes('for some'),
      );
      expect(seenBy.map(({ id }) => id)).toEqual(seers);
      expect(members.map((user) => unreadOf(state, user, key))).toEqual(before);
    },
  );

  test.each([
    [{ mentions: { everyone: true, userIds: [] } }, 'input.mentions'],
    [{ attributes: [{ key: 'a', value: 'b' }] }, 'input.attributes'],
    [{ visibleTo: ['carol'] }, 'input.visibleTo'],
    [{ hiddenFrom: ['carol'] }, 'input.hiddenFrom'],
    [{ kind: 'group', visibleTo: ['a'], hiddenFrom: ['b'] }, 'input.hiddenFrom'],
    [{ content: { kind: 'TEXT', text: 'x', isBarrage: true } }, 'input.content.text.isBarrage'],
    [{ content: { kind: 'LOCATION', latitude: 1, longitude: 2, name: 'x' } }, 'input.content.location'],
    [{ delivery: { onlineOnly: true } }, 'input.delivery.onlineOnly'],
    [{ delivery: { keepInHistory: false } }, 'input.delivery.keepInHistory'],
    [{ delivery: { updateConversation: false } }, 'input.delivery.updateConversation'],
    [{ delivery: { respectBlocklists: true } }, 'input.delivery.respectBlocklists'],
    [{ kind: 'group', delivery: { copyToSender: true } }, 'input.delivery.copyToSender'],
    [{ kind: 'chatroom', delivery: { requestReceipt: true } }, 'input.delivery.requestReceipt'],
    [{ kind: 'chatroom', delivery: { countAsUnread: false } }, 'input.delivery.countAsUnread'],
    [{ kind: 'chatroom', push: { title: 'x' } }, 'input.push'],
    [{ push: { templateName: 'x' } }, 'input.push.templateName'],
    [{ push: { force: true } }, 'input.push.force'],
    [{ push: { platforms: {} } }, 'input.push.platforms'],
  ] satisfies [Partial<NewMessage>, string][])('%j is refused before anything is sent', async (choice, input) => {
    expect(await refusalOf(() => send(choice))).toEqual({ code: 'NOT_SUPPORTED', input });
    expect(bench.calls()).toEqual({});
  });

  test('is never repeated when the answer is lost', async () => {
    bench.emulator.setFaults([{ endpoints: ['zim.message.peer.send'], kind: 'reset', times: 1 }]);
    expect(codesOf(await send({}))).toEqual(['OUTCOME_UNKNOWN']);
    expect(bench.calls()).toEqual({ 'zim.message.peer.send': 1 });
  });

  test.each<OutgoingContent>([
    {
      kind: 'IMAGE',
      url: 'https://x/a.png',
      thumbnailUrl: 'https://x/s.png',
      name: 'a.png',
      byteSize: 9,
      width: 4,
      height: 3,
    },
    { kind: 'AUDIO', url: 'https://x/a.mp3', name: 'a.mp3', byteSize: 9, durationSeconds: 5 },
    { kind: 'VIDEO', url: 'https://x/a.mp4', thumbnailUrl: 'https://x/s.png', name: 'a.mp4', durationSeconds: 5 },
    { kind: 'FILE', url: 'https://x/a%20b.pdf', name: 'a b.pdf', byteSize: 12 },
    { kind: 'CUSTOM', type: 'order', data: { id: 7 } },
    { kind: 'CUSTOM', type: '42', data: { id: 7 } },
    { kind: 'TEXT', text: '100 % {"a":1}', isBarrage: false },
  ])('what $kind says is read back', async (content) => {
    expect(codesOf(await send({ content }))).toEqual(['ok']);
    expect((await latest('alice', 'bob'))?.content).toMatchObject(content);
  });

  test('a command has an id, and no number', async () => {
    const outcomes = await send({ content: { kind: 'COMMAND', name: 'ring', data: { times: 2 } } });
    expect(outcomes).toMatchObject([
      { ok: true, value: { key: expect.stringMatching(/^id-\d{18}$/), sequence: null } },
    ]);
  });
});

describe('histories', () => {
  const ofTeam = { peer: { kind: 'group', id: 'team' } } as const;

  test('of one-to-one conversations come the latest first, each to the other side', async () => {
    const key = { ownerId: 'alice', peer: { kind: 'direct', id: 'bob' } } as const;
    const first = await bench.run('Conversation.messages')(key, { limit: 1 });
    const second = await bench.run('Conversation.messages')(key, { limit: 9, position: first.next });
    expect(first.items).toMatchObject([
      { senderId: 'alice', to: { kind: 'direct', id: 'bob' }, key: '2', sequence: 2, isFromUser: false },
    ]);
    expect(second).toMatchObject({
      next: undefined,
      items: [
        {
          senderId: 'bob',
          to: { kind: 'direct', id: 'alice' },
          content: { kind: 'TEXT', text: 'Are you coming tonight?' },
          vendorId: expect.stringMatching(/^\d{18}$/),
          sentAt: expect.any(Date),
          isFromUser: true,
          metadata: null,
        },
      ],
    });
  });

  test('of groups are filtered here', async () => {
    await send({ kind: 'group', to: ['team'], content: { kind: 'CUSTOM', type: '1', data: 'x' } });
    const read = bench.run('Group.messages');
    expect((await read({ ...ofTeam, kinds: ['CUSTOM'] }, { limit: 10 })).items).toHaveLength(1);
    expect((await read({ ...ofTeam, senderId: 'bob' }, { limit: 10 })).items).toHaveLength(1);
    const minuteAgo = new Date(Date.now() - 60_000);
    expect((await read({ ...ofTeam, since: minuteAgo }, { limit: 10 })).items).toMatchObject([{ key: '2' }]);
    expect((await read({ ...ofTeam, until: minuteAgo }, { limit: 10 })).items).toMatchObject([{ key: '1' }]);
  });

  test('go on to older pages only while these can hold what is wanted', async () => {
    for (const data of ['x', 'y'])
      await send({ kind: 'group', to: ['team'], content: { kind: 'CUSTOM', type: '1', data } });
    const minuteAgo = new Date(Date.now() - 60_000);
    const read = bench.run('Group.messages');
    const first = await read({ ...ofTeam, since: minuteAgo }, { limit: 1 });
    expect([first.items.length, first.next]).toEqual([1, expect.any(String)]);
    // The oldest of the three was said before.
    const whole = await read({ ...ofTeam, since: minuteAgo }, { limit: 3 });
    expect([whole.items.length, whole.next]).toEqual([2, undefined]);
    await send({ kind: 'group', to: ['team'], content: { kind: 'CUSTOM', type: '1', data: 'z' } });
    const justNow = new Date(Date.now() + 60_000);
    expect(await read({ ...ofTeam, since: justNow }, { limit: 2 })).toEqual({ items: [], next: undefined });
  });

  test('of chatrooms there are none', async () => {
    const key = { ownerId: 'alice', peer: { kind: 'chatroom', id: 'lobby' } } as const;
    const read = () => bench.run('Conversation.messages')(key, { limit: 1 });
    expect(await refusalOf(read)).toMatchObject({ code: 'NOT_SUPPORTED' });
  });

  test('single messages of both directions are read in one call, those not found there in the other side’s copy; others are null', async () => {
    const { load, group, max } = bench.run('Query.message');
    const keys = [
      { to: { kind: 'direct', id: 'alice' }, senderId: 'bob', key: '1' },
      { to: { kind: 'direct', id: 'bob' }, senderId: 'alice', key: '2' },
      { to: { kind: 'direct', id: 'bob' }, senderId: 'alice', key: '1' },
      { to: { kind: 'direct', id: 'bob' }, senderId: 'alice', key: '99' },
      { to: { kind: 'direct', id: 'bob' }, senderId: 'alice', key: 'id-1' },
    ] as const;
    expect(max).toBe(20);
    expect(new Set(keys.map((key) => group?.(key))).size).toBe(1);
    const found = await load(keys);
    expect(found).toMatchObject([
      { content: { text: 'Are you coming tonight?' } },
      { senderId: 'alice' },
      null,
      null,
      null,
    ]);
    expect(bench.calls()).toEqual({ 'zim.message.query': 2 });
    const inTeam = [{ to: ofTeam.peer, senderId: 'bob', key: '1' }];
    expect(await load(inTeam)).toMatchObject([{ to: ofTeam.peer, content: { text: 'Standup in five minutes' } }]);
    const inRoom = [{ to: { kind: 'chatroom', id: 'lobby' }, senderId: 'bob', key: '1' }] as const;
    expect(await refusalOf(() => load(inRoom))).toMatchObject({ code: 'NOT_SUPPORTED' });
  });

  test('conversations are read to their end and given the latest first', async () => {
    const { items, next, totalCount } = await bench.run('User.conversations')('alice', { limit: 2 });
    expect(totalCount).toBe(items.length);
    expect(next).toBeUndefined();
    expect(items[0]).toMatchObject({ peer: { kind: 'group', id: 'climbers' } });
    const times = items.map(({ updatedAt }) => updatedAt?.getTime() ?? 0);
    expect(times).toEqual([...times].sort((one, other) => other - one));
    expect(items.some(({ peer }) => peer.kind === 'direct' && peer.id === 'bob')).toBe(true);
    expect(bench.calls()).toEqual({ 'zim.conversation.list': 1 });
  });
});

describe('recalls', () => {
  const recall = (choice: object = {}) =>
    bench.run('Mutation.recallMessages')({
      messages: [{ to: { kind: 'direct', id: 'bob' }, senderId: 'alice', key: '3' }],
      withoutTrace: false,
      force: false,
      ...choice,
    });

  test('take back what was sent, and a second one counts as done', async () => {
    await send({});
    expect(codesOf(await recall({ note: 'typo' }))).toEqual(['ok']);
    expect(codesOf(await recall())).toEqual(['ok']);
    expect(await latest('alice', 'bob')).toMatchObject({ content: { kind: 'RECALLED' }, senderId: 'alice' });
    const key = { to: { kind: 'direct', id: 'bob' }, senderId: 'alice', key: '3' } as const;
    expect(await bench.run('Query.message').load([key])).toMatchObject([
      { content: { kind: 'RECALLED', recalledById: 'alice', note: 'typo' }, recalledAt: expect.any(Date) },
    ]);
  });

  test('fail alone: unknown, too old, without a number, of another sender, of a chatroom that keeps nothing', async () => {
    await send({ kind: 'group', to: ['team'] });
    await send({ kind: 'group', to: ['team'] });
    const team = { kind: 'group', id: 'team' };
    const outcomes = await recall({
      messages: [
        { to: team, senderId: 'alice', key: '2' },
        { to: team, senderId: 'alice', key: '77' },
        { to: team, senderId: 'bob', key: '1' },
        { to: team, senderId: 'bob', key: 'id-1' },
        { to: team, senderId: 'bob', key: '3' },
        { to: { kind: 'chatroom', id: 'lobby' }, senderId: 'bob', key: '1' },
      ],
    });
    expect(codesOf(outcomes)).toEqual([
      'ok',
      'NOT_FOUND',
      'CONFLICT',
      'NOT_FOUND',
      'VENDOR_REJECTED',
      'VENDOR_MISCONFIGURED',
    ]);
  });

  test("are the sender's only", async () => {
    expect(await refusalOf(() => recall({ actorId: 'bob' }))).toEqual({
      code: 'NOT_SUPPORTED',
      input: 'input.actorId',
    });
    expect(bench.calls()).toEqual({});
  });
});
