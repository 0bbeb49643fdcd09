import type { Group, GroupSettings, GroupUpdate, NewGroup } from '../../../domain/group.ts';
import type { Member, MemberRole } from '../../../domain/space.ts';
import type { DescribedGroup, DescribedMember } from '../endpoints/hosted-group.ts';
import { type JsonObject, numberOf, objectOf, textOf } from '../json.ts';
import { notSupported } from '../refusals.ts';
import { parseMillis } from '../time.ts';

/** What a profile is told by; the vendor has no word for clearing but an empty text. */
function profileOf({ avatarUrl, description, announcement }: Omit<GroupUpdate, 'groupId'>): Record<string, string> {
  const texts = { introduction: description, announcement, portraitUrl: avatarUrl };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) => (text === undefined ? [] : [[key, text ?? '']])),
  );
}

const isEmpty = (object: object) => Object.keys(object).length === 0;

/** The parameters of a new group. Throws `NOT_SUPPORTED` for settings that hosted groups lack. */
export function creation(groupId: string, input: NewGroup, userIds: readonly string[]) {
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

/**
 * The parameters that change; none for a change of nothing. The name is in two places, since the vendor's page and its SDK have it in one
 * each. Throws `NOT_SUPPORTED` for what hosted groups lack.
 */
export function changes(update: GroupUpdate) {
  if (update.actorId !== undefined) throw notSupported('input.actorId');
  const named = update.name !== undefined && { name: update.name };
  const groupProfile = { ...named, ...profileOf(update) };
  const permissions = permissionsOf(update.settings);
  return {
    ...named,
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
export function toGroup(group: DescribedGroup): Group {
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

/** A member with role, name and time of joining. */
export const toMember = ({ userId, nickname, role, time }: DescribedMember): Member => ({
  userId,
  role: roles[role ?? 0] ?? null,
  nickname: textOf(nickname),
  joinedAt: parseMillis(time),
});
