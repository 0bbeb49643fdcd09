import { z } from 'zod';
import { AppError } from '../../../errors.ts';

/** A number that the vendor may write as text, or leave empty. */
export const number = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    const read = value === '' || value === null || value === undefined ? Number.NaN : Number(value);
    return Number.isFinite(read) ? read : undefined;
  });

/** Where the next page begins, as text; undefined at the end, which the vendor writes as 0, "0", "" or nothing. */
export const nextCursor = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) =>
    value === null || value === undefined || value === '' || String(value) === '0' ? undefined : String(value),
  );

/** Text that the vendor may leave empty or out; null then. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value || null);

/** A list that the vendor may leave out. */
export const items = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);

/** Which items of a batch were not taken, as `envelope.ts` reads them. */
export const failing = {
  failures: z.array(z.object({ id: z.string(), error: z.instanceof(AppError) })),
  /** There when not one item was taken. */
  refusal: z.instanceof(AppError).optional(),
};

/** The answer to a batch that tells no more than what failed. */
export const batchReply = z.object(failing);
