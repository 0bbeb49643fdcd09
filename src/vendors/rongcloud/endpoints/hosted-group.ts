import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { jsonField, maybeList, maybeText, numeric, pageToken } from './parameters.ts';

const text = (max: number) => z.string().max(max);

const profileTexts = { introduction: text(512), announcement: text(1024), portraitUrl: text(128) };

/** The basic profile of a hosted group, sent as JSON text. */
const groupProfile = jsonField(z.strictObject(profileTexts).partial());

/** As it is changed: with the name, where the vendor's page has it. */
const changedProfile = jsonField(z.strictObject({ name: text(64), ...profileTexts }).partial());

/** Keys that begin with `ext_`, sent as JSON text. */
const groupExtProfile = jsonField(
  z
    .record(z.string().startsWith('ext_').max(32), text(256))
    .refine((map) => Object.keys(map).length <= 10, { error: 'must have at most 10 keys' }),
);

/** `joinPerm`: 0 the owner decides, 1 free, 2 owner or admins, 3 nobody. `memInvitePerm`: 0 owner, 1 and admins, 2 all. */
const permissions = jsonField(
  z.strictObject({ joinPerm: z.int().min(0).max(3), memInvitePerm: z.int().min(0).max(2) }).partial(),
);

const profile = { groupProfile, groupExtProfile, permissions };

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

/** Groups kept by the hosting service ("entrust"). */
export const hostedGroup = {
  create: endpoint('rongcloud.entrust.group.create', { params: profile }),
  updateProfile: endpoint('rongcloud.entrust.group.profile.update', {
    params: { ...profile, groupProfile: changedProfile },
  }),
  getProfiles: endpoint('rongcloud.entrust.group.profile.query', {
    reply: z.object({ profiles: maybeList(described) }),
  }),
  query: endpoint('rongcloud.entrust.group.query', { reply: z.object({ pageToken, groups: maybeList(described) }) }),
  queryOfUser: endpoint('rongcloud.entrust.joined.group.query', {
    reply: z.object({ pageToken, totalCount: numeric.nullish(), groups: maybeList(described) }),
  }),
  queryMembers: endpoint('rongcloud.entrust.group.member.query', {
    reply: z.object({ pageToken, totalCount: numeric.nullish(), members: maybeList(member) }),
  }),
  getMembers: endpoint('rongcloud.entrust.group.member.specific', { reply: z.object({ members: maybeList(member) }) }),
  join: endpoint('rongcloud.entrust.group.join'),
  kick: endpoint('rongcloud.entrust.group.member.kick'),
  dismiss: endpoint('rongcloud.entrust.group.dismiss'),
};
