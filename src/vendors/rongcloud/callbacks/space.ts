import { z } from 'zod';
import type { LeaveCause } from '../../../domain/event.ts';
import type { SpaceKey } from '../../../domain/space.ts';
import { id, ids, moment, type Reader, reading, someIds, type Told, text, whole } from './fields.ts';

/** Who came or went alone did it themselves. */
const alone = (userIds: readonly string[]): string | null => (userIds.length === 1 ? (userIds[0] ?? null) : null);

/** What `type` of a chatroom's status says. */
const roomTypes = { created: 0, joined: 1, left: 2, destroyed: 3 } as const;

/** Why users left a chatroom, by `status`. */
const leaveCauses: ReadonlyMap<number | null, LeaveCause> = new Map([
  [0, 'LEFT'],
  [1, 'OFFLINE'],
  [2, 'BLOCKED'],
  [3, 'SPACE_DELETED'],
]);

const roomSchema = z.object({ chatRoomId: id, userIds: ids.catch([]), type: whole, status: whole, time: moment });

/** A chatroom comes and goes, and users with it. Nobody is named who did it, unless they did it themselves. */
export const readChatroomStatus: Reader = reading(roomSchema, ({ chatRoomId, userIds, type, status, time }) => {
  const space: SpaceKey = { kind: 'chatroom', id: chatRoomId };
  switch (type) {
    case roomTypes.created:
      return {
        occurredAt: time,
        payload: { type: 'SPACE_CREATED', space, actorId: null, ownerId: null, memberIds: [] },
      };
    case roomTypes.destroyed:
      return { occurredAt: time, payload: { type: 'SPACE_DELETED', space, actorId: null, memberIds: null } };
    case roomTypes.joined: {
      if (userIds.length === 0) return undefined;
      const actorId = alone(userIds);
      return {
        occurredAt: time,
        payload: { type: 'MEMBERS_JOINED', space, actorId, userIds, cause: 'JOINED', memberCount: null },
      };
    }
    case roomTypes.left: {
      const cause = leaveCauses.get(status);
      if (cause === undefined || userIds.length === 0) return undefined;
      const actorId = cause === 'LEFT' ? alone(userIds) : null;
      return {
        occurredAt: time,
        payload: { type: 'MEMBERS_LEFT', space, actorId, userIds, cause, memberCount: null },
      };
    }
    default:
      return undefined;
  }
});

/** What `optType` of a chatroom's property says. */
const propertyChanges = { set: 1, deleted: 2, cleared: 3 } as const;

const propertySchema = z.object({
  chatroomId: id,
  key: text,
  value: z.string().nullable().catch(null),
  optType: whole,
  userId: text,
  timestamp: moment,
});

/** Key by key. */
export const readChatroomProperty: Reader = reading(
  propertySchema,
  ({ chatroomId, key, value, optType, userId, timestamp }) => {
    const space: SpaceKey = { kind: 'chatroom', id: chatroomId };
    const change = (made: {
      readonly set?: { readonly key: string; readonly value: string };
      readonly deleted?: string;
    }): Told => ({
      occurredAt: timestamp,
      payload: {
        type: 'SPACE_ATTRIBUTES_CHANGED',
        space,
        actorId: userId,
        set: made.set ? [made.set] : [],
        deleted: made.deleted === undefined ? [] : [made.deleted],
        isCleared: optType === propertyChanges.cleared,
      },
    });
    if (optType === propertyChanges.cleared) return change({});
    if (optType === propertyChanges.set && key !== null && value !== null) return change({ set: { key, value } });
    if (optType === propertyChanges.deleted && key !== null) return change({ deleted: key });
    return undefined;
  },
);

/** One of the vendor's examples has the operator in a list. */
const operator = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) && value.length === 1 ? value[0] : value))
  .pipe(text);

/** A hosted group's profile as it is now: whether the rest was the same before is not told. */
export const readGroupProfile: Reader = reading(
  z.object({ groupId: id, time: moment, optUserId: operator }),
  ({ groupId, time, optUserId }) => ({
    occurredAt: time,
    payload: { type: 'SPACE_UPDATED', space: { kind: 'group', id: groupId }, actorId: optUserId, fields: null },
  }),
);

/** What `eventType` of a hosted group's operation says. */
const operations = {
  created: 1,
  joined: 2,
  kicked: 3,
  left: 4,
  dismissed: 5,
  managersAdded: 6,
  managersRemoved: 7,
  ownerChanged: 8,
} as const;

const operationSchema = z.object({
  groupId: id,
  eventType: whole,
  time: moment,
  optUserId: operator,
  userIds: ids.catch([]),
});

type Operation = z.output<typeof operationSchema>;

/** What happens to a hosted group and its members. */
export const readGroupOperation: Reader = reading(operationSchema, (operation) => {
  const payload = operationOf(operation);
  return payload && { occurredAt: operation.time, payload };
});

function operationOf({ groupId, eventType, optUserId: actorId, userIds }: Operation): Told['payload'] | undefined {
  const by = { space: { kind: 'group', id: groupId }, actorId } as const;
  switch (eventType) {
    case operations.created:
      return { type: 'SPACE_CREATED', ...by, ownerId: null, memberIds: userIds };
    case operations.dismissed:
      return { type: 'SPACE_DELETED', ...by, memberIds: userIds.length === 0 ? null : userIds };
    default:
      return someIds.safeParse(userIds).success ? done(eventType, by, userIds) : undefined;
  }
}

type By = { readonly space: SpaceKey; readonly actorId: string | null };

/** What was done to users. */
function done(eventType: number | null, by: By, userIds: readonly string[]): Told['payload'] | undefined {
  switch (eventType) {
    case operations.joined: {
      const isOwnDoing = by.actorId !== null && userIds.includes(by.actorId);
      return { type: 'MEMBERS_JOINED', ...by, userIds, cause: isOwnDoing ? 'JOINED' : 'ADDED', memberCount: null };
    }
    case operations.kicked:
      return { type: 'MEMBERS_LEFT', ...by, userIds, cause: 'REMOVED', memberCount: null };
    case operations.left:
      return { type: 'MEMBERS_LEFT', ...by, userIds, cause: 'LEFT', memberCount: null };
    case operations.managersAdded:
      return { type: 'MEMBER_ROLES_CHANGED', ...by, userIds, role: 'ADMIN' };
    case operations.managersRemoved:
      return { type: 'MEMBER_ROLES_CHANGED', ...by, userIds, role: 'MEMBER' };
    case operations.ownerChanged: {
      // Which of several it would be is not documented.
      const newOwnerId = alone(userIds);
      return newOwnerId === null ? undefined : { type: 'SPACE_OWNER_CHANGED', ...by, oldOwnerId: null, newOwnerId };
    }
    default:
      return undefined;
  }
}
