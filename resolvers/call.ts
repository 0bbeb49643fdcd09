import type { Context } from '../src/domain/context.ts';
import { decodeId, idOf } from '../src/domain/id.ts';
import { AppError } from '../src/errors.ts';
import type { AcceptCallInput, RejectCallInput, Resolvers } from '../src/generated/graphql.ts';
import { given } from './message-parts.ts';
import { appNode, callNode, userIdsOf, userNode, userOrViewer } from './nodes.ts';
import { userResults } from './results.ts';

const maxInvitees = 9;
const maxTimeoutSeconds = 600;
const maxDataBytes = 2048;

/** What travels with an invitation or an answer. Throws `BAD_USER_INPUT`. */
function dataOf(data: string | null | undefined): string | undefined {
  if (Buffer.byteLength(data ?? '') > maxDataBytes)
    throw new AppError('BAD_USER_INPUT', `input.data must be at most ${maxDataBytes} bytes.`, { input: 'input.data' });
  return data ?? undefined;
}

function timeoutOf(seconds: number): number {
  if (seconds < 1 || seconds > maxTimeoutSeconds)
    throw new AppError('BAD_USER_INPUT', `input.timeoutSeconds must be 1 to ${maxTimeoutSeconds}.`, {
      input: 'input.timeoutSeconds',
    });
  return seconds;
}

/** To a viewer a call that is not there and one that is not its own are the same. */
function hideCalls(error: unknown, { access }: Context): never {
  const isHidden = error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN');
  throw isHidden && !access.has('chat:write') ? new AppError('FORBIDDEN') : error;
}

/** Sends the answer of the user named, or of the viewer. The vendor says whether it was invited. */
async function answer(
  operation: 'Mutation.acceptCall' | 'Mutation.rejectCall',
  type: 'CALL_ACCEPTED' | 'CALL_REJECTED',
  input: AcceptCallInput | RejectCallInput,
  context: Context,
) {
  const { app, key } = decodeId(input.callId, ['Call'], 'input.callId');
  const [callId = ''] = key;
  context.access.app(app);
  const userId = userOrViewer(input.userId, 'input.userId', app, context);
  const data = dataOf(input.data);
  await context
    .app(app)
    .run(operation, { callId, userId, data })
    .catch((error: unknown) => hideCalls(error, context));
  context.noteCall(app, { type, callId, callerId: null, userId, data: data ?? null });
  return { call: callNode(app, callId) };
}

export const call = {
  Call: {
    id: idOf,
    app: (node) => appNode(node.app),
    vendorId: (node) => node.callId,
    caller(node, _, context) {
      const callerId = context.findCall(node.app, node.callId)?.callerId ?? null;
      return callerId === null ? null : userNode(node.app, callerId);
    },
    participants: (node, _, context) =>
      (context.findCall(node.app, node.callId)?.participants ?? []).map(({ userId, ...rest }) => ({
        ...rest,
        user: userNode(node.app, userId),
      })),
    createdAt: (node, _, context) => context.findCall(node.app, node.callId)?.createdAt ?? null,
    expiresAt: (node, _, context) => context.findCall(node.app, node.callId)?.expiresAt ?? null,
  },
  Mutation: {
    async startCall(_, { input }, context) {
      const { app, userIds } = userIdsOf(input.inviteeIds, 'input.inviteeIds', undefined, maxInvitees);
      const view = context.app(app);
      const callerId = userOrViewer(input.callerId, 'input.callerId', app, context);
      if (userIds.includes(callerId))
        throw new AppError('BAD_USER_INPUT', 'input.inviteeIds holds the caller.', { input: 'input.inviteeIds' });
      view.takes('PushOptionsInput', input.push, 'input.push');
      const timeoutSeconds = timeoutOf(input.timeoutSeconds ?? 90);
      const data = dataOf(input.data);
      const started = await view.run('Mutation.startCall', {
        callerId,
        inviteeIds: userIds,
        timeoutSeconds,
        data,
        push: given(input.push),
      });
      const { callId, invitees } = started;
      const createdAt = started.createdAt ?? new Date(context.now());
      // Known at once, to the caller too: the callback comes later, and not at all when nobody called is logged in.
      context.noteCall(app, {
        type: 'CALL_STARTED',
        callId,
        callerId,
        inviteeIds: userIds.filter((__, index) => invitees[index]?.ok),
        data: data ?? null,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + timeoutSeconds * 1000),
      });
      return { results: userResults(input.inviteeIds, invitees, app, userIds), call: callNode(app, callId) };
    },
    acceptCall: (_, { input }, context) => answer('Mutation.acceptCall', 'CALL_ACCEPTED', input, context),
    rejectCall: (_, { input }, context) => answer('Mutation.rejectCall', 'CALL_REJECTED', input, context),
  },
} satisfies Resolvers;
