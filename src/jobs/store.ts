import type { Job, JobError, JobFailure } from '../domain/job.ts';

/** An item that has not been done yet. */
export interface StoredItem {
  /** Its place in the list that the job was given. */
  readonly index: number;
  readonly target: string;
  readonly input: unknown;
}

/** What tells a job that is started again from another. */
export interface JobOrigin {
  readonly owner: string;
  readonly key: string | null;
  readonly fingerprint: string;
}

export interface ItemResult {
  readonly index: number;
  /** Null for an item that worked. */
  readonly error: JobError | null;
}

/**
 * What is left to do, and what became of the rest. Every change is kept, once its method is back, as long as the implementation keeps
 * anything: a process that ends between `take` and `settle` leaves items in flight, which the next one finds. Ids rise with time.
 */
export interface JobStore {
  /** Adds a job with its items in the order they are to be done. Finished jobs of the app beyond the bound are forgotten. */
  create(job: Job, origin: JobOrigin, items: readonly StoredItem[]): void;
  /** The newest job of an owner's key that was made at or after a moment. */
  byKey(
    app: string,
    owner: string,
    key: string,
    since: Date,
  ): { readonly job: Job; readonly fingerprint: string } | undefined;
  job(app: string, id: string): Job | undefined;
  /** Newest first, those older than `before` where it is given. */
  jobs(app: string, before: string | undefined, limit: number): readonly Job[];
  /** Jobs that are not over or have items in flight, the oldest first. */
  unsettled(): readonly Job[];
  /** The next items, which are in flight from then on. */
  take(id: string, count: number): readonly StoredItem[];
  inFlight(id: string): readonly StoredItem[];
  /** Items in flight are to be done as if they never had been taken; those of a job that is over are gone. */
  release(job: Job): void;
  /** What became of items in flight; gives the job as it is then. */
  settle(job: Job, results: readonly ItemResult[]): Job;
  /** A job's new status and cause; its counts stay. One that is over loses the items that are not in flight. */
  update(job: Job): void;
  /** Failures by the item's place, those after `after`. */
  failures(id: string, after: number, limit: number): readonly JobFailure[];
  close(): void;
}

/** Jobs of an app that are over and still known. */
export const maxFinishedJobs = 1_000;
