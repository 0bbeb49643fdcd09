import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Bottleneck from 'bottleneck';
import DataLoader from 'dataloader';
import PQueue from 'p-queue';
import { systemClock } from '../src/clock.ts';
import type { Batch } from '../src/domain/batch.ts';
import { AppError } from '../src/errors.ts';
import { Merger } from '../src/limits/merger.ts';
import { Client } from '../src/net/client.ts';
import type { Wire } from '../src/net/wire.ts';
import type { Priority, RequestOptions } from '../src/request-options.ts';
import { vendors } from '../src/vendors/index.ts';
import type { EmulatorOrder } from './emulator-process.ts';
import { chart } from './limits-chart.ts';
import { type Scenario, scenarios } from './limits-scenarios.ts';

/**
 * Overloads a vendor's bulk read in the same way through Switchboard's scheduler and through what a team would use instead, each
 * against an emulator of its own that enforces the limits strictly behind a link with jitter, and prints what came of it.
 */
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    'peer-seconds': { type: 'string', default: '20' },
    only: { type: 'string' },
    chart: { type: 'string' },
  },
});

const jitterMs = 30;
const viewers = 20;
const keysPerRequest = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const patienceMs = 5_000;
const tickMs = 10;

interface Outcome {
  readonly contender: string;
  readonly seconds: number;
  readonly keysPerSecond: number;
  readonly callsPerSecond: number;
  readonly refusedByVendor: number;
  /** Calls let through, against the most that any strict counter would have let through in that time. */
  readonly utilisation: number;
  readonly keysPerCall: number;
  readonly waits: Record<string, { p50: number; p99: number }>;
  readonly jain: number;
}

/** Reads the keys of one request; each settles to whether it was answered. */
type Reader = (keys: readonly unknown[], options: RequestOptions) => Promise<boolean>[];

interface Contender {
  readonly name: string;
  readonly seconds: number;
  make(world: World): Reader;
}

interface World {
  readonly scenario: Scenario;
  readonly client: Client;
  readonly batch: Batch<unknown, unknown>;
}

const isAnswer = (value: unknown) => !(value instanceof AppError);

/** A call as teams write it: one for the keys of one request, paced by somebody else's queue. */
const perRequest =
  (pace: (scenario: Scenario) => <T>(task: () => Promise<T>) => Promise<T>) =>
  ({ scenario, batch }: World): Reader => {
    const run = pace(scenario);
    // As a team would, it turns requests away that could not be answered in time; else its queue grows without bound.
    const most = (rate(scenario) * (patienceMs / 1000)) / 2;
    let waiting = 0;
    return (keys) => {
      if (waiting >= most) return keys.map(() => Promise.resolve(false));
      waiting += 1;
      // A DataLoader for each request, as its documentation says.
      const loader = new DataLoader<unknown, unknown, string>(
        (some) =>
          run(() => batch.load(some)).finally(() => {
            waiting -= 1;
          }) as Promise<unknown[]>,
        {
          cacheKeyFn: (key) => JSON.stringify(key),
        },
      );
      return keys.map((key) => loader.load(key).then(isAnswer, () => false));
    };
  };

const rate = ({ windows }: Scenario) => Math.min(...windows.map(({ count, seconds }) => count / seconds));
const contenders: readonly Contender[] = [
  {
    name: 'switchboard',
    seconds: Number(flags.seconds),
    make({ client, batch }) {
      const merger = new Merger(batch, client.scheduler, systemClock);
      return (keys, options) => keys.map((key) => merger.load(key, options).then(isAnswer, () => false));
    },
  },
  {
    name: 'DataLoader + p-queue (strict interval)',
    seconds: Number(flags['peer-seconds']),
    make: perRequest((scenario) => {
      // It knows one window: the tightest over its length.
      const window = scenario.windows.reduce((tight, each) =>
        each.count / each.seconds < tight.count / tight.seconds ? each : tight,
      );
      const queue = new PQueue({ intervalCap: window.count, interval: window.seconds * 1000, strict: true });
      return (task) => queue.add(task);
    }),
  },
  {
    name: 'DataLoader + p-queue at 90 %',
    seconds: Number(flags['peer-seconds']),
    make: perRequest((scenario) => {
      const window = scenario.windows.reduce((tight, each) =>
        each.count / each.seconds < tight.count / tight.seconds ? each : tight,
      );
      const queue = new PQueue({
        intervalCap: Math.floor(window.count * 0.9),
        interval: window.seconds * 1000,
        strict: true,
      });
      return (task) => queue.add(task);
    }),
  },
  {
    name: 'DataLoader + bottleneck (evenly spaced)',
    seconds: Number(flags['peer-seconds']),
    make: perRequest((scenario) => {
      const limiter = new Bottleneck({ minTime: 1000 / rate(scenario) });
      return (task) => limiter.schedule(task);
    }),
  },
  {
    name: 'DataLoader + bottleneck at 90 %',
    seconds: Number(flags['peer-seconds']),
    make: perRequest((scenario) => {
      const limiter = new Bottleneck({ minTime: 1000 / (rate(scenario) * 0.9) });
      return (task) => limiter.schedule(task);
    }),
  },
  {
    name: 'DataLoader, unlimited fetch',
    seconds: Math.min(10, Number(flags['peer-seconds'])),
    make: perRequest(() => (task) => task()),
  },
];

async function startEmulator(order: EmulatorOrder): Promise<{ url: string; child: ChildProcess }> {
  const child = fork(new URL('emulator-process.ts', import.meta.url), { stdio: 'inherit' });
  child.send(order);
  const { url } = await new Promise<{ url: string }>((resolve) =>
    child.once('message', (message) => resolve(message as { url: string })),
  );
  return { url, child };
}

/** The peers must not have our client's own limits in their way: theirs decide. */
const unlimited = { count: 1_000_000, seconds: 1 };

async function run(scenario: Scenario, contender: Contender): Promise<Outcome> {
  const vendor = vendors.find(({ slug }) => slug === scenario.vendor);
  if (!vendor) throw new Error(`no vendor ${scenario.vendor}`);
  const { url, child } = await startEmulator({
    vendor: scenario.vendor,
    jitterMs,
    people: scenario.keys,
    windows: { [scenario.bucket]: scenario.windows },
  });
  const config = vendor.config.parse(vendor.demo.config);
  const isOurs = contender.name === 'switchboard';
  const client = new Client({
    app: vendor.demo.name,
    vendor: vendor.name,
    clock: systemClock,
    limits: vendor.limits.map((bucket) =>
      isOurs
        ? { ...bucket, ...(bucket.id === scenario.bucket && { windows: scenario.windows }) }
        : { ...bucket, windows: [unlimited] },
    ),
    makeWire: (call) => {
      const wire = vendor.makeWire({ config, baseUrls: [url], clock: systemClock, call });
      return isOurs ? wire : withoutLearning(wire);
    },
  });
  const adapter = vendor.makeAdapter({ config, baseUrls: [url], clock: systemClock, call: client.call });
  const batch = adapter.operations[scenario.operation] as Batch<unknown, unknown>;
  // A peer's own queue decides when; one try, as fetch does.
  const read = contender.make({ scenario, client, batch });
  const endAdversity = await scenario.adversity?.start(url, contender.seconds);
  const result = await load(scenario, contender, read);
  endAdversity?.();
  const stats = (await (await fetch(`${url}/_emulator/stats`)).json()) as {
    endpoints: Record<string, { calls: number; overLimit: number; batches: Record<string, number> }>;
  };
  const counted = stats.endpoints[scenario.endpoint] ?? { calls: 0, overLimit: 0, batches: {} };
  const passed = Object.values(counted.batches).reduce((sum, count) => sum + count, 0);
  await client.close();
  child.disconnect();
  const most = Math.min(
    ...scenario.windows.map(({ count, seconds }) => count * Math.ceil(contender.seconds / seconds)),
  );
  return {
    contender: contender.name,
    seconds: contender.seconds,
    keysPerSecond: result.answered / contender.seconds,
    callsPerSecond: passed / contender.seconds,
    refusedByVendor: counted.overLimit,
    utilisation: passed / most,
    keysPerCall: passed === 0 ? 0 : result.answered / passed,
    waits: result.waits,
    jain: result.jain,
  };
}

/** A wire whose over-limit answers are failures like others: peers neither pause nor try again for them, as plain fetch does not. */
function withoutLearning(wire: Wire): Wire {
  return {
    ...wire,
    open(answer, endpoint) {
      try {
        return wire.open(answer, endpoint);
      } catch (error) {
        throw error instanceof AppError && error.code === 'RATE_LIMITED' ? new AppError('VENDOR_REJECTED') : error;
      }
    },
  };
}

async function load(scenario: Scenario, contender: Contender, read: Reader) {
  const waits: Record<Priority, number[]> = { interactive: [], background: [], bulk: [] };
  const answers = Array.from({ length: viewers }, () => 0);
  let answered = 0;
  let next = 0;
  let request = 0;
  let owed = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + contender.seconds * 1000;
  while (performance.now() < endsAt) {
    owed = ((performance.now() - startedAt) / 1000) * scenario.demand;
    while (next < owed && performance.now() < endsAt) {
      const size = keysPerRequest[request % keysPerRequest.length] ?? 1;
      const viewer = request % viewers;
      // One request in fifty is a person's; the rest is mass work.
      const priority: Priority = request % 50 === 7 ? 'interactive' : 'bulk';
      request += 1;
      const keys = Array.from({ length: size }, () => {
        next += 1;
        return scenario.key(next % scenario.keys);
      });
      const since = performance.now();
      const done = read(keys, { viewer: `viewer ${viewer}`, priority, deadline: Date.now() + patienceMs });
      for (const each of done) {
        void each.then((isAnswered) => {
          if (!isAnswered || performance.now() > endsAt) return;
          answered += 1;
          if (priority === 'bulk') answers[viewer] = (answers[viewer] ?? 0) + 1;
          waits[priority].push(performance.now() - since);
        });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  const shown = Object.entries(waits).filter(([, list]) => list.length > 0);
  return {
    answered,
    waits: Object.fromEntries(
      shown.map(([priority, list]) => [priority, { p50: percentile(list, 0.5), p99: percentile(list, 0.99) }]),
    ),
    jain: jainIndex(answers),
  };
}

function percentile(list: number[], share: number): number {
  const sorted = list.sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

/** 1 when all have the same, 1/n when one has all. */
function jainIndex(shares: readonly number[]): number {
  const sum = shares.reduce((total, each) => total + each, 0);
  const squares = shares.reduce((total, each) => total + each * each, 0);
  return squares === 0 ? 1 : (sum * sum) / (shares.length * squares);
}

const say = (text: string) => (flags.json ? process.stderr : process.stdout).write(`${text}\n`);
const results: { scenario: string; leastUsed: number; outcomes: Outcome[] }[] = [];
for (const scenario of scenarios.filter(({ name }) => flags.only === undefined || name.includes(flags.only))) {
  say(
    `\n${scenario.name}\n  ${scenario.demand} keys a second asked for, 1-10 in a request, link jitter 0-${jitterMs} ms`,
  );
  say(
    `  ${'contender'.padEnd(42)}${['keys/s', 'calls/s', 'keys/call', 'used', 'refused', 'p99 person', 'p99 bulk', 'Jain'].map((title) => title.padStart(11)).join('')}`,
  );
  const outcomes: Outcome[] = [];
  for (const contender of scenario.adversity ? contenders.slice(0, 1) : contenders) {
    const outcome = await run(scenario, contender);
    outcomes.push(outcome);
    const cells = [
      outcome.keysPerSecond.toFixed(0),
      outcome.callsPerSecond.toFixed(1),
      outcome.keysPerCall.toFixed(1),
      `${(outcome.utilisation * 100).toFixed(1)} %`,
      String(outcome.refusedByVendor),
      `${outcome.waits['interactive']?.p99 ?? '-'} ms`,
      `${outcome.waits['bulk']?.p99 ?? '-'} ms`,
      outcome.jain.toFixed(3),
    ];
    say(`  ${contender.name.padEnd(42)}${cells.map((cell) => cell.padStart(11)).join('')}`);
  }
  results.push({ scenario: scenario.name, leastUsed: scenario.adversity?.leastUsed ?? 0.98, outcomes });
}

const ours = results.flatMap(({ outcomes }) => outcomes.filter(({ contender }) => contender === 'switchboard'));
const aims = [
  {
    name: 'refusals by the vendors',
    value: ours.reduce((sum, each) => sum + each.refusedByVendor, 0),
    aim: 0,
    met: ours.every((each) => each.refusedByVendor === 0),
  },
  ...results.map(({ scenario, leastUsed, outcomes }) => {
    const value = outcomes[0]?.utilisation ?? 0;
    return { name: `limit used: ${scenario}`, value, aim: leastUsed, met: value >= leastUsed };
  }),
  ...results
    .filter(({ outcomes }) => outcomes.length > 1)
    .slice(0, 1)
    .flatMap(({ scenario, outcomes }) => {
      const [first, ...peers] = outcomes;
      const clean = peers.filter((peer) => peer.refusedByVendor === 0);
      const best = Math.max(0, ...clean.map((peer) => peer.keysPerSecond));
      const ratio = best === 0 ? Number.POSITIVE_INFINITY : (first?.keysPerSecond ?? 0) / best;
      const wait = first?.waits['interactive']?.p99 ?? Number.POSITIVE_INFINITY;
      return [
        {
          name: `keys a second against the best peer without refusals: ${scenario}`,
          value: ratio,
          aim: 15,
          met: ratio >= 15,
        },
        {
          name: 'p99 wait of people while mass work saturates the limit, in windows',
          value: wait / 1000,
          aim: 1,
          met: wait < 1000,
        },
      ];
    }),
];
for (const aim of aims)
  say(`\n${aim.met ? 'met    ' : 'NOT MET'} ${aim.name}: ${Number(aim.value.toFixed(4))} (aim ${aim.aim})`);
if (flags.chart) writeFileSync(flags.chart, chart(results.filter(({ outcomes }) => outcomes.length > 1)));
if (flags.json) process.stdout.write(`${JSON.stringify({ jitterMs, results, aims })}\n`);
process.exit(0);
