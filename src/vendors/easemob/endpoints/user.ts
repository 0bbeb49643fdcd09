import { z } from 'zod';
import { mapOf } from '../../../net/keyed.ts';
import { endpoint } from './endpoint.ts';
import { chars, count, data, entities, id, moment, numeric, rows, text, textOrNull, userId } from './values.ts';

/** The letters that the vendor takes for a new id (easemob.user.register). */
const newUserId = userId.pipe(z.string().regex(/^[\w.-]+$/, { error: 'must be letters, digits, - _ and .' }));

/** An account to be made. */
export const newUser = z.strictObject({ username: newUserId, password: chars(64) });

const registered = z.object({
  entities: rows(z.object({ username: id })),
  data: rows(z.object({ username: id, registerUserFailReason: text })),
});

/** The attributes that clients know as name and picture; others are let through unread. */
const attributes = z.object({ nickname: textOrNull, avatarurl: textOrNull });

export const user = {
  /** Names that exist already come back in `data`, the rest is made. */
  registerBatch: endpoint('easemob.user.registerBatch', { named: { username: newUserId }, reply: registered }),
  get: endpoint('easemob.user.get', { reply: entities(z.object({ username: id, created: moment })) }),
  status: endpoint('easemob.user.status', { reply: data(mapOf(z.string())) }),
  statusBatch: endpoint('easemob.user.statusBatch', { reply: data(rows(mapOf(z.string()))) }),
};

export const attribute = {
  batchGet: endpoint('easemob.metadata.user.batchGet', {
    reply: data(mapOf(attributes.catch({ nickname: null, avatarurl: null })).nullable()),
  }),
  /** Merges with what is stored. */
  set: endpoint('easemob.metadata.user.set', {
    params: { body: z.strictObject({ nickname: chars(64).optional(), avatarurl: chars(256).optional() }) },
  }),
};

/** `status` is a number for each device; clients that never connected have none. */
const presenceRow = z.object({
  uid: id,
  last_time: count,
  ext: textOrNull,
  status: mapOf(numeric).catch(new Map()),
});

export const presence = {
  get: endpoint('easemob.presence.get', {
    reply: z.object({ result: rows(presenceRow) }).transform((body) => body.result),
  }),
};
