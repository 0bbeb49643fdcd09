import type { MessageEdit } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import { AppError } from '../../../errors.ts';
import { metadataText } from '../../../net/data-text.ts';
import { messageTypes, sendForm } from '../content.ts';
import { edit } from '../endpoints/message.ts';
import { type Context, dateOf, refuse } from './values.ts';

/** The bits that say what of a message is given. */
const bits = { text: 1, extension: 2, mentions: 4, everyone: 8, subtype: 16 } as const;

/** Changes what messages say: texts, composites and custom content, within 24 hours. */
export function editOperation({ call }: Context): Operations['Mutation.editMessage'] {
  return async (input, options) => {
    const { message, actorId, kind, content } = input;
    const { to, senderId } = message;
    if (!/^[1-9]\d{0,14}$/.test(message.key)) throw new AppError('NOT_FOUND', 'The message has no number.');
    refuse(to.kind === 'chatroom', 'input.messageId', 'edits of messages in chatrooms');
    if (kind !== null && kind !== content.kind)
      throw new AppError('BAD_USER_INPUT', `This vendor keeps to the kind of a message: ${kind}.`, {
        input: 'input.content',
      });
    const FromUserId = actorId ?? senderId;
    const params = { ...editForm(input), FromUserId, SenderId: senderId, ConvMsgSeq: Number(message.key) };
    const reply =
      to.kind === 'group'
        ? await call(edit.toGroup, { ...params, ConvId: to.id }, options)
        : // The other side, as seen by whoever edits.
          await call(edit.toUser, { ...params, ConvId: FromUserId === to.id ? senderId : to.id }, options);
    return { editedAt: dateOf((reply.LatestEditTime ?? 0) * 1000) };
  };
}

/** Throws `NOT_SUPPORTED` for content that the vendor does not let be changed. */
function editForm({ content, mentions, metadata }: MessageEdit) {
  const { MessageType, Message, SubMsgType } = sendForm(content);
  if (MessageType !== messageTypes.text && MessageType !== messageTypes.multi && MessageType !== messageTypes.custom)
    throw new AppError('NOT_SUPPORTED', 'This vendor lets texts, composites and custom content be edited only.', {
      input: 'input.content',
    });
  const hasMetadata = metadata !== undefined;
  return {
    MsgType: MessageType,
    EditType:
      bits.text +
      (hasMetadata ? bits.extension : 0) +
      (mentions ? bits.mentions + bits.everyone : 0) +
      (MessageType === messageTypes.custom ? bits.subtype : 0),
    MessageBody: {
      Message,
      ...(hasMetadata && { ExtendedData: metadata === null ? '' : metadataText(metadata) }),
    },
    ...(mentions && { AtListInfo: { AtList: [...mentions.userIds] }, IsAtAll: mentions.everyone }),
    ...(MessageType === messageTypes.custom && { SubMsgType: SubMsgType ?? 0 }),
  };
}
