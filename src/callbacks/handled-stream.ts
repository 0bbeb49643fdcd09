import type { HandledCallback } from '../domain/callback.ts';
import type { ActivityView } from '../domain/context.ts';

/** Callbacks that wait for a slow reader; the oldest are dropped, since nothing here is kept. */
const maxWaiting = 1_000;

/** The callbacks of some apps as they are handled, from now on. Ends at once when `return` is called, also while it waits. */
export function handledStream(
  activity: ActivityView,
  apps: readonly string[],
): AsyncIterableIterator<HandledCallback, undefined> {
  const waiting: HandledCallback[] = [];
  let isEnded = false;
  let wake: () => void = () => {};
  const stop = activity.onHandled((handled) => {
    if (!apps.includes(handled.app)) return;
    waiting.push(handled);
    if (waiting.length > maxWaiting) waiting.shift();
    wake();
  });
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      for (;;) {
        const value = waiting.shift();
        if (value) return { value, done: false };
        if (isEnded) return { value: undefined, done: true };
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async return() {
      isEnded = true;
      waiting.length = 0;
      stop();
      wake();
      return { value: undefined, done: true };
    },
  };
}
