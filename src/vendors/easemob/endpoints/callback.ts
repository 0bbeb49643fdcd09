import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { data, id, numeric, rows } from './values.ts';

/** Callbacks that the vendor could not deliver, by ten minutes (paid storage of exceptions). */
export const callbackStorage = {
  list: endpoint('easemob.callbackStorage.list', {
    reply: data(rows(z.object({ date: id, size: numeric, retry: numeric.catch(0) }))),
  }),
  /** Accepted at once, done later; the count of tries is the caller's to keep. */
  retry: endpoint('easemob.callbackStorage.retry', {
    named: { date: z.string().regex(/^\d{12}$/) },
    reply: data(z.unknown()),
  }),
};
