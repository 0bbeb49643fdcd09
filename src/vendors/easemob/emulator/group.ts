import type { EmulatedSpace } from '../../../emulator/state.ts';
import type { Handler, HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { spaceInfo } from './callback-bodies.ts';
import { echoedQuery } from './envelope.ts';
import { refuse } from './failures.ts';
import { cursorPage, numberedPage } from './paging.ts';
import {
  checkCustom,
  checkLength,
  flagOf,
  groupWords,
  knownMember,
  knownSpace,
  lookUp,
  newestFirst,
  newSpaceId,
  noSuchSpace,
  prefixedOwner,
  serverOperator,
  spaceDetails,
  spaceIsFull,
} from './spaces.ts';
import { tellSpace } from './told.ts';
import { charLength, numberOf, textOf, textsOf, unique, userIdOf } from './values.ts';

const textFields = [
  ['groupname', 128],
  ['avatar', 1024],
  ['description', 512],
] as const;
const flagFields = ['public', 'membersonly', 'allowinvites', 'invite_need_confirm'] as const;
const defaultMaxUsers = 200;

function checkMaxUsers(params: Params): number {
  const max = numberOf(params, 'maxusers', defaultMaxUsers);
  return max >= 1 ? max : refuse(400, 'invalid_parameter', 'maxusers must be greater than 0');
}

/** `allowinvites` is for private groups only, `membersonly` for public ones only. */
function settleFlags(given: ReadonlyMap<string, unknown>): Map<string, unknown> {
  const isPublic = given.get('public') === true;
  return new Map(given)
    .set('allowinvites', !isPublic && given.get('allowinvites') === true)
    .set('membersonly', isPublic ? given.get('membersonly') === true : true);
}

const create: Handler = (params, context) => {
  const { state } = context;
  for (const [name, max] of textFields) checkLength(params, name, max);
  checkCustom(params);
  if (textOf(params, 'owner') === '') refuse(400, 'invalid_parameter', 'owner must be provided');
  const owner = knownMember(state, textOf(params, 'owner'));
  const members = unique([owner, ...textsOf(params, 'members').map((name) => knownMember(state, name))]);
  const maxMembers = checkMaxUsers(params);
  if (members.length > maxMembers) refuse(...spaceIsFull);
  const flags = new Map<string, unknown>(
    flagFields.map((name) => [name, params[name] ?? name === 'invite_need_confirm']),
  );
  const extra = settleFlags(flags).set('custom', textOf(params, 'custom'));
  const space = state.addSpace(
    'group',
    newSpaceId(textOf(params, 'groupid'), context),
    {
      name: textOf(params, 'groupname'),
      avatar: textOf(params, 'avatar'),
      description: textOf(params, 'description'),
      owner,
      members,
      maxMembers,
      extra,
    },
    serverOperator,
  );
  return { data: { groupid: space.id } };
};

const groupDetails = (space: EmulatedSpace) => ({
  ...spaceDetails(space),
  avatar: space.avatar,
  disabled: flagOf(space, 'disabled'),
});

const get: Handler = (params, { state }) =>
  lookUp(params, state, groupWords, { details: groupDetails, failure: noSuchSpace });

/** True per field changed, not the new value. */
const update: Handler = (params, { app, state, endpoint }) => {
  const space = knownSpace(params, state, groupWords);
  const names = Object.keys(params).filter((name) => name !== groupWords.idParam);
  const changeable = new Set(endpoint.params.map(({ name }) => name));
  const wrong = names.filter((name) => !changeable.has(name));
  if (wrong.length > 0) refuse(400, 'invalid_parameter', `some of [${wrong.join(', ')}] are not valid fields`);
  for (const [name, max] of textFields) checkLength(params, name, max);
  checkCustom(params);
  if ('maxusers' in params) {
    const max = checkMaxUsers(params);
    if (max < space.members.size) refuse(...spaceIsFull);
    space.maxMembers = max;
  }
  change(space, params);
  tellSpace(app, space, { name: 'update.info', payload: { info: spaceInfo(space, app) }, operation: 'update' });
  return { data: Object.fromEntries(names.map((name) => [name, true])) };
};

function change(space: EmulatedSpace, params: Params): void {
  if ('groupname' in params) space.name = textOf(params, 'groupname');
  if ('avatar' in params) space.avatar = textOf(params, 'avatar');
  if ('description' in params) space.description = textOf(params, 'description');
  if ('custom' in params) space.extra.set('custom', textOf(params, 'custom'));
  for (const name of flagFields) if (name in params) space.extra.set(name, params[name]);
  for (const [name, value] of settleFlags(space.extra)) space.extra.set(name, value);
}

const remove: Handler = (params, { state }) => {
  const space = knownSpace(params, state, groupWords);
  state.deleteSpace(space, serverOperator);
  return { data: { success: true, groupid: space.id } };
};

const listRow = (space: EmulatedSpace, context: HandlerContext) => ({
  owner: prefixedOwner(space, context),
  groupid: space.id,
  affiliations: space.members.size,
  type: 'group',
  lastModified: String(space.createdAt),
  groupname: space.name,
});

const list: Handler = (params, context) => {
  const size = numberOf(params, 'limit', 10);
  const groups = newestFirst(context.state.groups.values());
  const page = cursorPage(groups, (space) => space.id, { size, max: 1000, cursor: textOf(params, 'cursor') });
  const data = page.rows.map((space) => listRow(space, context));
  return { data, count: data.length, ...page.next, ...echoedQuery(context.request) };
};

/** The groups of a user, last joined first; none for an unknown user, since the vendor lists no failure. */
function joinedBy(params: Params, { state }: HandlerContext): EmulatedSpace[] {
  const id = userIdOf(textOf(params, 'username'));
  const joinedAt = (space: EmulatedSpace) => space.members.get(id)?.joinedAt ?? 0;
  return [...state.groups.values()]
    .filter((space) => space.members.has(id))
    .reverse()
    .sort((a, b) => joinedAt(b) - joinedAt(a));
}

const joinedRow = (space: EmulatedSpace) => ({
  groupId: space.id,
  id: space.id,
  name: space.name,
  avatar: space.avatar,
  owner: space.owner,
  description: space.description,
  disabled: flagOf(space, 'disabled'),
  public: flagOf(space, 'public'),
  allowinvites: flagOf(space, 'allowinvites'),
  membersonly: flagOf(space, 'membersonly'),
  maxusers: space.maxMembers,
  created: space.createdAt,
});

/** The only group list whose pages start at 0 and whose rows are in entities. */
const joined: Handler = (params, context) => {
  const groups = joinedBy(params, context);
  const page = {
    number: numberOf(params, 'pagenum', 0),
    size: numberOf(params, 'pagesize', 5),
    max: 20,
    first: 0,
  } as const;
  return { entities: numberedPage(groups, page).map(joinedRow), total: groups.length };
};

/** Pages from 1; without parameters the newest 500. */
const joinedLegacy: Handler = (params, context) => {
  const groups = joinedBy(params, context);
  const page = {
    number: numberOf(params, 'pagenum', 1),
    size: numberOf(params, 'pagesize', 10),
    max: 100,
    first: 1,
  } as const;
  const rows = context.request.query.size === 0 ? groups.slice(0, 500) : numberedPage(groups, page);
  const data = rows.map((space) => ({ groupid: space.id, groupname: space.name }));
  return { data, count: data.length, ...echoedQuery(context.request) };
};

const getAnnouncement: Handler = (params, { state }) => ({
  data: { announcement: knownSpace(params, state, groupWords).announcement },
});

const setAnnouncement: Handler = (params, { app, state }) => {
  const space = knownSpace(params, state, groupWords);
  const text = textOf(params, 'announcement');
  if (charLength(text) > 512) refuse(403, 'FORBIDDEN', 'announce info length exceeds limit!');
  space.announcement = text;
  const payload = text === '' ? {} : { announcement: text };
  const operation = text === '' ? 'delete_announcement' : 'update_announcement';
  tellSpace(app, space, { name: 'update.announcement', payload, operation, reason: text });
  return { data: { id: space.id, result: true } };
};

/** No failure is documented: an unknown group or user is just not in. */
const isJoined: Handler = (params, { state }) => ({
  data: state.groups.get(textOf(params, 'group_id'))?.members.has(userIdOf(textOf(params, 'username'))) ?? false,
});

export const groupHandlers = {
  'easemob.group.create': create,
  'easemob.group.get': get,
  'easemob.group.update': update,
  'easemob.group.delete': remove,
  'easemob.group.list': list,
  'easemob.group.joined': joined,
  'easemob.group.joined.legacy': joinedLegacy,
  'easemob.group.announcement.get': getAnnouncement,
  'easemob.group.announcement.set': setAnnouncement,
  'easemob.group.isJoined': isJoined,
} satisfies Record<string, Handler>;
