import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('with a file for events, a subscriber resumes over a restart of the server, and conversations are remembered', async () => {
  const eventsFile = join(folder, 'events.db');
  const subscription = /* GraphQL */ `
    subscription ($after: String) {
      conversationEvents(conversationId: "Conversation:em-1:alice:direct:bob", after: $after) {
        __typename
        cursor
        ... on MessageSentEvent { message { content { ... on TextContent { text } } } }
      }
    }
  `;
  const first = await startGateway({ eventsFile, retell: false });
  const say = async (gateway: typeof first, text: string) => {
    const content = { kind: 'TEXT', text };
    const body = JSON.stringify({ type: 'message', from: 'bob', to: { kind: 'direct', id: 'alice' }, content });
    await fetch(`${gateway.emulators.get('easemob')?.url}/_emulator/events`, { method: 'POST', body });
    await gateway.emulators.get('easemob')?.callbacks.idle();
  };
  const events = first.subscribe(await first.token(), subscription);
  await events.isConnected;
  await new Promise((resolve) => setTimeout(resolve, 60));
  await say(first, 'one');
  const { cursor } = (await events.next()).data.conversationEvents;
  await events.close();
  await say(first, 'two');
  await first.stop();

  const second = await startGateway({ eventsFile, retell: false });
  const resumed = second.subscribe(await second.token(), subscription, { after: cursor });
  expect((await resumed.next()).data.conversationEvents).toMatchObject({
    __typename: 'MessageSentEvent',
    message: { content: { text: 'two' } },
  });
  await say(second, 'three');
  expect((await resumed.next()).data.conversationEvents).toMatchObject({ message: { content: { text: 'three' } } });
  await resumed.close();
  const { data } = await second.query(
    await second.token(),
    '{ viewer { account(appId: "App:em-1") { conversation(peerId: "User:em-1:bob") { messages { nodes { content { ... on TextContent { text } } } } } } } }',
  );
  const texts = data.viewer.account.conversation.messages.nodes.map(
    (node: { content: { text: string } }) => node.content.text,
  );
  expect(texts).toEqual(['three', 'two', 'one']);
  await second.stop();
}, 30_000);
