import type { RequestOptions } from '../../../domain/page.ts';
import { AppError, type Outcome } from '../../../errors.ts';
import { changeInChunks } from '../../bulk.ts';
import { isSpaceId, isUserId, userIdOf } from '../ids.ts';
import { notFound } from './context.ts';

/** How ids of one kind are written on the wire, and whether they can be. */
export interface IdRule {
  readonly what: string;
  readonly normalize: (id: string) => string;
  readonly isLegal: (id: string) => boolean;
}

export const userRule: IdRule = { what: 'user', normalize: userIdOf, isLegal: isUserId };
export const groupRule: IdRule = { what: 'group', normalize: (id) => id, isLegal: isSpaceId };
export const chatroomRule: IdRule = { what: 'chatroom', normalize: (id) => id, isLegal: isSpaceId };

/** The failure of an id that nothing can have; undefined for all others. */
export function checkId(id: string, { what, normalize, isLegal }: IdRule): AppError | undefined {
  return isLegal(normalize(id)) ? undefined : new AppError('BAD_USER_INPUT', `No ${what} can have this id.`);
}

/**
 * Changes things by id, each once, in batches of at most `max`; outcomes are in the order of `ids`. An id that nothing can
 * have fails by itself and is not sent.
 */
export function changeEach<T = void>(
  ids: readonly string[],
  { rule, max }: { readonly rule: IdRule; readonly max: number },
  send: (ids: readonly string[]) => Promise<readonly Outcome<T>[]>,
): Promise<readonly Outcome<T>[]> {
  return changeInChunks({
    items: ids,
    key: rule.normalize,
    max,
    check: (id) => checkId(id, rule),
    send: (batch) => send(batch.map(rule.normalize)),
  });
}

/**
 * Reads things by id in one call; answers are in the order of `ids`. An id that nothing can have is answered without
 * being sent, so that it does not spoil the read of those that wait with it.
 */
export async function readEach<V>(
  ids: readonly string[],
  rule: IdRule,
  read: (ids: readonly string[]) => Promise<(id: string) => V | AppError>,
): Promise<(V | AppError)[]> {
  const sent = [...new Set(ids.map(rule.normalize))].filter(rule.isLegal);
  const find = sent.length > 0 ? await read(sent) : () => notFound(rule.what);
  return ids.map((id) => (checkId(id, rule) ? notFound(rule.what) : find(rule.normalize(id))));
}

/** A read of one key as a batch of one. */
export function single<K, V>(read: (key: K, options?: RequestOptions) => Promise<V>) {
  return {
    max: 1,
    load: async (keys: readonly K[], options?: RequestOptions): Promise<V[]> => {
      const values: V[] = [];
      for (const key of keys) values.push(await read(key, options));
      return values;
    },
  };
}
