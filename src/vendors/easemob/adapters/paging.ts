import type { Page, PageRequest } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';

/** A page of a list that the vendor gives whole; the position is the offset. Throws `BAD_CURSOR` for any other. */
export function pageOfWhole<T>(list: readonly T[], { position = '0', limit }: PageRequest): Page<T> {
  const [start = 0] = numbersOf(position, 1);
  const end = start + limit;
  return { items: list.slice(start, end), ...(end < list.length && { next: String(end) }), totalCount: list.length };
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
