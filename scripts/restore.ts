import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newestIn, restore } from '../src/backup/restore.ts';
import { environment, fail, readOptions, startFailure } from '../src/command-line.ts';
import { readConfig } from '../src/config.ts';
import { vendors } from '../src/vendors/index.ts';

const usage = `Usage: npm run restore -- [options]

Puts the files of a backup in the place of events.file of the configuration in force, while the server is stopped. Subscribers that resume get one
GapEvent, since what came after the backup is lost.

  --from <name>     the backup, a folder below events.backupFolder, or a path; default: the newest
  --replace         moves files that are there away (<file>.before-<time>) instead of refusing
  --resume-jobs     lets jobs go on where the backup has them: only when they did nothing since; else what they had left
                    to do is reported as OUTCOME_UNKNOWN
  --config <file>   the configuration file; also SWITCHBOARD_CONFIG
`;

const { values } = readOptions(usage, () =>
  parseArgs({
    options: {
      from: { type: 'string' },
      replace: { type: 'boolean', default: false },
      'resume-jobs': { type: 'boolean', default: false },
      config: { type: 'string' },
    },
  }),
);

const { events } = readOptions(usage, () =>
  readConfig({ env: environment(), argv: values.config === undefined ? [] : ['--config', values.config], vendors }),
);
const { file, backupFolder } = events;
if (file === undefined) fail('The configuration has no events.file: there is nothing to restore to.');

/** The folder of the backup that is meant. */
async function chosen(): Promise<string> {
  const { from } = values;
  if (from?.includes('/')) return from;
  if (backupFolder === undefined)
    fail('Give the path of a backup with --from: the configuration has no events.backupFolder.');
  return from === undefined ? newestIn(backupFolder) : join(backupFolder, from);
}

try {
  const from = await chosen();
  const { createdAt, places, moved } = await restore({
    from,
    file,
    replace: values.replace,
    resumeJobs: values['resume-jobs'],
    now: new Date(),
  });
  const count = Object.entries(places).map(([stream, { offset }]) => `${stream} up to event ${offset}`);
  process.stdout.write(`Restored ${from}, of ${createdAt}: ${count.join(', ') || 'no events'}.\n`);
  for (const path of moved) process.stdout.write(`What was there is at ${path}\n`);
} catch (error) {
  fail(startFailure(error));
}
