import type { EmulatedSpace } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { echoedQuery } from './envelope.ts';
import { refuse } from './failures.ts';
import { itemOutcomes, refuseStranger } from './outcomes.ts';
import { cursorPage, numberedPage } from './paging.ts';
import {
  affiliations,
  knownMember,
  knownSpace,
  ownerProtected,
  type SpaceWords,
  serverOperator,
  spaceIsFull,
  spaceNotFound,
} from './spaces.ts';
import { numberOf, textOf, textsOf, unique, userIdOf, userIdsInPath } from './values.ts';

const maxPerCall = 60;

/** Lets users in, or refuses: a full space, a blocked user, and in groups a call whose users are all in already. */
function admit(space: EmulatedSpace, userIds: readonly string[], words: SpaceWords): string[] {
  const fresh = userIds.filter((id) => !space.members.has(id));
  const [first = ''] = userIds;
  if (fresh.length === 0 && words.refusesMembers) {
    refuse(403, 'forbidden_op', `can not join this group, reason:user: ${first} already in group: ${space.id}\n`);
  }
  const blocked = fresh.find((id) => space.blocklist.has(id));
  if (blocked !== undefined) {
    refuse(403, 'forbidden_op', `can not join this group, reason:user: ${blocked} in blacklist of group: ${space.id}`);
  }
  if (space.members.size + fresh.length > space.maxMembers) refuse(...spaceIsFull);
  return fresh;
}

function addOne(words: SpaceWords): Handler {
  return (params, { state }) => {
    const space = knownSpace(params, state, words);
    const user = knownMember(state, textOf(params, 'username'));
    state.join(space, admit(space, [user], words), serverOperator);
    return { data: { result: true, action: 'add_member', user, [words.memberIdKey]: space.id } };
  };
}

function addMany(words: SpaceWords): Handler {
  return (params, { state }) => {
    const space = knownSpace(params, state, words);
    const names = textsOf(params, 'usernames');
    if (names.length === 0) refuse(400, 'invalid_parameter', 'usernames must be provided');
    if (names.length > maxPerCall)
      refuse(400, 'invalid_parameter', `addMembers: addMembers number more than maxSize : ${maxPerCall}`);
    const users = unique(names.map((name) => knownMember(state, name)));
    const newmembers = state.join(space, admit(space, users, words), serverOperator);
    return { data: { newmembers, [words.memberIdKey]: space.id, action: 'add_member' } };
  };
}

function removeOne(words: SpaceWords): Handler {
  return (params, { state }) => {
    const space = knownSpace(params, state, words);
    const user = userIdOf(textOf(params, 'username'));
    if (user === space.owner) refuse(...ownerProtected);
    if (!space.members.has(user)) refuseStranger([user], words);
    state.leave(space, [user], serverOperator, 'KICK');
    return { data: { result: true, action: 'remove_member', user, [words.memberIdKey]: space.id } };
  };
}

function removeMany(words: SpaceWords): Handler {
  return (params, { state }) => {
    const space = knownSpace(params, state, words);
    const users = userIdsInPath(textOf(params, 'usernames'));
    if (users.length > maxPerCall)
      refuse(400, 'invalid_parameter', `kickMember: kickMembers number more than maxSize : ${maxPerCall}`);
    const outcomes = itemOutcomes(users, space, words, (id) => space.members.has(id));
    state.leave(space, outcomes.good, serverOperator, 'KICK');
    return { data: outcomes.rows('remove_member', words.memberIdKey) };
  };
}

const mostRows = 1000;

/** With `version=v3` by cursor, plain IDs without the owner; else by number from 1, an object for each. A size over 1000 is clamped. */
function list(words: SpaceWords): Handler {
  return (params, { state, request }) => {
    const space = knownSpace(params, state, words, spaceNotFound);
    const { data, ...next } =
      textOf(params, 'version') === 'v3' ? idsByCursor(space, params) : rowsByNumber(space, params);
    return { data, count: data.length, ...next, ...echoedQuery(request) };
  };
}

/** In the order of joining, or the other way round where the query says so. */
const sorted = <Row>(rows: readonly Row[], params: Params): readonly Row[] =>
  textOf(params, 'sort') === 'desc' ? rows.toReversed() : rows;

function idsByCursor(space: EmulatedSpace, params: Params) {
  const ids = [...space.members.keys()].filter((id) => id !== space.owner);
  const size = numberOf(params, 'limit', mostRows);
  const { rows, next } = cursorPage(sorted(ids, params), (id) => id, {
    size,
    max: mostRows,
    cursor: textOf(params, 'cursor'),
  });
  return { data: rows, ...next };
}

function rowsByNumber(space: EmulatedSpace, params: Params) {
  const isTimed = params['joined_time'] === true;
  const rows = affiliations(space).map((row) => {
    const [id = ''] = Object.values(row);
    return isTimed ? { ...row, joined_time: space.members.get(id)?.joinedAt } : row;
  });
  const page = { number: numberOf(params, 'pagenum', 1), size: numberOf(params, 'pagesize', mostRows) };
  return { data: numberedPage(sorted(rows, params), { ...page, max: mostRows, first: 1 }) };
}

function admins(words: SpaceWords): Handler {
  return (params, { state }) => {
    const members = [...knownSpace(params, state, words).members.values()];
    const data = members.filter((member) => member.role === 'admin').map((member) => member.userId);
    return { data, count: data.length };
  };
}

/** Members of groups or rooms; the two differ in their words only. */
export function memberHandlers(words: SpaceWords): Record<string, Handler> {
  const prefix = `easemob.${words.kind}`;
  return {
    [`${prefix}.member.add`]: addOne(words),
    [`${prefix}.member.addBatch`]: addMany(words),
    [`${prefix}.member.remove`]: removeOne(words),
    [`${prefix}.member.removeBatch`]: removeMany(words),
    [`${prefix}.member.list`]: list(words),
    [`${prefix}.admin.list`]: admins(words),
  };
}
