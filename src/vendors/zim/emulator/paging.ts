import { codes, fail } from './failures.ts';

/** The size of a page: above the ceiling it is the ceiling, absent or at most 0 it is the default (catalogue: pagination). */
export function pageSize(asked: unknown, sizes: { readonly fallback: number; readonly ceiling: number }): number {
  const size = Number(asked ?? 0);
  if (!Number.isInteger(size)) fail(codes.badParameter);
  return size <= 0 ? sizes.fallback : Math.min(size, sizes.ceiling);
}

/** A cursor, which is 0 at first; in a query it may be empty. */
export function cursorOf(asked: unknown): number {
  const cursor = Number(asked ?? 0);
  if (!Number.isInteger(cursor) || cursor < 0) fail(codes.badParameter);
  return cursor;
}

interface Page<T> {
  readonly items: readonly T[];
  /** 0 when there is no more. */
  readonly next: number;
}

/** Pages whose cursor is the page's number: 0, 1, 2, then 0 again. */
export function numberedPage<T>(all: readonly T[], cursor: number, size: number): Page<T> {
  const end = (cursor + 1) * size;
  return { items: all.slice(cursor * size, end), next: end < all.length ? cursor + 1 : 0 };
}

/** Pages whose cursor is how many came before. */
export function offsetPage<T>(all: readonly T[], cursor: number, size: number): Page<T> {
  const end = cursor + size;
  return { items: all.slice(cursor, end), next: end < all.length ? end : 0 };
}
