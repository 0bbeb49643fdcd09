import { randomUUID } from 'node:crypto';
import type { Group } from '../../../domain/group.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError, succeeded } from '../../../errors.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { group } from '../endpoints/group.ts';
import { textOf } from '../json.ts';
import { notSupported } from '../refusals.ts';
import { mustExist, whereItExists } from './existence.ts';
import { offsetOf, pageOf, whole } from './paging.ts';

type Context = AppContext<Config>;
type Lists = Pick<Operations, 'User.groups' | 'Group.members' | 'Group.member'>;
type Reads = Lists & Pick<Operations, 'Group.name'>;
type Changes = Pick<Operations, 'Mutation.createGroup' | 'Mutation.updateGroup'>;

/** An id for a group or chatroom that shall have none of the caller's: letters and digits. */
export const madeUpId = (): string => randomUUID().replaceAll('-', '');

/** Plain groups: a name and members, no owner, no roles. The app's groups cannot be listed. */
export const groupOperations = (context: Context): Reads & Changes => ({
  ...reads(context),
  ...changes(context),
  'Group.name': {
    max: 1,
    load: async ([groupId = ''], options) => [
      await (context.config.paths === 'cn-list' ? readInfo : readFromMember)(groupId, context, options),
    ],
  },
});

type ReadGroup = (groupId: string, context: Context, options?: RequestOptions) => Promise<Group>;

/** By the call that only the Chinese list names. */
const readInfo: ReadGroup = async (groupId, context, options) => {
  const read = () => context.call(group.info, { groupId }, options);
  const { name, memberCount } = await whereItExists({ kind: 'group', id: groupId }, context, read, options);
  return { groupId, name: textOf(name), memberCount: memberCount ?? null };
};

const groupsPerPage = 1000;
/** A user is in some hundred groups at most. */
const pagesOfGroups = 3;

/** The name stands in the lists of the members' groups alone. Throws `NOT_FOUND` for a group without members, which is gone. */
const readFromMember: ReadGroup = async (groupId, { call }, options) => {
  const { users } = await call(group.queryUsers, { groupId }, options);
  const [member] = users;
  if (!member) throw new AppError('NOT_FOUND', 'There is no such group.');
  for (let page = 1; page <= pagesOfGroups; page += 1) {
    const { groups } = await call(group.queryOfUser, { userId: member.id, page, size: groupsPerPage }, options);
    const found = groups.find(({ id }) => id === groupId);
    if (found) return { groupId, name: textOf(found.name), memberCount: users.length };
    if (groups.length < groupsPerPage) break;
  }
  return { groupId, name: null, memberCount: users.length };
};

function reads({ call }: Context): Lists {
  return {
    async 'User.groups'(userId, { position, limit }, options) {
      const page = offsetOf(position) + 1;
      const { groups } = await call(group.queryOfUser, { userId, page, size: limit }, options);
      return pageOf(
        groups.map(({ id, name }) => ({ groupId: id, name: textOf(name) })),
        groups.length < limit ? undefined : String(page),
      );
    },
    async 'Group.members'({ spaceId }, page, options) {
      const { users } = await call(group.queryUsers, { groupId: spaceId }, options);
      if (users.length === 0) throw new AppError('NOT_FOUND', 'There is no such group.');
      return whole(
        users.map(({ id }) => ({ userId: id })),
        page,
      );
    },
    'Group.member': {
      // One answer has every member, so that any number of keys of one group share a call.
      max: 1000,
      group: ({ spaceId }) => spaceId,
      identity: ({ spaceId, userId }) => JSON.stringify([spaceId, userId]),
      load: async (keys, options) => {
        const { users } = await call(group.queryUsers, { groupId: keys[0]?.spaceId ?? '' }, options);
        const ids = new Set(users.map(({ id }) => id));
        return keys.map(({ userId }) => (ids.has(userId) ? { userId } : null));
      },
    },
  };
}

function changes(context: Context): Changes {
  const { call } = context;
  return {
    async 'Mutation.createGroup'({ groupId = madeUpId(), name, ownerId, memberIds, ...rest }, options) {
      const extra = Object.entries(rest).find(([, value]) => value !== undefined);
      if (extra) throw plainHasNo(`input.${extra[0]}`);
      const userId = [...new Set([ownerId, ...memberIds])];
      await call(group.create, { userId, groupId, groupName: name }, options);
      return { group: { groupId }, members: memberIds.map(() => succeeded(undefined)) };
    },
    async 'Mutation.updateGroup'({ groupId, name, ...rest }, options) {
      const extra = Object.entries(rest).find(([, value]) => value !== undefined);
      if (extra) throw plainHasNo(`input.${extra[0]}`);
      if (name === undefined) return;
      await mustExist({ kind: 'group', id: groupId }, context, options);
      await call(group.refresh, { groupId, groupName: name }, options);
    },
  };
}

const plainHasNo = (input: string): AppError => notSupported(input, 'A plain group keeps nothing but its name.');
