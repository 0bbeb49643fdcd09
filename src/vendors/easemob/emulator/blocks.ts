import type { EmulatedSpace, EmulatedState } from '../../../emulator/state.ts';
import type { EmulatedApp, Handler } from '../../../emulator/vendor.ts';
import { refuse } from './failures.ts';
import { itemOutcomes, refuseStranger } from './outcomes.ts';
import { blockedPage } from './paging.ts';
import { knownSpace, ownerProtected, type SpaceWords, serverOperator } from './spaces.ts';
import { tellSpace } from './told.ts';
import { textOf, userIdOf, userIdsInPath, userIdsOf } from './values.ts';

const maxPerCall = 60;

/** Who is blocked is thrown out. */
function block(space: EmulatedSpace, userIds: readonly string[], state: EmulatedState): void {
  for (const id of userIds) space.blocklist.set(id, null);
  state.leave(space, userIds, serverOperator, 'BLOCK');
}

function tellUnblocked(app: EmulatedApp, space: EmulatedSpace, users: readonly string[]): void {
  tellSpace(app, space, { name: 'block.remove', payload: { member: users }, operation: 'allow', users });
}

const mostWithoutPage = 500;

/** Groups have pages where one is asked for, else the newest 500, in no stated order; rooms have the whole list. */
function list(words: SpaceWords): Handler {
  return (params, { state, endpoint, request }) => {
    const blocked = [...knownSpace(params, state, words).blocklist.keys()];
    const hasPages = endpoint.paging !== 'none';
    if (hasPages && request.query.size > 0) return blockedPage(blocked.toReversed(), params, request);
    const data = hasPages ? blocked.slice(-mostWithoutPage) : blocked;
    return { data, count: data.length };
  };
}

function addOne(words: SpaceWords): Handler {
  return (params, { state }) => {
    const space = knownSpace(params, state, words);
    const user = userIdOf(textOf(params, 'username'));
    if (user === space.owner) refuse(...ownerProtected);
    if (!space.members.has(user)) refuseStranger([user], words);
    block(space, [user], state);
    return { data: { result: true, action: 'add_blocks', user, [words.blockIdKey]: space.id } };
  };
}

function addMany(words: SpaceWords): Handler {
  return (params, { state }) => {
    const space = knownSpace(params, state, words);
    const users = userIdsOf(params, 'usernames');
    if (users.length === 0) refuse(400, 'invalid_parameter', 'usernames must be provided');
    if (users.length > maxPerCall) refuse(400, 'invalid_parameter', `userNames is more than max limit : ${maxPerCall}`);
    const outcomes = itemOutcomes(users, space, words, (id) => space.members.has(id));
    const rows = outcomes.rows('add_blocks', words.blockIdKey);
    block(space, outcomes.good, state);
    return { data: rows };
  };
}

/** The failure texts are those of members, also for a user who is not on the list. */
function removeOne(words: SpaceWords): Handler {
  return (params, { app, state }) => {
    const space = knownSpace(params, state, words);
    const user = userIdOf(textOf(params, 'username'));
    if (!space.blocklist.delete(user)) refuseStranger([user], words);
    tellUnblocked(app, space, [user]);
    return { data: { result: true, action: 'remove_blocks', user, [words.blockIdKey]: space.id } };
  };
}

function removeMany(words: SpaceWords): Handler {
  return (params, { app, state }) => {
    const space = knownSpace(params, state, words);
    const users = userIdsInPath(textOf(params, 'usernames'));
    if (users.length > maxPerCall)
      refuse(400, 'invalid_parameter', `removeBlacklist: list size more than max limit : ${maxPerCall}`);
    const outcomes = itemOutcomes(users, space, words, (id) => space.blocklist.has(id));
    const rows = outcomes.rows('remove_blocks', words.blockIdKey);
    for (const id of outcomes.good) space.blocklist.delete(id);
    tellUnblocked(app, space, outcomes.good);
    return { data: rows };
  };
}

/** Blocklists of groups or rooms; the two differ in their words only. */
export function blockHandlers(words: SpaceWords): Record<string, Handler> {
  const prefix = `easemob.${words.kind}.block`;
  return {
    [`${prefix}.list`]: list(words),
    [`${prefix}.add`]: addOne(words),
    [`${prefix}.addBatch`]: addMany(words),
    [`${prefix}.remove`]: removeOne(words),
    [`${prefix}.removeBatch`]: removeMany(words),
  };
}
