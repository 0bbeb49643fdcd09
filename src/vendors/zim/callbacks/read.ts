import type { ReadCallback } from '../../vendor.ts';
import type { Body } from './body.ts';
import * as call from './call.ts';
import { hash, keyOf, momentOf, type Reader } from './fields.ts';
import { readBotMessage, readSent, type Sender } from './message.ts';
import * as space from './space.ts';
import { readAction } from './user.ts';

interface Entry {
  readonly id: string;
  /** What identifies what it tells (catalogue: dedupeKey). */
  readonly dedupe: readonly string[];
  /** None for the one that asks. */
  readonly read?: (body: Body, sender: Sender) => ReturnType<Reader>;
}

/** The callbacks of the catalogue, by the vendor's event. */
export const callbacks = {
  user_action: {
    id: 'zim.callback.user.action',
    dedupe: ['user_id', 'session_id', 'action', 'login_time', 'logout_time', 'offline_time'],
    read: readAction,
  },
  room_create: { id: 'zim.callback.room.created', dedupe: ['room_id', 'timestamp'], read: space.readRoomCreated },
  room_enter: {
    id: 'zim.callback.room.entered',
    dedupe: ['room_id', 'operator_account', 'timestamp'],
    read: space.readRoomEntered,
  },
  room_exit: {
    id: 'zim.callback.room.left',
    dedupe: ['room_id', 'exit_user_ids', 'timestamp'],
    read: space.readRoomLeft,
  },
  room_destroy: { id: 'zim.callback.room.destroyed', dedupe: ['room_id', 'timestamp'], read: space.readRoomDestroyed },
  group_create: { id: 'zim.callback.group.created', dedupe: ['group_id', 'timestamp'], read: space.readGroupCreated },
  group_join: {
    id: 'zim.callback.group.joined',
    dedupe: ['group_id', 'new_user_ids', 'timestamp'],
    read: space.readGroupJoined,
  },
  group_exit: {
    id: 'zim.callback.group.left',
    dedupe: ['group_id', 'exit_user_ids', 'timestamp'],
    read: space.readGroupLeft,
  },
  group_destroy: { id: 'zim.callback.group.destroyed', dedupe: ['group_id'], read: space.readGroupDestroyed },
  call_create: { id: 'zim.callback.call.created', dedupe: ['call_id', 'event'], read: call.readCallCreated },
  call_cancel: {
    id: 'zim.callback.call.canceled',
    dedupe: ['call_id', 'user_ids', 'event'],
    read: call.readCallCanceled,
  },
  call_accept: {
    id: 'zim.callback.call.accepted',
    dedupe: ['call_id', 'user_id', 'event'],
    read: call.readCallAccepted,
  },
  call_reject: {
    id: 'zim.callback.call.rejected',
    dedupe: ['call_id', 'user_id', 'event'],
    read: call.readCallRejected,
  },
  call_timeout: {
    id: 'zim.callback.call.timedOut',
    dedupe: ['call_id', 'user_ids', 'event'],
    read: call.readCallTimedOut,
  },
  call_invite: {
    id: 'zim.callback.call.invitedDuring',
    dedupe: ['call_id', 'inviter', 'invite_time'],
    read: call.readCallExtended,
  },
  before_send_msg: { id: 'zim.callback.message.before', dedupe: ['request_id'] },
  send_msg: { id: 'zim.callback.message.sent', dedupe: ['msg_id', 'msg_seq', 'msg_time'], read: readSent },
  bot_msg: { id: 'zim.callback.bot.message', dedupe: ['msg_id', 'msg_seq', 'msg_time'], read: readBotMessage },
} as const satisfies Readonly<Record<string, Entry>>;

const known: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ...Object.entries(callbacks),
  // So one of the vendor's samples has it.
  ['Apply_join_group', callbacks.group_join],
]);

/** Reads a callback's fields into events; what has another shape than the vendor documents is `UNKNOWN`. Never throws. */
export function readCallback(signed: Body, sender: Sender): ReadCallback {
  // What the signature is made of tells nothing, differs between repeats, and is not to be kept.
  const { signature: _, nonce: __, ...body } = signed;
  const event = typeof body['event'] === 'string' ? body['event'] : '';
  const entry = known.get(event);
  const sentAt = momentOf(body['timestamp']) ?? new Date(0);
  const told = entry?.read?.(body, sender);
  if (entry && told) {
    const key = () => keyOf(event, partsOf(entry, body));
    return {
      id: entry.id,
      events: told.map(({ payload, occurredAt, dedupeKey }) => ({
        dedupeKey: dedupeKey ?? key(),
        occurredAt: occurredAt ?? sentAt,
        payload,
      })),
    };
  }
  const payload = { type: 'UNKNOWN', callback: event || 'unnamed' } as const;
  const dedupeKey = keyOf(event, entry && isNamed(entry, body) ? partsOf(entry, body) : [hash(body)]);
  return { id: entry?.id ?? null, events: [{ dedupeKey, occurredAt: sentAt, payload }] };
}

const partsOf = ({ dedupe }: Entry, body: Body): unknown[] => dedupe.map((name) => body[name]);

/** What could not be read may lack what identifies it; and a message comes again under its id when it was edited. */
const isNamed = ({ id, dedupe: [first = ''] }: Entry, body: Body): boolean =>
  id !== callbacks.send_msg.id && Boolean(body[first]);
