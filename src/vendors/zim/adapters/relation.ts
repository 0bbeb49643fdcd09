import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import type { Friendship, FriendshipSide, FriendUpdate, NewFriend, NewFriends } from '../../../domain/relation.ts';
import type { Attribute } from '../../../domain/space.ts';
import { AppError, failed, type Outcome, succeeded } from '../../../errors.ts';
import { changeInChunks, oneByOne } from '../../bulk.ts';
import { friend } from '../endpoints/relation.ts';
import { textBound } from './bounds.ts';
import { idsOf } from './user.ts';
import {
  type Context,
  checkUserId,
  dateOf,
  loadUsers,
  nothing,
  numberedPlaceOf,
  outcomesOf,
  positionOf,
} from './values.ts';

/** Friends. How many one call takes can be raised to 50 by the vendor; 20 hold everywhere. */
export function relationOperations({ call }: Context) {
  const befriend = (
    endpoint: typeof friend.add | typeof friend.apply,
    { ownerId, friends }: NewFriends,
    options: RequestOptions | undefined,
  ) =>
    changeInChunks({
      items: friends,
      key: ({ userId }) => userId,
      max: 20,
      check: checkNewFriend,
      send: async (batch) => {
        const reply = await call(endpoint, { FromUserId: ownerId, FriendInfos: batch.map(newFriend) }, options);
        return outcomesOf(reply, idsOf(batch), nothing);
      },
    });

  const setRemarks = (ownerId: string, updates: readonly FriendUpdate[], options: RequestOptions | undefined) =>
    changeInChunks({
      items: updates,
      key: ({ userId }) => userId,
      max: 20,
      check: checkUpdate,
      send: async (batch) => {
        const UserIds = batch.map(({ userId, remark }) => ({ UserId: userId, FriendAlias: remark ?? '' }));
        return outcomesOf(
          await call(friend.setRemarks, { FromUserId: ownerId, UserIds }, options),
          idsOf(batch),
          nothing,
        );
      },
    });

  const setAttributes = async (ownerId: string, update: FriendUpdate, options: RequestOptions | undefined) => {
    const problem = checkUpdate(update);
    if (problem) return failed(problem);
    const Attributes = attributesOf(update.attributes) ?? [];
    const params = { FromUserId: ownerId, UserId: update.userId, Attributes, Action: 0 as const };
    const { failures } = await call(friend.setAttributes, params, options);
    const [first] = failures;
    return first ? failed(first.error) : succeeded(undefined);
  };

  return {
    'User.friends': async (ownerId, page, options) => {
      const place = numberedPlaceOf(page);
      const reply = await call(friend.list, { FromUserId: ownerId, Limit: place.limit, Next: place.next }, options);
      return {
        items: reply.FriendInfos.map((each) => ({
          userId: each.UserId,
          profile: { name: each.UserName, avatarUrl: each.Avatar },
          remark: each.FriendAlias,
          createdAt: dateOf(each.CreateTime),
          attributes: each.Attributes.map(({ Key, Value }) => ({ key: Key, value: Value })),
        })),
        next: positionOf(place, reply.Next),
        totalCount: reply.TotalCount,
      };
    },

    'Relation.friendship': {
      max: 20,
      group: ({ fromId }) => fromId,
      identity: ({ fromId, toId }) => JSON.stringify([fromId, toId]),
      load: (keys, options) =>
        loadUsers(
          keys.map(({ toId }) => toId),
          async (UserIds) => {
            const params = { FromUserId: keys[0]?.fromId ?? '', UserIds: [...UserIds], CheckType: 0 as const };
            const reply = await call(friend.check, params, options);
            const found = reply.Successes.map((each) => [each.UserId, friendshipOf(each.Relation)] as const);
            return { ...reply, found: new Map(found) };
          },
        ),
    },

    'Mutation.addFriends': (input, options) => befriend(friend.add, input, options),
    'Mutation.requestFriends': (input, options) => befriend(friend.apply, input, options),

    'Mutation.updateFriends': async ({ ownerId, friends }, options) => {
      const renamed = friends.filter(({ remark }) => remark !== undefined);
      const remarks = outcomesById(renamed, await setRemarks(ownerId, renamed, options));
      const isGoingOn = ({ userId }: FriendUpdate) => remarks.get(userId)?.ok ?? true;
      const kept = friends.filter((update) => update.attributes?.length && isGoingOn(update));
      const set = await oneByOne(kept, (update) => setAttributes(ownerId, update, options)).catch((error: unknown) => {
        // With remarks set, the change as a whole was made.
        if (renamed.length === 0 || !(error instanceof AppError)) throw error;
        return kept.map(() => failed(error));
      });
      const attributes = outcomesById(kept, set);
      return friends.map(({ userId }) => attributes.get(userId) ?? remarks.get(userId) ?? failed(saysNothing()));
    },

    'Mutation.removeFriends': ({ ownerId, friendIds, side }, options) =>
      changeInChunks({
        items: friendIds,
        key: (userId) => userId,
        max: 20,
        check: checkUserId,
        send: async (batch) => {
          const params = { FromUserId: ownerId, UserIds: [...batch], DeleteType: deleteTypes[side] };
          return outcomesOf(await call(friend.remove, params, options), batch, nothing);
        },
      }),

    'Mutation.removeAllFriends': async ({ ownerId, side }, options) => {
      await call(friend.removeAll, { FromUserId: ownerId, DeleteType: deleteTypes[side] }, options);
    },
  } satisfies Partial<Operations>;
}

/** Against intuition, 0 is two-way (catalogue: quirks). */
const deleteTypes = { BOTH: 0, OWN: 1 } as const satisfies Record<FriendshipSide, number>;

const friendships: Readonly<Record<number, Friendship>> = { 3: 'NONE', 4: 'OUTGOING', 5: 'INCOMING', 6: 'MUTUAL' };

const friendshipOf = (relation: number | undefined): Friendship | null => friendships[relation ?? 0] ?? null;

const outcomesById = (updates: readonly FriendUpdate[], outcomes: readonly Outcome[]) =>
  new Map(updates.map(({ userId }, index) => [userId, outcomes[index] ?? failed(new AppError('OUTCOME_UNKNOWN'))]));

const saysNothing = () => new AppError('BAD_USER_INPUT', 'The update of a friend says nothing.');

const friendKeys = ['k0', 'k1', 'k2', 'k3', 'k4'] as const;
type FriendKey = (typeof friendKeys)[number];
const isFriendKey = (key: string): key is FriendKey => friendKeys.some((each) => each === key);

const mostAttributeBytes = 1024;

const checkMessage = textBound('zim.relation.friend.add', 'FriendInfos[].Wording');
const checkRemark = textBound('zim.relation.friend.add', 'FriendInfos[].FriendAlias');

/** The vendor has five keys of its own, and refuses the whole call for one that is not among them. */
function checkAttributes(attributes: readonly Attribute[] = []): AppError | undefined {
  const keys = attributes.map(({ key }) => key);
  if (!keys.every(isFriendKey) || new Set(keys).size < keys.length)
    return new AppError('BAD_USER_INPUT', `Attributes of a friend have the keys ${friendKeys.join(', ')}, each once.`);
  const size = attributes.reduce((sum, { key, value }) => sum + Buffer.byteLength(key + value), 0);
  if (size <= mostAttributeBytes) return undefined;
  return new AppError('BAD_USER_INPUT', `Attributes of a friend take at most ${mostAttributeBytes} bytes in all.`);
}

const checkNewFriend = ({ userId, message, remark, attributes }: NewFriend): AppError | undefined =>
  checkUserId(userId) ??
  checkMessage(message, 'A message') ??
  checkRemark(remark, 'A remark') ??
  checkAttributes(attributes);

const checkUpdate = ({ userId, remark, attributes }: FriendUpdate): AppError | undefined =>
  checkUserId(userId) ?? checkRemark(remark, 'A remark') ?? checkAttributes(attributes);

/** The attributes in the vendor's form; undefined for none, as a list of none is refused. */
function attributesOf(attributes: readonly Attribute[] = []) {
  const own = attributes.flatMap(({ key, value }) => (isFriendKey(key) ? [{ Key: key, Value: value }] : []));
  return own.length === 0 ? undefined : own;
}

const newFriend = ({ userId, message, remark, attributes }: NewFriend) => ({
  UserId: userId,
  Wording: message,
  FriendAlias: remark,
  Attributes: attributesOf(attributes),
});
