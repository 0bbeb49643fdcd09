import { type Folding, plainFolding, type VisitFolded } from './fold.ts';
import { lookAlikeFolding, lookAlikeForms } from './look-alikes.ts';

/** A way in which words are written, and are looked for. */
export interface Spelling {
  /** The text as it is compared, as `Folding.visit` does it; `breakUnit` stands where no word goes on. */
  readonly visit: (text: string, most: number, visit: VisitFolded) => boolean;
  /** What a word is when it is written so; empty for one that cannot be. */
  readonly formsOf: (word: string) => readonly string[];
}

/** No unit of a text: words end before it. */
export const breakUnit = 0x10000;

/** What may stand between two letters that are spelled out: so many spaces, dots and the like. */
const mostBetween = 3;

const isOfWord = /^[\p{L}\p{N}\p{M}]/u;
/** Scripts that are written without spaces: a letter next to a space there stands alone enough. */
const isOfUnspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const between = 0;
const letter = 1;
const unspacedLetter = 2;

/** Of each unit what it is, or 3 when not looked at yet; of letters beyond U+FFFF the high half says it, as far as words go. */
const unitKinds = new Uint8Array(0x10000).fill(3);

function kindAt(unit: number, low: number): number {
  const isWide = unit >= 0xd800 && unit <= 0xdbff;
  const known = isWide ? 3 : (unitKinds[unit] ?? 3);
  if (known !== 3) return known;
  const text = isWide ? String.fromCharCode(unit, low) : String.fromCharCode(unit);
  const kind = isOfUnspaced.test(text) ? unspacedLetter : isOfWord.test(text) ? letter : between;
  if (!isWide) unitKinds[unit] = kind;
  return kind;
}

/** One letter of the original with what it folds to. */
interface Letter {
  readonly units: number[];
  readonly start: number;
  readonly end: number;
  /** How many characters stand between it and the letter before; 0 when that is its neighbour. */
  readonly gap: number;
}

/** Letters that stand alone, and nothing of what stands between them: `d r o p` is `drop`, and `add rope` is not. */
function visitSpelledOut({ visit: visitFolded }: Folding): Spelling['visit'] {
  return (text, most, visit) => {
    let last: Letter | undefined;
    let gap = Number.MAX_SAFE_INTEGER;
    let isAfterBreak = true;
    const leave = (found: Letter, gapAfter: number) => {
      const kind = kindAt(found.units[0] ?? 0, found.units[1] ?? 0);
      const isAlone = kind === unspacedLetter ? found.gap + gapAfter > 0 : found.gap > 0 && gapAfter > 0;
      if ((!isAlone || found.gap > mostBetween) && !isAfterBreak) {
        visit(breakUnit, found.start, found.end);
        isAfterBreak = true;
      }
      if (!isAlone) return;
      for (const unit of found.units) visit(unit, found.start, found.end);
      isAfterBreak = false;
    };
    const isWhole = visitFolded(text, most, (unit, start, end) => {
      if (last?.start === start) {
        last.units.push(unit);
        return;
      }
      if (isBetween(unit, text, start)) {
        gap += 1;
        return;
      }
      if (last) leave(last, gap);
      last = { units: [unit], start, end, gap };
      gap = 0;
    });
    if (last) leave(last, Number.MAX_SAFE_INTEGER);
    return isWhole;
  };
}

/** Whether a unit is of no letter. Of a letter beyond U+FFFF the original says it: its halves come one by one. */
const isBetween = (unit: number, text: string, start: number): boolean =>
  unit >= 0xd800 && unit <= 0xdfff
    ? !isOfWord.test(String.fromCodePoint(text.codePointAt(start) ?? 0))
    : kindAt(unit, 0) === between;

/** A word's letters without what stands between them; a single one is no word that could be spelled out. */
const spelledOut = (word: string): readonly string[] => {
  const letters = [...word].filter((each) => isOfWord.test(each));
  return letters.length > 1 ? [letters.join('')] : [];
};

/** The ways in which the words of a rule may be looked for. */
export const spellings = {
  plain: { visit: plainFolding.visit, formsOf: (word) => [plainFolding.fold(word)] },
  lookAlike: { visit: lookAlikeFolding.visit, formsOf: lookAlikeForms },
  spelledOut: { visit: visitSpelledOut(plainFolding), formsOf: (word) => spelledOut(plainFolding.fold(word)) },
  lookAlikeSpelledOut: {
    visit: visitSpelledOut(lookAlikeFolding),
    formsOf: (word) => lookAlikeForms(word).flatMap(spelledOut),
  },
} satisfies Record<string, Spelling>;

export type SpellingName = keyof typeof spellings;

/** The ways in which the words of a rule are looked for. */
export function spellingsOf(rule: {
  readonly confusables?: boolean | undefined;
  readonly spacedLetters?: boolean | undefined;
}): readonly SpellingName[] {
  const { confusables = false, spacedLetters = false } = rule;
  const names: SpellingName[] = ['plain'];
  if (confusables) names.push('lookAlike');
  if (spacedLetters) names.push('spelledOut');
  if (confusables && spacedLetters) names.push('lookAlikeSpelledOut');
  return names;
}
