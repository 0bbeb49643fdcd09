import type { ImportedMessage, SentMessage } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError, failed, type Outcome, succeeded, toAppError } from '../../../errors.ts';
import { metadataText } from '../../../net/data-text.ts';
import { oneByOne } from '../../bulk.ts';
import { sendForm } from '../content.ts';
import { importing } from '../endpoints/message.ts';
import { sent } from './send.ts';
import { type Context, checkUserId } from './values.ts';

/** Old messages, one by one in the order they were sent; a one-to-one message goes into each side's history by a call. */
export function importOperation({ call }: Context): Operations['Mutation.importMessages'] {
  const intoGroup = async (message: ImportedMessage, options: RequestOptions | undefined) => {
    const reply = await call(importing.toGroup, { ...importForm(message), GroupId: message.to.id }, options);
    return succeeded(sent(message.senderId, { MsgId: null, MsgSeq: reply.MsgSeq }));
  };

  const intoCopies = async (message: ImportedMessage, options: RequestOptions | undefined) => {
    const { senderId, to, ownerId } = message;
    const into = (ImportedUserId: string) =>
      call(importing.toUser, { ...importForm(message), ToUserId: to.id, ImportedUserId }, options);
    const first = succeeded(sent(senderId, await into(ownerId ?? senderId)));
    if (ownerId !== undefined) return first;
    try {
      await into(to.id);
      return first;
    } catch (error) {
      const { vendorCode } = toAppError(error).details;
      // Whoever repeats it as it is would have it twice in the first history.
      const message = `It is in the history of ${senderId}, but not known to be in that of ${to.id}.`;
      return failed(new AppError('OUTCOME_UNKNOWN', message, { vendorCode, cause: error }));
    }
  };

  const put = async (message: ImportedMessage, options: RequestOptions | undefined): Promise<Outcome<SentMessage>> => {
    const problem = checkImport(message);
    if (problem) return failed(problem);
    return message.to.kind === 'group' ? intoGroup(message, options) : intoCopies(message, options);
  };

  return async (messages, options) => {
    const order = messages.map((message, index) => ({ message, index }));
    order.sort((one, other) => one.message.sentAt.getTime() - other.message.sentAt.getTime());
    const outcomes = await oneByOne(order, ({ message }) => put(message, options));
    const byPlace = new Map(order.map(({ index }, place) => [index, outcomes[place]]));
    return messages.map((_, index) => byPlace.get(index) ?? failed(new AppError('OUTCOME_UNKNOWN')));
  };
}

function checkImport({ senderId, to, ownerId }: ImportedMessage): AppError | undefined {
  if (to.kind === 'chatroom') return new AppError('NOT_SUPPORTED', 'Chatrooms have no history at this vendor.');
  if (to.kind === 'group') {
    return ownerId === undefined
      ? undefined
      : new AppError('BAD_USER_INPUT', "A group has one history, which is nobody's own.");
  }
  if (to.id === senderId) return new AppError('BAD_USER_INPUT', 'This vendor lets nobody send to themselves.');
  if (ownerId !== undefined && ownerId !== senderId && ownerId !== to.id)
    return new AppError('BAD_USER_INPUT', 'The history is that of the sender or the receiver.');
  return checkUserId(to.id);
}

function importForm({ senderId, content, metadata, sentAt }: ImportedMessage) {
  const { Message, ...type } = sendForm(content);
  return {
    FromUserId: senderId,
    ...type,
    Priority: 2 as const,
    MessageBody: {
      Message,
      ExtendedData: metadata === undefined || metadata === null ? undefined : metadataText(metadata),
    },
    SendMessageTime: sentAt.getTime(),
  };
}
