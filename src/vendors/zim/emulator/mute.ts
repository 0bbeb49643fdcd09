import type { EmulatedSpace } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { codes, fail, settle } from './failures.ts';
import { groupOf } from './group-reads.ts';
import { isMutedAlone, mutedAlone, muteOf, muteTogether } from './muted.ts';
import { cursorOf, offsetPage } from './paging.ts';
import { mustModerate } from './role.ts';
import { postTip, tips } from './tips.ts';
import { actor, failuresOf } from './user.ts';
import { texts, whole, wholes } from './values.ts';

const longestSeconds = 2_592_000;
const forEver = -1;

/** Seconds; -1 for ever, 0 or absent to lift. */
function durationOf(params: Params): number {
  const duration = whole(params, 'Duration') ?? 0;
  return duration < forEver || duration > longestSeconds ? fail(codes.badParameter) : duration;
}

/** The parameter's name in the table, or the one that the vendor's own sample has (catalogue: quirks). */
const isForAll = (params: Params, { request }: HandlerContext): boolean =>
  params['IsAllMuted'] === true || request.query.get('IsAllForbid') === 'true';

/** "set again while a mute runs, the page says the mute is prolonged by the newly given time" */
function muteEnd(group: EmulatedSpace, duration: number, now: number): number | null {
  if (duration === forEver) return null;
  return (muteOf(group, now)?.until ?? now) + duration * 1000;
}

const muteGroup: Handler = (params, context) => {
  const { state } = context;
  const by = actor(state, params).id;
  const group = groupOf(state, params);
  mustModerate(group, by);
  const duration = durationOf(params);
  const everyone = isForAll(params, context);
  const roles = everyone ? [] : wholes(params, 'MuteRoleList');
  if (!roles.every((role) => (role >= 1 && role <= 3) || role >= 100)) fail(codes.badParameter);
  // "an admin operator may not list 1"
  if (roles.includes(1) && group.members.get(by)?.role === 'admin') fail(codes.mayNot);
  const isLifted = duration === 0 || (!everyone && roles.length === 0);
  const until = isLifted ? 0 : muteEnd(group, duration, state.now());
  muteTogether(group, isLifted ? undefined : { everyone, roles, until });
  const forbid = {
    is_all_forbid: everyone && !isLifted,
    forbid_role_list: roles,
    forbid_expire_time: until ?? forEver,
  };
  postTip(state, group, { type: tips.muteChanged, by, more: { forbid } });
  return {};
};

/** "setting it again restarts the clock from now" */
const muteMembers: Handler = (params, { state }) => {
  const by = actor(state, params).id;
  const group = groupOf(state, params);
  mustModerate(group, by);
  const duration = durationOf(params);
  const ids = texts(params, 'UserIds');
  const members = ids.filter((id) => group.members.has(id));
  const until = duration === forEver ? null : state.now() + duration * 1000;
  for (const id of members) {
    if (duration === 0) mutedAlone(group).delete(id);
    else mutedAlone(group).set(id, until);
  }
  const failures = failuresOf(
    ids.filter((id) => !group.members.has(id)),
    codes.notMember,
  );
  if (members.length > 0) {
    const more = { forbid_expire_time: duration === 0 ? 0 : (until ?? forEver) };
    postTip(state, group, { type: tips.memberMuteChanged, by, targets: members, more });
  }
  return settle({ list: 'ErrorUsers', failures, worked: members.length, allFailed: codes.nobodyTaken });
};

const pageOfMuted = 10_000;

/** Bits: 1 everybody, 2 roles, 4 single users. */
function forbidType(group: EmulatedSpace, now: number): number {
  const mute = muteOf(group, now);
  const together = mute ? (mute.everyone ? 1 : 2) : 0;
  const isAlone = [...group.members.keys()].some((id) => isMutedAlone(group, id, now));
  return together + (isAlone ? 4 : 0);
}

/** `FetchEnd` alone tells the end: `NextFlag` goes on all the same (catalogue: pagination, D). */
const listMuted: Handler = (params, { state }) => {
  actor(state, params);
  const muted = [...state.groups.values()]
    .map((group) => ({ GroupId: group.id, ForbidType: forbidType(group, state.now()) }))
    .filter(({ ForbidType }) => ForbidType > 0);
  const start = cursorOf(params['StartFlag']);
  const { items, next } = offsetPage(muted, start, pageOfMuted);
  return { FetchEnd: next === 0 ? 1 : 0, NextFlag: start + pageOfMuted, GroupList: items };
};

export const muteHandlers = {
  'zim.groupMute.group.set': muteGroup,
  'zim.groupMute.members.set': muteMembers,
  'zim.groupMute.groups.list': listMuted,
} satisfies Record<string, Handler>;
