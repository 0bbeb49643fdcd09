import pino from 'pino';
import { CallbackActivity } from '../../src/callbacks/activity.ts';
import { DecisionPolicy } from '../../src/callbacks/decisions.ts';
import { CallbackIntake } from '../../src/callbacks/intake.ts';
import { systemClock } from '../../src/clock.ts';
import { decisionsSchema } from '../../src/config/decisions.ts';
import { SqliteLog } from '../../src/events/sqlite-log.ts';
import { vendors } from '../../src/vendors/index.ts';
import { startShell } from './shell.ts';

/**
 * Takes the callbacks of the demo's apps into the log of a file, in a process of its own: `<file> <token> [die]`. Prints its URL. With
 * `die` it kills itself as soon as the log has an event, before anybody is told so.
 */
const [file = '', token = '', how] = process.argv.slice(2);
const clock = systemClock;
const log = new SqliteLog({ clock, file });
const apps = vendors.map(({ demo, config, callbacks }) => {
  const { decisions } = callbacks;
  const settings = decisionsSchema.parse({});
  const ask = () => Promise.reject(new Error('nobody is asked'));
  const policy = decisions ? new DecisionPolicy({ settings, vendorWaitMs: decisions.waitMs, clock, ask }) : null;
  return { name: demo.name, contract: callbacks, config: config.parse(demo.config), token, policy };
});
if (how === 'die') for (const { name } of apps) log.onAppend(name, () => process.kill(process.pid, 'SIGKILL'));
const activity = new CallbackActivity(clock);
const intake = new CallbackIntake({
  apps,
  log,
  clock,
  activity,
  refine: (_app, told) => told,
  onRefused: () => {},
  onLost: () => {},
});
const shell = await startShell({
  admitCallback: (address) => intake.admit(address),
  receiveCallback: (request) => intake.receive(request),
  log: pino({ level: 'silent' }),
});
process.stdout.write(`${shell.url}\n`);
process.once('SIGTERM', async () => {
  await shell.stop();
  log.close();
});
