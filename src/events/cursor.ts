import { AppError } from '../errors.ts';
import type { Position } from './log.ts';

const maxCursorLength = 4096;
const maxOffset = Number.MAX_SAFE_INTEGER;

/** A place in the streams of one or several apps, as one opaque text. */
export function encodeEventCursor(positions: ReadonlyMap<string, Position>): string {
  const places = [...positions].map(([app, { epoch, offset }]) => [app, epoch, offset]);
  return Buffer.from(JSON.stringify(places)).toString('base64url');
}

/** Throws `BAD_CURSOR` for anything malformed, and for places in apps other than those given. */
export function decodeEventCursor(text: string, apps: readonly string[]): Map<string, Position> {
  const bad = new AppError('BAD_CURSOR', 'The cursor is malformed, or belongs to another stream.', { input: 'after' });
  if (text.length > maxCursorLength || !/^[\w-]+$/.test(text)) throw bad;
  let places: unknown;
  try {
    places = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw bad;
  }
  if (!Array.isArray(places) || places.length === 0 || places.length > 100) throw bad;
  return new Map(
    places.map((place: unknown) => {
      if (!Array.isArray(place) || place.length !== 3) throw bad;
      const [app, epoch, offset] = place as unknown[];
      if (typeof app !== 'string' || !apps.includes(app) || typeof epoch !== 'string') throw bad;
      if (typeof offset !== 'number' || !Number.isInteger(offset) || offset < 0 || offset > maxOffset) throw bad;
      return [app, { epoch, offset }] as const;
    }),
  );
}
