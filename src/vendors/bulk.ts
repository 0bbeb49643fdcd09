import { AppError, type ErrorCode, failed, type Outcome } from '../errors.ts';

/** Failures of calls that could not be made at all, as against those that a vendor refused or left open. */
const notMade: ReadonlySet<ErrorCode> = new Set(['RATE_LIMITED', 'VENDOR_UNAVAILABLE', 'VENDOR_MISCONFIGURED']);

const isNotMade = (error: AppError) =>
  notMade.has(error.code) || (error.code === 'BAD_USER_INPUT' && error.details.vendorCode === undefined);

/** Refusals that one item of a call can cause: a vendor that says so has done nothing for the others either. */
const ofOneItem: ReadonlySet<ErrorCode> = new Set([
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'FORBIDDEN',
  'VENDOR_REJECTED',
]);

const mayBeOfOneItem = (error: AppError) => ofOneItem.has(error.code) && error.details.vendorCode !== undefined;

/** The most calls that one change makes again, in smaller parts, to find the items that the vendor refuses (docs/bounds.md). */
const mostCallsAgain = 40;

const refusedTogether = (error: AppError) =>
  new AppError(
    error.code,
    'The vendor refused this with others in one call, and too many calls would be needed to find which.',
    error.details,
  );

/** The only item whose key stands in a refusal's text, by its place; undefined where there is none, or there are several. */
function namedIn<I>(error: AppError, items: readonly I[], key: (item: I) => string): number | undefined {
  const words = new Set(error.message.split(/[\s,;'"`()[\]]+/).flatMap((word) => [word, word.replace(/[.:!?]+$/, '')]));
  const named = items.flatMap((item, index) => (words.has(key(item)) ? [index] : []));
  return named.length === 1 ? named[0] : undefined;
}

/** The parts of a refused call: the item that the refusal names and the others around it, or else two halves. */
function partsOf<I>(items: readonly I[], error: AppError, key: (item: I) => string): readonly (readonly number[])[] {
  const indices = items.map((_, index) => index);
  const named = namedIn(error, items, key);
  if (named !== undefined) return [indices.filter((index) => index !== named), [named]];
  const half = Math.ceil(items.length / 2);
  return [indices.slice(0, half), indices.slice(half)];
}

/**
 * Sends items in chunks of at most `max`, one chunk after the other, and gives one outcome for each item, in their order.
 * A chunk that fails, fails its own items only; one that the vendor refuses for what may be one item's fault is sent again
 * in parts, so that each item has its own fate (`mostCallsAgain` calls at most). Throws the first failure when not one call
 * could be made, and `NOT_SUPPORTED` at once; rejects as aborted calls do.
 */
async function inChunks<I, T = void>(
  items: readonly I[],
  max: number,
  send: (chunk: readonly I[]) => Promise<readonly Outcome<T>[]>,
  key: (item: I) => string = () => '',
): Promise<Outcome<T>[]> {
  let callsAgain = mostCallsAgain;
  const attempt = async (part: readonly I[]): Promise<readonly Outcome<T>[] | AppError> => {
    try {
      const results = await send(part);
      return part.map((_, index) => results[index] ?? failed(new AppError('OUTCOME_UNKNOWN')));
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code === 'NOT_SUPPORTED') throw thrown;
      return thrown;
    }
  };
  const settle = async (part: readonly I[], refusal: AppError): Promise<readonly Outcome<T>[]> => {
    if (part.length === 1 || !mayBeOfOneItem(refusal)) return part.map(() => failed(refusal));
    const outcomes: Outcome<T>[] = part.map(() => failed(refusedTogether(refusal)));
    for (const indices of partsOf(part, refusal, key)) {
      if (callsAgain <= 0) break;
      callsAgain -= 1;
      const smaller = indices.flatMap((index) => part.slice(index, index + 1));
      const answer = await attempt(smaller);
      const own = answer instanceof AppError ? await settle(smaller, answer) : answer;
      indices.forEach((index, place) => {
        outcomes[index] = own[place] ?? failed(new AppError('OUTCOME_UNKNOWN'));
      });
    }
    return outcomes;
  };
  const outcomes: Outcome<T>[] = [];
  const failures: AppError[] = [];
  const all = chunks(items, max);
  for (const chunk of all) {
    const answer = await attempt(chunk);
    if (answer instanceof AppError) failures.push(answer);
    outcomes.push(...(answer instanceof AppError ? await settle(chunk, answer) : answer));
  }
  const first = failures[0];
  if (first && failures.length === all.length && failures.every(isNotMade)) throw first;
  return outcomes;
}

/** As `inChunks`, for vendors that take one item a call. */
export const oneByOne = <I, T = void>(
  items: readonly I[],
  send: (item: I) => Promise<Outcome<T>>,
): Promise<Outcome<T>[]> =>
  inChunks(items, 1, async (chunk) => {
    const outcomes: Outcome<T>[] = [];
    for (const item of chunk) outcomes.push(await send(item));
    return outcomes;
  });

/** A change of many items of which each is sent once, and none spoils its chunk. */
export interface Change<I, T> {
  readonly items: readonly I[];
  /** Items of the same key are sent once, the last of them, and share their outcome, unless `repeat` says otherwise. */
  readonly key: (item: I) => string;
  /** What an item comes to whose key an earlier one has: the first is sent then. */
  readonly repeat?: (item: I) => AppError;
  /** The most items of one call. */
  readonly max: number;
  /** What is wrong with an item by itself; it is not sent then. */
  readonly check: (item: I) => AppError | undefined;
  /** Sends one chunk and gives an outcome for each item, in their order. */
  readonly send: (chunk: readonly I[]) => Promise<readonly Outcome<T>[]>;
}

/** Checks items and sends the good ones by `inChunks`; outcomes are in the order of `items`. */
export async function changeInChunks<I, T = void>(change: Change<I, T>): Promise<Outcome<T>[]> {
  const { items, key, max, check, send, repeat } = change;
  const outcomes = new Map<string, Outcome<T>>();
  const good = new Map<string, I>();
  const repeats = new Map<I, Outcome<T>>();
  for (const item of items) {
    if (repeat && (good.has(key(item)) || outcomes.has(key(item)))) {
      repeats.set(item, failed(repeat(item)));
      continue;
    }
    const problem = check(item);
    if (problem) outcomes.set(key(item), failed(problem));
    else good.set(key(item), item);
  }
  const results = await inChunks([...good.values()], max, send, key);
  [...good.keys()].forEach((each, index) => {
    outcomes.set(each, results[index] ?? failed(new AppError('OUTCOME_UNKNOWN')));
  });
  return items.map(
    (item) => repeats.get(item) ?? outcomes.get(key(item)) ?? failed(new AppError('INTERNAL_SERVER_ERROR')),
  );
}

/** A list cut into pieces of at most `max`. */
function chunks<T>(items: readonly T[], max: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / max) }, (_, index) =>
    items.slice(index * max, (index + 1) * max),
  );
}

/** What registering comes to for an id that is given a second time. */
export const registeredTwice = (): AppError => new AppError('CONFLICT', 'The same id stands in the list before.');
