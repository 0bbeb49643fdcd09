import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { Environment } from './config/environment.ts';
import { argumentProblem, ConfigError } from './config/problems.ts';

/** The variables of `.env` in the working directory, where there is one, and those of the process over them. */
export function environment(): Environment {
  return { ...(existsSync('.env') && parseEnv(readFileSync('.env', 'utf8'))), ...process.env };
}

/** Ends the process with a line on standard error and the status 1. */
export function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** What `read` makes of the command line; prints `usage` and ends the process for `--help`, and says what is wrong with the rest. */
export function readOptions<T>(usage: string, read: () => T): T {
  if (process.argv.includes('--help')) {
    process.stdout.write(usage);
    process.exit(0);
  }
  try {
    return read();
  } catch (error) {
    return fail(startFailure(error));
  }
}

/**
 * Why a process could not start, for standard error: one line where the operator can change it, such as a port in use or a file that
 * cannot be opened; the stack for a fault of this code.
 */
export function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code = '', syscall = '', address, hostname, port } = systemFields.parse(error);
  if (['listen', 'getaddrinfo'].includes(syscall)) {
    const place = [address ?? hostname, port && `port ${port}`].filter(Boolean).join(', ');
    return `Cannot listen at ${place} (${code}): ${reasons[code] ?? 'expected an address of this machine and a free port'}.`;
  }
  const argument = argumentProblem(error);
  if (argument !== undefined) return `${argument}; see --help`;
  return faults.some((fault) => error instanceof fault) ? String(error.stack) : error.message;
}

/** What only a mistake in code throws. */
const faults = [TypeError, RangeError, ReferenceError, SyntaxError];

const systemFields = z.object({
  code: z.string().optional(),
  syscall: z.string().optional(),
  address: z.string().optional(),
  hostname: z.string().optional(),
  port: z.number().optional(),
});

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there; expected a free port (SWITCHBOARD_PORT, or --port of the emulators)',
  EACCES: 'not allowed; expected a port from 1024, or the right to use a lower one',
  EADDRNOTAVAIL: 'not an address of this machine',
  ENOTFOUND: 'no such name; expected an address of this machine',
};

/** The address of a server on this machine that listens at `host`. */
export function localUrl({ host, port }: { readonly host: string; readonly port: number }): string {
  const reached = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
