import type { Endpoint } from '../../../net/endpoint.ts';
import { audio } from './audio.ts';
import { blocklist } from './blocklist.ts';
import { bot } from './bot.ts';
import { call } from './call.ts';
import { room, roomAttributes, roomUsers } from './chatroom.ts';
import { community } from './community.ts';
import { conversation } from './conversation.ts';
import { group, groupMembers } from './group.ts';
import { clear, edit, importing, queryMessages, recall, receipt, send } from './message.ts';
import { mute } from './mute.ts';
import { friend } from './relation.ts';
import { user } from './user.ts';

/** Every endpoint that an operation uses. */
export const endpoints: readonly Endpoint[] = [
  ...Object.values(user),
  ...Object.values(friend),
  ...Object.values(blocklist),
  ...Object.values(bot),
  ...Object.values(community),
  ...Object.values(audio),
  ...Object.values(group),
  ...Object.values(groupMembers),
  ...Object.values(mute),
  ...Object.values(room),
  ...Object.values(roomAttributes),
  ...Object.values(roomUsers),
  ...Object.values(send),
  ...Object.values(recall),
  ...Object.values(importing),
  ...Object.values(edit),
  ...Object.values(clear),
  ...Object.values(receipt),
  queryMessages,
  ...Object.values(conversation),
  ...Object.values(call),
];
