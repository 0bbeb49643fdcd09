import { createHash, randomBytes } from 'node:crypto';
import { serialize } from 'node:v8';
import { type Clock, sleep } from '../clock.ts';
import { isOver, type Job, type JobError, type JobKind, type NewJob } from '../domain/job.ts';
import type { Adapter } from '../domain/operations.ts';
import { AppError, type ErrorCode, failed, type Outcome } from '../errors.ts';
import type { RequestOptions } from '../request-options.ts';
import type { ItemResult, JobStore, StoredItem } from './store.ts';
import { works } from './work.ts';

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
/** Tries of an item that could not be sent at all. */
const maxTries = 6;
const longestPauseMs = 60_000;
/** How long calls may take to end when the server stops. */
const graceMs = 5_000;

/** Failures that say that nothing was changed, and that another try makes sense. */
const notSent: ReadonlySet<ErrorCode> = new Set(['RATE_LIMITED', 'VENDOR_UNAVAILABLE']);

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
      if (works[job.kind].isRepeatable) store.release(job);
      else if (left.length > 0) store.settle(job, left.map(lost));
      if (!isOver(job)) this.#enqueue(job);
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
    const fresh = { startedAt: null, finishedAt: null, succeeded: 0, failed: 0 };
    const job: Job = { id, app, kind, status: 'WAITING', createdAt: new Date(now), total: items.length, ...fresh };
    const { compare } = works[kind];
    const stored = items.map(({ target, input: given }, index) => ({ index, target, input: given }));
    if (compare) stored.sort((one, other) => compare(one.input, other.input));
    store.create(job, { owner, key: key ?? null, fingerprint }, stored);
    this.#enqueue(job);
    return job;
  }

  /** Ends a job after the calls that are under way; items that were not begun stay undone. One that is over stays as it is. */
  cancel(job: Job): Job {
    if (isOver(job)) return job;
    const canceled = this.#change(job, { status: 'CANCELED', finishedAt: new Date(this.#options.clock.now()) });
    this.#canceling.get(job.id)?.abort();
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
    try {
      let job = this.#going(app, id);
      if (job && !job.startedAt) job = this.#change(job, { status: 'RUNNING', startedAt: new Date(clock.now()) });
      while (job) {
        const items = store.take(id, works[kind].atOnce);
        if (items.length === 0) {
          this.#change(job, { status: 'FINISHED', finishedAt: new Date(clock.now()) });
          return;
        }
        const results = await this.#do(job, items, canceling.signal);
        // What was cut stays in flight: nobody knows what became of it.
        if (this.#ending.signal.aborted) return;
        const moved = store.settle(job, results);
        if (results.length < items.length) store.release(job);
        this.#tell(moved);
        job = this.#going(app, id);
      }
    } finally {
      this.#canceling.delete(id);
    }
  }

  /** The job as it is, when there is something to do about it. */
  #going(app: string, id: string): Job | undefined {
    const job = this.#options.store.job(app, id);
    return this.#isStopping || !job || isOver(job) ? undefined : job;
  }

  /**
   * Does items. Those that were not sent are tried again after a pause that grows, and so are repeatable ones whose fate is not
   * known. Gives no result for those that were left when the job was canceled or the server stopped.
   */
  async #do(job: Job, items: readonly StoredItem[], canceled: AbortSignal): Promise<ItemResult[]> {
    const results = new Map<number, Outcome<unknown>>();
    let left = items;
    for (let tries = 1; left.length > 0; tries += 1) {
      const outcomes = await this.#call(job, left);
      for (const [place, { index }] of left.entries())
        results.set(index, outcomes[place] ?? failed(new AppError('OUTCOME_UNKNOWN')));
      left = left.filter(({ index }) => {
        const outcome = results.get(index);
        return outcome && !outcome.ok && isWorthAnotherTry(outcome.error, job.kind);
      });
      if (left.length === 0 || tries === maxTries) break;
      await sleep(this.#options.clock, pauseMs(tries), canceled).catch(() => undefined);
      if (!canceled.aborted) continue;
      for (const { index } of left) results.delete(index);
      break;
    }
    return [...results].map(([index, outcome]) => resultOf(index, outcome));
  }

  #call({ app, kind, id }: Job, items: readonly StoredItem[]): Promise<readonly Outcome<unknown>[]> {
    const adapter = this.#options.adapterOf(app);
    if (!adapter) return Promise.resolve(items.map(() => failed(new AppError('NOT_FOUND', 'There is no such app.'))));
    const options: RequestOptions = { priority: 'bulk', viewer: `job ${id}`, signal: this.#ending.signal };
    // The store keeps inputs without their types; they are those of the job's kind.
    const run = works[kind].run as (
      adapter: Adapter,
      inputs: readonly unknown[],
      options: RequestOptions,
    ) => Promise<readonly Outcome<unknown>[]>;
    const inputs = items.map(({ input }) => input);
    return run(adapter, inputs, options);
  }

  #change(job: Job, change: Partial<Job>): Job {
    const changed = { ...job, ...change };
    this.#options.store.update(changed);
    this.#tell(changed);
    return changed;
  }

  #tell(job: Job): void {
    for (const listener of this.#listeners) listener(job);
  }
}

/** Nothing was changed, or it does no harm to do it again. */
const isWorthAnotherTry = ({ code }: AppError, kind: JobKind) =>
  notSent.has(code) || (code === 'OUTCOME_UNKNOWN' && works[kind].isRepeatable);

/** 1, 2, 4 ... seconds. */
const pauseMs = (tries: number) => Math.min(longestPauseMs, 1000 * 2 ** (tries - 1));

const resultOf = (index: number, outcome: Outcome<unknown>): ItemResult => ({
  index,
  error: outcome.ok ? null : errorOf(outcome.error),
});

const errorOf = ({ code, message, details }: AppError): JobError => ({
  code,
  message,
  vendorCode: details.vendorCode ?? null,
});

/** The process ended while it was under way. */
const lost = ({ index }: StoredItem): ItemResult => resultOf(index, failed(new AppError('OUTCOME_UNKNOWN')));
