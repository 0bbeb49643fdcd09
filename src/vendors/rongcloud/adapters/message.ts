import type { MessageKey, Recall } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import { isOwnId } from '../../../domain/own-id.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError, succeeded } from '../../../errors.ts';
import { changeInChunks } from '../../bulk.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { message } from '../endpoints/message.ts';
import { readHistory } from './history.ts';
import { sendMessage } from './send.ts';

type Context = AppContext<Config>;

/** Messages: sent, taken back, and read from the vendor's cloud storage. */
export function messageOperations(context: Context) {
  const read: Operations['Conversation.messages'] = (key, page, options) => readHistory(key, page, context, options);
  return {
    'Group.messages': read,
    'Chatroom.messages': read,
    'Conversation.messages': read,
    'Mutation.sendMessage': (input, options) => sendMessage(input, context, options),
    'Mutation.recallMessages': (input, options) =>
      changeInChunks({
        items: input.messages,
        key: ({ to, senderId, key }) => JSON.stringify([to.kind, to.id, senderId, key]),
        // The vendor takes ids of no message, too.
        check: ({ key }) =>
          isOwnId(key) ? new AppError('NOT_FOUND', 'The vendor gave the message no id.') : undefined,
        max: 1,
        send: async (chunk) => {
          for (const each of chunk) await recall(each, input, context, options);
          return chunk.map(() => succeeded(undefined));
        },
      }),
  } satisfies Partial<Operations>;
}

const conversationTypes = { direct: 1, group: 3, chatroom: 4 } as const;

/** The vendor is told the sender, and whether somebody else takes the message back, but not who. */
const recall = ({ to, senderId, key }: MessageKey, recalled: Recall, { call }: Context, options?: RequestOptions) => {
  const { actorId, note, withoutTrace } = recalled;
  return call(
    message.recall,
    {
      fromUserId: senderId,
      conversationType: conversationTypes[to.kind],
      targetId: to.id,
      messageUID: key,
      ...(actorId !== undefined && actorId !== senderId && { isAdmin: 1 as const }),
      ...(withoutTrace && { isDelete: 1 as const }),
      ...(note !== undefined && { extra: note }),
    },
    options,
  );
};
