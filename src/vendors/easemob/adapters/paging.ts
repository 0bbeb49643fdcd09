import type { Page, PageRequest } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';

/** A list that the vendor gives whole: where a page begins in it is its reader's matter. Throws `BAD_CURSOR` for a position. */
export function pageOfWhole<T>(list: readonly T[], { position }: PageRequest): Page<T> {
  if (position !== undefined) throw new AppError('BAD_CURSOR');
  return { items: list, totalCount: list.length };
}

/** A page by number, with the size that the numbering of its list began with. */
export interface NumberedPage {
  readonly pagenum: number;
  readonly pagesize: number;
}

/**
 * The number and size of the page wanted: a list keeps its first page's size, since numbers of another size would leave
 * rows out. The position is `number:size`; throws `BAD_CURSOR` for any other.
 */
export function numberedPage({ position, limit }: PageRequest, first: number, max: number): NumberedPage {
  if (position === undefined) return { pagenum: first, pagesize: Math.min(limit, max) };
  const [pagenum = first, pagesize = max] = numbersOf(position, 2);
  if (pagesize < 1 || pagesize > max) throw new AppError('BAD_CURSOR');
  return { pagenum, pagesize };
}

/** Where the next page begins; nowhere when `hasMore` is false. */
export function afterPage({ pagenum, pagesize }: NumberedPage, hasMore: boolean): { next?: string } {
  return hasMore ? { next: `${pagenum + 1}:${pagesize}` } : {};
}

function numbersOf(position: string, length: number): number[] {
  const parts = position.split(':');
  if (parts.length !== length || parts.some((part) => !/^\d{1,9}$/.test(part))) throw new AppError('BAD_CURSOR');
  return parts.map(Number);
}
