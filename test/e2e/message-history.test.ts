import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { emListed } from '../support/apps.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { callsOf, chatApps, history, sendMessage, settled, textTo } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, apps: [...demoApps, emListed] });
  alice = await gateway.token();
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  gateway.calls.length = 0;
});
afterAll(() => gateway.stop());

interface Node {
  readonly id: string;
  readonly sentAt: string;
  readonly kind: string;
  readonly content: { readonly text?: string } | null;
  readonly sender: { readonly id: string };
}

/** Every page of a history, with the texts in the order given. */
async function pages(token: string, id: string, first: number, filter?: object): Promise<Node[][]> {
  const found: Node[][] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await history(gateway, token, id, { first, after, ...(filter && { filter }) });
    expect(errors).toBeUndefined();
    const { nodes, edges, pageInfo } = data.node.messages;
    expect(nodes.length).toBeLessThanOrEqual(first);
    expect(edges).toHaveLength(nodes.length);
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    found.push(nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null && found.length < 60);
  return found;
}

const textsOf = (nodes: readonly Node[]) => nodes.map(({ content }) => content?.text);

describe.each(chatApps)('$slug', ({ app, slug, club, lobby }) => {
  const count = 25;
  /** A conversation of each kind, with whom alice's messages go to. */
  const places = {
    direct: { id: `Conversation:${app}:alice:direct:erin`, to: `User:${app}:erin` },
    group: { id: `Group:${app}:${club}`, to: `Group:${app}:${club}` },
    'group conversation': { id: `Conversation:${app}:alice:group:${club}`, to: `Group:${app}:${club}` },
    chatroom: { id: `Chatroom:${app}:${lobby}`, to: `Chatroom:${app}:${lobby}` },
  };
  const said = Array.from({ length: count }, (_, index) => `number ${index + 1}`);
  let from = '';

  beforeAll(async () => {
    from = new Date().toISOString();
    const erin = await gateway.token({ subject: 'erin', accounts: { [app]: 'erin' } });
    for (const { id, to } of Object.values(places).filter(({ id }) => !id.includes(':group:'))) {
      for (const [index, text] of said.entries()) {
        const isHers = index % 5 === 4;
        const peer = id.startsWith('Conversation') && isHers ? `User:${app}:alice` : to;
        const content =
          index % 7 === 6 && slug !== 'zim' ? { custom: { type: 'note', data: { text } } } : { text: { text } };
        const { data, errors } = await sendMessage(gateway, isHers ? erin : alice, { to: [peer], content });
        expect(errors).toBeUndefined();
        expect(data.sendMessage.results).toMatchObject([{ ok: true }]);
        // One after the other, so that they come to the log in this order.
        await gateway.emulators.get(slug)?.callbacks.idle();
      }
    }
  }, 30_000);

  describe.each(Object.entries(places))('%s', (_, { id }) => {
    test.each([1, 4, 7, 25, 100])('pages of %i hold every message once, the latest first', async (first) => {
      const found = await pages(alice, id, first, { since: from });
      const nodes = found.flat();
      expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
      const texts = nodes.filter(({ kind }) => kind === 'TEXT' || kind === 'CUSTOM');
      expect(texts).toHaveLength(count);
      const plain = textsOf(texts).filter((text) => text !== undefined);
      expect(plain).toEqual(said.filter((text) => plain.includes(text)).reverse());
      const times = nodes.map(({ sentAt }) => Date.parse(sentAt));
      expect(times).toEqual([...times].sort((a, b) => b - a));
      expect(found.slice(0, -1).filter((page) => page.length === 0)).toEqual([]);
    });

    test('a filter by sender gives the messages of that user', async () => {
      const nodes = (await pages(alice, id, 10, { since: from, senderId: `User:${app}:erin` })).flat();
      expect(nodes).toHaveLength(5);
      expect(new Set(nodes.map(({ sender }) => sender.id))).toEqual(new Set([`User:${app}:erin`]));
    });

    test('a filter by kind gives those kinds', async () => {
      const custom = (await pages(alice, id, 10, { since: from, kinds: ['CUSTOM'] })).flat();
      const text = (await pages(alice, id, 10, { since: from, kinds: ['TEXT'] })).flat();
      expect(custom).toHaveLength(slug === 'zim' ? 0 : 3);
      expect(text).toHaveLength(slug === 'zim' ? 25 : 22);
      expect((await pages(alice, id, 10, { since: from, kinds: ['VIDEO'] })).flat()).toEqual([]);
    });

    test('since is with, until is without that very moment', async () => {
      const nodes = (await pages(alice, id, 100, { since: from })).flat();
      const at = nodes[10]?.sentAt ?? '';
      const moment = Date.parse(at);
      const [later, earlier] = [
        (await pages(alice, id, 100, { since: at })).flat(),
        (await pages(alice, id, 100, { since: from, until: at })).flat(),
      ];
      expect(later.every(({ sentAt }) => Date.parse(sentAt) >= moment)).toBe(true);
      expect(earlier.every(({ sentAt }) => Date.parse(sentAt) < moment)).toBe(true);
      expect([...later, ...earlier].map((each) => each.id)).toEqual(nodes.map((each) => each.id));
    });

    test('a span without messages is an empty page', async () => {
      const { data, errors } = await history(gateway, alice, id, {
        filter: { since: '2020-01-01T00:00:00.000Z', until: '2020-01-02T00:00:00.000Z' },
      });
      expect(errors).toBeUndefined();
      expect(data.node.messages).toEqual({ edges: [], nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
    });

    test.each([
      ['first: 0', { first: 0 }, 'BAD_USER_INPUT', 'first'],
      ['first: -1', { first: -1 }, 'BAD_USER_INPUT', 'first'],
      ['first: 101', { first: 101 }, 'BAD_USER_INPUT', 'first'],
      ['a cursor that is garbage', { after: 'garbage' }, 'BAD_CURSOR', 'after'],
      [
        'a sender of another app',
        { filter: { senderId: app === 'zim-eu' ? 'User:rc-cn:bob' : 'User:zim-eu:bob' } },
        'BAD_USER_INPUT',
        'filter.senderId',
      ],
    ])('%s is refused', async (_title, page, code, input) => {
      const { data, errors } = await history(gateway, alice, id, page);
      expect(data.node.messages).toBeNull();
      expect(errors?.[0]).toMatchObject({ path: ['node', 'messages'], extensions: { code, input } });
      expect(callsOf(gateway).filter((each) => /history|Messages/.test(each))).toEqual([]);
    });
  });

  test('a cursor belongs to its list and its filter', async () => {
    const { data } = await history(gateway, alice, places.direct.id, { first: 2 });
    const after = data.node.messages.pageInfo.endCursor;
    for (const [id, filter] of [
      [places.group.id, undefined],
      [`Conversation:${app}:alice:direct:bob`, undefined],
      [places.direct.id, { kinds: ['TEXT'] }],
    ] as const) {
      const { errors } = await history(gateway, alice, id, { after, ...(filter && { filter }) });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_CURSOR', input: 'after' });
    }
  });

  test("somebody else's conversations and spaces are FORBIDDEN, absent ones alike; an operator reads them", async () => {
    const frank = await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } });
    const absent = slug === 'easemob' ? '9999999' : 'nowhere';
    for (const id of [
      places.direct.id,
      places.group.id,
      places.chatroom.id,
      `Conversation:${app}:frank:group:${club}`,
      `Group:${app}:${absent}`,
    ]) {
      const { data, errors } = await history(gateway, frank, id);
      expect(data?.node?.messages ?? null, id).toBeNull();
      const { requestId: _, ...extensions } = errors?.[0]?.extensions ?? {};
      expect(extensions, id).toEqual({ code: 'FORBIDDEN' });
    }
    for (const id of [places.direct.id, places.group.id]) {
      const { data, errors } = await history(gateway, operator, id, { first: 1 });
      expect(errors).toBeUndefined();
      expect(data.node.messages.nodes).toHaveLength(1);
    }
  });

  test('lastMessage, updatedAt and conversation(peerId) tell the newest message', async () => {
    const { data: sent } = await sendMessage(gateway, alice, textTo(`User:${app}:dave`, 'the newest'));
    await settled(gateway);
    const query = /* GraphQL */ `
      query ($app: ID!, $peers: [ID!]!, $dave: ID!, $never: ID!, $group: ID!) {
        viewer {
          account(appId: $app) {
            dave: conversation(peerId: $dave) { ...C }
            never: conversation(peerId: $never) { ...C }
            group: conversation(peerId: $group) { ...C }
          }
        }
        nodes(ids: $peers) { ... on Conversation { ...C } }
      }
      fragment C on Conversation {
        id kind updatedAt unreadCount owner { id }
        peer { ... on User { id } ... on Group { id } }
        lastMessage { id content { ... on TextContent { text } } }
      }
    `;
    const { data, errors } = await gateway.query(alice, query, {
      app: `App:${app}`,
      dave: `User:${app}:dave`,
      never: `User:${app}:user60`,
      group: `Group:${app}:${club}`,
      peers: [`Conversation:${app}:alice:direct:dave`],
    });
    expect(errors).toBeUndefined();
    const { dave, never, group } = data.viewer.account;
    expect(dave).toMatchObject({
      id: `Conversation:${app}:alice:direct:dave`,
      kind: 'DIRECT',
      owner: { id: `User:${app}:alice` },
      peer: { id: `User:${app}:dave` },
      lastMessage: { id: sent.sendMessage.message.id, content: { text: 'the newest' } },
      // Followed from its first message on: `unread.test.ts` holds the counts.
      unreadCount: expect.any(Number),
    });
    expect(Math.abs(Date.parse(dave.updatedAt) - Date.now())).toBeLessThan(5000);
    expect(data.nodes).toEqual([dave]);
    expect(never).toMatchObject({ updatedAt: null, lastMessage: null });
    expect(group).toMatchObject({ kind: 'GROUP', lastMessage: { content: { text: said.at(-1) } } });
  });
});

test("what a vendor's list tells of the last messages is shown without a callback and without a call for each", async () => {
  const query =
    'query ($id: ID!) { user(id: $id) { conversations(first: 100) { nodes { id updatedAt lastMessage { content { ... on TextContent { text } } } } } } }';
  const { data, errors } = await gateway.query(alice, query, { id: 'User:em-listed:alice' });
  expect(errors).toBeUndefined();
  const { nodes } = data.user.conversations;
  expect(nodes).toHaveLength(20);
  for (const { lastMessage, updatedAt } of nodes) {
    expect(lastMessage.content.text).toBeTruthy();
    expect(updatedAt).toBeTruthy();
  }
  // The second call proves the memberships of the groups, all at once.
  expect(callsOf(gateway)).toEqual(['easemob.conversation.list', 'easemob.group.joined']);
});
