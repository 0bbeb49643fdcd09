import { serialize } from 'node:v8';
import type { ToldEvent } from '../domain/event.ts';
import type { ReadCallback } from '../vendors/vendor.ts';

/** How much one callback may tell. */
interface CallbackBounds {
  readonly maxEventsPerCallback: number;
  /** Of all its events together, without the callback itself. */
  readonly maxBytesPerCallback: number;
}

/** What holds for callbacks that no signature proves: whoever knows the path can make them. */
export interface UnsignedBounds extends CallbackBounds {
  readonly maxBodyBytes: number;
  /** Of an app. A callback without an event counts as one. */
  readonly maxEventsPerMinute: number;
  readonly maxBytesPerMinute: number;
}

export interface IntakeBounds extends CallbackBounds {
  readonly unsigned: UnsignedBounds;
}

export const defaultIntakeBounds: IntakeBounds = {
  maxEventsPerCallback: 1_000,
  maxBytesPerCallback: 8 * 1024 * 1024,
  unsigned: {
    maxEventsPerCallback: 100,
    maxBytesPerCallback: 256 * 1024,
    maxBodyBytes: 64 * 1024,
    maxEventsPerMinute: 6_000,
    maxBytesPerMinute: 16 * 1024 * 1024,
  },
};

/**
 * What a callback tells, or one `UNKNOWN` event in its place where that is more than it may tell: the log keeps the callback whole beside
 * it, so that nothing is lost, and nobody can make much of little.
 */
export function withinBounds(read: ReadCallback, bounds: CallbackBounds): ReadCallback {
  const { id, events } = read;
  const [first] = events;
  // The body of a callback is bounded, and so is what one event can tell of it.
  if (!first || events.length === 1 || fits(events, bounds)) return read;
  const { dedupeKey, occurredAt } = first;
  const whole: ToldEvent = {
    dedupeKey: `whole|${dedupeKey}`,
    occurredAt,
    payload: { type: 'UNKNOWN', callback: id ?? 'unnamed' },
  };
  return { id, events: [whole] };
}

function fits(events: readonly ToldEvent[], { maxEventsPerCallback, maxBytesPerCallback }: CallbackBounds): boolean {
  if (events.length > maxEventsPerCallback) return false;
  let bytes = 0;
  return events.every((event) => {
    bytes += serialize(event).byteLength;
    return bytes <= maxBytesPerCallback;
  });
}
