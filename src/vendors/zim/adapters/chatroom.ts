import { randomBytes } from 'node:crypto';
import type { NewChatroom } from '../../../domain/chatroom.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { Member } from '../../../domain/space.ts';
import { AppError } from '../../../errors.ts';
import { room, roomUsers } from '../endpoints/chatroom.ts';
import { type Context, isUserId, loadUsers, placeOf, positionOf, refuse } from './values.ts';

/** Rooms: the vendor tells who is in them, but neither their names nor which there are. */
export function chatroomOperations({ call, config }: Context) {
  return {
    'Chatroom.memberCount': {
      max: 1,
      load: async ([chatroomId = ''], options) => {
        try {
          const reply = await call(roomUsers.list, { RoomId: chatroomId, Limit: 1 }, options);
          return [reply.Count ?? null];
        } catch (error) {
          if (isEmptyRoom(error)) return [0];
          throw error;
        }
      },
    },

    'Chatroom.members': async ({ spaceId }, page, options) => {
      const place = placeOf(page, '');
      try {
        const NextFlag = place.next === '' ? undefined : place.next;
        const reply = await call(roomUsers.list, { RoomId: spaceId, NextFlag, Limit: place.limit }, options);
        return {
          items: reply.UserList.map((each) => userInRoom(each.UserId, { name: each.UserName })),
          next: positionOf(place, reply.NextFlag),
          totalCount: reply.Count,
        };
      } catch (error) {
        if (isEmptyRoom(error)) return { items: [], totalCount: 0 };
        throw error;
      }
    },

    'Chatroom.member': {
      max: 10,
      group: ({ spaceId }) => spaceId,
      identity: ({ spaceId, userId }) => JSON.stringify([spaceId, userId]),
      load: async (keys, options) => {
        const RoomId = keys[0]?.spaceId ?? '';
        const members = await loadUsers<Member>(
          keys.map(({ userId }) => userId),
          async (UserId) => {
            const reply = await call(roomUsers.check, { UserId: [...UserId], RoomId }, options);
            const found = reply.UserList.map(
              (each) =>
                [each.user_id, userInRoom(each.user_id, { name: each.user_name, avatarUrl: each.avatar })] as const,
            );
            return { ...reply, found: new Map(found) };
          },
        );
        return members.map((each) => (each instanceof AppError && each.code === 'NOT_FOUND' ? null : each));
      },
    },

    'Mutation.createChatroom': async (input, options) => {
      const params = newRoom(input, config.systemUser);
      try {
        await call(room.create, params, options);
      } catch (error) {
        // An id made up here can only be taken by an earlier attempt of the same call, whose answer was lost.
        const isOwnRepeat = input.chatroomId === undefined && error instanceof AppError && error.code === 'CONFLICT';
        if (!isOwnRepeat) throw error;
      }
      return { chatroomId: params.RoomId, members: [] };
    },
  } satisfies Partial<Operations>;
}

/** The answer for a room that waits for its end with nobody in it (catalogue: errors). */
const isEmptyRoom = (error: unknown) => error instanceof AppError && error.details.vendorCode === '660300008';

const userInRoom = (userId: string, profile: Member['profile']): Member => ({
  userId,
  profile,
  role: 'MEMBER',
  customRole: null,
  nickname: null,
  joinedAt: null,
});

function newRoom(input: NewChatroom, systemUser: string) {
  refuse(input.description !== undefined, 'input.description', 'descriptions of chatrooms');
  refuse(input.memberIds.length > 0, 'input.memberIds', 'way to put users into a chatroom');
  refuse(input.maxMembers !== undefined, 'input.maxMembers', 'bounded chatrooms');
  refuse(input.isMuted, 'input.isMuted', 'muted chatrooms');
  refuse((input.speakerIds?.length ?? 0) > 0, 'input.speakerIds', 'muted chatrooms');
  refuse(input.expiry?.trigger === 'SET', 'input.expiry.trigger', 'end of chatrooms at a set time');
  if (input.ownerId !== undefined && !isUserId(input.ownerId)) {
    throw new AppError('BAD_USER_INPUT', 'There can be no such user.', { input: 'input.ownerId' });
  }
  return {
    FromUserId: input.ownerId ?? systemUser,
    RoomId: input.chatroomId ?? `room-${randomBytes(8).toString('hex')}`,
    RoomName: input.name,
    DestroyDelayTime: input.expiry?.afterSeconds,
    Attributes: input.attributes?.length
      ? input.attributes.map(({ key, value }) => ({ Key: key, Value: value }))
      : undefined,
  };
}
