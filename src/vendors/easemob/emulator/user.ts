import type { EmulatedState, EmulatedUser } from '../../../emulator/state.ts';
import type { EmulatedApp, Handler, HandlerContext } from '../../../emulator/vendor.ts';
import { appKeyOf, appUuidOf, Bare, uuidOf } from './envelope.ts';
import { noSuchResource, refuse } from './failures.ts';
import { byteLength, charLength, type Fields, fieldsOf, textOf, textsOf, userIdOf } from './values.ts';

/** The user, or the vendor's 404. */
export function knownUser(state: EmulatedState, text: string): EmulatedUser {
  return state.users.get(userIdOf(text)) ?? refuse(...noSuchResource);
}

/** False while the account is banned. */
export function isActivated(user: EmulatedUser): boolean {
  return user.extra.get('activated') !== false;
}

function isOnline(state: EmulatedState, userId: string): boolean {
  return (state.users.get(userId)?.devices.size ?? 0) > 0;
}

/** A user as the account calls show one; `nickname` is the push nickname and absent when never set. */
export function userEntity(user: EmulatedUser, app: EmulatedApp): Record<string, unknown> {
  const nickname = user.extra.get('pushNickname');
  return {
    uuid: uuidOf(`${appKeyOf(app)}_${user.id}`),
    type: 'user',
    created: user.createdAt,
    modified: user.createdAt,
    username: user.id,
    activated: isActivated(user),
    ...(nickname !== undefined && { nickname }),
  };
}

/** a-z A-Z 0-9 _ - . up to 64 bytes. */
export function checkUsername(username: string): void {
  if (!/^[A-Za-z0-9_.-]+$/.test(username)) refuse(400, 'illegal_argument', `username [${username}] is not legal`);
  if (byteLength(username) > 64) refuse(400, 'illegal_argument', 'USERNAME_TOO_LONG');
}

interface Registration {
  readonly username: string;
  readonly password: string;
  readonly nickname?: string;
}

function readRegistration(row: Fields): Registration {
  const { username, password, nickname } = row;
  if (typeof username !== 'string')
    return refuse(400, 'required_property_not_found', 'Entity user requires a property named username');
  checkUsername(username);
  if (typeof password !== 'string' || password === '')
    return refuse(400, 'illegal_argument', 'password or pin must provided');
  if (charLength(password) > 64) refuse(400, 'illegal_argument', 'PASSWORD_TOO_LONG');
  if (typeof nickname !== 'string') return { username, password };
  if (charLength(nickname) > 100) refuse(400, 'illegal_argument', 'NICKNAME_TOO_LONG');
  return { username, password, nickname };
}

export function createUser(
  { username, password, nickname }: Registration,
  { state }: Pick<HandlerContext, 'state'>,
): EmulatedUser {
  const user = state.addUser(userIdOf(username), { password });
  if (nickname !== undefined) user.extra.set('pushNickname', nickname);
  return user;
}

const register: Handler = (params, context) => {
  const row = readRegistration(params);
  if (context.state.users.has(userIdOf(row.username))) {
    const description = `Application ${appUuidOf(context.app)} Entity user requires that property named username be unique, value of ${userIdOf(row.username)} exists`;
    refuse(400, 'duplicate_unique_property_exists', description);
  }
  return { entities: [userEntity(createUser(row, context), context.app)] };
};

const maxRegistered = 60;

/** Existing names come back in `data`, the others are created. */
const registerBatch: Handler = (params, context) => {
  const list: readonly unknown[] = Array.isArray(params['body']) ? params['body'] : [];
  if (list.length > maxRegistered) {
    const size = `Request body array size[${list.length}] had almost reached or been greater than the upper range value[${maxRegistered}]`;
    refuse(400, 'illegal_argument', size);
  }
  if (list.length === 0) refuse(400, 'illegal_argument', 'Request body array is empty');
  const rows = new Map<string, Registration>();
  for (const row of list.map((item) => readRegistration(fieldsOf(item)))) {
    const other = rows.get(userIdOf(row.username));
    if (other && other.password !== row.password) {
      const passwords = `[${other.password}, ${row.password}]`;
      refuse(
        400,
        'duplicate_unique_property_exists',
        `the same user ${userIdOf(row.username)} has a different password, the passwords are ${passwords}`,
      );
    }
    rows.set(userIdOf(row.username), row);
  }
  const taken = [...rows.keys()].filter((id) => context.state.users.has(id));
  const created = [...rows].filter(([id]) => !taken.includes(id)).map(([, row]) => createUser(row, context));
  return {
    entities: created.map((user) => userEntity(user, context.app)),
    ...(taken.length > 0 && {
      data: taken.map((id) => ({ username: id, registerUserFailReason: `the ${id} already exists` })),
    }),
  };
};

const getUser: Handler = (params, { state, app }) => ({
  entities: [userEntity(knownUser(state, textOf(params, 'username')), app)],
  count: 1,
});

const statusOf = (state: EmulatedState, name: string) => (isOnline(state, userIdOf(name)) ? 'online' : 'offline');

/** IDs are not checked; an unknown one is reported offline. */
const statusBatch: Handler = (params, { state }) => {
  const names = textsOf(params, 'usernames');
  if (names.length > 100) refuse(400, 'illegal_argument', 'request body exceeds maximum limit, maximum limit is 100');
  return { action: 'get batch user status', data: names.map((name) => ({ [name]: statusOf(state, name) })) };
};

const status: Handler = (params, { state }) => {
  const name = textOf(params, 'username');
  return { data: { [name]: statusOf(state, name) }, count: 0 };
};

const maxAttributeBytes = 2048;
const attributes = (context: HandlerContext, data: unknown) =>
  new Bare({ timestamp: context.clock.now(), data, duration: 0 });
const closed = (app: EmulatedApp) => {
  if (app.switches.has('user-metadata-closed'))
    refuse(403, 'FORBIDDEN', `${appKeyOf(app)} user metadata service not allow`);
};

const setAttributes: Handler = (params, context) => {
  closed(context.app);
  const given = Object.fromEntries(new URLSearchParams(context.request.body.toString('utf8')));
  if (Object.keys(given).length === 0) refuse(400, 'illegal_argument', 'request param is empty');
  const stored = attributesOf(context.state, textOf(params, 'username'));
  const merged = new Map([...stored, ...Object.entries(given)]);
  if (byteLength([...merged].flat().join('')) > maxAttributeBytes) {
    refuse(
      403,
      'FORBIDDEN',
      `size of metadata for this single user exceeds the user defined limit, ${maxAttributeBytes}Bytes`,
    );
  }
  for (const [key, value] of Object.entries(given)) stored.set(key, value);
  return attributes(context, given);
};

const strangers = new WeakMap<EmulatedState, Map<string, Map<string, string>>>();

/** Attributes are kept for any ID, since the vendor does not document that it checks the user. */
function attributesOf(state: EmulatedState, name: string): Map<string, string> {
  const user = state.users.get(userIdOf(name));
  if (user) return user.attributes;
  const others = strangers.get(state) ?? new Map<string, Map<string, string>>();
  strangers.set(state, others);
  const kept = others.get(userIdOf(name)) ?? new Map<string, string>();
  others.set(userIdOf(name), kept);
  return kept;
}

const getAttributes: Handler = (params, context) => {
  closed(context.app);
  return attributes(context, Object.fromEntries(attributesOf(context.state, textOf(params, 'username'))));
};

/** Only the named properties; a user without any of them is an empty object. */
const getAttributesBatch: Handler = (params, context) => {
  closed(context.app);
  const targets = textsOf(params, 'targets');
  if (targets.length > 100) refuse(400, 'BAD_REQUEST', 'exceed allowed batch size 100');
  const wanted = new Set(textsOf(params, 'properties'));
  const pick = (name: string) => [...attributesOf(context.state, name)].filter(([key]) => wanted.has(key));
  return attributes(context, Object.fromEntries(targets.map((name) => [name, Object.fromEntries(pick(name))])));
};

export const userHandlers = {
  'easemob.user.register': register,
  'easemob.user.registerBatch': registerBatch,
  'easemob.user.get': getUser,
  'easemob.user.status': status,
  'easemob.user.statusBatch': statusBatch,
  'easemob.metadata.user.set': setAttributes,
  'easemob.metadata.user.get': getAttributes,
  'easemob.metadata.user.batchGet': getAttributesBatch,
} satisfies Record<string, Handler>;
