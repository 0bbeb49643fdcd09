import type { SpaceMute } from '../../../domain/moderation.ts';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import type { MemberRole, SpaceKey } from '../../../domain/space.ts';
import { AppError } from '../../../errors.ts';
import { changeInChunks } from '../../bulk.ts';
import { mute } from '../endpoints/mute.ts';
import { numberOfRole, roleOf } from './role.ts';
import { type Context, checkUserId, dateOf, nothing, outcomesOf, refuse } from './values.ts';

const forEver = -1;
const lifted = 0;

/** Who may not speak in groups. The vendor does not tell which members are muted one by one. */
export function muteOperations({ call, config }: Context) {
  const setMembers = (
    space: SpaceKey,
    { userIds, actorId, duration }: { userIds: readonly string[]; actorId: string | undefined; duration: number },
    options: RequestOptions | undefined,
  ) => {
    mustBeGroup(space);
    const FromUserId = actorId ?? config.systemUser;
    return changeInChunks({
      items: userIds,
      key: (userId) => userId,
      max: 20,
      check: checkUserId,
      send: async (batch) => {
        const params = { FromUserId, GroupId: space.id, UserIds: [...batch], Duration: duration };
        return outcomesOf(await call(mute.members, params, options), batch, nothing);
      },
    });
  };

  return {
    'App.mutedSpaces': async (kind, page, options) => {
      refuse(kind !== 'group', 'kind', 'mutes but of groups');
      const start = page.position ?? '0';
      if (!/^\d{1,15}$/.test(start)) throw new AppError('BAD_CURSOR');
      const reply = await call(mute.groups, { FromUserId: config.systemUser, StartFlag: Number(start) }, options);
      const next = reply.NextFlag === undefined ? start : String(reply.NextFlag);
      return {
        items: reply.GroupList.map(({ GroupId }) => ({ kind: 'group', id: GroupId })),
        next: reply.FetchEnd === 0 && next !== start ? next : undefined,
      };
    },

    'Mutation.muteMembers': async ({ space, userIds, durationSeconds, actorId }, options) =>
      setMembers(space, { userIds, actorId, duration: durationSeconds ?? forEver }, options),

    'Mutation.unmuteMembers': async ({ space, userIds, actorId }, options) =>
      setMembers(space, { userIds, actorId, duration: lifted }, options),

    'Mutation.muteSpace': async ({ space, roles, durationSeconds, actorId }, options) => {
      mustBeGroup(space);
      const whom = roles ? { IsAllMuted: false, MuteRoleList: numbersOf(roles) } : { IsAllMuted: true };
      const FromUserId = actorId ?? config.systemUser;
      await call(mute.group, { FromUserId, GroupId: space.id, ...whom, Duration: durationSeconds ?? forEver }, options);
    },

    'Mutation.unmuteSpace': async ({ space, actorId }, options) => {
      mustBeGroup(space);
      const FromUserId = actorId ?? config.systemUser;
      await call(mute.group, { FromUserId, GroupId: space.id, Duration: lifted }, options);
    },
  } satisfies Partial<Operations>;
}

const mustBeGroup = ({ kind }: SpaceKey) => refuse(kind !== 'group', 'input.spaceId', 'mutes but of groups');

/** Throws `NOT_SUPPORTED` for `CUSTOM`: the input has no place for a number. */
function numbersOf(roles: readonly MemberRole[]): number[] {
  return [...new Set(roles)].map((role) => {
    const number = numberOfRole(role);
    if (number !== undefined) return number;
    throw new AppError('NOT_SUPPORTED', "This vendor mutes the app's own roles by number.", { input: 'input.roles' });
  });
}

/** What a read of a group tells of its mute. */
export function muteIn(reply: {
  readonly IsAllForbid?: boolean | null | undefined;
  readonly ForbidList: readonly number[];
  readonly ForbidExpireTime: number | undefined;
}): SpaceMute {
  const everyone = reply.IsAllForbid ?? false;
  // "Never together", though the vendor's sample shows both (catalogue: zim.group.info.query).
  const roles = everyone ? [] : [...new Set(reply.ForbidList.map(roleOf))];
  return { everyone, roles, expiresAt: everyone || roles.length > 0 ? dateOf(reply.ForbidExpireTime) : null };
}
