import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { history, messageFields, sendMessage, settled } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

const parts = [
  { text: { text: 'look:' } },
  { image: { url: 'https://img.example/a.png', name: 'a.png', byteSize: 300, width: 30, height: 40 } },
  { audio: { url: 'https://img.example/a.m4a', durationSeconds: 7 } },
  { video: { url: 'https://img.example/a.mp4', thumbnailUrl: 'https://img.example/a.jpg', width: 3, height: 4 } },
  { file: { url: 'https://img.example/a.pdf', name: 'a.pdf' } },
  { custom: { type: '7', data: { x: 1 } } },
  { custom: { type: 'order', data: { id: 5 } } },
];
const read = [
  { __typename: 'TextContent', text: 'look:' },
  { __typename: 'ImageContent', url: 'https://img.example/a.png', name: 'a.png', byteSize: 300, width: 30, height: 40 },
  { __typename: 'AudioContent', url: 'https://img.example/a.m4a', durationSeconds: 7 },
  { __typename: 'VideoContent', url: 'https://img.example/a.mp4', thumbnailUrl: 'https://img.example/a.jpg', width: 3 },
  { __typename: 'FileContent', url: 'https://img.example/a.pdf', name: 'a.pdf' },
  { __typename: 'CustomContent', customType: '7', data: { x: 1 } },
  { __typename: 'CustomContent', customType: 'order', data: { id: 5 } },
];
const query = /* GraphQL */ `
  query ($id: ID!) { message(id: $id) { kind content { ... on CompositeContent { parts { ...Content } } } } }
  ${messageFields.slice(0, messageFields.indexOf('fragment Message'))}
`;

test.each(['User:zim-eu:bob', 'Group:zim-eu:team'])('parts of every kind reach %s as they were sent', async (to) => {
  const sent = await sendMessage(gateway, alice, { to: [to], content: { composite: parts } });
  expect(sent.errors).toBeUndefined();
  expect(sent.data.sendMessage.message).toMatchObject({ kind: 'COMPOSITE' });
  const { id } = sent.data.sendMessage.message;
  // From the vendor, then from the callback's telling of it.
  const fromHistory = await history(
    gateway,
    alice,
    to.startsWith('User') ? 'Conversation:zim-eu:alice:direct:bob' : to,
    { first: 1 },
  );
  expect(fromHistory.data.node.messages.nodes[0]).toMatchObject({ id, kind: 'COMPOSITE' });
  await settled(gateway);
  const { data, errors } = await gateway.query(alice, query, { id });
  expect(errors).toBeUndefined();
  expect(data.message.content.parts).toMatchObject(read);
});

test('texts of each receiver are put into every part', async () => {
  const content = { composite: [{ text: { text: 'Dear {name}' } }, { custom: { type: '1', data: { to: '{name}' } } }] };
  const variables = [{ to: 'User:zim-eu:bob', values: [{ key: 'name', value: 'Bob' }] }];
  const { data } = await sendMessage(gateway, alice, { to: ['User:zim-eu:bob'], content, variables });
  await settled(gateway);
  const { id } = data.sendMessage.message;
  expect((await gateway.query(alice, query, { id })).data.message.content.parts).toMatchObject([
    { text: 'Dear Bob' },
    { data: { to: 'Bob' } },
  ]);
});

const text = { text: { text: 'a' } };
test.each([
  ['one part', { composite: [text] }, 'BAD_USER_INPUT', 'input.content.composite'],
  ['eleven parts', { composite: Array(11).fill(text) }, 'BAD_USER_INPUT', 'input.content.composite'],
  [
    'a composite inside',
    { composite: [text, { composite: [text, text] }] },
    'BAD_USER_INPUT',
    'input.content.composite[1].composite',
  ],
  [
    'an empty part',
    { composite: [text, { text: { text: '' } }] },
    'BAD_USER_INPUT',
    'input.content.composite[1].text.text',
  ],
  [
    'a command inside',
    { composite: [text, { command: { name: 'x' } }] },
    'NOT_SUPPORTED',
    'input.content.composite[1]',
  ],
  [
    'a barrage inside',
    { composite: [{ text: { text: 'x', isBarrage: true } }, text] },
    'NOT_SUPPORTED',
    'input.content.composite[0]',
  ],
  [
    'a place inside',
    { composite: [text, { location: { latitude: 1, longitude: 1, name: 'x' } }] },
    'NOT_SUPPORTED',
    'input.content.composite[1].location',
  ],
])('%s is refused before anything is sent', async (_, content, code, input) => {
  const calls = await callsOf(gateway, async () => {
    const { errors } = await sendMessage(gateway, alice, { to: ['User:zim-eu:bob'], content });
    expect(errors?.[0]?.extensions).toMatchObject({ code, input });
  });
  expect(calls).toEqual([]);
});

test.each(['rc-cn', 'em-1'])('is NOT_SUPPORTED at %s', async (app) => {
  const { errors } = await sendMessage(gateway, alice, {
    to: [`User:${app}:bob`],
    content: { composite: [text, text] },
  });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_SUPPORTED', input: 'input.content.composite' });
});
