import { createHash } from 'node:crypto';
import type { ToldEvent } from '../../../domain/event.ts';
import type { CallbackRequest } from '../../vendor.ts';
import { type JsonObject, objectOf, textOf } from '../json.ts';
import { parseMillis } from '../time.ts';
import type { CallbackBody } from './body.ts';
import type { Shape } from './shapes.ts';

/** The one event of a callback that is known by its name at most. Takes when it was signed, for those without a time. */
export function unknownEvent(
  body: CallbackBody,
  shape: Shape | undefined,
  request: CallbackRequest,
  signedAt: Date,
): ToldEvent {
  const [first = {}] = body.items;
  const callback = shape?.id ?? textOf(first['type']) ?? 'unknown';
  return {
    dedupeKey: `${callback}:${hashOf(identityOf(body, shape) ?? request.body)}`,
    occurredAt:
      parseMillis(first['time']) ?? parseMillis(first['optTime']) ?? parseMillis(first['timestamp']) ?? signedAt,
    payload: { type: 'UNKNOWN', callback },
  };
}

/** The values that the catalogue names; undefined when none of them is there. */
function identityOf({ items }: CallbackBody, shape: Shape | undefined): string | undefined {
  const values = items.flatMap((item) => shape?.dedupe.map((path) => valueAt(item, path)) ?? []);
  return values.some((value) => value !== undefined) ? JSON.stringify(values.map((value) => value ?? null)) : undefined;
}

const valueAt = (item: JsonObject, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((inner, name) => (Object.hasOwn(objectOf(inner), name) ? objectOf(inner)[name] : undefined), item);

/** A short text for one of any length. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
