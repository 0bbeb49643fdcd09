import { parseArgs } from 'node:util';
import { WordLists } from '../src/callbacks/word-lists.ts';

/**
 * Measures how long word lists hold the loop: `npm run bench:decisions -- [--words 10000] [--kilobytes 64] [--runs 500]`. Prints the
 * milliseconds for a text of each kind; exits with 1 when the 99th percentile for ordinary texts is 5 or more. Run it on a machine that has
 * a processor to spare: what else runs is part of the percentiles, and not of the processor's mean.
 */
const { values } = parseArgs({
  options: {
    words: { type: 'string', default: '10000' },
    kilobytes: { type: 'string', default: '64' },
    runs: { type: 'string', default: '500' },
  },
});
const [words, kilobytes, runs] = [Number(values.words), Number(values.kilobytes), Number(values.runs)];
const mostMs = 5;

const length = kilobytes * 1024;
const repeated = (piece: string) => piece.repeat(length / piece.length + 1).slice(0, length);
const clusters = Array.from({ length: length / 2 }, (_, index) =>
  String.fromCharCode(0x61 + ((index * 7) % 0x1000), 0x300 + ((index * 13) % 0x70)),
).join('');
const texts: readonly { readonly kind: string; readonly text: string; readonly isOrdinary: boolean }[] = [
  { kind: 'English', text: repeated('lorem ipsum dolor sit amet '), isOrdinary: true },
  { kind: 'Chinese', text: repeated('今天天气很好我们一起去吃饭吧'), isOrdinary: true },
  { kind: 'nearly words', text: repeated('word123 word999y '), isOrdinary: true },
  { kind: 'invisible letters', text: repeated('wo\u00adrd\u200b1'), isOrdinary: true },
  { kind: 'emoji', text: repeated('😀👨‍👩‍👧 hi '), isOrdinary: false },
  { kind: 'letters and marks', text: repeated('e\u0301'), isOrdinary: false },
  { kind: 'no two alike', text: clusters, isOrdinary: false },
];

const lists = new WordLists([Array.from({ length: words }, (_, index) => `word${index}x`)]);
const percentile = (sorted: readonly number[], share: number) =>
  (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2).padStart(7);

process.stdout.write(`${words} words, ${kilobytes} KB of text, ${runs} runs; milliseconds\n`);
process.stdout.write(`${''.padEnd(20)}  median     p99  processor\n`);
for (const { kind, text, isOrdinary } of texts) {
  for (let run = 0; run < 20; run += 1) lists.find(text);
  const clock: number[] = [];
  const used = process.threadCpuUsage();
  for (let run = 0; run < runs; run += 1) {
    const at = performance.now();
    lists.find(text);
    clock.push(performance.now() - at);
  }
  // In the mean: the processor's time is counted in steps as long as a run.
  const { user, system } = process.threadCpuUsage(used);
  const mean = (user + system) / 1_000 / runs;
  clock.sort((a, b) => a - b);
  process.stdout.write(
    `${kind.padEnd(20)} ${percentile(clock, 0.5)} ${percentile(clock, 0.99)}    ${mean.toFixed(2).padStart(7)}\n`,
  );
  if (isOrdinary && Number(percentile(clock, 0.99)) >= mostMs) process.exitCode = 1;
}
