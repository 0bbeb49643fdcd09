import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { areas } from './mutants/areas.ts';
import { type Fault, faultsOf, faulty } from './mutants/faults.ts';
import { TestFinder } from './mutants/related.ts';
import { runTests, type TestRun } from './mutants/vitest.ts';

/**
 * Puts faults into a copy of the code, one at a time, runs the tests that belong to the file, and prints for each area how many were noticed
 * and which were not. A test counts when it passes without the fault. The same seed puts in the same faults while the code is the same.
 */
const { values: flags } = parseArgs({
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    /** One or more of the areas, with commas between them; all when left out. */
    area: { type: 'string', default: '' },
    /** Only files whose path has this in it. */
    file: { type: 'string', default: '' },
    /** Test files that a fault gets at most, and how long they may take. */
    tests: { type: 'string', default: '14' },
    seconds: { type: 'string', default: '120' },
    /** Prints the faults and their tests, and runs nothing. */
    list: { type: 'boolean', default: false },
  },
});

interface Mutant {
  readonly area: string;
  readonly file: string;
  readonly fault: Fault;
}

const here = resolve(import.meta.dirname, '..');
const chosen = flags.area === '' ? Object.keys(areas) : flags.area.split(',');
const unknown = chosen.find((name) => !(name in areas));
if (unknown !== undefined) throw new Error(`there is no area ${unknown}: ${Object.keys(areas).join(', ')}`);

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: here,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');
const texts = new Map<string, string>();

/** A file as it was when it was read first: the tree may change while the faults are tried. */
function read(file: string): string {
  const text = texts.get(file) ?? readFileSync(join(here, file), 'utf8');
  texts.set(file, text);
  return text;
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many of an area's faults: each kind is as likely as any other, and so is each fault of a kind. */
function sampleOf(area: string, count: number): Mutant[] {
  const random = randomOf(Number(flags.seed) * 1000 + Object.keys(areas).indexOf(area));
  const take = <T>(list: T[]) => list.splice(Math.floor(random() * list.length), 1);
  const own = files.filter(
    (file) => file.endsWith('.ts') && areas[area]?.files.some((each) => each.test(file)) && file.includes(flags.file),
  );
  const all = own.flatMap((file) => faultsOf(file, read(file)).map((fault) => ({ area, file, fault })));
  const kinds = [...Map.groupBy(all, ({ fault }) => fault.kind).values()];
  const sample: Mutant[] = [];
  while (sample.length < Math.min(count, all.length)) {
    const left = kinds.filter((each) => each.length > 0);
    sample.push(...take(left[Math.floor(random() * left.length)] ?? []));
  }
  return sample;
}

const share = Math.ceil(Number(flags.sample) / chosen.length);
const mutants = chosen.flatMap((area) => sampleOf(area, share)).slice(0, Number(flags.sample));
const finder = new TestFinder(here, files);
/** The tests for a fault, by its file and by the lines about it. */
function testsOf({ area, file, fault }: Mutant): readonly string[] {
  const text = read(file);
  const place = [
    ...text.slice(0, fault.start).split('\n').slice(-4),
    ...text.slice(fault.start).split('\n').slice(0, 3),
  ];
  const { tests = [], always } = areas[area] ?? {};
  const found = finder.testsOf(file, tests, Number(flags.tests), place.join('\n'));
  return always === undefined ? found : [...new Set([...found.slice(0, -1), always])];
}

/** The line of a fault, and what it was and is, in one line each. */
function diffOf({ file, fault }: Mutant): string {
  const text = read(file);
  const line = text.slice(0, fault.start).split('\n').length;
  const from = text.lastIndexOf('\n', fault.start - 1) + 1;
  const end = text.indexOf('\n', fault.end);
  const to = end === -1 ? text.length : end;
  const after = faulty(text, fault).slice(from, to + fault.replacement.length - (fault.end - fault.start));
  const short = (lines: string, mark: string) =>
    lines
      .split('\n')
      .map((each) => `    ${mark} ${each.trim()}`)
      .slice(0, 6)
      .join('\n');
  return `${file}:${line}  ${fault.kind}\n${short(text.slice(from, to), '-')}\n${short(after, '+')}`;
}

/** A copy of the tree, in which faults are put. */
function copyTree(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'switchboard-mutants-')));
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    if (texts.has(file)) writeFileSync(join(root, file), read(file));
    else copyFileSync(join(here, file), join(root, file));
  }
  symlinkSync(realpathSync(join(here, 'node_modules')), join(root, 'node_modules'));
  return root;
}

const sound = new Map<string, Promise<boolean>>();

/** Whether a test file passes without a fault; asked only of those that failed with one. */
function isSound(root: string, file: string): Promise<boolean> {
  const known = sound.get(file) ?? runTests(root, [file], 300_000).then(({ outcome }) => outcome === 'passed');
  sound.set(file, known);
  return known;
}

/** What becomes of a fault: the near tests first, since they are quick, then all others. */
async function tryOut(root: string, mutant: Mutant): Promise<TestRun> {
  const path = join(root, mutant.file);
  const text = read(mutant.file);
  let tests = testsOf(mutant);
  for (const stage of [tests.slice(0, 4), tests.slice(4)]) {
    let left = stage;
    while (left.length > 0) {
      writeFileSync(path, faulty(text, mutant.fault));
      const run = await runTests(root, left, Number(flags.seconds) * 1000);
      writeFileSync(path, text);
      const { file } = run;
      if (run.outcome === 'passed') break;
      if (run.outcome === 'timed out' || file === undefined || (await isSound(root, file))) return run;
      left = left.filter((each) => each !== file);
      tests = tests.filter((each) => each !== file);
    }
  }
  return { outcome: 'passed' };
}

if (flags.list) {
  for (const mutant of mutants) process.stdout.write(`${diffOf(mutant)}\n    ${testsOf(mutant).join(' ')}\n`);
} else {
  const root = copyTree();
  const results: (readonly [Mutant, TestRun])[] = [];
  try {
    for (const mutant of mutants) {
      const startedAt = performance.now();
      const run = await tryOut(root, mutant);
      results.push([mutant, run]);
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      const said = { passed: 'SURVIVED', failed: 'noticed ', 'timed out': 'timed out' }[run.outcome];
      const by = run.outcome === 'failed' ? `    by ${run.file}: ${run.test}\n` : '';
      process.stdout.write(`${said} ${seconds} s  ${diffOf(mutant)}\n${by}`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  for (const area of chosen) {
    const own = results.filter(([mutant]) => mutant.area === area);
    const noticed = own.filter(([, { outcome }]) => outcome !== 'passed').length;
    if (own.length > 0)
      process.stdout.write(
        `${area}: ${noticed} of ${own.length} noticed (${Math.round((noticed / own.length) * 100)} %)\n`,
      );
  }
}
