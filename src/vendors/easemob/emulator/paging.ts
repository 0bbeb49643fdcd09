import type { Params, WireRequest } from '../../../emulator/wire.ts';
import { echoedQuery } from './envelope.ts';
import { refuse } from './failures.ts';
import { numberOf, textOf } from './values.ts';

interface CursorPage<Row> {
  readonly rows: readonly Row[];
  /** Empty on the last page: there the vendor sends no cursor. */
  readonly next: { readonly cursor?: string };
}

/**
 * A page of rows by cursor. The cursor is opaque and holds the last row's key, so that rows that come in front of it do
 * not shift a later page. A size over the maximum is clamped without an error (easemob.yaml, quirks).
 */
export function cursorPage<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  { size, max, cursor }: { readonly size: number; readonly max: number; readonly cursor: string },
): CursorPage<Row> {
  const start = cursor === '' ? 0 : startOf(rows.map(keyOf), cursor);
  const page = rows.slice(start, start + clamp(size, max));
  const last = page.at(-1);
  const isLast = last === undefined || start + page.length >= rows.length;
  return {
    rows: page,
    next: isLast ? {} : { cursor: Buffer.from(`${start + page.length} ${keyOf(last)}`).toString('base64') },
  };
}

/** A page of those who are blocked, of 50 at most. */
export function blockedPage(blocked: readonly string[], params: Params, request: WireRequest) {
  const paging = { size: numberOf(params, 'pageSize', 50), max: 50, cursor: textOf(params, 'cursor') };
  const { rows, next } = cursorPage(blocked, (id) => id, paging);
  return { data: rows, count: rows.length, ...next, ...echoedQuery(request) };
}

function startOf(keys: readonly string[], cursor: string): number {
  const [, offset, key] = /^(\d+) (.+)$/s.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? [];
  if (offset === undefined || key === undefined) return refuse(400, 'illegal_argument', 'cursor is not legal');
  const at = keys.indexOf(key);
  return at === -1 ? Number(offset) : at + 1;
}

/** A page of rows by number. */
export function numberedPage<Row>(
  rows: readonly Row[],
  {
    number,
    size,
    max,
    first,
  }: { readonly number: number; readonly size: number; readonly max: number; readonly first: 0 | 1 },
): readonly Row[] {
  const length = clamp(size, max);
  const start = Math.max(0, number - first) * length;
  return rows.slice(start, start + length);
}

function clamp(size: number, max: number): number {
  return Math.max(1, Math.min(size, max));
}
