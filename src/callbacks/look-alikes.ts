import { lazily, lazyPackage } from '../lazy-package.ts';
import { Folding, foldLetters, joins } from './fold.ts';

const confusables = lazyPackage<Readonly<Record<string, string>>>('unhomoglyph/data.json');

/** Latin as a plain keyboard has it, for which everything else stands in. */
const isLatin = /^[A-Za-z]$/;
const isLetter = /^[\p{L}\p{N}]$/u;

/**
 * Letters that look alike, from each to the one that stands for it, by Unicode's data for the detection of confusables (UTS #39,
 * confusables.txt, as the package `unhomoglyph` has it). Latin letters stay what they are: that data makes `rn` of m, for comparing whole
 * identifiers, and in it m would be found in words that have none. Left out is also what looks like several letters, or like letters with marks on
 * them: a part of a word may not be found in the half of a letter.
 */
const makeStandIns = (): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(confusables()).flatMap(([letter, shown]): [string, string][] => {
      const standIn = shown.replaceAll('rn', 'm');
      const isPlain = [...letter].length === 1 && !isLatin.test(letter) && isLetter.test(standIn);
      return isPlain && !joins.test(standIn) ? [[letter, standIn]] : [];
    }),
    // White letters on black, such as \u{1f171}, are neither in that data nor compatibility forms.
    ...[0x1f150, 0x1f170].flatMap((first) =>
      Array.from({ length: 26 }, (_, index): [string, string] => [
        String.fromCodePoint(first + index),
        String.fromCharCode(0x61 + index),
      ]),
    ),
  ]);

const standIns = lazily(makeStandIns);

/** Marks of no script that are part of no letter, such as a line through it. Accents that letters have are part of them. */
const addedMarks = /(?=\p{Script=Inherited})\p{M}/gu;

function shownAs(text: string): string {
  const known = standIns();
  let result = '';
  for (const letter of text) result += known.get(letter) ?? letter;
  return result;
}

/** As `plainFolding`, and with one letter for all that look alike, such as Cyrillic о and Latin o, or 0 and o. */
export const lookAlikeFolding = new Folding((text) => {
  // Capitals look like others than small letters do.
  const lower = foldLetters(shownAs(text.normalize('NFKC').replace(addedMarks, '')));
  return foldLetters(shownAs(lower));
});

/** How a word may be written by those who let letters look like others: as it is, in small letters, and in capitals. */
export const lookAlikeForms = (word: string): readonly string[] =>
  [word, word.toLowerCase(), word.toUpperCase()].map(lookAlikeFolding.fold);
