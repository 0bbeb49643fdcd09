import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { settingsSchema } from '../../src/config/schema.ts';

const page = readFileSync(new URL('../../docs/bounds.md', import.meta.url), 'utf8');
const [configurable = '', fixed = ''] = page.slice(page.indexOf('## Configurable')).split('## Fixed');
const root = new URL('../../src/', import.meta.url).pathname;

/** The rows of the tables in a part of the page, without their heads. */
const rowsOf = (part: string) =>
  part
    .split('\n')
    .filter((line) => /^\| [^|]*\| `/.test(line))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );

const units: Readonly<Record<string, number>> = { '': 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** The number that a cell such as `256 KiB` or `30,000` says. */
function numberIn(cell: string): number {
  const [, digits = '', unit = ''] = /^([\d,]+) ?(\w*)$/.exec(cell) ?? [];
  return Number(digits.replaceAll(',', '')) * (units[unit] ?? Number.NaN);
}

/** The value of `16 * 1024`. */
const product = (text: string) =>
  text.split('*').reduce((result, each) => result * Number(each.replaceAll('_', '')), 1);

/** Every number below a value, by its path. */
function numbersIn(value: unknown, path: string): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => numbersIn(each, path === '' ? name : `${path}.${name}`));
}

/** Numbers of the configuration that bound nothing. */
const others = ['server.port'];
/** Left out of the schema, since the demo has another default. */
const ofDemo = { 'server.drainDelayMs': 5000 };

describe('docs/bounds.md', () => {
  test('has a row for every bound that can be configured, with its default, and no other', () => {
    const rows = rowsOf(configurable).map(([, key = '', value = '']) => [key.replaceAll('`', ''), numberIn(value)]);
    const defaults = numbersIn(settingsSchema.parse({}), '').filter(([path]) => !others.includes(path));
    expect(Object.fromEntries(rows)).toEqual({ ...Object.fromEntries(defaults), ...ofDemo });
    expect(rows).toHaveLength(defaults.length + Object.keys(ofDemo).length);
  });

  test('has a row for every bound that is fixed in the code, with its value', () => {
    const rows = rowsOf(fixed).map(([, key = '', value = '']) => [key.replaceAll('`', ''), numberIn(value)] as const);
    const inCode = globSync('**/*.ts', { cwd: root })
      .filter((file) => !/emulator|^vendors|^generated/.test(file))
      .flatMap((file) =>
        [...readFileSync(root + file, 'utf8').matchAll(/^(?:export )?const (max[A-Z]\w*) = ([\d_* ]+);/gm)].map(
          ([, name, value = '']) => [`${file}: ${name}`, product(value)] as const,
        ),
      );
    expect(new Map(rows)).toEqual(new Map(inCode));
    expect(rows).toHaveLength(inCode.length);
  });

  test('says for every bound what it counts for and what happens at it', () => {
    for (const cells of rowsOf(page)) {
      expect(cells, cells.join(' | ')).toHaveLength(5);
      expect(
        cells.filter((cell) => cell === ''),
        cells.join(' | '),
      ).toEqual([]);
    }
  });
});
