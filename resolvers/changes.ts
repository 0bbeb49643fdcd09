import type { AppView, Context } from '../src/domain/context.ts';
import type { JoinCause, LeaveCause } from '../src/domain/event.ts';
import { keyOfSpace, type SpaceNode } from '../src/domain/node.ts';
import type { ChoiceInput } from '../src/domain/operations.ts';
import type { SpaceKey } from '../src/domain/space.ts';
import type { Outcome } from '../src/errors.ts';
import { spaceNamed, userIdOf, userIdsOf } from './nodes.ts';

interface SpaceInput {
  readonly spaceId: string;
  readonly actorId?: string | null;
}

/** A change of a space, its ids taken apart: what every such input has is in `change`. */
interface SpaceChange {
  readonly node: SpaceNode;
  readonly view: AppView;
  readonly change: { readonly space: SpaceKey; readonly actorId: string | undefined };
}

/**
 * Takes apart the input of a change of a space. Throws `BAD_USER_INPUT` for ids that are not of one app, and `NOT_SUPPORTED`
 * for a field that the app's vendor does not take.
 */
export function spaceChange(type: ChoiceInput, input: SpaceInput, context: Context): SpaceChange {
  const node = spaceNamed(input.spaceId);
  const view = context.app(node.app);
  view.takes(type, input, 'input');
  const actorId = userIdOf(input.actorId, 'input.actorId', node.app);
  return { node, view, change: { space: keyOfSpace(node), actorId } };
}

/** As `spaceChange`, of one to a hundred users in it. */
export function membersChange(
  type: ChoiceInput,
  input: SpaceInput & { readonly userIds: readonly string[] },
  context: Context,
) {
  const { userIds } = userIdsOf(input.userIds, 'input.userIds', spaceNamed(input.spaceId).app);
  const { node, view, change } = spaceChange(type, input, context);
  return { node, view, change: { ...change, userIds } };
}

/** Takes note of those whom a change put out of a space: each whose outcome is that it worked. */
export async function noteRemoved(
  app: string,
  space: SpaceKey,
  userIds: readonly string[],
  outcomes: readonly Outcome[],
  cause: LeaveCause,
  context: Context,
): Promise<void> {
  const removed = userIds.filter((_, index) => outcomes[index]?.ok);
  if (removed.length === 0) return;
  const by = { actorId: actingIn(app, context), memberCount: null };
  await context.noteMembership(app, { type: 'MEMBERS_LEFT', space, userIds: removed, cause, ...by });
}

/** Takes note of those whom a change brought into a space, as it does of those whom one put out. */
export async function noteAdded(
  app: string,
  space: SpaceKey,
  userIds: readonly string[],
  outcomes: readonly Outcome[],
  cause: JoinCause,
  context: Context,
): Promise<void> {
  const added = userIds.filter((_, index) => outcomes[index]?.ok);
  if (added.length === 0) return;
  const by = { actorId: actingIn(app, context), memberCount: null };
  await context.noteMembership(app, { type: 'MEMBERS_JOINED', space, userIds: added, cause, ...by });
}

/** Who changes something of an app; null for a token without an account in it. */
export const actingIn = (app: string, context: Context): string | null =>
  context.access.viewer.accounts.get(app) ?? null;
