import type { EventPayloads, JoinCause, LeaveCause } from '../../../domain/event.ts';
import type { StoredFile } from '../../../domain/file.ts';
import type { SpaceKey } from '../../../domain/space.ts';
import { placeOf, sharedKey, type Told } from './reader.ts';

/** Where something happened, who did it and when: the same in both formats. */
export interface Scene {
  readonly space: SpaceKey;
  readonly actorId: string | null;
  readonly at: Date | null;
}

type Said<T extends keyof EventPayloads> = Omit<EventPayloads[T], 'space' | 'actorId'>;

/**
 * What happens in groups and chatrooms, with the keys that make one event of what both formats tell. The older one tells user by
 * user, so what is done to several at once is an event for each.
 */
export const spaceEvents = {
  created: (scene: Scene, said: Said<'SPACE_CREATED'>): Told => ({
    payload: { type: 'SPACE_CREATED', ...where(scene), ...said },
    // Ids are used once.
    key: `created|${placeOf(scene.space)}`,
  }),
  deleted: (scene: Scene): Told => ({
    payload: { type: 'SPACE_DELETED', ...where(scene), memberIds: null },
    key: `deleted|${placeOf(scene.space)}`,
  }),
  updated: (scene: Scene, fields: readonly string[] | null): Told => ({
    payload: { type: 'SPACE_UPDATED', ...where(scene), fields },
    key: keyOf('updated', scene),
  }),
  announced: (scene: Scene, announcement: string | null): Told => ({
    payload: { type: 'SPACE_ANNOUNCEMENT_CHANGED', ...where(scene), announcement },
    key: keyOf('announced', scene),
  }),
  passed: (scene: Scene, said: Said<'SPACE_OWNER_CHANGED'>): Told => ({
    payload: { type: 'SPACE_OWNER_CHANGED', ...where(scene), ...said },
    key: keyOf('owner', scene, said.newOwnerId),
  }),
  joined: (scene: Scene, userIds: readonly string[], cause: JoinCause, memberCount: number | null = null): Told[] =>
    userIds.map((userId) => ({
      payload: { type: 'MEMBERS_JOINED', ...where(scene), userIds: [userId], cause, memberCount },
      key: keyOf('joined', scene, userId),
    })),
  left: (scene: Scene, userIds: readonly string[], cause: LeaveCause, memberCount: number | null = null): Told[] =>
    userIds.map((userId) => ({
      payload: { type: 'MEMBERS_LEFT', ...where(scene), userIds: [userId], cause, memberCount },
      key: keyOf('left', scene, userId),
    })),
  roles: (scene: Scene, userIds: readonly string[], role: 'ADMIN' | 'MEMBER'): Told[] =>
    userIds.map((userId) => ({
      payload: { type: 'MEMBER_ROLES_CHANGED', ...where(scene), userIds: [userId], role },
      key: keyOf('role', scene, userId, role),
    })),
  mutes: (scene: Scene, userIds: readonly string[], isMuted: boolean, expiresAt: Date | null = null): Told[] =>
    userIds.map((userId) => ({
      payload: { type: 'MEMBER_MUTES_CHANGED', ...where(scene), userIds: [userId], isMuted, expiresAt },
      key: keyOf('mute', scene, userId, String(isMuted)),
    })),
  mutedAll: (scene: Scene, isMuted: boolean): Told => ({
    payload: { type: 'SPACE_MUTE_CHANGED', ...where(scene), isMuted },
    key: keyOf('muteAll', scene, String(isMuted)),
  }),
  allowed: (scene: Scene, userIds: readonly string[], isAdded: boolean): Told[] =>
    userIds.map((userId) => ({
      payload: { type: 'SPACE_ALLOWLIST_CHANGED', ...where(scene), userIds: [userId], isAdded },
      key: keyOf('allow', scene, userId, String(isAdded)),
    })),
  blocked: (scene: Scene, userIds: readonly string[], isAdded: boolean, expiresAt: Date | null = null): Told[] =>
    userIds.map((userId) => ({
      payload: { type: 'SPACE_BLOCKLIST_CHANGED', ...where(scene), userIds: [userId], isAdded, expiresAt },
      key: keyOf('block', scene, userId, String(isAdded)),
    })),
  ignored: (scene: Scene, isIgnored: boolean): Told => ({
    payload: { type: 'SPACE_IGNORE_CHANGED', ...where(scene), isIgnored },
    key: keyOf('ignore', scene, scene.actorId ?? '', String(isIgnored)),
  }),
  shared: (scene: Scene, files: readonly StoredFile[], isAdded: boolean): Told[] =>
    files.map((file) => ({
      payload: { type: 'SHARED_FILES_CHANGED', ...where(scene), files: [file], isAdded },
      key: `file|${placeOf(scene.space)}|${file.fileId}|${isAdded}`,
    })),
  /** A file was deleted, and which one is not told. */
  unnamedFiles: (scene: Scene): Told => ({
    payload: { type: 'SHARED_FILES_CHANGED', ...where(scene), files: [], isAdded: false },
  }),
};

const where = ({ space, actorId }: Scene) => ({ space, actorId });

const keyOf = (change: string, { space, at }: Scene, ...details: readonly string[]) =>
  sharedKey(change, at, placeOf(space), ...details);
