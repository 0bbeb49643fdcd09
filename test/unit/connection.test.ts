import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Page, PageRequest } from '../../src/domain/page.ts';
import { AppError } from '../../src/errors.ts';
import { readConnection } from '../../src/gateway/connection.ts';
import { decodeListCursor, encodeListCursor } from '../../src/gateway/cursor.ts';

const items = Array.from({ length: 57 }, (_, index) => index);

/** Vendors' ways of paging: by number, by offset token, and everything at once. */
const vendors: Record<string, (request: PageRequest) => Promise<Page<number>>> = {
  'page number': async ({ position = '1', limit }) => {
    const start = (Number(position) - 1) * limit;
    const page = items.slice(start, start + limit);
    return {
      items: page,
      next: start + limit < items.length ? String(Number(position) + 1) : undefined,
      totalCount: items.length,
    };
  },
  'token, pages of the vendor’s own size': async ({ position = '0' }) => {
    const start = Number(position);
    return { items: items.slice(start, start + 7), next: start + 7 < items.length ? String(start + 7) : undefined };
  },
  'the whole list': async () => ({ items }),
};

describe.each(Object.entries(vendors))('%s', (_, read) => {
  test.each([1, 3, 7, 20, 100])('pages of %i give everything once, in order', async (first) => {
    const seen: number[] = [];
    let after: string | undefined;
    for (let page = 0; page < 100; page += 1) {
      const connection = await readConnection('list', { first, after }, read);
      seen.push(...connection.nodes);
      expect(connection.nodes.length).toBeLessThanOrEqual(first);
      if (!connection.pageInfo.hasNextPage) break;
      after = connection.pageInfo.endCursor ?? undefined;
    }
    expect(seen).toEqual(items);
  });

  test.each([1, 3, 5, 20, 40, 100])(
    'a page of %i after any edge of another is full while there is more',
    async (first) => {
      for (const begun of [2, 5, 50]) {
        const { edges } = await readConnection('list', { first: begun }, read);
        for (const [index, { cursor }] of edges.entries()) {
          const { nodes, pageInfo } = await readConnection('list', { first, after: cursor }, read);
          expect(nodes).toEqual(items.slice(index + 1, index + 1 + first));
          expect(pageInfo.hasNextPage).toBe(index + 1 + first < items.length);
        }
      }
    },
  );

  test('every edge has a cursor that goes on right after it', async () => {
    const { edges } = await readConnection('list', { first: 20 }, read);
    for (const { cursor, node } of edges) {
      const { nodes } = await readConnection('list', { first: 1, after: cursor }, read);
      expect(nodes[0] ?? node + 1).toBe(node + 1);
    }
  });
});

describe('a list that changes while it is read', () => {
  /** A list that is read in pages by number, or whole, or by places. */
  const ways: Record<string, (list: readonly number[]) => (request: PageRequest) => Promise<Page<number>>> = {
    'in pages by number':
      (list) =>
      async ({ position = '0', limit }) => {
        const start = Number(position);
        return {
          items: list.slice(start, start + limit),
          next: start + limit < list.length ? String(start + limit) : undefined,
        };
      },
    whole: (list) => async () => ({ items: list }),
    'by places':
      (list) =>
      async ({ position = '1000', limit }) => {
        const rest = list.filter((item) => item < Number(position));
        const page = rest.slice(0, limit);
        return { items: page, placeOf: String, next: rest.length > limit ? String(page.at(-1)) : undefined };
      },
  };

  test.each(Object.entries(ways))(
    '%s: what comes in front of a place is not given after it, and repeats nothing',
    async (_, way) => {
      let list = Array.from({ length: 60 }, (__, index) => 60 - index);
      const seen: number[] = [];
      for (let after: string | null | undefined; ; ) {
        const { nodes, pageInfo } = await readConnection('list', { first: 7, after }, way(list));
        seen.push(...nodes);
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
        const newest = list[0] ?? 0;
        list = [newest + 3, newest + 2, newest + 1, ...list];
      }
      expect(seen).toEqual(Array.from({ length: 60 }, (__, index) => 60 - index));
    },
  );

  test.each(Object.entries(ways))('%s: an entry that is gone is no end of the list', async (_, way) => {
    const list = [5, 4, 3, 2, 1];
    const { pageInfo } = await readConnection('list', { first: 2 }, way(list));
    const { nodes } = await readConnection('list', { first: 9, after: pageInfo.endCursor }, way([5, 3, 2, 1]));
    expect(nodes.slice(-2)).toEqual([2, 1]);
  });

  describe.each(Object.entries(ways))('%s: what goes from a page hides nothing that comes after it', (_, way) => {
    test.each<[string, number, (seen: readonly number[]) => readonly number[]]>([
      ['the entry last seen', 1, (seen) => seen.slice(-1)],
      ['everything seen', 3, (seen) => seen],
      ['the last two seen', 4, (seen) => seen.slice(-2)],
      ['the entry seen first', 4, (seen) => seen.slice(0, 1)],
    ])('%s', async (__, first, gone) => {
      const all = Array.from({ length: 15 }, (___, index) => 15 - index);
      let list: readonly number[] = all;
      const seen: number[] = [];
      for (let after: string | null | undefined; seen.length < 20; ) {
        const { nodes, pageInfo } = await readConnection('list', { first, after }, way(list));
        seen.push(...nodes);
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
        const left = gone(nodes);
        list = list.filter((each) => !left.includes(each));
      }
      expect(seen).toEqual(all);
    });
  });

  test('what stood before an entry is remembered for 100 entries', async () => {
    const all = Array.from({ length: 300 }, (_, index) => index);
    const { edges } = await readConnection('list', { first: 100 }, async () => ({ items: all }));
    const after = edges.at(-1)?.cursor;
    const { edges: further } = await readConnection('list', { first: 100, after }, async () => ({ items: all }));
    const last = further.at(-1)?.cursor ?? '';
    expect(last.length).toBeLessThan(700);
    const { nodes } = await readConnection('list', { first: 1, after: last }, async () => ({ items: all.slice(200) }));
    // Those that it does not remember count as still there.
    expect(nodes).toEqual([299]);
    const some = async () => ({ items: [...all.slice(0, 120), ...all.slice(200)] });
    expect((await readConnection('list', { first: 1, after: last }, some)).nodes).toEqual([200]);
  });

  test('an entry is known again whatever else of it has changed', async () => {
    const old = [
      { groupId: 'a', name: 'x' },
      { groupId: 'b', name: 'y' },
      { groupId: 'c', name: 'z' },
    ];
    const { edges } = await readConnection('list', { first: 2 }, async () => ({ items: old }));
    const changed = [{ groupId: 'new', name: 'n' }, ...old.map((each) => ({ ...each, name: 'other' }))];
    const { nodes } = await readConnection('list', { after: edges[1]?.cursor }, async () => ({ items: changed }));
    expect(nodes).toEqual([{ groupId: 'c', name: 'other' }]);
  });

  test('an entry that is not found costs three pages more at the most', async () => {
    let reads = 0;
    let serial = 0;
    const read = async ({ position = '0', limit }: PageRequest): Promise<Page<number>> => {
      reads += 1;
      serial += 10_000;
      const start = Number(position) + serial;
      return {
        items: Array.from({ length: limit }, (_, index) => start + index),
        next: String(Number(position) + limit),
      };
    };
    const { edges } = await readConnection('list', { first: 3 }, read);
    reads = 0;
    await readConnection('list', { first: 3, after: edges[1]?.cursor }, read);
    expect(reads).toBe(4);
  });
});

test('an empty page of a vendor is passed over', async () => {
  const read = async ({ position = '0' }: PageRequest): Promise<Page<string>> =>
    position === '2' ? { items: ['x'] } : { items: [], next: String(Number(position) + 1) };
  const { nodes } = await readConnection('list', {}, read);
  expect(nodes).toEqual(['x']);
});

test('a page is filled from a vendor’s pages that come short, ten of them at most', async () => {
  let reads = 0;
  const read = async ({ position = '0' }: PageRequest): Promise<Page<string>> => {
    reads += 1;
    return { items: [position], next: String(Number(position) + 1) };
  };
  const { nodes, pageInfo } = await readConnection('list', { first: 3 }, read);
  expect([nodes, pageInfo.hasNextPage, reads]).toEqual([['0', '1', '2'], true, 3]);
  const wide = await readConnection('list', { first: 100 }, read);
  expect([wide.nodes.length, reads]).toEqual([10, 13]);
  const { nodes: onwards } = await readConnection('list', { first: 2, after: wide.pageInfo.endCursor }, read);
  expect(onwards).toEqual(['10', '11']);
});

test.each([0, -1, 101, 1.5])('first: %d is refused with the bound', async (first) => {
  await expect(readConnection('list', { first }, vendors['the whole list'] as never)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    details: { input: 'first' },
  });
});

test('a cursor of another list is BAD_CURSOR', () => {
  const cursor = encodeListCursor('one', { position: '5', size: 20, skip: 3 });
  expect(decodeListCursor('one', cursor)).toEqual({ position: '5', size: 20, skip: 3 });
  expect(() => decodeListCursor('other', cursor)).toThrow(expect.objectContaining({ code: 'BAD_CURSOR' }));
});

test('whatever text is given as a cursor, only BAD_CURSOR comes out', () => {
  const json = fc.json().map((text) => Buffer.from(text).toString('base64url'));
  fc.assert(
    fc.property(fc.oneof(fc.string(), json, fc.base64String()), (text) => {
      try {
        decodeListCursor('list', text);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect((error as AppError).code).toBe('BAD_CURSOR');
      }
    }),
    { numRuns: 2000 },
  );
});
