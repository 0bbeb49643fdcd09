import { describe, expect, test, vi } from 'vitest';
import { disturb, happen } from '../../support/answers.ts';
import { type Followed, follow } from '../../support/live-events.ts';
import { settled } from '../../support/messages.ts';
import { type RuleApp, ruleApps, ruleScene } from '../../support/rule-scene.ts';

const scene = ruleScene();

const send = /* GraphQL */ `
  mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } results { ok error { code } } } }
`;
const read = /* GraphQL */ `
  query ($group: ID!, $conversation: ID!) {
    group: node(id: $group) { ... on Group { messages(first: 20) { nodes { ...Text } } } }
    conversation: node(id: $conversation) {
      ... on Conversation { lastMessage { ...Text } unreadCount messages(first: 20) { nodes { ...Text } } }
    }
  }
  fragment Text on Message { content { ... on TextContent { text } } }
`;
const one = 'query ($id: ID!) { message(id: $id) { id } node(id: $id) { id } }';
const recall = 'mutation ($ids: [ID!]!) { recallMessages(input: { messageIds: $ids }) { results { ok } } }';

const event = '{ type ... on MessageEvent { message { id content { ... on TextContent { text } } } } }';
const streams = {
  viewerEvents: `subscription ($after: String) { viewerEvents(after: $after) ${event} }`,
  spaceEvents: `subscription ($group: ID!, $after: String) { spaceEvents(spaceId: $group, after: $after) ${event} }`,
  conversationEvents: `subscription ($conversation: ID!, $after: String) { conversationEvents(conversationId: $conversation, after: $after) ${event} }`,
} as const;

type Told = { readonly type: string; readonly message?: { readonly id: string; readonly content?: { text?: string } } };
const textOf = ({ message }: Told) => message?.content?.text;
const texts = (nodes: readonly { content: { text?: string } }[]) => nodes.map(({ content }) => content.text);

const tokenOf = (userId: string, scopes: readonly string[] = []) =>
  scene.gateway.token({
    subject: userId,
    scopes,
    accounts: Object.fromEntries(ruleApps.map(([app]) => [app, userId])),
  });

const placesOf = ({ app, group }: RuleApp, userId: string) => ({
  group,
  conversation: `Conversation:${app}:${userId}:group:${group.split(':')[2]}`,
});

/** All the streams in which a member may hear of a message in the group, from the beginning of the log. */
async function followAll(at: RuleApp, userId: string): Promise<Followed[]> {
  const token = await tokenOf(userId);
  return Promise.all(
    Object.values(streams).map((query) => follow(scene.gateway, [at.app], token, query, placesOf(at, userId))),
  );
}

/** What the streams of a user were told up to a text, live or from the log. */
async function heard(followed: readonly Followed[], last: string): Promise<(string | undefined)[][]> {
  for (const stream of followed) await stream.until((each) => textOf(each) === last);
  for (const stream of followed) await stream.close();
  return followed.map(({ seen }) => seen.map(textOf));
}

/** What a send to chosen members calls at each vendor. */
const sends = ['zim.message.group.send', 'rongcloud.message.group.publish', 'easemob.message.group.sendTargeted'];

/** Has every vendor answer sends to chosen members otherwise; well again when nothing is given. */
async function disturbSends(fault?: object): Promise<void> {
  const faults = fault ? [{ ...fault, endpoints: sends }] : [];
  for (const slug of scene.gateway.emulators.keys()) await disturb(scene.gateway, slug, faults);
}

/** Fulfilled when a vendor keeps a message. */
const kept = (text: string) =>
  vi.waitFor(() => {
    const messages = [...scene.gateway.emulators.values()].flatMap(({ apps }) =>
      apps.flatMap(({ state }) => [...state.messages.values()]),
    );
    expect(messages.some(({ body }) => JSON.stringify(body).includes(text))).toBe(true);
  });

let serial = 0;
/** Texts that no other test has. */
const fresh = (...names: string[]) => {
  serial += 1;
  return names.map((name) => `${name} ${serial}`);
};

describe.each(ruleApps)('%s', (_, at) => {
  const { group, user } = at;
  const supports = async (field: string) => {
    const { app } = await scene.operate('query ($id: ID!, $c: String!) { app(id: $id) { supports(operation: $c) } }', {
      id: `App:${at.app}`,
      c: field,
    });
    return app.supports as boolean;
  };
  const say = async (text: string, choice: object = {}): Promise<string | undefined> => {
    const alice = await scene.as('alice');
    const { sendMessage } = await alice(send, { input: { to: [group], content: { text: { text } }, ...choice } });
    expect(sendMessage.results).toEqual([{ ok: true, error: null }]);
    return sendMessage.message?.id;
  };

  const choices: readonly (readonly [field: 'visibleTo' | 'hiddenFrom', users: readonly string[]])[] = [
    ['visibleTo', [user('bob')]],
    ['hiddenFrom', [user('carol')]],
  ];

  test.each(choices)(
    'a message with %s is shown to those it is for and to operators only, wherever it could be read',
    async (field, users) => {
      if (!(await supports(`SendMessageInput.${field}`))) return;
      const [before = '', secret = '', after = ''] = fresh('before', 'secret', 'after');
      const live = { bob: await followAll(at, 'bob'), carol: await followAll(at, 'carol') };
      await say(before);
      await settled(scene.gateway);
      const unread = async (userId: string) =>
        (await (await scene.as(userId))(read, placesOf(at, userId))).conversation.unreadCount;
      const marked =
        'mutation ($id: ID!) { markConversationsRead(input: { conversationIds: [$id] }) { results { ok } } }';
      await (await scene.as('carol'))(marked, { id: placesOf(at, 'carol').conversation });
      const id = await say(secret, { [field]: users });
      await settled(scene.gateway);
      for (const [userId, isShown] of [
        ['bob', true],
        ['carol', false],
        ['alice', true],
      ] as const) {
        const as = await scene.as(userId);
        const { group: space, conversation } = await as(read, placesOf(at, userId));
        const told = { space: texts(space?.messages.nodes ?? []), own: texts(conversation.messages.nodes) };
        if (!isShown) expect([...told.space, ...told.own], userId).not.toContain(secret);
        expect(conversation.lastMessage.content.text === secret, userId).toBe(isShown);
        if (id === undefined) continue;
        const { data, errors } = await scene.gateway.query(await tokenOf(userId), one, { id });
        if (isShown) expect(data, userId).toEqual({ message: { id }, node: { id } });
        else
          expect(
            errors?.map(({ extensions }) => extensions['code']),
            userId,
          ).toEqual(['FORBIDDEN', 'FORBIDDEN']);
      }
      expect(await unread('carol')).toBe(0);
      await say(after);
      const hears = { bob: await heard(live.bob, after), carol: await heard(live.carol, after) };
      const again = {
        bob: await heard(await followAll(at, 'bob'), after),
        carol: await heard(await followAll(at, 'carol'), after),
      };
      for (const [place, index] of Object.keys(streams).map((name, n) => [name, n] as const)) {
        for (const each of [hears, again]) {
          expect(each.bob[index], place).toContain(secret);
          expect(each.carol[index], place).toContain(before);
          expect(each.carol[index], place).not.toContain(secret);
        }
      }
      const past =
        'query ($app: ID!) { events(filter: { appIds: [$app], types: [MESSAGE_SENT] }, first: 100) { nodes ' +
        `${event} } }`;
      expect((await scene.operate(past, { app: `App:${at.app}` })).events.nodes.map(textOf)).toContain(secret);
      if (id !== undefined) expect((await scene.operate(one, { id })).message).toEqual({ id });
    },
  );

  test.each(['visibleTo', 'hiddenFrom'])(
    'a send whose %s names nobody is refused, and reaches nobody',
    async (field) => {
      if (!(await supports(`SendMessageInput.${field}`))) return;
      const [secret = '', after = ''] = fresh('secret', 'after');
      const input = { to: [group], content: { text: { text: secret } }, [field]: [] };
      const { errors } = await scene.gateway.query(await tokenOf('alice'), send, { input });
      expect(errors?.map(({ extensions }) => [extensions['code'], extensions['input']])).toEqual([
        ['BAD_USER_INPUT', `input.${field}`],
      ]);
      await say(after);
      expect((await heard(await followAll(at, 'carol'), after)).flat()).not.toContain(secret);
    },
  );

  test('nobody else can say to have read it, as if it were there', async () => {
    if (!(await supports('Mutation.acknowledgeMessages'))) return;
    const [secret = ''] = fresh('secret');
    const id = await say(secret, { visibleTo: [user('bob')] });
    const read =
      'mutation ($ids: [ID!]!) { acknowledgeMessages(input: { messageIds: $ids, status: READ }) { results { ok } } }';
    const { errors } = await scene.gateway.query(await tokenOf('carol'), read, { ids: [id] });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
  });

  test('nobody else hears that such a message was recalled', async () => {
    const [secret = '', after = ''] = fresh('secret', 'after');
    const carol = await followAll(at, 'carol');
    const id = await say(secret, { visibleTo: [user('bob')] });
    await settled(scene.gateway);
    await (await scene.as('alice'))(recall, { ids: [id] });
    await settled(scene.gateway);
    await say(after);
    await heard(carol, after);
    expect(carol.flatMap(({ seen }) => seen).filter(({ message }: Told) => message?.id === id)).toEqual([]);
  });

  test('it is so where the vendor tells of it before it answers the send, and of what else the sender says meanwhile', async () => {
    const [secret = '', open = '', after = ''] = fresh('secret', 'open', 'after');
    const carol = await followAll(at, 'carol');
    await disturbSends({ latencyMs: 300 });
    const sending = say(secret, { visibleTo: [user('bob')] });
    await kept(secret);
    const to = { kind: 'group', id: group.split(':')[2] };
    const slug = scene.gateway.calls.findLast(({ app }) => app === at.app)?.endpoint.split('.')[0] ?? '';
    await happen(scene.gateway, slug, { type: 'message', from: 'alice', to, content: { kind: 'TEXT', text: open } });
    await sending;
    await disturbSends();
    await settled(scene.gateway);
    await say(after);
    const told = (await heard(carol, after)).flat();
    expect(told).toContain(open);
    expect(told).not.toContain(secret);
  });

  test('it is so where the send had no answer', async () => {
    const [secret = '', after = ''] = fresh('secret', 'after');
    const carol = await followAll(at, 'carol');
    await disturbSends({ kind: 'reset' });
    const alice = await scene.as('alice');
    const input = { to: [group], content: { text: { text: secret } }, visibleTo: [user('bob')] };
    expect((await alice(send, { input })).sendMessage.results[0].error.code).toBe('OUTCOME_UNKNOWN');
    await disturbSends();
    await settled(scene.gateway);
    await say(after);
    expect((await heard(carol, after)).flat()).not.toContain(secret);
  });
});
