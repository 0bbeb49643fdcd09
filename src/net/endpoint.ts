import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

type Shape = Readonly<Record<string, z.ZodType>>;

/** What a call draws from one rate limit. */
export interface Draw {
  /** The limit's id in the catalogue. */
  readonly bucket: string;
  /** The list parameter whose items are counted; each call counts as one when left out. */
  readonly cost?: string;
  /** The parameter whose value tells one bucket from another, for limits of a user, group or chatroom. */
  readonly by?: string;
}

/** One entry of a vendor's table: what the client, the limits, the retry rule and the coverage report read. */
export interface Endpoint<P = Record<string, unknown>, R = unknown> {
  /** As in the catalogue: `vendor.area.verb`. */
  readonly id: string;
  readonly method: Method;
  /** With `{placeholders}`; may hold fixed query parameters. */
  readonly path: string;
  readonly query: Shape;
  readonly body: Shape;
  readonly bodyKind: 'none' | 'form' | 'json' | 'whole' | 'wholeForm';
  readonly reply: z.ZodType<R>;
  readonly limits: readonly Draw[];
  readonly batch: { readonly param: string; readonly max: number } | undefined;
  readonly idempotent: boolean;
  readonly readOnly: boolean;
  readonly auth: 'app' | 'none';
  readonly errors: Readonly<Record<string, ErrorCode>>;
  readonly host: string | undefined;
  /** Checks and encodes the parameters of a call. */
  readonly params: z.ZodType<Record<string, unknown>, P>;
}

/** Text of at least one character and at most `max` bytes in UTF-8, as vendors count. */
export const bytes = (max: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= max, { error: `must be at most ${max} bytes` });

/** Text of at most `max` bytes that may be empty. */
export const optionalBytes = (max: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= max, { error: `must be at most ${max} bytes` });

/** 1 to `max` items, sent as the vendor sends lists: repeated, bracketed, or a JSON array. */
export const list = <T extends z.ZodType>(item: T, max: number) => z.array(item).min(1).max(max);

/** 1 to `max` items sent as one value joined by commas. */
export const commaList = <T extends z.ZodType<string>>(item: T, max: number) =>
  list(item, max).transform((items) => items.join(','));

/** A value sent as JSON text inside a form or string. */
export const jsonText = <T extends z.ZodType>(value: T) => value.transform((inner) => JSON.stringify(inner));

/** A vendor's 64-bit id: text, however the vendor writes it. */
export const id64 = z.union([z.string(), z.number(), z.bigint()]).transform(String);

/** A payload nobody reads. */
export const empty = z.unknown();

/** A segment of a path. A dot segment would be resolved away by URL parsers, and an empty one changes the path's meaning. */
export const pathSegment = z
  .string()
  .min(1)
  .refine((text) => text !== '.' && text !== '..', { error: 'must not be a dot segment' });
