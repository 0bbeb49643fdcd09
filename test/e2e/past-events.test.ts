import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps } from '../support/messages.ts';
import { callbackUrl, messageCallback, post, signers } from '../support/signed-callbacks.ts';

/** `Query.events` and `Query.rawEvent`: the log, for those who would rather ask. */
let gateway: TestGateway;
let operator: string;
let texts: string[];
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  operator = await gateway.operator();
  texts = [];
  for (let round = 0; round < 5; round += 1) {
    for (const { app, slug } of chatApps) {
      const text = `${app} ${round}`;
      texts.push(text);
      const signed = signers[slug](messageCallback[slug](text, `8${round}00${texts.length}`));
      expect((await post(callbackUrl(gateway, slug, app), signed)).status).toBe(200);
    }
  }
}, 30_000);
afterAll(() => gateway.stop());

const query = `query ($first: Int, $after: String, $filter: EventFilter, $order: EventOrder) { events(first: $first, after: $after, filter: $filter, order: $order) {
  edges { cursor } nodes { id cursor type app { name } ... on MessageEvent { message { content { ... on TextContent { text } } } } }
  pageInfo { hasNextPage endCursor } } }`;

interface Page {
  readonly edges: readonly { readonly cursor: string }[];
  readonly nodes: readonly {
    readonly id: string;
    readonly cursor: string;
    readonly type: string;
    readonly message?: { readonly content: { readonly text: string } };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const read = async (variables: Record<string, unknown> = {}): Promise<Page> => {
  const { data, errors } = await gateway.query<{ events: Page }>(operator, query, variables);
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no data');
  return data.events;
};
const textsOf = ({ nodes }: Page) => nodes.map((node) => node.message?.content.text);

test('gives the events of every app as one list, the oldest first', async () => {
  expect(textsOf(await read({ first: 100 }))).toEqual(texts);
});

test('pages through them without a gap or a repeat', async () => {
  const seen: (string | undefined)[] = [];
  let after: string | null = null;
  for (let page = 0; page < 10; page += 1) {
    const got: Page = await read({ first: 4, after });
    seen.push(...textsOf(got));
    after = got.pageInfo.endCursor;
    expect(got.edges.at(-1)?.cursor).toBe(got.nodes.at(-1)?.cursor);
    if (!got.pageInfo.hasNextPage) break;
  }
  expect(seen).toEqual(texts);
});

test('a filter holds, and its pages end where nothing more passes', async () => {
  const filter = { appIds: ['App:rc-cn'], types: ['MESSAGE_SENT'] };
  const first = await read({ first: 3, filter });
  expect(textsOf(first)).toEqual(['rc-cn 0', 'rc-cn 1', 'rc-cn 2']);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await read({ first: 3, filter, after: first.pageInfo.endCursor });
  expect(textsOf(second)).toEqual(['rc-cn 3', 'rc-cn 4']);
  expect(second.pageInfo.hasNextPage).toBe(false);
  expect((await read({ filter: { types: ['CALL_STARTED'] } })).nodes).toEqual([]);
});

test('the newest come first where that is asked for, without a gap or a repeat while others come', async () => {
  const newest = texts.toReversed();
  const order = 'NEWEST_FIRST';
  const all = await read({ first: 100, order });
  expect(textsOf(all).toSorted()).toEqual(texts.toSorted());
  // Of one app, whose order is that of its log.
  const own = { appIds: ['App:rc-cn'] };
  expect(textsOf(await read({ first: 100, order, filter: own }))).toEqual(
    newest.filter((text) => text.startsWith('rc')),
  );
  const seen: (string | undefined)[] = [];
  for (let after: string | null = null, hasNext = true; hasNext; ) {
    const got: Page = await read({ first: 4, after, order });
    seen.push(...textsOf(got));
    after = got.pageInfo.endCursor;
    hasNext = got.pageInfo.hasNextPage;
  }
  expect(seen).toEqual(textsOf(all));
  for (const [index, { cursor }] of all.edges.entries())
    expect(textsOf(await read({ first: 2, after: cursor, order }))).toEqual(seen.slice(index + 1, index + 3));
});

test('an event found backwards is a place from which a stream goes on', async () => {
  const filter = { appIds: ['App:zim-eu'] };
  const { nodes } = await read({ first: 3, order: 'NEWEST_FIRST', filter });
  const { nodes: later } = await read({ first: 10, filter, after: nodes[2]?.cursor });
  expect(later.map(({ id }) => id)).toEqual([nodes[1]?.id, nodes[0]?.id]);
});

test('a period is given by when events were received', async () => {
  const times = `query ($since: DateTime, $until: DateTime, $order: EventOrder) {
    events(first: 100, since: $since, until: $until, order: $order) { nodes { id receivedAt } pageInfo { hasNextPage } } }`;
  const of = async (variables: object) => {
    const { data } = await gateway.query(operator, times, { ...variables });
    expect(data.events.pageInfo.hasNextPage).toBe(false);
    return data.events.nodes as { id: string; receivedAt: string }[];
  };
  const all = await of({});
  const moments = [...new Set(all.map(({ receivedAt }) => receivedAt))];
  const [since, until] = [moments[1], moments.at(-1)];
  const expected = all.filter(({ receivedAt }) => receivedAt >= (since ?? '') && receivedAt < (until ?? ''));
  for (const order of ['OLDEST_FIRST', 'NEWEST_FIRST']) {
    const got = await of({ since, until, order });
    expect(got.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  }
  expect(await of({ since: '2100-01-01T00:00:00Z' })).toEqual([]);
  expect(await of({ until: '2000-01-01T00:00:00Z' })).toEqual([]);
});

test('a cursor of another life of the log is no place to go back from', async () => {
  const after = Buffer.from(JSON.stringify([['zim-eu', 'other', 3]])).toString('base64url');
  const { errors } = await gateway.query(operator, query, { after, order: 'NEWEST_FIRST' });
  expect(errors?.[0]?.extensions['code']).toBe('BAD_CURSOR');
});

test('a stream goes on from a page', async () => {
  const { nodes } = await read({ first: 13 });
  const stream = gateway.subscribe(
    operator,
    'subscription ($after: String) { events(after: $after) { ... on MessageEvent { message { content { ... on TextContent { text } } } } } }',
    { after: nodes.at(-1)?.cursor },
  );
  const rest = [await stream.next(), await stream.next()];
  expect(rest.map(({ data }) => data.events.message.content.text).sort()).toEqual(texts.slice(13).sort());
  await stream.close();
});

test.each([
  ['first out of bounds', { first: 101 }, 'BAD_USER_INPUT'],
  ['a cursor of another list', { after: 'WyJhYmNkZWZnaCIsbnVsbCwyMCwwXQ' }, 'BAD_CURSOR'],
])('%s is refused', async (_, variables, code) => {
  const { errors } = await gateway.query(operator, query, variables);
  expect(errors?.[0]?.extensions['code']).toBe(code);
});

test('what the vendor sent for an event can be read by admins only, and only while it is kept', async () => {
  const [first] = (await read({ first: 1 })).nodes;
  const raw = 'query ($id: ID!) { rawEvent(id: $id) }';
  const { data } = await gateway.query(operator, raw, { id: first?.id });
  expect(JSON.stringify(data.rawEvent)).toContain(texts[0]);
  // The path's token lets callbacks in: it is no part of what was sent.
  expect(JSON.stringify(data.rawEvent)).not.toContain('/callbacks/');
  expect((await gateway.query(operator, raw, { id: 'Event:zim-eu:elsewhere-1' })).data.rawEvent).toBeNull();
  const reader = await gateway.token({ subject: 'reader', scopes: ['chat:read'], accounts: {} });
  expect((await gateway.query(reader, raw, { id: first?.id })).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  expect((await gateway.query(operator, raw, { id: 'App:zim-eu' })).errors?.[0]?.extensions['code']).toBe(
    'BAD_USER_INPUT',
  );
});

test('a stored callback can be replayed: what the log has already changes nothing', async () => {
  const [first] = (await read({ first: 1 })).nodes;
  const replay = 'mutation ($id: ID!) { replayCallback(input: { eventId: $id }) { events { id } } }';
  expect((await gateway.query(operator, replay, { id: first?.id })).data.replayCallback).toEqual({ events: [] });
  expect(textsOf(await read({ first: 100 }))).toEqual(texts);
  const gone = await gateway.query(operator, replay, { id: 'Event:zim-eu:elsewhere-1' });
  expect(gone.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  const reader = await gateway.token({ subject: 'reader', scopes: ['chat:read'], accounts: {} });
  expect((await gateway.query(reader, replay, { id: first?.id })).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
});

test('a viewer may not ask for every event', async () => {
  const { errors } = await gateway.query(await gateway.token(), query, {});
  expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
});
