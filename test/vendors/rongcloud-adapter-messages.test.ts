import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NewChatroom } from '../../src/domain/chatroom.ts';
import type { HistoryKey, MessageKey, NewMessage } from '../../src/domain/message.ts';
import { type AdapterBench, codesOf, refusalOf, startAdapter } from '../support/rongcloud-adapter.ts';
import { requestsOf } from '../support/sent-requests.ts';

let bench: AdapterBench;
beforeAll(async () => {
  bench = await startAdapter();
});
beforeEach(() => bench.emulator.reset());
afterAll(() => bench.stop());

const many = (count: number) => Array.from({ length: count }, (_, index) => `user${index + 1}`);
const text = (words: string) => ({ kind: 'TEXT', text: words, isBarrage: false }) as const;
const draft = (message: Partial<NewMessage> & Pick<NewMessage, 'kind' | 'to'>): NewMessage => ({
  content: text('hi'),
  senderId: 'bob',
  ...message,
});
const send = (message: NewMessage) => bench.run('Mutation.sendMessage')(message);
const refusalOfSend = (message: Partial<NewMessage> & Pick<NewMessage, 'kind' | 'to'>) =>
  refusalOf(() => send(draft(message)));

/** The latest message of a conversation, as its owner reads it. */
async function latest(ownerId: string, peer: HistoryKey['peer']) {
  const { items } = await bench.run('Conversation.messages')({ ownerId, peer }, { limit: 1 });
  return items[0];
}

describe('chatrooms', () => {
  const room: NewChatroom = { name: 'Tea', memberIds: [], isMuted: false };

  test('are made with an end, attributes and speakers, and read without a name', async () => {
    const { chatroomId, members } = await bench.run('Mutation.createChatroom')({
      ...room,
      chatroomId: 'tea',
      expiry: { trigger: 'SET', afterSeconds: 7170 },
      attributes: [{ key: 'topic', value: 'tea' }],
      isMuted: true,
      speakerIds: ['bob'],
    });
    expect([chatroomId, members]).toEqual(['tea', []]);
    expect(await bench.run('Chatroom.name').load(['tea'])).toEqual([
      {
        chatroomId: 'tea',
        name: null,
        createdAt: expect.any(Date),
        memberCount: 0,
        mute: { everyone: true, roles: [], expiresAt: null },
        expiry: { trigger: 'SET', afterSeconds: 7200 },
      },
    ]);
  });

  test('that are not there are NOT_FOUND', async () => {
    expect(await refusalOf(() => bench.run('Chatroom.name').load(['nothing']))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each([
    ['description', { description: 'x' }, 'input.description'],
    ['ownerId', { ownerId: 'bob' }, 'input.ownerId'],
    ['memberIds', { memberIds: ['bob'] }, 'input.memberIds'],
    ['maxMembers', { maxMembers: 5 }, 'input.maxMembers'],
    ['an idle time', { expiry: { trigger: 'IDLE', afterSeconds: 60 } }, 'input.expiry.afterSeconds'],
  ] as const)('refuse %s', async (_, choice, input) => {
    expect(await refusalOf(() => bench.run('Mutation.createChatroom')({ ...room, ...choice }))).toEqual({
      code: 'NOT_SUPPORTED',
      input,
    });
    expect(bench.calls()).toEqual({});
  });

  test('refuse a set end under an hour as out of bounds', async () => {
    const expiry = { trigger: 'SET', afterSeconds: 60 } as const;
    expect(await refusalOf(() => bench.run('Mutation.createChatroom')({ ...room, expiry }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      input: 'input.expiry.afterSeconds',
    });
  });

  test('tell their users page by page, the newest first', async () => {
    const key = { spaceId: 'lobby', withRoles: true };
    const first = await bench.run('Chatroom.members')(key, { limit: 2 });
    const rest = await bench.run('Chatroom.members')(key, { limit: 2, position: first.next });
    expect([first.items.length, first.totalCount, first.next]).toEqual([2, 3, '2']);
    expect([rest.items.length, rest.next]).toEqual([1, undefined]);
    expect(first.items[0]?.joinedAt).toBeInstanceOf(Date);
  });

  test('answer for one user by the call for one, and for many by the other', async () => {
    const key = (userId: string) => ({ spaceId: 'lobby', userId, withRoles: false });
    const { load } = bench.run('Chatroom.member');
    expect(await load([key('bob')])).toEqual([{ userId: 'bob' }]);
    expect(await load(['bob', 'frank', 'erin'].map(key))).toEqual([{ userId: 'bob' }, null, { userId: 'erin' }]);
    expect(bench.calls()).toEqual({ 'chatroom.user.exist': 1, 'chatroom.users.exist': 1 });
  });

  test('take nobody in, put nobody out without a block, and are destroyed', async () => {
    const change = { space: { kind: 'chatroom', id: 'lobby' }, userIds: ['bob'], announce: true } as const;
    for (const name of ['Mutation.addMembers', 'Mutation.removeMembers'] as const) {
      expect(await refusalOf(() => bench.run(name)(change))).toEqual({ code: 'NOT_SUPPORTED', input: 'input.spaceId' });
    }
    await bench.run('Mutation.deleteSpace')({ space: change.space });
    expect(bench.calls()).toEqual({ 'chatroom.get': 1, 'chatroom.destroy': 1 });
  });
});

describe('a message', () => {
  test('to users goes in one call, and has an id for each', async () => {
    const outcomes = await send(draft({ kind: 'direct', to: ['alice', 'carol'] }));
    expect(outcomes).toMatchObject([
      { ok: true, value: { key: expect.any(String), senderId: 'bob', sequence: null, sentAt: null } },
      { ok: true, value: { key: expect.any(String) } },
    ]);
    const [first] = outcomes;
    expect(await latest('alice', { kind: 'direct', id: 'bob' })).toMatchObject({
      key: first?.ok ? first.value.key : '',
      to: { kind: 'direct', id: 'alice' },
      senderId: 'bob',
      content: { kind: 'TEXT', text: 'hi' },
    });
  });

  test('without a sender is the system user’s', async () => {
    const { senderId: _, ...message } = draft({ kind: 'direct', to: ['bob'] });
    expect(await send(message)).toMatchObject([{ value: { senderId: 'alice' } }]);
  });

  test('to 100 users is one call, to 7 groups three, to 11 chatrooms two', async () => {
    await send(draft({ kind: 'direct', to: many(60) }));
    expect(bench.batches('message.private.publish')).toEqual({ 60: 1 });
    for (const kind of ['group', 'chatroom'] as const) await send(draft({ kind, to: many(kind === 'group' ? 7 : 11) }));
    expect(bench.batches('message.group.publish')).toEqual({ 3: 2, 1: 1 });
    expect(bench.batches('message.chatroom.publish')).toEqual({ 10: 1, 1: 1 });
  });

  test('that cannot go to one receiver goes to the others', async () => {
    expect(codesOf(await send(draft({ kind: 'direct', to: ['alice', 'a,b'] })))).toEqual(['ok', 'BAD_USER_INPUT']);
  });

  test('takes along mentions, metadata and attributes', async () => {
    await send(
      draft({
        kind: 'group',
        to: ['team'],
        mentions: { everyone: false, userIds: ['carol'] },
        metadata: { a: 1 },
        attributes: [{ key: 'state', value: 'open' }],
      }),
    );
    expect(await latest('carol', { kind: 'group', id: 'team' })).toMatchObject({
      mentions: { everyone: false, userIds: ['carol'] },
      metadata: { a: 1 },
      raw: { extraContent: '{"state":"open"}', expansion: true },
    });
  });

  test('for some members is seen by them only', async () => {
    await send(draft({ kind: 'group', to: ['team'], visibleTo: ['carol'], content: text('for Carol') }));
    const peer = { kind: 'group', id: 'team' } as const;
    expect(await latest('carol', peer)).toMatchObject({ content: { text: 'for Carol' } });
    expect(await latest('dave', peer)).not.toMatchObject({ content: { text: 'for Carol' } });
  });

  test('with variables is another one for each receiver, by the template call', async () => {
    const variables = new Map([
      ['alice', [{ key: 'name', value: 'Alice' }]],
      ['carol', [{ key: 'name', value: 'Carol' }]],
    ]);
    await send(draft({ kind: 'direct', to: ['alice', 'carol'], content: text('hi {name}'), variables }));
    expect(await latest('carol', { kind: 'direct', id: 'bob' })).toMatchObject({ content: { text: 'hi Carol' } });
    const groups = new Map([['team', [{ key: 'name', value: 'team' }]]]);
    await send(draft({ kind: 'group', to: ['team'], content: text('hi {name}'), variables: groups }));
    expect(await latest('carol', { kind: 'group', id: 'team' })).toMatchObject({ content: { text: 'hi team' } });
    expect(bench.calls()).toMatchObject({ 'message.private.template': 1, 'message.group.template': 1 });
  });

  test('for those online only goes by the status calls', async () => {
    const delivery = { onlineOnly: true, keepInHistory: false, respectBlocklists: true };
    await send(draft({ kind: 'direct', to: ['alice'], delivery }));
    await send(draft({ kind: 'group', to: ['team'], delivery }));
    expect(bench.calls()).toEqual({ 'statusmessage.private.publish': 1, 'statusmessage.group.publish': 1 });
  });

  test('takes every choice of delivery and push that its way has', async () => {
    const push = {
      isEnabled: true,
      force: true,
      title: 't',
      body: 'b',
      data: { a: 1 },
      templateName: 'x',
      platforms: { APNs: { 'thread-id': '1' }, HW: { importance: 'NORMAL' } },
    };
    const kept = {
      keepInHistory: true,
      countAsUnread: false,
      updateConversation: false,
      copyToSender: true,
      requestReceipt: true,
    };
    const key = { idempotencyKey: 'k1' };
    let all: Awaited<ReturnType<typeof send>>[] = [];
    const requests = await requestsOf([bench.emulator.url], async () => {
      all = await Promise.all([
        send(draft({ ...key, kind: 'direct', to: ['alice'], push, delivery: { ...kept, respectBlocklists: true } })),
        send(draft({ ...key, kind: 'group', to: ['team'], push, delivery: kept })),
        send(
          draft({
            ...key,
            kind: 'chatroom',
            to: ['lobby'],
            delivery: { priority: 'LOW', copyToSender: true, keepInHistory: true },
          }),
        ),
      ]);
    });
    expect(codesOf(all.flat())).toEqual(['ok', 'ok', 'ok']);
    const pushed = {
      disablePush: 'false',
      pushContent: 'b',
      pushData: '{"a":1}',
      pushExt: expect.stringContaining('"forceShowPushContent":1'),
    };
    const keptAs = {
      isPersisted: '1',
      isCounted: '0',
      disableUpdateLastMsg: 'true',
      isIncludeSender: '1',
      needReadReceipt: '1',
      msgRandom: expect.stringMatching(/^\d+$/),
    };
    expect(requests.map(({ fields }) => fields)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ toUserId: 'alice', ...pushed, ...keptAs, verifyBlacklist: '1' }),
        expect.objectContaining({ toGroupId: 'team', ...pushed, ...keptAs }),
        expect.objectContaining({ toChatroomId: 'lobby', priority: '3', isIncludeSender: '1', isPersisted: '1' }),
      ]),
    );
  });
});

describe('a choice that its way lacks is refused before anything is sent', () => {
  const attributes = [{ key: 'a', value: 'b' }];
  test.each([
    ['mentions of a user', { kind: 'direct', to: ['alice'], mentions: { everyone: true, userIds: [] } }, 'mentions'],
    ['users who do not see it', { kind: 'group', to: ['team'], hiddenFrom: ['bob'] }, 'hiddenFrom'],
    ['a chatroom for some', { kind: 'chatroom', to: ['lobby'], visibleTo: ['bob'] }, 'visibleTo'],
    ['a chatroom’s variables', { kind: 'chatroom', to: ['lobby'], variables: new Map() }, 'variables'],
    [
      'a chatroom for those online',
      { kind: 'chatroom', to: ['lobby'], delivery: { onlineOnly: true } },
      'delivery.onlineOnly',
    ],
    ['a chatroom’s push', { kind: 'chatroom', to: ['lobby'], push: { title: 't' } }, 'push.title'],
    ['attributes for some', { kind: 'group', to: ['team'], visibleTo: ['bob'], attributes }, 'attributes'],
    [
      'a push without a card for some',
      { kind: 'group', to: ['team'], visibleTo: ['bob'], push: { isEnabled: false } },
      'push.isEnabled',
    ],
    ['a group’s priority', { kind: 'group', to: ['team'], delivery: { priority: 'HIGH' } }, 'delivery.priority'],
    [
      'a group’s blocklists',
      { kind: 'group', to: ['team'], delivery: { respectBlocklists: true } },
      'delivery.respectBlocklists',
    ],
    ['a badge that rises', { kind: 'direct', to: ['alice'], push: { badgeIncrement: 1 } }, 'push.badgeIncrement'],
    [
      'attributes of what is not kept',
      { kind: 'direct', to: ['alice'], attributes, delivery: { onlineOnly: true } },
      'attributes',
    ],
  ] as const)('%s', async (_, message, input) => {
    expect(await refusalOfSend(message)).toEqual({ code: 'NOT_SUPPORTED', input: `input.${input}` });
    expect(bench.calls()).toEqual({});
  });

  test('and members of two groups are out of bounds', async () => {
    expect(await refusalOfSend({ kind: 'group', to: ['team', 'choir'], visibleTo: ['bob'] })).toEqual({
      code: 'BAD_USER_INPUT',
      input: 'input.visibleTo',
    });
  });
});

describe('a recall', () => {
  test('takes a message back, one call each, also a second time', async () => {
    const peer = { kind: 'direct', id: 'bob' } as const;
    const message = await latest('alice', peer);
    if (!message) throw new Error('no message');
    const { to, senderId, key }: MessageKey = message;
    const recall = {
      messages: [{ to, senderId, key }],
      actorId: 'carol',
      note: 'rude',
      withoutTrace: true,
      force: true,
    };
    expect(codesOf(await bench.run('Mutation.recallMessages')(recall))).toEqual(['ok']);
    expect(codesOf(await bench.run('Mutation.recallMessages')(recall))).toEqual(['ok']);
    expect(await latest('alice', peer)).toMatchObject({
      key,
      content: { kind: 'RECALLED', recalledById: null },
      recalledAt: expect.any(Date),
    });
    expect(bench.calls()).toMatchObject({ 'message.recall': 2 });
  });
});

describe('a history', () => {
  const peer = { kind: 'direct', id: 'alice' } as const;
  const key: HistoryKey = { ownerId: 'frank', peer };

  /** Sends texts 1 to `count`, in this order. */
  async function say(count: number) {
    for (let each = 1; each <= count; each += 1)
      await send(draft({ kind: 'direct', to: ['alice'], senderId: 'frank', content: text(`${each}`) }));
  }

  async function readAll(limit: number, from: HistoryKey = key) {
    const read = bench.run('Conversation.messages');
    const pages = [];
    let position: string | undefined;
    do {
      const page = await read(from, { limit, position });
      pages.push(page.items.map(({ content }) => (content?.kind === 'TEXT' ? Number(content.text) : 0)));
      position = page.next;
    } while (position !== undefined && pages.length < 100);
    return pages.flat();
  }

  const downFrom = (count: number) => Array.from({ length: count }, (_, index) => count - index);

  test('under 100 messages is read in one call a page, the latest first, each message once', async () => {
    await say(25);
    const [first] = await Promise.all([bench.run('Conversation.messages')(key, { limit: 10 })]);
    expect(first.items.map(({ to }) => to)).toEqual(
      Array.from({ length: 10 }, () => ({ kind: 'direct', id: 'alice' })),
    );
    expect(bench.calls()).toMatchObject({ 'history.private.query': 1 });
    const all = await readAll(10);
    expect(all).toEqual(downFrom(25));
  });

  test('beyond 100 messages is read to its beginning, each message once', async () => {
    await say(230);
    const all = await readAll(20);
    expect(all).toEqual(downFrom(230));
    expect(bench.calls()['history.private.query']).toBeLessThan(40);
  });

  test('goes on where a full answer ends with the very moment that it is asked up to', async () => {
    const state = bench.emulator.apps[0]?.state;
    const moment = Date.now() - 60_000;
    for (let each = 1; each <= 104; each += 1) {
      const body = JSON.stringify({ content: `${each}` });
      const sent = { kind: 'direct', from: 'frank', to: 'alice', type: 'RC:TxtMsg', source: 'server' } as const;
      state?.keep({ ...sent, body, sentAt: each < 100 ? moment - 1 : moment }, (serial) => `${each}-${serial}`);
    }
    const all = await readAll(20, { ...key, until: new Date(moment + 1) });
    expect([...all].sort((a, b) => b - a)).toEqual(downFrom(104));
  });

  test('has bounds, a sender and kinds', async () => {
    await say(3);
    const read = (more: Partial<HistoryKey>) => bench.run('Conversation.messages')({ ...key, ...more }, { limit: 10 });
    expect((await read({ senderId: 'alice' })).items).toEqual([]);
    expect((await read({ kinds: ['IMAGE'] })).items).toEqual([]);
    expect((await read({ until: new Date(0) })).items).toEqual([]);
    expect((await read({ since: new Date(Date.now() + 30_000) })).items).toEqual([]);
    expect(
      (await read({ since: new Date(Date.now() - 30_000), until: new Date(Date.now() + 1000) })).items,
    ).toHaveLength(3);
  });

  test('of a group or chatroom as such is the system user’s', async () => {
    const team = await bench.run('Group.messages')({ peer: { kind: 'group', id: 'team' } }, { limit: 10 });
    expect(team.items).toMatchObject([{ senderId: 'bob', to: { kind: 'group', id: 'team' } }]);
    const lobby = await bench.run('Chatroom.messages')({ peer: { kind: 'chatroom', id: 'lobby' } }, { limit: 10 });
    expect(lobby.items).toMatchObject([{ senderId: 'bob', content: { text: 'Welcome everybody' } }]);
  });

  test('of another list’s place is BAD_CURSOR', async () => {
    expect(await refusalOf(() => bench.run('Conversation.messages')(key, { limit: 1, position: 'x' }))).toMatchObject({
      code: 'BAD_CURSOR',
    });
  });
});
