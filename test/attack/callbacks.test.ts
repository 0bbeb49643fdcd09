import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { CallbackHttpRequest } from '../../src/server/server.ts';
import { rawHttp } from '../support/raw-http.ts';
import { type Shell, startShell } from '../support/shell.ts';

let shell: Shell;
const received: CallbackHttpRequest[] = [];
const token = 'abcdefghijklmnop';

beforeAll(async () => {
  shell = await startShell({
    trustedProxies: ['127.0.0.1'],
    async receiveCallback(request) {
      received.push(request);
      if (request.app === 'unknown') throw new AppError('NOT_FOUND');
      if (request.app === 'unsigned') throw new AppError('UNAUTHENTICATED');
      if (request.app === 'broken') throw new Error('cannot append to /var/lib/log');
      return { status: 200, contentType: 'application/json', body: '{"code":0}' };
    },
  });
});
afterAll(() => shell.stop());

// The next good callback is taken whatever came before it.
afterEach(async () => {
  expect((await send('{}')).status).toBe(200);
});

function send(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, path = `zim-eu/${token}`) {
  const all = { 'content-type': 'application/json', ...headers };
  return fetch(`${shell.url}/callbacks/${path}`, { method: 'POST', headers: all, body });
}

describe('callbacks', () => {
  it('40: hands on the path, the query, the headers and the body as they came', async () => {
    const body = '[{"a": 1,  "a": 2, "big": 12345678901234567890}]';
    const reply = await send(
      body,
      { Signature: 'S', 'x-forwarded-for': '10.1.1.1, 203.0.113.9' },
      `zim-eu/${token}?nonce=a%20b&nonce=c`,
    );
    expect([reply.status, reply.headers.get('content-type'), await reply.text()]).toEqual([
      200,
      'application/json; charset=utf-8',
      '{"code":0}',
    ]);
    const request = received.at(-1);
    expect(request).toMatchObject({ app: 'zim-eu', token, method: 'POST', body, remoteAddress: '203.0.113.9' });
    expect(request?.query.getAll('nonce')).toEqual(['a b', 'c']);
    expect(request?.headers['signature']).toBe('S');
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain; charset=UTF-8', 'application/json;charset=utf-8'])(
    '40: takes %s',
    async (contentType) => {
      expect((await send('a=%7B%7D&b=1', { 'content-type': contentType })).status).toBe(200);
      expect(received.at(-1)?.body).toBe('a=%7B%7D&b=1');
    },
  );

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('40: refuses %s with 405', async (method) => {
    const count = received.length;
    const reply = await fetch(`${shell.url}/callbacks/zim-eu/${token}`, { method });
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'POST']);
    expect(received.length).toBe(count);
  });

  it.each([
    ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['XML', { 'content-type': 'application/xml' }],
    ['no type', { 'content-type': '' }],
    ['another charset', { 'content-type': 'application/json; charset=gbk' }],
    ['a compressed body', { 'content-encoding': 'gzip' }],
  ])('40: refuses %s with 415', async (_title, headers) => {
    const count = received.length;
    expect((await send('{}', headers)).status).toBe(415);
    expect(received.length).toBe(count);
  });

  it('40: takes 1 MiB and refuses more with 413, announced or not', async () => {
    expect((await send('x'.repeat(1024 * 1024))).status).toBe(200);
    const head = `POST /callbacks/zim-eu/${token} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
    expect(await rawHttp(shell.url, `${head}Content-Length: 1048577\r\n\r\n`)).toMatchObject({
      status: 413,
      isClosed: true,
    });
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    const chunked = [`${head}Transfer-Encoding: chunked\r\n\r\n`, ...Array.from({ length: 17 }, () => chunk)];
    expect(await rawHttp(shell.url, chunked)).toMatchObject({ status: 413, isClosed: true });
  });

  it('40: refuses a body that is no UTF-8 with 400', async () => {
    expect((await send(new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400);
  });

  it.each([
    ['unknown', 404, 'NOT_FOUND'],
    ['unsigned', 401, 'UNAUTHENTICATED'],
    ['broken', 500, 'INTERNAL_SERVER_ERROR'],
  ])('40: answers a failure for the app %s with %i, and tells nothing of its cause', async (app, status, code) => {
    const reply = await send('{}', {}, `${app}/${token}`);
    const text = await reply.text();
    expect(reply.status).toBe(status);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(text).not.toContain('/var/lib');
  });

  it.each(['zim-eu', `zim-eu/${token}/more`, `zim-eu/${'x'.repeat(300)}`, ''])(
    '40: has nothing at /callbacks/%s',
    async (path) => {
      expect([400, 404, 414]).toContain((await send('{}', {}, path)).status);
    },
  );

  it('44: never logs the token of the path', async () => {
    await send('{}', {}, `zim-eu/${token}-secret-path`);
    await send('{}', {}, `broken/${token}-secret-path`);
    expect(shell.logged.length).toBeGreaterThan(0);
    expect(shell.logged.join('')).not.toContain('secret-path');
  });
});
