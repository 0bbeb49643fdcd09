import type { DraftEvent } from '../domain/event.ts';
import { hashOf, type Query, termsOf } from './query.ts';

/** Offsets that an index covers in one piece: the block `n` holds those from `n * blockSize + 1` to `(n + 1) * blockSize`. */
export const blockSize = 256;

export const blockOf = (offset: number): number => Math.floor((offset - 1) / blockSize);
export const firstOf = (block: number): number => block * blockSize + 1;
export const lastOf = (block: number): number => (block + 1) * blockSize;

/**
 * The index of one block: for every term of its events `hash * blockSize + slot`, in ascending order, where the slot is the place in
 * the block. About 8 bytes for a term, 50 to 80 for an event.
 */
export type TermBlock = Float64Array;

/** The entries of an event, in no order. */
export function entriesOf(draft: DraftEvent, offset: number): readonly number[] {
  const slot = (offset - 1) % blockSize;
  return termsOf(draft).map((term) => hashOf(term) * blockSize + slot);
}

export const blockFrom = (entries: readonly number[]): TermBlock => Float64Array.from(entries).sort();

/** The slots of a block whose events may meet a query, in ascending order. */
function slotsIn(block: TermBlock, query: Query): readonly number[] {
  const { hashes } = query;
  const met = new Uint8Array(blockSize);
  for (const [condition, terms] of hashes.entries()) {
    for (const hash of terms) {
      const end = (hash + 1) * blockSize;
      for (let at = lowerBound(block, hash * blockSize); at < block.length; at += 1) {
        const entry = block[at] ?? end;
        if (entry >= end) break;
        const slot = entry % blockSize;
        if (met[slot] === condition) met[slot] = condition + 1;
      }
    }
  }
  const slots: number[] = [];
  for (let slot = 0; slot < blockSize; slot += 1) if (met[slot] === hashes.length) slots.push(slot);
  return slots;
}

/** The place of the first entry that is not below a value. */
function lowerBound(block: TermBlock, value: number): number {
  let low = 0;
  let high = block.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((block[middle] ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Looks into blocks for one read at the most, and looks for a term for one read: they take well under 5 ms together. */
const maxBlocks = 64;
const maxLookups = 20_000;

/** Part of a stream, and the offsets in it that are worth reading. */
export interface Stretch {
  readonly offsets: readonly number[];
  /** The last offset of it, in the direction in which is looked. */
  readonly end: number;
}

/** Offsets from one to another, both of them; backwards where the first is the greater. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly isBack: boolean;
}

/**
 * The offsets of a span of events that may meet a query, stretch by stretch in its direction; it ends early when it has looked at much, so
 * that a read takes little time wherever it begins. Of a block without an index all are given.
 */
export function* candidates(
  query: Query | undefined,
  { from, to, isBack }: Span,
  indexOf: (block: number) => TermBlock | undefined,
): Generator<Stretch> {
  const most = Math.min(maxBlocks, Math.max(1, Math.floor(maxLookups / Math.max(1, query?.size ?? 1))));
  const step = isBack ? -1 : 1;
  const [low, high] = isBack ? [to, from] : [from, to];
  const count = low > high ? 0 : Math.min(most, Math.abs(blockOf(to) - blockOf(from)) + 1);
  for (let looked = 0; looked < count; looked += 1) {
    const block = blockOf(from) + looked * step;
    const first = Math.max(low, firstOf(block));
    const last = Math.min(high, lastOf(block));
    const index = query && indexOf(block);
    const offsets = index
      ? slotsIn(index, query).map((slot) => firstOf(block) + slot)
      : Array.from({ length: blockSize }, (_, slot) => firstOf(block) + slot);
    const within = offsets.filter((offset) => offset >= first && offset <= last);
    yield isBack ? { offsets: within.reverse(), end: first } : { offsets: within, end: last };
  }
}
