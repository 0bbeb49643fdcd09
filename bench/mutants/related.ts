import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const importPattern = /^\s*(?:import|export)\s(?!type\s)[^;]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/gm;

/** How far each test file is from a source file by its imports; what only imports its types is not near. */
export class TestFinder {
  readonly #root: string;
  readonly #tests: readonly string[];
  readonly #imports = new Map<string, readonly string[]>();
  readonly #words = new Map<string, ReadonlySet<string>>();
  readonly #distances = new Map<string, ReadonlyMap<string, number>>();

  constructor(root: string, files: readonly string[]) {
    this.#root = root;
    this.#tests = files.filter((file) => file.startsWith('test/') && file.endsWith('.test.ts'));
  }

  /**
   * The tests that reach a file: the nearest, those whose name has a word of the file's, and those that have the words of the `place` in it,
   * first.
   */
  testsOf(file: string, own: readonly RegExp[], most: number, place = ''): readonly string[] {
    const inPlace = new Set(place.match(/[A-Za-z]{4,}/g) ?? []);
    const words = wordsOf(file);
    const scored = this.#tests.flatMap((test) => {
      const distance = this.#from(test).get(file);
      if (distance === undefined) return [];
      const isOwn = own.some((pattern) => pattern.test(test));
      const shared = wordsOf(test).filter((word) => words.includes(word));
      // Of one vendor are many tests; of one matter few.
      const weight = shared.reduce((sum, word) => sum + (vendors.includes(word) ? 1 : 3), 0);
      return [{ test, score: distance - weight - (isOwn ? 4 : 0) + costOf(test) - this.#knows(test, inPlace) }];
    });
    return scored
      .sort((a, b) => a.score - b.score || (a.test < b.test ? -1 : 1))
      .slice(0, most)
      .map(({ test }) => test);
  }

  /** How many of some words a test has: 0 for none, 5 for all. */
  #knows(test: string, words: ReadonlySet<string>): number {
    if (words.size === 0) return 0;
    const known = this.#words.get(test) ?? new Set(this.#textOf(test).match(/[A-Za-z]{4,}/g));
    this.#words.set(test, known);
    return (5 * [...words].filter((word) => known.has(word)).length) / words.size;
  }

  #textOf(file: string): string {
    const path = join(this.#root, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  #from(test: string): ReadonlyMap<string, number> {
    const known = this.#distances.get(test);
    if (known) return known;
    const found = new Map([[test, 0]]);
    // Those that are found are added while the map is walked.
    for (const [file, distance] of found)
      for (const next of this.#importsOf(file)) if (!found.has(next)) found.set(next, distance + 1);
    this.#distances.set(test, found);
    return found;
  }

  #importsOf(file: string): readonly string[] {
    const known = this.#imports.get(file);
    if (known) return known;
    const found = [...this.#textOf(file).matchAll(importPattern)].map(([, from, lazy]) =>
      normalize(join(dirname(file), from ?? lazy ?? '')),
    );
    this.#imports.set(file, found);
    return found;
  }
}

const vendors = ['zim', 'rongcloud', 'easemob'];

/** Tests of single files come before those that start everything, and these before those that wait for something. */
const costs: Readonly<Record<string, number>> = { unit: -4, vendors: -3, conformance: -2, e2e: 0, fault: 3, attack: 3 };

const costOf = (test: string) => costs[test.split('/')[1] ?? ''] ?? 0;

const wordsOf = (path: string) =>
  path
    .replace(/^src\/vendors|^src|^test\/\w+|\.test\.ts$|\.ts$/g, '')
    .split(/[/\-.]/)
    .filter((word) => word.length > 2)
    .map((word) => word.replace(/s$/, ''));
