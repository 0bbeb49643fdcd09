import { afterAll, beforeAll, expect, it } from 'vitest';
import { longestTurnMs } from '../support/longest-turn.ts';
import { type Shell, startShell } from '../support/shell.ts';
import { SseClient } from '../support/sse-client.ts';
import { connectWs } from '../support/ws-client.ts';

let shell: Shell;
beforeAll(async () => {
  shell = await startShell({ bounds: { wsOperations: 1000 } });
});
afterAll(() => shell.stop());

const documents = 400;
/** Parsing and validating takes a few milliseconds each, and no two are alike, so that none is remembered. */
const document = (index: number) => `query q${index} { node { ${'id '.repeat(300)} } }`;

it('lets others have the event loop between the documents that one socket sends at once, and answers them in their order', async () => {
  const client = await connectWs(shell.url);
  const longest = await longestTurnMs(
    (async () => {
      for (let index = 0; index < documents; index += 1) client.subscribe(String(index), document(index));
      await client.hears('complete', String(documents - 1), 20_000);
    })(),
  );
  expect(longest).toBeLessThan(100);
  const answered = client.heard.filter(({ type }) => type === 'next').map(({ id }) => Number(id));
  expect(answered).toEqual(Array.from({ length: documents }, (_, index) => index));
  client.socket.close();
  await client.closed;
}, 30_000);

it('ends an operation that is completed while its message waits for a turn', async () => {
  const client = await connectWs(shell.url);
  for (let index = 0; index < documents; index += 1) client.subscribe(String(index), document(index));
  client.subscribe('ticks', 'subscription { ticks }');
  client.send({ type: 'complete', id: 'ticks' });
  client.subscribe('last', '{ hello }');
  await client.hears('complete', 'last', 20_000);
  await expect.poll(() => shell.counts.ticking).toBe(0);
  client.socket.close();
  await client.closed;
}, 30_000);

it('lets others have the event loop between the documents of event streams that come at once', async () => {
  const longest = await longestTurnMs(
    (async () => {
      const clients = Array.from(
        { length: 60 },
        (_, index) => new SseClient(shell.url, { query: document(1000 + index) }),
      );
      await expect.poll(() => clients.every(({ isComplete }) => isComplete), { timeout: 20_000 }).toBe(true);
    })(),
  );
  expect(longest).toBeLessThan(100);
}, 30_000);
