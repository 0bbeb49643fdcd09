import { afterAll, beforeAll, expect, test } from 'vitest';
import { give, walk } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { callbackUrl, messageCallback, post, signers } from '../support/signed-callbacks.ts';

/** Histories that no vendor keeps for servers: what the log told. */
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
}, 30_000);
afterAll(() => gateway.stop());

const query = /* GraphQL */ `
  query ($id: ID!, $first: Int, $after: String) {
    conversation(id: $id) { messages(first: $first, after: $after) {
      nodes { id sentAt content { ... on TextContent { text } } } knownSince pageInfo { hasNextPage endCursor }
    } }
  }
`;

test('a long history is read to its beginning, and says how far it reaches', { timeout: 60_000 }, async () => {
  const count = 620;
  const texts = Array.from({ length: count }, (_, index) => `message ${index}`);
  for (const [index, text] of texts.entries()) {
    const signed = signers.easemob(messageCallback.easemob(text, String(7_000_000 + index)));
    expect((await post(callbackUrl(gateway, 'easemob', 'em-1'), signed)).status).toBe(200);
  }
  const alice = await gateway.token();
  const { nodes: sent } = (
    await give(
      gateway,
      await gateway.operator(),
      '{ events(first: 1) { nodes { ... on MessageEvent { message { sender { id } to { ... on User { id } } } } } } }',
    )
  ).events;
  const ids = [sent[0].message.sender.id, sent[0].message.to.id] as string[];
  const peer = ids.find((id) => id !== 'User:em-1:alice')?.split(':')[2];
  const id = `Conversation:em-1:alice:direct:${peer}`;
  const { nodes, pages } = await walk(
    gateway,
    alice,
    { query, variables: { id }, first: 100 },
    (data) => data.conversation.messages,
  );
  expect(nodes.map(({ content }) => content.text).sort()).toEqual([...texts].sort());
  expect(pages.map((each) => (each as { knownSince?: string }).knownSince)).toEqual(
    pages.map(() => nodes.at(-1).sentAt),
  );
  const none = await give(gateway, alice, query, { id: 'Conversation:em-1:alice:direct:nobody' });
  expect(none.conversation.messages).toMatchObject({ nodes: [], knownSince: null });
  const zim = await give(gateway, alice, query, { id: 'Conversation:zim-eu:alice:direct:bob' });
  expect(zim.conversation.messages.nodes.length).toBeGreaterThan(0);
  expect(zim.conversation.messages.knownSince).toBeNull();
});
