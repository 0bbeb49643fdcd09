import { parseArgs } from 'node:util';
import { connectionAttacks } from './attack/connections.ts';
import { documentAttacks } from './attack/documents.ts';
import { type Measured, measure } from './attack/target.ts';
import { vendorAttacks } from './attack/vendors.ts';

/**
 * Runs the attacks of docs/bounds.md, each against a server of its own with a heap of 192 MB and an honest client beside it, and prints
 * for each whether it was held. Ends with 1 unless all were: the server lives, answers as it should, stays under 400 MB, and the honest
 * client loses nothing and waits less than 250 ms at the 99th percentile.
 */
const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    /** How often an attack that was not held is tried again, since these machines are noisy. */
    retries: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});

const most = { peakMb: 400, p99Ms: 250 };
const attacks = [...documentAttacks, ...connectionAttacks, ...vendorAttacks].filter(({ name, source }) =>
  `${name} ${source}`.includes(flags.only),
);

/** The value below which the share of them is; 0 of none. */
const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

function judge({ isAlive, isRight, peakMb, honest }: Measured) {
  const waits = honest?.waits ?? [];
  const p99Ms = Math.round(quantile(waits, 0.99));
  const worstMs = Math.round(Math.max(0, ...waits));
  const worstDeliveryMs = Math.round(Math.max(0, ...(honest?.deliveries ?? [])));
  const broken = [
    !isAlive && 'the process ended',
    !isRight && 'wrong answer',
    peakMb >= most.peakMb && `peak ${peakMb} MB`,
    p99Ms >= most.p99Ms && `p99 ${p99Ms} ms`,
    isAlive && !honest && 'the honest client has no answer',
    (honest?.failureCount ?? 0) > 0 && `${honest?.failureCount} honest requests failed`,
  ].filter((each) => each !== false);
  return { isHeld: broken.length === 0, broken, p99Ms, worstMs, worstDeliveryMs };
}

const results = [];
const queue = attacks.map((attack) => ({ attack, left: Number(flags.retries) }));
for (let next = queue.shift(); next; next = queue.shift()) {
  const { attack, left } = next;
  const startedAt = performance.now();
  const measured = await measure(attack, flags.short);
  const verdict = judge(measured);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  if (!verdict.isHeld && left > 0) queue.unshift({ attack, left: left - 1 });
  else results.push({ name: attack.name, source: attack.source, seconds, ...verdict, ...measured });
  if (flags.json) continue;
  const { isHeld, broken, p99Ms, worstMs, worstDeliveryMs } = verdict;
  process.stdout.write(
    `${isHeld ? 'held    ' : 'NOT HELD'}  ${attack.name} (${attack.source})\n` +
      `          peak ${measured.peakMb} MB; honest p99 ${p99Ms} ms, worst ${worstMs} ms, worst delivery ${worstDeliveryMs} ms; ${seconds} s\n` +
      `          ${isHeld ? '' : `${broken.join(', ')}: `}${measured.note}\n` +
      (measured.honest?.failures ?? [])
        .slice(0, 3)
        .map((failure) => `          ${failure}\n`)
        .join(''),
  );
}
const held = results.filter(({ isHeld }) => isHeld).length;
process.stdout.write(flags.json ? `${JSON.stringify(results)}\n` : `\n${held} of ${results.length} attacks held\n`);
process.exit(held === results.length && results.length > 0 ? 0 : 1);
