import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { happen } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type Followed, follow } from '../support/live-events.ts';
import { callsOf, chatApps, history, messageFields, sendMessage, settled } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

const url = 'https://files.example/a%20b/photo.png?size=1&x=%C3%A9';
const image = {
  url,
  thumbnailUrl: 'https://files.example/s.png',
  name: 'photo.png',
  byteSize: 4711,
  width: 640,
  height: 480,
};
const audio = { url, name: 'voice.m4a', byteSize: 815, durationSeconds: 7 };
const video = {
  url,
  thumbnailUrl: 'https://files.example/s.png',
  name: 'film.mp4',
  byteSize: 2 ** 31 + 5,
  durationSeconds: 61,
};
const file = { url, name: 'Übersicht 2026.pdf', byteSize: 12 };
const place = { latitude: 52.5163, longitude: -13.3777, name: 'Brandenburg Gate' };
const texts = [
  'plain',
  'two\nlines\tand "quotes" \\ {"json":1} 100 % &amp; <b>',
  '你好，世界 👩‍👩‍👧 مرحبا',
  ' '.repeat(2),
];

interface Case {
  readonly what: string;
  readonly input: Readonly<Record<string, object>>;
  readonly kind: string;
  /** What is read back, where it is not what went in under the same names. */
  readonly read?: object;
  /** What a vendor cannot carry: the argument it refuses. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Vendors whose histories do not keep it, and those that tell it by no callback either. */
  readonly unkept?: readonly string[];
  readonly untold?: readonly string[];
}

const cases: readonly Case[] = [
  ...texts.map((text) => ({
    what: `text ${JSON.stringify(text)}`,
    input: { text: { text } },
    kind: 'TEXT',
    read: { text, isBarrage: false },
  })),
  { what: 'a picture', input: { image }, kind: 'IMAGE', refused: { easemob: 'input.content.image.thumbnailUrl' } },
  { what: 'a picture without a small one', input: { image: { ...image, thumbnailUrl: undefined } }, kind: 'IMAGE' },
  { what: 'a recording', input: { audio }, kind: 'AUDIO' },
  { what: 'a film', input: { video }, kind: 'VIDEO' },
  { what: 'a file', input: { file }, kind: 'FILE' },
  {
    what: 'a file with its type',
    input: { file: { ...file, contentType: 'application/pdf' } },
    kind: 'FILE',
    refused: { zim: 'input.content.file.contentType', easemob: 'input.content.file.contentType' },
  },
  {
    what: 'a picture with its type',
    input: { image: { ...image, contentType: 'image/png' } },
    kind: 'IMAGE',
    refused: {
      zim: 'input.content.image.contentType',
      rongcloud: 'input.content.image.contentType',
      easemob: 'input.content.image.thumbnailUrl',
    },
  },
  {
    what: 'a recording with a height',
    input: { audio: { ...audio, height: 3 } },
    kind: 'AUDIO',
    refused: {
      zim: 'input.content.audio.height',
      rongcloud: 'input.content.audio.height',
      easemob: 'input.content.audio.height',
    },
  },
  { what: 'a place', input: { location: place }, kind: 'LOCATION', refused: { zim: 'input.content.location' } },
  {
    what: 'a place with a map',
    input: { location: { ...place, thumbnailUrl: 'https://files.example/map.png' } },
    kind: 'LOCATION',
    refused: { zim: 'input.content.location', easemob: 'input.content.location.thumbnailUrl' },
  },
  {
    what: "content of the app's own",
    input: { custom: { type: 'order', data: { id: '7', state: 'sent' } } },
    kind: 'CUSTOM',
    read: { customType: 'order', data: { id: '7', state: 'sent' } },
  },
  {
    what: "content of the app's own with numbers and lists",
    input: { custom: { type: 'order', data: { id: 7, lines: [{ sku: 'a', price: 1.5 }], gift: null } } },
    kind: 'CUSTOM',
    read: { customType: 'order', data: { id: 7, lines: [{ sku: 'a', price: 1.5 }], gift: null } },
    refused: { easemob: 'input.content.custom.data' },
  },
  {
    what: 'a command',
    input: { command: { name: 'refresh' } },
    kind: 'COMMAND',
    read: { commandName: 'refresh' },
    unkept: ['zim', 'rongcloud', 'easemob'],
    untold: ['zim'],
  },
  {
    what: 'a command with data',
    input: { command: { name: 'refresh', data: { page: 3, deep: [true] } } },
    kind: 'COMMAND',
    read: { commandName: 'refresh', data: { page: 3, deep: [true] } },
    refused: { easemob: 'input.content.command.data' },
    unkept: ['zim', 'rongcloud', 'easemob'],
    untold: ['zim'],
  },
];

const expected = ({ input, read }: Case) => read ?? JSON.parse(JSON.stringify(Object.values(input)[0]));

describe.each(chatApps)('$slug', ({ app, slug, team, lobby }) => {
  const to = `User:${app}:bob`;
  const conversation = `Conversation:${app}:alice:direct:bob`;
  let events: Followed;
  beforeAll(async () => {
    const query = /* GraphQL */ `
      subscription ($id: ID!, $after: String) {
        conversationEvents(conversationId: $id, after: $after) {
          __typename
          ... on MessageSentEvent { source message { ...Message } }
        }
      }
      ${messageFields}
    `;
    events = await follow(gateway, [app], alice, query, { id: conversation });
  });

  describe.each(cases.filter((each) => !each.refused?.[slug]))('$what', (each) => {
    test('is told by an event and kept in the history as it was sent', async () => {
      const { data, errors } = await sendMessage(gateway, alice, { to: [to], content: each.input });
      expect(errors).toBeUndefined();
      expect(data.sendMessage.results).toMatchObject([{ target: to, ok: true, error: null }]);
      const { message } = data.sendMessage;
      await settled(gateway);
      if (!each.untold?.includes(slug)) {
        const event = await events.until((given) => given.message?.id === message.id);
        expect(event.message).toMatchObject({
          kind: each.kind,
          content: expected(each),
          sender: { id: `User:${app}:alice` },
          to: { __typename: 'User', id: to },
          recalledAt: null,
        });
        expect(Math.abs(Date.parse(event.message.sentAt) - Date.now())).toBeLessThan(5000);
      } else expect(message).toMatchObject({ vendorId: expect.any(String), kind: each.kind, content: expected(each) });
      if (each.unkept?.includes(slug)) return;
      const read = await history(gateway, alice, conversation, { first: 1 });
      expect(read.data.node.messages.nodes).toMatchObject([
        { id: message.id, kind: each.kind, content: expected(each) },
      ]);
    });
  });

  test.each(cases.filter((each) => each.refused?.[slug]))('$what is refused before anything is sent', async (each) => {
    gateway.calls.length = 0;
    const { data, errors } = await sendMessage(gateway, alice, { to: [to], content: each.input });
    expect(data.sendMessage).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_SUPPORTED', input: each.refused?.[slug], app });
    expect(callsOf(gateway)).toEqual([]);
  });

  test.each(cases.filter((each) => !each.refused?.[slug] && !each.unkept?.includes(slug)))(
    "$what is read from the vendor's own history where callbacks tell nothing",
    async (each) => {
      const emulated = gateway.emulators.get(slug)?.apps[0];
      if (!emulated || slug === 'easemob') return;
      const { callbackUrl } = emulated;
      emulated.callbackUrl = null;
      try {
        const { data } = await sendMessage(gateway, alice, { to: [to], content: each.input });
        gateway.calls.length = 0;
        const read = await history(gateway, alice, conversation, { first: 1 });
        expect(read.data.node.messages.nodes).toMatchObject([
          {
            id: data.sendMessage.message.id,
            kind: each.kind,
            content: expected(each),
            sender: { id: `User:${app}:alice` },
          },
        ]);
        expect(callsOf(gateway)).toHaveLength(1);
      } finally {
        emulated.callbackUrl = callbackUrl;
      }
    },
  );

  test.each([
    ['group', `Group:${app}:${team}`, 'Group'],
    ['chatroom', `Chatroom:${app}:${lobby}`, 'Chatroom'],
  ])('a message to a %s is read back from it by its members', async (kind, id, typename) => {
    const { data, errors } = await sendMessage(gateway, alice, {
      to: [id],
      content: { text: { text: `to the ${kind}` } },
    });
    expect(errors).toBeUndefined();
    expect(data.sendMessage.results).toMatchObject([{ ok: true, error: null }]);
    await settled(gateway);
    const bob = await gateway.token({ subject: 'bob', accounts: { [app]: 'bob' } });
    const own = `Conversation:${app}:bob:${kind}:${id.split(':')[2]}`;
    for (const place of [id, own]) {
      const read = await history(gateway, bob, place, { first: 1 });
      expect(read.errors, place).toBeUndefined();
      expect(read.data.node.messages.nodes).toMatchObject([
        {
          kind: 'TEXT',
          content: { text: `to the ${kind}` },
          sender: { id: `User:${app}:alice` },
          to: { __typename: typename, id },
          // Where the vendor's answer has no id, the message has one of this server's in the answer alone.
          ...(data.sendMessage.message.vendorId !== null && { id: data.sendMessage.message.id }),
        },
      ]);
    }
  });

  test('what clients send of every kind is told by events', async () => {
    const said = [
      { kind: 'TEXT', text: 'from a client' },
      { kind: 'IMAGE', url: image.url, name: 'photo.png', byteSize: 9, width: 4, height: 3 },
      { kind: 'AUDIO', url, name: 'voice.m4a', durationSeconds: 7 },
      { kind: 'VIDEO', url, name: 'film.mp4', durationSeconds: 61 },
      { kind: 'FILE', url, name: 'a.pdf', byteSize: 12 },
    ];
    for (const content of said)
      await happen(gateway, slug, { type: 'message', from: 'bob', to: { kind: 'direct', id: 'alice' }, content });
    await settled(gateway);
    for (const { kind } of said) {
      const found =
        events.seen.find((each) => each.message?.sender.id === to && each.message.kind === kind) ??
        (await events.until((given) => given.message?.sender.id === to && given.message.kind === kind));
      expect(found.__typename).toBe('MessageSentEvent');
      expect(found.message.content.url ?? url).toBe(url);
    }
  });
});
