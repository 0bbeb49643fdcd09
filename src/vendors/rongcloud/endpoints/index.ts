import type { Endpoint } from '../../../net/endpoint.ts';
import { chatroomBlocklist, userBlocklist } from './blocklist.ts';
import { chatroom } from './chatroom.ts';
import { group } from './group.ts';
import { history } from './history.ts';
import { hostedGroup } from './hosted-group.ts';
import { message } from './message.ts';
import { user } from './user.ts';

/** Every endpoint of the tables in this folder. */
export const endpoints: readonly Endpoint[] = [
  user,
  userBlocklist,
  chatroomBlocklist,
  group,
  hostedGroup,
  chatroom,
  message,
  history,
].flatMap((table): Endpoint[] => Object.values(table));
