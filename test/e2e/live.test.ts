import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
}, 30_000);
afterAll(() => gateway.stop());

/** The last: what the vendor's callback tells of where a client's message came from. */
const apps = [
  ['zim-eu', 'zim', 'team', 'CLIENT'],
  ['rc-cn', 'rongcloud', 'team', 'CLIENT'],
  ['em-1', 'easemob', '2784001', 'UNKNOWN'],
] as const;

const conversationEvents = /* GraphQL */ `
  subscription ($id: ID!, $after: String) {
    conversationEvents(conversationId: $id, after: $after) {
      __typename
      id
      cursor
      occurredAt
      app { name }
      ... on MessageSentEvent {
        source
        message { id sender { id name } to { ... on User { id } ... on Group { id name } } content { ... on TextContent { text } } }
      }
    }
  }
`;

async function happen(slug: string, event: object): Promise<void> {
  const reply = await fetch(`${gateway.emulators.get(slug)?.url}/_emulator/events`, {
    method: 'POST',
    body: JSON.stringify(event),
  });
  expect(reply.status, await reply.text()).toBe(200);
}

const say = (slug: string, from: string, to: { kind: string; id: string }, text: string) =>
  happen(slug, { type: 'message', from, to, content: { kind: 'TEXT', text } });

describe.each(apps)('%s', (app, slug, group, source) => {
  test('a message that a client sends at the vendor reaches a subscriber of the conversation', async () => {
    const events = gateway.subscribe(await gateway.token(), conversationEvents, {
      id: `Conversation:${app}:alice:direct:bob`,
    });
    await events.isConnected;
    await settle();
    await say(slug, 'carol', { kind: 'direct', id: 'alice' }, 'not in this conversation');
    await say(slug, 'bob', { kind: 'direct', id: 'alice' }, `hello over ${slug}`);
    const { data } = await events.next();
    expect(data.conversationEvents).toMatchObject({
      __typename: 'MessageSentEvent',
      app: { name: app },
      source,
      message: {
        sender: { id: `User:${app}:bob`, name: 'Bob Brook' },
        to: { id: `User:${app}:alice` },
        content: { text: `hello over ${slug}` },
      },
    });
    await events.close();
  });

  test('a message sent through the API reaches a subscriber, because the vendor called back', async () => {
    const viewer = await gateway.token();
    const events = gateway.subscribe(viewer, conversationEvents, { id: `Conversation:${app}:alice:direct:bob` });
    await events.isConnected;
    await settle();
    const sent = await gateway.query(
      viewer,
      'mutation ($to: ID!) { sendMessage(input: { to: [$to], content: { text: { text: "from here" } } }) { results { ok error { code message } } message { id } } }',
      {
        to: `User:${app}:bob`,
      },
    );
    expect(sent.errors).toBeUndefined();
    expect(sent.data.sendMessage.results).toEqual([{ ok: true, error: null }]);
    const { data } = await events.next();
    expect(data.conversationEvents.message.content.text).toBe('from here');
    if (sent.data.sendMessage.message)
      expect(data.conversationEvents.message.id).toBe(sent.data.sendMessage.message.id);
    await events.close();
  });

  test("a group's message reaches its member's viewerEvents, and nobody else's", async () => {
    const viewerEvents =
      'subscription { viewerEvents { __typename ... on MessageSentEvent { message { to { ... on Group { id } } content { ... on TextContent { text } } } } } }';
    const member = gateway.subscribe(await gateway.token({ accounts: { [app]: 'alice' } }), viewerEvents);
    const stranger = gateway.subscribe(
      await gateway.token({ subject: 'frank', accounts: { [app]: 'frank' } }),
      viewerEvents,
    );
    await Promise.all([member.isConnected, stranger.isConnected]);
    await settle();
    await say(slug, 'bob', { kind: 'group', id: group }, 'to the team');
    const { data } = await member.next();
    expect(data.viewerEvents.message).toEqual({
      to: { id: `Group:${app}:${group}` },
      content: { text: 'to the team' },
    });
    await expect(stranger.next(300)).rejects.toThrow('no event');
    await Promise.all([member.close(), stranger.close()]);
  });

  test('a stream that is given a cursor goes on right after that event, without a gap or a repeat', async () => {
    const viewer = await gateway.token();
    const id = `Conversation:${app}:alice:direct:erin`;
    const first = gateway.subscribe(viewer, conversationEvents, { id });
    await first.isConnected;
    await settle();
    await say(slug, 'erin', { kind: 'direct', id: 'alice' }, 'one');
    const { data } = await first.next();
    await first.close();
    await say(slug, 'erin', { kind: 'direct', id: 'alice' }, 'two');
    await say(slug, 'erin', { kind: 'direct', id: 'alice' }, 'three');
    const resumed = gateway.subscribe(viewer, conversationEvents, { id, after: data.conversationEvents.cursor });
    const texts = [(await resumed.next()).data, (await resumed.next()).data].map(
      (each) => each.conversationEvents.message.content.text,
    );
    expect(texts).toEqual(['two', 'three']);
    await resumed.close();
  });
});

test('a cursor of another stream, or garbage, ends the subscription with BAD_CURSOR', async () => {
  for (const after of [
    'garbage',
    Buffer.from('[["rc-cn","x",1]]').toString('base64url'),
    Buffer.from('[["zim-eu","x",-1]]').toString('base64url'),
  ]) {
    const events = gateway.subscribe(await gateway.token(), conversationEvents, {
      id: 'Conversation:zim-eu:alice:direct:bob',
      after,
    });
    const { errors } = await events.next();
    expect(errors[0].extensions.code).toBe('BAD_CURSOR');
    await events.close();
  }
});

test('a cursor of an earlier life of the log is told by one gap event', async () => {
  const after = Buffer.from('[["zim-eu","another",7]]').toString('base64url');
  const events = gateway.subscribe(await gateway.token(), conversationEvents, {
    id: 'Conversation:zim-eu:alice:direct:dave',
    after,
  });
  const { data } = await events.next();
  expect(data.conversationEvents.__typename).toBe('GapEvent');
  await events.close();
});

test("somebody else's conversation cannot be subscribed to", async () => {
  const events = gateway.subscribe(await gateway.token(), conversationEvents, {
    id: 'Conversation:zim-eu:bob:direct:carol',
  });
  const { errors } = await events.next();
  expect(errors[0].extensions.code).toBe('FORBIDDEN');
  await events.close();
});

/** Gives the server's side of a subscription time to begin: graphql-ws tells clients of the connection only. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 60));
