import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConversationsUpdate } from '../../src/domain/conversation.ts';
import type { ImportedMessage, MessageKey, Receiver } from '../../src/domain/message.ts';
import { requestsOf } from '../support/sent-requests.ts';
import { type AdapterBench, codesOf, refusalOf, startAdapter } from '../support/zim-adapter.ts';

let bench: AdapterBench;
beforeAll(async () => {
  bench = await startAdapter();
});
beforeEach(() => bench.emulator.reset());
afterAll(() => bench.stop());

const user = (id: string): Receiver => ({ kind: 'direct', id });
const group = (id: string): Receiver => ({ kind: 'group', id });
const update = (peers: readonly Receiver[], more: Partial<ConversationsUpdate>) =>
  bench.run('Mutation.updateConversations')({ ownerId: 'alice', peers, addLabels: [], removeLabels: [], ...more });

describe('conversations’ settings', () => {
  test('45 pins of users and one of a group go by kind, 20 a call', async () => {
    const peers = [group('team'), ...Array.from({ length: 45 }, (_, index) => user(`user${index + 1}`))];
    expect(new Set(codesOf(await update(peers, { isPinned: true })))).toEqual(new Set(['ok']));
    expect(bench.calls()).toEqual({ 'zim.conversation.pin.set': 4 });
  });

  test('a user and a group of one id are told apart', async () => {
    bench.emulator.apps[0]?.state.addUser('team');
    const [app] = bench.emulator.apps;
    app?.state.groups.get('team')?.members.delete('alice');
    const outcomes = await update([user('team'), group('team')], { notificationLevel: 'NONE', addLabels: ['1'] });
    expect(codesOf(outcomes)).toEqual(['ok', 'CONFLICT']);
  });

  test('a conversation named twice is sent once', async () => {
    expect(codesOf(await update([user('bob'), user('bob')], { isPinned: true }))).toEqual(['ok', 'ok']);
  });

  test('when no mark could be set, every conversation says so', async () => {
    expect(codesOf(await update([user('nobody'), user('none')], { addLabels: ['1'] }))).toEqual([
      'VENDOR_REJECTED',
      'VENDOR_REJECTED',
    ]);
  });

  test('only conversations with chatrooms: nothing is sent', async () => {
    const lobby: Receiver = { kind: 'chatroom', id: 'lobby' };
    expect(codesOf(await update([lobby], { isPinned: true, addLabels: ['1'] }))).toEqual(['NOT_SUPPORTED']);
    expect(bench.calls()).toEqual({});
  });
});

describe('receipts', () => {
  const key = (seq: string, senderId = 'bob'): MessageKey => ({ to: group('team'), senderId, key: seq });
  const report = (messages: readonly MessageKey[]) =>
    bench.run('Mutation.acknowledgeMessages')({ messages, userId: 'alice', status: 'READ' });

  test('messages without a number and one’s own spoil no batch', async () => {
    expect(codesOf(await report([key('1'), key('id-9'), key('2', 'alice')]))).toEqual([
      'ok',
      'NOT_FOUND',
      'BAD_USER_INPUT',
    ]);
    expect(bench.calls()).toEqual({ 'zim.message.group.readReceipt.set': 1 });
  });

  test('chatrooms have none', async () => {
    const inRoom = { ...key('1'), to: { kind: 'chatroom', id: 'lobby' } } as const;
    expect(await refusalOf(() => report([inRoom]))).toMatchObject({ code: 'NOT_SUPPORTED' });
    expect(await report([])).toEqual([]);
  });
});

describe('imports', () => {
  const old: ImportedMessage = {
    senderId: 'carol',
    to: user('erin'),
    content: { kind: 'TEXT', text: 'old', isBarrage: false },
    sentAt: new Date('2023-05-01T10:00:00.000Z'),
  };
  const put = (messages: readonly ImportedMessage[]) => bench.run('Mutation.importMessages')(messages);

  test('go in the order in which they were sent, whatever theirs is, and each has its own outcome', async () => {
    const at = (day: number, text: string): ImportedMessage => ({
      ...old,
      ...(day === 2 && { to: { kind: 'chatroom', id: 'lobby' } }),
      content: { kind: 'TEXT', text, isBarrage: false },
      sentAt: new Date(Date.UTC(2023, 4, day)),
    });
    let outcomes: Awaited<ReturnType<typeof put>> = [];
    const requests = await requestsOf([bench.emulator.url], async () => {
      outcomes = await put([at(4, 'd'), at(1, 'a'), at(2, 'refused'), at(3, 'c')]);
    });
    expect(codesOf(outcomes)).toEqual(['ok', 'ok', 'NOT_SUPPORTED', 'ok']);
    const texts = requests.map(({ fields }) => fields['MessageBody.Message']);
    expect([...new Set(texts)]).toEqual(['"a"', '"c"', '"d"']);
    const history = bench.run('Conversation.messages');
    const { items } = await history({ ownerId: 'carol', peer: user('erin') }, { limit: 5 });
    expect(items.map(({ content }) => content)).toMatchObject([{ text: 'd' }, { text: 'c' }, { text: 'a' }]);
  });

  test('one that came into the first history only is OUTCOME_UNKNOWN, with the vendor’s code', async () => {
    // The first call is slow, so that the fault can be set before the second.
    bench.emulator.setFaults([{ endpoints: ['zim.message.peer.import'], latencyMs: 30 }]);
    const running = put([old]);
    while ((bench.calls()['zim.message.peer.import'] ?? 0) < 1) await new Promise((resolve) => setImmediate(resolve));
    bench.emulator.setFaults([{ endpoints: ['zim.message.peer.import'], kind: 'unauthorized' }]);
    const [outcome] = await running;
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'OUTCOME_UNKNOWN', details: { vendorCode: '100000005' } },
    });
    bench.emulator.setFaults([]);
    const history = bench.run('Conversation.messages');
    expect((await history({ ownerId: 'carol', peer: user('erin') }, { limit: 5 })).items).toHaveLength(1);
    expect((await history({ ownerId: 'erin', peer: user('carol') }, { limit: 5 })).items).toHaveLength(0);
  });

  test('into chatrooms, ids that cannot be and groups with an owner fail alone', async () => {
    const outcomes = await put([
      { ...old, to: { kind: 'chatroom', id: 'lobby' } },
      { ...old, to: user('no/such') },
      { ...old, to: group('team'), ownerId: 'carol' },
      { ...old, to: group('team') },
    ]);
    expect(codesOf(outcomes)).toEqual(['NOT_SUPPORTED', 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'ok']);
    expect(bench.calls()).toEqual({ 'zim.message.group.import': 1 });
  });
});

describe('edits', () => {
  const message: MessageKey = { to: user('alice'), senderId: 'bob', key: '1' };
  const edit = (more: object = {}) =>
    bench.run('Mutation.editMessage')({
      message,
      kind: 'TEXT',
      content: { kind: 'TEXT', text: 'Will you come tonight?', isBarrage: false },
      ...more,
    });

  test('tell when, in seconds; the receiver may be who edits', async () => {
    const { editedAt } = await edit();
    expect(Math.abs((editedAt?.getTime() ?? 0) - Date.now())).toBeLessThan(10_000);
    expect((await edit({ actorId: 'alice' })).editedAt).toBeInstanceOf(Date);
    expect(bench.calls()).toEqual({ 'zim.message.peer.edit': 2 });
  });

  test.each([
    ['a chatroom', { message: { ...message, to: { kind: 'chatroom', id: 'lobby' } } }, 'NOT_SUPPORTED'],
    ['no number', { message: { ...message, key: 'id-1' } }, 'NOT_FOUND'],
    ['another kind', { kind: 'CUSTOM' }, 'BAD_USER_INPUT'],
    ['a barrage', { content: { kind: 'TEXT', text: 'x', isBarrage: true } }, 'NOT_SUPPORTED'],
  ])('of %s are refused before anything is sent', async (_, more, code) => {
    expect(await refusalOf(() => edit(more))).toMatchObject({ code });
    expect(bench.calls()).toEqual({});
  });
});
