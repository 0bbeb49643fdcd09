/** A signal that comes again within this time is the same one: npm passes on to its child what its whole process group got. */
const sameMs = 1000;

/**
 * Has SIGINT and SIGTERM call `stop` and end the process with 0, or with 1 when `stop` fails or takes longer than `limitMs`. A second
 * signal, at least a second after the first, ends it at once with 1.
 */
export function stopOnSignals(stop: () => Promise<void>, limitMs: number): void {
  let since: number | null = null;
  const onSignal = () => {
    if (since !== null) {
      if (performance.now() - since >= sameMs) process.exit(1);
      return;
    }
    since = performance.now();
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

/** Has SIGHUP, which would end the process, call `reload`. */
export function reloadOnHangUp(reload: () => void): void {
  process.on('SIGHUP', reload);
}
