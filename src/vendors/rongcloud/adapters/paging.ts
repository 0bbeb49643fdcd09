import type { Page, PageRequest } from '../../../domain/page.ts';
import { AppError } from '../../../errors.ts';

/** A position that counts from the beginning. Throws `BAD_CURSOR`. */
export function offsetOf(position: string | undefined): number {
  if (position === undefined) return 0;
  if (!/^\d{1,9}$/.test(position)) throw new AppError('BAD_CURSOR');
  return Number(position);
}

/** A page cut from a list that came as a whole. */
export function cut<T>(items: readonly T[], { position, limit }: PageRequest, totalCount = items.length): Page<T> {
  const start = offsetOf(position);
  const end = start + limit;
  return { items: items.slice(start, end), totalCount, ...(end < items.length && { next: String(end) }) };
}

/** A page of a list that goes on where the vendor's answer says. */
export const pageOf = <T>(items: readonly T[], next: string | undefined, totalCount?: number | null): Page<T> => ({
  items,
  ...(next !== undefined && { next }),
  ...(typeof totalCount === 'number' && { totalCount }),
});
