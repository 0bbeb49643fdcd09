import { plainFolding } from './fold.ts';
import { maxFoldedUnits, type TextRange } from './word-lists.ts';

/** A text with its letters folded to one form, and the place in the original of each unit. */
export interface FoldedText {
  readonly text: string;
  /** The part of the original that a part of the folded text stands for. */
  readonly placeOf: (start: number, end: number) => TextRange;
  /** Whether it is the whole of the original. */
  readonly isWhole: boolean;
}

const piece = 1_024;

export function foldText(original: string): FoldedText {
  const starts: number[] = [];
  const ends: number[] = [];
  const pieces: string[] = [];
  let units: number[] = [];
  const isWhole = plainFolding.visit(original, maxFoldedUnits, (unit, start, end) => {
    starts.push(start);
    ends.push(end);
    units.push(unit);
    if (units.length < piece) return;
    pieces.push(String.fromCharCode(...units));
    units = [];
  });
  pieces.push(String.fromCharCode(...units));
  const placeOf = (start: number, end: number): TextRange => ({ start: starts[start] ?? 0, end: ends[end - 1] ?? 0 });
  return { text: pieces.join(''), placeOf, isWhole };
}

const isOfWord = /^[\p{L}\p{N}\p{M}_]$/u;
/** Scripts that are written without spaces have no ends of words that could be seen. */
const isOfUnspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
const isShown = /^\P{Default_Ignorable_Code_Point}$/u;

/** Whether a part of a text begins and ends where words do. */
export function isWholeWord(text: string, { start, end }: TextRange): boolean {
  return (
    !goesOn(letterBefore(text, start), letterAfter(text, start)) &&
    !goesOn(letterBefore(text, end), letterAfter(text, end))
  );
}

/** Whether two neighbours are of one word. */
const goesOn = (one: string, other: string): boolean =>
  isOfWord.test(one) && isOfWord.test(other) && !isOfUnspaced.test(one) && !isOfUnspaced.test(other);

/** The letter that ends at a place or before it, without those that are not shown; empty at the beginning. */
function letterBefore(text: string, place: number): string {
  for (let at = place; at > 0; ) {
    const low = text.charCodeAt(at - 1);
    const width = low >= 0xdc00 && low <= 0xdfff && at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1;
    const letter = text.slice(at - width, at);
    if (isShown.test(letter)) return letter;
    at -= width;
  }
  return '';
}

/** The letter that begins at a place; empty at the end. What is not shown is part of the letter before it. */
const letterAfter = (text: string, place: number): string =>
  place < text.length ? String.fromCodePoint(text.codePointAt(place) ?? 0) : '';

/** Whether a place lies within one of others. Takes those in the order of their ends. */
export function withinOneOf(others: readonly TextRange[]): (place: TextRange) => boolean {
  // Of each of the others the first start of it and those after.
  const firstStarts = others.map(({ start }) => start);
  for (let index = firstStarts.length - 2; index >= 0; index -= 1)
    firstStarts[index] = Math.min(firstStarts[index] ?? 0, firstStarts[index + 1] ?? 0);
  return ({ start, end }) => {
    let low = 0;
    let high = others.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((others[middle]?.end ?? 0) < end) low = middle + 1;
      else high = middle;
    }
    return (firstStarts[low] ?? Number.MAX_SAFE_INTEGER) <= start;
  };
}

/** Parts of a text in their order, those that overlap or touch as one. */
export function joined(parts: readonly TextRange[]): readonly TextRange[] {
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of [...parts].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last && last.end >= start) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}
