import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { callbackUrl, messageCallback, post, type SignedCallback, signers } from '../support/signed-callbacks.ts';

/** What the vendor never signs has a stream of its own in the log, which nobody who listens needs to know. */
let gateway: TestGateway;
let operator: string;
let url: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  operator = await gateway.operator();
  url = callbackUrl(gateway, 'easemob', 'em-1');
}, 30_000);
afterAll(() => gateway.stop());

let serial = 0;
const message = (): SignedCallback => {
  serial += 1;
  return signers.easemob(messageCallback.easemob(`message ${serial}`, String(serial)));
};
const reaction = (): SignedCallback => {
  serial += 1;
  const op = [{ reactionType: 'create', operator: 'bob' }];
  const data = [
    {
      messageId: '990000000001',
      from: 'bob',
      to: 'alice',
      channel_type: 'chat',
      reactions: [{ reaction: `r${serial}`, count: 1, op }],
    },
  ];
  const fields = { chat_type: 'notify', eventType: 'chat', from: 'bob', to: 'alice', msg_id: `77${serial}` };
  return {
    query: '',
    contentType: 'application/json',
    body: JSON.stringify({ ...fields, timestamp: Date.now(), payload: { type: 'reaction', data } }),
  };
};
const stream = `subscription ($after: String) { events(after: $after, filter: { appIds: ["App:em-1"] }) {
  id cursor __typename ... on ReactionsChangedEvent { emoji } ... on MessageEvent { message { content { ... on TextContent { text } } } } } }`;
const query = `query ($after: String) { events(first: 100, after: $after, filter: { appIds: ["App:em-1"] }) {
  nodes { id cursor __typename } pageInfo { hasNextPage endCursor } } }`;

interface Told {
  readonly id: string;
  readonly cursor: string;
  readonly __typename: string;
}

async function take(count: number, after: string | null): Promise<readonly Told[]> {
  const subscription = gateway.subscribe(operator, stream, { after });
  const told: Told[] = [];
  for (let index = 0; index < count; index += 1) told.push((await subscription.next()).data.events);
  await subscription.close();
  return told;
}

test('streams give what was signed and what was not, live and from any cursor, each once', async () => {
  const { data } = await gateway.query(operator, query);
  const start: string | null = data.events.pageInfo.endCursor;
  const live = gateway.subscribe(operator, stream);
  await live.isConnected;
  // Until the subscription is there, nothing would come.
  expect((await post(url, message())).status).toBe(200);
  const [first] = await take(1, start);
  const kinds = [message, reaction, message, reaction, reaction, message];
  for (const kind of kinds) expect((await post(url, kind())).status).toBe(200);

  const all = await take(7, start);
  expect(all.map(({ __typename }) => __typename).sort()).toEqual([
    ...Array.from({ length: 4 }, () => 'MessageSentEvent'),
    ...Array.from({ length: 3 }, () => 'ReactionsChangedEvent'),
  ]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(7);
  expect(all[0]?.id).toBe(first?.id);
  for (const [index, { cursor }] of all.entries()) {
    const rest = await take(all.length - index - 1, cursor);
    const ids = [...all.slice(0, index + 1), ...rest].map(({ id }) => id);
    expect(ids.sort()).toEqual(all.map(({ id }) => id).sort());
  }
  await live.close();
});

test('a search of past events gives both in the order they came, and its pages neither lose nor repeat any', async () => {
  const { data } = await gateway.query(operator, query);
  const nodes: readonly Told[] = data.events.nodes;
  expect(nodes.filter(({ __typename }) => __typename === 'ReactionsChangedEvent')).toHaveLength(3);
  expect(nodes).toHaveLength(7);
  const page = query.replace('first: 100', 'first: 2');
  const seen: string[] = [];
  for (let after: string | null = null, hasNext = true; hasNext; ) {
    const answer: { data?: typeof data } = await gateway.query(operator, page, { after });
    seen.push(...answer.data.events.nodes.map(({ id }: Told) => id));
    after = answer.data.events.pageInfo.endCursor;
    hasNext = answer.data.events.pageInfo.hasNextPage;
  }
  expect(seen).toEqual(nodes.map(({ id }) => id));
});

test('what the vendor sent for one is read by its id, and read once more', async () => {
  const { data } = await gateway.query(operator, query);
  const found = data.events.nodes.find(({ __typename }: Told) => __typename === 'ReactionsChangedEvent');
  const raw = await gateway.query(operator, 'query ($id: ID!) { rawEvent(id: $id) }', { id: found.id });
  expect(JSON.stringify(raw.data.rawEvent)).toContain('reactionType');
  const replay = 'mutation ($id: ID!) { replayCallback(input: { eventId: $id }) { events { id } } }';
  expect((await gateway.query(operator, replay, { id: found.id })).data.replayCallback).toEqual({ events: [] });
});
