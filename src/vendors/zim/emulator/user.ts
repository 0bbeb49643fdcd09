import type { EmulatedState, EmulatedUser } from '../../../emulator/state.ts';
import type { Handler } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { codes, fail, type ItemFailure, meaning, settle } from './failures.ts';
import { joinedGroups } from './group-reads.ts';
import { objects, optionalText, text, texts } from './values.ts';

/** "Digits, letters and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ space { } | ~" (catalogue: quirks). */
const userIdPattern = /^[0-9A-Za-z!#$%&()+\-:;<=.>?@[\]^_ {}|~]+$/;

/** The user who acts, who must be registered; whether it ever logged in is not asked. */
export function actor(state: EmulatedState, params: Params, code: number = codes.actorUnknown): EmulatedUser {
  return state.users.get(text(params, 'FromUserId')) ?? fail(code);
}

/** Items that failed with one code. */
export const failuresOf = (userIds: readonly string[], code: number): ItemFailure[] =>
  userIds.map((UserId) => ({ UserId, SubCode: code }));

const explained = (userId: string, code: number): ItemFailure => ({
  UserId: userId,
  SubCode: code,
  SubMessage: meaning(code),
});

export const register: Handler = (params, { state }) => {
  const accounts = objects(params, 'UserInfo');
  const failures: ItemFailure[] = [];
  for (const account of accounts) {
    const id = text(account, 'UserId');
    if (!userIdPattern.test(id)) failures.push(explained(id, codes.badParameter));
    else if (state.users.has(id)) failures.push(explained(id, codes.userExists));
    else state.addUser(id, { name: text(account, 'UserName'), avatar: text(account, 'UserAvatar') });
  }
  return settle({ list: 'ErrorList', failures, worked: accounts.length - failures.length });
};

const modify: Handler = (params, { state }) => {
  const changes = objects(params, 'UserInfo');
  const failures: ItemFailure[] = [];
  for (const change of changes) {
    const id = text(change, 'UserId');
    const user = state.users.get(id);
    if (!user) {
      failures.push(explained(id, codes.userMissing));
      continue;
    }
    user.name = optionalText(change, 'UserName') ?? user.name;
    user.avatar = optionalText(change, 'UserAvatar') ?? user.avatar;
    const extra = optionalText(change, 'Extra');
    if (extra !== undefined) user.extra.set('Extra', extra);
  }
  return settle({ list: 'ErrorList', failures, worked: changes.length - failures.length });
};

/** A user's extension text. */
export const extraOf = (user: EmulatedUser): string => String(user.extra.get('Extra') ?? '');

const query: Handler = (params, { state }) => {
  const ids = texts(params, 'UserIds');
  const found = ids.flatMap((id) => state.users.get(id) ?? []);
  const missing = ids.filter((id) => !state.users.has(id));
  const Result = found.map((user) => ({
    UserId: user.id,
    UserName: user.name,
    UserAvatar: user.avatar,
    Extra: extraOf(user),
  }));
  const failures = failuresOf(missing, codes.userNotRegistered);
  return settle({ list: 'ErrorList', failures, worked: found.length, payload: { Result } });
};

/** Users that were only registered and never logged in count as unknown here (catalogue: quirks). */
const queryOnlineState: Handler = (params, { state }) => {
  const ids = texts(params, 'UserId');
  const isKnown = (id: string) => state.users.get(id)?.hasLoggedIn === true;
  const known = ids.filter(isKnown);
  const Result = known.map((UserId) => ({
    UserId,
    Status: (state.users.get(UserId)?.devices.size ?? 0) > 0 ? 'Online' : 'Offline',
  }));
  const failures = failuresOf(
    ids.filter((id) => !isKnown(id)),
    codes.userUnknownOrLoggedOut,
  );
  return settle({ list: 'ErrorList', failures, worked: known.length, payload: { Result } });
};

export const userHandlers = {
  'zim.user.register': register,
  'zim.user.info.modify': modify,
  'zim.user.info.query': query,
  'zim.user.onlineState.query': queryOnlineState,
  'zim.user.groups.query': joinedGroups,
} satisfies Record<string, Handler>;
