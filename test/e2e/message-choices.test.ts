import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EmulatedMessage } from '../../src/emulator/state.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { callsOf, chatApps, history, sendMessage, settled } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  gateway.calls.length = 0;
});
afterAll(() => gateway.stop());

const text = { text: { text: 'hi' } };
const id = (app: string, kind: string, key: string) =>
  `${{ direct: 'User', group: 'Group', chatroom: 'Chatroom' }[kind]}:${app}:${key}`;

/** Where the messages of each kind go, by app. */
const places: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  chatApps.map(({ app, team, lobby }) => [app, { direct: 'bob', group: team, chatroom: lobby }]),
);

/** The newest message that an emulated vendor keeps. */
function kept(slug: string): EmulatedMessage | undefined {
  return [...(gateway.emulators.get(slug)?.apps[0]?.state.messages.values() ?? [])].at(-1);
}

/** A message in the vendor's own form, as text: what of a choice reached the vendor. */
const wireOf = (slug: string) => {
  const message = kept(slug);
  return JSON.stringify([message?.body, [...(message?.extra ?? [])]]);
};

interface Choice {
  readonly what: string;
  readonly input: (app: string) => object;
  /** By slug and kind: `ok`, the endpoint that it takes, or the argument that is refused. */
  readonly zim: Readonly<Record<string, string>>;
  readonly rongcloud: Readonly<Record<string, string>>;
  readonly easemob: Readonly<Record<string, string>>;
}

const all = (answer: string) => ({ direct: answer, group: answer, chatroom: answer });
const users = (app: string, ...ids: string[]) => ids.map((each) => `User:${app}:${each}`);

const choices: readonly Choice[] = [
  {
    what: 'mentions of users',
    input: (app) => ({ mentions: { userIds: users(app, 'bob', 'carol') } }),
    zim: all('input.mentions'),
    rongcloud: { direct: 'input.mentions', group: 'ok', chatroom: 'input.mentions' },
    easemob: all('ok'),
  },
  {
    what: 'mentions of everybody',
    input: () => ({ mentions: { everyone: true } }),
    zim: all('input.mentions'),
    rongcloud: { direct: 'input.mentions', group: 'ok', chatroom: 'input.mentions' },
    easemob: all('input.mentions.everyone'),
  },
  {
    what: 'metadata',
    input: () => ({ metadata: { order: { id: 7, lines: ['a', null] } } }),
    zim: all('ok'),
    rongcloud: all('ok'),
    easemob: all('ok'),
  },
  {
    what: 'metadata that is no object',
    input: () => ({ metadata: 'order 7' }),
    zim: all('ok'),
    rongcloud: all('ok'),
    easemob: all('input.metadata'),
  },
  {
    what: 'attributes',
    input: () => ({ attributes: [{ key: 'votes', value: '0' }] }),
    zim: all('input.attributes'),
    rongcloud: { direct: 'ok', group: 'ok', chatroom: 'input.attributes' },
    easemob: all('input.attributes'),
  },
  {
    what: 'visibleTo',
    input: (app) => ({ visibleTo: users(app, 'bob') }),
    zim: { direct: 'input.visibleTo', group: 'ok', chatroom: 'input.visibleTo' },
    rongcloud: { direct: 'input.visibleTo', group: 'ok', chatroom: 'input.visibleTo' },
    easemob: {
      direct: 'input.visibleTo',
      group: 'easemob.message.group.sendTargeted',
      chatroom: 'easemob.message.chatroom.sendTargeted',
    },
  },
  {
    what: 'hiddenFrom',
    input: (app) => ({ hiddenFrom: users(app, 'dave') }),
    zim: { direct: 'input.hiddenFrom', group: 'ok', chatroom: 'input.hiddenFrom' },
    rongcloud: all('input.hiddenFrom'),
    easemob: all('ok'),
  },
  {
    what: 'visibleTo with hiddenFrom',
    input: (app) => ({ visibleTo: users(app, 'bob'), hiddenFrom: users(app, 'dave') }),
    zim: { direct: 'input.visibleTo', group: 'input.hiddenFrom', chatroom: 'input.visibleTo' },
    rongcloud: all('input.hiddenFrom'),
    easemob: { direct: 'input.visibleTo', group: 'input.hiddenFrom', chatroom: 'input.hiddenFrom' },
  },
  {
    what: 'onlineOnly',
    input: () => ({ delivery: { onlineOnly: true } }),
    zim: all('input.delivery.onlineOnly'),
    rongcloud: {
      direct: 'rongcloud.statusmessage.private.publish',
      group: 'rongcloud.statusmessage.group.publish',
      chatroom: 'input.delivery.onlineOnly',
    },
    easemob: { direct: 'ok', group: 'ok', chatroom: 'input.delivery.onlineOnly' },
  },
  {
    what: 'keepInHistory',
    input: () => ({ delivery: { keepInHistory: false } }),
    zim: all('input.delivery.keepInHistory'),
    rongcloud: all('ok'),
    easemob: all('input.delivery.keepInHistory'),
  },
  {
    what: 'countAsUnread',
    input: () => ({ delivery: { countAsUnread: false } }),
    zim: { direct: 'ok', group: 'ok', chatroom: 'input.delivery.countAsUnread' },
    rongcloud: { direct: 'ok', group: 'ok', chatroom: 'input.delivery.countAsUnread' },
    easemob: all('input.delivery.countAsUnread'),
  },
  {
    what: 'updateConversation',
    input: () => ({ delivery: { updateConversation: false } }),
    zim: all('input.delivery.updateConversation'),
    rongcloud: { direct: 'ok', group: 'ok', chatroom: 'input.delivery.updateConversation' },
    easemob: all('input.delivery.updateConversation'),
  },
  {
    what: 'copyToSender',
    input: () => ({ delivery: { copyToSender: true } }),
    zim: { direct: 'ok', group: 'input.delivery.copyToSender', chatroom: 'ok' },
    rongcloud: all('ok'),
    easemob: { direct: 'ok', group: 'ok', chatroom: 'input.delivery.copyToSender' },
  },
  {
    what: 'requestReceipt',
    input: () => ({ delivery: { requestReceipt: true } }),
    zim: { direct: 'ok', group: 'ok', chatroom: 'input.delivery.requestReceipt' },
    rongcloud: { direct: 'ok', group: 'ok', chatroom: 'input.delivery.requestReceipt' },
    easemob: { direct: 'input.delivery.requestReceipt', group: 'ok', chatroom: 'input.delivery.requestReceipt' },
  },
  {
    what: 'respectBlocklists',
    input: () => ({ delivery: { respectBlocklists: true } }),
    zim: all('input.delivery.respectBlocklists'),
    rongcloud: {
      direct: 'ok',
      group: 'input.delivery.respectBlocklists',
      chatroom: 'input.delivery.respectBlocklists',
    },
    easemob: all('input.delivery.respectBlocklists'),
  },
  {
    what: 'priority',
    input: () => ({ delivery: { priority: 'HIGH' } }),
    zim: all('ok'),
    rongcloud: { direct: 'input.delivery.priority', group: 'input.delivery.priority', chatroom: 'ok' },
    easemob: { direct: 'input.delivery.priority', group: 'input.delivery.priority', chatroom: 'ok' },
  },
  {
    what: 'a push of its own',
    input: () => ({ push: { title: 'Alice', body: 'See you' } }),
    zim: { direct: 'ok', group: 'ok', chatroom: 'input.push' },
    rongcloud: { direct: 'ok', group: 'ok', chatroom: 'input.push.title' },
    easemob: all('ok'),
  },
  {
    what: 'no push',
    input: () => ({ push: { isEnabled: false } }),
    zim: all('ok'),
    rongcloud: { direct: 'ok', group: 'ok', chatroom: 'input.push.isEnabled' },
    easemob: all('ok'),
  },
  {
    what: 'a push in spite of settings',
    input: () => ({ push: { force: true } }),
    zim: all('input.push.force'),
    rongcloud: { direct: 'ok', group: 'ok', chatroom: 'input.push.force' },
    easemob: all('ok'),
  },
  {
    what: 'a badge',
    input: () => ({ push: { badgeIncrement: 2 } }),
    zim: { direct: 'ok', group: 'ok', chatroom: 'input.push' },
    rongcloud: all('input.push.badgeIncrement'),
    easemob: all('input.push.badgeIncrement'),
  },
  {
    what: 'a push template',
    input: () => ({ push: { templateName: 'chat' } }),
    zim: all('input.push.templateName'),
    rongcloud: { direct: 'ok', group: 'ok', chatroom: 'input.push.templateName' },
    easemob: all('ok'),
  },
  {
    what: 'a barrage',
    input: () => ({ content: { text: { text: 'wow', isBarrage: true } } }),
    zim: { direct: 'input.content.text.isBarrage', group: 'input.content.text.isBarrage', chatroom: 'ok' },
    rongcloud: all('input.content.text.isBarrage'),
    easemob: all('input.content.text.isBarrage'),
  },
];

const rows = chatApps.flatMap(({ app, slug }) =>
  choices.flatMap((choice) =>
    ['direct', 'group', 'chatroom'].map((kind) => {
      const answer = choice[slug][kind] ?? '';
      const says = answer.startsWith('input') ? 'refused' : 'taken';
      return { ...choice, app, slug, kind, answer, says };
    }),
  ),
);

describe('a choice of a message', () => {
  test.each(rows)('$slug: $what is $says in a $kind message', async ({ app, kind, input, answer }) => {
    const to = [id(app, kind, places[app]?.[kind] ?? '')];
    const { data, errors } = await sendMessage(gateway, alice, { to, content: text, ...input(app) });
    if (answer.startsWith('input')) {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_SUPPORTED', input: answer, app });
      expect(callsOf(gateway).filter((each) => each.includes('.message.') || each.includes('statusmessage'))).toEqual(
        [],
      );
      return;
    }
    expect(errors).toBeUndefined();
    expect(data.sendMessage.results).toMatchObject([{ ok: true, error: null }]);
    if (answer !== 'ok') expect(callsOf(gateway)).toContain(answer);
  });
});

/** What a message says of a choice in the vendor's own words, where the emulator keeps it. */
describe('what is chosen reaches the vendor', () => {
  test.each([
    ['rongcloud', 'group', { mentions: { everyone: true } }, '\\"mentionedInfo\\":{\\"type\\":1'],
    ['rongcloud', 'direct', { metadata: { a: 1 } }, '\\"extra\\":'],
    ['rongcloud', 'group', { visibleTo: ['User:rc-cn:bob'] }, '["groupUserIds",["bob"]]'],
    ['rongcloud', 'direct', { attributes: [{ key: 'votes', value: '0' }] }, 'votes'],
    [
      'easemob',
      'group',
      { push: { title: 'T', body: 'B', data: { a: 1 } } },
      '"em_push_ext":{"title":"T","content":"B","custom":{"a":1}}',
    ],
    [
      'easemob',
      'group',
      { push: { isEnabled: false, force: true } },
      '"em_ignore_notification":true,"em_force_notification":true',
    ],
    ['easemob', 'group', { visibleTo: ['User:em-1:bob'] }, '["users",["bob"]]'],
    ['easemob', 'direct', { delivery: { onlineOnly: true } }, 'ROUTE_ONLINE'],
    ['zim', 'group', { metadata: { a: 1 } }, '"ExtendedData":"{\\"a\\":1}"'],
    ['zim', 'direct', { push: { title: 'T', badgeIncrement: 3 } }, '"Title":"T"'],
  ])('%s, %s, %j', async (slug, kind, input, wire) => {
    const app = chatApps.find((each) => each.slug === slug)?.app ?? '';
    const to = [id(app, kind, places[app]?.[kind] ?? '')];
    const { data, errors } = await sendMessage(gateway, alice, { to, content: text, ...input });
    expect(errors).toBeUndefined();
    expect(data.sendMessage.results[0].ok).toBe(true);
    expect(wireOf(slug)).toContain(wire);
  });
});

describe.each(chatApps)('$slug', ({ app, slug, team }) => {
  test('metadata and mentions are read back from the history', async () => {
    const metadata = { order: { id: 7, lines: ['a', 'b'] } };
    const mentions = slug === 'zim' ? undefined : { userIds: users(app, 'bob', 'carol') };
    const to = [`Group:${app}:${team}`];
    const { data } = await sendMessage(gateway, alice, { to, content: text, metadata, mentions });
    const read = mentions ? { everyone: false, users: users(app, 'bob', 'carol').map((each) => ({ id: each })) } : null;
    expect(data.sendMessage.message).toMatchObject({ metadata, mentions: read });
    await settled(gateway);
    const found = await history(gateway, alice, to[0] ?? '', { first: 1 });
    expect(found.data.node.messages.nodes).toMatchObject([
      { id: data.sendMessage.message.id, metadata, mentions: read },
    ]);
  });

  test('each receiver reads its own texts in the places of the content', async () => {
    const to = users(app, 'bob', 'carol', 'dave');
    const variables = [
      {
        to: to[0],
        values: [
          { key: 'name', value: 'Bob "B"' },
          { key: 'n', value: '{name}' },
        ],
      },
      { to: to[1], values: [{ key: 'name', value: 'Carol' }] },
    ];
    const content = { text: { text: 'Dear {name}, {n} {unknown}' } };
    const { data, errors } = await sendMessage(gateway, alice, { to, content, variables });
    expect(errors).toBeUndefined();
    expect(data.sendMessage.results.map((each: { ok: boolean }) => each.ok)).toEqual([true, true, true]);
    await settled(gateway);
    const texts = ['Dear Bob "B", {name} {unknown}', 'Dear Carol, {n} {unknown}', 'Dear {name}, {n} {unknown}'];
    for (const [index, name] of ['bob', 'carol', 'dave'].entries()) {
      const read = await history(gateway, alice, `Conversation:${app}:alice:direct:${name}`, { first: 1 });
      expect(read.data.node.messages.nodes[0]?.content.text).toBe(texts[index]);
    }
  });

  test('variables for somebody who is no receiver are refused', async () => {
    const variables = [{ to: `User:${app}:erin`, values: [{ key: 'name', value: 'x' }] }];
    const { errors } = await sendMessage(gateway, operator, { to: users(app, 'bob'), content: text, variables });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', input: 'input.variables[0].to' });
    expect(callsOf(gateway)).toEqual([]);
  });
});
