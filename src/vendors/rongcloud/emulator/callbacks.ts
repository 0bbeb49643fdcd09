import { randomUUID } from 'node:crypto';
import type { EmulatedEvent, EmulatedMessage, EmulatedSpace, EmulatedUser } from '../../../emulator/state.ts';
import type { EmulatedApp, OutgoingCallback } from '../../../emulator/vendor.ts';
import { hostingOf } from './hosted-group.ts';
import { systemType } from './message.ts';
import { conversationTypeOf, recallOf } from './recall.ts';
import { callback } from './signed.ts';

const operatingSystems: Readonly<Record<string, string>> = {
  ios: 'iOS',
  android: 'Android',
  harmony: 'HarmonyOS',
  web: 'Websocket',
  pc: 'PC',
  mini: 'MiniProgram',
};

/** Words here, not the numbers of requests. */
export const channelTypes = { direct: 'PERSON', group: 'GROUP', chatroom: 'TEMPGROUP' } as const;

/** `message.sync`: one for each message. Receivers of a directed group message come as repeated keys. */
function routing(message: EmulatedMessage, app: EmulatedApp): OutgoingCallback {
  const isSystem = message.extra.get('conversationType') === systemType;
  const receivers = message.extra.get('groupUserIds');
  const fields = {
    fromUserId: message.from,
    toUserId: message.to,
    objectName: message.type,
    content: String(message.body),
    channelType: isSystem ? 'NOTIFY' : channelTypes[message.kind],
    msgTimestamp: String(message.sentAt),
    msgUID: message.id,
    sensitiveType: '0',
    source: message.source === 'server' ? 'Server' : 'iOS',
    busChannel: String(message.extra.get('busChannel') ?? ''),
    ...(Array.isArray(receivers) && { groupUserIds: receivers }),
  };
  return callback('rongcloud.callback.message.sync', fields, app);
}

/** Server API sends are routed with the console's switch only; typing status needs one that nobody has here. */
function isRouted(message: EmulatedMessage, app: EmulatedApp): boolean {
  return message.type !== 'RC:TypSts' && (message.source === 'client' || app.switches.has('sync-server'));
}

/** `message.operation`; without that service (switch `recall-as-message`) the recall's own message is routed. */
function recalled(message: EmulatedMessage, by: string, app: EmulatedApp): readonly OutgoingCallback[] {
  const recall = recallOf(message);
  if (app.switches.has('recall-as-message')) {
    const command = app.state.messages.get(recall?.commandId ?? '');
    return command && isRouted(command, app) ? [routing(command, app)] : [];
  }
  const operation = {
    eventType: 1,
    fromUserId: by,
    optTime: message.recalledAt,
    source: recall?.source === 'client' ? 'iOS' : 'Server',
    conversationInfo: {
      conversationType: conversationTypeOf(message),
      targetId: message.to,
      busChannel: String(message.extra.get('busChannel') ?? ''),
    },
    originalMsgInfo: { messageId: message.id, messageTime: message.sentAt },
    recallMsgInfo: {
      isDelete: recall?.isDelete ?? 0,
      isAdmin: recall?.isAdmin ?? 0,
      extra: recall?.extra ?? '',
    },
  };
  return [callback('rongcloud.callback.message.operation', operation, app)];
}

/** One id for a connection, from its login to its end. */
function sessionOf(user: EmulatedUser, device: string, isNew: boolean): string {
  const key = `session ${device}`;
  const kept = user.extra.get(key);
  const session = !isNew && typeof kept === 'string' ? kept : randomUUID();
  user.extra.set(key, session);
  return session;
}

/** Status "0" online and "1" offline, as strings. */
function onlineStatus(user: EmulatedUser, device: string, isOnline: boolean, app: EmulatedApp): OutgoingCallback {
  const fields = {
    userid: user.id,
    status: isOnline ? '0' : '1',
    os: operatingSystems[device.split('_')[0] ?? ''] ?? 'PC',
    time: app.state.now(),
    clientIp: '127.0.0.1:50000',
    sessionId: sessionOf(user, device, isOnline),
  };
  return callback('rongcloud.callback.user.onlineStatus', fields, app);
}

const chatroomTypes = { 'space.created': 0, 'members.joined': 1, 'members.left': 2, 'space.deleted': 3 } as const;

function chatroomStatus(
  type: keyof typeof chatroomTypes,
  room: EmulatedSpace,
  userIds: readonly string[],
  app: EmulatedApp,
) {
  const status = room.extra.get('reason') ?? 0;
  const fields = { chatRoomId: room.id, userIds, status, type: chatroomTypes[type], time: app.state.now() };
  return callback('rongcloud.callback.chatroom.status', fields, app);
}

const groupTypes = { 'space.created': 1, 'members.joined': 2, 'members.left': 3, 'space.deleted': 5 } as const;
const leftByThemselves = 4;

function groupOperation(
  type: keyof typeof groupTypes,
  group: EmulatedSpace,
  userIds: readonly string[],
  by: string,
  app: EmulatedApp,
) {
  const isLeaving = type === 'members.left' && userIds.includes(by);
  const eventType = isLeaving ? leftByThemselves : groupTypes[type];
  return callback(
    'rongcloud.callback.group.operation',
    { groupId: group.id, eventType, time: app.state.now(), optUserId: by, userIds },
    app,
  );
}

/** Plain groups have no callback; entrusted groups have theirs, and chatrooms. */
function spaceChanged(
  type: keyof typeof groupTypes,
  space: EmulatedSpace,
  userIds: readonly string[],
  by: string,
  app: EmulatedApp,
) {
  if (space.kind === 'chatroom') return [chatroomStatus(type, space, userIds, app)];
  return hostingOf(space) ? [groupOperation(type, space, userIds, by, app)] : [];
}

/** The callbacks of an event. The vendor has none for edits that its server API did not make. */
export function callbacksFor(event: EmulatedEvent, app: EmulatedApp): readonly OutgoingCallback[] {
  switch (event.type) {
    case 'message.sent':
      return event.messages.filter((message) => isRouted(message, app)).map((message) => routing(message, app));
    case 'message.recalled':
      return recalled(event.message, event.by, app);
    case 'user.online':
    case 'user.offline':
      return [onlineStatus(event.user, event.device, event.type === 'user.online', app)];
    case 'space.created':
      return spaceChanged(
        event.type,
        event.space,
        event.space.kind === 'group' ? [...event.space.members.keys()] : [],
        event.by,
        app,
      );
    case 'space.deleted':
      return spaceChanged(event.type, event.space, [], event.by, app);
    case 'members.joined':
    case 'members.left':
      return spaceChanged(event.type, event.space, event.userIds, event.by, app);
    case 'vendor':
      return [callback(event.callback, event.fields, app)];
    default:
      return [];
  }
}
