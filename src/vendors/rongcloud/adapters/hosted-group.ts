import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import type { Member } from '../../../domain/space.ts';
import { AppError, failed, type Outcome, succeeded } from '../../../errors.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { hostedGroup } from '../endpoints/hosted-group.ts';
import { whereItExists } from './existence.ts';
import { madeUpId } from './group.ts';
import { changes, creation, toGroup, toMember } from './hosted-group-form.ts';
import { loadGood, problemOf } from './keys.ts';
import { pageOf } from './paging.ts';
import { changeUsers } from './users-change.ts';

type Context = AppContext<Config>;
type Lists = Pick<Operations, 'App.groups' | 'User.groups' | 'Group.members'>;
type Reads = Pick<Operations, 'Group.name' | 'Group.member'>;
type Changes = Pick<Operations, 'Mutation.createGroup' | 'Mutation.updateGroup'>;

const after = (position: string | undefined) => (position === undefined ? {} : { pageToken: position });

/** Groups of the hosting service: owner, roles, texts, settings and attributes. */
export const hostedGroupOperations = (context: Context): Lists & Reads & Changes => ({
  ...lists(context),
  ...reads(context),
  ...changing(context),
});

function lists(context: Context): Lists {
  const { call } = context;
  return {
    async 'App.groups'(_, { position, limit }, options) {
      const answer = await call(hostedGroup.query, { ...after(position), size: limit }, options);
      return pageOf(answer.groups.map(toGroup), answer.pageToken);
    },
    async 'User.groups'(userId, { position, limit }, options) {
      const answer = await call(hostedGroup.queryOfUser, { userId, ...after(position), size: limit }, options);
      return pageOf(answer.groups.map(toGroup), answer.pageToken, answer.totalCount);
    },
    async 'Group.members'({ spaceId }, { position, limit }, options) {
      const params = { groupId: spaceId, ...after(position), size: limit };
      const { members, pageToken, totalCount } = await whereItExists(
        { kind: 'group', id: spaceId },
        context,
        () => call(hostedGroup.queryMembers, params, options),
        options,
      );
      return pageOf(members.map(toMember), pageToken, totalCount);
    },
  };
}

function reads(context: Context): Reads {
  const { call } = context;
  return {
    'Group.name': {
      max: 50,
      load: (ids, options) =>
        loadGood(
          ids,
          (id) => id,
          async (good) => {
            const { profiles } = await call(hostedGroup.getProfiles, { groupIds: [...good] }, options);
            return new Map(profiles.map((each) => [each.groupId, toGroup(each)]));
          },
        ),
    },
    'Group.member': {
      max: 100,
      group: ({ spaceId }) => spaceId,
      identity: ({ spaceId, userId }) => JSON.stringify([spaceId, userId]),
      load: (keys, options) =>
        loadGood(
          keys,
          ({ userId }) => userId,
          async (good) => {
            const groupId = good[0]?.spaceId ?? '';
            const userIds = good.map(({ userId }) => userId);
            const { members } = await whereItExists(
              { kind: 'group', id: groupId },
              context,
              () => call(hostedGroup.getMembers, { groupId, userIds }, options),
              options,
            );
            const found = new Map<string, Member>(members.map((each) => [each.userId, toMember(each)]));
            return new Map(userIds.map((id) => [id, found.get(id) ?? null]));
          },
        ),
    },
  };
}

/** How many users a call makes a group with; the others join it afterwards. */
const mostAtCreation = 30;

function changing(context: Context): Changes {
  const { call } = context;
  /** A group that was made is answered whatever becomes of this: each user has a failure of its own. */
  const joinLater = async (
    groupId: string,
    userIds: readonly string[],
    options: RequestOptions | undefined,
  ): Promise<Outcome[]> => {
    try {
      return await changeUsers(userIds, 100, (chunk) => call(hostedGroup.join, { groupId, userIds: chunk }, options));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return userIds.map(() => failed(error));
    }
  };
  return {
    async 'Mutation.createGroup'(input, options) {
      const groupId = input.groupId ?? madeUpId();
      const problems = input.memberIds.map(problemOf);
      const good = input.memberIds.filter((id, index) => problems[index] === undefined && id !== input.ownerId);
      const userIds = [...new Set(good)];
      await call(hostedGroup.create, creation(groupId, input, userIds.slice(0, mostAtCreation)), options);
      const others = userIds.slice(mostAtCreation);
      const outcomes = others.length === 0 ? [] : await joinLater(groupId, others, options);
      const joined = new Map(others.map((id, index) => [id, outcomes[index]]));
      return {
        group: { groupId },
        members: input.memberIds.map((id, index) => {
          const problem = problems[index];
          return problem ? failed(problem) : (joined.get(id) ?? succeeded(undefined));
        }),
      };
    },
    async 'Mutation.updateGroup'(update, options) {
      const params = changes(update);
      if (Object.keys(params).length === 0) return;
      const { groupId } = update;
      await whereItExists(
        { kind: 'group', id: groupId },
        context,
        () => call(hostedGroup.updateProfile, { groupId, ...params }, options),
        options,
      );
    },
  };
}
