import type { EmulatedState, EmulatedUser } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import { codes, type ItemFailure, settle } from './failures.ts';
import { cursorOf, offsetPage, pageSize } from './paging.ts';
import { actor } from './user.ts';
import { texts } from './values.ts';

/** "1000 blocked users at most by default" */
const mostBlocked = 1000;

/** Who was on a user's blocklist once; the vendor tells "taken off already" from "never there". */
function unblockedOf(user: EmulatedUser): Set<unknown> {
  const known = user.extra.get('unblocked');
  const unblocked = known instanceof Set ? known : new Set();
  user.extra.set('unblocked', unblocked);
  return unblocked;
}

function blockProblem(owner: EmulatedUser, id: string, state: EmulatedState): number | undefined {
  if (id === owner.id) return codes.cannotBlockItself;
  if (!state.users.has(id)) return codes.userNotRegistered;
  if (owner.blocklist.has(id)) return codes.blockedAlready;
  return owner.blocklist.size >= mostBlocked ? codes.blocklistFull : undefined;
}

function unblockProblem(owner: EmulatedUser, id: string): number | undefined {
  if (id === owner.id) return codes.cannotBlockItself;
  if (owner.blocklist.has(id)) return undefined;
  return unblockedOf(owner).has(id) ? codes.unblockedAlready : codes.notBlocked;
}

const add: Handler = (params, { state }) => {
  const owner = actor(state, params, codes.blocklistOwnerUnknown);
  const ids = texts(params, 'UserIds');
  const failures: ItemFailure[] = [];
  for (const id of ids) {
    const problem = blockProblem(owner, id, state);
    if (problem) failures.push({ UserId: id, SubCode: problem });
    else owner.blocklist.set(id, state.now());
  }
  return settle({ list: 'ErrList', failures, worked: ids.length - failures.length, allFailed: codes.nobodyBlocked });
};

const remove: Handler = (params, { state }) => {
  const owner = actor(state, params, codes.blocklistOwnerUnknown);
  const ids = texts(params, 'UserIds');
  const failures: ItemFailure[] = [];
  for (const id of ids) {
    const problem = unblockProblem(owner, id);
    if (problem) failures.push({ UserId: id, SubCode: problem });
    else {
      owner.blocklist.delete(id);
      unblockedOf(owner).add(id);
    }
  }
  return settle({ list: 'ErrList', failures, worked: ids.length - failures.length, allFailed: codes.nobodyUnblocked });
};

const check: Handler = (params, { state }) => {
  const owner = actor(state, params, codes.blocklistOwnerUnknown);
  const ids = texts(params, 'UserIds');
  const known = ids.filter((id) => state.users.has(id));
  const Succ = known.map((UserId) => ({ UserId, Result: owner.blocklist.has(UserId) ? 1 : 0 }));
  const unknown = ids.filter((id) => !state.users.has(id));
  const failures = unknown.map((UserId) => ({ UserId, SubCode: codes.userNotRegistered }));
  return settle({ list: 'ErrList', failures, worked: known.length, payload: { Succ } });
};

const list: Handler = (params, { state }) => {
  const owner = actor(state, params, codes.blocklistOwnerUnknown);
  const size = pageSize(params['Limit'], { fallback: 100, ceiling: 100 });
  const { items, next } = offsetPage([...owner.blocklist], cursorOf(params['Next']), size);
  const Blacklist = items.map(([UserId, UpdateTime]) => {
    const user = state.users.get(UserId);
    return { UserId, UserName: user?.name ?? '', Avatar: user?.avatar ?? '', UpdateTime };
  });
  return { TotalCount: owner.blocklist.size, Next: next, Blacklist };
};

export const blocklistHandlers = {
  'zim.blocklist.add': add,
  'zim.blocklist.remove': remove,
  'zim.blocklist.check': check,
  'zim.blocklist.list': list,
} satisfies Record<string, Handler>;
