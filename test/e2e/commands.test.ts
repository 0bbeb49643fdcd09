import { createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isAlive, NpmProcess } from '../support/npm-process.ts';

// Whole processes are slow to start beside other tests.
vi.setConfig({ testTimeout: 90_000 });

const started: NpmProcess[] = [];
afterEach(() => Promise.all(started.splice(0).map((each) => each.dispose())));

function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): NpmProcess {
  const process = new NpmProcess(command, args, env);
  started.push(process);
  return process;
}

const servers = [
  ['npm start', ['start'], /An operator's token/],
  ['npm run emulators', ['run', 'emulators'], /demo-path-token-zim-eu\n$/],
] as const;

describe.each(servers)('%s', (title, args, ready) => {
  const ports = { PORT: '0', SWITCHBOARD_PORT: '' };

  const cases: readonly (readonly [string, string, readonly string[], NodeJS.Signals, number, number | null])[] = [
    ['npm itself', 'npm', args, 'SIGTERM', 1, 0],
    ['npm’s process group', 'npm', args, 'SIGTERM', -1, 0],
    ['npm’s process group, as Ctrl-C does', 'npm', args, 'SIGINT', -1, 0],
    ['a shell that became it', 'sh', ['-c', `exec ${title}`], 'SIGTERM', 1, 0],
    // The shell itself ends by the signal.
    ['the process group of a shell that runs it', 'sh', ['-c', `${title}; true`], 'SIGTERM', -1, null],
  ];
  test.each(cases)('ends in good order, with all its processes, after a signal to %s', async (_title, ...row) => {
    const [command, words, signal, whole, status] = row;
    const running = start(command, words, ports);
    await running.says(ready);
    const family = running.family();
    expect(family.length).toBeGreaterThan(1);
    process.kill(whole * running.pid, signal);
    expect(await running.ended()).toBe(status);
    expect(family.filter(isAlive)).toEqual([]);
    expect(running.said).not.toMatch(/not stopped/);
  });
});

describe('a start that fails by what the operator can change', () => {
  test.each(servers)('is one line for a port in use: %s', async (_title, args) => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = String(typeof address === 'object' && address ? address.port : 0);
    const failed = start('npm', ['--silent', ...args], { PORT: port });
    expect(await failed.ended()).toBe(1);
    server.close();
    expect(failed.said).toBe(
      `Cannot listen at 127.0.0.1, port ${port} (EADDRINUSE): another process listens there; expected a free port (SWITCHBOARD_PORT, or --port of the emulators).\n`,
    );
  });
});
