/** The words of several lists as one automaton (Aho and Corasick, 1975): plain data, so that a thread can make it for another. */
export interface WordTable {
  /** Transitions from the root, by unit. */
  readonly first: Int32Array<ArrayBuffer>;
  /** The other transitions, in a table with open addressing: node, unit and target of each. */
  readonly table: Int32Array<ArrayBuffer>;
  /** Of each node the units of its text. */
  readonly depths: Int32Array<ArrayBuffer>;
  /** The node of the longest other node's text that ends this node's. */
  readonly suffixes: Int32Array<ArrayBuffer>;
  /** The nearest node along the suffixes at which a word ends, itself included. */
  readonly ends: Int32Array<ArrayBuffer>;
  /** The words that end at nodes. */
  readonly endings: ReadonlyMap<number, Ending>;
}

export interface Ending {
  /** The lists that have the word. */
  readonly lists: readonly number[];
  /** The word as the first of them writes it. */
  readonly written: string;
}

export const root = 0;
export const none = -1;

/** The transition of a node for a unit; `none` where there is none. */
function targetOf(table: Pick<WordTable, 'first' | 'table'>, node: number, unit: number): number {
  if (node === root) return table.first[unit] ?? none;
  const at = slotOf(table.table, node, unit);
  return table.table[at] === none ? none : (table.table[at + 2] ?? none);
}

/** Where the automaton is after one more unit. */
export function nextNode(words: Pick<WordTable, 'first' | 'table' | 'suffixes'>, from: number, unit: number): number {
  let node = from;
  while (node !== root) {
    const target = targetOf(words, node, unit);
    if (target !== none) return target;
    node = words.suffixes[node] ?? root;
  }
  return Math.max(root, words.first[unit] ?? none);
}

/** Makes the table of lists of words, in the forms in which they are looked for. */
export function makeWordTable(
  lists: readonly (readonly string[])[],
  formsOf: (word: string) => readonly string[],
): WordTable {
  const builder = new Builder();
  for (const [list, words] of lists.entries())
    for (const word of words) for (const form of formsOf(word)) builder.add(form, list, word);
  return builder.made();
}

class Builder {
  readonly #first = new Int32Array(0x10000).fill(none);
  #table = new Int32Array(3 * 1024).fill(none);
  #entries = 0;
  readonly #parents: number[] = [none];
  readonly #units: number[] = [0];
  readonly #depths: number[] = [0];
  readonly #endings = new Map<number, { readonly lists: number[]; readonly written: string }>();

  add(form: string, list: number, written: string): void {
    // Nothing is left of a word that is not shown; it would be in every text.
    if (form === '') return;
    let node = root;
    for (let index = 0; index < form.length; index += 1) {
      const unit = form.charCodeAt(index);
      const known = targetOf({ first: this.#first, table: this.#table }, node, unit);
      node = known === none ? this.#grow(node, unit) : known;
    }
    const ending = this.#endings.get(node);
    if (!ending) this.#endings.set(node, { lists: [list], written });
    else if (ending.lists.at(-1) !== list) ending.lists.push(list);
  }

  /** Links every node, those of shorter texts first. */
  made(): WordTable {
    const nodes = this.#depths.map((_, node) => node).sort((a, b) => (this.#depths[a] ?? 0) - (this.#depths[b] ?? 0));
    const suffixes = new Int32Array(this.#depths.length).fill(root);
    const ends = new Int32Array(this.#depths.length).fill(none);
    const words = { first: this.#first, table: this.#table, suffixes };
    for (const node of nodes.slice(1)) {
      const parent = this.#parents[node] ?? root;
      const suffix = parent === root ? root : nextNode(words, suffixes[parent] ?? root, this.#units[node] ?? 0);
      suffixes[node] = suffix;
      ends[node] = this.#endings.has(node) ? node : (ends[suffix] ?? none);
    }
    return { ...words, ends, depths: Int32Array.from(this.#depths), endings: this.#endings };
  }

  #grow(parent: number, unit: number): number {
    const node = this.#depths.length;
    this.#depths.push((this.#depths[parent] ?? 0) + 1);
    this.#parents.push(parent);
    this.#units.push(unit);
    if (parent === root) this.#first[unit] = node;
    else this.#insert(parent, unit, node);
    return node;
  }

  #insert(node: number, unit: number, target: number): void {
    if (this.#entries * 6 >= this.#table.length) this.#widen();
    const at = slotOf(this.#table, node, unit);
    this.#table[at] = node;
    this.#table[at + 1] = unit;
    this.#table[at + 2] = target;
    this.#entries += 1;
  }

  #widen(): void {
    const old = this.#table;
    const wider = new Int32Array(old.length * 2).fill(none);
    for (let at = 0; at < old.length; at += 3) {
      const node = old[at] ?? none;
      if (node === none) continue;
      const to = slotOf(wider, node, old[at + 1] ?? 0);
      for (let index = 0; index < 3; index += 1) wider[to + index] = old[at + index] ?? none;
    }
    this.#table = wider;
  }
}

/** Where a transition is in the table, or would be. */
function slotOf(table: Int32Array, node: number, unit: number): number {
  const slots = table.length / 3;
  let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0;
  slot = (slot ^ (slot >>> 15)) & (slots - 1);
  while (table[slot * 3] !== none && (table[slot * 3] !== node || table[slot * 3 + 1] !== unit))
    slot = (slot + 1) & (slots - 1);
  return slot * 3;
}
