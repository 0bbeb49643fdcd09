import { type Spelling, spellings } from './spelling.ts';
import { type Ending, makeWordTable, nextNode, none, root, type WordTable } from './word-table.ts';

/** A part of a text, from `start` up to `end`, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The units of a folded text that are looked at; what comes after them is not. */
export const maxFoldedUnits = 65_536;

/** The words that are named of those found. */
export const maxMatched = 20;

/** Whether a word that was found at a place counts. */
export type Accept = (place: TextRange) => boolean;

const any: Accept = () => true;

/**
 * Several lists of words, found in a text in one pass over it however many and long they are (Aho and Corasick, 1975). Text and words are
 * compared in one spelling. A library was tried (modern-ahocorasick 3.3): it compares whole grapheme clusters, which lets words
 * pass beside a joiner, and takes 25-45 ms where this takes 2.
 */
export class WordLists {
  readonly #size: number;
  readonly #visit: Spelling['visit'];
  readonly #words: WordTable;

  /** `words` is the table of the lists in the spelling, where it was made before. */
  constructor(lists: readonly (readonly string[])[], spelling: Spelling = spellings.plain, words?: WordTable) {
    this.#size = lists.length;
    this.#visit = spelling.visit;
    this.#words = words ?? makeWordTable(lists, spelling.formsOf);
  }

  /** Which lists have a word that is in the text, and whether the whole text was looked at. */
  find(text: string): { readonly lists: ReadonlySet<number>; readonly isWhole: boolean } {
    const lists = new Set<number>();
    const { ends, endings, suffixes } = this.#words;
    let node = root;
    const isWhole = this.#visit(text, maxFoldedUnits, (unit) => {
      node = nextNode(this.#words, node, unit);
      let end = ends[node] ?? none;
      while (end !== none && lists.size < this.#size) {
        for (const list of endings.get(end)?.lists ?? []) lists.add(list);
        end = ends[suffixes[end] ?? root] ?? none;
      }
    });
    return { lists, isWhole };
  }

  /** The parts of the text that words of a list stand in, in their order; parts that overlap or touch are one. */
  ranges(text: string, list: number, accept = any): readonly TextRange[] {
    const found: { start: number; end: number }[] = [];
    this.#search(text, list, (place) => {
      if (!accept(place)) return true;
      let { start } = place;
      for (let last = found.at(-1); last && last.end >= start; last = found.at(-1)) {
        start = Math.min(start, last.start);
        found.pop();
      }
      found.push({ start, end: place.end });
      return true;
    });
    return found;
  }

  /** Whether a word of a list is in the text. */
  has(text: string, list: number, accept: Accept): boolean {
    let isFound = false;
    this.#search(text, list, (place) => {
      isFound = accept(place);
      return !isFound;
    });
    return isFound;
  }

  /** The places of the words of a list, each by itself, in the order of their ends; those within others that end there are left out. */
  places(text: string, list: number): readonly TextRange[] {
    const found: TextRange[] = [];
    this.#search(text, list, (place) => {
      const last = found.at(-1);
      if (last?.end !== place.end || place.start < last.start) found.push(place);
      return true;
    });
    return found;
  }

  /** The words of a list that are in the text, each once, at most `maxMatched`. */
  matched(text: string, list: number, accept = any): readonly string[] {
    const found = new Set<string>();
    this.#search(text, list, (place, { written }) => {
      if (accept(place)) found.add(written);
      return found.size < maxMatched;
    });
    return [...found];
  }

  /** Calls `take` with every place of a word of a list, and the word, as long as it returns true. */
  #search(text: string, list: number, take: (place: TextRange, word: Ending) => boolean): void {
    const { ends, endings, suffixes, depths } = this.#words;
    const starts: number[] = [];
    let node = root;
    let goesOn = true;
    this.#visit(text, maxFoldedUnits, (unit, from, to) => {
      if (!goesOn) return;
      starts.push(from);
      node = nextNode(this.#words, node, unit);
      let end = ends[node] ?? none;
      while (end !== none && goesOn) {
        const word = endings.get(end);
        if (word?.lists.includes(list)) {
          const start = starts[starts.length - (depths[end] ?? 0)] ?? from;
          goesOn = take({ start, end: to }, word);
        }
        end = ends[suffixes[end] ?? root] ?? none;
      }
    });
  }
}
