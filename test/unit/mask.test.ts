import { buildSchema, type ExecutionResult, execute, GraphQLError, parse } from 'graphql';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { maskResult, maskThrown } from '../../src/server/mask.ts';

const schema = buildSchema(
  'type Query { a: Int b: Int take(n: Int!, kind: Kind): Int must: Int! } enum Kind { RED GREEN }',
);

function masking(hideSuggestions = false) {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  return { lines, options: { requestId: 'r1', log, hideSuggestions } };
}

async function run(query: string, rootValue: unknown, { variables = {}, hide = false } = {}) {
  const { lines, options } = masking(hide);
  const result = await execute({ schema, document: parse(query), rootValue, variableValues: variables });
  return { ...asJson(maskResult(result, options)), lines };
}

/** An answer as a caller gets it. */
function asJson({ errors = [], data }: ExecutionResult) {
  return { errors: errors.map((error) => error.toJSON()), data: { ...data } };
}

const fail = (error: unknown) => () => {
  throw error;
};

describe('a failure of the application', () => {
  it('keeps its code, message and details, and where it was', async () => {
    const details = { app: 'zim-eu', vendor: 'ZIM', operation: 'zim.user.query', vendorCode: '660', vendorStatus: 200 };
    const more = {
      vendorRequestId: 'v1',
      retryAfterMs: 500,
      bucket: 'zim.user',
      input: 'input.id',
      cause: new Error('hidden'),
    };
    const { errors } = await run('{ a }', { a: fail(new AppError('RATE_LIMITED', 'Spent.', { ...details, ...more })) });
    const { cause: _, ...shown } = more;
    expect(errors).toEqual([
      {
        message: 'Spent.',
        locations: [{ line: 1, column: 3 }],
        path: ['a'],
        extensions: { code: 'RATE_LIMITED', requestId: 'r1', ...details, ...shown },
      },
    ]);
  });

  it('has no details that are not known', async () => {
    const { errors } = await run('{ a }', { a: fail(new AppError('NOT_FOUND', undefined, { app: undefined })) });
    expect(errors[0]?.extensions).toEqual({ code: 'NOT_FOUND', requestId: 'r1' });
  });
});

describe('anything else', () => {
  it.each([
    ['an error', new Error('secret path /srv/app.js')],
    [
      'a GraphQL error with a code of its own',
      new GraphQLError('secret', { extensions: { code: 'FORBIDDEN', leak: 'secret' } }),
    ],
    ['a text', 'secret'],
    ['an error that looks like a refused argument', new Error('Argument "secret" is wrong')],
    ['a fault of this server with a message', new AppError('INTERNAL_SERVER_ERROR', 'secret')],
  ])('is masked: %s', async (_title, thrown) => {
    const { errors, lines } = await run('{ a }', { a: fail(thrown) });
    expect(errors[0]).toMatchObject({
      message: 'Internal server error',
      path: ['a'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'r1' },
    });
    expect(JSON.stringify(errors)).not.toMatch(/secret|srv/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('secret');
  });

  it('is masked when a value is not of its type', async () => {
    const { errors } = await run('{ a must }', { a: 'secret', must: null });
    expect(errors.map((error) => error.message)).toEqual(['Internal server error', 'Internal server error']);
  });

  it('is logged once, however many fields it took down', async () => {
    const same = new Error('shared');
    const { lines } = await run('{ a b }', { a: fail(same), b: fail(same) });
    expect(lines).toHaveLength(1);
  });

  it('is masked when it is thrown outside of fields', () => {
    const { options, lines } = masking();
    const shown = maskThrown(new TypeError('x is not a function'), options).toJSON();
    expect(shown).toEqual({
      message: 'Internal server error',
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'r1' },
    });
    expect(lines[0]).toContain('x is not a function');
  });
});

describe('what the caller gave', () => {
  it.each([
    ['a missing variable', 'query ($n: Int!) { take(n: $n) }', {}],
    ['a variable of another type', 'query ($n: Int!) { take(n: $n) }', { n: 'x' }],
    ['a variable that is null', 'query ($n: Int) { take(n: $n) }', { n: null }],
    ['an argument that is left out', '{ take }', {}],
    ['a directive without its argument', 'query ($if: Boolean) { take(n: 1) @skip(if: $if) }', { if: null }],
  ])('is BAD_USER_INPUT: %s', async (_title, query, variables) => {
    const { errors, lines } = await run(query, { take: 1 }, { variables });
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', requestId: 'r1' });
    expect(errors[0]?.message).not.toBe('Internal server error');
    expect(lines).toEqual([]);
  });

  it('gets no suggestions where the schema is closed', async () => {
    const query = 'query ($k: Kind) { take(n: 1, kind: $k) }';
    const open = await run(query, {}, { variables: { k: 'GREN' } });
    const closed = await run(query, {}, { variables: { k: 'GREN' }, hide: true });
    expect(open.errors[0]?.message).toContain('Did you mean');
    expect(closed.errors[0]?.message).not.toMatch(/Did you mean|GREEN/);
  });
});
