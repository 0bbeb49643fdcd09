import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callsOf, disturb, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { history, settled } from '../support/messages.ts';

let gateway: TestGateway;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => {
  gateway.emulators.get('zim')?.reset();
  return disturb(gateway, 'zim', []);
});
afterAll(() => gateway.stop());

const mutation = /* GraphQL */ `
  mutation ($input: ImportMessagesInput!) {
    importMessages(input: $input) {
      results { target ok error { code message vendorCode } node { id ... on Message { sentAt content { ... on TextContent { text } } } } }
    }
  }
`;
const old = (text: string, sentAt: string, more: object = {}) => ({
  senderId: 'User:zim-eu:carol',
  to: 'User:zim-eu:erin',
  content: { text: { text } },
  sentAt,
  ...more,
});
const toTeam = (text: string, sentAt: string, more: object = {}) =>
  old(text, sentAt, { to: 'Group:zim-eu:team', ...more });
const put = async (messages: readonly object[]) =>
  (await give(gateway, operator, mutation, { input: { messages } })).importMessages.results;
const refused = (token: string, messages: readonly object[]) =>
  refusal(gateway, token, mutation, { input: { messages } });

async function texts(id: string): Promise<string[]> {
  const { data, errors } = await history(gateway, operator, id);
  expect(errors).toBeUndefined();
  return data.node.messages.nodes.map((node: { content: { text: string } }) => node.content.text);
}
const ofCarol = 'Conversation:zim-eu:carol:direct:erin';
const ofErin = 'Conversation:zim-eu:erin:direct:carol';

test('old messages come into both histories with their own times, in the order they were sent', async () => {
  const calls = await callsOf(gateway, async () => {
    const results = await put([old('second', '2023-05-02T10:00:00.000Z'), old('first', '2023-05-01T10:00:00.000Z')]);
    expect(results).toMatchObject([
      { target: '0', ok: true, node: { sentAt: '2023-05-02T10:00:00.000Z', content: { text: 'second' } } },
      { target: '1', ok: true, node: { sentAt: '2023-05-01T10:00:00.000Z', content: { text: 'first' } } },
    ]);
  });
  expect(calls).toEqual(Array.from({ length: 4 }, () => 'zim.message.peer.import'));
  expect(await texts(ofCarol)).toEqual(['second', 'first']);
  expect(await texts(ofErin)).toEqual(['second', 'first']);
});

test('each side reads an imported message by one id, and the last message of a conversation is in its owner’s history', async () => {
  const pair = { senderId: 'User:zim-eu:user58', to: 'User:zim-eu:user59' };
  await put([old('shared past', '2023-05-02T10:00:00.000Z', pair)]);
  const query = 'query ($id: ID!) { conversation(id: $id) { lastMessage { id } messages(first: 5) { nodes { id } } } }';
  const ids = new Set<string>();
  const [first, second] = ['user58:direct:user59', 'user59:direct:user58'];
  for (const place of [first, second, first, second]) {
    const id = `Conversation:zim-eu:${place}`;
    const { conversation } = await give(gateway, operator, query, { id });
    const again = await give(gateway, operator, 'query ($id: ID!) { message(id: $id) { id } }', {
      id: conversation.lastMessage.id,
    });
    expect([conversation.lastMessage.id, again.message.id]).toEqual(Array(2).fill(conversation.messages.nodes[0].id));
    ids.add(conversation.lastMessage.id);
  }
  // The vendor keeps a copy for each side, with a number of its own.
  expect(ids.size).toBe(2);
});

test('the message of a result is found by its id', async () => {
  const [{ node }] = await put([old('find me', '2023-05-02T10:00:00.000Z')]);
  const query = 'query ($id: ID!) { message(id: $id) { sentAt content { ... on TextContent { text } } } }';
  expect((await give(gateway, operator, query, { id: node.id })).message).toEqual({
    sentAt: '2023-05-02T10:00:00.000Z',
    content: { text: 'find me' },
  });
});

test('one side’s history alone gets it by one call, and its message is found by its id all the same', async () => {
  let id = '';
  const calls = await callsOf(gateway, async () => {
    const [result] = await put([old('for erin', '2023-05-01T10:00:00.000Z', { ownerId: 'User:zim-eu:erin' })]);
    expect(result).toMatchObject({ ok: true });
    id = result.node.id;
  });
  expect(calls).toEqual(['zim.message.peer.import']);
  expect(await texts(ofErin)).toEqual(['for erin']);
  expect(await texts(ofCarol)).toEqual([]);
  expect((await give(gateway, operator, 'query ($id: ID!) { message(id: $id) { id } }', { id })).message.id).toBe(id);
});

test('into groups, with any content, and nobody is told of it', async () => {
  const told = gateway.emulators.get('zim')?.callbacks;
  const image = { image: { url: 'https://img.example/a.png', name: 'a.png', width: 10, height: 20 } };
  const stream = gateway.subscribe(operator, 'subscription { events { __typename } }');
  await stream.isConnected;
  const results = await put([
    toTeam('old news', '2023-05-01T10:00:00.000Z', { metadata: { from: 'archive' } }),
    toTeam('', '2023-05-01T11:00:00.000Z', { content: image }),
  ]);
  expect(results).toMatchObject([{ ok: true }, { ok: true }]);
  const { data } = await history(gateway, operator, 'Group:zim-eu:team', { first: 2 });
  expect(data.node.messages.nodes).toMatchObject([
    { kind: 'IMAGE', content: { name: 'a.png', width: 10 } },
    { kind: 'TEXT', metadata: { from: 'archive' }, sentAt: '2023-05-01T10:00:00.000Z' },
  ]);
  await told?.idle();
  await settled(gateway);
  await expect(stream.next(50)).rejects.toThrow('no event');
  await stream.close();
});

describe('each message has its result', () => {
  test('what cannot be fails alone', async () => {
    const results = await put([
      old('to itself', '2023-05-01T10:00:00.000Z', { to: 'User:zim-eu:carol' }),
      old('of a third', '2023-05-01T10:00:01.000Z', { ownerId: 'User:zim-eu:bob' }),
      toTeam('of one', '2023-05-01T10:00:02.000Z', { ownerId: 'User:zim-eu:bob' }),
      toTeam('of no group', '2023-05-01T10:00:03.000Z', { to: 'Group:zim-eu:none' }),
      old('x'.repeat(2049), '2023-05-01T10:00:04.000Z'),
      old('good', '2023-05-01T10:00:05.000Z'),
    ]);
    expect(results).toMatchObject([
      { ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
      { ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
      { ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: null } },
      { ok: false, error: { code: 'NOT_FOUND', vendorCode: '660600001' } },
      { ok: false, error: { code: 'BAD_USER_INPUT', vendorCode: '660400001' } },
      { ok: true },
    ]);
  });

  test('one whose fate is not known says so, and is neither put there twice nor into the other history', async () => {
    const first = old('half', '2023-05-01T10:00:00.000Z');
    await disturb(gateway, 'zim', [{ endpoints: ['zim.message.peer.import'], kind: 'reset', times: 1 }]);
    const [lost] = await put([first]);
    expect(lost).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } });
    const calls = await callsOf(gateway, () => put([old('whole', '2023-05-02T10:00:00.000Z')]));
    expect(calls).toHaveLength(2);
    expect(await texts(ofCarol)).toEqual(['whole', 'half']);
    expect(await texts(ofErin)).toEqual(['whole']);
  });
});

describe('what is refused before anything is sent', () => {
  const when = '2023-05-01T10:00:00.000Z';
  test.each([
    ['none', [], 'input.messages'],
    ['too many', Array.from({ length: 101 }, () => old('x', when)), 'input.messages'],
    ['the future', [old('x', '2999-01-01T00:00:00.000Z')], 'input.messages[0].sentAt'],
    ['another app', [old('x', when, { to: 'User:rc-cn:bob' })], 'input.messages[0].to'],
    ['an empty text', [old('x', when), old('', when)], 'input.messages[1].content.text.text'],
  ])('%s', async (_, messages, input) => {
    const calls = await callsOf(gateway, async () => {
      expect(await refused(operator, messages)).toMatchObject({ code: 'BAD_USER_INPUT', input });
    });
    expect(calls).toEqual([]);
  });

  test('unread imports and content that the vendor lacks', async () => {
    expect(await refused(operator, [old('x', when, { isRead: false })])).toMatchObject({
      code: 'NOT_SUPPORTED',
      input: 'input.messages[0].isRead',
    });
    const place = { location: { latitude: 1, longitude: 2, name: 'here' } };
    expect(await refused(operator, [old('x', when, { content: place })])).toMatchObject({
      code: 'NOT_SUPPORTED',
      input: 'input.messages[0].content.location',
    });
  });

  test('it is for chat:admin', async () => {
    const writer = await gateway.token({ scopes: ['chat:write', 'chat:moderate', 'chat:read'] });
    expect((await refused(writer, [old('x', when)])).code).toBe('FORBIDDEN');
  });
});

test.each([
  ['carol', 'erin'],
  ['erin', 'carol'],
])('each reader has one id for an imported message, when %s reads first', async (...readers) => {
  await put([old('one', '2023-05-01T10:00:00.000Z'), old('two', '2023-05-02T10:00:00.000Z')]);
  const peers = { carol: 'erin', erin: 'carol' } as const;
  for (const reader of [...readers, ...readers] as (keyof typeof peers)[]) {
    const token = await gateway.token({ subject: reader, accounts: { 'zim-eu': reader } });
    const id = `Conversation:zim-eu:${reader}:direct:${peers[reader]}`;
    const read = `query ($id: ID!) { conversation(id: $id) { lastMessage { id } messages { nodes { id content { ... on TextContent { text } } } } } }`;
    const { lastMessage, messages } = (await give(gateway, token, read, { id })).conversation;
    expect(messages.nodes.map(({ content }: { content: { text: string } }) => content.text)).toEqual(['two', 'one']);
    expect(lastMessage).toEqual({ id: messages.nodes[0].id });
    const query = 'query ($id: ID!) { message(id: $id) { id } node(id: $id) { id } }';
    for (const node of messages.nodes)
      expect(await give(gateway, token, query, { id: node.id })).toEqual({
        message: { id: node.id },
        node: { id: node.id },
      });
  }
});
