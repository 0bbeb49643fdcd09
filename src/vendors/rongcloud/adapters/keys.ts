import { AppError } from '../../../errors.ts';
import { listedId } from '../endpoints/parameters.ts';

/** What is wrong with a user's or group's id by itself, so that it does not spoil a call for others. */
export const problemOf = (id: string): AppError | undefined =>
  listedId.safeParse(id).success ? undefined : new AppError('BAD_USER_INPUT', 'The id is too long or has a comma.');

/** Loads those keys whose id is good, and gives an answer for each key, in their order. */
export async function loadGood<K, V>(
  keys: readonly K[],
  idOf: (key: K) => string,
  load: (good: readonly K[]) => Promise<ReadonlyMap<string, V | AppError>>,
): Promise<(V | AppError)[]> {
  const good = keys.filter((key) => problemOf(idOf(key)) === undefined);
  const found = good.length === 0 ? new Map<string, V | AppError>() : await load(good);
  return keys.map((key) => {
    const value = found.get(idOf(key));
    // Null is an answer, too.
    return value === undefined ? (problemOf(idOf(key)) ?? new AppError('NOT_FOUND')) : value;
  });
}

/** A value, or the failure to get it as one. Rejects with what is no failure of a call, such as an abort. */
export async function orError<V>(value: Promise<V>): Promise<V | AppError> {
  try {
    return await value;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
