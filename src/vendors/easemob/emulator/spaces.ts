import type { EmulatedSpace, EmulatedState } from '../../../emulator/state.ts';
import type { HandlerContext } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { appKeyOf } from './envelope.ts';
import { type Failure, refuse } from './failures.ts';
import { byteLength, charLength, textOf, unique, userIdOf } from './values.ts';

/** Where the vendor's words for groups and rooms differ (easemob.yaml, quirks). */
export interface SpaceWords {
  readonly kind: 'group' | 'chatroom';
  readonly idParam: 'group_id' | 'chatroom_id';
  /** The ID's key in answers about members and about the blocklist. */
  readonly memberIdKey: 'groupid' | 'id';
  readonly blockIdKey: 'groupid' | 'chatroomid';
  /** A user who is not a member is 403 for groups, 400 for rooms, with one text. */
  readonly strangerStatus: 403 | 400;
  /** Groups refuse a member who is in already; rooms take it as done. */
  readonly refusesMembers: boolean;
}

export const groupWords: SpaceWords = {
  kind: 'group',
  idParam: 'group_id',
  memberIdKey: 'groupid',
  blockIdKey: 'groupid',
  strangerStatus: 403,
  refusesMembers: true,
};

export const chatroomWords: SpaceWords = {
  kind: 'chatroom',
  idParam: 'chatroom_id',
  memberIdKey: 'id',
  blockIdKey: 'chatroomid',
  strangerStatus: 400,
  refusesMembers: false,
};

/** Who acts when the server API or the console does. */
export const serverOperator = '@ppAdmin';

/** Why a member went who was off line too long. */
export const offlineCause = 'OFFLINE';

export const noSuchSpace = (id: string): Failure => [404, 'resource_not_found', `grpID ${id} does not exist!`];
export const spaceNotFound = (id: string): Failure => [
  404,
  'service_resource_not_found',
  `do not find this group:${id}`,
];
export const ownerProtected: Failure = [403, 'forbidden_op', 'forbidden operation on group owner!'];
export const spaceIsFull: Failure = [403, 'exceed_limit', 'members size is greater than max user size !'];

/** The group or room of the path, or the vendor's 404 (two texts are in use). */
export function knownSpace(
  params: Params,
  state: EmulatedState,
  words: SpaceWords,
  failure = noSuchSpace,
): EmulatedSpace {
  const id = textOf(params, words.idParam);
  return state.spaces(words.kind).get(id) ?? refuse(...failure(id));
}

/** A user who becomes an owner or member has to exist. */
export function knownMember(state: EmulatedState, text: string): string {
  const id = userIdOf(text);
  return state.users.has(id) ? id : refuse(404, 'resource_not_found', `username ${text} doesn't exist!`);
}

/** `{org}#{app}_{username}`, as the lists of the app write owners. */
export function prefixedOwner(space: EmulatedSpace, { app }: Pick<HandlerContext, 'app'>): string {
  return `${appKeyOf(app)}_${space.owner}`;
}

/** A switch of a space that is a bool on the wire. */
export function flagOf(space: EmulatedSpace, name: string, fallback = false): boolean {
  const value = space.extra.get(name);
  return typeof value === 'boolean' ? value : fallback;
}

export function customOf(space: EmulatedSpace): string {
  const value = space.extra.get('custom');
  return typeof value === 'string' ? value : '';
}

/** Members first, the owner last, each an object with one key. */
export function affiliations(space: EmulatedSpace): Record<string, string>[] {
  const others = [...space.members.keys()].filter((id) => id !== space.owner);
  return [...others.map((id) => ({ member: id })), { owner: space.owner }];
}

const maxAffiliations = 10_000;

/** The details that groups and rooms share. */
export function spaceDetails(space: EmulatedSpace): Record<string, unknown> {
  return {
    id: space.id,
    name: space.name,
    description: space.description,
    membersonly: flagOf(space, 'membersonly'),
    allowinvites: flagOf(space, 'allowinvites'),
    maxusers: space.maxMembers,
    owner: space.owner,
    created: space.createdAt,
    custom: customOf(space),
    mute: flagOf(space, 'mute'),
    affiliations_count: space.members.size,
    affiliations: affiliations(space).slice(-maxAffiliations),
    public: flagOf(space, 'public', space.kind === 'chatroom'),
  };
}

const maxLookedUp = 100;

/** Details of one or many ids joined with commas: one missing is a failure, of several each missing one is told in its place. */
export function lookUp(
  params: Params,
  state: EmulatedState,
  words: SpaceWords,
  {
    details,
    failure,
  }: { readonly details: (space: EmulatedSpace) => unknown; readonly failure: (id: string) => Failure },
): { readonly data: readonly unknown[]; readonly count: number } {
  const ids = unique(textOf(params, words.idParam).split(',').filter(Boolean));
  if (ids.length > maxLookedUp) refuse(400, 'invalid_parameter', `group ids is more than max limit : ${maxLookedUp}`);
  const spaces = state.spaces(words.kind);
  const [only = ''] = ids;
  if (ids.length === 1 && !spaces.has(only)) refuse(...failure(only));
  const data = ids.map((id) => {
    const space = spaces.get(id);
    return space ? details(space) : "group id doesn't exist";
  });
  return { data, count: data.length };
}

/** Newest first: by creation, and among those of one moment the one made last. */
export function newestFirst(spaces: Iterable<EmulatedSpace>): EmulatedSpace[] {
  return [...spaces].reverse().sort((a, b) => b.createdAt - a.createdAt);
}

/**
 * The id that the app chose for a new group or room, or else a decimal one of 15 digits, as for an app to which the vendor has not
 * opened ids of its own (switch `own-ids-closed`).
 */
export function newSpaceId(chosen: string, { app, state }: Pick<HandlerContext, 'app' | 'state'>): string {
  const isTaken = (id: string) => state.groups.has(id) || state.chatrooms.has(id);
  if (chosen === '' || app.switches.has('own-ids-closed')) {
    let id: string;
    do id = String(260_000_000_000_000 + state.nextId() * 65_536);
    while (isTaken(id));
    return id;
  }
  if (!/^[a-z0-9]{1,64}$/.test(chosen)) refuse(400, 'illegal_argument', `group ID ${chosen} is not legal`);
  return isTaken(chosen) ? refuse(400, 'illegal_argument', `group ID ${chosen} already exists!`) : chosen;
}

const maxCustomBytes = 8 * 1024;

/** Refuses extra data over its length. */
export function checkCustom(params: Params): void {
  if (byteLength(textOf(params, 'custom')) > maxCustomBytes)
    refuse(400, 'invalid_parameter', 'custom length is too big');
}

/** Refuses a text over its length in characters, in the words of the page for the avatar. */
export function checkLength(params: Params, name: string, max: number): void {
  if (charLength(textOf(params, name)) > max) refuse(400, 'invalid_parameter', `${name} length is too big`);
}
