import type { EmulatedState } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import { codes, fail, settle } from './failures.ts';
import { addMembers, removeMembers } from './group-members.ts';
import { groupInfo, groupOf, listGroups, listMembers } from './group-reads.ts';
import { setNicknames, setRole, transferOwner } from './group-roles.ts';
import { isRetired } from './memory.ts';
import { planOf } from './plan.ts';
import { actor, failuresOf } from './user.ts';
import { objects, optionalText, pastTime, text, texts, whole } from './values.ts';

/** A wanted id may not begin with `#`; without one the server makes an id that does. */
function newGroupId(wanted: string, state: EmulatedState): string {
  if (wanted === '') return `#${100_000_000 + state.nextId()}`;
  if (wanted.startsWith('#')) fail(codes.badParameter);
  if (state.groups.has(wanted) || isRetired(state, wanted)) fail(codes.groupIdTaken);
  return wanted;
}

const create: Handler = (params, { state, app }) => {
  const owner = state.users.get(text(params, 'GroupOwner')) ?? fail(codes.ownerUnknown);
  if (state.groups.size >= planOf(app).groups) fail(codes.tooManyGroups);
  const others = texts(params, 'UserId').filter((id) => id !== owner.id);
  const known = others.filter((id) => state.users.has(id));
  const unknown = others.filter((id) => !state.users.has(id));
  const createdAt = pastTime(params, 'CreateGroupTime', state.now());
  const group = state.addSpace('group', newGroupId(text(params, 'GroupId'), state), {
    name: text(params, 'GroupName'),
    announcement: text(params, 'GroupNotice'),
    avatar: text(params, 'GroupAvatar'),
    owner: owner.id,
    members: [owner.id, ...known].slice(0, planOf(app).groupMembers),
    attributes: new Map(objects(params, 'Attributes').map((each) => [text(each, 'Key'), text(each, 'Value')])),
    createdAt,
  });
  const Members = [...group.members.keys()].map((UserId) => ({
    UserId,
    UserName: state.users.get(UserId)?.name ?? '',
  }));
  const shutOut = known.filter((id) => !group.members.has(id));
  const failures = [...failuresOf(unknown, codes.userNotRegistered), ...failuresOf(shutOut, codes.tooManyMembers)];
  const payload = { GroupId: group.id, Members };
  return settle({ list: 'ErrorUsers', failures, worked: Members.length, payload });
};

const dismiss: Handler = (params, { state }) => {
  const by = actor(state, params);
  state.deleteSpace(groupOf(state, params), by.id);
  return {};
};

/** Present but empty clears a field; at least one of the three must be present. */
const updateData: Handler = (params, { state }) => {
  actor(state, params);
  const group = groupOf(state, params);
  const [name, notice, avatar] = ['GroupName', 'GroupNotice', 'GroupAvatar'].map((key) => optionalText(params, key));
  if (name === undefined && notice === undefined && avatar === undefined) fail(codes.badParameter);
  group.name = name ?? group.name;
  group.announcement = notice ?? group.announcement;
  group.avatar = avatar ?? group.avatar;
  group.extra.set('GroupDataSeq', Number(group.extra.get('GroupDataSeq') ?? 1) + 1);
  return {};
};

const modes = [
  { name: 'JoinMode', highest: 2 },
  { name: 'InviteMode', highest: 1 },
  { name: 'BeInvitedMode', highest: 1 },
];

/** A key sent without a value is stored as 0 (catalogue: quirks). */
const modifyLimits: Handler = (params, { state }) => {
  actor(state, params);
  const group = groupOf(state, params);
  const limit = whole(params, 'MemberCountLimit') ?? group.maxMembers;
  const given = modes.filter(({ name }) => params[name] !== undefined);
  const isAllowed = given.every(({ name, highest }) => {
    const mode = whole(params, name) ?? 0;
    return mode >= 0 && mode <= highest;
  });
  if (!isAllowed || limit < 0) fail(codes.badParameter);
  group.maxMembers = limit;
  for (const { name } of given) group.extra.set(name, whole(params, name) ?? 0);
  return {};
};

export const groupHandlers = {
  'zim.group.create': create,
  'zim.group.dismiss': dismiss,
  'zim.group.list': listGroups,
  'zim.group.info.query': groupInfo,
  'zim.group.data.update': updateData,
  'zim.group.limits.modify': modifyLimits,
  'zim.group.members.list': listMembers,
  'zim.group.members.add': addMembers,
  'zim.group.members.remove': removeMembers,
  'zim.group.members.nickname.set': setNicknames,
  'zim.group.members.role.set': setRole,
  'zim.group.owner.transfer': transferOwner,
} satisfies Record<string, Handler>;
