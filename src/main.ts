import { startApp } from './app.ts';
import { environment, startFailure } from './command-line.ts';
import { checkConfig, ignoredVariables, printConfig, readConfig } from './config.ts';
import { startDemo } from './demo-gateway.ts';
import { reloadOnHangUp, stopOnSignals } from './signals.ts';
import { vendors } from './vendors/index.ts';

/** What jobs, connections to vendors and files have to end, after the server has. */
const graceMs = 10_000;

const usage = `Usage: npm start -- [options]

Serves the apps of a configuration file; the demo, with emulated vendors, when no file is named.

  --config <file>   the configuration file (YAML); also SWITCHBOARD_CONFIG
  --check-config    says what is wrong with the configuration, and ends: 0 when nothing is, else 1
  --print-config    prints the configuration in force without its secrets, and ends
  --help            prints this, and ends

SIGHUP has the file read again: the decisions of its apps hold without a restart.

Variables are read from the environment and from .env in the working directory; .env.example has all of them.
`;

const argv = process.argv.slice(2);

const commands = [
  ['--check-config', checkConfig],
  ['--print-config', printConfig],
] as const;

try {
  if (argv.includes('--help')) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const input = { env: environment(), argv, vendors };
  const ignored = ignoredVariables(input.env);
  if (ignored !== undefined) process.stderr.write(`${ignored}\n`);
  const command = commands.find(([flag]) => argv.includes(flag))?.[1];
  if (command) {
    const { text, exitCode } = command(input);
    process.stdout.write(text);
    process.exit(exitCode);
  }
  const config = readConfig(input);
  const running = await (config.demo ? startDemo(config) : startApp({ config }));
  // The demo has no file, and ends with its terminal.
  if (!config.demo) reloadOnHangUp(() => running.reload(() => readConfig({ ...input, env: environment() })));
  const { drainDelayMs, drainMs } = config.server;
  stopOnSignals(() => running.stop(), drainDelayMs + drainMs + graceMs);
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
}
