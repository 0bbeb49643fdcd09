import type { EmulatedUser } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { codes, fail, type ItemFailure, settle } from './failures.ts';
import {
  applicationsTo,
  attributesIn,
  befriend,
  type Candidate,
  candidateProblem,
  candidatesIn,
  friendsOf,
  isTooMuch,
  part,
  refuseRepeated,
} from './friends.ts';
import { cursorOf, offsetPage, pageSize } from './paging.ts';
import { actor } from './user.ts';
import { objects, text, texts, whole } from './values.ts';

/** Takes each candidate that has no problem; "none of the target users is registered" is the code when all fail. */
function takeEach(
  from: EmulatedUser,
  candidates: readonly Candidate[],
  { app }: HandlerContext,
  take: (candidate: Candidate) => void,
): Params {
  const failures: ItemFailure[] = [];
  for (const candidate of candidates) {
    const problem = candidateProblem(from, candidate.id, app);
    if (problem) failures.push({ UserId: candidate.id, SubCode: problem });
    else take(candidate);
  }
  const worked = candidates.length - failures.length;
  return settle({ list: 'ErrorList', failures, worked, allFailed: codes.nobodyBefriended });
}

const add: Handler = (params, context) => {
  const { state } = context;
  const from = actor(state, params);
  const candidates = candidatesIn(params, from, state.now(), 'FriendTime');
  return takeEach(from, candidates, context, (candidate) => befriend(state, from, candidate));
};

/** Whoever still has the acting user on its list becomes its friend at once; the others are asked. */
const apply: Handler = (params, context) => {
  const { state } = context;
  const from = actor(state, params);
  const candidates = candidatesIn(params, from, state.now(), 'CreateTime');
  const latest = objects(params, 'FriendInfos').some((info) => (whole(info, 'UpdateTime') ?? 0) > state.now());
  if (latest) fail(codes.timeInFuture);
  return takeEach(from, candidates, context, (candidate) => {
    const other = state.users.get(candidate.id);
    if (!other) return;
    if (friendsOf(other).has(from.id)) befriend(state, from, candidate);
    else applicationsTo(other).set(from.id, candidate.friend);
  });
};

/** 0 is two-way, 1 is one-way: against intuition (catalogue: quirks). */
function isOneWay(params: Params, name: string): boolean {
  const type = whole(params, name);
  return type === 0 || type === 1 ? type === 1 : fail(codes.badParameter);
}

const remove: Handler = (params, { state }) => {
  const from = actor(state, params);
  const isOwnSide = isOneWay(params, 'DeleteType');
  const ids = listed(params);
  refuseRepeated(ids, from, codes.ownFriendToDelete);
  const strangers = ids.filter((id) => !friendsOf(from).has(id));
  for (const id of ids) if (friendsOf(from).has(id)) part(state, from, id, isOwnSide);
  const failures = strangers.map((UserId) => ({ UserId, SubCode: codes.notFriend }));
  return settle({ list: 'ErrorList', failures, worked: ids.length - failures.length });
};

/** A GET that changes something. */
const removeAll: Handler = (params, { state }) => {
  const from = actor(state, params);
  const isOwnSide = isOneWay(params, 'DeleteType');
  for (const id of [...friendsOf(from).keys()]) part(state, from, id, isOwnSide);
  return {};
};

/** The ids as they came, so that repeats are seen. */
function listed(params: Params): string[] {
  const ids = params['UserIds'];
  return Array.isArray(ids) ? ids.map(String) : [];
}

const list: Handler = (params, { state }) => {
  const friends = friendsOf(actor(state, params));
  const size = pageSize(params['Limit'], { fallback: 100, ceiling: 100 });
  const { items, next } = offsetPage([...friends], cursorOf(params['Next']), size);
  const FriendInfos = items.map(([UserId, friend]) => ({
    UserId,
    UserName: state.users.get(UserId)?.name ?? '',
    Avatar: state.users.get(UserId)?.avatar ?? '',
    Wording: friend.wording,
    FriendAlias: friend.alias,
    CreateTime: friend.createdAt,
    Attributes: [...friend.attributes].map(([Key, Value]) => ({ Key, Value })),
  }));
  return { TotalCount: friends.size, Next: next, FriendInfos };
};

/** One-way reads the acting user's list only: 1 no, 2 yes. Two-way: 3 neither, 4 its list, 5 the other's, 6 both. */
const check: Handler = (params, { state }) => {
  const from = actor(state, params);
  const isOwnSide = isOneWay(params, 'CheckType');
  const ids = texts(params, 'UserIds');
  const ofOwnSide = (id: string) => (friendsOf(from).has(id) ? 2 : 1);
  const relation = (other: EmulatedUser) => {
    if (isOwnSide) return ofOwnSide(other.id);
    const isOnTheirs = friendsOf(other).has(from.id);
    return 3 + (friendsOf(from).has(other.id) ? 1 : 0) + (isOnTheirs ? 2 : 0);
  };
  const known = ids.flatMap((id) => state.users.get(id) ?? []);
  const Successes = known.map((other) => ({ UserId: other.id, Relation: relation(other) }));
  const failures = ids
    .filter((id) => !state.users.has(id))
    .map((UserId) => ({
      UserId,
      SubCode: codes.userNotRegistered,
      ...(!isOwnSide && { Relation: ofOwnSide(UserId) }),
    }));
  return settle({ list: 'Fails', failures, worked: known.length, payload: { Successes } });
};

const setRemarks: Handler = (params, { state }) => {
  const friends = friendsOf(actor(state, params));
  const changes = objects(params, 'UserIds');
  const failures: ItemFailure[] = [];
  for (const change of changes) {
    const friend = friends.get(text(change, 'UserId'));
    if (friend) friend.alias = text(change, 'FriendAlias');
    else failures.push({ UserId: text(change, 'UserId'), SubCode: codes.notFriend });
  }
  return settle({ list: 'ErrorList', failures, worked: changes.length - failures.length });
};

/** As Code, too many bytes are those of the call; as SubCode, those that the friend would have in all. */
const setAttributes: Handler = (params, { state }) => {
  const friends = friendsOf(actor(state, params));
  // Only 0, set, is documented.
  if ((whole(params, 'Action') ?? 0) !== 0) fail(codes.badParameter);
  const friend = friends.get(text(params, 'UserId')) ?? fail(codes.notFriend);
  const attributes = attributesIn(params);
  const FailKey: { Key: string; SubCode: number }[] = [];
  for (const [key, value] of attributes) {
    if (isTooMuch(friend, new Map([[key, value]]))) FailKey.push({ Key: key, SubCode: codes.friendAttributesTooLong });
    else friend.attributes.set(key, value);
  }
  if (FailKey.length === attributes.size) fail(codes.friendAttributesTooLong, { FailKey });
  return { FailKey };
};

export const relationHandlers = {
  'zim.relation.friend.add': add,
  'zim.relation.friend.apply': apply,
  'zim.relation.friend.delete': remove,
  'zim.relation.friend.deleteAll': removeAll,
  'zim.relation.friend.list': list,
  'zim.relation.friend.check': check,
  'zim.relation.friend.alias.update': setRemarks,
  'zim.relation.friend.attributes.update': setAttributes,
} satisfies Record<string, Handler>;
