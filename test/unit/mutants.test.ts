import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { faultsOf, faulty } from '../../bench/mutants/faults.ts';
import { TestFinder } from '../../bench/mutants/related.ts';

describe('the faults of a file', () => {
  test.each([
    ['condition negated', 'if (a) b(); else c();', 'if (!(a)) b(); else c();'],
    ['guard dropped', 'if (a) throw b;', ';'],
    ['comparison moved', 'a < b;', 'a <= b;'],
    ['comparison moved', 'a === b;', 'a !== b;'],
    ['arithmetic changed', 'a + b;', 'a - b;'],
    ['an arm only', 'a ?? b;', '(a);'],
    ['an arm only', 'a && b;', '(b);'],
    ['negation dropped', '!a;', 'a;'],
    ['flag flipped', 'a = true;', 'a = false;'],
    ['number moved', 'a = 2;', 'a = 3;'],
    ['number moved', 'a = 30;', 'a = 60;'],
    ['text emptied', "a = 'word';", "a = '';"],
    ['statement removed', 'a();', ';'],
    ['property dropped', 'a = { b: 1, c };', 'a = { b: 1, c: undefined };'],
    ['property dropped', 'a = { ...b };', 'a = {  };'],
    ['the first only', 'for (const a of b) c(a);', 'for (const a of [...b].slice(0, 1)) c(a);'],
    ['another item', 'a = b[0];', 'a = b.at(-1);'],
    ['another method', 'a = b.some(c);', 'a = b.every(c);'],
    ['call dropped', 'a = b.filter(c);', 'a = b;'],
  ])('%s: %s becomes %s', (kind, text, expected) => {
    const made = faultsOf('a.ts', text).filter((each) => each.kind === kind);
    expect(made.map((fault) => faulty(text, fault))).toContain(expected);
  });

  test.each([
    ['imports', "import { a } from './a.ts';"],
    ['types', "type A = { a: 'b' } | 1 | true; interface B { c: 2 }"],
    ['texts for people', "const a = 'There is no such thing.';"],
    ['keys', "const a = { 'b-c': d }.e;"],
    ['methods of every object', 'const a = b.toString();'],
  ])('are none in %s', (_, text) => {
    expect(faultsOf('a.ts', text).filter(({ kind }) => kind !== 'property dropped')).toEqual([]);
  });

  test('leave a file that can be read', () => {
    const text = `
      export const a = <T extends string>(list: readonly T[], { most = 3 } = {}): T[] => {
        if (!list.length || most <= 0) return [];
        const found = list.filter((each): each is T => each !== 'none' && each.startsWith('a')).sort();
        for (const each of found) if (each === found[0]) console.log({ each, ...(most > 1 && { most }) });
        return found.slice(0, most) satisfies T[];
      };`;
    const made = faultsOf('a.ts', text);
    expect(made.length).toBeGreaterThan(20);
    for (const fault of made) {
      const { errors } = parseSync('a.ts', faulty(text, fault));
      expect([fault.kind, errors]).toEqual([fault.kind, []]);
    }
  });
});

test('the tests of a file are those that import it, the nearest first', () => {
  const root = new URL('../..', import.meta.url).pathname;
  const files = ['test/unit/once.test.ts', 'test/unit/json.test.ts', 'test/e2e/app.test.ts'];
  const finder = new TestFinder(root, files);
  expect(finder.testsOf('src/gateway/once.ts', [], 9)).toEqual(['test/unit/once.test.ts', 'test/e2e/app.test.ts']);
  expect(finder.testsOf('src/gateway/once.ts', [], 1)).toEqual(['test/unit/once.test.ts']);
});
