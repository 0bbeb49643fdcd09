import { randomUUID } from 'node:crypto';
import type { EmulatedEvent, EmulatedMessage, EmulatedSpace, EmulatedUser } from '../../../emulator/state.ts';
import type { CallbackRequest, EmulatedApp, OutgoingCallback } from '../../../emulator/vendor.ts';
import { digest } from './auth.ts';
import { hostingOf } from './hosted-group.ts';
import { systemType } from './message.ts';
import { conversationTypeOf, recallOf } from './recall.ts';

/** Our own URL with `appKey`, `nonce`, `timestamp` (milliseconds) and `signature` appended; the body is not signed. */
function signedUrl(url: string, app: EmulatedApp, now: number): string {
  const nonce = randomUUID().slice(0, 8);
  const timestamp = String(now);
  const signature = digest(app.credentials['appSecret'] ?? '', nonce, timestamp);
  const query = new URLSearchParams({ appKey: app.credentials['appKey'] ?? '', nonce, timestamp, signature });
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function callback(id: string, app: EmulatedApp, contentType: string, body: string): OutgoingCallback {
  const request = (url: string, now: number): CallbackRequest => ({
    url: signedUrl(url, app, now),
    headers: { 'content-type': contentType },
    body,
  });
  return { id: `rongcloud.callback.${id}`, request };
}

const asJson = (id: string, app: EmulatedApp, body: unknown) =>
  callback(id, app, 'application/json; charset=utf-8', JSON.stringify(body));

const operatingSystems: Readonly<Record<string, string>> = {
  ios: 'iOS',
  android: 'Android',
  harmony: 'HarmonyOS',
  web: 'Websocket',
  pc: 'PC',
  mini: 'MiniProgram',
};

/** Words here, not the numbers of requests. */
const channelTypes = { direct: 'PERSON', group: 'GROUP', chatroom: 'TEMPGROUP' } as const;

/** `message.sync`: a form, one for each message. Receivers of a directed group message come as repeated keys. */
function routing(message: EmulatedMessage, app: EmulatedApp): OutgoingCallback {
  const isSystem = message.extra.get('conversationType') === systemType;
  const form = new URLSearchParams({
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
  });
  const receivers = message.extra.get('groupUserIds');
  if (Array.isArray(receivers)) for (const userId of receivers) form.append('groupUserIds', String(userId));
  return callback('message.sync', app, 'application/x-www-form-urlencoded; charset=utf-8', form.toString());
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
  return [asJson('message.operation', app, operation)];
}

/** One id for a connection, from its login to its end. */
function sessionOf(user: EmulatedUser, device: string, isNew: boolean): string {
  const key = `session ${device}`;
  const kept = user.extra.get(key);
  const session = !isNew && typeof kept === 'string' ? kept : randomUUID();
  user.extra.set(key, session);
  return session;
}

/** An array of events; status "0" online and "1" offline, as strings. */
function onlineStatus(user: EmulatedUser, device: string, isOnline: boolean, app: EmulatedApp): OutgoingCallback {
  return asJson('user.onlineStatus', app, [
    {
      userid: user.id,
      status: isOnline ? '0' : '1',
      os: operatingSystems[device.split('_')[0] ?? ''] ?? 'PC',
      time: app.state.now(),
      clientIp: '127.0.0.1:50000',
      sessionId: sessionOf(user, device, isOnline),
    },
  ]);
}

const chatroomTypes = { 'space.created': 0, 'members.joined': 1, 'members.left': 2, 'space.deleted': 3 } as const;

function chatroomStatus(
  type: keyof typeof chatroomTypes,
  room: EmulatedSpace,
  userIds: readonly string[],
  app: EmulatedApp,
) {
  const status = room.extra.get('reason') ?? 0;
  return asJson('chatroom.status', app, [
    { chatRoomId: room.id, userIds, status, type: chatroomTypes[type], time: app.state.now() },
  ]);
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
  return asJson('group.operation', app, [
    { groupId: group.id, eventType, time: app.state.now(), optUserId: by, userIds },
  ]);
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
    default:
      return [];
  }
}
