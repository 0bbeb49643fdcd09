import { createHash } from 'node:crypto';
import type { ToldEvent } from '../../../domain/event.ts';
import { AppError } from '../../../errors.ts';
import { ownOf } from '../../../net/keyed.ts';
import type { CallbackRequest, ReadCallback } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { dedupeKeys } from '../limits.ts';
import { unsignedCallbacks } from '../signature.ts';
import { type Body, bodyOf, fields, withoutSignature } from './body.ts';
import { legacyReaders } from './legacy.ts';
import { messageReaders } from './message.ts';
import { moderationReaders } from './moderation.ts';
import { idOf, wordOf } from './name.ts';
import { notifyReaders } from './notify.ts';
import type { Readers, Told } from './reader.ts';
import { spaceReaders } from './space.ts';
import { userReaders } from './user.ts';

/** By the callback's id in the catalogue, without what all begin with. */
const readers: Readers = {
  ...messageReaders,
  ...notifyReaders,
  ...userReaders,
  ...moderationReaders,
  ...legacyReaders,
  ...spaceReaders,
};

/** Reads a callback. Throws `BAD_USER_INPUT` for what is no JSON; everything else is at least `UNKNOWN`. */
export function readCallback(request: CallbackRequest, config: Config): ReadCallback {
  const { json, body } = parsed(request);
  const id = idOf(body);
  const at = body.timestamp ?? null;
  const unknown: Told = { payload: { type: 'UNKNOWN', callback: id ?? wordOf(body) } };
  const reader = id === null ? undefined : ownOf(readers, id.replace('easemob.callback.', ''));
  const told = reader?.({ body, raw: withoutSignature(json), config, at }) ?? [unknown];
  const catalogued = keyOf(id, body, request.body);
  const events = told.map(({ payload, key, isKindGuessed }, index): ToldEvent => {
    const dedupeKey = index === 0 ? catalogued : `${catalogued}|${index}`;
    const change = key !== undefined && id !== null && { change: { key, form: formOf(id, body) } };
    return { dedupeKey, ...change, occurredAt: at ?? new Date(0), payload, ...(isKindGuessed && { isKindGuessed }) };
  });
  return { id, events };
}

/** Operations of the older format that come beside another one of the same change, which says how a member came or went. */
const beside: ReadonlySet<string> = new Set(['muc.presence', 'muc.absence']);

/**
 * Which callbacks tell of a change once each: the two formats of what happens in spaces, and both sides of a friendship. The older format
 * may tell several users of one change.
 */
function formOf(id: string, { to }: Body): string {
  const name = id.replace('easemob.callback.', '');
  const family = name.replace(/\..*/, '');
  const isWhole = family === 'groupOp' || (family === 'muc' && !beside.has(name));
  return `${isWhole ? family : name}|${to ?? ''}`;
}

function parsed(request: CallbackRequest): ReturnType<typeof bodyOf> {
  try {
    return bodyOf(request);
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', 'The callback is not JSON.', { cause });
  }
}

const longestKey = 512;

/**
 * What the catalogue says identifies the callback; a digest of the body where that is not there. Those that nobody signed have keys
 * of their own kind: whoever knows the path could take the key of a message to come.
 */
export function keyOf(id: string | null, body: Body, raw: string): string {
  const key = cataloguedKey(id, body, raw);
  const isUnsigned = id !== null && unsignedCallbacks.has(id) && body.security === undefined;
  return isUnsigned ? `unsigned|${key}` : key;
}

function cataloguedKey(id: string | null, body: Body, raw: string): string {
  const values = (dedupeKeys.get(id ?? '') ?? ['callId']).map((path) => valueAt(body, path));
  // A device is named by some pushes only. Every event of the callback has the key: a long one is not it.
  const named = values.map((value) => String(value ?? '')).join('|');
  if (typeof values[0] === 'string' && named.length <= longestKey) return named;
  return createHash('sha256').update(raw).digest('hex');
}

function valueAt(body: Body, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => fields.parse(value)[key], body);
}
