import { AppError } from '../errors.ts';
import type { RequestOptions } from '../request-options.ts';

export type { RequestOptions } from '../request-options.ts';

/** A page wanted from a vendor's list. */
export interface PageRequest {
  /** The vendor's own position (page number, offset, token, time) as text, from the answer before; the beginning when left out. */
  readonly position?: string | undefined;
  /** How many are wanted, 1-100. A vendor may give more or fewer; what comes is all shown. */
  readonly limit: number;
}

/** A page as a vendor gave it. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The position right after an item, where the list has places that others in it do not move. */
  placeOf?(item: T): string;
  /** Where the next page begins; absent when the list is at its end. */
  readonly next?: string | undefined;
  /** The length of the whole list, where the vendor tells. */
  readonly totalCount?: number | undefined;
}

/** A list of one owner, read page by page. */
export type Lister<K, T> = (key: K, page: PageRequest, options?: RequestOptions) => Promise<Page<T>>;

const maxPage = 100;

/** Checks `first`; 20 when left out. Throws `BAD_USER_INPUT`. */
export function pageSize({ first }: { readonly first?: number | null | undefined }): number {
  const size = first ?? 20;
  if (!Number.isInteger(size) || size < 1 || size > maxPage)
    throw new AppError('BAD_USER_INPUT', `first must be from 1 to ${maxPage}.`, { input: 'first' });
  return size;
}
