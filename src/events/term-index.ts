import type { DraftEvent } from '../domain/event.ts';
import { blockFrom, blockOf, blockSize, entriesOf, lastOf, type TermBlock } from './term-block.ts';

/** Collects the entries of a block while its events come. */
export class OpenBlock {
  #entries: number[] = [];

  /** Adds the event at the next offset; gives the block when that is its last. */
  add(draft: DraftEvent, offset: number): TermBlock | undefined {
    for (const entry of entriesOf(draft, offset)) this.#entries.push(entry);
    if (offset % blockSize !== 0) return undefined;
    const block = blockFrom(this.#entries);
    this.#entries = [];
    return block;
  }
}

/** The index of a stream that is kept in memory. */
export class TermIndex {
  readonly #blocks = new Map<number, TermBlock>();
  readonly #open = new OpenBlock();

  /** Adds the event at the next offset. */
  add(draft: DraftEvent, offset: number): void {
    const block = this.#open.add(draft, offset);
    if (block) this.#blocks.set(blockOf(offset), block);
  }

  /** The index of a block; undefined while the block is not full. */
  at(block: number): TermBlock | undefined {
    return this.#blocks.get(block);
  }

  /** Forgets what is before an offset. */
  forget(oldest: number): void {
    for (const block of this.#blocks.keys()) {
      if (lastOf(block) >= oldest) return;
      this.#blocks.delete(block);
    }
  }
}
