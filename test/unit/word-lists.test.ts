import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainFolding } from '../../src/callbacks/fold.ts';
import { maxFoldedUnits, WordLists } from '../../src/callbacks/word-lists.ts';

const { fold: folded, visit: visitFolded } = plainFolding;

/** The folded text as it is visited, with the place of each unit in the original. */
function visited(text: string, most = Number.MAX_SAFE_INTEGER) {
  let result = '';
  const places: [number, number][] = [];
  const isWhole = visitFolded(text, most, (unit, start, end) => {
    result += String.fromCharCode(unit);
    places.push([start, end]);
  });
  return { result, places, isWhole };
}

/** Letters that folding joins, splits, drops and changes, and letters of no account. */
const letters = [
  ...'abcABCſ ',
  ...'ÅéΣςσİıßﬁ½…㎏ﷺ',
  ...['e\u0301', '\u0301', '\u0323', '\u0345', '\u030a'],
  ...['\u1112', '\u1161', '\u11ab', '\u314e', '\u314f', '\u3134', '\uffa1', '\uffc2'],
  ...['カ', 'ｶ', 'ﾞ', '゙', '一', '丁'],
  ...[
    '\u00ad',
    '\u200b',
    '\u200d',
    '\ufe0f',
    '\u{e0061}',
    '\u{1f468}',
    '\u{1f3fd}',
    '\u{1d400}',
    '\u{11131}',
    '\u{11127}',
  ],
  '\ud800',
  '\udc00',
];
const texts = fc.oneof(
  fc.array(fc.constantFrom(...letters), { maxLength: 30 }).map((list) => list.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

describe('folding', () => {
  test('piece by piece comes to the same as folding the whole', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { result, isWhole } = visited(text);
        expect([result, isWhole]).toEqual([folded(text), true]);
      }),
      { numRuns: 500 },
    );
  });

  test('gives every unit its place in the original, in their order, and leaves nothing of the original out', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let reached = 0;
        for (const [start, end] of visited(text).places) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(start).toBeGreaterThanOrEqual(reached === 0 ? 0 : Math.min(reached, start));
          // What lies between two places is not shown.
          if (start > reached) expect(folded(text.slice(reached, start))).toBe('');
          reached = end;
        }
        expect(folded(text.slice(reached))).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['ＣＡＳＩＮＯ', 'casino'],
    ['drop\u00adme\u200b', 'dropme'],
    ['½ ……', '1⁄2 ......'],
    ['\u{1d402}\u{1d400}\u{1d412}', 'cas'],
    ['ΟΔΟΣ οδος', 'οδοσ οδοσ'],
    ['e\u0301\u00ad', 'é'],
    ['e\u00ad\u0301', 'é'],
    ['ｶﾞ', 'ガ'],
  ])('%s is %s', (text, plain) => {
    expect([folded(text), visited(text).result]).toEqual([plain, plain]);
  });

  test('stops at the most units that it may visit, and says so', () => {
    expect(visited('abc', 3)).toMatchObject({ result: 'abc', isWhole: true });
    expect(visited('abcd', 3)).toMatchObject({ result: 'abc', isWhole: false });
    expect(visited('aﷺ', 3)).toMatchObject({ result: 'a', isWhole: false });
  });

  test('does not let a mark stand alone behind any number of characters that are not shown', () => {
    expect(visited(`e${'\u00ad'.repeat(100)}\u0301`).result).toBe('é');
  });

  test('takes a letter with ten thousand marks in pieces', () => {
    const text = `a${'\u0301\u0323'.repeat(5_000)}b`;
    expect(visited(text).places.at(-1)).toEqual([text.length - 1, text.length]);
  });
});

describe('word lists', () => {
  // Few letters, so that words are often found, overlap and stand in each other.
  const few = fc.array(fc.constantFrom('a', 'b', 'B', 'ｂ', 'é', '½', '\u00ad', '\u{1f600}', 'ﬁ'), { maxLength: 12 });
  const word = few.map((list) => list.join('')).filter((text) => text !== '');
  const lists = fc.array(fc.array(word, { maxLength: 8 }), { minLength: 1, maxLength: 4 });

  test('find what a plain search for each word finds', () => {
    fc.assert(
      fc.property(lists, few, (all, list) => {
        const text = list.join('');
        const plain = folded(text);
        const expected = all.flatMap((words, index) =>
          words.some((each) => folded(each) !== '' && plain.includes(folded(each))) ? [index] : [],
        );
        const { lists: found, isWhole } = new WordLists(all).find(text);
        expect([[...found].sort(), isWhole]).toEqual([expected, true]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('give the parts of every place where a plain search finds a word of the list, and no others', () => {
    fc.assert(
      fc.property(lists, few, (all, list) => {
        const text = list.join('');
        const { result, places } = visited(text);
        const covered = new Set<number>();
        for (const each of (all[0] ?? []).map(folded).filter((one) => one !== ''))
          for (let at = result.indexOf(each); at >= 0; at = result.indexOf(each, at + 1)) {
            const from = places[at]?.[0] ?? 0;
            const to = places[at + each.length - 1]?.[1] ?? 0;
            for (let index = from; index < to; index += 1) covered.add(index);
          }
        const parts = new WordLists(all).ranges(text, 0);
        const given = parts.flatMap(({ start, end }) =>
          Array.from({ length: end - start }, (_, index) => start + index),
        );
        expect(given).toEqual([...covered].sort((a, b) => a - b));
      }),
      { numRuns: 1_000 },
    );
  });

  test('find every word of ten thousand, and no other', () => {
    const words = Array.from({ length: 10_000 }, (_, index) => `word${index}x`);
    const found = new WordLists([words]);
    for (const each of words) expect(found.find(`… ${each.toUpperCase()} …`).lists.size, each).toBe(1);
    for (const each of ['word10000x', 'word12', 'ord12x', 'wordx']) expect(found.find(each).lists.size, each).toBe(0);
  });

  test('a word of characters that are not shown is in no text', () => {
    expect(new WordLists([['\u200b', '']]).find('any').lists.size).toBe(0);
  });

  test('look at 65,536 units of the folded text, and say when there is more', () => {
    const found = new WordLists([['casino']]);
    const padded = (count: number) => found.find(`${'x'.repeat(count)}casino`);
    expect(padded(maxFoldedUnits - 6)).toEqual({ lists: new Set([0]), isWhole: true });
    expect(padded(maxFoldedUnits - 5)).toEqual({ lists: new Set(), isWhole: false });
  });

  test.each([
    ['words', 'lorem ipsum dolor sit amet '],
    ['the beginnings of words', 'word123 word999y '],
    ['Chinese', '今天天气很好我们一起去吃饭吧'],
    ['words with invisible letters', 'wo\u00adrd\u200b1'],
  ])('take less than 5 ms of the processor for 10,000 words and 64 KB of %s', (_, piece) => {
    const found = new WordLists([Array.from({ length: 10_000 }, (__, index) => `word${index}x`)]);
    const text = piece.repeat(65_536 / piece.length + 1).slice(0, 65_536);
    for (let run = 0; run < 20; run += 1) found.find(text);
    // The thread's own time, in the mean: what else the machine does is not counted. `npm run bench:decisions` prints percentiles.
    const from = process.threadCpuUsage();
    for (let run = 0; run < 100; run += 1) found.find(text);
    const { user, system } = process.threadCpuUsage(from);
    expect((user + system) / 1_000 / 100).toBeLessThan(5);
  });
});
