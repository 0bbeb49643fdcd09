import type { Page, PageRequest } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';

/** A position that counts from the beginning. Throws `BAD_CURSOR`. */
export function offsetOf(position: string | undefined): number {
  if (position === undefined) return 0;
  if (!/^\d{1,9}$/.test(position)) throw new AppError('BAD_CURSOR');
  return Number(position);
}

/** A list that came whole: where a page begins in it is its reader's matter. Throws `BAD_CURSOR` for a position. */
export function whole<T>(items: readonly T[], { position }: PageRequest): Page<T> {
  if (position !== undefined) throw new AppError('BAD_CURSOR');
  return { items, totalCount: items.length };
}

/** A page of a list that goes on where the vendor's answer says. */
export const pageOf = <T>(items: readonly T[], next: string | undefined, totalCount?: number | null): Page<T> => ({
  items,
  ...(next !== undefined && { next }),
  ...(typeof totalCount === 'number' && { totalCount }),
});
