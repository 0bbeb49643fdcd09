import type { EmulatedSpace, EmulatedState } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { codes, fail, type ItemFailure, settle } from './failures.ts';
import { groupOf } from './group-reads.ts';
import { planOf } from './plan.ts';
import { actor, failuresOf } from './user.ts';
import { objects, text, texts, whole } from './values.ts';

interface Candidate {
  readonly id: string;
  readonly joinedAt: number;
  /** Whether the user must agree first. */
  readonly isInvited: boolean;
}

/** `GroupMemberInfos` wins over `UserIds`; one of the two must be there. The operator is dropped from either. */
function candidatesOf(params: Params, operator: string, now: number): Candidate[] {
  const detailed = objects(params, 'GroupMemberInfos');
  const ids = texts(params, 'UserIds');
  if (detailed.length === 0 && ids.length === 0) fail(codes.badParameter);
  const candidates =
    detailed.length === 0
      ? ids.map((id) => ({ id, joinedAt: now, isInvited: false }))
      : detailed.map((each) => ({
          id: text(each, 'UserId'),
          joinedAt: whole(each, 'EnterGroupTime') || now,
          isInvited: whole(each, 'IsInvite') === 1,
        }));
  if (candidates.some((each) => each.joinedAt > now)) fail(codes.timeInFuture);
  return candidates.filter((each) => each.id !== operator);
}

/** Who must agree first is not in yet; the client SDK's agreement is no matter of this API. */
export const addMembers: Handler = (params, { state, app }) => {
  const by = actor(state, params).id;
  const group = groupOf(state, params);
  const candidates = candidatesOf(params, by, state.now());
  const most = group.maxMembers > 0 ? group.maxMembers : planOf(app).groupMembers;
  const failures: ItemFailure[] = [];
  const joining: Candidate[] = [];
  for (const candidate of candidates) {
    const { id } = candidate;
    if (!state.users.has(id)) failures.push({ UserId: id, SubCode: codes.userNotRegistered });
    else if (group.members.has(id) || candidate.isInvited) continue;
    else if (group.members.size + joining.length >= most) failures.push({ UserId: id, SubCode: codes.tooManyMembers });
    else joining.push(candidate);
  }
  state.join(
    group,
    joining.map((each) => each.id),
    by,
  );
  for (const { id, joinedAt } of joining) {
    const member = group.members.get(id);
    if (member) member.joinedAt = joinedAt;
  }
  return settle({ list: 'ErrorUsers', failures, worked: candidates.length - failures.length });
};

/** "Removing the owner makes the first user of the list the owner." */
function inherit(group: EmulatedSpace): void {
  const [heir] = group.members.values();
  if (!heir || group.members.has(group.owner)) return;
  group.owner = heir.userId;
  heir.role = 'owner';
}

/** Takes members out of a group; gives those who were in it. */
function putOut(state: EmulatedState, group: EmulatedSpace, ids: readonly string[], by: string): string[] {
  const left = state.leave(group, ids, by);
  inherit(group);
  return left;
}

export const removeMembers: Handler = (params, { state }) => {
  const by = actor(state, params).id;
  const group = groupOf(state, params);
  const ids = texts(params, 'UserId');
  const left = putOut(state, group, ids, by);
  const failures = failuresOf(
    ids.filter((id) => !left.includes(id)),
    codes.notInGroup,
  );
  return settle({ list: 'ErrorList', failures, worked: left.length });
};
