import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { HeapUse } from './heap-cases.ts';

const script = new URL('heap-cases.ts', import.meta.url).pathname;

/** Runs a case of `heap-cases.ts` in a process of its own. */
export async function heapUse(name: string): Promise<HeapUse> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, name]);
  return JSON.parse(stdout);
}
