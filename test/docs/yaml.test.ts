import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readConfig } from '../../src/config.ts';
import { vendors } from '../../src/vendors/index.ts';
import { blocksOf, type DocBlock, docBlocks } from '../support/docs.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const blocks = blocksOf('yaml', 'yml');

/** A page's configuration as a file on this machine. */
function fileOf(text: string): string {
  const file = join(folder, `${Math.random()}.yaml`);
  writeFileSync(file, text.replaceAll('/var/lib/switchboard', folder));
  return file;
}

/** A value for every variable that a text names. */
function environmentOf(text: string): Record<string, string> {
  const names = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => String(name));
  return Object.fromEntries(names.map((name) => [name, 'v'.repeat(32)]));
}

const read = (text: string) =>
  readConfig({ env: { ...environmentOf(text), SWITCHBOARD_CONFIG: fileOf(text) }, argv: [], vendors });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function over(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above;
  const merged = Object.entries(above).map(([name, value]) => [name, over(below[name], value)]);
  return { ...below, ...Object.fromEntries(merged) };
}

const whole = docBlocks.find(({ place, language }) => place.startsWith('README.md') && language === 'yaml')?.text ?? '';

test('the README’s configuration can be used as it stands, with an app of every vendor', () => {
  const config = read(whole);
  expect(Object.values(config.apps).map(({ vendor }) => vendor)).toEqual(
    expect.arrayContaining(vendors.map(({ slug }) => slug)),
  );
});

test.each(blocks)('a part of a configuration in %s fits into the README’s', (_place, { text }: DocBlock) => {
  expect(() => read(stringify(over(parse(whole), parse(text))))).not.toThrow();
});
