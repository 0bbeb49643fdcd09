import type { BlocklistChange } from '../../../domain/blocklist.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { chatroomBlocklist, userBlocklist } from '../endpoints/blocklist.ts';
import { badInput, notSupported } from '../refusals.ts';
import { parseLocalTime } from '../time.ts';
import { mustExist } from './existence.ts';
import { pageOf, whole } from './paging.ts';
import { changeUsers } from './users-change.ts';

type Context = AppContext<Config>;
type Lists = Pick<Operations, 'User.blocklist' | 'Chatroom.blocklist'>;
type Changes = Pick<Operations, 'Mutation.blockUsers' | 'Mutation.unblockUsers'>;

const maxMinutes = 43_200;
const perCall = 20;

/** Blocklists of users and chatrooms; groups have none. */
export const blocklistOperations = (context: Context): Lists & Changes => ({ ...lists(context), ...changes(context) });

function lists({ config, call }: Context): Lists {
  return {
    async 'User.blocklist'(userId, { position, limit }, options) {
      const params = { userId, size: limit, ...(position !== undefined && { pageToken: position }) };
      const { users, next } = await call(userBlocklist.query, params, options);
      return pageOf(
        users.map((id) => ({ userId: id })),
        next,
      );
    },
    async 'Chatroom.blocklist'(chatroomId, page, options) {
      const { users } = await call(chatroomBlocklist.list, { chatroomId }, options);
      return whole(
        users.map(({ userId, time }) => ({ userId, expiresAt: parseLocalTime(time, config.region) })),
        page,
      );
    },
  };
}

function changes(context: Context): Changes {
  const { call } = context;
  /** Changes users of a room that is there: the vendor takes blocks of rooms that are not. */
  const inRoom = (
    chatroomId: string,
    userIds: readonly string[],
    change: (userIds: string[]) => Promise<unknown>,
    options?: RequestOptions,
  ) => {
    const isThere = mustExist({ kind: 'chatroom', id: chatroomId }, context, options);
    return changeUsers(userIds, perCall, async (some) => {
      await isThere;
      return change(some);
    });
  };
  return {
    async 'Mutation.blockUsers'(change, options) {
      const { owner, durationSeconds, notice } = change;
      if (owner.kind === 'user') {
        refuseForUsers(change);
        return changeUsers(change.userIds, perCall, (blackUserId) =>
          call(userBlocklist.add, { userId: owner.id, blackUserId }, options),
        );
      }
      refuseGroups(change);
      const minute = minutesOf(durationSeconds);
      const add = (userId: string[]) =>
        call(chatroomBlocklist.add, { chatroomId: owner.id, userId, minute, ...told(notice) }, options);
      return inRoom(owner.id, change.userIds, add, options);
    },
    async 'Mutation.unblockUsers'(change, options) {
      const { owner, notice } = change;
      if (owner.kind === 'user') {
        refuseForUsers(change);
        return changeUsers(change.userIds, perCall, (blackUserId) =>
          call(userBlocklist.remove, { userId: owner.id, blackUserId }, options),
        );
      }
      refuseGroups(change);
      const remove = (userId: string[]) =>
        call(chatroomBlocklist.remove, { chatroomId: owner.id, userId, ...told(notice) }, options);
      return inRoom(owner.id, change.userIds, remove, options);
    },
  };
}

/** Whole minutes, and the longest there is for a block without an end. */
function minutesOf(durationSeconds: number | undefined): number {
  if (durationSeconds === undefined) return maxMinutes;
  const minutes = Math.ceil(durationSeconds / 60);
  if (minutes < 1 || minutes > maxMinutes) throw badInput('input.durationSeconds', 'must be 1-2592000');
  return minutes;
}

const told = (notice: string | undefined) => (notice === undefined ? {} : { needNotify: true, extra: { notice } });

function refuseForUsers({ durationSeconds, notice }: BlocklistChange): void {
  if (durationSeconds !== undefined) throw notSupported('input.durationSeconds', 'Blocks of a user have no end.');
  if (notice !== undefined) throw notSupported('input.notice', 'Blocks of a user are told to nobody.');
}

function refuseGroups({ owner }: BlocklistChange): void {
  if (owner.kind === 'group') throw notSupported('input.ownerId', 'The groups of this vendor have no blocklist.');
}
