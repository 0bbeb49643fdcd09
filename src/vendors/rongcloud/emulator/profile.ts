import type { EmulatedUser } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { refuse, refuseParam } from './failures.ts';
import { isRecord, parseObject, text, texts } from './read.ts';
import { isRegistered, registered } from './user.ts';

/** Entrusted groups and profiles answer 1009 where hosting is off, and 1008 past the limit, as continued calls do. */
export function whenHosted(handler: Handler): Handler {
  return (params, context) =>
    context.app.switches.has('hosted') ? handler(params, context) : refuse(context, 1009, 'service is not enabled.');
}

type Texts = Readonly<Record<string, string | number>>;

const lengths: Readonly<Record<string, number>> = {
  name: 32,
  portraitUri: 128,
  email: 128,
  birthday: 32,
  location: 32,
};
const highest: Readonly<Record<string, number>> = { gender: 2, role: 100, level: 100 };
const mostKeys = 20;

/** Reads a JSON object in one parameter; undefined when it was not sent. Refuses what is no object or has too many keys. */
export function objectParam(params: Params, name: string, context: HandlerContext, most = Number.POSITIVE_INFINITY) {
  const json = text(params, name);
  if (json === '') return undefined;
  const value = parseObject(json) ?? refuseParam(context, name, 'is not a JSON object');
  if (Object.keys(value).length > most) refuseParam(context, name, `has more than ${most} keys`);
  return value;
}

/** Extension keys begin with `ext_`, keys have 32 characters at most, values 256. */
export function checkExtension(values: Readonly<Record<string, unknown>>, name: string, context: HandlerContext): void {
  for (const [key, value] of Object.entries(values)) {
    if (!key.startsWith('ext_') || key.length > 32) refuseParam(context, name, `has the key ${key}`);
    if (String(value).length > 256) refuseParam(context, name, `has a value too long for ${key}`);
  }
}

function checkProfile(values: Readonly<Record<string, unknown>>, context: HandlerContext): void {
  for (const [key, value] of Object.entries(values)) {
    const most = highest[key];
    if (most !== undefined && !(Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most)) {
      refuseParam(context, 'userProfile', `has a wrong ${key}`);
    }
    if (String(value).length > (lengths[key] ?? Number.POSITIVE_INFINITY))
      refuseParam(context, 'userProfile', `has ${key} too long`);
  }
}

interface HostedProfile {
  readonly version: number;
  readonly basic: Texts;
  readonly extension: Texts;
}

function isHostedProfile(value: unknown): value is HostedProfile {
  return isRecord(value) && typeof value['version'] === 'number';
}

/** Name and portrait of the registration stand where the profile has none: hosting begins with them. */
function profileOf(user: EmulatedUser): HostedProfile {
  const kept = user.extra.get('profile');
  const known = isHostedProfile(kept) ? kept : { version: 0, basic: {}, extension: {} };
  const first = { ...(user.name && { name: user.name }), ...(user.avatar && { portraitUri: user.avatar }) };
  return { ...known, basic: { ...first, ...known.basic } };
}

/** Keys that are sent replace their values, others stay. */
const set: Handler = (params, context) => {
  const user = registered(context, text(params, 'userId'));
  const basic = objectParam(params, 'userProfile', context, mostKeys) ?? {};
  const extension = objectParam(params, 'userExtProfile', context, mostKeys) ?? {};
  checkProfile(basic, context);
  checkExtension(extension, 'userExtProfile', context);
  const before = profileOf(user);
  const after = { basic: { ...before.basic, ...basic }, extension: { ...before.extension, ...extension } };
  user.extra.set('profile', { version: before.version + 1, ...after });
  context.state.tell('rongcloud.callback.user.profile', {
    userId: user.id,
    // What it means is not known; the vendor's example has 1.
    type: 1,
    time: context.clock.now(),
    userProfile: JSON.stringify(after.basic),
    userExtProfile: JSON.stringify(after.extension),
  });
  return {};
};

/** Ids that nobody registered are missing from the answer. */
const batchQuery: Handler = (params, { state }) => {
  const users = texts(params, 'userId')
    .map((id) => state.users.get(id))
    .filter(isRegistered);
  return {
    userList: users.map((user) => {
      const { version, basic, extension } = profileOf(user);
      return {
        userId: user.id,
        version,
        userProfile: JSON.stringify(basic),
        userExtProfile: JSON.stringify(extension),
      };
    }),
  };
};

export const profileHandlers: Readonly<Record<string, Handler>> = {
  'rongcloud.user.profile.set': whenHosted(set),
  'rongcloud.user.profile.batch.query': whenHosted(batchQuery),
};
