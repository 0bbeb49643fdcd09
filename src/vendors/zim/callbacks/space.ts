import { z } from 'zod';
import type { SpaceKey } from '../../../domain/space.ts';
import { id, ids, type Reader, reading, someIds, text } from './fields.ts';

const room = { room_id: id, operator_account: text };
const group = { group_id: id, operator_account: text };

const roomKey = (fields: { readonly room_id: string }): SpaceKey => ({ kind: 'chatroom', id: fields.room_id });
const groupKey = (fields: { readonly group_id: string }): SpaceKey => ({ kind: 'group', id: fields.group_id });

/** Rooms have no owner at this vendor, and their creator need not be in them. */
export const readRoomCreated: Reader = reading(z.object(room), (fields) => ({
  payload: {
    type: 'SPACE_CREATED',
    space: roomKey(fields),
    actorId: fields.operator_account,
    ownerId: null,
    memberIds: [],
  },
}));

export const readGroupCreated: Reader = reading(
  z.object({ ...group, owner_account: text, user_ids: ids.catch([]) }),
  (fields) => ({
    payload: {
      type: 'SPACE_CREATED',
      space: groupKey(fields),
      actorId: fields.operator_account,
      ownerId: fields.owner_account,
      memberIds: fields.user_ids,
    },
  }),
);

export const readRoomEntered: Reader = reading(z.object({ ...room, operator_account: id }), (fields) => ({
  payload: {
    type: 'MEMBERS_JOINED',
    space: roomKey(fields),
    actorId: fields.operator_account,
    userIds: [fields.operator_account],
    cause: 'JOINED',
    memberCount: null,
  },
}));

/** Who came or went alone did it themselves; the vendor's own field has no meaning then. */
const themselves = (userIds: readonly string[]): string | null => (userIds.length === 1 ? (userIds[0] ?? null) : null);

/** Whether those `Invited` were asked is not told: groups let members be added outright unless set otherwise. */
export const readGroupJoined: Reader = reading(
  z.object({ ...group, join_type: z.enum(['Apply', 'Invited']), new_user_ids: someIds }),
  (fields) => {
    const isOwnDoing = fields.join_type === 'Apply';
    return {
      payload: {
        type: 'MEMBERS_JOINED',
        space: groupKey(fields),
        actorId: isOwnDoing ? themselves(fields.new_user_ids) : fields.operator_account,
        userIds: fields.new_user_ids,
        cause: isOwnDoing ? 'JOINED' : 'ADDED',
        memberCount: null,
      },
    };
  },
);

const exit = { operator_account: text, exit_type: z.enum(['Quit', 'Kickout']), exit_user_ids: someIds };

const leave = (space: SpaceKey, fields: z.output<z.ZodObject<typeof exit>>) => {
  const isOwnDoing = fields.exit_type === 'Quit';
  return {
    payload: {
      type: 'MEMBERS_LEFT',
      space,
      actorId: isOwnDoing ? themselves(fields.exit_user_ids) : fields.operator_account,
      userIds: fields.exit_user_ids,
      cause: isOwnDoing ? 'LEFT' : 'REMOVED',
      memberCount: null,
    },
  } as const;
};

export const readRoomLeft: Reader = reading(z.object({ room_id: id, ...exit }), (fields) =>
  leave(roomKey(fields), fields),
);

export const readGroupLeft: Reader = reading(z.object({ group_id: id, ...exit }), (fields) =>
  leave(groupKey(fields), fields),
);

const lastMembers = { user_ids: ids.nullable().catch(null) };

export const readRoomDestroyed: Reader = reading(z.object({ ...room, ...lastMembers }), (fields) => ({
  payload: {
    type: 'SPACE_DELETED',
    space: roomKey(fields),
    actorId: fields.operator_account,
    memberIds: fields.user_ids,
  },
}));

export const readGroupDestroyed: Reader = reading(z.object({ ...group, ...lastMembers }), (fields) => ({
  payload: {
    type: 'SPACE_DELETED',
    space: groupKey(fields),
    actorId: fields.operator_account,
    memberIds: fields.user_ids,
  },
}));
