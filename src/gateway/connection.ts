import type { Connection, PageArgs } from '../domain/context.ts';
import { type Page, type PageRequest, pageSize } from '../domain/page.ts';
import { decodeListCursor, encodeListCursor, type ListCursor } from './cursor.ts';

/**
 * Vendors' pages have at least so many items: every page of a list keeps the size of its first one, so that a list begun with tiny
 * pages would take a call for each of them for ever.
 */
const leastPage = 20;
/** A vendor's pages may come short or empty: so many are read for a page of ours, before it is shown short. */
const maxReads = 10;

/**
 * Reads a page of a vendor's list and gives it as a Relay connection: `first` items wherever there are so many, also after a cursor in
 * the midst of a vendor's page, from lists that come whole, and from pages of the vendor's own size. Each edge's cursor goes on right
 * after it.
 */
export async function readConnection<T>(
  listId: string,
  page: PageArgs,
  read: (request: PageRequest) => Promise<Page<T>>,
): Promise<Connection<T>> {
  const first = pageSize(page);
  let cursor: ListCursor = page.after
    ? decodeListCursor(listId, page.after)
    : { position: undefined, size: Math.max(first, leastPage), skip: 0 };
  const isStart = cursor.position === undefined;
  const { size } = cursor;
  const edges: { readonly cursor: string; readonly node: T }[] = [];
  let got = await read({ position: cursor.position, limit: size });
  let counted = got.items.length;
  const take = () => {
    const { position, skip } = cursor;
    const taken = got.items.slice(skip, skip + first - edges.length);
    for (const [index, node] of taken.entries()) {
      const count = skip + index + 1;
      const isLast = count === got.items.length && got.next !== undefined;
      const place = isLast ? { position: got.next, size, skip: 0 } : { position, size, skip: count };
      edges.push({ cursor: encodeListCursor(listId, place), node });
    }
    return skip + taken.length < got.items.length;
  };
  let isCut = take();
  for (let reads = 1; edges.length < first && got.next !== undefined && reads < maxReads; reads += 1) {
    cursor = { position: got.next, size, skip: 0 };
    got = await read({ position: cursor.position, limit: size });
    counted += got.items.length;
    isCut = take();
  }
  // After many empty pages of the vendor a client goes on from the next one, although it has seen no edge.
  const onwards = got.next === undefined ? null : encodeListCursor(listId, { position: got.next, size, skip: 0 });
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { hasNextPage: isCut || got.next !== undefined, endCursor: edges.at(-1)?.cursor ?? onwards },
    totalCount: got.totalCount ?? (isStart && got.next === undefined ? counted : null),
  };
}

/** The same page with other nodes; `give` is called once for each. */
export function mapConnection<T, U>(connection: Connection<T>, give: (item: T) => U): Connection<U> {
  const edges = connection.edges.map(({ cursor, node }) => ({ cursor, node: give(node) }));
  return { ...connection, edges, nodes: edges.map((edge) => edge.node) };
}
