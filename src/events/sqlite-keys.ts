import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LaggingTime } from '../lagging-time.ts';
import type { Fingerprint } from './fingerprint.ts';
import { Additions, Keys } from './keys.ts';

const fields = 3;

/** Where keys of one kind are in the file: two tables with a generation each, and the row that says which is which. */
export interface KeyPlace {
  readonly table: string;
  readonly life: number;
}

export const signedKeys: KeyPlace = { table: 'keys', life: 1 };
export const unsignedKeys: KeyPlace = { table: 'unsigned_keys', life: 2 };

/**
 * Keys that outlive the process. They are looked up in memory; the file has them in the order they came, those of one transaction in
 * one row: an index of them on the disk would cost a page for each. Additions count from `save` on, if the transaction holds.
 */
export class SqliteKeys {
  readonly #time: LaggingTime;
  readonly #keys: Keys;
  readonly #insert: readonly [StatementSync, StatementSync];
  readonly #clear: readonly [StatementSync, StatementSync];
  readonly #turned: StatementSync;
  readonly #added: Additions;
  #fresh: 0 | 1;
  #turnedAt: number;
  #isTurning = false;

  constructor(database: DatabaseSync, time: LaggingTime, max: number, { table, life }: KeyPlace) {
    this.#time = time;
    this.#keys = new Keys(max);
    this.#added = new Additions(this.#keys);
    this.#insert = [
      database.prepare(`INSERT INTO ${table}_0 (entries) VALUES (?)`),
      database.prepare(`INSERT INTO ${table}_1 (entries) VALUES (?)`),
    ];
    this.#clear = [database.prepare(`DELETE FROM ${table}_0`), database.prepare(`DELETE FROM ${table}_1`)];
    this.#turned = database.prepare(`UPDATE life SET fresh = ?, turned_at = ? WHERE id = ${life}`);
    const { fresh, turned_at } = database.prepare('SELECT fresh, turned_at FROM life WHERE id = ?').get(life) ?? {};
    this.#fresh = fresh === 1 ? 1 : 0;
    this.#turnedAt = Number(turned_at);
    const load = (generation: 0 | 1) => {
      for (const { entries } of database.prepare(`SELECT entries FROM ${table}_${generation} ORDER BY id`).iterate())
        if (entries instanceof Uint8Array) this.#load(entries);
    };
    load(this.#other);
    this.#keys.turn();
    load(this.#fresh);
  }

  /** The number of a key, also of one that was only just added; 0 for one that is not known. */
  get(key: Fingerprint): number {
    return this.#added.get(key);
  }

  set(key: Fingerprint, value: number): void {
    this.#added.set(key, value);
  }

  /** Writes what was added, and forgets the older generation when its time has come. */
  save(): void {
    const added = this.#added.all;
    if (added.length > 0) {
      const entries = Uint32Array.from(added.flatMap(({ key, value }) => [key.high, key.low, value]));
      this.#insert[this.#fresh].run(new Uint8Array(entries.buffer));
    }
    this.#isTurning = this.#keys.isTimeToTurn(this.#time.now() - this.#turnedAt);
    if (!this.#isTurning) return;
    this.#clear[this.#other].run();
    this.#turned.run(this.#other, this.#time.now());
  }

  /** What was saved holds. */
  commit(): void {
    this.#added.commit();
    if (!this.#isTurning) return;
    this.#keys.turn();
    this.#fresh = this.#other;
    this.#turnedAt = this.#time.now();
  }

  /** Nothing that was added holds. */
  rollback(): void {
    this.#added.rollback();
  }

  get #other(): 0 | 1 {
    return this.#fresh === 0 ? 1 : 0;
  }

  #load(entries: Uint8Array): void {
    // A row need not lie where an array of words may begin.
    const words = new Uint32Array(entries.slice().buffer);
    for (let at = 0; at + 2 < words.length; at += fields)
      this.#keys.set({ high: words[at] ?? 0, low: words[at + 1] ?? 0 }, words[at + 2] ?? 0);
  }
}
