import { startApp } from './app.ts';
import { ConfigError, checkConfig, printConfig, readConfig } from './config.ts';
import { startDemo } from './demo-gateway.ts';
import { vendors } from './vendors/index.ts';

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
  let isStopping = false;
  const stop = () => {
    // A second signal does not wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  process.stderr.write(
    error instanceof ConfigError ? `${error.message}\n` : `${error instanceof Error ? error.stack : error}\n`,
  );
  process.exit(1);
}
