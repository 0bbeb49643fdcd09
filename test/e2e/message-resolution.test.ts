import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, disturb, happen } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { history, recallMessages } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  // No callback tells this gateway of what the vendors have.
  for (const { apps } of gateway.emulators.values()) for (const app of apps) app.callbackUrl = null;
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

const isRead = (endpoint: string) => /history|query|list/.test(endpoint);

/** Ids of messages that alice sent by a client of the vendor's own. */
async function saidByAlice(slug: string, app: string, kind: 'direct' | 'group', id: string): Promise<string[]> {
  for (const text of ['one', 'two'])
    await happen(gateway, slug, {
      type: 'message',
      app,
      from: 'alice',
      to: { kind, id },
      content: { kind: 'TEXT', text },
    });
  const page = await history(gateway, alice, `Conversation:${app}:alice:${kind}:${id}`, { first: 2 });
  return page.data.node.messages.nodes.map((node: { id: string }) => node.id);
}

describe.each([
  ['zim', 'zim-eu'],
  ['rongcloud', 'rc-cn'],
] as const)('%s', (slug, app) => {
  test.each([
    ['direct', 'bob'],
    ['group', 'team'],
  ] as const)(
    'finds the viewer’s own messages to a %s in the vendor’s history, all with one read',
    async (kind, to) => {
      const messageIds = await saidByAlice(slug, app, kind, to);
      const calls = await callsOf(gateway, async () => {
        const { data } = await recallMessages(gateway, alice, { messageIds });
        expect(data.recallMessages.results).toMatchObject([{ ok: true }, { ok: true }]);
      });
      expect(calls.filter(isRead)).toHaveLength(1);
    },
  );

  test.each([
    ['direct', 'bob'],
    ['group', 'team'],
  ] as const)('refuses a message of another user in the vendor’s history of a %s', async (kind, to) => {
    const [id = ''] = await saidByAlice(slug, app, kind, to);
    const bob = await gateway.token({ subject: 'bob', accounts: { [app]: 'bob' } });
    const forged =
      kind === 'direct' ? id.replace(':bob:alice:', ':alice:bob:') : id.replace(':team:alice:', ':team:bob:');
    expect(forged).not.toBe(id);
    const { errors } = await recallMessages(gateway, bob, { messageIds: [forged] });
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  test('makes no more than ten reads for the ids of one request, however many conversations they name', async () => {
    const key = slug === 'zim' ? '999' : 'AAAA-BBBB-CCCC-DDDD';
    const messageIds = Array.from({ length: 100 }, (_, index) => `Message:${app}:direct:user${index}:alice:${key}`);
    const calls = await callsOf(gateway, async () => {
      const { errors } = await recallMessages(gateway, alice, { messageIds });
      expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    });
    expect(calls.length).toBeGreaterThan(0);
    // ZIM keeps a copy of a conversation for each side, and both may be asked.
    expect(calls.length).toBeLessThanOrEqual(slug === 'zim' ? 20 : 10);
  });
});

test('answers that the vendor cannot be asked now, rather than that a message is not the viewer’s', async () => {
  const [id = ''] = await saidByAlice('rongcloud', 'rc-cn', 'direct', 'carol');
  await disturb(gateway, 'rongcloud', [{ endpoints: ['rongcloud.history.private.query'], kind: 'drop' }]);
  const { errors } = await recallMessages(gateway, alice, { messageIds: [id] });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'VENDOR_UNAVAILABLE' });
  await disturb(gateway, 'rongcloud', []);
});
