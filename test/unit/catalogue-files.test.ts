import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCatalogueFiles } from '../../scripts/catalogue-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-catalogue-'));
  cpSync(new URL('../../src/vendors/zim/catalogue', import.meta.url), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const row = "name: 'UserInfo[].UserName', in: json, type: string, required: false, max: 256 bytes, repeat: false";

/** What is said of `user.yaml` with one text in place of another, and the line of the first that was replaced. */
function saidOf(written: string, instead: string): { said: string; line: number } {
  const file = join(folder, 'user.yaml');
  const text = readFileSync(file, 'utf8');
  const at = text.indexOf(written);
  expect(at).toBeGreaterThan(0);
  writeFileSync(file, text.slice(0, at) + instead + text.slice(at + written.length));
  const line = text.slice(0, at).split('\n').length;
  try {
    readCatalogueFiles(folder);
  } catch (error) {
    return { said: String(error), line };
  }
  throw new Error('it was read');
}

describe('a slip in a catalogue is told with its file, its path, its line and what is expected', () => {
  test.each([
    ['a column that is misspelt', 'max: 256', 'mx: 256', /params\[\d+\]\.mx .* is not known; did you mean max\?/],
    [
      'a note that ends at a comma',
      'repeat: false',
      'repeat: false, x y',
      /params\[\d+\] .* expected one of: name, in,/,
    ],
    ['a column that is missing', 'required: false, ', '', /params\[\d+\]\.required .* expected boolean, found nothing/],
    ['a type', 'type: string', 'type: strng', /params\[\d+\]\.type .* expected one of "string"\|"int"/],
    ['a bound', '256 bytes', '256 byte', /params\[\d+\]\.max .* expected a bound such as 64 bytes/],
    ['a bound below nothing', '256 bytes', '-1 bytes', /params\[\d+\]\.max .* expected a bound such as 64 bytes/],
  ])('%s', (_, written, instead, expected) => {
    const { said, line } = saidOf(row, row.replace(written, instead));
    expect(said).toMatch(expected);
    expect(said).toContain(join(folder.slice(folder.lastIndexOf('/') + 1), 'user.yaml'));
    expect(said).toContain(`(line ${line})`);
  });

  test.each([
    ['a period', 'per: second', 'per: secnd', /windows\[0\]\.per .* expected a period such as second/],
    ['a confidence', 'confidence: documented', 'confidence: document', /confidence .* "documented"\|"sdk"\|"inferred"/],
    ['an encoding', 'encoding: query', 'encoding: qery', /encoding .* expected one of "form"/],
    ['a boolean', 'idempotent: true', 'idempotent: yes', /idempotent .* expected boolean, received string/],
  ])('%s', (_, written, instead, expected) => {
    const { said, line } = saidOf(written, instead);
    expect(said).toMatch(expected);
    expect(said).toContain(`(line ${line})`);
  });

  test('what is no YAML', () => {
    const { said, line } = saidOf(row, row.replace('repeat: false', 'repeat: false, ,'));
    expect(said).toMatch(new RegExp(`user\\.yaml:${line}:\\d+: is not valid YAML`));
  });
});
