import type { EmulatedState, EmulatedUser } from '../../../emulator/state.ts';
import type { EmulatedApp } from '../../../emulator/vendor.ts';
import type { Params } from '../../../emulator/wire.ts';
import { codes, fail } from './failures.ts';
import { held } from './memory.ts';
import { planOf } from './plan.ts';
import { byteLength, objects, pastTime, text } from './values.ts';

/** What a user keeps of a friend. */
export interface Friend {
  alias: string;
  readonly wording: string;
  readonly createdAt: number;
  readonly attributes: Map<string, string>;
}

/** A user's friend list, in the order they came; the other side has a list of its own. */
export const friendsOf = (user: EmulatedUser): Map<string, Friend> => held(user.extra, 'friends');

/** Who asked to become a user's friend and had no answer yet. */
export const applicationsTo = (user: EmulatedUser): Map<string, Friend> => held(user.extra, 'friend applications');

const friendKeys = ['k0', 'k1', 'k2', 'k3', 'k4'];
/** "all keys and values together at most 1024 bytes" */
const mostAttributeBytes = 1024;

const sizeOf = (attributes: ReadonlyMap<string, string>): number =>
  [...attributes].reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);

/** The attributes of a call. Refuses keys that there are not, keys twice, and more bytes than a call may have. */
export function attributesIn(params: Params): Map<string, string> {
  const given = objects(params, 'Attributes').map((each) => [text(each, 'Key'), text(each, 'Value')] as const);
  if (given.some(([key]) => !friendKeys.includes(key))) fail(codes.friendKeyUnknown);
  const attributes = new Map(given);
  if (attributes.size < given.length) fail(codes.friendKeyRepeated);
  if (sizeOf(attributes) > mostAttributeBytes) fail(codes.friendAttributesTooLong);
  return attributes;
}

/** Whether a friend would have too much kept on it with these set. */
export const isTooMuch = (kept: Friend, set: ReadonlyMap<string, string>): boolean =>
  sizeOf(new Map([...kept.attributes, ...set])) > mostAttributeBytes;

/** A friend to be. */
export interface Candidate {
  readonly id: string;
  readonly friend: Friend;
}

/** The candidates of a call: none the acting user itself, none twice, none with attributes or times that cannot be. */
export function candidatesIn(params: Params, from: EmulatedUser, now: number, timeName: string): Candidate[] {
  const infos = objects(params, 'FriendInfos');
  refuseRepeated(
    infos.map((info) => text(info, 'UserId')),
    from,
    codes.ownFriend,
  );
  return infos.map((info) => ({
    id: text(info, 'UserId'),
    friend: {
      alias: text(info, 'FriendAlias'),
      wording: text(info, 'Wording'),
      createdAt: pastTime(info, timeName, now),
      attributes: attributesIn(info),
    },
  }));
}

/** Refuses a whole call that names a user twice, or the acting user. */
export function refuseRepeated(ids: readonly string[], from: EmulatedUser, ownCode: number): void {
  if (ids.includes(from.id)) fail(ownCode);
  if (new Set(ids).size < ids.length) fail(codes.friendRepeated);
}

/** Why a user cannot be made a friend, or be asked to become one. */
export function candidateProblem(from: EmulatedUser, id: string, app: EmulatedApp): number | undefined {
  if (!app.state.users.has(id)) return codes.userNotRegistered;
  if (friendsOf(from).has(id)) return codes.friendAlready;
  return friendsOf(from).size >= planOf(app).friends ? codes.friendsFull : undefined;
}

/** Both become friends; who has the other already keeps what it noted. */
export function befriend(state: EmulatedState, from: EmulatedUser, { id, friend }: Candidate): void {
  const other = state.users.get(id);
  if (!other) return;
  friendsOf(from).set(id, friend);
  if (!friendsOf(other).has(from.id)) {
    const { wording, createdAt } = friend;
    friendsOf(other).set(from.id, { alias: '', wording, createdAt, attributes: new Map() });
  }
  applicationsTo(from).delete(id);
  applicationsTo(other).delete(from.id);
}

/** Ends a friendship: on both sides, or on the acting user's alone when `isOneWay`. */
export function part(state: EmulatedState, from: EmulatedUser, id: string, isOneWay: boolean): void {
  friendsOf(from).delete(id);
  const other = state.users.get(id);
  if (other && !isOneWay) friendsOf(other).delete(from.id);
}
