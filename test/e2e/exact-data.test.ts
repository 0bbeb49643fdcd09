import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { happen } from '../support/answers.ts';
import {
  anyJson,
  anyObject,
  anyText,
  readExact,
  textOrNested,
  textPairs,
  writeExact,
  writeLiteral,
} from '../support/exact-json.ts';
import { type GraphqlAnswer, startGateway, type TestGateway } from '../support/gateway.ts';
import { type Followed, follow } from '../support/live-events.ts';
import { chatApps, history, messageFields, settled } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false, keepsLimits: false });
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

/** What each vendor has a place for. */
const carried = {
  zim: { metadata: textOrNested, custom: anyJson },
  rongcloud: { metadata: textOrNested, custom: anyJson },
  easemob: { metadata: anyObject, custom: textPairs },
} as const;

/** Bounds of one property: the whole file stays within half a minute. */
const bounds = { numRuns: 40, interruptAfterTimeLimit: 4000 };

const sending = /* GraphQL */ `
  mutation ($input: SendMessageInput!) {
    sendMessage(input: $input) { message { id } results { ok error { code message } } }
  }
`;

/** Posts a request whose body is written by hand, and gives the answer with its text. */
// biome-ignore lint/suspicious/noExplicitAny: tests read answers by the shape of their own query
async function post(query: string, variables: object): Promise<GraphqlAnswer<any> & { readonly text: string }> {
  const reply = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${alice}` },
    body: writeExact({ query, variables }),
  });
  const text = await reply.text();
  return { status: reply.status, text, ...JSON.parse(text) };
}

describe.each(chatApps)('$slug', ({ app, slug }) => {
  const to = `User:${app}:bob`;
  const conversation = `Conversation:${app}:alice:direct:bob`;
  const from = { type: 'message', from: 'bob', to: { kind: 'direct', id: 'alice' } };
  let events: Followed;
  beforeAll(async () => {
    const query = /* GraphQL */ `
      subscription ($id: ID!, $after: String) {
        conversationEvents(conversationId: $id, after: $after) { ... on MessageSentEvent { message { ...Message } } }
      }
      ${messageFields}
    `;
    events = await follow(gateway, [app], alice, query, { id: conversation });
  });

  /** Sends, and gives the message as an event and as the history have it. */
  async function sentAndRead(input: object) {
    const { data, errors } = await post(sending, { input: { to: [to], ...input } });
    expect(errors).toBeUndefined();
    expect(data.sendMessage.results).toMatchObject([{ ok: true, error: null }]);
    const { id } = data.sendMessage.message;
    const event = await events.until((given) => given.message?.id === id);
    const read = await history(gateway, alice, conversation, { first: 1 });
    return [event.message, read.data.node.messages.nodes[0]];
  }

  test('texts of every plane come back as they were sent', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        for (const message of await sentAndRead({ content: { text: { text } } }))
          expect(message.content).toMatchObject({ text });
      }),
      bounds,
    );
  });

  test('metadata comes back as it was sent', async () => {
    await fc.assert(
      fc.asyncProperty(carried[slug].metadata, async (metadata) => {
        for (const message of await sentAndRead({ content: { text: { text: 'hi' } }, metadata }))
          expect(message.metadata).toEqual(readExact(metadata));
      }),
      bounds,
    );
  });

  test("content of the app's own comes back as it was sent, with and without metadata", async () => {
    const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
    const beside = fc.option(anyObject, { nil: undefined });
    await fc.assert(
      fc.asyncProperty(carried[slug].custom, beside, fc.constantFrom('order', '7', '0'), async (data, more, type) => {
        // Not every vendor has a place beside data that is no object.
        const metadata = isObject(data) ? more : undefined;
        for (const message of await sentAndRead({ content: { custom: { type, data } }, metadata })) {
          expect(message.content).toEqual({ __typename: 'CustomContent', customType: type, data: readExact(data) });
          expect(message.metadata).toEqual(metadata === undefined ? null : readExact(metadata));
        }
      }),
      bounds,
    );
  });

  test('integers of 64 bits reach the vendor with all their digits, from variables and from literals', async () => {
    const input = {
      to: [to],
      content: { text: { text: 'hi' } },
      metadata: { id: 1724442618569203714n, list: [9007199254740993n] },
    };
    const literal = sending.replace('($input: SendMessageInput!)', '').replace('$input', writeLiteral(input));
    const kept = () => [...(gateway.emulators.get(slug)?.apps[0]?.state.messages.values() ?? [])].at(-1);
    for (const [query, variables] of [
      [sending, { input }],
      [literal, {}],
    ] as const) {
      const { data } = await post(query, variables);
      expect(data.sendMessage.results).toMatchObject([{ ok: true }]);
      const body = JSON.stringify([kept()?.body, ...(kept()?.extra.values() ?? [])], null, 0);
      expect(body).toContain('1724442618569203714');
      expect(body).toContain('9007199254740993');
      const read = await history(gateway, alice, conversation, { first: 1 });
      expect(read.data.node.messages.nodes[0].metadata).toEqual(readExact(input.metadata));
    }
  });

  test('half of a surrogate pair is U+FFFD to every reader', async () => {
    const half = String.raw`\ud83d`;
    const body = JSON.stringify({
      query: sending,
      variables: { input: { to: [to], content: { text: { text: 'aXb' } } } },
    });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${alice}` };
    const reply = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: body.replace('X', half) });
    const { data } = JSON.parse(await reply.text());
    const event = await events.until((given) => given.message?.id === data.sendMessage.message.id);
    expect(event.message.content.text).toBe('a\ufffdb');

    await happen(gateway, slug, { ...from, content: { kind: 'TEXT', text: 'client\ud83d' } });
    await settled(gateway);
    const told = await events.until((given) => given.message?.sender.id === to);
    expect(told.message.content.text).toBe('client\ufffd');
  });
});
