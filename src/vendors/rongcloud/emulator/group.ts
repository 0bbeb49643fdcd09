import type { EmulatedSpace, EmulatedState } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import type { VendorContent } from './content.ts';
import { refuse, refuseParam } from './failures.ts';
import { readContent, sendTo } from './message.ts';
import { int, isOn, text, texts } from './read.ts';

/** A group's member cap and a user's group cap, both defaults of the vendor (catalogue: group.create). */
const mostMembers = 3000;
const mostGroups = 500;

/** The group that the call names, if it is there: no page has a code for one that is not, and all calls but `join` and `info` pass over it. */
const groupOf = (params: Params, { state }: HandlerContext): EmulatedSpace | undefined =>
  state.groups.get(text(params, 'groupId'));

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

/** The notification message that the parameters may carry; refused before the operation is done. */
function readNotice(params: Params, context: HandlerContext): VendorContent | undefined {
  const isThere = ['fromUserId', 'objectName', 'content'].every((name) => text(params, name) !== '');
  return isThere ? readContent(params, context) : undefined;
}

/** Sends the notice, which is not stored by default. Its id is answered when it was sent, the count with `bindNotifyMsg`. */
function notify(group: EmulatedSpace, notice: VendorContent | undefined, params: Params, context: HandlerContext) {
  const count = isOn(params, 'bindNotifyMsg') ? { memberCount: group.members.size } : {};
  if (!notice) return count;
  const outgoing = { from: text(params, 'fromUserId'), ...notice };
  const [message] = sendTo('group', [group.id], outgoing, { isPersisted: 0, ...params }, context);
  return { ...(message && { messageUID: message.id }), ...count };
}

/** A repeat adds the users and keeps the group; the first user is its creator. */
const create: Handler = (params, context) => {
  const { state } = context;
  const id = text(params, 'groupId');
  const userIds = texts(params, 'userId');
  const known = state.groups.get(id);
  checkRoom(known, userIds, capOf(params), context);
  const notice = readNotice(params, context);
  const owner = userIds[0] ?? '';
  const group = known ?? state.addSpace('group', id, { name: text(params, 'groupName'), owner, members: userIds });
  state.join(group, userIds, owner);
  return notify(group, notice, params, context);
};

/** Joining a group that is not there makes it (the vendor's own tests); a name that differs renames it. */
const join: Handler = (params, context) => {
  const { state } = context;
  const userIds = texts(params, 'userId');
  const known = groupOf(params, context);
  checkRoom(known, userIds, capOf(params), context);
  const notice = readNotice(params, context);
  const group =
    known ?? state.addSpace('group', text(params, 'groupId'), { owner: userIds[0] ?? '', members: userIds });
  group.name = text(params, 'groupName', group.name) || group.name;
  state.join(group, userIds, userIds[0] ?? '');
  return notify(group, notice, params, context);
};

/** Users who are not in are passed over, and so is a group that is not there. */
const quit: Handler = (params, context) => {
  const group = groupOf(params, context);
  const userIds = texts(params, 'userId');
  const notice = readNotice(params, context);
  if (!group) return {};
  context.state.leave(group, userIds, userIds[0] ?? '');
  return notify(group, notice, params, context);
};

/** Whoever the operator is: no ownership check. The notification goes out while the group is still there. */
const dismiss: Handler = (params, context) => {
  const group = groupOf(params, context);
  const notice = readNotice(params, context);
  if (!group) return {};
  const answer = notify(group, notice, params, context);
  context.state.deleteSpace(group, text(params, 'userId'));
  return answer;
};

const refresh: Handler = (params, context) => {
  const group = groupOf(params, context);
  const notice = readNotice(params, context);
  if (!group) return {};
  group.name = text(params, 'groupName');
  return notify(group, notice, params, context);
};

const queryMembers: Handler = (params, context) => ({
  users: [...(groupOf(params, context)?.members.keys() ?? [])].map((id) => ({ id })),
});

/** In no page: it is refused for a group that is not there, as everything of one that could be told would be made up. */
const info: Handler = (params, context) => {
  const { id, name, members } = groupOf(params, context) ?? refuseParam(context, 'groupId', 'does not exist');
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
