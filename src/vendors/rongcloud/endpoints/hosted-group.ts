import { z } from 'zod';
import { commaList, empty, list, post } from '../../../net/endpoint.ts';
import {
  flag,
  groupName,
  jsonField,
  listedId,
  maybeList,
  maybeText,
  numeric,
  pageToken,
  spaceId,
  userId,
} from './parameters.ts';

const text = (max: number) => z.string().max(max);

/** The basic profile of a hosted group, sent as JSON text. */
const groupProfile = jsonField(
  z.strictObject({ introduction: text(512), announcement: text(1024), portraitUrl: text(128) }).partial(),
);

/** Keys that begin with `ext_`, sent as JSON text. */
const groupExtProfile = jsonField(
  z.record(z.string().startsWith('ext_').max(32), text(256)).refine((map) => Object.keys(map).length <= 10, {
    error: 'must have at most 10 keys',
  }),
);

/** `joinPerm`: 0 the owner decides, 1 free, 2 owner or admins, 3 nobody. `memInvitePerm`: 0 owner, 1 and admins, 2 all. */
const permissions = jsonField(
  z.strictObject({ joinPerm: z.int().min(0).max(3), memInvitePerm: z.int().min(0).max(2) }).partial(),
);

/** What the answers tell about a group; pages and lists name its name differently. */
const described = z.object({
  groupId: z.string(),
  groupName: maybeText,
  name: maybeText,
  owner: maybeText,
  portraitUrl: maybeText,
  groupProfile: maybeText,
  groupExtProfile: maybeText,
  permissions: maybeText,
  createTime: numeric.nullish(),
  time: numeric.nullish(),
  memberCount: numeric.nullish(),
  count: numeric.nullish(),
});

/** A hosted group as the answers have it. */
export type DescribedGroup = z.output<typeof described>;

/** `role`: 1 member, 2 manager, 3 owner. `time`: when it joined. */
const member = z.object({ userId: z.string(), nickname: maybeText, role: numeric.nullish(), time: numeric.nullish() });

/** A member of a hosted group as the answers have it. */
export type DescribedMember = z.output<typeof member>;

/** `order` 0 has the oldest first, 1 the newest. */
const page = { pageToken: z.string().optional(), order: flag };
const size = (max: number) => z.int().min(1).max(max).optional();

/** Groups kept by the hosting service ("entrust"). */
export const hostedGroup = {
  create: post('rongcloud.entrust.group.create', '/entrust/group/create.json', {
    form: {
      groupId: spaceId,
      name: groupName,
      owner: userId,
      userIds: commaList(listedId, 100).optional(),
      groupProfile,
      groupExtProfile,
      permissions,
    },
    reply: empty,
    limits: ['entrust.group.create'],
    idempotent: true,
  }),
  updateProfile: post('rongcloud.entrust.group.profile.update', '/entrust/group/profile/update.json', {
    form: { groupId: spaceId, name: groupName.optional(), groupProfile, groupExtProfile, permissions },
    reply: empty,
    limits: ['entrust.group.profile.update'],
    idempotent: true,
  }),
  getProfiles: post('rongcloud.entrust.group.profile.query', '/entrust/group/profile/query.json', {
    form: { groupIds: commaList(listedId, 50) },
    reply: z.object({ profiles: maybeList(described) }),
    limits: ['entrust.group.profile.query'],
    batch: { param: 'groupIds', max: 50 },
    readOnly: true,
  }),
  query: post('rongcloud.entrust.group.query', '/entrust/group/query.json', {
    form: { ...page, size: size(1000) },
    reply: z.object({ pageToken, groups: maybeList(described) }),
    limits: ['entrust.group.query'],
    readOnly: true,
  }),
  queryOfUser: post('rongcloud.entrust.joined.group.query', '/entrust/joined/group/query.json', {
    form: { userId, role: z.int().min(0).max(3).optional(), ...page, size: size(100) },
    reply: z.object({ pageToken, totalCount: numeric.nullish(), groups: maybeList(described) }),
    limits: ['entrust.joined.group.query'],
    readOnly: true,
  }),
  queryMembers: post('rongcloud.entrust.group.member.query', '/entrust/group/member/query.json', {
    form: { groupId: spaceId, type: z.int().min(0).max(3).optional(), ...page, size: size(100) },
    reply: z.object({ pageToken, totalCount: numeric.nullish(), members: maybeList(member) }),
    limits: ['entrust.group.member.query'],
    readOnly: true,
  }),
  getMembers: post('rongcloud.entrust.group.member.specific', '/entrust/group/member/specific/query.json', {
    form: { groupId: spaceId, userIds: list(listedId, 100) },
    reply: z.object({ members: maybeList(member) }),
    limits: ['entrust.group.member.specific'],
    batch: { param: 'userIds', max: 100 },
    readOnly: true,
  }),
  join: post('rongcloud.entrust.group.join', '/entrust/group/join.json', {
    form: { groupId: spaceId, userIds: commaList(listedId, 100) },
    reply: empty,
    limits: ['entrust.group.join'],
    batch: { param: 'userIds', max: 100 },
    idempotent: true,
  }),
  kick: post('rongcloud.entrust.group.member.kick', '/entrust/group/member/kick.json', {
    form: {
      groupId: spaceId,
      userIds: commaList(listedId, 100),
      isDelBan: flag,
      isDelWhite: flag,
      isDelFollowed: flag,
    },
    reply: empty,
    limits: ['entrust.group.member.kick'],
    batch: { param: 'userIds', max: 100 },
    idempotent: true,
  }),
  dismiss: post('rongcloud.entrust.group.dismiss', '/entrust/group/dismiss.json', {
    form: { groupId: spaceId },
    reply: empty,
    limits: ['entrust.group.dismiss'],
    idempotent: true,
  }),
};
