import { expect, test } from 'vitest';
import type { PageRequest } from '../../src/domain/page.ts';
import { AppError } from '../../src/errors.ts';
import { ListSearch } from '../../src/gateway/list-search.ts';

/** A list of numbers from 0 in pages of ten, and how often it was read. */
function listOf(length: number) {
  const requests: PageRequest[] = [];
  const search = new ListSearch<number>(async (request) => {
    requests.push(request);
    const start = Number(request.position ?? 0);
    const items = Array.from({ length: Math.min(10, length - start) }, (_, index) => start + index);
    return { items, next: start + 10 < length ? String(start + 10) : undefined };
  });
  return { search, requests };
}

test('reads no further than to the entry, and no page twice', async () => {
  const { search, requests } = listOf(50);
  expect(await search.find((item) => item === 15)).toBe(15);
  expect(requests.map(({ position }) => position)).toEqual([undefined, '10']);
  expect(await search.find((item) => item === 3)).toBe(3);
  expect(await search.find((item) => item === 21)).toBe(21);
  expect(requests).toHaveLength(3);
});

test('those who look at the same time share the pages', async () => {
  const { search, requests } = listOf(30);
  const found = await Promise.all([29, 5, 12, 99].map((wanted) => search.find((item) => item === wanted)));
  expect(found).toEqual([29, 5, 12, null]);
  expect(requests).toHaveLength(3);
});

test('an empty list has nothing', async () => {
  const { search, requests } = listOf(0);
  expect(await search.find(() => true)).toBeNull();
  expect(await search.find(() => true)).toBeNull();
  expect(requests).toHaveLength(1);
});

test('gives up after 20 pages, loudly, and still finds what it has read', async () => {
  const { search, requests } = listOf(1000);
  await expect(search.find((item) => item === 999)).rejects.toMatchObject({ code: 'LIMIT_REACHED' });
  expect(await search.find((item) => item === 199)).toBe(199);
  expect(requests).toHaveLength(20);
});

test('a page that could not be read fails those who wait, and is asked for again by the next', async () => {
  let isDown = true;
  const search = new ListSearch<number>(async () => {
    if (isDown) throw new AppError('VENDOR_UNAVAILABLE');
    return { items: [7] };
  });
  await expect(search.find((item) => item === 7)).rejects.toMatchObject({ code: 'VENDOR_UNAVAILABLE' });
  isDown = false;
  expect(await search.find((item) => item === 7)).toBe(7);
});
