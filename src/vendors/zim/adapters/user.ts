import type { Batch } from '../../../domain/batch.ts';
import type { Operations } from '../../../domain/operations.ts';
import type {
  NewUser,
  Presence,
  Profile,
  ProfileUpdate,
  UserAttributes,
  UserAttributesKey,
} from '../../../domain/user.ts';
import { AppError } from '../../../errors.ts';
import { changeInChunks, registeredTwice } from '../../bulk.ts';
import { user } from '../endpoints/user.ts';
import { makeToken, tokenSeconds } from '../token.ts';
import { textBound } from './bounds.ts';
import { type Context, checkNewUserId, checkUserId, loadUsers, nothing, outcomesOf } from './values.ts';

export type Profiles = Batch<string | UserAttributesKey, Profile & UserAttributes>;

/** The one read of users and bots, by whichever name it is asked for: one call then tells all of it. */
export function profilesOf({ call }: Context): Profiles {
  const userIdOf = (key: string | UserAttributesKey) => (typeof key === 'string' ? key : key.userId);
  return {
    max: 100,
    identity: userIdOf,
    load: (keys, options) =>
      loadUsers(keys.map(userIdOf), async (UserIds) => {
        const reply = await call(user.query, { UserIds: [...UserIds] }, options);
        const found = reply.Result.map(({ UserId, UserName: name, UserAvatar: avatarUrl, Extra }) => {
          const attributes = Extra === null ? [] : [{ key: extraKey, value: Extra }];
          return [UserId, { name, avatarUrl, attributes }] as const;
        });
        return { ...reply, found: new Map(found) };
      }),
  };
}

/** The vendor keeps one text on a user, which is shown as one attribute. */
const extraKey = 'extra';

/** Accounts, profiles, presence and tokens. */
export function userOperations({ call, clock, config }: Context, profiles: Profiles) {
  return {
    'User.name': profiles,
    'User.attributes': profiles,

    'User.presence': {
      max: 100,
      identity: ({ userId }) => userId,
      load: async (keys, options) => {
        const presences = await loadUsers<Presence>(
          keys.map(({ userId }) => userId),
          async (UserId) => {
            const reply = await call(user.onlineState, { UserId: [...UserId] }, options);
            const found = reply.Result.map((each) => [each.UserId, { isOnline: each.Status === 'Online' }] as const);
            return { ...reply, found: new Map(found) };
          },
        );
        return presences.map(offlineWhenUnknown);
      },
    },

    'Mutation.registerUsers': (users, options) =>
      changeInChunks({
        items: users,
        key: ({ userId }) => userId,
        repeat: registeredTwice,
        max: 100,
        check: (each) => checkNewUserId(each.userId) ?? checkProfile(each),
        send: async (batch) => {
          const reply = await call(user.register, { UserInfo: batch.map(newUser) }, options);
          return outcomesOf(reply, idsOf(batch), nothing);
        },
      }),

    'Mutation.updateUsers': (updates, options) =>
      changeInChunks({
        items: updates,
        key: ({ userId }) => userId,
        max: 100,
        check: (each) => checkUserId(each.userId) ?? checkProfile(each),
        send: async (batch) => {
          const reply = await call(user.modify, { UserInfo: batch.map(changedUser) }, options);
          return outcomesOf(reply, idsOf(batch), nothing);
        },
      }),

    // A token is signed here, for anybody; one for a user who is not there would make it at its first login.
    'Mutation.issueUserToken': async (
      { userId, ttlSeconds = tokenSeconds.usual, maxSeconds = tokenSeconds.most },
      options,
    ) => {
      const problem = checkUserId(userId);
      if (problem) throw problem;
      if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > tokenSeconds.most) {
        throw new AppError('BAD_USER_INPUT', `A token lasts 1-${tokenSeconds.most} seconds.`, {
          input: 'input.ttlSeconds',
        });
      }
      const [found] = await profiles.load([userId], options);
      if (found instanceof AppError) throw found;
      const now = clock.now();
      const lifeSeconds = Math.min(ttlSeconds, maxSeconds);
      const token = makeToken(userId, config, now, lifeSeconds);
      return { token, expiresAt: new Date((Math.floor(now / 1000) + lifeSeconds) * 1000) };
    },
  } satisfies Partial<Operations>;
}

export const idsOf = (users: readonly { readonly userId: string }[]) => users.map(({ userId }) => userId);

/** The vendor counts users who logged out among those it does not know. */
function offlineWhenUnknown(presence: Presence | AppError): Presence | AppError {
  return presence instanceof AppError && presence.code === 'NOT_FOUND' ? { isOnline: false } : presence;
}

const checkName = textBound('zim.user.info.modify', 'UserInfo[].UserName');
const checkAvatar = textBound('zim.user.info.modify', 'UserInfo[].UserAvatar');

export const checkProfile = ({ name, avatarUrl }: Profile): AppError | undefined =>
  checkName(name, 'A name') ?? checkAvatar(avatarUrl, 'The URL of a picture');

export const newUser = ({ userId, name, avatarUrl }: NewUser) => ({
  UserId: userId,
  UserName: name ?? undefined,
  UserAvatar: avatarUrl ?? undefined,
});

/** A field that is left out stays; an empty one is cleared. */
export const changedUser = ({ userId, name, avatarUrl }: ProfileUpdate) => ({
  UserId: userId,
  UserName: name === null ? '' : name,
  UserAvatar: avatarUrl === null ? '' : avatarUrl,
});
