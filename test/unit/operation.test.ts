import fc from 'fast-check';
import { GraphQLError, getIntrospectionQuery, parse } from 'graphql';
import pino from 'pino';
import { describe, expect, it, test } from 'vitest';
import { withDefaults } from '../../src/bounds.ts';
import { systemClock } from '../../src/clock.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { graphqlJson, negotiate, plainJson } from '../../src/server/accept.ts';
import { depthOf } from '../../src/server/body.ts';
import { checkDocument } from '../../src/server/document-bounds.ts';
import { Operations } from '../../src/server/operation.ts';
import { isOriginAllowed } from '../../src/server/origin.ts';
import { heapUse } from '../support/heap.ts';
import { makeShellSchema } from '../support/shell.ts';

const viewer = (subject: string): Viewer => ({
  subject,
  scopes: new Set(),
  accounts: new Map(),
  expiresAt: null,
});
const bounds = withDefaults();
const nobody = { viewer: null, requestId: 'r' };
const alice = { viewer: viewer('alice'), requestId: 'r' };

function makeOperations(changes: Partial<typeof bounds> = {}, introspection = true) {
  const schema = makeShellSchema({ mutations: 0, ticking: 0, ticked: 0, aborted: 0, slow: 0, pulled: 0 });
  return new Operations({
    schema,
    makeContext: (request) => request,
    log: pino({ level: 'silent' }),
    clock: systemClock,
    introspection,
    bounds: withDefaults(changes),
  });
}

describe('a document', () => {
  it('is remembered when it is valid, and looked at again when it is not', () => {
    const operations = makeOperations();
    const first = operations.prepare('{ hello }', null, alice);
    const second = operations.prepare('{ hello }', undefined, alice);
    expect(first.kind === 'prepared' && second.kind === 'prepared' && first.document === second.document).toBe(true);
    expect(operations.prepare('{ nope }', null, { viewer: null, requestId: 'r1' })).toMatchObject({
      errors: [{ extensions: { requestId: 'r1' } }],
    });
    expect(operations.prepare('{ nope }', null, { viewer: null, requestId: 'r2' })).toMatchObject({
      errors: [{ extensions: { requestId: 'r2' } }],
    });
  });

  it('is forgotten when more are remembered than may be', () => {
    const operations = makeOperations({ documents: 2 });
    const first = operations.prepare('{ hello }', null, alice);
    for (const name of ['a', 'b', 'c']) operations.prepare(`{ ${name}: hello }`, null, alice);
    const again = operations.prepare('{ hello }', null, alice);
    expect(first.kind === 'prepared' && again.kind === 'prepared' && first.document !== again.document).toBe(true);
  });

  it('of a caller without a token is read anew each time', () => {
    const operations = makeOperations();
    const first = operations.prepare('{ hello }', null, nobody);
    const second = operations.prepare('{ hello }', null, nobody);
    expect(first.kind === 'prepared' && second.kind === 'prepared' && first.document !== second.document).toBe(true);
    const known = operations.prepare('{ hello }', null, alice);
    const again = operations.prepare('{ hello }', null, nobody);
    expect(known.kind === 'prepared' && again.kind === 'prepared' && known.document === again.document).toBe(true);
  });

  it('keeps the places of its parts, for the errors in an answer', async () => {
    const prepared = makeOperations().prepare('{\n  hello\n  nope: fail\n}', null, alice);
    if (prepared.kind === 'refused') throw new Error('refused');
    expect(new GraphQLError('x', { nodes: prepared.operation.selectionSet.selections }).locations).toEqual([
      { line: 2, column: 3 },
      { line: 3, column: 3 },
    ]);
  });

  test.each(['large documents', 'small documents'])(
    'takes no more of the heap than is counted: %s',
    { timeout: 60_000 },
    async (name) => {
      const { counted, grown } = await heapUse(name);
      expect(counted).toBeGreaterThan(7.5 * 1024 * 1024);
      expect(counted).toBeLessThanOrEqual(8 * 1024 * 1024);
      expect(grown).toBeLessThan(1.1 * counted);
    },
  );

  test.each([
    ['documents without a token', 2],
    ['ended streams of many documents', 4],
  ])('leaves nothing behind: %s', { timeout: 60_000 }, async (name, megabytes) => {
    expect((await heapUse(name)).grown).toBeLessThan(megabytes * 1024 * 1024);
  });

  it('runs the operation that is named, and refuses to guess', () => {
    const operations = makeOperations();
    const text = 'query A { hello } mutation B { count }';
    expect(operations.prepare(text, 'B', nobody)).toMatchObject({
      kind: 'prepared',
      operation: { operation: 'mutation' },
    });
    for (const name of [null, '', 'C']) {
      expect(operations.prepare(text, name, nobody)).toMatchObject({
        kind: 'refused',
        errors: [{ extensions: { code: 'BAD_REQUEST' } }],
      });
    }
    expect(operations.prepare('fragment F on Query { hello }', null, nobody).kind).toBe('refused');
  });

  it('may be the standard introspection query', () => {
    const text = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
    });
    expect(makeOperations().prepare(text, null, nobody).kind).toBe('prepared');
    expect(makeOperations({}, false).prepare(text, null, nobody).kind).toBe('refused');
  });

  it('may be anything without a throw', () => {
    const operations = makeOperations();
    const words = fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      '...',
      'on',
      'hello',
      'node',
      'fragment',
      'query',
      '$a',
      ':',
      '"',
      '@skip',
      '[',
      '!',
      '\u0000',
      '#',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 60 }), fc.string(), (parts, name) => {
        const prepared = operations.prepare(parts.join(' '), name, nobody);
        return prepared.kind === 'prepared' || prepared.errors.length > 0;
      }),
    );
  });
});

describe('the size of a document', () => {
  const over = (text: string, changes: Partial<typeof bounds>) =>
    checkDocument(parse(text), withDefaults(changes)).map((error) => error.message);

  it.each([
    ['{ a { b { c } } }', { depth: 2 }, 'depth is 3'],
    ['{ ...f } fragment f on Q { a { b { c } } }', { depth: 2 }, 'depth is 3'],
    ['{ ... on Q { a { b { c } } } }', { depth: 2 }, 'depth is 3'],
    ['{ x: a y: a }', { aliases: 1 }, 'number of aliases is 2'],
    ['{ a { ...f ...f } } fragment f on Q { x: a }', { aliases: 1 }, 'number of aliases is 2'],
    ['{ a b ...f } fragment f on Q { c }', { rootFields: 2 }, 'number of root fields is 3'],
    ['query A { a } query B { a { b } }', { depth: 1 }, 'depth is 2'],
    ['{ a { ...f } b { ...f } } fragment f on Q { c d }', { fields: 5 }, 'number of fields is 6'],
    ['{ __schema { a { b { c } } } }', { introspectionDepth: 2 }, 'introspection depth is 3'],
  ])('%s within %j: its %s', (text, changes, message) => {
    expect(over(text, changes)).toEqual([expect.stringContaining(message)]);
  });

  it('takes fragments that go in circles or are not there for nothing', () => {
    expect(over('{ ...f ...g } fragment f on Q { a { ...f } }', { depth: 5 })).toEqual([]);
  });

  it('is found in time however fragments multiply', () => {
    const fragments = Array.from({ length: 200 }, (_, i) => `fragment f${i} on Q { a { ...f${i + 1} ...f${i + 1} } }`);
    const startedAt = performance.now();
    expect(over(`{ ...f0 } ${fragments.join(' ')}`, {})).toContainEqual(expect.stringContaining('over a million'));
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

describe('Accept', () => {
  it.each([
    [undefined, plainJson],
    ['', plainJson],
    ['*/*', plainJson],
    ['application/*', plainJson],
    ['application/json', plainJson],
    ['application/graphql-response+json', graphqlJson],
    ['application/graphql-response+json, application/json;q=0.9', graphqlJson],
    ['application/json, application/graphql-response+json', plainJson],
    ['application/graphql-response+json; charset=utf-8, */*;q=0.1', graphqlJson],
    ['application/graphql-response+json;q=0.5, */*', plainJson],
    ['text/html, */*;q=0.8', plainJson],
    ['text/html', null],
    ['application/json;q=0', null],
    ['application/json;q=0, */*', graphqlJson],
    ['nonsense', null],
  ])('%s gives %s', (accept, expected) => {
    expect(negotiate(accept)).toBe(expected);
  });
});

describe('small parts', () => {
  it.each([
    ['{}', 1],
    ['[[{"a": [1]}]]', 4],
    ['"[[["', 0],
    ['["\\"[[", [1]]', 2],
    ['1', 0],
  ])('%s nests %i deep', (text, expected) => {
    expect(depthOf(text, 100)).toBe(expected);
  });

  it('lets an origin in when it is none, the same or listed', () => {
    expect(isOriginAllowed(undefined, 'x', [])).toBe(true);
    expect(isOriginAllowed('https://X.example:8443', 'x.example:8443', [])).toBe(true);
    expect(isOriginAllowed('https://x.example', 'y.example', ['https://x.example'])).toBe(true);
    expect(isOriginAllowed('https://x.example.evil', 'x.example', [])).toBe(false);
    expect(isOriginAllowed('null', 'null', [])).toBe(false);
    expect(isOriginAllowed('https://evil', 'x', ['*'])).toBe(true);
  });
});
