import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApps } from '../../src/demo.ts';
import { callsOf } from '../support/answers.ts';
import { startGateway, type TestGateway, variant } from '../support/gateway.ts';
import { chatApps, messageFields, recallMessages, sendMessage, settled, textTo } from '../support/messages.ts';

/** A second app at Easemob, whose messages must not be taken for those of the first. */
const otherApp = variant('easemob', 'em-2', { appName: 'two' });

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ limits: false, apps: [...demoApps, otherApp] });
  operator = await gateway.operator();
}, 30_000);
afterAll(() => gateway.stop());

const tokenOf = (user: string, app: string) => gateway.token({ subject: user, accounts: { [app]: user } });
const codeOf = async (answer: ReturnType<TestGateway['query']>) => (await answer).errors?.[0]?.extensions['code'];
const partsOf = (id: string) => {
  const [type = '', app = '', kind = '', to = '', sender = '', key = ''] = id.split(':');
  return { type, app, kind, to, sender, key };
};
const join = (parts: ReturnType<typeof partsOf>) =>
  [parts.type, parts.app, parts.kind, parts.to, parts.sender, parts.key].join(':');

async function sent(user: string, app: string, to: string, text: string): Promise<string> {
  const { data } = await sendMessage(gateway, await tokenOf(user, app), textTo(to, text));
  await settled(gateway);
  return data.sendMessage.message.id;
}

/** What the conversation shows of a message, by the emulator's books. */
function isRecalled(slug: string, app: string, id: string): boolean {
  const { key, kind, to, sender } = partsOf(id);
  const place = [...demoApps, otherApp].filter((each) => each.vendor === slug).findIndex(({ name }) => name === app);
  const state = gateway.emulators.get(slug)?.apps[place]?.state;
  const found = [...(state?.messages.values() ?? [])].find(
    (each) => each.kind === kind && each.from === sender && each.to === to && [each.id, String(each.seq)].includes(key),
  );
  expect(found, id).toBeDefined();
  return found?.recalledAt !== null;
}

const changes = {
  recallMessages: (token: string, id: string) => recallMessages(gateway, token, { messageIds: [id] }),
  editMessage: (token: string, id: string) =>
    gateway.query(token, 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }', {
      input: { messageId: id, content: { text: { text: 'forged' } } },
    }),
  acknowledgeMessages: (token: string, id: string) =>
    gateway.query(
      token,
      'mutation ($input: AcknowledgeMessagesInput!) { acknowledgeMessages(input: $input) { results { ok } } }',
      { input: { messageIds: [id], status: 'READ' } },
    ),
};
const reads = {
  message: (token: string, id: string) =>
    gateway.query(token, `query ($id: ID!) { message(id: $id) { ...Message } } ${messageFields}`, { id }),
  node: (token: string, id: string) =>
    gateway.query(token, `query ($id: ID!) { node(id: $id) { id ...Message } } ${messageFields}`, { id }),
  nodes: (token: string, id: string) =>
    gateway.query(token, `query ($id: ID!) { nodes(ids: [$id]) { id ...Message } } ${messageFields}`, { id }),
};

describe.each(chatApps)('$slug', ({ app, slug, team, club, lobby }) => {
  const places = [
    ['direct', `User:${app}:carol`],
    ['group', `Group:${app}:${team}`],
  ] as const;

  test.each(places)(
    'refuses every change of a %s message whose id names the viewer in the place of the real sender',
    async (kind, to) => {
      const id = await sent('bob', app, to, 'of bob');
      const parts = partsOf(id);
      // frank is in neither conversation; alice is in the group.
      for (const user of ['frank', 'alice']) {
        const token = await tokenOf(user, app);
        const forged = [
          { ...parts, sender: user },
          { ...parts, sender: user, to: kind === 'direct' ? 'user50' : club },
          { ...parts, sender: user, kind: 'direct', to: 'user50' },
          { ...parts, sender: user, kind: 'chatroom', to: lobby },
          { ...parts, sender: user.toUpperCase() },
        ].map(join);
        for (const each of forged) {
          expect(await codeOf(changes.recallMessages(token, each)), each).toBe('FORBIDDEN');
          if (slug === 'zim') expect(await codeOf(changes.editMessage(token, each)), each).toBe('FORBIDDEN');
          if (slug === 'zim') expect(await codeOf(changes.acknowledgeMessages(token, each)), each).toBe('FORBIDDEN');
        }
      }
      expect(isRecalled(slug, app, id)).toBe(false);
    },
  );

  test.each(places)('shows nobody a %s message by an id whose parts were exchanged', async (kind, to) => {
    const id = await sent('bob', app, to, 'not for frank');
    const parts = partsOf(id);
    const frank = await tokenOf('frank', app);
    const forged = [
      { ...parts, sender: 'frank' },
      { ...parts, to: 'frank', kind: 'direct' },
      { ...parts, kind: kind === 'direct' ? 'group' : 'direct' },
      parts,
      { ...parts, key: `${parts.key}9` },
    ].map(join);
    for (const each of forged) {
      for (const read of Object.values(reads)) {
        const { data, errors } = await read(frank, each);
        expect(JSON.stringify(data)).not.toContain('not for frank');
        expect(errors?.map(({ message, extensions: { requestId: _, ...rest } }) => ({ message, ...rest }))).toEqual([
          { message: 'Not allowed, or not to be known.', code: 'FORBIDDEN' },
        ]);
      }
    }
  });

  test('refuses a list of messages for one that is another’s, wherever it stands, and changes none', async () => {
    const own = await sent('alice', app, `Group:${app}:${team}`, 'of alice');
    const foreign = await sent('bob', app, `Group:${app}:${team}`, 'of bob');
    const alice = await tokenOf('alice', app);
    const forged = join({ ...partsOf(foreign), sender: 'alice' });
    for (const messageIds of [
      [own, foreign],
      [foreign, own],
      [own, forged],
      [forged, own],
    ])
      expect(await codeOf(recallMessages(gateway, alice, { messageIds }))).toBe('FORBIDDEN');
    for (const id of [own, foreign]) expect(isRecalled(slug, app, id)).toBe(false);
  });

  test('recalls a message at once after it was sent, before any callback tells of it', async () => {
    const alice = await tokenOf('alice', app);
    const { data } = await sendMessage(gateway, alice, textTo(`Group:${app}:${team}`, 'oops'));
    const { id } = data.sendMessage.message;
    const recall = await recallMessages(gateway, alice, { messageIds: [id] });
    expect(recall.data?.recallMessages.results).toMatchObject([{ ok: true }]);
    expect(isRecalled(slug, app, id)).toBe(true);
    await settled(gateway);
  });

  test('asks nothing of the vendor for an id that names another sender', async () => {
    const id = await sent('bob', app, `Group:${app}:${team}`, 'of bob');
    const frank = await tokenOf('frank', app);
    const calls = await callsOf(gateway, async () => {
      expect(await codeOf(changes.recallMessages(frank, id))).toBe('FORBIDDEN');
    });
    expect(calls).toEqual([]);
  });

  test('leaves a moderator to act on messages that nothing resolves', async () => {
    const key = slug === 'rongcloud' ? 'AAAA-BBBB-CCCC-DDDD' : '99999';
    const { errors } = await recallMessages(gateway, operator, {
      messageIds: [`Message:${app}:direct:bob:alice:${key}`],
    });
    expect(errors).toBeUndefined();
  });

  test('lets only a moderator force a recall past the vendor’s time', async () => {
    const id = await sent('alice', app, `User:${app}:bob`, 'old');
    const { errors } = await recallMessages(gateway, await tokenOf('alice', app), { messageIds: [id], force: true });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', input: 'input.force' });
    expect(isRecalled(slug, app, id)).toBe(false);
  });
});

test('a message of one app is not taken for one of another app of the vendor', async () => {
  const id = await sent('alice', 'em-1', 'User:em-1:bob', 'of the first app');
  const alice = await gateway.token({ accounts: { 'em-1': 'alice', 'em-2': 'alice' } });
  expect(await codeOf(recallMessages(gateway, alice, { messageIds: [id.replace('em-1', 'em-2')] }))).toBe('FORBIDDEN');
});
