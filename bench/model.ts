import { parseArgs } from 'node:util';
import { walkAll } from '../test/model/walk.ts';

/** Long random walks against the independent model of test/model. Ends with 1 at the first difference, with its seed and path. */
const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3600' },
    steps: { type: 'string', default: '120' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    path: { type: 'string' },
  },
});

const startedAt = performance.now();
process.stderr.write(`seed ${flags.seed}\n`);
try {
  const { walks, steps } = await walkAll({
    seed: Number(flags.seed),
    walks: 1_000_000,
    steps: Number(flags.steps),
    seconds: Number(flags.seconds),
    ...(flags.path !== undefined && { path: flags.path }),
  });
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  process.stdout.write(
    `no difference in ${walks} walks, ${steps} sends and groups, ${minutes} minutes (seed ${flags.seed})\n`,
  );
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.message}` : '';
  process.stdout.write(`${error instanceof Error ? error.message : error}${cause}\n`);
  process.exit(1);
}
