import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { demoApps, startEmulators } from '../../src/demo.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { signDemoToken } from '../../src/server/auth.ts';
import { freePort, GatewayProcess } from '../support/gateway-process.ts';

/** Jobs of a server that is killed, while its vendor lives on. */
const secret = 'a secret of the jobs, long enough for HS256';
const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
const zimApps = demoApps.filter(({ vendor }) => vendor === 'zim');
let emulator: Emulator;
let gateway: GatewayProcess;
let token: string;
beforeAll(async () => {
  const emulators = await startEmulators({ apps: zimApps, limits: false });
  const [found] = emulators.values();
  if (!found) throw new Error('no emulator');
  emulator = found;
  const port = await freePort();
  const apps = Object.fromEntries(
    zimApps.map(({ name, vendor, config }) => [name, { vendor, ...config, baseUrls: [emulator.url] }]),
  );
  const settings = {
    server: { port },
    auth: { secret },
    log: { level: 'warn' },
    events: { file: join(folder, 'events.db') },
    apps,
  };
  const file = join(folder, 'switchboard.yaml');
  writeFileSync(file, JSON.stringify(settings));
  gateway = new GatewayProcess(file, port);
  await gateway.start();
  token = await signDemoToken(
    secret,
    { subject: 'o', scopes: ['chat:admin', 'chat:read'], expiresInSeconds: 600, accounts: {} },
    systemClock,
  );
}, 30_000);
afterAll(async () => {
  await gateway.kill('SIGTERM');
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

interface Job {
  readonly id: string;
  readonly status: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly failures: {
    readonly nodes: readonly { readonly index: number; readonly error: { readonly code: string } }[];
  };
}

async function ask<T>(query: string, variables: object): Promise<T> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const reply = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await reply.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}
const read = async (id: string): Promise<Job> => {
  const query = `query ($id: ID!) { job(id: $id) { id status succeeded failed failures(first: 100) { nodes { index error { code } } } } }`;
  return (await ask<{ job: Job }>(query, { id })).job;
};
async function when(id: string, isSo: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = await read(id);
    if (isSo(job)) return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('an import that is killed again and again is finished, with every message there once or reported', async () => {
  emulator.setFaults([{ endpoints: ['zim.message.group.import'], latencyMs: 5 }]);
  const messages = Array.from({ length: 150 }, (_, index) => ({
    senderId: 'User:zim-eu:alice',
    to: 'Group:zim-eu:team',
    content: { text: { text: `old ${index}` } },
    sentAt: new Date(Date.UTC(2023, 4, 1) + index * 1000).toISOString(),
  }));
  const start = 'mutation ($input: StartMessageImportInput!) { startMessageImport(input: $input) { job { id } } }';
  const input = { appId: 'App:zim-eu', messages, idempotencyKey: 'history' };
  const { startMessageImport } = await ask<{ startMessageImport: { job: { id: string } } }>(start, { input });
  const { id } = startMessageImport.job;
  let before = 0;
  for (let kills = 0; kills < 3; kills += 1) {
    const { succeeded, failed } = await when(
      id,
      (job) => job.succeeded + job.failed > before || job.status === 'FINISHED',
    );
    before = succeeded + failed + 20;
    await gateway.kill('SIGKILL');
    await gateway.start();
  }
  const again = await ask<{ startMessageImport: { job: { id: string } } }>(start, { input });
  expect(again.startMessageImport.job.id).toBe(id);
  const done = await when(id, ({ status }) => status === 'FINISHED');
  expect(done.succeeded + done.failed).toBe(150);
  expect(done.failed).toBeGreaterThan(0);
  const unknown = new Set(done.failures.nodes.map(({ index }) => index));
  expect(unknown.size).toBe(done.failed);
  expect(new Set(done.failures.nodes.map(({ error }) => error.code))).toEqual(new Set(['OUTCOME_UNKNOWN']));

  const kept = emulator.apps[0]?.state.conversations.get('group team') ?? [];
  const texts = kept.map(({ body }) => (body as { Message: string }).Message).filter((text) => text.startsWith('old '));
  expect(new Set(texts).size, 'no message is there twice').toBe(texts.length);
  for (let index = 0; index < 150; index += 1)
    if (!unknown.has(index)) expect(texts, 'what worked is there').toContain(`old ${index}`);
}, 60_000);
