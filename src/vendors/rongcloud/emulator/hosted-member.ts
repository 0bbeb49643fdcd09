import type { EmulatedMember, EmulatedSpace } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import { refuseParam } from './failures.ts';
import { checkRoom } from './group.ts';
import { describe, hostedGroup, hostingOf, profileText } from './hosted-group.ts';
import { page } from './paging.ts';
import { whenHosted } from './profile.ts';
import { int, text, texts } from './read.ts';

/** 1 member, 2 manager, 3 owner: the numbers of the docs, not those of the Java SDK's comment. */
function roleNumber(member: EmulatedMember | undefined): number {
  if (member?.role === 'owner') return 3;
  return member?.role === 'admin' ? 2 : 1;
}

const describeMember = (member: EmulatedMember) => ({
  userId: member.userId,
  nickname: member.nickname,
  role: roleNumber(member),
  time: member.joinedAt,
  extra: member.attributes.get('extra') ?? '',
});

/** Sorts by time, 0 ascending and 1 descending; equal times keep or turn the order in which things came. */
function inOrder<Item>(items: readonly Item[], order: number, timeOf: (item: Item) => number): readonly Item[] {
  const ascending = items.toSorted((a, b) => timeOf(a) - timeOf(b));
  return order === 0 ? ascending : ascending.toReversed();
}

const orders = [0, 1];
const roles = [0, 1, 2, 3];

const join: Handler = (params, context) => {
  const group = hostedGroup(context, text(params, 'groupId'));
  const userIds = texts(params, 'userIds');
  checkRoom(group, userIds, Number.POSITIVE_INFINITY, context);
  context.state.join(group, userIds, userIds[0] ?? '');
  return { ...describe(group), name: group.name };
};

/** The owner cannot be kicked; users who are not in are passed over. */
const kick: Handler = (params, context) => {
  const group = hostedGroup(context, text(params, 'groupId'));
  const userIds = texts(params, 'userIds');
  if (userIds.includes(group.owner)) refuseParam(context, 'userIds', 'has the owner');
  context.state.leave(group, userIds, group.owner);
  return {};
};

const query: Handler = (params, context) => {
  const group = hostedGroup(context, text(params, 'groupId'));
  const [type, order] = [int(params, 'type', 0), int(params, 'order', 1)];
  if (!roles.includes(type)) refuseParam(context, 'type');
  if (!orders.includes(order)) refuseParam(context, 'order');
  const wanted = [...group.members.values()].filter((member) => type === 0 || roleNumber(member) === type);
  const sorted = inOrder(wanted, order, (member) => member.joinedAt);
  const { items, next } = page(sorted, params, context, { keyOf: (member) => member.userId, size: 50 });
  return { totalCount: wanted.length, pageToken: next, members: items.map(describeMember) };
};

/** Users who are not in are missing from the answer. */
const specific: Handler = (params, context) => {
  const group = hostedGroup(context, text(params, 'groupId'));
  const members = texts(params, 'userIds').map((id) => group.members.get(id));
  return { members: members.filter((member) => member !== undefined).map(describeMember) };
};

const isHosted = (group: EmulatedSpace) => hostingOf(group) !== undefined;

const queryGroups: Handler = (params, context) => {
  const order = int(params, 'order', 1);
  if (!orders.includes(order)) refuseParam(context, 'order');
  const all = inOrder([...context.state.groups.values()].filter(isHosted), order, (group) => group.createdAt);
  const { items, next } = page(all, params, context, { keyOf: (group) => group.id, size: 50 });
  const groups = items.map((group) => ({
    groupId: group.id,
    owner: group.owner,
    creator: hostingOf(group)?.creator ?? '',
    name: group.name,
    portraitUrl: group.avatar,
    groupProfile: profileText(group),
    time: group.createdAt,
  }));
  return { pageToken: next, groups };
};

/** In the order of joining, 0 ascending by default. */
const queryJoined: Handler = (params, context) => {
  const userId = text(params, 'userId');
  const [role, order] = [int(params, 'role', 0), int(params, 'order', 0)];
  if (!roles.includes(role)) refuseParam(context, 'role');
  if (!orders.includes(order)) refuseParam(context, 'order');
  const mine = [...context.state.groups.values()].filter(isHosted).filter((group) => {
    const member = group.members.get(userId);
    return member !== undefined && (role === 0 || roleNumber(member) === role);
  });
  const sorted = inOrder(mine, order, (group) => group.members.get(userId)?.joinedAt ?? 0);
  const { items, next } = page(sorted, params, context, { keyOf: (group) => group.id, size: 50 });
  const groups = items.map((group) => {
    const { memberCount, ...described } = describe(group);
    const member = group.members.get(userId);
    return {
      ...described,
      name: group.name,
      joinTime: member?.joinedAt ?? 0,
      role: roleNumber(member),
      count: memberCount,
    };
  });
  return { totalCount: mine.length, pageToken: next, groups };
};

export const hostedMemberHandlers: Readonly<Record<string, Handler>> = {
  'rongcloud.entrust.group.join': whenHosted(join),
  'rongcloud.entrust.group.member.kick': whenHosted(kick),
  'rongcloud.entrust.group.member.query': whenHosted(query),
  'rongcloud.entrust.group.member.specific': whenHosted(specific),
  'rongcloud.entrust.group.query': whenHosted(queryGroups),
  'rongcloud.entrust.joined.group.query': whenHosted(queryJoined),
};
