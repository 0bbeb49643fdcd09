import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { give, happen } from '../support/answers.ts';
import { type GraphqlAnswer, startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps, sendMessage, settled, textTo } from '../support/messages.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ limits: false });
}, 30_000);
afterAll(() => gateway.stop());

const tokenOf = (user: string, app: string) => gateway.token({ subject: user, accounts: { [app]: user } });

/** All that tells one refusal from another: everything but the request's own id and its place in the document. */
const seen = ({ data, errors, status }: GraphqlAnswer<unknown>) => ({
  status,
  data,
  errors: errors?.map(({ message, path, extensions: { requestId: _, ...rest } }) => ({ message, path, ...rest })),
});

const fields = 'id kind updatedAt unreadCount isPinned notificationLevel lastMessage { id } peer { __typename }';
const asked = (query: string) => (token: string, id: string) => gateway.query(token, query, { id });
const changed = (name: string, type: string, input: object) => (token: string, id: string) =>
  gateway.query(
    token,
    `mutation ($input: ${type}!) { ${name}(input: $input) { results { target ok error { code message vendorCode } } } }`,
    { input: { ...input, conversationIds: [id] } },
  );
const ways = {
  conversation: asked(`query ($id: ID!) { conversation(id: $id) { ${fields} } }`),
  updatedAt: asked('query ($id: ID!) { conversation(id: $id) { updatedAt } }'),
  lastMessage: asked('query ($id: ID!) { conversation(id: $id) { lastMessage { id } } }'),
  node: asked(`query ($id: ID!) { node(id: $id) { ... on Conversation { ${fields} } } }`),
  nodes: asked(`query ($id: ID!) { nodes(ids: [$id]) { ... on Conversation { ${fields} } } }`),
  markConversationsRead: changed('markConversationsRead', 'MarkConversationsReadInput', {}),
  updateConversations: changed('updateConversations', 'UpdateConversationsInput', { isPinned: true }),
  deleteConversations: changed('deleteConversations', 'DeleteConversationsInput', {}),
  clearHistory: changed('clearHistory', 'ClearHistoryInput', {}),
  sendMessage: (token: string, id: string) => sendMessage(gateway, token, textTo(id, 'let me in')),
};

describe.each(chatApps)('$slug', ({ app, slug, team, lobby }) => {
  const absent = {
    group: slug === 'easemob' ? '2784999' : 'no-such-group',
    chatroom: slug === 'easemob' ? '9199999' : 'no-such-room',
  };
  const there = { group: team, chatroom: lobby };

  test.each(
    (['group', 'chatroom'] as const).flatMap((kind) =>
      Object.entries(ways).map(([name, way]) => ({ kind, name, way })),
    ),
  )('a conversation with a $kind reads to a stranger by $name as one with none', async ({ kind, way }) => {
    const frank = await tokenOf('frank', app);
    const ofThere = seen(await way(frank, `Conversation:${app}:frank:${kind}:${there[kind]}`));
    const ofAbsent = seen(await way(frank, `Conversation:${app}:frank:${kind}:${absent[kind]}`));
    expect(ofThere.errors).toMatchObject([{ code: 'FORBIDDEN', message: 'Not allowed, or not to be known.' }]);
    expect(ofThere.errors?.[0]).not.toHaveProperty('vendorCode');
    expect(ofAbsent).toEqual(ofThere);
  });

  test('a conversation of another user reads as the viewer’s own that is not there, by every way', async () => {
    const frank = await tokenOf('frank', app);
    for (const [name, way] of Object.entries(ways)) {
      const ofAbsent = seen(await way(frank, `Conversation:${app}:frank:group:${absent.group}`));
      for (const id of [
        `Conversation:${app}:alice:direct:bob`,
        `Conversation:${app}:alice:group:${team}`,
        `Conversation:${app}:FRANK:group:${team}`,
      ])
        expect(seen(await way(frank, id)), name).toEqual(ofAbsent);
    }
  });

  test('a user’s conversation by its peer is refused to a stranger of the space, there or not', async () => {
    const frank = await tokenOf('frank', app);
    const query = `query ($id: ID!, $peer: ID!) { user(id: $id) { conversation(peerId: $peer) { ${fields} } } }`;
    const ask = async (peer: string) => seen(await gateway.query(frank, query, { id: `User:${app}:frank`, peer }));
    const ofThere = await ask(`Group:${app}:${team}`);
    expect(ofThere.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await ask(`Group:${app}:${absent.group}`)).toEqual(ofThere);
  });

  test('a stream of a conversation with a space is refused to a stranger, there or not', async () => {
    const frank = await tokenOf('frank', app);
    for (const id of [team, absent.group]) {
      const stream = gateway.subscribe(
        frank,
        'subscription ($id: ID!) { conversationEvents(conversationId: $id) { __typename } }',
        { id: `Conversation:${app}:frank:group:${id}` },
      );
      expect((await stream.next()).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      await stream.close();
    }
  });

  test('who is in the space sees the conversation, and a direct one needs no space', async () => {
    const alice = await tokenOf('alice', app);
    for (const peer of [`group:${team}`, `chatroom:${lobby}`, 'direct:bob', 'direct:nobody-at-all']) {
      const id = `Conversation:${app}:alice:${peer}`;
      const query = 'query ($id: ID!) { conversation(id: $id) { id updatedAt unreadCount } }';
      expect((await give(gateway, alice, query, { id })).conversation.id).toBe(id);
    }
  });

  test('a viewer’s message to a conversation of another owner is refused, and nobody gets it', async () => {
    const alice = await tokenOf('alice', app);
    const text = `by a foreign owner at ${app}`;
    const { errors } = await sendMessage(gateway, alice, textTo(`Conversation:${app}:bob:direct:carol`, text));
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const own = await sendMessage(gateway, alice, textTo(`Conversation:${app}:alice:direct:carol`, 'by its owner'));
    expect(own.data.sendMessage.results).toMatchObject([{ ok: true }]);
    const messages = [...(gateway.emulators.get(slug)?.apps[0]?.state.messages.values() ?? [])];
    expect(messages.some(({ body }) => JSON.stringify(body).includes(text))).toBe(false);
  });
});

// RongCloud tells of groups only what its hosted groups do.
describe.each(chatApps.filter(({ slug }) => slug !== 'rongcloud'))('$slug', ({ app, slug, team }) => {
  test('who left a group has its conversation on no list, and cannot read it any more', async () => {
    const dave = await tokenOf('dave', app);
    const id = `Conversation:${app}:dave:group:${team}`;
    const list = '{ viewer { conversations(first: 100) { nodes { id updatedAt } } } }';
    const idsOf = async () =>
      (await give(gateway, dave, list)).viewer.conversations.nodes.map((node: { id: string }) => node.id);
    expect(await idsOf()).toContain(id);
    // The vendor's callback of it is lost.
    const emulated = gateway.emulators.get(slug)?.apps[0];
    const url = emulated?.callbackUrl ?? null;
    if (emulated) emulated.callbackUrl = null;
    await happen(gateway, slug, { type: 'leave', app, user: 'dave', space: { kind: 'group', id: team } });
    if (emulated) emulated.callbackUrl = url;
    await settled(gateway);
    expect(seen(await ways.conversation(dave, id)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await idsOf()).not.toContain(id);
  });
});
