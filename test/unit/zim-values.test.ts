import { expect, test } from 'vitest';
import { dateOf, numberedPlaceOf, placeOf, positionOf } from '../../src/vendors/zim/adapters/values.ts';

test('a moment of the vendor is a date, where it is one that a date can be', () => {
  const latest = 8.64e15;
  expect([dateOf(1_700_000_000_000), dateOf(latest)]).toEqual([new Date(1_700_000_000_000), new Date(latest)]);
  for (const none of [0, -1, latest + 1, latest * 1.5, Number.NaN, undefined])
    expect(dateOf(none as number)).toBeNull();
});

test('a page begins where its position says, with the size of the first page, or at the start', () => {
  expect(placeOf({ limit: 7 }, 'start')).toEqual({ limit: 7, next: 'start' });
  expect(placeOf({ limit: 7, position: '20:a:b\nc' }, 'start')).toEqual({ limit: 20, next: 'a:b\nc' });
  expect(placeOf({ limit: 7, position: `100:${'x'.repeat(256)}` }, '').limit).toBe(100);
  expect(numberedPlaceOf({ limit: 7 })).toEqual({ limit: 7, next: 0 });
  expect(numberedPlaceOf({ limit: 7, position: '1:999999999999999' })).toEqual({ limit: 1, next: 999_999_999_999_999 });
});

test.each(['', 'x', ':x', '0:x', '1000:x', '-1:x', '1:', `1:${'x'.repeat(257)}`, ' 1:x'])(
  'a position such as %j is none',
  (position) => {
    expect(() => placeOf({ limit: 7, position }, '')).toThrow(expect.objectContaining({ code: 'BAD_CURSOR' }));
  },
);

test.each(['1:x', '1:1.5', '1:-1', '1:9999999999999999'])(
  'a position such as %j is none of a numbered list',
  (position) => {
    expect(() => numberedPlaceOf({ limit: 7, position })).toThrow(expect.objectContaining({ code: 'BAD_CURSOR' }));
  },
);

test('the next page begins where the vendor says, unless that is the end or where this one began', () => {
  const place = { limit: 20, next: 5 };
  expect([positionOf(place, '25'), positionOf(place, '5'), positionOf(place, undefined)]).toEqual([
    '20:25',
    undefined,
    undefined,
  ]);
  expect(positionOf({ limit: 3, next: 'a' }, 'b')).toBe('3:b');
});
