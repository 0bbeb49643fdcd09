import type { EmulatedEvent, EmulatedMessage, EmulatedSpace, EmulatedUser } from '../../../emulator/state.ts';
import type { EmulatedApp, OutgoingCallback } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { readForm } from './content.ts';
import { conversationTypes } from './conversation-types.ts';
import { isFleeting } from './draft.ts';
import { sessionsOf } from './memory.ts';
import { isAutoDeleted } from './room-attributes.ts';
import { callback } from './signed.ts';
import { object, text } from './values.ts';

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
  return callback('zim.callback.user.action', fields, app);
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
    return callback('zim.callback.group.created', fields, app);
  }
  const fields = {
    room_id: space.id,
    operator_account: by,
    room_name: space.name,
    attributes: attributes.map((each) => ({ ...each, auto_delete: isAutoDeleted(space, each.key) ? 1 : 0 })),
  };
  return callback('zim.callback.room.created', fields, app);
}

function deleted(space: EmulatedSpace, by: string, app: EmulatedApp): OutgoingCallback {
  const user_ids = [...space.members.keys()];
  if (space.kind === 'chatroom') {
    const fields = { room_id: space.id, user_ids, operator_account: by };
    return callback('zim.callback.room.destroyed', fields, app);
  }
  const fields = { group_id: space.id, operator_account: by, owner_account: space.owner, user_ids };
  return callback('zim.callback.group.destroyed', fields, app);
}

/** Whether the users did it themselves. */
const isOwnDoing = (userIds: readonly string[], by: string) => userIds.length === 1 && userIds[0] === by;

/** A room tells of each user, a group of all at once. */
function joined(space: EmulatedSpace, userIds: readonly string[], by: string, app: EmulatedApp): OutgoingCallback[] {
  if (space.kind === 'chatroom') {
    return userIds.map((userId) =>
      callback('zim.callback.room.entered', { room_id: space.id, operator_account: userId }, app),
    );
  }
  const join_type = isOwnDoing(userIds, by) ? 'Apply' : 'Invited';
  const fields = { group_id: space.id, join_type, operator_account: by, new_user_ids: userIds };
  return [callback('zim.callback.group.joined', fields, app)];
}

function left(space: EmulatedSpace, userIds: readonly string[], by: string, app: EmulatedApp): OutgoingCallback {
  const exit_type = isOwnDoing(userIds, by) ? 'Quit' : 'Kickout';
  const fields = { exit_type, operator_account: by, exit_user_ids: userIds };
  return space.kind === 'chatroom'
    ? callback('zim.callback.room.left', { room_id: space.id, ...fields }, app)
    : callback('zim.callback.group.left', { group_id: space.id, ...fields }, app);
}

/** `user_list` of a one-to-one send by the server: who has it, and who has not with an empty id. */
function receivers(messages: readonly EmulatedMessage[]): Params[] {
  const failed = messages[0]?.extra.get('failed receivers');
  const served = messages.map(({ to, id, seq }) => ({ UserId: to, MsgId: id, MsgSeq: seq }));
  return [
    ...served,
    ...(Array.isArray(failed) ? failed : []).map((UserId: unknown) => ({ UserId, MsgId: '', MsgSeq: 0 })),
  ];
}

/** What of a message depends on who sent it and to how many (catalogue: zim.callback.message.sent). */
function origin(messages: readonly EmulatedMessage[], first: EmulatedMessage): Params {
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
  const told = callback('zim.callback.message.sent', fields, app);
  const isToBot = first.kind === 'direct' && messages.some(({ to }) => to.startsWith('@RBT#'));
  if (!isToBot) return [told];
  const { source: _, ...botFields }: Params = fields;
  return [told, callback('zim.callback.bot.message', botFields, app)];
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
    case 'vendor':
      return [callback(event.callback, event.fields, app)];
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
