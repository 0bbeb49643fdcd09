import { spawn, spawnSync } from 'node:child_process';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { blocksOf, type DocBlock } from '../support/docs.ts';
import { NpmProcess } from '../support/npm-process.ts';

/** What the README shows is run as it stands against the demo, started as the README says. */
let demo: NpmProcess;
let url = '';
let emulator = '';
let alice = '';
let bob = '';

beforeAll(async () => {
  demo = new NpmProcess('npm', ['start'], { PORT: '0', SWITCHBOARD_CONFIG: '' });
  await demo.says(/An operator's token[^\n]*\n\n\S+\n/);
  url = /http:\/\/127\.0\.0\.1:\d+(?=\/graphql)/.exec(demo.said)?.[0] ?? '';
  emulator = /zim (http:\/\/\S+)/.exec(demo.said)?.[1] ?? '';
  [alice = '', bob = ''] = [...demo.said.matchAll(/^ey\S+$/gm)].map(([token]) => token);
}, 120_000);
afterAll(() => demo.dispose());

const isOfReadme = ([place]: readonly [string, DocBlock]) => place.startsWith('README.md');

async function execute(query: string, token: string): Promise<unknown> {
  const reply = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return reply.json();
}

const operations = blocksOf('graphql').filter(isOfReadme);

test.each(operations.filter(([, { text }]) => !text.startsWith('subscription')))(
  '%s is answered without errors',
  async (_place, { text }) => {
    const answer = await execute(text, alice);
    expect(answer).toEqual({ data: expect.any(Object) });
    expect(JSON.stringify(answer)).not.toMatch(/"ok":false/);
  },
  30_000,
);

test.each(operations.filter(([, { text }]) => text.startsWith('subscription')))(
  '%s gets events',
  async (_place, { text }) => {
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${alice}` },
      retryAttempts: 0,
    });
    let hasCome = false;
    const next = client
      .iterate({ query: text })
      .next()
      .finally(() => {
        hasCome = true;
      });
    const send = `mutation { sendMessage(input: { to: ["User:zim-eu:alice"], content: { text: { text: "hi" } } }) { results { ok } } }`;
    while (!hasCome) {
      expect(await execute(send, bob)).toEqual({ data: { sendMessage: { results: [{ ok: true }] } } });
      await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 500))]);
    }
    expect((await next).value).toEqual({
      data: { conversationEvents: expect.objectContaining({ cursor: expect.any(String) }) },
    });
    await client.dispose();
  },
  60_000,
);

/** The block with the addresses and tokens that the demo printed. */
const filledIn = (text: string) =>
  text
    .replaceAll(/^(TOKEN|EMULATOR|URL)=\.\.\..*$/gm, '')
    .replaceAll('http://127.0.0.1:4000', url)
    .replaceAll('curl ', 'curl --fail-with-body ');

const environment = () => ({ ...process.env, URL: url, TOKEN: alice, EMULATOR: emulator });
const withCurl = blocksOf('sh')
  .filter(isOfReadme)
  .filter(([, { text }]) => text.includes('curl '));

test.each(withCurl.filter(([, { text }]) => !text.includes('curl -N')))(
  '%s runs',
  (_place, { text }) => {
    const { status, stdout } = spawnSync('bash', ['-ec', filledIn(text)], { encoding: 'utf8', env: environment() });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\{/) });
    expect(JSON.parse(stdout)).not.toHaveProperty('errors');
  },
  30_000,
);

test.each(withCurl.filter(([, { text }]) => text.includes('curl -N')))(
  '%s streams',
  async (_place, { text }) => {
    const stream = spawn('bash', ['-ec', `exec ${filledIn(text).trim()}`], { env: environment() });
    let received = '';
    stream.stdout.on('data', (chunk: Buffer) => {
      received += chunk.toString();
    });
    const body = {
      type: 'message',
      from: 'bob',
      to: { kind: 'direct', id: 'alice' },
      content: { kind: 'TEXT', text: 'x' },
    };
    await vi.waitFor(
      async () => {
        await fetch(`${emulator}/_emulator/events`, { method: 'POST', body: JSON.stringify(body) });
        expect(received).toMatch(/"__typename":"MessageSentEvent"/);
      },
      { timeout: 30_000, interval: 500 },
    );
    stream.kill();
  },
  60_000,
);
