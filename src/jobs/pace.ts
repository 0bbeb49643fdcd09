import type { JobError } from '../domain/job.ts';
import { AppError, type ErrorCode, failed, mayHaveHappened, type Outcome } from '../errors.ts';
import type { ItemResult, StoredItem } from './store.ts';
import { type ItemOutcome, isTrouble } from './work.ts';

/** Tries of an item that fail while the vendor does well otherwise. */
const maxTries = 6;
const longestPauseMs = 60_000;

/** Failures that say that nothing was changed, and that another try makes sense. */
const notSent: ReadonlySet<ErrorCode> = new Set(['RATE_LIMITED', 'VENDOR_UNAVAILABLE', 'VENDOR_MISCONFIGURED']);

/**
 * How a job goes on: whole pieces while all is well, single items after a pause. Pauses last 1, 2, 4 ... 60 seconds; the first thing that works ends
 * them. An item is given up after six tries that say something of it; those during an outage, or beyond a rate limit, do not.
 */
export class Pace {
  readonly #work: { readonly atOnce: number; readonly isRepeatable: boolean };
  readonly #tries = new Map<number, number>();
  /** Items that an earlier try may have done. */
  readonly #uncertain = new Set<number>();
  #pauses = 0;
  /** Whether the next piece is one item, to see whether it works. */
  isTrial = false;

  constructor(work: { readonly atOnce: number; readonly isRepeatable: boolean }) {
    this.#work = work;
  }

  /** How many items to do next. */
  get size(): number {
    return this.isTrial ? 1 : this.#work.atOnce;
  }

  /** How long to wait before them; 0 when all is well. */
  get pauseMs(): number {
    return this.#pauses === 0 ? 0 : Math.min(longestPauseMs, 1000 * 2 ** (this.#pauses - 1));
  }

  /** Has the next pause be longer. */
  lengthen(): void {
    this.#pauses += 1;
  }

  isTroubled(outcomes: readonly ItemOutcome[]): boolean {
    return troublesIn(outcomes).length > 0;
  }

  /**
   * What to keep of a piece's outcomes: those without a result are to be done again. With a cause the job is to be paused: the vendor is not well, or
   * nothing of the piece worked.
   */
  take(
    items: readonly StoredItem[],
    outcomes: readonly ItemOutcome[],
    isWell: boolean,
  ): { readonly results: ItemResult[]; readonly pauseCause: JobError | null } {
    const [trouble] = troublesIn(outcomes);
    const hasWorked = outcomes.some((outcome) => outcome && (outcome.ok || !isTrouble(outcome.error)));
    const isOutage = trouble !== undefined && (!isWell || !hasWorked);
    const results: ItemResult[] = [];
    let hasRefused = false;
    for (const [place, { index }] of items.entries()) {
      const outcome = outcomes[place] === undefined ? failed(new AppError('OUTCOME_UNKNOWN')) : outcomes[place];
      if (outcome === null || (!outcome.ok && this.#isToBeDone(index, outcome.error, isWell, isOutage))) {
        hasRefused ||= outcome !== null;
        continue;
      }
      this.#tries.delete(index);
      results.push(resultOf(index, this.#explained(index, outcome)));
    }
    this.isTrial = isOutage;
    if (!isOutage && !hasRefused) this.#pauses = 0;
    else if (this.#pauses === 0) this.#pauses = 1;
    return { results, pauseCause: isOutage ? errorOf(trouble) : null };
  }

  #explained(index: number, outcome: Outcome<unknown>): Outcome<unknown> {
    const isOwn = this.#uncertain.delete(index) && !outcome.ok && outcome.error.code === 'CONFLICT';
    return isOwn ? failed(new AppError('CONFLICT', maybeOwn, { cause: outcome.error })) : outcome;
  }

  /** Whether an item that failed so is to be tried again. */
  #isToBeDone(index: number, error: AppError, isWell: boolean, isOutage: boolean): boolean {
    const isRepeatable = this.#work.isRepeatable && isTrouble(error);
    if (isRepeatable && mayHaveHappened(error)) this.#uncertain.add(index);
    if (!notSent.has(error.code) && !isRepeatable) return false;
    // Where others of the piece worked, it is about this one.
    if (error.code === 'VENDOR_MISCONFIGURED' && !isOutage) return false;
    if (!isWell || error.code === 'RATE_LIMITED') return true;
    const tries = (this.#tries.get(index) ?? 0) + 1;
    this.#tries.set(index, tries);
    return tries < maxTries;
  }
}

const maybeOwn = 'There is one with this id: an earlier try of this job, of which no answer came, may have made it.';

const troublesIn = (outcomes: readonly ItemOutcome[]): readonly AppError[] =>
  outcomes.flatMap((outcome) => (outcome && !outcome.ok && isTrouble(outcome.error) ? outcome.error : []));

export const resultOf = (index: number, outcome: Outcome<unknown>): ItemResult => ({
  index,
  error: outcome.ok ? null : errorOf(outcome.error),
});

const errorOf = ({ code, message, details }: AppError): JobError => ({
  code,
  message,
  vendorCode: details.vendorCode ?? null,
});
