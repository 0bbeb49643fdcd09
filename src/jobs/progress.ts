import { isOver, type Job } from '../domain/job.ts';
import type { JobRunner } from './runner.ts';

/** A job as it is, then whenever it has moved on, until it is over. A slow reader is told of the last state only. */
export function jobProgress(runner: JobRunner, job: Job): AsyncIterableIterator<Job, undefined> {
  let latest: Job | undefined = job;
  let isEnded = false;
  let wake: () => void = () => {};
  const stop = runner.onProgress((moved) => {
    if (moved.id !== job.id) return;
    latest = moved;
    wake();
  });
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      for (;;) {
        const value = latest;
        latest = undefined;
        if (value && !isEnded) {
          if (isOver(value)) {
            isEnded = true;
            stop();
          }
          return { value, done: false };
        }
        if (isEnded) return { value: undefined, done: true };
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async return() {
      isEnded = true;
      stop();
      wake();
      return { value: undefined, done: true };
    },
  };
}
