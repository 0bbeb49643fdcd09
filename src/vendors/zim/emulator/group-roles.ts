import type { EmulatedMember, EmulatedSpace, EmulatedState } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import { codes, fail, type ItemFailure, settle } from './failures.ts';
import { groupOf } from './group-reads.ts';
import { roleOfNumber } from './role.ts';
import { postTip, tips } from './tips.ts';
import { actor } from './user.ts';
import { objects, text, whole } from './values.ts';

const memberOf = (group: EmulatedSpace, userId: string): EmulatedMember =>
  group.members.get(userId) ?? fail(codes.notMember);

/** The old owner stays, as an ordinary member. */
function passOn(group: EmulatedSpace, heir: EmulatedMember): void {
  const former = group.members.get(group.owner);
  if (former) former.role = 'member';
  heir.role = 'owner';
  group.owner = heir.userId;
}

export const transferOwner: Handler = (params, { state }) => {
  const by = actor(state, params).id;
  const group = groupOf(state, params);
  const heir = memberOf(group, text(params, 'NewOwner'));
  passOn(group, heir);
  postTip(state, group, { type: tips.ownerChanged, by, targets: [heir.userId] });
  return {};
};

/** "2 = admin, 3 = member, or your own role advised within 100..255; 1 is refused." An owner is one until it passes that on. */
export const setRole: Handler = (params, { state }) => {
  const by = actor(state, params).id;
  const group = groupOf(state, params);
  const userId = text(params, 'ToUserId');
  if (userId === by) fail(codes.actsOnItself);
  const role = whole(params, 'Role') ?? 0;
  if (role === 1) fail(codes.ownerNotGiven);
  if (role !== 2 && role !== 3 && role < 100) fail(codes.badParameter);
  const member = memberOf(group, userId);
  if (member.role === 'owner') fail(codes.badParameter);
  member.role = roleOfNumber(role);
  postTip(state, group, { type: tips.roleChanged, by, targets: [userId], more: { role } });
  return {};
};

function nicknameProblem(state: EmulatedState, group: EmulatedSpace, userId: string): number | undefined {
  if (!state.users.has(userId)) return codes.userNotRegistered;
  return group.members.has(userId) ? undefined : codes.notMember;
}

/** "objects, not plain ids" */
export const setNicknames: Handler = (params, { state }) => {
  actor(state, params);
  const group = groupOf(state, params);
  const wanted = objects(params, 'UserIds');
  const failures: ItemFailure[] = [];
  for (const each of wanted) {
    const UserId = text(each, 'UserId');
    const SubCode = nicknameProblem(state, group, UserId);
    if (SubCode) failures.push({ UserId, SubCode });
    else memberOf(group, UserId).nickname = text(each, 'Nickname');
  }
  return settle({ list: 'ErrorUsers', failures, worked: wanted.length - failures.length });
};
