import { z } from 'zod';
import { bytes, jsonText } from '../../../net/endpoint.ts';

/** A user's id. */
export const userId = bytes(64);

/** An id in a list: the vendor's servers split values at commas, so that one with a comma would become two. */
export const listedId = bytes(64).refine((id) => !id.includes(','), { error: 'must have no comma' });

/** JSON text inside a form: a value of this shape, or the text that is made of it already. */
export const jsonField = <T extends z.ZodType>(value: T) => z.union([jsonText(value), z.string()]);

/** A number that may come as text. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

/** A text that may be missing or null. */
export const maybeText = z.string().nullish();

/** A list that may be missing or null. */
export const maybeList = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

/** A position after which a page begins; an empty one is the list's end. */
export const pageToken = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((token) => (token === undefined || token === null || token === '' ? undefined : String(token)));
