import type { Handler } from '../../../emulator/vendor.ts';
import { refuse } from './failures.ts';
import { blockedPage } from './paging.ts';
import { tellRoster } from './told.ts';
import { knownUser, userEntity } from './user.ts';
import { textOf, textsOf, userIdOf, userIdsOf } from './values.ts';

/** Newest first; without parameters the newest 500, else pages. */
const list: Handler = (params, { state, request }) => {
  const blocked = [...knownUser(state, textOf(params, 'owner_username')).blocklist.keys()].reverse();
  if (request.query.size > 0) return blockedPage(blocked, params, request);
  return { data: blocked.slice(0, 500), count: Math.min(blocked.length, 500) };
};

const maxBlocked = 500;
const maxPerCall = 50;

/** All named users have to exist. */
const add: Handler = (params, { app, state, clock }) => {
  const owner = knownUser(state, textOf(params, 'owner_username'));
  const named = userIdsOf(params, 'usernames');
  if (named.length > maxPerCall) refuse(400, 'illegal_argument', `usernames size must be between 1 and ${maxPerCall}`);
  const users = named.map((id) => knownUser(state, id));
  if (users.length === 0) refuse(400, 'illegal_argument', 'usernames must be provided');
  const fresh = users.filter((user) => !owner.blocklist.has(user.id));
  if (owner.blocklist.size + fresh.length > maxBlocked)
    refuse(403, 'exceed_limit', 'blocklist size is greater than max size !');
  for (const user of fresh) {
    owner.blocklist.set(user.id, clock.now());
    tellRoster(app, 'ban', owner.id, user.id);
  }
  return { data: users.map((user) => user.id) };
};

const remove: Handler = (params, { state, app }) => {
  const owner = knownUser(state, textOf(params, 'owner_username'));
  const user = knownUser(state, textOf(params, 'blocked_username'));
  if (owner.blocklist.delete(user.id)) tellRoster(app, 'allow', owner.id, user.id);
  return { entities: [userEntity(user, app)] };
};

const check: Handler = (params, { state }) => {
  const username = textOf(params, 'username');
  if (username.trim() === '') refuse(400, 'illegal_argument', 'username cannot be blank');
  const names = textsOf(params, 'check_list');
  if (names.length < 1 || names.length > 100)
    refuse(400, 'illegal_argument', 'check_list size must be between 1 and 100');
  const blocked = state.users.get(userIdOf(username))?.blocklist;
  return {
    entities: names.map((name) => ({
      username: name,
      relation: blocked?.has(userIdOf(name)) ? 'blacklist' : 'not_blacklist',
    })),
  };
};

export const blocklistHandlers = {
  'easemob.blocklist.list': list,
  'easemob.blocklist.add': add,
  'easemob.blocklist.remove': remove,
  'easemob.blocklist.check': check,
} satisfies Record<string, Handler>;
