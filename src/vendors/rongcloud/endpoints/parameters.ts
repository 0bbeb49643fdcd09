import { z } from 'zod';
import { bytes, jsonText } from '../../../net/endpoint.ts';

/** A user's id. */
export const userId = bytes(64);

/** An id in a list: the vendor's servers split values at commas, so that one with a comma would become two. */
export const listedId = bytes(64).refine((id) => !id.includes(','), { error: 'must have no comma' });

const atMost = (max: number) =>
  z
    .string()
    .min(1)
    .refine((text) => [...text].length <= max, { error: `must be at most ${max} characters` });

/** A group's or chatroom's id. */
export const spaceId = atMost(64);

/** A group's name. */
export const groupName = atMost(64);

/** A message type; an app's own do not begin with `RC:`. */
export const objectName = atMost(32);

/** A message's content: JSON text for built-in types. */
export const content = bytes(128 * 1024);

/** JSON text inside a form: a value of this shape, or the text that is made of it already. */
export const jsonField = <T extends z.ZodType>(value: T) => z.union([jsonText(value), z.string()]).optional();

/** 1 for yes, 0 for no, where the vendor does not take words. */
export const flag = z.union([z.literal(0), z.literal(1)]).optional();

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
