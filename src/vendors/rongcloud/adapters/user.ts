import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import type { NewUser, Profile, ProfileUpdate } from '../../../domain/user.ts';
import { AppError, failed, type Outcome, succeeded } from '../../../errors.ts';
import { changeInChunks, registeredTwice } from '../../bulk.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import { user } from '../endpoints/user.ts';
import { objectOf, textOf } from '../json.ts';
import { notSupported } from '../refusals.ts';
import { parseLocalTime } from '../time.ts';
import { loadGood, orError, problemOf } from './keys.ts';

type Context = AppContext<Config>;

/** Users: read one by one unless profiles are hosted, changed one by one in any case. */
export function userOperations(context: Context) {
  const { config, call } = context;
  return {
    'User.name':
      config.profiles === 'hosted'
        ? { max: 100, load: (ids, options) => hostedProfiles(ids, context, options) }
        : { max: 1, load: ([id = ''], options) => one(profileOf(id, context, options)) },
    'User.createdAt': {
      max: 1,
      load: async ([userId = ''], options) => {
        const { createTime } = await call(user.info, { userId }, options);
        return [parseLocalTime(createTime, config.region)];
      },
    },
    'User.presence': {
      max: 1,
      identity: ({ userId }) => userId,
      load: async ([key], options) => {
        const { status } = await call(user.checkOnline, { userId: key?.userId ?? '' }, options);
        return [{ isOnline: status === '1', text: null, lastSeenAt: null, devices: null }];
      },
    },
    // There is no session: the cheapest signed read, of whomever, shows whether the signature is taken.
    'Mutation.verifyApp': async (_, options) => {
      try {
        await call(user.checkOnline, { userId: 'anybody' }, options);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'VENDOR_MISCONFIGURED') throw error;
        return { isAccepted: false, expiresAt: null };
      }
      return { isAccepted: true, expiresAt: null };
    },
    'Mutation.registerUsers': (users, options) => registerUsers(users, context, options),
    'Mutation.updateUsers': (updates, options) => updateUsers(updates, context, options),
    async 'Mutation.issueUserToken'({ userId, profile }, options) {
      // The call makes a user that is not there, which is for `registerUsers`, and overwrites the name and picture: the read
      // fails for nobody, and what it tells is sent along.
      const known = profile ?? (await profileOf(userId, context, options));
      const { token } = await call(user.register, registration(userId, known), options);
      return { token, expiresAt: null };
    },
  } satisfies Partial<Operations>;
}

const one = async <V>(value: Promise<V>): Promise<(V | AppError)[]> => [await orError(value)];

async function profileOf(userId: string, { call }: Context, options?: RequestOptions): Promise<Profile> {
  const { userName, userPortrait } = await call(user.info, { userId }, options);
  return { name: textOf(userName), avatarUrl: textOf(userPortrait) };
}

/** Hosted profiles in one call; users without one have the name they were registered with. */
function hostedProfiles(
  ids: readonly string[],
  context: Context,
  options?: RequestOptions,
): Promise<(Profile | AppError)[]> {
  return loadGood(
    ids,
    (id) => id,
    async (good) => {
      const { userList } = await context.call(user.getHostedProfiles, { userId: [...good] }, options);
      const found = new Map<string, Profile | AppError>();
      for (const each of userList) {
        const profile = objectOf(each.userProfile);
        if (Object.keys(profile).length === 0) continue;
        found.set(each.userId, { name: textOf(profile['name']), avatarUrl: textOf(profile['portraitUri']) });
      }
      const others = good.filter((id) => !found.has(id));
      const registered = await Promise.all(others.map((id) => orError(profileOf(id, context, options))));
      others.forEach((id, index) => {
        found.set(id, registered[index] ?? new AppError('NOT_FOUND'));
      });
      return found;
    },
  );
}

/** The vendor wants a name; the id stands in for one. */
const registration = (userId: string, { name, avatarUrl }: Profile) => ({
  userId,
  name: name || userId,
  ...(avatarUrl && { portraitUri: avatarUrl }),
});

/** The call takes known users and overwrites their names, so each is asked for first: one that is there stays as it is. */
function registerUsers(
  users: readonly NewUser[],
  context: Context,
  options?: RequestOptions,
): Promise<readonly Outcome[]> {
  return changeInChunks({
    items: users,
    key: ({ userId }) => userId,
    repeat: registeredTwice,
    check: ({ userId }) => problemOf(userId),
    max: 1,
    send: async (batch) => {
      const outcomes: Outcome[] = [];
      for (const each of batch) outcomes.push(await registerNew(each, context, options));
      return outcomes;
    },
  });
}

async function registerNew(given: NewUser, context: Context, options?: RequestOptions): Promise<Outcome> {
  const known = await orError(profileOf(given.userId, context, options));
  if (!(known instanceof AppError)) return failed(new AppError('CONFLICT', 'There is a user with this id.'));
  if (known.code !== 'NOT_FOUND') throw known;
  await context.call(user.register, registration(given.userId, given), options);
  return succeeded(undefined);
}

/** Throws `NOT_SUPPORTED` for a name or picture to be cleared: the vendor only takes another one. */
async function updateUsers(
  updates: readonly ProfileUpdate[],
  context: Context,
  options?: RequestOptions,
): Promise<readonly Outcome[]> {
  updates.forEach(({ name, avatarUrl }, index) => {
    if (name === null) throw notSupported(`input.users[${index}].name`);
    if (avatarUrl === null) throw notSupported(`input.users[${index}].avatarUrl`);
  });
  return changeInChunks({
    items: updates,
    key: ({ userId }) => userId,
    check: ({ userId }) => problemOf(userId),
    max: 1,
    send: async (batch) => {
      for (const update of batch) await updateUser(update, context, options);
      return batch.map(() => succeeded(undefined));
    },
  });
}

/** The name that pushes show is kept apart from the hosted profile, so both are changed. */
async function updateUser(
  { userId, name, avatarUrl }: ProfileUpdate,
  { config, call }: Context,
  options?: RequestOptions,
): Promise<void> {
  const changed = {
    ...(typeof name === 'string' && { name }),
    ...(typeof avatarUrl === 'string' && { portraitUri: avatarUrl }),
  };
  if (Object.keys(changed).length === 0) return;
  await call(user.refresh, { userId, ...changed }, options);
  if (config.profiles === 'hosted') await call(user.setHostedProfile, { userId, userProfile: changed }, options);
}
