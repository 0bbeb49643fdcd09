import { folded, visitFolded } from './fold.ts';

/** A part of a text, from `start` up to `end`, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The units of a folded text that are looked at; what comes after them is not. */
export const maxFoldedUnits = 65_536;

/** The words that are named of those found. */
const mostMatched = 20;

const root = 0;
const none = -1;

/**
 * Several lists of words, found in a text in one pass over it however many and long they are (Aho and Corasick, 1975). Text and words are
 * compared as `folded` folds them. A library was tried (modern-ahocorasick 3.3): it compares whole grapheme clusters, which lets words
 * pass beside a joiner, and takes 25-45 ms where this takes 2.
 */
export class WordLists {
  readonly #size: number;
  /** Transitions from the root, by unit. */
  readonly #first = new Int32Array(0x10000).fill(none);
  /** The other transitions, in a table with open addressing: node, unit and target of each. */
  #table = new Int32Array(3 * 1024).fill(none);
  #entries = 0;
  #parents: number[] = [none];
  #units: number[] = [0];
  readonly #depths: number[] = [0];
  /** The lists that have the word that ends at a node. */
  readonly #own: (readonly number[] | undefined)[] = [undefined];
  /** The word that ends at a node, as the first list that has it writes it. */
  readonly #written = new Map<number, string>();
  /** The node of the longest other node's text that ends this node's. */
  readonly #suffixes: Int32Array;
  /** The nearest node along the suffixes at which a word ends, itself included. */
  readonly #ends: Int32Array;

  constructor(lists: readonly (readonly string[])[]) {
    this.#size = lists.length;
    for (const [list, words] of lists.entries()) for (const word of words) this.#add(folded(word), list, word);
    this.#suffixes = new Int32Array(this.#depths.length).fill(root);
    this.#ends = new Int32Array(this.#depths.length).fill(none);
    this.#link();
    // Needed for building only.
    this.#parents = [];
    this.#units = [];
  }

  /** Which lists have a word that is in the text, and whether the whole text was looked at. */
  find(text: string): { readonly lists: ReadonlySet<number>; readonly isWhole: boolean } {
    const lists = new Set<number>();
    let node = root;
    const isWhole = visitFolded(text, maxFoldedUnits, (unit) => {
      node = this.#next(node, unit);
      let end = this.#ends[node] ?? none;
      while (end !== none && lists.size < this.#size) {
        for (const list of this.#own[end] ?? []) lists.add(list);
        end = this.#ends[this.#suffixes[end] ?? root] ?? none;
      }
    });
    return { lists, isWhole };
  }

  /** The parts of the text that words of a list stand in, in their order; parts that overlap or touch are one. */
  ranges(text: string, list: number): readonly TextRange[] {
    const starts: number[] = [];
    const found: { start: number; end: number }[] = [];
    let node = root;
    visitFolded(text, maxFoldedUnits, (unit, from, to) => {
      starts.push(from);
      node = this.#next(node, unit);
      let end = this.#ends[node] ?? none;
      while (end !== none && !this.#own[end]?.includes(list)) end = this.#ends[this.#suffixes[end] ?? root] ?? none;
      if (end === none) return;
      // The longest comes first: shorter words that end here are part of it.
      const start = starts[starts.length - (this.#depths[end] ?? 0)] ?? from;
      while ((found.at(-1)?.start ?? -1) >= start) found.pop();
      const last = found.at(-1);
      if (last && last.end >= start) last.end = to;
      else found.push({ start, end: to });
    });
    return found;
  }

  /** The words of a list that are in the text, each once, at most `mostMatched`. */
  matched(text: string, list: number): readonly string[] {
    const found = new Set<string>();
    let node = root;
    visitFolded(text, maxFoldedUnits, (unit) => {
      node = this.#next(node, unit);
      let end = this.#ends[node] ?? none;
      while (end !== none && found.size < mostMatched) {
        if (this.#own[end]?.includes(list)) found.add(this.#written.get(end) ?? '');
        end = this.#ends[this.#suffixes[end] ?? root] ?? none;
      }
    });
    return [...found];
  }

  #add(word: string, list: number, written: string): void {
    // Nothing is left of a word that is not shown; it would be in every text.
    if (word === '') return;
    let node = root;
    for (let index = 0; index < word.length; index += 1) {
      const unit = word.charCodeAt(index);
      const known = this.#target(node, unit);
      node = known === none ? this.#grow(node, unit) : known;
    }
    const own = this.#own[node] ?? [];
    if (!own.includes(list)) this.#own[node] = [...own, list];
    if (!this.#written.has(node)) this.#written.set(node, written);
  }

  #grow(parent: number, unit: number): number {
    const node = this.#depths.length;
    this.#depths.push((this.#depths[parent] ?? 0) + 1);
    this.#parents.push(parent);
    this.#units.push(unit);
    this.#own.push(undefined);
    if (parent === root) this.#first[unit] = node;
    else this.#insert(parent, unit, node);
    return node;
  }

  /** Links every node, those of shorter texts first. */
  #link(): void {
    const nodes = this.#depths.map((_, node) => node).sort((a, b) => (this.#depths[a] ?? 0) - (this.#depths[b] ?? 0));
    for (const node of nodes.slice(1)) {
      const parent = this.#parents[node] ?? root;
      const suffix = parent === root ? root : this.#next(this.#suffixes[parent] ?? root, this.#units[node] ?? 0);
      this.#suffixes[node] = suffix;
      this.#ends[node] = this.#own[node] ? node : (this.#ends[suffix] ?? none);
    }
  }

  #next(from: number, unit: number): number {
    let node = from;
    while (node !== root) {
      const target = this.#target(node, unit);
      if (target !== none) return target;
      node = this.#suffixes[node] ?? root;
    }
    return Math.max(root, this.#first[unit] ?? none);
  }

  #target(node: number, unit: number): number {
    if (node === root) return this.#first[unit] ?? none;
    const at = this.#slot(node, unit);
    return this.#table[at] === none ? none : (this.#table[at + 2] ?? none);
  }

  #insert(node: number, unit: number, target: number): void {
    if (this.#entries * 6 >= this.#table.length) this.#widen();
    this.#table.set([node, unit, target], this.#slot(node, unit));
    this.#entries += 1;
  }

  #widen(): void {
    const old = this.#table;
    this.#table = new Int32Array(old.length * 2).fill(none);
    for (let at = 0; at < old.length; at += 3) {
      const [node = none, unit = 0, target = none] = old.subarray(at, at + 3);
      if (node !== none) this.#table.set([node, unit, target], this.#slot(node, unit));
    }
  }

  /** Where a transition is in the table, or would be. */
  #slot(node: number, unit: number): number {
    const slots = this.#table.length / 3;
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (slots - 1);
    while (this.#table[slot * 3] !== none && (this.#table[slot * 3] !== node || this.#table[slot * 3 + 1] !== unit))
      slot = (slot + 1) & (slots - 1);
    return slot * 3;
  }
}
