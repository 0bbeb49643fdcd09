import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { z } from 'zod';
import { ConfigError } from './config.ts';

/** Adds the variables of `.env` in the working directory, where there is one. Variables that are set already stay as they are. */
export function loadDotenv(): void {
  if (existsSync('.env')) loadEnvFile('.env');
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
  EADDRINUSE: 'another process listens there; expected a free port',
  EACCES: 'not allowed; expected a port from 1024, or the right to use a lower one',
  EADDRNOTAVAIL: 'not an address of this machine',
  ENOTFOUND: 'no such name; expected an address of this machine',
};
