import type { Group, GroupSettings, GroupUpdate, NewGroup } from '../../../domain/group.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { Member, MemberRole } from '../../../domain/space.ts';
import { succeeded } from '../../../errors.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { type DescribedGroup, type DescribedMember, hostedGroup } from '../endpoints/hosted-group.ts';
import { type JsonObject, numberOf, objectOf, textOf } from '../json.ts';
import { notSupported } from '../refusals.ts';
import { parseMillis } from '../time.ts';
import { madeUpId } from './group.ts';
import { loadGood, problemOf } from './keys.ts';
import { pageOf } from './paging.ts';

type HostedGroupOperations = Pick<
  Operations,
  | 'App.groups'
  | 'User.groups'
  | 'Group.name'
  | 'Group.members'
  | 'Group.member'
  | 'Mutation.createGroup'
  | 'Mutation.updateGroup'
>;

const after = (position: string | undefined) => (position === undefined ? {} : { pageToken: position });

/** Groups of the hosting service: owner, roles, texts, settings and attributes. */
export function hostedGroupOperations({ call }: AppContext<Config>): HostedGroupOperations {
  return {
    async 'App.groups'(_, { position, limit }, options) {
      const answer = await call(hostedGroup.query, { ...after(position), size: limit }, options);
      return pageOf(answer.groups.map(toGroup), answer.pageToken);
    },
    async 'User.groups'(userId, { position, limit }, options) {
      const answer = await call(hostedGroup.queryOfUser, { userId, ...after(position), size: limit }, options);
      return pageOf(answer.groups.map(toGroup), answer.pageToken, answer.totalCount);
    },
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
    async 'Group.members'({ spaceId }, { position, limit }, options) {
      const params = { groupId: spaceId, ...after(position), size: limit };
      const { members, pageToken, totalCount } = await call(hostedGroup.queryMembers, params, options);
      return pageOf(members.map(toMember), pageToken, totalCount);
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
            const { members } = await call(hostedGroup.getMembers, { groupId, userIds }, options);
            const found = new Map<string, Member>(members.map((each) => [each.userId, toMember(each)]));
            return new Map(userIds.map((id) => [id, found.get(id) ?? null]));
          },
        ),
    },
    async 'Mutation.createGroup'(input, options) {
      const groupId = input.groupId ?? madeUpId();
      const problems = input.memberIds.map(problemOf);
      const userIds = input.memberIds.filter((id, index) => problems[index] === undefined && id !== input.ownerId);
      await call(hostedGroup.create, creation(groupId, input, [...new Set(userIds)]), options);
      return {
        group: { groupId },
        members: problems.map((problem) => (problem ? { ok: false, error: problem } : succeeded(undefined))),
      };
    },
    async 'Mutation.updateGroup'(update, options) {
      const params = changes(update);
      if (Object.keys(params).length === 0) return;
      await call(hostedGroup.updateProfile, { groupId: update.groupId, ...params }, options);
    },
  };
}

/** What a profile is told by; the vendor has no word for clearing but an empty text. */
function profileOf({ avatarUrl, description, announcement }: Omit<GroupUpdate, 'groupId'>): Record<string, string> {
  const texts = { introduction: description, announcement, portraitUrl: avatarUrl };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) => (text === undefined ? [] : [[key, text ?? '']])),
  );
}

const isEmpty = (object: object) => Object.keys(object).length === 0;

function creation(groupId: string, input: NewGroup, userIds: readonly string[]) {
  const groupProfile = profileOf(input);
  const permissions = permissionsOf(input.settings);
  const attributes = input.attributes?.map(({ key, value }) => [`${attributePrefix}${key}`, value] as const);
  return {
    groupId,
    name: input.name,
    owner: input.ownerId,
    ...(userIds.length > 0 && { userIds: [...userIds] }),
    ...(!isEmpty(groupProfile) && { groupProfile }),
    ...(attributes && attributes.length > 0 && { groupExtProfile: Object.fromEntries(attributes) }),
    ...(!isEmpty(permissions) && { permissions }),
  };
}

function changes(update: GroupUpdate) {
  if (update.actorId !== undefined) throw notSupported('input.actorId');
  const groupProfile = profileOf(update);
  const permissions = permissionsOf(update.settings);
  return {
    ...(update.name !== undefined && { name: update.name }),
    ...(!isEmpty(groupProfile) && { groupProfile }),
    ...(!isEmpty(permissions) && { permissions }),
  };
}

/** The vendor's keys for an app's own data begin so. */
const attributePrefix = 'ext_';

const joinPolicies = ['APPROVAL', 'OPEN', 'APPROVAL', 'CLOSED'] as const;
const joinNumbers = { OPEN: 1, APPROVAL: 2, CLOSED: 3 } as const;
const invitePolicies = ['OWNER', 'ADMINS', 'MEMBERS'] as const;

/** Throws `NOT_SUPPORTED` for settings that hosted groups lack. */
function permissionsOf({ joinPolicy, invitePolicy, ...rest }: GroupSettings = {}) {
  const extra = Object.entries(rest).find(([, value]) => value !== undefined && value !== null);
  if (extra) throw notSupported(`input.settings.${extra[0]}`);
  if (joinPolicy === 'INVITATION') throw notSupported('input.settings.joinPolicy');
  return {
    ...(joinPolicy && { joinPerm: joinNumbers[joinPolicy] }),
    ...(invitePolicy && { memInvitePerm: invitePolicies.indexOf(invitePolicy) }),
  };
}

function toSettings(text: string | null | undefined): GroupSettings | undefined {
  if (!text) return undefined;
  const permissions = objectOf(text);
  return {
    joinPolicy: joinPolicies[numberOf(permissions['joinPerm']) ?? -1] ?? null,
    invitePolicy: invitePolicies[numberOf(permissions['memInvitePerm']) ?? -1] ?? null,
  };
}

const toAttributes = (profile: JsonObject) =>
  Object.entries(profile).map(([key, value]) => ({
    key: key.startsWith(attributePrefix) ? key.slice(attributePrefix.length) : key,
    value: String(value),
  }));

/** A group as far as the answer tells; lists tell less than single reads. */
function toGroup(group: DescribedGroup): Group {
  const profile = group.groupProfile ? objectOf(group.groupProfile) : undefined;
  const createdAt = parseMillis(group.createTime) ?? parseMillis(group.time);
  const memberCount = group.memberCount ?? group.count;
  return {
    groupId: group.groupId,
    name: textOf(group.groupName) ?? textOf(group.name),
    ...(profile && {
      description: textOf(profile['introduction']),
      announcement: textOf(profile['announcement']),
      avatarUrl: textOf(profile['portraitUrl']) ?? textOf(group.portraitUrl),
    }),
    ...(group.owner && { ownerId: group.owner }),
    ...(createdAt && { createdAt }),
    settings: toSettings(group.permissions),
    ...(group.groupExtProfile && { attributes: toAttributes(objectOf(group.groupExtProfile)) }),
    ...(typeof memberCount === 'number' && { memberCount }),
  };
}

const roles: readonly (MemberRole | undefined)[] = [undefined, 'MEMBER', 'ADMIN', 'OWNER'];

const toMember = ({ userId, nickname, role, time }: DescribedMember): Member => ({
  userId,
  role: roles[role ?? 0] ?? null,
  nickname: textOf(nickname),
  joinedAt: parseMillis(time),
});
