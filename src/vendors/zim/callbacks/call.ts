import { z } from 'zod';
import { id, ids, moment, momentOf, type Reader, reading, someIds, text, whole } from './fields.ts';

/** Only the first callback of a call names its caller. */
const call = { call_id: id };

export const readCallCreated: Reader = reading(
  z.object({ ...call, user_ids: ids, caller: text, create_time: moment, timeout: whole, payload: text }),
  ({ call_id, user_ids, caller, create_time, timeout, payload }) => ({
    payload: {
      type: 'CALL_STARTED',
      callId: call_id,
      callerId: caller,
      inviteeIds: user_ids,
      data: payload,
      createdAt: create_time,
      expiresAt: create_time && momentOf(create_time.getTime() + (timeout ?? Number.NaN) * 1000),
    },
    occurredAt: create_time,
  }),
);

export const readCallExtended: Reader = reading(
  z.object({ ...call, user_ids: someIds, inviter: id, invite_time: moment }),
  ({ call_id, user_ids, inviter, invite_time }) => ({
    payload: { type: 'CALL_EXTENDED', callId: call_id, callerId: null, actorId: inviter, inviteeIds: user_ids },
    occurredAt: invite_time,
  }),
);

const answer = z.object({ ...call, user_id: id, extend_data: text });

export const readCallAccepted: Reader = reading(answer, ({ call_id, user_id, extend_data }) => ({
  payload: { type: 'CALL_ACCEPTED', callId: call_id, callerId: null, userId: user_id, data: extend_data },
}));

export const readCallRejected: Reader = reading(answer, ({ call_id, user_id, extend_data }) => ({
  payload: { type: 'CALL_REJECTED', callId: call_id, callerId: null, userId: user_id, data: extend_data },
}));

export const readCallCanceled: Reader = reading(
  z.object({ ...call, user_ids: ids, reason: text }),
  ({ call_id, user_ids, reason }) => ({
    payload: { type: 'CALL_CANCELED', callId: call_id, callerId: null, inviteeIds: user_ids, reason },
  }),
);

export const readCallTimedOut: Reader = reading(z.object({ ...call, user_ids: someIds }), ({ call_id, user_ids }) => ({
  payload: { type: 'CALL_TIMED_OUT', callId: call_id, callerId: null, userIds: user_ids },
}));
