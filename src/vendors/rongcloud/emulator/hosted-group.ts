import type { EmulatedSpace } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { refuseParam } from './failures.ts';
import { checkRoom } from './group.ts';
import { checkExtension, objectParam, whenHosted } from './profile.ts';
import { isRecord, text, texts } from './read.ts';

/** The mark of an entrusted group, with what only such groups have. */
interface Hosting {
  readonly creator: string;
  readonly permissions: Readonly<Record<string, unknown>>;
}

const permissionNames = ['joinPerm', 'removePerm', 'memInvitePerm', 'invitePerm', 'profilePerm', 'memProfilePerm'];
const profileLengths: Readonly<Record<string, number>> = {
  name: 64,
  introduction: 512,
  announcement: 1024,
  portraitUrl: 128,
};
const defaultPermissions = Object.fromEntries(permissionNames.map((name) => [name, 0]));

function isHosting(value: unknown): value is Hosting {
  return isRecord(value) && typeof value['creator'] === 'string' && isRecord(value['permissions']);
}

export function hostingOf(group: EmulatedSpace): Hosting | undefined {
  const hosting = group.extra.get('hosting');
  return isHosting(hosting) ? hosting : undefined;
}

export function newHosting(creator: string): ReadonlyMap<string, unknown> {
  return new Map([['hosting', { creator, permissions: defaultPermissions } satisfies Hosting]]);
}

/** The entrusted group, or 1002; plain groups are none. */
export function hostedGroup(context: HandlerContext, id: string): EmulatedSpace {
  const group = context.state.groups.get(id);
  return group && hostingOf(group) ? group : refuseParam(context, 'groupId', 'does not exist');
}

/** `groupProfile` as JSON text, with the keys that have a value. */
export function profileText(group: EmulatedSpace): string {
  const profile = { introduction: group.description, announcement: group.announcement, portraitUrl: group.avatar };
  return JSON.stringify(Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== '')));
}

/** What a profile query and a join answer alike. */
export function describe(group: EmulatedSpace): Record<string, unknown> {
  return {
    groupId: group.id,
    owner: group.owner,
    groupProfile: profileText(group),
    groupExtProfile: JSON.stringify(Object.fromEntries(group.attributes)),
    permissions: JSON.stringify(hostingOf(group)?.permissions ?? {}),
    remarkName: '',
    createTime: group.createdAt,
    memberCount: group.members.size,
  };
}

interface Change {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly extension: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, unknown>>;
}

/** Reads and checks the three JSON texts of create and update. */
function readChange(params: Params, context: HandlerContext): Change {
  const profile = objectParam(params, 'groupProfile', context) ?? {};
  for (const [key, value] of Object.entries(profile)) {
    if (String(value).length > (profileLengths[key] ?? Number.POSITIVE_INFINITY)) {
      refuseParam(context, 'groupProfile', `has ${key} too long`);
    }
  }
  const extension = objectParam(params, 'groupExtProfile', context) ?? {};
  checkExtension(extension, 'groupExtProfile', context);
  const permissions = objectParam(params, 'permissions', context) ?? {};
  for (const [key, value] of Object.entries(permissions)) {
    const isKnown = permissionNames.includes(key) && [0, 1, 2, 3].some((each) => each === value);
    if (!isKnown) refuseParam(context, 'permissions', `has a wrong ${key}`);
  }
  return { profile, extension, permissions };
}

/** Keys that were sent replace their values, others stay. */
function apply(group: EmulatedSpace, { profile, extension, permissions }: Change): void {
  group.description = text(profile, 'introduction', group.description);
  group.announcement = text(profile, 'announcement', group.announcement);
  group.avatar = text(profile, 'portraitUrl', group.avatar);
  for (const [key, value] of Object.entries(extension)) group.attributes.set(key, String(value));
  const hosting = hostingOf(group);
  if (hosting) group.extra.set('hosting', { ...hosting, permissions: { ...hosting.permissions, ...permissions } });
}

/** The owner joins by himself. A repeat adds the users and keeps the group, as with plain groups. */
const create: Handler = (params, context) => {
  const { state } = context;
  const id = text(params, 'groupId');
  const owner = text(params, 'owner');
  const change = readChange(params, context);
  const members = [...new Set([owner, ...text(params, 'userIds').split(',').filter(Boolean)])];
  const known = state.groups.get(id);
  if (known && !hostingOf(known)) refuseParam(context, 'groupId', 'is a group that is not hosted');
  checkRoom(known, members, members.length + (known?.members.size ?? 0), context);
  if (known) {
    state.join(known, members, owner);
    return {};
  }
  const name = text(params, 'name');
  apply(state.addSpace('group', id, { name, owner, members, extra: newHosting(owner) }), change);
  return {};
};

const update: Handler = (params, context) => {
  const group = hostedGroup(context, text(params, 'groupId'));
  const change = readChange(params, context);
  // At the top level in the Java SDK, in the profile on the page.
  group.name = text(params, 'name') || text(change.profile, 'name') || group.name;
  apply(group, change);
  context.state.tell('rongcloud.callback.group.profile', {
    groupId: group.id,
    groupName: group.name,
    time: context.clock.now(),
    // Of who changes it over the server API nothing is said.
    optUserId: '',
    groupProfile: JSON.parse(profileText(group)),
    groupExtProfile: Object.fromEntries(group.attributes),
    permissions: hostingOf(group)?.permissions,
  });
  return {};
};

const dismiss: Handler = (params, context) => {
  const group = hostedGroup(context, text(params, 'groupId'));
  context.state.deleteSpace(group, group.owner);
  return {};
};

/** Ids of no entrusted group are missing from the answer. */
const profiles: Handler = (params, { state }) => ({
  profiles: texts(params, 'groupIds').flatMap((id) => {
    const group = state.groups.get(id);
    return group && hostingOf(group) ? [{ ...describe(group), groupName: group.name }] : [];
  }),
});

export const hostedGroupHandlers: Readonly<Record<string, Handler>> = {
  'rongcloud.entrust.group.create': whenHosted(create),
  'rongcloud.entrust.group.profile.update': whenHosted(update),
  'rongcloud.entrust.group.dismiss': whenHosted(dismiss),
  'rongcloud.entrust.group.profile.query': whenHosted(profiles),
};
