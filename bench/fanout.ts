import { type ChildProcess, fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { ClientsOrder, RunOutcome } from './fanout-clients.ts';
import type { FanoutOrder, Usage } from './fanout-server.ts';

/**
 * Tells the events of one conversation to many subscribers, by this server and by what a team would use instead: a plain broadcast
 * of the same bytes over ws, and graphql-ws as its documentation shows it, with one execution for each subscriber. The server
 * has a process of its own, the clients another; both share the machine.
 */
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    seconds: { type: 'string', default: '6' },
  },
});

type ContenderName = FanoutOrder['contender'];

interface Scenario {
  readonly name: string;
  readonly clients: number;
  readonly documents: number;
  readonly eventsPerSecond: number;
  /** Events at once: what follows the first is joined into one write. */
  readonly burst: number;
  readonly contenders: readonly ContenderName[];
}

const all: readonly ContenderName[] = ['switchboard', 'plain ws', 'stock graphql-ws'];
const scenarios: readonly Scenario[] = [
  ...[1, 100, 2000, 5000].map((clients) => ({
    name: `${clients} subscriber${clients === 1 ? '' : 's'}, every frame alone`,
    clients,
    documents: 1,
    eventsPerSecond: clients > 2000 ? 8 : 20,
    burst: 1,
    contenders: all,
  })),
  ...[100, 2000].map((clients) => ({
    name: `${clients} subscribers, bursts of 10 joined`,
    clients,
    documents: 1,
    eventsPerSecond: 20,
    burst: 10,
    contenders: all,
  })),
  {
    name: '1000 subscribers of 100 distinct operations',
    clients: 1000,
    documents: 100,
    eventsPerSecond: 20,
    burst: 1,
    contenders: ['switchboard', 'stock graphql-ws'],
  },
];

/** What a chat screen asks for; the name makes operations distinct. */
const document = (index: number) => `subscription S${index} {
  conversationEvents(conversationId: "Conversation:bench:alice:group:team") {
    __typename id cursor type occurredAt
    ... on MessageEvent { message { id sender { id } content { ... on TextContent { text } } sentAt } }
  }
}`;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const settleMs = 4000;
const seconds = Number(flags.seconds);
const textBytes = 100;

const ask = <T>(child: ChildProcess, order: unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`the process ended with ${code}`));
    child.once('exit', gone);
    child.once('message', (answer) => {
      child.off('exit', gone);
      resolve(answer as T);
    });
    child.send(order as never);
  });

interface Outcome extends RunOutcome {
  readonly contender: ContenderName;
  readonly deliveriesPerSecond: number;
  readonly cpuMicrosPerDelivery: number;
  readonly idleRssPerClient: number;
  readonly idleHeapPerClient: number;
}

async function run(scenario: Scenario, contender: ContenderName): Promise<Outcome> {
  const server = fork(new URL('fanout-server.ts', import.meta.url));
  const clients = fork(new URL('fanout-clients.ts', import.meta.url));
  try {
    const documents = Array.from({ length: scenario.documents }, (_, index) => document(index));
    const order: FanoutOrder = { contender, query: documents[0] ?? '' };
    const { url, callbackUrl } = await ask<{ url: string; callbackUrl: string }>(server, order);
    const before = await ask<Usage>(server, 'usage');
    const connecting: ClientsOrder = { do: 'connect', url, documents, clients: scenario.clients };
    await ask(clients, connecting);
    while ((await ask<Usage>(server, 'usage')).subscribed < scenario.clients) await sleep(50);
    // Until what was there for the handshakes only is gone.
    await sleep(settleMs);
    const idle = await ask<Usage>(server, 'usage');
    const warmUp: ClientsOrder = { do: 'run', callbackUrl, events: 20, burst: 1, everyMs: 50, textBytes };
    await ask(clients, warmUp);
    const since = await ask<Usage>(server, 'usage');
    const everyMs = (1000 * scenario.burst) / scenario.eventsPerSecond;
    const events = Math.max(20, Math.round(seconds * scenario.eventsPerSecond));
    const outcome = await ask<RunOutcome>(clients, { ...warmUp, events, burst: scenario.burst, everyMs });
    const until = await ask<Usage>(server, 'usage');
    return {
      ...outcome,
      contender,
      deliveriesPerSecond: outcome.delivered / outcome.seconds,
      cpuMicrosPerDelivery: ((until.cpuMs - since.cpuMs) * 1000) / outcome.delivered,
      idleRssPerClient: (idle.rssBytes - before.rssBytes) / scenario.clients,
      idleHeapPerClient: (idle.heapBytes - before.heapBytes) / scenario.clients,
    };
  } finally {
    server.kill();
    clients.kill();
  }
}

const say = (text: string) => (flags.json ? process.stderr : process.stdout).write(`${text}\n`);
const columns = [
  'deliveries/s',
  'CPU us each',
  'p50 ms',
  'p99 ms',
  'idle heap KB',
  'idle rss KB',
  'bytes',
  'delivered',
];
const results: { scenario: string; outcomes: Outcome[] }[] = [];
for (const scenario of scenarios.filter(({ name }) => flags.only === undefined || name.includes(flags.only))) {
  say(`\n${scenario.name}, ${scenario.eventsPerSecond} events a second`);
  say(`  ${'contender'.padEnd(20)}${columns.map((title) => title.padStart(14)).join('')}`);
  const outcomes: Outcome[] = [];
  for (const contender of scenario.contenders) {
    const outcome = await run(scenario, contender);
    outcomes.push(outcome);
    const cells = [
      outcome.deliveriesPerSecond.toFixed(0),
      outcome.cpuMicrosPerDelivery.toFixed(2),
      outcome.p50.toFixed(1),
      outcome.p99.toFixed(1),
      (outcome.idleHeapPerClient / 1024).toFixed(1),
      (outcome.idleRssPerClient / 1024).toFixed(1),
      outcome.bytesPerFrame.toFixed(0),
      `${((outcome.delivered / outcome.expected) * 100).toFixed(1)} %`,
    ];
    say(`  ${contender.padEnd(20)}${cells.map((cell) => cell.padStart(14)).join('')}`);
  }
  results.push({ scenario: scenario.name, outcomes });
}

/** How much less CPU a delivery takes here than with another contender. */
function ratios(other: ContenderName, fits: (name: string) => boolean): readonly number[] {
  return results
    .filter(({ scenario }) => fits(scenario))
    .flatMap(({ outcomes }) => {
      const [ours, theirs] = ['switchboard', other].map((name) => outcomes.find(({ contender }) => contender === name));
      return ours && theirs ? [theirs.cpuMicrosPerDelivery / ours.cpuMicrosPerDelivery] : [];
    });
}

const isLarge = (name: string) => !name.startsWith('1 ');
const atLeast = (name: string, aim: number, values: readonly number[]) =>
  values.length === 0 ? [] : [{ name, value: Math.min(...values), aim, met: Math.min(...values) >= aim }];
const atMost = (name: string, aim: number, values: readonly number[]) =>
  values.length === 0 ? [] : [{ name, value: Math.max(...values), aim, met: Math.max(...values) <= aim }];
const of = (contender: ContenderName, fits: (name: string) => boolean) =>
  results
    .filter(({ scenario }) => fits(scenario))
    .flatMap(({ outcomes }) => outcomes.filter((each) => each.contender === contender));

const memory = results
  .filter(({ scenario }) => /^(2000|5000) .*alone/.test(scenario))
  .flatMap(({ outcomes }) => {
    const [ours, bare] = ['switchboard', 'plain ws'].map((name) =>
      outcomes.find(({ contender }) => contender === name),
    );
    return ours && bare
      ? [{ heap: ours.idleHeapPerClient / bare.idleHeapPerClient, rss: ours.idleRssPerClient / bare.idleRssPerClient }]
      : [];
  });
const aims = [
  ...atLeast(
    'CPU of a plain ws broadcast against ours, every frame alone',
    0.9,
    ratios('plain ws', (name) => isLarge(name) && name.includes('alone')),
  ),
  ...atLeast(
    'CPU of a plain ws broadcast against ours, frames joined',
    2,
    ratios('plain ws', (name) => name.includes('joined')),
  ),
  ...atLeast('CPU of stock graphql-ws against ours', 3, ratios('stock graphql-ws', isLarge)),
  ...atMost(
    'idle heap of a subscriber against a bare ws connection',
    1.3,
    memory.map(({ heap }) => heap),
  ),
  ...atMost(
    'idle resident memory of a subscriber against a bare ws connection',
    1.3,
    memory.map(({ rss }) => rss),
  ),
  ...atMost(
    'p99 from callback to frame, 2,000 subscribers, 20 events a second, in ms',
    50,
    of('switchboard', (name) => /^2000 .*alone/.test(name)).map(({ p99 }) => p99),
  ),
];
say('\naims');
for (const { name, value, aim, met } of aims)
  say(`  ${met ? 'met   ' : 'missed'} ${value.toFixed(2).padStart(8)}  aim ${aim}  ${name}`);
if (flags.json) process.stdout.write(`${JSON.stringify({ results, aims }, null, 2)}\n`);
