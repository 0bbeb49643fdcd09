import type { Jobs, PageArgs, ReadConnection } from '../domain/context.ts';
import type { Job, JobKind, NewJob } from '../domain/job.ts';
import { AppError } from '../errors.ts';
import { jobProgress } from './progress.ts';
import type { JobRunner } from './runner.ts';
import type { JobStore } from './store.ts';

/** Jobs during one request. */
export class RequestJobs implements Jobs {
  readonly #runner: JobRunner;
  readonly #store: JobStore;
  readonly #owner: string;
  readonly #readConnection: ReadConnection;

  constructor(runner: JobRunner, store: JobStore, owner: string, readConnection: ReadConnection) {
    this.#runner = runner;
    this.#store = store;
    this.#owner = owner;
    this.#readConnection = readConnection;
  }

  start<K extends JobKind>(job: Omit<NewJob<K>, 'owner'>): Job {
    return this.#runner.start({ ...job, owner: this.#owner });
  }

  find(app: string, id: string): Job | undefined {
    return this.#store.job(app, id);
  }

  list(app: string, page: PageArgs) {
    return this.#readConnection(`jobs ${app}`, page, async ({ position, limit }) => {
      const items = this.#store.jobs(app, position, limit);
      const last = items.at(-1);
      return { items, next: items.length === limit ? last?.id : undefined };
    });
  }

  failures(job: Job, page: PageArgs) {
    return this.#readConnection(`failures ${job.id}`, page, async ({ position = '-1', limit }) => {
      if (!/^-1$|^\d{1,9}$/.test(position)) throw new AppError('BAD_CURSOR');
      const items = this.#store.failures(job.id, Number(position), limit);
      const last = items.at(-1);
      return { items, next: items.length === limit ? String(last?.index) : undefined };
    });
  }

  cancel(job: Job): Job {
    return this.#runner.cancel(job);
  }

  progress(job: Job): AsyncIterable<Job> {
    return jobProgress(this.#runner, job);
  }
}
