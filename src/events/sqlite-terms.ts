import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { DraftEvent } from '../domain/event.ts';
import { blockFrom, blockOf, entriesOf, firstOf, lastOf, type TermBlock } from './term-block.ts';
import { OpenBlock } from './term-index.ts';

/** Bytes of blocks kept in memory, for all apps: the newest 200,000 events or so. */
const maxCachedBytes = 16 * 1024 * 1024;

/** Where an app's rows are: a row's place is the app's `base` and an offset in one number. */
interface Rows {
  readonly base: number;
  /** The drafts from one offset to another, in order, as far as they are kept. */
  drafts(from: number, to: number): Iterable<readonly [offset: number, draft: DraftEvent]>;
}

/**
 * The index of the events in a file by what they can be found by. A block is written in the transaction of its last event, one row
 * for all of its events: no more is written for an event than its entries. The newest events, of a block that is not full, are not in it.
 */
export class SqliteTerms {
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #delete: StatementSync;
  readonly #open = new Map<number, OpenBlock>();
  readonly #cache = new LRUCache<number, TermBlock>({
    maxSize: maxCachedBytes,
    sizeCalculation: ({ byteLength }) => byteLength + 64,
  });

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT OR REPLACE INTO blocks VALUES (?, ?)');
    this.#select = database.prepare('SELECT terms FROM blocks WHERE place = ?');
    this.#delete = database.prepare('DELETE FROM blocks WHERE place BETWEEN ? AND ?');
  }

  /** Adds the event at the next offset, in a transaction of the caller's. */
  add(rows: Rows, draft: DraftEvent, offset: number): void {
    const open = this.#open.get(rows.base) ?? this.#reopen(rows, offset);
    const block = open.add(draft, offset);
    if (block) this.#insert.run(rows.base + offset, bytesOf(block));
  }

  /** What was added in a transaction that failed does not hold. */
  rollback(): void {
    this.#open.clear();
  }

  /** The index of a block up to the offset `top`; undefined for one that is not full. One of an older file is made from its events. */
  at(rows: Rows, block: number, top: number): TermBlock | undefined {
    const last = lastOf(block);
    if (last > top) return undefined;
    const known = this.#cache.get(rows.base + last);
    if (known) return known;
    const terms = this.#select.get(rows.base + last)?.['terms'];
    const read = terms instanceof Uint8Array ? blockOfBytes(terms) : make(rows, firstOf(block), last);
    this.#cache.set(rows.base + last, read);
    return read;
  }

  /** Forgets what is before an offset, in a transaction of the caller's. */
  forget({ base }: Rows, oldest: number): void {
    this.#delete.run(base, base + oldest - 1);
  }

  #reopen(rows: Rows, offset: number): OpenBlock {
    const open = new OpenBlock();
    for (const [at, draft] of rows.drafts(firstOf(blockOf(offset)), offset - 1)) open.add(draft, at);
    this.#open.set(rows.base, open);
    return open;
  }
}

function make(rows: Rows, first: number, last: number): TermBlock {
  const entries: number[] = [];
  for (const [offset, draft] of rows.drafts(first, last))
    for (const entry of entriesOf(draft, offset)) entries.push(entry);
  return blockFrom(entries);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: TermBlock) => new Uint8Array(buffer, byteOffset, byteLength);

/** A row need not lie where an array of numbers may begin. */
const blockOfBytes = (bytes: Uint8Array): TermBlock => new Float64Array(bytes.slice().buffer);
