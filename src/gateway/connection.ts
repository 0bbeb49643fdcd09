import type { Connection, PageArgs } from '../domain/context.ts';
import { type Page, type PageRequest, pageSize } from '../domain/page.ts';
import { anchorOf } from './anchor.ts';
import { beforeLength, decodeListCursor, encodeListCursor, type ListCursor, maxBefore } from './cursor.ts';

/**
 * Vendors' pages have at least so many items: every page of a list keeps the size of its first one, so that a list begun with tiny
 * pages would take a call for each of them for ever.
 */
const leastPage = 20;
/** A vendor's pages may come short or empty: so many are read for a page of ours, before it is shown short. */
const maxReads = 10;

/** So many pages more are read for the entry that a cursor stands behind, where others have come before it. */
const maxSearched = 3;

/**
 * Reads a page of a vendor's list and gives it as a Relay connection: `first` items wherever there are so many, also after a cursor in
 * the midst of a vendor's page, from lists that come whole, and from pages of the vendor's own size. Each edge's cursor goes on right
 * after its entry, also where others have come before it since, or went.
 */
export async function readConnection<T>(
  listId: string,
  page: PageArgs,
  read: (request: PageRequest) => Promise<Page<T>>,
): Promise<Connection<T>> {
  const first = pageSize(page);
  const after: ListCursor = page.after
    ? decodeListCursor(listId, page.after)
    : { position: undefined, size: Math.max(first, leastPage), skip: 0 };
  const { size } = after;
  const readAt = async (position: string | undefined) => ({ position, got: await read({ position, limit: size }) });
  const edges: { readonly cursor: string; readonly node: T }[] = [];
  let { position, skip, got } = await startAt(after, readAt);
  let counted = got.items.length;
  const cursorAfter = (node: T, index: number) => {
    if (got.placeOf) return { position: got.placeOf(node), size, skip: 0 };
    const isLast = index === got.items.length - 1 && got.next !== undefined;
    const place = isLast ? { position: got.next, skip: 0 } : { position, skip: index + 1 };
    const before = isLast ? [] : got.items.slice(Math.max(0, index - maxBefore), index).map(shortAnchorOf);
    return { ...place, size, anchor: anchorOf(node), before };
  };
  const take = () => {
    const taken = got.items.slice(skip, skip + first - edges.length);
    for (const [index, node] of taken.entries())
      edges.push({ cursor: encodeListCursor(listId, cursorAfter(node, skip + index)), node });
    return skip + taken.length < got.items.length;
  };
  let isCut = take();
  for (let reads = 1; edges.length < first && got.next !== undefined && reads < maxReads; reads += 1) {
    ({ position, got } = await readAt(got.next));
    skip = 0;
    counted += got.items.length;
    isCut = take();
  }
  // After many empty pages of the vendor a client goes on from the next one, although it has seen no edge.
  const onwards = got.next === undefined ? null : encodeListCursor(listId, { position: got.next, size, skip: 0 });
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { hasNextPage: isCut || got.next !== undefined, endCursor: edges.at(-1)?.cursor ?? onwards },
    totalCount: got.totalCount ?? (after.position === undefined && got.next === undefined ? counted : null),
  };
}

interface Read<T> {
  readonly position: string | undefined;
  readonly got: Page<T>;
}

/** The page that a cursor goes on in, and how many of its items come before. */
async function startAt<T>(
  { position, skip, anchor, before = [] }: ListCursor,
  readAt: (position: string | undefined) => Promise<Read<T>>,
): Promise<Read<T> & { skip: number }> {
  const begun = await readAt(position);
  if (anchor === undefined) return { ...begun, skip };
  let at = begun;
  for (let searched = 0; ; searched += 1) {
    const index = at.got.items.findIndex((item) => anchorOf(item) === anchor);
    if (index !== -1) return { ...at, skip: index + 1 };
    if (skip === 0 || searched === maxSearched || at.got.next === undefined)
      return { ...begun, skip: skipWithout(begun.got.items, skip, before) };
    at = await readAt(at.got.next);
  }
}

const shortAnchorOf = (item: unknown) => anchorOf(item).slice(0, beforeLength);

/**
 * How many items come before, where the one that a cursor stands behind is gone: those up to the nearest before it that is still there,
 * or all but those that are known to be gone with it.
 */
function skipWithout(items: readonly unknown[], skip: number, before: readonly string[]): number {
  if (skip === 0) return 0;
  const anchors = items.map(shortAnchorOf);
  const nearest = before.findLast((each) => anchors.includes(each));
  return nearest === undefined ? Math.max(0, skip - before.length - 1) : anchors.lastIndexOf(nearest) + 1;
}

/** The same page with other nodes; `give` is called once for each. */
export function mapConnection<T, U>(connection: Connection<T>, give: (item: T) => U): Connection<U> {
  const edges = connection.edges.map(({ cursor, node }) => ({ cursor, node: give(node) }));
  return { ...connection, edges, nodes: edges.map((edge) => edge.node) };
}
