import type { Operations } from '../../../domain/operations.ts';
import type { MembersChange, SpaceKey } from '../../../domain/space.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { chatroom } from '../endpoints/chatroom.ts';
import { group } from '../endpoints/group.ts';
import { hostedGroup } from '../endpoints/hosted-group.ts';
import { notSupported } from '../refusals.ts';
import { mustExist, whereItExists } from './existence.ts';
import { changeUsers } from './users-change.ts';

type Context = AppContext<Config>;

/**
 * Comings and goings of groups; who is in a chatroom is its users' doing alone. A plain group is looked for first: the vendor
 * makes one that is gone anew when somebody is put into it, and takes every other change of it.
 */
export function memberOperations(context: Context) {
  const { config, call } = context;
  const isHosted = config.groups === 'hosted';
  const add = config.paths === 'cn-list' ? group.addUsers : group.join;
  const remove = config.paths === 'cn-list' ? group.removeUsers : group.quit;
  return {
    async 'Mutation.addMembers'(change, options) {
      const space = groupOf(change, 'Users enter a chatroom by themselves only.');
      return isHosted
        ? changeUsers(change.userIds, 100, (userIds) =>
            whereItExists(
              space,
              context,
              () => call(hostedGroup.join, { groupId: space.id, userIds }, options),
              options,
            ),
          )
        : changeUsers(change.userIds, 1000, async (userId) => {
            await mustExist(space, context, options);
            await call(add, { groupId: space.id, userId }, options);
          });
    },
    async 'Mutation.removeMembers'(change, options) {
      const space = groupOf(change, 'A chatroom puts nobody out without a block.');
      if (change.reason !== undefined) throw notSupported('input.reason');
      return isHosted
        ? changeUsers(change.userIds, 100, (userIds) =>
            whereItExists(
              space,
              context,
              () => call(hostedGroup.kick, { groupId: space.id, userIds }, options),
              options,
            ),
          )
        : changeUsers(change.userIds, 1000, async (userId) => {
            await mustExist(space, context, options);
            await call(remove, { groupId: space.id, userId }, options);
          });
    },
    async 'Mutation.deleteSpace'({ space, actorId }, options) {
      const isPlain = space.kind === 'group' && !isHosted;
      if (actorId !== undefined && !isPlain) throw notSupported('input.actorId');
      if (space.kind === 'group' && isHosted) {
        const dismiss = () => call(hostedGroup.dismiss, { groupId: space.id }, options);
        await whereItExists(space, context, dismiss, options);
        return;
      }
      await mustExist(space, context, options);
      if (isPlain) await call(group.dismiss, { userId: actorId ?? config.systemUser, groupId: space.id }, options);
      else await call(chatroom.destroy, { chatroomId: [space.id] }, options);
    },
  } satisfies Partial<Operations>;
}

/** The group; throws `NOT_SUPPORTED` for a chatroom, and for somebody to act, whom the vendor does not want to know. */
function groupOf({ space, actorId }: MembersChange, reason: string): SpaceKey {
  if (space.kind === 'chatroom') throw notSupported('input.spaceId', reason);
  if (actorId !== undefined) throw notSupported('input.actorId');
  return space;
}
