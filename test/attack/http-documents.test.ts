import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { postTo } from '../support/graphql-http.ts';
import { rawHttp } from '../support/raw-http.ts';
import { type Shell, startShell } from '../support/shell.ts';

let shell: Shell;
beforeAll(async () => {
  shell = await startShell({ bounds: { operationMs: 200, operationGraceMs: 50 } });
});
afterAll(() => shell.stop());

const post = (body: unknown, headers: Record<string, string> = {}) => postTo(shell.url, body, headers);

/** Milliseconds of the processor that this thread has used since: what else the machine does is not counted. */
function since(from: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(from);
  return (user + system) / 1000;
}

// The next good request succeeds whatever came before it.
afterEach(async () => {
  const { status, data } = await post({ query: '{ hello }' });
  expect({ status, data }).toEqual({ status: 200, data: { hello: 'hello' } });
});

describe('documents', () => {
  const repeat = (count: number, make: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => make(i)).join(' ');
  const doubling = repeat(20, (i) => `fragment f${i} on Node { a: next { ...f${i + 1} } b: next { ...f${i + 1} } }`);

  it.each([
    ['12: 40,000 tokens', `{ ${repeat(40_000, () => 'hello')} }`, 'GRAPHQL_PARSE_FAILED'],
    ['12: 5,000 directives', `{ hello ${repeat(5000, () => '@skip(if: false)')} }`, 'GRAPHQL_PARSE_FAILED'],
    ['12: 600 aliases', `{ node { ${repeat(600, (i) => `a${i}: id`)} } }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['12: 21 root fields', `{ ${repeat(21, () => 'hello')} }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['12: 3,000 overlapping fields', `{ node { ${repeat(3000, () => 'next { id }')} } }`, 'GRAPHQL_PARSE_FAILED'],
    [
      '12: fragments that double 20 times',
      `{ node { ...f0 } } ${doubling} fragment f20 on Node { id }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      '13: depth 60',
      `{ ${'node { '.repeat(1)}${'next { '.repeat(59)}id${' }'.repeat(60)} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['13: lists of lists', `{ lists { ${'nodes { '.repeat(12)}id${' }'.repeat(13)} }`, 'GRAPHQL_VALIDATION_FAILED'],
    [
      '13: introspection that goes in circles',
      `{ __schema { types { ${'fields { type { '.repeat(12)}name${' } }'.repeat(12)} } } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s are too much, with 400 for any Accept and within 100 ms of the thread', async (_title, query, code) => {
    const from = process.threadCpuUsage();
    const refused = await post({ query });
    const tookMs = since(from);
    expect({ status: refused.status, code: refused.code }).toEqual({ status: 400, code });
    expect((await post({ query }, { accept: 'application/json' })).status).toBe(400);
    expect(tookMs).toBeLessThan(100);
  });

  it('12: answers as many overlapping fields as fit into the tokens within 200 ms of the thread', async () => {
    const from = process.threadCpuUsage();
    await post({ query: `{ node { ${repeat(480, () => 'next { id }')} } }` });
    expect(since(from)).toBeLessThan(200);
  });

  it('13: refuses circular fragments', async () => {
    const query = '{ node { ...a } } fragment a on Node { next { ...b } } fragment b on Node { next { ...a } }';
    const { status, code } = await post({ query });
    expect({ status, code }).toEqual({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it('13: runs what is just within the bounds', async () => {
    const query = `{ node { ${'next { '.repeat(10)}id${' }'.repeat(10)} } }`;
    expect((await post({ query })).status).toBe(200);
  });

  it('14: calls a refused argument or variable BAD_USER_INPUT', async () => {
    expect((await post({ query: 'query ($w: Word) { echo(word: $w) }', variables: { w: 'two words' } })).code).toBe(
      'BAD_USER_INPUT',
    );
    expect((await post({ query: 'query ($n: Int!) { slow(ms: $n) }' })).code).toBe('BAD_USER_INPUT');
  });

  it('15: lists at most 50 of 10,000 coercion errors', async () => {
    const ids = Array.from({ length: 10_000 }, () => 'x');
    const { status, errors } = await post({ query: 'query ($ids: [Int!]) { echo(ids: $ids) }', variables: { ids } });
    expect(status).toBe(400);
    expect(errors.length).toBeLessThanOrEqual(51);
    expect(new Set(errors.map((error) => error.extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
  });

  it('20: tells nothing of a fault but a request id that finds it in the log', async () => {
    const { text, errors, data } = await post({ query: '{ hello fail again: fail }' }, { 'x-request-id': 'find-me' });
    expect(data).toEqual({ hello: 'hello', fail: null, again: null });
    expect(errors[0]).toMatchObject({
      message: 'Internal server error',
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'find-me' },
    });
    expect(text).not.toMatch(/SELECT|srv|app\.js|stack/);
    const lines = shell.logged.filter((line) => line.includes('SELECT'));
    expect(lines[0]).toContain('find-me');
  });

  it('20: answers an operation that takes too long, with what there is', async () => {
    const before = shell.counts.aborted;
    const { status, data, code } = await post({ query: '{ hello slow(ms: 5000) }' });
    expect({ status, data, code }).toEqual({
      status: 200,
      data: { hello: 'hello', slow: null },
      code: 'VENDOR_UNAVAILABLE',
    });
    expect(shell.counts.aborted).toBe(before + 1);
  });

  it('20: aborts what runs for a caller that has gone', async () => {
    const before = shell.counts.aborted;
    const body = JSON.stringify({ query: '{ slow(ms: 5000) }' });
    const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    await rawHttp(shell.url, head + body, 60);
    await expect.poll(() => shell.counts.aborted).toBe(before + 1);
    expect(shell.logged.filter((line) => line.includes('"level":50') && line.includes('did not wait'))).toEqual([]);
  });

  it('21: sends a subscription by POST to the WebSocket endpoint', async () => {
    const { status, code, errors } = await post({ query: 'subscription { ticks }' });
    expect({ status, code }).toEqual({ status: 400, code: 'BAD_REQUEST' });
    expect(errors[0]?.message).toContain('WebSocket');
    expect(shell.counts.ticked).toBe(0);
  });

  it.each(['text/html', 'image/png', 'application/json;q=0', 'multipart/mixed'])(
    '22: refuses Accept: %s before anything runs',
    async (accept) => {
      const before = shell.counts.mutations;
      expect((await post({ query: 'mutation { count }' }, { accept })).status).toBe(406);
      expect(shell.counts.mutations).toBe(before);
    },
  );
});

describe('a closed schema', () => {
  let open: Shell;
  beforeAll(async () => {
    open = shell;
    shell = await startShell({ introspection: false, landingPage: false });
  });
  afterAll(async () => {
    await shell.stop();
    shell = open;
  });

  it.each(['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }'])(
    '16: refuses %s',
    async (query) => {
      const { status, code } = await post({ query });
      expect({ status, code }).toEqual({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
    },
  );

  it.each([
    ['a field', '{ secretFiel }', {}],
    ['an argument', '{ echo(firs: 1) }', {}],
    ['a type', 'query ($f: Filtr) { echo(filter: $f) }', {}],
    ['an input field', 'query ($f: Filter) { echo(filter: $f) }', { f: { nam: 'x' } }],
  ])('16: suggests nothing for %s', async (_title, query, variables) => {
    const { status, text } = await post({ query, variables });
    expect(status).toBe(400);
    expect(text).not.toMatch(/did you mean|secretField|"first"|nested/i);
  });

  it('16: does not give the schema as text, nor a page', async () => {
    expect((await fetch(`${shell.url}/schema.graphql`)).status).toBe(404);
    expect((await fetch(`${shell.url}/graphql`, { headers: { accept: 'text/html' } })).status).toBeGreaterThanOrEqual(
      400,
    );
  });
});
