import type { EmulatedSpace, EmulatedState } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { codes, fail, settle } from './failures.ts';
import { becomeEmpty, destroyIfOver } from './memory.ts';
import { cursorOf, offsetPage, pageSize } from './paging.ts';
import { planOf } from './plan.ts';
import { firstFacts } from './room-attributes.ts';
import { actor, extraOf, failuresOf } from './user.ts';
import { objects, text, texts, whole } from './values.ts';

const longestDelaySeconds = 10_800;

/** The room a call is about. A room past its delayed destruction is gone. */
export function roomOf(state: EmulatedState, params: Params): EmulatedSpace {
  const room = state.chatrooms.get(text(params, 'RoomId'));
  return room && !destroyIfOver(room, state) ? room : fail(codes.roomMissing);
}

/** Only rooms that exist now count (catalogue: quirks): not those past their delayed destruction. */
const isFull = (state: EmulatedState, most: number): boolean =>
  state.chatrooms.size >= most &&
  [...state.chatrooms.values()].filter((room) => !destroyIfOver(room, state)).length >= most;

/** The operator does not enter the room. A room created without a delay waits for its first user for ever. */
const create: Handler = (params, { state, app }) => {
  const by = actor(state, params).id;
  const id = text(params, 'RoomId');
  const delay = whole(params, 'DestroyDelayTime') ?? 0;
  if (delay < 0 || delay > longestDelaySeconds) fail(codes.badParameter);
  const existing = state.chatrooms.get(id);
  if (existing && !destroyIfOver(existing, state)) fail(codes.roomExists);
  if (isFull(state, planOf(app).rooms)) fail(codes.tooManyRooms);
  const attributes = objects(params, 'Attributes').map((each) => ({
    key: text(each, 'Key'),
    value: text(each, 'Value'),
    owner: by,
    isAutoDeleted: whole(each, 'AutoDelete') === 1,
  }));
  const room = state.addSpace('chatroom', id, {
    name: text(params, 'RoomName'),
    owner: by,
    attributes: new Map(attributes.map(({ key, value }) => [key, value])),
    extra: new Map<string, unknown>([['DestroyDelayTime', delay], ...firstFacts(attributes)]),
  });
  if (delay > 0) becomeEmpty(room, state);
  return { AttributeSeq: attributes.length };
};

const destroy: Handler = (params, { state }) => {
  state.deleteSpace(roomOf(state, params), text(params, 'FromUserId'));
  return {};
};

/** There is no list of failures: refused only when nobody named is in the room. */
const kick: Handler = (params, { state }) => {
  const room = roomOf(state, params);
  const left = state.leave(room, texts(params, 'UserId'), text(params, 'FromUserId'));
  return left.length > 0 ? {} : fail(codes.notInThisRoom);
};

/** A text cursor, empty or `"0"` at first and `"0"` at the end (catalogue: pagination, B). */
const listUsers: Handler = (params, { state }) => {
  const room = roomOf(state, params);
  if (room.members.size === 0) fail(codes.roomEmpty);
  const mode = whole(params, 'Mode') ?? 0;
  if (mode !== 0 && mode !== 1) fail(codes.badParameter);
  const oldestFirst = [...room.members.keys()];
  const size = pageSize(params['Limit'], { fallback: 500, ceiling: 500 });
  const ordered = mode === 1 ? oldestFirst.reverse() : oldestFirst;
  const { items, next } = offsetPage(ordered, cursorOf(params['NextFlag']), size);
  const UserList = items.map((UserId) => ({ UserId, UserName: state.users.get(UserId)?.name ?? '' }));
  return { Count: room.members.size, NextFlag: String(next), UserList };
};

/** The users of this answer alone have snake_case names (catalogue: quirks). */
const checkUsers: Handler = (params, { state }) => {
  const room = roomOf(state, params);
  const ids = texts(params, 'UserId');
  const UserList = ids.flatMap((id) => {
    const user = room.members.has(id) ? state.users.get(id) : undefined;
    if (!user) return [];
    return [{ user_id: id, user_name: user.name, avatar: user.avatar || null, extra: extraOf(user) || null }];
  });
  const absent = ids.filter((id) => state.users.has(id) && !room.members.has(id));
  const unknown = ids.filter((id) => !state.users.has(id));
  const failures = [...failuresOf(absent, codes.notInNamedRoom), ...failuresOf(unknown, codes.userUnknownOrLoggedOut)];
  return settle({ list: 'ErrorList', failures, worked: UserList.length, payload: { UserList } });
};

export const chatroomHandlers = {
  'zim.room.create': create,
  'zim.room.destroy': destroy,
  'zim.room.users.kick': kick,
  'zim.room.users.list': listUsers,
  'zim.room.users.check': checkUsers,
} satisfies Record<string, Handler>;
