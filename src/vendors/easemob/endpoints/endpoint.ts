import { endpointsOf } from '../../../net/define-endpoint.ts';
import { catalogue } from '../catalogue.ts';
import type { EasemobParams } from '../catalogue.types.ts';
import { messageId, spaceId, userId } from './values.ts';

/** Parameters that hold an id, which the catalogue's columns say nothing of. */
const named = {
  username: userId,
  usernames: userId,
  owner_username: userId,
  blocked_username: userId,
  friend_username: userId,
  owner: userId,
  members: userId,
  from: userId,
  users: userId,
  targets: userId,
  check_list: userId,
  roam_ignore_users: userId,
  group_id: spaceId,
  chatroom_id: spaceId,
  msg_id: messageId,
};

/** Makes an endpoint of the catalogue, by its id. */
export const endpoint = endpointsOf<EasemobParams>(catalogue, { named });
