import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../src/clock.ts';
import { demoApps } from '../../src/demo.ts';
import { subjectsOf } from '../../src/domain/subject.ts';
import { SqliteLog } from '../../src/events/sqlite-log.ts';
import { signDemoToken } from '../../src/server/auth.ts';
import { freePort } from '../../test/support/gateway-process.ts';
import type { AttackVendors } from '../attack-emulators.ts';
import type { HonestReport } from '../attack-honest.ts';
import type { Attack, Target } from './kit.ts';

const main = new URL('../../src/main.ts', import.meta.url).pathname;
const secret = 'a secret of the attacks, long enough for HS256';
const pathToken = 'a-token-of-the-path-that-is-long';
const heapMb = 192;
const leastMs = 6000;

/** What was measured around one attack. */
export interface Measured {
  readonly peakMb: number;
  readonly isAlive: boolean;
  readonly honest: HonestReport | null;
  /** What the attack says, or how it was not held. */
  readonly note: string;
  readonly isRight: boolean;
}

/** Runs one attack against a server of its own, with an honest client beside it. */
export async function measure(attack: Attack, isShort: boolean): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'attack-'));
  const vendors = fork(new URL('../attack-emulators.ts', import.meta.url));
  const honest = fork(new URL('../attack-honest.ts', import.meta.url));
  let server: ChildProcess | undefined;
  try {
    const [told] = await once(vendors, 'message');
    const where: AttackVendors = told;
    const file = join(folder, 'events.db');
    if (attack.eventsBefore) await fill(file, attack.eventsBefore);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const config = join(folder, 'switchboard.yaml');
    await writeFile(config, JSON.stringify(configOf(where, port, file, attack.keywords ?? 0)));
    server = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, main, '--config', config], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = watchLog(server);
    await ready(server, url, log);
    vendors.send({ gatewayUrl: url, token: pathToken });
    const memory = watchMemory(server.pid ?? 0);
    honest.send({ url, token: await tokenOf('dave') });
    await once(honest, 'message');

    let note = '';
    let isRight = true;
    // Long enough for a 99th percentile of the honest client's waits.
    const enough = promisify(setTimeout)(leastMs);
    try {
      note = await attack.run({
        url,
        callback: (app) => `${url}/callbacks/${app}/${pathToken}`,
        vendors: where.urls,
        token: tokenOf,
        logged: () => ({ bytes: log.bytes, longestLine: log.longestLine }),
        isShort,
      });
    } catch (error) {
      isRight = false;
      note = error instanceof Error ? error.message : String(error);
    }
    await enough;
    const isAlive = server.exitCode === null && server.signalCode === null;
    const report = isAlive ? await reportOf(honest) : null;
    if (!isAlive) note = `${note}; the server ended: ${log.tail.slice(-500)}`;
    return { peakMb: memory.stop(), isAlive, honest: report, note, isRight };
  } finally {
    server?.kill('SIGKILL');
    honest.disconnect();
    vendors.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
}

const tokenOf: Target['token'] = (userId, scopes = [], accounts) =>
  signDemoToken(
    secret,
    {
      subject: userId,
      scopes,
      accounts: accounts ?? Object.fromEntries(demoApps.map(({ name }) => [name, userId])),
      expiresInSeconds: 3600,
    },
    systemClock,
  );

function configOf(vendors: AttackVendors, port: number, file: string, keywords: number) {
  const words = Array.from(
    { length: keywords },
    (_, index) => `word${index.toString(36)}${(index * 7919).toString(36)}`,
  );
  // biome-ignore lint/suspicious/noThenProperty: the word of the configuration file; nothing awaits it
  const decisions = keywords > 0 ? { decisions: { rules: [{ name: 'words', keywords: words, then: 'REFUSE' }] } } : {};
  const apps = demoApps.map(({ name, vendor, config }) => [
    name,
    { vendor, ...config, baseUrls: [vendors.urls[vendor]], callbacks: { token: pathToken }, ...decisions },
  ]);
  const liar = demoApps.find(({ vendor }) => vendor === 'zim');
  return {
    server: { port },
    auth: { secret },
    log: { level: 'info' },
    events: { file, maxEvents: 200_000 },
    apps: { ...Object.fromEntries(apps), liar: { vendor: 'zim', ...liar?.config, baseUrls: [vendors.liar] } },
  };
}

/** Fills the log of the demo's first app: presences of others, among them the first and the last of alice. */
async function fill(file: string, events: number): Promise<void> {
  const log = new SqliteLog({ clock: systemClock, file, maxEvents: 200_000 });
  const app = demoApps[0]?.name ?? '';
  const draft = (index: number) => {
    const userId = index === 0 || index === events - 1 ? 'alice' : `stranger${index % 1000}`;
    const payload = {
      type: 'PRESENCE_CHANGED',
      userId,
      isOnline: true,
      cause: 'LOGIN',
      platform: null,
      sessionId: null,
    } as const;
    return { dedupeKey: `fill ${index}`, occurredAt: new Date(), payload, subjects: subjectsOf(payload) };
  };
  for (let from = 0; from < events; from += 1000)
    await log.append(
      app,
      Array.from({ length: Math.min(1000, events - from) }, (_, index) => draft(from + index)),
    );
  log.close();
}

function watchLog(server: ChildProcess) {
  const state = { bytes: 0, longestLine: 0, tail: '' };
  let line = 0;
  for (const stream of [server.stdout, server.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      state.bytes += chunk.length;
      state.tail = (state.tail + chunk.toString()).slice(-4000);
      for (const part of chunk.toString('latin1').split('\n')) {
        line += part.length;
        state.longestLine = Math.max(state.longestLine, line);
        line = 0;
      }
    });
  }
  return state;
}

async function ready(server: ChildProcess, url: string, log: { readonly tail: string }): Promise<void> {
  while (server.exitCode === null && server.signalCode === null) {
    const reply = await fetch(`${url}/readyz`).catch(() => null);
    await reply?.body?.cancel();
    if (reply?.ok) return;
    await promisify(setTimeout)(20);
  }
  throw new Error(`the server ended at its start: ${log.tail}`);
}

/** The most memory that a process has held, of what can be seen: by the kernel's own mark where there is one. */
function watchMemory(pid: number) {
  let peakKb = 0;
  const look = () => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const mark = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
      peakKb = Math.max(peakKb, Number(mark ?? 0));
    } catch {
      // The process has ended, or this system has no such file: what was seen stays.
    }
  };
  const timer = setInterval(look, 100);
  return {
    stop() {
      clearInterval(timer);
      look();
      return Math.round(peakKb / 1024);
    },
  };
}

async function reportOf(honest: ChildProcess): Promise<HonestReport | null> {
  if (!honest.connected) return null;
  honest.send('stop');
  const [report] = await Promise.race([once(honest, 'message'), promisify(setTimeout)(60_000, [null])]);
  return report;
}
