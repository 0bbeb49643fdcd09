import { appOf, isUnsigned, streamsOf } from '../domain/stream.ts';
import { AppError } from '../errors.ts';
import type { Position } from './log.ts';

const maxCursorLength = 8192;
const maxPlaces = 200;
const maxOffset = Number.MAX_SAFE_INTEGER;

/** A place in streams of one or several apps, as one opaque text. An unsigned stream without events is left out. */
export function encodeEventCursor(positions: ReadonlyMap<string, Position>): string {
  const places = [...positions]
    .filter(([stream, { offset }]) => offset > 0 || !isUnsigned(stream))
    .map(([stream, { epoch, offset }]) => [stream, epoch, offset]);
  return Buffer.from(JSON.stringify(places)).toString('base64url');
}

/**
 * The places of a cursor by stream; of an app that it has a place in, both streams have one. Throws `BAD_CURSOR` for anything
 * malformed, and for places in apps other than those given.
 */
export function decodeEventCursor(text: string, apps: readonly string[]): Map<string, Position> {
  const bad = new AppError('BAD_CURSOR', 'The cursor is malformed, or belongs to another stream.', { input: 'after' });
  if (text.length > maxCursorLength || !/^[\w-]+$/.test(text)) throw bad;
  let places: unknown;
  try {
    places = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw bad;
  }
  if (!Array.isArray(places) || places.length === 0 || places.length > maxPlaces) throw bad;
  const found = new Map(
    places.map((place: unknown) => {
      if (!Array.isArray(place) || place.length !== 3) throw bad;
      const [stream, epoch, offset] = place as unknown[];
      if (typeof stream !== 'string' || !apps.includes(appOf(stream)) || typeof epoch !== 'string') throw bad;
      if (typeof offset !== 'number' || !Number.isInteger(offset) || offset < 0 || offset > maxOffset) throw bad;
      return [stream, { epoch, offset }] as const;
    }),
  );
  for (const app of apps) {
    const [signed, unsigned] = streamsOf(app);
    const place = found.get(signed);
    if (place && !found.has(unsigned)) found.set(unsigned, { ...place, offset: 0 });
  }
  return found;
}
