import type { ToldEvent } from '../../../domain/event.ts';
import { AppError } from '../../../errors.ts';
import type { CallbackRequest, ReadCallback } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { asObject, type JsonObject, objectOf, textOf } from '../json.ts';
import { parseMillis, signedMillis } from '../time.ts';
import { bodyOf, type CallbackBody } from './body.ts';
import { hash, keyOf, longestKey, type Told } from './fields.ts';
import { findShape, type Shape, unwrapped } from './shapes.ts';

/**
 * Reads a verified callback: an event for each thing that it tells, `UNKNOWN` for what has another shape than the vendor
 * documents. Throws `BAD_USER_INPUT` for a body that is neither a form nor JSON.
 */
export function readCallback(request: CallbackRequest, config: Config): ReadCallback {
  const given = bodyOf(request);
  if (!given) throw new AppError('BAD_USER_INPUT', 'The body is neither a form nor JSON.');
  const bare = findShape(given);
  const body = bare ? given : unwrapped(given);
  const signedAt = timeOf(request);
  const shape = bare ?? findShape(body);
  if (!shape) return { id: null, events: [nameless(body, request, signedAt)] };
  return {
    id: idOf(shape),
    events: itemsOf(body, shape).flatMap((item) => eventsOf(item, shape, config, signedAt)),
  };
}

export const idOf = ({ name }: Pick<Shape, 'name'>): string => `rongcloud.callback.${name}`;

/** When the callback was signed: the time of events that have none of their own. */
export function timeOf({ query, headers }: CallbackRequest): Date {
  const text = query.get('timestamp') ?? query.get('signTimestamp') ?? headers['timestamp'];
  return parseMillis(text && signedMillis(text)) ?? new Date(0);
}

/** One thing told, with what identifies it. */
interface Item {
  readonly fields: JsonObject;
  readonly key: string;
}

function itemsOf({ items }: CallbackBody, shape: Shape): readonly Item[] {
  return items.flatMap((item) => {
    const { list } = shape;
    if (list === undefined) return [{ fields: item, key: itemKey(shape, item) }];
    const told = listOf(item[list]);
    // A wrapper without anything in it is kept as it is.
    if (told.length === 0) return [{ fields: item, key: itemKey(shape, item) }];
    // Looked for once: the wrapper holds all that its items do.
    const parts = partsOf(shape, item);
    return told.map((each, index) => ({ fields: asObject(each), key: keyOf(shape.name, parts([index])) }));
  });
}

/** What a wrapper tells: a list, or the one thing itself. */
export const listOf = (told: unknown): readonly unknown[] =>
  Array.isArray(told) ? told : Object.keys(asObject(told)).length > 0 ? [told] : [];

/** What the catalogue names; where some of that is missing, everything. */
export const itemKey = (shape: Shape, item: JsonObject): string => keyOf(shape.name, partsOf(shape, item)([]));

/** The parts of an item's key, with what else tells its events apart. */
function partsOf({ dedupe }: Shape, item: JsonObject): (more: readonly unknown[]) => readonly unknown[] {
  const parts = dedupe.map((path) => valueAt(item, path));
  const isWhole = parts.every((part) => part !== undefined && part !== null);
  const all = isWhole ? [] : [hash(item)];
  const isLong = (JSON.stringify(parts)?.length ?? 0) > longestKey;
  const short = isLong ? [hash(parts)] : parts;
  return (more) => [...short, ...more, ...all];
}

const valueAt = (item: JsonObject, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((inner, name) => (Object.hasOwn(objectOf(inner), name) ? objectOf(inner)[name] : undefined), item);

function eventsOf({ fields, key }: Item, shape: Shape, config: Config, signedAt: Date): readonly ToldEvent[] {
  const read = shape.read?.(fields, config);
  const told: readonly Told[] = Array.isArray(read) ? read : [read ?? unknownOf(fields, shape)];
  return told.map(({ dedupeKey = key, occurredAt, payload }) => ({
    dedupeKey,
    occurredAt: occurredAt ?? signedAt,
    payload,
  }));
}

const unknownOf = (fields: JsonObject, shape: Shape): Told => ({
  occurredAt: ownTime(fields) ?? null,
  payload: { type: 'UNKNOWN', callback: idOf(shape) },
});

/** A callback that no shape fits is told apart by all that it says. */
function nameless({ items: [first = {}] }: CallbackBody, request: CallbackRequest, signedAt: Date): ToldEvent {
  const callback = textOf(first['type']) ?? 'unknown';
  return {
    dedupeKey: keyOf(callback, [hash(request.body)]),
    occurredAt: ownTime(first) ?? signedAt,
    payload: { type: 'UNKNOWN', callback },
  };
}

/** The time that a callback says under one of the vendor's names. */
const ownTime = (fields: JsonObject): Date | undefined =>
  ['time', 'optTime', 'timestamp', 'msgTimestamp', 'msgTimeStamp']
    .map((name) => parseMillis(fields[name]))
    .find((time) => time !== null);
