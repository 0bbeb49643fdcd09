import type { Adapter } from '../../../domain/operations.ts';
import { conditions, inputs } from '../inputs.ts';
import { blocklistOperations } from './blocklist.ts';
import { callbackOperations } from './callback.ts';
import { chatroomOperations } from './chatroom.ts';
import type { Context } from './context.ts';
import { conversationOperations } from './conversation.ts';
import { groupOperations } from './group.ts';
import { memberOperations } from './member.ts';
import { messageOperations } from './message.ts';
import { relationOperations } from './relation.ts';
import { userOperations } from './user.ts';

/** Reads that other vendors answer with these do not tell them here. */
const lacks = [
  'Group.attributes',
  'Chatroom.expiry',
  'Friend.createdAt',
  'Friend.attributes',
  'Member.customRole',
  'Member.nickname',
  'Member.joinedAt',
  'Message.sequence',
];

/** Shared files, threads and edits of clients are known from their events. */
const tells = [
  'File.name',
  'File.byteSize',
  'File.url',
  'File.createdAt',
  'File.owner',
  'File.group',
  'Thread.group',
  'Message.editedAt',
];

/** Everything the vendor can do for one app. */
export function makeAdapter(context: Context): Adapter {
  return {
    operations: {
      ...userOperations(context),
      ...blocklistOperations(context),
      ...groupOperations(context),
      ...chatroomOperations(context),
      ...memberOperations(context),
      ...messageOperations(context),
      ...conversationOperations(context),
      ...callbackOperations(context),
      ...relationOperations(context),
    },
    inputs,
    lacks,
    tells,
    conditions,
    // easemob.yaml, easemob.message.user.send: "Does not check friendship, blocklists or mutes."
    sendsPastBlocklists: true,
  };
}
