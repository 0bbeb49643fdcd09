import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EventPayload } from '../../../domain/event.ts';
import type { Receiver, ReceiverKind } from '../../../domain/message.ts';
import { maxIdLength } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { type JsonObject, numberOf, objectOf } from '../json.ts';
import { parseMillis } from '../time.ts';

/** What one item of a callback tells. */
export interface Told {
  readonly payload: EventPayload;
  /** When it happened; the callback's own time when it does not say. */
  readonly occurredAt?: Date | null;
  /** When the catalogue's key is not the event's, or not enough. */
  readonly dedupeKey?: string;
}

/** What an item tells, several things at once with keys of their own; undefined for one of another shape than the vendor documents. */
export type Reader = (item: JsonObject, config: Config) => Told | readonly KeyedTold[] | undefined;

export type KeyedTold = Told & { readonly dedupeKey: string };

/** A reader of items whose fields fit a schema. What is not among them is not looked at. */
export const reading =
  <T>(schema: z.ZodType<T>, tell: (fields: T, config: Config, item: JsonObject) => ReturnType<Reader>): Reader =>
  (item, config) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? tell(parsed.data, config, item) : undefined;
  };

const someText = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1));

/** An id without which nothing can be told. */
export const id = someText.pipe(z.string().max(maxIdLength));

/** Text, or null for none and for what is no text. */
export const text = someText.nullable().catch(null);

/** Ids without which nothing can be told. */
export const ids = z.array(id);

/** At least one. */
export const someIds = ids.min(1);

/** A number, also one that comes as text, as in forms; null for anything else. */
export const whole = z.unknown().optional().transform(numberOf);

/** Milliseconds; null for anything else. */
export const moment = z.unknown().optional().transform(parseMillis);

/** An object, also one that comes as JSON text; an empty one for anything else. */
export const object = z.unknown().optional().transform(objectOf);

/** 1 and 0, in whatever form; null for what is neither. */
export const flag = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'boolean') return value;
    const number = numberOf(value);
    return number === 1 ? true : number === 0 ? false : null;
  });

/** Callbacks name kinds of conversations by words or by numbers; those not named here have no place in the domain. */
const kinds: ReadonlyMap<string, ReceiverKind> = new Map([
  ['PERSON', 'direct'],
  ['GROUP', 'group'],
  ['TEMPGROUP', 'chatroom'],
  ['1', 'direct'],
  ['3', 'group'],
  ['4', 'chatroom'],
]);

/** The kind of a conversation by the vendor's word or number; undefined for kinds that have no place in the domain. */
export const kindOf = (kind: unknown): ReceiverKind | undefined =>
  typeof kind === 'string' || typeof kind === 'number' ? kinds.get(String(kind)) : undefined;

/** A conversation; undefined for those of a kind that has no place in the domain. */
export function receiverOf(kind: unknown, target: string): Receiver | undefined {
  const known = kindOf(kind);
  return known && { kind: known, id: target };
}

/** Characters. */
export const longestKey = 300;

/** What identifies an event among those of a kind. Long keys are hashed. */
export function keyOf(name: string, parts: readonly unknown[]): string {
  const key = `${name}:${JSON.stringify(parts.map((part) => part ?? null))}`;
  return key.length <= longestKey ? key : `${name.slice(0, 64)}:${hash(parts)}`;
}

export const hash = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('base64url');
