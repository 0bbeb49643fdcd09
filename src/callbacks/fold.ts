/** Takes one UTF-16 unit of the folded text, and the part of the original, from `start` up to `end`, that it stands for. */
export type VisitFolded = (unit: number, start: number, end: number) => void;

const ignorable = /\p{Default_Ignorable_Code_Point}/gu;
const isIgnorable = /^\p{Default_Ignorable_Code_Point}$/u;
/** What normalisation may join with what stands before it: marks, halfwidth marks, and the vowels and finals of Hangul. */
export const joins = /^[\p{M}\u1160-\u11ff\u3131-\u318e\ud7b0-\ud7ff\uff9e-\uffdc]$/u;

/** More marks on one letter are folded by themselves, as Unicode's Stream-Safe Text Process cuts them (UAX #15, 30 non-starters). */
const mostMarks = 30;

/** Most clusters of a text are the same few. */
const maxClusters = 10_000;
const longestKept = 64;

/** Kinds of units besides those that fold to one unit, which are told by it. */
const joining = -1;
const wide = -2;
const expanding = -3;
const hidden = -4;

/** A way to make one of letters that count as the same. */
export class Folding {
  readonly #letters: (text: string) => string;
  readonly #clusters = new Map<string, string>();
  /** Of each UTF-16 unit: 0 not looked at yet, else its kind and one more where it is none of the kinds above. */
  readonly #kinds = new Int32Array(0x10000);

  /** `letters` folds text without characters that are not shown; each letter with the marks on it by itself. */
  constructor(letters: (text: string) => string) {
    this.#letters = letters;
  }

  /** The text as it is compared. */
  readonly fold = (text: string): string => this.#letters(text.replace(ignorable, ''));

  /**
   * Folds a text piece by piece and visits every unit of the result with its place in the original. Takes time in proportion to the
   * text, and stops before the result would have more than `most` units: returns whether it came to the end of the text.
   */
  readonly visit = (text: string, most: number, visit: VisitFolded): boolean => {
    let left = most;
    for (let start = 0; start < text.length; ) {
      const simple = this.#kindOf(text.charCodeAt(start));
      let end = start + 1;
      while (end < text.length && this.#kindOf(text.charCodeAt(end)) === hidden) end += 1;
      // The usual case: one unit that folds to one, with nothing after it that joins it.
      if (simple >= 0 && !this.#isJoinedAt(text, end)) {
        if (left === 0) return false;
        visit(simple, start, end);
        left -= 1;
      } else {
        end = this.#endOfCluster(text, start);
        const result = this.#foldCluster(text.slice(start, end));
        if (result.length > left) return false;
        for (let index = 0; index < result.length; index += 1) visit(result.charCodeAt(index), start, end);
        left -= result.length;
      }
      start = end;
    }
    return true;
  };

  /** The end of a letter and what joins it; what is not shown belongs to what stands before it. */
  #endOfCluster(text: string, start: number): number {
    let end = start + widthAt(text, start);
    for (let marks = 0; end < text.length; ) {
      const isHidden = this.#kindOf(text.charCodeAt(end)) === hidden;
      if (!isHidden && (marks === mostMarks || !this.#isJoinedAt(text, end))) break;
      if (!isHidden) marks += 1;
      end += widthAt(text, end);
    }
    return end;
  }

  /** Whether what stands at a place may join what stands before it. */
  #isJoinedAt(text: string, at: number): boolean {
    if (at >= text.length) return false;
    const kind = this.#kindOf(text.charCodeAt(at));
    return kind === joining || (kind === wide && joinsBefore(text, at));
  }

  #foldCluster(cluster: string): string {
    const known = this.#clusters.get(cluster);
    if (known !== undefined) return known;
    const result = this.fold(cluster);
    if (cluster.length > longestKept) return result;
    if (this.#clusters.size >= maxClusters) this.#clusters.clear();
    this.#clusters.set(cluster, result);
    return result;
  }

  /** The unit that a unit folds to, or which kind it is. */
  #kindOf(unit: number): number {
    const known = this.#kinds[unit] ?? 0;
    if (known !== 0) return known > 0 ? known - 1 : known;
    const kind = this.#lookAt(unit);
    this.#kinds[unit] = kind >= 0 ? kind + 1 : kind;
    return kind;
  }

  #lookAt(unit: number): number {
    if (unit >= 0xd800 && unit <= 0xdfff) return wide;
    const letter = String.fromCharCode(unit);
    if (isIgnorable.test(letter)) return hidden;
    if (joins.test(letter)) return joining;
    const result = this.#letters(letter);
    return result.length === 1 ? result.charCodeAt(0) : expanding;
  }
}

const widthAt = (text: string, at: number) => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

const wideJoins = 1;
const wideStandsAlone = 2;
/** Of each code point beyond U+FFFF whether it joins what stands before it; 0 not looked at yet. */
const wideKinds = new Uint8Array(0x100000);

function joinsBefore(text: string, at: number): boolean {
  const codePoint = text.codePointAt(at) ?? 0;
  const known = wideKinds[codePoint - 0x10000];
  if (known) return known === wideJoins;
  const isJoining = isJoiningLetter(String.fromCodePoint(codePoint));
  wideKinds[codePoint - 0x10000] = isJoining ? wideJoins : wideStandsAlone;
  return isJoining;
}

const isJoiningLetter = (letter: string) => joins.test(letter) || isIgnorable.test(letter);

export function foldLetters(text: string): string {
  const plain = text.normalize('NFKC');
  const lower = plain.toLowerCase();
  // Lower case can bring forth what is not normal, such as the dot of İ.
  const result = lower === plain ? plain : lower.normalize('NFKC');
  return result.includes('ς') ? result.replaceAll('ς', 'σ') : result;
}

/**
 * Letters as word lists compare them: full-width and other compatibility forms as plain ones (NFKC), in lower case, every form of sigma
 * as one, and without the characters that are not shown (Unicode's Default_Ignorable_Code_Point: soft hyphens, zero-width spaces and
 * joiners, variation selectors).
 */
export const plainFolding = new Folding(foldLetters);
