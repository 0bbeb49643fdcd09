import type { Adapter } from '../../../domain/operations.ts';
import { AppError } from '../../../errors.ts';
import type { Call } from '../../../net/wire.ts';
import { attributeOperations } from './attribute.ts';
import { blocklistOperations } from './blocklist.ts';
import { botOperations } from './bot.ts';
import { broadcastOperation } from './broadcast.ts';
import { callOperations } from './call.ts';
import { chatroomOperations } from './chatroom.ts';
import { communityOperations } from './community.ts';
import { conversationsOperation } from './conversation.ts';
import { settingsOperations } from './conversation-settings.ts';
import { credentialOperations } from './credential.ts';
import { editOperation } from './edit.ts';
import { groupOperations } from './group.ts';
import { historyOperations } from './history.ts';
import { importOperation } from './import.ts';
import { inputs } from './inputs.ts';
import { membersOperations } from './members.ts';
import { membershipOperations } from './membership.ts';
import { muteOperations } from './mute.ts';
import { recallOperation } from './recall.ts';
import { receiptOperation } from './receipt.ts';
import { relationOperations } from './relation.ts';
import { sendOperation } from './send.ts';
import { profilesOf, userOperations } from './user.ts';
import type { Context } from './values.ts';

/** Everything this server does with one app of the vendor. */
export function makeAdapter(given: Context): Adapter {
  const context = { ...given, call: blamingTheSystemUser(given) };
  const profiles = profilesOf(context);
  return {
    operations: {
      ...credentialOperations(context),
      ...userOperations(context, profiles),
      ...botOperations(context, profiles),
      ...relationOperations(context),
      ...blocklistOperations(context),
      ...groupOperations(context),
      ...membersOperations(context),
      ...membershipOperations(context),
      ...muteOperations(context),
      ...attributeOperations(context),
      ...chatroomOperations(context),
      ...communityOperations(context),
      ...historyOperations(context),
      ...callOperations(context),
      'User.conversations': conversationsOperation(context),
      'Mutation.sendMessage': sendOperation(context),
      'Mutation.recallMessages': recallOperation(context),
      'Mutation.editMessage': editOperation(context),
      'Mutation.acknowledgeMessages': receiptOperation(context),
      'Mutation.importMessages': importOperation(context),
      'Mutation.broadcastMessage': broadcastOperation(context),
      ...settingsOperations(context),
    },
    inputs,
    lacks,
    conditions,
  };
}

/** Reads that other vendors answer with these do not tell them here. */
const lacks = [
  'Group.description',
  'Group.isSuspended',
  'Member.joinedAt',
  'Presence.text',
  'Presence.lastSeenAt',
  'Presence.devices',
];

/** What the vendor has to switch on first (catalogue: quirks, and the notes of the endpoints). */
const conditions = {
  'Mutation.registerBots': "To be told of a bot's messages: its callback URL, set up by the vendor's support.",
  'Mutation.broadcastMessage': 'The professional or the top plan.',
  'Mutation.recallMessages': 'Messages of chatrooms: the top plan, with room messages stored.',
} as const;

/** That the acting user is not registered (catalogue: errors). */
const actorUnknown = '660500002';

/** When the system user, whom the caller never named, is not registered, that is the configuration's fault. */
function blamingTheSystemUser({ call, config: { systemUser } }: Context): Call {
  return async (endpoint, params, options) => {
    try {
      return await call(endpoint, params, options);
    } catch (error) {
      const isItsFault = error instanceof AppError && error.details.vendorCode === actorUnknown;
      if (!isItsFault || actorOf(params) !== systemUser) throw error;
      const message = `The app's system user, ${systemUser}, is not registered at the vendor: register it once.`;
      throw new AppError('VENDOR_MISCONFIGURED', message, { ...error.details, cause: error });
    }
  };
}

const actorOf = (params: unknown): unknown =>
  typeof params === 'object' && params !== null && 'FromUserId' in params ? params.FromUserId : undefined;
