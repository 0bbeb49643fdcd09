import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
if (!executablePath) {
  if (process.env['CI']) throw new Error('no Chromium, which CI must have');
  process.stderr.write('\n*** No Chromium on this machine: the tests in a real browser are SKIPPED ***\n\n');
}

describe.skipIf(!executablePath)('in a real browser', () => {
  let gateway: TestGateway;
  let browser: Browser;
  /** Where pages of other origins come from, such as a frontend's development server. */
  let elsewhere: Server;
  const pageFrom = async (host: string): Promise<Page> => {
    const address = elsewhere.address();
    const page = await browser.newPage();
    await page.goto(`http://${host}:${typeof address === 'object' ? address?.port : 0}/`);
    return page;
  };
  beforeAll(async () => {
    gateway = await startGateway();
    elsewhere = createServer((_request, reply) => reply.setHeader('content-type', 'text/html').end('<p>a frontend'));
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A page that is not of this machine, as far as the browser knows.
        '--host-resolver-rules=MAP foreign.example 127.0.0.1',
      ],
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    elsewhere?.close();
    await gateway?.stop();
  });

  test('the address of the API opens Apollo Sandbox, which asks this server', async () => {
    const page = await browser.newPage();
    // The Sandbox itself comes from Apollo's servers, which tests do not reach; what this server gives is the page that embeds it.
    await page.route(/apollographql\.com/, (route) => route.abort());
    const reply = await page.goto(`${gateway.url}/graphql`, { waitUntil: 'domcontentloaded' });
    expect(reply?.status()).toBe(200);
    expect(await page.content()).toContain('embeddable-sandbox');
    await page.close();
  });

  test('a page queries, sends, and sees the message arrive over a WebSocket', async () => {
    const page = await browser.newPage();
    await page.route(/apollographql\.com/, (route) => route.abort());
    await page.goto(`${gateway.url}/graphql`, { waitUntil: 'domcontentloaded' });
    const seen = await page.evaluate(
      async ({ token, url }) => {
        const post = async (query: string) => {
          const reply = await fetch('/graphql', {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
            body: JSON.stringify({ query }),
          });
          return reply.json();
        };
        const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
        const messages: { type: string; payload?: { data: unknown } }[] = [];
        const arrived = new Promise<unknown>((resolve, reject) => {
          setTimeout(() => reject(new Error(`nothing came but ${JSON.stringify(messages)}`)), 5000);
          socket.onmessage = ({ data }) => {
            const message = JSON.parse(data);
            messages.push(message);
            if (message.type === 'connection_ack') {
              const query =
                'subscription { viewerEvents { ... on MessageSentEvent { message { content { ... on TextContent { text } } } } } }';
              socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
              setTimeout(
                () =>
                  void post(
                    'mutation { sendMessage(input: { to: ["User:rc-cn:bob"], content: { text: { text: "from a browser" } } }) { results { ok } } }',
                  ),
                200,
              );
            }
            if (message.type === 'next') resolve(message.payload.data);
          };
        });
        await new Promise((resolve) => {
          socket.onopen = resolve;
        });
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
        const me = await post('{ viewer { accounts { name } } }');
        return { me, event: await arrived };
      },
      { token: await gateway.token(), url: gateway.url },
    );
    expect(seen).toEqual({
      me: {
        data: { viewer: { accounts: [{ name: 'Alice Arden' }, { name: 'Alice Arden' }, { name: 'Alice Arden' }] } },
      },
      event: { viewerEvents: { message: { content: { text: 'from a browser' } } } },
    });
    await page.close();
  });

  /** What a page gets that calls the gateway by `fetch`, `WebSocket` and `EventSource`. */
  const call = async (page: Page) =>
    page.evaluate(
      async ({ url, token }) => {
        const query = '{ viewer { accounts { name } } }';
        const headers = {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          'apollographql-client-name': 'web',
          'apollographql-client-version': '1.2.3',
          traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
          tracestate: 'a=b',
          baggage: 'a=b',
          'sentry-trace': '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1',
          'x-of-the-company': '1',
          'switchboard-priority': 'background',
        };
        const late = <T>(what: T) => new Promise<T>((resolve) => setTimeout(() => resolve(what), 5000));
        const post = async (path: string, accept: string) => {
          const init = { method: 'POST', headers: { ...headers, accept }, body: JSON.stringify({ query }) };
          const reply = await fetch(`${url}${path}`, init);
          return { id: reply.headers.get('x-request-id')?.length, text: await reply.text() };
        };
        const socket = new Promise<unknown>((resolve) => {
          const opened = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
          opened.onopen = () => opened.send(JSON.stringify({ type: 'connection_init' }));
          opened.onmessage = ({ data }) => resolve(JSON.parse(data).type);
          opened.onclose = ({ code }) => resolve(code);
        });
        const source = new Promise<unknown>((resolve) => {
          const opened = new EventSource(`${url}/graphql/stream?query=${encodeURIComponent('{ __typename }')}`);
          opened.addEventListener('next', ({ data }) => {
            opened.close();
            resolve(JSON.parse(data));
          });
          opened.onerror = () => resolve('error');
        });
        const failed = (error: Error) => error.name;
        return {
          fetch: await post('/graphql', 'application/json').catch(failed),
          stream: await post('/graphql/stream', 'text/event-stream').catch(failed),
          socket: await Promise.race([socket, late('nothing')]),
          source: await Promise.race([source, late('nothing')]),
        };
      },
      { url: gateway.url, token: await gateway.token() },
    );

  test.each(['localhost', '127.0.0.1'])(
    'a page of another port on %s calls the demo by fetch, WebSocket and EventSource, with the headers of client and tracing libraries',
    async (host) => {
      const page = await pageFrom(host);
      const names = { data: { viewer: { accounts: Array.from({ length: 3 }, () => ({ name: 'Alice Arden' })) } } };
      const { fetch: answer, stream, ...others } = await call(page);
      expect(answer).toMatchObject({ id: 36 });
      expect(JSON.parse(typeof answer === 'string' ? answer : answer.text)).toEqual(names);
      expect(stream).toMatchObject({ id: 36, text: expect.stringContaining('event: complete') });
      expect(others).toEqual({ socket: 'connection_ack', source: { data: { __typename: 'Query' } } });
      await page.close();
    },
  );

  test('a page of another machine cannot call the demo', async () => {
    const page = await pageFrom('foreign.example');
    expect(await call(page)).toEqual({ fetch: 'TypeError', stream: 'TypeError', socket: 1006, source: 'error' });
    await page.close();
  });
});
