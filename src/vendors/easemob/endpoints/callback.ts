import { z } from 'zod';
import { get, post } from '../../../net/endpoint.ts';
import { data, id, numeric, rows } from './values.ts';

/** Callbacks that the vendor could not deliver, by ten minutes (paid storage of exceptions). */
export const callbackStorage = {
  list: get('easemob.callbackStorage.list', '/callbacks/storage/info', {
    reply: data(rows(z.object({ date: id, size: numeric, retry: numeric.catch(0) }))),
    limits: ['callbackStorage.list'],
    readOnly: true,
  }),
  /** Accepted at once, done later; the count of tries is the caller's to keep. */
  retry: post('easemob.callbackStorage.retry', '/callbacks/storage/retry', {
    json: { date: z.string().regex(/^\d{12}$/), retry: z.int().min(0).max(10) },
    reply: data(z.unknown()),
    limits: ['callbackStorage.retry'],
  }),
};
