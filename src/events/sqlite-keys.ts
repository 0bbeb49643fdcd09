import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { keyLifeMs } from './retention.ts';

interface Generation {
  readonly insert: StatementSync;
  readonly get: StatementSync;
  readonly clear: StatementSync;
}

/** The `MemoryKeys` of a file, for digests of fixed length. Every call is part of the transaction it is made in. */
export class SqliteKeys {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #generations: readonly [Generation, Generation];
  readonly #load: StatementSync;
  readonly #save: StatementSync;
  #fresh: 0 | 1 = 0;
  #turnedAt = 0;
  #count = 0;
  #isOldEmpty = false;

  constructor(database: DatabaseSync, clock: Clock, max: number) {
    this.#clock = clock;
    this.#max = max;
    const generation = (table: string): Generation => ({
      insert: database.prepare(`INSERT OR IGNORE INTO ${table} VALUES (?, ?)`),
      get: database.prepare(`SELECT content FROM ${table} WHERE key = ?`),
      clear: database.prepare(`DELETE FROM ${table}`),
    });
    this.#generations = [generation('keys_0'), generation('keys_1')];
    this.#load = database.prepare('SELECT fresh, turned_at, keys FROM life');
    this.#save = database.prepare('UPDATE life SET fresh = ?, turned_at = ?, keys = ?');
    this.reload();
    this.#isOldEmpty = database.prepare(`SELECT 1 FROM keys_${1 - this.#fresh} LIMIT 1`).get() === undefined;
  }

  /** Whether the key is new; it is known from now on. */
  add(key: Uint8Array, content: string | null = null): boolean {
    if (!this.#isOldEmpty && this.#old.get.get(key) !== undefined) return false;
    if (this.#generations[this.#fresh].insert.run(key, content).changes === 0) return false;
    this.#count += 1;
    return true;
  }

  /** What a key that is known has with it. */
  contentOf(key: Uint8Array): string | null {
    const row = this.#generations[this.#fresh].get.get(key) ?? this.#old.get.get(key);
    return typeof row?.['content'] === 'string' ? row['content'] : null;
  }

  /** Writes down how many there are, and forgets the older generation when its time has come. */
  save(): void {
    const now = this.#clock.now();
    if (this.#turnedAt === 0) this.#turnedAt = now;
    if (this.#count >= this.#max || now - this.#turnedAt >= keyLifeMs) {
      this.#old.clear.run();
      this.#fresh = this.#fresh === 0 ? 1 : 0;
      this.#isOldEmpty = this.#count === 0;
      this.#turnedAt = now;
      this.#count = 0;
    }
    this.#save.run(this.#fresh, this.#turnedAt, this.#count);
  }

  /** Goes back to what the file says, after a transaction that did not hold. */
  reload(): void {
    const row = this.#load.get();
    this.#fresh = row?.['fresh'] === 1 ? 1 : 0;
    this.#turnedAt = Number(row?.['turned_at']);
    this.#count = Number(row?.['keys']);
    this.#isOldEmpty = false;
  }

  get #old(): Generation {
    return this.#generations[this.#fresh === 0 ? 1 : 0];
  }
}
