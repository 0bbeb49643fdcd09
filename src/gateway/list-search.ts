import type { Page, PageRequest } from '../domain/page.ts';
import { AppError } from '../errors.ts';

/** The pages of a list that are read to look for one entry, before the search is given up. */
const maxPages = 20;

/** One list that is looked through for single entries: each page is read once, and no further than to what is looked for. */
export class ListSearch<T> {
  readonly #read: (request: PageRequest) => Promise<Page<T>>;
  readonly #items: T[] = [];
  #next: string | undefined;
  #pages = 0;
  #reading: Promise<void> | undefined;

  constructor(read: (request: PageRequest) => Promise<Page<T>>) {
    this.#read = read;
  }

  /** The first entry that fits; null when the list ends without one. Throws `LIMIT_REACHED` past 20 pages of 100. */
  async find(fits: (item: T) => boolean): Promise<T | null> {
    for (;;) {
      const found = this.#items.find(fits);
      if (found !== undefined) return found;
      if (this.#isOver()) return null;
      if (this.#pages >= maxPages) throw new AppError('LIMIT_REACHED', 'The list is too long to be searched.');
      // Those who look at the same time wait for one page together.
      this.#reading ??= this.#readPage().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
  }

  #isOver(): boolean {
    return this.#pages > 0 && this.#next === undefined;
  }

  async #readPage(): Promise<void> {
    const { items, next } = await this.#read({ position: this.#next, limit: 100 });
    this.#items.push(...items);
    this.#next = next;
    this.#pages += 1;
  }
}
