import { serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { withinBounds } from '../../src/callbacks/bounds.ts';
import type { ToldEvent } from '../../src/domain/event.ts';
import type { ReadCallback } from '../../src/vendors/vendor.ts';

const event = (index: number): ToldEvent => ({
  dedupeKey: `key${index}`,
  occurredAt: new Date(index),
  payload: { type: 'UNKNOWN', callback: 'x'.repeat(100) },
});
const readOf = (count: number): ReadCallback => ({
  id: 'x.callback',
  events: Array.from({ length: count }, (_, index) => event(index)),
});
const bytesOf = (events: readonly ToldEvent[]) => events.reduce((sum, each) => sum + serialize(each).byteLength, 0);

describe('what a callback tells', () => {
  const three = readOf(3);
  const bytes = bytesOf(three.events);
  const whole = {
    id: 'x.callback',
    events: [
      {
        dedupeKey: 'whole|key0',
        occurredAt: new Date(0),
        payload: { type: 'UNKNOWN', callback: 'x.callback' },
      },
    ],
  };
  const within = (read: ReadCallback, maxEventsPerCallback: number, maxBytesPerCallback: number) =>
    withinBounds(read, { maxEventsPerCallback, maxBytesPerCallback });

  test('is told where it is as much as may be, in events and in bytes', () => {
    expect(within(three, 3, bytes)).toBe(three);
  });

  test('is one event in its place where it is more, of one or of the other', () => {
    expect(within(three, 2, bytes)).toEqual(whole);
    expect(within(three, 3, bytes - 1)).toEqual(whole);
  });

  test('is told where it is one event, or none, however large', () => {
    for (const read of [readOf(1), readOf(0)]) expect(within(read, 0, 0)).toBe(read);
  });

  test('has a name in any case', () => {
    expect(within({ id: undefined, events: three.events } as unknown as ReadCallback, 1, 1).events).toMatchObject([
      { payload: { callback: 'unnamed' } },
    ]);
  });
});
