import { randomUUID } from 'node:crypto';
import type { EmulatedEvent, EmulatedMessage, EmulatedSpace, EmulatedUser } from '../../../emulator/state.ts';
import type { EmulatedApp, EmulatorVendor, OutgoingCallback } from '../../../emulator/vendor.ts';
import { contentType, messagePayload, spaceInfo } from './callback-bodies.ts';
import { makeCallback } from './callback-samples.ts';
import { hostName, outgoing } from './callback-signing.ts';
import { retryId, takeStored } from './callback-storage.ts';
import { legacyCallbacks } from './callbacks-legacy.ts';
import { appKeyOf } from './envelope.ts';
import { newMessageId } from './message.ts';
import { offlineCause, serverOperator } from './spaces.ts';

const messageIds = { direct: 'message.user', group: 'message.group', chatroom: 'message.chatroom' } as const;

/** One callback for the message, then one for every recipient who is offline, with the same callId (built from the message ID). */
function messageSent(message: EmulatedMessage, app: EmulatedApp): OutgoingCallback[] {
  const env = message.extra.get('env');
  if (env !== undefined && !app.switches.has(`callback-env-${String(env)}`)) return [];
  const body = (eventType: 'chat' | 'chat_offline', to: string) => ({
    callId: `${appKeyOf(app)}_${message.id}`,
    eventType,
    timestamp: message.sentAt,
    chat_type: message.kind === 'direct' ? 'chat' : 'groupchat',
    ...(message.kind !== 'direct' && { group_id: message.to }),
    from: message.from,
    to,
    msg_id: message.id,
    payload: messagePayload(message),
    securityVersion: '1.0.0',
    host: hostName,
    content_type: contentType(message),
  });
  const offline = offlineRecipients(message, app).map((userId) =>
    outgoing('message.offline', body('chat_offline', userId), app),
  );
  return [outgoing(messageIds[message.kind], body('chat', message.to), app), ...offline];
}

/** Rooms have no offline recipients; ROUTE_ONLINE reaches nobody who is offline. */
function offlineRecipients(message: EmulatedMessage, { state }: EmulatedApp): string[] {
  if (message.kind === 'chatroom' || message.extra.get('routetype') === 'ROUTE_ONLINE') return [];
  const chosen = message.extra.get('users');
  const members = [...(state.groups.get(message.to)?.members.keys() ?? [])];
  const all = message.kind === 'direct' ? [message.to] : Array.isArray(chosen) ? chosen.map(String) : members;
  return all.filter((userId) => userId !== message.from && state.users.get(userId)?.devices.size === 0);
}

/** Recall and edit are messages of their own, with an ID of their own. */
function eventBase(app: EmulatedApp): {
  callId: string;
  eventType: 'chat';
  timestamp: number;
  msg_id: string;
  host: string;
} {
  const now = app.state.now();
  const id = newMessageId(app.state.nextId(), now);
  return { callId: `${appKeyOf(app)}_${id}`, eventType: 'chat', timestamp: now, msg_id: id, host: hostName };
}

function messageRecalled(message: EmulatedMessage, by: string, app: EmulatedApp): OutgoingCallback {
  return outgoing(
    'message.recall',
    {
      ...eventBase(app),
      chat_type: 'recall',
      from: by,
      to: message.to,
      ...(message.kind !== 'direct' && { group_id: message.to }),
      recall_id: message.id,
      payload: { ext: {}, ack_message_id: message.id, bodies: [] },
    },
    app,
  );
}

function messageEdited(message: EmulatedMessage, by: string, app: EmulatedApp): OutgoingCallback {
  const { ext, bodies } = messagePayload(message);
  const scope = contentType(message).split(':').slice(0, 2).join(':');
  const edited = {
    chat_type: scope,
    count: 1,
    edit_time: message.editedAt,
    operator: by,
    send_time: message.sentAt,
    sender: message.from,
  };
  return outgoing(
    'message.edit',
    {
      ...eventBase(app),
      chat_type: 'edit',
      from: message.from,
      to: message.to,
      payload: { bodies, edit_message_id: message.id, ext, meta: { edit_msg: edited }, type: 'edit' },
    },
    app,
  );
}

/** No eventType and no chat_type: known by reason and status. */
function userStatus(
  event: { readonly type: string; readonly user: EmulatedUser; readonly device: string },
  app: EmulatedApp,
): OutgoingCallback {
  const isLogin = event.type === 'user.online';
  const os = event.device.split('_')[0] ?? '';
  return outgoing(
    isLogin ? 'userStatus.login' : 'userStatus.logout',
    {
      callId: `${appKeyOf(app)}_${randomUUID()}`,
      reason: isLogin ? 'login' : 'logout',
      status: isLogin ? 'online' : 'offline',
      user: `${appKeyOf(app)}_${event.user.id}@easemob.com/${event.device}`,
      name: event.user.id,
      os,
      ip: '10.0.0.1',
      version: '4.11.0',
      host: hostName,
      timestamp: app.state.now(),
    },
    app,
  );
}

interface Operation {
  readonly operation: string;
  readonly by: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  /** Whether the number of members afterwards is told. */
  readonly counts?: boolean;
}

function groupOp(
  id: string,
  space: EmulatedSpace,
  { operation, by, payload, counts }: Operation,
  app: EmulatedApp,
): OutgoingCallback {
  return outgoing(
    `groupOp.${id}`,
    {
      callId: `${appKeyOf(app)}_${randomUUID()}`,
      event: 'group_op_event',
      type: space.kind === 'group' ? 'GROUP' : 'CHATROOM',
      id: space.id,
      operation,
      operator: by,
      timestamp: app.state.now(),
      ...(payload && { payload }),
      ...(counts && { member_count: space.members.size }),
    },
    app,
  );
}

function spaceCreated(space: EmulatedSpace, by: string, app: EmulatedApp): OutgoingCallback[] {
  const member = [...space.members.keys()].filter((id) => id !== space.owner);
  const payload = { role: { [space.owner]: 'owner' }, member, info: spaceInfo(space, app) };
  return [groupOp('create', space, { operation: 'CREATE', by, payload }, app)];
}

/** DELETE has no payload; who was in is told by the LEAVE that follows. */
function spaceDeleted(space: EmulatedSpace, by: string, app: EmulatedApp): OutgoingCallback[] {
  const payload = { member: [...space.members.keys()], type: 'DELETE' };
  return [
    groupOp('delete', space, { operation: 'DELETE', by }, app),
    groupOp('leave.delete', space, { operation: 'LEAVE', by, payload }, app),
  ];
}

/** The moment the vendor writes for a block without end. */
const forEver = 4_638_873_600_000;

function membersLeft(event: Extract<EmulatedEvent, { userIds: unknown }>, app: EmulatedApp): OutgoingCallback[] {
  const { space, by, userIds: member } = event;
  const isOwnWill = member.length === 1 && member[0] === by;
  const isOffline = event.cause === offlineCause;
  const type = isOffline || (event.cause === undefined && isOwnWill) ? 'QUIT' : (event.cause ?? 'KICK');
  const action = isOffline ? 'user_offline' : 'user_quit';
  const payload = { member, type, ...(type === 'QUIT' && space.kind === 'chatroom' && { action }) };
  const left = groupOp(`leave.${type.toLowerCase()}`, space, { operation: 'LEAVE', by, payload, counts: true }, app);
  if (type !== 'BLOCK') return [left];
  const blocked = { member, expire_timestamp: forEver, type: 'ADD' };
  return [left, groupOp('block.add', space, { operation: 'BLOCK', by, payload: blocked }, app)];
}

function newFormat(event: EmulatedEvent, app: EmulatedApp): OutgoingCallback[] {
  switch (event.type) {
    case 'space.created':
      return spaceCreated(event.space, event.by, app);
    case 'space.deleted':
      return spaceDeleted(event.space, event.by, app);
    case 'members.joined': {
      const payload = { member: event.userIds, type: 'DIRECT' };
      return [groupOp('join.direct', event.space, { operation: 'JOIN', by: event.by, payload, counts: true }, app)];
    }
    case 'members.left':
      return membersLeft(event, app);
    default:
      return [];
  }
}

/**
 * The callbacks of an event. Groups and rooms have two formats, and which one comes depends on the console's rule: the new
 * one unless the switch `callback-legacy` is on; with `callback-both` both come.
 */
export function callbacksFor(event: EmulatedEvent, app: EmulatedApp): readonly OutgoingCallback[] {
  switch (event.type) {
    case 'message.sent':
      return event.result === undefined ? event.messages.flatMap((message) => messageSent(message, app)) : [];
    case 'message.recalled':
      return [messageRecalled(event.message, event.by, app)];
    case 'message.edited':
      return [messageEdited(event.message, event.by === serverOperator ? 'easemob_rest_app_admin' : event.by, app)];
    case 'user.online':
    case 'user.offline':
      return [userStatus(event, app)];
    case 'vendor':
      if (event.callback === retryId) return takeStored(event.fields, app);
      return isWanted(event.callback, app) ? [makeCallback(event.callback, event.fields, app)] : [];
    default:
      return [...newFormat(event, app), ...legacyCallbacks(event, app)].filter(({ id }) => isWanted(id, app));
  }
}

/** Whether the console's rule tells changes of groups and rooms in a callback's format. */
function isWanted(id: string, { switches }: EmulatedApp): boolean {
  if (id.startsWith('easemob.callback.muc.')) return switches.has('callback-legacy') || switches.has('callback-both');
  return !id.startsWith('easemob.callback.groupOp.') || !switches.has('callback-legacy');
}

const minuteMs = 60_000;

/**
 * 200 within 10 s, else one more try at once; the answer's body is ignored. 90 failures within 30 s ban the rule for 5, 10,
 * 15, 20 and then 25 minutes; what happens meanwhile is lost.
 */
export const callbackPolicy: EmulatorVendor['callbackPolicy'] = {
  timeoutMs: 10_000,
  retryDelaysMs: [0],
  accepts: (status) => status === 200,
  ban: {
    failures: 90,
    withinMs: 30_000,
    lengthsMs: [5, 10, 15, 20, 25].map((minutes) => minutes * minuteMs),
    forgetMs: 24 * 60 * minuteMs,
  },
};
