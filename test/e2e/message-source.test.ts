// biome-ignore-all lint/suspicious/noThenProperty: the word of the operators’ file; it is no function, so nothing awaits it
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { happen } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { follow } from '../support/live-events.ts';
import { chatApps, sendMessage, textTo } from '../support/messages.ts';

let gateway: TestGateway;
beforeAll(async () => {
  const rules = [{ name: 'all', keywords: ['nothing that is said'], then: 'REFUSE' as const }];
  const apps = demoApps.map((each) => ({ ...each, switches: [...(each.switches ?? []), 'pre-send'] }));
  gateway = await startGateway({ apps, retell: false, limits: false, decisions: { rules } });
}, 30_000);
afterAll(() => gateway.stop());

const events = /* GraphQL */ `
  subscription ($filter: EventFilter, $after: String) {
    events(filter: $filter, after: $after) {
      ... on MessageSentEvent { source message { content { ... on TextContent { text } } } }
    }
  }
`;

describe.each(chatApps)('$slug', ({ app, slug }) => {
  test('a message says whether it came from a client or a server, where the vendor asked about it or it was sent from here', async () => {
    const filter = { appIds: [`App:${app}`], types: ['MESSAGE_SENT'] };
    const stream = await follow(gateway, [app], await gateway.operator(), events, { filter });
    const sourceOf = async (wanted: string) => {
      const { source } = await stream.until(({ message }) => message?.content.text === wanted);
      return source as string;
    };
    const to = { kind: 'direct', id: 'bob' };
    await happen(gateway, slug, { type: 'message', from: 'alice', to, content: { kind: 'TEXT', text: 'by a client' } });
    expect(await sourceOf('by a client')).toBe('CLIENT');
    await sendMessage(gateway, await gateway.token(), textTo(`User:${app}:bob`, 'by this server'));
    expect(await sourceOf('by this server')).toBe('SERVER');
    await stream.close();
  });
});
