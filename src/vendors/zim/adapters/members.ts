import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import type { Member, SpaceKind } from '../../../domain/space.ts';
import { AppError, type Outcome, succeeded } from '../../../errors.ts';
import { changeInChunks } from '../../bulk.ts';
import { room, roomUsers } from '../endpoints/chatroom.ts';
import { group, groupMembers } from '../endpoints/group.ts';
import { roleOf } from './role.ts';
import { type Context, checkUserId, nothing, numberedPlaceOf, outcomesOf, positionOf, refuse } from './values.ts';

/** Members of groups, and what groups and rooms have in common. */
export function membersOperations(context: Context) {
  const { call, config } = context;
  return {
    'Group.members': async ({ spaceId }, page, options) => {
      const place = numberedPlaceOf(page);
      const reply = await call(groupMembers.list, { GroupId: spaceId, Limit: place.limit, Next: place.next }, options);
      return {
        items: reply.MemberList.map(memberOf),
        next: positionOf(place, reply.Next),
        totalCount: reply.TotalCount,
      };
    },

    'Group.member': {
      max: 100,
      group: ({ spaceId }) => spaceId,
      identity: ({ spaceId, userId }) => JSON.stringify([spaceId, userId]),
      load: async (keys, options) => {
        const spaceId = keys[0]?.spaceId ?? '';
        const ids = new Set(keys.map(({ userId }) => userId));
        const wanted = { count: ids.size, fits: ({ userId }: Member) => ids.has(userId) };
        const found = await findMembers(context, spaceId, wanted, options);
        return keys.map(({ userId }) => found.get(userId) ?? null);
      },
    },

    'Group.owner': {
      max: 1,
      load: async ([spaceId = ''], options) => {
        const wanted = { count: 1, fits: ({ role }: Member) => role === 'OWNER' };
        return [[...(await findMembers(context, spaceId, wanted, options)).keys()][0] ?? null];
      },
    },

    'Mutation.addMembers': async ({ space, userIds, actorId }, options) => {
      refuse(space.kind === 'chatroom', 'input.spaceId', 'way to put users into a chatroom');
      const FromUserId = actorId ?? config.systemUser;
      return changeInChunks({
        items: userIds,
        key: (userId) => userId,
        max: 100,
        check: (userId) => checkUserId(userId) ?? (userId === FromUserId ? noSelfAdding : undefined),
        send: async (batch) => {
          const params = { FromUserId, GroupId: space.id, UserIds: [...batch] };
          return outcomesOf(await call(groupMembers.add, params, options), batch, nothing);
        },
      });
    },

    'Mutation.removeMembers': ({ space, userIds, actorId, reason }, options) => {
      const putOut: Record<SpaceKind, (batch: readonly string[]) => Promise<readonly Outcome[]>> = {
        group: async (batch) => {
          const FromUserId = actorId ?? config.systemUser;
          const params = { FromUserId, GroupId: space.id, UserId: [...batch], CustomReason: reason };
          return outcomesOf(await call(groupMembers.remove, params, options), batch, nothing);
        },
        chatroom: async (batch) => {
          const params = { RoomId: space.id, UserId: [...batch], CustomReason: reason, FromUserId: actorId };
          await call(roomUsers.kick, params, options);
          return batch.map(() => succeeded(undefined));
        },
      };
      return changeInChunks({
        items: userIds,
        key: (userId) => userId,
        max: 50,
        check: checkUserId,
        send: putOut[space.kind],
      });
    },

    'Mutation.deleteSpace': async ({ space, actorId }, options) => {
      if (space.kind === 'chatroom') await call(room.destroy, { RoomId: space.id, FromUserId: actorId }, options);
      else await call(group.dismiss, { FromUserId: actorId ?? config.systemUser, GroupId: space.id }, options);
    },
  } satisfies Partial<Operations>;
}

/** The vendor leaves the acting user out of those to be added, and says nothing of it. */
const noSelfAdding = new AppError('BAD_USER_INPUT', 'The acting user cannot add itself: name another actorId.');

interface ListedMember {
  readonly UserId: string;
  readonly UserName: string | null;
  readonly UserNickName: string | null;
  readonly Role: number | undefined;
}

function memberOf({ UserId, UserName, UserNickName, Role }: ListedMember): Member {
  const role = Role === undefined ? undefined : roleOf(Role);
  return {
    userId: UserId,
    profile: { name: UserName },
    role,
    customRole: role === 'CUSTOM' ? Role : null,
    nickname: UserNickName,
    joinedAt: null,
  };
}

const pageOfAll = 1000;
const maxPages = 100;

/** Reads the list of members until as many as are wanted were seen: the vendor has no check for a group, and tells its owner nowhere else. */
async function findMembers(
  { call }: Context,
  spaceId: string,
  wanted: { readonly count: number; fits(member: Member): boolean },
  options: RequestOptions | undefined,
): Promise<ReadonlyMap<string, Member>> {
  const found = new Map<string, Member>();
  let next = 0;
  for (let page = 0; page < maxPages; page += 1) {
    const reply = await call(groupMembers.list, { GroupId: spaceId, Limit: pageOfAll, Next: next }, options);
    for (const each of reply.MemberList.map(memberOf)) if (wanted.fits(each)) found.set(each.userId, each);
    const following = Number(reply.Next ?? 0);
    if (found.size === wanted.count || following === 0 || following === next) return found;
    next = following;
  }
  throw new AppError('VENDOR_BAD_RESPONSE', 'The list of members does not end.');
}
