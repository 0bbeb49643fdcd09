import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { blocksOf, type DocBlock } from '../support/docs.ts';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const known = ['ci', 'start', 'test', ...Object.keys(scripts)];

test.each(blocksOf('sh', 'shell', 'bash'))(
  '%s is valid for a shell, and its commands exist',
  (_place, { text }: DocBlock) => {
    expect(spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' }).stderr).toBe('');
    const commands = [...text.matchAll(/\bnpm (?:run )?([\w:-]+)/g)].map(([, name]) => name);
    expect(known).toEqual(expect.arrayContaining(commands));
    // Those of the example in "One more vendor" are made by its reader.
    const files = [...text.matchAll(/(?<=^|\s)((?:test|src|bench|scripts)\/[\w/.-]+)/gm)].flatMap(([file]) => file);
    expect(files.filter((file) => !existsSync(file) && !file.includes('acme'))).toEqual([]);
  },
);
