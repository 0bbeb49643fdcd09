import { monitorEventLoopDelay } from 'node:perf_hooks';
import pino from 'pino';
import { startApp } from '../src/app.ts';
import { systemClock } from '../src/clock.ts';
import { decisionsSchema } from '../src/config/decisions.ts';
import { readConfig } from '../src/config.ts';
import { demoApps, demoConfig, sendCallbacksTo, startEmulators } from '../src/demo.ts';
import type { DraftEvent } from '../src/domain/event.ts';
import { subjectsOf } from '../src/domain/subject.ts';
import { SqliteLog } from '../src/events/sqlite-log.ts';
import { signDemoToken } from '../src/server/auth.ts';

/**
 * The gateway of the resume bench, in a process of its own: a log in a file with `events` events of one app, messages in direct
 * conversations of `people` users `p0`, `p1`, ..., or of strangers where that is 0. Told by IPC `ResumeOrder`, answers `Resumable`, or `{}` when it has made the file. Told
 * `'begin'`, it answers `{}` and measures the delay of its event loop from then on; told `'end'`, it answers `LoopDelay`.
 */
export interface ResumeOrder {
  /** Whether to make the file, or to serve it: what making it leaves in memory is not to be measured. */
  readonly kind: 'fill' | 'serve';
  readonly file: string;
  readonly events: number;
  readonly people: number;
  readonly viewers: number;
}

export interface Resumable {
  readonly url: string;
  readonly app: string;
  readonly callbackUrl: string;
  readonly operator: string;
  /** One for each viewer, who is the user of that number. */
  readonly tokens: readonly string[];
}

export interface LoopDelay {
  readonly maxMs: number;
  readonly p99Ms: number;
  /** The most processor time that the loop took between two turns of a timer: what of the delay was its own, on a machine that is shared. */
  readonly maxCpuMs: number;
  readonly rssMb: number;
}

const secret = 'a secret of the bench, long enough for HS256';
const resolutionMs = 1;
const app = demoApps.find(({ vendor }) => vendor === 'zim') ?? never();

function never(): never {
  throw new Error('no demo app of ZIM');
}

function message(serial: number, people: number): DraftEvent {
  const name = (number: number) => (people === 0 ? `stranger${number % 1000}` : `p${number % people}`);
  const [from, to] = [name(serial), name(serial * 7 + 1)];
  const sentAt = new Date(1_790_000_000_000 + serial);
  const payload = {
    type: 'MESSAGE_SENT',
    source: 'CLIENT',
    message: {
      to: { kind: 'direct', id: to },
      senderId: from,
      key: `k${serial}`,
      vendorId: `k${serial}`,
      sequence: null,
      isFromUser: true,
      content: { kind: 'TEXT', text: `Hello number ${serial}, how are you today? ${'x'.repeat(300)}` },
      mentions: null,
      sentAt,
      metadata: null,
      raw: null,
    },
  } as unknown as DraftEvent['payload'];
  return { dedupeKey: `m${serial}`, occurredAt: sentAt, payload, subjects: subjectsOf(payload), callback: null };
}

async function fill({ file, events, people }: ResumeOrder): Promise<object> {
  const log = new SqliteLog({ clock: systemClock, file, maxEvents: events });
  for (let at = 0; at < events; at += 1000) {
    const batch = Array.from({ length: Math.min(1000, events - at) }, (_, index) => message(at + index, people));
    await log.append(app.name, batch);
  }
  log.close();
  return {};
}

async function start(order: ResumeOrder): Promise<Resumable> {
  const demo = [app];
  const { name } = app;
  const emulators = await startEmulators({ apps: demo, limits: false });
  const state = emulators.get(app.vendor)?.apps[0]?.state;
  if (!state) never();
  for (let index = 0; index < order.viewers; index += 1)
    state.addUser(`p${index}`, { name: `Person ${index}` }).hasLoggedIn = true;
  const settings = readConfig({ env: { PORT: '0' }, argv: [], vendors: [] });
  // biome-ignore lint/suspicious/noThenProperty: so the configuration calls it
  const decisions = decisionsSchema.parse({ rules: [{ name: 'words', keywords: ['casino'], then: 'REFUSE' }] });
  const apps = Object.fromEntries(
    Object.entries(demoConfig(emulators, demo)).map(([each, config]) => [each, { ...config, decisions }]),
  );
  const running = await startApp({
    config: {
      ...settings,
      demo: false,
      auth: { ...settings.auth, secret },
      apps,
      events: { ...settings.events, file: order.file, maxEvents: order.events },
    },
    log: pino({ level: 'warn' }),
  });
  sendCallbacksTo(running.url, emulators, apps, false);
  const sign = (subject: string, accounts: Record<string, string>, scopes: readonly string[]) =>
    signDemoToken(secret, { subject, accounts, scopes, expiresInSeconds: 3600 }, systemClock);
  return {
    url: running.url,
    app: name,
    callbackUrl: `${running.url}/callbacks/${name}/${apps[name]?.callbacks?.token ?? ''}`,
    operator: await sign('operator', {}, ['chat:read']),
    tokens: await Promise.all(
      Array.from({ length: order.viewers }, (_, index) => sign(`p${index}`, { [name]: `p${index}` }, [])),
    ),
  };
}

const delay = monitorEventLoopDelay({ resolution: resolutionMs });
let maxCpuMs = 0;
let cpuBefore = cpuNow();
const cpuTimer = setInterval(() => {
  const now = cpuNow();
  maxCpuMs = Math.max(maxCpuMs, now - cpuBefore);
  cpuBefore = now;
}, resolutionMs);

function cpuNow(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const toMs = (nanoseconds: number) => Math.round(nanoseconds / 1e4) / 100;

process.once('message', async (order: ResumeOrder) => {
  process.send?.(await (order.kind === 'fill' ? fill(order) : start(order)));
  process.on('message', (told) => {
    if (told === 'begin') {
      delay.enable();
      delay.reset();
      maxCpuMs = 0;
      process.send?.({});
      return;
    }
    delay.disable();
    clearInterval(cpuTimer);
    const answer: LoopDelay = {
      maxMs: toMs(delay.max),
      p99Ms: toMs(delay.percentile(99)),
      maxCpuMs: Math.round(maxCpuMs * 10) / 10,
      rssMb: Math.round(process.memoryUsage.rss() / 1024 / 1024),
    };
    process.send?.(answer);
  });
});
process.once('disconnect', () => process.exit(0));
