import type { Connection, PageArgs } from '../domain/context.ts';
import { type Page, type PageRequest, pageSize } from '../domain/page.ts';
import { decodeListCursor, encodeListCursor, type ListCursor } from './cursor.ts';

/** How many empty pages of a vendor are passed over before an empty page is shown. */
const maxEmptyPages = 5;

/**
 * Reads a page of a vendor's list and gives it as a Relay connection. Lists that come whole, or in pages of the vendor's own
 * size, are cut here; each edge's cursor goes on right after it.
 */
export async function readConnection<T>(
  listId: string,
  page: PageArgs,
  read: (request: PageRequest) => Promise<Page<T>>,
): Promise<Connection<T>> {
  const first = pageSize(page);
  let cursor: ListCursor = page.after
    ? decodeListCursor(listId, page.after)
    : { position: undefined, size: first, skip: 0 };
  const isStart = cursor.position === undefined;
  let got = await read({ position: cursor.position, limit: cursor.size });
  for (
    let passed = 0;
    got.items.length <= cursor.skip && got.next !== undefined && passed < maxEmptyPages;
    passed += 1
  ) {
    cursor = { position: got.next, size: cursor.size, skip: 0 };
    got = await read({ position: cursor.position, limit: cursor.size });
  }
  const items = got.items.slice(cursor.skip, cursor.skip + first);
  const taken = cursor.skip + items.length;
  const isCut = taken < got.items.length;
  const after = (count: number): ListCursor =>
    count === got.items.length && got.next !== undefined
      ? { position: got.next, size: cursor.size, skip: 0 }
      : { position: cursor.position, size: cursor.size, skip: count };
  const edges = items.map((node, index) => ({
    cursor: encodeListCursor(listId, after(cursor.skip + index + 1)),
    node,
  }));
  // After many empty pages of the vendor a client goes on from the next one, although it has seen no edge.
  const onwards =
    got.next === undefined ? null : encodeListCursor(listId, { position: got.next, size: cursor.size, skip: 0 });
  return {
    edges,
    nodes: items,
    pageInfo: { hasNextPage: isCut || got.next !== undefined, endCursor: edges.at(-1)?.cursor ?? onwards },
    totalCount: got.totalCount ?? (isStart && got.next === undefined ? got.items.length : null),
  };
}

/** The same page with other nodes; `give` is called once for each. */
export function mapConnection<T, U>(connection: Connection<T>, give: (item: T) => U): Connection<U> {
  const edges = connection.edges.map(({ cursor, node }) => ({ cursor, node: give(node) }));
  return { ...connection, edges, nodes: edges.map((edge) => edge.node) };
}
