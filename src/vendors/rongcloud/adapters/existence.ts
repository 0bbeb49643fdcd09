import type { RequestOptions } from '../../../domain/page.ts';
import type { SpaceKey } from '../../../domain/space.ts';
import { AppError } from '../../../errors.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { chatroom } from '../endpoints/chatroom.ts';
import { group } from '../endpoints/group.ts';
import { hostedGroup } from '../endpoints/hosted-group.ts';

type Context = AppContext<Config>;
type Look = (id: string, context: Context, options?: RequestOptions) => Promise<boolean>;

/** How each kind of space is looked for. A plain group that is gone has no members, and nothing else tells. */
const looks = {
  hosted: async (groupId, { call }, options) =>
    (await call(hostedGroup.getProfiles, { groupIds: [groupId] }, options)).profiles.length > 0,
  plain: async (groupId, { call }, options) => (await call(group.queryUsers, { groupId }, options)).users.length > 0,
  chatroom: async (chatroomId, { call }, options) => {
    await call(chatroom.get, { chatroomId }, options);
    return true;
  },
} satisfies Record<string, Look>;

/**
 * Looks for a space, by one read. Throws `NOT_FOUND` when it is gone: the vendor takes changes of groups and rooms that are not
 * there, makes a plain group anew when somebody is put into it, and refuses with the code of any wrong parameter elsewhere.
 */
export async function mustExist({ kind, id }: SpaceKey, context: Context, options?: RequestOptions): Promise<void> {
  const look = kind === 'chatroom' ? looks.chatroom : looks[context.config.groups];
  if (!(await look(id, context, options))) throw new AppError('NOT_FOUND', 'There is no such group.');
}

/** The code for any parameter that is wrong. */
const wrongParameter = '1002';

/** Does something with a space that is most likely there; a refusal that may mean that it is not is looked into. */
export async function whereItExists<T>(
  space: SpaceKey,
  context: Context,
  act: () => Promise<T>,
  options?: RequestOptions,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError && error.details.vendorCode === wrongParameter)
      await mustExist(space, context, options);
    throw error;
  }
}
