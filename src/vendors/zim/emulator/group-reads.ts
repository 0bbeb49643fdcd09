import type { EmulatedSpace, EmulatedState } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { codes, fail } from './failures.ts';
import { muteOf } from './muted.ts';
import { cursorOf, numberedPage, offsetPage, pageSize } from './paging.ts';
import { roleNumber } from './role.ts';
import { text } from './values.ts';

/** The group a call is about; ids of dismissed groups name none. */
export function groupOf(state: EmulatedState, params: Params): EmulatedSpace {
  return state.groups.get(text(params, 'GroupId')) ?? fail(codes.groupMissing);
}

interface GroupLimits {
  JoinMode: number;
  InviteMode: number;
  BeInvitedMode: number;
}

/** The modes that `ModifyGroupLimit` sets; all 0 at first. */
function limitsOf(group: EmulatedSpace): GroupLimits {
  const mode = (name: keyof GroupLimits) => Number(group.extra.get(name) ?? 0);
  return { JoinMode: mode('JoinMode'), InviteMode: mode('InviteMode'), BeInvitedMode: mode('BeInvitedMode') };
}

/** The cursor is a page number (catalogue: pagination, A). */
export const listGroups: Handler = (params, { state }) => {
  const size = pageSize(params['Limit'], { fallback: 10_000, ceiling: 10_000 });
  const { items, next } = numberedPage([...state.groups.values()], cursorOf(params['Next']), size);
  const GroupIdList = items.map((group) => ({ GroupId: group.id, GroupName: group.name }));
  return { TotalCount: state.groups.size, Next: next, GroupIdList };
};

/** A text cursor, `Next` in the request and `NextRsp` in the answer, `"0"` at the end (catalogue: pagination, C). */
export const joinedGroups: Handler = (params, { state }) => {
  const userId = text(params, 'FromUserId');
  if (!state.users.has(userId)) fail(codes.actorUnknown);
  const joined = [...state.groups.values()].filter((group) => group.members.has(userId));
  const size = pageSize(params['Limit'], { fallback: 100, ceiling: 100 });
  const { items, next } = offsetPage(joined, cursorOf(params['Next']), size);
  const GroupInfoList = items.map(({ id, name, avatar }) => ({ GroupId: id, GroupName: name, GroupAvatar: avatar }));
  return { NextRsp: String(next), HasJoinGroupNum: joined.length, GroupInfoList };
};

export const groupInfo: Handler = (params, { state }) => {
  if (!state.users.has(text(params, 'FromUserId'))) fail(codes.actorUnknown);
  const group = groupOf(state, params);
  const mute = muteOf(group, state.now());
  return {
    GroupName: group.name,
    GroupNotice: group.announcement,
    GroupDataSeq: Number(group.extra.get('GroupDataSeq') ?? 1),
    GroupAvatar: group.avatar,
    IsAllForbid: mute?.everyone ?? false,
    ForbidList: mute?.roles ?? [],
    LimitInfo: { MemberCountLimit: group.maxMembers, ...limitsOf(group), NumberMessage: 0 },
    // What stands for a mute without an end is not documented; -1 is what sets one.
    ForbidExpireTime: mute ? (mute.until ?? -1) : 0,
    GroupCreateTime: group.createdAt,
    GroupId: group.id,
    GroupAttributes: [...group.attributes].map(([Key, Value]) => ({ Key, Value })),
  };
};

/** The cursor is a page number (catalogue: pagination, A). */
export const listMembers: Handler = (params, { state }) => {
  const group = groupOf(state, params);
  const size = pageSize(params['Limit'], { fallback: 1000, ceiling: 1000 });
  const { items, next } = numberedPage([...group.members.values()], cursorOf(params['Next']), size);
  const MemberList = items.map((member) => ({
    UserId: member.userId,
    UserName: state.users.get(member.userId)?.name ?? '',
    UserNickName: member.nickname,
    Role: roleNumber(member),
  }));
  return { TotalCount: group.members.size, Next: next, MemberList };
};
