import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';

/** A place in a vendor's list: the page, the size it was read with, and how many of its items come before. */
export interface ListCursor {
  /** The vendor's own position; undefined for the first page. */
  readonly position: string | undefined;
  readonly size: number;
  readonly skip: number;
  /** The item that it stands behind, by `anchorOf`; more come before it than `skip` where others have come since. */
  readonly anchor?: string | undefined;
  /** The items before that one, by the beginnings of their anchors, the nearest last. */
  readonly before?: readonly string[] | undefined;
}

/** Items that a cursor remembers besides the one that it stands behind. */
export const maxBefore = 100;
/** Characters of their anchors. */
export const beforeLength = 4;

const maxCursorLength = 4096;

const tag = (listId: string) => createHash('sha256').update(listId).digest('base64url').slice(0, 8);

/** Wraps a place together with the list it is of. */
export function encodeListCursor(listId: string, cursor: ListCursor): string {
  const { position = null, size, skip, anchor, before = [] } = cursor;
  const write = (...known: readonly string[]) =>
    Buffer.from(JSON.stringify([tag(listId), position, size, skip, ...known])).toString('base64url');
  if (anchor === undefined) return write();
  const whole = write(anchor, before.join(''));
  return whole.length > maxCursorLength ? write(anchor) : whole;
}

/** Throws `BAD_CURSOR` for anything that `encodeListCursor` did not give for this list. */
export function decodeListCursor(listId: string, text: string): ListCursor {
  const bad = new AppError('BAD_CURSOR', 'The cursor is malformed, or belongs to another list.', { input: 'after' });
  if (text.length > maxCursorLength || !/^[\w-]+$/.test(text)) throw bad;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw bad;
  }
  if (!Array.isArray(parts) || parts.length < 4 || parts.length > 6) throw bad;
  const [list, position, size, skip, anchor, before = ''] = parts as unknown[];
  const isPlace =
    (position === null || typeof position === 'string') && isCount(size, 1, 100) && isCount(skip, 0, 100_000);
  if (list !== tag(listId) || !isPlace || !(anchor === undefined || typeof anchor === 'string')) throw bad;
  if (typeof before !== 'string' || before.length > maxBefore * beforeLength) throw bad;
  return {
    position: position ?? undefined,
    size,
    skip,
    ...(anchor !== undefined && { anchor, before: piecesOf(before) }),
  };
}

const piecesOf = (text: string): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / beforeLength) }, (_, index) =>
    text.slice(index * beforeLength, (index + 1) * beforeLength),
  );

function isCount(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
