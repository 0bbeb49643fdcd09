import type { HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { refuseParam } from './failures.ts';
import { int, text } from './read.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  /** The cursor of the next page; empty at the end. */
  readonly next: string;
}

const encode = (index: number, key: string) => Buffer.from(JSON.stringify([index, key])).toString('base64url');

function decode(cursor: string): readonly [number, string] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(value)) return undefined;
    const [index, key] = value;
    return typeof index === 'number' && typeof key === 'string' ? [index, key] : undefined;
  } catch {
    // Not a cursor of ours: refused by the caller.
    return undefined;
  }
}

/**
 * One page after the cursor `pageToken`. Goes on after the last item of the page before, or from its place when that item
 * is gone meanwhile. Refuses a cursor that was never given out, and a size below 1; sizes too large are refused before.
 */
export function page<Item>(
  all: readonly Item[],
  params: Params,
  context: HandlerContext,
  { keyOf, size: standard }: { readonly keyOf: (item: Item) => string; readonly size: number },
): Page<Item> {
  const size = int(params, 'size', standard);
  if (size < 1) refuseParam(context, 'size');
  const token = text(params, 'pageToken');
  const start = token === '' ? 0 : startAfter(all, token, context, keyOf);
  const items = all.slice(start, start + size);
  const last = items.at(-1);
  const isEnd = last === undefined || start + size >= all.length;
  return { items, next: isEnd ? '' : encode(start + size - 1, keyOf(last)) };
}

function startAfter<Item>(
  all: readonly Item[],
  token: string,
  context: HandlerContext,
  keyOf: (item: Item) => string,
): number {
  const cursor = decode(token);
  if (!cursor) return refuseParam(context, 'pageToken');
  const [index, key] = cursor;
  const found = all.findIndex((item) => keyOf(item) === key);
  return found === -1 ? index : found + 1;
}
