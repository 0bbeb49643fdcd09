import type { RE2JS } from 're2js';
import { compilePattern } from '../rule-syntax.ts';
import type { FoldedText } from './searched-text.ts';
import { maxMatched, type TextRange } from './word-lists.ts';

/** The units of a folded text that regular expressions look at; what comes after them is not. */
const maxPatternUnits = 8_192;
/** Places of one regular expression in a text; of one that is at more, no more are looked for. */
const maxPlaces = 50;
const longestShown = 100;

export interface PatternPlaces {
  readonly places: readonly TextRange[];
  /** Whether these are all that there are. */
  readonly isWhole: boolean;
}

/**
 * Regular expressions in RE2's syntax (https://github.com/google/re2/wiki/Syntax), found in time that is in proportion to the text: they have
 * neither backreferences nor lookaround. They are compared as words are: with letters of any case and width, without characters that are not shown.
 */
export class Patterns {
  readonly #all: readonly RE2JS[];

  constructor(sources: readonly string[]) {
    this.#all = sources.map(compilePattern);
  }

  /** Whether one is in the text, and whether all of the text was looked at. */
  look(folded: FoldedText): { readonly isFound: boolean; readonly isWhole: boolean } {
    const text = lookedAt(folded);
    return { isFound: this.#all.some((each) => each.test(text)), isWhole: folded.isWhole && text === folded.text };
  }

  /** Where they are, those that match nothing left out. */
  places(folded: FoldedText): PatternPlaces {
    const text = lookedAt(folded);
    let isWhole = folded.isWhole && text === folded.text;
    const places = this.#all
      .filter((each) => each.test(text))
      .flatMap((pattern) => {
        const found: TextRange[] = [];
        for (const { index, 0: match } of pattern.matchAll(text)) {
          if (match === '') continue;
          if (found.length === maxPlaces) {
            isWhole = false;
            break;
          }
          found.push(folded.placeOf(index ?? 0, (index ?? 0) + match.length));
        }
        return found;
      });
    return { places, isWhole };
  }
}

const lookedAt = ({ text }: FoldedText): string => text.slice(0, maxPatternUnits);

/** What stands at places of a text, each once, the first of them. */
export const textsAt = (text: string, places: readonly TextRange[]): readonly string[] =>
  [...new Set(places.map(({ start, end }) => text.slice(start, end).slice(0, longestShown).toWellFormed()))].slice(
    0,
    maxMatched,
  );
