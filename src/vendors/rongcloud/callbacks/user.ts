import { z } from 'zod';
import type { EventPayloads } from '../../../domain/event.ts';
import { id, moment, type Reader, reading, text, whole } from './fields.ts';

/** What `status` says: a user came online, went offline, or logged out. */
const statuses: ReadonlyMap<number | null, Pick<EventPayloads['PRESENCE_CHANGED'], 'isOnline' | 'cause'>> = new Map([
  [0, { isOnline: true, cause: 'LOGIN' }],
  [1, { isOnline: false, cause: 'DISCONNECT' }],
  [2, { isOnline: false, cause: 'LOGOUT' }],
] as const);

/** A user's device comes and goes; the unified webhook tells it in the same fields. */
export const readOnlineStatus: Reader = reading(
  z.object({ userid: id, status: whole, os: text, time: moment, sessionId: text }),
  ({ userid, status, os, time, sessionId }) => {
    const change = statuses.get(status);
    return (
      change && {
        occurredAt: time,
        payload: { type: 'PRESENCE_CHANGED', userId: userid, ...change, platform: os, sessionId },
      }
    );
  },
);

/** What `type` says of an operation on an account. */
const accountOperations = { deactivation: 0, reactivation: 1 } as const;
const succeeded = '0';

export const readDeactivation: Reader = reading(
  z.object({ userId: id, operateId: id, type: whole, code: id, time: moment }),
  ({ userId, operateId, type, code, time }) => {
    if (type !== accountOperations.deactivation && type !== accountOperations.reactivation) return undefined;
    const ok = code === succeeded;
    return {
      occurredAt: time,
      payload: {
        type: 'ACCOUNT_OPERATION_FINISHED',
        userId,
        operationId: operateId,
        isDeletion: type === accountOperations.deactivation,
        ok,
        vendorCode: ok ? null : code,
      },
    };
  },
);

export const readProfile: Reader = reading(z.object({ userId: id, time: moment }), ({ userId, time }) => ({
  occurredAt: time,
  payload: { type: 'USER_UPDATED', userId },
}));

/** Both mean to the vendor's own demo that two users became friends; what the others mean is not known. */
const becameFriends: readonly (number | null)[] = [1, 5];

export const readFriendOperation: Reader = reading(
  z.object({ eventType: whole, userId: id, toUserId: id, time: moment }),
  ({ eventType, userId, toUserId, time }) =>
    becameFriends.includes(eventType)
      ? { occurredAt: time, payload: { type: 'FRIEND_ADDED', userId, friendId: toUserId } }
      : undefined,
);
