import type { PageRequest } from '../../../domain/page.ts';
import { AppError, failed, type Outcome, succeeded } from '../../../errors.ts';
import type { AppContext } from '../../vendor.ts';
import type { Config } from '../app-config.ts';
import type { ItemFailure } from '../envelope.ts';

/** What every adapter of this vendor is made from. */
export type Context = AppContext<Config>;

/** What the vendor allows in a user's id (catalogue: quirks). */
const userIdPattern = /^[A-Za-z0-9!#$%&()+\-:;<=.>?@[\]^_ {}|~,]{1,32}$/;

/** Whether there can be such a user. One that cannot be spoils no batch by being asked for. */
export const isUserId = (id: string): boolean => userIdPattern.test(id);

/** What is wrong with a user's id that is to be changed. */
export function checkUserId(id: string): AppError | undefined {
  if (isUserId(id)) return undefined;
  return new AppError('BAD_USER_INPUT', 'A user id has 1-32 characters: letters, digits and some punctuation.');
}

/** The same for an id that is to be registered: a comma is allowed by the pages of rooms alone, and would refuse the batch. */
export function checkNewUserId(id: string): AppError | undefined {
  if (id.includes(',')) return new AppError('BAD_USER_INPUT', 'A user id has no comma.');
  return checkUserId(id);
}

/** Refuses a choice that the vendor lacks, before anything is sent. Throws `NOT_SUPPORTED` with the argument's path. */
export function refuse(isWanted: boolean, input: string, what: string): void {
  if (isWanted) throw new AppError('NOT_SUPPORTED', `This vendor has no ${what}.`, { input });
}

const noSuchUser = () => new AppError('NOT_FOUND', 'There is no such user.');

/** A batch's answer as `envelope.ts` leaves it. */
interface BatchReply {
  readonly failures: readonly ItemFailure[];
  readonly refusal?: AppError | undefined;
}

/** One outcome for each key, in their order: its own failure, that of all, or what `value` finds for it. */
export function outcomesOf<T>(reply: BatchReply, keys: readonly string[], value: (key: string) => T): Outcome<T>[] {
  const errors = new Map(reply.failures.map(({ id, error }) => [id, error]));
  return keys.map((key) => {
    const error = errors.get(key) ?? reply.refusal;
    return error ? failed(error) : succeeded(value(key));
  });
}

export const nothing = (): void => undefined;

/**
 * Asks the vendor for many users at once, and leaves out those that cannot be. Gives a value or an error for each, in
 * their order; `NOT_FOUND` for those that the answer does not tell of.
 */
export async function loadUsers<T>(
  userIds: readonly string[],
  ask: (userIds: readonly string[]) => Promise<BatchReply & { readonly found: ReadonlyMap<string, T> }>,
): Promise<readonly (T | AppError)[]> {
  const askable = [...new Set(userIds.filter(isUserId))];
  if (askable.length === 0) return userIds.map(noSuchUser);
  const { failures, refusal, found } = await ask(askable);
  const errors = new Map(failures.map(({ id, error }) => [id, error]));
  return userIds.map((id) => found.get(id) ?? errors.get(id) ?? refusal ?? noSuchUser());
}

/** A page of a vendor's list: where it begins, and the size that all pages of the list must share. */
export interface Place {
  readonly limit: number;
  readonly next: string;
}

/**
 * Reads a position made by `positionOf`. The vendor wants `Limit` the same over all pages, so the first page's goes with
 * it. Throws `BAD_CURSOR`.
 */
export function placeOf(page: PageRequest, start: string): Place {
  if (page.position === undefined) return { limit: page.limit, next: start };
  const [, limit, next] = /^(\d{1,3}):(.{1,256})$/s.exec(page.position) ?? [];
  if (limit === undefined || next === undefined || Number(limit) < 1) throw new AppError('BAD_CURSOR');
  return { limit: Number(limit), next };
}

/** As `placeOf`, for lists whose cursor is a number. */
export function numberedPlaceOf(page: PageRequest): { readonly limit: number; readonly next: number } {
  const { limit, next } = placeOf(page, '0');
  if (!/^\d{1,15}$/.test(next)) throw new AppError('BAD_CURSOR');
  return { limit, next: Number(next) };
}

/** Where the page after this one begins; undefined at the end, and when the vendor says to begin where it just did. */
export function positionOf(
  place: { readonly limit: number; readonly next: string | number },
  next: string | undefined,
) {
  return next === undefined || next === String(place.next) ? undefined : `${place.limit}:${next}`;
}

const latestMs = 8.64e15;

/** A moment in milliseconds; null where there is none, or none that a calendar has. */
export const dateOf = (ms: number | undefined): Date | null =>
  ms !== undefined && ms > 0 && ms <= latestMs ? new Date(ms) : null;
