import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { vendors } from '../src/vendors/index.ts';
import { messageCallback, type SignedCallback, signers } from '../test/support/signed-callbacks.ts';
import { type LoadResult, type NextRequest, pace, saturate } from './intake-load.ts';
import type { IntakeOrder } from './intake-server.ts';

/**
 * How many callbacks a second are verified, read, deduplicated and safe on the disk before they are acknowledged, beside a bare Fastify
 * route that parses the same bodies and does nothing with them, and one that writes each to SQLite; in turns, so that all have the same
 * machine.
 */
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    rate: { type: 'string', default: '500' },
    only: { type: 'string' },
  },
});
const seconds = Number(flags.seconds);
const rounds = Number(flags.rounds);
const connections = Number(flags.connections);
const rate = Number(flags.rate);

const token = 'the-token-of-the-bench-is-long';
const folder = mkdtempSync(join(tmpdir(), 'bench-intake-'));
const say = (text: string) => (flags.json ? process.stderr : process.stdout).write(`${text}\n`);

interface Server {
  readonly url: URL;
  readonly child: ChildProcess;
}

function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve) => child.once('message', (message) => resolve(message as T)));
}

async function start(kind: IntakeOrder['kind']): Promise<Server> {
  const child = fork(new URL('intake-server.ts', import.meta.url), { stdio: 'inherit' });
  const order: IntakeOrder = { kind, file: join(folder, `${kind}.db`), token };
  child.send(order);
  const { url } = await answerOf<{ url: string }>(child);
  return { url: new URL(url), child };
}

async function usage({ child }: Server): Promise<{ cpuMs: number; rss: number }> {
  const answer = answerOf<{ cpuMs: number; rss: number }>(child);
  child.send('usage');
  return answer;
}

let serial = 0;

/** New messages of a vendor's clients, each signed as the vendor does. */
function messagesOf(slug: keyof typeof signers, app: string, host: string): NextRequest {
  return () => {
    serial += 1;
    const id = String(1_000_000 + serial);
    const fields = messageCallback[slug](`Hello number ${serial}, how are you?`, id);
    // As many digits as the vendors' own samples have.
    const callback: SignedCallback = signers[slug](fields, { nonce: `7266888922840${id}` });
    const { query, contentType, body } = callback;
    return `POST /callbacks/${app}/${token}${query} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: ${contentType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };
}

const percentile = (list: readonly number[], share: number): number =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? Number.NaN;

const whole = await start('switchboard');
const bare = await start('bare');
const durable = await start('durable');
const contenders = [
  { name: 'switchboard', server: whole },
  { name: 'bare Fastify', server: bare },
  { name: 'durable Fastify', server: durable },
] as const;

const median = (list: readonly number[]) => percentile(list, 0.5);
interface Outcome {
  readonly vendor: string;
  readonly contender: string;
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly p50: number;
  readonly p99: number;
  readonly refused: number;
}
const results: Outcome[] = [];
say(
  `${'vendor'.padEnd(12)}${'contender'.padEnd(16)}${['calls/s', 'CPU us/call', 'p50 ms', 'p99 ms'].map((title) => title.padStart(13)).join('')}`,
);
for (const { slug, demo } of vendors.filter((vendor) => flags.only === undefined || vendor.slug === flags.only)) {
  const measured = new Map<
    string,
    { perSecond: number[]; cpu: number[]; p50: number[]; p99: number[]; refused: number }
  >();
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, server } of contenders) {
      const next = messagesOf(slug as keyof typeof signers, demo.name, server.url.host);
      const before = await usage(server);
      const result: LoadResult = await saturate(server.url, connections, round === 0 ? 2 : seconds, next);
      const after = await usage(server);
      // The first round is for warming up.
      if (round === 0) continue;
      const figures = measured.get(name) ?? { perSecond: [], cpu: [], p50: [], p99: [], refused: 0 };
      figures.perSecond.push(result.taken / result.seconds);
      figures.cpu.push(((after.cpuMs - before.cpuMs) * 1000) / result.taken);
      figures.p50.push(percentile(result.latencies, 0.5));
      figures.p99.push(percentile(result.latencies, 0.99));
      figures.refused += result.refused;
      measured.set(name, figures);
    }
  }
  const outcomes = [...measured].map(([contender, figures]) => ({
    vendor: slug,
    contender,
    perSecond: median(figures.perSecond),
    cpuMicros: median(figures.cpu),
    p50: median(figures.p50),
    p99: median(figures.p99),
    refused: figures.refused,
  }));
  for (const each of outcomes) {
    const cells = [each.perSecond.toFixed(0), each.cpuMicros.toFixed(1), each.p50.toFixed(2), each.p99.toFixed(2)];
    say(`${slug.padEnd(12)}${each.contender.padEnd(16)}${cells.map((cell) => cell.padStart(13)).join('')}`);
  }
  results.push(...outcomes);
}

say(`\n${rate} callbacks a second, evenly`);
const paced = [];
for (const { slug, demo } of vendors.filter((vendor) => flags.only === undefined || vendor.slug === flags.only)) {
  const next = messagesOf(slug as keyof typeof signers, demo.name, whole.url.host);
  const { latencies, refused } = await pace(whole.url, rate, seconds, next);
  const outcome = { vendor: slug, rate, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), refused };
  say(`${slug.padEnd(12)}p50 ${outcome.p50.toFixed(2)} ms, p99 ${outcome.p99.toFixed(2)} ms`);
  paced.push(outcome);
}
const { rss } = await usage(whole);
say(`\nmemory of the server at the end: ${(rss / 1024 / 1024).toFixed(0)} MiB`);

const ratios = results
  .filter(({ contender }) => contender === 'switchboard')
  .map((ours) => {
    const beside = (name: string) =>
      ours.perSecond /
      (results.find((each) => each.vendor === ours.vendor && each.contender === name)?.perSecond ?? Number.NaN);
    return { vendor: ours.vendor, ratio: beside('bare Fastify'), durableRatio: beside('durable Fastify') };
  });
for (const { vendor, ratio, durableRatio } of ratios)
  say(
    `${vendor}: ${ratio.toFixed(2)} of the bare route, ${durableRatio.toFixed(2)} of one that writes each body to SQLite`,
  );
const refused = [...results, ...paced].reduce((sum, each) => sum + each.refused, 0);
const slowest = Math.max(...paced.map(({ p99 }) => p99));
const aims = [
  ...ratios.map(({ vendor, ratio }) => ({
    name: `callbacks a second beside a bare Fastify route: ${vendor}`,
    value: ratio,
    aim: 0.5,
    met: ratio >= 0.5,
  })),
  {
    name: `p99 of the acknowledgement at ${rate} callbacks a second, in ms`,
    value: slowest,
    aim: 20,
    met: slowest < 20,
  },
  { name: 'callbacks refused or not answered', value: refused, aim: 0, met: refused === 0 },
];
for (const aim of aims)
  say(`\n${aim.met ? 'met    ' : 'NOT MET'} ${aim.name}: ${Number(aim.value.toFixed(3))} (aim ${aim.aim})`);
if (flags.json)
  process.stdout.write(`${JSON.stringify({ connections, seconds, rounds, results, ratios, paced, aims })}\n`);
for (const { server } of contenders) server.child.disconnect();
rmSync(folder, { recursive: true });
process.exit(0);
