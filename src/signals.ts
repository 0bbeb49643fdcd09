/**
 * Has SIGINT and SIGTERM call `stop` and end the process with 0, or with 1 when `stop` fails or takes longer than `limitMs`. A second
 * signal ends it at once, with 1.
 */
export function stopOnSignals(stop: () => Promise<void>, limitMs: number): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => {
      process.stderr.write(`not stopped within ${limitMs} ms: ended without waiting any longer\n`);
      process.exit(1);
    }, limitMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`not stopped in good order: ${error instanceof Error ? error.stack : error}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
