import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type GraphqlAnswer, startGateway, type TestGateway } from '../support/gateway.ts';
import { follow } from '../support/live-events.ts';
import { callbackUrl, messageCallback, post, signers } from '../support/signed-callbacks.ts';

/** A backup of a running server and its restore, by the commands, as subscribers and readers see it. */
const home = mkdtempSync(join(tmpdir(), 'backup-e2e-'));
const [eventsFile, backupFolder] = [join(home, 'events.db'), join(home, 'backups')];
let gateway: TestGateway | undefined;
afterAll(async () => {
  await gateway?.stop();
  rmSync(home, { recursive: true });
});
const start = async () => {
  gateway = await startGateway({ retell: false, eventsFile, backupFolder });
  return gateway;
};

async function run(
  script: string,
  ...args: readonly string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [new URL(`../../scripts/${script}.ts`, import.meta.url).pathname, ...args], {
    env: { PATH: process.env['PATH'] },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...said };
}

let serial = 0;
async function tell(to: TestGateway): Promise<string> {
  serial += 1;
  const text = `message ${serial}`;
  const signed = signers.zim(messageCallback.zim(text, String(1000 + serial)));
  expect((await post(callbackUrl(to, 'zim', 'zim-eu'), signed)).status).toBe(200);
  return text;
}

const stream = `subscription ($after: String, $filter: EventFilter) { viewerEvents(after: $after, filter: $filter) { __typename cursor
  ... on GapEvent { cause } ... on MessageEvent { message { content { ... on TextContent { text } } } } } }`;
const query = `query ($after: String) { events(first: 100, after: $after, filter: { types: [MESSAGE_SENT] }) {
  nodes { ... on MessageEvent { message { content { ... on TextContent { text } } } } } pageInfo { hasNextPage endCursor } } }`;
const unread = `{ conversation(id: "Conversation:zim-eu:alice:direct:bob") { unreadCount lastMessage { content { ... on TextContent { text } } } } }`;

interface Page {
  readonly events: {
    readonly nodes: readonly { readonly message: { readonly content: { readonly text: string } } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

test('a server is backed up while callbacks come, and restored: readers see it as it was, and who resumes gets one gap', async () => {
  const first = await start();
  const [operator, alice] = [await first.operator(), await first.token()];
  const before = [await tell(first), await tell(first), await tell(first)];
  let isOver = false;
  const telling = (async () => {
    const told: string[] = [];
    while (!isOver) {
      told.push(await tell(first));
      // Unread counts are known up to 500.
      if (told.length > 200) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return told;
  })();
  const backup = await run('backup', '--url', first.url, '--token', operator);
  expect(backup).toMatchObject({ code: 0, err: '' });
  expect(backup.out).toMatch(/^\d{4}-\d\d-\d\dT[\d.-]+Z {2}\d+ bytes\n$/);
  isOver = true;
  const during = await telling;
  const after = [await tell(first), await tell(first)];

  const last = await tell(first);
  const live = await follow(first, ['zim-eu'], alice, stream, { filter: { appIds: ['App:zim-eu'] } });
  const { cursor } = await live.until(({ message }) => message?.content.text === last);
  await live.close();
  const forbidden = await first.query(alice, 'mutation { createBackup(input: {}) { backup { name } } }');
  expect(forbidden.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  const config = join(home, 'switchboard.yaml');
  writeFileSync(
    config,
    JSON.stringify({
      auth: { secret: 'x'.repeat(32) },
      events: { file: eventsFile, backupFolder },
      apps: { 'zim-eu': { vendor: 'zim', appId: 1, serverSecret: 's'.repeat(32), region: 'unified' } },
    }),
  );
  const refused = await run('restore', '--config', config, '--replace');
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('is in use: stop the server first') });
  await first.stop();
  const restored = await run('restore', '--config', config, '--replace');
  expect(restored).toMatchObject({ code: 0, err: '' });
  expect(restored.out).toContain('zim-eu up to event');

  const second = await start();
  const kept: string[] = [];
  for (let after: string | null = null, hasNext = true; hasNext; ) {
    const page: GraphqlAnswer<Page> = await second.query(await second.operator(), query, { after });
    kept.push(...(page.data?.events.nodes ?? []).map(({ message }) => message.content.text));
    after = page.data?.events.pageInfo.endCursor ?? null;
    hasNext = page.data?.events.pageInfo.hasNextPage ?? false;
  }
  expect(kept).toEqual([...before, ...during, ...after].slice(0, kept.length));
  expect(kept.length).toBeGreaterThanOrEqual(before.length);
  expect(kept.length).toBeLessThanOrEqual(before.length + during.length);
  const conversation = (await second.query(await second.token(), unread)).data.conversation;
  expect(conversation).toEqual({ unreadCount: kept.length, lastMessage: { content: { text: kept.at(-1) } } });

  const resumed = second.subscribe(await second.token(), stream, {
    after: cursor,
    filter: { appIds: ['App:zim-eu'] },
  });
  expect((await resumed.next()).data.viewerEvents).toMatchObject({ __typename: 'GapEvent', cause: 'LOG_LOST' });
  const fresh = await tell(second);
  const seen: string[] = [];
  while (seen.at(-1) !== fresh) {
    const { viewerEvents } = (await resumed.next()).data;
    expect(viewerEvents.__typename).toBe('MessageSentEvent');
    seen.push(viewerEvents.message.content.text);
  }
  expect(seen).toEqual([...kept, fresh]);
  await resumed.close();
}, 60_000);

test('the commands say what they need', async () => {
  expect(await run('backup')).toMatchObject({ code: 1, err: expect.stringContaining('chat:admin') });
  expect(await run('backup', '--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Usage: npm run backup'),
  });
  expect(await run('restore', '--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Usage: npm run restore'),
  });
  expect(await run('restore')).toMatchObject({ code: 1, err: expect.stringContaining('events.file') });
  expect(await run('backup', '--url', 'http://127.0.0.1:9', '--token', 'x')).toMatchObject({ code: 1 });
});
