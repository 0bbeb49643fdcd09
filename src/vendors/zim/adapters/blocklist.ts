import type { BlocklistChange, BlocklistOwner } from '../../../domain/blocklist.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { changeInChunks } from '../../bulk.ts';
import { blocklist } from '../endpoints/blocklist.ts';
import {
  type Context,
  checkUserId,
  dateOf,
  loadUsers,
  nothing,
  numberedPlaceOf,
  outcomesOf,
  positionOf,
  refuse,
} from './values.ts';

/** Users' blocklists; groups and rooms have none. */
export function blocklistOperations({ call }: Context) {
  const change = async (
    endpoint: typeof blocklist.add | typeof blocklist.remove,
    { owner, userIds, durationSeconds, notice }: BlocklistChange,
    options: RequestOptions | undefined,
  ) => {
    onlyOfUsers(owner, 'input.ownerId');
    refuse(durationSeconds !== undefined, 'input.durationSeconds', 'blocks that end by themselves');
    refuse(notice !== undefined, 'input.notice', 'notices of blocks');
    return changeInChunks({
      items: userIds,
      key: (userId) => userId,
      max: 20,
      check: checkUserId,
      send: async (batch) => {
        const reply = await call(endpoint, { FromUserId: owner.id, UserIds: [...batch] }, options);
        return outcomesOf(reply, batch, nothing);
      },
    });
  };

  return {
    'User.blocklist': async (ownerId, page, options) => {
      const place = numberedPlaceOf(page);
      const reply = await call(blocklist.list, { FromUserId: ownerId, Limit: place.limit, Next: place.next }, options);
      return {
        items: reply.Blacklist.map((each) => ({
          userId: each.UserId,
          profile: { name: each.UserName, avatarUrl: each.Avatar },
          createdAt: dateOf(each.UpdateTime),
          expiresAt: null,
        })),
        next: positionOf(place, reply.Next),
        totalCount: reply.TotalCount,
      };
    },

    'Blocklist.contains': {
      max: 20,
      group: ({ owner }) => `${owner.kind}:${owner.id}`,
      identity: ({ owner, userId }) => JSON.stringify([owner.kind, owner.id, userId]),
      load: async (keys, options) => {
        const owner = keys[0]?.owner;
        if (!owner) return [];
        onlyOfUsers(owner, 'ownerId');
        return loadUsers(
          keys.map(({ userId }) => userId),
          async (UserIds) => {
            const reply = await call(blocklist.check, { FromUserId: owner.id, UserIds: [...UserIds] }, options);
            return { ...reply, found: new Map(reply.Succ.map((each) => [each.UserId, each.Result === 1])) };
          },
        );
      },
    },

    'Mutation.blockUsers': (input, options) => change(blocklist.add, input, options),
    'Mutation.unblockUsers': (input, options) => change(blocklist.remove, input, options),
  } satisfies Partial<Operations>;
}

const onlyOfUsers = ({ kind }: BlocklistOwner, input: string) =>
  refuse(kind !== 'user', input, `blocklist of a ${kind}`);
