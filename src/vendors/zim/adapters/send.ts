import type { Content, OutgoingContent } from '../../../domain/content.ts';
import {
  mutedInSpace,
  type NewMessage,
  type PushOptions,
  type ReceiverKind,
  type SentMessage,
} from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { fillVariables } from '../../../domain/variables.ts';
import { AppError, type Outcome, succeeded } from '../../../errors.ts';
import { dataText, metadataText } from '../../../net/data-text.ts';
import { changeInChunks } from '../../bulk.ts';
import { sendForm } from '../content.ts';
import { send } from '../endpoints/message.ts';
import { messageKeyOf } from '../message-key.ts';
import { readContent } from '../read-content.ts';
import { type Context, checkUserId, outcomesOf, refuse } from './values.ts';

/** Sends one chunk of receivers the same content. */
type Sender = (
  to: readonly string[],
  message: NewMessage,
  options?: RequestOptions,
) => Promise<readonly Outcome<SentMessage>[]>;

/** Sending to users (100 a call), groups and rooms (one a call). */
export function sendOperation({ call, config }: Context): Operations['Mutation.sendMessage'] {
  const senderOf = (message: NewMessage) => message.senderId ?? config.systemUser;
  const senders: Record<ReceiverKind, Sender> = {
    direct: async (to, message, options) => {
      const params = { ...vendorForm(message, senderOf(message)), ToUserId: [...to] };
      const reply = await call(
        send.toUsers,
        { ...params, SenderUnaware: unaware(message), SendMsgOptions: unreadOption(message) },
        options,
      );
      const taken = new Map(reply.SuccList.map((each) => [each.UserId, each]));
      return outcomesOf(reply, to, (userId) => sent(senderOf(message), taken.get(userId)));
    },

    group: async ([GroupId = ''], message, options) => {
      const SendMsgOptions = { ...unreadOption(message), ...targetOption(message) };
      const params = { ...vendorForm(message, senderOf(message)), GroupId, SendMsgOptions };
      const reply = await call(send.toGroup, params, options).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'FORBIDDEN') throw error;
        throw new AppError('FORBIDDEN', mutedInSpace, error.details);
      });
      return [succeeded(sent(senderOf(message), reply))];
    },

    chatroom: async ([RoomId = ''], message, options) => {
      const params = { ...vendorForm(message, senderOf(message)), RoomId, SenderUnaware: unaware(message) };
      await call(send.toRoom, params, options);
      return [succeeded(sent(senderOf(message), undefined))];
    },
  };

  return async (message, options) => {
    refuseChoices(message);
    // Written once beforehand, so that content the vendor has no type for is refused before anything is sent.
    sendForm(message.content);
    const { kind, variables } = message;
    return changeInChunks<string, SentMessage>({
      items: message.to,
      key: (receiver) => receiver,
      max: kind === 'direct' && !variables?.size ? 100 : 1,
      check: (receiver) => (kind === 'direct' ? checkReceiver(receiver, senderOf(message)) : undefined),
      send: async (to) => {
        const values = variables?.get(to[0] ?? '');
        const content = values ? fillVariables(message.content, values) : message.content;
        const outcomes = await senders[kind](to, { ...message, content }, options);
        const kept = keptContent(content);
        return outcomes.map((outcome) => (outcome.ok ? succeeded({ ...outcome.value, content: kept }) : outcome));
      },
    });
  };
}

/** Content as it is read later: the vendor wants names and sizes also where none were given. */
function keptContent(content: OutgoingContent): Content {
  const { MessageType: type, SubMsgType: subtype, Message: body } = sendForm(content);
  return readContent({ type, subtype, body });
}

function checkReceiver(receiver: string, senderId: string): AppError | undefined {
  if (receiver === senderId) return new AppError('BAD_USER_INPUT', 'This vendor lets nobody send to themselves.');
  return checkUserId(receiver);
}

export const sent = (
  senderId: string,
  told: { readonly MsgId: string | null; readonly MsgSeq: number | undefined } | undefined,
): SentMessage => ({
  key: messageKeyOf(told?.MsgId, told?.MsgSeq),
  vendorId: told?.MsgId ?? null,
  sequence: told?.MsgSeq || null,
  senderId,
  sentAt: null,
});

/** Throws `NOT_SUPPORTED` for choices that the vendor lacks for this kind of receiver. */
function refuseChoices({
  kind,
  content,
  mentions,
  attributes,
  visibleTo,
  hiddenFrom,
  delivery = {},
  push,
}: NewMessage) {
  const isRoom = kind === 'chatroom';
  const isCommand = content.kind === 'COMMAND';
  refuse(mentions !== undefined, 'input.mentions', 'mentions in messages of a server');
  refuse(attributes !== undefined, 'input.attributes', 'attributes of messages');
  refuse(
    visibleTo !== undefined && kind !== 'group',
    'input.visibleTo',
    'messages for some receivers except in groups',
  );
  refuse(hiddenFrom !== undefined && kind !== 'group', 'input.hiddenFrom', 'hidden messages except in groups');
  refuse(
    visibleTo !== undefined && hiddenFrom !== undefined,
    'input.hiddenFrom',
    'way to name both sorts of receivers',
  );
  refuse(
    content.kind === 'TEXT' && content.isBarrage && !isRoom,
    'input.content.text.isBarrage',
    'barrage except in chatrooms',
  );
  for (const lacking of ['onlineOnly', 'keepInHistory', 'updateConversation', 'respectBlocklists'] as const) {
    refuse(delivery[lacking] !== undefined, `input.delivery.${lacking}`, 'such choice');
  }
  refuse(
    delivery.countAsUnread !== undefined && isRoom,
    'input.delivery.countAsUnread',
    'unread messages in chatrooms',
  );
  refuse(
    delivery.copyToSender !== undefined && kind === 'group',
    'input.delivery.copyToSender',
    'such choice for groups',
  );
  refuse(
    delivery.requestReceipt === true && (isRoom || isCommand),
    'input.delivery.requestReceipt',
    'receipts for these',
  );
  for (const lacking of ['force', 'templateName', 'platforms'] as const) {
    refuse(push?.[lacking] !== undefined, `input.push.${lacking}`, 'such choice for pushes');
  }
  refuse(push !== undefined && push.isEnabled !== false && (isRoom || isCommand), 'input.push', 'pushes for these');
}

const priorities = { LOW: 1, NORMAL: 2, HIGH: 3 } as const;

/** What all sends have in common. */
function vendorForm({ content, metadata, delivery, push, kind }: NewMessage, FromUserId: string) {
  const { Message, ...type } = sendForm(content);
  const hasExtras = kind !== 'chatroom' && content.kind !== 'COMMAND';
  return {
    FromUserId,
    ...type,
    Priority: priorities[delivery?.priority ?? 'NORMAL'],
    MessageBody: {
      Message,
      ExtendedData: metadata === undefined || metadata === null ? undefined : metadataText(metadata),
      // Sends to rooms have no such fields.
      ...(hasExtras && {
        HasReceipt: delivery?.requestReceipt ? (1 as const) : undefined,
        OfflinePush: push && offlinePush(push),
      }),
    },
  };
}

export function offlinePush({ isEnabled = true, title, body, data, badgeIncrement }: PushOptions) {
  return {
    Enable: isEnabled ? (1 as const) : (0 as const),
    Title: title,
    Content: body,
    Payload: data === undefined || data === null ? undefined : dataText(data),
    EnableBadge: badgeIncrement === undefined ? undefined : true,
    BadgeIncrement: badgeIncrement,
  };
}

/** The two sends that have it default differently, so it goes only where it was asked for. */
const unaware = ({ delivery }: NewMessage) =>
  delivery?.copyToSender === undefined ? undefined : delivery.copyToSender ? (0 as const) : (1 as const);

const unreadOption = ({ delivery }: NewMessage) =>
  delivery?.countAsUnread === undefined ? undefined : { NoUnread: !delivery.countAsUnread };

function targetOption({ visibleTo, hiddenFrom }: NewMessage) {
  const named = visibleTo ?? hiddenFrom;
  if (named === undefined) return undefined;
  return { TargetOption: { ReceiverUserIds: [...named], Inclusive: visibleTo !== undefined } };
}
