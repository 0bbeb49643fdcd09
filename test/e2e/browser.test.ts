import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
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
  beforeAll(async () => {
    gateway = await startGateway();
    browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
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
});
