import { parseArgs } from 'node:util';
import { faults } from '../test/support/checker.ts';
import { runDelivery } from '../test/support/delivery.ts';

/**
 * A long run of test/fault/delivery.test.ts: clients that come and go at a server that is killed and started again on the same file.
 * Ends with 1 unless everything that was acknowledged came out, once and in order, and everything that did not was announced.
 */
const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '200' },
    rate: { type: 'string', default: '60' },
    'kill-every': { type: 'string', default: '8' },
    'max-events': { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    json: { type: 'boolean', default: false },
  },
});

const say = (text: string) => process.stderr.write(`${text}\n`);
const seed = Number(flags.seed);
say(`seed ${seed}: ${flags.seconds} s, ${flags.clients} clients, ${flags.rate} messages a second`);
const result = await runDelivery({
  seed,
  seconds: Number(flags.seconds),
  clients: Number(flags.clients),
  rate: Number(flags.rate),
  killEverySeconds: Number(flags['kill-every']),
  maxEvents: Number(flags['max-events']),
  say,
});
const { report, kills, terminations, answersLost, unanswered, clients } = result;
const { verdict, found, writes, deliveries, gaps, uncovered, staleness } = report;
const lines = [
  `verdict: ${verdict} (seed ${seed})`,
  `callbacks: ${writes.ok} acknowledged, ${writes.unknown} without an answer in the end, ${writes.failed} refused`,
  `faults: ${kills} times kill -9, ${terminations} times SIGTERM, ${answersLost} acknowledgements lost on their way, ${unanswered} attempts without an answer`,
  `clients: ${clients.connected} connections, ${clients.dropped} cut off, ${clients.unsubscribed} given up, ${clients.stalled} stalled`,
  `deliveries: ${deliveries}; gaps announced: ${gaps}; acknowledged and read by nobody: ${uncovered}`,
  `from the acknowledgement to the first delivery: p50 ${staleness.p50} ms, p99 ${staleness.p99} ms, at most ${staleness.max} ms`,
  ...faults.map((fault) => `${fault}: ${found[fault].length}${found[fault].slice(0, 5).map((line) => `\n  ${line}`)}`),
];
process.stdout.write(flags.json ? `${JSON.stringify({ seed, ...result })}\n` : `${lines.join('\n')}\n`);
process.exit(verdict === 'valid' ? 0 : 1);
