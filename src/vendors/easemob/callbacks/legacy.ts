import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Attribute } from '../../../domain/space.ts';
import { parseJson } from '../../../net/json.ts';
import { count, flag, moment, textOrNull } from '../endpoints/values.ts';
import { bareSpaceId, bareUserId } from '../ids.ts';
import { fields, idText, text } from './body.ts';
import { actorOf, placeOf, type Reader, type Readers, reading, sharedKey, someId, type Told } from './reader.ts';
import { type Scene, spaceEvents } from './space-events.ts';

const mucSchema = z.looseObject({
  from: idText,
  to: idText,
  group_id: idText,
  payload: z.looseObject({
    muc_id: text,
    is_chatroom: flag,
    reason: z.unknown().optional(),
    status: z.looseObject({ error_code: text }).optional().catch(undefined),
    event_info: z.looseObject({ ext: text }).optional().catch(undefined),
  }),
});

interface Muc extends Scene {
  /** Who it came from, even the app itself. */
  readonly from: string;
  /** The user it is done to, or who is told of it; undefined where the space stands in its place. */
  readonly to: string | undefined;
  /** Text of various use. */
  readonly reason: unknown;
  /** JSON text of attributes. */
  readonly ext: string | undefined;
  readonly server: (name: string) => string | null;
}

/** A callback of the older format; undefined told for one that is not understood. */
const muc = (tell: (muc: Muc) => Told | readonly Told[] | undefined): Reader =>
  reading(mucSchema, ({ from, to, group_id, payload }, { config, at }) => {
    const { muc_id, is_chatroom, reason, status, event_info } = payload;
    // What failed is told too; it changed nothing.
    if ((status?.error_code ?? 'ok') !== 'ok') return undefined;
    const id = group_id ?? (muc_id && bareSpaceId(muc_id));
    if (id === undefined || from === undefined) return undefined;
    const told = tell({
      space: { kind: is_chatroom === true ? 'chatroom' : 'group', id },
      actorId: actorOf(from, config),
      at,
      from: bareUserId(from, config),
      to: to === undefined || to === id ? undefined : bareUserId(to, config),
      reason,
      ext: event_info?.ext,
      server: (name) => actorOf(name, config),
    });
    return told !== undefined && 'payload' in told ? [told] : told;
  });

/** For what is done to one user, who has to be named. */
const toUser = (tell: (userId: string, muc: Muc) => Told | readonly Told[] | undefined): Reader =>
  muc((said) => (said.to === undefined ? undefined : tell(said.to, said)));

/** For what a user does by itself. The receiver is then whoever is told of it. */
const byUser = (tell: (userId: string, muc: Muc) => Told | readonly Told[]): Reader =>
  muc((said) => tell(said.from, said));

const textOf = (reason: unknown): string | null => textOrNull.parse(reason);

const fileSchema = z.looseObject({
  data: z.looseObject({
    file_id: someId,
    file_name: textOrNull,
    file_owner: text,
    file_size: count,
    created: moment,
  }),
});

const readUploaded = muc(({ reason, server, ...scene }) => {
  const file = fileSchema.safeParse(reason);
  if (!file.success) return undefined;
  const { file_id, file_name, file_owner, file_size, created } = file.data.data;
  const stored = {
    fileId: file_id,
    name: file_name,
    size: file_size ?? null,
    ownerId: file_owner === undefined ? null : server(file_owner),
    createdAt: created ?? null,
  };
  return spaceEvents.shared(scene, [stored], true);
});

const attributesSchema = z.looseObject({
  result: z
    .looseObject({ successKeys: z.array(z.string()) })
    .optional()
    .catch(undefined),
  properties: fields,
});

interface Attributes {
  readonly set: readonly Attribute[];
  readonly keys: readonly string[];
  readonly operator: string | undefined;
  /** Tells one change from another. */
  readonly digest: string;
}

/** The attributes that were really changed. The name of the operator's key ends in a space in the vendor's examples. */
function attributesOf(ext: string | undefined): Attributes | undefined {
  const parsed = attributesSchema.safeParse(jsonOf(ext ?? ''));
  if (!parsed.success) return undefined;
  const { result, properties } = parsed.data;
  const keys = result?.successKeys ?? Object.keys(properties);
  const set = keys
    .filter((key) => Object.hasOwn(properties, key))
    .map((key) => ({ key, value: attributeValue(properties[key]) }));
  const operator = text.parse(parsed.data['operator '] ?? parsed.data['operator']);
  const digest = createHash('sha256')
    .update(JSON.stringify([keys, set]))
    .digest('hex')
    .slice(0, 16);
  return { set, keys, operator, digest };
}

const attributeValue = (value: unknown): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);

function jsonOf(source: string): unknown {
  try {
    return parseJson(source);
  } catch {
    // Not JSON: a callback of another shape.
    return undefined;
  }
}

/** Users in the room are told one by one of the same change. */
const readAttributes = (isSet: boolean): Reader =>
  muc(({ space, at, ext, server }) => {
    const told = attributesOf(ext);
    if (!told) return undefined;
    const change = isSet ? { set: told.set, deleted: [] } : { set: [], deleted: told.keys };
    const actorId = told.operator === undefined ? null : server(told.operator);
    return {
      payload: { type: 'SPACE_ATTRIBUTES_CHANGED', space, actorId, ...change, isCleared: false },
      key: sharedKey('attributes', at, placeOf(space), String(isSet), told.digest),
    };
  });

const readMemberAttributes = toUser((userId, { space, at, ext, server }) => {
  const told = attributesOf(ext);
  if (!told) return undefined;
  const actorId = told.operator === undefined ? null : server(told.operator);
  return {
    payload: { type: 'MEMBER_ATTRIBUTES_CHANGED', space, actorId, userId, set: told.set },
    key: sharedKey('memberAttributes', at, placeOf(space), userId, told.digest),
  };
});

/** The callbacks of the older format: `chat_type` is `muc`. */
export const legacyReaders: Readers = {
  'muc.create': muc(({ to, ...scene }) =>
    spaceEvents.created(scene, { ownerId: to ?? null, memberIds: to === undefined ? [] : [to] }),
  ),
  'muc.destroy': muc((scene) => spaceEvents.deleted(scene)),
  'muc.apply': byUser((userId, { space, actorId, reason }) => ({
    payload: { type: 'JOIN_REQUESTED', space, actorId, userId, message: textOf(reason) },
  })),
  'muc.apply_accept': toUser((userId, scene) => spaceEvents.joined(scene, [userId], 'APPROVED')),
  'muc.invite': toUser((userId, { space, actorId }) => ({
    payload: { type: 'MEMBERS_INVITED', space, actorId, userIds: [userId] },
  })),
  'muc.invite_accept': byUser((userId, scene) => spaceEvents.joined(scene, [userId], 'INVITED')),
  'muc.invite_decline': byUser((userId, { space, actorId }) => ({
    payload: { type: 'INVITATION_DECLINED', space, actorId, userId },
  })),
  'muc.presence': byUser((userId, scene) => spaceEvents.joined(scene, [userId], 'JOINED')),
  'muc.direct_joined': muc(({ from, to = from, ...scene }) =>
    spaceEvents.joined(scene, [to], to === from ? 'JOINED' : 'ADDED'),
  ),
  'muc.absence': byUser((userId, scene) => spaceEvents.left(scene, [userId], 'LEFT')),
  'muc.leave': byUser((userId, scene) => spaceEvents.left(scene, [userId], 'LEFT')),
  'muc.kick': toUser((userId, scene) => spaceEvents.left(scene, [userId], 'REMOVED')),
  'muc.ban': toUser((userId, scene) => spaceEvents.blocked(scene, [userId], true)),
  'muc.allow': toUser((userId, scene) => spaceEvents.blocked(scene, [userId], false)),
  'muc.update': muc((scene) => spaceEvents.updated(scene, null)),
  'muc.block': muc((scene) => spaceEvents.ignored(scene, true)),
  'muc.unblock': muc((scene) => spaceEvents.ignored(scene, false)),
  'muc.assing_owner': toUser((newOwnerId, scene) => spaceEvents.passed(scene, { oldOwnerId: null, newOwnerId })),
  'muc.add_admin': toUser((userId, scene) => spaceEvents.roles(scene, [userId], 'ADMIN')),
  'muc.remove_admin': toUser((userId, scene) => spaceEvents.roles(scene, [userId], 'MEMBER')),
  'muc.add_mute': toUser((userId, scene) => spaceEvents.mutes(scene, [userId], true)),
  'muc.remove_mute': toUser((userId, scene) => spaceEvents.mutes(scene, [userId], false)),
  'muc.update_announcement': muc(({ reason, ...scene }) => spaceEvents.announced(scene, textOf(reason))),
  'muc.delete_announcement': muc((scene) => spaceEvents.announced(scene, null)),
  'muc.upload_file': readUploaded,
  'muc.delete_file': muc(({ reason, ...scene }) => {
    const fileId = textOf(reason);
    return fileId === null ? spaceEvents.unnamedFiles(scene) : spaceEvents.shared(scene, [{ fileId }], false);
  }),
  'muc.add_user_white_list': toUser((userId, scene) => spaceEvents.allowed(scene, [userId], true)),
  'muc.remove_user_white_list': toUser((userId, scene) => spaceEvents.allowed(scene, [userId], false)),
  'muc.ban_group': muc((scene) => spaceEvents.mutedAll(scene, true)),
  'muc.remove_ban_group': muc((scene) => spaceEvents.mutedAll(scene, false)),
  'muc.set_metadata': readAttributes(true),
  'muc.delete_metadata': readAttributes(false),
  'muc.group_member_metadata_update': readMemberAttributes,
};
