import type { Operations } from '../../../domain/operations.ts';
import type { Lister, RequestOptions } from '../../../domain/page.ts';
import type { Member, MemberKey, MemberRole, MembersChange, MembersKey, SpaceKind } from '../../../domain/space.ts';
import { AppError, succeeded, toAppError } from '../../../errors.ts';
import type { Config } from '../app-config.ts';
import { chatroom } from '../endpoints/chatroom.ts';
import { group } from '../endpoints/group.ts';
import { groupMember } from '../endpoints/member.ts';
import { outcomesOf } from '../envelope.ts';
import { bareUserId, userIdOf } from '../ids.ts';
import type { Context } from './context.ts';
import { changeEach, single, userRule } from './each.ts';
import { afterPage, numberedPage } from './paging.ts';
import { spaceCalls } from './space-calls.ts';

const usersPerCall = 60;
const membersPerPage = 1000;

/** Who is in groups and chatrooms. */
export function memberOperations(context: Context) {
  return {
    'Group.members': listMembers(context, 'group'),
    'Chatroom.members': listMembers(context, 'chatroom'),
    'Group.member': {
      ...single((key: MemberKey, options) => groupMembership(context, key, options)),
      identity: identityOf,
    },
    'Chatroom.member': {
      max: 100,
      group: ({ spaceId, withRoles }) => `${spaceId} ${withRoles}`,
      identity: identityOf,
      load: (keys, options) => chatroomMemberships(context, keys, options),
    },
    'Mutation.addMembers': (change, options) => addMembers(context, change, options),
    'Mutation.removeMembers': (change, options) => removeMembers(context, change, options),
    'Mutation.deleteSpace': async ({ space: { kind, id } }, options) => {
      const { success } = await (kind === 'group'
        ? context.call(group.delete, { group_id: id }, options)
        : context.call(chatroom.delete, { chatroom_id: id }, options));
      if (success === false) throw new AppError('VENDOR_REJECTED', 'The vendor did not delete it.');
    },
  } satisfies Partial<Operations>;
}

const identityOf = ({ spaceId, userId, withRoles }: MemberKey) => `${spaceId} ${userIdOf(userId)} ${withRoles}`;

interface MemberRow {
  readonly userId: string;
  readonly isOwner: boolean;
}

/** The member list tells the owner only; admins are among the members, and listed apart. */
function memberOf({ userId, isOwner }: MemberRow, admins: ReadonlySet<string> | undefined, config: Config): Member {
  const id = bareUserId(userId, config);
  const role: MemberRole | undefined = isOwner ? 'OWNER' : admins && (admins.has(id) ? 'ADMIN' : 'MEMBER');
  return { userId: id, ...(role && { role }) };
}

async function adminsOf(
  context: Context,
  kind: SpaceKind,
  { spaceId, withRoles }: MembersKey,
  options?: RequestOptions,
) {
  if (!withRoles) return undefined;
  return new Set(
    (await spaceCalls[kind].admins(context, spaceId, options)).map((id) => bareUserId(id, context.config)),
  );
}

/** A longer page costs the same call, and tells the count of every group that fits into it, which nothing else in a list does. */
const membersRead = 100;

const listMembers =
  (context: Context, kind: SpaceKind): Lister<MembersKey, Member> =>
  async (key, request, options) => {
    const page = numberedPage({ ...request, limit: membersRead }, 1, membersPerPage);
    const [rows, admins] = await Promise.all([
      spaceCalls[kind].members(context, key.spaceId, page, options),
      adminsOf(context, kind, key, options),
    ]);
    const items = rows.map((row) => memberOf(row, admins, context.config));
    // No total is given: the list is over on a short page (easemob.yaml, pagination).
    return { items, ...afterPage(page, rows.length >= page.pagesize) };
  };

/** The check tells no role; the owner stands in the details only, since it is not among the admins. */
async function groupMembership(context: Context, key: MemberKey, options?: RequestOptions): Promise<Member | null> {
  const userId = userIdOf(key.userId);
  const group_id = key.spaceId;
  const isJoined = await context.call(groupMember.isJoined, { group_id, username: userId }, options);
  if (!isJoined) return null;
  const admins = await adminsOf(context, 'group', key, options);
  if (!admins || admins.has(userId)) return memberOf({ userId, isOwner: false }, admins, context.config);
  const [details] = await context.call(group.get, { group_id: [group_id] }, options);
  return memberOf(
    { userId, isOwner: bareUserId(details?.owner ?? '', context.config) === userId },
    admins,
    context.config,
  );
}

/** All keys are of one chatroom, which has no check: its list is read until everybody is found or it is over. */
async function chatroomMemberships(
  context: Context,
  keys: readonly MemberKey[],
  options?: RequestOptions,
): Promise<(Member | null)[]> {
  const [first] = keys;
  if (!first) return [];
  const missing = new Set(keys.map((key) => userIdOf(key.userId)));
  const found = new Map<string, Member>();
  const admins = await adminsOf(context, 'chatroom', first, options);
  for (let pagenum = 1; missing.size > 0; pagenum += 1) {
    const page = { pagenum, pagesize: membersPerPage };
    const rows = await spaceCalls.chatroom.members(context, first.spaceId, page, options);
    for (const member of rows.map((row) => memberOf(row, admins, context.config))) {
      if (missing.delete(member.userId)) found.set(member.userId, member);
    }
    if (rows.length < membersPerPage) break;
  }
  return keys.map((key) => found.get(userIdOf(key.userId)) ?? null);
}

/** A lone user takes the single call, whose limit is apart. */
function addMembers(context: Context, { space, userIds, announce }: MembersChange, options?: RequestOptions) {
  const calls = spaceCalls[space.kind];
  return changeEach(userIds, { rule: userRule, max: usersPerCall }, async (ids) => {
    const [userId = '', ...others] = ids;
    try {
      if (others.length === 0) return outcomesOf(ids, await calls.add(context, space.id, userId, announce, options));
      // Those who were in already are left out of the answer.
      await calls.addMany(context, space.id, ids, announce, options);
    } catch (error) {
      // A group refuses a call whose users are all in already.
      if (toAppError(error).code !== 'CONFLICT') throw error;
    }
    return ids.map(() => succeeded(undefined));
  });
}

function removeMembers(context: Context, { space, userIds, announce }: MembersChange, options?: RequestOptions) {
  const calls = spaceCalls[space.kind];
  return changeEach(userIds, { rule: userRule, max: usersPerCall }, async (ids) => {
    const [userId = '', ...others] = ids;
    const results =
      others.length === 0
        ? await calls.remove(context, space.id, userId, announce, options)
        : await calls.removeMany(context, space.id, ids, announce, options);
    return outcomesOf(ids, results);
  });
}
