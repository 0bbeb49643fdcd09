import { startApp } from './app.ts';
import { ConfigError, checkConfig, printConfig, readConfig } from './config.ts';
import { startDemo } from './demo-gateway.ts';
import { stopOnSignals } from './signals.ts';
import { vendors } from './vendors/index.ts';

/** What jobs, connections to vendors and files have to end, after the server has. */
const graceMs = 10_000;
const argv = process.argv.slice(2);
const input = { env: process.env, argv, vendors };

for (const [flag, show] of [
  ['--check-config', checkConfig],
  ['--print-config', printConfig],
] as const) {
  if (!argv.includes(flag)) continue;
  const { text, exitCode } = show(input);
  process.stdout.write(text);
  process.exit(exitCode);
}

try {
  const config = readConfig(input);
  const running = await (config.demo ? startDemo(config) : startApp({ config }));
  const { drainDelayMs, drainMs } = config.server;
  stopOnSignals(() => running.stop(), drainDelayMs + drainMs + graceMs);
} catch (error) {
  process.stderr.write(
    error instanceof ConfigError ? `${error.message}\n` : `${error instanceof Error ? error.stack : error}\n`,
  );
  process.exit(1);
}
