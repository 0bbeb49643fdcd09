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
}

const maxCursorLength = 4096;

const tag = (listId: string) => createHash('sha256').update(listId).digest('base64url').slice(0, 8);

/** Wraps a place together with the list it is of. */
export function encodeListCursor(listId: string, cursor: ListCursor): string {
  const { position = null, size, skip, anchor } = cursor;
  const parts = [tag(listId), position, size, skip, ...(anchor === undefined ? [] : [anchor])];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
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
  if (!Array.isArray(parts) || parts.length < 4 || parts.length > 5) throw bad;
  const [list, position, size, skip, anchor] = parts as unknown[];
  const isPlace =
    (position === null || typeof position === 'string') && isCount(size, 1, 100) && isCount(skip, 0, 100_000);
  if (list !== tag(listId) || !isPlace || !(anchor === undefined || typeof anchor === 'string')) throw bad;
  return { position: position ?? undefined, size, skip, ...(anchor !== undefined && { anchor }) };
}

function isCount(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
