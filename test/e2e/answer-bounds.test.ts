import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeSchema } from '../../src/server/schema.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { callsOf } from '../support/messages.ts';

let gateway: TestGateway;
let alice: string;
beforeAll(async () => {
  gateway = await startGateway({ retell: false });
  alice = await gateway.token();
}, 30_000);
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.calls.length = 0;
});

const repeat = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ');
const codesOf = ({ errors = [] }: { errors?: readonly { extensions: Record<string, unknown> }[] }) =>
  errors.map(({ extensions }) => extensions['code']);

describe('equal ids', () => {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on User { name } ... on Group { name } } }`;

  test('are answered once, at each of their positions', async () => {
    const [bob, carol] = ['User:zim-eu:bob', 'User:zim-eu:carol'];
    const ids = [bob, carol, bob, bob];
    const { data } = await gateway.query(alice, query, { ids });
    expect(data.nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(data.nodes.map(({ name }: { name: string }) => name)).toEqual([
      'Bob Brook',
      'Carol Cliff',
      'Bob Brook',
      'Bob Brook',
    ]);
    expect(callsOf(gateway)).toHaveLength(1);
  });

  test('have their failure at each of their positions too', async () => {
    const frank = await gateway.token({ subject: 'frank', accounts: { 'zim-eu': 'frank' } });
    const [hidden, seen] = ['Group:zim-eu:team', 'User:zim-eu:frank'];
    const { data, errors } = await gateway.query(frank, query, { ids: [hidden, seen, hidden] });
    expect(data.nodes).toMatchObject([null, { id: seen }, null]);
    expect(errors?.map(({ path }) => path)).toEqual([
      ['nodes', 0],
      ['nodes', 2],
    ]);
    expect(codesOf({ errors: errors ?? [] })).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  test('do not pass the bound of an answer by being executed once', async () => {
    const capabilities = repeat(30, (index) => `a${index}: capabilities { operation batchSize condition }`);
    const text = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on App { ${capabilities} } } }`;
    const ids = Array.from({ length: 100 }, () => 'App:zim-eu');
    const refused = await gateway.query(alice, text, { ids });
    expect(refused).toMatchObject({ data: null });
    expect(codesOf(refused)).toEqual(['ANSWER_TOO_LARGE']);
    const few = await gateway.query(alice, text, { ids: ids.slice(0, 2) });
    expect(few.errors).toBeUndefined();
    expect(few.data.nodes[1]).toEqual(few.data.nodes[0]);
  });
});

describe('an answer that could be too large by its pages', () => {
  const members = repeat(10, (index) => `u${index}: user { id name }`);
  const nested = `query ($app: ID!, $first: Int) { app(id: $app) { groups(first: $first) { nodes { members(first: $first) { nodes { ${members} } } } } } }`;

  test('is refused with 400 before anything is sent to a vendor', async () => {
    const operator = await gateway.operator();
    const text = nested.replace(members, `user { groups(first: $first) { nodes { id name } } }`);
    const { status, ...refused } = await gateway.query(operator, text, { app: 'App:zim-eu', first: 100 });
    expect(status).toBe(400);
    expect(refused).not.toHaveProperty('data');
    expect(codesOf(refused)).toEqual(['ANSWER_TOO_LARGE']);
    expect(callsOf(gateway)).toEqual([]);
  });

  test('is answered where it is not', async () => {
    const operator = await gateway.operator();
    const { errors } = await gateway.query(operator, nested, { app: 'App:zim-eu', first: 20 });
    expect(errors).toBeUndefined();
  });
});

describe('introspection', () => {
  const variants = [
    ["graphql-js's default", getIntrospectionQuery()],
    [
      'with all that GraphiQL and Apollo Sandbox ask for',
      getIntrospectionQuery({
        descriptions: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    ],
    [
      'without descriptions, as generators of code ask for it',
      getIntrospectionQuery({ descriptions: false, specifiedByUrl: true, inputValueDeprecation: true }),
    ],
  ] as const;

  test.each(variants)('%s gives the whole schema to a token', async (_, query) => {
    const { data, errors } = await gateway.query<IntrospectionQuery>(alice, query);
    expect(errors).toBeUndefined();
    const types = (text: string) => text.match(/^(type|interface|union|enum|input|scalar) \w+/gm)?.sort();
    expect(types(printSchema(buildClientSchema(data as IntrospectionQuery)))).toEqual(types(printSchema(makeSchema())));
  });

  test('needs a token, however a remembered document asks', async () => {
    const [, query] = variants[0];
    await gateway.query(alice, query);
    const { data, errors } = await gateway.query(null, query);
    expect(data).toBeUndefined();
    expect(errors?.[0]).toMatchObject({
      message: 'Introspection needs a token: send it as "Authorization: Bearer <token>".',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
    const wrong = await gateway.query(null, '{ viewr { id } }');
    expect(wrong.errors?.[0]?.message).not.toContain('Did you mean');
    expect((await fetch(`${gateway.url}/schema.graphql`)).status).toBe(401);
    const headers = { authorization: `Bearer ${alice}` };
    expect((await fetch(`${gateway.url}/schema.graphql`, { headers })).status).toBe(200);
  });

  test.each([
    [
      'many aliases of lists',
      `{ __schema { ${repeat(28, (i) => `t${i}: types { name description fields { name description args { name type { name kind } } } }`)} } }`,
    ],
    [
      'fields in fields',
      `{ __schema { types { fields { ${repeat(9, (i) => `t${i}: type { ofType { fields { name description type { name kind } } } fields { name type { name } } }`)} } } } }`,
    ],
  ])('of %s is too large', async (_, query) => {
    const refused = await gateway.query(alice, query);
    expect(refused.data).toBeNull();
    expect(codesOf(refused)).toEqual(['ANSWER_TOO_LARGE']);
  });
});

test('a promise that is rejected and that nobody handles does not end the process', { timeout: 30_000 }, async () => {
  const script = new URL('../support/unhandled-rejection.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  expect(stdout).toBe('200');
});
