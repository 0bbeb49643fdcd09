import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { demoApps, startEmulators } from '../../src/demo.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { signDemoToken } from '../../src/server/auth.ts';
import { CallbackProxy } from './callback-proxy.ts';
import { check, type Read, type Report } from './checker.ts';
import { operatorScopes } from './gateway.ts';
import { freePort, GatewayProcess } from './gateway-process.ts';
import { randomFrom } from './random.ts';
import { RoamingClient, type RoamingCounts } from './roaming-client.ts';

export interface DeliveryOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly clients: number;
  /** Messages a second, of all vendors together. */
  readonly rate: number;
  /** Seconds between two kills of the server. */
  readonly killEverySeconds: number;
  /** Events that the log keeps for each app; clients that stay away for longer have gaps. */
  readonly maxEvents: number;
  /** Acknowledges some callbacks that the server never gets. */
  readonly lies?: boolean;
  readonly say?: (text: string) => void;
}

export interface DeliveryResult {
  readonly report: Report;
  readonly kills: number;
  readonly terminations: number;
  readonly answersLost: number;
  readonly unanswered: number;
  readonly clients: RoamingCounts;
}

const secret = 'a secret of the deliveries, long enough for HS256';
const token = 'a-token-of-the-path-that-is-long';
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/**
 * Of every ten messages. One vendor stops calling for minutes after 90 failures in half a minute, so that its messages are few, and none
 * are sent while the server is away.
 */
const shares = ['zim', 'zim', 'zim', 'zim', 'rongcloud', 'zim', 'rongcloud', 'rongcloud', 'rongcloud', 'easemob'];

/**
 * The server in a process of its own over real emulators, with clients that come and go, while it is killed and started again on the same
 * file, acknowledgements get lost and vendors send again. Gives what the checker says of it.
 */
export async function runDelivery(options: DeliveryOptions): Promise<DeliveryResult> {
  const { seed, say = () => {} } = options;
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'delivery-'));
  const port = await freePort();
  const emulators = await startEmulators({ limits: false });
  const config = join(folder, 'switchboard.yaml');
  writeFileSync(config, JSON.stringify(configOf(emulators, port, folder, options.maxEvents)));
  const gateway = new GatewayProcess(config, port);
  const proxy = new CallbackProxy({
    target: gateway.url,
    keyOf: (body) => /m-\d+-[a-z]+/.exec(body)?.[0],
    losesAnswer: () => random() < 0.03,
    ...(options.lies && { lies: (key) => key !== undefined && /7-/.test(key) }),
  });
  const proxyUrl = await proxy.start();
  for (const emulator of emulators.values())
    for (const app of emulator.apps) {
      app.callbackUrl = `${proxyUrl}/callbacks/${app.name}/${token}`;
      // Else one vendor tells of every receiver that was away.
      const alice = app.state.users.get('alice');
      if (alice) app.state.connect(alice, 'ios_1');
    }
  const counts: RoamingCounts = { connected: 0, dropped: 0, unsubscribed: 0, stalled: 0 };
  const reads: Read[] = [];
  const clients: RoamingClient[] = [];
  let kills = 0;
  let terminations = 0;
  try {
    await gateway.start();
    const claims = { subject: 'operator', scopes: operatorScopes, accounts: {}, expiresInSeconds: 3600 };
    const bearer = await signDemoToken(secret, claims, systemClock);
    for (let index = 0; index < options.clients; index += 1) {
      const app = demoApps[index % demoApps.length]?.name ?? '';
      clients.push(
        new RoamingClient(
          {
            name: `client ${index}`,
            url: `${gateway.url.replace('http', 'ws')}/graphql`,
            token: bearer,
            app,
            random: randomFrom(seed + 1 + index),
            note: (read) => reads.push(read),
            // Some come back when what they want has gone.
            awayMs: index % 10 === 9 ? options.seconds * 700 : 0,
          },
          counts,
        ),
      );
    }
    const running = clients.map((client) => client.run());

    const endsAt = performance.now() + options.seconds * 1000;
    let isUp = true;
    const slugAt = (serial: number) => {
      const slug = shares[serial % shares.length] ?? 'zim';
      return isUp || slug !== 'easemob' ? slug : 'zim';
    };
    const writing = write(emulators, options.rate, slugAt, () => performance.now() >= endsAt);
    for (;;) {
      const killAt = performance.now() + options.killEverySeconds * 1000 * (0.7 + random() * 0.6);
      await sleep(Math.max(0, Math.min(killAt, endsAt) - performance.now()));
      if (performance.now() >= endsAt) break;
      const isPolite = kills > 0 && random() < 0.2;
      isUp = false;
      await gateway.kill(isPolite ? 'SIGTERM' : 'SIGKILL');
      if (isPolite) terminations += 1;
      else kills += 1;
      say(`${isPolite ? 'SIGTERM' : 'kill -9'}; ${reads.length} reads so far`);
      await sleep(random() * 300);
      await gateway.start();
      isUp = true;
    }
    await writing;
    say('waiting for what the vendors send again');
    await Promise.all([...emulators.values()].map((emulator) => emulator.callbacks.idle()));
    const answers = () => JSON.stringify([...proxy.answers]);
    await settle(clients, emulators, options.seconds * 1000 + 60_000, answers);
    for (const client of clients) client.stop();
    await Promise.all(running);
  } finally {
    for (const client of clients) client.stop();
    await gateway.kill('SIGKILL');
    await proxy.stop();
    await Promise.all([...emulators.values()].map((emulator) => emulator.stop()));
    rmSync(folder, { recursive: true });
  }
  // What is no message of ours was told by the vendors all the same.
  const known = new Set(proxy.writes.map(({ stream, key }) => `${stream}/${key}`));
  const others = new Map(
    reads.flatMap((read) =>
      read.kind === 'event' && !/^m-/.test(read.key) && !known.has(`${read.stream}/${read.key}`)
        ? [
            [
              `${read.stream}/${read.key}`,
              { stream: read.stream, key: read.key, from: 0, to: 0, outcome: 'unknown' as const },
            ],
          ]
        : [],
    ),
  );
  const report = check([...proxy.writes, ...others.values()], reads);
  const { answersLost, unanswered } = proxy;
  return { report, kills, terminations, answersLost, unanswered, clients: counts };
}

/** Sends messages evenly until it is time. */
async function write(
  emulators: ReadonlyMap<string, Emulator>,
  rate: number,
  slugAt: (serial: number) => string,
  isOver: () => boolean,
): Promise<void> {
  const startedAt = performance.now();
  for (let serial = 1; !isOver(); serial += 1) {
    const dueAt = startedAt + (serial * 1000) / rate;
    if (dueAt > performance.now()) await sleep(dueAt - performance.now());
    await send(emulators, slugAt(serial), `m-${serial}-x`);
  }
}

async function send(emulators: ReadonlyMap<string, Emulator>, slug: string, text: string): Promise<void> {
  await emulators
    .get(slug)
    ?.send({ from: 'bob', to: { kind: 'direct', id: 'alice' }, content: { kind: 'TEXT', text } });
}

/** Sends a last message at each vendor, and waits until every client has had it. */
async function settle(
  clients: readonly RoamingClient[],
  emulators: ReadonlyMap<string, Emulator>,
  timeoutMs: number,
  answers: () => string,
): Promise<void> {
  for (const client of clients) client.settle();
  const endsAt = performance.now() + timeoutMs;
  let isOver = false;
  for (let round = 0; !isOver; round += 1) {
    // A vendor that stopped calling for minutes calls again at once, so that the end need not be waited for.
    for (const { callbacks } of emulators.values()) callbacks.reset();
    // Its acknowledgement may get lost: another one, then.
    for (const slug of emulators.keys()) await send(emulators, slug, `m-${round}-end`);
    await Promise.all([...emulators.values()].map((emulator) => emulator.callbacks.idle()));
    for (let turn = 0; turn < 100 && !isOver; turn += 1) {
      await sleep(50);
      isOver = clients.every(({ last }) => last === `m-${round}-end`);
    }
    if (isOver || performance.now() < endsAt) continue;
    const behind = clients
      .filter(({ last }) => last !== `m-${round}-end`)
      .map(({ name, last }) => `${name} at ${last}`);
    const told = `${behind.slice(0, 10).join(', ')}; answers to vendors: ${answers()}`;
    throw new Error(`${behind.length} clients do not come to the end: ${told}`);
  }
}

function configOf(emulators: ReadonlyMap<string, Emulator>, port: number, folder: string, maxEvents: number) {
  const apps = demoApps.map(({ name, vendor, config }) => [
    name,
    { vendor, ...config, baseUrls: [emulators.get(vendor)?.url], callbacks: { token } },
  ]);
  return {
    server: { port, drainDelayMs: 0 },
    auth: { secret },
    log: { level: 'error' },
    events: { file: join(folder, 'events.db'), maxEvents },
    apps: Object.fromEntries(apps),
  };
}
