import { createHash, randomInt } from 'node:crypto';
import type { EmulatedEvent, EmulatedMessage, EmulatedSpace, EmulatedUser } from '../../../emulator/state.ts';
import type { EmulatedApp, OutgoingCallback } from '../../../emulator/vendor.ts';
import { readForm } from './content.ts';
import { isFleeting } from './draft.ts';
import { sessionsOf } from './memory.ts';
import { isAutoDeleted } from './room-attributes.ts';
import { object, text } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The three strings in byte order, joined and hashed; the rest of the body is not covered (catalogue: callbacks). */
function signatureOf(secret: string, timestamp: string, nonce: string): string {
  const parts = [secret, timestamp, nonce].map((part) => Buffer.from(part)).sort(Buffer.compare);
  return createHash('sha1').update(Buffer.concat(parts)).digest('hex');
}

interface Kind {
  readonly id: string;
  readonly event: string;
  /** Two samples have the timestamp as text (catalogue: callbacks). */
  readonly isTimestampText?: boolean;
}

/** A callback whose retries repeat the first attempt's body, time and signature. */
function callback(kind: Kind, fields: Fields, app: EmulatedApp): OutgoingCallback {
  const seconds = String(Math.floor(app.state.now() / 1000));
  const nonce = String(randomInt(1e5, 1e9));
  const body = JSON.stringify({
    appid: app.credentials['appId'],
    event: kind.event,
    nonce,
    signature: signatureOf(app.credentials['callbackSecret'] ?? '', seconds, nonce),
    timestamp: kind.isTimestampText ? seconds : Number(seconds),
    ...fields,
  });
  const headers = { 'content-type': 'application/json' };
  return { id: kind.id, request: (url) => ({ url, headers, body }) };
}

const systems: Readonly<Record<string, string>> = {
  ios: 'IOS_PHONE',
  android: 'ANDROID',
  mac: 'MAC',
  linux: 'LINUX',
  web: 'WEB',
  miniprogram: 'MINIPROGRAM',
};

/** A device that goes away loses its connection (action 2): the harness knows no logging out. */
function login(user: EmulatedUser, device: string, isOnline: boolean, app: EmulatedApp): OutgoingCallback {
  const session = sessionsOf(user).get(device);
  const fields = {
    user_id: user.id,
    user_name: user.name,
    os: systems[device.split('_')[0] ?? ''] ?? 'PC',
    action: isOnline ? 0 : 2,
    session_id: session?.id ?? '',
    login_time: Math.floor((session?.loginTime ?? app.state.now()) / 1000),
    relogin: session?.isReconnect ? '1' : '0',
    ...(isOnline ? {} : { offline_time: Math.floor(app.state.now() / 1000) }),
  };
  return callback({ id: 'zim.callback.user.action', event: 'user_action' }, fields, app);
}

function created(space: EmulatedSpace, by: string, app: EmulatedApp): OutgoingCallback {
  const attributes = [...space.attributes].map(([key, value]) => ({ key, value }));
  if (space.kind === 'group') {
    const fields = {
      group_id: space.id,
      operator_account: by,
      owner_account: space.owner,
      group_name: space.name,
      attributes,
      user_ids: [...space.members.keys()],
    };
    return callback({ id: 'zim.callback.group.created', event: 'group_create' }, fields, app);
  }
  const fields = {
    room_id: space.id,
    operator_account: by,
    room_name: space.name,
    attributes: attributes.map((each) => ({ ...each, auto_delete: isAutoDeleted(space, each.key) ? 1 : 0 })),
  };
  return callback({ id: 'zim.callback.room.created', event: 'room_create' }, fields, app);
}

function deleted(space: EmulatedSpace, by: string, app: EmulatedApp): OutgoingCallback {
  const user_ids = [...space.members.keys()];
  if (space.kind === 'chatroom') {
    const fields = { room_id: space.id, user_ids, operator_account: by };
    return callback({ id: 'zim.callback.room.destroyed', event: 'room_destroy' }, fields, app);
  }
  const fields = { group_id: space.id, operator_account: by, owner_account: space.owner, user_ids };
  const kind = { id: 'zim.callback.group.destroyed', event: 'group_destroy', isTimestampText: true };
  return callback(kind, fields, app);
}

/** Whether the users did it themselves. */
const isOwnDoing = (userIds: readonly string[], by: string) => userIds.length === 1 && userIds[0] === by;

/** A room tells of each user, a group of all at once. */
function joined(space: EmulatedSpace, userIds: readonly string[], by: string, app: EmulatedApp): OutgoingCallback[] {
  if (space.kind === 'chatroom') {
    const kind = { id: 'zim.callback.room.entered', event: 'room_enter' };
    return userIds.map((userId) => callback(kind, { room_id: space.id, operator_account: userId }, app));
  }
  const join_type = isOwnDoing(userIds, by) ? 'Apply' : 'Invited';
  const fields = { group_id: space.id, join_type, operator_account: by, new_user_ids: userIds };
  return [callback({ id: 'zim.callback.group.joined', event: 'group_join', isTimestampText: true }, fields, app)];
}

function left(space: EmulatedSpace, userIds: readonly string[], by: string, app: EmulatedApp): OutgoingCallback {
  const exit_type = isOwnDoing(userIds, by) ? 'Quit' : 'Kickout';
  const fields = { exit_type, operator_account: by, exit_user_ids: userIds };
  return space.kind === 'chatroom'
    ? callback({ id: 'zim.callback.room.left', event: 'room_exit' }, { room_id: space.id, ...fields }, app)
    : callback({ id: 'zim.callback.group.left', event: 'group_exit' }, { group_id: space.id, ...fields }, app);
}

const conversationTypes = { direct: 0, chatroom: 1, group: 2 } as const;

/** `user_list` of a one-to-one send by the server: who has it, and who has not with an empty id. */
function receivers(messages: readonly EmulatedMessage[]): Fields[] {
  const failed = messages[0]?.extra.get('failed receivers');
  const served = messages.map(({ to, id, seq }) => ({ UserId: to, MsgId: id, MsgSeq: seq }));
  return [
    ...served,
    ...(Array.isArray(failed) ? failed : []).map((UserId: unknown) => ({ UserId, MsgId: '', MsgSeq: 0 })),
  ];
}

/** What of a message depends on who sent it and to how many (catalogue: zim.callback.message.sent). */
function origin(messages: readonly EmulatedMessage[], first: EmulatedMessage): Fields {
  const type = Number(first.type);
  const raw = text(object(first.body), 'Message');
  const ids = { msg_id: first.id, msg_seq: first.seq };
  if (first.source === 'client') return { conv_id: first.to, msg_body: readForm(type, raw), ...ids };
  if (first.kind !== 'direct') return { conv_id: first.to, source: 1, msg_body: raw, ...ids };
  const user_list = receivers(messages);
  return { conv_id: '', source: 1, msg_body: raw, ...(user_list.length > 1 ? { msg_id: '' } : ids), user_list };
}

/** One event a call; commands and barrages are never reported. A bot's messages are told a second time. */
function sent(messages: readonly EmulatedMessage[], result: string, app: EmulatedApp): OutgoingCallback[] {
  const first = messages[0];
  if (!first || isFleeting(first.type)) return [];
  const fields = {
    from_user_id: first.from,
    conv_type: conversationTypes[first.kind],
    msg_type: Number(first.type),
    sub_msg_type: Number(first.extra.get('SubMsgType') ?? 0),
    payload: text(object(first.body), 'ExtendedData'),
    msg_time: first.sentAt,
    send_result: Number(result),
    ...origin(messages, first),
  };
  const told = callback({ id: 'zim.callback.message.sent', event: 'send_msg' }, fields, app);
  if (first.kind !== 'direct' || !first.to.startsWith('@RBT#')) return [told];
  const { source: _, ...botFields }: Fields = fields;
  return [told, callback({ id: 'zim.callback.bot.message', event: 'bot_msg' }, botFields, app)];
}

/** The callbacks of an event. Recalls have none; an edit is told as the message once more. */
export function callbacksFor(event: EmulatedEvent, app: EmulatedApp): readonly OutgoingCallback[] {
  switch (event.type) {
    case 'user.online':
    case 'user.offline':
      return [login(event.user, event.device, event.type === 'user.online', app)];
    case 'space.created':
      return [created(event.space, event.by, app)];
    case 'space.deleted':
      return [deleted(event.space, event.by, app)];
    case 'members.joined':
      return joined(event.space, event.userIds, event.by, app);
    case 'members.left':
      return [left(event.space, event.userIds, event.by, app)];
    case 'message.sent':
      return sent(event.messages, event.result ?? '0', app);
    case 'message.edited':
      return sent([event.message], '0', app);
    default:
      return [];
  }
}

/** How long the vendor waits is not documented; 5 s is ours. Retries 2, 4, 8, 16 and 32 s after the attempt before. */
export const callbackPolicy = {
  timeoutMs: 5000,
  retryDelaysMs: [2000, 4000, 8000, 16_000, 32_000],
  accepts: (status: number) => status >= 200 && status < 300,
} as const;
