import { describe, expect, test } from 'vitest';
import type { Data } from '../../support/answers.ts';
import { messageFields } from '../../support/messages.ts';
import { ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();
const url = 'https://files.example/a.bin';

/** Every kind of content with nothing that can be left out, and some with all of it. */
const contents: Readonly<Record<string, object>> = {
  text: { text: { text: 'hello' } },
  image: { image: { url } },
  audio: { audio: { url } },
  video: { video: { url } },
  file: { file: { url } },
  'file with a name and size': { file: { url, name: 'a.bin', byteSize: 12 } },
  location: { location: { latitude: 1.5, longitude: -2.25, name: 'Quay' } },
  command: { command: { name: 'refresh' } },
  'command with data': { command: { name: 'refresh', data: { page: 7, of: ['a', 'b'] } } },
  'command with an empty object': { command: { name: 'refresh', data: {} } },
  custom: { custom: { type: 'app-card' } },
  'custom with an empty object': { custom: { type: 'app-card', data: {} } },
  'custom with data': { custom: { type: 'app-card', data: { id: '7' } } },
};

const send = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { message { ...Message } results { ok node { id } error { code } } } } ${messageFields}`;
const events = `query ($app: ID!, $after: String) { events(first: 100, after: $after, filter: { appIds: [$app], types: [MESSAGE_SENT] }) {
  nodes { ... on MessageSentEvent { message { ...Message } } } pageInfo { hasNextPage endCursor } } } ${messageFields}`;
const history = `query ($app: ID!, $to: ID!) { viewer { account(appId: $app) { conversation(peerId: $to) {
  messages(first: 5) { nodes { ...Message } } } } } } ${messageFields}`;

/** A message without what may differ: the moment, which is the answer's until the vendor's is known. */
const facts = ({ sentAt: _, ...rest }: Data) => rest;

describe.each(ruleApps)('%s', (_, { app, user, group, room }) => {
  const id = `App:${app}`;
  const lastEvents = async (): Promise<Data[]> => {
    const found: Data[] = [];
    for (let after: string | null = null, hasNext = true; hasNext; ) {
      const page: Data = (await scene.operate(events, { app: id, after })).events;
      found.push(...page.nodes.map(({ message }: Data) => message));
      after = page.pageInfo.endCursor;
      hasNext = page.pageInfo.hasNextPage;
    }
    return found.slice(-3);
  };

  describe.each([
    ['a user', user('bob')],
    ['a group', group],
    ['a chatroom', room],
  ])('to %s', (kind, to) => {
    test.each(Object.entries(contents))(
      '%s is answered with the message as it is read later',
      async (name, content) => {
        const alice = await scene.as('alice');
        const token = await scene.gateway.token({ subject: 'alice', accounts: { [app]: 'alice' } });
        const before = Date.now();
        const { data, errors } = await scene.gateway.query(token, send, {
          input: { to: [to], content, metadata: { shade: 'blue' } },
        });
        if (errors) {
          // A kind of content that the vendor lacks is refused as a whole.
          expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['NOT_SUPPORTED']);
          expect(name).not.toBe('text');
          return;
        }
        const { message, results } = data.sendMessage;
        expect(results).toEqual([{ ok: true, node: { id: message.id }, error: null }]);
        expect(Date.parse(message.sentAt)).toBeGreaterThanOrEqual(before - 1000);
        expect(Date.parse(message.sentAt)).toBeLessThanOrEqual(Date.now() + 1000);
        await scene.settle();

        const hasVendorId = message.vendorId !== null;
        const isThis = (each: Data) =>
          hasVendorId ? each.id === message.id : JSON.stringify(each.content) === JSON.stringify(message.content);
        const wanted = hasVendorId ? facts(message) : { ...facts(message), id: expect.any(String) };
        const told = (await lastEvents()).find(isThis);
        if (told) expect(facts(told)).toMatchObject(hasVendorId ? wanted : { content: message.content });
        const { nodes } = (await alice(history, { app: id, to })).viewer.account.conversation.messages;
        const kept = nodes.find(isThis);
        if (kept && hasVendorId) expect(facts(kept)).toEqual(wanted);
        if (name === 'text') expect([told, kind === 'a chatroom' || kept]).not.toContain(undefined);
      },
    );
  });
});
