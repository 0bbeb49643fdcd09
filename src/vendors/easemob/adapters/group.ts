import type { Batch } from '../../../domain/batch.ts';
import type { Group, GroupSettings, GroupUpdate, NewGroup } from '../../../domain/group.ts';
import { muteOfAll, type WithMute } from '../../../domain/moderation.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { Lister, RequestOptions } from '../../../domain/page.ts';
import { AppError, type Outcome, succeeded } from '../../../errors.ts';
import type { Config } from '../app-config.ts';
import { group, groupAnnouncement } from '../endpoints/group.ts';
import { bareUserId, userIdOf } from '../ids.ts';
import { type Context, notFound, notSupported } from './context.ts';
import { groupRule, readEach, single } from './each.ts';
import { afterPage, numberedPage } from './paging.ts';

/** Groups and their announcements. */
export function groupOperations(context: Context) {
  const { call, config } = context;
  const groups: Batch<string, Group & WithMute> = {
    max: 100,
    load: (groupIds, options) => readGroups(context, groupIds, options),
  };
  return {
    'App.groups': async (_, { position, limit }, options) => {
      const params = { limit, ...(position !== undefined && { cursor: position }) };
      const { items, next } = await call(group.list, params, options);
      return { items: items.map((row) => listedGroup(row, config)), ...(next !== undefined && { next }) };
    },
    'User.groups': config.joinedGroups === 'legacy' ? listJoinedLegacy(context) : listJoined(context),
    'Group.name': groups,
    'Group.mute': groups,
    'Group.announcement': single(
      async (group_id: string, options): Promise<string | null> =>
        (await call(groupAnnouncement.get, { group_id }, options)).announcement,
    ),
    'Mutation.createGroup': (fresh, options) => createGroup(context, fresh, options),
    'Mutation.updateGroup': (update, options) => updateGroup(context, update, options),
  } satisfies Partial<Operations>;
}

type Listed = {
  groupid: string;
  groupname?: string | undefined;
  owner?: string | undefined;
  affiliations?: number | undefined;
};

function listedGroup({ groupid, groupname, owner, affiliations }: Listed, config: Config): Group {
  return {
    groupId: groupid,
    name: groupname,
    ownerId: owner === undefined ? undefined : bareUserId(owner, config),
    memberCount: affiliations,
  };
}

interface Details {
  readonly name?: string | undefined;
  readonly avatar: string | null;
  readonly description: string | null;
  readonly owner?: string | undefined;
  readonly created?: Date | null | undefined;
  readonly disabled?: boolean | undefined;
  readonly public?: boolean | undefined;
  readonly membersonly?: boolean | undefined;
  readonly allowinvites?: boolean | undefined;
  readonly maxusers?: number | undefined;
}

function groupOf(groupId: string, details: Details, config: Config, memberCount?: number): Group {
  return {
    groupId,
    name: details.name ?? null,
    avatarUrl: details.avatar,
    description: details.description,
    ownerId: details.owner === undefined ? undefined : bareUserId(details.owner, config),
    createdAt: details.created,
    isSuspended: details.disabled,
    settings: settingsOf(details),
    // The vendor keeps no keys and values on a group, only one text of the app's own.
    attributes: null,
    ...(memberCount !== undefined && { memberCount }),
  };
}

/** Into a private group one comes by invitation only; of `membersonly` public groups speak alone. */
function settingsOf({ public: isPublic, membersonly, allowinvites, maxusers }: Details): GroupSettings {
  const joinPolicy = isPublic ? (membersonly ? 'APPROVAL' : 'OPEN') : 'INVITATION';
  return {
    isPublic,
    joinPolicy: isPublic === undefined ? null : joinPolicy,
    invitePolicy: allowinvites === undefined ? null : allowinvites ? 'MEMBERS' : 'ADMINS',
    asksInvitees: null,
    maxMembers: maxusers,
  };
}

const listJoined =
  ({ call, config }: Context): Lister<string, Group> =>
  async (userId, request, options) => {
    const page = numberedPage(request, 0, 20);
    const { entities, total } = await call(group.joined, { username: userIdOf(userId), ...page }, options);
    const items = entities.map((row) => groupOf(row.groupId, row, config));
    const shown = page.pagenum * page.pagesize + items.length;
    const hasMore = items.length > 0 && (total === undefined ? items.length >= page.pagesize : shown < total);
    return { items, ...afterPage(page, hasMore), ...(total !== undefined && { totalCount: total }) };
  };

const listJoinedLegacy =
  ({ call, config }: Context): Lister<string, Group> =>
  async (userId, request, options) => {
    const page = numberedPage(request, 1, 100);
    const rows = await call(group.joinedLegacy, { username: userIdOf(userId), ...page }, options);
    return { items: rows.map((row) => listedGroup(row, config)), ...afterPage(page, rows.length >= page.pagesize) };
  };

/** Of several groups those that exist come back; a refusal of the whole call means that none does. */
function readGroups({ call, config }: Context, groupIds: readonly string[], options?: RequestOptions) {
  return readEach(groupIds, groupRule, async (ids) => {
    const rows = await call(group.get, { group_id: [...ids] }, options).catch((error: unknown) => {
      if (ids.length > 1 && error instanceof AppError && error.code === 'NOT_FOUND') return [];
      throw error;
    });
    const byId = new Map(
      rows.map((row) => {
        const known = groupOf(row.id, row, config, row.affiliations_count);
        return [row.id, { ...known, mute: muteOfAll(row.mute ?? false) }];
      }),
    );
    return (id: string): (Group & WithMute) | AppError => byId.get(id) ?? notFound('group');
  });
}

/** A group is private unless something given wants it public. */
async function createGroup({ call }: Context, fresh: NewGroup, options?: RequestOptions) {
  const owner = userIdOf(fresh.ownerId);
  const members = [...new Set(fresh.memberIds.map(userIdOf))].filter((id) => id !== owner);
  const params = {
    groupname: fresh.name,
    owner,
    public: false,
    ...settingsParams(fresh.settings),
    ...(fresh.avatarUrl !== undefined && { avatar: fresh.avatarUrl }),
    ...(fresh.description !== undefined && { description: fresh.description }),
    ...(members.length > 0 && { members }),
  };
  const { groupid: group_id } = await call(group.create, params, options);
  if (fresh.announcement !== undefined) {
    await call(groupAnnouncement.set, { group_id, announcement: fresh.announcement }, options).catch(
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        const message = `The group ${group_id} is made, but without its announcement: ${error.message}`;
        throw new AppError(error.code, message, { ...error.details, cause: error });
      },
    );
  }
  // The vendor makes the group with all of the members, or not at all.
  return { group: { groupId: group_id }, members: fresh.memberIds.map((): Outcome => succeeded(undefined)) };
}

async function updateGroup({ call }: Context, update: GroupUpdate, options?: RequestOptions): Promise<void> {
  const { groupId: group_id, name, avatarUrl, description, announcement, settings } = update;
  const params = {
    ...settingsParams(settings),
    ...(name !== undefined && { groupname: name }),
    ...(avatarUrl !== undefined && { avatar: avatarUrl ?? '' }),
    ...(description !== undefined && { description: description ?? '' }),
  };
  if (Object.keys(params).length > 0) {
    const changed = await call(group.update, { group_id, ...params }, options);
    const refused = [...changed].flatMap(([field, isChanged]) => (isChanged === false ? [field] : []));
    if (refused.length > 0) throw new AppError('VENDOR_REJECTED', `The vendor did not change ${refused.join(', ')}.`);
  }
  if (announcement !== undefined) {
    await call(groupAnnouncement.set, { group_id, announcement: announcement ?? '' }, options);
  }
}

interface SettingsParams {
  public?: boolean;
  membersonly?: boolean;
  allowinvites?: boolean;
  invite_need_confirm?: boolean;
  maxusers?: number;
}

const policies = { OPEN: [true, false], APPROVAL: [true, true], INVITATION: [false, undefined] } as const;

/** The vendor's settings; throws `NOT_SUPPORTED` for what they cannot say. */
function settingsParams(settings: GroupSettings = {}): SettingsParams {
  const { joinPolicy, invitePolicy, asksInvitees, maxMembers } = settings;
  const isPublic = settings.isPublic ?? undefined;
  if (joinPolicy === 'CLOSED') throw notSupported('input.settings.joinPolicy', 'Groups cannot be closed.');
  if (invitePolicy === 'OWNER') throw notSupported('input.settings.invitePolicy', 'Admins may always invite.');
  const [wantsPublic, membersonly] = joinPolicy ? policies[joinPolicy] : [isPublic, undefined];
  if (isPublic !== undefined && wantsPublic !== isPublic) {
    const why = 'Public groups are joined openly or with approval, private ones by invitation.';
    throw notSupported('input.settings.joinPolicy', why);
  }
  if (wantsPublic && invitePolicy === 'MEMBERS') {
    throw notSupported('input.settings.invitePolicy', 'Members of public groups cannot invite.');
  }
  return {
    ...(wantsPublic !== undefined && { public: wantsPublic }),
    ...(membersonly !== undefined && { membersonly }),
    ...(invitePolicy && { allowinvites: invitePolicy === 'MEMBERS' }),
    ...(typeof asksInvitees === 'boolean' && { invite_need_confirm: asksInvitees }),
    ...(typeof maxMembers === 'number' && { maxusers: maxMembers }),
  };
}
