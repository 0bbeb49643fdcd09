import type { Batch } from '../../../domain/batch.ts';
import type { Group, GroupSettings, GroupUpdate, NewGroup } from '../../../domain/group.ts';
import type { WithMute } from '../../../domain/moderation.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import { AppError, failed } from '../../../errors.ts';
import { group, groupMembers } from '../endpoints/group.ts';
import { user } from '../endpoints/user.ts';
import { muteIn } from './mute.ts';
import {
  type Context,
  checkUserId,
  dateOf,
  nothing,
  numberedPlaceOf,
  outcomesOf,
  placeOf,
  positionOf,
  refuse,
} from './values.ts';

/** Groups themselves; who is in them is in `members.ts`. */
export function groupOperations(context: Context) {
  const { call, config } = context;
  const setLimits = async (
    groupId: string,
    actorId: string,
    settings: GroupSettings | undefined,
    options?: RequestOptions,
  ) => {
    const limits = limitsOf(settings);
    if (limits) await call(group.setLimits, { FromUserId: actorId, GroupId: groupId, ...limits }, options);
  };

  const groups = groupsOf(context);
  return {
    'App.groups': async (_, page, options) => {
      const place = numberedPlaceOf(page);
      const reply = await call(group.list, { Limit: place.limit, Next: place.next }, options);
      return {
        items: reply.GroupIdList.map((each) => ({ groupId: each.GroupId, name: each.GroupName })),
        next: positionOf(place, reply.Next),
        totalCount: reply.TotalCount,
      };
    },

    'User.groups': async (userId, page, options) => {
      const place = placeOf(page, '');
      const reply = await call(user.groups, { FromUserId: userId, Limit: place.limit, Next: place.next }, options);
      return {
        items: reply.GroupInfoList.map((each) => ({
          groupId: each.GroupId,
          name: each.GroupName,
          avatarUrl: each.GroupAvatar,
        })),
        next: positionOf(place, reply.NextRsp),
        totalCount: reply.HasJoinGroupNum,
      };
    },

    'Group.name': groups,
    'Group.mute': groups,

    'Group.memberCount': {
      max: 1,
      load: async ([groupId = ''], options) => {
        const reply = await call(groupMembers.list, { GroupId: groupId, Limit: 1, Next: 0 }, options);
        return [reply.TotalCount ?? null];
      },
    },

    'Mutation.createGroup': async (input, options) => {
      limitsOf(input.settings);
      const { members, errors } = checkedMembers(input);
      const reply = await call(group.create, newGroup(input, members), options);
      try {
        await setLimits(reply.GroupId, input.ownerId, input.settings, options);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        throw new AppError(error.code, `Group ${reply.GroupId} was made, but not its settings: ${error.message}`, {
          ...error.details,
          cause: error,
        });
      }
      const taken = outcomesOf(reply, input.memberIds, nothing);
      return {
        group: { groupId: reply.GroupId },
        members: input.memberIds.map((id, index) => {
          const error = errors.get(id);
          return error ? failed(error) : (taken[index] ?? failed(new AppError('OUTCOME_UNKNOWN')));
        }),
      };
    },

    'Mutation.updateGroup': async (update, options) => {
      const actorId = update.actorId ?? config.systemUser;
      limitsOf(update.settings);
      const data = changedData(update);
      if (data) await call(group.update, { FromUserId: actorId, GroupId: update.groupId, ...data }, options);
      await setLimits(update.groupId, actorId, update.settings, options);
    },
  } satisfies Partial<Operations>;
}

/** The one read of a group, which tells of its mute too. */
const groupsOf = ({ call, config }: Context): Batch<string, Group & WithMute> => ({
  max: 1,
  load: async ([groupId = ''], options) => {
    const reply = await call(group.query, { FromUserId: config.systemUser, GroupId: groupId }, options);
    if (reply.GroupId === null && reply.GroupCreateTime === undefined) return [new AppError('NOT_FOUND')];
    const { LimitInfo: limits } = reply;
    return [
      {
        groupId,
        name: reply.GroupName,
        avatarUrl: reply.GroupAvatar,
        description: null,
        announcement: reply.GroupNotice,
        createdAt: dateOf(reply.GroupCreateTime),
        isSuspended: null,
        settings: limits ? settingsOf(limits) : null,
        attributes: reply.GroupAttributes.map(({ Key, Value }) => ({ key: Key, value: Value })),
        mute: muteIn(reply),
      },
    ];
  },
});

const joinModes = { OPEN: 0, APPROVAL: 1, INVITATION: 2 } as const;
const joinPolicies = ['OPEN', 'APPROVAL', 'INVITATION'] as const;
const inviteModes = { MEMBERS: 0, ADMINS: 1 } as const;
const invitePolicies = ['MEMBERS', 'ADMINS'] as const;

interface LimitInfo {
  readonly MemberCountLimit: number | undefined;
  readonly JoinMode: number | undefined;
  readonly InviteMode: number | undefined;
  readonly BeInvitedMode: number | undefined;
}

function settingsOf(limits: LimitInfo): GroupSettings {
  return {
    isPublic: null,
    joinPolicy: joinPolicies[limits.JoinMode ?? -1] ?? null,
    invitePolicy: invitePolicies[limits.InviteMode ?? -1] ?? null,
    asksInvitees: limits.BeInvitedMode === undefined ? null : limits.BeInvitedMode === 1,
    maxMembers: limits.MemberCountLimit || null,
  };
}

/** What of the settings goes to the vendor; undefined when nothing does. Throws `NOT_SUPPORTED` for what it lacks. */
function limitsOf(settings: GroupSettings | undefined) {
  if (!settings) return undefined;
  const { isPublic, joinPolicy, invitePolicy, asksInvitees, maxMembers } = settings;
  refuse(isPublic !== undefined && isPublic !== null, 'input.settings.isPublic', 'groups to be found');
  if (joinPolicy === 'CLOSED') {
    throw new AppError('NOT_SUPPORTED', 'This vendor has no closed groups.', { input: 'input.settings.joinPolicy' });
  }
  if (invitePolicy === 'OWNER') {
    throw new AppError('NOT_SUPPORTED', 'This vendor lets admins invite whenever the owner may.', {
      input: 'input.settings.invitePolicy',
    });
  }
  const limits = {
    JoinMode: joinPolicy ? joinModes[joinPolicy] : undefined,
    InviteMode: invitePolicy ? inviteModes[invitePolicy] : undefined,
    BeInvitedMode: typeof asksInvitees === 'boolean' ? (asksInvitees ? 1 : 0) : undefined,
    MemberCountLimit: maxMembers ?? undefined,
  } as const;
  return Object.values(limits).some((value) => value !== undefined) ? limits : undefined;
}

/** Those first members that can be, so that one impossible id does not refuse the whole group. */
function checkedMembers({ memberIds }: NewGroup) {
  const errors = new Map<string, AppError>();
  for (const id of memberIds) {
    const problem = checkUserId(id);
    if (problem) errors.set(id, problem);
  }
  return { errors, members: [...new Set(memberIds)].filter((id) => !errors.has(id)) };
}

function newGroup(input: NewGroup, members: string[]) {
  if (input.groupId?.startsWith('#')) {
    throw new AppError('BAD_USER_INPUT', 'Ids that begin with # are made by the vendor.', { input: 'input.vendorId' });
  }
  refuse(input.description !== undefined, 'input.description', 'descriptions of groups');
  return {
    GroupId: input.groupId,
    GroupName: input.name,
    GroupNotice: input.announcement,
    GroupAvatar: input.avatarUrl,
    GroupOwner: input.ownerId,
    UserId: members.length > 0 ? members : undefined,
    Attributes: input.attributes?.length
      ? input.attributes.map(({ key, value }) => ({ Key: key, Value: value }))
      : undefined,
  };
}

/** The vendor clears what comes empty and keeps what does not come; undefined when nothing is to be sent. */
function changedData({ name, avatarUrl, announcement, description }: GroupUpdate) {
  refuse(description !== undefined, 'input.description', 'descriptions of groups');
  if (name === undefined && avatarUrl === undefined && announcement === undefined) return undefined;
  return {
    GroupName: name,
    GroupAvatar: avatarUrl === null ? '' : avatarUrl,
    GroupNotice: announcement === null ? '' : announcement,
  };
}
