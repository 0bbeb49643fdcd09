import type { NewCall } from '../../../domain/call.ts';
import type { PushOptions } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import { AppError, failed } from '../../../errors.ts';
import { dataText } from '../../../net/data-text.ts';
import { call as endpoints } from '../endpoints/call.ts';
import { type Context, checkUserId, dateOf, nothing, outcomesOf, refuse } from './values.ts';

/** Calls are talked over in the vendor's clients; a server invites and answers. */
export function callOperations({ call }: Context) {
  return {
    'Mutation.startCall': async (input, options) => {
      const OfflinePush = offlinePush(input.push);
      const { callees, errors } = checkedCallees(input);
      const params = {
        FromUserId: input.callerId,
        UserIds: callees,
        Timeout: input.timeoutSeconds,
        ExtendedData: input.data,
        OfflinePush,
      };
      const reply = await call(endpoints.invite, params, options);
      if (reply.refusal) throw reply.refusal;
      if (!reply.CallId) throw new AppError('VENDOR_BAD_RESPONSE', 'The answer names no call.');
      const taken = outcomesOf(reply, input.inviteeIds, nothing);
      return {
        callId: reply.CallId,
        createdAt: dateOf(reply.CreateTime),
        invitees: input.inviteeIds.map((id, index) => {
          const error = errors.get(id);
          return error ? failed(error) : (taken[index] ?? failed(new AppError('OUTCOME_UNKNOWN')));
        }),
      };
    },

    'Mutation.acceptCall': async ({ callId, userId, data }, options) => {
      await call(endpoints.accept, { FromUserId: userId, CallId: callId, ExtendedData: data }, options);
    },

    'Mutation.rejectCall': async ({ callId, userId, data }, options) => {
      await call(endpoints.reject, { FromUserId: userId, CallId: callId, ExtendedData: data }, options);
    },
  } satisfies Partial<Operations>;
}

/** Those who can be called, so that one impossible id does not refuse the whole call. Throws when there are none. */
function checkedCallees({ inviteeIds }: NewCall) {
  const errors = new Map<string, AppError>();
  for (const id of inviteeIds) {
    const problem = checkUserId(id);
    if (problem) errors.set(id, problem);
  }
  const callees = [...new Set(inviteeIds)].filter((id) => !errors.has(id));
  const [first] = errors.values();
  if (first && callees.length === 0) throw first.with({ input: 'input.inviteeIds' });
  return { callees, errors };
}

/** The vendor wants to be told, so nobody is pushed to unless it was asked for. Throws `NOT_SUPPORTED`. */
function offlinePush(push: PushOptions | undefined) {
  refuse(push?.badgeIncrement !== undefined, 'input.push.badgeIncrement', 'such choice for calls');
  if (!push || push.isEnabled === false) return { Enable: 0 as const };
  const { title, body, data } = push;
  const Payload = data === undefined || data === null ? undefined : dataText(data);
  return { Enable: 1 as const, Title: title, Content: body, Payload };
}
