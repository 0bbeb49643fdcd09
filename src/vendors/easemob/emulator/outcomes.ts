import type { EmulatedSpace } from '../../../emulator/state.ts';
import { refuse } from './failures.ts';
import { ownerProtected, type SpaceWords } from './spaces.ts';

/** HTTP 403 for groups, 400 for rooms, same text. */
export function refuseStranger(userIds: readonly string[], words: SpaceWords): never {
  return refuse(words.strangerStatus, 'forbidden_op', `users [${userIds.join(', ')}] are not members of this group!`);
}

interface Outcomes {
  /** Those it can be done for. */
  readonly good: readonly string[];
  /** One row per user: result, action, user, the space's id, and a reason only on failure. */
  readonly rows: (action: string, idKey: string) => readonly Record<string, unknown>[];
}

/**
 * Sorts the users of a batch call. A batch where something can be done answers 200 with a row per user; one where nothing
 * can be done is refused whole, with the failure that the page lists.
 */
export function itemOutcomes(
  userIds: readonly string[],
  space: EmulatedSpace,
  words: SpaceWords,
  isIn: (userId: string) => boolean,
): Outcomes {
  const reasons = new Map(userIds.map((id) => [id, reasonAgainst(id, space, words, isIn)]));
  const good = userIds.filter((id) => reasons.get(id) === undefined);
  if (good.length === 0) {
    const strangers = userIds.filter((id) => id !== space.owner);
    return strangers.length > 0 ? refuseStranger(strangers, words) : refuse(...ownerProtected);
  }
  return {
    good,
    rows: (action, idKey) =>
      userIds.map((user) => {
        const reason = reasons.get(user);
        return {
          result: reason === undefined,
          action,
          ...(reason !== undefined && { reason }),
          user,
          [idKey]: space.id,
        };
      }),
  };
}

function reasonAgainst(
  id: string,
  space: EmulatedSpace,
  words: SpaceWords,
  isIn: (userId: string) => boolean,
): string | undefined {
  if (id === space.owner) return ownerProtected[2];
  return isIn(id) ? undefined : `user: ${id} doesn't exist in ${words.kind}: ${space.id}`;
}
