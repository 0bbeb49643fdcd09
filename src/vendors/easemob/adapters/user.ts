import { randomBytes } from 'node:crypto';
import type { Operations } from '../../../domain/operations.ts';
import type { RequestOptions } from '../../../domain/page.ts';
import type { NewUser, Presence, PresenceKey, Profile, ProfileUpdate } from '../../../domain/user.ts';
import { AppError, failed, type Outcome, succeeded } from '../../../errors.ts';
import { changeInChunks, oneByOne, registeredTwice } from '../../bulk.ts';
import { token } from '../endpoints/token.ts';
import { attribute, newUser, presence, user } from '../endpoints/user.ts';
import { refusalOf } from '../envelope.ts';
import { userIdOf } from '../ids.ts';
import { type Context, notFound } from './context.ts';
import { checkId, readEach, userRule } from './each.ts';

/** Accounts, profiles, tokens and presence. */
export function userOperations(context: Context) {
  const { call } = context;
  return {
    'User.name': { max: 100, load: (userIds, options) => readProfiles(context, userIds, options) },
    'User.createdAt': {
      max: 1,
      load: (userIds, options) =>
        readEach(userIds, userRule, async ([username = '']) => {
          const [entity] = await call(user.get, { username }, options);
          return () => (entity ? (entity.created ?? null) : notFound('user'));
        }),
    },
    'User.presence': {
      max: 100,
      group: ({ isDetailed }) => String(isDetailed),
      identity: ({ userId, isDetailed }) => `${userIdOf(userId)} ${isDetailed}`,
      load: (keys, options) => readPresence(context, keys, options),
    },
    'Mutation.registerUsers': (users, options) => registerUsers(context, users, options),
    'Mutation.updateUsers': (updates, options) =>
      oneByOne(updates, async (update) => {
        const problem = checkId(update.userId, userRule);
        if (problem) return failed(problem);
        await setProfile(context, update, options);
        return succeeded(undefined);
      }),
    'Mutation.issueUserToken': async (
      { userId, ttlSeconds, maxSeconds = Number.POSITIVE_INFINITY, password },
      options,
    ) => {
      const username = userIdOf(userId);
      const ask = (life: { ttl?: number }) =>
        password === undefined
          ? call(token.inherit, { grant_type: 'inherit', username, autoCreateUser: false, ...life }, options)
          : call(token.password, { grant_type: 'password', username, password, ...life }, options);
      const isWithin = ({ expires_in = 0 }: { expires_in?: number | undefined }) =>
        maxSeconds === Number.POSITIVE_INFINITY || (expires_in > 0 && expires_in <= maxSeconds);
      const first = await ask(ttlSeconds === undefined ? {} : { ttl: Math.min(ttlSeconds, maxSeconds) });
      // The console's setting may be longer than is allowed here, or for ever.
      const reply = isWithin(first) ? first : await ask({ ttl: maxSeconds });
      const lifeMs = (reply.expires_in ?? 0) * 1000;
      return { token: reply.access_token, expiresAt: lifeMs > 0 ? new Date(context.clock.now() + lifeMs) : null };
    },
  } satisfies Partial<Operations>;
}

function readProfiles({ call }: Context, userIds: readonly string[], options?: RequestOptions) {
  return readEach(userIds, userRule, async (targets): Promise<(id: string) => Profile> => {
    const params = { targets: [...targets], properties: ['nickname', 'avatarurl'] };
    const byUser = (await call(attribute.batchGet, params, options)) ?? new Map();
    return (id) => ({ name: byUser.get(id)?.nickname ?? null, avatarUrl: byUser.get(id)?.avatarurl ?? null });
  });
}

/** Merges into the profile; an attribute is cleared by setting it to nothing. */
async function setProfile({ call }: Context, update: ProfileUpdate, options?: RequestOptions): Promise<void> {
  const body = {
    ...(update.name !== undefined && { nickname: update.name ?? '' }),
    ...(update.avatarUrl !== undefined && { avatarurl: update.avatarUrl ?? '' }),
  };
  if (Object.keys(body).length > 0) {
    await call(attribute.set, { username: userIdOf(update.userId), body }, options);
  }
}

/** All keys ask for the same depth. */
function readPresence(context: Context, keys: readonly PresenceKey[], options?: RequestOptions) {
  const userIds = keys.map((key) => key.userId);
  return readEach(
    userIds,
    userRule,
    (ids): Promise<(id: string) => Presence> =>
      keys[0]?.isDetailed ? readDetails(context, ids, options) : readStatus(context, ids, options),
  );
}

async function readDetails({ call, config }: Context, ids: readonly string[], options?: RequestOptions) {
  const rows = await call(presence.get, { username: config.systemUser, usernames: [...ids] }, options);
  const byUser = new Map(rows.map((row) => [userIdOf(row.uid), row]));
  return (id: string): Presence => {
    const row = byUser.get(id);
    if (!row) return { isOnline: null };
    const devices = [...row.status].map(([device, status]) => ({ device, isOnline: status > 0, status }));
    return {
      isOnline: devices.some((device) => device.isOnline),
      text: row.ext,
      // In seconds, unlike the vendor's other times.
      lastSeenAt: row.last_time ? new Date(row.last_time * 1000) : null,
      devices,
    };
  };
}

async function readStatus({ call }: Context, ids: readonly string[], options?: RequestOptions) {
  const [username = '', ...others] = ids;
  const rows =
    others.length === 0
      ? [await call(user.status, { username }, options)]
      : await call(user.statusBatch, { usernames: [...ids] }, options);
  const byUser = new Map(rows.flatMap((row) => [...row]));
  return (id: string): Presence => {
    const status = byUser.get(id);
    return { isOnline: status === undefined ? null : status === 'online' };
  };
}

/** The accounts first, then the profiles of those made; the vendor takes no profile with an account. */
function registerUsers(context: Context, users: readonly NewUser[], options?: RequestOptions) {
  return changeInChunks({
    items: users,
    key: ({ userId }) => userIdOf(userId),
    repeat: registeredTwice,
    max: 60,
    check: (each) => checkAccount(accountOf(each)),
    send: async (batch) => {
      const outcomes = await registerBatch(context, batch, options);
      for (const [index, { name, avatarUrl, userId }] of batch.entries()) {
        if (!outcomes[index]?.ok || (!name && !avatarUrl)) continue;
        const profile = { userId, ...(name && { name }), ...(avatarUrl && { avatarUrl }) };
        outcomes[index] = await setFirstProfile(context, profile, options);
      }
      return outcomes;
    },
  });
}

async function registerBatch({ call }: Context, users: readonly NewUser[], options?: RequestOptions) {
  const body = users.map(accountOf);
  const reply = await call(user.registerBatch, { body }, options);
  const made = new Set(reply.entities.map((entity) => userIdOf(entity.username)));
  const refused = new Map(reply.data.map((row) => [userIdOf(row.username), row.registerUserFailReason]));
  return body.map(({ username }): Outcome => {
    if (made.has(username)) return succeeded(undefined);
    return failed(refused.has(username) ? refusalOf(refused.get(username)) : new AppError('OUTCOME_UNKNOWN'));
  });
}

/** A new account without a profile is told as such: a second try to register it would only meet itself. */
async function setFirstProfile(context: Context, profile: ProfileUpdate, options?: RequestOptions): Promise<Outcome> {
  try {
    await setProfile(context, profile, options);
    return succeeded(undefined);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const message = `The user is registered, but without name and picture: ${error.message}`;
    return failed(new AppError(error.code, message, { ...error.details, cause: error }));
  }
}

/** The vendor wants a password, which nobody needs to know: users log in with tokens. */
function accountOf({ userId, password }: NewUser) {
  return { username: userIdOf(userId), password: password ?? randomBytes(24).toString('base64url') };
}

function checkAccount(account: { readonly username: string; readonly password: string }): AppError | undefined {
  const problem = newUser.safeParse(account).error?.issues[0];
  return problem && new AppError('BAD_USER_INPUT', `${problem.path.join('.')}: ${problem.message}`);
}
