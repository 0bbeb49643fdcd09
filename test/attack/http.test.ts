import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { getFrom, postTo } from '../support/graphql-http.ts';
import { rawHttp } from '../support/raw-http.ts';
import { type Shell, startShell } from '../support/shell.ts';

let shell: Shell;
beforeAll(async () => {
  shell = await startShell({
    bounds: { headersMs: 300, requestMs: 600, checkMs: 50 },
  });
});
afterAll(() => shell.stop());

// The next good request succeeds whatever came before it.
afterEach(async () => {
  const { status, data } = await post({ query: '{ hello }' });
  expect({ status, data }).toEqual({ status: 200, data: { hello: 'hello' } });
});

const post = (body: unknown, headers: Record<string, string> = {}) => postTo(shell.url, body, headers);
const get = (query: string, headers: Record<string, string> = {}) => getFrom(shell.url, query, headers);
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

  it('answers HTTP/1.0 without a Host, as balancers ask for health', async () => {
    for (const path of ['/livez', '/readyz']) {
      const { status, isClosed } = await rawHttp(shell.url, `GET ${path} HTTP/1.0\r\n\r\n`);
      expect({ status, isClosed }).toEqual({ status: 200, isClosed: true });
    }
    const body = '{"query":"{ hello }"}';
    const head = `POST /graphql HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const { status, text } = await rawHttp(shell.url, head + body);
    expect({ status, text }).toEqual({ status: 200, text: expect.stringContaining('{"data":{"hello":"hello"}}') });
    expect((await rawHttp(shell.url, 'GET /livez HTTP/1.1\r\n\r\n')).status).toBe(400);
  });

  it.each([
    ['GET', '/livez', 200, ''],
    ['GET', '/readyz', 200, ''],
    ['GET', '/schema.graphql', 200, ''],
    ['GET', '/metrics', 401, ''],
    ['GET', '/nothing', 404, ''],
    ['DELETE', '/graphql', 405, ''],
    ['POST', '/graphql', 200, '{"query":"{ hello }"}'],
    ['POST', '/graphql', 200, '{"query":"{ nothing }"}'],
    ['POST', '/graphql', 400, '{'],
    ['POST', '/graphql', 413, 'x'.repeat(300_000)],
    ['POST', '/graphql/stream', 200, '{"query":"{ hello }"}'],
    ['POST', '/graphql/stream', 400, '{'],
    ['POST', '/callbacks/zim-eu/abcdefghijklmnop', 200, '{}'],
    ['GET', '/%zz', 400, ''],
    ['GET', 'x', 400, ''],
    ['b@d', '/livez', 400, ''],
  ])(
    'has browsers take %s %s, answered with %i, for nothing but what it says it is',
    async (method, target, status, body) => {
      const lines = [
        `${method} ${target} HTTP/1.1`,
        'Host: x',
        'Connection: close',
        ...(body && ['Content-Type: application/json', `Content-Length: ${body.length}`]),
      ];
      const reply = await rawHttp(shell.url, `${lines.join('\r\n')}\r\n\r\n${body}`);
      expect(reply.status).toBe(status);
      expect(reply.text.split('\r\n\r\n')[0]).toMatch(/\r\nx-content-type-options: nosniff/i);
    },
  );

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

  it.each([
    'apollographql-client-name, apollographql-client-version',
    'traceparent, tracestate, baggage, sentry-trace',
    'content-type, authorization, x-of-the-company',
  ])('lets pages of listed origins send the headers %s', async (names) => {
    const origin = 'https://app.example';
    const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': names };
    const reply = await fetch(`${shell.url}/graphql`, { method: 'OPTIONS', headers });
    expect([reply.status, reply.headers.get('access-control-allow-headers')]).toEqual([204, names]);
    expect(reply.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('lets pages of this machine call where the configuration says loopback', async () => {
    const open = await startShell({ corsOrigins: ['loopback'] });
    const allowed = async (origin: string) => {
      const headers = { origin, 'content-type': 'application/json' };
      const reply = await fetch(`${open.url}/graphql`, { method: 'POST', headers, body: '{"query":"{ hello }"}' });
      return reply.headers.get('access-control-allow-origin');
    };
    for (const origin of ['http://localhost:3000', 'https://127.0.0.1:5173', 'http://[::1]:81'])
      expect(await allowed(origin)).toBe(origin);
    for (const origin of ['http://localhost.evil.example', 'http://evil.example', 'null', 'http://localhost:3000/x'])
      expect(await allowed(origin)).toBeNull();
    await open.stop();
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
    expect((await post({ query: '{ hello }' }, { 'switchboard-explain': '1' })).text).toContain('"cost":1');
  });
});
