import type { EmulatedSpace, EmulatedState } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { refuse, refuseParam } from './failures.ts';
import { readContent, sendTo } from './message.ts';
import { int, isOn, text, texts } from './read.ts';

/** A group's member cap and a user's group cap, both defaults of the vendor (catalogue: group.create). */
const mostMembers = 3000;
const mostGroups = 500;

/** The group, or 1002: no other code is documented for a group id that does not exist. */
export function groupOf(context: HandlerContext, id: string): EmulatedSpace {
  return context.state.groups.get(id) ?? refuseParam(context, 'groupId', 'does not exist');
}

function countGroups(state: EmulatedState, userId: string): number {
  return [...state.groups.values()].filter((group) => group.members.has(userId)).length;
}

/** Refuses when the newcomers would pass the group's cap (HTTP 405) or a user's; all come in or none. */
export function checkRoom(
  group: EmulatedSpace | undefined,
  userIds: readonly string[],
  most: number,
  context: HandlerContext,
): void {
  const newcomers = new Set(userIds.filter((userId) => !group?.members.has(userId)));
  const cap = Math.min(most, mostMembers);
  if ((group?.members.size ?? 0) + newcomers.size > cap) refuse(context, 405, 'group member count exceeds the limit.');
  for (const userId of newcomers) {
    if (countGroups(context.state, userId) >= mostGroups)
      refuseParam(context, 'userId', `${userId} is in too many groups`);
  }
}

const capOf = (params: Params) => int(params, 'maxMember', 0) || mostMembers;

/**
 * Sends the notification message that the parameters may carry. Its id is in the answer only when it was sent; the
 * member count is answered with `bindNotifyMsg`.
 */
function notify(group: EmulatedSpace, params: Params, context: HandlerContext): Record<string, unknown> {
  const count = isOn(params, 'bindNotifyMsg') ? { memberCount: group.members.size } : {};
  if (['fromUserId', 'objectName', 'content'].some((name) => text(params, name) === '')) return count;
  const { type, content } = readContent(params, context);
  const [message] = sendTo('group', [group.id], { from: text(params, 'fromUserId'), type, content }, params, context);
  return { ...(message && { messageUID: message.id }), ...count };
}

/** A repeat adds the users and keeps the group; the first user is its creator. */
const create: Handler = (params, context) => {
  const { state } = context;
  const id = text(params, 'groupId');
  const userIds = texts(params, 'userId');
  const known = state.groups.get(id);
  checkRoom(known, userIds, capOf(params), context);
  const owner = userIds[0] ?? '';
  const group = known ?? state.addSpace('group', id, { name: text(params, 'groupName'), owner, members: userIds });
  state.join(group, userIds, owner);
  return notify(group, params, context);
};

/** A name that differs renames the group. */
const join: Handler = (params, context) => {
  const group = groupOf(context, text(params, 'groupId'));
  const userIds = texts(params, 'userId');
  checkRoom(group, userIds, capOf(params), context);
  group.name = text(params, 'groupName', group.name) || group.name;
  context.state.join(group, userIds, userIds[0] ?? '');
  return notify(group, params, context);
};

/** Users who are not in are passed over. */
const quit: Handler = (params, context) => {
  const group = groupOf(context, text(params, 'groupId'));
  const userIds = texts(params, 'userId');
  context.state.leave(group, userIds, userIds[0] ?? '');
  return notify(group, params, context);
};

/** Whoever the operator is: no ownership check. The notification goes out while the group is still there. */
const dismiss: Handler = (params, context) => {
  const group = groupOf(context, text(params, 'groupId'));
  const answer = notify(group, params, context);
  context.state.deleteSpace(group, text(params, 'userId'));
  return answer;
};

const refresh: Handler = (params, context) => {
  const group = groupOf(context, text(params, 'groupId'));
  group.name = text(params, 'groupName');
  return notify(group, params, context);
};

const queryMembers: Handler = (params, context) => {
  const group = groupOf(context, text(params, 'groupId'));
  return { users: [...group.members.keys()].map((id) => ({ id })) };
};

const info: Handler = (params, context) => {
  const { id, name, members } = groupOf(context, text(params, 'groupId'));
  return { id, name, memberCount: members.size };
};

const silently =
  (handler: Handler): Handler =>
  (params, context) => {
    handler(params, context);
    return {};
  };

export const groupHandlers: Readonly<Record<string, Handler>> = {
  'rongcloud.group.create': create,
  'rongcloud.group.join': join,
  'rongcloud.group.quit': quit,
  'rongcloud.group.dismiss': dismiss,
  'rongcloud.group.refresh': refresh,
  'rongcloud.group.user.query': queryMembers,
  'rongcloud.group.user.add': silently(join),
  'rongcloud.group.user.remove': silently(quit),
  'rongcloud.group.info': info,
};
