import type { MessageKey } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError, failed, succeeded } from '../../../errors.ts';
import { oneByOne } from '../../bulk.ts';
import { recall } from '../endpoints/message.ts';
import type { Context } from './values.ts';

/** Recalls messages, one a call, in their senders' names: the vendor lets nobody else. */
export function recallOperation({ call }: Context): Operations['Mutation.recallMessages'] {
  const take = (message: MessageKey, note: string | undefined, options: RequestOptions | undefined) => {
    const { to, senderId, key } = message;
    const common = { FromUserId: senderId, MsgSeq: Number(key), Payload: note };
    if (to.kind === 'direct') return call(recall.fromUser, { ...common, ToUserId: to.id }, options);
    if (to.kind === 'group') return call(recall.fromGroup, { ...common, GroupId: to.id }, options);
    return call(recall.fromRoom, { ...common, RoomId: to.id }, options);
  };

  return async ({ messages, actorId, note }, options) => {
    if (actorId !== undefined && messages.some(({ senderId }) => senderId !== actorId)) {
      throw new AppError('NOT_SUPPORTED', 'At this vendor a message is recalled by its sender only.', {
        input: 'input.actorId',
      });
    }
    return oneByOne(messages, async (message) => {
      if (!/^[1-9]\d{0,14}$/.test(message.key)) return failed(new AppError('NOT_FOUND', 'The message has no number.'));
      try {
        await take(message, note, options);
      } catch (error) {
        if (!isRecalledAlready(error)) throw error;
      }
      return succeeded(undefined);
    });
  };
}

/** A second recall counts as done (catalogue: errors). */
const isRecalledAlready = (error: unknown) => error instanceof AppError && error.details.vendorCode === '660000023';
