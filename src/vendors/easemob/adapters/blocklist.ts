import type { Block, BlocklistChange, BlocklistKey, BlocklistOwner } from '../../../domain/blocklist.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { Lister, RequestOptions } from '../../../domain/page.ts';
import type { SpaceKind } from '../../../domain/space.ts';
import { AppError, failed, type Outcome, succeeded } from '../../../errors.ts';
import { blocklist, chatroomBlocklist, groupBlocklist } from '../endpoints/blocklist.ts';
import { outcomesOf, type UserResult } from '../envelope.ts';
import { userIdOf } from '../ids.ts';
import type { Context } from './context.ts';
import { changeEach, readEach, userRule } from './each.ts';
import { pageOfWhole } from './paging.ts';

const usersPerCall = 50;
const spaceUsersPerCall = 60;

/** Who is kept out by users, groups and chatrooms. */
export function blocklistOperations(context: Context) {
  return {
    'User.blocklist': async (userId, { position, limit }, options) => {
      const params = {
        owner_username: userIdOf(userId),
        pageSize: Math.min(limit, 50),
        ...(position !== undefined && { cursor: position }),
      };
      const { items, next } = await context.call(blocklist.list, params, options);
      return { items: items.map(blockOf), ...(next !== undefined && { next }) };
    },
    'Group.blocklist': listOf(context, 'group'),
    'Chatroom.blocklist': listOf(context, 'chatroom'),
    'Blocklist.contains': {
      max: 100,
      group: ({ owner }) => `${owner.kind} ${owner.kind === 'user' ? userIdOf(owner.id) : owner.id}`,
      identity: ({ owner, userId }) => `${owner.kind} ${owner.id} ${userIdOf(userId)}`,
      load: (keys, options) => contains(context, keys, options),
    },
    'Mutation.blockUsers': (change, options) =>
      change.owner.kind === 'user'
        ? blockByUser(context, change, options)
        : changeSpace(context, change, 'add', options),
    'Mutation.unblockUsers': (change, options) =>
      change.owner.kind === 'user'
        ? unblockByUser(context, change, options)
        : changeSpace(context, change, 'remove', options),
  } satisfies Partial<Operations>;
}

const blockOf = (userId: string): Block => ({ userId });

/** The two kinds of space have the same calls with other names. */
const spaces = {
  group: {
    list: ({ call }: Context, group_id: string, options?: RequestOptions) =>
      call(groupBlocklist.list, { group_id }, options),
    add: ({ call }: Context, group_id: string, users: readonly string[], options?: RequestOptions) =>
      users.length === 1
        ? call(groupBlocklist.add, { group_id, username: users[0] ?? '' }, options)
        : call(groupBlocklist.addBatch, { group_id, usernames: [...users] }, options),
    remove: ({ call }: Context, group_id: string, users: readonly string[], options?: RequestOptions) =>
      users.length === 1
        ? call(groupBlocklist.remove, { group_id, username: users[0] ?? '' }, options)
        : call(groupBlocklist.removeBatch, { group_id, usernames: [...users] }, options),
  },
  chatroom: {
    list: ({ call }: Context, chatroom_id: string, options?: RequestOptions) =>
      call(chatroomBlocklist.list, { chatroom_id }, options),
    add: ({ call }: Context, chatroom_id: string, users: readonly string[], options?: RequestOptions) =>
      users.length === 1
        ? call(chatroomBlocklist.add, { chatroom_id, username: users[0] ?? '' }, options)
        : call(chatroomBlocklist.addBatch, { chatroom_id, usernames: [...users] }, options),
    remove: ({ call }: Context, chatroom_id: string, users: readonly string[], options?: RequestOptions) =>
      users.length === 1
        ? call(chatroomBlocklist.remove, { chatroom_id, username: users[0] ?? '' }, options)
        : call(chatroomBlocklist.removeBatch, { chatroom_id, usernames: [...users] }, options),
  },
};

const listOf =
  (context: Context, kind: SpaceKind): Lister<string, Block> =>
  async (spaceId, page, options) =>
    pageOfWhole((await spaces[kind].list(context, spaceId, options)).map(blockOf), page);

function changeSpace(
  context: Context,
  { owner, userIds }: BlocklistChange,
  verb: 'add' | 'remove',
  options?: RequestOptions,
) {
  return changeEach(userIds, { rule: userRule, max: spaceUsersPerCall }, async (ids) => {
    const { kind, id } = owner;
    if (kind === 'user') throw new AppError('INTERNAL_SERVER_ERROR', 'A user is no space.');
    const results: readonly UserResult[] = await spaces[kind][verb](context, id, ids, options);
    return outcomesOf(ids, results);
  });
}

/** The answer names those who were added; of the others the list is asked, since they may have been on it before. */
function blockByUser(context: Context, { owner, userIds }: BlocklistChange, options?: RequestOptions) {
  const owner_username = userIdOf(owner.id);
  return changeEach(userIds, { rule: userRule, max: usersPerCall }, async (usernames) => {
    const added = await context.call(blocklist.add, { owner_username, usernames: [...usernames] }, options);
    const blocked = new Set(added.map(userIdOf));
    const others = usernames.filter((id) => !blocked.has(id));
    for (const id of others.length > 0 ? await blockedOf(context, owner_username, others, options) : [])
      blocked.add(id);
    return usernames.map(
      (id): Outcome =>
        blocked.has(id) ? succeeded(undefined) : failed(new AppError('NOT_FOUND', 'There is no such user.')),
    );
  });
}

function unblockByUser({ call }: Context, { owner, userIds }: BlocklistChange, options?: RequestOptions) {
  const owner_username = userIdOf(owner.id);
  return changeEach(userIds, { rule: userRule, max: 1 }, async ([blocked_username = '']) => {
    await call(blocklist.remove, { owner_username, blocked_username }, options);
    return [succeeded(undefined)];
  });
}

/** All keys are of one owner. Only users' blocklists have a check; those of spaces are read whole. */
function contains(context: Context, keys: readonly BlocklistKey[], options?: RequestOptions) {
  const userIds = keys.map((key) => key.userId);
  return readEach(userIds, userRule, async (ids) => {
    const owner = keys[0]?.owner;
    const blocked = new Set(owner ? await blockedBy(context, owner, ids, options) : []);
    return (id: string): boolean => blocked.has(id);
  });
}

async function blockedBy(
  context: Context,
  { kind, id }: BlocklistOwner,
  userIds: readonly string[],
  options?: RequestOptions,
): Promise<string[]> {
  if (kind === 'user') return blockedOf(context, userIdOf(id), userIds, options);
  return (await spaces[kind].list(context, id, options)).map(userIdOf);
}

async function blockedOf({ call }: Context, username: string, userIds: readonly string[], options?: RequestOptions) {
  const rows = await call(blocklist.check, { username, check_list: [...userIds] }, options);
  return rows.filter((row) => row.relation === 'blacklist').map((row) => userIdOf(row.username));
}
