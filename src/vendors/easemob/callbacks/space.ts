import { z } from 'zod';
import { mapOf } from '../../../net/keyed.ts';
import { count, flag, moment, rows, textOrNull } from '../endpoints/values.ts';
import { bareUserId } from '../ids.ts';
import { fields, text } from './body.ts';
import { actorOf, type Reader, type Readers, reading, type Source, someId, someIds, type Told } from './reader.ts';
import { type Scene, spaceEvents } from './space-events.ts';

const headSchema = z.looseObject({ type: z.enum(['GROUP', 'CHATROOM']), id: someId, operator: text });

interface Change extends Scene {
  /** Ids of users as they are used here. */
  readonly users: (names: readonly string[]) => string[];
  readonly source: Source;
}

/** A callback of the newer format about one group or chatroom, by the fields of its payload. */
const change = <T>(payload: z.ZodType<T>, tell: (payload: T, change: Change) => Told | readonly Told[]): Reader =>
  reading(headSchema.extend({ payload }), ({ type, id, operator, payload: said }, source) => {
    const { config, at } = source;
    const told = tell(said, {
      space: { kind: type === 'GROUP' ? 'group' : 'chatroom', id },
      actorId: actorOf(operator, config),
      at,
      users: (names) => [...new Set(names.map((name) => bareUserId(name, config)))],
      source,
    });
    return 'payload' in told ? [told] : told;
  });

const members = z.looseObject({ member: someIds });
const admins = z.looseObject({ admin: someIds });
const nothing = z.unknown();

const roleSchema = mapOf(z.string()).catch(new Map());
const createSchema = z.looseObject({ role: roleSchema, member: rows(someId).catch([]), info: fields });

const readCreated = change(createSchema, ({ role, member, info }, { users, ...scene }) => {
  const owner = [...role].find(([, name]) => name === 'owner')?.[0] ?? text.parse(info['owner']);
  const [ownerId = null] = users(owner === undefined ? [] : [owner]);
  const memberIds = users([...(owner === undefined ? [] : [owner]), ...role.keys(), ...member]);
  return spaceEvents.created(scene, { ownerId, memberIds });
});

const readJoined = (cause: 'INVITED' | 'APPROVED' | undefined): Reader =>
  change(members, ({ member }, { users, source, ...scene }) =>
    users(member).flatMap((userId) => {
      const own = scene.actorId === userId ? 'JOINED' : 'ADDED';
      return spaceEvents.joined(scene, [userId], cause ?? own, memberCount(source));
    }),
  );

const memberCount = ({ body }: Source): number | null => count.parse(body['member_count']) ?? null;

const quitSchema = members.extend({ action: text });

const readQuit = change(quitSchema, ({ member, action }, { users, source, ...scene }) =>
  spaceEvents.left(scene, users(member), action === 'user_offline' ? 'OFFLINE' : 'LEFT', memberCount(source)),
);

const readRemoved = (cause: 'REMOVED' | 'BLOCKED'): Reader =>
  change(members, ({ member }, { users, source, ...scene }) =>
    spaceEvents.left(scene, users(member), cause, memberCount(source)),
  );

/** The members of a space that is gone: the older format has no such callback, so they are one event. */
const readDissolved = change(members, ({ member }, { users, space, actorId }) => ({
  payload: {
    type: 'MEMBERS_LEFT',
    space,
    actorId,
    userIds: users(member),
    cause: 'SPACE_DELETED',
    memberCount: null,
  },
}));

/** The vendor's names of properties as this server calls them; others stay. */
const fieldNames: ReadonlyMap<string, string> = new Map([
  ['title', 'name'],
  ['avatar', 'avatarUrl'],
  ['max_users', 'maxMembers'],
  ['public', 'isPublic'],
  ['invite_need_confirm', 'asksInvitees'],
  ['allow_user_invites', 'invitePolicy'],
]);

/** From 2025 the whole of the properties is told, and not what of them changed. */
const readUpdated = change(z.looseObject({ info: fields }), ({ info }, scene) => {
  const isWhole = 'created' in info && 'owner' in info;
  const names = Object.keys(info).filter((name) => name !== 'last_modified');
  return spaceEvents.updated(scene, isWhole ? null : names.map((name) => fieldNames.get(name) ?? name));
});

const ownerSchema = z.looseObject({ owner: text, new_owner: someId });

const readOwner = change(ownerSchema, ({ owner, new_owner }, { users, ...scene }) => {
  const [newOwnerId = ''] = users([new_owner]);
  const [oldOwnerId = null] = users(owner === undefined ? [] : [owner]);
  return spaceEvents.passed(scene, { oldOwnerId, newOwnerId });
});

const isOn = flag.pipe(z.boolean());

/** The table calls it `disabled`, the example `disable`. */
const disableSchema = z
  .looseObject({ disable: flag, disabled: flag })
  .transform(({ disable, disabled }) => disable ?? disabled)
  .pipe(z.boolean());

/** The moment that the vendor writes for never. */
const never = 4_638_873_600_000;
const expirySchema = members.extend({ expire_timestamp: moment });
const expiryOf = (moment: Date | null | undefined) => (moment && moment.getTime() < never ? moment : null);

const files = z.looseObject({ share_file: someIds });
const filesOf = (ids: readonly string[]) => [...new Set(ids)].map((fileId) => ({ fileId }));

const readSuperAdmins = (isAdded: boolean): Reader =>
  reading(z.looseObject({ operator: text, payload: admins }), ({ operator, payload }, { config }) => ({
    type: 'SUPER_ADMINS_CHANGED',
    userIds: payload.admin.map((name) => bareUserId(name, config)),
    isAdded,
    actorId: actorOf(operator, config),
  }));

/** The callbacks of the newer format: `event` is `group_op_event`. */
export const spaceReaders: Readers = {
  'groupOp.create': readCreated,
  'groupOp.delete': change(nothing, (_, scene) => spaceEvents.deleted(scene)),
  'groupOp.join.direct': readJoined(undefined),
  'groupOp.join.invite': readJoined('INVITED'),
  'groupOp.join.apply': readJoined('APPROVED'),
  'groupOp.leave.quit': readQuit,
  'groupOp.leave.kick': readRemoved('REMOVED'),
  'groupOp.leave.block': readRemoved('BLOCKED'),
  'groupOp.leave.delete': readDissolved,
  'groupOp.update.info': readUpdated,
  'groupOp.update.owner': readOwner,
  'groupOp.update.announcement': change(z.looseObject({ announcement: textOrNull }), ({ announcement }, scene) =>
    spaceEvents.announced(scene, announcement),
  ),
  'groupOp.update.disable': change(disableSchema, (isSuspended, { space, actorId }) => ({
    payload: { type: 'SPACE_SUSPENSION_CHANGED', space, actorId, isSuspended },
  })),
  'groupOp.update.mute': change(z.looseObject({ mute: isOn }), ({ mute }, scene) => spaceEvents.mutedAll(scene, mute)),
  'groupOp.shield.add': change(nothing, (_, scene) => spaceEvents.ignored(scene, true)),
  'groupOp.shield.remove': change(nothing, (_, scene) => spaceEvents.ignored(scene, false)),
  'groupOp.admin.add': change(admins, ({ admin }, { users, ...scene }) =>
    spaceEvents.roles(scene, users(admin), 'ADMIN'),
  ),
  'groupOp.admin.remove': change(admins, ({ admin }, { users, ...scene }) =>
    spaceEvents.roles(scene, users(admin), 'MEMBER'),
  ),
  'groupOp.mute.add': change(expirySchema, ({ member, expire_timestamp }, { users, ...scene }) =>
    spaceEvents.mutes(scene, users(member), true, expiryOf(expire_timestamp)),
  ),
  'groupOp.mute.remove': change(members, ({ member }, { users, ...scene }) =>
    spaceEvents.mutes(scene, users(member), false),
  ),
  'groupOp.white.add': change(members, ({ member }, { users, ...scene }) =>
    spaceEvents.allowed(scene, users(member), true),
  ),
  'groupOp.white.remove': change(members, ({ member }, { users, ...scene }) =>
    spaceEvents.allowed(scene, users(member), false),
  ),
  'groupOp.block.add': change(expirySchema, ({ member, expire_timestamp }, { users, ...scene }) =>
    spaceEvents.blocked(scene, users(member), true, expiryOf(expire_timestamp)),
  ),
  'groupOp.block.remove': change(members, ({ member }, { users, ...scene }) =>
    spaceEvents.blocked(scene, users(member), false),
  ),
  'groupOp.share_file.add': change(files, ({ share_file }, scene) =>
    spaceEvents.shared(scene, filesOf(share_file), true),
  ),
  'groupOp.share_file.remove': change(files, ({ share_file }, scene) =>
    spaceEvents.shared(scene, filesOf(share_file), false),
  ),
  'groupOp.room_super_admin.add': readSuperAdmins(true),
  'groupOp.room_super_admin.remove': readSuperAdmins(false),
};
