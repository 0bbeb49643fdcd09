import { z } from 'zod';

/** The address of a service. */
export const httpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'expected a URL that begins with http:// or https://',
  );
