import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface TestRun {
  readonly outcome: 'passed' | 'failed' | 'timed out';
  /** The first file with a test that failed, or that could not be loaded, and the test's name. */
  readonly file?: string;
  readonly test?: string;
}

interface Report {
  readonly testResults?: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs test files in a copy of the tree until one test fails. */
export async function runTests(root: string, files: readonly string[], limitMs: number): Promise<TestRun> {
  const report = join(root, '.mutants-report.json');
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const flags = ['--bail', '1', '--maxWorkers', '1', '--reporter', 'json', '--outputFile', report];
  const child = spawn(process.execPath, [vitest, 'run', ...files, ...flags], {
    cwd: root,
    stdio: 'ignore',
    detached: true,
    // Files with expected requests are compared, never written.
    env: { ...process.env, CI: 'true' },
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, limitMs);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  if (isLate) return { outcome: 'timed out' };
  if (code === 0) return { outcome: 'passed' };
  return { outcome: 'failed', ...firstFailure(root, report) };
}

function firstFailure(root: string, path: string): { file?: string; test?: string } {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
  for (const { name, status, assertionResults } of report.testResults ?? []) {
    const failed = assertionResults.find((each) => each.status === 'failed');
    if (failed || status === 'failed')
      return { file: name.replace(`${root}/`, ''), test: failed?.fullName ?? 'the file could not be run' };
  }
  return {};
}
