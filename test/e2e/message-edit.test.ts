import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callsOf, disturb, give, refusal } from '../support/answers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { messageFields, recallMessages, sendMessage, settled, textTo } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
let bob: string;
let operator: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, limits: false });
  alice = await gateway.token();
  bob = await gateway.token({ subject: 'bob', accounts: { 'zim-eu': 'bob' } });
  operator = await gateway.operator();
}, 30_000);
beforeEach(() => disturb(gateway, 'zim', []));
afterAll(() => gateway.stop());

const mutation = /* GraphQL */ `
  mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { ...Message } } }
  ${messageFields}
`;
const edit = async (token: string, input: object) =>
  (await give(gateway, token, mutation, { input })).editMessage.message;
const refused = (token: string, input: object) => refusal(gateway, token, mutation, { input });
const text = (words: string) => ({ content: { text: { text: words } } });
const read = async (token: string, id: string) =>
  (await give(gateway, token, `query ($id: ID!) { message(id: $id) { ...Message } } ${messageFields}`, { id })).message;

async function sent(token: string, input: object): Promise<string> {
  const { data, errors } = await sendMessage(gateway, token, input);
  expect(errors).toBeUndefined();
  await settled(gateway);
  return data.sendMessage.message.id;
}

describe.each(['User:zim-eu:bob', 'Group:zim-eu:team'])('in %s', (to) => {
  test('a message says what it was changed to, for everybody in the conversation', async () => {
    const messageId = await sent(alice, textTo(to, 'helo'));
    const message = await edit(alice, { messageId, ...text('hello') });
    expect(message).toMatchObject({ id: messageId, content: { text: 'hello' }, editedAt: expect.any(String) });
    await settled(gateway);
    for (const token of [alice, bob, operator])
      expect(await read(token, messageId)).toMatchObject({ content: { text: 'hello' }, editedAt: message.editedAt });
  });

  test('the vendor has it so, too', async () => {
    const messageId = await sent(alice, textTo(to, 'to be changed'));
    await edit(alice, { messageId, ...text('changed at the vendor'), metadata: { a: 1 } });
    const conversation = to.startsWith('User') ? 'Conversation:zim-eu:alice:direct:bob' : to;
    const query = `query ($id: ID!) { node(id: $id) {
      ... on Conversation { messages(first: 1) { nodes { ...Message } } }
      ... on Group { messages(first: 1) { nodes { ...Message } } } } } ${messageFields}`;
    const { node } = await give(gateway, alice, query, { id: conversation });
    expect(node.messages.nodes).toMatchObject([{ content: { text: 'changed at the vendor' }, metadata: { a: 1 } }]);
  });

  test('what is beside the content stays, gets new fields, or goes', async () => {
    const messageId = await sent(alice, { ...textTo(to, 'with metadata'), metadata: { a: 1, b: 2 } });
    expect((await edit(alice, { messageId, ...text('one') })).metadata).toEqual({ a: 1, b: 2 });
    expect((await edit(alice, { messageId, ...text('two'), metadata: { b: 3, c: 4 } })).metadata).toEqual({
      a: 1,
      b: 3,
      c: 4,
    });
    expect((await edit(alice, { messageId, ...text('three'), metadata: null })).metadata).toBeNull();
  });

  test('subscribers hear of one edit, not of another message', async () => {
    const messageId = await sent(alice, textTo(to, 'first words'));
    const stream = gateway.subscribe(
      bob,
      `subscription { viewerEvents { __typename ... on MessageEditedEvent { message { id content { ... on TextContent { text } } } } } }`,
    );
    await stream.isConnected;
    await edit(alice, { messageId, ...text('better words') });
    await settled(gateway);
    await sent(alice, textTo(to, 'the next message'));
    expect((await stream.next()).data.viewerEvents).toEqual({
      __typename: 'MessageEditedEvent',
      message: { id: messageId, content: { text: 'better words' } },
    });
    expect((await stream.next()).data.viewerEvents.__typename).toBe('MessageSentEvent');
    await stream.close();
  });
});

test('custom content and composites can be edited, pictures cannot', async () => {
  const custom = { custom: { type: '7', data: { x: 1 } } };
  const customId = await sent(alice, { to: ['User:zim-eu:bob'], content: custom });
  const changed = await edit(alice, { messageId: customId, content: { custom: { type: '8', data: { x: 2 } } } });
  expect(changed.content).toMatchObject({ customType: '8', data: { x: 2 } });
  await settled(gateway);
  const image = { image: { url: 'https://img.example/a.png' } };
  const imageId = await sent(alice, { to: ['User:zim-eu:bob'], content: image });
  const calls = await callsOf(gateway, async () => {
    expect(await refused(alice, { messageId: imageId, content: image })).toMatchObject({
      code: 'NOT_SUPPORTED',
      input: 'input.content',
    });
    expect(await refused(alice, { messageId: imageId, ...text('no picture') })).toMatchObject({
      code: 'BAD_USER_INPUT',
      input: 'input.content',
    });
  });
  expect(calls).toEqual([]);
});

test('mentions are set where they are given', async () => {
  const messageId = await sent(alice, textTo('Group:zim-eu:team', 'who?'));
  const mentions = { userIds: ['User:zim-eu:bob'] };
  const message = await edit(alice, { messageId, ...text('bob!'), mentions });
  expect(message.mentions).toEqual({ everyone: false, users: [{ id: 'User:zim-eu:bob' }] });
});

describe('who may', () => {
  test('a viewer edits its own messages only, and in nobody else’s name', async () => {
    const messageId = await sent(alice, textTo('User:zim-eu:bob', 'of alice'));
    expect((await refused(bob, { messageId, ...text('of bob') })).code).toBe('FORBIDDEN');
    const asBob = { messageId, ...text('x'), actorId: 'User:zim-eu:bob' };
    expect((await refused(alice, asBob)).code).toBe('FORBIDDEN');
    // An id that claims another sender names no message.
    const forged = messageId.replace(':alice:', ':bob:');
    expect((await refused(bob, { messageId: forged, ...text('x') })).code).toBe('FORBIDDEN');
    expect(await read(alice, messageId)).toMatchObject({ content: { text: 'of alice' } });
  });

  test('a moderator edits any, in the sender’s name or another member’s', async () => {
    const messageId = await sent(alice, textTo('Group:zim-eu:team', 'rude'));
    expect(await edit(operator, { messageId, ...text('polite') })).toMatchObject({ content: { text: 'polite' } });
    const asBob = { messageId, ...text('by bob'), actorId: 'User:zim-eu:bob' };
    expect(await edit(operator, asBob)).toMatchObject({ content: { text: 'by bob' } });
    const stranger = { messageId, ...text('by erin'), actorId: 'User:zim-eu:erin' };
    expect(await refused(operator, stranger)).toMatchObject({ vendorCode: '661000005' });
  });
});

describe('what cannot be edited', () => {
  test('a recalled message is a CONFLICT; one that is not there is refused to a viewer, and NOT_FOUND to a moderator', async () => {
    const messageId = await sent(alice, textTo('User:zim-eu:bob', 'gone soon'));
    await recallMessages(gateway, alice, { messageIds: [messageId] });
    expect((await refused(alice, { messageId, ...text('x') })).code).toBe('CONFLICT');
    const absent = { messageId: 'Message:zim-eu:direct:bob:alice:9999', ...text('x') };
    expect((await refused(alice, absent)).code).toBe('FORBIDDEN');
    expect((await refused(operator, absent)).code).toBe('NOT_FOUND');
  });

  test('a message of a chatroom is NOT_SUPPORTED, and so is every message at vendors that edit none here', async () => {
    for (const messageId of ['Message:rc-cn:direct:bob:alice:1', 'Message:em-1:direct:bob:alice:1'])
      expect(await refused(operator, { messageId, ...text('x') })).toMatchObject({ code: 'NOT_SUPPORTED' });
  });

  test('empty texts are refused before anything is asked', async () => {
    const messageId = await sent(alice, textTo('User:zim-eu:bob', 'something'));
    const calls = await callsOf(gateway, async () => {
      expect(await refused(alice, { messageId, ...text('') })).toMatchObject({
        code: 'BAD_USER_INPUT',
        input: 'input.content.text.text',
      });
    });
    expect(calls).toEqual([]);
  });
});

test('an edit that the vendor’s limit held up is made once the limit allows, and a cut connection is tried again', async () => {
  const messageId = await sent(alice, textTo('User:zim-eu:bob', 'slow'));
  await disturb(gateway, 'zim', [{ endpoints: ['zim.message.peer.edit'], kind: 'overLimit', times: 1 }]);
  expect(await edit(alice, { messageId, ...text('waited') })).toMatchObject({ content: { text: 'waited' } });
  await disturb(gateway, 'zim', [{ endpoints: ['zim.message.peer.edit'], kind: 'reset', times: 1 }]);
  expect(await edit(alice, { messageId, ...text('again') })).toMatchObject({ content: { text: 'again' } });
});

describe('words do not reach by an edit whom a message would not reach', () => {
  const change = async (token: string, name: string, type: string, input: object) =>
    (
      await give(gateway, token, `mutation ($input: ${type}!) { ${name}(input: $input) { results { ok } } }`, { input })
    )[name].results;

  test('a receiver who has blocked the sender', async () => {
    const messageId = await sent(alice, textTo('User:zim-eu:bob', 'before'));
    const userIds = ['User:zim-eu:alice'];
    expect(await change(bob, 'blockUsers', 'BlockUsersInput', { userIds })).toEqual([{ ok: true }]);
    expect((await refused(alice, { messageId, ...text('after') })).code).toBe('FORBIDDEN');
    expect(await read(bob, messageId)).toMatchObject({ content: { text: 'before' }, editedAt: null });
    expect(await change(bob, 'unblockUsers', 'UnblockUsersInput', { userIds })).toEqual([{ ok: true }]);
    expect(await edit(alice, { messageId, ...text('after') })).toMatchObject({ content: { text: 'after' } });
  });

  test('members of a group that the sender was put out of', async () => {
    const messageId = await sent(bob, textTo('Group:zim-eu:runners', 'before'));
    const input = { spaceId: 'Group:zim-eu:runners', userIds: ['User:zim-eu:bob'] };
    expect(await change(operator, 'removeMembers', 'RemoveMembersInput', input)).toEqual([{ ok: true }]);
    gateway.calls.length = 0;
    expect((await refused(bob, { messageId, ...text('after') })).code).toBe('FORBIDDEN');
    expect(gateway.calls.filter(({ endpoint }) => endpoint.includes('edit'))).toEqual([]);
    expect(await read(operator, messageId)).toMatchObject({ content: { text: 'before' }, editedAt: null });
  });
});
