import { z } from 'zod';
import { get, list, post, put } from '../../../net/endpoint.ts';
import { mapOf } from '../../../net/keyed.ts';
import { chars, count, data, entities, id, moment, numeric, rows, text, textOrNull, userId } from './values.ts';

/** An account to be made. */
export const newUser = z.strictObject({
  // The letters the vendor takes for a new id (easemob.user.register).
  username: userId.pipe(z.string().regex(/^[\w.-]+$/, { error: 'must be letters, digits, - _ and .' })),
  password: chars(64),
});

const registered = z.object({
  entities: rows(z.object({ username: id })),
  data: rows(z.object({ username: id, registerUserFailReason: text })),
});

/** The attributes that clients know as name and picture; others are let through unread. */
const attributes = z.object({ nickname: textOrNull, avatarurl: textOrNull });

export const user = {
  /** Names that exist already come back in `data`, the rest is made. */
  registerBatch: post('easemob.user.registerBatch', '/users', {
    whole: list(newUser, 60),
    reply: registered,
    limits: ['user.shared5'],
    batch: { param: 'body', max: 60 },
  }),
  get: get('easemob.user.get', '/users/{username}', {
    segments: { username: userId },
    reply: entities(z.object({ username: id, created: moment })),
    limits: ['user.get'],
    readOnly: true,
  }),
  status: get('easemob.user.status', '/users/{username}/status', {
    segments: { username: userId },
    reply: data(mapOf(z.string())),
    limits: ['user.status'],
    readOnly: true,
  }),
  statusBatch: post('easemob.user.statusBatch', '/users/batch/status', {
    json: { usernames: list(userId, 100) },
    reply: data(rows(mapOf(z.string()))),
    limits: ['user.statusBatch'],
    batch: { param: 'usernames', max: 100 },
    readOnly: true,
  }),
};

export const attribute = {
  batchGet: post('easemob.metadata.user.batchGet', '/metadata/user/get', {
    json: { targets: list(userId, 100), properties: list(z.string(), 10) },
    reply: data(mapOf(attributes.catch({ nickname: null, avatarurl: null })).nullable()),
    limits: ['metadata.user.batchGet'],
    batch: { param: 'targets', max: 100 },
    readOnly: true,
  }),
  /** Merges with what is stored. */
  set: put('easemob.metadata.user.set', '/metadata/user/{username}', {
    segments: { username: userId },
    whole: z.strictObject({ nickname: chars(64).optional(), avatarurl: chars(256).optional() }),
    wholeAs: 'form',
    reply: z.unknown(),
    limits: ['metadata.user.set'],
    idempotent: true,
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
  get: post('easemob.presence.get', '/users/{username}/presence', {
    segments: { username: userId },
    json: { usernames: list(userId, 100) },
    reply: z.object({ result: rows(presenceRow) }).transform((body) => body.result),
    limits: ['presence.get'],
    batch: { param: 'usernames', max: 100 },
    readOnly: true,
  }),
};
