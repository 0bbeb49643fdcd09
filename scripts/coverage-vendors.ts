import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalogue } from '../src/net/catalogue.ts';
import { vendors } from '../src/vendors/index.ts';

/**
 * Counts, for each vendor, how much of its catalogue the product really uses: runs the end-to-end tests, whose emulators
 * note which endpoints they answered, and which callbacks a subscriber got. Nothing is declared.
 */
const folder = mkdtempSync(join(tmpdir(), 'coverage-vendors-'));
const asJson = process.argv.includes('--json');
const run = spawnSync('vitest', ['run', 'test/e2e'], {
  env: { ...process.env, COVERAGE_VENDORS_DIR: folder },
  stdio: asJson ? ['ignore', 2, 2] : 'inherit',
});

const notes = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as { called: string[]; delivered: string[] },
);
rmSync(folder, { recursive: true });
const called = new Set(notes.flatMap((note) => note.called));
const delivered = new Set(notes.flatMap((note) => note.delivered));

const report = Object.fromEntries(
  vendors.map((vendor) => {
    const { endpoints, callbacks } = readCatalogue(
      new URL(`../src/vendors/${vendor.slug}/catalogue.json`, import.meta.url),
    );
    const listed = endpoints.filter((endpoint) => endpoint.listed);
    const isCalled = ({ id }: { readonly id: string }) => called.has(id);
    const gotThrough = callbacks.filter(({ id }) => delivered.has(id));
    return [
      vendor.slug,
      {
        endpoints: {
          listed: listed.length,
          listedCalled: listed.filter(isCalled).length,
          all: endpoints.length,
          allCalled: endpoints.filter(isCalled).length,
        },
        callbacks: { all: callbacks.length, delivered: gotThrough.length },
        /** Those this release has an entry for, and those of them that no operation of the tests called. */
        table: {
          entries: vendor.endpoints.length,
          notCalled: vendor.endpoints.filter((entry) => !isCalled(entry)).map(({ id }) => id),
        },
        missing: [
          ...endpoints.filter((endpoint) => !isCalled(endpoint)).map(({ id }) => id),
          ...callbacks.filter(({ id }) => !delivered.has(id)).map(({ id }) => id),
        ],
      },
    ];
  }),
);

if (asJson) process.stdout.write(`${JSON.stringify(report)}\n`);
else {
  for (const [slug, { endpoints, callbacks, table, missing }] of Object.entries(report)) {
    process.stdout.write(`
${slug}
  endpoints of the user's lists   ${endpoints.listedCalled} of ${endpoints.listed} called
  endpoints of the catalogue      ${endpoints.allCalled} of ${endpoints.all} called
  endpoints this release has      ${table.entries - table.notCalled.length} of ${table.entries} called${table.notCalled.map((id) => `\n    not called: ${id}`).join('')}
  callbacks                       ${callbacks.delivered} of ${callbacks.all} reached a subscriber
  missing                         ${missing.length} (all of them: -- --json)
`);
  }
}
process.exit(run.status ?? 1);
