import { z } from 'zod';
import type { EventPayload, PresenceCause } from '../../../domain/event.ts';
import { textOrNull } from '../endpoints/values.ts';
import { bareUserId } from '../ids.ts';
import { text } from './body.ts';
import { type Reader, type Readers, reading, sharedKey, someId } from './reader.ts';

const presenceSchema = z.looseObject({ user: someId, status: z.enum(['online', 'offline']), os: textOrNull });

/** `user` is `org#app_name@easemob.com/device`. A lost connection comes as a logout. */
const readPresence = (cause: PresenceCause): Reader =>
  reading(presenceSchema, ({ user, status, os }, { config }) => ({
    type: 'PRESENCE_CHANGED',
    userId: bareUserId(user, config),
    isOnline: status === 'online',
    cause,
    platform: os,
    sessionId: /@easemob\.com\/(.+)$/.exec(user)?.[1] ?? null,
  }));

const rosterSchema = z.looseObject({
  from: someId,
  to: someId,
  payload: z.looseObject({
    reason: textOrNull,
    status: z.looseObject({ error_code: text }).optional().catch(undefined),
  }),
});

interface Contact {
  /** Who did it. */
  readonly from: string;
  /** Whom it is for. */
  readonly to: string;
  readonly reason: string | null;
}

/** `isPaired`: both sides are told, in callbacks of their own that make one event. */
const readRoster = (tell: (contact: Contact) => EventPayload, isPaired = false): Reader =>
  reading(rosterSchema, ({ from: sender, to: receiver, payload }, { config, at }) => {
    // What failed is told too; it changed nothing.
    if ((payload.status?.error_code ?? 'ok') !== 'ok') return undefined;
    const [from, to] = [bareUserId(sender, config), bareUserId(receiver, config)];
    const told = tell({ from, to, reason: payload.reason });
    const key = isPaired ? sharedKey(told.type, at, ...[from, to].sort()) : undefined;
    return [{ payload: told, key }];
  });

const accepted = readRoster(({ from, to }) => ({ type: 'FRIEND_ADDED', userId: to, friendId: from }), true);
const declined = readRoster(({ from, to }) => ({ type: 'FRIEND_REQUEST_DECLINED', userId: to, friendId: from }), true);
const blocked = (isBlocked: boolean) =>
  readRoster(({ from, to }) => ({ type: 'BLOCKLIST_CHANGED', userId: from, targetId: to, isBlocked }));

export const userReaders: Readers = {
  'userStatus.login': readPresence('LOGIN'),
  'userStatus.logout': readPresence('LOGOUT'),
  'userStatus.replaced': readPresence('KICK'),
  'roster.add': readRoster(({ from, to, reason }) => ({
    type: 'FRIEND_REQUESTED',
    userId: from,
    friendId: to,
    message: reason,
  })),
  'roster.accept': accepted,
  'roster.remote_accept': accepted,
  'roster.decline': declined,
  'roster.remote_decline': declined,
  'roster.remove': readRoster(({ from, to }) => ({ type: 'FRIEND_REMOVED', userId: from, friendId: to })),
  'roster.ban': blocked(true),
  'roster.allow': blocked(false),
};
