import type { Operations } from '../../../domain/operations.ts';
import { succeeded } from '../../../errors.ts';
import { contact } from '../endpoints/relation.ts';
import { userIdOf } from '../ids.ts';
import type { Context } from './context.ts';
import { changeEach, userRule } from './each.ts';

const maxPage = 50;

/** Friends, whom the vendor calls contacts. */
export function relationOperations({ call }: Context) {
  return {
    'User.friends': async (ownerId, { position, limit }, options) => {
      const page = { limit: Math.min(limit, maxPage), ...(position !== undefined && { cursor: position }) };
      const params = { username: userIdOf(ownerId), needReturnRemark: true, ...page };
      const { data, cursor } = await call(contact.list, params, options);
      return {
        items: data.contacts.map(({ username, remark }) => ({ userId: username, remark })),
        ...(cursor !== undefined && cursor !== '' && { next: cursor }),
      };
    },

    'Mutation.addFriends': ({ ownerId, friends }, options) => {
      const ids = friends.map(({ userId }) => userId);
      return changeEach(ids, { rule: userRule, max: 1 }, async ([friend_username = '']) => {
        await call(contact.add, { owner_username: userIdOf(ownerId), friend_username }, options);
        return [succeeded(undefined)];
      });
    },

    'Mutation.removeAllFriends': async ({ ownerId }, options) => {
      await call(contact.removeAll, { username: userIdOf(ownerId) }, options);
    },
  } satisfies Partial<Operations>;
}
