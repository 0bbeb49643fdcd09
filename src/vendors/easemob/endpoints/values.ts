import { z } from 'zod';
import { bytes, id64 } from '../../../net/endpoint.ts';

// One path serves one id or many joined by commas, so an id that holds a comma would reach others' things.
const single = z.string().regex(/^[^,]*$/, { error: 'must not hold a comma' });

/** A user id: at most 64 bytes. */
export const userId = bytes(64).pipe(single);

/** The id of a group or chatroom: a decimal number that the vendor chose, or what the app chose. */
export const spaceId = z.string().regex(/^[a-z0-9]{1,64}$/, { error: 'must be of lower-case letters and digits' });

/** The id of a message. */
export const messageId = z.string().regex(/^\d{1,20}$/, { error: 'must be a decimal number' });

/** Text counted in characters, as this vendor does for everything but user ids. */
export const chars = (max: number) =>
  z.string().refine((text) => [...text].length <= max, { error: `must be at most ${max} characters` });

// --- replies: read what is used, tolerant of the rest (easemob.yaml, envelope) ---

/** An id, however it is written. */
export const id = id64;

/** A number, also one written as text. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);

/** As `numeric`; undefined for anything else. */
export const count = numeric.optional().catch(undefined);

/** A claim, also one written as text; undefined for anything else. */
export const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean().optional().catch(undefined),
);

/** Text; undefined for anything else. */
export const text = z.string().optional().catch(undefined);

/** A text that may be missing; empty is none. */
export const textOrNull = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => (value === '' || value === undefined ? null : value));

/** A moment in Unix milliseconds, as a number or text; null for none. */
export const moment = numeric
  .pipe(z.number().positive().max(8.64e15))
  .transform((ms) => new Date(ms))
  .nullish()
  .catch(null);

/** A list; a lone object counts as a list of one, nothing at all as an empty one. */
export const rows = <T extends z.ZodType>(row: T) =>
  z.preprocess(
    (value) => (Array.isArray(value) ? value : value === undefined || value === null || value === '' ? [] : [value]),
    z.array(row),
  );

/** What stands among the details of several things for one that is missing: a text, or an object with an error. */
const missing = z.union([z.string(), z.object({ error: z.string() })]).transform(() => null);

/** The details of several things, without those that are missing. */
export const detailRows = <T extends z.ZodType>(row: T) =>
  rows(z.union([missing, row])).transform((list) => list.filter((each) => each !== null));

const dataOf = (body: { data?: unknown }): unknown => body.data;

/** The payload under `data`. */
export const data = <T extends z.ZodType>(payload: T) =>
  z.object({ data: z.unknown().optional() }).transform(dataOf).pipe(payload);

/** The payload under `entities`. */
export const entities = <T extends z.ZodType>(row: T) =>
  z.object({ entities: rows(row) }).transform((body) => body.entities);

/** A page of a list that goes on by a cursor; no cursor, an empty one or no rows end it. */
export const cursorPage = <T extends z.ZodType>(row: T) =>
  z
    .object({ data: rows(row), cursor: textOrNull })
    .transform((body) => ({ items: body.data, next: body.data.length > 0 ? (body.cursor ?? undefined) : undefined }));

/** What happened to each user of a call over many; `result` is a claim, or `success`. */
export const userResults = data(
  rows(
    z.object({
      user: id,
      result: z.union([flag.pipe(z.boolean()), z.literal('success').transform(() => true)]),
      reason: text,
    }),
  ),
);

/** The users an answer names. */
export const userList = data(rows(id));
