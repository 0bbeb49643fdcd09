import { createHash } from 'node:crypto';
import type { EmulatedState, EmulatedUser } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import { refuse } from './failures.ts';
import { localTime } from './local-time.ts';
import { int, text } from './read.ts';

/** An id that took part in something without ever being registered; reads do not know it. */
const unregistered = 'unregistered';

/** Anybody's record, made when missing: blocklists and groups take ids that nobody registered. */
export function person(state: EmulatedState, id: string): EmulatedUser {
  const known = state.users.get(id);
  if (known) return known;
  const user = state.addUser(id);
  user.extra.set(unregistered, true);
  return user;
}

export function isRegistered(user: EmulatedUser | undefined): user is EmulatedUser {
  return user !== undefined && !user.extra.has(unregistered);
}

/** The registered user, or code 400, the only one documented for an id that does not exist. */
export function registered(context: HandlerContext, id: string): EmulatedUser {
  const user = context.state.users.get(id);
  return isRegistered(user) ? user : refuse(context, 400, 'user id does not exist.');
}

const developmentUsers = 100;

/** Registers, or gives a registered user a further token; name and portrait are overwritten by what is sent. */
const register: Handler = (params, context) => {
  const { state, app, clock } = context;
  const id = text(params, 'userId');
  const isNew = !isRegistered(state.users.get(id));
  const count = [...state.users.values()].filter(isRegistered).length;
  if (isNew && app.switches.has('development') && count >= developmentUsers)
    refuse(context, 2007, 'too many test users.');
  const user = person(state, id);
  if (isNew) {
    user.createdAt = clock.now();
    user.extra.delete(unregistered);
  }
  user.name = text(params, 'name');
  user.avatar = text(params, 'portraitUri', user.avatar);
  return { userId: id, token: makeToken(id, state.nextId()) };
};

/** Opaque, as long and with the characters that tokens have; the part after @ names servers for clients. */
function makeToken(id: string, serial: number): string {
  const secret = createHash('sha512').update(`${id} ${serial}`).digest('base64');
  return `${secret}@emu.cn.rongnav.com;emu.cn.rongcfg.com`;
}

const info: Handler = (params, context) => {
  const user = registered(context, text(params, 'userId'));
  return { userName: user.name, userPortrait: user.avatar, createTime: localTime(user.createdAt, context.app) };
};

/** Only what is sent changes. */
const refresh: Handler = (params, context) => {
  const user = registered(context, text(params, 'userId'));
  user.name = text(params, 'name', user.name);
  user.avatar = text(params, 'portraitUri', user.avatar);
  return {};
};

/** Answers "1" or "0" as JSON strings; ids that nobody registered are offline. */
const checkOnline: Handler = (params, { state }) => {
  const isOnline = (state.users.get(text(params, 'userId'))?.devices.size ?? 0) > 0;
  return { status: isOnline ? '1' : '0' };
};

const unpagedGroups = 5000;

/** Without `page`, or with 0, the first 5000 groups; else pages from 1. */
const groups: Handler = (params, { state }) => {
  const userId = text(params, 'userId');
  const all = [...state.groups.values()].filter((group) => group.members.has(userId));
  const number = int(params, 'page', 0);
  const size = number === 0 ? unpagedGroups : int(params, 'size', 50);
  const start = Math.max(0, number - 1) * size;
  return { groups: all.slice(start, start + size).map(({ id, name }) => ({ id, name })) };
};

export const userHandlers: Readonly<Record<string, Handler>> = {
  'rongcloud.user.register': register,
  'rongcloud.user.info': info,
  'rongcloud.user.refresh': refresh,
  'rongcloud.user.checkOnline': checkOnline,
  'rongcloud.user.group.query': groups,
};
