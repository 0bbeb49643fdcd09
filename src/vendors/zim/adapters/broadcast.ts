import type { NewBroadcast, StandingAudience } from '../../../domain/message.ts';
import type { Operations } from '../../../domain/operations.ts';
import { AppError } from '../../../errors.ts';
import { metadataText } from '../../../net/data-text.ts';
import { sendForm } from '../content.ts';
import { send } from '../endpoints/message.ts';
import { offlinePush } from './send.ts';
import { type Context, refuse } from './values.ts';

/** Who gets it, and whether those offline are pushed to (catalogue: zim.message.all.push). */
const pushTypes: Readonly<Partial<Record<StandingAudience, 0 | 1>>> = { ONLINE_USERS: 0, ALL_USERS: 1 };

/** A message to everybody. The vendor keeps it nowhere, and gives it no id. */
export function broadcastOperation({ call, config }: Context): Operations['Mutation.broadcastMessage'] {
  return async (broadcast, options) => {
    const { senderId, audience, content, metadata, delivery, push } = broadcast;
    const PushType = pushTypes[audience];
    if (PushType === undefined)
      throw new AppError('NOT_SUPPORTED', 'This vendor reaches all users, or those online.', {
        input: 'input.audience.standing',
      });
    refuseChoices(broadcast);
    const { Message, MessageType, SubMsgType } = sendForm(content);
    const MessageBody = {
      Message,
      ExtendedData: metadata === undefined || metadata === null ? undefined : metadataText(metadata),
      HasReceipt: delivery?.requestReceipt ? (1 as const) : undefined,
      OfflinePush: push ? offlinePush(push) : undefined,
    };
    const FromUserId = senderId ?? config.systemUser;
    await call(send.toAll, { FromUserId, MessageType, MessageBody, SubMsgType, PushType }, options);
    return { vendorId: null, sentAt: null };
  };
}

/** Throws `NOT_SUPPORTED` for choices and content that the vendor lacks for everybody at once. */
function refuseChoices({ content, delivery = {}, push }: NewBroadcast): void {
  refuse(content.kind === 'COMMAND', 'input.content.command', 'broadcasts of commands');
  refuse(content.kind === 'COMPOSITE', 'input.content.composite', 'broadcasts of several parts');
  refuse(content.kind === 'TEXT' && content.isBarrage, 'input.content.text.isBarrage', 'barrage except in chatrooms');
  refuse(
    content.kind === 'CUSTOM' && Boolean(content.searchText),
    'input.content.custom.searchText',
    'search for broadcasts',
  );
  for (const [choice, given] of Object.entries(delivery))
    refuse(given !== undefined && choice !== 'requestReceipt', `input.delivery.${choice}`, 'such choice');
  for (const lacking of ['force', 'templateName', 'platforms'] as const)
    refuse(push?.[lacking] !== undefined, `input.push.${lacking}`, 'such choice for pushes');
}
