import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { rawHttp } from '../support/raw-http.ts';
import { type Shell, startShell } from '../support/shell.ts';

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({ message: z.string(), extensions: z.object({ code: z.string(), requestId: z.string().optional() }) }),
    )
    .optional(),
});

let shell: Shell;
beforeAll(async () => {
  shell = await startShell({
    bounds: { headersMs: 300, requestMs: 600, checkMs: 50, operationMs: 200, operationGraceMs: 50 },
  });
});
afterAll(() => shell.stop());

// The next good request succeeds whatever came before it.
afterEach(async () => {
  const { status, data } = await post({ query: '{ hello }' });
  expect({ status, data }).toEqual({ status: 200, data: { hello: 'hello' } });
});

const graphqlJson = 'application/graphql-response+json';

async function answerOf(response: Response) {
  const text = await response.text();
  const { data, errors = [] } = answerSchema.parse(JSON.parse(text));
  return { status: response.status, headers: response.headers, text, data, errors, code: errors[0]?.extensions.code };
}

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${shell.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: graphqlJson, ...headers },
    body: typeof body === 'string' ? body : body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
  });
  return answerOf(response);
}

async function get(query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${shell.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
  return answerOf(response);
}

const preflight = { 'apollo-require-preflight': '1' };

describe('requests that pages could forge', () => {
  it('1: refuses a mutation by GET, and does not run it', async () => {
    const before = shell.counts.mutations;
    const { status, headers } = await get('mutation { count }', preflight);
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('POST');
    expect(shell.counts.mutations).toBe(before);
  });

  it('2: refuses a GET without a header that needs a preflight', async () => {
    const { status, errors } = await get('{ hello }');
    expect(status).toBe(400);
    expect(errors[0]?.message).toContain('Cross-Site Request Forgery');
  });

  it('3: refuses a GET with a Content-Type that is not JSON', async () => {
    expect((await get('{ hello }', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await get('{ hello }', { 'content-type': 'text/plain', ...preflight })).status).toBe(415);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    '4: refuses a POST of %s that holds a query',
    async (contentType) => {
      const before = shell.counts.mutations;
      const body = JSON.stringify({ query: 'mutation { count }' });
      const { status, errors } = await post(body, { 'content-type': contentType });
      expect(status).toBe(400);
      expect(errors[0]?.message).toContain('Cross-Site Request Forgery');
      expect((await post(body, { 'content-type': contentType, ...preflight })).status).toBe(415);
      expect(shell.counts.mutations).toBe(before);
    },
  );
});

describe('bodies', () => {
  it.each(['ibm037', 'utf-7', 'utf-16le', 'iso-8859-1'])('5: does not decode charset %s', async (charset) => {
    const { status } = await post({ query: '{ hello }' }, { 'content-type': `application/json; charset=${charset}` });
    expect(status).toBe(415);
  });

  it('5: does not unpack a compressed body', async () => {
    expect((await post({ query: '{ hello }' }, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('5: takes UTF-8 by any of its names', async () => {
    for (const charset of ['utf-8', 'UTF-8', '"utf-8"', 'utf8']) {
      const { status } = await post({ query: '{ hello }' }, { 'content-type': `application/json; charset=${charset}` });
      expect(status).toBe(200);
    }
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['truncated JSON', '{"query": "{ hello }'],
    ['nothing', ''],
    ['null', 'null'],
    ['an empty list', '[]'],
    ['a text', '"x"'],
    ['an empty object', '{}'],
    ['no query', '{"variables": {}}'],
  ])('6: refuses a body of %s', async (_title, body) => {
    const { status, code, errors } = await post(body);
    expect({ status, code }).toEqual({ status: 400, code: 'BAD_REQUEST' });
    expect(errors[0]?.extensions.requestId).toMatch(/^[\w-]{36}$/);
  });

  it.each([2, 4000])('7: refuses a batch of %i', async (count) => {
    const { status, errors } = await post(Array.from({ length: count }, () => ({ query: '{ hello }' })));
    expect(status).toBe(400);
    expect(errors[0]?.message).toContain('batching disabled');
  });

  it.each([
    { variables: '{}' },
    { variables: [] },
    { extensions: [] },
    { extensions: '{}' },
    { operationName: 1 },
    { query: { kind: 'Document', definitions: [] } },
  ])('8: refuses %j', async (parameters) => {
    const { status, code } = await post({ query: '{ hello }', ...parameters });
    expect({ status, code }).toEqual({ status: 400, code: 'BAD_REQUEST' });
  });

  it('9: refuses 257 KiB by their announced length, and closes the connection', async () => {
    const head =
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 263168\r\n\r\n';
    const { status, isClosed } = await rawHttp(shell.url, head);
    expect({ status, isClosed }).toEqual({ status: 413, isClosed: true });
  });

  it('9: refuses an endless body as soon as it is too long', async () => {
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    const head =
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const { status, isClosed } = await rawHttp(shell.url, [head, ...Array.from({ length: 5 }, () => chunk)]);
    expect({ status, isClosed }).toEqual({ status: 413, isClosed: true });
  });

  it('10: refuses JSON that nests 100,000 deep', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const { status, errors } = await post(`{"query": "{ hello }", "variables": {"a": ${deep}}}`);
    expect(status).toBe(400);
    expect(errors[0]?.message).toContain('deeper than 100');
  });

  it('11: is not polluted by __proto__ and constructor in variables', async () => {
    const query = 'query ($f: Filter) { echo(filter: $f) }';
    const evil = '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}';
    const inside = await post(`{"query": ${JSON.stringify(query)}, "variables": {"f": ${evil}}}`);
    expect(inside.code).toBe('BAD_USER_INPUT');
    expect((await post(`{"query": "{ hello }", "variables": ${evil}, "__proto__": {"query": 1}}`)).status).toBe(200);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
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
  ])('%s are too much, with 400 for any Accept and within 100 ms', async (_title, query, code) => {
    const startedAt = performance.now();
    const refused = await post({ query });
    const tookMs = performance.now() - startedAt;
    expect({ status: refused.status, code: refused.code }).toEqual({ status: 400, code });
    expect((await post({ query }, { accept: 'application/json' })).status).toBe(400);
    expect(tookMs).toBeLessThan(100);
  });

  it('12: answers as many overlapping fields as fit into the tokens within 200 ms', async () => {
    const startedAt = performance.now();
    await post({ query: `{ node { ${repeat(480, () => 'next { id }')} } }` });
    expect(performance.now() - startedAt).toBeLessThan(200);
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

describe('transport', () => {
  const request = (target: string, host = 'x') =>
    `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

  it.each([
    '//',
    '//evil.example/graphql',
    '/graphql/../console',
    '/%2e%2e/x',
    '/%00',
    '/%zz',
    '*',
    '/graphql%2f',
    '/graphql/',
  ])('17: answers the target %s with 404 or 400', async (target) => {
    const { status } = await rawHttp(shell.url, request(target));
    expect([400, 404]).toContain(status);
  });

  it('17: refuses a whole URL as the target', async () => {
    expect((await rawHttp(shell.url, request('http://evil.example/graphql?query={hello}'))).status).toBe(400);
  });

  it.each(['a b', 'x:y', '%', '[', 'a/b@c'])('17: answers the host %s without a fault', async (host) => {
    const { status } = await rawHttp(shell.url, request('/graphql?query=%7Bhello%7D', host));
    expect(status).toBe(400);
  });

  it('17: answers a request that asks for HTTP/2 as the request it is', async () => {
    const head = 'GET /livez HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n';
    expect((await rawHttp(shell.url, head)).status).toBe(200);
  });

  it('18: refuses both Content-Length and Transfer-Encoding', async () => {
    const head =
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
    expect((await rawHttp(shell.url, head)).status).toBe(400);
  });

  it.each([
    ['a header of 20 KB', `X: ${'x'.repeat(20_000)}\r\n`],
    ['3,000 headers', Array.from({ length: 3000 }, (_, index) => `X-${index}: x\r\n`).join('')],
  ])('18: refuses %s', async (_title, headers) => {
    expect((await rawHttp(shell.url, `GET /livez HTTP/1.1\r\nHost: x\r\n${headers}\r\n`)).status).toBe(431);
  });

  it('19: ends a connection whose headers do not come, and serves others meanwhile', async () => {
    const slow = Array.from({ length: 50 }, () => rawHttp(shell.url, 'POST /graphql HTTP/1.1\r\nHost: x\r\n', 2000));
    expect((await post({ query: '{ hello }' })).status).toBe(200);
    for (const { isClosed, tookMs } of await Promise.all(slow)) {
      expect(isClosed).toBe(true);
      expect(tookMs).toBeLessThan(1000);
    }
  });

  it('19: ends a connection whose body does not come', async () => {
    const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
    const { isClosed, status } = await rawHttp(shell.url, head, 2500);
    expect({ isClosed, status }).toEqual({ isClosed: true, status: 408 });
  });

  it('19: refuses methods that a path has not, and paths that are none', async () => {
    const put = await fetch(`${shell.url}/graphql`, { method: 'PUT', body: '{}' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect((await fetch(`${shell.url}/console`)).status).toBe(404);
  });
});

describe('tokens', () => {
  it('23: refuses a bad token before anything runs', async () => {
    const before = shell.counts.mutations;
    const expired = await shell.token('alice', -60);
    const [head = '', body = '', signature = ''] = (await shell.token()).split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    for (const token of [
      expired,
      none,
      `${head}.${body}.${signature.slice(0, -2)}AA`,
      'x',
      'a.b.c',
      'x'.repeat(9000),
    ]) {
      const refused = await post({ query: 'mutation { count }' }, { authorization: `Bearer ${token}` });
      expect({ status: refused.status, code: refused.code }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
      expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    }
    expect((await post({ query: '{ hello }' }, { authorization: 'Basic YTpi' })).status).toBe(401);
    expect(shell.counts.mutations).toBe(before);
  });

  it('23: refuses two Authorization headers', async () => {
    const token = await shell.token();
    const body = '{"query":"{ me }"}';
    const twice = `Authorization: Bearer ${token}\r\nauthorization: Bearer ${token}\r\n`;
    const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n${twice}Content-Length: ${body.length}\r\n\r\n`;
    expect((await rawHttp(shell.url, head + body)).status).toBe(401);
  });

  it('23: runs as nobody without a token, and as the subject with one', async () => {
    expect((await post({ query: '{ me }' })).code).toBe('UNAUTHENTICATED');
    const { data } = await post({ query: '{ me }' }, { authorization: `Bearer ${await shell.token('bob')}` });
    expect(data).toEqual({ me: 'bob' });
  });
});

describe('pages', () => {
  const preflightOf = (origin: string) =>
    fetch(`${shell.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  it('lets pages of listed origins call, and no others', async () => {
    const listed = await preflightOf('https://app.example');
    expect([listed.status, listed.headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example']);
    const other = await preflightOf('https://evil.example');
    expect(other.status).toBe(405);
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    expect(
      (await post({ query: '{ hello }' }, { origin: 'https://evil.example' })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBeNull();
  });

  it('gives browsers Apollo Sandbox without telemetry, with security headers on the page only', async () => {
    const page = await fetch(`${shell.url}/graphql`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    const html = await page.text();
    expect(html).toContain('embeddable-sandbox');
    expect(html).toMatch(/"?runTelemetry"?:\s*false/);
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect((await post({ query: '{ hello }' })).headers.get('x-frame-options')).toBeNull();
  });

  it('echoes a good request id, and replaces a bad one', async () => {
    expect((await post({ query: '{ hello }' }, { 'x-request-id': 'abc-1' })).headers.get('x-request-id')).toBe('abc-1');
    const replaced = await post({ query: '{ hello }' }, { 'x-request-id': 'a b{"' });
    expect(replaced.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });

  it('gives the schema as text, with who may use what', async () => {
    const response = await fetch(`${shell.url}/schema.graphql`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('type Subscription');
  });

  it('says what a context has to say in extensions', async () => {
    const { text } = await post({ query: '{ hello }', extensions: { explain: true } });
    expect(JSON.parse(text)).toMatchObject({ extensions: { cost: 1 } });
    expect((await post({ query: '{ hello }' }, { 'x-switchboard-explain': '1' })).text).toContain('"cost":1');
  });
});
