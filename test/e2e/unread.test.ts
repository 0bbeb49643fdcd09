import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps } from '../support/messages.ts';

/** Unread counts, which no vendor tells: kept by the index, for every vendor alike. */
let gateway: TestGateway;
const folder = mkdtempSync(join(tmpdir(), 'unread-'));
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, eventsFile: join(folder, 'events.db') });
}, 30_000);
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const unread = `query ($id: ID!) { conversation(id: $id) { unreadCount lastMessage { content { ... on TextContent { text } } } } }`;

describe.each(chatApps)('$slug', ({ app, slug }) => {
  const emulator = () => {
    const found = gateway.emulators.get(slug);
    if (!found) throw new Error(`no emulator of ${slug}`);
    return found;
  };
  const say = async (from: string, to: string, text: string) => {
    await emulator().send({ from, to: { kind: 'direct', id: to }, content: { kind: 'TEXT', text } }, app);
    await emulator().callbacks.idle();
  };
  const countOf = async (owner: string, peer: string): Promise<number | null> => {
    const { data, errors } = await gateway.query(await gateway.operator(), unread, {
      id: `Conversation:${app}:${owner}:direct:${peer}`,
    });
    expect(errors).toBeUndefined();
    return data.conversation.unreadCount;
  };

  test('what a user has not read of a conversation counts, and what it wrote itself does not', async () => {
    await say('dave', 'erin', 'one');
    await say('dave', 'erin', 'two');
    expect([await countOf('erin', 'dave'), await countOf('dave', 'erin')]).toEqual([2, 0]);
  });

  test('marking it read sets the count to zero, until somebody writes again', async () => {
    const { data, errors } = await gateway.query(
      await gateway.token({ subject: 'erin', accounts: { [app]: 'erin' } }),
      'mutation ($ids: [ID!]!) { markConversationsRead(input: { conversationIds: $ids }) { results { ok error { code } } } }',
      { ids: [`Conversation:${app}:erin:direct:dave`] },
    );
    expect(errors).toBeUndefined();
    expect(data.markConversationsRead.results).toEqual([{ ok: true, error: null }]);
    expect(await countOf('erin', 'dave')).toBe(0);
    await say('dave', 'erin', 'three');
    expect(await countOf('erin', 'dave')).toBe(1);
  });

  test('a conversation that nothing is known of has no count, not a count of zero', async () => {
    expect(await countOf('alice', 'grace')).toBeNull();
  });

  test('nobody marks the conversations of another', async () => {
    const { errors } = await gateway.query(
      await gateway.token(),
      'mutation ($ids: [ID!]!) { markConversationsRead(input: { conversationIds: $ids }) { results { ok } } }',
      { ids: [`Conversation:${app}:erin:direct:dave`] },
    );
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('receipts of RongCloud’s own clients', () => {
  const emulator = () => {
    const found = gateway.emulators.get('rongcloud');
    if (!found) throw new Error('no emulator of rongcloud');
    return found;
  };
  const say = async (from: string, to: { kind: 'direct' | 'group'; id: string }, content: object) => {
    await emulator().send({ from, to, content: { ...content } }, 'rc-cn');
    await emulator().callbacks.idle();
  };
  const conversation = async (owner: string, place: string) => {
    const { data, errors } = await gateway.query(await gateway.operator(), unread, {
      id: `Conversation:rc-cn:${owner}:${place}`,
    });
    expect(errors).toBeUndefined();
    return data.conversation;
  };

  test('read what came before them, and neither count nor are the last message', async () => {
    const toErin = { kind: 'direct', id: 'user45' } as const;
    const toDave = { kind: 'direct', id: 'user44' } as const;
    for (const text of ['one', 'two']) await say('user44', toErin, { kind: 'TEXT', text });
    expect((await conversation('user45', 'direct:user44')).unreadCount).toBe(2);
    await say('user44', toErin, { type: 'RC:TypSts', body: { typingContentType: 'RC:TxtMsg' } });
    await say('user45', toDave, { type: 'RC:ReadNtf', body: { lastMessageSendTime: Date.now(), type: 1 } });
    expect(await conversation('user45', 'direct:user44')).toMatchObject({
      unreadCount: 0,
      lastMessage: { content: { text: 'two' } },
    });
    expect((await conversation('user44', 'direct:user45')).unreadCount).toBe(0);
  });

  test('for the user’s own devices read a group', async () => {
    const toTeam = { kind: 'group', id: 'team' } as const;
    for (const text of ['five', 'six']) await say('alice', toTeam, { kind: 'TEXT', text });
    expect((await conversation('bob', 'group:team')).unreadCount).toBe(2);
    await say('bob', toTeam, { type: 'RC:SRSMsg', body: { lastMessageSendTime: Date.now() } });
    expect(await conversation('bob', 'group:team')).toMatchObject({
      unreadCount: 0,
      lastMessage: { content: { text: 'six' } },
    });
  });

  test('in a group read the message that they name, and what came before it', async () => {
    const toTeam = { kind: 'group', id: 'team' } as const;
    await gateway.query(
      await gateway.token({ subject: 'bob', accounts: { 'rc-cn': 'bob' } }),
      'mutation ($ids: [ID!]!) { markConversationsRead(input: { conversationIds: $ids }) { results { ok } } }',
      { ids: ['Conversation:rc-cn:bob:group:team'] },
    );
    for (const text of ['three', 'four']) await say('alice', toTeam, { kind: 'TEXT', text });
    expect((await conversation('bob', 'group:team')).unreadCount).toBe(2);
    const state = emulator().apps.find(({ name }) => name === 'rc-cn')?.state;
    const last = state?.conversations.get('group:team')?.at(-1)?.id ?? [...(state?.messages.keys() ?? [])].at(-1);
    await say('bob', toTeam, { type: 'RC:RRRspMsg', body: { receiptMessageDic: { alice: [last] } } });
    expect((await conversation('bob', 'group:team')).unreadCount).toBe(0);
  });
});

test('what could not be marked as read at the vendor stays unread', async () => {
  const emulator = gateway.emulators.get('zim');
  const id = 'Conversation:zim-eu:frank:direct:carol';
  await emulator?.send({ from: 'carol', to: { kind: 'direct', id: 'frank' }, content: { kind: 'TEXT', text: 'hi' } });
  await emulator?.callbacks.idle();
  const operator = await gateway.operator();
  const mark = async () => {
    const mutation =
      'mutation ($ids: [ID!]!) { markConversationsRead(input: { conversationIds: $ids }) { results { ok } } }';
    const { data } = await gateway.query(operator, mutation, { ids: [id] });
    const { data: read } = await gateway.query(operator, unread, { id });
    return [data.markConversationsRead.results, read.conversation.unreadCount];
  };
  emulator?.setFaults([{ endpoints: ['zim.conversation.unread.clear'], kind: 'error' }]);
  expect(await mark()).toEqual([[{ ok: false }], 1]);
  emulator?.setFaults([]);
  expect(await mark()).toEqual([[{ ok: true }], 0]);
});
