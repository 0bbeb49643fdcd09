import { describe, expect, test } from 'vitest';
import { Takes } from '../../src/limits/takes.ts';
import { type Claim, defaultLimitOptions } from '../../src/limits/window-use.ts';

/** A take is held for the window's length, what clocks may differ by, and a millisecond of rounding. */
const freeAfter = (seconds: number) => seconds * 1000 * 1.0002 + 1;

const claim = (cost: number, more: Partial<Claim> = {}): Claim => ({
  cost,
  viewer: 'a',
  part: 1,
  held: undefined,
  othersAt: () => Number.NEGATIVE_INFINITY,
  ...more,
});

const takesOf = (count: number, seconds = 1, more: { readonly dayOffsetMinutes?: number } = {}) =>
  new Takes([{ count, seconds, ...more }], defaultLimitOptions);

describe('what was taken', () => {
  test('is held until a window’s length after its answer', () => {
    const takes = takesOf(1);
    takes.add(claim(1), 100);
    takes.settle(1, 100, 'a', 150);
    expect(takes.fit(claim(1), 200)).toEqual({ at: 150 + freeAfter(1), isOwnShare: false });
    expect([takes.used(150 + freeAfter(1) - 1), takes.used(150 + freeAfter(1))]).toEqual([[1], [0]]);
    expect(takes.fit(claim(1), 2000)).toEqual({ at: 2000, isOwnShare: false });
  });

  test('is held without end while its call is under way, and expected back after what calls took of late', () => {
    const takes = takesOf(1);
    takes.add(claim(1), 0);
    // 100 ms until something is known.
    expect(takes.fit(claim(1), 10).at).toBe(100 + freeAfter(1));
    expect(takes.used(1e9)).toEqual([1]);
    takes.settle(1, 0, 'a', 600);
    takes.add(claim(1), 2000);
    // A tenth of the way from 100 to 600.
    expect(takes.fit(claim(1), 2000).at).toBe(2150 + freeAfter(1));
  });

  test('is not counted before it was granted, whatever is said of its answer', () => {
    const takes = takesOf(1);
    takes.add(claim(1), 1000);
    takes.settle(1, 1000, 'a', 10);
    expect(takes.fit(claim(1), 1100).at).toBe(1000 + freeAfter(1));
  });

  test('is settled, assigned and given back by its units, moment and viewer together', () => {
    for (const [cost, at, viewer] of [
      [2, 0, 'a'],
      [1, 1, 'a'],
      [1, 0, 'b'],
    ] as const) {
      const takes = takesOf(5);
      takes.add(claim(1), 0);
      takes.remove(cost, at, viewer);
      takes.settle(cost, at, viewer, 10);
      takes.assign(cost, at, viewer, new Map([['c', 1]]));
      expect(takes.used(1e6)).toEqual([1]);
    }
    const takes = takesOf(5);
    takes.add(claim(3), 0);
    takes.remove(3, 0, 'a');
    expect([takes.used(0), takes.isIdle(0)]).toEqual([[0], true]);
  });

  test('is held in every window, and the longest wait counts', () => {
    const takes = new Takes(
      [
        { count: 1, seconds: 1 },
        { count: 2, seconds: 60 },
      ],
      defaultLimitOptions,
    );
    for (const at of [0, 2000]) {
      takes.add(claim(1), at);
      takes.settle(1, at, 'a', at);
    }
    expect([takes.used(2001), takes.used(4000)]).toEqual([
      [1, 2],
      [0, 2],
    ]);
    expect(takes.fit(claim(1), 4000).at).toBe(freeAfter(60));
  });

  test('of a calendar day is free after midnight there and five seconds', () => {
    const day = 86_400_000;
    const takes = takesOf(1, 86_400, { dayOffsetMinutes: 480 });
    takes.add(claim(1), 1000);
    takes.settle(1, 1000, 'a', 1000);
    // Eight hours ahead of UTC, the day ends at 16:00.
    expect(takes.fit(claim(1), 2000).at).toBe(day - 480 * 60_000 + 5_000);
  });
});

describe('a claim', () => {
  test('fits as long as there is room for all of it, and never where it is more than the window', () => {
    const takes = takesOf(5);
    takes.add(claim(3), 0);
    takes.settle(3, 0, 'a', 0);
    expect([takes.fit(claim(2), 1).at, takes.fit(claim(3), 1).at]).toEqual([1, freeAfter(1)]);
    expect(takes.fit(claim(6), 1)).toEqual({ at: Number.POSITIVE_INFINITY, isOwnShare: false });
    expect(takes.fit(claim(5), 9000).at).toBe(9000);
  });

  test('leaves what is kept for one that waits longer, unless that comes after the window', () => {
    const takes = takesOf(5);
    expect(takes.fit(claim(3, { held: { units: 2, from: 500 } }), 0).at).toBe(0);
    expect(takes.fit(claim(4, { held: { units: 2, from: 500 } }), 0).at).toBeGreaterThan(0);
    expect(takes.fit(claim(4, { held: { units: 2, from: 1000 } }), 0).at).toBe(0);
  });

  test('is within its viewer’s share while others were active, half of what they leave', () => {
    const takes = takesOf(10, 10);
    takes.add(claim(5), 0);
    takes.settle(5, 0, 'a', 0);
    const others = { othersAt: () => 0 };
    expect(takes.fit(claim(1, others), 1)).toEqual({ at: freeAfter(10), isOwnShare: true });
    expect(takes.fit(claim(1, { ...others, viewer: 'b' }), 1)).toEqual({ at: 1, isOwnShare: false });
    // A part of a call that several share is so much less of it.
    expect(takes.fit(claim(5, { ...others, viewer: 'b', part: 0.5 }), 1).at).toBe(1);
    // Ten lengths after the others were last active nothing is kept for them.
    expect(takes.fit(claim(1, others), 100_001)).toMatchObject({ isOwnShare: false });
    expect(takes.fit(claim(1), 1)).toEqual({ at: 1, isOwnShare: false });
  });

  test('is within half of what the others leave, where that is more than its fair part', () => {
    const takes = takesOf(10, 10);
    takes.add(claim(1, { viewer: 'b' }), 0);
    takes.add(claim(3), 0);
    // A third for each of a, b and those who were active; the others leave nine.
    const others = { othersAt: () => 0 };
    expect(takes.fit(claim(1, others), 1)).toEqual({ at: 1, isOwnShare: false });
    expect(takes.fit(claim(2, others), 1).isOwnShare).toBe(true);
  });

  test('counts what was taken for several viewers as the part of each', () => {
    const takes = takesOf(8, 10);
    takes.add(claim(4), 0);
    takes.assign(
      4,
      0,
      'a',
      new Map([
        ['a', 0.25],
        ['b', 0.75],
      ]),
    );
    const others = { othersAt: () => 0 };
    expect(takes.fit(claim(1, others), 1).isOwnShare).toBe(false);
    expect(takes.fit(claim(1, { ...others, viewer: 'b' }), 1).isOwnShare).toBe(true);
    takes.settle(4, 0, 'a', 10);
    expect(takes.used(10 + freeAfter(10))).toEqual([0]);
  });
});

describe('a refusal of the vendor', () => {
  test('stops the bucket for as long as the vendor says, and for half a second at least', () => {
    const takes = takesOf(10);
    takes.penalize(0, undefined);
    expect(takes.fit(claim(1), 0)).toEqual({ at: 500, isOwnShare: false });
    expect([takes.fit(claim(1), 499).at, takes.fit(claim(1), 501).at]).toEqual([500, 501]);
    const told = takesOf(10);
    told.penalize(0, 3_000);
    expect(told.fit(claim(1), 0).at).toBe(3_000);
    expect([told.isIdle(2_999), told.refusals]).toEqual([false, 1]);
  });

  test('is believed for a minute, or for the longest window', () => {
    const [short, long] = [takesOf(10), takesOf(10, 3600)];
    for (const takes of [short, long]) takes.penalize(0, 1e9);
    expect([short.fit(claim(1), 0).at, long.fit(claim(1), 0).at]).toEqual([60_000, 3_600_000]);
  });

  test('after another doubles the pause, up to two seconds; those that come together count as one', () => {
    const takes = takesOf(10);
    const pauses: number[] = [];
    let now = 0;
    for (let index = 0; index < 4; index += 1) {
      takes.penalize(now, undefined);
      takes.penalize(now, undefined);
      const { at } = takes.fit(claim(1), now);
      pauses.push(at - now);
      now = at;
    }
    expect(pauses).toEqual([500, 1000, 2000, 2000]);
    expect(takes.refusals).toBe(8);
  });

  test('narrows the windows to seven tenths, a tenth at the least, and they widen by a tenth a second', () => {
    const takes = takesOf(100);
    takes.penalize(0, undefined);
    expect([takes.scale(0), takes.scale(999), takes.scale(1000), takes.scale(2000)]).toEqual([
      0.7, 0.7, 0.7999999999999999, 0.8999999999999999,
    ]);
    expect([takes.isIdle(2_500), takes.scale(3_000), takes.isIdle(3_000)]).toEqual([false, 1, true]);
    for (let index = 0; index < 9; index += 1) takes.penalize(10_000, undefined);
    expect(takes.scale(10_000)).toBe(0.1);
    // One call goes through, whatever it costs.
    expect(takes.fit(claim(40), 13_000).at).toBe(13_000);
  });

  test('leaves so much room as the narrowed windows have', () => {
    const takes = takesOf(15, 100);
    takes.penalize(0, undefined);
    // Seven tenths of 15, rounded down.
    takes.add(claim(9), 600);
    expect([takes.fit(claim(1), 700).at, takes.fit(claim(2), 700).at > 700]).toEqual([700, true]);
  });
});
