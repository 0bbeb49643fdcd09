import type { EventPayload } from './event.ts';
import type { SpaceKey } from './space.ts';

/** A change of who is in a space. */
export type MembershipChange = Extract<
  EventPayload,
  { readonly type: 'SPACE_CREATED' | 'SPACE_DELETED' | 'MEMBERS_JOINED' | 'MEMBERS_LEFT' }
>;

/** Who is in a space no more by a change: everybody where the users are null. Null where nobody has left. */
export function departedBy(
  change: MembershipChange,
): { readonly space: SpaceKey; readonly userIds: readonly string[] | null } | null {
  const { type, space } = change;
  if (type === 'SPACE_DELETED') return { space, userIds: null };
  return type === 'MEMBERS_LEFT' ? { space, userIds: change.userIds } : null;
}
