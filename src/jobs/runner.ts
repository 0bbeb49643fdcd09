import { createHash, randomBytes } from 'node:crypto';
import { serialize } from 'node:v8';
import { type Clock, sleep } from '../clock.ts';
import { isOver, type Job, type JobError, type JobKind, type NewJob } from '../domain/job.ts';
import type { Adapter } from '../domain/operations.ts';
import { AppError, failed } from '../errors.ts';
import type { RequestOptions } from '../request-options.ts';
import { Pace, resultOf } from './pace.ts';
import type { ItemResult, JobStore, StoredItem } from './store.ts';
import { type ItemOutcome, isTrouble, works } from './work.ts';

export interface JobRunnerOptions {
  readonly store: JobStore;
  readonly clock: Clock;
  readonly adapterOf: (app: string) => Adapter | undefined;
  /** Hears of faults of this server: what jobs cannot go on for. */
  readonly onFailure: (error: unknown, job: Job) => void;
}

/** Jobs of an app that are not over. */
const maxUnfinished = 20;
const dayMs = 24 * 3600 * 1000;
/** How long calls may take to end when the server stops. */
const graceMs = 5_000;

/**
 * Does jobs, one of an app at a time, at the lowest priority: people come first. What was done is kept piece by piece, so that a job goes
 * on where it was when the server starts again.
 */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #listeners = new Set<(job: Job) => void>();
  /** Cuts a running job's pauses short, when it is canceled. */
  readonly #canceling = new Map<string, AbortController>();
  /** Cuts calls. */
  readonly #ending = new AbortController();
  #isStopping = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  /** Goes on with what the process before left. */
  resume(): void {
    const { store } = this.#options;
    for (const job of store.unsettled()) {
      const left = store.inFlight(job.id);
      if (job.status !== 'CANCELING' && works[job.kind].isRepeatable) store.release(job);
      else if (left.length > 0) store.settle(job, left.map(lost));
      if (job.status === 'CANCELING') this.#end(job, 'CANCELED');
      else if (!isOver(job)) this.#enqueue(job);
    }
  }

  /** Begins a job; one of the same key and input is given again. Throws `BAD_USER_INPUT` and `LIMIT_REACHED`. */
  start<K extends JobKind>({ app, kind, items, owner, idempotencyKey: key }: NewJob<K>): Job {
    const { store, clock } = this.#options;
    const now = clock.now();
    const fingerprint = createHash('sha256')
      .update(serialize([kind, items]))
      .digest('base64');
    const known = key === undefined ? undefined : store.byKey(app, owner, key, new Date(now - dayMs));
    const input = 'input.idempotencyKey';
    if (known && known.fingerprint !== fingerprint)
      throw new AppError('BAD_USER_INPUT', `${input} was used for another input.`, { input });
    if (known) return known.job;
    if (store.unsettled().filter((job) => job.app === app).length >= maxUnfinished)
      throw new AppError('LIMIT_REACHED', `At most ${maxUnfinished} jobs of an app wait or run.`, { app });
    const id = `${now.toString(36).padStart(9, '0')}-${randomBytes(6).toString('hex')}`;
    const fresh = { startedAt: null, finishedAt: null, succeeded: 0, failed: 0, pauseCause: null };
    const job: Job = { id, app, kind, status: 'WAITING', createdAt: new Date(now), total: items.length, ...fresh };
    const { compare } = works[kind];
    const stored = items.map(({ target, input: given }, index) => ({ index, target, input: given }));
    if (compare) stored.sort((one, other) => compare(one.input, other.input));
    store.create(job, { owner, key: key ?? null, fingerprint }, stored);
    this.#enqueue(job);
    return job;
  }

  /**
   * Begins nothing more of a job, and gives it as it is then: `CANCELED`, or `CANCELING` until the calls that are under way are settled. Items
   * that were not begun stay undone. One that is over stays as it is.
   */
  cancel({ app, id }: Job): Job {
    const { store } = this.#options;
    const job = this.#known(app, id);
    if (isOver(job) || job.status === 'CANCELING') return job;
    const isUnderWay = store.inFlight(id).length > 0;
    const canceled = isUnderWay
      ? this.#change(job, { status: 'CANCELING', pauseCause: null })
      : this.#end(job, 'CANCELED');
    this.#canceling.get(id)?.abort();
    return canceled;
  }

  /** Calls `listener` with every job that moved on; gives the function that ends it. */
  onProgress(listener: (job: Job) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins nothing more, and waits a while for what is under way; what is cut then is in flight for the next start. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const each of this.#canceling.values()) each.abort();
    const cancelGrace = this.#options.clock.schedule(graceMs, () => this.#ending.abort());
    await Promise.all(this.#lanes.values());
    cancelGrace();
  }

  #enqueue(job: Job): void {
    const before = this.#lanes.get(job.app) ?? Promise.resolve();
    const running = before
      .then(() => this.#run(job))
      .catch((error: unknown) => {
        if (!this.#isStopping) this.#options.onFailure(error, job);
      });
    this.#lanes.set(job.app, running);
  }

  async #run({ app, id, kind }: Job): Promise<void> {
    const { store, clock } = this.#options;
    const canceling = new AbortController();
    this.#canceling.set(id, canceling);
    const pace = new Pace(works[kind]);
    try {
      let job = this.#going(app, id);
      if (job?.status === 'PAUSED') pace.isTrial = true;
      else if (job) job = this.#change(job, { status: 'RUNNING', startedAt: job.startedAt ?? new Date(clock.now()) });
      while (job) {
        const items = store.take(id, pace.size);
        if (items.length === 0) {
          this.#end(job, 'FINISHED');
          return;
        }
        const outcomes = await this.#call(job, items);
        const isWell = !pace.isTroubled(outcomes) || (await this.#isWell(job));
        // What was cut stays in flight: nobody knows what became of it.
        if (this.#ending.signal.aborted) return;
        const { results, pauseCause } = pace.take(items, outcomes, isWell);
        const moved = store.settle(job, results);
        if (results.length < items.length) store.release(job);
        if (moved.status === 'CANCELING') {
          this.#end(moved, 'CANCELED');
          return;
        }
        job = this.#moved(moved, pauseCause);
        const isAllDone = moved.succeeded + moved.failed === moved.total;
        if (pace.pauseMs > 0 && !isAllDone) await this.#pause(job, pace, canceling.signal);
        job = this.#going(app, id);
      }
    } finally {
      this.#canceling.delete(id);
    }
  }

  /** The job as it is, when there is something to do about it. */
  #going(app: string, id: string): Job | undefined {
    const job = this.#options.store.job(app, id);
    return this.#isStopping || !job || isOver(job) || job.status === 'CANCELING' ? undefined : job;
  }

  #known(app: string, id: string): Job {
    const job = this.#options.store.job(app, id);
    if (!job) throw new Error(`no job ${id}`);
    return job;
  }

  /** Takes note of a settled piece: whether the job is paused then, or runs. */
  #moved(job: Job, pauseCause: JobError | null): Job {
    const status = pauseCause ? 'PAUSED' : 'RUNNING';
    if (status !== job.status || pauseCause?.code !== job.pauseCause?.code)
      return this.#change(job, { status, pauseCause });
    this.#tell(job);
    return job;
  }

  /** Waits, while the job is paused until the vendor is well again. Ends at once when the job is canceled or the server stops. */
  async #pause(job: Job, pace: Pace, canceled: AbortSignal): Promise<void> {
    do {
      await sleep(this.#options.clock, pace.pauseMs, canceled).catch(() => undefined);
      if (canceled.aborted) return;
      pace.lengthen();
    } while (job.status === 'PAUSED' && !(await this.#isWell(job)) && !canceled.aborted);
  }

  /** Whether the vendor answers and takes the app's credentials, by a read; true where the adapter has none that shows it. */
  async #isWell({ app, id }: Job): Promise<boolean> {
    const operations = this.#options.adapterOf(app)?.operations ?? {};
    const options = this.#optionsOf(id);
    try {
      const verified = await operations['Mutation.verifyApp']?.(null, options);
      if (verified) return verified.isAccepted;
      const [read] = (await operations['User.name']?.load(['anybody'], options)) ?? [];
      return !(read instanceof AppError) || isVendorWell(read);
    } catch (error) {
      return error instanceof AppError && isVendorWell(error);
    }
  }

  #optionsOf(id: string): RequestOptions {
    return { priority: 'bulk', viewer: `job ${id}`, signal: this.#ending.signal };
  }

  #call({ app, kind, id }: Job, items: readonly StoredItem[]): Promise<readonly ItemOutcome[]> {
    const adapter = this.#options.adapterOf(app);
    if (!adapter) return Promise.resolve(items.map(() => failed(new AppError('NOT_FOUND', 'There is no such app.'))));
    // The store keeps inputs without their types; they are those of the job's kind.
    const run = works[kind].run as (
      adapter: Adapter,
      inputs: readonly unknown[],
      options: RequestOptions,
    ) => Promise<readonly ItemOutcome[]>;
    const inputs = items.map(({ input }) => input);
    return run(adapter, inputs, this.#optionsOf(id));
  }

  #end(job: Job, status: 'FINISHED' | 'CANCELED'): Job {
    return this.#change(job, { status, pauseCause: null, finishedAt: new Date(this.#options.clock.now()) });
  }

  /** Changes the job as it is now, whatever was known of it before. */
  #change({ app, id }: Job, change: Partial<Job>): Job {
    const changed = { ...this.#known(app, id), ...change };
    this.#options.store.update(changed);
    this.#tell(changed);
    return changed;
  }

  #tell(job: Job): void {
    for (const listener of this.#listeners) listener(job);
  }
}

/** A failure that leaves no doubt about the vendor. */
const isVendorWell = (error: AppError) => !isTrouble(error) || error.code === 'RATE_LIMITED';

/** The process ended while it was under way. */
const lost = ({ index }: StoredItem): ItemResult => resultOf(index, failed(new AppError('OUTCOME_UNKNOWN')));
