import type { Operations } from '../../../domain/operations.ts';
import type { MemberUpdate, SpaceKind } from '../../../domain/space.ts';
import { AppError, type Outcome, succeeded } from '../../../errors.ts';
import { changeInChunks } from '../../bulk.ts';
import { roomUsers } from '../endpoints/chatroom.ts';
import { group, groupMembers } from '../endpoints/group.ts';
import { textBound } from './bounds.ts';
import { numberOfRole } from './role.ts';
import { type Context, checkUserId, nothing, outcomesOf, refuse } from './values.ts';

/** What users are in groups, and their own coming and going. */
export function membershipOperations({ call, config }: Context) {
  return {
    'Mutation.joinSpace': async ({ space, userId }, options) => {
      refuse(space.kind === 'chatroom', 'input.spaceId', 'way to put users into a chatroom');
      mustBeUser(userId, 'input.userId');
      if (userId === config.systemUser) {
        throw new AppError('BAD_USER_INPUT', "The app's system user adds the others, and cannot add itself.", {
          input: 'input.userId',
        });
      }
      const params = { FromUserId: config.systemUser, GroupId: space.id, UserIds: [userId] };
      mustWork(outcomesOf(await call(groupMembers.add, params, options), [userId], nothing));
    },

    // The vendor only knows removal: done in the user's own name it is told as leaving.
    'Mutation.leaveSpace': async ({ space, userId }, options) => {
      mustBeUser(userId, 'input.userId');
      const goOut: Record<SpaceKind, () => Promise<void>> = {
        group: async () => {
          const params = { FromUserId: userId, GroupId: space.id, UserId: [userId] };
          mustWork(outcomesOf(await call(groupMembers.remove, params, options), [userId], nothing));
        },
        chatroom: async () => {
          await call(roomUsers.kick, { RoomId: space.id, UserId: [userId], FromUserId: userId }, options);
        },
      };
      await goOut[space.kind]();
    },

    'Mutation.updateMembers': async ({ space, members, actorId }, options) => {
      refuse(space.kind === 'chatroom', 'input.spaceId', 'nicknames in chatrooms');
      refuse(
        members.some(({ nickname }) => nickname === null || nickname === ''),
        'input.members',
        'way to clear a nickname',
      );
      return changeInChunks<MemberUpdate>({
        items: members,
        key: ({ userId }) => userId,
        max: 20,
        check: ({ userId, nickname }) => checkUserId(userId) ?? checkNickname(nickname, 'A nickname'),
        send: async (batch) => {
          const named = batch.flatMap(({ userId, nickname }) =>
            typeof nickname === 'string' ? [{ UserId: userId, Nickname: nickname }] : [],
          );
          const ids = batch.map(({ userId }) => userId);
          if (named.length === 0) return ids.map(() => succeeded(undefined));
          const params = { FromUserId: actorId ?? config.systemUser, GroupId: space.id, UserIds: named };
          return outcomesOf(await call(groupMembers.setNicknames, params, options), ids, nothing);
        },
      });
    },

    'Mutation.setMemberRole': async ({ space, userIds, role, customRole, actorId }, options) => {
      refuse(space.kind === 'chatroom', 'input.spaceId', 'roles in chatrooms');
      const Role = numberOfRole(role) ?? customRole;
      if (Role === undefined) throw new AppError('BAD_USER_INPUT', undefined, { input: 'input.customRole' });
      const FromUserId = actorId ?? config.systemUser;
      return changeInChunks({
        items: userIds,
        key: (userId) => userId,
        max: 1,
        check: checkUserId,
        send: async (batch) => {
          for (const ToUserId of batch)
            await call(groupMembers.setRole, { FromUserId, GroupId: space.id, ToUserId, Role }, options);
          return batch.map(() => succeeded(undefined));
        },
      });
    },

    // Whether the old owner leaves is not the vendor's to choose: it stays.
    'Mutation.transferOwnership': async ({ space, newOwnerId, actorId }, options) => {
      refuse(space.kind === 'chatroom', 'input.spaceId', 'owners of chatrooms');
      mustBeUser(newOwnerId, 'input.newOwnerId');
      const FromUserId = actorId ?? config.systemUser;
      await call(group.transfer, { FromUserId, GroupId: space.id, NewOwner: newOwnerId }, options);
    },
  } satisfies Partial<Operations>;
}

function mustBeUser(userId: string, input: string): void {
  const problem = checkUserId(userId);
  if (problem) throw problem.with({ input });
}

/** Throws what became of the one item of a call. */
function mustWork([outcome]: readonly Outcome[]): void {
  if (outcome && !outcome.ok) throw outcome.error;
}

const checkNickname = textBound('zim.group.members.nickname.set', 'UserIds[].Nickname');
