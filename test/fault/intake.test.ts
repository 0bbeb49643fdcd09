import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { SqliteLog } from '../../src/events/sqlite-log.ts';
import { chatApps } from '../support/messages.ts';
import { messageCallback, post, signers } from '../support/signed-callbacks.ts';

const folder = mkdtempSync(join(tmpdir(), 'intake-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = new URL('../support/intake-process.ts', import.meta.url).pathname;
const token = 'a-token-of-the-path-that-is-long';

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

interface Intake {
  readonly url: string;
  readonly ended: Promise<NodeJS.Signals | null>;
  kill(signal: NodeJS.Signals): Promise<unknown>;
}

async function start(file: string, app: string, ...how: string[]): Promise<Intake> {
  const child = spawn(process.execPath, [path, file, token, ...how], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('close', (_, signal) => {
      running.delete(child);
      resolve(signal);
    });
  });
  const url = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (data) => resolve(String(data).trim())),
  );
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return { url: `${url}/callbacks/${app}/${token}`, ended, kill };
}

/** What the log of a file has told of an app, once nobody holds the file. */
async function eventsIn(file: string, app: string): Promise<readonly string[]> {
  const log = new SqliteLog({ clock: systemClock, file });
  const { events } = await log.read(app, { ...log.top(app), offset: 0 }, 500);
  log.close();
  return events.map(({ draft }) => draft.dedupeKey);
}

describe.each(chatApps)('$slug', ({ app, slug }) => {
  test('a kill -9 between append and acknowledgement: the vendor sends again, signed anew or not, and it is one event', async () => {
    const file = join(folder, `${slug}-killed.db`);
    const fields = messageCallback[slug]('told twice', '4711');
    // This vendor's callId is the event's; the others sign a random number.
    const signing = slug === 'easemob' ? { nonce: 'demo-org#switchboard_4711' } : {};
    const signed = () => signers[slug](fields, signing);
    const first = signed();
    const dying = await start(file, app, 'die');
    await expect(post(dying.url, first)).rejects.toThrow();
    expect(await dying.ended).toBe('SIGKILL');
    expect(await eventsIn(file, app)).toHaveLength(1);
    const next = await start(file, app);
    for (const attempt of [first, signed(), signed()]) expect((await post(next.url, attempt)).status).toBe(200);
    await next.kill('SIGTERM');
    expect(await eventsIn(file, app)).toHaveLength(1);
  }, 60_000);

  test('a signature that was used before a restart is known after it, however the process ended', async () => {
    const file = join(folder, `${slug}-replayed.db`);
    const callback = signers[slug](messageCallback[slug]('original', '4712'));
    const forged = { ...callback, body: callback.body.replace('original', 'forged').replace('4712', '9999') };
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
      const intake = await start(file, app);
      expect((await post(intake.url, callback)).status).toBe(200);
      // Only where signatures are made anew for each callback is one with another body a forgery for sure.
      expect((await post(intake.url, forged)).status).toBe(slug === 'easemob' ? 200 : 401);
      await intake.kill(signal);
    }
    expect(await eventsIn(file, app)).toHaveLength(1);
  }, 60_000);
});
