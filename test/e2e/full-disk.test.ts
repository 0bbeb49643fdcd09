import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { chatApps } from '../support/messages.ts';
import { callbackUrl, messageCallback, post, signers } from '../support/signed-callbacks.ts';

/** A server whose log cannot take events: its file is gone, which is refused as a full disk is. */
const folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
const file = join(folder, 'events.db');
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ retell: false, eventsFile: file });
}, 30_000);
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const statusOf = async (path: string) => (await fetch(`${gateway.url}${path}`)).status;
let serial = 0;

test('callbacks are answered 503 while the log takes nothing, the server is not ready meanwhile, and what comes again is taken once', async () => {
  const operator = await gateway.operator();
  const callbacks = chatApps.map(({ app, slug }) => {
    serial += 1;
    const text = `lost and found ${app}`;
    return {
      url: callbackUrl(gateway, slug, app),
      text,
      signed: signers[slug](messageCallback[slug](text, `${serial}00`)),
    };
  });
  expect(await statusOf('/readyz')).toBe(200);
  renameSync(file, `${file}.away`);
  for (const { url, signed } of callbacks) {
    const reply = await post(url, signed);
    expect([reply.status, await reply.text()]).toEqual([503, 'not taken: send it again']);
  }
  expect([await statusOf('/readyz'), await statusOf('/livez')]).toEqual([503, 200]);
  renameSync(`${file}.away`, file);
  await expect.poll(() => statusOf('/readyz'), { timeout: 5000 }).toBe(200);
  for (const { url, signed } of callbacks)
    for (let round = 0; round < 2; round += 1) expect((await post(url, signed)).status).toBe(200);
  const query =
    '{ events(first: 100) { nodes { ... on MessageEvent { message { content { ... on TextContent { text } } } } } } }';
  const { data } = await gateway.query(operator, query);
  const texts = data.events.nodes.map((node: { message: { content: { text: string } } }) => node.message.content.text);
  expect(texts.sort()).toEqual(callbacks.map(({ text }) => text).sort());
});
