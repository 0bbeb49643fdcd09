import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blocksOf, type DocBlock, wholeOf } from '../support/docs.ts';

const blocks = blocksOf('ts', 'typescript');
const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'switchboard-docs-'));
let report = '';

/** The first line of a block's surroundings may say in which file of the repository it would stand. */
const fileOf = ({ context }: DocBlock, index: number): string => /^\S+\.ts$/m.exec(context)?.[0] ?? `block-${index}.ts`;

/** A block as a file. A line that is nothing but `…` leaves something out: what, its surroundings may say after `// …:`. */
function sourceOf(block: DocBlock): string {
  const omitted = /^\/\/ …: (.*)$/m.exec(block.context)?.[1] ?? '';
  return wholeOf(block)
    .replace(/^\S+\.ts$/m, '')
    .replaceAll(/^ *…$/gm, () => omitted);
}

beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const files = blocks.map(([, block], index) => {
    const file = join(folder, fileOf(block, index));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, sourceOf(block));
    return file;
  });
  // The blocks stand among the repository's own files, so that they can import them.
  const compilerOptions = { rootDirs: [root, folder], typeRoots: [join(root, 'node_modules/@types')] };
  const config = { extends: resolve('tsconfig.json'), compilerOptions, include: [], files };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { stdout } = spawnSync('node_modules/.bin/tsc', ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' });
  report = stdout;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

test.each(blocks.map(([place, block], index) => [place, fileOf(block, index)]))(
  '%s is of right types',
  (_place, file) => {
    const lines = report.split('\n').filter((line) => line.startsWith(`${file}(`) || line.includes(`/${file}(`));
    expect(lines).toEqual([]);
  },
);

test('the files around the blocks are of right types too', () => {
  expect(report).toBe('');
});
