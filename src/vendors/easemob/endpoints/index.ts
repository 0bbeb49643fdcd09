import type { Endpoint } from '../../../net/endpoint.ts';
import { blocklist, chatroomBlocklist, groupBlocklist } from './blocklist.ts';
import { callbackStorage } from './callback.ts';
import { chatroom } from './chatroom.ts';
import { conversation } from './conversation.ts';
import { group, groupAnnouncement } from './group.ts';
import { chatroomMember, groupMember } from './member.ts';
import { message, recall } from './message.ts';
import { contact } from './relation.ts';
import { token } from './token.ts';
import { attribute, presence, user } from './user.ts';

/** Every endpoint of the vendor that this server calls. */
export const endpoints: readonly Endpoint[] = [
  token,
  user,
  attribute,
  presence,
  blocklist,
  groupBlocklist,
  chatroomBlocklist,
  group,
  groupAnnouncement,
  groupMember,
  chatroom,
  chatroomMember,
  message,
  recall,
  conversation,
  callbackStorage,
  contact,
].flatMap((table): Endpoint[] => Object.values(table));
