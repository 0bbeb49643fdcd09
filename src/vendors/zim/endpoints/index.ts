import type { Endpoint } from '../../../net/endpoint.ts';
import { blocklist } from './blocklist.ts';
import { room, roomUsers } from './chatroom.ts';
import { conversation } from './conversation.ts';
import { group, groupMembers } from './group.ts';
import { queryMessages, recall, send } from './message.ts';
import { user } from './user.ts';

/** Every endpoint that an operation uses. */
export const endpoints: readonly Endpoint[] = [
  ...Object.values(user),
  ...Object.values(blocklist),
  ...Object.values(group),
  ...Object.values(groupMembers),
  ...Object.values(room),
  ...Object.values(roomUsers),
  ...Object.values(send),
  ...Object.values(recall),
  queryMessages,
  ...Object.values(conversation),
];
