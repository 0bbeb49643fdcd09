import { isInputObjectType, isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSchema } from '../../src/server/schema.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { postTo } from '../support/graphql-http.ts';
import { connectWs } from '../support/ws-client.ts';

let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());

const list = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const long = (length: number) => 'x'.repeat(length);
const users = list(100, (index) => `User:zim-eu:user${index}`);
const post = (query: string, variables: unknown, token?: string) =>
  postTo(gateway.url, { query, variables }, token === undefined ? {} : { authorization: `Bearer ${token}` });

/** What errors may take in all: a few hundred bytes each. */
const smallBytes = 64 * 1024;

describe('the errors of wrong variables', () => {
  const fields = Object.values(makeSchema().getMutationType()?.getFields() ?? {});
  const inputs = fields.flatMap(({ name, args }) => {
    const type = args.find((arg) => arg.name === 'input')?.type;
    const named = isNonNullType(type) ? type.ofType : type;
    return isInputObjectType(named) ? [[name, named.name] as const] : [];
  });

  test.each(inputs)('say where the input of %s is wrong, and not all that it holds', async (field, type) => {
    const input = Object.fromEntries(list(15_000, (index) => [`key${index}`, 1]));
    const answer = await post(`mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, { input });
    expect(answer.code).toBe('BAD_USER_INPUT');
    expect(answer.errors.length).toBeGreaterThan(40);
    expect(answer.errors[0]?.message).toMatch(/^Variable "\$input" got invalid value \{…\}; Field "\w+"/);
    expect(answer.text.length).toBeLessThan(smallBytes);
  });

  const send = 'mutation ($v: SendMessageInput!) { sendMessage(input: $v) { __typename } }';
  test.each([
    ['names of 4,500 characters', send, Object.fromEntries(list(50, (index) => [`${long(4500)}${index}`, 1]))],
    [
      'a text of 200,000 characters for a number',
      'query ($v: Int) { apps { groups(first: $v) { __typename } } }',
      long(200_000),
    ],
    ['long texts for ids', 'query ($v: [ID!]!) { nodes(ids: $v) { id } }', list(50, () => [long(4000)])],
    [
      'long texts for enum values',
      'query ($v: [EventType!]) { events(filter: { types: $v }) { nodes { id } } }',
      list(50, (index) => `MESSAGE_SENT${long(4000)}${index}`),
    ],
  ])('are short for %s', async (_, query, v) => {
    const answer = await post(query, { v });
    expect(answer.code).toBe('BAD_USER_INPUT');
    expect(answer.text.length).toBeLessThan(smallBytes);
  });

  test('are short over WebSocket too, of queries and of subscriptions', async () => {
    const client = await connectWs(gateway.url);
    const v = Object.fromEntries(list(3000, (index) => [`key${index}`, 1]));
    const queries = [send, 'subscription ($v: EventFilter) { viewerEvents(filter: $v) { id } }'];
    for (const [index, query] of queries.entries()) {
      const id = `op${index}`;
      client.subscribe(id, query, { v });
      expect(new Set(await client.errorCodes(id))).toEqual(new Set(['BAD_USER_INPUT']));
      expect(JSON.stringify(await client.hears('error', id)).length).toBeLessThan(smallBytes);
    }
    client.socket.close();
  });

  test('are those of the fields that are wrong', async () => {
    const answer = await post(send, { v: { to: [null], content: { text: { text: 1 } } } });
    expect(answer.errors.map(({ message }) => message)).toEqual([
      'Variable "$v" got invalid value null at "v.to[0]"; Expected non-nullable type "ID!" not to be null.',
      'Variable "$v" got invalid value 1 at "v.content.text.text"; String cannot represent a non string value: 1',
    ]);
    const missing = await post('query ($a: ID!, $b: ID!) { a: node(id: $a) { id } b: node(id: $b) { id } }', {
      b: null,
    });
    expect(missing.errors.map(({ message }) => message)).toEqual([
      'Variable "$a" of required type "ID!" was not provided.',
      'Variable "$b" of non-null type "ID!" must not be null.',
    ]);
  });
});

describe('an argument that a variable makes wrong', () => {
  const relations = (literal: string) => `relations(to: [$a, "${literal}"]) { from { id } }`;
  const roots = (count: number) => list(count, (index) => `n${index}: nodes(ids: $ids) { ...F }`).join(' ');

  test.each([
    ['in each of 2,000 users, with a long literal beside it', 20, 220_000],
    ['in each of 2,000 users', 20, 10],
    ['with a long literal beside it', 1, 220_000],
  ])('has the operation refused %s', async (_, count, length) => {
    const query = `query ($ids: [ID!]!, $a: ID = "x") { ${roots(count)} } fragment F on User { ${relations(long(length))} }`;
    const answer = await post(query, { ids: users, a: null }, alice);
    expect(answer.code).toBe('BAD_USER_INPUT');
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toHaveLength(1);
    expect(answer.text.length).toBeLessThan(smallBytes);
  });

  test('fails its fields alone where they are few', async () => {
    const query = `query ($ids: [ID!]!, $a: ID = "x") { ${roots(1)} } fragment F on User { id ${relations('User:zim-eu:bob')} }`;
    const answer = await post(query, { ids: ['User:zim-eu:alice'], a: null }, alice);
    expect(answer.data).toEqual({ n0: [{ id: 'User:zim-eu:alice', relations: null }] });
    expect(answer.code).toBe('BAD_USER_INPUT');
  });

  test('is none where the variable is right, or stands in another operation', async () => {
    const first = `query One($ids: [ID!]!, $a: ID = "User:zim-eu:bob") { ${roots(1)} }`;
    const fragment = `fragment F on User { id ${relations('User:zim-eu:carol')} }`;
    const query = `${first} query Two { viewer { scopes } } ${fragment}`;
    const headers = { authorization: `Bearer ${alice}` };
    const variables = { ids: ['User:zim-eu:alice'] };
    const one = await postTo(gateway.url, { query, operationName: 'One', variables }, headers);
    expect(one.errors).toEqual([]);
    const two = await postTo(gateway.url, { query, operationName: 'Two', variables: { a: null } }, headers);
    expect(two).toMatchObject({ data: { viewer: { scopes: [] } }, errors: [] });
  });
});

test('failures count for the size of an answer with the names in their paths', async () => {
  const aliases = list(9, (index) => `${long(20_000)}${index}: blocklist { id }`).join(' ');
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { ${aliases} } } }`;
  const answer = await post(query, { ids: users }, alice);
  expect(answer.code).toBe('ANSWER_TOO_LARGE');
  expect(answer.text.length).toBeLessThan(smallBytes);
});

test('an error shows at most 1,000 characters of its message', async () => {
  const answer = await post(`{ ${list(15, (index) => `${long(16_000)}${index}`).join(' ')} }`, {});
  expect(answer.code).toBe('GRAPHQL_VALIDATION_FAILED');
  for (const { message } of answer.errors) expect(message.length).toBeLessThanOrEqual(1001);
});
