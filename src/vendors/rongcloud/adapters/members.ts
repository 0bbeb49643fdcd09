import type { Operations } from '../../../domain/operations.ts';
import type { MembersChange } from '../../../domain/space.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { chatroom } from '../endpoints/chatroom.ts';
import { group } from '../endpoints/group.ts';
import { hostedGroup } from '../endpoints/hosted-group.ts';
import { notSupported } from '../refusals.ts';
import { changeUsers } from './users-change.ts';

type Context = AppContext<Config>;

/** Comings and goings of groups; who is in a chatroom is its users' doing alone. */
export function memberOperations({ config, call }: Context) {
  const isHosted = config.groups === 'hosted';
  const add = config.paths === 'cn-list' ? group.addUsers : group.join;
  const remove = config.paths === 'cn-list' ? group.removeUsers : group.quit;
  return {
    async 'Mutation.addMembers'(change, options) {
      const groupId = groupOf(change, 'Users enter a chatroom by themselves only.');
      return isHosted
        ? changeUsers(change.userIds, 100, (userIds) => call(hostedGroup.join, { groupId, userIds }, options))
        : changeUsers(change.userIds, 1000, (userId) => call(add, { groupId, userId }, options));
    },
    async 'Mutation.removeMembers'(change, options) {
      const groupId = groupOf(change, 'A chatroom puts nobody out without a block.');
      if (change.reason !== undefined) throw notSupported('input.reason');
      return isHosted
        ? changeUsers(change.userIds, 100, (userIds) => call(hostedGroup.kick, { groupId, userIds }, options))
        : changeUsers(change.userIds, 1000, (userId) => call(remove, { groupId, userId }, options));
    },
    async 'Mutation.deleteSpace'({ space, actorId }, options) {
      if (space.kind === 'group' && !isHosted) {
        await call(group.dismiss, { userId: actorId ?? config.systemUser, groupId: space.id }, options);
        return;
      }
      if (actorId !== undefined) throw notSupported('input.actorId');
      if (space.kind === 'group') await call(hostedGroup.dismiss, { groupId: space.id }, options);
      else await call(chatroom.destroy, { chatroomId: [space.id] }, options);
    },
  } satisfies Partial<Operations>;
}

/** The group; throws `NOT_SUPPORTED` for a chatroom, and for somebody to act, whom the vendor does not want to know. */
function groupOf({ space, actorId }: MembersChange, reason: string): string {
  if (space.kind === 'chatroom') throw notSupported('input.spaceId', reason);
  if (actorId !== undefined) throw notSupported('input.actorId');
  return space.id;
}
