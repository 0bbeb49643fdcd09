import type { Acknowledgement, MessageKey } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import { AppError, succeeded } from '../../../errors.ts';
import { changeInChunks } from '../../bulk.ts';
import { receipt } from '../endpoints/message.ts';
import { type Context, refuse } from './values.ts';

/** Tells that messages of one conversation were read or have arrived, ten a call. */
export function receiptOperation({ call }: Context): Operations['Mutation.acknowledgeMessages'] {
  return async (input, options) => {
    const { messages, userId } = input;
    const [first] = messages;
    if (!first) return [];
    refuse(first.to.kind === 'chatroom', 'input.messageIds', 'receipts in chatrooms');
    const report = (ConvMsgSeq: number[]) => {
      const common = { FromUserId: userId, ConvMsgSeq };
      if (first.to.kind === 'group') return call(inGroup[input.status], { ...common, GroupId: first.to.id }, options);
      const ConvId = first.to.id === userId ? first.senderId : first.to.id;
      return call(fromUser[input.status], { ...common, ConvId }, options);
    };
    return changeInChunks({
      items: messages,
      key: ({ senderId, key }) => `${senderId} ${key}`,
      max: 10,
      check: (message) => checkMessage(message, userId),
      send: async (batch) => {
        await report(batch.map(({ key }) => Number(key)));
        return batch.map(() => succeeded(undefined));
      },
    });
  };
}

type Status = Acknowledgement['status'];
const fromUser = { READ: receipt.readFromUser, DELIVERED: receipt.deliveredFromUser } as const satisfies Record<
  Status,
  unknown
>;
const inGroup = { READ: receipt.readInGroup, DELIVERED: receipt.deliveredInGroup } as const satisfies Record<
  Status,
  unknown
>;

function checkMessage({ key, senderId }: MessageKey, userId: string): AppError | undefined {
  if (!/^[1-9]\d{0,14}$/.test(key)) return new AppError('NOT_FOUND', 'The message has no number.');
  if (senderId === userId) return new AppError('BAD_USER_INPUT', 'A message is acknowledged by those it went to.');
  return undefined;
}
