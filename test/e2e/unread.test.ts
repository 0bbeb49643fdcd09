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
