import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';
import { vendors } from '../../src/vendors/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-decisions-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The problems of an app's `decisions`, with their lines. */
function problemsOf(slug: string, decisions: readonly string[]): readonly object[] {
  const config = vendors.find((vendor) => vendor.slug === slug)?.demo.config ?? {};
  const fields = Object.entries(config).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`);
  const lines = ['auth:', `  secret: ${'x'.repeat(32)}`, 'apps:', '  main:', `    vendor: ${slug}`, '    decisions:'];
  const path = join(folder, `${slug}.yaml`);
  writeFileSync(path, [...lines, ...decisions.map((line) => `      ${line}`), ...fields].join('\n'));
  try {
    readConfig({ env: { SWITCHBOARD_CONFIG: path }, argv: [], vendors });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path: where, line, message }) => ({ path: where, line, message }));
  }
}

describe.each(vendors.map(({ slug, callbacks }) => [slug, callbacks.decisions?.waitMs ?? 0] as const))(
  'of an app at %s, which waits %i ms for a verdict',
  (slug, waitMs) => {
    test('a deadline is refused that leaves less than 50 ms of the wait, with its path and line', () => {
      expect(problemsOf(slug, [`deadlineMs: ${waitMs - 50}`])).toEqual([]);
      expect(problemsOf(slug, ['default: DELIVER', `deadlineMs: ${waitMs - 49}`])).toEqual([
        {
          path: 'apps.main.decisions.deadlineMs',
          line: 8,
          message: `expected at most ${waitMs - 50}: the vendor waits ${waitMs} ms, unless vendorWaitMs says otherwise`,
        },
      ]);
    });

    test('a deadline holds to the wait that the operator has set in the console', () => {
      const wait = `vendorWaitMs: ${waitMs + 100}`;
      expect(problemsOf(slug, [wait, `deadlineMs: ${waitMs + 50}`])).toEqual([]);
      expect(problemsOf(slug, [wait, `deadlineMs: ${waitMs + 51}`])).toMatchObject([
        { message: `expected at most ${waitMs + 50}: the vendor waits ${waitMs + 100} ms` },
      ]);
    });

    test('what nobody wrote is no problem, whatever the vendor waits', () => {
      expect(problemsOf(slug, ['vendorWaitMs: 60'])).toEqual([]);
    });
  },
);
