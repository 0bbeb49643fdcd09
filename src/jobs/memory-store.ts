import { isOver, type Job, type JobFailure } from '../domain/job.ts';
import { type ItemResult, type JobOrigin, type JobStore, maxFinishedJobs, type StoredItem } from './store.ts';

interface Kept {
  job: Job;
  readonly origin: JobOrigin;
  waiting: readonly StoredItem[];
  taken: readonly StoredItem[];
  readonly failures: JobFailure[];
}

/** Failures of the items of all jobs that are told of. */
const maxFailures = 100_000;

/** A `JobStore` that ends with the process. */
export class MemoryJobStore implements JobStore {
  /** In the order they were made. */
  readonly #jobs = new Map<string, Kept>();

  create(job: Job, origin: JobOrigin, items: readonly StoredItem[]): void {
    this.#jobs.set(job.id, { job, origin, waiting: items, taken: [], failures: [] });
    const finished = this.#all().filter((each) => each.job.app === job.app && isOver(each.job));
    for (const each of finished.slice(0, Math.max(0, finished.length - maxFinishedJobs)))
      this.#jobs.delete(each.job.id);
    this.#dropFailures();
  }

  byKey(app: string, owner: string, key: string, since: Date) {
    const found = this.#all().findLast(
      ({ job, origin }) =>
        job.app === app && origin.owner === owner && origin.key === key && job.createdAt.getTime() >= since.getTime(),
    );
    return found && { job: found.job, fingerprint: found.origin.fingerprint };
  }

  job(app: string, id: string): Job | undefined {
    const job = this.#jobs.get(id)?.job;
    return job?.app === app ? job : undefined;
  }

  jobs(app: string, before: string | undefined, limit: number): readonly Job[] {
    const wanted = this.#all().filter(({ job }) => job.app === app && (before === undefined || job.id < before));
    return wanted
      .map(({ job }) => job)
      .reverse()
      .slice(0, limit);
  }

  unsettled(): readonly Job[] {
    return this.#all()
      .filter(({ job, taken }) => !isOver(job) || taken.length > 0)
      .map(({ job }) => job);
  }

  take(id: string, count: number): readonly StoredItem[] {
    const kept = this.#kept(id);
    const items = kept.waiting.slice(0, count);
    kept.waiting = kept.waiting.slice(count);
    kept.taken = [...kept.taken, ...items];
    return items;
  }

  inFlight(id: string): readonly StoredItem[] {
    return this.#kept(id).taken;
  }

  release({ id }: Job): void {
    const kept = this.#kept(id);
    kept.waiting = isOver(kept.job) ? [] : [...kept.taken, ...kept.waiting];
    kept.taken = [];
  }

  settle({ id }: Job, results: readonly ItemResult[]): Job {
    const kept = this.#kept(id);
    for (const { index, error } of results) {
      const item = kept.taken.find((each) => each.index === index);
      if (item && error) kept.failures.push({ index, target: item.target, error });
    }
    const settled = new Set(results.map(({ index }) => index));
    kept.taken = kept.taken.filter(({ index }) => !settled.has(index));
    const failed = results.filter(({ error }) => error !== null).length;
    const { job } = kept;
    kept.job = { ...job, failed: job.failed + failed, succeeded: job.succeeded + results.length - failed };
    return kept.job;
  }

  update(job: Job): void {
    const kept = this.#kept(job.id);
    // The counts are those of what was settled.
    const { succeeded, failed } = kept.job;
    kept.job = { ...job, succeeded, failed };
    if (isOver(job)) kept.waiting = [];
  }

  failures(id: string, after: number, limit: number): readonly JobFailure[] {
    const all = this.#jobs.get(id)?.failures ?? [];
    return all
      .filter(({ index }) => index > after)
      .sort((one, other) => one.index - other.index)
      .slice(0, limit);
  }

  /** Nothing to close. */
  close(): void {}

  /** The failures of jobs that are over go first where they are too many, those of the oldest job before the others. */
  #dropFailures(): void {
    let count = this.#all().reduce((sum, { failures }) => sum + failures.length, 0);
    for (const { job, failures } of this.#all()) {
      if (count <= maxFailures) return;
      if (!isOver(job)) continue;
      count -= failures.length;
      failures.length = 0;
    }
  }

  #all(): Kept[] {
    return [...this.#jobs.values()];
  }

  #kept(id: string): Kept {
    const kept = this.#jobs.get(id);
    if (!kept) throw new Error(`no job ${id}`);
    return kept;
  }
}
