import type { RequestOptions } from '../../../domain/page.ts';
import type { SpaceKind } from '../../../domain/space.ts';
import { chatroomMember, groupMember } from '../endpoints/member.ts';
import type { UserResult } from '../envelope.ts';
import type { Context } from './context.ts';
import type { NumberedPage } from './paging.ts';

/** The member calls of one kind of space; both kinds have the same with other names. */
interface SpaceCalls {
  members(
    context: Context,
    spaceId: string,
    page: NumberedPage,
    options?: RequestOptions,
  ): Promise<{ userId: string; isOwner: boolean }[]>;
  admins(context: Context, spaceId: string, options?: RequestOptions): Promise<string[]>;
  add: ChangeOne;
  /** Gives those who came in by it. */
  addMany(
    context: Context,
    spaceId: string,
    userIds: readonly string[],
    announce: boolean,
    options?: RequestOptions,
  ): Promise<string[]>;
  remove: ChangeOne;
  removeMany(
    context: Context,
    spaceId: string,
    userIds: readonly string[],
    announce: boolean,
    options?: RequestOptions,
  ): Promise<UserResult[]>;
}

type ChangeOne = (
  context: Context,
  spaceId: string,
  userId: string,
  announce: boolean,
  options?: RequestOptions,
) => Promise<UserResult[]>;

/** The others are told unless the call says not to. */
const notifyOf = (announce: boolean) => (announce ? {} : { need_notify: false });

const group: SpaceCalls = {
  members: ({ call }, group_id, page, options) => call(groupMember.list, { group_id, ...page }, options),
  admins: ({ call }, group_id, options) => call(groupMember.admins, { group_id }, options),
  add: ({ call }, group_id, username, announce, options) =>
    call(groupMember.add, { group_id, username, ...notifyOf(announce) }, options),
  addMany: async ({ call }, group_id, userIds, announce, options) => {
    const params = { group_id, usernames: [...userIds], ...notifyOf(announce) };
    return (await call(groupMember.addBatch, params, options)).newmembers;
  },
  remove: ({ call }, group_id, username, announce, options) =>
    call(groupMember.remove, { group_id, username, ...notifyOf(announce) }, options),
  removeMany: ({ call }, group_id, userIds, announce, options) =>
    call(groupMember.removeBatch, { group_id, usernames: [...userIds], ...notifyOf(announce) }, options),
};

/** Chatrooms leave no choice about telling the others. */
const chatroom: SpaceCalls = {
  members: ({ call }, chatroom_id, page, options) => call(chatroomMember.list, { chatroom_id, ...page }, options),
  admins: ({ call }, chatroom_id, options) => call(chatroomMember.admins, { chatroom_id }, options),
  add: ({ call }, chatroom_id, username, _announce, options) =>
    call(chatroomMember.add, { chatroom_id, username }, options),
  addMany: async ({ call }, chatroom_id, userIds, _announce, options) =>
    (await call(chatroomMember.addBatch, { chatroom_id, usernames: [...userIds] }, options)).newmembers,
  remove: ({ call }, chatroom_id, username, _announce, options) =>
    call(chatroomMember.remove, { chatroom_id, username }, options),
  removeMany: ({ call }, chatroom_id, userIds, _announce, options) =>
    call(chatroomMember.removeBatch, { chatroom_id, usernames: [...userIds] }, options),
};

export const spaceCalls: Readonly<Record<SpaceKind, SpaceCalls>> = { group, chatroom };
