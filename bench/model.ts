import { parseArgs } from 'node:util';
import { walkAll } from '../test/model/walk.ts';

/**
 * Long random walks against the independent model of test/model. Ends with 1 at the first difference, with its seed, path and `replayPath`, which
 * `--seed`, `--path` and `--replay` take.
 */
const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3600' },
    steps: { type: 'string', default: '120' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    path: { type: 'string' },
    replay: { type: 'string' },
  },
});

const startedAt = performance.now();
process.stderr.write(`seed ${flags.seed}\n`);
try {
  const { walks, counts } = await walkAll({
    seed: Number(flags.seed),
    steps: Number(flags.steps),
    seconds: Number(flags.seconds),
    ...(flags.path !== undefined && { path: flags.path }),
    ...(flags.replay !== undefined && { replayPath: flags.replay }),
  });
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  const steps = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const byKind = [...counts].toSorted(([, a], [, b]) => b - a).map(([kind, count]) => `  ${kind} ${count}`);
  process.stdout.write(
    `no difference in ${walks} walks of ${steps} steps, ${minutes} minutes (seed ${flags.seed})\n${byKind.join('\n')}\n`,
  );
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
  if (error instanceof Error && error.cause instanceof Error) process.stdout.write(`${error.cause.stack}\n`);
  process.exit(1);
}
