import type { Adapter } from '../../../domain/operations.ts';
import { blocklistOperations } from './blocklist.ts';
import { chatroomOperations } from './chatroom.ts';
import { conversationsOperation } from './conversation.ts';
import { groupOperations } from './group.ts';
import { historyOperations } from './history.ts';
import { inputs } from './inputs.ts';
import { membersOperations } from './members.ts';
import { recallOperation } from './recall.ts';
import { sendOperation } from './send.ts';
import { userOperations } from './user.ts';
import type { Context } from './values.ts';

/** Everything this server does with one app of the vendor. */
export function makeAdapter(context: Context): Adapter {
  return {
    operations: {
      ...userOperations(context),
      ...blocklistOperations(context),
      ...groupOperations(context),
      ...membersOperations(context),
      ...chatroomOperations(context),
      ...historyOperations(context),
      'User.conversations': conversationsOperation(context),
      'Mutation.sendMessage': sendOperation(context),
      'Mutation.recallMessages': recallOperation(context),
    },
    inputs,
    conditions,
  };
}

/** What the vendor has to switch on first (catalogue: quirks, and the notes of the endpoints). */
const conditions = {
  'Mutation.recallMessages': 'Messages of chatrooms: the top plan, with room messages stored.',
} as const;
