import type { EmulatedSpace, EmulatedState } from '../../../emulator/state.ts';
import { conversationKey } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { refuse, refuseParam } from './failures.ts';
import { localTime } from './local-time.ts';
import { objectParam } from './profile.ts';
import { int, isOn, text, texts } from './read.ts';

/** The room that the call names, if it is there; `chatroom/get` alone has a code for one that is not. */
export const roomOf = (params: Params, { state }: HandlerContext): EmulatedSpace | undefined =>
  state.chatrooms.get(text(params, 'chatroomId'));

/** `status` of the chatroom callback that tells of what is done in `change`: 2 blocked, 3 destroyed automatically. */
export function withReason(room: EmulatedSpace, reason: number, change: () => void): void {
  room.extra.set('reason', reason);
  change();
  room.extra.delete('reason');
}

/** Properties and history go with the room. */
function destroyRoom(state: EmulatedState, room: EmulatedSpace): void {
  state.deleteSpace(room, '');
  state.conversations.delete(conversationKey('chatroom', '', room.id));
}

const minuteMs = 60_000;

/** An existing id is no error and keeps its room. With destroyType 1 the room goes when its time is up. */
const create: Handler = (params, context) => {
  const { state, clock } = context;
  const id = text(params, 'chatroomId');
  const destroyType = int(params, 'destroyType', 0);
  const destroyTime = int(params, 'destroyTime', 60);
  const entries = objectParam(params, 'entryInfo', context);
  if (entries && text(params, 'entryOwnerId') === '') refuseParam(context, 'entryOwnerId', 'is required');
  if (state.chatrooms.has(id)) return {};
  const room = state.addSpace('chatroom', id, {
    attributes: new Map(Object.entries(entries ?? {}).map(([key, value]) => [key, String(value)])),
    extra: new Map<string, unknown>([
      ['destroyType', destroyType],
      ['destroyTime', destroyType === 1 ? destroyTime : 0],
      ['ban', isOn(params, 'isBan')],
      ['whitelist', texts(params, 'whiteUserIds')],
    ]),
  });
  if (destroyType === 1) {
    clock.schedule(destroyTime * minuteMs, () => {
      if (state.chatrooms.get(id) === room) withReason(room, 3, () => destroyRoom(state, room));
    });
  }
  return {};
};

const mostRooms = 100;

/** `chatroom[id]=name` for each room; brackets come raw or encoded. */
const createLegacy: Handler = (params, context) => {
  const rooms = Object.entries(params).flatMap(([key, value]) => {
    const id = /^chatroom\[(.+)\]$/.exec(key)?.[1];
    return id === undefined ? [] : [{ id, name: String(value) }];
  });
  if (rooms.length === 0) refuseParam(context, 'chatroom', 'is required');
  if (rooms.length > mostRooms) refuseParam(context, 'chatroom', `has more than ${mostRooms} values`);
  if (rooms.some(({ id }) => !/^[A-Za-z0-9+=_-]{1,64}$/.test(id))) refuseParam(context, 'chatroom');
  for (const { id, name } of rooms)
    if (!context.state.chatrooms.has(id)) context.state.addSpace('chatroom', id, { name });
  return {};
};

/** Rooms that do not exist are passed over. */
const destroy: Handler = (params, { state }) => {
  for (const id of texts(params, 'chatroomId')) {
    const room = state.chatrooms.get(id);
    if (room) destroyRoom(state, room);
  }
  return {};
};

const get: Handler = (params, context) => {
  const id = text(params, 'chatroomId');
  const room = context.state.chatrooms.get(id) ?? refuse(context, 23410, 'chatroom does not exist.');
  return {
    chatroomId: id,
    createTime: room.createdAt,
    memberCount: room.members.size,
    destroyType: room.extra.get('destroyType') ?? 0,
    destroyTime: room.extra.get('destroyTime') ?? 0,
    ban: room.extra.get('ban') === true,
  };
};

/** Rooms that do not exist are missing from the answer. */
const queryLegacy: Handler = (params, { state, app }) => ({
  chatRooms: texts(params, 'chatroomId').flatMap((id) => {
    const room = state.chatrooms.get(id);
    return room ? [{ chrmId: id, name: room.name, time: localTime(room.createdAt, app) }] : [];
  }),
});

/** Nothing but the code is documented; refused for a room that is not there. */
const info: Handler = (params, context) =>
  roomOf(params, context) ? {} : refuseParam(context, 'chatroomId', 'does not exist');

const mostListed = 500;

/** At most 500, larger counts are cut; 1 ascending by time of joining, 2 descending. Nobody is in a room that is not there. */
const queryMembers: Handler = (params, context) => {
  const [count, order] = [int(params, 'count', mostListed), int(params, 'order', 1)];
  if (count < 1) refuseParam(context, 'count');
  const members = [...(roomOf(params, context)?.members.values() ?? [])];
  const sorted = order === 1 ? members : members.toReversed();
  const listed = sorted.slice(0, Math.min(count, mostListed));
  return {
    total: members.length,
    users: listed.map(({ userId, joinedAt }) => ({ id: userId, time: localTime(joinedAt, context.app) })),
  };
};

const isIn = ({ state }: HandlerContext, roomId: string, userId: string) =>
  state.chatrooms.get(roomId)?.members.has(userId) ?? false;

/** Numbers here, a boolean in the form for one user. Nobody is in a room that does not exist. */
const usersExist: Handler = (params, context) => ({
  result: texts(params, 'userId').map((userId) => ({
    userId,
    isInChrm: isIn(context, text(params, 'chatroomId'), userId) ? 1 : 0,
  })),
});

const userExists: Handler = (params, context) => ({
  isInChrm: isIn(context, text(params, 'chatroomId'), text(params, 'userId')),
});

export const chatroomHandlers: Readonly<Record<string, Handler>> = {
  'rongcloud.chatroom.create': create,
  'rongcloud.chatroom.create.legacy': createLegacy,
  'rongcloud.chatroom.destroy': destroy,
  'rongcloud.chatroom.get': get,
  'rongcloud.chatroom.query.legacy': queryLegacy,
  'rongcloud.chatroom.info': info,
  'rongcloud.chatroom.user.query': queryMembers,
  'rongcloud.chatroom.users.exist': usersExist,
  'rongcloud.chatroom.user.exist': userExists,
};
