import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EventPayload } from '../../../domain/event.ts';
import { dataOf, dataText } from '../../../net/data-text.ts';
import { maxIdLength } from '../../vendor.ts';
import type { Body } from './body.ts';

/** One thing that a callback tells. */
export interface Told {
  readonly payload: EventPayload;
  /** When the callback tells it better than by its own time. */
  readonly occurredAt?: Date | null | undefined;
  /** When the catalogue's key is not enough. */
  readonly dedupeKey?: string | undefined;
}

/** What a callback tells; undefined for one of another shape than the vendor documents. */
export type Reader = (body: Body) => readonly Told[] | undefined;

/** A reader of callbacks whose fields fit a schema. What is not among them is not looked at. */
export const reading =
  <T>(schema: z.ZodType<T>, tell: (fields: T) => Told | undefined): Reader =>
  (body) => {
    const parsed = schema.safeParse(body);
    const told = parsed.success ? tell(parsed.data) : undefined;
    return told && [told];
  };

const someText = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1));

/** An id without which nothing can be told. In a form every field is text. */
export const id = someText.pipe(z.string().max(maxIdLength));

/** Text, or null for none and for what is no text. */
export const text = someText.nullable().catch(null);

/** Ids without which nothing can be told. In a form a list is JSON text. */
export const ids = z.preprocess((value) => (typeof value === 'string' ? dataOf(value) : value), z.array(id));

/** At least one. */
export const someIds = ids.refine((list) => list.length > 0);

/** A whole number; undefined when it is missing or none. */
export const whole = z
  .union([z.number(), z.string()])
  .transform((value) => (value === '' || !Number.isSafeInteger(Number(value)) ? undefined : Number(value)))
  .optional()
  .catch(undefined);

const latestMs = 1e14;
/** Seconds have no more digits than this for some thousand years. */
const mostSeconds = 1e11;

/** Seconds or milliseconds, as a number or text; null when it is neither. */
export function momentOf(value: unknown): Date | null {
  const time = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  if (!Number.isFinite(time) || time <= 0 || time > latestMs) return null;
  return new Date(time < mostSeconds ? time * 1000 : time);
}

export const moment = z.unknown().optional().transform(momentOf);

const longestKey = 300;

/** What identifies an event. Long keys are hashed. */
export function keyOf(event: string, parts: readonly unknown[]): string {
  const key = `${event}:${parts.map((part) => dataText(part ?? '')).join(':')}`;
  return key.length <= longestKey ? key : `${event.slice(0, 64)}:${hash(key)}`;
}

export const hash = (value: unknown): string => createHash('sha256').update(dataText(value)).digest('hex').slice(0, 32);
